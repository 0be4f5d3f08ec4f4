"""British disputes: six or eight weeks, a deadlock letter, the decision, and how long to keep proof."""

from datetime import date
from pathlib import Path

import pytest

from selfcare.leaving.countries import gb_disputes as disputes
from selfcare.leaving.countries.gb_disputes import Rung
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


@pytest.mark.parametrize(
    ("today", "deadlock", "asked", "accepted", "rung"),
    [
        (D(2026, 11, 22), None, None, None, Rung.OPERATOR),
        (D(2026, 11, 23), None, None, None, Rung.OMBUDSMAN),
        (D(2026, 11, 1), DEADLOCK, None, None, Rung.OPERATOR),
        (D(2026, 11, 2), DEADLOCK, None, None, Rung.OMBUDSMAN),
        (D(2027, 11, 2), DEADLOCK, None, None, Rung.OMBUDSMAN),
        (D(2027, 11, 3), DEADLOCK, None, None, Rung.TOO_LATE),
        (D(2027, 11, 3), DEADLOCK, D(2026, 11, 10), None, Rung.DECISION),
        (D(2026, 12, 31), DEADLOCK, D(2026, 11, 10), D(2026, 12, 1), Rung.CARRY_OUT),
        (D(2027, 1, 1), DEADLOCK, D(2026, 11, 10), D(2026, 12, 1), Rung.OVERDUE),
    ],
)
def test_where_a_complaint_stands(
    today: date, deadlock: date | None, asked: date | None, accepted: date | None, rung: Rung
) -> None:
    found = disputes.ladder(today, COMPLAINT, RULES, deadlock=deadlock, asked=asked, accepted=accepted)
    assert found.rung is rung


def test_every_date_of_the_ladder() -> None:
    found = disputes.ladder(
        D(2026, 12, 2), COMPLAINT, RULES, deadlock=DEADLOCK, asked=D(2026, 11, 10), accepted=D(2026, 12, 1)
    )
    assert found == disputes.Ladder(Rung.CARRY_OUT, DEADLOCK, D(2027, 11, 2), D(2026, 12, 22), D(2026, 12, 31))
    alone = disputes.ladder(D(2026, 11, 1), COMPLAINT, RULES)
    assert (alone.ombudsman_until, alone.decision_about, alone.carried_out_by) == (None, None, None)


def test_how_long_to_keep_proof() -> None:
    last = D(2026, 11, 21)
    assert disputes.keep_proof_until(last, RULES) == D(2032, 11, 21)
    assert disputes.keep_proof_until(last, RULES, "GB-NIR") == D(2032, 11, 21)
    assert disputes.keep_proof_until(last, RULES, "GB-SCT") == D(2031, 11, 21)
    assert disputes.keep_proof_until(D(2028, 2, 29), RULES) == D(2034, 2, 28)
