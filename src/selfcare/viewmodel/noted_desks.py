"""What the customer types of a way to reach the operator: which, where, and when somebody is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time

from selfcare.domain.support import Channel, ChannelKind, Hours
from selfcare.i18n import Words

from .channels import kind_name

LONGEST_ADDRESS = 400
KINDS = (ChannelKind.PHONE, ChannelKind.POST, ChannelKind.SHOP, ChannelKind.CHAT, ChannelKind.EMAIL)
_DAYS = ((0, 1, 2, 3, 4), (5,), (6,))
_HOURS = re.compile(r"(\d{1,2})(?:\s*[:.h]\s*(\d{2})?)?\s*(?:-|–|—|to|à)\s*(\d{1,2})(?:\s*[:.h]\s*(\d{2})?)?")


def kind_choices(words: Words) -> list[tuple[str, str]]:
    """The ways to reach somebody."""
    return [(kind.value, kind_name(kind, words)) for kind in KINDS]


def day_names(words: Words) -> tuple[str, str, str]:
    """Over the three fields for hours."""
    return words.tr("Monday to Friday"), words.tr("Saturday"), words.tr("Sunday")


def hours_typed(typed: Sequence[str]) -> tuple[Hours, ...] | None:
    """The hours of Monday to Friday, Saturday and Sunday as they were typed ("9:00-18:00", "9h-18h", "9 to 18"); none
    for an empty field. None where one cannot be understood."""
    found: list[Hours] = []
    for days, text in zip(_DAYS, typed, strict=True):
        if not text.strip():
            continue
        read = _HOURS.fullmatch(text.strip().casefold())
        if read is None:
            return None
        first, last = _clock(read[1], read[2]), _clock(read[3], read[4])
        if first is None or last is None or first == last:
            return None
        found += [Hours(day, first, last) for day in days]
    return tuple(sorted(found, key=lambda one: one.weekday))


def _clock(hour: str, minute: str | None) -> time | None:
    if (int(hour), int(minute or 0)) == (24, 0):
        return time(23, 59)
    return time(int(hour), int(minute or 0)) if int(hour) < 24 and int(minute or 0) < 60 else None


def desk_typed(kind: str, name: str, address: str, hours: tuple[Hours, ...], zone: str, words: Words) -> Channel:
    """The way as it is kept; one without a name is called after its kind."""
    what = ChannelKind(kind)
    called = name.strip() or kind_name(what, words)
    return Channel(what, called, address.strip(), zone, () if what is ChannelKind.POST else hours, is_noted=True)


def refusal(address: str, hours: tuple[Hours, ...] | None, words: Words) -> str:
    """Why it cannot be kept so; "" if it can."""
    if not address.strip():
        return words.tr("Write the number or the address.")
    if hours is None:
        return words.tr("Write the hours so: 09:00-18:00. Leave a field empty where nobody is there.")
    return ""
