"""Reads appointments (TMF646): visits of a technician and agreed call-backs, from an operator's documents."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from selfcare.domain.appointments import Appointment, AppointmentState, Window
from selfcare.domain.failures import Unreadable
from selfcare.domain.tickets import EntityRef
from selfcare.domain.workdays import end_of_day

from .reading import (
    Doc,
    child,
    choice,
    day,
    document,
    entity,
    first_text,
    identity,
    instant,
    items,
    notes,
    plain_word,
    text,
    unique,
)
from .written import clock_of, iso

APPOINTMENT_KIND = "appointment"

_OTHER_WORDS = {
    "canceled": AppointmentState.CANCELLED,
    "accepted": AppointmentState.CONFIRMED,
    "booked": AppointmentState.CONFIRMED,
    "scheduled": AppointmentState.CONFIRMED,
    "done": AppointmentState.COMPLETED,
    "missed": AppointmentState.FAILED,
}
_CALLS = ("callback", "callmeback", "phone", "telephon", "téléphon", "rappel")
"""How the category of an appointment begins at which nobody comes: "call" alone is a visit in many an operator's mouth
(service call)."""
_PLACE = ("streetNr", "streetName", "streetType", "postcode", "postCode", "city")


def appointment_state(word: str) -> AppointmentState:
    """The state that a word means, also the words of servers that keep their own; else UNKNOWN."""
    found = choice(AppointmentState, word, AppointmentState.UNKNOWN)
    return _OTHER_WORDS.get(plain_word(word), found) if found is AppointmentState.UNKNOWN else found


def read_appointment(doc: bytes | Doc, zone: tzinfo = UTC) -> Appointment:
    """One appointment (TMF646 Appointment), v4 or v5. Raises Unreadable."""
    doc = document(doc, APPOINTMENT_KIND)
    word, category = first_text(doc, "status", "state"), text(doc.get("category"))
    return Appointment(
        id=identity(doc, APPOINTMENT_KIND),
        title=first_text(doc, "description", "name"),
        category=category,
        state=appointment_state(word),
        state_word=word,
        window=_window(_period(doc), zone),
        is_call=plain_word(category).startswith(_CALLS) or plain_word(category) == "call",
        created=instant(doc.get("creationDate"), zone),
        changed=instant(doc.get("lastUpdate"), zone),
        place=", ".join(unique(_place(one) for one in items(doc.get("relatedPlace")))),
        about=_about(doc),
        notes=notes(doc.get("note"), zone),
    )


def _about(doc: Doc) -> tuple[EntityRef, ...]:
    """What it is for; a reference without an id is left out."""
    found = (entity(one) for one in items(doc.get("relatedEntity")))
    return tuple(dict.fromkeys(one for one in found if one.id))


def _period(doc: Doc) -> Doc:
    """The time, as it is written. Raises Unreadable for one that is no period: that must not look like "not stated"."""
    said = doc.get("validFor")
    if said and not items(said):
        raise Unreadable(f"{APPOINTMENT_KIND}/{text(doc.get('id'))}.validFor")
    return child(said)


def _window(part: Doc, zone: tzinfo) -> Window | None:
    """When somebody comes. A day that is named without an hour counts until its end, where the operator is; so does
    the first day where no end is named, or one that lies before the beginning."""
    said_start, said_end = iso(part.get("startDateTime")), iso(part.get("endDateTime"))
    starts, ends = instant(said_start, zone), _end(said_end, said_start, zone)
    if ends is not None and (starts is None or ends >= starts):
        return Window(starts, ends)
    first = day(said_start, zone)
    if starts is None or first is None:
        return None
    return Window(starts, max(end_of_day(first, zone).astimezone(UTC), starts))


def _end(said: str, start: str, zone: tzinfo) -> datetime | None:
    """The last instant of a window: the end of the day where a bare day, its last second, or the midnight at which it
    also begins is written."""
    moment = instant(said, zone)
    if moment is None:
        return None
    clock = clock_of(said)
    if len(said) == len("2026-11-24") or clock == "23:59:59" or (clock == "00:00:00" and said == start):
        last = day(said, zone)
        return None if last is None else end_of_day(last, zone).astimezone(UTC)
    return moment


def _place(item: Doc) -> str:
    parts = [text(item.get(name)) for name in _PLACE]
    return " ".join(part for part in parts if part) or first_text(item, "name", "description")
