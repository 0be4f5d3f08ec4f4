"""How far an honest sum may be off is told by what the bill shows, not by how many lines it has."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from honest_bills import bill_of, eur, line_of

from selfcare.billing.arithmetic import Check
from selfcare.billing.credits import check_bill
from selfcare.billing.rounding import prices_with_tax
from selfcare.domain.bills import BillLine, LineKind, Tax


def errors(total: str, lines: list[BillLine], **facts: object) -> list[Check]:
    return sorted(one.check for one in check_bill(bill_of(Decimal(total), **facts), lines).errors)


def vat(amount: str, rate: str = "20") -> tuple[Tax, ...]:
    return (Tax("VAT", eur(amount), Decimal(rate)),)


@pytest.mark.parametrize(
    ("count", "price", "total"), [(40, "10.00", "400.40"), (40, "10.00", "400.20"), (5000, "1.00", "5050.00")]
)
def test_prices_of_two_decimals_add_up_to_the_cent(count: int, price: str, total: str) -> None:
    lines = [line_of(f"Plan {n}", price) for n in range(count)]
    assert errors(total, lines) == [Check.LINES_TOTAL]
    assert errors(str(count * Decimal(price)), lines) == []


def test_use_may_hide_decimals_and_a_monthly_price_may_not() -> None:
    calls = [line_of(f"Call {n}", "0.07", LineKind.USAGE) for n in range(30)]  # a minute at 0.0712
    assert errors("2.14", calls) == []
    assert errors("3.14", calls) == [Check.LINES_TOTAL]
    parts = [line_of("Plan", "1.33", starts=date(2026, 10, 1), ends=date(2026, 10, 2)) for _ in range(4)]
    assert errors("5.34", parts) == []
    assert errors("5.34", [line_of("Plan", "1.33") for _ in range(4)]) == [Check.LINES_TOTAL]


def test_tax_for_the_whole_explains_lines_with_tax_that_do_not_add_up() -> None:
    lines = [line_of(f"Plan {n}", "10.00") for n in range(40)]  # 8.33 without tax, 9.996 with it
    assert errors("399.84", lines, net=eur("333.20"), taxes=vat("66.64")) == []
    assert errors("400.20", lines, net=eur("333.50"), taxes=vat("66.70")) == [Check.LINES_TOTAL]


def test_tax_for_each_line_explains_a_tax_that_is_not_that_of_the_sum() -> None:
    lines = [line_of(f"Message {n}", None, LineKind.OTHER, net=eur("0.03")) for n in range(10)]
    assert errors("0.40", lines, net=eur("0.30"), taxes=vat("0.10")) == []
    assert Check.TAX in errors("0.46", lines, net=eur("0.30"), taxes=vat("0.16"))


def test_prices_with_tax_explain_lines_without_it_that_do_not_add_up() -> None:
    lines = [line_of(f"Option {n}", None, LineKind.OTHER, net=eur("8.33")) for n in range(30)]  # 9.99 with tax
    assert errors("299.70", lines, net=eur("249.75"), taxes=vat("49.95")) == []
    plain = [line_of(f"Option {n}", None, LineKind.OTHER, net=eur("10.00")) for n in range(30)]
    assert errors("359.82", plain, net=eur("299.85"), taxes=vat("59.97")) == [Check.LINES_NET, Check.LINES_TOTAL]
    assert prices_with_tax([Decimal("8.33")], Decimal("1.2")) == (Decimal("9.99"), Decimal("10.00"))
    assert prices_with_tax([Decimal("10.00")], Decimal("1.2")) == (Decimal("12.00"), Decimal("12.00"))


def test_what_a_line_was_before_it_was_rounded_is_added_up_where_it_is_known() -> None:
    lines = [line_of(f"Calls {n}", None, LineKind.OTHER, net=eur("2.63"), exact=eur("2.6344")) for n in range(40)]
    assert errors("126.46", lines, net=eur("105.38"), taxes=vat("21.08")) == []
    assert errors("126.96", lines, net=eur("105.80"), taxes=vat("21.16")) == [Check.LINES_NET, Check.LINES_TOTAL]


def test_where_the_rate_of_a_line_is_not_printed_half_a_cent_of_each_may_be_missing() -> None:
    lines = [line_of(f"Line {n}", "10.00") for n in range(10)]
    taxes = (*vat("8.00"), *vat("2.75", "5.5"))
    assert errors("99.97", lines, net=eur("89.22"), taxes=taxes) == []
    assert errors("99.87", lines, net=eur("89.12"), taxes=taxes) == [Check.LINES_TOTAL]
