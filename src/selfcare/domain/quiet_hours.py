"""The hours in which the tray says nothing: what comes due in them is said when they are over."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

USUAL = "22-8"
"""From ten in the evening until eight in the morning, by this computer's clock."""

CHOICES = ("", "20-9", "21-7", USUAL, "23-6")
"""What can be chosen; "" is never."""

_HOURS = r"(\d{1,2})-(\d{1,2})"


def read_hours(kept: object) -> str:
    """The quiet hours as they were kept; the usual ones for what cannot be read."""
    return kept if isinstance(kept, str) and (kept in CHOICES or hours_of(kept) is not None) else USUAL


def hours_of(quiet: str) -> tuple[int, int] | None:
    """From which hour of the day until which; None for none, or what are none."""
    found = re.fullmatch(_HOURS, quiet)
    if found is None:
        return None
    start, end = int(found[1]), int(found[2])
    return (start, end) if start < 24 and end < 24 and start != end else None


def quiet_until(quiet: str, local: datetime) -> datetime | None:
    """When the quiet hours end in which a moment of a clock on the wall lies; None where it lies in none.

    Both are what the clock shows, so it is given without an offset, which may be another one at their end.
    They may cross midnight; their last instant is the one before their end.
    """
    hours = hours_of(quiet)
    if hours is None:
        return None
    start, end = hours
    is_within = start <= local.hour < end if start < end else local.hour >= start or local.hour < end
    if not is_within:
        return None
    over = local.replace(hour=end, minute=0, second=0, microsecond=0)
    return over if over > local else over + timedelta(days=1)
