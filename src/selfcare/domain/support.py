"""How the operator can be reached: channels, opening hours in their own time zone, postal addresses."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from .records import Struct
from .workdays import holidays_of


class ChannelKind(StrEnum):
    """The way a desk is reached."""

    PHONE = "phone"
    CHAT = "chat"
    EMAIL = "email"
    POST = "post"
    SHOP = "shop"
    WEB = "web"


_LAST_MINUTE = time(23, 59)


class Hours(Struct, frozen=True):
    """Open on one weekday (Monday is 0) from `opens` to `closes`, local time of the channel."""

    weekday: int
    opens: time
    closes: time


class Channel(Struct, frozen=True):
    """One way to reach one desk. No hours at all means "not stated"; `always` means around the clock.

    It is closed on the days `closed_on`, and on the holidays of `calendar` (one of workdays.CALENDARS, "" for none).
    `registered` says that a postal address takes registered letters, `at_hand` what the desk asks for, `languages` are
    spoken there (BCP 47 tags); "" and () mean not stated. `is_noted`: the customer wrote it down, not the operator.
    """

    kind: ChannelKind
    name: str
    address: str
    zone: str
    hours: tuple[Hours, ...] = ()
    always: bool = False
    purpose: str = ""
    closed_on: tuple[date, ...] = ()
    calendar: str = ""
    registered: bool = False
    at_hand: str = ""
    languages: tuple[str, ...] = ()
    is_noted: bool = False

    def is_holiday(self, day: date) -> bool:
        """The desk does not open on this day, whatever its hours say."""
        return day in self.closed_on or (bool(self.calendar) and day in holidays_of(self.calendar, day.year))


class Support(Struct, frozen=True):
    """Everything the operator says of how to reach it, and since when we have it."""

    channels: tuple[Channel, ...]
    source: str = ""
    as_of: date | None = None


class Openness(Struct, frozen=True):
    """Whether a desk is open: True, False, or None where not stated; and when that changes, if known."""

    is_open: bool | None
    changes: datetime | None = None


def openness(channel: Channel, now: datetime) -> Openness:
    """Whether a desk is open at an instant, by its own clock, and when it opens or closes next (within 15 days).

    Hours that begin on a holiday do not count; those that run past midnight into one do. Hours that follow each other
    without a gap are one.
    """
    if channel.always:
        return Openness(True)
    if not channel.hours:
        return Openness(None)
    end: datetime | None = None
    for opens, closes in spans_of(channel, now.astimezone(ZoneInfo(channel.zone)).date(), 15):
        if end is not None:
            if opens > end:
                return Openness(True, end)
            end = max(end, closes)
        elif opens <= now < closes:
            end = closes
        elif opens > now:
            return Openness(False, opens)
    if end is None:
        return Openness(False)
    return Openness(True, end if end - now < timedelta(days=14) else None)


def spans_of(channel: Channel, day: date, ahead: int) -> list[tuple[datetime, datetime]]:
    """When a desk opens and closes from the day before a day to `ahead` days after it, holidays left out, in order.

    Compared as instants (UTC), so that the night in which the clock changes is as long as it is. The last minute of a
    day, as which many write its end, is that end.
    """
    zone = ZoneInfo(channel.zone)
    found: list[tuple[datetime, datetime]] = []
    for number in range(-1, ahead + 1):
        first = day + timedelta(days=number)
        if channel.is_holiday(first):
            continue
        for hours in channel.hours:
            if hours.weekday == first.weekday():
                ends = time() if hours.closes >= _LAST_MINUTE else hours.closes
                last = first if ends > hours.opens else first + timedelta(days=1)
                opens = datetime.combine(first, hours.opens, zone).astimezone(UTC)
                found.append((opens, datetime.combine(last, ends, zone).astimezone(UTC)))
    return sorted(found)
