"""Reads an amount of money as people type it: 41.99, 45 923,61, 1.234,56 €; what could be anything is none."""

from __future__ import annotations

import re
from decimal import Decimal

from selfcare.domain.found_bill import LARGEST

_AMOUNT = re.compile(r"[-\u2212]?(?:\d{1,3}(?:[ \u00a0\u202f.,'\u2019]\d{3})+|\d+)(?:[.,]\d{1,2})?")
_UNITS = "€£$ \u00a0\u202f"


def read_amount(text: str) -> Decimal | None:
    """The amount to the cent, None where it is none, or larger than any: a single sign before three digits parts
    thousands (1,000 is a thousand), before one or two it parts cents."""
    plain = text.strip().strip(_UNITS)
    if not _AMOUNT.fullmatch(plain):
        return None
    sign = "-" if plain[0] in "-\u2212" else ""
    cents = re.search(r"[.,](\d{1,2})$", plain)
    whole = re.sub(r"\D", "", plain[: cents.start()] if cents else plain)
    found = Decimal(f"{sign}{whole}.{cents[1] if cents else '0'}")
    return found.quantize(Decimal("0.01")) if abs(found) < LARGEST else None
