"""What a list request asks for: filters joined by and/or, order, chosen fields (TMF630, part 1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from .documents import Document, instant, written

OPERATORS = ("eq", "gt", "gte", "lt", "lte")
_PATH = re.compile(r"@?[A-Za-z][A-Za-z0-9_-]*(\.@?[A-Za-z0-9][A-Za-z0-9_-]*)*")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]+(Z|[+-]\d\d:?\d\d)?")
_NUMBER = "\0"
"""Begins the key of a number, so that no text is taken for one."""
_DIGITS = 40
_RESERVED = frozenset({"offset", "limit", "fields", "sort"})


class BadQuery(ValueError):
    """A query parameter that cannot be understood; the text says which."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One filter: any of `values` at a dotted `path`, compared by `operator`."""

    path: str
    operator: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """All conditions must hold; `sort` is (path, descending) in the order asked for."""

    conditions: tuple[Condition, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()


def read_query(parameters: Iterable[tuple[str, str]]) -> Query:
    """The filters and the order in a query string. Raises BadQuery."""
    wanted: dict[tuple[str, str], list[str]] = {}
    sort: list[tuple[str, bool]] = []
    for name, value in parameters:
        if name == "sort":
            sort += _read_sort(value)
        elif name not in _RESERVED:
            path, operator = _read_name(name)
            values = _either(value)
            if operator == "eq":
                values += [number for number in map(_number, values) if number]
            wanted.setdefault((path, operator), []).extend(values)
    conditions = tuple(Condition(path, operator, tuple(values)) for (path, operator), values in wanted.items())
    return Query(conditions, tuple(sort))


def _either(value: str) -> list[str]:
    """Any of "a,b"; and the whole text, because texts hold commas too.

    A plus arrives as a space from whoever does not encode it, and a moment may be written in any zone.
    """
    parts = re.split("[,;]", value)
    wanted = parts if len(parts) == 1 else [value, *parts]
    wanted += [part.replace(" ", "+") for part in wanted if " " in part]
    moments = {said for part in wanted for said in spellings(part)}
    return [*wanted, *sorted(moments.difference(wanted))]


def _number(text: str) -> str:
    """The key of a number however it is written, so that 85, 85.0 and 85.00 are found alike; "" for what is none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return ""
    is_sane = number.is_finite() and len(text) <= _DIGITS and abs(number.adjusted()) <= _DIGITS
    return _NUMBER + plain(number) if is_sane else ""


def _read_name(name: str) -> tuple[str, str]:
    if name == "filter":
        raise BadQuery("filter= is not offered; use attribute filters")
    path, _, last = name.rpartition(".")
    if last not in OPERATORS or not path:
        path, last = name, "eq"
    if len(path) > 120 or not _PATH.fullmatch(path):
        raise BadQuery("a filter names no attribute")
    return path, last


def _read_sort(value: str) -> list[tuple[str, bool]]:
    keys = []
    for part in value.split(","):
        path = part.strip().removeprefix("+").removeprefix("-")
        if len(path) > 120 or not _PATH.fullmatch(path):
            raise BadQuery("sort names no attribute")
        keys.append((path, part.strip().startswith("-")))
    return keys


def read_fields(value: str | None) -> frozenset[str] | None:
    """The first-level names asked for by fields=, or None for everything. "none" leaves id and href."""
    if value is None or not value.strip():
        return None
    return frozenset(part.strip() for part in value.split(",") if part.strip())


def chosen(document: Document, fields: frozenset[str] | None, version: str = "v4") -> Document:
    """A document with the chosen fields only; id and href always stay (TMF630, 4.3).

    @type stays in version 5, whose shapes require it; version 4's conformance kits want nothing that was not asked for.
    """
    if fields is None:
        return document
    kept = fields | {"id", "href"} | ({"@type"} if version == "v5" else set())
    return {name: value for name, value in document.items() if name in kept}


def at_path(value: Any, path: str) -> Iterator[Any]:
    """Every value at a dotted path, going into each element of an array."""
    if isinstance(value, list):
        for item in value:
            yield from at_path(item, path)
        return
    if not path:
        yield value
    elif isinstance(value, dict):
        name, _, rest = path.partition(".")
        if name in value:
            yield from at_path(value[name], rest)


def plain(value: Any) -> str:
    """A value as it is written in a query string; numbers without idle zeros."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)


def spellings(value: Any) -> set[str]:
    """A value as it may be asked for: as it is written, and a moment in UTC too, however its zone was written."""
    text = plain(value)
    moment = instant(text) if _MOMENT.fullmatch(text) else None
    return {text, written(moment)} if moment else {text}


def keys(value: Any) -> set[str]:
    """Everything that a filter may name a value by."""
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return spellings(value) | ({_NUMBER + plain(value)} if is_number else set())


def matches(document: Document, condition: Condition) -> bool:
    """Whether a document meets one condition: any value at the path with any of the wanted values."""
    values = list(at_path(document, condition.path))
    if condition.operator == "eq":
        return any(one in condition.values for value in values for one in keys(value))
    found = [one for value in values for one in spellings(value)]
    return any(_compare(value, condition.operator, wanted) for value in found for wanted in condition.values)


def _compare(value: str, operator: str, wanted: str) -> bool:
    left, right = _comparable(value), _comparable(wanted)
    if type(left) is not type(right):
        left, right = value, wanted
    sign = (left > right) - (left < right)  # type: ignore[operator]
    return {"gt": sign > 0, "gte": sign >= 0, "lt": sign < 0, "lte": sign <= 0}[operator]


def _comparable(text: str) -> Decimal | datetime | str:
    try:
        number = Decimal(text)
        if number.is_finite():
            return number
    except InvalidOperation:
        pass
    return instant(text) or text


def sort_key(document: Document, path: str) -> tuple[int, Any]:
    """What documents are ordered by: absent first, then numbers, then instants, then words."""
    value = next(at_path(document, path), None)
    if value is None or isinstance(value, dict):
        return (0, 0)
    if isinstance(value, bool | int | Decimal):
        return (1, Decimal(value))
    moment = instant(str(value))
    return (2, moment) if moment else (3, str(value))
