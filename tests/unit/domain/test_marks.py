"""No letter carries a tower of accents, and no text that anybody writes is changed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcare.domain.marks import MOST_MARKS, few_marks

WRITTEN = [
    "plain", "Zoë Müller-Łukasz, 12 rue de l’Église", "Việt Nam " * 50, unicodedata.normalize("NFD", "Việt ệ ǖ"),
    "שְׁלוֹם", "السَّلَامُ عَلَيْكُمْ", "สวัสดีครับผู้ใช้", "བསྒྲུབས", "👩\u200d👩\u200d👧\u200d👦" * 9,
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
]  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN, ids=ascii)
def test_what_people_write_stays(text: str) -> None:
    assert few_marks(text) == text


@pytest.mark.parametrize("mark", ["\u0301", "\u200d", "\ufe0f", "\u0334", "\u0488", "\u093e", "\U000e0100"])
def test_a_tower_is_cut(mark: str) -> None:
    assert few_marks(f"a{mark * 8000}b{mark}") == f"a{mark * MOST_MARKS}b{mark}"


def test_joiners_do_not_begin_a_tower_anew() -> None:
    assert len(few_marks("a" + ("\u0301" * 7 + "\u200d") * 1000)) == 1 + MOST_MARKS


@given(st.text(st.sampled_from("aé\u0301\u200d\u0334\u4e00\u00ad "), max_size=60))
def test_never_more_than_a_few_on_one_letter(text: str) -> None:
    found = few_marks(text)
    run = 0
    for sign in found:
        run = run + 1 if unicodedata.category(sign) in {"Mn", "Me", "Mc", "Cf"} else 0
        assert run <= MOST_MARKS
    assert few_marks(found) == found
