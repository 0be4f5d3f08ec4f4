"""Every promise with its clock: who promised what, by when, and whether it was kept, missed or moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum

from selfcare.domain.orders import Order, OrderState
from selfcare.domain.problems import Problem
from selfcare.domain.records import Struct, replace
from selfcare.domain.tickets import FINISHED, Ticket
from selfcare.domain.workdays import end_of_day

from .notebook import Notebook, Outcome, Purpose, Way, Word


class PromiseState(StrEnum):
    """How a promise stands."""

    OPEN = "open"
    KEPT = "kept"
    MISSED = "missed"
    MOVED = "moved"
    """It was silently replaced by a later one before it fell due."""
    LOST = "lost"
    """What it was made on is no longer listed: nobody can see whether it was kept."""
    VOID = "void"
    """The date had passed before it was given: it could never be kept and counts as neither."""


class PromiseSource(StrEnum):
    """Where a promise was read."""

    TICKET = "ticket"
    PROBLEM = "problem"
    ORDER = "order"
    CONTACT = "contact"
    """The customer wrote it down."""


class PromiseOf(StrEnum):
    """What was promised."""

    ANSWER = "answer"
    REPAIR = "repair"
    UNLOCK = "unlock"
    CODE = "code"
    ENDING = "ending"
    ORDER = "order"
    CALL = "call"
    PORT = "port"
    REFUND = "refund"
    VISIT = "visit"
    OTHER = "other"


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
_TICKETS = {"refund": PromiseOf.REFUND, "repair": PromiseOf.REPAIR, "callback": PromiseOf.CALL}


class Promise(Struct, frozen=True):
    """One promise. `who` names the promiser where the operator does, `title` is the operator's own text.

    `given` is when it was made, if known; a promise is missed from the instant after `due` (never at it).
    `replaced` is the date that took its place, `evidence` the words in which it was given, `undone` when the operator
    last called the matter settled though it is open again.
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
    replaced: datetime | None = None
    evidence: str = ""
    undone: datetime | None = None

    @property
    def key(self) -> str:
        """What tells this promise from every other, also after it was moved."""
        return f"{self.source}:{self.source_id}:{self.what}:{self.due.isoformat()}"

    def late_by(self, now: datetime) -> timedelta:
        """How late it is, or was when it was kept; nothing if it is not."""
        return max((self.ended or now) - self.due, timedelta(0)) if self.state is PromiseState.MISSED else timedelta(0)


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
) -> tuple[Promise, ...]:
    """Every promise that the operator wrote down or the customer noted, the nearest open one first, then by due date.

    One without a date is in `undated`, and in no count. Days end where the customer is (`zone`): a line that ends on a
    day works until the end of it (CV-1), so its end is promised for then, whatever hour the operator writes.
    """
    found: list[Promise] = []
    for ticket in tickets:
        found += _of_ticket(ticket, notebook, now)
    for problem in problems:
        if problem.expected_end is not None:
            ended = problem.ended or (problem.changed if problem.is_over else None)
            found += _series(
                _Thing(PromiseOf.REPAIR, problem.title, problem.began, PromiseSource.PROBLEM, problem.id),
                (*problem.moved_from, problem.expected_end), ended, now, is_over=problem.is_over,
            )  # fmt: skip
    for order in orders:
        if order.expected is None or order.state in {OrderState.REJECTED, OrderState.CANCELLED, OrderState.FAILED}:
            continue
        what = _ORDERS.get(order.category.casefold(), PromiseOf.ORDER)
        title = order.title or order.category if what is PromiseOf.ORDER else ""
        dues, ended = (*order.moved_from, order.expected), order.completed if not order.is_open else None
        if what is PromiseOf.ENDING:
            dues = tuple(dict.fromkeys(end_of_day(due.astimezone(zone).date(), zone) for due in dues))
            ended = _end_of_line(order, ended, zone)
        thing = _Thing(what, title, order.ordered, PromiseSource.ORDER, order.id)
        found += _series(thing, dues, ended, now, is_over=not order.is_open)
    for word in notebook.words:
        if word.due is not None and word.outcome is not Outcome.WITHDRAWN:
            found += _noted(word, word.due, now)
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
    found = (p for p in promises if p.state is PromiseState.MISSED and p.ended is None and p.key not in known)
    return tuple(sorted(found, key=lambda p: p.due))


def next_turn(promises: Iterable[Promise], now: datetime) -> datetime | None:
    """The first instant at which an open promise will be missed; None where none is open."""
    return min((p.due for p in promises if p.state is PromiseState.OPEN and p.due >= now), default=None)


