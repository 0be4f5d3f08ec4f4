"""What a customer's program may send, checked before anything is done: tickets, orders, cancellations, contacts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from .answers import Refusal
from .documents import Document, decode

Text = Annotated[str, Meta(max_length=65536)]
Word = Annotated[str, Meta(min_length=1, max_length=65536)]
Moment = Annotated[datetime, Meta(tz=True)]
ItemState = Literal[
    "acknowledged",
    "rejected",
    "pending",
    "held",
    "inProgress",
    "cancelled",
    "completed",
    "failed",
    "assessingCancellation",
    "pendingCancellation",
]
MaybeText = Text | UnsetType
MaybeMoment = Moment | UnsetType


class Note(Struct):
    """A remark (TMF Note)."""

    text: Text
    id: MaybeText = UNSET
    author: MaybeText = UNSET
    date: MaybeMoment = UNSET


class Attachment(Struct):
    """A file, by reference or by value (TMF AttachmentRefOrValue)."""

    id: MaybeText = UNSET
    href: MaybeText = UNSET
    name: MaybeText = UNSET
    description: MaybeText = UNSET
    attachmentType: MaybeText = UNSET  # noqa: N815
    mimeType: MaybeText = UNSET  # noqa: N815
    content: str | UnsetType = UNSET
    url: MaybeText = UNSET


class Reference(Struct):
    """A pointer to another document (TMF AgreementRef, ProductOrderRef)."""

    id: Word
    href: MaybeText = UNSET
    name: MaybeText = UNSET


class Party(Struct):
    """Somebody, and the part they play (TMF RelatedParty)."""

    id: Word
    referred: Text = msgspec.field(name="@referredType")
    href: MaybeText = UNSET
    name: MaybeText = UNSET
    role: MaybeText = UNSET


class Entity(Struct):
    """Something a ticket is about, and the part it plays (TMF RelatedEntity)."""

    id: Word
    role: Text
    referred: Text = msgspec.field(name="@referredType")
    href: MaybeText = UNSET
    name: MaybeText = UNSET


class Channel(Struct):
    """The way something came in (TMF ChannelRef, RelatedChannel)."""

    id: Text
    name: MaybeText = UNSET
    role: MaybeText = UNSET


class Period(Struct):
    """A span of time (TMF TimePeriod)."""

    startDateTime: MaybeMoment = UNSET  # noqa: N815
    endDateTime: MaybeMoment = UNSET  # noqa: N815


class Characteristic(Struct):
    """A named fact (TMF Characteristic)."""

    name: Text
    value: Any
    valueType: MaybeText = UNSET  # noqa: N815


class TicketCreate(Struct):
    """TMF621 v4 TroubleTicket_Create."""

    description: Text
    severity: Text
    ticketType: Text  # noqa: N815
    name: MaybeText = UNSET
    externalId: MaybeText = UNSET  # noqa: N815
    priority: MaybeText = UNSET
    requestedResolutionDate: MaybeMoment = UNSET  # noqa: N815
    channel: Channel | UnsetType = UNSET
    note: list[Note] | UnsetType = UNSET
    attachment: list[Attachment] | UnsetType = UNSET
    relatedEntity: list[Entity] | UnsetType = UNSET  # noqa: N815
    relatedParty: list[Party] | UnsetType = UNSET  # noqa: N815
    troubleTicketRelationship: list[Document] | UnsetType = UNSET  # noqa: N815
    characteristic: list[Characteristic] | UnsetType = UNSET
    type_: MaybeText = msgspec.field(default=UNSET, name="@type")


class TicketPatch(Struct):
    """TMF621 v4 TroubleTicket_Update."""

    description: MaybeText | None = UNSET
    severity: MaybeText | None = UNSET
    ticketType: MaybeText | None = UNSET  # noqa: N815
    name: MaybeText | None = UNSET
    externalId: MaybeText | None = UNSET  # noqa: N815
    priority: MaybeText | None = UNSET
    requestedResolutionDate: MaybeMoment | None = UNSET  # noqa: N815
    status: (
        Literal["acknowledged", "rejected", "pending", "held", "inProgress", "cancelled", "closed", "resolved"]
        | UnsetType
    ) = UNSET
    statusChangeReason: MaybeText | None = UNSET  # noqa: N815
    channel: Channel | UnsetType | None = UNSET
    note: list[Note] | UnsetType = UNSET
    attachment: list[Attachment] | UnsetType | None = UNSET
    relatedEntity: list[Entity] | UnsetType = UNSET  # noqa: N815
    relatedParty: list[Party] | UnsetType = UNSET  # noqa: N815
    type_: MaybeText = msgspec.field(default=UNSET, name="@type")


class Related(Struct):
    """What a product hangs on (TMF622 ProductRelationship)."""

    relationshipType: Text  # noqa: N815
    product: OrderedProduct


class Amount(Struct):
    """TMF Money."""

    unit: MaybeText = UNSET
    value: float | UnsetType = UNSET


class Figure(Struct):
    """What something costs, with and without tax (TMF622 Price)."""

    taxIncludedAmount: Amount | UnsetType = UNSET  # noqa: N815
    dutyFreeAmount: Amount | UnsetType = UNSET  # noqa: N815
    taxRate: float | UnsetType = UNSET  # noqa: N815


class OrderPrice(Struct):
    """A price as the customer saw it (TMF622 OrderPrice)."""

    name: MaybeText = UNSET
    priceType: MaybeText = UNSET  # noqa: N815
    recurringChargePeriod: MaybeText = UNSET  # noqa: N815
    price: Figure | UnsetType = UNSET


class Length(Struct):
    """A length of time (TMF Quantity, Duration)."""

    amount: float | UnsetType = UNSET
    units: MaybeText = UNSET


class OrderTerm(Struct):
    """A term as the customer saw it (TMF622 OrderTerm)."""

    name: MaybeText = UNSET
    description: MaybeText = UNSET
    duration: Length | UnsetType = UNSET


class OrderedProduct(Struct):
    """The product an order item is about (TMF622 ProductRefOrValue)."""

    id: MaybeText = UNSET
    href: MaybeText = UNSET
    name: MaybeText = UNSET
    productSerialNumber: MaybeText = UNSET  # noqa: N815
    productCharacteristic: list[Characteristic] | UnsetType = UNSET  # noqa: N815
    productRelationship: list[Related] | UnsetType = UNSET  # noqa: N815
    referred: MaybeText = msgspec.field(default=UNSET, name="@referredType")


class OrderItem(Struct):
    """One line of an order (TMF622 ProductOrderItem)."""

    id: Word
    action: Literal["add", "modify", "delete", "noChange"]
    state: ItemState | UnsetType = UNSET
    quantity: int | UnsetType = UNSET
    product: OrderedProduct | UnsetType = UNSET
    productOffering: Reference | UnsetType = UNSET  # noqa: N815
    itemPrice: list[OrderPrice] | UnsetType = UNSET  # noqa: N815
    itemTerm: list[OrderTerm] | UnsetType = UNSET  # noqa: N815


class OrderCreate(Struct):
    """TMF622 v4 ProductOrder_Create."""

    productOrderItem: Annotated[list[OrderItem], Meta(min_length=1, max_length=100)]  # noqa: N815
    category: MaybeText = UNSET
    description: MaybeText = UNSET
    externalId: MaybeText = UNSET  # noqa: N815
    notificationContact: MaybeText = UNSET  # noqa: N815
    priority: MaybeText = UNSET
    requestedCompletionDate: MaybeMoment = UNSET  # noqa: N815
    requestedStartDate: MaybeMoment = UNSET  # noqa: N815
    agreement: list[Reference] | UnsetType = UNSET
    billingAccount: Reference | UnsetType = UNSET  # noqa: N815
    cancellationDate: MaybeMoment = UNSET  # noqa: N815
    cancellationReason: MaybeText = UNSET  # noqa: N815
    channel: list[Channel] | UnsetType = UNSET
    note: list[Note] | UnsetType = UNSET
    orderTotalPrice: list[Document] | UnsetType = UNSET  # noqa: N815
    payment: list[Reference] | UnsetType = UNSET
    productOfferingQualification: list[Reference] | UnsetType = UNSET  # noqa: N815
    quote: list[Reference] | UnsetType = UNSET
    relatedParty: list[Party] | UnsetType = UNSET  # noqa: N815
    type_: MaybeText = msgspec.field(default=UNSET, name="@type")


class CancelCreate(Struct):
    """TMF622 v4 CancelProductOrder_Create."""

    productOrder: Reference  # noqa: N815
    cancellationReason: MaybeText = UNSET  # noqa: N815
    requestedCancellationDate: MaybeMoment = UNSET  # noqa: N815
    type_: MaybeText = msgspec.field(default=UNSET, name="@type")


class ToldOf(Struct):
    """What a contact was about (TMF683 RelatedEntityRefOrValue)."""

    role: Text
    id: MaybeText = UNSET
    href: MaybeText = UNSET
    name: MaybeText = UNSET


class InteractionItem(Struct):
    """One thing that was spoken of (TMF683 InteractionItem)."""

    id: MaybeText = UNSET
    reason: MaybeText = UNSET
    resolution: MaybeText = UNSET
    item: ToldOf | UnsetType = UNSET
    creationDate: MaybeMoment = UNSET  # noqa: N815


class InteractionCreate(Struct):
    """TMF683 v4 PartyInteraction_Create."""

    channel: Annotated[list[Channel], Meta(min_length=1)]
    direction: Text
    interactionDate: Period  # noqa: N815
    reason: Text
    status: Text
    description: MaybeText = UNSET
    creationDate: MaybeMoment = UNSET  # noqa: N815
    statusChangeDate: MaybeMoment = UNSET  # noqa: N815
    relatedParty: list[Party] | UnsetType = UNSET  # noqa: N815
    note: list[Note] | UnsetType = UNSET
    attachment: list[Attachment] | UnsetType = UNSET
    interactionItem: list[InteractionItem] | UnsetType = UNSET  # noqa: N815
    interactionRelationship: list[Document] | UnsetType = UNSET  # noqa: N815
    type_: MaybeText = msgspec.field(default=UNSET, name="@type")


BODIES: dict[tuple[str, str], type[Struct]] = {
    ("POST", "troubleTicket"): TicketCreate,
    ("PATCH", "troubleTicket"): TicketPatch,
    ("POST", "productOrder"): OrderCreate,
    ("POST", "cancelProductOrder"): CancelCreate,
    ("POST", "partyInteraction"): InteractionCreate,
}


FILED: dict[str, tuple[str, ...]] = {
    "customer": ("name", "engagedParty"),
    "individual": ("givenName", "familyName"),
    "organization": ("tradingName",),
    "billingAccount": ("name", "relatedParty"),
    "payment": ("account", "paymentMethod", "totalAmount"),
    "product": ("status",),
    "agreement": ("name", "agreementType", "agreementItem", "engagedParty"),
    "communicationMessage": ("content", "messageType", "receiver", "sender"),
    "customerBillOnDemand": (),
    "refund": ("account", "paymentMethod", "totalAmount"),
    "agreementSpecification": ("name", "attachment"),
    "partyAccount": ("name", "relatedParty"),
    "settlementAccount": ("name", "relatedParty"),
    "financialAccount": ("name",),
    "billingCycleSpecification": ("name",),
    "billFormat": ("name",),
    "billPresentationMedia": ("name",),
}
"""What the standard's `_Create` shapes require of documents that only conformance kits put in (mapping 4.19)."""
FRESH: dict[str, tuple[str, ...]] = {
    "organization": ("name",),
    "product": (),
    "customerBillOnDemand": ("billingAccount",),
    "financialAccount": ("name", "relatedParty"),
}
"""What version 5's `_FVO` shapes require where that is something else."""


