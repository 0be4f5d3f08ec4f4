"""Reads a day or an hour that somebody named: "by 12 December", "Monday before 5pm", "avant 17 h", "in 30 minutes"."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from selfcare.domain.workdays import next_weekday

from .deadlines import Term, Unit, end_of, read_term

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
_NUMBERS = re.compile(r"\b(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<year>20\d\d|\d\d))?\b")
_CLOCKS = re.compile(
    r"\b(?P<h1>\d{1,2})[:.](?P<m1>\d\d)\s*(?P<half1>[ap]\.?m\b)?"
    r"|\b(?P<h2>\d{1,2})\s*(?P<half2>[ap]\.?m\b)"
    r"|\b(?P<h3>\d{1,2})\s*h\s*(?P<m3>\d\d)\b"
    r"|(?:\bavant|\bà|\bvers|\bjusqu'à|\bentre|\bet)\s+(?P<h4>\d{1,2})\s*(?:h|heures)\b"
    r"|\b(?P<noon>noon|midday|midi)\b"
)
_MINUTES = re.compile(r"\b(?P<amount>\d{1,3})\s*(?:min|mins|minutes?)\b")
_LONG = re.compile(r"\b(?:dans|sous|d'ici|in|within)\s+(?P<hours>\d{1,2})\s*h\s*(?P<minutes>\d\d)\b")
_HALF_HOUR = re.compile(r"\b(?:half\s+an?\s+hour|half-hour|(?:une\s+)?demi[ -]heure)\b")


def read_deadline(words: str, said: datetime, zone: ZoneInfo, country: str = "") -> Term:
    """The deadline in what somebody said at an instant (aware): a day or an hour that was named, else what
    `read_term` reads.

    A day without a year is the next such day, an hour without a day the next such hour. 3/12 is the 3rd of December but
    in the United States.
    """
    text = " ".join(words.casefold().replace("’", "'").replace("\u00a0", " ").split())
    local = said.astimezone(zone)
    minutes = _minutes(text)
    if minutes is not None:
        return Term(Unit.MOMENT, 0, (said + timedelta(minutes=minutes)).astimezone(UTC))
    day, clock = _day(text, local.date(), country), _clock(text)
    if clock is None:
        return end_of(day, zone) if day is not None else read_term(words)
    return Term(Unit.MOMENT, 0, _at(day, clock, read_term(_CLOCKS.sub(" ", text)), local).astimezone(UTC))


def _minutes(text: str) -> int | None:
    """A length of time in minutes, where it was said in them."""
    if _HALF_HOUR.search(text):
        return 30
    found = _LONG.search(text)
    if found is not None:
        return int(found["hours"]) * 60 + int(found["minutes"])
    found = _MINUTES.search(text)
    return int(found["amount"]) if found is not None else None


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


def _day(text: str, today: date, country: str) -> date | None:
    for pattern in _DAYS:
        found = pattern.search(text)
        if found is not None:
            parts = found.groupdict()
            month = int(parts["number"]) if parts.get("number") else _MONTH_OF[parts["month"]]
            return _next(parts.get("year"), month, int(parts["day"]), today)
    found = _NUMBERS.search(text)
    if found is None or found["first"] + found["second"] in {"247", "2424"}:
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
        minute = int(found["m1"] or found["m3"] or 0)
        half = (found["half1"] or found["half2"] or "")[:1]
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour < 24 and minute < 60:
            last = time(hour, minute)
    return last
