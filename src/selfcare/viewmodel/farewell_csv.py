"""Tables as CSV that spreadsheets open and that cannot make one calculate: no text of an operator's is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from selfcare.domain.money import Money
from selfcare.domain.records import Struct

Cell = str | Decimal | int | date | datetime | None
"""What may stand in a cell: text is guarded; figures, days and instants are written by us and need no guard."""

_BOM = "\ufeff"
_STARTS = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20'")
"""What a spreadsheet takes for the start of a formula, also in full width; the guard itself too, so that it can be
taken off again."""


class Sheet(Struct, frozen=True):
    """One table: the name of its file, of its columns, and its rows, which may be any number."""

    path: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]


def sheet_parts(sheet: Sheet) -> Iterator[bytes]:
    """The table as CSV (RFC 4180, UTF-8 with a byte order mark), one row after the other."""
    yield f"{_BOM}{','.join(sheet.columns)}\r\n".encode()
    for row in sheet.rows:
        yield csv_row(row)


def csv_row(cells: Iterable[Cell]) -> bytes:
    """One row, with its end."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([_written(cell) for cell in cells])
    return line.getvalue().encode("utf-8", "replace")


def guarded(text: str) -> str:
    """A text that no spreadsheet calculates: one that starts like a formula gets an apostrophe before it."""
    text = text.replace("\0", "\ufffd")
    return f"'{text}" if text.lstrip(" \u00a0\ufeff")[:1] in _STARTS and text.strip() else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text.removeprefix("'")


def pair(amount: Money | None) -> tuple[Decimal | None, str]:
    """An amount as its figure and its currency; both empty where it is not stated."""
    return (None, "") if amount is None else (amount.value, amount.unit)


def yes_no(fact: bool | None) -> str:
    """A fact; empty where it is not stated."""
    return "" if fact is None else "yes" if fact else "no"


def listed(texts: Iterable[str]) -> str:
    """Several words in one cell."""
    return "; ".join(texts)


def _written(cell: Cell) -> str:
    if isinstance(cell, str):
        return guarded(cell)
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
