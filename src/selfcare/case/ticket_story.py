"""Reads a ticket's course as a story: whose turn it was when, how long the operator is silent, where it contradicts
itself, and which earlier ticket tells the same trouble.

The tickets are those of TMF621. Nothing is corrected: a contradiction is named, never smoothed over.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from selfcare.domain.commands import OpenTicket
from selfcare.domain.records import Struct
from selfcare.domain.tickets import (
    FINISHED,
    EntityRef,
    Note,
    StateChange,
    Ticket,
    TicketState,
    names_customer,
    tells_nobody,
)

SILENCE = timedelta(hours=48)
"""How long an operator may say nothing on an open ticket before the silence is given a length."""

SLACK = timedelta(minutes=2)
"""Two clocks, and a ticket's own `lastUpdate`, differ by so much without contradicting each other."""

RECENT = timedelta(days=60)
"""How long after a ticket was finished the same trouble may be a return of it."""

ALIKE = 0.6
"""The share of words two titles have in common from which on they tell the same trouble."""

_OWN = frozenset({"customer", "client", "cliente", "cliente/a", "kunde"})
_WORD = re.compile(r"\w+")
BROAD = frozenset({"serviceproblem", "customer", "organization", "individual", "billingaccount"})
"""Kinds of things that much is about: to have one of them in common says little."""


class Turn(StrEnum):
    """Whose turn it is."""

    OPERATOR = "operator"
    CUSTOMER = "customer"
    NOBODY = "nobody"
    """The operator calls it finished."""
    UNKNOWN = "unknown"
    """Its word for where it stands, or for why it waits, is not known."""


class Span(Struct, frozen=True):
    """A stretch of a ticket's course in which it was one side's turn."""

    turn: Turn
    begins: datetime
    ends: datetime


class Doubt(StrEnum):
    """In what a ticket's history contradicts itself."""

    SOLVED_BEFORE_REPORTED = "solvedBeforeReported"
    OPEN_BUT_SOLVED = "openButSolved"
    STATE_AND_COURSE = "stateAndCourse"
    STEP_BEFORE_REPORTED = "stepBeforeReported"
    STEP_IN_FUTURE = "stepInFuture"
    PROMISED_BEFORE_REPORTED = "promisedBeforeReported"


def is_own(note: Note) -> bool:
    """The customer wrote this remark, by the word that operators write as its author."""
    return note.author.strip().casefold() in _OWN


def last_sign(ticket: Ticket) -> datetime | None:
    """The last moment at which the operator did anything with a ticket that we know of.

    A remark of the customer's is no sign of the operator's, nor is the `lastUpdate` that it causes.
    """
    own = [note.at for note in ticket.notes if is_own(note) and note.at is not None]
    moments = [c.at for c in ticket.course] + [n.at for n in ticket.notes if n.author.strip() and not is_own(n)]
    if ticket.changed is not None and not any(abs(ticket.changed - at) <= SLACK for at in own):
        moments.append(ticket.changed)
    return max((m for m in moments if m is not None), default=ticket.created)


def silence(ticket: Ticket, now: datetime) -> timedelta | None:
    """How long the operator has said nothing on a ticket that waits for it; None where that is not its length to
    have (finished, the customer's turn, not sent, its state not known) or no moment is known or the last one
    lies ahead."""
    if not ticket.is_open or ticket.waits_for_customer or ticket.id.startswith("waiting:"):
        return None
    if not ticket.is_stated or ticket.waits_for_somebody:
        return None
    last = last_sign(ticket)
    return now - last if last is not None and now > last else None


def spans(ticket: Ticket, now: datetime) -> tuple[Span, ...]:
    """Whose turn it was from the report until now, or until the end; empty where the report has no moment, or nothing
    tells where it stands or stood."""
    if ticket.created is None or not (ticket.is_stated or ticket.course):
        return ()
    turns: list[tuple[datetime, Turn]] = [(ticket.created, Turn.OPERATOR)]
    dated = [(c.at, c) for c in ticket.course if c.at is not None and ticket.created <= c.at <= now]
    for at, change in sorted(dated, key=lambda pair: pair[0]):
        turns.append((at, _turn(change)))
    for note in ticket.notes:
        if is_own(note) and note.at is not None and ticket.created <= note.at <= now:
            turns.append((note.at, Turn.OPERATOR if _at(turns, note.at) is Turn.CUSTOMER else _at(turns, note.at)))
    turns.sort(key=lambda pair: pair[0])
    if ticket.is_open and (not ticket.is_stated or ticket.waits_for_somebody):
        turns[-1] = (turns[-1][0], Turn.UNKNOWN)
    until = now if ticket.is_open else max(t[0] for t in turns)
    if not ticket.is_open and ticket.resolved is not None and ticket.created <= ticket.resolved <= now:
        until = max(until, ticket.resolved)
    found: list[Span] = []
    for number, (begins, turn) in enumerate(turns):
        ends = turns[number + 1][0] if number + 1 < len(turns) else until
        if found and found[-1].turn is turn:
            found[-1] = Span(turn, found[-1].begins, ends)
        elif ends > begins:
            found.append(Span(turn, begins, ends))
    return tuple(found)


