"""The announced change that a confirmed plan rests on: it stays known, whatever becomes of the operator's list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from selfcare.domain.money import Money
from selfcare.domain.records import Sealed, replace

from .facts import LeavingFacts, Rise
from .way import Way


class Leaning(Sealed, frozen=True):
    """A change that was `told` on a day; `rise` is that of the price, where its amount is known."""

    told: date
    rise: Rise | None = None


def leaning_of(way: Way) -> Leaning | None:
    """The change by which a planned way is free, or may be; None where it rests on none."""
    free = way.quote.lines[0].change
    if free is None:
        return None
    rise = free.rise
    return Leaning(free.first, None if rise is None else replace(rise, agreed=None, by_percent=False))


def is_unlisted(facts: LeavingFacts, leaning: Leaning | None) -> bool:
    """The change that a plan rests on is listed no more; `facts` are as the operator states them."""
    return leaning is not None and leaning.told not in facts.price_changes


def with_leaning(facts: LeavingFacts, leaning: Leaning | None, today: date) -> LeavingFacts:
    """The facts with the change that a plan rests on, also where it is listed no more.

    Many lists hold only what is to come: a rise that has begun is in the price, and still frees as it did. One that was
    to come may have been taken back: then of its amount nothing is known, so that it frees perhaps.
    """
    if leaning is None or not is_unlisted(facts, leaning):
        return facts
    rise = leaning.rise
    has_begun = rise is not None and rise.starts is not None and rise.starts <= today
    rises = (*facts.rises, rise) if rise is not None and has_begun else facts.rises
    return replace(facts, price_changes=(*facts.price_changes, leaning.told), rises=rises)


def leaning_document(leaning: Leaning | None) -> dict[str, Any] | None:
    """The change as it is kept with a plan."""
    if leaning is None:
        return None
    rise = leaning.rise
    if rise is None:
        return {"told": leaning.told.isoformat()}
    return {
        "told": leaning.told.isoformat(),
        "starts": rise.starts.isoformat() if rise.starts is not None else None,
        "amount": _written(rise.amount),
        "before": _written(rise.before),
    }


def leaning_from(entry: Mapping[str, Any] | None) -> Leaning | None:
    """The change as it was kept."""
    if not entry:
        return None
    told, amount, starts = date.fromisoformat(entry["told"]), _read(entry.get("amount")), entry.get("starts")
    if amount is None:
        return Leaning(told)
    first = date.fromisoformat(starts) if starts else None
    return Leaning(told, Rise(told, first, amount, before=_read(entry.get("before"))))


def _written(amount: Money | None) -> list[str] | None:
    return None if amount is None else [str(amount.value), amount.unit]


def _read(entry: Any) -> Money | None:
    return None if not entry else Money(Decimal(entry[0]), str(entry[1]))
