"""Tables as CSV that spreadsheets open and that cannot make one calculate: no text of an operator's is a formula."""

from __future__ import annotations

import re
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
_UNSEEN = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
_BLANKS = ' \u00a0\ufeff"\u3000' + _UNSEEN
"""What a spreadsheet may drop before it looks, or does not show: a quotation mark too, where a part of a text becomes
a cell."""
_PARTS = re.compile("([;\t\r\n])")
"""Where a spreadsheet may begin another cell inside of a text: in French or German it parts cells at semicolons."""


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
    return (",".join([_written(cell) for cell in cells]) + "\r\n").encode("utf-8", "replace")


def guarded(text: str) -> str:
    """A text that no spreadsheet calculates, wherever it parts cells: each part that starts like a formula gets an
    apostrophe before it."""
    text = text.replace("\0", "\ufffd")
    if not text.strip():
        return text
    if not _PARTS.search(text):
        return _guarded_part(text)
    first, *rest = _PARTS.split(text)
    starts_anew = not first.strip(_BLANKS) and rest[0] != ";"
    first = f"'{first}" if starts_anew else _guarded_part(first)
    return first + "".join(map(_guarded_part, rest))


def _guarded_part(part: str) -> str:
    return f"'{part}" if part.lstrip(_BLANKS)[:1] in _STARTS and part.strip() else part


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return "".join(part.removeprefix("'") for part in _PARTS.split(text))


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
        return '"' + guarded(cell).replace('"', '""') + '"' if cell else ""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
