"""Follows the way out until the last refund: what is done, what is due next, what is late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from enum import StrEnum

from selfcare.domain.bills import is_overdue
from selfcare.domain.records import Struct

from .aftermath import Aftermath
from .debits import Debit, DebitWhy
from .door import Back
from .equipment import EquipmentState, EquipmentStep
from .facts import LeavingFacts
from .refunds import Refund, RefundOf, RefundState
from .way import StepKind, StepState, Way
from .wizard import Answers


class TrackedKind(StrEnum):
    """What is followed."""

    PAY_OFF = "payOff"
    UNLOCKED = "unlocked"
    CODE = "code"
    HAND_OVER = "handOver"
    CERTIFICATE = "certificate"
    NOTICE = "notice"
    CUT = "cut"
    RETURN = "return"
    """The operator's box goes back."""
    FINAL_BILL = "finalBill"
    CHECKED = "checked"
    """The final bill is held against the end of the line."""
    FINAL_PAID = "finalPaid"
    DEBIT_ENDS = "debitEnds"
    REFUND = "refund"
    DEBIT_AFTER = "debitAfter"
    """Money was taken after the end, and nothing explains it."""
    DOOR = "door"


class Tracked(Struct, frozen=True):
    """One thing followed: expected on `day` (by `moment` or `hour` if known). `bill_id` is the final bill, if it is
    about that; `about` names the item, the kind of refund or the payment. `is_whole_day`: only the end of the day is
    its moment, as of a notice (CV-1)."""

    kind: TrackedKind
    day: date | None
    state: StepState
    moment: datetime | None = None
    hour: time | None = None
    last: date | None = None
    bill_id: str = ""
    about: str = ""
    is_whole_day: bool = False


_FROM_WAY = {
    StepKind.PAY_OFF: TrackedKind.PAY_OFF,
    StepKind.UNLOCKED: TrackedKind.UNLOCKED,
    StepKind.CODE: TrackedKind.CODE,
    StepKind.HAND_OVER: TrackedKind.HAND_OVER,
    StepKind.CERTIFICATE: TrackedKind.CERTIFICATE,
    StepKind.NOTICE: TrackedKind.NOTICE,
    StepKind.CUT: TrackedKind.CUT,
}


_BEFORE_THE_END = frozenset(
    {TrackedKind.PAY_OFF, TrackedKind.UNLOCKED, TrackedKind.CODE, TrackedKind.HAND_OVER, TrackedKind.NOTICE}
)
"""Once the line has ended, nobody is asked for these any more."""

_BACK = {
    EquipmentState.LATE: StepState.LATE,
    EquipmentState.DONE: StepState.DONE,
    EquipmentState.DONE_LATE: StepState.DONE,
}
_OWED = {
    RefundState.LATE: StepState.LATE,
    RefundState.PAID: StepState.DONE,
    RefundState.PAID_LATE: StepState.DONE,
}


def track(facts: LeavingFacts, answers: Answers, way: Way, after: Aftermath, today: date) -> tuple[Tracked, ...]:
    """Everything that still has to happen and what has happened, in order. A notice taken back or refused ends nothing.

    A discreet plan (a survivor's) is not followed at all.
    """
    if answers.is_discreet:
        return ()
    if is_withdrawn(facts, answers, way):
        since = facts.taken_back_at
        state = StepState.NOW if facts.cancelled_unasked else StepState.DONE  # nobody here did that
        return (Tracked(TrackedKind.NOTICE, since.date() if since is not None else None, state),)
    if is_refused(facts, way):
        return (Tracked(TrackedKind.NOTICE, None, StepState.NOW),)
    found: list[Tracked] = []
    for step in way.steps:
        kind = _FROM_WAY.get(step.kind)
        if kind is not None and not (after.has_ended and kind in _BEFORE_THE_END and step.state is not StepState.DONE):
            state = _late(step.state, step.day, today)
            whole = step.kind is StepKind.CUT and way.route.is_notice
            found.append(Tracked(kind, step.day, state, step.moment, step.hour, step.last, is_whole_day=whole))
    found += [_return(step, today) for step in after.equipment]
    has_bill = not facts.is_unbound or after.final is not None
    if has_bill:
        found.append(_final(way, after, today))
    if after.final is not None:
        found.append(_checked(after, answers))
    if has_bill:
        found.append(_paid(after, today))
    if facts.has_direct_debit and has_bill:
        found.append(_debit_ends(after, answers))
    found += [_refund(owed, after) for owed in after.refunds]
    found += [_debit_after(debit, answers, today) for debit in after.debits]
    rescue = way.step(StepKind.DOOR)
    until = after.door.number_until if after.door is not None else None
    last = until or (rescue.last if rescue is not None else None)
    last = last if last is not None and last >= today else None
    if after.door is not None and (way.step(StepKind.CUT) is not None or after.has_ended):
        about = Back.RESUME.value if Back.RESUME in after.door.steps else ""
        return (*_in_order(found), Tracked(TrackedKind.DOOR, last, StepState.LATER, last=last, about=about))
    return _in_order(found)


def _in_order(found: list[Tracked]) -> tuple[Tracked, ...]:
    """By their days; what has no day yet stays behind what it waits for."""
    placed: list[tuple[date, Tracked]] = []
    for item in found:
        placed.append((item.day or (placed[-1][0] if placed else date.min), item))
    return tuple(item for _, item in sorted(placed, key=lambda one: one[0]))


