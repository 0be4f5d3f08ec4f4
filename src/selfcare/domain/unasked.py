"""Options that appeared by themselves: on paper and perhaps charged, while no order for them is known."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta

from .commands import OrderOption
from .lines import Line
from .options import Option, PaperState
from .orders import Order
from .waiting import Waiting, WaitingState

_WITH_THE_LINE = timedelta(days=31)
"""What begins within a month of its line was sold with it, and needs no order of its own."""

_NEVER_CARRIED_OUT = frozenset({WaitingState.REJECTED, WaitingState.DROPPED})


def unasked_options(
    lines: Collection[Line], orders: Iterable[Order], requests: Iterable[Waiting] = ()
) -> frozenset[str]:
    """The ids of the options for which no order is known: neither a day (TMF637 orderDate) nor one of the operator's
    (TMF622), nor one that the customer placed from here, even where the operator lists it nowhere.

    Nothing is said where the operator states the day of no order at all, nor of what came with its line.
    """
    if not any(option.sold is not None for line in lines for option in line.options):
        return frozenset()
    ordered = {product for order in orders for product in order.product_ids}
    own = [one.command for one in requests if one.state not in _NEVER_CARRIED_OUT]
    placed = [command for command in own if isinstance(command, OrderOption)]
    return frozenset(
        option.id
        for line in lines
        for option in line.options
        if option.id not in ordered and _came_later(option, line) and not any(_is_it(one, option) for one in placed)
    )


def _came_later(option: Option, line: Line) -> bool:
    if option.sold is not None or option.on_paper not in {PaperState.ACTIVE, PaperState.PENDING_TERMINATE}:
        return False
    return option.since is not None and line.since is not None and option.since > line.since + _WITH_THE_LINE


def _is_it(command: OrderOption, option: Option) -> bool:
    """The option that was ordered from here: of the same offering, or of the same name where none is stated."""
    if command.line_id != option.line_id:
        return False
    if option.offering_id:
        return option.offering_id == command.offering_id
    return option.name.casefold() == command.name.casefold()
