"""Fourteen ways in which an outbox is wrong, put into the real one for a while: a test that lets one live proves
nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest import mock
from uuid import uuid4

from msgspec.structs import replace

from selfcare.account import looking
from selfcare.account import push as pushing
from selfcare.account import verdict as verdicts
from selfcare.account.errand import Walk
from selfcare.account.looking import Found
from selfcare.api import remarks
from selfcare.api.commands import Receipt, WireAction
from selfcare.domain.failures import NotAnAnswer, Refused, ServerTrouble, SignedOut, TimedOut
from selfcare.domain.waiting import WaitingState
from selfcare.store.action import Action
from selfcare.store.actions import Actions

_claim, _add, _send, _judge, _read = (
    Actions.claim, Actions.add, pushing._send, verdicts.judge, pushing.read_receipt,
)  # fmt: skip
REJECTED = verdicts.Verdict(WaitingState.REJECTED, "refused")


def _key_made_at_send(self: Actions, action_id: str, now: datetime, ahead: timedelta | None = None) -> Action | None:
    claimed = _claim(self, action_id, now, ahead)
    return None if claimed is None else replace(claimed, key=str(uuid4()))


def _new_key_on_retry(self: Actions, action_id: str, now: datetime, ahead: timedelta | None = None) -> Action | None:
    claimed = _claim(self, action_id, now, ahead)
    return claimed if claimed is None or claimed.attempts == 1 else replace(claimed, key=str(uuid4()))


def _other_body_on_retry(self: Actions, action_id: str, now: datetime, ahead: timedelta | None = None) -> Action | None:
    claimed = _claim(self, action_id, now, ahead)
    if claimed is None:
        return None
    self._database.run("UPDATE actions SET body=? WHERE id=?", claimed.body + b" ", action_id)
    return claimed


def _done_before_the_answer(outbox: Any, action: Action, command: Any) -> None:
    outbox.say(action, WaitingState.DONE, "done")
    _send(outbox, action, command)


def _mark_after_sending(self: Actions, action_id: str, now: datetime, ahead: timedelta | None = None) -> Action | None:
    return self.get(action_id)


def _new_on_restart(self: Actions, now: datetime) -> int:
    self._database.run("UPDATE actions SET state='new', first_sent='' WHERE state='sending'")
    return 0


def _takes_any_click(self: Actions, action: Action, at: datetime) -> Action:
    return _add(self, replace(action, confirm=str(uuid4())), at)


def _any_2xx_is_done(command: Any, reply: Any) -> Receipt:
    try:
        return _read(command, reply)
    except NotAnAnswer:
        return Receipt("", "", "done")


def _judging(kind: type[Exception], status: int | None = None, **changes: Any) -> Callable[..., verdicts.Verdict]:
    """A judge that is wrong about one kind of failure."""

    def judge(failure: Exception, before: WaitingState, attempts: int, **more: bool) -> verdicts.Verdict:
        if isinstance(failure, kind) and status in {None, getattr(failure, "status", None)}:
            return replace(_judge(failure, before, attempts, **more), **changes) if changes else REJECTED  # type: ignore[arg-type]
        return _judge(failure, before, attempts, **more)  # type: ignore[arg-type]

    return judge


def _new_key_after_500(outbox: Any, was: Action, action: Action, command: Any, verdict: Any, facts: str) -> None:
    if "ServerTrouble" in facts:
        outbox.say(action, WaitingState.NEW, "serverTrouble", key=str(uuid4()), next_try=None, first_sent=None)


_settle_failure = pushing.settle_failure


def _after_500(outbox: Any, was: Action, action: Action, command: Any, verdict: Any, facts: str) -> None:
    wrong = "ServerTrouble" in facts
    (_new_key_after_500 if wrong else _settle_failure)(outbox, was, action, command, verdict, facts)


WRONG: dict[str, tuple[Any, str, Any]] = {
    "key made at send": (Actions, "claim", _key_made_at_send),
    "new key on retry": (Actions, "claim", _new_key_on_retry),
    "body differs on retry": (Actions, "claim", _other_body_on_retry),
    "done before the answer": (pushing, "_send", _done_before_the_answer),
    "time-out is no": (pushing, "judge", _judging(TimedOut)),
    "any 2xx is done": (pushing, "read_receipt", _any_2xx_is_done),
    "new key after 500": (pushing, "settle_failure", _after_500),
    "stored 500 ignored": (pushing, "judge", _judging(ServerTrouble, 500, doubt=False)),
    "409 is no": (pushing, "judge", _judging(Refused, 409)),
    "401 is no": (pushing, "judge", _judging(SignedOut)),
    "nothing is looked for": (pushing, "_may_repeat", lambda *_facts: True),
    "every click counts": (Actions, "add", _takes_any_click),
    "not marked as on its way": (Actions, "claim", _mark_after_sending),
    "new again after a restart": (Actions, "recover", _new_on_restart),
}
"""What is wrong, and what it is put in place of."""


_wire = pushing._wire


def _without_tag(outbox: Any, action: Action, command: Any) -> WireAction | None:
    found = _wire(outbox, action, command)
    return None if found is None else replace(found, tag="")


_look = Walk.look


def _whatever_its_age(self: Walk, action: Action, command: Any) -> Found:
    return replace(_look(self, action, command), age=timedelta(0))


WRONG_ABOUT_HABITS: dict[str, tuple[Any, str, Any]] = {
    "sent again from an old copy": (pushing, "is_of_another_run", lambda *_facts: False),
    "a cached look counts": (Walk, "look", _whatever_its_age),
    "words to the letter": (remarks, "says_the_same", lambda asked, said: asked.strip() == said.strip()),
    "contacts to the second": (looking, "_is_the_same_start", lambda asked, there: asked == there),
}
"""Four more, which expect of every operator that it keeps words, lists and our own ids as they would."""

WRONG_ABOUT_REMARKS: dict[str, tuple[Any, str, Any]] = {
    "remarks by our own clock": (looking, "cannot_have_come_before", lambda action: action.created),
    "remarks of others overwritten": (pushing, "_wire", _without_tag),
}
"""Two more, which take the operator's clock for ours, or a ticket for nobody else's."""

WRONG_ABOUT_OTHERS: dict[str, tuple[Any, str, Any]] = {
    "sent though it was over": (pushing, "what_changed", lambda *_facts: ""),
}
"""One more, which does not look at what has happened at the operator meanwhile."""


@contextmanager
def wrong_client(name: str) -> Iterator[None]:
    """The outbox is wrong in this way as long as this lasts."""
    owner, what, instead = (WRONG | WRONG_ABOUT_HABITS | WRONG_ABOUT_REMARKS | WRONG_ABOUT_OTHERS)[name]
    with mock.patch.object(owner, what, instead):
        yield
