"""Carrying out what a customer asks for: tickets opened and amended, orders placed and cancelled, contacts noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from .answers import Refusal
from .brands import Brand
from .catalogue import address
from .codes import pac, rio, stac, unlock_code
from .documents import Document, instant, written
from .household import Household
from .options import settle_option
from .orders import CATEGORIES, CODE_LIVES, CODE_TAKES, UNLOCK_TAKES, Order, ends_at, state_of
from .tickets import CUSTOMER_MAY_SET, Ticket, opened, patched
from .world import World

FURTHEST = timedelta(days=3 * 366)

Results = tuple[tuple[str, str, object], ...]


def open_ticket(world: World, household: Household, body: Document) -> str:
    """A new ticket (POST TMF621 troubleTicket); returns its number."""
    now = world.clock.now()
    ident = world.next_id("T", household)
    document = opened(body, ident, now) | {"href": address(household.issuer, "troubleTicket", ident)}
    _owned(household, document)
    if document.get("attachment"):
        files = enumerate(document["attachment"], 1)
        document["attachment"] = [{"id": f"{ident}-F{place}"} | one for place, one in files]
    household.open(Ticket(_numbered(document, now), now))
    world.record("troubleTicket", ident, str(body.get("externalId", "")), household.person.login)
    return ident


def amend_ticket(world: World, household: Household, ident: str, patch: Document) -> None:
    """A change of a ticket (PATCH TMF621 troubleTicket, merge semantics). Raises Refusal 404, 409."""
    now = world.clock.now()
    before = household.shelf("troubleTicket", now).get(ident)
    if before is None:
        raise Refusal(404)
    status = patch.get("status", before.get("status"))
    if status != before.get("status") and status not in CUSTOMER_MAY_SET:
        raise Refusal(409, "Customers may close, cancel or reopen a ticket only")
    after = patched(before, patch, now)
    if after == before:
        return
    received = next((one.received for one in household.tickets if one.id == ident), now)
    household.open(Ticket(_numbered(after, now), received))
    world.record("troubleTicket.patch", ident, str(before.get("externalId", "")), household.person.login)


def _numbered(ticket: Document, now: datetime) -> Document:
    """A ticket whose notes all have a number and a time."""
    if "note" not in ticket:
        return ticket
    notes = [
        {"id": f"{ticket['id']}.{place}", "date": written(now)} | note for place, note in enumerate(ticket["note"], 1)
    ]
    return ticket | {"note": notes}


def _owned(household: Household, document: Document) -> None:
    """Put the customer among the related parties, once."""
    parties = document.setdefault("relatedParty", [])
    if not any(party.get("id") == household.person.customer_id for party in parties):
        customer_id = household.person.customer_id
        parties.append(
            {
                "id": customer_id,
                "href": address(household.issuer, "customer", customer_id),
                "name": household.person.name,
                "role": "customer",
                "@referredType": "Customer",
            }
        )


def note_interaction(world: World, household: Household, body: Document) -> str:
    """A contact the customer noted (POST TMF683 partyInteraction); returns its number."""
    now = world.clock.now()
    ident = world.next_id("I", household)
    document = {"creationDate": written(now), "statusChangeDate": written(now)} | body | {"id": ident}
    document |= {"href": address(household.issuer, "partyInteraction", ident), "@type": "PartyInteraction"}
    _owned(household, document)
    household.shelf("partyInteraction", now).put(document, first=True)
    household.filed.add(("partyInteraction", ident))
    world.record("partyInteraction", ident, "", household.person.login)
    return ident


def place_order(world: World, household: Household, body: Document, rejected: str = "") -> str:
    """A new order (POST TMF622 productOrder); returns its number. Raises Refusal 409 or 422.

    `rejected`: the operator takes it in and rejects it, in these words.
    """
    now = world.clock.now()
    category = str(body.get("category", ""))
    ident = world.next_id("O", household)
    whole = body | {"id": ident, "href": address(household.issuer, "productOrder", ident), "@type": "ProductOrder"}
    _owned(household, whole)
    order = Order(whole, category, now, now, "", rejected=rejected)
    if category == "option" and not rejected:
        order = settle_option(household, order, now, world.next_id("PR", household))
    elif category in CATEGORIES and category != "option":
        order = _settled(household, order, now)
    household.place(order)
    world.record("productOrder", ident, str(body.get("externalId", "")), household.person.login)
    return ident


def _settled(household: Household, order: Order, now: datetime) -> Order:
    """An order of one of the kinds of leaving, with what will come of it."""
    asked = order.body["productOrderItem"][0].get("product", {})
    product = household.shelf("product", now).get(str(asked.get("id", "")))
    if product is None:
        raise Refusal(422, "productOrderItem[0].product.id names none of the customer's products")
    if product.get("status") in ("terminated", "cancelled"):
        raise Refusal(409, "This product has ended already")
    order = replace(order, product_id=product["id"])
    if order.category == "portOutCode":
        done = now + CODE_TAKES
        return replace(order, done=done, results=_code(household, order.id, asked, product, done))
    if order.category == "deviceUnlock":
        if _trait(product, "simLock") is not True:
            raise Refusal(409, "This device is not locked, or is no device")
        if any(_is_same_wish(one, order, now) for one in household.orders):
            raise Refusal(409, "The unlock of this device was asked for before")
        code = unlock_code(str(product.get("productSerialNumber", product["id"])))
        results: Results = (("simLock", "boolean", False), ("networkUnlockCode", "string", code))
        return replace(order, done=now + UNLOCK_TAKES, results=results)
    if product.get("status") == "pendingTerminate":
        raise Refusal(409, "Notice was given for this product before")
    return _termination(household, order, product, now)


def _is_same_wish(earlier: Order, order: Order, now: datetime) -> bool:
    same = (earlier.category, earlier.product_id) == (order.category, order.product_id)
    return same and state_of(earlier, now) not in ("cancelled", "rejected")


def _termination(household: Household, order: Order, product: Document, now: datetime) -> Order:
    agreement = _agreement(household, product, now)
    wanted = instant(str(order.body.get("requestedCompletionDate", "")))
    if wanted is not None and wanted > now + FURTHEST:
        raise Refusal(422, "requestedCompletionDate is too far away")
    done = ends_at(wanted, now, _notice(household.brand, agreement))
    carried = [
        other
        for other in household.products()
        if "productSerialNumber" not in other
        and any(one.get("product", {}).get("id") == product["id"] for one in other.get("productRelationship", ()))
        and other.get("status") not in ("terminated", "cancelled")
    ]
    services = frozenset(
        str(service["id"]) for ending in (product, *carried) for service in ending.get("realizingService", ())
    )
    return replace(
        order,
        done=done,
        carried=frozenset(str(other["id"]) for other in carried),
        services=services,
        charge=_charge(agreement, done),
        currency=household.brand.currency,
    )


def _code(household: Household, seed: str, asked: Document, product: Document, done: datetime) -> Results:
    brand = household.brand
    scheme = str(_trait(asked, "portingCodeRequested") or brand.schemes[0]).upper()
    if scheme not in brand.schemes:
        raise Refusal(422, f"Offered here are {', '.join(brand.schemes)}")
    number = _trait(product, "TEL_MSISDN")
    if not number:
        raise Refusal(422, "This product has no number that could be taken along")
    expiry = written((done + CODE_LIVES).replace(hour=23, minute=59, second=59, microsecond=0))
    if scheme == "PAC":
        code = pac(seed, brand.operator_code)
        return (
            ("portingAuthorisationCode", "string", code),
            ("portingAuthorisationCodeExpiry", "date-time", expiry),
        )
    if scheme == "STAC":
        return (("stac", "string", stac(seed, brand.operator_code)), ("stacExpiry", "date-time", expiry))
    business = bool(household.person.resources.get("organization"))
    code = rio(seed, brand.operator_code, str(number), business=business)
    results: Results = (("rio", "string", code), ("rioIssuedDate", "date-time", written(done)))
    ends = (_agreement(household, product, done).get("agreementPeriod") or {}).get("endDateTime")
    return (*results, ("engagementEndDate", "date-time", ends)) if ends else results


def _trait(product: Document, name: str) -> object:
    for one in product.get("productCharacteristic", ()):
        if one.get("name") == name:
            return one.get("value")
    return None


def _agreement(household: Household, product: Document, now: datetime) -> Document:
    """The contract a product is in, or an empty one."""
    shelf = household.shelf("agreement", now)
    named = [shelf.get(str(one.get("id", ""))) for one in product.get("agreement", ())]
    found = [one for one in named if one] or shelf.of("agreementItem.product.id", str(product["id"]))
    return found[0] if found else {}


def _characteristic(agreement: Document, name: str) -> object:
    return next((one.get("value") for one in agreement.get("characteristic", ()) if one.get("name") == name), None)


def _notice(brand: Brand, agreement: Document) -> timedelta:
    notice = _characteristic(agreement, "noticePeriod")
    if not isinstance(notice, dict):
        return timedelta(days=brand.notice_days)
    days = {"day": 1, "week": 7, "month": 30}.get(str(notice.get("units", "day")).rstrip("s"), 1)
    return timedelta(days=int(notice["amount"]) * days)


def _charge(agreement: Document, done: datetime) -> Decimal | None:
    charge = _characteristic(agreement, "earlyTerminationCharge")
    ends = instant(str((agreement.get("agreementPeriod") or {}).get("endDateTime", "")))
    if not isinstance(charge, dict) or ends is None or ends <= done:
        return None
    return Decimal(charge["value"]) or None


def cancel_order(world: World, household: Household, body: Document) -> str:
    """An order taken back (POST TMF622 cancelProductOrder); returns the cancellation's number. Raises Refusal 422."""
    now = world.clock.now()
    order_id = str(body["productOrder"]["id"])
    if household.shelf("productOrder", now).row(order_id) is None:
        raise Refusal(422, "productOrder.id names none of the customer's orders")
    order = next((one for one in household.orders if one.id == order_id), None)
    ident = world.next_id("X", household)
    document = body | {
        "id": ident,
        "href": address(household.issuer, "cancelProductOrder", ident),
        "state": "terminatedWithError",
        "@type": "CancelProductOrder",
    }
    if order is not None and state_of(order, now) not in ("completed", "cancelled", "rejected"):
        reason = str(body.get("cancellationReason", ""))
        household.place(replace(order, cancelled=now, cancel_reason=reason))
        document |= {"state": "done", "effectiveCancellationDate": written(now)}
    household.shelf("cancelProductOrder", now).put(document, first=True)
    world.record("cancelProductOrder", ident, order_id, household.person.login)
    return ident
