"""Decides what has become of a request that was sent: by the answer, or by what the operator's own lists say of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from selfcare.api.commands import Receipt, carries_our_id, receipt_of
from selfcare.api.echo import is_echoed, is_of_another, sent_for
from selfcare.api.reading import document
from selfcare.domain.commands import (
    AddNote,
    Command,
    DropOption,
    GiveNotice,
    RequestUnlock,
    WithdrawNotice,
    topic_of,
)
from selfcare.domain.failures import Failure
from selfcare.domain.orders import OrderState
from selfcare.domain.records import replace
from selfcare.domain.waiting import ASKED_ALREADY, CHANGED, MISMATCH, REFUSED, TAKEN, WaitingState
from selfcare.store.action import Action

from .clocks import may_be_of_a_copy
from .errand import OPEN, Walk
from .looking import Found, Presence
from .owner import subject_ids
from .trouble import OF_THE_DISK
from .verdict import Verdict, after_asked, wait_after

_CHANGES_IT = (WithdrawNotice, RequestUnlock, DropOption, GiveNotice)
_PATIENT = timedelta(hours=24)
_SOONEST = timedelta(seconds=30)
_HURRIED = "hurried"
_NO = frozenset({WaitingState.REJECTED, WaitingState.ASK})
_AFTER_TWO_LOOKS = {
    REFUSED: (WaitingState.REJECTED, "refused", ""),
    CHANGED: (WaitingState.ASK, "changed", CHANGED),
    ASKED_ALREADY: (WaitingState.ASK, ASKED_ALREADY, ASKED_ALREADY),
    MISMATCH: (WaitingState.ASK, "keyMismatch", MISMATCH),
}
"""What a no comes to once it was twice seen that no earlier try has arrived, by why the request is looked for."""


def vouched(walk: Walk, action: Action, command: Command, receipt: Receipt, answer: bytes) -> Receipt | None:
    """A good answer as far as it speaks of what was asked for; where it is a number alone, what the operator has under
    that number. None if that is nothing of ours either: the operator must be asked in the other ways."""
    promised = walk.profile.honours.external_id_filter and carries_our_id(command)

    def speaks_of_it(found: Receipt, said: bytes) -> bool:
        return bool(found.external_id) or (not promised and is_echoed(action.body, said))

    if receipt.id and not isinstance(command, AddNote) and not receipt.is_of_another:
        ids = subject_ids(walk.vault, walk.subject)
        customers = {walk.subject, ids.customer, ids.party, *sent_for(action.body)}
        receipt = replace(receipt, is_of_another=is_of_another(action.body, answer, customers))
    if isinstance(command, AddNote) or not receipt.id or receipt.is_of_another or speaks_of_it(receipt, answer):
        return receipt
    resource = action.path.rstrip("/").rpartition("/")[2]
    try:
        found = walk.desk.fetch_one(action.api, resource, receipt.id).document
        known = receipt_of(command, document(found, resource))
    except OF_THE_DISK:
        raise
    except Failure:
        return None
    return known if speaks_of_it(known, found) and known.external_id in {"", action.id} else None


def take_receipt(
    walk: Walk,
    action: Action,
    command: Command,
    receipt: Receipt,
    event: str,
    said: Mapping[str, object] | None = None,
) -> None:
    """Keep what the operator says of a request; what is about another is put to the customer."""
    facts = json.dumps({"receipt": receipt.id, **(said or {})})
    if receipt.is_of_another or receipt.external_id not in {"", action.id}:
        walk.say(action, WaitingState.ASK, "mismatch", facts, why=MISMATCH, next_try=None)
        return
    state, known = WaitingState(receipt.state), {"receipt": receipt.id, "reason": receipt.reason}
    if not walk.say(action, state, event, facts, why="", next_try=None, **known):
        dropped = replace(action, state=WaitingState.DROPPED.value)  # taken back meanwhile, and it had arrived
        walk.say(dropped, state, event, facts, why="", next_try=None, **known)
    walk.changed.add(topic_of(command))


def settle_lost(walk: Walk, action: Action, command: Command, found: Found) -> Action | None:
    """Decide on a request whose answer was lost; the request as it may be sent afresh, or None."""
    if found.presence is Presence.PRESENT:
        take_receipt(walk, action, command, found.receipt, "found")
    elif action.why == TAKEN and _is_waited_for(walk, action):
        pass
    elif action.why == TAKEN or found.presence is Presence.CANNOT_TELL:
        walk.say(action, WaitingState.ASK, "cannotTell", why="cannotTell", next_try=None)
    elif not is_twice_absent(walk, action, found.age):
        pass
    elif action.why in _AFTER_TWO_LOOKS:
        state, event, why = _AFTER_TWO_LOOKS[action.why]
        walk.say(action, state, event, why=why, next_try=None)
    else:
        fresh = walk.say(action, WaitingState.NEW, "notFoundTwice", key=str(uuid4()), absent=None, doubt=False)
        return walk.vault.actions.get(action.id) if fresh else None
    return None


def is_twice_absent(walk: Walk, action: Action, age: timedelta) -> bool:
    """A request was not found just now, in an answer of this `age`. Whether that is the second time, so far apart that
    lists which are late would show it, by the operator's clock and by ours; if not, it is looked for again then. An
    answer from before the last try, which a cache kept, is no look at all."""
    now, moment = walk.now(), walk.by_operator() - age
    state = WaitingState(action.state)
    if age and action.last_try is not None and moment <= action.last_try + (walk.by_operator() - now):
        walk.say(action, state, "notFound", next_try=now + walk.apart)
        return False
    if action.absent is None or action.absent > moment:
        walk.say(action, state, "notFound", absent=moment, next_try=now + walk.apart)
        return False
    left = walk.apart - min(moment - action.absent, _since_the_last_look(walk, action, now))
    if left > timedelta(0):
        walk.say(action, state, "notFound", next_try=now + left)
    return left <= timedelta(0)


def _since_the_last_look(walk: Walk, action: Action, now: datetime) -> timedelta:
    """How long ago, by our clock, anything was learned of a request: one answer of the operator's may tell a wrong
    time. A moment to come tells nothing."""
    learned = (one.at for one in reversed(walk.vault.actions.journal(action.id)) if one.event != _HURRIED)
    return max(now - next(learned, now), timedelta(0))


def _is_waited_for(walk: Walk, action: Action) -> bool:
    """What was taken without a number is looked for during a day, each time after twice as long."""
    now = walk.now()
    gone = now - (action.last_try or action.created)
    if gone > _PATIENT:
        return False
    walk.say(action, WaitingState.UNKNOWN, "notFound", next_try=now + max(gone * (1 + walk.chance()), _SOONEST))
    return True


def may_have_arrived(walk: Walk, action: Action) -> bool:
    """Whether an earlier try of a request may have arrived: this folder's, or that of a newer copy of it."""
    return action.first_sent is not None or may_be_of_a_copy(action, walk.now(), walk.run)