def is_withdrawn(facts: LeavingFacts, answers: Answers, way: Way) -> bool:
    """The notice of this plan was taken back: the line goes on. A plan confirmed later has a notice of its own."""
    return way.route.is_notice and is_taken_back(facts, answers)


def is_taken_back(facts: LeavingFacts, answers: Answers) -> bool:
    """The notice of a line was taken back, after the plan was confirmed if it was: whatever way that plan goes."""
    since, confirmed = facts.taken_back_at, answers.confirmed
    before = since is not None and confirmed is not None and since < confirmed
    return facts.taken_back and facts.line_ended is None and not before


def is_refused(facts: LeavingFacts, way: Way) -> bool:
    """The operator said no to the notice, and the line goes on: no day of its end is known."""
    given = facts.notice_given
    return way.route.is_notice and given is not None and given.refused and facts.line_ended is None


def came_to_nothing(facts: LeavingFacts, answers: Answers, way: Way) -> bool:
    """The notice of a confirmed plan was refused or taken back: the line goes on, and no step has a day."""
    return answers.confirmed is not None and (is_refused(facts, way) or is_withdrawn(facts, answers, way))


def next_tracked(tracked: Sequence[Tracked], today: date) -> Tracked | None:
    """What comes next: the late ones first, then the first that is not done; of several to be done now the soonest."""
    open_ones = [t for t in tracked if t.state is not StepState.DONE and t.kind is not TrackedKind.DOOR]
    late = next((t for t in open_ones if t.state is StepState.LATE), None)
    if late is not None or not open_ones or open_ones[0].state is not StepState.NOW:
        return late or (open_ones[0] if open_ones else None)
    return min((t for t in open_ones if t.state is StepState.NOW), key=lambda t: max(t.day or today, today))


def may_end_debit(after: Aftermath) -> bool:
    """The Direct Debit may be ended: the final bill is here and nothing of it remains (UK-DD-02), and no other
    line is paid by it."""
    return after.is_final_paid and not after.goes_on


def is_settled(debit: Debit, answers: Answers) -> bool:
    """The customer has the money of a debit back, from the bank or from the operator, or it is explained."""
    told = dict(answers.settled)
    same = debit.why is DebitWhy.OVERCHARGED and f"refund:{RefundOf.OVERCHARGED}" in told
    return same or f"debit:{debit.payment_id}" in told


def _late(state: StepState, day: date, today: date) -> StepState:
    return StepState.LATE if state in {StepState.NOW, StepState.LATER} and today > day else state


def _return(step: EquipmentStep, today: date) -> Tracked:
    state = _BACK.get(step.state, StepState.NOW if today >= step.first else StepState.LATER)
    day = step.returned.day if step.returned is not None else step.deadline.day
    return Tracked(TrackedKind.RETURN, day, state, about=step.item.id)


def _final(way: Way, after: Aftermath, today: date) -> Tracked:
    if after.final is not None:
        bill = after.final.bill
        return Tracked(TrackedKind.FINAL_BILL, bill.day, StepState.DONE, bill_id=bill.id)
    expected = way.step(StepKind.FINAL_BILL)
    day = expected.day if expected is not None else None
    return Tracked(TrackedKind.FINAL_BILL, day, StepState.LATE if day is not None and today > day else StepState.LATER)


def _checked(after: Aftermath, answers: Answers) -> Tracked:
    """Done where nothing is wrong, or where the customer says that it is settled."""
    bill_id = after.final.bill.id if after.final is not None else ""
    closed = dict(answers.settled).get(f"bill:{bill_id}")
    if after.review is None:
        return Tracked(TrackedKind.CHECKED, closed, StepState.LATER, bill_id=bill_id)
    is_done = after.review.is_fine or closed is not None
    day = closed or (after.final.bill.day if is_done and after.final is not None else None)
    return Tracked(TrackedKind.CHECKED, day, StepState.DONE if is_done else StepState.NOW, bill_id=bill_id)


def _paid(after: Aftermath, today: date) -> Tracked:
    if after.final is None:
        return Tracked(TrackedKind.FINAL_PAID, None, StepState.LATER)
    bill = after.final.bill
    state = StepState.DONE if bill.is_paid else StepState.LATE if is_overdue(bill, today) else StepState.NOW
    return Tracked(TrackedKind.FINAL_PAID, bill.due, state, bill_id=bill.id)


def _debit_ends(after: Aftermath, answers: Answers) -> Tracked:
    if answers.debit_ended is not None:
        return Tracked(TrackedKind.DEBIT_ENDS, answers.debit_ended, StepState.DONE)
    return Tracked(TrackedKind.DEBIT_ENDS, None, StepState.NOW if may_end_debit(after) else StepState.LATER)


def _refund(owed: Refund, after: Aftermath) -> Tracked:
    bill_id = after.final.bill.id if after.final is not None else ""
    state = _OWED.get(owed.state, StepState.LATER)
    return Tracked(TrackedKind.REFUND, owed.due, state, bill_id=bill_id, about=owed.of.value)


def _debit_after(debit: Debit, answers: Answers, today: date) -> Tracked:
    """To do as long as a right to it is open or nobody knows of one; late once the last of them is over."""
    last = max((r.until for r in debit.rights if r.until is not None), default=None)
    closed = is_settled(debit, answers)
    over = bool(debit.rights) and not any(r.is_open_on(today) for r in debit.rights)
    state = StepState.DONE if closed else StepState.LATE if over else StepState.NOW
    return Tracked(TrackedKind.DEBIT_AFTER, debit.day, state, last=last, about=debit.payment_id)
