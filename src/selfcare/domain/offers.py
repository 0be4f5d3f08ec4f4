"""Offers: options that the operator says may be ordered, with their price and their term; nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable

from .lines import Line
from .money import Money
from .options import PaperState
from .records import Struct

_HELD = frozenset(
    {
        PaperState.CREATED,
        PaperState.PENDING_ACTIVE,
        PaperState.ACTIVE,
        PaperState.SUSPENDED,
        PaperState.PENDING_TERMINATE,
    }
)


class Offer(Struct, frozen=True):
    """An option in the operator's catalogue (TMF620 ProductOffering).

    `price` recurs every `period`, `once` is paid one time; None: not stated, which is not "free". `months` is how long
    one is bound by it, `clause` the words of its terms. `fits` are the offerings of the plans that it may be added to;
    empty: `is_for_all` says whether it may be added to any line.
    """

    id: str
    name: str
    text: str
    price: Money | None
    period: str
    once: Money | None
    months: int | None = None
    clause: str = ""
    fits: tuple[str, ...] = ()
    is_for_all: bool = False
    is_sold: bool = True
    is_net: bool = False
    """The prices are without tax: more than that is paid."""


def offers_for(line: Line, offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """What may be ordered for a line, by name: sold today, made for its plan or for every line, and not on it yet."""
    if line.on_paper is not PaperState.ACTIVE:
        return ()
    held = {option.offering_id for option in line.options if option.on_paper in _HELD} - {""}
    plan = line.main.offering_id if line.main is not None else ""
    found = [
        offer
        for offer in offers
        if offer.is_sold and offer.id not in held and (plan in offer.fits if offer.fits and plan else offer.is_for_all)
    ]
    return tuple(sorted(found, key=lambda offer: offer.name.casefold()))
