"""A word with ß is found in a PDF as it is written there, and as people without that key write it."""

from __future__ import annotations

import pytest

from selfcare.store.paper_words import words_of
from selfcare.store.search import match_of


@pytest.mark.parametrize("typed", ["Großkunde", "großkunde", "GROSSKUNDE", "grosskunde", "Weißstraße", "weißstr"])
def test_what_stands_on_the_paper_is_asked_for(typed: str) -> None:
    import apsw

    database = apsw.Connection(":memory:")
    database.execute("CREATE VIRTUAL TABLE search USING fts5(text, tokenize='unicode61 remove_diacritics 2')")
    database.execute("INSERT INTO search VALUES (?)", (words_of("Großkunde, Weißstraße 5"),))
    database.execute("INSERT INTO search VALUES (?)", ("Großkunde Weißstraße",))
    found = [row[0] for row in database.execute("SELECT rowid FROM search WHERE search MATCH ?", (match_of(typed),))]
    assert found == ([1, 2] if "ß" in typed else [1])


def test_other_words_are_asked_for_as_before() -> None:
    assert match_of("Élan 45,20") == '"Élan"* AND ("45d20"*)'
