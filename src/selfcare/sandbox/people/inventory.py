"""What a customer has: lines, options and devices on paper, and the services that really run behind them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from .person import Document
from .shapes import day_stamp, luhn, money, net_of, period, ref, trait
from .story import Story

WORKS = "running"
DEGRADED = "degraded"
FAILED = "failed"
NEVER_ON = "configured"
SILENT = ""

Named = tuple[str, str]


def add_line(
    story: Story,
    name: str,
    number: str,
    access: str,
    price: str,
    since: date,
    *,
    health: str = WORKS,
    months: int = 0,
    user: str = "",
    status: str = "active",
    ended: date | None = None,
    place: str = "",
    agreement: str = "",
) -> Named:
    """A line on paper (TMF637) and its service (TMF638). `months` is its minimum term. Returns (id, name)."""
    traits = [trait("lineType", access)]
    if number:
        traits.append(trait("TEL_MSISDN", number))
    if user:
        traits.append(trait("productUser", user))
    product = _product(story, name, price, since, traits, status=status, ended=ended)
    if months:
        product["productTerm"] = [
            {
                "name": _say(story, "Minimum term", "Durée d'engagement"),
                "duration": {"amount": months, "units": "month"},
                "validFor": period(since, _later(since, months)),
            }
        ]
    if place:
        product["place"] = [{"id": f"L{story.code}", "role": "installation", "name": place}]
        product["place"][0]["@referredType"] = "GeographicAddress"
    if agreement:
        product["agreement"] = [ref("agreement", agreement)]
    _run(story, product, health, since, access)
    story.add("product", product)
    return product["id"], name


def add_option(
    story: Story,
    name: str,
    line: Named,
    price: str,
    since: date,
    *,
    health: str = WORKS,
    status: str = "active",
    ended: date | None = None,
    text: str = "",
    sold: date | None = None,
    is_ordered: bool = True,
    agreement: str = "",
) -> Named:
    """An option of a line. `health` SILENT means that no service is named: nobody says whether it works.

    An option with `is_ordered` False has no order day: it appeared by itself.
    """
    product = _product(story, name, price, since, [], status=status, ended=ended)
    product["productRelationship"] = [_bound(line, "reliesOn")]
    if text:
        product["description"] = text
    if is_ordered:
        product["orderDate"] = day_stamp(sold or since)
    else:
        product.pop("orderDate", None)
    if agreement:
        product["agreement"] = [ref("agreement", agreement)]
    _run(story, product, health, since, "option")
    story.add("product", product)
    return product["id"], name


def add_handset(
    story: Story,
    name: str,
    line: Named,
    since: date,
    *,
    locked: bool | None,
    price: str = "",
    whose: str = "",
    left: int | None = None,
) -> Named:
    """A device that came with a line. `locked` None: the operator does not say.

    `whose` is "owned", "lent" or not said; `left` how many instalments are still to come.
    """
    traits = [] if locked is None else [trait("simLock", locked, "boolean")]
    if whose:
        traits.append(trait("ownership", whose))
    if left is not None:
        traits.append(trait("instalmentsLeft", left, "integer"))
    product = _product(story, name, price or "0.00", since, traits)
    product["productSerialNumber"] = luhn(f"35693803{story.random.randrange(10**6):06d}")
    product["productRelationship"] = [_bound(line, "bundledBy")]
    story.add("product", product)
    return product["id"], name


def service_of(story: Story, product: Named) -> str:
    """The service behind a product, or an empty string."""
    for document in story.resources["product"]:
        if document["id"] == product[0]:
            services: Sequence[Document] = document.get("realizingService", ())
            return str(services[0]["id"]) if services else ""
    return ""


def _product(
    story: Story,
    name: str,
    price: str,
    since: date,
    traits: list[Document],
    *,
    status: str = "active",
    ended: date | None = None,
) -> Document:
    product: Document = {
        "id": story.next_id("PR"),
        "name": name,
        "status": status,
        "isBundle": False,
        "isCustomerVisible": True,
        "orderDate": day_stamp(since),
        "billingAccount": story.account_ref(),
        "productOffering": {"id": f"PO-{name.lower().replace(' ', '-')}", "name": name},
        "relatedParty": [story.customer_ref()],
    }
    if status not in {"created", "pendingActive"}:
        product["startDate"] = day_stamp(since)
    if ended:
        product["terminationDate"] = day_stamp(ended)
    # The conformance kit of TMF637 wants both lists in every product, also where they are empty.
    product["productCharacteristic"] = traits
    product["productPrice"] = []
    amount = Decimal(price)
    if amount:
        product["productPrice"] = [
            {
                "name": name,
                "priceType": "recurring",
                "recurringChargePeriod": "month",
                "price": {
                    "taxIncludedAmount": money(amount, story.unit),
                    "dutyFreeAmount": money(net_of(amount, story.brand.vat), story.unit),
                    "taxRate": story.brand.vat,
                },
            }
        ]
    return product


def _run(story: Story, product: Document, health: str, since: date, kind: str) -> None:
    """Put a service behind a product, with the booleans of TMF638 v4 and our operatingStatus."""
    if health == SILENT:
        return
    is_started = health in {WORKS, DEGRADED, FAILED}
    service = story.add(
        "service",
        {
            "id": story.next_id("S"),
            "name": product["name"],
            "serviceType": kind,
            "state": "inactive" if health == NEVER_ON else "active",
            "isServiceEnabled": health in {WORKS, DEGRADED},
            "hasStarted": is_started,
            "serviceCharacteristic": [trait("operatingStatus", health)],
            "relatedParty": [story.customer_ref()],
        },
    )
    if is_started:
        service["startDate"] = day_stamp(since)
    product["realizingService"] = [ref("service", service["id"])]


def _bound(line: Named, relation: str) -> Document:
    return {"relationshipType": relation, "product": ref("product", line[0], "Product", name=line[1])}


def _later(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, min(day.day, 28))


def _say(story: Story, english: str, french: str) -> str:
    return french if story.brand.language == "fr" else english
