"""What stands in one cell of a dossier: a moment, a day, a heading with its text."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from selfcare.i18n import Words


def moment_text(moment: datetime | None, words: Words, zone: ZoneInfo) -> str:
    """A day and an hour, one below the other."""
    if moment is None:
        return words.tr("not stated")
    return f"{words.short_day(moment.astimezone(zone).date())}\n{words.clock(moment, zone)}"


def day_text(day: date | None, words: Words) -> str:
    """A day, or that none is stated."""
    return words.short_day(day) if day is not None else words.tr("not stated")


def said_text(head: str, text: str, words: Words) -> str:
    """A heading and what it is about."""
    return words.tr("{what}: {title}", what=head, title=text)


def nothing_text(words: Words) -> str:
    """What stands where a section has no rows."""
    return words.tr("Nothing for this choice.")
