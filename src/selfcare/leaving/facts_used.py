"""Which facts of a file count in which country: one that counts nowhere near is named, never ignored without a word."""

from __future__ import annotations

from collections.abc import Iterable

_WHERE: dict[str, str] = {
    "nation": "GB", "postcode": "FR", "state": "US", "own_holidays": "FR US",
    "end_announced": "GB FR US", "changes": "GB FR US",
    "changes.agreed": "GB", "changes.percent": "GB", "at_distance": "GB FR US", "withdraw": "GB FR US ELSE",
    "handset_with_contract": "FR", "handset_bought": "GB FR US", "paid_off": "US", "since": "GB FR US",
    "early_fee": "US FIRM ELSE", "early_fee_step": "US FIRM ELSE", "credit": "US",
    "reason_listed": "FR", "file_received": "FR", "file_admitted": "FR", "orders_days": "US", "orders_open": "US",
    "orders_from": "US", "orders_stop_move": "US", "usable_there": "US",
}  # fmt: skip
"""The countries in which a fact changes something (FIRM: a French firm, by its contract); others count everywhere."""

_KNOWN = ("GB", "FR", "US")


def unused_facts(keys: Iterable[str], country: str, *, is_business: bool = False) -> tuple[str, ...]:
    """The facts among these that nothing in this country (ISO 3166) is computed from, in their own order."""
    places = {country if country in _KNOWN else "ELSE"}
    if is_business and country == "FR":
        places.add("FIRM")
    return tuple(key for key in keys if key in _WHERE and places.isdisjoint(_WHERE[key].split()))
