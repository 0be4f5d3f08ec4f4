"""What earlier years excuse: a holiday twice, the fixed part of a total never, an old shock hardly more than once."""

from __future__ import annotations

from datetime import date

import pytest

from selfcare.billing.usual import Seen, season

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
    past = [Seen(LAST_SUMMER, value, was_odd), Seen(date(2026, 3, 5), 500.0)]
    assert season(past, TODAY, 40.0, steady) == pytest.approx(expected)
