"""Finds the rules of a country: its own where we have them, else only what the contract says."""

from __future__ import annotations

from datetime import date

from .countries.fr_way import FRANCE
from .countries.gb_way import BRITAIN
from .countries.generic_way import ELSEWHERE
from .countries.us_way import AMERICA
from .country import Country
from .rules import Rules

_COUNTRIES: dict[str, tuple[Country, str]] = {
    "GB": (BRITAIN, "gb.toml"),
    "FR": (FRANCE, "fr.toml"),
    "US": (AMERICA, "us.toml"),
}

GUIDED = tuple(_COUNTRIES)
"""The countries (ISO 3166) whose rules we have."""


def country_of(code: str) -> Country:
    """The country with this code; one without rules of its own where we have none."""
    return _COUNTRIES[code][0] if code in _COUNTRIES else ELSEWHERE


def rules_file(code: str) -> str:
    """The name of the file with a country's rules, "" where we have none."""
    return _COUNTRIES[code][1] if code in _COUNTRIES else ""


def no_rules(code: str, today: date) -> Rules:
    """The rules of a country of which we know none."""
    return Rules(code, "", today, ())
