"""The demo operator in TM Forum's version 5: its documents and what customers send in, told over from version 4."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .answers import Refusal
from .catalogue import BASES, V5
from .documents import Document

TYPES = {
    "customerBill": "CustomerBill",
    "appliedCustomerBillingRate": "AppliedCustomerBillingRate",
    "billingAccount": "BillingAccount",
    "troubleTicket": "TroubleTicket",
    "serviceProblem": "ServiceProblem",
    "partyInteraction": "PartyInteraction",
    "productOrder": "ProductOrder",
    "cancelProductOrder": "CancelProductOrder",
}
MIXED = frozenset({"TMF621", "TMF637", "TMF638", "TMF666", "TMF683"})
"""The APIs that the mixed operator speaks in version 5; it speaks the others in version 4."""
_PARTS = {
    "relatedParty": "RelatedPartyRefOrPartyRoleRef",
    "note": "Note",
    "attachment": "Attachment",
    "billDocument": "AttachmentRef",
    "statusChangeHistory": "StatusChange",
    "productOrderItem": "ProductOrderItem",
    "productPrice": "ProductPrice",
    "productTerm": "ProductTerm",
    "productRelationship": "ProductRelationship",
    "billingAccount": "BillingAccountRef",
    "realizingService": "ServiceRef",
    "affectedService": "ServiceRef",
    "troubleTicket": "TroubleTicketRef",
    "accountBalance": "AccountBalance",
    "paymentPlan": "PaymentPlan",
    "interactionItem": "InteractionItem",
    "taxItem": "TaxItem",
    "appliedTax": "AppliedBillingTaxRate",
    "appliedPayment": "AppliedPayment",
    "engagedParty": "PartyRef",
    "account": "AccountRef",
    "bill": "BillRef",
    "agreementItem": "AgreementItemRef",
    "impactPattern": "ImpactPattern",
    "trackingRecord": "TrackingRecord",
    "defaultPaymentMethod": "PaymentMethodRef",
    "payment": "PaymentRef",
    "productOffering": "ProductOfferingRef",
    "price": "Price",
    "channel": "ChannelRef",
    "product": "ProductRef",
    "troubleTicketRelationship": "TroubleTicketRelationship",
}
_TRAITS = ("productCharacteristic", "serviceCharacteristic", "characteristic", "troubleTicketCharacteristic")
_RENAMED: Mapping[str, Mapping[str, str]] = {
    "troubleTicket": {"statusChange": "statusChangeHistory", "characteristic": "troubleTicketCharacteristic"},
    "productOrder": {"orderDate": "creationDate"},
    "appliedCustomerBillingRate": {"type": "appliedBillingRateType"},
    "billingAccount": {"lastModified": "lastUpdate"},
    "partyInteraction": {"channel": "relatedChannel"},
}
_MEDIA = {"emailAddress": "Email", "phoneNumber": "Phone", "faxNumber": "Fax", "street1": "GeographicAddress"}


def versions_of(tmf: str) -> dict[str, str]:
    """Which version each API is published in, for an operator that speaks "v4", "v5" or is "mixed"."""
    fresh = V5 if tmf == "v5" else MIXED if tmf == "mixed" else frozenset()
    return {api: "v5" if api in fresh else "v4" for api in BASES}


def to_v5(kind: str, document: Document) -> Document:
    """A version 4 document as version 5 writes it."""
    names = _RENAMED.get(kind, {})
    found: Document = {}
    for name, value in document.items():
        found[names.get(name, name)] = value
    if kind == "troubleTicket" and "statusChangeHistory" in found:
        found["statusChangeHistory"] = [
            {
                "status": one.get("status"),
                "statusChangeDate": one.get("changeDate"),
                "statusChangeReason": one.get("changeReason"),
            }
            for one in found["statusChangeHistory"]
        ]
    if "externalId" in found:
        given = {"@type": "ExternalIdentifier", "owner": "selfcare", "externalIdentifierType": "requestId"}
        mark = [given | {"id": found.pop("externalId")}]
        found["externalId" if kind == "productOrder" else "externalIdentifier"] = mark
    if kind == "product" and "agreement" in found:
        found["agreementItem"] = [
            {"agreementId": one.get("id"), "agreementItemId": one.get("agreementItemId", "1")}
            for one in found.pop("agreement")
        ]
    if kind == "service":
        _health(found)
    ways = {"partyInteraction": "relatedChannel", "productOrder": "channel"}.get(kind, "")
    if ways in found:
        found[ways] = _each(found[ways], _channel)
    typed = _typed(found)
    typed["@type"] = document.get("@type") or TYPES.get(kind, kind[:1].upper() + kind[1:])
    return typed


def _health(service: Document) -> None:
    """What version 4 can only tell as a characteristic has a field of its own."""
    traits = service.get("serviceCharacteristic", [])
    for trait in traits:
        if trait.get("name") == "operatingStatus":
            service["operatingStatus"] = trait["value"]
    service["serviceCharacteristic"] = [one for one in traits if one.get("name") != "operatingStatus"]


def _typed(value: Document) -> Document:
    found: Document = {}
    for name, part in value.items():
        if name == "relatedParty" or (name in ("originatorParty", "responsibleParty") and isinstance(part, dict)):
            found[name] = _each(part, lambda one: _apart(one, "RelatedPartyRefOrPartyRoleRef", "partyOrPartyRole"))
        elif name == "relatedEntity" or (name == "item" and isinstance(part, dict) and "@referredType" in part):
            found[name] = _each(part, lambda one: _apart(one, "RelatedEntity", "entity"))
        elif name == "productRelationship":
            found[name] = _each(part, _relation)
        elif name in ("affectedLocation", "place"):
            found[name] = _each(part, lambda one: _apart(one, "RelatedPlaceRefOrValue", "place"))
        elif name == "contactMedium":
            found[name] = _each(part, _medium)
        elif name in _TRAITS:
            found[name] = _each(part, _trait)
        elif isinstance(part, dict | list):
            found[name] = _each(part, lambda one, name=name: _part(name, one))
        else:
            found[name] = part
    return found


def _each(part: Any, change: Any) -> Any:
    if isinstance(part, list):
        return [change(one) if isinstance(one, dict) else one for one in part]
    return change(part) if isinstance(part, dict) else part


def _part(name: str, one: Document) -> Document:
    inner = _typed(one)
    return {"@type": _PARTS[name], **inner} if name in _PARTS else inner


def _apart(one: Document, kind: str, inner: str) -> Document:
    if inner in one:
        return one
    usual = {"entity": "EntityRef", "place": "PlaceRef"}.get(inner, "PartyRef")
    target = {name: value for name, value in one.items() if name != "role"}
    return {"@type": kind, "role": one.get("role", "related"), inner: {"@type": usual, **target}}


def _channel(one: Document) -> Document:
    target = {"@type": "ChannelRef"} | {name: value for name, value in one.items() if name != "role"}
    return {"@type": "RelatedChannel", "role": one.get("role", "used"), "channel": target}


def _relation(one: Document) -> Document:
    other = one.get("product", {})
    return {"@type": "ProductRelationship", "id": other.get("id", ""), "relationshipType": one.get("relationshipType")}


def _medium(one: Document) -> Document:
    facts = one.get("characteristic", {})
    kind = next((kind for name, kind in _MEDIA.items() if name in facts), "Other")
    outer = {name: value for name, value in one.items() if name not in ("characteristic", "mediumType")}
    return {"@type": f"{kind}ContactMedium", **outer, **facts}


def _trait(one: Document) -> Document:
    value = one.get("value")
    kind = (
        "Boolean"
        if isinstance(value, bool)
        else "String"
        if isinstance(value, str)
        else "Object"
        if isinstance(value, dict)
        else "Number"
    )
    return {"@type": f"{kind}Characteristic", **one}


def from_v5(kind: str, body: Any) -> Document:
    """What a customer sent in version 5, as version 4 would have had it. Raises Refusal 400."""
    if not isinstance(body, dict):
        raise Refusal(400, "The body is not an object")
    if kind in TYPES and not isinstance(body.get("@type"), str):
        raise Refusal(400, "Object missing required field `@type`")
    found = dict(body)
    marks = [one for name in ("externalId", "externalIdentifier") for one in _objects(found.pop(name, None))]
    if marks:
        found["externalId"] = str(marks[0].get("id", ""))
    for name, inner in (("relatedParty", "partyOrPartyRole"), ("relatedEntity", "entity")):
        if name in found:
            found[name] = [_together(one, inner) for one in _objects(found[name])]
    ways = {"partyInteraction": "relatedChannel", "productOrder": "channel"}.get(kind, "")
    if ways in found:
        found["channel"] = [_together(one, "channel") for one in _objects(found.pop(ways))]
    if kind == "troubleTicket" and "troubleTicketCharacteristic" in found:
        found["characteristic"] = found.pop("troubleTicketCharacteristic")
    if kind == "productOrder" and "productOrderItem" in found:
        found["productOrderItem"] = [_ordered(one) for one in _objects(found.get("productOrderItem"))]
    return found


def _ordered(item: Document) -> Document:
    """An order's item whose product names the products that it relates to as version 4 does."""
    product = item.get("product")
    if not isinstance(product, dict) or "productRelationship" not in product:
        return item
    related = [
        {"relationshipType": one.get("relationshipType"), "product": {"id": one.get("id")}}
        for one in _objects(product["productRelationship"])
    ]
    return item | {"product": product | {"productRelationship": related}}


def _objects(value: Any) -> list[Document]:
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, dict)]


def _together(one: Document, inner: str) -> Document:
    target = one.get(inner)
    if not isinstance(target, dict):
        raise Refusal(400, f"Object missing required field `{inner}`")
    role = {"role": one["role"]} if "role" in one else {}
    return {name: value for name, value in target.items() if name != "@type"} | role


_STEPS = ("partyOrPartyRole", "entity", "place")


def asked(kind: str, parameters: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The filters of a version 5 request, by version 4's names."""
    back = {fresh: usual for usual, fresh in _RENAMED.get(kind, {}).items()}
    back |= {"externalId.id": "externalId", "externalIdentifier.id": "externalId"}
    found = []
    for name, value in parameters:
        path = ".".join(step for step in name.split(".") if step not in _STEPS)
        first, dot, rest = path.partition(".")
        found.append((back.get(path, back.get(first, first) + dot + rest), value))
    return found
