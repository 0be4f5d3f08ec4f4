"""Says by when a promise is due: "within 72 hours", "in two working days", "on Monday", "by the end of the day"."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from selfcare.domain.records import Struct
from selfcare.domain.workdays import CALENDARS, after_hours, after_working_days, end_of_day, next_weekday


class Unit(StrEnum):
    """What a deadline is counted in."""

    HOURS = "hours"
    """Clock hours on the instant: a change of the clocks neither gives nor takes any (CV-6)."""
    DAYS = "days"
    """Calendar days; the last one counts until its end (CV-1)."""
    WORKING_DAYS = "workingDays"
    """Working days of the operator's country; the day on which it was said never counts (CV-2)."""
    WEEKDAY = "weekday"
    """The next Monday (0) to Sunday (6), until its end (PR-V03)."""
    MOMENT = "moment"
    """A day and a time that were named."""
    NONE = "none"
    """No day was named: "soon", "as quickly as possible"."""


class Term(Struct, frozen=True):
    """A deadline as it was said. `amount` is how many, or which weekday; `moment` is the one that was named."""

    unit: Unit = Unit.NONE
    amount: int = 0
    moment: datetime | None = None


LONGEST = 3660
"""Hours or days in one promise at the most: more is a slip of the pen."""

_CALENDARS = {"GB": "GB-ENG", "FR": "FR-OUVRES", "US": "US"}


def calendar_of(country: str) -> str:
    """The working days that an operator of a country counts by; "" where we have no calendar of it.

    In France those of offices (jours ouvrés): a desk that promises an answer is meant, not a notice in law.
    """
    found = _CALENDARS.get(country.upper(), "")
    return found if found in CALENDARS else ""


def zone_of(name: str) -> ZoneInfo:
    """The time zone of a name; UTC for one that is not known, so that a promise is never thrown away for it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def due_of(term: Term, said: datetime, zone: ZoneInfo, calendar: str = "") -> datetime | None:
    """The last instant, in UTC, at which what was promised is still in time (CV-10); None where no day was named.

    Days end where the operator is (`zone`). Raises ValueError for a moment without a zone, for less than nothing, for
    more than ten years, and for working days of a country whose `calendar` is not known.
    """
    if said.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    if not 0 <= term.amount <= LONGEST:
        raise ValueError("not a length of time")
    day = said.astimezone(zone).date()
    match term.unit:
        case Unit.NONE:
            return None
        case Unit.HOURS:
            return after_hours(said.astimezone(UTC), term.amount)
        case Unit.DAYS:
            return end_of_day(day + timedelta(days=term.amount), zone).astimezone(UTC)
        case Unit.WORKING_DAYS:
            if calendar not in CALENDARS:
                raise ValueError("no calendar of working days")
            return end_of_day(after_working_days(day, term.amount, calendar), zone).astimezone(UTC)
        case Unit.WEEKDAY:
            return end_of_day(next_weekday(day, term.amount % 7), zone).astimezone(UTC)
    if term.moment is None or term.moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return term.moment.astimezone(UTC)


def end_of(day: date, zone: ZoneInfo) -> Term:
    """The deadline "on that day": until its end where the operator is."""
    return Term(Unit.MOMENT, 0, end_of_day(day, zone).astimezone(UTC))


_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "dix": 10,
}  # fmt: skip
_WEEKDAYS = (
    ("monday", "lundi"), ("tuesday", "mardi"), ("wednesday", "mercredi"), ("thursday", "jeudi"),
    ("friday", "vendredi"), ("saturday", "samedi"), ("sunday", "dimanche"),
)  # fmt: skip
_AMOUNT = r"(?P<amount>\d{1,4}|" + "|".join(_NUMBERS) + r")"
_WORKING = re.compile(rf"\b{_AMOUNT}\s*(?:(?:working|business)\s+days?|jours?\s+ouvr(?:és?|ables?))\b")
_WORKING_HOURS = re.compile(rf"\b{_AMOUNT}\s*(?:(?:working|business|office)\s+hours?|heures?\s+ouvr\w+)\b")
_HOURS = re.compile(rf"\b{_AMOUNT}\s*(?:h|hrs?|hours?|heures?)\b")
_DAYS = re.compile(rf"\b{_AMOUNT}\s*(?:calendar\s+)?(?:days?|jours?)\b")
_WEEKS = re.compile(rf"\b{_AMOUNT}\s*(?:weeks?|semaines?)\b")
_TODAY = re.compile(r"\b(?:today|this evening|end of (?:the )?day|aujourd.hui|ce soir|fin de (?:la )?journée)\b")
_TOMORROW = re.compile(r"\b(?:tomorrow|demain)\b")


def read_term(words: str) -> Term:
    """The deadline in what somebody said, in English or French; one without a day where none can be read.

    "48 working hours" is not read as clock hours nor guessed as days (PR-V04): the customer chooses.
    """
    said = " ".join(words.casefold().replace("’", "'").split())
    found = _WORKING.search(said)
    if found is not None:
        return Term(Unit.WORKING_DAYS, _amount(found))
    if _WORKING_HOURS.search(said):
        return Term()
    for pattern, unit, times in ((_HOURS, Unit.HOURS, 1), (_WEEKS, Unit.DAYS, 7), (_DAYS, Unit.DAYS, 1)):
        found = pattern.search(said)
        if found is not None and _amount(found) * times <= LONGEST:
            return Term(unit, _amount(found) * times)
    for number, names in enumerate(_WEEKDAYS):
        if any(re.search(rf"\b{name}\b", said) for name in names):
            return Term(Unit.WEEKDAY, number)
    if _TOMORROW.search(said):
        return Term(Unit.DAYS, 1)
    return Term(Unit.DAYS, 0) if _TODAY.search(said) else Term()


def names_working_hours(words: str) -> bool:
    """Whether hours of an office were named, which are no hours by the clock."""
    return _WORKING_HOURS.search(" ".join(words.casefold().replace("’", "'").split())) is not None


_KINDS = (
    ("unlock", r"\b(?:unlock\w*|déverrouill\w*|désimlock\w*)\b"),
    ("call", r"\b(?:calls?|ring|rings|phones?|rappel\w*|téléphon\w*)\b"),
    ("visit", r"\b(?:technician|engineer|visit|appointment|technicien\w*|rendez-vous|intervention)\b"),
    ("refund", r"\b(?:refund\w*|money|credit(?:ed)?|pays? back|rembours\w*|avoir)\b"),
    ("code", r"\b(?:code|pac|stac|rio|pin)\b"),
    ("port", r"\b(?:port(?:ed|ing)?|number moves?|portabilité|porté)\b"),
    ("repair", r"\b(?:repair\w*|fix(?:ed)?|restor\w*|back on|répar\w*|rétabli\w*)\b"),
    ("answer", r"\b(?:answers?|solution|repl(?:y|ies)|répon\w*)\b"),
)


def read_kind(words: str) -> str:
    """What kind of promise somebody gave (one of promises.PromiseOf), by its words; "other" where they do not tell."""
    said = words.casefold().replace("’", "'")
    return next((kind for kind, pattern in _KINDS if re.search(pattern, said)), "other")


def _amount(found: re.Match[str]) -> int:
    word = found["amount"]
    return _NUMBERS[word] if word in _NUMBERS else int(word)
