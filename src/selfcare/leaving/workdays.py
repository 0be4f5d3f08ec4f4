"""Counts days the way contracts do: calendar days, working days with their bank holidays, months, clock hours."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import lru_cache

_WEEKENDS = {"GB": frozenset({5, 6}), "FR": frozenset({6}), "US": frozenset({5, 6})}
_LIBRARY = {
    "GB-ENG": ("GB", "ENG"),
    "GB-SCT": ("GB", "SCT"),
    "GB-NIR": ("GB", "NIR"),
    "FR": ("FR", None),
    "US": ("US", None),
}

CALENDARS = tuple(_LIBRARY)
"""The working-day calendars: three nations of the UK, French jours ouvrables (Saturday counts), US federal."""


@lru_cache(maxsize=256)
def holidays_of(calendar: str, year: int) -> frozenset[date]:
    """The holidays of a calendar in a year, substitute days included. KeyError for a calendar we do not have."""
    country, part = _LIBRARY[calendar]
    import holidays

    found = holidays.country_holidays(country, subdiv=part, years=year)
    return frozenset(d for d in found if d.year == year)


def is_working_day(day: date, calendar: str) -> bool:
    """Neither weekend nor holiday in a calendar."""
    return day.weekday() not in _WEEKENDS[calendar[:2]] and day not in holidays_of(calendar, day.year)


def after_working_days(day: date, count: int, calendar: str) -> date:
    """The day `count` working days after a day; the day itself never counts, whatever it is."""
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day, calendar):
            count -= 1
    return day


def before_working_days(day: date, count: int, calendar: str) -> date:
    """The day `count` working days before a day; the day itself never counts."""
    while count > 0:
        day -= timedelta(days=1)
        if is_working_day(day, calendar):
            count -= 1
    return day


def same_or_next_working_day(day: date, calendar: str) -> date:
    """The day itself if it is a working day, else the next one."""
    return day if is_working_day(day, calendar) else after_working_days(day, 1, calendar)


def after_months(day: date, count: int) -> date:
    """The same day of the month `count` months later (or earlier, if negative); the month's last day if it has none."""
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def after_hours(moment: datetime, hours: int) -> datetime:
    """So many clock hours later: counted on the instant, so a change of the clocks neither gives nor takes any."""
    return moment + timedelta(hours=hours)


def after_period(day: date, amount: int, unit: str) -> date:
    """A period after a day; `unit` is "day" or "month"."""
    return after_months(day, amount) if unit == "month" else day + timedelta(days=amount)


def whole_months_and_days(start: date, end: date) -> tuple[int, int, int]:
    """Whole months from start to end, the days over, and the length in days of the month these days belong to."""
    if end <= start:
        return 0, 0, 30
    months = (end.year - start.year) * 12 + end.month - start.month
    if after_months(start, months) > end:
        months -= 1
    anchor = after_months(start, months)
    return months, (end - anchor).days, (after_months(start, months + 1) - anchor).days
