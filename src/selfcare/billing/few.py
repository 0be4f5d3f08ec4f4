"""What a new customer's bill may be: nobody can tell yet what is usual, but what is far beyond all reason shows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from selfcare.domain.bills import LineKind

from .usual import floor_of
from .weighing import Group, Weighed

_TIMES, _MORE = 4, Decimal(80)
"""So many times, and by so many pounds, euros or dollars at least, a bill is above all that could be expected: the
first months hold a fee to begin with, a month in advance, and perhaps a holiday."""


def far_above(
    bill: Weighed, past: Sequence[Weighed], contract: float, bought: Decimal
) -> tuple[Decimal, list[Group]] | None:
    """What could be expected at most, and the charges that are far from it; None where the bill is not.

    `past` are the bills before that were not strange, `contract` is what a month costs by contract, `bought` what of
    the bill is for things that were sold. Without a bill before and without a price nothing can be said.
    """
    expected = max([one.total for one in past] + [Decimal(str(contract))])
    if expected <= 0 or bill.total - bought <= max(expected * _TIMES, expected + _MORE):
        return None
    floor = Decimal(str(floor_of(float(expected))))
    charges = [group for group in bill.groups.values() if group.kind is not LineKind.CREDIT]
    return expected, [group for group in charges if group.amount - _highest(group, past) > max(floor, expected / 2)]


def _highest(group: Group, past: Sequence[Weighed]) -> Decimal:
    place = (group.key, group.kind)
    return max((one.groups[place].amount for one in past if place in one.groups), default=Decimal(0))
