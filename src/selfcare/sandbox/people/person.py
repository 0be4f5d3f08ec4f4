"""One demo customer: who it is and every document the demo operator holds about it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Brand:
    """One brand of the demo operator: its country's currency, time zone, language and value added tax rate."""

    id: str
    name: str
    country: str
    unit: str
    zone: str
    language: str
    vat: Decimal
    vat_name: str


@dataclass(frozen=True, slots=True)
class Person:
    """A customer with all documents, by TMF resource name, in v4 shape.

    Amounts are `Decimal` (write them as JSON numbers). Every text may hold the literal place holder `{base}` for the
    brand's issuer URL without trailing slash: the server replaces it when it answers, in `href` and `url` alike.
    Files named by `{base}/files/<id>.pdf` are made on demand by `selfcare.sandbox.paper.file_pdf(person, id)`.
    """

    login: str
    brand: str
    name: str
    customer_id: str
    party_id: str
    account_ids: tuple[str, ...]
    resources: dict[str, list[Document]]


GB = Brand("orvane-gb", "Orvane Mobile", "GB", "GBP", "Europe/London", "en", Decimal("0.20"), "VAT")
FR = Brand("orvane-fr", "Orvane France", "FR", "EUR", "Europe/Paris", "fr", Decimal("0.20"), "TVA")
BRANDS = {brand.id: brand for brand in (GB, FR)}
