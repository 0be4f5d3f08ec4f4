"""What the demo operator's customers may order: options with their price and term, each for the plans it fits."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from .person import Document
from .shapes import money, net_of

if TYPE_CHECKING:
    from .story import Story


class _Told(NamedTuple):
    """One option in the catalogue of a brand: for which kind of line, its prices, and how long it binds."""

    name: str
    access: str
    price: str
    text: str
    once: str = ""
    months: int = 0
    clause: str = ""
    status: str = "Active"


_CATALOGUE = {
    "orvane-gb": (
        _Told("EU Roaming Pass", "mobile", "8.00", "Use your allowance in 48 European destinations."),
        _Told("Data Boost 10 GB", "mobile", "5.00", "10 GB more each month; what is left is not carried over."),
        _Told(
            "World Calls 200", "mobile", "12.00", "200 minutes a month to landlines and mobiles in 30 countries.",
            "5.00", 12, "Bound for 12 months; then it goes on from month to month and ends with 30 days' notice.",
        ),
        _Told("Music Pass", "mobile", "3.00", "No longer sold.", status="Retired"),
        _Told(
            "Whole-home Wi-Fi", "internet", "6.00", "Two mesh stations, on loan.", "", 12,
            "Bound for 12 months. The stations are returned within 14 days of the end.",
        ),
    ),
    "orvane-fr": (
        _Told("Pass Europe 20 Go", "mobile", "7.00", "20 Go par mois dans l'Union européenne."),
        _Told("Data +10 Go", "mobile", "5.00", "10 Go de plus par mois, non reportables."),
        _Told(
            "Appels Monde", "mobile", "10.00", "200 minutes par mois vers 30 pays.", "5.00", 12,
            "Engagement de 12 mois, puis reconduction de mois en mois.",
        ),
        _Told("Répéteur Wi-Fi", "internet", "4.00", "Un répéteur prêté, à rendre à la fin.", "", 12,
              "Engagement de 12 mois. Le répéteur est rendu dans les 14 jours après la fin."),
    ),
}  # fmt: skip


def offer_options(story: Story) -> None:
    """Put the brand's options into what a customer is told (TMF620 ProductOffering), related to the plans it has."""
    plans: dict[str, dict[str, str]] = {}
    for product in story.resources["product"]:
        for one in product.get("productCharacteristic", ()):
            if one.get("name") == "lineType":
                offering = product["productOffering"]
                plans.setdefault(str(one["value"]), {})[offering["id"]] = offering["name"]
    for told in _CATALOGUE[story.brand.id]:
        if plans.get(told.access):
            story.add("productOffering", _offering(story, told, plans[told.access]))


def _offering(story: Story, told: _Told, plans: dict[str, str]) -> Document:
    offering: Document = {
        "id": f"PO-{told.name.lower().replace(' ', '-')}",
        "name": told.name,
        "description": told.text,
        "isBundle": False,
        "isSellable": told.status == "Active",
        "lifecycleStatus": told.status,
        "version": "1",
        "category": [{"id": "option", "name": "option", "@referredType": "Category"}],
        "productOfferingPrice": [_price(story, told, "recurring", told.price)],
        "productOfferingRelationship": [
            {"id": ident, "name": name, "relationshipType": "reliesOn"} for ident, name in plans.items()
        ],
    }
    if told.once:
        offering["productOfferingPrice"].append(_price(story, told, "oneTime", told.once))
    if told.months:
        term = {"name": "Minimum term", "description": told.clause}
        offering["productOfferingTerm"] = [term | {"duration": {"amount": told.months, "units": "month"}}]
    return offering


def _price(story: Story, told: _Told, kind: str, amount: str) -> Document:
    gross, vat = Decimal(amount), story.brand.vat
    figure = {
        "taxIncludedAmount": money(gross, story.unit),
        "dutyFreeAmount": money(net_of(gross, vat), story.unit),
        "taxRate": vat,
    }
    ident = f"POP-{told.name.lower().replace(' ', '-')}-{kind}"
    price = {"id": ident, "href": f"{{base}}/{quote(ident)}", "name": told.name, "priceType": kind, "price": figure}
    return price | ({"recurringChargePeriod": "month"} if kind == "recurring" else {})