def _filed(kind: str, body: bytes, required: tuple[str, ...]) -> Document:
    try:
        content = decode(body)
    except (msgspec.DecodeError, RecursionError):
        raise Refusal(400, "The body is not JSON") from None
    if not isinstance(content, dict):
        raise Refusal(400, "The body is not an object")
    for name in required:
        if content.get(name) in (None, "", []):
            raise Refusal(400, f"Object missing required field `{name}`")
    return content


def read_body(method: str, kind: str, body: bytes, version: str = "v4") -> Document:
    """The fields of a request that the operator takes, as sent. Raises Refusal 400 saying which is wrong or missing."""
    if kind in FILED:
        required = FRESH.get(kind, FILED[kind]) if version == "v5" else FILED[kind]
        return _filed(kind, body, required if method == "POST" else ())
    if (method, kind) not in BODIES:
        return _filed(kind, body, ())
    shape = BODIES[method, kind]
    try:
        msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as wrong:
        raise Refusal(400, str(wrong)) from None
    except (msgspec.DecodeError, RecursionError):
        raise Refusal(400, "The body is not JSON") from None
    taken = {field.encode_name for field in msgspec.structs.fields(shape)} | {"@baseType", "@schemaLocation"}
    return {name: value for name, value in decode(body).items() if name in taken}
