"""Number, day and total from the words of a bill; what stands behind no known label is not found."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from selfcare.domain.money import Money
from selfcare.paper.bill_words import read_words
from selfcare.paper.reader import PaperReader
from selfcare.paper.written_days import written_days

SHARED = Path(__file__).parents[4] / "shared" / "data" / "einvoices"

FRENCH = """Votre facture n° 00123456789 du 5 mars 2024
Date d’échéance 20/03/2024
Montant total de votre facture
45 923,61 €"""
BRITISH = "Invoice number: INV/2024-0012\nInvoice date 4th March 2024\nVAT 20% £2.00\nTotal amount due £1,012.00"
AMERICAN = "Bill No. 77-12345\nBill date: 11/03/2026\nPay by 11/24/2026\nTotal due $85.10"
GERMAN = "Rechnungsnummer 4711-22\nRechnungsdatum 05.03.2024\nGesamtbetrag 1.234,56 EUR"
CREDIT = "Bill 447100027 · 3 Aug 2026\nTotal to pay\nNothing is to be paid.\n−£14.48"


@pytest.mark.parametrize(
    ("text", "number", "day", "due", "total"),
    [
        (FRENCH, "00123456789", date(2024, 3, 5), date(2024, 3, 20), Money(Decimal("45923.61"), "EUR")),
        (BRITISH, "INV/2024-0012", date(2024, 3, 4), None, Money(Decimal("1012.00"), "GBP")),
        (AMERICAN, "77-12345", date(2026, 11, 3), date(2026, 11, 24), Money(Decimal("85.10"), "USD")),
        (GERMAN, "4711-22", date(2024, 3, 5), None, Money(Decimal("1234.56"), "EUR")),
        (CREDIT, "447100027", date(2026, 8, 3), None, Money(Decimal("-14.48"), "GBP")),
    ],
    ids=["fr", "gb", "us", "de", "credit"],
)
def test_what_operators_print(text: str, number: str, day: date, due: date | None, total: Money) -> None:
    found = read_words(text)
    assert (found.number, found.day, found.due, found.total) == (number, day, due, total)
    assert found.is_whole


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Order 12345678, call 0800 123456, 12.50",
        "N° DE FACTURE ASSOCIÉE : ...\nDATE DE FACTURE ASSOCIÉE : 01/01/2026",
        "Bemerkung Rechnung gemäß Bestellung vom 01.03.2018.",
        "Total HT 624,90 €\nTotal VAT 12.00",
        "Invoice date 31/02/2024\nDue date 04/03/2024",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    found = read_words(text)
    assert (found.number, found.day, found.total) == ("", None, None)


def test_an_amount_without_a_currency_takes_the_accounts_own() -> None:
    assert read_words("Total TTC 12,00").total is None
    assert read_words("Total TTC 12,00", "EUR").total == Money(Decimal("12.00"), "EUR")
    assert read_words("Total TTC 12,00\n3 £ 4 €", "EUR").total is None, "two currencies: nobody knows which"


def test_the_total_with_taxes_goes_before_what_is_still_to_be_paid() -> None:
    text = "Total HT 624,90 €\nTaxes 46,25 €\nTotal TTC 671,15 €\nSolde à payer 470,15 €\nNet à payer 470,15 €"
    assert read_words(text).total == Money(Decimal("671.15"), "EUR")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Votre facture n° 123 456 789 01\ndu 3 novembre 2025", "123 456 789 01"),
        ("Facture n° 2024\u00a00123", "2024 0123"),
        ("Facture n° 123 456 789 03 novembre 2025", "123 456 789"),
        ("Facture n° 4711 10 rue de la Paix", "4711"),
        ("Facture n° 7801 2345 45,00 €", "7801 2345"),
        ("N° de facture 12345678 75 001 Paris", "12345678"),
    ],
)
def test_a_number_may_be_written_in_groups(text: str, number: str) -> None:
    assert read_words(text).number == number


@pytest.mark.parametrize(
    ("text", "number", "total"),
    [
        ("SFR\nAvoir n° 7800123\nDate d'émission : 05/11/2025\nTotal TTC 20,00 €", "7800123", "-20.00"),
        ("FACTURE D’AVOIR\nFacture n° 7800124\nNet en votre faveur 20,00 €", "7800124", "-20.00"),
        ("BT\nCredit note\nInvoice number 7800125\nTotal credit £20.00", "7800125", "-20.00"),
        ("Credit note number CN-0077\nfor invoice number 7800125\nTotal credit -£20.00", "CN-0077", "-20.00"),
        ("Gutschrift Nr. 7788\nGutschriftsbetrag 1.234,56 €", "7788", "-1234.56"),
        ("Facture n° 780012\nSolde en votre faveur 5,00 €", "780012", "-5.00"),
        ("Invoice number 780012\nCredit note 4471 -£5.00\nTotal due £20.00", "780012", "20.00"),
        ("Facture n° 780012\nAvoir un conseil : 3900\nMontant remboursé 5,00 €\nTotal 20,00 €", "780012", "20.00"),
    ],
)
def test_a_credit_note_is_in_the_customers_favour(text: str, number: str, total: str) -> None:
    found = read_words(text)
    assert (found.number, found.total and str(found.total.value)) == (number, total)


def test_an_absurd_total_is_none() -> None:
    assert read_words("Total due £999,999,999.99").total == Money(Decimal("999999999.99"), "GBP")
    assert read_words("Total due £1,234,567,890.12").total is None


def test_a_day_that_machines_write_counts_behind_its_label_only() -> None:
    assert read_words("Facture N° 20260815\nDate : 20260815").day == date(2026, 8, 15)
    assert read_words("Facture N° 20260815").number == "20260815"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2026-11-03", [date(2026, 11, 3)]),
        ("3/11/26 and 03.11.2026", [date(2026, 11, 3)] * 2),
        ("3 novembre 2026, 3 Nov. 2026, November 3rd, 2026, 3. November 2026", [date(2026, 11, 3)] * 4),
        ("1er août 2025, 2 de mayo de 2025", [date(2025, 8, 1), date(2025, 5, 2)]),
        ("13/25/2024 99/99/2024 2024-02-30 1 May 1066", []),
        ("11/24/2026", [date(2026, 11, 24)]),
    ],
)
def test_days(text: str, days: list[date]) -> None:
    assert [one.day for one in written_days(text)] == days


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample invoices are not here")
def test_printed_e_invoices() -> None:
    reader = PaperReader(limit=60)
    try:
        said = {}
        for path in sorted(SHARED.glob("*.pdf")):
            found = read_words(reader.text(path.read_bytes()), "EUR")
            said[path.stem] = (found.number, found.day, found.total.value if found.total is not None else None)
    finally:
        reader.close()
    assert said["Facture_FR_BASICWL"] == ("FA-2017-0010", date(2017, 11, 13), Decimal("671.15"))
    assert said["EN16931_Einfach_fx"] == ("471102", date(2018, 3, 5), Decimal("529.87"))
    assert said["MINIMUM_Rechnung_fx"] == ("471102", date(2020, 3, 5), Decimal("235.62"))
    assert said["invoice_EN16931"][:2] == ("", None), "its number stands apart from its label"
