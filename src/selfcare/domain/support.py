"""How the operator can be reached: channels, opening hours in their own time zone, postal addresses."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from .records import Struct


class ChannelKind(StrEnum):
    """The way a desk is reached."""

    PHONE = "phone"
    CHAT = "chat"
    EMAIL = "email"
    POST = "post"
    SHOP = "shop"
    WEB = "web"


class Hours(Struct, frozen=True):
    """Open on one weekday (Monday is 0) from `opens` to `closes`, local time of the channel."""

    weekday: int
    opens: time
    closes: time


class Channel(Struct, frozen=True):
    """One way to reach one desk. No hours at all means "not stated"; `always` means around the clock."""

    kind: ChannelKind
    name: str
    address: str
    zone: str
    hours: tuple[Hours, ...] = ()
    always: bool = False
    purpose: str = ""


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
    """Whether a desk is open at an instant, by its own clock, and when it opens or closes next (within 8 days)."""
    if channel.always:
        return Openness(True)
    if not channel.hours:
        return Openness(None)
    zone = ZoneInfo(channel.zone)
    local = now.astimezone(zone)
    spans: list[tuple[datetime, datetime]] = []
    for ahead in range(-1, 9):
        day = local.date() + timedelta(days=ahead)
        for hours in channel.hours:
            if hours.weekday == day.weekday():
                opens = datetime.combine(day, hours.opens, zone)
                closes = datetime.combine(day, hours.closes, zone)
                spans.append((opens, closes if closes > opens else closes + timedelta(days=1)))
    for opens, closes in sorted(spans):
        if opens <= now < closes:
            return Openness(True, closes)
        if opens > now:
            return Openness(False, opens)
    return Openness(False)
