"""What a PDF says of its bill, in words: every finding has a sentence in both languages, errors with two numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from selfcare.billing.findings import Fault
from selfcare.domain.bills import FILED, Tax
from selfcare.domain.einvoices import EInvoice, FoundInvoice, InvoiceLine, Slip, TaxShare
from selfcare.domain.failures import PaperTrouble
from selfcare.domain.records import replace
from selfcare.viewmodel.bill_paper import paper_rows
from selfcare.viewmodel.tax_names import tax_name
from tests import samples
from tests.samples import gbp, words

BILL = replace(samples.bills()[0], total=gbp("120.00"), remaining=None)
GOOD = EInvoice(
    "CII",
    "urn:factur-x.eu:1p0:basicwl",
    BILL.number,
    "380",
    BILL.day,
    "GBP",
    "Orvane",
    "Claire Martin",
    taxes=(TaxShare(Decimal("100.00"), Decimal("20.00"), Decimal("20"), "S"),),
    line_total=Decimal("100.00"),
    net=Decimal("100.00"),
    tax=Decimal("20.00"),
    gross=Decimal("120.00"),
    due=Decimal("120.00"),
)
CASES: dict[Fault, FoundInvoice] = {
    Fault.UNREADABLE: FoundInvoice("factur-x.xml", None, "broken"),
    Fault.FORBIDDEN: FoundInvoice("factur-x.xml", None, "forbidden"),
    Fault.TOO_LARGE: FoundInvoice("factur-x.xml", None, "too_large"),
    Fault.FOREIGN: FoundInvoice("factur-x.xml", None, "foreign"),
    Fault.NAME: FoundInvoice("facture.xml", GOOD),
    Fault.MISSING: FoundInvoice("", replace(GOOD, seller="")),
    Fault.FORM: FoundInvoice("", replace(GOOD, slips=(Slip("LineTotalAmount", "2400,00", "1"),))),
    Fault.DECIMALS: FoundInvoice("", replace(GOOD, prepaid=Decimal("0.000"))),
    Fault.ROUNDING: FoundInvoice("", replace(GOOD, line_total=Decimal("100.01"))),
    Fault.SUM: FoundInvoice("", replace(GOOD, due=Decimal("100.00"))),
    Fault.OPERATOR: FoundInvoice("", replace(GOOD, unit="EUR")),
    Fault.OTHER_BILL: FoundInvoice("", replace(GOOD, number="999999", day=samples.TODAY)),
}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("fault", CASES)
def test_every_finding_has_its_sentence(fault: Fault, language: str) -> None:
    rows = paper_rows(BILL, CASES[fault], "", words(language))
    assert len(rows) >= 1
    first = rows[0]
    assert first.text
    assert "{" not in first.text
    assert first.kind == ("bad" if fault in (Fault.SUM, Fault.OPERATOR) else "warn")


def test_all_faults_are_tried() -> None:
    assert set(CASES) | {Fault.PRINTED, Fault.HIDDEN} == set(Fault)


def test_what_only_hidden_decimals_of_a_price_explain_is_not_called_right() -> None:
    line = InvoiceLine("1", "Calls", Decimal("100.00"), Decimal(8000), Decimal("0.01"), None, Decimal(20), "S")
    (row, *others) = paper_rows(BILL, FoundInvoice("factur-x.xml", replace(GOOD, lines=(line,))), None, words())
    assert others == []
    assert (row.tag, row.kind) == ("not certain", "neutral")
    assert "it says £100.00, quantity and price make £80.00." in row.text


def test_an_e_invoice_that_agrees_is_called_right() -> None:
    (row,) = paper_rows(BILL, FoundInvoice("factur-x.xml", GOOD), "Total due £120.00", words())
    assert (row.text, row.kind) == ("The e-invoice in the PDF (BASIC WL) adds up and says the same.", "good")


def test_an_e_invoice_that_contradicts_its_pdf_is_named_with_both_numbers() -> None:
    (row,) = paper_rows(BILL, FoundInvoice("factur-x.xml", GOOD), "Total due £125.00", words())
    assert (row.text, row.kind) == ("The data says £120.00; printed on the PDF is £125.00 (“Total due”).", "bad")


def own(found: EInvoice, text: str | None, language: str = "en") -> list[tuple[str, str]]:
    """What is said of a bill of an archive, whose data are those of the e-invoice itself."""
    rows = paper_rows(replace(BILL, state_word=FILED), FoundInvoice("factur-x.xml", found), text, words(language))
    return [(row.text, row.kind) for row in rows]


def test_only_what_was_compared_is_said_to_be_the_same() -> None:
    nothing = "The e-invoice in the PDF (BASIC WL) adds up. No printed total was found to compare it with."
    assert own(GOOD, "Dear customer, see page 2") == [(nothing, "neutral")]
    same = "La facture électronique du PDF (BASIC WL) est exacte et indique la même chose."
    assert own(GOOD, "Total TTC 120,00 £", "fr") == [(same, "good")]
    assert [kind for _, kind in own(GOOD, "Total HT 120,00 / Total TTC 144,00", "fr")] == ["bad"]


def test_two_currencies_of_data_and_paper_are_said() -> None:
    said = "The data and the total printed on the PDF are in two currencies: GBP / EUR."
    assert own(GOOD, "Total due 120.00 EUR") == [(said, "bad")]


def test_an_e_invoice_without_a_pdf_is_judged_alone() -> None:
    assert own(GOOD, None) == [("The e-invoice (BASIC WL) adds up.", "good")]
    wrong = replace(GOOD, due=Decimal("125.00"))
    assert own(wrong, None)[0][1] == "bad"
    rounded = replace(GOOD, line_total=Decimal("100.01"))
    assert own(rounded, None)[-1] == ("The e-invoice (BASIC WL) adds up, but for roundings.", "good")


def test_no_field_is_called_by_its_number() -> None:
    missing = replace(GOOD, guideline="urn:cen.eu:en16931:2017")
    texts = [text for text, _ in own(missing, None)]
    assert texts[0] == "E-invoice, list of the lines: it is missing (BR-16)."


def test_two_numbers_of_a_wrong_sum() -> None:
    texts = [row.text for row in paper_rows(BILL, CASES[Fault.SUM], "", words())]
    assert texts[0] == "E-invoice, amount to pay: it says £100.00, the sum is £120.00 (BR-CO-16)."


@pytest.mark.parametrize("what", ["not_pdf", "encrypted", "damaged", "too_slow", "too_large", "crashed"])
def test_a_pdf_that_cannot_be_read_is_not_checked_and_says_so(what: str) -> None:
    (row,) = paper_rows(BILL, None, "", words(), PaperTrouble(what))
    assert (row.tag, row.kind) == ("not checked", "neutral")


@pytest.mark.parametrize(
    ("category", "rate", "english", "french"),
    [
        ("S", "20", "VAT 20 %", "TVA 20\u00a0%"),
        ("S", "5.5", "VAT 5.5 %", "TVA 5,5\u00a0%"),
        ("Z", "0", "VAT 0 %", "TVA 0\u00a0%"),
        ("S", None, "VAT", "TVA"),
        ("E", "0", "Free of VAT", "Exonéré de TVA"),
        ("AE", "0", "VAT, owed by the customer", "TVA due par le client"),
        ("Federal fee", "3", "Federal fee", "Federal fee"),
        ("", None, "Tax", "Taxes"),
    ],
)
def test_a_tax_has_a_name_and_no_code(category: str, rate: str | None, english: str, french: str) -> None:
    tax = Tax(category, gbp("1.00"), Decimal(rate) if rate is not None else None)
    assert (tax_name(tax, words()), tax_name(tax, words("fr"))) == (english, french)


@pytest.mark.parametrize("found", [FoundInvoice("factur-x.xml", GOOD), None])
def test_the_only_total_that_is_printed_and_is_another_is_said_and_nothing_called_right(
    found: FoundInvoice | None,
) -> None:
    text = f"Invoice {BILL.number}\nGrand total: £99.00\nof which roaming £120.00"
    (row,) = paper_rows(BILL, found, text, words())
    assert (row.tag, row.kind) == ("not certain", "neutral")
    assert "£120.00" in row.text
    assert "“Grand total” it has £99.00" in row.text
