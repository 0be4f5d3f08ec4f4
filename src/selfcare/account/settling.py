"""Decides what has become of a request that was sent: by the answer, or by what the operator's own lists say of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from selfcare.api.commands import Receipt, carries_our_id, receipt_of
from selfcare.api.echo import is_echoed
from selfcare.api.reading import document
from selfcare.domain.commands import AddNote, Command, topic_of
from selfcare.domain.failures import Failure
from selfcare.domain.records import replace
from selfcare.domain.waiting import WaitingState
from selfcare.store.action import Action

from .errand import OPEN, Walk
from .looking import Found, Presence
from .trouble import OF_THE_DISK
from .verdict import Verdict, after_asked, wait_after

REFUSED = "refused"
"""Why a request is still looked for that was refused: an earlier try of it may have arrived, and lists may be late."""


def vouched(walk: Walk, action: Action, command: Command, receipt: Receipt, answer: bytes) -> Receipt | None:
    """A good answer as far as it speaks of what was asked for; where it is a number alone, what the operator has under
    that number. None if that is nothing of ours either: the operator must be asked in the other ways."""
    promised = walk.profile.honours.external_id_filter and carries_our_id(command)

    def speaks_of_it(found: Receipt, said: bytes) -> bool:
        return bool(found.external_id) or (not promised and is_echoed(action.body, said))

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
        walk.say(action, WaitingState.ASK, "mismatch", facts, why="mismatch", next_try=None)
        return
    state, known = WaitingState(receipt.state), {"receipt": receipt.id, "reason": receipt.reason}
    if not walk.say(action, state, event, facts, why="", next_try=None, **known):
        dropped = replace(action, state=WaitingState.DROPPED.value)  # taken back meanwhile, and it had arrived
        walk.say(dropped, state, event, facts, why="", next_try=None, **known)
    walk.changed.add(topic_of(command))


def settle_lost(walk: Walk, action: Action, command: Command, found: Found) -> Action | None:
    """Decide on a request whose answer was lost; the request as it may be sent afresh, or None."""
    now, moment = walk.now(), walk.by_operator()
    if found.presence is Presence.PRESENT:
        take_receipt(walk, action, command, found.receipt, "found")
    elif found.presence is Presence.CANNOT_TELL:
        walk.say(action, WaitingState.ASK, "cannotTell", why="cannotTell", next_try=None)
    elif action.absent is None or action.absent > moment:
        walk.say(action, WaitingState.UNKNOWN, "notFound", absent=moment, next_try=now + walk.apart)
    elif moment - action.absent < walk.apart:
        walk.say(action, WaitingState.UNKNOWN, "notFound", next_try=now + walk.apart - (moment - action.absent))
    elif action.why == REFUSED:
        walk.say(action, WaitingState.REJECTED, "refused", why="", next_try=None)
    else:
        fresh = walk.say(action, WaitingState.NEW, "notFoundTwice", key=str(uuid4()), absent=None, doubt=False)
        return walk.vault.actions.get(action.id) if fresh else None
    return None


def settle_failure(walk: Walk, was: Action, action: Action, command: Command, verdict: Verdict, facts: str) -> None:
    """Decide on a request that got no valid answer, or a no. `was` is the request before it was sent."""
    state = verdict.state
    looks = verdict.look or (state is WaitingState.REJECTED and was.first_sent is not None)
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
    walk.say(action, state, verdict.event, facts, **changes)


def _is_settled_by_looking(
    walk: Walk, was: Action, action: Action, command: Command, verdict: Verdict, facts: str
) -> bool:
    """A no counts at once only where no earlier try can have arrived; else it takes two looks, as absence always."""
    found = _look_once(walk, action, command)
    refused = {"why": REFUSED, "reason": verdict.reason, "doubt": True}
    if found is None:
        later = _next_try(walk, action, verdict)
        walk.say(action, WaitingState.UNKNOWN, verdict.event, facts, next_try=later, **refused)
    elif found.presence is Presence.PRESENT:
        take_receipt(walk, action, command, found.receipt, "found")
    elif was.first_sent is None:
        return False
    elif found.presence is Presence.CANNOT_TELL:
        walk.say(
            action, WaitingState.ASK, "cannotTell", facts, why="cannotTell", reason=verdict.reason, next_try=None
        )  # fmt: skip
    else:
        walk.say(
            action, WaitingState.UNKNOWN, verdict.event, facts, absent=walk.by_operator(),
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