class _Thing(Struct, frozen=True):
    """What a promise was made on."""

    what: PromiseOf
    title: str
    given: datetime | None
    source: PromiseSource
    source_id: str
    evidence: str = ""
    who: str = ""
    undone: datetime | None = None


def _end_of_line(order: Order, completed: datetime | None, zone: tzinfo) -> datetime | None:
    """When a line ended: by the day that the operator itself gives as its last one, if it closed the order later.

    Midnight is the end of the day before, not the first moment of the next one.
    """
    if completed is None:
        return None
    last = order.ends or (completed - timedelta(seconds=1)).astimezone(zone).date()
    return min(completed, end_of_day(last, zone))


def _of_ticket(ticket: Ticket, notebook: Notebook, now: datetime) -> list[Promise]:
    if ticket.id.startswith("waiting:"):
        return []
    what = _TICKETS.get(ticket.kind.casefold(), PromiseOf.ANSWER)
    thing = _Thing(what, ticket.title, ticket.created, PromiseSource.TICKET, ticket.id, undone=settled_once(ticket))
    dues = tuple(due for due in (*ticket.moved_from, ticket.promised) if due is not None)
    if ticket.promised is None:
        dues = ()
    call = _Thing(PromiseOf.CALL, ticket.title, None, PromiseSource.TICKET, ticket.id)
    called = () if ticket.call_by is None else (ticket.call_by,)
    if ticket.is_lost:
        return [
            _promise(each, due, PromiseState.LOST) for each, ends in ((thing, dues), (call, called)) for due in ends
        ]
    found = _series(thing, dues, _ended(ticket), now, is_over=not ticket.is_open)
    rang = _rang(ticket.id, notebook)
    is_over = rang is not None or not ticket.is_open
    return found + _series(call, called, rang or _ended(ticket), now, is_over=is_over)


def _rang(ticket_id: str, notebook: Notebook) -> datetime | None:
    """When the operator called about a ticket, by the customer's own notes; a sales call is none."""
    calls = [
        noted.started
        for noted in notebook.contacts
        if noted.way is Way.PHONE and not noted.is_inbound and noted.purpose is Purpose.SERVICE
        and any(ref.id == ticket_id for ref in noted.about)
    ]  # fmt: skip
    return min(calls, default=None)


def _ended(ticket: Ticket) -> datetime | None:
    """When a ticket was settled; a moment before it was opened is not believed (the history contradicts itself)."""
    if ticket.is_open:
        return None
    moments = (moment for moment in (ticket.resolved, ticket.changed) if moment is not None)
    return next((moment for moment in moments if ticket.created is None or moment >= ticket.created), None)


def settled_once(ticket: Ticket) -> datetime | None:
    """When an open ticket was last called settled in its own course: it went back, so nothing was kept by that."""
    if not ticket.is_open:
        return None
    return next((step.at for step in reversed(ticket.course) if step.state in FINISHED and step.at is not None), None)


def _noted(word: Word, due: datetime, now: datetime) -> list[Promise]:
    kinds = {kind.value for kind in PromiseOf}
    thing = _Thing(
        PromiseOf(word.what) if word.what in kinds else PromiseOf.OTHER,
        "", word.given, PromiseSource.CONTACT, word.id, word.said, word.who,
    )  # fmt: skip
    is_over = word.outcome is Outcome.KEPT
    return _series(thing, (*word.earlier, due), word.ended if is_over else None, now, is_over=is_over)


def _promise(thing: _Thing, due: datetime, state: PromiseState) -> Promise:
    return Promise(
        thing.who, thing.what, thing.title, thing.given, due, thing.source, thing.source_id, state,
        evidence=thing.evidence, undone=thing.undone,
    )  # fmt: skip


def _series(
    thing: _Thing, dates: Sequence[datetime], ended: datetime | None, now: datetime, *, is_over: bool
) -> list[Promise]:
    """All promises on one thing: each earlier date is missed if nothing was finished by then, else moved."""
    until = ended or now
    found: list[Promise] = []
    for place, due in enumerate(dates):
        is_last = place == len(dates) - 1
        if thing.given is not None and due < thing.given:
            state = PromiseState.VOID
        elif not is_last:
            state = PromiseState.MISSED if until > due else PromiseState.MOVED
        elif is_over and ended is None:
            state = PromiseState.KEPT
        elif until > due:
            state = PromiseState.MISSED
        else:
            state = PromiseState.KEPT if is_over else PromiseState.OPEN
        replaced = None if is_last else dates[place + 1]
        found.append(replace(_promise(thing, due, state), ended=ended, replaced=replaced))
    return found
