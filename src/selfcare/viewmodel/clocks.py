"""Whose clock a time is said by, where the customer's computer stands in another zone than the operator."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from selfcare.i18n import Words


def place_of(zone: ZoneInfo, words: Words) -> str:
    """The town after which a time zone is named: London, Londres."""
    from babel.dates import get_timezone_location

    try:
        return get_timezone_location(zone, locale=words.locale.replace("-", "_"), return_city=True)
    except (LookupError, ValueError):
        return zone.key.rsplit("/", 1)[-1].replace("_", " ")


def in_place(said: str, zone: ZoneInfo, words: Words) -> str:
    """Something with a time in it, and whose time that is."""
    return words.tr("{clock} (time of {place})", clock=said, place=place_of(zone, words))


def zone_note(zone: ZoneInfo, words: Words) -> str:
    """The sentence that stands above times of another zone than the computer's."""
    return words.tr("All times are those of {place}, where your operator is.", place=place_of(zone, words))
