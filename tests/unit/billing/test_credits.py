"""Credits written as positive amounts, as TMF678 has them: taken off where only so the bill is right, and said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from bills_of import plain
from honest_bills import bill_of, eur, line_of

from selfcare.billing.arithmetic import Check, Outcome
from selfcare.billing.credits import added_up, check_bill, lines_as_meant
from selfcare.billing.difference import Cause, difference
from selfcare.billing.weighing import Record, weighed
from selfcare.domain.bills import Bill, BillLine, LineKind
from selfcare.domain.records import replace
from selfcare.viewmodel.bill_check import data_rows
from selfcare.viewmodel.pictures import money_goes
from tests import samples


def credit(amount: str, word: str = "appliedBillingCredit") -> BillLine:
    return replace(line_of("Goodwill", amount, LineKind.CREDIT), id="credit", kind_word=word)


def total_of(bill: Bill, lines: list[BillLine]) -> Outcome:
    return next(one.outcome for one in check_bill(bill, lines).sums if one.check is Check.LINES_TOTAL)


def test_a_positive_credit_is_taken_off_where_only_so_the_bill_is_right() -> None:
    """26 less 5 is 21: the bill is right, and the page says how."""
    bill, lines = bill_of(Decimal("21.00")), [line_of("Plan", "26.00"), credit("5.00")]
    found = added_up(bill, lines)
    assert found.credits_off
    assert found.arithmetic.errors == ()
    assert [line.gross for line in found.lines] == [eur("26.00"), eur("-5.00")]
    (row,) = data_rows(bill, check_bill(bill, lines), samples.words())
    assert row.kind == "good"
    assert row.text.startswith("The lines add up exactly with the credits taken off")


@pytest.mark.parametrize(
    ("total", "lines", "outcome"),
    [
        ("31.00", [line_of("Plan", "26.00"), credit("5.00")], Outcome.EXACT),
        ("21.00", [line_of("Plan", "26.00"), credit("-5.00")], Outcome.EXACT),
        ("99.00", [line_of("Plan", "26.00"), credit("5.00")], Outcome.WRONG),
        ("21.00", [line_of("Plan", "26.00"), credit("5.00", "discount")], Outcome.WRONG),
        ("21.00", [line_of("Plan", "26.00"), line_of("Fee", "5.00", LineKind.ONE_TIME)], Outcome.WRONG),
    ],
)
def test_nothing_else_is_turned_round(total: str, lines: list[BillLine], outcome: Outcome) -> None:
    """Right as stated, wrong either way, or no credit by the standard's word: the signs stay as they are."""
    bill = bill_of(Decimal(total))
    assert total_of(bill, lines) is outcome
    assert lines_as_meant(bill, lines) is lines
    assert not check_bill(bill, lines).credits_off


def test_a_rounding_with_the_credits_taken_off_is_said_as_one() -> None:
    bill, lines = bill_of(Decimal("21.01")), [line_of("Plan", "26.00"), credit("5.00")]
    (row,) = data_rows(bill, check_bill(bill, lines), samples.words())
    assert "with the credits taken off, but for a rounding of" in row.text


def test_why_it_differs_counts_the_credit_as_one() -> None:
    """The goodwill explains the whole difference to the month before."""
    before, old = bill_of(Decimal("26.00")), [line_of("Plan", "26.00")]
    now, lines = bill_of(Decimal("21.00")), [line_of("Plan", "26.00"), credit("5.00")]
    found = difference(now, lines, before, old)
    assert found is not None
    assert [(part.cause, part.amount) for part in found.parts] == [(Cause.CREDIT, eur("-5.00"))]


def test_a_bill_is_weighed_with_its_credits_taken_off() -> None:
    record = plain(3)
    off = replace(credit("2.00"), gross=replace(eur("2.00"), unit="GBP"))
    assert record.bill.total is not None
    bill = replace(record.bill, total=record.bill.total - replace(eur("2.00"), unit="GBP"))
    found = weighed(Record(bill, (*record.lines, off)))
    assert found is not None
    assert (found.rest, found.given_back) == (Decimal(0), Decimal("2.00"))


def test_where_the_money_goes_counts_no_credit_as_paid() -> None:
    bill = replace(bill_of(Decimal("21.00")), day=date(2026, 11, 1))
    found = money_goes([bill], {bill.id: [line_of("Plan", "26.00"), credit("5.00")]}, samples.words())
    assert found is not None
    assert [row.label for row in found.rows][:1] == ["Plan"]
    assert "Goodwill" not in found.described
