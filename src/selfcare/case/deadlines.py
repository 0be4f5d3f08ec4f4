"""Says by when a promise is due: "within 72 hours", "in two working days", "on Monday", "by the end of the day"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from selfcare.domain.records import Struct
from selfcare.domain.support import Channel
from selfcare.domain.workdays import CALENDARS, after_hours, after_months, after_working_days, end_of_day, next_weekday


class Unit(StrEnum):
    """What a deadline is counted in."""

    HOURS = "hours"
    """Clock hours on the instant: a change of the clocks neither gives nor takes any (CV-6)."""
    DAYS = "days"
    """Calendar days; the last one counts until its end (CV-1)."""
    WORKING_DAYS = "workingDays"
    """Working days of the operator's country; the day on which it was said never counts (CV-2)."""
    WORKABLE_DAYS = "workableDays"
    """French jours ouvrables: Monday to Saturday without holidays (CV-3); elsewhere the same as working days."""
    MONTHS = "months"
    """Calendar months; the last day counts until its end."""
    WEEKDAY = "weekday"
    """The next Monday (0) to Sunday (6), until its end (PR-V03)."""
    MOMENT = "moment"
    """A day and a time that were named."""
    NONE = "none"
    """No day was named: "soon", "as quickly as possible"."""
    UNCLEAR = "unclear"
    """Several days or lengths were named, and which is the deadline cannot be told: the customer chooses."""


class Term(Struct, frozen=True):
    """A deadline as it was said. `amount` is how many, or which weekday; `moment` is the one that was named."""

    unit: Unit = Unit.NONE
    amount: int = 0
    moment: datetime | None = None


LONGEST = 3660
"""Hours or days in one promise at the most: more is a slip of the pen."""

_CALENDARS = {"GB": "GB-ENG", "FR": "FR-OUVRES", "US": "US"}


class WorkingDays(Struct, frozen=True):
    """Which days are worked: a calendar of `domain.workdays` ("" where none is known), and the operator's `own`
    holidays on top, None where it states none."""

    calendar: str = ""
    own: frozenset[date] | None = None


def calendar_of(country: str, nation: str = "") -> str:
    """The working days that an operator of a country counts by; "" where we have no calendar of it. `nation` is the
    calendar of where the customer lives, "" where that is not known.

    In France those of offices (jours ouvrés): a desk that promises an answer is meant, not a notice in law.
    """
    found = _CALENDARS.get(country.upper(), "")
    if nation.split("-")[0] == country.upper():
        found = f"{nation.removesuffix('-OUVRES')}-OUVRES" if nation.startswith("FR") else nation
    return found if found in CALENDARS else ""


def working_days(country: str, nation: str = "", desks: Iterable[Channel] = ()) -> WorkingDays:
    """The days that an operator works: by the country and the nation, without the days on which all its `desks` with
    such days say that they are closed. In the United States such days would stand in place of the federal ones."""
    days = [frozenset(desk.closed_on) for desk in desks if desk.closed_on]
    own = frozenset.intersection(*days) if days and country.upper() != "US" else None
    return WorkingDays(calendar_of(country, nation), own or None)


def due_of(term: Term, said: datetime, zone: ZoneInfo, days: WorkingDays | str = "") -> datetime | None:
    """The last instant, in UTC, at which what was promised is still in time (CV-10); None where no day was named.

    Days end where the operator is (`zone`). Raises ValueError for a moment without a zone, for less than nothing, for
    more than ten years, and for working days of a country whose calendar (`days`) is not known.
    """
    worked = WorkingDays(days) if isinstance(days, str) else days
    if said.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    if not 0 <= term.amount <= LONGEST:
        raise ValueError("not a length of time")
    day = said.astimezone(zone).date()
    match term.unit:
        case Unit.NONE | Unit.UNCLEAR:
            return None
        case Unit.HOURS:
            return after_hours(said.astimezone(UTC), term.amount)
        case Unit.DAYS:
            return end_of_day(day + timedelta(days=term.amount), zone).astimezone(UTC)
        case Unit.MONTHS:
            if term.amount > LONGEST // 30:
                raise ValueError("not a length of time")
            return end_of_day(after_months(day, term.amount), zone).astimezone(UTC)
        case Unit.WORKING_DAYS | Unit.WORKABLE_DAYS:
            if worked.calendar not in CALENDARS:
                raise ValueError("no calendar of working days")
            calendar = worked.calendar
            if term.unit is Unit.WORKABLE_DAYS:
                calendar = calendar.removesuffix("-OUVRES")
            return end_of_day(after_working_days(day, term.amount, calendar, worked.own), zone).astimezone(UTC)
        case Unit.WEEKDAY:
            return end_of_day(next_weekday(day, term.amount % 7), zone).astimezone(UTC)
    if term.moment is None or term.moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return term.moment.astimezone(UTC)


def end_of(day: date, zone: ZoneInfo) -> Term:
    """The deadline "on that day": until its end where the operator is."""
    return Term(Unit.MOMENT, 0, end_of_day(day, zone).astimezone(UTC))


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
