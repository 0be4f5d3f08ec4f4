"""What a bill is held against besides earlier bills: what was sold, until when, at which price, and when all ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from selfcare.domain.contract import Contract
from selfcare.domain.lines import Line
from selfcare.domain.money import Money
from selfcare.domain.options import Option, PaperState
from selfcare.domain.records import Struct

_OVER = {PaperState.TERMINATED, PaperState.CANCELLED, PaperState.ABORTED}


class Sold(Struct, frozen=True):
    """One thing that was sold, with the days and the price that the operator states. None is "not stated".

    `account` is the id of the billing account that pays for it; "" where that is not stated.
    """

    id: str
    name: str
    price: Money | None = None
    since: date | None = None
    ended: date | None = None
    account: str = ""


class NewPrice(Struct, frozen=True):
    """A change of price that was announced, and the products it is about (none: all of them)."""

    starts: date | None
    before: Money | None
    after: Money | None
    product_ids: frozenset[str] = frozenset()


class Known(Struct, frozen=True):
    """Everything a bill is held against. Without `sold` nobody can tell what was ordered, and nothing is said of it.

    `end` is the day on which the last line ended; None while one still runs.
    """

    sold: tuple[Sold, ...] = ()
    prices: tuple[NewPrice, ...] = ()
    end: date | None = None
    bought: tuple[date, ...] = ()
    """The days on which a handset was bought."""


NOTHING = Known()
"""No contract and no product is known."""


def known_from(lines: Iterable[Line], contracts: Iterable[Contract]) -> Known:
    """What the operator states of products (TMF637) and contracts (TMF651), as far as bills are held against it."""
    sold: list[Sold] = []
    bought: list[date] = []
    ends: list[date | None] = []
    for line in lines:
        over = line.on_paper in _OVER
        ends.append(line.ends if over else None)
        sold.append(Sold(line.id, line.name, line.gross, line.since, line.ends if over else None, line.account_id))
        sold += [_sold(option, line.account_id) for option in (*line.options, line.main) if option is not None]
        if line.handset is not None:
            sold.append(Sold(line.handset.id, line.handset.name, None, line.handset.since))
            if line.handset.since is not None:
                bought.append(line.handset.since)
    prices = tuple(
        NewPrice(change.starts, change.before, change.after, frozenset(contract.product_ids))
        for contract in contracts
        for change in contract.price_changes
    )
    stated = [day for day in ends if day is not None]
    end = max(stated) if stated and len(stated) == len(ends) else None
    return Known(tuple(sold), prices, end, tuple(bought))


def _sold(option: Option, account: str) -> Sold:
    ended = option.ended if option.on_paper in _OVER else None
    return Sold(option.id, option.name, option.gross, option.since or option.sold, ended, account)
