"""Names of files: whatever an operator writes, every computer takes the name and it stays in its folder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcare.viewmodel.farewell_names import FileNames, safe_name
from tests.pack_reading import check_name


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("2026-11-25 447100031", "2026-11-25 447100031.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ("..\\..\\Windows\\win.ini", "Windows win.ini.pdf"),
        ("C:\\autoexec", "C autoexec.pdf"),
        ("CON", "_CON.pdf"),
        ("nul.txt", "_nul.txt.pdf"),
        ("Com¹", "_Com¹.pdf"),
        ("conform", "conform.pdf"),
        ("", "paper.pdf"),
        (" .. ", "paper.pdf"),
        (".hidden", "hidden.pdf"),
        ("-rf", "rf.pdf"),
        ("bill\u202efdp.exe", "billfdp.exe.pdf"),
        ("a\x00b\nc\td", "ab c d.pdf"),
        ("Facture n° 12 / été", "Facture n° 12 été.pdf"),
    ],
)
def test_a_name_says_what_it_is_and_plays_no_trick(wanted: str, name: str) -> None:
    assert safe_name(wanted, ".pdf") == name


@given(st.text(max_size=300))
def test_every_text_becomes_a_name_that_windows_takes(wanted: str) -> None:
    check_name(safe_name(wanted, ".pdf"))
    check_name(safe_name(wanted))


@pytest.mark.parametrize("letter", ["x", "é", "字", "😀"])
def test_a_long_name_is_cut_also_where_letters_are_large(letter: str) -> None:
    name = safe_name(letter * 500, ".pdf")
    check_name(name)
    assert name.startswith(letter * 50)
    assert name.endswith(".pdf")


@given(st.lists(st.sampled_from(["a", "A", "Á", "A\u0301", "a?", "x" * 200, "x" * 201]), max_size=12))
def test_none_is_given_out_twice_where_capitals_do_not_count(wanted: list[str]) -> None:
    names = FileNames()
    given_out = [names.give(one, ".pdf") for one in wanted]
    assert len({name.casefold() for name in given_out}) == len(wanted)
    for name in given_out:
        check_name(name)


def test_the_same_papers_in_the_same_order_have_the_same_names() -> None:
    wanted = ["1", "1", "2", "1"]
    first, second = FileNames(), FileNames()
    assert [first.give(w, ".pdf") for w in wanted] == ["1.pdf", "1 (2).pdf", "2.pdf", "1 (3).pdf"]
    assert [second.give(w, ".pdf") for w in wanted] == ["1.pdf", "1 (2).pdf", "2.pdf", "1 (3).pdf"]
