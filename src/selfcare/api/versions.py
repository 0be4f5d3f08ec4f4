"""Brings documents of TM Forum v5, and misspelt ones, to the one shape that is read, before anything else sees them.

The shape is told by the document itself, not by the profile: what is kept was perhaps sent before an operator changed
its version.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .limits import ID

Doc = dict[str, Any]

_WRAPPED = ("partyOrPartyRole", "entity", "place", "channel")
"""v5 keeps the thing a relation leads to inside the relation; v4 writes both as one object."""
_OF_A_RELATION = frozenset({"role", "@type", "@baseType", "@schemaLocation", "name"})
_RENAMED: Mapping[str, Mapping[str, str]] = {
    "troubleTicket": {"statusChangeHistory": "statusChange", "troubleTicketCharacteristic": "characteristic"},
    "serviceProblem": {
        "statusChangeHistory": "statusChange",
        "timeRaised": "creationDate",
        "timeChanged": "lastUpdate",
    },
    "productOrder": {"creationDate": "orderDate"},
    "cancelProductOrder": {"creationDate": "requestedCancellationDate"},
    "partyInteraction": {"relatedChannel": "channel"},
    "product": {"priceAlteration": "productPriceAlteration", "creationDate": "orderDate"},
    "appliedCustomerBillingRate": {"appliedBillingRateType": "type"},
    "billingAccount": {"lastUpdate": "lastModified"},
}
"""By kind: names of v5 and the names of v4 that they take the place of where v4's is absent."""
_MEDIA = {
    "emailAddress": "email",
    "phoneNumber": "phone",
    "faxNumber": "fax",
    "socialNetworkId": "socialNetwork",
    "street1": "postalAddress",
    "city": "postalAddress",
    "postCode": "postalAddress",
}
_OF_A_MEDIUM = frozenset({"mediumType", "preferred", "validFor", "id", "@type", "@baseType", "@schemaLocation"})
_SPELLED = (
    "@type @baseType @schemaLocation @referredType id href name description status state category role "
    "reason billNo billDate paymentDueDate nextBillDate lastUpdate amountDue remainingAmount "
    "taxExcludedAmount taxIncludedAmount billingPeriod startDateTime endDateTime billingAccount taxItem "
    "taxCategory taxAmount taxRate appliedPayment appliedAmount billDocument mimeType attachmentType "
    "appliedTax periodCoverage isBilled appliedBillingRateType runType relatedParty relatedEntity "
    "partyOrPartyRole validFor creationDate ticketType severity priority expectedResolutionDate "
    "requestedResolutionDate resolutionDate statusChange changeDate changeReason statusChangeDate "
    "statusChangeReason statusChangeHistory externalId externalIdentifier externalIdentifierType "
    "troubleTicketCharacteristic productCharacteristic serviceCharacteristic productSerialNumber "
    "startDate terminationDate orderDate productOffering productPrice priceType price "
    "recurringChargePeriod dutyFreeAmount productRelationship relationshipType realizingService "
    "productTerm isCustomerVisible isServiceEnabled hasStarted operatingStatus agreementItem "
    "agreementId agreementPeriod agreementType agreementAuthorization documentNumber initialDate "
    "engagedParty termOrCondition contactMedium mediumType emailAddress phoneNumber contactType "
    "postCode stateOrProvince socialNetworkId faxNumber givenName familyName fullName formattedName "
    "tradingName paymentStatus accountBalance balanceType creditLimit paymentPlan numberOfPayments "
    "paymentFrequency planType totalAmount defaultPaymentMethod lastModified paymentDate statusDate "
    "paymentMethod paymentItem authorizationCode productOrderItem requestedCompletionDate "
    "expectedCompletionDate completionDate orderTotalPrice itemTotalPrice itemPrice productOrder "
    "cancellationReason interactionDate interactionItem direction relatedChannel messageType sendTime "
    "sendTimeComplete scheduledSendTime affectedService affectedLocation affectedNumberOfServices "
    "impactPattern trackingRecord troubleTicket documentType relatedDocument productPriceAlteration "
    "valueType numberOfDays relatedPlace"
)
REFERENCES = frozenset(
    "bill billingAccount account product agreement productOffering payment item troubleTicket productOrder customer "  # noqa: SIM905
    "realizingService affectedService service relatedParty engagedParty entity document".split()
)
"""What leads to another document: {id, …}; some servers write its number alone."""
_ALONE = frozenset({"bill", "billingAccount", "payment", "item", "productOffering"})
"""Those of which there is never a list: a whole number in the place of a list is no reference."""
_NAMES = {name.casefold(): name for name in _SPELLED.split()}
"""Names as the standard spells them, by their spelling in small letters."""


