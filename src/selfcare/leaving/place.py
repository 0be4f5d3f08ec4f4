"""Where a customer lives, as far as rules of the way out depend on it: the postcode and the state."""

from __future__ import annotations

import re

from selfcare.domain.customer import Customer, MediumKind


def postcode_of(customer: Customer | None, country: str) -> str:
    """The five figures of a French postal address, which choose the holidays, or the ZIP code of an American one.

    "" elsewhere and where none is stated.
    """
    shape = {"FR": r"\b([0-9]{5})\b", "US": r"\b[A-Z]{2},?\s+([0-9]{5}(?:-[0-9]{4})?)\b"}.get(country)
    if customer is None or shape is None:
        return ""
    places = (medium.text for medium in customer.media if medium.kind is MediumKind.POST)
    found = (re.search(shape, place) for place in places)
    return next((match.group(1) for match in found if match is not None), "")


def state_of(customer: Customer | None, country: str) -> str:
    """The two letters of the state in an American postal address, "" elsewhere and where none is stated."""
    if customer is None or country != "US":
        return ""
    places = (medium.text for medium in customer.media if medium.kind is MediumKind.POST)
    found = (re.search(r"\b([A-Z]{2}),?\s+[0-9]{5}(?:-[0-9]{4})?\b", place) for place in places)
    return next((match.group(1) for match in found if match is not None), "")
