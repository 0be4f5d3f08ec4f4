"""Words and amounts on a page, as people type them."""

from __future__ import annotations

import pytest

from selfcare.paper.finding import places_of

TEXT = "Total\r\nITINÉRANCE hors UE : 45\u202f923,61 €, oﬃce l’eau £1,234.56 12 5,00"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("itinerance", "ITINÉRANCE"),
        ("itinérance  hors", "ITINÉRANCE hors"),
        ("total itin", "Total\r\nITIN"),
        ("45 923,61", "45\u202f923,61"),
        ("45923", "45\u202f923"),
        ("45 9", "45\u202f9"),
        ("office", "oﬃce"),
        ("l'eau", "l’eau"),
        ("1234.56", "1,234.56"),
        ("1,234", "1,234"),
        ("1 234", "1,234"),
        ("12 5", "12 5"),
        ("125", ""),
        ("  ", ""),
        ("923,61", "923,61"),
    ],
)
def test_a_place_is_found_with_all_its_signs(typed: str, found: str) -> None:
    assert [TEXT[start : start + count] for start, count in places_of(TEXT, typed, 9)] == ([found] if found else [])


def test_no_more_places_than_asked_for() -> None:
    assert places_of("aAá" * 5, "a", 4) == [(0, 1), (1, 1), (2, 1), (3, 1)]
