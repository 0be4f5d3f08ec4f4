"""Sends what the customer asked for: marked before it leaves, looked for before it is repeated, never sent twice.

NEW ──> SENDING ──> ACCEPTED ──> DONE       the operator took it; its own word says when it is carried out
 │         ├──────> REJECTED                the operator said no
 │         ├──────> NEW                     not a byte arrived: tried again later
 │         └──────> UNKNOWN ──> SENDING     no valid answer: the same key again while the operator remembers it
 │                     ├─────> ACCEPTED     found at the operator by our own id
 │                     ├─────> UNKNOWN      nothing learned (the operator is in trouble): asked again later
 │                     └─────> NEW          twice not found, two minutes apart: a new key is safe
 └──> ASK                                   too old, changed underneath, or nobody can tell: the customer decides
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from selfcare.api.commands import Receipt, WireAction, carries_our_id, compose_note, read_receipt, receipt_of
from selfcare.api.echo import is_echoed
from selfcare.api.reading import document
from selfcare.domain.commands import AddNote, Command, topic_of, valid_for
from selfcare.domain.failures import Failure, NotOffered, Refused, TooOften
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import WaitingState
from selfcare.store.action import Action
from selfcare.store.vault import Vault

from .desk import Desk
from .documents import TICKET
from .looking import Found, Presence, look_for
from .outcome import Outcome
from .owner import subject_ids
from .precondition import target_of
from .trouble import OF_THE_DISK, UNHEARD
from .underneath import Asking, is_changed
from .verdict import Verdict, after_asked, judge, wait_after
from .wording import read_command, write_facts

_MARGIN = timedelta(hours=1)
_APART = timedelta(minutes=2)
_SOONEST = timedelta(seconds=30)
_DAY = timedelta(days=1)
_NEVER_LONGER = timedelta(hours=49)
"""No request is ever put off by more: a next try beyond that was written under a clock that has been set back since."""
_OPEN = frozenset({WaitingState.NEW.value, WaitingState.UNKNOWN.value})
_CONFIRMED = "confirmed"
_CHANCE = SystemRandom()


@dataclass(slots=True)
class _Outbox:
    """One walk through the outbox."""

    desk: Desk
    vault: Vault
    profile: OperatorProfile
    subject: str
    now: Callable[[], datetime]
    chance: Callable[[], float]
    changed: set[Topic] = field(default_factory=set)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.profile.zone)

    def look(self, action: Action, command: Command) -> Found:
        ids = subject_ids(self.vault, self.subject)
        return look_for(self.desk, action, command, self.profile, ids, self.zone)

    def say(self, action: Action, state: WaitingState, event: str, facts: str = "", **changes: Any) -> bool:
        """Write down what was decided on a request as it was then; False if the customer has decided meanwhile."""
        self.changed.add(Topic.WAITING)
        return self.vault.actions.finish(
            action.id, state.value, self.now(), seen=action, event=event, facts=facts, **changes
        )


def push(
    desk: Desk,
    vault: Vault,
    profile: OperatorProfile,
    subject: str,
    now: Callable[[], datetime],
    *,
    chance: Callable[[], float] = _CHANCE.random,
    cancelled: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Send what is due, one request after the other in the order in which they were asked for.

    Only requests of this `subject` with this operator are sent. Ends early, with `trouble`, where the operator cannot
    be reached, has ended the session, or asks for patience.
    """
    outbox = _Outbox(desk, vault, profile, subject, now, chance)
    vault.actions.recover(now())
    blocked: set[str] = set()
    for action in vault.actions.all():
        if cancelled():
            break
        if action.state not in _OPEN or (action.issuer, action.subject) != (profile.issuer, subject):
            continue
        command = read_command(action.kind, action.command_json)
        target = target_of(command)
        if target in blocked or _is_put_off(action, now()):
            blocked.add(target or action.id)
            continue
        try:
            _advance(outbox, action, command)
        except Failure as trouble:
            if not _ends_the_round(trouble):
                raise
            return Outcome(frozenset(outbox.changed), trouble=trouble)
        after = vault.actions.get(action.id)
        if after is not None and after.state in _OPEN:
            blocked.add(target or action.id)
    return Outcome(frozenset(outbox.changed))


def _is_put_off(action: Action, now: datetime) -> bool:
    return action.next_try is not None and now < action.next_try <= now + _NEVER_LONGER


def _ends_the_round(failure: Failure) -> bool:
    """Every further request would meet the same: nobody is there, or there is no permission to ask for now."""
    return isinstance(failure, UNHEARD) or failure.is_before_sending


def _advance(outbox: _Outbox, action: Action, command: Command) -> None:
    try:
        ready = _ready(outbox, action, command)
    except OF_THE_DISK:
        raise
    except Failure as failure:
        _wait_to_ask(outbox, action, failure)
        if _ends_the_round(failure):
            raise
        return
    if ready is not None:
        _send(outbox, ready, command)


