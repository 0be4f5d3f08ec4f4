"""Whatever a file is called, its name can be shown and kept."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcare.domain.intake import shown_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Facture été.pdf", "Facture été.pdf"),
        ("a\ud800.pdf", "a\ufffd.pdf"),
        ("a\udfff\udc00.pdf", "a\ufffd\ufffd.pdf"),
        ("\udcc3\udca9t\udcc3\udca9.pdf", "été.pdf"),
        ("evil\u202efdp.exe\n", "evil\ufffdfdp.exe\ufffd"),
    ],
    ids=ascii,
)
def test_it_is_shown_so(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@given(st.text(st.characters(), max_size=30))
def test_any_name_can_be_kept(name: str) -> None:
    shown = shown_name(name)
    assert shown.encode().decode() == shown
    assert not [sign for sign in shown if unicodedata.category(sign).startswith("C")]
