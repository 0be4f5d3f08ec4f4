"""Writes what the customer asks for in the standard's own shapes, and reads what the operator answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import msgspec

from selfcare.domain.commands import (
    AddNote,
    Command,
    DropOption,
    GiveNotice,
    OpenTicket,
    OrderOption,
    RequestCode,
    RequestUnlock,
    SendContact,
    WithdrawNotice,
)
from selfcare.domain.failures import NotAnAnswer, NotOffered
from selfcare.domain.operator import ApiEntry, ExitWay, OperatorProfile
from selfcare.domain.orders import OrderState
from selfcare.domain.records import Struct, replace
from selfcare.domain.same_words import says_the_same
from selfcare.domain.tickets import FOLLOWS, TicketState
from selfcare.domain.workdays import end_of_day

from .catalogue import SubjectIds
from .client import Reply
from .echo import is_an_error
from .option_orders import add_order, drop_order
from .orders import read_order
from .outgoing import beside_ticket, outgoing
from .reading import Doc, child, first_text, identity, items, notes, plain_word, ref, text
from .remarks import JSON_PATCH, note_of, stamp
from .replies import require_json
from .strict_json import check, decode
from .tickets import external_id, ticket_state
from .versions import one_shape

JSON = "application/json"
UNCONFIRMED = "unconfirmed"
"""The operator took the request (202), without a word on what it has made of it: it is to be looked for."""
_NO_REQUESTS = frozenset(
    {"CancelProductOrder", "Customer", "CustomerBill", "BillingAccount", "Agreement", "Product", "Service", "Error"}
)
_ELSEWHERE = frozenset({"productOrder", "productOrderItem", "ticketType"})
_NO_TICKETS = _NO_REQUESTS | {"ProductOrder"}
_NO_CONTACTS = _NO_TICKETS | {"TroubleTicket"}


class WireAction(Struct, frozen=True):
    """One request as it will be sent, again and again if need be: exactly these bytes.

    `tag` is the ETag of what it changes, where it may be carried out on that alone (If-Match, RFC 9110, 13.1.1).
    `operations` say the same as the body where it is sent as a JSON Patch (RFC 6902).
    """

    api: str
    method: str
    path: str
    body: bytes
    content_type: str = JSON
    tag: str = ""
    operations: bytes = b""

    def body_as(self, content_type: str) -> bytes:
        """What is sent under this content type."""
        return self.operations if content_type == JSON_PATCH else self.body


class Receipt(Struct, frozen=True):
    """What the operator answered. `state` is accepted (it works on it), done, or rejected with its `reason`; or
    UNCONFIRMED.

    `id` is the operator's number ("" if it took the request without giving one yet), `external_id` the one that it
    says we gave: it must be ours. `is_of_another` says that the answer is about something else than was asked for.
    """

    id: str
    external_id: str
    state: str
    reason: str = ""
    is_of_another: bool = False


def request_for(
    command: Command, profile: OperatorProfile, action_id: str, ids: SubjectIds, now: datetime
) -> WireAction:
    """The request for a command; made once, kept, and sent unchanged. Raises NotOffered.

    The body of an AddNote is the remark alone: where the operator replaces lists (v4), compose_note makes the whole
    list when it is sent.
    """
    if isinstance(command, OpenTicket):
        about = [{"id": ref.id, "role": ref.role or "about", "@referredType": ref.kind} for ref in command.about
                 if ref.role != FOLLOWS]  # fmt: skip
        when = _midnight(command.wanted, profile.zone) if command.wanted is not None else ""
        return _ticket(
            profile, action_id, ids, command.title, command.text, command.ticket_type, about, command.severity, when,
            beside_ticket(command, profile),
        )  # fmt: skip
    if isinstance(command, AddNote):
        entry = _offered(profile, "TMF621")
        path = f"troubleTicket/{quote(command.ticket_id, safe='')}"
        return WireAction("TMF621", "PATCH", path, _bytes({"note": [note_of(command.text, now)]}), entry.patch[0])
    if isinstance(command, RequestCode):
        wanted = {"TEL_MSISDN": command.number, "portingCodeRequested": command.scheme}
        item = _item("noChange", command.line_id, wanted)
        title = f"{command.scheme} for {command.number}"
        return _leaving(profile, "portCode", action_id, ids, [item], title, command.line_id)
    if isinstance(command, RequestUnlock):
        item = _item("modify", command.handset_id, {"simLock": False})
        item["product"]["productSerialNumber"] = command.serial
        title = f"Unlock handset {command.serial}"
        said = [note_of(command.note, now)] if command.note.strip() else []
        return _leaving(profile, "unlock", action_id, ids, [item], title, command.handset_id, said)
    if isinstance(command, GiveNotice):
        return _notice(command, profile, action_id, ids, now)
    if isinstance(command, SendContact):
        return _contact(command, profile, ids, now)
    if isinstance(command, DropOption):
        return _post(profile, "TMF622", "productOrder", drop_order(command, action_id, ids))
    if isinstance(command, OrderOption):
        return _post(profile, "TMF622", "productOrder", add_order(command, action_id, ids))
    body: dict[str, Any] = {"productOrder": {"id": command.order_id, "@referredType": "ProductOrder"}}
    body |= {"cancellationReason": command.reason} if command.reason else {}
    return _post(profile, "TMF622", "cancelProductOrder", body)


def read_receipt(command: Command, reply: Reply) -> Receipt:
    """What a good answer (2xx) to a command says. Raises NotAnAnswer or Unreadable if nobody can tell, an error that
    is told as a success included."""
    if reply.status == 202 and not reply.body:
        return Receipt("", "", UNCONFIRMED)
    if reply.status == 204 and not reply.body and isinstance(command, AddNote):
        return Receipt("", "", "done")  # of all that is asked, this alone makes nothing that an answer could name
    body = require_json(reply)
    check(body)
    doc = decode(body)
    if not isinstance(doc, dict):
        raise NotAnAnswer("shape")
    found = one_shape(doc, "answer")
    if is_an_error(found):
        raise NotAnAnswer("shape")
    return receipt_of(command, found)


def receipt_of(command: Command, doc: Doc) -> Receipt:
    """The same from the operator's document itself, as it is found again when an answer was lost."""
    own = identity(doc, "answer")
    receipt = _receipt(command, doc, own)
    return replace(receipt, is_of_another=True) if _is_of_another(command, doc, own) else receipt


