"""Which holidays are kept where somebody lives: the nation of the United Kingdom or the part of France, by postcode."""

from __future__ import annotations

import re

_BRITISH = r"\b(?P<area>[A-Z]{1,2})(?P<district>\d[A-Z\d]?)\s*\d[A-Z]{2}\b"
_FRENCH = r"\b\d{5}\b"
_SCOTLAND = frozenset("AB DD DG EH FK G HS IV KA KW KY ML PA PH TD ZE".split())  # noqa: SIM905 - areas, as they are written
_ON_THE_BORDER = frozenset({"TD12", "TD15"})
"""Districts of a Scottish area that lie in England, or in both."""

_OVERSEAS = (
    ("97133", "BL"), ("977", "BL"), ("97150", "MF"), ("978", "MF"), ("971", "971"), ("972", "972"), ("973", "973"),
    ("974", "974"), ("976", "976"),
)  # fmt: skip
"""Postcodes with a holiday of their own, the longer ones first: Saint-Barthélemy and Saint-Martin had Guadeloupe's."""


def nation_at(country: str, address: str) -> str:
    """The working-day calendar (one of `workdays.CALENDARS`) of an address on one line, by the postcode in it.

    "" where no postcode of the country is in it, or where it is that of several nations. France: jours ouvrables.
    """
    match country.upper():
        case "GB":
            return _british(address)
        case "FR":
            found = re.findall(_FRENCH, address)
            return french_calendar(found[-1]) if found else ""
    return ""


def french_calendar(postcode: str) -> str:
    """The calendar of a French postcode: Alsace-Moselle has two holidays more (FR-CAL-01, L3133-1 C. trav.), overseas
    the day of the abolition of slavery is one more (L3422-2 C. trav.)."""
    written = postcode.strip()
    overseas = next((name for front, name in _OVERSEAS if written.startswith(front)), "")
    if overseas:
        return f"FR-{overseas}"
    return "FR-57" if written[:2] in {"57", "67", "68"} else "FR"


def _british(address: str) -> str:
    """UK-CAL-01: England and Wales, Scotland and Northern Ireland keep different bank holidays."""
    found = list(re.finditer(_BRITISH, address.upper()))
    if not found:
        return ""
    area, district = found[-1]["area"], found[-1]["district"]
    if area == "BT":
        return "GB-NIR"
    if area not in _SCOTLAND:
        return "GB-ENG"
    return "" if area + district in _ON_THE_BORDER else "GB-SCT"
