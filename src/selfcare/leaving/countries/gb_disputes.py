"""The United Kingdom, when the operator does not agree: the days up to the ombudsman, and how long to keep proof."""

from __future__ import annotations

from datetime import date, timedelta

from selfcare.domain.workdays import after_months, after_working_days
from selfcare.leaving.rules import Rules


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


def keep_proof_until(last_event: date, rules: Rules, calendar: str = "") -> date:
    """How long to keep bills and letters after the last thing that happened (UK-LIM-01, uncertain).

    `calendar` names the nation: in Scotland ("GB-SCT") a court can be asked for fewer years.
    """
    rule = rules.get("UK-LIM-01", last_event)
    years = rule.other_number if (calendar or rules.calendar) == "GB-SCT" else rule.number
    return after_months(last_event, 12 * years)
