"""What the page of a bill says of its sums: right, wrong, or that nobody can tell; and never right by half."""

from __future__ import annotations

from decimal import Decimal

from selfcare.billing.credits import check_bill
from selfcare.billing.difference import difference
from selfcare.domain.bills import Bill, BillLine, LineKind, Tax
from selfcare.domain.money import Money
from selfcare.domain.records import replace
from selfcare.viewmodel.bill_check import data_rows
from selfcare.viewmodel.differences import comparison
from tests import samples
from tests.samples import words

W = words()
BILLS = samples.bills()
FIT = ("The taxes fit the amounts.", "right", "good")
UNSTATED = (
    "It is not stated which amounts each tax is on, so the taxes cannot be checked.",
    "not checked",
    "neutral",
)


def gbp(amount: str | Decimal) -> Money:
    return Money(Decimal(amount), "GBP")


def line(name: str, gross: str = "", net: str = "", kind: LineKind = LineKind.RECURRING, rate: str = "") -> BillLine:
    taxes = (Tax("VAT", None, Decimal(rate)),) if rate else ()
    return BillLine(name, "b", name, kind, "", gbp(gross) if gross else None, gbp(net) if net else None, taxes)


def bill(total: str, net: str = "", *taxes: tuple[str, str]) -> Bill:
    rows = tuple(Tax("VAT", gbp(amount), Decimal(rate) if rate else None) for rate, amount in taxes)
    return replace(BILLS[0], total=gbp(total), net=gbp(net) if net else None, taxes=rows)


def rows(one: Bill, *lines: BillLine) -> list[tuple[str, str, str]]:
    return [(row.text, row.tag, row.kind) for row in data_rows(one, check_bill(one, lines), W)]


def test_more_than_a_few_cents_that_only_hidden_decimals_explain_are_not_called_right() -> None:
    calls = [line(f"Call {n}", "0.10", kind=LineKind.USAGE) for n in range(300)]
    (row,) = rows(bill("30.90"), *calls)
    said = (
        "The lines add up to £30.00; the bill says £30.90. Only decimals that are not shown could explain the "
        "difference of +£0.90; ask your operator how it comes about."
    )
    assert row == (said, "not certain", "neutral")
    assert {kind for _text, _tag, kind in rows(bill("32.99"), *calls)} == {"bad"}


def test_taxes_that_make_the_total_are_not_said_to_fit_the_amounts() -> None:
    one = bill("135.00", "100.00", ("20", "30.00"), ("5.5", "5.00"))
    said = rows(one, line("Plan", net="50.00"), line("Press", net="50.00"))
    assert ("The tax can be no more than £20.00; the bill says £30.00.", "wrong", "bad") in said
    assert FIT not in said
    one = bill("117.75", "100.00", ("20", "15.00"), ("5.5", "2.75"))
    said = rows(one, line("Plan", net="50.00"), line("Press", net="50.00"))
    text = "At their rates the taxes are those of £125.00 without tax; the bill has £100.00 without tax."
    assert (text, "wrong", "bad") in said
    unrated = rows(bill("110.00", "100.00", ("", "10.00")), line("Plan", "110.00"))
    assert ("The amount without tax and the taxes make the total.", "right", "good") in unrated
    assert UNSTATED in unrated


def test_taxes_of_two_rates_fit_where_they_are_worked_out() -> None:
    one = bill("112.75", "100.00", ("20", "10.00"), ("5.5", "2.75"))
    assert FIT in rows(one, line("Plan", net="50.00", rate="20"), line("Press", net="50.00", rate="5.5"))
    assert FIT in rows(one, line("Plan", net="50.00"), line("Press", net="50.00"))
    less = bill("108.75", "100.00", ("20", "6.00"), ("5.5", "2.75"))
    said = rows(less, line("Plan", net="50.00"), line("Press", net="50.00"))
    assert UNSTATED in said
    assert FIT not in said


def test_a_cent_of_rounding_is_no_question_to_the_operator() -> None:
    lines = [line("Plan", "44.3138"), line("Option", "37.0142"), line("Press", "6.7233")]
    one, before = bill("88.04"), replace(BILLS[1], total=gbp("81.33"))
    found = comparison(one, before, difference(one, lines, before, lines[:2]), W)
    assert found is not None
    assert [(row.label, row.tag) for row in found.rows if row.label == "Roundings"] == [("Roundings", "")]
    off = bill("88.09")
    more = comparison(off, before, difference(off, lines, before, lines[:2]), W)
    assert more is not None
    assert "Not explained by the lines" in {row.label for row in more.rows}
