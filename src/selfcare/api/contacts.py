"""Reads contacts with the operator (TMF683) and messages it sent (TMF681) from an operator's documents."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Any

from selfcare.domain.contacts import Contact, Message
from selfcare.domain.tickets import EntityRef

from .reading import (
    Doc,
    child,
    document,
    entity,
    first_text,
    identity,
    instant,
    items,
    names_no_hour,
    notes,
    plain_word,
    text,
    unique,
)

CONTACT_KIND = "partyInteraction"
MESSAGE_KIND = "communicationMessage"
_LONGEST_NAME = 64
_UNSENT = frozenset({"initial", "inprogress", "cancelled", "canceled", "failed"})
"""States of a message (TMF681) in which nobody has it."""


def read_contact(doc: bytes | Doc, zone: tzinfo = UTC) -> Contact:
    """One contact (TMF683 PartyInteraction), v4 or v5. Raises Unreadable."""
    doc = document(doc, CONTACT_KIND)
    when = child(doc.get("interactionDate"))
    parts = items(doc.get("interactionItem"))
    agents = _agents(doc.get("relatedParty"))
    began = instant(when.get("startDateTime"), zone)
    return Contact(
        id=identity(doc, CONTACT_KIND),
        what=first_text(doc, "description", "reason"),
        reason=text(doc.get("reason")),
        is_inbound=_inbound(text(doc.get("direction"))),
        channel=_channel(doc),
        agent=agents[0] if agents else "",
        started=began or instant(doc.get("creationDate"), zone),
        ended=instant(when.get("endDateTime"), zone),
        state_word=first_text(doc, "status", "state"),
        resolution=" ".join(unique(text(part.get("resolution")) for part in parts)),
        about=tuple(dict.fromkeys(_about(parts, doc))),
        notes=notes([*items(doc.get("note")), *(n for part in parts for n in items(part.get("note")))], zone),
        others=agents[1:],
        is_day_alone=names_no_hour(doc.get("creationDate") if began is None else when.get("startDateTime")),
    )


def _about(parts: list[Doc], doc: Doc) -> list[EntityRef]:
    found = [entity(child(part.get("item"))) for part in parts]
    found += [entity(item) for item in items(doc.get("relatedEntity"))]
    return [one for one in found if one.id]


def _inbound(word: str) -> bool | None:
    plain = word.casefold()
    return True if plain.startswith("inb") else False if plain.startswith("outb") else None


def _channel(doc: Doc) -> str:
    part = child(doc.get("channel"))
    return first_text(part, "name", "id", "@type")


def _agents(parties: Any) -> tuple[str, ...]:
    """Everybody of the operator's who is named, in order."""
    roles = [(first_text(party, "role", "@referredType").casefold(), party) for party in items(parties)]
    return unique(text(party.get("name")) for role, party in roles if "agent" in role or "assigned" in role)


def read_message(doc: bytes | Doc, zone: tzinfo = UTC) -> Message:
    """One message that the operator sent (TMF681 CommunicationMessage), as plain text. Raises Unreadable."""
    doc = document(doc, MESSAGE_KIND)
    gaps = {
        text(item.get("name")): text(item.get("value"))
        for item in items(doc.get("characteristic"))
        if text(item.get("name")).startswith("$")
    }
    return Message(
        id=identity(doc, MESSAGE_KIND),
        channel=first_text(doc, "messageType", "type"),
        subject=_filled(text(doc.get("subject")), gaps),
        text=_filled(first_text(doc, "content", "description"), gaps),
        sent=_sent(doc, zone),
        state_word=first_text(doc, "state", "status"),
    )


def _sent(doc: Doc, zone: tzinfo) -> datetime | None:
    """When a message was sent; the moment it was to be sent at only where it is not said that it has yet to leave, was
    called off or did not get through."""
    done = instant(doc.get("sendTime"), zone) or instant(doc.get("sendTimeComplete"), zone)
    is_unsent = plain_word(first_text(doc, "state", "status")) in _UNSENT
    return done if done or is_unsent else instant(doc.get("scheduledSendTime"), zone)


def _filled(words: str, gaps: dict[str, str]) -> str:
    """The text with its $Parameters filled in; the longest name first, so that $Parameter10 is not taken for $1."""
    for name in sorted(gaps, key=len, reverse=True):
        if 1 < len(name) <= _LONGEST_NAME:
            words = words.replace(name, gaps[name])
    return text(words)
