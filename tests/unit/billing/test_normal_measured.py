"""How much of what is wrong is found, on customers that nobody looked at while the measure was made."""

from __future__ import annotations

from tests.bench.shocks import false_alarms, found_in, measure, measure_others, troubled_customer

HELD_OUT = "unseen-3"


def test_what_is_wrong_is_found_and_little_else_is_said() -> None:
    score = measure(HELD_OUT, 150)
    assert score.right + score.missed > 250, "too little was put in to tell"
    assert score.precision >= 0.95
    assert score.recall >= 0.95


def test_ten_quiet_years_raise_no_alarm() -> None:
    alarmed, bills = false_alarms(HELD_OUT, 60)
    assert bills > 7_000
    assert alarmed == 0


def test_firms_two_sims_and_archives_are_judged_as_well() -> None:
    scores = measure_others(HELD_OUT, 6)
    assert sum(score.wrong for score in scores.values()) == 0
    assert sum(score.right for score in scores.values()) >= 17 + 46, "of 18 totals, dear lines and lines of a firm"
    for kind, score in scores.items():
        assert score.recall >= 0.95 or not score.kinds, kind


def test_the_labels_are_not_read_by_the_judge() -> None:
    customer = troubled_customer(f"{HELD_OUT}-3")
    before = found_in(customer)
    customer.wrong.clear()
    assert found_in(customer) == before