def carries_our_id(command: Command) -> bool:
    """Whether the document that a request makes bears our own id; a remark, a withdrawal, a contact have no place."""
    return not isinstance(command, AddNote | WithdrawNotice | SendContact)


def _is_of_another(command: Command, doc: Doc, own: str) -> bool:
    """An answer about another ticket, another order, or another kind of thing altogether."""
    if isinstance(command, AddNote):
        return own != command.ticket_id
    if isinstance(command, WithdrawNotice):
        return ref(child(doc.get("productOrder"))) not in {"", command.order_id}
    if isinstance(command, SendContact) and _is_no_contact(command, doc):
        return True
    return text(doc.get("@type")) in (_NO_TICKETS if isinstance(command, OpenTicket) else _NO_REQUESTS)


def _is_no_contact(command: SendContact, doc: Doc) -> bool:
    """It has what only an order or a ticket has, or says something else than the customer did; some are cut short, and
    one without a word says nothing either way."""
    said = text(doc.get("description")).strip()
    if _ELSEWHERE & doc.keys() or text(doc.get("@type")) in _NO_CONTACTS:
        return True
    return bool(said) and not says_the_same(command.text, said) and not command.text.strip().startswith(said)


def _receipt(command: Command, doc: Doc, own: str) -> Receipt:
    given = external_id(doc)
    word = first_text(doc, "status", "state")
    if isinstance(command, SendContact | AddNote):
        return Receipt(own, "", "done")  # an external id would be that of the request that opened the ticket
    if isinstance(command, OpenTicket):
        refused = ticket_state(word) is TicketState.REJECTED
        state = "rejected" if refused else "done"
        return Receipt(own, given, state, text(doc.get("statusChangeReason")) if refused else "")
    if isinstance(command, WithdrawNotice):
        plain = plain_word(word)
        state = {"done": "done", "terminatedwitherror": "rejected", "rejected": "rejected"}.get(plain, "accepted")
        return Receipt(own, given, state, _reason(doc) if state == "rejected" else "")
    if "ticketType" in doc:
        finished = {TicketState.REJECTED: "rejected", TicketState.RESOLVED: "done", TicketState.CLOSED: "done"}
        state = finished.get(ticket_state(word), "accepted")
        return Receipt(own, given, state, text(doc.get("statusChangeReason")) if state == "rejected" else "")
    order = read_order(doc)
    refusals = {OrderState.REJECTED, OrderState.FAILED, OrderState.CANCELLED}
    state = "done" if order.state is OrderState.COMPLETED else "rejected" if order.state in refusals else "accepted"
    return Receipt(own, given, state, _reason(doc) if state == "rejected" else "")


def _reason(doc: Doc) -> str:
    for part in (doc, *items(doc.get("productOrderErrorMessage"))):
        said = first_text(part, "statusChangeReason", "reason", "message")
        if said:
            return said
    found = notes(doc.get("note"))
    return found[-1].text if found else ""


def _notice(
    command: GiveNotice, profile: OperatorProfile, action_id: str, ids: SubjectIds, now: datetime
) -> WireAction:
    way = _way(profile, "notice")
    when = end_of_day(command.day, ZoneInfo(profile.zone)).isoformat()
    what = "Withdrawal from the contract" if command.is_withdrawal else "Notice given"
    if way.via == "TMF621":
        words = f"{what} for {command.day.isoformat()}. {command.reason}".strip()
        about = [{"id": command.line_id, "role": "subject", "@referredType": "Product"}]
        return _ticket(profile, action_id, ids, f"{what} by customer", words, way.category, about, when=when)
    extra: dict[str, Any] = {"description": f"{what} by customer", "requestedCompletionDate": when}
    extra["note"] = [note_of(command.reason, now)] if command.reason else []
    mark = {"withdrawalFromContract": True} if command.is_withdrawal else None
    if command.contract_id:
        extra["agreement"] = [{"id": command.contract_id, "@referredType": "Agreement"}]
    return _order(profile, action_id, ids, way.category, [_item("delete", command.line_id, mark)], extra)


