"""Says where an operator writes days, amounts, prices and references otherwise than the standard does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from selfcare.domain.periods import period_of

from .contracts import span
from .fact_names import DATED
from .reading import Doc, child, first_text, is_locked, items, number, plain_word, text, truth, unwrapped
from .versions import REFERENCES, is_bare
from .written import is_iso, says_nothing

ABOUT = (
    "date-format",
    "amounts",
    "prices",
    "references",
    "characteristics",
    "terms",
    "periods",
    "credits",
    "yes-or-no",
)
"""What a departure can be about."""
_AMOUNTS = frozenset(
    "taxIncludedAmount taxExcludedAmount dutyFreeAmount amountDue remainingAmount totalAmount creditLimit "  # noqa: SIM905
    "appliedAmount taxAmount".split()
)
_PRICED = frozenset({"productPrice", "productOfferingPrice", "itemPrice", "itemTotalPrice", "orderTotalPrice"})
_DUE = frozenset({"recurringChargePeriod", "recurringChargePeriodType"})
_TERMS = frozenset({"productTerm", "productOfferingTerm"})
_LENGTHS = frozenset({"minimumterm", "noticeperiod"})
TRUTHS = frozenset({"isBilled", "isCustomerVisible", "isServiceEnabled", "hasStarted", "preferred"})
"""Facts that are true or false."""
_UNIT = re.compile(r"[A-Z]{3}\Z")


def value_oddities(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each value that is not written as the standard says, as (what it is about, where and what)."""
    if isinstance(value, list):
        for one in value:
            yield from value_oddities(one, path)
    elif isinstance(value, dict):
        yield from _of_credit(value)
        for name, part in value.items():
            where = f"{path}.{name}" if path else name
            yield from _of_one(name, part, where)
            yield from value_oddities(part, where)


def _of_one(name: str, part: Any, where: str) -> Iterator[tuple[str, str]]:
    if name in DATED:
        is_stated = not isinstance(part, dict | list) and not says_nothing(part)
        if is_stated and not (isinstance(part, str) and is_iso(part.strip())):
            yield "date-format", f"{where} {_shown(part)}"
    if name in _AMOUNTS and part is not None and (trouble := _of_amount(part)):
        yield "amounts", f"{where} {trouble}"
    if name in _DUE and not says_nothing(part) and period_of(text(part)) is None:
        yield "periods", f"{where} is {_shown(part)}"
    if name in TRUTHS and not says_nothing(part) and truth(part) is None:
        yield "yes-or-no", f"{where} is {_shown(part)}"
    if name in _TERMS:
        for length in (one.get("duration") for one in items(part)):
            if not says_nothing(length) and span(length) is None:
                yield "terms", f"{where}.duration is {_shown(length)}"
    if name in _PRICED:
        yield from (("prices", f"{where}.price {trouble}") for one in items(part) if (trouble := _of_price(one)))
    if name in REFERENCES:
        bare = [one for one in (part if isinstance(part, list) else [part]) if is_bare(one)]
        if bare:
            yield "references", f"{where} is {_shown(bare[0])}, not an object with an id"
    if name.casefold().endswith("characteristic"):
        for one in items(part):
            yield from _of_characteristic(one, where)


def _of_credit(line: Doc) -> Iterator[tuple[str, str]]:
    """A credit of a bill that does not say by its sign that it is taken off."""
    if plain_word(first_text(line, "type", "appliedBillingRateType")) != "appliedbillingcredit":
        return
    for name in ("taxIncludedAmount", "taxExcludedAmount"):
        figure = number(child(line.get(name)).get("value"))
        if figure is not None and figure > 0:
            yield "credits", f"{name} of an appliedBillingCredit is {_shown(figure)}, not below zero"
            return


def _of_amount(part: Any) -> str:
    """What is odd of a TMF Money; "" for nothing."""
    if not isinstance(part, dict):
        return f"is {_shown(part)}, not an amount with its currency" if not says_nothing(part) else ""
    said = part.get("value")
    if said is None:
        return "has amount and units, not value and unit" if "amount" in part else ""
    if isinstance(said, bool) or not isinstance(said, int | float | Decimal):
        return f"has the value {_shown(said)}, which is no number"
    unit = part.get("unit")
    return "" if isinstance(unit, str) and _UNIT.match(unit) else f"has the unit {_shown(unit)}, not one of ISO 4217"


def _of_price(price: Doc) -> str:
    figure = price.get("price")
    if not isinstance(figure, dict):
        return ""
    if "value" in figure:
        return "is an amount, which does not say whether tax is in it"
    has_net = not says_nothing(figure.get("dutyFreeAmount"))
    return "has no taxIncludedAmount" if has_net and says_nothing(figure.get("taxIncludedAmount")) else ""


def _of_characteristic(one: Doc, where: str) -> Iterator[tuple[str, str]]:
    name, value = text(one.get("name")), one.get("value")
    plain = unwrapped(name.casefold(), value)
    if plain is not value:
        yield "characteristics", f"{where} {name} is wrapped: {_shown(value)}"
    if name.casefold() == "simlock" and not isinstance(plain, bool):
        if is_locked(plain) is not None:
            yield "truths", f"{where} {name} is {_shown(plain)}"
        elif not says_nothing(plain):
            yield "yes-or-no", f"{where} {name} is {_shown(plain)}"
    if name.casefold() in _LENGTHS and not says_nothing(plain) and span(plain) is None:
        yield "terms", f"{where} {name} is {_shown(plain)}"


def _shown(value: Any) -> str:
    """A value as it is written in JSON, cut."""
    return json.dumps(value, ensure_ascii=False, default=float)[:60]
