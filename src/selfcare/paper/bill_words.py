"""Reads number, day and total of a bill from the words of its PDF, by the labels that operators print before them.

Nothing is guessed: what stands behind no label that is known is not found, and the customer files the bill by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice

from selfcare.domain.found_bill import FoundBill, believable
from selfcare.domain.money import Money

from .bill_labels import (
    CREDIT_NUMBERS,
    CREDIT_TITLE,
    CREDITS,
    DAYS,
    DUE_DAYS,
    NUMBERS,
    OLDER_DEBTS,
    PLAIN_TOTAL,
    TO_PAY,
    TOTALS,
)
from .written_days import written_days

LONGEST = 200_000
"""Characters that are looked through: a bill says what it is on its first pages."""

_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD", "US$": "USD"}
_UNITS = "US\\$|€|£|\\$|EUR|GBP|USD|CHF|CAD|AUD"
_AMOUNT = re.compile(
    rf"(?<![\d.,/])(?P<minus>[-\u2212]\s?)?(?:(?P<before>{_UNITS})\s?)?(?P<inner>[-\u2212])?"
    r"(?P<whole>\d{1,3}(?:[ \u00a0\u202f.,'\u2019]\d{3})+|\d+)[.,](?P<cents>\d{2})(?![\d/])(?!\s?%)"
    rf"(?:\s?(?P<after>{_UNITS})(?![A-Za-z]))?(?P<credit>\s?CR\b|[-\u2212](?![\w-]))?"
)
_UNIT = re.compile(rf"(?<![A-Za-z])(?:{_UNITS})(?![A-Za-z])")
_WEEKDAY = re.compile(
    r"(?i)\b(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend)\b"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")
"""A day as machines write it, 20260815: read as one behind a label alone."""

_GROUPS = re.compile(r"(?:[ \u00a0\u202f]\d{2,4}(?![\d.,/]))+")
"""What follows the first digits of a number that is written in groups, 123 456 789 01."""

_BRACKETS = re.compile(r"\([^()]*\)")
_NEAR = 120
_TITLE_LINES = 12
"""A bill says among its first lines that it is a credit note; further down that is said of another paper."""


def read_words(text: str, currency: str = "") -> FoundBill:
    """The bill that a PDF's text tells of. `currency` (ISO 4217) counts where the text names none."""
    text = text[:LONGEST]
    units = {_SIGNS.get(unit, unit) for unit in _UNIT.findall(text)}
    unit = next(iter(units)) if len(units) == 1 else "" if units else currency
    month_first = units == {"USD"}
    is_credit = _is_credit(text)
    return FoundBill(
        number=_number(text, (*CREDIT_NUMBERS, *NUMBERS) if is_credit else NUMBERS),
        day=_day(text, DAYS, month_first),
        due=_day(text, DUE_DAYS, month_first),
        total=believable(
            _owed(_total(text, unit, (*CREDITS, *TOTALS, PLAIN_TOTAL))) if is_credit else _asked(text, unit)
        ),
    )


def _is_credit(text: str) -> bool:
    """Whether its head says that it is a credit note."""
    lines = (line for line in text.split("\n") if line.strip())
    return any(CREDIT_TITLE.match(line.rstrip("\r")) for line in islice(lines, _TITLE_LINES))


def _owed(amount: Money | None) -> Money | None:
    """What the operator owes is below zero, however it is printed."""
    return -amount if amount is not None and amount.value > 0 else amount


def _asked(text: str, unit: str) -> Money | None:
    """What a bill asks for; below zero where it says only what it gives back."""
    asked = _total(text, unit, (*TOTALS, PLAIN_TOTAL))
    return asked if asked is not None else _owed(_total(text, unit, CREDITS))


def _number(text: str, labels: tuple[re.Pattern[str], ...]) -> str:
    for label in labels:
        for match in label.finditer(text):
            value = match["value"] + _groups_behind(text, match["value"], match.end("value"))
            is_day = next(written_days(value), None) is not None
            if sum(c.isdigit() for c in value) >= 3 and not is_day:
                return value
    return ""


def _groups_behind(text: str, first: str, at: int) -> str:
    """The rest of a number that is written in groups of digits; "" where it ends with its first, or a day follows."""
    rest = _GROUPS.match(text, at) if first.isdecimal() and len(first) <= 4 else None
    if rest is None:
        return ""
    day = next(written_days(text[at : at + 80]), None)
    found = rest.group() if day is None else rest.group()[: day.start]
    groups = found.split()
    is_one = len(groups) > 1 or len(first) + sum(map(len, groups)) >= 8
    return "".join(f" {group}" for group in groups) if is_one else ""


def _day(text: str, labels: tuple[re.Pattern[str], ...], month_first: bool) -> date | None:
    for label in labels:
        for match in label.finditer(text):
            found = _day_behind(text, match.end(), month_first)
            if found is not None:
                return found
    return None


def _day_behind(text: str, at: int, month_first: bool) -> date | None:
    """The day that stands right behind a label: nothing but marks, its weekday or a short word between them."""
    behind = _COMPACT.sub(r"\1-\2-\3", _WEEKDAY.sub("", text[at : at + 60])[:40])
    found = next(written_days(behind, month_first=month_first), None)
    between = behind[: found.start] if found is not None else ""
    is_near = found is not None and sum(c.isalnum() for c in between) <= 4 and between.count("\n") <= 1
    return found.day if found is not None and is_near else None


def _total(text: str, unit: str, labels: tuple[re.Pattern[str], ...]) -> Money | None:
    """The amount that stands behind the words for a total with taxes; none where two places, or two amounts behind one,
    do not agree."""
    for label in labels:
        is_plain = label is PLAIN_TOTAL
        found = [one for match in label.finditer(text) for one in _behind(text, match.end(), unit, is_plain)]
        if found:
            is_mixed = label is TO_PAY and _has_older_debts(text, unit)
            return found[0] if len(set(found)) == 1 and not is_mixed else None
    return None


def _has_older_debts(text: str, unit: str) -> bool:
    """An older debt is printed with its amount, on the line of its words, and it is not nothing."""
    behind = (text[match.end() : match.end() + _NEAR].split("\n")[0] for match in OLDER_DEBTS.finditer(text))
    return any(amount.value for line in behind for amount in _amounts(line, unit))


def _behind(text: str, at: int, unit: str, is_plain: bool) -> list[Money]:
    """The amounts behind a label: on its line or one of the next two; behind a plain "total" the last on its line.

    What stands in brackets, as the tax in it, is left out.
    """
    lines = text[at : at + 400].split("\n")[: 1 if is_plain else 3]
    room = _NEAR
    for line in lines:
        found = list(_amounts(_BRACKETS.sub(" ", line[:room]), unit))
        if found:
            return found[-1:] if is_plain else found
        room -= len(line)
        if room <= 0:
            break
    return []


def _amounts(line: str, unit: str) -> Iterator[Money]:
    for match in _AMOUNT.finditer(line):
        sign = match["before"] or match["after"] or ""
        own = _SIGNS.get(sign, sign) or unit
        if own:
            whole = re.sub(r"\D", "", match["whole"])
            value = Decimal(f"{whole}.{match['cents']}")
            yield Money(-value if match["minus"] or match["inner"] or match["credit"] else value, own)