def _contact(command: SendContact, profile: OperatorProfile, ids: SubjectIds, now: datetime) -> WireAction:
    """The standard gives a contact no id of ours: an answer that is lost is found by its start and its words."""
    when = {"startDateTime": stamp(command.started)}
    if command.ended is not None:
        when["endDateTime"] = stamp(command.ended)
    body: dict[str, Any] = {
        "channel": [
            {"id": command.channel, "href": f"channel/{quote(command.channel)}", "name": command.channel}
            | {"role": "interaction"}
        ],
        "creationDate": stamp(now),
        "description": command.text,
        "direction": "inbound" if command.is_inbound else "outbound",
        "interactionDate": when,
        "reason": command.text[:200],
        "relatedParty": [party | {"href": f"customer/{quote(ids.customer, safe='')}"} for party in _party(ids)],
        "status": "completed",
    }
    if command.about:
        body["interactionItem"] = [
            {
                "reason": command.text[:200],
                "creationDate": stamp(command.started),
                "item": {"id": ref.id, "role": ref.role or "about", "@referredType": ref.kind},
            }
            for ref in command.about
            if ref.id
        ]
    return _post(profile, "TMF683", "partyInteraction", body)


def _leaving(
    profile: OperatorProfile,
    step: str,
    action_id: str,
    ids: SubjectIds,
    wanted: list[Doc],
    title: str,
    product_id: str,
    said: Sequence[Doc] = (),
) -> WireAction:
    """`said` are the customer's notes: an order carries them as notes, a ticket as its description (mapping 5)."""
    way = _way(profile, step)
    if way.via == "TMF621":
        about = [{"id": product_id, "role": "subject", "@referredType": "Product"}]
        words = "\n".join(note["text"] for note in said)
        return _ticket(profile, action_id, ids, title, words or title, way.category, about)
    return _order(profile, action_id, ids, way.category, wanted, {"note": list(said)})


def _way(profile: OperatorProfile, step: str) -> ExitWay:
    way = profile.exit.get(step)
    if way is None:
        raise NotOffered("TMF622")
    _offered(profile, way.via)
    return way


def _offered(profile: OperatorProfile, api: str) -> ApiEntry:
    entry = profile.apis.get(api)
    if entry is None:
        raise NotOffered(api)
    return entry


def _post(profile: OperatorProfile, api: str, kind: str, body: dict[str, Any]) -> WireAction:
    entry = _offered(profile, api)
    return WireAction(api, "POST", kind, _bytes(outgoing(entry.version, kind, body)))


def _order(
    profile: OperatorProfile,
    action_id: str,
    ids: SubjectIds,
    category: str,
    wanted: list[Doc],
    extra: Mapping[str, Any],
) -> WireAction:
    body: dict[str, Any] = {"externalId": action_id, "category": category, "relatedParty": _party(ids)}
    body.update({name: value for name, value in extra.items() if value})
    body["productOrderItem"] = wanted
    return _post(profile, "TMF622", "productOrder", body)


def _ticket(
    profile: OperatorProfile,
    action_id: str,
    ids: SubjectIds,
    title: str,
    words: str,
    kind: str,
    about: list[dict[str, str]],
    severity: str = "Minor",
    when: str = "",
    more: Mapping[str, Any] | None = None,
) -> WireAction:
    body: dict[str, Any] = {
        "externalId": action_id,
        "name": title,
        "description": words or title,
        "ticketType": kind,
        "severity": severity,
        "channel": {"id": "selfCareApp", "name": "self service"},
        "relatedParty": _party(ids),
    }
    if when:
        body["requestedResolutionDate"] = when
    if about:
        body["relatedEntity"] = about
    body.update(more or {})
    return _post(profile, "TMF621", "troubleTicket", body)


def _item(action: str, product_id: str, characteristics: Mapping[str, str | bool] | None = None) -> Doc:
    product: Doc = {"id": product_id, "@referredType": "Product"}
    if characteristics:
        product["productCharacteristic"] = [
            {"name": name, "valueType": "boolean" if isinstance(value, bool) else "string", "value": value}
            for name, value in characteristics.items()
        ]
    return {"id": "1", "action": action, "product": product}


def _party(ids: SubjectIds) -> list[Doc]:
    return [{"id": ids.customer, "role": "customer", "@referredType": "Customer"}]


def _midnight(day: date, zone: str) -> str:
    return datetime.combine(day, time(0), ZoneInfo(zone)).isoformat()


_encoder = msgspec.json.Encoder(decimal_format="number")


def _bytes(body: Mapping[str, Any]) -> bytes:
    return _encoder.encode(body)
