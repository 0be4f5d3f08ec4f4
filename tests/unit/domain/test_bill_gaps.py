"""A month without a bill is told by when bills come and what they are for, not by the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from selfcare.domain.bill_gaps import missing_months, month_after
from selfcare.domain.bills import Bill
from tests.unit.domain.test_bill_decisions import bill


def months(count: int, first: date = date(2024, 1, 1)) -> list[date]:
    days = [first]
    while len(days) < count:
        days.append(month_after(days[-1]))
    return days


def written(days: list[date]) -> list[Bill]:
    return [bill(day, "15.00") for day in days]


def end_of_month(day: date) -> date:
    last = month_after(day) - timedelta(days=1)
    return last + timedelta(days=max(0, 7 - last.weekday())) if last.weekday() >= 5 else last


@pytest.mark.parametrize(
    "days",
    [
        [end_of_month(day) for day in months(34)],
        [day - timedelta(days=max(0, day.weekday() - 4)) for day in months(48)],
        [date(2024, 1, 1) + timedelta(days=30 * n) for n in range(60)],
        [date(2024, 1, 1) + timedelta(days=28 * n) for n in range(60)],
        [*months(18), *(day + timedelta(days=17) for day in months(36)[18:])],
        [*(day + timedelta(days=24) for day in months(18)), *(day + timedelta(days=2) for day in months(36)[19:])],
    ],
    ids=["month end, next working day", "first, working day before", "30 days", "28 days", "moved 1 to 18", "25 to 3"],
)
def test_who_has_a_bill_every_month_misses_none(days: list[date]) -> None:
    assert missing_months(written(days)) == ()


def test_a_gap_is_named_once_and_two_are_two() -> None:
    days = months(24)
    assert missing_months(written(days[:10] + days[11:])) == (date(2024, 11, 1),)
    assert missing_months(written(days[:10] + days[12:])) == (date(2024, 11, 1), date(2024, 12, 1))
    late = [*days[:10], *(day + timedelta(days=9) for day in days[11:])]
    assert missing_months(written(late)) == (date(2024, 11, 1),)


def test_periods_that_touch_have_nothing_between_and_others_name_the_month() -> None:
    def of(day: date, starts: date, ends: date) -> Bill:
        return replace(bill(day, "15.00"), period_start=starts, period_end=ends)

    ends = [end_of_month(day) for day in months(18, date(2025, 1, 1))]
    own = [of(day, first, month_after(first) - timedelta(days=1))
           for day, first in zip(ends, months(18, date(2025, 1, 1)), strict=True)]  # fmt: skip
    assert missing_months(own) == ()
    place = next(n for n, one in enumerate(own) if one.day and one.period_end and one.day > one.period_end) + 1
    without = own[:place] + own[place + 1 :]
    assert missing_months(without) == (own[place].period_start,)
    moved = [*own[:9], *(replace(one, day=one.day + timedelta(days=26)) for one in own[9:] if one.day)]
    assert missing_months(moved) == ()


def test_accounts_are_apart_and_a_bill_below_zero_is_one_too() -> None:
    days = months(12)
    one = [replace(b, account_id="A") for b in written(days[:5] + days[6:])]
    two = [replace(b, account_id="B", id=f"B{b.id}") for b in written(days)]
    assert missing_months([*two, *one]) == (days[5],)
    assert missing_months([*one, replace(bill(days[5], "-3.00"), account_id="A")]) == ()
