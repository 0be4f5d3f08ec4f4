"""How dates, amounts and references are written in the demo operator's documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import quote

from .person import Document

CENT = Decimal("0.01")

PATHS: Mapping[str, str] = {
    "customer": "tmf-api/customerManagement/v4",
    "individual": "tmf-api/party/v4",
    "organization": "tmf-api/party/v4",
    "billingAccount": "tmf-api/accountManagement/v4",
    "customerBill": "tmf-api/customerBillManagement/v4",
    "appliedCustomerBillingRate": "tmf-api/customerBillManagement/v4",
    "payment": "payment/v4",
    "document": "tmf-api/document/v4",
    "product": "tmf-api/productInventory/v4",
    "service": "tmf-api/serviceInventory/v4",
    "agreement": "tmf-api/agreementManagement/v4",
    "troubleTicket": "tmf-api/troubleTicket/v4",
    "serviceProblem": "tmf-api/serviceProblemManagement/v4",
    "appointment": "tmf-api/appointment/v4",
    "partyInteraction": "tmf-api/partyInteraction/v4",
    "communicationMessage": "tmf-api/communicationManagement/v4",
    "productOffering": "tmf-api/productCatalogManagement/v4",
    "productOrder": "tmf-api/productOrderingManagement/v4",
    "cancelProductOrder": "tmf-api/productOrderingManagement/v4",
}


def href(kind: str, ident: str) -> str:
    """Where a document stands, with the place holder for the issuer."""
    return f"{{base}}/{PATHS[kind]}/{kind}/{quote(ident, safe=':')}"


def stamp(at: datetime) -> str:
    """An instant as RFC 3339 in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_stamp(day: date) -> str:
    """A day as an instant: midnight UTC, which is the same day in London and in Paris."""
    return f"{day.isoformat()}T00:00:00Z"


def period(start: date, end: date | None = None) -> Document:
    """A span of days (TMF TimePeriod)."""
    span = {"startDateTime": day_stamp(start)}
    if end is not None:
        span["endDateTime"] = day_stamp(end)
    return span


def money(value: Decimal | str | int, unit: str) -> Document:
    """An amount (TMF Money), to the cent."""
    return {"unit": unit, "value": Decimal(value).quantize(CENT, ROUND_HALF_UP)}


def net_of(gross: Decimal, rate: Decimal) -> Decimal:
    """The amount without tax, rounded to the cent; gross minus this is the tax."""
    return (gross / (1 + rate)).quantize(CENT, ROUND_HALF_UP)


def ref(kind: str, ident: str, referred: str = "", **more: str) -> Document:
    """A reference to another document of ours."""
    named: Document = {"id": ident, "href": href(kind, ident)}
    if referred:
        named["@referredType"] = referred
    return named | more


def trait(name: str, value: Any, value_type: str = "string") -> Document:
    """A characteristic: the standard's own way to carry what it has no field for."""
    return {"name": name, "valueType": value_type, "value": value}


def months_back(day: date, count: int) -> date:
    """The same day of an earlier month (later one if negative), never after the 28th."""
    index = day.year * 12 + day.month - 1 - count
    return date(index // 12, index % 12 + 1, min(day.day, 28))


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant on a day, UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def luhn(body: str) -> str:
    """A serial number (IMEI) with its check digit."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        number = int(digit) * (2 if place % 2 == 0 else 1)
        total += number - 9 if number > 9 else number
    return body + str(-total % 10)


def days(count: float) -> timedelta:
    """A number of days."""
    return timedelta(days=count)
