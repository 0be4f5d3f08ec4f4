"""What earlier years excuse: a holiday twice, the fixed part of a total never, an old shock hardly more than once."""

from __future__ import annotations

from datetime import date

import pytest

from selfcare.billing.usual import LEAST_OF_TOTALS, Seen, band, season

TODAY = date(2026, 8, 5)
LAST_SUMMER = date(2025, 8, 5)


@pytest.mark.parametrize(
    ("value", "was_odd", "steady", "expected"),
    [
        (30.0, False, 0.0, 60.0),
        (70.0, False, 40.0, 100.0),
        (38.0, False, 40.0, 38.0),
        (80.0, True, 0.0, 100.0),
        (130.0, True, 0.0, 0.0),
    ],
    ids=["holiday", "holiday in a total", "usual total", "shock", "extreme shock"],
)
def test_what_the_same_month_excuses(value: float, was_odd: bool, steady: float, expected: float) -> None:
    past = [Seen(LAST_SUMMER, value, was_odd, steady), Seen(date(2026, 3, 5), 500.0)]
    assert season(past, TODAY, 40.0, steady) == pytest.approx(expected)


def test_what_was_above_a_usual_bill_of_that_time_is_doubled_on_a_bill_of_today() -> None:
    """A welcome discount made last summer's bill look small."""
    past = [Seen(LAST_SUMMER, 46.0, steady=20.0), Seen(date(2026, 3, 5), 28.0, steady=28.0)]
    assert season(past, TODAY, 28.0, 28.0) == pytest.approx(28.0 + 2 * 26.0)


def test_a_handset_hides_what_the_season_of_last_year_was() -> None:
    def highest(*, is_hidden: bool) -> float:
        past = [Seen(date(2025 + (6 + n) // 12, (6 + n) % 12 + 1, 5), 30.0, steady=30.0) for n in range(13)]
        past[1] = Seen(LAST_SUMMER, 30.0, steady=30.0, is_hidden=is_hidden)
        found = band(past, TODAY, 30.0, LEAST_OF_TOTALS, 30.0)
        assert found is not None
        return found.high

    assert highest(is_hidden=False) == pytest.approx(30.0 + 17.0, abs=0.5)
    assert highest(is_hidden=True) == pytest.approx(30.0 + 45.0)


def test_a_holiday_in_a_month_of_many_calls_is_no_shock() -> None:
    """Last time the holiday fell into a month without a call; what calls cost at most comes on top of it."""
    calls = [3.0, 1.0, 0.0, 6.0, 2.0, 0.0, 5.0, 0.0, 0.0]
    past = [Seen(LAST_SUMMER, 30.0)]
    past += [Seen(date(2025 + (9 + n) // 12, (9 + n) % 12 + 1, 5), one) for n, one in enumerate(calls)]
    assert season(past, TODAY, 40.0) == pytest.approx(2 * 30.0 + 6.0 - 2 * 1.0)
    even = [past[0], *(Seen(one.day, 10.0) for one in past[1:])]
    assert season(even, TODAY, 40.0) == pytest.approx(2 * 30.0), "what is usual in every month was doubled already"


def test_a_spread_between_nothing_and_a_little_does_not_excuse_many_bills() -> None:
    """Half the months without a call and half with a few: the spread of their logarithms is beyond all measure."""
    past = [Seen(date(2024 + n // 12, n % 12 + 1, 5), (0.0, 4.0, 0.0, 20.0)[n % 4]) for n in range(30)]
    found = band(past, TODAY, 19.0)
    assert found is not None
    assert found.high <= 60.0
