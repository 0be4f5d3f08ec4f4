"""Totals that are printed: that of something else accuses no bill, and two that do not agree are not read as one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from selfcare.billing.against_print import Compared, Stated, against_print
from selfcare.billing.findings import Fault
from selfcare.paper.bill_words import read_words


def printed(text: str, gross: str) -> Compared:
    return against_print(Stated(Decimal(gross), None, "EUR"), text)


@pytest.mark.parametrize(
    "text",
    [
        "Montant total de vos remises depuis la souscription : 500,00 €\nNet à payer 38,31 €",
        "Montant total restant dû sur votre mobile : 480,00 €\nMontant prélevé : 38,31 €",
        "Total amount saved with us since 2020: EUR 500.00\nTotal due EUR 38.31",
        "Total amount paid in 2026: EUR 420.00\nTotal due EUR 38.31",
        "Total TTC hors remise 51,99 €\nRemise 13,68 €\nNet à payer 38,31 €",
    ],
)
def test_the_total_of_something_else_accuses_no_bill(text: str) -> None:
    found = printed(text, "38.31")
    assert (found.findings, found.is_compared) == ((), True)
    (one,) = printed(text.replace("38,31", "138,31").replace("38.31", "138.31"), "38.31").findings
    assert one.computed in (Decimal("138.31"), Decimal("51.99"))


@pytest.mark.parametrize(
    "text", ["Montant prélevé le 15/11/2026 : 138,31 €", "Your total bill EUR 138.31", "Somme due : 138,31 €"]
)
def test_other_words_for_what_is_to_be_paid_contradict_as_well(text: str) -> None:
    assert [one.fault for one in printed(text, "38.31").findings] == [Fault.PRINTED]


@pytest.mark.parametrize("text", ["Total TTC 28,31 €\ndont option 38,31 €", "Dont 38,31 €\nGrand total: EUR 28.31"])
def test_the_only_total_of_a_paper_is_doubted_where_it_is_another(text: str) -> None:
    found = printed(text, "38.31")
    assert (found.findings, found.is_compared) == ((), False)
    assert found.doubt is not None
    assert (found.doubt.stated, found.doubt.computed) == (Decimal("38.31"), Decimal("28.31"))


@pytest.mark.parametrize(
    "text",
    [
        "Total TTC 20,00 €\nTotal TTC 18,31 €\nMontant de la facture 38,31 €",
        "Total TTC abonnement 28,31 €\nFacture 38,31 €",
        "Sous-total TTC 28,31 €\nFacture 38,31 €",
        "Ligne 0612345678 Total TTC 28,31 €\nFacture 38,31 €",
        "Total TTC 28,31 €\nNet à payer 38,31 €",
        "Total TTC 38,31 €\ndont option 28,31 €",
        "Facture 38,31 €",
    ],
)
def test_the_total_of_a_part_is_no_reason_for_doubt(text: str) -> None:
    found = printed(text, "38.31")
    assert (found.findings, found.doubt) == ((), None)


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("Total HT  TVA 20 %  Total TTC\n34,99 €  7,00 €  41,99 €", None),
        ("Total TTC (dont TVA 7,00 €) : 41,99 €", "41.99"),
        ("Previous bill: total amount due £99.00\nTotal amount due £41.99", None),
        ("Line 1 total incl VAT £10.00\nLine 2 total incl VAT £10.00\nTotal incl. VAT £20.00", None),
        ("Total TTC hors remise 51,99 €\nRemise 10,00 €\nTotal TTC 41,99 €", None),
        ("Total charges this month £41.99\nTotal amount due £141.99\nOverdue amount £100.00", None),
        ("Previous balance £0.00\nTotal amount due £41.99", "41.99"),
        ("Rechnungsbetrag 41,99- €", "-41.99"),
        ("Total TTC 41,99 €\nRappel : Total TTC 41,99 €", "41.99"),
    ],
)
def test_a_total_is_read_where_all_places_agree(text: str, total: str | None) -> None:
    found = read_words(text, "EUR").total
    assert (found.value if found is not None else None) == (Decimal(total) if total is not None else None)


@pytest.mark.parametrize(
    "text",
    [
        "Date de facture : mardi 3 novembre 2026",
        "Date de facture\nMardi 03/11/2026",
        "Invoice date: Tuesday 3 November 2026",
        "Invoice date: Tuesday, 3 November 2026",
        "Rechnungsdatum: Dienstag, 3. November 2026",
    ],
)
def test_a_weekday_before_the_day_hides_it_not(text: str) -> None:
    assert read_words(text, "EUR").day == date(2026, 11, 3)


def test_words_before_a_day_that_are_no_weekday_make_it_another_day() -> None:
    assert read_words("Date de facture : voir le courrier du 3 novembre 2026", "EUR").day is None
