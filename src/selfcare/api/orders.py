"""Reads orders (TMF622): what the customer asked to be changed, the codes that came back, and what leaving costs."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from typing import Any

from selfcare.domain.lines import PortingCode
from selfcare.domain.money import Money
from selfcare.domain.orders import Order, OrderState

from .codes import porting_code, scheme_of
from .reading import (
    Doc,
    characteristics,
    child,
    choice,
    day,
    document,
    first_text,
    identity,
    instant,
    items,
    money,
    notes,
    plain_word,
    ref,
    text,
    unique,
)
from .tickets import external_id

KIND = "productOrder"


def read_order(doc: bytes | Doc, zone: tzinfo = UTC) -> Order:
    """One order (TMF622 ProductOrder), v4 or v5. Raises Unreadable."""
    doc = document(doc, KIND)
    own = identity(doc, KIND)
    word = first_text(doc, "state", "status")
    parts = items(doc.get("productOrderItem"))
    state = OrderState.CANCELLED if plain_word(word) == "canceled" else _state(word)
    return Order(
        id=own,
        external_id=external_id(doc),
        category=text(doc.get("category")),
        state=state,
        state_word=word,
        ordered=instant(doc.get("orderDate"), zone),
        wanted=instant(doc.get("requestedCompletionDate"), zone),
        expected=instant(doc.get("expectedCompletionDate"), zone),
        completed=instant(doc.get("completionDate"), zone) if state is OrderState.COMPLETED else None,
        product_ids=unique(ref(part.get("product")) for part in parts),
        code=_code(doc, parts, zone),
        charge=_charge(doc, parts, own),
        ends=_ends(parts, zone),
        notes=notes([*items(doc.get("note")), *(n for part in parts for n in items(part.get("note")))], zone),
        title=text(doc.get("description")),
        dropped=_dropped(doc, state, zone),
    )


def _dropped(doc: Doc, state: OrderState, zone: tzinfo) -> datetime | None:
    """When an order came to nothing: TMF622 `cancellationDate`, or the date at which it was completed without."""
    if state not in {OrderState.REJECTED, OrderState.CANCELLED, OrderState.FAILED}:
        return None
    return instant(doc.get("cancellationDate"), zone) or instant(doc.get("completionDate"), zone)


def _state(word: str) -> OrderState:
    return choice(OrderState, word.partition(".")[0], OrderState.UNKNOWN)


def _code(doc: Doc, parts: list[Doc], zone: tzinfo) -> PortingCode | None:
    for part in parts:
        product = child(part.get("product"))
        for holder in (product.get("productCharacteristic"), part.get("characteristic")):
            found = porting_code(characteristics(holder), zone)
            if found is not None:
                return found
    for item in items(doc.get("externalIdentifier")):
        scheme = scheme_of(item)
        if scheme and ref(item):
            return PortingCode(scheme, ref(item))
    return None


def _charge(doc: Doc, parts: list[Doc], own: str) -> Money | None:
    where = f"{KIND}/{own}.orderTotalPrice"
    prices: list[Any] = [*items(doc.get("orderTotalPrice"))]
    for part in parts:
        prices += [*items(part.get("itemTotalPrice")), *items(part.get("itemPrice"))]
    for price in prices:
        if "penalt" in text(price.get("priceType")).casefold():
            figure = child(price.get("price"))
            return money(figure.get("taxIncludedAmount"), where) or money(figure.get("dutyFreeAmount"), where)
    return None


def _ends(parts: list[Doc], zone: tzinfo) -> date | None:
    days = (day(child(part.get("product")).get("terminationDate"), zone) for part in parts)
    return next((d for d in days if d is not None), None)
