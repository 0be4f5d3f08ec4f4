"""Every promise with its clock: who promised what, by when, and whether it was kept, missed or moved."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta, tzinfo

from selfcare.domain.appointments import Appointment
from selfcare.domain.moved import in_turn, is_moved_ahead, replaced_at
from selfcare.domain.orders import Order, OrderState
from selfcare.domain.problems import Problem
from selfcare.domain.records import Struct, replace
from selfcare.domain.tickets import FINISHED, Ticket, TicketState
from selfcare.domain.workdays import end_of_day, whole_day

from .matters import matters_of
from .notebook import Notebook, Outcome, Purpose, Way, Word
from .promise import Promise, PromiseOf, PromiseSource, PromiseState
from .series import End, Thing, bare_promise, series
from .told_twice import told_once
from .visits import visit_promises

__all__ = ["Promise", "PromiseOf", "PromiseSource", "PromiseState"]


_ORDERS = {
    "deviceunlock": PromiseOf.UNLOCK,
    "portoutcode": PromiseOf.CODE,
    "termination": PromiseOf.ENDING,
    "portin": PromiseOf.PORT,
    "portingin": PromiseOf.PORT,
    "numberporting": PromiseOf.PORT,
    "refund": PromiseOf.REFUND,
    "appointment": PromiseOf.VISIT,
    "repair": PromiseOf.REPAIR,
}
_REFUSED = frozenset({TicketState.REJECTED, TicketState.CANCELLED})
_TICKETS = {"refund": PromiseOf.REFUND, "repair": PromiseOf.REPAIR, "callback": PromiseOf.CALL}


class Record(Struct, frozen=True):
    """How an operator stands to its word. `late` is by how much it was or is late altogether, `worst` at the most."""

    given: int = 0
    open: int = 0
    kept: int = 0
    missed: int = 0
    moved: int = 0
    late: timedelta = timedelta()
    worst: timedelta = timedelta()

    @property
    def average(self) -> timedelta:
        """How late a missed promise is on the average."""
        return self.late / self.missed if self.missed else timedelta()


def promises_from(
    tickets: Iterable[Ticket],
    orders: Iterable[Order],
    problems: Iterable[Problem],
    now: datetime,
    notebook: Notebook = Notebook(),  # noqa: B008 - an empty, frozen one
    zone: tzinfo = UTC,
    appointments: Iterable[Appointment] = (),
    services: Collection[str] = (),
) -> tuple[Promise, ...]:
    """Every promise that the operator wrote down or the customer noted, the nearest open one first, then by due date.

    What several places tell is one promise. One without a date is in `undated`, and in no count. The end of a known
    problem is promised to whomever it touches, by a service of theirs (`services`) or a ticket; what is announced to
    others is no promise to the customer. Days end where the customer is (`zone`): a line that ends on a day works until
    the end of it (CV-1), so its end is promised for then, whatever hour the operator writes.
    """
    found: list[Promise] = []
    told = frozenset((*notebook.told, *notebook.told_in_tray))
    own, orders, problems, appointments = tuple(tickets), tuple(orders), tuple(problems), tuple(appointments)
    for ticket in own:
        found += _of_ticket(ticket, notebook, told, now)
    for problem in problems:
        if problem.touches(services, own):
            found += _of_problem(problem, told, now)
    for order in orders:
        found += _of_order(order, told, now, zone)
    for appointment in appointments:
        found += visit_promises(appointment, now)
    for word in notebook.words:
        if word.due is not None and word.outcome is not Outcome.WITHDRAWN:
            found += _noted(word, word.due, now)
    found = told_once(found, matters_of(own, orders, problems, appointments, notebook), zone)
    return tuple(sorted(found, key=lambda p: (p.state is not PromiseState.OPEN, p.due, p.source_id)))


def undated(notebook: Notebook) -> tuple[Word, ...]:
    """What was promised without a day ("soon") and has not come: it has no clock, but an age. Oldest first."""
    found = (word for word in notebook.words if word.due is None and word.outcome is Outcome.OPEN)
    return tuple(sorted(found, key=lambda word: word.given))


def record_of(promises: Iterable[Promise], now: datetime) -> Record:
    """The count of an operator's promises; those that nobody can judge (lost, void) are in `given` alone."""
    all_of_them = tuple(promises)
    found = counts(all_of_them)
    late = [promise.late_by(now) for promise in all_of_them if promise.state is PromiseState.MISSED]
    return Record(
        len(all_of_them), found[PromiseState.OPEN], found[PromiseState.KEPT], found[PromiseState.MISSED],
        found[PromiseState.MOVED], sum(late, timedelta()), max(late, default=timedelta()),
    )  # fmt: skip


