"""Reads what may be ordered (TMF620 ProductOffering): options with their price, their term and the plans they fit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, tzinfo

from selfcare.domain.money import Money
from selfcare.domain.offers import Offer

from .contracts import term_months
from .prices import price_of, price_period
from .reading import (
    Doc,
    document,
    first_text,
    identity,
    items,
    plain_word,
    ref,
    text,
    truth,
    unique,
)

KIND = "productOffering"
_ADDS_TO = frozenset({"requires", "relieson", "dependson", "bundledby", "addonof", "isaddonof"})
_OPTIONS = frozenset({"option", "options", "addon", "addons"})
_SOLD = frozenset({"", "active", "launched"})


def read_offer(doc: bytes | Doc, zone: tzinfo = UTC) -> Offer:
    """One offering (TMF620 ProductOffering), v4 or v5. Raises Unreadable.

    An offering that neither names the plans it may be added to nor stands in a category of options is a plan or a
    device: it fits no line.
    """
    doc = document(doc, KIND)
    own = identity(doc, KIND)
    prices = items(doc.get("productOfferingPrice"))
    price, is_net, period = _price(prices, "recurring", own)
    once, is_once_net, _ = _price(prices, "onetime", own)
    if price is not None and once is not None and is_net is not is_once_net:
        price, once = (None, once) if is_net else (price, None)  # one word must hold for both
        is_net = is_once_net = False
    months, clause = _terms(items(doc.get("productOfferingTerm")))
    categories = {plain_word(first_text(one, "name", "id")) for one in items(doc.get("category"))}
    fits = _fits(doc)
    return Offer(
        id=own,
        name=first_text(doc, "name") or own,
        text=text(doc.get("description")),
        price=price,
        period=period,
        once=once,
        months=months,
        clause=clause,
        fits=fits,
        is_for_all=not fits and bool(categories & _OPTIONS),
        is_sold=truth(doc.get("isSellable")) is not False and plain_word(text(doc.get("lifecycleStatus"))) in _SOLD,
        is_net=is_net or is_once_net,
    )


def _price(prices: Iterable[Doc], kind: str, own: str) -> tuple[Money | None, bool, str]:
    """The first price of a kind; its amount with tax where stated, whether it is without; its period."""
    where = f"{KIND}/{own}.productOfferingPrice"
    for price in prices:
        if not plain_word(text(price.get("priceType"))).startswith(kind):
            continue
        found, is_net = price_of(price.get("price"), where)
        if found is not None:
            return found, is_net, price_period(price)
    return None, False, ""


def _terms(terms: Iterable[Doc]) -> tuple[int | None, str]:
    months: int | None = None
    clauses: list[str] = []
    for term in terms:
        length = term_months(term.get("duration"))
        if length is not None:
            months = max(months or 0, length)
        clauses.append(text(term.get("description")))
    return months, " ".join(unique(clauses))


def _fits(doc: Doc) -> tuple[str, ...]:
    return unique(
        text(one.get("id")) or ref(one.get("productOffering"))
        for one in items(doc.get("productOfferingRelationship"))
        if plain_word(text(one.get("relationshipType"))) in _ADDS_TO
    )
