"""Understands days, figures and currencies that are not written as the standard says, where they can mean one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

_NOTHING = frozenset({"", "-", "n/a", "na", "none", "null", "unknown", "undefined", "tbd", "tbc", "0"})
"""What stands where nothing is known; a moment of zero is one that was never set."""
_LAST_SECOND = re.compile(r"(\d{4}-\d\d-\d\d)T(?:24:00(?::00)?|23:59:60)(?:\.0*)?(Z|[+-]\d\d:?\d\d)?\Z")
"""The end of a day, which ISO 8601 may write so, and the second that is put in after it now and then."""
_TO_THE_MINUTE = re.compile(r"\d{4}-\d\d-\d\d.(00(?::00)?|23:59)(?:Z|[+-]\d\d(?::?\d\d)?)?\Z")
"""A midnight or the last minute of a day without its seconds, as in the samples of the standard: 2018-06-12T00:00Z."""
_DIGITS = re.compile(r"\d{8}\Z|\d{10}\Z|\d{13}\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[T ]+(\d\d:\d\d\S*))?\Z")
_POINT = re.compile(r"[+-]?\d{1,3}(?:(?P<mark>[ \u00a0\u202f'’,])\d{3})(?:(?P=mark)\d{3})*\.\d{1,4}\Z")
_COMMA = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:(?P<mark>[ \u00a0\u202f'’.])\d{3})(?:(?P=mark)\d{3})*),(?:\d{1,2}|\d{4})\Z")
_SIGNS: Mapping[str, str] = {
    "£": "GBP", "€": "EUR", "US$": "USD", "CA$": "CAD", "AU$": "AUD", "NZ$": "NZD",
}  # fmt: skip
_UNIT = re.compile(r"[A-Z]{3}\Z")


def says_nothing(value: Any) -> bool:
    """Whether nothing is stated: absent, empty, or a word for not knowing."""
    if value is None or value in ("", [], {}):
        return True
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return False
    return str(value).strip().casefold() in _NOTHING


def iso(value: Any) -> str:
    """A moment as ISO 8601 writes it; "" for what is none, or may be more than one day.

    Understood besides: seconds and thousandths since 1970, 20261117, 17.11.2026, and days with strokes of which one
    part is greater than twelve.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return ""
    said = str(value).strip()
    if is_iso(said):
        return said
    if edge := _LAST_SECOND.match(said):
        last = f"{edge[1]}T23:59:59{edge[2] or ''}"
        return last if is_iso(last) else ""
    whole = said.removesuffix(".0")
    if _DIGITS.match(whole):
        return _of_digits(whole)
    parts = _DAY_FIRST.match(said)
    if parts is None:
        return ""
    first, mark, second, year, clock = parts.groups()
    one, two = int(first), int(second)
    if mark != "." and one <= 12 and two <= 12 and one != two:
        return ""
    day, month = (two, one) if mark != "." and two > 12 else (one, two)
    found = f"{year}-{month:02}-{day:02}{f'T{clock}' if clock else ''}"
    return found if is_iso(found) else ""


def clock_of(said: str) -> str:
    """The hour of a moment in ISO 8601 as it is written, to the second; the last minute of a day means its end."""
    edge = _TO_THE_MINUTE.match(said)
    if edge is None:
        return said[11:19]
    return "23:59:59" if edge[1] == "23:59" else "00:00:00"


def in_order(value: Any, named: frozenset[str]) -> Any:
    """A document whose moments of these names are all written day first, or all month first, with those rewritten that
    may be two days: one that tells, with a part greater than twelve, tells for all."""
    parts = [found for said in _moments(value, named) if (found := _DAY_FIRST.match(said.strip())) is not None]
    firsts, seconds = (max((int(found[at]) for found in parts if found[2] != "."), default=0) for at in (1, 3))
    if (firsts > 12) is (seconds > 12):
        return value
    return _ordered(value, named, is_day_first=firsts > 12)


def _moments(value: Any, named: frozenset[str]) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _moments(one, named)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name in named and isinstance(part, str):
                yield part
            yield from _moments(part, named)


def _ordered(value: Any, named: frozenset[str], *, is_day_first: bool) -> Any:
    if isinstance(value, list):
        return [_ordered(one, named, is_day_first=is_day_first) for one in value]
    if not isinstance(value, dict):
        return value
    found = {}
    for name, part in value.items():
        parts = _DAY_FIRST.match(part.strip()) if name in named and isinstance(part, str) else None
        if parts is not None and parts[2] != ".":
            day, month = (parts[1], parts[3]) if is_day_first else (parts[3], parts[1])
            found[name] = f"{parts[4]}-{int(month):02}-{int(day):02}{f'T{parts[5]}' if parts[5] else ''}"
        else:
            found[name] = _ordered(part, named, is_day_first=is_day_first)
    return found


def is_iso(said: str) -> bool:
    """Whether a moment is written as the standard says: a day, or a day and an hour, after ISO 8601."""
    if said[4:5] != "-" or said[7:8] != "-":
        return False
    try:
        if len(said) == 10:
            date.fromisoformat(said)
        else:
            datetime.fromisoformat(said)
    except ValueError:
        return False
    return True


def _of_digits(said: str) -> str:
    if len(said) == 8:
        found = f"{said[:4]}-{said[4:6]}-{said[6:]}"
        return found if is_iso(found) and 1900 <= int(said[:4]) < 2200 else ""
    moment = datetime.fromtimestamp(int(said[:10]), UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"


def decimal(said: str) -> Decimal | None:
    """A number as it is written, with a point or a comma before its cents; None for what is none, or may be two: 1,500
    is fifteen hundred to some and one and a half to others."""
    plain = said.strip()
    if _COMMA.match(plain):
        plain = re.sub(r"[ \u00a0\u202f'’.]", "", plain).replace(",", ".")
    elif _POINT.match(plain):
        plain = re.sub(r"[ \u00a0\u202f'’,]", "", plain)
    try:
        found = Decimal(plain)
    except (InvalidOperation, ValueError):
        return None
    return found if found.is_finite() else None


def currency(said: str) -> str:
    """The ISO 4217 code that a unit means, also of a sign that stands for one currency; "" for any other."""
    plain = said.strip().upper()
    return plain if _UNIT.match(plain) else _SIGNS.get(plain, "")
