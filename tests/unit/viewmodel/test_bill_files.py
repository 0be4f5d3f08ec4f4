"""The name under which a bill's PDF is saved is the one that it has in an archive."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from selfcare.domain.bills import Bill, BillState, PaperRef
from selfcare.i18n import load_words
from selfcare.viewmodel.bill_files import saved_names

LOCALE = Path(__file__).parents[3] / "resources" / "locale"
W = load_words("en", LOCALE)


def bill(number: str, day: date | None, *papers: str) -> Bill:
    refs = tuple(PaperRef(one, f"Mrs Example {one}.pdf", "application/pdf") for one in papers)
    return Bill("B1", number, day, None, None, None, BillState.SENT, papers=refs)


@pytest.mark.parametrize(
    ("number", "day", "operator", "expected"),
    [
        ("780123456", date(2026, 11, 3), "Norvane", "2026-11-03 Norvane bill 780123456.pdf"),
        ("780123456", date(2026, 11, 3), "Belmer", "2026-11-03 Belmer bill 780123456.pdf"),
        ("780123456", date(2026, 11, 3), "", "2026-11-03 bill 780123456.pdf"),
        ("F-12.pdf", None, "Norvane", "Norvane bill F-12.pdf"),
        ("../../x:780<1>", None, "Nor/vane", "Nor vane bill .. .. x 780 1.pdf"),
    ],
)
def test_a_saved_pdf_is_called_by_day_operator_and_number(
    number: str, day: date | None, operator: str, expected: str
) -> None:
    assert saved_names(bill(number, day, "D1"), operator, W) == {"D1": expected}


def test_two_pdfs_of_a_bill_have_two_names_and_nothing_of_what_their_files_were_called() -> None:
    found = saved_names(bill("7", date(2026, 11, 3), "D1", "D2"), "Norvane", W)
    assert list(found.values()) == ["2026-11-03 Norvane bill 7.pdf", "2026-11-03 Norvane bill 7 (2).pdf"]


def test_french_says_it_in_french() -> None:
    found = saved_names(bill("7", date(2026, 11, 3), "D1"), "Norvane", load_words("fr", LOCALE))
    assert found["D1"] == "2026-11-03 Norvane facture 7.pdf"
