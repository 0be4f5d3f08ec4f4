"""Understands how long a time is and how often a price is due, from an operator's words: "12 months", "mois", "P1M"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from .money import Money

Length = tuple[int, str]
"""So many of a "day", "week", "month" or "year"."""

UNTOLD = "recurring"
"""Stands for the period of a price that comes again where nobody says how often."""

_SAID: Mapping[Length, str] = {
    (1, "day"): "d day days daily jour jours journalier quotidien quotidienne",
    (1, "week"): "w wk wks week weeks weekly semaine semaines hebdomadaire",
    (2, "week"): "fortnight fortnights fortnightly",
    (1, "month"): "m mo mon mos mth mths month months monthly mois mensuel mensuelle",
    (2, "month"): "bimestriel bimestrielle",
    (3, "month"): "quarter quarters quarterly trimestre trimestres trimestriel trimestrielle",
    (6, "month"): "semestre semestres semestriel semestrielle",
    (1, "year"): "y yr yrs year years yearly annual annually annum an ans annuel annuelle année années annee annees",
}
_UNITS = {word: length for length, words in _SAID.items() for word in words.split()}
"""What one of each word is. "Bimonthly" may be twice a month or every two months: it is no such word."""
_WORDS = re.compile(
    r"(?:(?:every|each|per|an?|par|tous les|toutes les|chaque)\s+|/\s*)?(?P<count>\d{1,6})?[\s_-]*"
    r"(?:calendar\s+)?(?P<unit>[^\W\d_]+)(?:\(s\))?(?P<rest>\D*)\Z"
)
_ISO = re.compile(r"p(?:(\d{1,6})y)?(?:(\d{1,6})m)?(?:(\d{1,6})w)?(?:(\d{1,6})d)?(?:t0+[hms])*\Z")
_BEGINNINGS = ("day", "week", "month", "year")


@lru_cache(maxsize=512)
def length_of(said: str) -> Length | None:
    """A length of time from words, English or French, or as ISO 8601 writes it; None where they cannot be one alone."""
    plain = said.strip().casefold()
    if found := _ISO.match(plain):
        years, months, weeks, days = (int(part) if part is not None else None for part in found.groups())
        if (years, months) != (None, None):
            is_whole = weeks is None and days is None
            whole = (years, "year") if months is None else ((years or 0) * 12 + months, "month")
            return (whole[0] or 0, whole[1]) if is_whole else None
        if (weeks is None) is not (days is None):
            return (weeks or 0, "week") if days is None else (days, "day")
        return None
    parts = _WORDS.match(plain)
    if parts is None:
        return None
    word = parts["unit"]
    one = _UNITS.get(word) or next(((1, unit) for unit in _BEGINNINGS if word.startswith(unit)), None)
    return None if one is None else (int(parts["count"] or 1) * one[0], one[1])


def period_of(said: str) -> Length | None:
    """How often a price is due, in its simplest form: every 12 months is every year. None where it is not known."""
    found = length_of(said)
    if found is None or not found[0]:
        return None
    count, unit = found
    for small, size, large in (("day", 7, "week"), ("month", 12, "year")):
        if unit == small and count % size == 0:
            return count // size, large
    return found


def period_key(said: str) -> str:
    """The same text for all words of one period, so that prices may be added up; the operator's own where unknown."""
    found = period_of(said)
    if found is None:
        return said.strip()
    return found[1] if found[0] == 1 else f"{found[0]} {found[1]}s"


def is_monthly(said: str) -> bool:
    """Each month; not each third."""
    return period_of(said) == (1, "month")


def monthly_of(price: Money | None, period: str) -> Money | None:
    """A month's part of a price, to the cent; None where its period is not known or is no number of months."""
    found = period_of(period)
    if price is None or found is None or found[1] not in {"month", "year"}:
        return None
    months = found[0] * 12 if found[1] == "year" else found[0]
    return price if months == 1 else Money(price.value / months, price.unit).rounded()