def put_change(walk: Walk, action: Action, command: Command, news: str) -> None:
    """What a request is about is not as it was: put it to the customer, who need not be asked twice of the same `news`.

    Where an earlier try of it may itself have made the change, nobody says that it was not done.
    """
    is_undone = isinstance(command, WithdrawNotice) and news == OrderState.CANCELLED
    if is_undone and may_have_arrived(walk, action):
        take_receipt(walk, action, command, Receipt("", "", "done"), "found")
    elif action.first_sent is not None and isinstance(command, _CHANGES_IT):
        walk.say(action, WaitingState.ASK, "cannotTell", why="cannotTell", changed=news, next_try=None)
    else:
        walk.say(action, WaitingState.ASK, "changed", why=CHANGED, changed=news, next_try=None)


def settle_failure(walk: Walk, was: Action, action: Action, command: Command, verdict: Verdict, facts: str) -> None:
    """Decide on a request that got no valid answer, or a no. `was` is the request before it was sent."""
    state = verdict.state
    looks = verdict.look or (state in _NO and may_have_arrived(walk, was))
    if looks and _is_settled_by_looking(walk, was, action, command, verdict, facts):
        return
    waits = state.value in OPEN and not verdict.unsent
    changes: dict[str, Any] = {
        "reason": verdict.reason, "next_try": _next_try(walk, action, verdict) if waits else None,
    }  # fmt: skip
    if state is WaitingState.NEW:
        changes |= {"first_sent": was.first_sent, "sent_ahead": was.sent_ahead}
    if verdict.why:
        changes["why"] = verdict.why
    if verdict.doubt:
        changes["doubt"] = True
    if verdict.new_key:
        changes["key"] = str(uuid4())
    walk.say(action, state, verdict.event, facts, **changes)


def _is_settled_by_looking(
    walk: Walk, was: Action, action: Action, command: Command, verdict: Verdict, facts: str
) -> bool:
    """A no counts at once only where no earlier try can have arrived; else it takes two looks, as absence always."""
    found = _look_once(walk, action, command)
    refused = {"why": verdict.why or REFUSED, "reason": verdict.reason, "doubt": True}
    if found is None:
        later = _next_try(walk, action, verdict)
        walk.say(action, WaitingState.UNKNOWN, verdict.event, facts, next_try=later, **refused)
    elif found.presence is Presence.PRESENT:
        take_receipt(walk, action, command, found.receipt, "found")
    elif not may_have_arrived(walk, was):
        return False
    elif found.presence is Presence.CANNOT_TELL:
        walk.say(
            action, WaitingState.ASK, "cannotTell", facts, why="cannotTell", reason=verdict.reason, next_try=None
        )  # fmt: skip
    else:
        walk.say(
            action, WaitingState.UNKNOWN, verdict.event, facts, absent=None if found.age else walk.by_operator(),
            next_try=walk.now() + walk.apart, **refused,
        )  # fmt: skip
    return True


def _look_once(walk: Walk, action: Action, command: Command) -> Found | None:
    try:
        return walk.look(action, command)
    except OF_THE_DISK:
        raise
    except Failure:
        return None


def _next_try(walk: Walk, action: Action, verdict: Verdict) -> datetime:
    now = walk.now()
    own = now + wait_after(action.attempts, walk.chance())
    return own if verdict.retry_at is None else max(own, after_asked(now, verdict.retry_at, walk.chance()))