def counts(promises: Iterable[Promise]) -> dict[PromiseState, int]:
    """How many promises stand how; every state is there, also with none."""
    result = dict.fromkeys(PromiseState, 0)
    for promise in promises:
        result[promise.state] += 1
    return result


def newly_missed(promises: Iterable[Promise], told: Iterable[str]) -> tuple[Promise, ...]:
    """The missed promises on what is still open that nobody was told of, oldest first."""
    known = set(told)
    found = (p for p in promises if p.state is PromiseState.MISSED and p.ended is None and known.isdisjoint(p.keys))
    return tuple(sorted(found, key=lambda p: p.due))


def next_turn(promises: Iterable[Promise], now: datetime) -> datetime | None:
    """The first instant at which an open promise will be missed; None where none is open."""
    return min((p.due for p in promises if p.state is PromiseState.OPEN and p.due >= now), default=None)


def _of_problem(problem: Problem, told: Collection[str], now: datetime) -> list[Promise]:
    thing = Thing(PromiseOf.REPAIR, problem.title, problem.began, PromiseSource.PROBLEM, problem.id)
    is_refused = problem.state in _REFUSED
    end = End(problem.ended, is_over=problem.is_over, is_refused=is_refused, by=problem.changed, told=told)
    return series(thing, problem.moved_from, problem.expected_end, end, now, problem.moved_when)


def _of_order(order: Order, told: Collection[str], now: datetime, zone: tzinfo) -> list[Promise]:
    """The ends promised for an order. Where it was refused and nobody states when, those of its dates were missed that
    were `told` as missed while it ran; one that failed had not been carried out on any of its days."""
    what = _ORDERS.get(order.category.casefold(), PromiseOf.ORDER)
    title = order.title or order.category if what is PromiseOf.ORDER else ""
    earlier, due = order.moved_from, order.expected
    moved = tuple((whole_day(day, zone), at) for day, at in order.moved_when)
    is_refused = order.state in {OrderState.REJECTED, OrderState.CANCELLED, OrderState.FAILED}
    ended = order.dropped if is_refused else order.completed if not order.is_open else None
    if what is PromiseOf.ENDING:
        last = _last_moment(due, zone)
        earlier, due = in_turn([end_of_day(one.astimezone(zone).date(), zone) for one in earlier], last), last
        ended = ended if is_refused else _end_of_line(order, ended, zone)
        moved = tuple((end_of_day(day.astimezone(zone).date(), zone), at) for day, at in order.moved_when)
    else:
        due = None if due is None else whole_day(due, zone)
        earlier = in_turn([whole_day(one, zone) for one in earlier], due)
    thing = Thing(what, title, order.ordered, PromiseSource.ORDER, order.id)
    has_failed = order.state is OrderState.FAILED
    end = End(ended, is_over=not order.is_open, is_refused=is_refused, has_failed=has_failed, told=told)
    return series(thing, earlier, due, end, now, moved)


def _last_moment(due: datetime | None, zone: tzinfo) -> datetime | None:
    return None if due is None else end_of_day(due.astimezone(zone).date(), zone)


def _end_of_line(order: Order, completed: datetime | None, zone: tzinfo) -> datetime | None:
    """When a line ended: by the day that the operator itself gives as its last one, if it closed the order later.

    Midnight is the end of the day before, not the first moment of the next one.
    """
    if completed is None:
        return None
    last = order.ends or (completed - timedelta(seconds=1)).astimezone(zone).date()
    return min(completed, end_of_day(last, zone))