def reopened(ticket: Ticket) -> int:
    """How often the operator called it finished and it was open again after."""
    states = [c.state for c in ticket.course if c.state is not TicketState.UNKNOWN]
    if ticket.state is not TicketState.UNKNOWN and (not states or states[-1] is not ticket.state):
        states.append(ticket.state)
    return sum(1 for before, after in pairwise(states) if before in FINISHED and after not in FINISHED)


def doubts(ticket: Ticket, now: datetime) -> tuple[Doubt, ...]:
    """Everything in which a ticket's own facts contradict each other, in a fixed order."""
    found: list[Doubt] = []
    steps = [c.at for c in ticket.course if c.at is not None]
    born = ticket.created
    if born is not None and ticket.resolved is not None and ticket.resolved < born - SLACK:
        found.append(Doubt.SOLVED_BEFORE_REPORTED)
    if ticket.is_open and ticket.resolved is not None and ticket.resolved <= now and not reopened(ticket):
        found.append(Doubt.OPEN_BUT_SOLVED)
    last = next((c for c in reversed(ticket.course) if c.state is not TicketState.UNKNOWN and c.at is not None), None)
    if last is not None and ticket.state is not TicketState.UNKNOWN:
        same_moment = {c.state for c in ticket.course if c.at == last.at}
        if ticket.state not in same_moment and (last.state in FINISHED) != (ticket.state in FINISHED):
            found.append(Doubt.STATE_AND_COURSE)
    if born is not None and any(at < born - SLACK for at in steps):
        found.append(Doubt.STEP_BEFORE_REPORTED)
    if any(at > now + SLACK for at in [*steps, *(n.at for n in ticket.notes if n.at is not None)]):
        found.append(Doubt.STEP_IN_FUTURE)
    if born is not None and ticket.promised is not None and ticket.promised < born - SLACK:
        found.append(Doubt.PROMISED_BEFORE_REPORTED)
    return tuple(found)


def told_before(
    command: OpenTicket, tickets: Iterable[Ticket], now: datetime, families: Iterable[Collection[str]] = ()
) -> Ticket | None:
    """The ticket that may tell the same trouble already: about the same thing, or in nearly the same words about
    nothing that is named, or about something of the same line (`families`: the ids that belong to each).

    An open one comes before a finished one, and that must have been finished within the last 60 days and tell it in
    nearly the same words; the newest first. Only tickets of the same kind are alike: a disputed bill is not a fault of
    the line that it charges. A request that follows up a ticket knows of it, so it is not held against it.
    """
    kind = command.ticket_type.casefold()
    own = {_key(ref) for ref in command.about if ref.kind.casefold() not in BROAD}
    own_ids = {name for _kind, name in own}
    near = _Near(own, frozenset(one for family in families if own_ids & set(family) for one in family))
    known = {ref.id for ref in command.about if ref.kind.casefold() == "troubleticket"}
    if known:
        return None
    alike = [
        ticket
        for ticket in tickets
        if ticket.kind.casefold() == kind and _is_recent(ticket, now) and _is_alike(command, near, ticket)
    ]
    alike.sort(key=lambda t: (t.is_open, t.created.timestamp() if t.created else 0.0), reverse=True)
    return alike[0] if alike else None


class _Near(Struct, frozen=True):
    """What a new ticket is about, and the ids of all that belongs to the same line."""

    own: Collection[tuple[str, str]]
    family: Collection[str]


def _is_alike(command: OpenTicket, near: _Near, ticket: Ticket) -> bool:
    theirs = {_key(ref) for ref in ticket.about if ref.kind.casefold() not in BROAD}
    in_words = are_alike(command.title, ticket.title)
    if near.own and theirs:
        if set(near.own) & theirs:
            return ticket.is_open or in_words
        return in_words and any(name in near.family for _kind, name in theirs)
    return in_words


def _is_recent(ticket: Ticket, now: datetime) -> bool:
    if ticket.is_open:
        return True
    if ticket.state is TicketState.REJECTED or ticket.state is TicketState.CANCELLED:
        return False
    ended = ticket.resolved or ticket.finished or ticket.changed or ticket.created
    return ended is not None and now - ended <= RECENT


def _key(ref: EntityRef) -> tuple[str, str]:
    return ref.kind.casefold(), ref.id


def are_alike(title: str, another: str) -> bool:
    """Two titles tell the same in nearly the same words."""
    mine, other = _words(title), _words(another)
    return bool(mine and other) and len(mine & other) / len(mine | other) >= ALIKE


def is_within(title: str, another: str) -> bool:
    """One of two titles says all that the other does, in three words or more."""
    mine, other = sorted((_words(title), _words(another)), key=len)
    return len(mine) >= 3 and mine <= other


def _words(title: str) -> frozenset[str]:
    return frozenset(_WORD.findall(title.casefold()))


def _turn(change: StateChange) -> Turn:
    if change.state in FINISHED:
        return Turn.NOBODY
    if change.state is TicketState.PENDING and names_customer(change.reason):
        return Turn.CUSTOMER
    is_untold = change.state is TicketState.PENDING and tells_nobody(change.reason)
    if change.state is TicketState.UNKNOWN or is_untold:
        return Turn.UNKNOWN
    return Turn.OPERATOR


def _at(turns: list[tuple[datetime, Turn]], moment: datetime) -> Turn:
    return max((pair for pair in turns if pair[0] <= moment), key=lambda pair: pair[0])[1]
