"""The sums of e-invoices: an error is named however many lines there are, and a rounding by its reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import e_invoices as made
import pytest

from selfcare.billing.einvoice import judge
from selfcare.billing.findings import Fault
from selfcare.billing.invoice_parts import counted_lines
from selfcare.domain.einvoices import Correction, EInvoice, FoundInvoice, InvoiceLine, TaxShare
from selfcare.paper.einvoice import invoice_in

D = Decimal


def rules(xml: bytes) -> list[str]:
    return [one.rule for one in judge(invoice_in(xml, "factur-x.xml")).errors]


def moved(items: Sequence[tuple[str, str, str, str]], line_total: str = "0", tax: str = "0") -> bytes:
    """An invoice whose sum of lines, or whose tax, is so much too high, and all that follows from it."""
    one = made.Invoice(items)
    one.line_total += D(line_total)
    one.net = one.line_total
    one.tax = made.cents(one.net * D("0.2")) + D(tax)
    one.taxes = [(one.net, D(20), one.tax)]
    one.gross = one.due = one.net + one.tax
    return made.cii(one, lines="".join(map(made.cii_line, range(1, 9999), one.items, one.amounts)))


@pytest.mark.parametrize(
    ("count", "price", "off"), [(5000, "0.10", "20.00"), (900, "10.00", "4.50"), (40, "10.00", "0.20")]
)
def test_many_lines_hide_no_error(count: int, price: str, off: str) -> None:
    items = [(f"Item {n}", "1", price, "20") for n in range(count)]
    assert rules(moved(items)) == []
    assert "BR-CO-10" in rules(moved(items, line_total=off))
    if count < 1000:
        assert rules(moved(items, tax=off)) == ["BR-CO-17"]


@pytest.mark.parametrize(
    ("quantity", "price", "amount", "is_wrong"),
    [
        ("10", "100", "1005.00", True),
        ("100", "5", "504.00", True),
        ("10", "100", "1000.00", False),
        ("37", "0.07", "2.63", False),  # 0.0712, cut to two decimals
        ("500", "0.1", "50.40", False),
    ],
)
def test_a_price_without_decimals_is_one_of_two(quantity: str, price: str, amount: str, is_wrong: bool) -> None:
    one = made.Invoice([("Box", quantity, price, "20")])
    one.amounts = [D(amount)]
    one.line_total = one.net = D(amount)
    one.tax = made.cents(one.net * D("0.2"))
    one.taxes = [(one.net, D(20), one.tax)]
    one.gross = one.due = one.net + one.tax
    assert rules(made.cii(one)) == (["BT-131"] if is_wrong else [])


def called(price: str, off: str) -> bytes:
    """5,000 calls at a price, and so much more."""
    one = made.Invoice([("Calls", "5000", price, "20")])
    one.amounts[0] += D(off)
    one.line_total = one.net = one.amounts[0]
    one.tax = made.cents(one.net * D("0.2"))
    one.taxes = [(one.net, D(20), one.tax)]
    one.gross = one.due = one.net + one.tax
    return made.cii(one)


def test_more_than_a_few_cents_of_a_cut_price_are_neither_right_nor_wrong() -> None:
    found = judge(invoice_in(called("0.01", "24.00"), "factur-x.xml"))
    assert found.errors == ()
    assert [(one.fault, one.stated, one.computed) for one in found.doubts] == [(Fault.HIDDEN, D("74.00"), D("50.00"))]
    assert judge(invoice_in(called("0.01", "0.04"), "factur-x.xml")).doubts == ()
    assert rules(called("0.01", "26.00")) == ["BT-131"]
    assert rules(called("0.0101", "24.00")) == ["BT-131"]


def discounted(category: str, *bases: tuple[str, str]) -> EInvoice:
    """Lines of 50.00 at 20 % and, with two bases, 50.00 at 5.5 %; 5.00 of them are taken off."""
    shares = tuple(TaxShare(D(base), made.cents(D(base) * D(rate) / 100), D(rate), "S") for base, rate in bases)
    lines = tuple(
        InvoiceLine(str(n), "Plan", D("50.00"), D(1), D("50.00"), None, D(rate), "S")
        for n, (_base, rate) in enumerate(bases)
    )
    net, tax = sum(D(base) for base, _rate in bases), sum(one.amount or D(0) for one in shares)
    return EInvoice(
        "CII", "EN 16931", "1", "380", date(2026, 11, 3), "EUR", "Orvane", "Claire Martin",
        lines=lines, taxes=shares, corrections=(Correction(D("5.00"), False, "Loyalty", None, category),),
        line_total=D(50 * len(bases)), allowance_total=D("5.00"), net=D(net), tax=D(tax), gross=D(net + tax),
        due=D(net + tax),
    )  # fmt: skip


@pytest.mark.parametrize("category", ["", "S"])
def test_an_allowance_without_a_tax_belongs_to_the_only_one(category: str) -> None:
    def errors(*bases: tuple[str, str]) -> list[str]:
        return [one.rule for one in judge(FoundInvoice("factur-x.xml", discounted(category, *bases))).errors]

    assert errors(("45.00", "20")) == []
    assert errors(("50.00", "20")) == ["BR-CO-13", "BR-S-08"]
    if not category:
        assert errors(("45.00", "20"), ("50.00", "5.5")) == []
        assert errors(("47.00", "20"), ("48.00", "5.5")) == []
        assert "BR-S-08" not in errors(("45.00", "20"), ("50.00", "5.5"))
        assert errors(("40.00", "20"), ("50.00", "5.5")) != []


def test_prices_with_tax_may_be_cut_off_to_what_they_are_without_it() -> None:
    one = made.Invoice([("Plan", "1", net, "20") for net in ("38.83", "68.30", "83.00")])  # 46.60, 81.97, 99.61
    one.net, one.tax = D("190.15"), D("38.03")
    one.taxes = [(one.net, D(20), one.tax)]
    one.gross = one.due = D("228.18")
    assert rules(made.cii(one)) == []
    one.net += D("0.05")
    one.taxes, one.gross = [(one.net, D(20), one.tax)], one.net + one.tax
    one.due = one.gross
    assert "BR-CO-13" in rules(made.cii(one))


def test_the_decimals_of_other_prices_tell_whether_one_was_cut() -> None:
    items = [("Calls", "500", "0.1", "20"), ("Data", "3", "0.0712", "20")]
    one = made.Invoice(items)
    one.amounts[0] += D("0.40")
    one.line_total += D("0.40")
    one.net = one.line_total
    one.tax = made.cents(one.net * D("0.2"))
    one.taxes = [(one.net, D(20), one.tax)]
    one.gross = one.due = one.net + one.tax
    assert rules(made.cii(one)) == ["BT-131"]


def test_prices_with_tax_are_a_rounding_in_every_sum() -> None:
    one = made.Invoice([(f"Option {n}", "1", "8.33", "20") for n in range(30)])
    one.net, one.tax = D("249.75"), D("49.95")
    one.taxes = [(one.net, D(20), one.tax)]
    one.gross = one.due = D("299.70")
    found = judge(invoice_in(made.cii(one), "factur-x.xml"))
    assert found.errors == ()
    assert {finding.fault for finding in (*found.findings, *found.roundings)} == {Fault.ROUNDING}
    one.net += D("0.50")
    one.taxes = [(one.net, D(20), one.tax)]
    one.gross = one.due = one.net + one.tax
    assert "BR-CO-13" in rules(made.cii(one))


def test_a_tax_for_each_line_is_a_rounding() -> None:
    one = made.Invoice([("Message", "1", "0.03", "20")] * 10)
    one.tax, one.gross = D("0.10"), D("0.40")
    one.taxes, one.due = [(one.net, D(20), one.tax)], one.gross
    assert rules(made.cii(one)) == []


def below(*rows: tuple[str, str, str, str]) -> bytes:
    """An invoice over 30.00 of lines (number, amount, parent, role)."""
    lines = "".join(
        made.cii_line(number, ("Part", "1", amount, "20"), D(amount), parent, role)  # type: ignore[arg-type]
        for number, amount, parent, role in rows
    )
    return made.cii(made.Invoice([("Bundle", "1", "30.00", "20")]), "EXTENDED", lines=lines)


@pytest.mark.parametrize("top", ["30.00", "0.00"])
def test_sub_lines_that_do_not_say_what_they_are_count_once(top: str) -> None:
    xml = below(("1", top, "", ""), ("1.1", "10.00", "1", ""), ("1.2", "20.00", "1", ""))
    assert judge(invoice_in(xml, "factur-x.xml")).is_accepted
    invoice = invoice_in(xml).invoice
    assert invoice is not None
    assert [line.number for line in counted_lines(invoice)] == ["1.1", "1.2"]


def test_charges_beside_a_line_above_them_count_as_well() -> None:
    assert rules(below(("1", "20.00", "", ""), ("1.1", "10.00", "1", ""))) == []


def test_a_wrong_sum_of_a_group_is_named_though_its_parts_are_right() -> None:
    xml = below(("1", "35.00", "", "GROUP"), ("2", "20.00", "1", "DETAIL"), ("3", "10.00", "1", "DETAIL"))
    (error,) = judge(invoice_in(xml, "factur-x.xml")).errors
    assert (error.line, error.stated, error.computed) == ("1", D("35.00"), D("30.00"))


def test_the_time_that_an_invoice_is_for_is_read_in_both_languages() -> None:
    span = (
        "<a:BillingSpecifiedPeriod><a:StartDateTime><u:DateTimeString>20261001</u:DateTimeString></a:StartDateTime>"
        "<a:EndDateTime><u:DateTimeString>20261031</u:DateTimeString></a:EndDateTime></a:BillingSpecifiedPeriod>"
    )
    sums = "<a:SpecifiedTradeSettlementHeaderMonetarySummation>"
    cii = invoice_in(made.cii(made.Invoice()).replace(sums.encode(), (span + sums).encode())).invoice
    period = "<c:InvoicePeriod><b:StartDate>2026-10-01</b:StartDate><b:EndDate>2026-10-31</b:EndDate></c:InvoicePeriod>"
    party = "<c:AccountingSupplierParty>"
    ubl = invoice_in(made.ubl(made.Invoice()).replace(party.encode(), (period + party).encode(), 1)).invoice
    for found in (cii, ubl):
        assert found is not None
        assert (found.starts, found.ends) == (date(2026, 10, 1), date(2026, 10, 31))