def _ready(outbox: _Outbox, action: Action, command: Command) -> Action | None:
    """The request as it may be sent now; None if it is settled or must wait. Raises a Failure if the operator had to
    be asked first and nothing was learned."""
    if action.state == WaitingState.UNKNOWN.value and not _may_repeat(outbox, action, command):
        found = outbox.look(action, command)
        fresh = _settle_lost(outbox, action, command, found)
        if fresh is None:
            return None
        action = fresh
    if action.state == WaitingState.NEW.value and not _may_start(outbox, action, command):
        return None
    return action


def _wait_to_ask(outbox: _Outbox, action: Action, failure: Failure) -> None:
    """Nothing was learned: the request stays what it is and the operator is asked again, each time after twice as
    long, at least once an hour. Where nobody is there, the next round asks."""
    if isinstance(failure, UNHEARD) and not isinstance(failure, TooOften):
        return
    now = outbox.now()
    gone = now - (action.last_try or action.created)
    later = now + min(max(gone * (1 + outbox.chance()), _SOONEST), _MARGIN)
    if isinstance(failure, TooOften) and failure.retry_at is not None:
        later = max(later, after_asked(now, failure.retry_at, outbox.chance()))
    kept = outbox.vault.actions.get(action.id) or action
    if kept.state in _OPEN:
        outbox.say(kept, WaitingState(kept.state), "notLearned", next_try=later)


def _may_repeat(outbox: _Outbox, action: Action, command: Command) -> bool:
    """Whether the operator still remembers the key, so that sending again cannot do anything twice.

    A remark is looked for in any case: it is written anew each time.
    """
    life = outbox.profile.honours.key_life
    if isinstance(command, AddNote) or life is None or action.doubt or action.first_sent is None:
        return False
    return action.first_sent <= outbox.now() < action.first_sent + life - _MARGIN


def _settle_lost(outbox: _Outbox, action: Action, command: Command, found: Found) -> Action | None:
    """Decide on a request whose answer was lost; the request as it may be sent afresh, or None."""
    now = outbox.now()
    if found.presence is Presence.PRESENT:
        _take_receipt(outbox, action, command, found.receipt, "found")
    elif found.presence is Presence.CANNOT_TELL:
        outbox.say(action, WaitingState.ASK, "cannotTell", why="cannotTell", next_try=None)
    elif action.absent is None or action.absent > now:
        outbox.say(action, WaitingState.UNKNOWN, "notFound", absent=now, next_try=now + _APART)
    elif now - action.absent < _APART:
        outbox.say(action, WaitingState.UNKNOWN, "notFound", next_try=action.absent + _APART)
    else:
        fresh = outbox.say(action, WaitingState.NEW, "notFoundTwice", key=str(uuid4()), absent=None, doubt=False)
        return outbox.vault.actions.get(action.id) if fresh else None
    return None


def _may_start(outbox: _Outbox, action: Action, command: Command) -> bool:
    """Whether a request that has not left may leave now; if not, it is settled or the customer is asked."""
    now = outbox.now()
    if action.why == _CONFIRMED:
        return True
    if _is_expired(outbox, action, command):
        outbox.say(action, WaitingState.ASK, "expired", why="expired", next_try=None)
        return False
    may_be_there = outbox.profile.honours.external_id_filter and now - action.created > _MARGIN
    if may_be_there and _is_found(outbox, action, command):
        return False
    if is_changed(Asking(outbox.desk, outbox.vault.cache, outbox.profile, outbox.zone), command):
        outbox.say(action, WaitingState.ASK, "changed", why="changed", next_try=None)
        return False
    return True


def _is_found(outbox: _Outbox, action: Action, command: Command) -> bool:
    """A request that has waited for long may have been sent by a copy of this folder that was newer than this one."""
    found = outbox.look(action, command)
    if found.presence is Presence.PRESENT:
        _take_receipt(outbox, action, command, found.receipt, "found")
    return found.presence is Presence.PRESENT


def _is_expired(outbox: _Outbox, action: Action, command: Command) -> bool:
    """Whether a request is too old to be sent unasked, by the operator's clock where ours has been set another way.

    Where our own clock alone says so, the operator is heard first; asking it costs nothing that is not asked anyway.
    """
    old = outbox.now() - action.created
    ahead = outbox.desk.ahead()
    if ahead is None and old > valid_for(command):
        with suppress(Refused, NotOffered):
            outbox.look(action, command)
        ahead = outbox.desk.ahead()
    by_the_operator = old + (ahead or timedelta(0))
    return (by_the_operator if by_the_operator > -_DAY else old) > valid_for(command)


