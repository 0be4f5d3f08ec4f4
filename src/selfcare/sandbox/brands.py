"""The two demo operators: their names, countries, currencies, and how their desks can be reached."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Brand:
    """One demo operator. `notice_days` holds where a contract states none, `operator_code` opens its porting codes."""

    id: str
    name: str
    country: str
    currency: str
    zone: str
    language: str
    colour: str
    operator_code: str
    notice_days: int
    tax_percent: int
    schemes: tuple[str, ...]


BRANDS: dict[str, Brand] = {
    "orvane-gb": Brand(
        "orvane-gb",
        "Orvane Mobile",
        "GB",
        "GBP",
        "Europe/London",
        "en",
        "#0b6e6e",
        "ORV",
        30,
        20,
        ("PAC", "STAC"),
    ),
    "orvane-fr": Brand(
        "orvane-fr",
        "Orvane France",
        "FR",
        "EUR",
        "Europe/Paris",
        "fr",
        "#5b3fa0",
        "07",
        10,
        20,
        ("RIO",),
    ),
}
