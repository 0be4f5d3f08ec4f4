"""What is decided from bills alone: usual, abnormal, overdue, missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from selfcare.domain.bill_gaps import missing_months
from selfcare.domain.bills import Bill, BillState, is_abnormal, is_overdue, usual_range
from selfcare.domain.money import Money, totals_by_unit


def bill(day: date, total: str | None, **facts: object) -> Bill:
    amount = Money(Decimal(total), "EUR") if total is not None else None
    base = {"id": str(day), "number": str(day), "due": None, "remaining": None, "state": BillState.SENT}
    return Bill(day=day, total=amount, **(base | facts))  # type: ignore[arg-type]


YEAR = [bill(date(2026, month, 3), "39.99") for month in range(1, 11)]


def test_a_roaming_bill_is_not_like_the_others() -> None:
    huge = bill(date(2026, 11, 3), "45923.61")
    assert is_abnormal(huge, YEAR)
    usual = usual_range(huge, YEAR)
    assert usual is not None
    assert usual.middle == Money(Decimal("39.99"), "EUR")


def test_a_few_pounds_more_are_ordinary() -> None:
    assert not is_abnormal(bill(date(2026, 11, 3), "58.00"), YEAR)


def test_two_earlier_bills_prove_nothing() -> None:
    assert usual_range(bill(date(2026, 11, 3), "45923.61"), YEAR[:2]) is None


def test_later_bills_and_credits_do_not_count_as_usual() -> None:
    later = [bill(date(2027, month, 3), "9000") for month in range(1, 9)]
    refunds = [bill(date(2026, month, 20), "-9000") for month in range(1, 9)]
    assert is_abnormal(bill(date(2026, 11, 3), "200"), [*later, *refunds, *YEAR])


def test_a_total_that_was_not_stated_is_never_abnormal_or_zero() -> None:
    unknown = bill(date(2026, 11, 3), None)
    assert not is_abnormal(unknown, YEAR)
    assert not unknown.is_paid


def test_overdue_is_the_day_after() -> None:
    due = bill(date(2026, 11, 3), "10", due=date(2026, 11, 17))
    assert not is_overdue(due, date(2026, 11, 17))
    assert is_overdue(due, date(2026, 11, 18))


def test_settled_without_figures_is_paid_and_a_remainder_overrules_the_word() -> None:
    assert bill(date(2026, 1, 3), "10", state=BillState.SETTLED).is_paid
    left = bill(date(2026, 1, 3), "10", state=BillState.SETTLED, remaining=Money(Decimal("4"), "EUR"))
    assert not left.is_paid


def test_a_month_without_a_bill_is_noticed() -> None:
    without_may = [b for b in YEAR if b.day != date(2026, 5, 3)]
    assert missing_months(without_may) == (date(2026, 5, 1),)


def test_quarterly_bills_miss_nothing() -> None:
    assert missing_months([bill(date(2026, month, 3), "90") for month in (1, 4, 7, 10)]) == ()


def test_months_are_missing_between_own_papers_of_one_operator_alone() -> None:
    def own(year: int, month: int, account: str) -> Bill:
        return replace(bill(date(year, month, 3), "90"), state_word="filed", account_id=account)

    first = [own(2020, month, "own-orvane") for month in (1, 2, 3, 5, 6)]
    later = [own(2026, month, "own-freedonia") for month in (7, 8, 9, 10)]
    nobody = [own(2023, month, "") for month in (1, 2, 3, 5, 6)]
    assert missing_months([*first, *later, *nobody]) == (date(2020, 4, 1),)
    assert missing_months(nobody) == ()


@given(st.lists(st.dates(date(2015, 1, 1), date(2030, 1, 1)), max_size=40))
def test_missing_months_lie_between_the_first_and_the_last(days: list[date]) -> None:
    for month in missing_months([bill(d, "1") for d in days]):
        assert min(days) < month < max(days)
        assert all((d.year, d.month) != (month.year, month.month) for d in days)


@given(st.lists(st.tuples(st.decimals(-9999, 9999, places=2), st.sampled_from(["EUR", "GBP"]))))
def test_currencies_are_never_put_together(amounts: list[tuple[Decimal, str]]) -> None:
    totals = totals_by_unit(Money(value, unit) for value, unit in amounts)
    for total in totals:
        assert total.value == sum(value for value, unit in amounts if unit == total.unit)
    assert len({t.unit for t in totals}) == len(totals) == len({u for _, u in amounts})
