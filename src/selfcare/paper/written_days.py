"""Finds days as bills write them: 2026-11-03, 03/11/2026, 3 November 2026, 3 novembre 2026, Nov 3, 2026."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from selfcare.domain.records import Struct

_MONTHS = (
    "jan january janv janvier januar enero gennaio janeiro januari",
    "feb february févr fév février februar febrero febbraio fevereiro februari",
    "mar march mars märz marzo março maart",
    "apr april avr avril abril aprile",
    "may mai mayo maggio maio mei",
    "jun june juin juni junio giugno junho",
    "jul july juil juillet juli julio luglio julho",
    "aug august août aout agosto augustus",
    "sep sept september septembre septiembre settembre setembro",
    "oct october octobre okt oktober octubre ottobre outubro",
    "nov november novembre noviembre novembro",
    "dec december déc décembre dez dezember diciembre dicembre dezembro",
)
_MONTH = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_WORD = "|".join(sorted(_MONTH, key=len, reverse=True))
WRITTEN = (
    r"(?<!\d)(?:"
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"|(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<c>\d{4}|\d{2})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|er|\.)?[ \u00a0](?:de[ \u00a0])?(?P<w>{_WORD})\.?,?[ \u00a0](?:de[ \u00a0])?"
    r"(?P<y2>\d{4})"
    rf"|(?P<w3>{_WORD})\.?[ \u00a0](?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?[ \u00a0](?P<y3>\d{{4}})"
    r")(?!\d)"
)
_DAY = re.compile(WRITTEN, re.IGNORECASE)
FIRST_YEAR, LAST_YEAR = 1980, 2100


class WrittenDay(Struct, frozen=True):
    """A day, and where in the text it stands."""

    day: date
    start: int
    end: int


def written_days(text: str, *, month_first: bool = False) -> Iterator[WrittenDay]:
    """Every day in a text. `month_first` reads 11/03/2026 as the third of November, as in the United States."""
    for match in _DAY.finditer(text):
        found = _day_of(match, month_first)
        if found is not None:
            yield WrittenDay(found, match.start(), match.end())


def _day_of(match: re.Match[str], month_first: bool) -> date | None:
    part = match.groupdict()
    if part["y"]:
        year, month, day = int(part["y"]), int(part["m"]), int(part["d"])
    elif part["a"]:
        first, second, year = int(part["a"]), int(part["b"]), int(part["c"])
        year += 2000 if year < 100 else 0
        is_swapped = second > 12 or (month_first and part["sep"] != "." and first <= 12)
        day, month = (second, first) if is_swapped else (first, second)
    elif part["w"]:
        year, month, day = int(part["y2"]), _MONTH[part["w"].casefold()], int(part["d2"])
    else:
        year, month, day = int(part["y3"]), _MONTH[part["w3"].casefold()], int(part["d3"])
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None