def _of_ticket(ticket: Ticket, notebook: Notebook, told: Collection[str], now: datetime) -> list[Promise]:
    if ticket.id.startswith("waiting:"):
        return []
    what = _TICKETS.get(ticket.kind.casefold(), PromiseOf.ANSWER)
    thing = Thing(what, ticket.title, ticket.created, PromiseSource.TICKET, ticket.id, undone=settled_once(ticket))
    call = Thing(PromiseOf.CALL, ticket.title, None, PromiseSource.TICKET, ticket.id)
    if ticket.is_lost:
        both = ((thing, ticket.moved_from, ticket.promised), (call, ticket.call_moved_from, ticket.call_by))
        return [
            bare_promise(each, one, PromiseState.LOST)
            for each, earlier, due in both
            for one in (*earlier, due)
            if one is not None
        ]
    is_refused = ticket.state in _REFUSED
    end = End(ticket.finished, is_over=not ticket.is_open, is_refused=is_refused, by=ticket.changed, told=told)
    made = series(thing, ticket.moved_from, ticket.promised, end, now, ticket.moved_when)
    return made + _calls(call, ticket, notebook, end, now)


def _calls(thing: Thing, ticket: Ticket, notebook: Notebook, end: End, now: datetime) -> list[Promise]:
    """The call backs promised for a ticket, each judged by the call that came for it. One call keeps one promise: where
    it came before an earlier date and before the later one, the earlier one was moved."""
    calls = [*ticket.call_moved_from, *(() if ticket.call_by is None else (ticket.call_by,))]
    when = replaced_at(calls, ticket.call_moved_when)
    rang = [_rang(ticket, due, notebook) for due in calls]
    found: list[Promise] = []
    for place, due in enumerate(calls):
        kept = rang[place]
        following = calls[place + 1] if place + 1 < len(calls) else None
        is_for_the_next = following is not None and kept is not None and kept <= due and kept == rang[place + 1]
        is_ahead = is_moved_ahead(due, following, when[place])
        if kept is not None and not is_for_the_next and not is_ahead:
            made = series(thing, (), due, End(kept, is_over=True), now)
        elif following is not None or ticket.call_by is None:
            replaced = replace(end, ended=kept or end.ended)
            at = when[place]
            made = series(thing, (due,), following, replaced, now, () if at is None else ((due, at),))[:1]
        else:
            made = series(thing, (), due, end, now)
        found += [replace(promise, replaced=following) for promise in made]
    return found


CALL_BEFORE = timedelta(hours=72)
"""A call back comes at the earliest so long before its end, or after its end was first seen: one before is another."""


def _rang(ticket: Ticket, due: datetime, notebook: Notebook) -> datetime | None:
    """When the operator called about a ticket as promised, by the customer's own notes; a sales call is none."""
    since = due - CALL_BEFORE
    if ticket.call_seen is not None and due == ticket.call_by:
        since = min(since, ticket.call_seen)
    calls = [
        noted.started
        for noted in notebook.contacts
        if noted.way is Way.PHONE and not noted.is_inbound and noted.purpose is Purpose.SERVICE
        and noted.started >= since and any(ref.id == ticket.id for ref in noted.about)
    ]  # fmt: skip
    return min(calls, default=None)


def settled_once(ticket: Ticket) -> datetime | None:
    """When an open ticket was last called settled in its own course: it went back, so nothing was kept by that."""
    if not ticket.is_open:
        return None
    return next((step.at for step in reversed(ticket.course) if step.state in FINISHED and step.at is not None), None)


def _noted(word: Word, due: datetime, now: datetime) -> list[Promise]:
    kinds = {kind.value for kind in PromiseOf}
    thing = Thing(
        PromiseOf(word.what) if word.what in kinds else PromiseOf.OTHER,
        "", word.given, PromiseSource.CONTACT, word.id, word.said, word.who,
    )  # fmt: skip
    is_over = word.outcome is Outcome.KEPT
    return series(thing, word.earlier, due, End(word.ended if is_over else None, is_over=is_over), now, word.moved)
