"""What becomes of a ticket as time goes by, and what a customer may add to it: pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .documents import Document, written

TAKEN_UP_AFTER = timedelta(hours=1)
PROMISED_WITHIN = timedelta(days=3)
PATCHABLE = frozenset(
    {
        "attachment",
        "channel",
        "description",
        "externalId",
        "name",
        "note",
        "priority",
        "relatedEntity",
        "relatedParty",
        "requestedResolutionDate",
        "severity",
        "status",
        "statusChangeReason",
        "ticketType",
        "troubleTicketRelationship",
        "@type",
        "@baseType",
        "@schemaLocation",
    }
)
STATUSES = ("acknowledged", "rejected", "pending", "held", "inProgress", "cancelled", "closed", "resolved")
CUSTOMER_MAY_SET = ("inProgress", "cancelled", "closed")


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket a customer opened: its document as it stood when last written, and when it came in."""

    document: Document
    received: datetime

    @property
    def id(self) -> str:
        """The operator's own number of the ticket."""
        return str(self.document["id"])


def opened(body: Document, ident: str, now: datetime) -> Document:
    """The ticket the operator keeps of what a customer reported (TMF621 TroubleTicket)."""
    stamp = written(now)
    return {
        **body,
        "id": ident,
        "status": "acknowledged",
        "priority": "Medium",
        "creationDate": stamp,
        "lastUpdate": stamp,
        "statusChangeDate": stamp,
        "statusChange": [{"status": "acknowledged", "changeDate": stamp, "changeReason": "Received"}],
        "@type": "TroubleTicket",
    }


def ticket_at(ticket: Ticket, now: datetime) -> Document:
    """A ticket as its document reads at a moment: taken up after an hour, with a promise."""
    moment = ticket.received + TAKEN_UP_AFTER
    document = ticket.document
    if now < moment or document["status"] != "acknowledged":
        return document
    stamp = written(moment)
    change = {"status": "inProgress", "changeDate": stamp, "changeReason": "A colleague has taken it up"}
    return {
        **document,
        "status": "inProgress",
        "statusChangeDate": stamp,
        "statusChangeReason": "A colleague has taken it up",
        "lastUpdate": max(stamp, document["lastUpdate"]),
        "expectedResolutionDate": written(moment + PROMISED_WITHIN),
        "statusChange": [*document["statusChange"], change],
    }


def patched(document: Document, patch: Document, now: datetime) -> Document:
    """A ticket after a merge patch (RFC 7386 on the first level: arrays are replaced whole, null takes away)."""
    stamp = written(now)
    after = {name: value for name, value in document.items() if name not in patch}
    after |= {name: value for name, value in patch.items() if value is not None}
    if all(after.get(name) == document.get(name) for name in patch):
        return document
    after["lastUpdate"] = stamp
    if after.get("status") != document.get("status"):
        reason = str(patch.get("statusChangeReason") or "Changed by the customer")
        change = {"status": after["status"], "changeDate": stamp, "changeReason": reason}
        after["statusChangeDate"] = stamp
        after["statusChangeReason"] = reason
        after["statusChange"] = [*document.get("statusChange", ()), change]
        if after["status"] == "closed":
            after["resolutionDate"] = stamp
    return after


def next_ticket_change(tickets: Iterable[Ticket], now: datetime) -> datetime | None:
    """The next moment at which a ticket changes by itself, or None."""
    moments = [one.received + TAKEN_UP_AFTER for one in tickets if one.document["status"] == "acknowledged"]
    return min((moment for moment in moments if moment > now), default=None)
