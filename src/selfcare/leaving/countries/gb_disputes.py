"""The United Kingdom, when the operator does not agree: the ladder up to the ombudsman, and how long to keep proof."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from selfcare.domain.records import Struct
from selfcare.leaving.rules import Rules
from selfcare.leaving.workdays import after_months, after_working_days


class Rung(StrEnum):
    """Where a complaint stands."""

    OPERATOR = "operator"
    """The operator still has time to answer."""
    OMBUDSMAN = "ombudsman"
    """The ombudsman can be asked now."""
    DECISION = "decision"
    """The ombudsman was asked and has not decided."""
    CARRY_OUT = "carryOut"
    """A decision was accepted and the operator carries it out."""
    OVERDUE = "overdue"
    """The operator should have carried out the decision."""
    TOO_LATE = "tooLate"
    """The time to ask the ombudsman has passed."""


class Ladder(Struct, frozen=True):
    """A complaint's way up. `ombudsman_until` is known only after a deadlock letter.

    `decision_about` is when a decision usually comes (no promise); `carried_out_by` binds the operator.
    """

    rung: Rung
    ombudsman_from: date
    ombudsman_until: date | None = None
    decision_about: date | None = None
    carried_out_by: date | None = None


def ombudsman_from(first_complaint: date, rules: Rules, deadlock: date | None = None) -> date:
    """From which day the ombudsman can be asked (UK-ADR-01): so many weeks, or the deadlock letter if sooner.

    The rule in force on the day of the complaint counts: eight weeks until 7 April 2026, then six.
    """
    waited = first_complaint + timedelta(days=rules.get("UK-ADR-01", first_complaint).number)
    return waited if deadlock is None else max(first_complaint, min(waited, deadlock))


def ombudsman_until(deadlock: date, rules: Rules) -> date:
    """The last day to ask the ombudsman after a deadlock letter (UK-ADR-02)."""
    return after_months(deadlock, rules.get("UK-ADR-02", deadlock).number)


def decision_about(asked: date, rules: Rules) -> date:
    """About when the scheme decides (UK-ADR-03): its own aim, not a promise."""
    return asked + timedelta(days=rules.get("UK-ADR-03", asked).other_number)


def decision_due(accepted: date, rules: Rules, calendar: str = "") -> date:
    """By when the operator must have carried out an accepted decision (UK-ADR-03)."""
    return after_working_days(accepted, rules.get("UK-ADR-03", accepted).number, calendar or rules.calendar)


def ladder(
    today: date,
    first_complaint: date,
    rules: Rules,
    *,
    deadlock: date | None = None,
    asked: date | None = None,
    accepted: date | None = None,
    calendar: str = "",
) -> Ladder:
    """Where a complaint stands today, and every date on its way up that can be known.

    `asked` is when the ombudsman was asked, `accepted` when the customer accepted its decision.
    """
    opens = ombudsman_from(first_complaint, rules, deadlock)
    until = None if deadlock is None else ombudsman_until(deadlock, rules)
    about = None if asked is None else decision_about(asked, rules)
    by = None if accepted is None else decision_due(accepted, rules, calendar)
    if by is not None:
        rung = Rung.OVERDUE if today > by else Rung.CARRY_OUT
    elif asked is not None:
        rung = Rung.DECISION
    elif until is not None and today > until:
        rung = Rung.TOO_LATE
    else:
        rung = Rung.OMBUDSMAN if today >= opens else Rung.OPERATOR
    return Ladder(rung, opens, until, about, by)


def keep_proof_until(last_event: date, rules: Rules, calendar: str = "") -> date:
    """How long to keep bills and letters after the last thing that happened (UK-LIM-01, uncertain).

    `calendar` names the nation: in Scotland ("GB-SCT") a court can be asked for fewer years.
    """
    rule = rules.get("UK-LIM-01", last_event)
    years = rule.other_number if (calendar or rules.calendar) == "GB-SCT" else rule.number
    return after_months(last_event, 12 * years)
