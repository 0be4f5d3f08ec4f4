"""British disputes: six or eight weeks, a deadlock letter, the decision, and how long to keep proof."""

from datetime import date
from pathlib import Path

import pytest

from selfcare.leaving.countries import gb_disputes as disputes
from selfcare.leaving.rules import parse_rules

RULES = parse_rules((Path(__file__).parents[3] / "resources" / "rules" / "gb.toml").read_bytes())
D = date
COMPLAINT, DEADLOCK = D(2026, 10, 12), D(2026, 11, 2)


@pytest.mark.parametrize(
    ("complaint", "ombudsman"),
    [
        (COMPLAINT, D(2026, 11, 23)),
        (D(2025, 12, 1), D(2026, 1, 26)),
        (D(2026, 4, 7), D(2026, 6, 2)),
        (D(2026, 4, 8), D(2026, 5, 20)),
        (D(2028, 1, 20), D(2028, 3, 2)),
    ],
)
def test_v15_v17_six_weeks_or_eight(complaint: date, ombudsman: date) -> None:
    assert disputes.ombudsman_from(complaint, RULES) == ombudsman


def test_a_deadlock_letter_opens_the_door_sooner_never_later() -> None:
    assert disputes.ombudsman_from(COMPLAINT, RULES, DEADLOCK) == DEADLOCK
    assert disputes.ombudsman_from(COMPLAINT, RULES, D(2027, 1, 5)) == D(2026, 11, 23)
    assert disputes.ombudsman_from(COMPLAINT, RULES, D(2026, 10, 1)) == COMPLAINT


def test_twelve_months_after_a_deadlock() -> None:
    assert disputes.ombudsman_until(D(2026, 11, 21), RULES) == D(2027, 11, 21)
    assert disputes.ombudsman_until(D(2028, 2, 29), RULES) == D(2029, 2, 28)


def test_v26_a_decision_is_carried_out() -> None:
    assert disputes.decision_due(D(2026, 12, 1), RULES) == D(2026, 12, 31)
    assert disputes.decision_due(D(2026, 11, 2), RULES, "GB-SCT") == D(2026, 12, 1)
    assert disputes.decision_due(D(2026, 11, 2), RULES) == D(2026, 11, 30)


def test_how_long_to_keep_proof() -> None:
    last = D(2026, 11, 21)
    assert disputes.keep_proof_until(last, RULES) == D(2032, 11, 21)
    assert disputes.keep_proof_until(last, RULES, "GB-NIR") == D(2032, 11, 21)
    assert disputes.keep_proof_until(last, RULES, "GB-SCT") == D(2031, 11, 21)
    assert disputes.keep_proof_until(D(2028, 2, 29), RULES) == D(2034, 2, 28)
