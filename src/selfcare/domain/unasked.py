"""Options that appeared by themselves: on paper and perhaps charged, while no order for them is known."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta

from .lines import Line
from .options import Option, PaperState
from .orders import Order

_WITH_THE_LINE = timedelta(days=31)
"""What begins within a month of its line was sold with it, and needs no order of its own."""


def unasked_options(lines: Collection[Line], orders: Iterable[Order]) -> frozenset[str]:
    """The ids of the options for which the operator shows no order, neither a day (TMF637 orderDate) nor one (TMF622).

    Nothing is said where the operator states the day of no order at all, nor of what came with its line.
    """
    if not any(option.sold is not None for line in lines for option in line.options):
        return frozenset()
    ordered = {product for order in orders for product in order.product_ids}
    return frozenset(
        option.id for line in lines for option in line.options if option.id not in ordered and _came_later(option, line)
    )


def _came_later(option: Option, line: Line) -> bool:
    if option.sold is not None or option.on_paper not in {PaperState.ACTIVE, PaperState.PENDING_TERMINATE}:
        return False
    return option.since is not None and line.since is not None and option.since > line.since + _WITH_THE_LINE
