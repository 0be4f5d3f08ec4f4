"""Takes in what the customer asks for, keeps it safe before saying so, and takes the customer's decisions on it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from selfcare.api.catalogue import SubjectIds
from selfcare.api.commands import request_for
from selfcare.domain.commands import Command, without_contents
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.waiting import OTHER_ISSUER, Waiting, WaitingState
from selfcare.store.action import Action
from selfcare.store.actions import Actions

from .wording import in_whole_letters, waiting_of, write_command


def submit(
    actions: Actions,
    profile: OperatorProfile,
    ids: SubjectIds,
    subject: str,
    command: Command,
    confirm: str,
    now: datetime,
    *,
    ahead: timedelta | None = None,
    run: str = "",
) -> Waiting:
    """Keep a request, with exactly the bytes that will be sent; it is on the disk when this returns.

    `confirm` names the click: the same click twice is one request. `ahead` is how far the operator's clock is ahead of
    ours (None: not known), `run` names this run of the program. Raises NotOffered if the operator has no way to
    be asked this.
    """
    action_id, command = str(uuid4()), in_whole_letters(command)
    wire = request_for(command, profile, action_id, ids, now)
    action = Action(
        id=action_id,
        key=str(uuid4()),
        confirm=confirm,
        kind=command.kind,
        command_json=write_command(without_contents(command)),
        issuer=profile.issuer,
        subject=subject,
        method=wire.method,
        api=wire.api,
        path=wire.path,
        body=wire.body,
        content_type=wire.content_type,
        state=WaitingState.NEW.value,
        created=now,
        asked_ahead=ahead,
        run=run,
    )
    return waiting_of(actions.add(action, now))


def retry(
    actions: Actions, action_id: str, now: datetime, ahead: timedelta | None = None, *, run: str | None = None
) -> bool:
    """The customer says: try now. One about which the customer was asked is sent again, on the customer's own word,
    which is good for as long as the first was. `ahead` is how far the operator's clock is ahead of ours,
    `run` names this run of the program.

    Something that may have arrived is looked for first; False if there is nothing to try, if it has just gone out, or
    if it is of an operator that is another one since.
    """
    action = actions.get(action_id)
    if action is None or action.state not in {"new", "unknown", "ask"}:
        return False
    if action.state != "ask":
        return actions.finish(action_id, action.state, now, seen=action, event="hurried", next_try=None)
    if action.why == OTHER_ISSUER:
        return False
    key = action.key if action.first_sent is None else str(uuid4())
    return actions.finish(
        action_id, "new", now, seen=action, event="confirmedAgain", why="confirmed", key=key, next_try=None,
        absent=None, doubt=False, confirmed=now, confirmed_ahead=ahead, run=action.run if run is None else run,
    )  # fmt: skip


def check_again(actions: Actions, action_id: str, now: datetime) -> bool:
    """The customer says: ask the operator once more whether it has this request."""
    action = actions.get(action_id)
    if action is None or action.state != "ask" or action.first_sent is None or action.why == OTHER_ISSUER:
        return False
    return actions.finish(
        action_id, "unknown", now, seen=action, event="checkAgain", why="", next_try=None, absent=None, doubt=True
    )  # fmt: skip
