"""Each announced change for itself: when it was told, its rise where the amount is known, and how long it frees."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from selfcare.domain.records import Struct

from .country import CostReason, FreeExit
from .facts import LeavingFacts, Rise


class Change(Struct, frozen=True):
    """One announced change; `rise` None: of its amount nothing is known, or it is no change of the price."""

    told: date
    rise: Rise | None = None


def changes_told(facts: LeavingFacts) -> tuple[Change, ...]:
    """The announced changes, the oldest first, whatever their order was. Several of one day are several changes.

    A price that falls is none of them (`without_falls`).
    """
    rises = sorted((rise for rise in facts.rises if not rise.amount.is_credit), key=_in_order)
    found = []
    for told in sorted(facts.price_changes):
        rise = next((one for one in rises if one.told == told), None)
        if rise is not None:
            rises.remove(rise)
        found.append(Change(told, rise))
    return tuple(found)


def _in_order(rise: Rise) -> tuple[date, date, Decimal, bool, Decimal, bool]:
    agreed = rise.agreed.value if rise.agreed is not None else Decimal(0)
    return rise.told, rise.starts or date.max, rise.amount.value, rise.agreed is None, agreed, rise.by_percent


def best_exit(exits: Iterable[FreeExit], told_by: date) -> FreeExit | None:
    """The announced change by which one leaves who is heard of on a day: a certain one, then the one that lasts
    longest. None where no change is open on that day."""
    return best_of(e for e in exits if e.reason is CostReason.FREE_EXIT and e.first <= told_by <= (e.last or date.max))


def best_of(exits: Iterable[FreeExit]) -> FreeExit | None:
    """A certain one, then the one that lasts longest."""
    return max(exits, key=_worth, default=None)


def windows(exits: Iterable[FreeExit]) -> tuple[FreeExit, ...]:
    """Each window once: of several changes of one day the one by which it is most certain to leave free."""
    found: dict[tuple[date, date | None], FreeExit] = {}
    for free in exits:
        known = found.get((free.first, free.last))
        if known is None or _worth(free) > _worth(known):
            found[free.first, free.last] = free
    return tuple(found.values())


def _worth(free: FreeExit) -> tuple[bool, date, date, bool]:
    return free.is_certain, free.last or date.max, free.first, free.rise is not None
