"""Counts days the way contracts do: calendar days, working days with their bank holidays, months, clock hours.

Both a promise and a way out are counted so; that is why it stands on the floor below both.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

_SUNDAY, _WEEKEND = frozenset({6}), frozenset({5, 6})
_OVERSEAS = ("971", "972", "973", "974", "976", "BL", "MF")
_LIBRARY: dict[str, tuple[str, str | None, frozenset[int]]] = {
    "GB-ENG": ("GB", "ENG", _WEEKEND),
    "GB-SCT": ("GB", "SCT", _WEEKEND),
    "GB-NIR": ("GB", "NIR", _WEEKEND),
    "FR": ("FR", None, _SUNDAY),
    "FR-57": ("FR", "57", _SUNDAY),
    "FR-OUVRES": ("FR", None, _WEEKEND),
    "FR-57-OUVRES": ("FR", "57", _WEEKEND),
    "US": ("US", None, _WEEKEND),
    **{f"FR-{part}": ("FR", part, _SUNDAY) for part in _OVERSEAS},
    **{f"FR-{part}-OUVRES": ("FR", part, _WEEKEND) for part in _OVERSEAS},
}

CALENDARS = tuple(_LIBRARY)
"""The working-day calendars: three nations of the UK; French jours ouvrables (Saturday counts) and jours ouvrés, each
with those of Alsace-Moselle ("57": Bas-Rhin, Haut-Rhin, Moselle) and of each overseas department; US federal."""

Own = frozenset[date] | None
"""The operator's own holidays; None where the operator states none.

A carrier's stand in place of the federal ones (47 CFR 52.35). In France and the United Kingdom the legal holidays are
no working days whatever an operator says (L3133-1 C. trav.; UK-CAL-01), so its own come on top.
"""

_REPLACEABLE = frozenset({"US"})


@lru_cache(maxsize=256)
def holidays_of(calendar: str, year: int) -> frozenset[date]:
    """The holidays of a calendar in a year, substitute days included. KeyError for a calendar we do not have."""
    country, part, _ = _LIBRARY[calendar]
    import holidays

    found = holidays.country_holidays(country, subdiv=part, years=year)
    if part in _OVERSEAS:  # by law the day of the abolition alone; what else is kept there is custom
        usual = holidays_of("FR", year)
        return usual | {d for d, name in found.items() if d.year == year and "abolition" in name.casefold()}
    return frozenset(d for d in found if d.year == year)


def is_working_day(day: date, calendar: str, own: Own = None) -> bool:
    """Neither weekend nor holiday in a calendar."""
    if day.weekday() in _LIBRARY[calendar][2]:
        return False
    if own is not None and (day in own or calendar in _REPLACEABLE):
        return day not in own
    return day not in holidays_of(calendar, day.year)


def after_working_days(day: date, count: int, calendar: str, own: Own = None) -> date:
    """The day `count` working days after a day; the day itself never counts, whatever it is."""
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day, calendar, own):
            count -= 1
    return day


def before_working_days(day: date, count: int, calendar: str, own: Own = None) -> date:
    """The day `count` working days before a day; the day itself never counts."""
    while count > 0:
        day -= timedelta(days=1)
        if is_working_day(day, calendar, own):
            count -= 1
    return day


def same_or_next_working_day(day: date, calendar: str, own: Own = None) -> date:
    """The day itself if it is a working day, else the next one."""
    return day if is_working_day(day, calendar, own) else after_working_days(day, 1, calendar, own)


def after_months(day: date, count: int) -> date:
    """The same day of the month `count` months later (or earlier, if negative); the month's last day if it has none."""
    from calendar import monthrange  # a start counts no months

    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def after_hours(moment: datetime, hours: int) -> datetime:
    """So many clock hours later: on the instant, so a change of the clocks neither gives nor takes any (CV-6)."""
    return later(moment, timedelta(hours=hours))


def later(moment: datetime, wait: timedelta) -> datetime:
    """So much later on the instant, in the same time zone. ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return (moment.astimezone(UTC) + wait).astimezone(moment.tzinfo)


def after_minutes(moment: datetime, minutes: int) -> datetime:
    """So many minutes later on the instant. ValueError for a moment without a zone."""
    return later(moment, timedelta(minutes=minutes))


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """The last second of a day where the customer is: until then a promise "on that day" is kept."""
    return datetime.combine(day, time(23, 59, 59), zone)


def whole_day(moment: datetime, zone: tzinfo) -> datetime:
    """The end of the day that a midnight stands for, by the clock here or by UTC; any other moment as it is (CV-1)."""
    for clock in (zone, UTC):
        local = moment.astimezone(clock)
        if local.time() == time():
            return end_of_day(local.date(), zone).astimezone(UTC)
    return moment


def next_weekday(day: date, weekday: int) -> date:
    """The next Monday (0) to Sunday (6) after a day; said on a Monday, "on Monday" is a week later."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def after_period(day: date, amount: int, unit: str) -> date:
    """A period after a day; `unit` is "day" or "month"."""
    return after_months(day, amount) if unit == "month" else day + timedelta(days=amount)
