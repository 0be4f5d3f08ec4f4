"""Where we have no rules only the contract counts: what it does not say is asked for, never made up."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfcare.domain.money import Money
from selfcare.leaving.countries import generic

D = date
PRICE = Money(Decimal("30"), "CHF")


@pytest.mark.parametrize(
    ("notice", "wanted", "ends"),
    [
        ((30, "day"), None, D(2027, 3, 2)),
        ((1, "month"), None, D(2027, 2, 28)),
        ((3, "month"), None, D(2027, 4, 30)),
        ((0, "day"), None, D(2027, 1, 31)),
        ((1, "month"), D(2027, 2, 1), D(2027, 2, 28)),
        ((1, "month"), D(2027, 6, 1), D(2027, 6, 1)),
        (None, None, None),
        (None, D(2027, 6, 1), None),
    ],
)
def test_only_the_contracts_notice(notice: tuple[int, str] | None, wanted: date | None, ends: date | None) -> None:
    assert generic.notice_ends(D(2027, 1, 31), notice, wanted) == ends


@pytest.mark.parametrize(
    ("ends", "notice", "last"),
    [
        (D(2027, 4, 30), (1, "month"), D(2027, 3, 31)),
        (D(2027, 3, 31), (1, "month"), D(2027, 2, 28)),
        (D(2028, 2, 29), (12, "month"), D(2027, 2, 28)),
        (D(2027, 3, 2), (30, "day"), D(2027, 1, 31)),
        (D(2027, 3, 2), None, None),
    ],
)
def test_the_last_day_for_notice(ends: date, notice: tuple[int, str] | None, last: date | None) -> None:
    assert generic.last_notice_day(ends, notice) == last


def test_what_it_may_cost_is_a_range() -> None:
    ends = D(2027, 5, 21)
    nothing = Money(Decimal("0.00"), "CHF")
    charge = generic.early_charge(PRICE, D(2026, 11, 21), ends, "CHF")
    assert charge == (nothing, Money(Decimal("180.00"), "CHF"))
    assert generic.early_charge(None, ends, ends, "CHF") == (nothing, nothing)
    assert generic.early_charge(None, D(2026, 11, 21), ends, "CHF") is None
    assert generic.early_charge(PRICE, D(2026, 11, 21), None, "CHF") is None


DAYS = st.dates(D(2024, 1, 1), D(2031, 12, 31))
NOTICES = st.tuples(st.integers(0, 100), st.just("day")) | st.tuples(st.integers(0, 12), st.just("month"))


@settings(max_examples=150)
@given(DAYS, NOTICES)
def test_the_last_day_is_the_last(ends: date, notice: tuple[int, str]) -> None:
    last = generic.last_notice_day(ends, notice)
    assert last is not None
    in_time = generic.notice_ends(last, notice)
    too_late = generic.notice_ends(last + timedelta(days=1), notice)
    assert in_time is not None
    assert too_late is not None
    assert in_time <= ends < too_late


@settings(max_examples=150)
@given(DAYS, DAYS, st.decimals("-20", "300", places=2), st.integers(0, 60))
def test_a_range_never_turns_round_and_only_falls(day: date, ends: date, price: Decimal, more: int) -> None:
    monthly = Money(price, "EUR")
    now = generic.early_charge(monthly, day, ends, "EUR")
    then = generic.early_charge(monthly, day + timedelta(days=more), ends, "EUR")
    assert now is not None
    assert then is not None
    assert now[0].is_zero
    assert now[0] <= then[1] <= now[1]
