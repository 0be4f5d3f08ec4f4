"""A clock that counts the hours without service, however often they were reported, and what rent they come to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from selfcare.domain.money import Money
from selfcare.domain.records import Struct

_MONTH_HOURS = 720
"""Thirty days: how a share of a month's price is counted here."""


class Spell(Struct, frozen=True):
    """A time without service: from `began` to `ended`, None while it lasts; both know their zone.

    `reported` is when the operator was told, None if it was not: what counts from a report counts from then.
    """

    began: datetime
    ended: datetime | None = None
    reported: datetime | None = None


class Outage(Struct, frozen=True):
    """Everything without service up to an instant: `spells` do not overlap and are in order."""

    spells: tuple[Spell, ...]
    until: datetime

    @property
    def total(self) -> timedelta:
        """How long all of it was, by the clock."""
        return sum((_length(s, self.until) for s in self.spells), timedelta(0))

    @property
    def hours(self) -> Decimal:
        """The whole in hours, exact to the second."""
        return Decimal(int(self.total.total_seconds())) / 3600

    @property
    def longest(self) -> timedelta:
        """The longest spell."""
        return max((_length(s, self.until) for s in self.spells), default=timedelta(0))

    @property
    def is_running(self) -> bool:
        """There is no service now."""
        return any(s.ended is None for s in self.spells)


def outage(spells: Iterable[Spell], now: datetime) -> Outage:
    """Put the spells on one clock, up to now: those that touch or overlap become one, reported when first reported.

    What begins later than now, or ends before it began, counts nothing. ValueError for an instant without a zone.
    """
    found: list[Spell] = []
    for spell in sorted(spells, key=lambda s: _instant(s.began)):
        ended = None if spell.ended is None or _instant(spell.ended) > _instant(now) else spell.ended
        if _instant(spell.began) >= _instant(ended or now):
            continue
        here = Spell(spell.began, ended, spell.reported)
        if found and _touches(found[-1], here):
            found[-1] = _joined(found[-1], here)
        else:
            found.append(here)
    return Outage(tuple(found), now)


def rent_of(found: Outage, monthly: Money) -> Money:
    """The part of the monthly price for the hours without service, by a month of 30 days, half up to the cent."""
    return Money(monthly.value * found.hours / _MONTH_HOURS, monthly.unit).rounded()


def _touches(one: Spell, two: Spell) -> bool:
    return one.ended is None or _instant(two.began) <= _instant(one.ended)


def _joined(one: Spell, two: Spell) -> Spell:
    ends = [s.ended for s in (one, two)]
    ended = None if None in ends else max((e for e in ends if e is not None), key=_instant)
    reports = [s.reported for s in (one, two) if s.reported is not None]
    return Spell(one.began, ended, min(reports, key=_instant, default=None))


def _length(spell: Spell, until: datetime) -> timedelta:
    return _instant(spell.ended or until) - _instant(spell.began)


def _instant(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)
