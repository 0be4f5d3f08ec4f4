"""The way up when the operator does not put things right: each step with its days, country by country."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from selfcare.domain.complaints import Complaint
from selfcare.domain.records import Struct, asdict, replace
from selfcare.domain.workdays import after_months

from .countries import fr, gb_disputes, us_rights
from .rules import Rule, Rules, Standing

_ASSERTED = {Standing.LAW, Standing.REGULATOR, Standing.CODE}


class StepKind(StrEnum):
    """The steps of the ladders."""

    SERVICE = "service"
    """Complain to customer service: the first complaint starts the clocks."""
    DEADLOCK = "deadlock"
    """Ask for the final position in writing."""
    OMBUDSMAN = "ombudsman"
    CARRY_OUT = "carryOut"
    """The operator carries out an accepted decision."""
    CONSUMER_DESK = "consumerDesk"
    MEDIATOR = "mediator"
    MEDIATOR_OUTCOME = "mediatorOutcome"
    REGULATOR_ALERT = "regulatorAlert"
    REFUND_BAR = "refundBar"
    """Until when money paid by mistake can be claimed back."""
    FCC_INFORMAL = "fccInformal"
    FCC_FORMAL = "fccFormal"
    COMMISSION = "commission"
    COURT = "court"


class Door(StrEnum):
    """Whether a step can be taken today."""

    OPEN = "open"
    LATER = "later"
    """Not yet: from `opens` on, or once the step before is taken where that is None."""
    OVER = "over"
    """`closes` has passed."""
    TAKEN = "taken"
    RUNNING = "running"
    """It was taken, and an answer is due by `answer`."""
    PASSED = "passed"
    """It was not taken, and a later step was: nothing is left to do here."""


class Rung(Struct, frozen=True):
    """One step. `opens` is the first day, `closes` the last, `answer` by when an answer is due; None: not known, or it
    came. `is_aim`: the answer is what whoever decides aims at, and no deadline.

    `is_certain` False: shown as what seems to be so, never asserted. `rules` are the rules it follows from.
    """

    kind: StepKind
    door: Door
    opens: date | None = None
    closes: date | None = None
    answer: date | None = None
    is_certain: bool = True
    rules: tuple[str, ...] = ()
    is_aim: bool = False


class Whose(Struct, frozen=True):
    """Who complains: a firm's size is not known, and a nation ("GB-SCT") chooses the court's years."""

    is_business: bool = False
    nation: str = ""


def ladder(
    country: str, complaint: Complaint, rules: Rules, today: date, whose: Whose | None = None
) -> tuple[Rung, ...]:
    """The steps for a country ("GB", "FR", "US"), first one first; only the first where the country has no rules here.

    Days that lie after today (a slip of the pen) count as not yet.
    """
    made = {"GB": _britain, "FR": _france, "US": _states}.get(country.upper())
    said, who = _past(complaint, today), whose or Whose()
    return (_service(said),) if made is None else made(said, rules, today, who)


def _past(complaint: Complaint, today: date) -> Complaint:
    ahead = (name for name, one in asdict(complaint).items() if isinstance(one, date) and one > today)
    return replace(complaint, **dict.fromkeys(ahead, None))


def _service(complaint: Complaint) -> Rung:
    return Rung(StepKind.SERVICE, Door.OPEN if complaint.first is None else Door.TAKEN)


def _door(today: date, opens: date | None, closes: date | None = None, *, taken: bool = False) -> Door:
    if taken:
        return Door.TAKEN
    if closes is not None and today > closes:
        return Door.OVER
    return Door.LATER if opens is None or today < opens else Door.OPEN


def _britain(complaint: Complaint, rules: Rules, today: date, whose: Whose) -> tuple[Rung, ...]:
    """Service, deadlock letter, ombudsman scheme, decision (UK-ADR-01 to UK-ADR-03); court last (UK-LIM-01).

    The scheme is for consumers and firms of at most ten people: of a firm's size nothing is known here.
    """
    first = complaint.first
    steps = [_service(complaint)]
    sure = not whose.is_business
    if first is None:
        steps.append(Rung(StepKind.DEADLOCK, Door.LATER, rules=("UK-ADR-01",)))
        steps.append(Rung(StepKind.OMBUDSMAN, Door.LATER, is_certain=sure, rules=("UK-ADR-01",)))
        return (*steps, _court(complaint, rules, today, whose))
    opens = gb_disputes.ombudsman_from(first, rules, complaint.deadlock)
    closes = None if complaint.deadlock is None else gb_disputes.ombudsman_until(complaint.deadlock, rules)
    is_asked, is_decided = complaint.asked is not None, complaint.accepted is not None
    about = None
    if complaint.asked is not None and not is_decided:
        about = gb_disputes.decision_about(complaint.asked, rules)
    deadlock = _door(today, first, taken=complaint.deadlock is not None)
    if deadlock is Door.OPEN and (is_asked or is_decided):
        deadlock = Door.PASSED
    steps.append(Rung(StepKind.DEADLOCK, deadlock, first))
    door = Door.TAKEN if is_decided else Door.RUNNING if is_asked else _door(today, opens, closes)
    names = ("UK-ADR-01", "UK-ADR-02", "UK-ADR-03")
    steps.append(Rung(StepKind.OMBUDSMAN, door, opens, closes, about, sure, names, is_aim=True))
    if complaint.accepted is not None:
        by = gb_disputes.decision_due(complaint.accepted, rules, whose.nation)
        door = Door.OVER if today > by else Door.RUNNING
        steps.append(Rung(StepKind.CARRY_OUT, door, complaint.accepted, None, by, sure, ("UK-ADR-03",)))
    return (*steps, _court(complaint, rules, today, whose))


def _court(complaint: Complaint, rules: Rules, today: date, whose: Whose) -> Rung:
    first = complaint.first
    closes = None if first is None else gb_disputes.keep_proof_until(first, rules, whose.nation)
    return Rung(StepKind.COURT, _door(today, first, closes), None, closes, None, False, ("UK-LIM-01",))


def _france(complaint: Complaint, rules: Rules, today: date, whose: Whose) -> tuple[Rung, ...]:
    """Service, consumer desk, mediator (FR-MED-01 to FR-MED-04); the regulator's alert; one-year bar (FR-PRS-01).

    The mediation is for consumers; whether it is for a firm is not known, so it is not asserted there.
    """
    first, sure = complaint.first, not whose.is_business
    steps = [_service(complaint)]
    names = ("FR-MED-01", "FR-MED-02", "FR-MED-03")
    if first is None:
        steps.append(Rung(StepKind.CONSUMER_DESK, Door.LATER, is_certain=sure, rules=names[:1]))
        steps.append(Rung(StepKind.MEDIATOR, Door.LATER, is_certain=sure, rules=names))
    else:
        found = fr.mediator_ladder(
            first,
            rules,
            answered=complaint.answered,
            desk_asked=complaint.desk,
            desk_answered=complaint.desk_answered,
            written=complaint.written,
        )
        month = (
            None if complaint.desk is None else after_months(complaint.desk, rules.get(names[0], first).other_number)
        )
        desk = _door(today, found.desk_from)
        if complaint.desk is not None:
            late = Door.OVER if month is not None and today > month else Door.RUNNING
            desk = Door.TAKEN if complaint.desk_answered is not None else late
            month = None if complaint.desk_answered is not None else month
        elif desk is Door.OPEN and complaint.asked is not None:
            desk = Door.PASSED
        steps.append(Rung(StepKind.CONSUMER_DESK, desk, found.desk_from, None, month, sure, names[:1]))
        door = _door(today, found.mediator_from, found.mediator_until, taken=complaint.asked is not None)
        steps.append(Rung(StepKind.MEDIATOR, door, found.mediator_from, found.mediator_until, None, sure, names))
    if complaint.asked is not None:
        by = fr.mediator_outcome_by(complaint.asked, rules)
        door = Door.OVER if today > by else Door.RUNNING
        steps.append(Rung(StepKind.MEDIATOR_OUTCOME, door, complaint.asked, None, by, False, ("FR-MED-04",)))
    steps.append(Rung(StepKind.REGULATOR_ALERT, Door.OPEN, rules=("FR-ALT-01",)))
    if complaint.paid is not None:
        from .countries.fr_money import reclaim_until

        until = reclaim_until(complaint.paid, rules)
        steps.append(
            Rung(StepKind.REFUND_BAR, _door(today, complaint.paid, until), complaint.paid, until, rules=("FR-PRS-01",))
        )
    return tuple(steps)


def _states(complaint: Complaint, rules: Rules, today: date, whose: Whose) -> tuple[Rung, ...]:
    """Service, the FCC's informal and formal complaints (US-FCC-01, US-FCC-02), a state commission (US-PUC-01).

    The informal complaint needs nothing before it; the 30 days run from when the FCC served it, not from when it was
    sent. Where no answer comes in them, a formal complaint seems possible: the rule counts from an answer. After the
    commission's decision the step is its review.
    """
    steps = [_service(complaint)]
    answer = None if complaint.served is None else us_rights.fcc_answer_due(complaint.served, rules)
    door = Door.OPEN
    if complaint.asked is not None or complaint.served is not None:
        door = Door.TAKEN if complaint.desk_answered is not None else Door.RUNNING
        if door is Door.RUNNING and answer is not None and today > answer:
            door = Door.OVER
    is_overdue = door is Door.OVER
    due = answer if door is not Door.TAKEN else None
    steps.append(Rung(StepKind.FCC_INFORMAL, door, complaint.first, None, due, rules=("US-FCC-01",)))
    until = (
        None if complaint.desk_answered is None else us_rights.formal_complaint_until(complaint.desk_answered, rules)
    )
    opens = answer + timedelta(days=1) if is_overdue and answer is not None else complaint.desk_answered
    formal = _door(today, opens, until)
    steps.append(Rung(StepKind.FCC_FORMAL, formal, opens, until, None, not is_overdue, ("US-FCC-02",)))
    if complaint.state:
        begun = complaint.first or today
        calls = us_rights.commission_from(begun, complaint.state, rules)
        if calls is not None:
            opens, closes = None if complaint.first is None else calls, None
            if complaint.decided is not None:
                opens = complaint.decided
                closes = us_rights.commission_review_until(complaint.decided, complaint.state, rules)
            door = _door(today, opens, closes)
            steps.append(Rung(StepKind.COMMISSION, door, opens, closes, is_certain=False, rules=("US-PUC-01",)))
    return tuple(steps)


def rules_of(rung: Rung, rules: Rules, on: date) -> tuple[Rule, ...]:
    """The rules that a step follows from, in force on a day."""
    found = (rules.find(name, on) for name in rung.rules)
    return tuple(rule for rule in found if rule is not None)


def is_asserted(rung: Rung, rules: Rules, on: date) -> bool:
    """May the step's days be told as a right: nothing in it is uncertain, and no rule of it is mere practice."""
    return rung.is_certain and all(rule.standing in _ASSERTED for rule in rules_of(rung, rules, on))


def weeks_passed(first: date, today: date) -> int:
    """Whole weeks since the first complaint (CV-7)."""
    return max(0, (today - first) // timedelta(days=7))