def one_shape(doc: Doc, kind: str) -> Doc:
    """A document in the one shape that is read: v4's, with the standard's own spelling of names.

    `kind` is the TMF resource name. A document that is in this shape already comes back equal.
    """
    found: Doc = _walked(doc, is_root=True)
    for fresh, usual in _RENAMED.get(kind, {}).items():
        if fresh in found and not found.get(usual):
            found[usual] = found[fresh]
    if "statusChange" in found:
        found["statusChange"] = [_step(one) for one in _listed(found["statusChange"])]
    if kind == "product" and "agreementItem" in found and not found.get("agreement"):
        found["agreement"] = [
            {"id": one["agreementId"], "name": one.get("agreementName", "")}
            for one in _listed(found["agreementItem"])
            if isinstance(one, dict) and one.get("agreementId")
        ]
    given = found.get("externalId")
    if isinstance(given, list | dict):
        found["externalIdentifier"] = [*_listed(given), *_listed(found.get("externalIdentifier"))]
        del found["externalId"]
    return found


def is_misspelt(name: str, beside: Doc) -> bool:
    """Whether a name is one of the standard's in small letters, or a word for it that is seen instead."""
    if name == "uri":
        return "url" not in beside
    return name.islower() and _NAMES.get(name, name) != name and _NAMES[name] not in beside


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if isinstance(value, dict) else []


def _walked(value: Any, *, is_root: bool = False) -> Any:
    if isinstance(value, list):
        return [_walked(one) if isinstance(one, dict | list) else one for one in value]
    if not isinstance(value, dict):
        return value
    found: Doc = {}
    for key, inner in value.items():
        name = key
        if is_misspelt(key, value):
            name = _NAMES.get(key, "url")
        if name in REFERENCES:
            inner = _referring(inner, name in _ALONE)
        found[name] = _walked(inner) if isinstance(inner, dict | list) else inner
    return found if is_root else _flat(found)


def _referring(value: Any, is_alone: bool) -> Any:
    if isinstance(value, list):
        return [{"id": one} if is_bare(one) else one for one in value]
    return {"id": value} if is_bare(value) and (is_alone or isinstance(value, str)) else value


def is_bare(value: Any) -> bool:
    """Whether a reference is written as the number of a document alone: one word, or a whole number."""
    if isinstance(value, str):
        return bool(value) and len(value) <= ID and not any(sign.isspace() for sign in value)
    return isinstance(value, int) and not isinstance(value, bool)


def _flat(found: Doc) -> Doc:
    """A relation of v5 as one object, a contact medium of v5 with its facts in `characteristic`."""
    for key in _WRAPPED:
        inner = found.get(key)
        if isinstance(inner, dict) and inner and "id" not in found:
            rest = {name: value for name, value in found.items() if name != key}
            if key in {"partyOrPartyRole", "entity"} or rest.keys() <= _OF_A_RELATION:
                return {**rest, **inner, **({"role": rest["role"]} if rest.get("role") else {})}
    if "characteristic" not in found and ("mediumType" in found or "ContactMedium" in str(found.get("@type", ""))):
        facts = {name: value for name, value in found.items() if name not in _OF_A_MEDIUM}
        if facts:
            outer = {name: value for name, value in found.items() if name in _OF_A_MEDIUM}
            kinds = (said for name, said in _MEDIA.items() if name in facts)
            return {"mediumType": next(kinds, "other"), **outer, "characteristic": facts}
    return found


def _step(one: Any) -> Any:
    if not isinstance(one, dict) or "statusChangeDate" not in one:
        return one
    renamed = {"statusChangeDate": "changeDate", "statusChangeReason": "changeReason"}
    return {renamed.get(name, name): value for name, value in one.items()}
