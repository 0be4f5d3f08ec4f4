"""Says in which ways an operator's document departs from the standard, although it can be read all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from selfcare.domain.appointments import AppointmentState
from selfcare.domain.bills import BillState
from selfcare.domain.options import PaperState
from selfcare.domain.orders import OrderState
from selfcare.domain.tickets import TicketState

from .addresses import origin_of
from .odd_values import TRUTHS
from .reading import Doc, items, plain_word, text, truth
from .state_words import BY_API
from .versions import is_misspelt

MANDATORY: Mapping[str, tuple[str, ...]] = {
    "customer": ("id", "href", "name", "engagedParty"),
    "individual": ("id", "href"),
    "organization": ("id", "href"),
    "billingAccount": ("id", "href", "name", "relatedParty"),
    "customerBill": ("id", "href"),
    "appliedCustomerBillingRate": ("id", "href"),
    "payment": ("id", "href", "totalAmount", "account", "paymentMethod"),
    "document": ("id", "href", "name"),
    "product": ("id", "href", "status"),
    "service": ("id", "href"),
    "agreement": ("id", "href", "name", "agreementType", "agreementItem", "engagedParty"),
    "troubleTicket": ("id", "href", "description", "severity", "status", "ticketType"),
    "serviceProblem": ("id", "href", "category", "description", "priority", "reason", "originatorParty"),
    "appointment": ("id", "href", "validFor"),
    "partyInteraction": ("id", "href", "direction", "reason", "status"),
    "communicationMessage": ("id", "href", "content", "messageType", "sender", "receiver"),
    "productOffering": ("id", "href", "name"),
    "productOrder": ("id", "href", "state", "productOrderItem"),
}
"""What a document of each kind must have (TM Forum's conformance profiles and `_Create` shapes, mapping 4.19)."""

_LISTS = frozenset(
    "relatedParty note termOrCondition taxItem appliedTax billDocument appliedPayment productCharacteristic "  # noqa: SIM905
    "serviceCharacteristic productOrderItem statusChange statusChangeHistory relatedEntity attachment contactMedium "
    "accountBalance paymentPlan productPrice productRelationship productTerm realizingService affectedService "
    "affectedLocation interactionItem paymentItem receiver trackingRecord agreementAuthorization".split()
)
_STATES: Mapping[str, tuple[str, frozenset[str]]] = {
    "troubleTicket": ("status", frozenset(TicketState)),
    "customerBill": ("state", frozenset({*BillState, "partiallySettled"})),
    "productOrder": ("state", frozenset({*OrderState, "draft", "inProgress.accepted", "assessingCancellation"})),
    "product": ("status", frozenset(PaperState)),
    "appointment": ("status", frozenset(AppointmentState) - {AppointmentState.UNKNOWN}),
}
_API = {
    "troubleTicket": "TMF621",
    "customerBill": "TMF678",
    "productOrder": "TMF622",
    "product": "TMF637",
    "appointment": "TMF646",
}
_WRAPPED = {"relatedParty": "partyOrPartyRole", "engagedParty": "partyOrPartyRole", "relatedEntity": "entity"}
"""Where v5 has the thing that a relation leads to inside the relation, and v4 has none."""
_OF_V5 = {
    "troubleTicket": ("statusChangeHistory", "troubleTicketCharacteristic", "externalIdentifier"),
    "productOrder": ("creationDate",),
    "partyInteraction": ("relatedChannel",),
    "appliedCustomerBillingRate": ("appliedBillingRateType",),
}
_OF_V4 = {
    "troubleTicket": ("statusChange", "externalId"),
    "productOrder": ("orderDate",),
    "billingAccount": ("lastModified",),
    "appliedCustomerBillingRate": ("type",),
}
"""By kind: what the one version calls otherwise than the other."""
_ENDED = frozenset({"completed", "cancelled", "canceled", "failed", "rejected", "partial"})
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]+\Z")


def missing(kind: str, doc: Doc) -> tuple[str, ...]:
    """The mandatory attributes that a document lacks."""
    return tuple(name for name in MANDATORY.get(kind, ("id",)) if doc.get(name) in (None, "", [], {}))


def oddities(
    kind: str, doc: Doc, base_url: str, own_words: Mapping[str, str] = MappingProxyType({})
) -> Iterator[tuple[str, str]]:
    """Each departure as (what it is about, where): spelling, lists, empty, wording, words, dates, truths, href, ids,
    parties, names, completion. `own_words` are the operator's words for states, of which its profile says what the
    standard calls them: they are understood."""
    yield from _of_parts(kind, doc)
    yield from _of_states(kind, doc, frozenset(map(plain_word, own_words)))
    href = text(doc.get("href"))
    if href and origin_of(href) != origin_of(base_url):
        yield "href", href[:80]
    if re.search(r"[/:]", text(doc.get("id"))):
        yield "ids", text(doc.get("id"))[:80]
    for party in doc.get("relatedParty", ()) if isinstance(doc.get("relatedParty"), list) else ():
        if isinstance(party, dict) and party and not party.get("role"):
            yield "parties", "relatedParty.role"
    if kind == "agreement" and "validFor" in doc and "agreementPeriod" not in doc:
        yield "names", "validFor instead of agreementPeriod"
    if kind == "troubleTicket" and ("type" in doc or isinstance(doc.get("priority"), int)):
        yield "names", "ticketType" if "type" in doc else "priority"


def other_version(kind: str, doc: Doc, version: str) -> str:
    """What in a document is of the other version than the profile says; "" for nothing."""
    for name, wrapped in _WRAPPED.items():
        for one in items(doc.get(name)):
            if version == "v4" and wrapped in one:
                return f"{name}.{wrapped} is of v5"
            if version == "v5" and name != "engagedParty" and wrapped not in one and text(one.get("id")):
                return f"{name}.id without {wrapped} is of v4"
    others, own = (_OF_V5, _OF_V4) if version == "v4" else (_OF_V4, _OF_V5)
    told = [name for name in others.get(kind, ()) if name in doc]
    is_own = any(name in doc for name in own.get(kind, ()))
    return f"{told[0]} is of {'v5' if version == 'v4' else 'v4'}" if told and not is_own else ""


def _of_parts(kind: str, value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for one in value:
            yield from _of_parts(kind, one, path)
        return
    if not isinstance(value, dict):
        return
    for name, part in value.items():
        where = f"{path}.{name}" if path else name
        if is_misspelt(name, value):
            yield "spelling", where
        if name in _LISTS and isinstance(part, dict):
            yield "lists", where
        if part == {} or part == [{}]:
            yield "empty", where
        if name in TRUTHS and not isinstance(part, bool) and truth(part) is not None:
            yield "truths", where
        if isinstance(part, str) and _STAMP.match(part):
            yield "dates", where
        yield from _of_parts(kind, part, where)


def _of_states(kind: str, doc: Doc, own_words: frozenset[str]) -> Iterator[tuple[str, str]]:
    if kind not in _STATES:
        return
    name, known = _STATES[kind]
    other = "state" if name == "status" else "status"
    if name not in doc and other in doc:
        yield "names", f"{other} instead of {name}"
    word = text(doc.get(name)) or text(doc.get(other))
    if word and word not in known:
        is_understood = plain_word(word) in own_words or BY_API[_API[kind]].meaning(word) is not None
        yield "wording" if is_understood else "words", f"{name} {word[:40]}"
    if kind == "productOrder" and doc.get("completionDate") and word.casefold() not in _ENDED:
        yield "completion", "completionDate"
