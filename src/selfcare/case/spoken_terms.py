"""Reads a length of time or a weekday in what somebody said: "within 72 hours", "sous 2 jours ouvrés", "on Monday"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import TypeVar

from .deadlines import LONGEST, Term, Unit
from .spoken_doubts import DOUBT
from .spoken_numbers import AMOUNT, NUMBERS, WEEKDAYS
from .spoken_part import deadline_part

_Day = TypeVar("_Day")

_WORKING = re.compile(rf"{AMOUNT}\s*(?:(?:working|business)\s+days?|jours?\s+ouvrée?s?)\b")
_WORKABLE = re.compile(rf"{AMOUNT}\s*jours?\s+ouvrables?\b")
_WORKING_HOURS = re.compile(rf"{AMOUNT}\s*(?:(?:working|business|office)\s+hours?|heures?\s+ouvr\w+)\b")
_HALF_A_DAY = re.compile(r"\bhalf(?:-|\s+an?\s+)day\b|\bdemi[ -]journée\b|(?<![\d/])1/2\s*(?:day|journée)\b")
_AFTER_TODAY = re.compile(r"\b[jd]\s*\+\s*(?P<amount>\d{1,3})\b\s*(?P<kind>ouvrée?s?|ouvrables?|working|business)?")
_LENGTHS = tuple(
    (re.compile(rf"{AMOUNT}\s*(?:{names})\b"), unit, times)
    for names, unit, times in (
        (r"h|hrs?|hours?|heures?", Unit.HOURS, 1),
        (r"fortnights?", Unit.DAYS, 14),
        (r"weeks?|semaines?", Unit.DAYS, 7),
        (r"(?:calendar\s+)?days?|jours?(?:\s+calendaires?)?", Unit.DAYS, 1),
        (r"months?|mois", Unit.MONTHS, 1),
    )
)
_FIXED = tuple(
    (re.compile(pattern), term)
    for pattern, term in (
        (r"\b(?:the\s+)?day\s+after\s+tomorrow\b|\baprès[ -]demain\b|\bsurlendemain\b", Term(Unit.DAYS, 2)),
        (r"\b(?:within|in)\s+the\s+(?:next\s+)?hour\b|\bdans\s+l'heure\b", Term(Unit.HOURS, 1)),
        (r"\bhuitaine\b", Term(Unit.DAYS, 8)),
        (r"\bquinzaine\b", Term(Unit.DAYS, 15)),
        (r"\b(?:tomorrow|demain)\b", Term(Unit.DAYS, 1)),
    )
)
_TODAY = re.compile(
    r"\b(?:today|tonight|this\s+(?:evening|afternoon|morning)|(?:end|close|course)\s+of\s+(?:the\s+)?(?:day|business|play)|"
    r"within\s+the\s+day|same\s+day|cob|eod|closing\s+time|midnight|aujourd.hui|ce\s+(?:soir|matin)|cet(?:te)?\s+"
    r"après-midi|(?:dans|fin\s+de)\s+(?:la\s+)?journée|fermeture|minuit)\b"
)
_BEFORE = re.compile(
    r"\b(?:by|before|until|till|avant|d'ici|jusqu'(?:à|au)|au\s+plus\s+tard|pour)\s+(?:next\s+|le\s+|the\s+)?$"
)
_RANGE = re.compile(r"\s*(?:,|or|and|to|till|until|-|–|ou|et|à|au)\s*(?:le\s+|on\s+|by\s+|the\s+)?")
_PARTS_OF_DAYS = re.compile(r"\d[.,]\d+\s*(?:days?|jours?|weeks?|semaines?|months?|mois)\b")


def read_term(words: str) -> Term:
    """The deadline in what somebody said, in English or French; one without a day where none can be read, one that is
    UNCLEAR where several can.

    "48 working hours" is not read as clock hours nor guessed as days (PR-V04): the customer chooses.
    """
    return term_in(deadline_part(words))


def term_in(said: str) -> Term:
    """The same of what `deadline_part` left."""
    if _WORKING_HOURS.search(said):
        return Term()
    if DOUBT in said:
        return Term(Unit.UNCLEAR)
    if _PARTS_OF_DAYS.search(said):
        return Term(Unit.UNCLEAR)
    if _HALF_A_DAY.search(said):
        return Term(Unit.HOURS, 12)
    lengths = [term for _place, term in sorted(_lengths(said), key=lambda one: one[0])]
    days = _weekday(said)
    if lengths:
        is_one = len(set(lengths)) == 1 and days is None
        return lengths[0] if is_one else Term(Unit.UNCLEAR)
    if days is not None:
        return days
    for pattern, term in _FIXED:
        if pattern.search(said):
            return term
    return Term(Unit.DAYS, 0) if _TODAY.search(said) else Term()


def names_working_hours(words: str) -> bool:
    """Whether hours of an office were named, which are no hours by the clock."""
    return _WORKING_HOURS.search(deadline_part(words)) is not None


def chosen(found: Iterable[tuple[int, int, _Day]], said: str) -> _Day | None:
    """Which of several days that were named is the deadline: the only one, the last one behind "by" or "before", or
    the last of a range; None where that cannot be told. `found` are (start, end, day) in their order."""
    places = list(found)
    if len({value for _start, _end, value in places}) == 1:
        return places[0][2]
    ends = [value for start, _end, value in places if _BEFORE.search(said[:start])]
    if ends:
        return ends[-1]
    if places and all(_RANGE.fullmatch(said[one[1] : two[0]]) for one, two in pairwise(places)):
        return places[-1][2]
    return None


def weekdays_in(said: str) -> list[tuple[int, int, int]]:
    """The weekdays that were named: (start, end, Monday 0 to Sunday 6), in their order."""
    return sorted(
        (found.start(), found.end(), number)
        for number, names in enumerate(WEEKDAYS)
        for name in names
        for found in re.finditer(rf"\b{name}\b", said)
    )


def _weekday(said: str) -> Term | None:
    named = weekdays_in(said)
    if not named:
        return None
    number = chosen(named, said)
    return Term(Unit.UNCLEAR) if number is None else Term(Unit.WEEKDAY, number)


def _lengths(said: str) -> list[tuple[int, Term]]:
    """Every length of time that was named, with its place."""
    found: list[tuple[int, Term]] = []
    for match in _AFTER_TODAY.finditer(said):
        kind = match["kind"] or ""
        unit = Unit.WORKABLE_DAYS if kind.startswith("ouvrable") else Unit.WORKING_DAYS if kind else Unit.DAYS
        found.append((match.start(), Term(unit, int(match["amount"]))))
    for pattern, unit in ((_WORKING, Unit.WORKING_DAYS), (_WORKABLE, Unit.WORKABLE_DAYS)):
        found += [(match.start(), Term(unit, _amount(match))) for match in pattern.finditer(said)]
    working = {place for place, _term in found}
    for pattern, unit, times in _LENGTHS:
        for match in pattern.finditer(said):
            amount = _amount(match) * times
            longest = LONGEST // 30 if unit is Unit.MONTHS else LONGEST
            if amount <= longest and match.start() not in working:
                found.append((match.start(), Term(unit, amount)))
    return found


def _amount(found: re.Match[str]) -> int:
    word = found["amount"]
    return NUMBERS[word] if word in NUMBERS else int(word)
