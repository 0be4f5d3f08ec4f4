"""A time without service in words, as the customer noted it."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from selfcare.case.notebook import DeadTime
from selfcare.i18n import Words


def spell_text(spell: DeadTime, words: Words, zone: ZoneInfo, today: date | None = None) -> str:
    """From when until when. Without `today` every day has its year, as on paper."""
    began = words.instant(spell.began, zone, today)
    if spell.ended is None:
        return words.tr("From {began}, still without service", began=began)
    return words.tr("From {began} until {ended}", began=began, ended=words.instant(spell.ended, zone, today))