def _send(outbox: _Outbox, action: Action, command: Command) -> None:
    before = WaitingState(action.state)
    found = _body(outbox, action, command)
    if found is None:
        return
    body, tag = found
    claimed = outbox.vault.actions.claim(action.id, outbox.now())
    if claimed is None:
        return
    wire = WireAction(claimed.api, claimed.method, claimed.path, body, claimed.content_type, tag)
    try:
        reply = outbox.desk.send(wire, claimed.key)
        receipt = read_receipt(command, reply)
    except Failure as failure:
        verdict = judge(failure, before, claimed.attempts)
        if tag and isinstance(failure, Refused) and failure.status == 412:
            verdict = Verdict(before, "notSent")  # the ticket moved on meanwhile: the remark is written to it anew
        _settle_failure(outbox, claimed, command, verdict, write_facts(failure))
        if _ends_the_round(failure):
            raise
        return
    said = {"status": reply.status, "sha256": hashlib.sha256(reply.body).hexdigest()}
    known = _vouched(outbox, claimed, command, receipt, reply.body)
    if known is None:
        later = outbox.now() + wait_after(claimed.attempts, outbox.chance())
        outbox.say(claimed, WaitingState.UNKNOWN, "withoutOurId", json.dumps(said), doubt=True, next_try=later)
        return
    _take_receipt(outbox, claimed, command, known, known.state, said)


def _vouched(outbox: _Outbox, action: Action, command: Command, receipt: Receipt, answer: bytes) -> Receipt | None:
    """A good answer as far as it speaks of what was asked for; where it is a number alone, what the operator has under
    that number. None if that is nothing of ours either: the operator must be asked in the other ways."""
    promised = outbox.profile.honours.external_id_filter and carries_our_id(command)

    def speaks_of_it(found: Receipt, document: bytes) -> bool:
        return bool(found.external_id) or (not promised and is_echoed(action.body, document))

    if isinstance(command, AddNote) or not receipt.id or receipt.is_of_another or speaks_of_it(receipt, answer):
        return receipt
    resource = action.path.rstrip("/").rpartition("/")[2]
    try:
        found = outbox.desk.fetch_one(action.api, resource, receipt.id).document
        known = receipt_of(command, document(found, resource))
    except OF_THE_DISK:
        raise
    except Failure:
        return None
    return known if speaks_of_it(known, found) and known.external_id in {"", action.id} else None


def _body(outbox: _Outbox, action: Action, command: Command) -> tuple[bytes, str] | None:
    """What will be sent: the frozen bytes; only a remark is written to the ticket as it is now, and only to that one
    (its ETag, where it has a strong one). None: not now."""
    if not isinstance(command, AddNote):
        return action.body, ""
    try:
        ticket = outbox.desk.fetch_one(action.api, TICKET, command.ticket_id)
        tag = "" if ticket.validator.startswith("W/") else ticket.validator
        entry = outbox.profile.apis.get(action.api)
        return compose_note(ticket.document, command, action.created, entry.version if entry else "v4"), tag
    except Refused as refusal:
        outbox.say(action, WaitingState.REJECTED, "refused", reason=refusal.reason, next_try=None)
    except Failure as failure:
        if _ends_the_round(failure):
            raise
        later = outbox.now() + wait_after(action.attempts + 1, outbox.chance())
        outbox.say(action, WaitingState(action.state), "notSent", next_try=later)
    return None


def _take_receipt(
    outbox: _Outbox,
    action: Action,
    command: Command,
    receipt: Receipt,
    event: str,
    said: Mapping[str, object] | None = None,
) -> None:
    facts = json.dumps({"receipt": receipt.id, **(said or {})})
    if receipt.is_of_another or receipt.external_id not in {"", action.id}:
        outbox.say(action, WaitingState.ASK, "mismatch", facts, why="mismatch", next_try=None)
        return
    outbox.say(
        action, WaitingState(receipt.state), event, facts,
        receipt=receipt.id, reason=receipt.reason, why="", next_try=None,
    )  # fmt: skip
    outbox.changed.add(topic_of(command))


def _settle_failure(outbox: _Outbox, action: Action, command: Command, verdict: Verdict, facts: str) -> None:
    state = verdict.state
    if verdict.look:
        found = _look_once(outbox, action, command)
        if found is None:
            outbox.say(
                action, WaitingState.UNKNOWN, verdict.event, facts, doubt=True,
                next_try=_next_try(outbox, action, verdict),
            )  # fmt: skip
            return
        if found.presence is Presence.PRESENT:
            _take_receipt(outbox, action, command, found.receipt, "found")
            return
    waits = state.value in _OPEN and not verdict.unsent
    next_try = _next_try(outbox, action, verdict) if waits else None
    changes: dict[str, Any] = {"reason": verdict.reason, "next_try": next_try}
    if state is WaitingState.NEW:
        changes["first_sent"] = None
    if verdict.why:
        changes["why"] = verdict.why
    if verdict.doubt:
        changes["doubt"] = True
    outbox.say(action, state, verdict.event, facts, **changes)


def _look_once(outbox: _Outbox, action: Action, command: Command) -> Found | None:
    try:
        return outbox.look(action, command)
    except OF_THE_DISK:
        raise
    except Failure:
        return None


def _next_try(outbox: _Outbox, action: Action, verdict: Verdict) -> datetime:
    now = outbox.now()
    own = now + wait_after(action.attempts, outbox.chance())
    return own if verdict.retry_at is None else max(own, after_asked(now, verdict.retry_at, outbox.chance()))
