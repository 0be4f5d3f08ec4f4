"""Reads trouble tickets (TMF621) and known problems (TMF656) from an operator's documents."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from selfcare.domain.problems import Problem
from selfcare.domain.tickets import FOLLOWS, EntityRef, Note, StateChange, Ticket, TicketState

from .codes import code_in_notes, porting_code, scheme_of
from .reading import (
    Doc,
    characteristics,
    child,
    choice,
    document,
    entity,
    first_of,
    first_text,
    identity,
    instant,
    items,
    notes,
    papers,
    plain_word,
    ref,
    text,
    unique,
    until,
    whole,
)
from .written import iso, says_nothing

TICKET_KIND = "troubleTicket"
_ASKS_FOR_CODE = "portoutcode"
PROBLEM_KIND = "serviceProblem"

_OTHER_WORDS = {
    "new": TicketState.ACKNOWLEDGED,
    "open": TicketState.IN_PROGRESS,
    "onhold": TicketState.HELD,
    "canceled": TicketState.CANCELLED,
    "solved": TicketState.RESOLVED,
}


def ticket_state(word: str) -> TicketState:
    """The state that a word means, also the words of servers that keep their own; else UNKNOWN."""
    found = choice(TicketState, word, TicketState.UNKNOWN)
    return _OTHER_WORDS.get(plain_word(word), found) if found is TicketState.UNKNOWN else found


def read_ticket(doc: bytes | Doc, zone: tzinfo = UTC) -> Ticket:
    """One ticket (TMF621 TroubleTicket), v4 or v5. Raises Unreadable."""
    doc = document(doc, TICKET_KIND)
    word = first_text(doc, "status", "state")
    expected = doc.get("expectedResolutionDate")
    kind, said = first_text(doc, "ticketType", "type"), notes(doc.get("note"), zone)
    resolved = instant(doc.get("resolutionDate"), zone)
    return Ticket(
        id=identity(doc, TICKET_KIND),
        title=first_text(doc, "name", "description"),
        text=text(doc.get("description")),
        kind=kind,
        severity=text(doc.get("severity")),
        state=ticket_state(word),
        state_word=word,
        created=instant(doc.get("creationDate"), zone),
        changed=instant(doc.get("lastUpdate"), zone) or instant(doc.get("statusChangeDate"), zone),
        promised=until(expected, zone),
        wanted=instant(doc.get("requestedResolutionDate"), zone),
        resolved=resolved,
        state_reason=text(doc.get("statusChangeReason")),
        external_id=external_id(doc),
        course=_course(doc, zone),
        notes=said,
        about=(*about(doc.get("relatedEntity")), *_earlier(doc)),
        files=papers(doc.get("attachment")),
        call_by=promised_call(doc, zone),
        promised_said="" if says_nothing(expected) or iso(expected) else text(expected),
        code=porting_code(
            characteristics(doc.get("characteristic")),
            zone,
            resolved.astimezone(zone).date() if resolved is not None else None,
        )
        or (code_in_notes(said, zone) if plain_word(kind) == _ASKS_FOR_CODE else None),
    )


def promised_call(doc: bytes | Doc, zone: tzinfo = UTC) -> datetime | None:
    """When the operator promised to call back (our characteristic `promisedCallback`), if it did. Raises Unreadable."""
    doc = document(doc, TICKET_KIND)
    facts = characteristics(doc.get("characteristic"))
    return until(first_of(facts, "promisedCallback"), zone)


def external_id(doc: Doc) -> str:
    """The id that we gave when asking: v4 `externalId`, v5 a list of external identifiers. A code that lets the number
    go is no such id."""
    own = text(doc.get("externalId"))
    if own:
        return own
    found = [one for one in items(doc.get("externalIdentifier")) if not scheme_of(one)]
    ours = [item for item in found if text(item.get("owner")).casefold() == "selfcare"]
    return ref((ours or found)[:1])


def about(value: object) -> tuple[EntityRef, ...]:
    """What a document is about; references without an id are left out."""
    return tuple(found for found in (entity(item) for item in items(value)) if found.id)


def _earlier(doc: Doc) -> tuple[EntityRef, ...]:
    """The tickets that this one takes up again; other relationships say nothing a customer needs."""
    found = items(doc.get("troubleTicketRelationship"))
    return tuple(
        EntityRef("TroubleTicket", ref(item), FOLLOWS)
        for item in found
        if ref(item) and plain_word(text(item.get("relationshipType"))) == plain_word(FOLLOWS)
    )


def _course(doc: Doc, zone: tzinfo) -> tuple[StateChange, ...]:
    found = [
        StateChange(
            state=ticket_state(first_text(step, "status", "state")),
            state_word=first_text(step, "status", "state"),
            at=instant(step.get("changeDate"), zone),
            reason=text(step.get("changeReason")),
        )
        for step in items(doc.get("statusChange"))
    ]
    return tuple(sorted(found, key=lambda step: step.at or datetime.min.replace(tzinfo=UTC)))


def read_problem(doc: bytes | Doc, zone: tzinfo = UTC) -> Problem:
    """One known problem (TMF656 ServiceProblem), v4 or v5. Raises Unreadable."""
    doc = document(doc, PROBLEM_KIND)
    word = first_text(doc, "status", "state")
    facts = characteristics(child(doc.get("impactPattern")).get("characteristic"))
    facts.update(characteristics(doc.get("characteristic")))
    return Problem(
        id=identity(doc, PROBLEM_KIND),
        title=first_text(doc, "name", "description"),
        text=text(doc.get("description")),
        category=text(doc.get("category")),
        state=ticket_state(word),
        state_word=word,
        began=instant(doc.get("creationDate"), zone),
        changed=instant(doc.get("lastUpdate"), zone) or instant(doc.get("statusChangeDate"), zone),
        ended=instant(doc.get("resolutionDate"), zone),
        expected_end=until(first_of(facts, "estimatedRestorationDate"), zone),
        service_ids=unique(ref(item) for item in items(doc.get("affectedService"))),
        ticket_ids=unique(ref(item) for item in items(doc.get("troubleTicket"))),
        places=unique(_place(item) for item in items(doc.get("affectedLocation"))),
        affected=whole(doc.get("affectedNumberOfServices")),
        record=_record(doc, zone),
    )


def _place(item: Doc) -> str:
    return first_text(item, "name", "description", "city", "postcode", "postCode")


def _record(doc: Doc, zone: tzinfo) -> tuple[Note, ...]:
    steps = [
        {"author": first_text(r, "user", "systemId"), "date": r.get("time"), "text": r.get("description")}
        for r in items(doc.get("trackingRecord"))
    ]
    return notes([*items(doc.get("note")), *steps], zone)
