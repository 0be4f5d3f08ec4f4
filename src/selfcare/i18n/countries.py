"""Whether two letters are a country, and which money is paid with there."""

from __future__ import annotations


def currency_of(country: str) -> str:
    """The currency (ISO 4217) of a country (ISO 3166, two capital letters); "" for letters that are no country."""
    from babel.numbers import get_territory_currencies

    found = get_territory_currencies(country) if len(country) == 2 and country.isascii() else []
    return str(found[0]) if found else ""
