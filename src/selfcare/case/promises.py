"""Every promise with its clock: who promised what, by when, and whether it was kept, missed or moved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from selfcare.domain.orders import Order, OrderState
from selfcare.domain.problems import Problem
from selfcare.domain.records import Struct
from selfcare.domain.tickets import Ticket


class PromiseState(StrEnum):
    """How a promise stands."""

    OPEN = "open"
    KEPT = "kept"
    MISSED = "missed"
    MOVED = "moved"
    """It was silently replaced by a later one before it fell due."""
    LOST = "lost"
    """What it was made on is no longer listed: nobody can see whether it was kept."""


class PromiseSource(StrEnum):
    """Where a promise was read."""

    TICKET = "ticket"
    PROBLEM = "problem"
    ORDER = "order"


class PromiseOf(StrEnum):
    """What was promised."""

    ANSWER = "answer"
    REPAIR = "repair"
    UNLOCK = "unlock"
    CODE = "code"
    ENDING = "ending"
    ORDER = "order"


_ORDERS = {"deviceunlock": PromiseOf.UNLOCK, "portoutcode": PromiseOf.CODE, "termination": PromiseOf.ENDING}


class Promise(Struct, frozen=True):
    """One promise. `who` names the promiser where the operator does, `title` is the operator's own text.

    `given` is when it was made, if known; a promise is missed from the instant after `due` (never at it).
    """

    who: str
    what: PromiseOf
    title: str
    given: datetime | None
    due: datetime
    source: PromiseSource
    source_id: str
    state: PromiseState
    ended: datetime | None = None

    def late_by(self, now: datetime) -> timedelta:
        """How late it is, or was when it was kept; nothing if it is not."""
        return max((self.ended or now) - self.due, timedelta(0)) if self.state is PromiseState.MISSED else timedelta(0)


def promises_from(
    tickets: Iterable[Ticket], orders: Iterable[Order], problems: Iterable[Problem], now: datetime
) -> tuple[Promise, ...]:
    """Every promise that can be read from what the operator wrote, the nearest open one first, then by due date."""
    found: list[Promise] = []
    for ticket in tickets:
        if ticket.promised is None or ticket.id.startswith("waiting:"):
            continue
        if ticket.is_lost:
            found += _lost(ticket)
            continue
        ended = None if ticket.is_open else ticket.resolved or ticket.changed
        found += _series(
            PromiseOf.ANSWER,
            ticket.title,
            ticket.created,
            (*ticket.moved_from, ticket.promised),
            PromiseSource.TICKET,
            ticket.id,
            ended,
            now,
            is_over=not ticket.is_open,
        )
    for problem in problems:
        if problem.expected_end is None:
            continue
        found += _series(
            PromiseOf.REPAIR,
            problem.title,
            problem.began,
            (*problem.moved_from, problem.expected_end),
            PromiseSource.PROBLEM,
            problem.id,
            problem.ended or (problem.changed if problem.is_over else None),
            now,
            is_over=problem.is_over,
        )
    for order in orders:
        if order.expected is None or order.state in {OrderState.REJECTED, OrderState.CANCELLED, OrderState.FAILED}:
            continue
        what = _ORDERS.get(order.category.casefold(), PromiseOf.ORDER)
        found += _series(
            what,
            order.title or order.category if what is PromiseOf.ORDER else "",
            order.ordered,
            (order.expected,),
            PromiseSource.ORDER,
            order.id,
            order.completed if not order.is_open else None,
            now,
            is_over=not order.is_open,
        )
    return tuple(sorted(found, key=lambda p: (p.state is not PromiseState.OPEN, p.due, p.source_id)))


def counts(promises: Iterable[Promise]) -> dict[PromiseState, int]:
    """How many promises stand how; every state is there, also with none."""
    result = dict.fromkeys(PromiseState, 0)
    for promise in promises:
        result[promise.state] += 1
    return result


def _lost(ticket: Ticket) -> list[Promise]:
    dates = [*ticket.moved_from, ticket.promised]
    return [
        Promise(
            "", PromiseOf.ANSWER, ticket.title, ticket.created, due, PromiseSource.TICKET, ticket.id, PromiseState.LOST
        )
        for due in dates
        if due is not None
    ]


def _series(
    what: PromiseOf,
    title: str,
    given: datetime | None,
    dates: tuple[datetime, ...],
    source: PromiseSource,
    source_id: str,
    ended: datetime | None,
    now: datetime,
    *,
    is_over: bool,
) -> list[Promise]:
    """All promises on one thing: each earlier date is missed if nothing was finished by then, else moved."""
    last = dates[-1]
    until = ended or now
    found: list[Promise] = []
    for due in dates:
        if due is not last:
            state = PromiseState.MISSED if until > due else PromiseState.MOVED
        elif is_over and ended is None:
            state = PromiseState.KEPT
        elif until > due:
            state = PromiseState.MISSED
        else:
            state = PromiseState.KEPT if is_over else PromiseState.OPEN
        found.append(Promise("", what, title, given, due, source, source_id, state, ended))
    return found
