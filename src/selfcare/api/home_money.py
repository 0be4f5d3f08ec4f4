"""Understands the dollar sign: many countries have a dollar, so it means the currency of the operator's profile."""

from __future__ import annotations

from datetime import tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from selfcare.domain.failures import NotAnAnswer, TooLarge
from selfcare.domain.operator import OperatorProfile

from .strict_json import decode

if TYPE_CHECKING:
    from .reading import Doc

SIGN = "$"
DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD"})
"""The currencies that are written with the sign alone where they are at home."""
_UNITS = ("unit", "units", "currency")


class Ground(ZoneInfo):
    """The clock of an operator that counts in dollars, and which dollars these are."""

    currency: str


def ground_of(profile: OperatorProfile) -> ZoneInfo:
    """The clock of an operator; a Ground where its profile names a currency that the dollar sign may stand for."""
    return _ground(profile.zone, profile.currency) if profile.currency in DOLLARS else ZoneInfo(profile.zone)


@lru_cache(16)
def _ground(zone: str, currency: str) -> Ground:
    found = Ground.no_cache(zone)
    found.currency = currency
    return found


def in_home_money(body: bytes, zone: tzinfo) -> bytes | Doc:
    """A document whose units are dollar signs with the currency in their place; any other as it is."""
    if not isinstance(zone, Ground) or b'$"' not in body:
        return body
    try:
        found: Doc = _named(decode(body), zone.currency)
    except (NotAnAnswer, TooLarge):
        return body
    return found


def _named(value: Any, currency: str) -> Any:
    if isinstance(value, list):
        return [_named(one, currency) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: currency if name in _UNITS and isinstance(part, str) and part.strip() == SIGN else _named(part, currency)
        for name, part in value.items()
    }
