"""Follows the way out until the last refund: what is done, what is due next, what is late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from selfcare.domain.bills import Bill, is_overdue
from selfcare.domain.records import Struct

from .facts import LeavingFacts
from .way import StepKind, StepState, Way
from .wizard import Answers


class TrackedKind(StrEnum):
    """What is followed."""

    UNLOCKED = "unlocked"
    CODE = "code"
    HAND_OVER = "handOver"
    NOTICE = "notice"
    CUT = "cut"
    FINAL_BILL = "finalBill"
    FINAL_PAID = "finalPaid"
    DEBIT_ENDS = "debitEnds"
    REFUND = "refund"
    DOOR = "door"


class Tracked(Struct, frozen=True):
    """One thing followed: expected on `day` (by `moment` or `hour` if known). `bill_id` is the final bill, if it is
    about that."""

    kind: TrackedKind
    day: date | None
    state: StepState
    moment: datetime | None = None
    hour: time | None = None
    last: date | None = None
    bill_id: str = ""


_FROM_WAY = {
    StepKind.UNLOCKED: TrackedKind.UNLOCKED,
    StepKind.CODE: TrackedKind.CODE,
    StepKind.HAND_OVER: TrackedKind.HAND_OVER,
    StepKind.NOTICE: TrackedKind.NOTICE,
    StepKind.CUT: TrackedKind.CUT,
}


def final_bill(bills: Sequence[Bill], cut: date) -> Bill | None:
    """The operator's final bill: marked as the last one and written not before the end."""
    found = [b for b in bills if b.is_final and b.day is not None and b.day >= cut]
    return min(found, key=lambda b: b.day or cut, default=None)


def track(facts: LeavingFacts, answers: Answers, way: Way, bills: Sequence[Bill], today: date) -> tuple[Tracked, ...]:
    """Everything that still has to happen and what has happened, in order. A notice taken back ends nothing."""
    if is_withdrawn(facts, answers, way):
        since = facts.taken_back_at
        return (Tracked(TrackedKind.NOTICE, since.date() if since is not None else None, StepState.DONE),)
    found: list[Tracked] = []
    for step in way.steps:
        kind = _FROM_WAY.get(step.kind)
        if kind is not None:
            found.append(Tracked(kind, step.day, _late(step.state, step.day, today), step.moment, step.hour, step.last))
    cut = facts.line_ended or way.cut
    bill = final_bill(bills, cut)
    found.append(_final(way, bill, today))
    found.append(_paid(bill, way, today))
    if facts.has_direct_debit:
        found.append(_debit(bill, answers))
    if bill is not None and bill.total is not None and bill.total.is_credit:
        done = bill.is_paid and bill.remaining is not None and bill.remaining.is_zero
        found.append(Tracked(TrackedKind.REFUND, bill.due, _done(done), bill_id=bill.id))
    door = way.step(StepKind.DOOR)
    if door is not None:
        found.append(Tracked(TrackedKind.DOOR, door.day, StepState.LATER, last=door.last))
    return tuple(found)


def is_withdrawn(facts: LeavingFacts, answers: Answers, way: Way) -> bool:
    """The notice of this plan was taken back: the line goes on. A plan confirmed later has a notice of its own."""
    since, confirmed = facts.taken_back_at, answers.confirmed
    before = since is not None and confirmed is not None and since < confirmed
    return way.route.is_notice and facts.taken_back and facts.line_ended is None and not before


def next_tracked(tracked: Sequence[Tracked]) -> Tracked | None:
    """What comes next: the late ones first, then the first that is not done."""
    open_ones = [t for t in tracked if t.state is not StepState.DONE and t.kind is not TrackedKind.DOOR]
    return next((t for t in open_ones if t.state is StepState.LATE), open_ones[0] if open_ones else None)


def reminders(moment_of_cut: datetime) -> tuple[datetime, datetime]:
    """When to remind of the hour at which the line dies: a day and an hour before."""
    return moment_of_cut - timedelta(days=1), moment_of_cut - timedelta(hours=1)


def may_end_debit(facts: LeavingFacts, way: Way, bills: Sequence[Bill]) -> bool:
    """The Direct Debit may be ended: the final bill is here and nothing of it remains (UK-DD-02)."""
    bill = final_bill(bills, facts.line_ended or way.cut)
    return bill is not None and bill.is_paid


def _late(state: StepState, day: date, today: date) -> StepState:
    return StepState.LATE if state in {StepState.NOW, StepState.LATER} and today > day else state


def _done(done: bool) -> StepState:
    return StepState.DONE if done else StepState.LATER


def _final(way: Way, bill: Bill | None, today: date) -> Tracked:
    expected = way.step(StepKind.FINAL_BILL)
    if bill is not None:
        return Tracked(TrackedKind.FINAL_BILL, bill.day, StepState.DONE, bill_id=bill.id)
    day = expected.day if expected is not None else None
    return Tracked(TrackedKind.FINAL_BILL, day, StepState.LATE if day is not None and today > day else StepState.LATER)


def _paid(bill: Bill | None, way: Way, today: date) -> Tracked:
    if bill is None:
        return Tracked(TrackedKind.FINAL_PAID, None, StepState.LATER)
    state = StepState.DONE if bill.is_paid else StepState.LATE if is_overdue(bill, today) else StepState.NOW
    return Tracked(TrackedKind.FINAL_PAID, bill.due, state, bill_id=bill.id)


def _debit(bill: Bill | None, answers: Answers) -> Tracked:
    if answers.debit_ended is not None:
        return Tracked(TrackedKind.DEBIT_ENDS, answers.debit_ended, StepState.DONE)
    ready = bill is not None and bill.is_paid
    return Tracked(TrackedKind.DEBIT_ENDS, None, StepState.NOW if ready else StepState.LATER)
