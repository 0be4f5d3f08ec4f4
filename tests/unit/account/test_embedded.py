"""The electronic invoices in a customer's own files become bills with their own number, day, total and lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from selfcare.account.embedded import embedded_reader, found_in
from selfcare.domain.bills import Tax
from selfcare.domain.einvoices import Correction, EInvoice, InvoiceLine, TaxShare
from selfcare.domain.failures import PaperTrouble
from selfcare.domain.money import Money
from selfcare.domain.records import replace
from selfcare.paper.einvoice import invoice_in
from selfcare.paper.reader import PaperReader

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "einvoices"
WHOLE = EInvoice("CII", number="R-7", day=date(2026, 10, 3), unit="EUR", gross=Decimal("11.90"), net=Decimal("10.00"))


@pytest.fixture
def papers() -> Iterator[PaperReader]:
    reader = PaperReader()
    yield reader
    reader.close()


def test_an_invoice_is_a_bill_with_the_lines_that_carry_money() -> None:
    lines = (
        InvoiceLine("1", "Bundle", Decimal("10.00"), role="GROUP"),
        InvoiceLine("1.1", "Plan", Decimal("10.00"), role="DETAIL", parent="1"),
        InvoiceLine("1.2", "Note", None, role="INFORMATION", parent="1"),
    )
    found = found_in(
        EInvoice("CII", number="R-7", day=WHOLE.day, unit="EUR", gross=WHOLE.gross, lines=lines, seller="Op")
    )
    assert found is not None
    assert (found.number, found.total, found.operator) == ("R-7", Money(Decimal("11.90"), "EUR"), "Op")
    assert [(line.name, line.net) for line in found.lines] == [("Plan", Money(Decimal("10.00"), "EUR"))]


def test_allowances_charges_and_taxes_of_the_whole_invoice_come_along() -> None:
    invoice = EInvoice(
        "CII",
        number="R-8",
        day=WHOLE.day,
        unit="EUR",
        gross=Decimal("114.00"),
        net=Decimal("95.00"),
        lines=(InvoiceLine("1", "Plan", Decimal("100.00")),),
        corrections=(Correction(Decimal("10.00"), False, "Loyalty"), Correction(Decimal("5.00"), True, "Delivery")),
        taxes=(TaxShare(Decimal("95.00"), Decimal("19.00"), Decimal(20), "S"),),
    )
    found = found_in(invoice)
    assert found is not None
    assert [(line.name, line.net.value if line.net else None) for line in found.lines] == [
        ("Plan", Decimal("100.00")), ("Loyalty", Decimal("-10.00")), ("Delivery", Decimal("5.00")),
    ]  # fmt: skip
    assert sum(line.net.value for line in found.lines if line.net) == Decimal("95.00")
    assert found.taxes == (Tax("S", Money(Decimal("19.00"), "EUR"), Decimal(20)),)


def test_times_and_what_a_line_was_before_it_was_rounded_come_along() -> None:
    october = date(2026, 10, 1), date(2026, 10, 31)
    calls = InvoiceLine(
        "1", "Calls", Decimal("2.63"), Decimal(37), Decimal("0.0712"), starts=october[0], ends=october[1]
    )
    plan = InvoiceLine("2", "Plan", Decimal("10.00"), Decimal(1), Decimal("10.00"))
    found = found_in(replace(WHOLE, lines=(calls, plan), starts=october[0], ends=october[1]))
    assert found is not None
    assert (found.starts, found.ends) == october
    assert [(line.exact, line.starts) for line in found.lines] == [
        (Money(Decimal("2.6344"), "EUR"), october[0]), (None, None),
    ]  # fmt: skip


def test_a_credit_note_is_in_the_customers_favour() -> None:
    found = found_in(EInvoice("UBL", number="C-1", kind="381", day=WHOLE.day, unit="EUR", gross=Decimal("5.00")))
    assert found is not None
    assert found.total == Money(Decimal("-5.00"), "EUR")


def test_an_absurd_amount_is_none() -> None:
    lines = (InvoiceLine("1", "Plan", Decimal("1e9")), InvoiceLine("2", "Call", Decimal("1.00")))
    facts = EInvoice("CII", number="R-7", day=WHOLE.day, unit="EUR", gross=Decimal("11.90"), lines=lines)
    found = found_in(facts)
    assert found is not None
    assert [line.net for line in found.lines] == [None, Money(Decimal("1.00"), "EUR")]
    assert found_in(replace(facts, gross=Decimal("1234567890"))) is None
    assert found_in(replace(facts, unit="EURO")) is None, "an amount in no currency is none"
    small = found_in(replace(facts, unit="eur"))
    assert small is not None
    assert small.total == found.total


@pytest.mark.parametrize("missing", ["number", "day", "gross", "unit"])
def test_what_does_not_name_number_day_and_total_is_read_by_its_words_instead(missing: str) -> None:
    facts = {"number": "R-7", "day": WHOLE.day, "unit": "EUR", "gross": WHOLE.gross}
    del facts[missing]
    assert found_in(EInvoice("CII", **facts)) is None  # type: ignore[arg-type]


UBL = (
    "<?xml version='1.0'?><Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'>"
    "<ID>R-9</ID><IssueDate>2026-10-03</IssueDate><DocumentCurrencyCode>EUR</DocumentCurrencyCode>"
    "<LegalMonetaryTotal><TaxInclusiveAmount currencyID='EUR'>{total}</TaxInclusiveAmount></LegalMonetaryTotal>"
    "<InvoiceLine><ID>1</ID><LineExtensionAmount currencyID='EUR'>40.00</LineExtensionAmount>"
    "<Item><Name>Plan</Name></Item></InvoiceLine>"
    "<InvoiceLine><ID>2</ID><LineExtensionAmount currencyID='USD'>10.00</LineExtensionAmount>"
    "<Item><Name>Roaming</Name></Item></InvoiceLine></Invoice>"
)


@pytest.mark.parametrize("total", ["fifty", "NaN", "1e400", ""])
def test_an_e_invoice_of_its_own_without_a_total_is_kept_to_be_filed_by_hand(papers: PaperReader, total: str) -> None:
    found = embedded_reader(papers)(UBL.format(total=total).encode())
    assert found is not None
    assert (found.number, found.total, found.is_whole) == ("R-9", None, False)


def test_a_line_in_another_currency_stays_in_it() -> None:
    invoice = invoice_in(UBL.format(total="50.00").encode()).invoice
    assert invoice is not None
    found = found_in(invoice)
    assert found is not None
    assert [line.net and line.net.unit for line in found.lines] == ["EUR", "USD"]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the e-invoices are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "number", "total"),
    [
        ("EN16931_Einfach_fx.pdf", "471102", "529.87"),
        ("EXTENDED_Warenrechnung.xml", "R87654321012345", "518.99"),
        ("MINIMUM_Rechnung_fx.pdf", "471102", "235.62"),
        ("EN16931_Rabatte_fx.pdf", "471102", "215.07"),
        ("invoice_EN16931.pdf", "F20260023", "104.90"),
    ],
)
def test_real_files_of_others_are_read(papers: PaperReader, name: str, number: str, total: str) -> None:
    found = embedded_reader(papers)((SAMPLES / name).read_bytes())
    assert found is not None
    assert (found.number, found.day is not None) == (number, True)
    assert found.total is not None
    assert found.total.value == Decimal(total)
    if found.lines:
        assert found.net is not None
        assert sum(line.net.value for line in found.lines if line.net is not None) == found.net.value
        assert sum((tax.amount.value for tax in found.taxes if tax.amount), found.net.value) == found.total.value


def test_a_pdf_without_one_and_xml_of_another_kind_are_none(papers: PaperReader) -> None:
    read = embedded_reader(papers)
    assert read(b"%PDF-1.4 broken") is None
    assert read(b"<?xml version='1.0'?><other/>") is None


@pytest.mark.parametrize(
    ("xml", "what"),
    [
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'ha'>]><Invoice>&b;</Invoice>", "damaged"),
        (b"<?xml version='1.0'?><Invoice>", "damaged"),
        (b"<?xml version='1.0'?><Invoice>" + b" " * (6 << 20), "too_large"),
    ],
)
def test_xml_that_is_damaged_dangerous_or_too_large_is_said_to_be(papers: PaperReader, xml: bytes, what: str) -> None:
    with pytest.raises(PaperTrouble) as caught:
        embedded_reader(papers)(xml)
    assert caught.value.what == what
