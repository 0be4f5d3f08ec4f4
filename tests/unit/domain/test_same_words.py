"""What an operator makes of the customer's words is still known as them; other words are not."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from selfcare.domain.same_words import says_the_same

TEXT = "I don't agree, café & bar.\nThe  box was sent back on Monday, and I was still charged for it."


@pytest.mark.parametrize(
    "kept",
    [
        TEXT,
        f" {TEXT}\n",
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", " ").replace("  ", " "),
        TEXT.replace("&", "&amp;").replace("'", "&#39;"),
        normalize("NFD", TEXT),
        TEXT[:40],
        f"{TEXT[:40]}…",
        f"{TEXT[:40]}...",
    ],
)
def test_words_are_known_again_however_they_are_kept(kept: str) -> None:
    assert says_the_same(TEXT, kept)


@pytest.mark.parametrize("other", ["", " ", "I don't agree", TEXT.replace("café", "tea"), f"{TEXT} Please."])
def test_other_words_are_other_words(other: str) -> None:
    assert not says_the_same(TEXT, other)


def test_nothing_is_nothing() -> None:
    assert says_the_same("", " ")
