"""Tables and pages of the pack: no text of an operator's is a formula or markup, and every text can be got back."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcare.domain.money import Money
from selfcare.viewmodel.farewell_csv import Sheet, csv_row, guarded, pair, sheet_parts, unguarded
from selfcare.viewmodel.farewell_html import Entry, Html, Table, entry, escaped, head, link, table
from tests.pack_reading import Page

HOSTILE = '<script>alert(1)</script><img src="http://evil.example/x" onerror=alert(1)>&amp;\u202e'


def read_back(row: bytes) -> list[str]:
    found = list(csv.reader(io.StringIO(row.decode(), newline=""), strict=True))
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+44 20",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "＝1",
        "'=1",
        "\u200b=1",
        "\u2060\u061c=1",
        "\u3000=1",
        "\u00ad=1",
        '=HYPERLINK("http://x","y")',
    ],
)
def test_what_looks_like_a_formula_is_guarded(text: str) -> None:
    (cell,) = read_back(csv_row([text]))
    assert cell[0] == "'"
    assert unguarded(cell) == text


@pytest.mark.parametrize("text", ["\u200b=1", "\u2060\u061c=1", "\u3000=1", "\u00ad=1"])
def test_what_nobody_sees_hides_no_formula(text: str) -> None:
    assert read_back(csv_row([text])) == [f"'{text}"]


@pytest.mark.parametrize(
    "text",
    [
        "=N8;=1+1",
        "abc;=HYPERLINK(1)",
        "a; -1",
        "a\t=1+1",
        "a\n=1",
        "a\r\n @x",
        'x";"=1',
        "a;\ufeff=1",
        ";=1;+2",
        "b;'=1",
    ],
)
def test_no_part_of_a_text_is_a_formula_where_cells_are_parted_there(text: str) -> None:
    row = csv_row([1, text, Decimal(-2)]).decode()
    for sign in ";\t\n\r":
        for cell in row.split(sign)[1:]:
            assert cell.lstrip(' \ufeff"')[:1] not in set("=+-@"), (sign, cell)
    (_, cell, _) = read_back(row.encode())
    assert unguarded(cell) == text


def test_every_text_is_quoted() -> None:
    assert csv_row(["a;b", "c", ""]) == b'"a;b","c",\r\n'


@pytest.mark.parametrize("text", ["447100031", "a=b", "1-2", "", "Ünïted", "two\nlines", 'a "quoted", word'])
def test_what_does_not_stays_as_it_is(text: str) -> None:
    assert read_back(csv_row([text, "x"])) == [text, "x"]


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40))
def test_every_text_can_be_got_back(text: str) -> None:
    cell = read_back(csv_row([text, "x"]))[0]
    assert unguarded(cell) == text
    assert guarded(text) == cell


def test_figures_days_and_instants_are_written_plainly() -> None:
    row = csv_row([*pair(Money(Decimal("-12.50"), "GBP")), *pair(None), Decimal("1E+3"), date(2026, 11, 21), None, 3])
    assert row == b'-12.50,"GBP",,,1000,2026-11-21,,3\r\n'
    assert csv_row([datetime(2026, 11, 21, 10, 50, tzinfo=UTC)]) == b"2026-11-21T10:50:00+00:00\r\n"


def test_an_unknown_currency_is_no_way_in() -> None:
    assert read_back(csv_row(pair(Money(Decimal(1), "=cmd"))))[1] == "'=cmd"


def test_a_table_starts_with_its_mark_and_its_columns() -> None:
    parts = list(sheet_parts(Sheet("csv/x.csv", ("a", "b"), iter([("1", "2"), ("3", "4")]))))
    assert parts == [b"\xef\xbb\xbfa,b\r\n", b'"1","2"\r\n', b'"3","4"\r\n']


def test_hostile_text_stays_text_on_a_page() -> None:
    made = entry(
        Entry(
            HOSTILE,
            ((HOSTILE, HOSTILE),),
            HOSTILE,
            (Table(HOSTILE, (HOSTILE, HOSTILE), [(HOSTILE, HOSTILE)], fold=HOSTILE),),
            (("pdf/a b & c#1?.pdf", HOSTILE),),
        ),
        "../",
    )
    page = Page(head(HOSTILE, "en") + made + "</main></body></html>")
    assert not {"script", "img"} & set(page.tags)
    assert page.words.count("<script>alert(1)</script>") == 12
    assert page.links == ["../pdf/a%20b%20%26%20c%231%3F.pdf"]
    assert "\u202e" not in made


def test_only_a_piece_of_a_page_is_not_escaped_again() -> None:
    assert escaped("<b>") == "&lt;b&gt;"
    assert escaped(Html("<b>")) == "<b>"
    cells = table(Table("t", ("a", "b"), [("x", link("csv/a.csv", "<a>"))]))
    assert '<td><a href="csv/a.csv">&lt;a&gt;</a></td>' in cells


def test_facts_that_are_not_stated_are_left_out() -> None:
    made = entry(Entry("t", (("Known", "1"), ("Unknown", ""))), "")
    assert "Known" in made
    assert "Unknown" not in made
