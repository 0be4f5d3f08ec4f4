"""Writes what the customer asks for in the version of the API that the operator's profile names (mapping 7)."""

from __future__ import annotations

from base64 import b64encode
from decimal import Decimal
from typing import Any

from selfcare.domain.commands import OpenTicket
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.tickets import FOLLOWS

Doc = dict[str, Any]

_REFERENCES = {
    "Customer": "PartyRoleRef",
    "Individual": "PartyRef",
    "Organization": "PartyRef",
}
_CHARACTERISTICS = {bool: "BooleanCharacteristic", str: "StringCharacteristic", Decimal: "NumberCharacteristic"}


def outgoing(version: str, kind: str, body: Doc) -> Doc:
    """A request's body, composed in v4's shape, as the operator's version of the API wants it (v5: mapping 7).

    v5 requires `@type` on every object, keeps relations apart from what they lead to, and takes our own id as an
    external identifier.
    """
    if version != "v5":
        return body
    made: Doc = {"@type": kind[:1].upper() + kind[1:]}
    for name, value in body.items():
        if name == "externalId":
            list_name = "externalId" if kind == "productOrder" else "externalIdentifier"
            made[list_name] = [_external(value)]
        elif name == "relatedParty":
            relation = "RelatedPartyOrPartyRole" if kind == "productOrder" else "RelatedPartyRefOrPartyRoleRef"
            made[name] = [_related(one, relation, "partyOrPartyRole") for one in value]
        elif name == "relatedEntity":
            made[name] = [_related(one, "RelatedEntity", "entity") for one in value]
        elif name == "note":
            made[name] = [{"@type": "Note", **one} for one in value]
        elif name == "channel":
            one = {"@type": "ChannelRef", **value} if isinstance(value, dict) else None
            renamed = "relatedChannel" if kind == "partyInteraction" else name
            made[renamed] = one if one is not None else [_channel(each) for each in value]
        elif name == "attachment":
            made[name] = [{"@type": "Attachment", **each} for each in value]
        elif name == "troubleTicketCharacteristic":
            made[name] = [_trait(each) for each in value]
        elif name == "interactionItem":
            made[name] = [_told_of(one) for one in value]
        elif name == "troubleTicketRelationship":
            made[name] = [{"@type": "TroubleTicketRelationship", **one} for one in value]
        elif name == "agreement":
            made[name] = [{"@type": "AgreementRef", **one} for one in value]
        elif name == "productOrder":
            made[name] = {"@type": "ProductOrderRef", **value}
        elif name == "productOrderItem":
            made[name] = [_item(one) for one in value]
        else:
            made[name] = value
    return made


def typed_change(kind: str, current: Doc, notes: list[Doc], version: str) -> Doc:
    """The body of a PATCH that puts these notes into a document: v5 requires `@type` on it, which stays what it is, and
    on each note; so does whoever wrote it on one of the notes."""
    is_fresh = version == "v5"
    if is_fresh or any("@type" in note for note in notes):
        notes = [{"@type": "Note", **note} for note in notes]
    return {**({"@type": current.get("@type") or kind} if is_fresh else {}), "note": notes}


def external_filter(version: str, kind: str) -> str:
    """The filter by which a list is asked for our own id; v5 keeps it in a list of external identifiers."""
    if version != "v5":
        return "externalId"
    return "externalId.id" if kind == "productOrder" else "externalIdentifier.id"


def _external(own_id: Any) -> Doc:
    return {"@type": "ExternalIdentifier", "owner": "selfcare", "externalIdentifierType": "requestId", "id": own_id}


def _related(one: Doc, kind: str, inner: str) -> Doc:
    target = {name: value for name, value in one.items() if name != "role"}
    usual = (
        _REFERENCES.get(str(one.get("@referredType", "")), "PartyRef") if inner == "partyOrPartyRole" else "EntityRef"
    )
    return {"@type": kind, "role": one.get("role", ""), inner: {"@type": usual, **target}}


def _channel(one: Doc) -> Doc:
    target = {name: value for name, value in one.items() if name != "role"}
    return {"@type": "RelatedChannel", "role": one.get("role", ""), "channel": {"@type": "ChannelRef", **target}}


def _told_of(one: Doc) -> Doc:
    return {"@type": "InteractionItem", **one, "item": _related(one["item"], "RelatedEntity", "entity")}


def _trait(one: Doc) -> Doc:
    return {"@type": _CHARACTERISTICS.get(type(one.get("value")), "ObjectCharacteristic"), **one}


def _item(one: Doc) -> Doc:
    made: Doc = {"@type": "ProductOrderItem", **one}
    product = one.get("product")
    if isinstance(product, dict):
        traits = [_trait(trait) for trait in product.get("productCharacteristic", ())]
        is_whole = bool(traits) or "id" not in product
        made["product"] = {"@type": "Product" if is_whole else "ProductRef", **product}
        if traits:
            made["product"]["productCharacteristic"] = traits
        if "productRelationship" in product:
            made["product"]["productRelationship"] = [_leads_to(one) for one in product["productRelationship"]]
    if "productOffering" in one:
        made["productOffering"] = {"@type": "ProductOfferingRef", **one["productOffering"]}
    if "itemPrice" in one:
        made["itemPrice"] = [
            {"@type": "OrderPrice", **price, "price": {"@type": "Price", **price["price"]}}
            for price in one["itemPrice"]
        ]
    if "itemTerm" in one:
        made["itemTerm"] = [{"@type": "OrderTerm", **term} for term in one["itemTerm"]]
    return made


def _leads_to(relation: Doc) -> Doc:
    """v5 writes the related product's id into the relation itself."""
    target = relation["product"]
    kind = relation["relationshipType"]
    return {"@type": "ProductRelationship", "relationshipType": kind, "id": target["id"], "@referredType": "Product"}


def beside_ticket(command: OpenTicket, profile: OperatorProfile) -> Doc:
    """What goes along with a ticket: files (TMF Attachment, inline), and, where tickets have characteristics (v5), how
    much is disputed and why, by the names of TM Forum's own sample."""
    more: Doc = {}
    if command.files:
        more["attachment"] = [
            {
                "name": one.name,
                "mimeType": one.mime,
                "attachmentType": "evidence",
                "content": b64encode(one.content).decode("ascii"),
            }
            for one in command.files
        ]
    earlier = [ref.id for ref in command.about if ref.role == FOLLOWS]
    if earlier:
        more["troubleTicketRelationship"] = [{"id": one, "relationshipType": FOLLOWS} for one in earlier]
    entry = profile.apis.get("TMF621")
    if command.amount is not None and entry is not None and entry.version == "v5":
        facts: list[tuple[str, str, Any]] = [
            ("disputeAmount", "number", command.amount.value),
            ("currency", "string", command.amount.unit),
        ]
        if command.reason:
            facts.append(("disputeReason", "string", command.reason))
        more["troubleTicketCharacteristic"] = [
            {"name": name, "valueType": kind, "value": value} for name, kind, value in facts
        ]
    return more
