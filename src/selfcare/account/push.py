"""Sends what the customer asked for: marked before it leaves, looked for before it is repeated, never sent twice.

NEW ──> SENDING ──> ACCEPTED ──> DONE       the operator took it; its own word says when it is carried out
 │         ├──────> REJECTED                the operator said no
 │         ├──────> NEW                     not a byte arrived: tried again later
 │         └──────> UNKNOWN ──> SENDING     no valid answer: the same key again while the operator remembers it
 │                     ├─────> ACCEPTED     found at the operator by our own id
 │                     ├─────> UNKNOWN      nothing learned (the operator is in trouble): asked again later
 │                     ├─────> REJECTED     a no after a lost answer, and twice not found
 │                     └─────> NEW          twice not found, two minutes apart: a new key is safe
 └──> ASK                                   too old, changed underneath, or nobody can tell: the customer decides
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from random import SystemRandom

from selfcare.api.commands import UNCONFIRMED, WireAction, read_receipt
from selfcare.api.remarks import compose_note, compose_operations
from selfcare.domain.commands import AddNote, Command
from selfcare.domain.failures import Failure, Refused, TooOften
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import replace
from selfcare.domain.waiting import COPY, OTHER_ISSUER, TAKEN, WaitingState
from selfcare.store.action import Action
from selfcare.store.vault import Vault

from .clocks import A_LITTLE, MARGIN, is_known_by_its_key, is_of_another_run, is_remembered, is_too_old
from .desk import Desk
from .documents import TICKET
from .errand import OPEN, Walk
from .looking import Presence
from .outcome import Outcome
from .precondition import target_of, waits_behind
from .settling import (
    is_twice_absent,
    may_have_arrived,
    put_change,
    settle_failure,
    settle_lost,
    take_receipt,
    vouched,
)
from .trouble import OF_THE_DISK, UNHEARD
from .underneath import Asking, what_changed, what_closed
from .verdict import Verdict, after_asked, judge, wait_after
from .wording import read_command, write_facts

_SOONEST = timedelta(seconds=30)
_NEVER_LONGER = timedelta(hours=49)
"""No request is ever put off by more: a next try beyond that was written under a clock that has been set back since."""
_CHANCE = SystemRandom()


def push(
    desk: Desk,
    vault: Vault,
    profile: OperatorProfile,
    subject: str,
    now: Callable[[], datetime],
    *,
    chance: Callable[[], float] = _CHANCE.random,
    cancelled: Callable[[], bool] = lambda: False,
    run: str = "",
) -> Outcome:
    """Send what is due, one request after the other in the order in which they were asked for.

    Only requests of this `subject` with this operator are sent; what was meant for another issuer is put to the
    customer. `run` names this run of the program, by which a request of an earlier one is told. Ends early, with
    `trouble`, where the operator cannot be reached, has ended the session, or asks for patience.
    """
    walk = Walk(desk, vault, profile, subject, now, chance, run)
    vault.actions.recover(now())
    blocked: set[str] = set()
    for action in vault.actions.all():
        if cancelled():
            break
        if action.state in OPEN and action.issuer != profile.issuer:
            walk.say(action, WaitingState.ASK, OTHER_ISSUER, why=OTHER_ISSUER, next_try=None)
        if (action.issuer, action.subject) != (profile.issuer, subject):
            continue
        if action.state == WaitingState.ASK.value and action.why == "expired":
            action = _take_up(walk, action)
        if action.state not in OPEN:
            continue
        command = read_command(action.kind, action.command_json)
        target = target_of(command)
        if blocked & waits_behind(command) or _is_put_off(action, now()):
            blocked.add(target or action.id)
            continue
        try:
            _advance(walk, action, command)
        except Failure as trouble:
            if not _ends_the_round(trouble):
                raise
            return Outcome(frozenset(walk.changed), trouble=trouble, unwell=walk.unwell)
        after = vault.actions.get(action.id)
        if after is not None and after.state in OPEN:
            blocked.add(target or action.id)
    return Outcome(frozenset(walk.changed), unwell=walk.unwell)


def _is_put_off(action: Action, now: datetime) -> bool:
    return action.next_try is not None and now < action.next_try <= now + _NEVER_LONGER


def _ends_the_round(failure: Failure) -> bool:
    """Every further request would meet the same: nobody is there, or there is no permission to ask for now."""
    return isinstance(failure, UNHEARD) or failure.is_before_sending


def _advance(walk: Walk, action: Action, command: Command) -> None:
    try:
        ready = _ready(walk, action, command)
    except OF_THE_DISK:
        raise
    except Failure as failure:
        walk.note(failure)
        _wait_to_ask(walk, action, failure)
        if _ends_the_round(failure):
            raise
        return
    if ready is not None:
        _send(walk, ready, command)


def _ready(walk: Walk, action: Action, command: Command) -> Action | None:
    """The request as it may be sent now; None if it is settled or must wait. Raises a Failure if the operator had to
    be asked first and nothing was learned."""
    has_looked = False
    if action.state == WaitingState.UNKNOWN.value and not _may_repeat(walk, action, command):
        found = walk.look(action, command)
        if found.presence is not Presence.PRESENT and _may_repeat(walk, action, command):
            return action  # its answer told the time, which was all that was missing
        fresh = settle_lost(walk, action, command, found)
        if fresh is None:
            return None
        action, has_looked = fresh, True
    if action.state == WaitingState.NEW.value and not _may_start(walk, action, command, has_looked=has_looked):
        return None
    return action


def _wait_to_ask(walk: Walk, action: Action, failure: Failure) -> None:
    """Nothing was learned: the request stays what it is and the operator is asked again, each time after twice as
    long, at least once an hour. Where nobody is there, the next round asks."""
    if isinstance(failure, UNHEARD) and not isinstance(failure, TooOften):
        return
    now = walk.now()
    gone = now - (action.last_try or action.created)
    later = now + min(max(gone * (1 + walk.chance()), _SOONEST), MARGIN)
    if isinstance(failure, TooOften) and failure.retry_at is not None:
        later = max(later, after_asked(now, failure.retry_at, walk.chance()))
    kept = walk.vault.actions.get(action.id) or action
    if kept.state in OPEN:
        walk.say(kept, WaitingState(kept.state), "notLearned", next_try=later)


def _may_repeat(walk: Walk, action: Action, command: Command) -> bool:
    """Whether the operator still remembers the key, so that sending again cannot do anything twice.

    A remark is looked for in any case: it is written anew each time.
    """
    life = walk.profile.honours.key_life
    if isinstance(command, AddNote) or life is None or action.doubt:
        return False
    return is_remembered(action, walk.now(), walk.desk.ahead(), life)


def _may_start(walk: Walk, action: Action, command: Command, *, has_looked: bool) -> bool:
    """Whether a request that has not left may leave now; if not, it is settled or the customer is asked."""
    if not has_looked and not _is_not_there(walk, action, command):
        return False
    if _is_surely_too_old(walk, action, command):
        walk.say(action, WaitingState.ASK, "expired", why="expired", next_try=None)
        return False
    news = what_changed(Asking(walk.desk, walk.vault.cache, walk.profile, walk.zone), command)
    if news and (action.confirmed is None or news != action.changed):
        put_change(walk, action, command, news)
        return False
    return True


def _is_surely_too_old(walk: Walk, action: Action, command: Command) -> bool:
    """Whether a request is too old by both clocks; or by the operator's, which then says so twice: one of its computers
    may tell a wrong time."""
    now, ahead = walk.now(), walk.desk.ahead()
    if not is_too_old(action, command, now, ahead, walk.zone):
        return False
    if ahead is None or is_too_old(action, command, now, None, walk.zone):
        return True
    walk.look(action, command)
    again = walk.desk.ahead()
    is_steady = again is not None and abs(again - ahead) <= A_LITTLE
    return is_steady and is_too_old(action, command, walk.now(), again, walk.zone)


def _take_up(walk: Walk, action: Action) -> Action:
    """A request that was put to the customer as too old, and is not, by a clock that was wrong then: it goes on."""
    ahead, command = walk.desk.ahead(), read_command(action.kind, action.command_json)
    is_old = ahead is None or is_too_old(action, command, walk.now(), ahead, walk.zone)
    if is_old or not walk.say(action, WaitingState.NEW, "notExpired", why=""):
        return action
    return walk.vault.actions.get(action.id) or action


def _is_not_there(walk: Walk, action: Action, command: Command) -> bool:
    """Whether nothing of a request has arrived: by two looks where a newer copy of this folder may have sent it, or an
    earlier try arrived; by one where the key is the same and still remembered. Where neither can be, it is looked for
    only to hear the operator's time, without which its promise to remember a key is of no use. Where a newer copy may
    have sent it and the operator cannot tell, the customer is asked."""
    doubtful, life = may_have_arrived(walk, action), walk.profile.honours.key_life
    if not doubtful and (life is None or walk.desk.ahead() is not None):
        return True
    found = walk.look(action, command)
    if found.presence is Presence.PRESENT:
        take_receipt(walk, action, command, found.receipt, "found")
        return False
    if life is not None and not isinstance(command, AddNote):
        doubtful = doubtful and not is_known_by_its_key(action, walk.now(), walk.desk.ahead(), life)
    if not doubtful:
        return True
    if not is_twice_absent(walk, action, found.age):
        return False
    if found.presence is Presence.CANNOT_TELL and is_of_another_run(action, walk.run):
        walk.say(action, WaitingState.ASK, "cannotTell", why=COPY, next_try=None)
        return False
    return True


def _send(walk: Walk, action: Action, command: Command) -> None:
    before = WaitingState(action.state)
    wire = _wire(walk, action, command)
    if wire is None:
        return
    claimed = walk.vault.actions.claim(action.id, walk.now(), walk.desk.ahead())
    if claimed is None:
        return
    try:
        reply = walk.desk.send(wire, claimed.key)
        receipt = read_receipt(command, reply)
    except Failure as failure:
        walk.note(failure)
        verdict = judge(failure, before, claimed.attempts, keeps_keys=walk.profile.honours.key_life is not None)
        if wire.tag and isinstance(failure, Refused) and failure.status == 412:
            # the ticket moved on meanwhile: the remark is written to it anew, and as a new request, because the answer
            # to this one may be stored under its key
            verdict = Verdict(before, "notSent", new_key=True)
        settle_failure(walk, action, claimed, command, verdict, write_facts(failure))
        if _ends_the_round(failure):
            raise
        return
    said = {"status": reply.status, "sha256": hashlib.sha256(reply.body).hexdigest()}
    if receipt.state == UNCONFIRMED:
        later = walk.now() + wait_after(claimed.attempts, walk.chance())
        walk.say(claimed, WaitingState.UNKNOWN, TAKEN, json.dumps(said), why=TAKEN, doubt=True, next_try=later)
        return
    known = vouched(walk, claimed, command, receipt, reply.body)
    if known is None:
        later = walk.now() + wait_after(claimed.attempts, walk.chance())
        walk.say(claimed, WaitingState.UNKNOWN, "withoutOurId", json.dumps(said), doubt=True, next_try=later)
        return
    take_receipt(walk, claimed, command, known, known.state, said)


def _wire(walk: Walk, action: Action, command: Command) -> WireAction | None:
    """What will be sent: the frozen bytes; only a remark is written to the ticket as it is now, and only to that one
    (its ETag, where it has a strong one). None: not now."""
    frozen = WireAction(action.api, action.method, action.path, action.body, action.content_type)
    if not isinstance(command, AddNote):
        return frozen
    try:
        ticket = walk.desk.fetch_one(action.api, TICKET, command.ticket_id)
        tag = "" if ticket.validator.startswith("W/") else ticket.validator
        news = what_closed(ticket.document)
        if news and (action.confirmed is None or news != action.changed):
            put_change(walk, action, command, news)
            return None
        entry = walk.profile.apis.get(action.api)
        whole = (ticket.document, command, action.created, entry.version if entry else "v4")
        return replace(frozen, body=compose_note(*whole), operations=compose_operations(*whole), tag=tag)
    except Refused as refusal:
        walk.say(action, WaitingState.REJECTED, "refused", reason=refusal.reason, next_try=None)
    except Failure as failure:
        if _ends_the_round(failure):
            raise
        later = walk.now() + wait_after(action.attempts + 1, walk.chance())
        walk.say(action, WaitingState(action.state), "notSent", next_try=later)
    return None
