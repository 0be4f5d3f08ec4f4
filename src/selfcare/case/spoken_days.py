"""Reads a day or an hour that somebody named: "by 12 December", "Monday before 5pm", "avant 17 h", "in 30 minutes"."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from selfcare.domain.workdays import after_months, next_weekday

from .deadlines import Term, Unit, end_of
from .spoken_doubts import DOUBT
from .spoken_numbers import AMOUNT, NUMBERS, UNITS, WEEKDAY, WEEKDAYS
from .spoken_part import deadline_part
from .spoken_terms import chosen, term_in, weekdays_in

_MONTHS = (
    "jan janv january janvier", "feb févr fev february février", "mar march mars", "apr avr april avril", "may mai",
    "jun june juin", "jul july juil juillet", "aug august août aout", "sep sept september septembre",
    "oct october octobre", "nov november novembre", "dec déc december décembre",
)  # fmt: skip
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAME = "(?P<month>" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er)?"
_YEAR = r"(?:,?\s+(?P<year>20\d\d))?\b"
_DAYS = (
    re.compile(r"\b(?P<year>20\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b"),
    re.compile(rf"\b{_DAY}\s+(?:of\s+|de\s+)?{_NAME}{_YEAR}"),
    re.compile(rf"\b{_NAME}\s+{_DAY}(?![\d:]){_YEAR}"),
)
_ON_WEEKDAY = re.compile(
    rf"\b(?P<weekday>{WEEKDAY})\s+(?:the\s+|le\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|e)?\b"
    rf"(?!\s*(?:[:.,/h-]\s*\d|[ap]\.?m\b|h\b|heures?\b|(?:of\s+|de\s+)?{_NAME.replace('?P<month>', '?:')}|{UNITS}))"
)
_BEFORE_DAY = re.compile(rf"\b(?P<weekday>{WEEKDAY}),?\s+(?:the\s+|le\s+|on\s+)?$")
_BEHIND_DAY = re.compile(rf"[\s,(]{{0,3}}(?P<weekday>{WEEKDAY})\b")
_NUMERIC = re.compile(r"\b(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<year>20\d\d|\d\d))?\b")
_CLOCKS = re.compile(
    r"\b(?P<h1>\d{1,2})(?::(?P<m1>\d\d)|\.(?P<m2>\d\d)(?=\s*[ap]\.?m\b))\s*(?P<half1>[ap]\.?m\b)?"
    r"|\b(?P<h2>\d{1,2})\s*(?P<half2>[ap]\.?m\b)"
    r"|\b(?P<h3>\d{1,2})\s*h\s*(?P<m3>\d\d)\b"
    r"|(?:\bavant|\bà|\bvers|\bjusqu'à|\bentre|\bet)\s+(?P<h4>\d{1,2})\s*(?:h|heures)\b"
    r"|\b(?P<noon>noon|midday|(?<!après[ -])midi)\b"
)
_MINUTES = re.compile(rf"{AMOUNT}\s*(?:min|mins|minutes?)\b")
_LONG = re.compile(r"\b(?:dans|sous|d'ici|in|within)\s+(?P<hours>\d{1,2})\s*h\s*(?P<minutes>\d\d)\b")
_PARTS = re.compile(
    r"(?<!\bby )(?<!\bat )(?<!\bà )(?<!\bavant )(?<!\bbefore )(?<!\bvers )"
    r"\b(?P<whole>\d{1,3})[.,](?P<part>\d|25|50|75)\s*(?:hours?|heures?|hrs?|h)\b"
)
_HOUR = r"(?:an?\s+)?(?:hour|heure|h)\b"
_QUARTERS = (
    (re.compile(rf"(?:\b(?:three\s+quarters|trois\s+quarts)|(?<![\d/])3/4|¾)\s*(?:of\s+|d')?{_HOUR}"), 45),
    (re.compile(rf"(?:\bquarter|\bquart|(?<![\d/])1/4|¼)\s*(?:of\s+|d')?{_HOUR}"), 15),
    (
        re.compile(
            rf"\bhalf\s+an?\s+hour\b|\bhalf-hour\b|\bdemi[ -]heure\b|(?:(?<![\d/])1/2|(?<!\d)½)\s*(?:d')?{_HOUR}"
        ),
        30,
    ),
)
_AND_A_HALF = re.compile(
    rf"{AMOUNT}\s*(?:and\s+a\s+half\s+hours?|hours?\s+and\s+a\s+half|h(?:eures?)?\s+et\s+demie?|½\s*(?:hours?|heures?|h))\b"
)

_WEEK_ON = re.compile(
    rf"\b(?P<first>{WEEKDAY})\s+(?:week\b|fortnight\b|en\s+(?:huit|quinze)\b)|\ba\s+week\s+(?:on|from)\s+(?P<second>{WEEKDAY})"
)
_NEXT_WEEK = r"(?:next\s+week|(?:de\s+)?la\s+semaine\s+(?:prochaine|suivante|d'après))"
_IN_NEXT_WEEK = re.compile(
    rf"\b(?P<first>{WEEKDAY})\s+{_NEXT_WEEK}\b|\b{_NEXT_WEEK}\s+(?:on\s+)?(?P<second>{WEEKDAY})\b"
)
_NEXT_DAY = re.compile(rf"\bnext\s+(?P<first>{WEEKDAY})\b")
_SPANS = (
    (re.compile(rf"\b{_NEXT_WEEK}\b"), 7),
    (re.compile(r"\bthis\s+week\b|\bcette\s+semaine\b|\bend\s+of\s+(?:the\s+)?week\b|\bfin\s+de\s+(?:la\s+)?semaine\b|"
                r"\bweek-?\s?end\b"), 0),
)  # fmt: skip
_NEXT_MONTH = re.compile(r"\bnext\s+month\b|\b(?:le\s+|du\s+)?mois\s+prochain\b")
_THIS_MONTH = re.compile(
    r"\b(?:this|end\s+of\s+(?:the|this))\s+month\b|\bce\s+mois\b|\bfin\s+(?:du|de\s+ce|de)\s+mois\b"
)
_BEHIND_A_PART = re.compile(r"\s*(?:an?\s+|d')?(?:h|hrs?|hours?|heures?|days?|jours?|journée|of)\b")


def read_deadline(words: str, said: datetime, zone: ZoneInfo, country: str = "") -> Term:
    """The deadline in what somebody said at an instant (aware): a day or an hour that was named, else what
    `read_term` reads. UNCLEAR where several were named, or one that may be either of two.

    A day without a year is the next such day, an hour without a day the next such hour. 3/12 is the 3rd of December but
    in the United States. A week ends with its Sunday.
    """
    text = deadline_part(words)
    if DOUBT in text:
        return term_in(text)
    local = said.astimezone(zone)
    minutes = _minutes(text)
    if minutes is not None:
        return Term(Unit.MOMENT, 0, (said + timedelta(minutes=minutes)).astimezone(UTC))
    day, clock = _day(text, local.date(), country), _clock(text)
    if isinstance(day, Term):
        return day
    if clock is None:
        return end_of(day, zone) if day is not None else term_in(text)
    term = term_in(_CLOCKS.sub(" ", text))
    if term.unit is Unit.UNCLEAR and day is None:
        return term
    return Term(Unit.MOMENT, 0, _at(day, clock, term, local).astimezone(UTC))


def _minutes(text: str) -> int | None:
    """A length of time in minutes or in parts of hours, where it was said in them."""
    found = _AND_A_HALF.search(text)
    if found is not None:
        word = found["amount"]
        return (NUMBERS[word] if word in NUMBERS else int(word)) * 60 + 30
    for pattern, minutes in _QUARTERS:
        if pattern.search(text):
            return minutes
    found = _PARTS.search(text)
    if found is not None:
        return int(found["whole"]) * 60 + round(float(f"0.{found['part']}") * 60)
    found = _LONG.search(text)
    if found is not None:
        return int(found["hours"]) * 60 + int(found["minutes"])
    found = _MINUTES.search(text)
    if found is None:
        return None
    word = found["amount"]
    return NUMBERS[word] if word in NUMBERS else int(word)


def _number_of(weekday: str) -> int:
    return next(number for number, names in enumerate(WEEKDAYS) if weekday in names)


def _in_weeks(text: str, today: date) -> date | Term | None:
    """A day named by its week or month: "Monday week", "lundi en huit", "next week", "fin du mois"."""
    found = _WEEK_ON.search(text)
    if found is not None:
        weeks = 14 if "quinze" in found[0] or "fortnight" in found[0] else 7
        return next_weekday(today, _number_of(found["first"] or found["second"])) + timedelta(days=weeks)
    monday = today - timedelta(days=today.weekday())
    found = _IN_NEXT_WEEK.search(text)
    if found is not None:
        return monday + timedelta(days=7 + _number_of(found["first"] or found["second"]))
    found = _NEXT_DAY.search(text)
    if found is not None:
        nearest = next_weekday(today, _number_of(found["first"]))
        return nearest if nearest >= monday + timedelta(days=7) else Term(Unit.UNCLEAR)
    if weekdays_in(text):
        return None
    for pattern, days in _SPANS:
        if pattern.search(text):
            return monday + timedelta(days=days + 6)
    first = today.replace(day=1)
    if _NEXT_MONTH.search(text):
        return after_months(first, 2) - timedelta(days=1)
    return after_months(first, 1) - timedelta(days=1) if _THIS_MONTH.search(text) else None


def _at(day: date | None, clock: time, term: Term, local: datetime) -> datetime:
    """The instant of an hour: on the day that was named, on the weekday, tomorrow, else the next such hour."""
    if day is None and term.unit is Unit.WEEKDAY:
        day = next_weekday(local.date(), term.amount % 7)
    if day is None and term.unit is Unit.DAYS:
        day = local.date() + timedelta(days=term.amount)
    if day is not None:
        return datetime.combine(day, clock, local.tzinfo)
    today = datetime.combine(local.date(), clock, local.tzinfo)
    if today > local:
        return today
    return datetime.combine(local.date() + timedelta(days=1), clock, local.tzinfo)


def _day(text: str, today: date, country: str) -> date | Term | None:
    """The day that was named; UNCLEAR where several were, None where none was."""
    named: list[tuple[int, int, date]] = []
    for pattern in _DAYS:
        for found in pattern.finditer(text):
            parts = found.groupdict()
            month = int(parts["number"]) if parts.get("number") else _MONTH_OF[parts["month"]]
            day = _next(parts.get("year"), month, int(parts["day"]), today)
            if day is not None:
                named.append((found.start(), found.end(), day))
    for found in _NUMERIC.finditer(text):
        day = _in_numbers(found, text, today, country)
        if day is not None:
            named.append((found.start(), found.end(), day))
    if any(_is_another_weekday(text, *one) for one in named):
        return Term(Unit.UNCLEAR)
    for found in _ON_WEEKDAY.finditer(text):
        day = _of_month(int(found["day"]), _number_of(found["weekday"]), today)
        if day is None:
            return Term(Unit.UNCLEAR)
        named.append((found.start(), found.end(), day))
    if not named:
        return _in_weeks(text, today)
    return chosen(sorted(named), text) or Term(Unit.UNCLEAR)


def _is_another_weekday(text: str, start: int, end: int, day: date) -> bool:
    """A weekday is named beside a day, and the day is another one: "Tuesday 30 November"."""
    beside = (_BEFORE_DAY.search(text[:start]), _BEHIND_DAY.match(text, end))
    return any(found is not None and _number_of(found["weekday"]) != day.weekday() for found in beside)


def _of_month(number: int, weekday: int, today: date) -> date | None:
    """The day with a number in this month or the next that is the weekday which was named with it."""
    for months in range(2):
        first = after_months(today.replace(day=1), months)
        try:
            found = first.replace(day=number)
        except ValueError:
            continue
        if found >= today and found.weekday() == weekday:
            return found
    return None


def _in_numbers(found: re.Match[str], text: str, today: date, country: str) -> date | None:
    """A day as 3/12; "1/2 hour" and "24/7" are none."""
    if found["first"] + found["second"] in {"247", "2424"}:
        return None
    if found["year"] is None and _BEHIND_A_PART.match(text[found.end() :]):
        return None
    first, second = int(found["first"]), int(found["second"])
    month, day = (first, second) if country.upper() == "US" else (second, first)
    return _next(found["year"], month, day, today)


def _next(year: str | None, month: int, day: int, today: date) -> date | None:
    """A day, of the next year that has it where none was named; None for a day that there is not."""
    years = [int(year) % 100 + 2000] if year else [today.year + more for more in range(2)]
    for one in years:
        try:
            found = date(one, month, day)
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None


def _clock(text: str) -> time | None:
    """The last hour that was named: "between 8:00 and 18:00" ends at six."""
    last = None
    for found in _CLOCKS.finditer(text):
        if found["noon"]:
            last = time(12)
            continue
        hour = int(found["h1"] or found["h2"] or found["h3"] or found["h4"])
        minute = int(found["m1"] or found["m2"] or found["m3"] or 0)
        half = (found["half1"] or found["half2"] or "")[:1]
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour < 24 and minute < 60:
            last = time(hour, minute)
    return last
