"""Finds bills while the customer types: by number, by a word, or by an amount in any of the ways people write one.

Amounts are indexed as one word, 45923.61 as "45923d61", so that what is typed finds it from its first digit on; the
months of the year likewise, as "2026m10m15".
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from selfcare.domain.records import Struct

from .database import Database, Value
from .documents import NOT_STATED

KIND = "customerBill"
_SPACES = "\u00a0\u202f\u2009 '\u2019"
_GROUPED = re.compile(rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)(?:[.,]\d{{0,2}}(?!\d))?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*[.,]?")
_DAY = re.compile(r"\d{4}-(?:\d|\d{2}(?:-\d{0,2})?)")
_UNITS = r"(?:eur|euros?|gbp|pounds?|livres?|usd|dollars?|chf|cad|aud)"
_UNIT_BEHIND = re.compile(rf"(?<=\d)[{_SPACES}]*{_UNITS}\b", re.IGNORECASE)
_UNIT_BEFORE = re.compile(
    rf"\b{_UNITS}(?:[{_SPACES}]+(?=[-\u2212]?\d)|(?=[-\u2212]?\d[\d.,{_SPACES}]*[.,]\d{{1,2}}\b))", re.IGNORECASE
)
"""A currency in letters beside an amount: no bill is indexed by it."""

_MATCH = "search MATCH ?"
_FEW = 5_000
_SORTS = {"day": "no", "due": "due", "amount": "rank", "number": "number", "state": "state"}


class BillQuery(Struct, frozen=True):
    """What the list of bills shows. `states` are state words, `lines` ids of telephone lines, `sort` is one of day,
    due, amount, number, state."""

    text: str = ""
    states: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    year: int | None = None
    sort: str = "day"
    descending: bool = True
    offset: int = 0
    limit: int = 200
    before: str = ""
    """Only bills that stand before this one in time, by its id."""
    least: int | None = None
    most: int | None = None
    """Amounts from `least` up to, and not with, `most`, in ten-thousandths of their unit."""
    counted: bool = True
    """Whether all that match are counted where more match than are asked for: it can take longer than finding them."""


class BillRow(Struct, frozen=True):
    """One line of the list of bills, from the columns alone: `day` and `due` ISO days, `amount` decimal text, `account`
    the id of the account it is written to."""

    id: str
    number: str
    day: str
    due: str
    amount: str
    unit: str
    state: str
    gone: bool = False
    account: str = ""
    category: str = ""


class BillWindow(Struct, frozen=True):
    """The part of the list that is looked at, and how many bills there are in all; -1 where nobody counted them."""

    rows: tuple[BillRow, ...]
    total: int
    offset: int = 0


@lru_cache(4096)
def first_place(day: str) -> int:
    """The first row number of a day: they grow with the days, so that the newest stand last without any sorting."""
    try:
        return date.fromisoformat(day[:10]).toordinal() << 32
    except ValueError:
        return 0


def index_words(amount: str, day: str, text: str, number_on_bill: str = "") -> str:
    """The words under which a bill is found, besides its number; that is one of them where it is written in parts."""
    words = [text]
    if number_on_bill and not number_on_bill.isalnum():
        words.append("".join(sign for sign in number_on_bill if sign.isalnum()))
    number = amount.lstrip("-+")
    whole, _, part = number.partition(".")
    if whole.isdecimal():
        words.append(f"{whole}d{part:0<2}")
        if len(whole) > 3:
            words.append(f"{int(whole):,}".replace(",", " "))
    if day:
        words.append(day.replace("-", "m"))
    return " ".join(words)


def match_of(text: str) -> str:
    """What was typed as a question to the index; "" if there is nothing to look for in it."""
    text = _UNIT_BEHIND.sub("", _UNIT_BEFORE.sub("", unicodedata.normalize("NFC", text)))
    parts: list[str] = []
    at = 0
    for grouped in _GROUPED.finditer(text):
        parts += [_of_word(word) for word in text[at : grouped.start()].split()]
        apart = " AND ".join(_of_word(word) for word in re.split(f"[{_SPACES}]", grouped.group()))
        parts.append(f"({_of_word(re.sub(f'[{_SPACES}]', '', grouped.group()))} OR ({apart}))")
        at = grouped.end()
    parts += [_of_word(word) for word in text[at:].split()]
    return " AND ".join(part for part in parts if part)


def _of_word(word: str) -> str:
    word = (
        word.strip("€£$.,;:()+-\u2212")
        if not _NUMBER.fullmatch(word.strip("€£$+-\u2212"))
        else word.strip("€£$+-\u2212")
    )
    if _DAY.fullmatch(word):
        return _prefix(word.rstrip("-").replace("-", "m"))
    pieces = ["".join(c for c in piece if c.isalnum()) for piece in re.split(r"[^\w]|_", word)]
    apart = " AND ".join(_prefix(piece) for piece in pieces if piece)
    if not _NUMBER.fullmatch(word) or not re.search(r"[.,]", word):
        return f"({apart})" if " AND " in apart else apart
    digits = re.split(r"[.,]", word)
    ways = [_prefix("".join(digits[:-1]) + "d" + digits[-1])]
    if len(digits[-1]) == 3:
        ways.append(_prefix("".join(digits)))
    if len(digits) > 2 or len(digits[-1]) > 3:
        ways.append(f"({apart})")
    return f"({' OR '.join(ways)})"


def _prefix(piece: str) -> str:
    """The word, as the words of a PDF are kept where that is another ("Straße", "strasse"), and with joined letters
    apart or together ("œuvre", "oeuvre")."""
    small, kept = piece.lower(), piece.casefold()
    apart = kept.replace("œ", "oe").replace("æ", "ae")
    ways = dict.fromkeys((kept, apart, apart.replace("oe", "œ").replace("ae", "æ")))
    asked = " OR ".join(f'"{way}"*' for way in (piece, *(way for way in ways if way != small)))
    return f"({asked})" if " " in asked else asked


def find_bills(database: Database, query: BillQuery) -> BillWindow:
    """The part of the list of bills that a query asks for; newest first unless told otherwise."""
    match = match_of(query.text)
    if query.text.strip() and not match:
        return BillWindow((), 0, query.offset)
    where, facts = _where(query, match)
    source = "search JOIN documents ON documents.no = search.rowid" if match else "documents"
    counted = "search" if match and where == _MATCH else source
    bounded = None if match else _bounded(database, query, where, facts)
    if not match:
        source, counted = _in_order(database, query, bounded), _by_amount(database, query)
    column = "search.rowid" if match and query.sort == "day" else f"documents.{_SORTS[query.sort]}"
    way = "DESC" if query.descending else "ASC"
    order = f"{column} {way}" if query.sort == "day" else f"{column} {way}, documents.no {way}"
    rows = database.rows(
        "SELECT id, documents.number, day, due, amount, unit, state, gone, parent, text"  # noqa: S608
        f" FROM {source} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?",
        *facts, query.limit, query.offset,
    )  # fmt: skip
    total = query.offset + len(rows)
    if len(rows) == query.limit and not query.counted:
        total = -1
    elif bounded is not None:
        total = bounded
    elif len(rows) == query.limit or not rows:
        total = int(database.value(f"SELECT count(*) FROM {counted} WHERE {where}", *facts))  # noqa: S608
    return BillWindow(tuple(_bill_row(*row) for row in rows), total, query.offset)


def _bounded(database: Database, query: BillQuery, where: str, facts: tuple[Value, ...]) -> int | None:
    """How many bills there are of the amounts asked for; None where nothing was asked about amounts."""
    if query.least is None and query.most is None:
        return None
    return int(database.value(f"SELECT count(*) FROM {_by_amount(database, query)} WHERE {where}", *facts))  # noqa: S608


def _by_amount(database: Database, query: BillQuery) -> str:
    """The bills by their amounts, where amounts are asked for and the bills stand in that order too."""
    is_bound = query.least is not None or query.most is not None
    return "documents INDEXED BY bills_by_amount" if is_bound and _is_ordered(database, "amount") else "documents"


def _in_order(database: Database, query: BillQuery, bounded: int | None) -> str:
    """The bills in the order that is asked for, where they stand in it; a few by their amounts are sorted instead."""
    if bounded is not None and bounded <= _FEW:
        return _by_amount(database, query)
    is_sorted = query.sort != "day" and _is_ordered(database, query.sort)
    return f"documents INDEXED BY bills_by_{query.sort}" if is_sorted else "documents"


def _is_ordered(database: Database, sort: str) -> bool:
    return database.row("SELECT 1 FROM sqlite_schema WHERE name = ?", f"bills_by_{sort}") is not None


def order_bills(database: Database) -> None:
    """Keep the bills in the orders they are sorted by, if that is not done yet: a long list is sorted at once then.

    A first reading is not slowed down by it: it is for the quiet moment after.
    """
    for name, column in _SORTS.items():
        if column != "no":
            database.run(f"CREATE INDEX IF NOT EXISTS bills_by_{name} ON documents({column}, no) WHERE kind = '{KIND}'")


def _bill_row(
    bill_id: str,
    number: str,
    day: str,
    due: str,
    amount: str,
    unit: str,
    state: str,
    gone: int,
    account: str,
    category: str,
) -> BillRow:
    return BillRow(bill_id, number, day, due, amount, unit, state, bool(gone), account, category)


def _where(query: BillQuery, match: str) -> tuple[str, tuple[Value, ...]]:
    parts = [_MATCH if match else f"documents.kind = '{KIND}'"]
    facts: list[Value] = [match] if match else []
    if query.states:
        parts.append(f"state IN ({_marks(query.states)})")
        facts += query.states
    if query.year is not None:
        parts.append("documents.no >= ? AND documents.no < ?")
        facts += [first_place(f"{query.year:04}-01-01"), first_place(f"{query.year + 1:04}-01-01")]
    if query.before:
        parts.append(f"documents.no < (SELECT no FROM documents WHERE kind = '{KIND}' AND id = ?)")  # noqa: S608
        facts.append(query.before)
    for bound, sign in ((query.least, ">="), (query.most, "<")):
        if bound is not None:
            parts.append(f"documents.rank {sign} ?")
            facts.append(bound)
    if query.most is not None and query.least is None:
        parts.append(f"documents.rank > {NOT_STATED}")
    if query.lines:
        marks = _marks(query.lines)
        parts.append(
            f"(line IN ({marks}) OR EXISTS(SELECT 1 FROM documents AS part"  # noqa: S608
            f" WHERE part.kind = 'appliedCustomerBillingRate' AND part.parent = documents.id"
            f" AND part.parent <> '' AND part.line IN ({marks})))"
        )
        facts += [*query.lines, *query.lines]
    return " AND ".join(parts), tuple(facts)


def _marks(values: tuple[str, ...]) -> str:
    return ",".join("?" * len(values))
