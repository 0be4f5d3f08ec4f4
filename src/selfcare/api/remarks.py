"""Writes a remark into a ticket, and tells a remark of ours from others in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from selfcare.domain.commands import AddNote
from selfcare.domain.records import Struct
from selfcare.domain.same_words import says_the_same
from selfcare.domain.tickets import Note

from .outgoing import typed_change
from .reading import Doc, document, items, notes

JSON_PATCH = "application/json-patch+json"
_ROUNDED = timedelta(seconds=2)
"""So far may a time be out that was told in whole seconds, and kept in whole seconds."""
_APART = timedelta(hours=1)
"""So far may the clock that dates remarks be from the one that dates answers."""


class Remark(Struct, frozen=True):
    """A remark as the customer asked for it. `dated` is the date that it went out with, by our clock; `since` the
    operator's time before which it cannot have come in, None where nobody knows that; `is_there` that the operator has
    it, by its own word."""

    text: str
    dated: datetime
    since: datetime | None = None
    is_there: bool = False


def note_of(words: str, now: datetime) -> Doc:
    """A remark in the standard's shape."""
    return {"author": "Customer", "date": stamp(now), "text": words.strip()}


def stamp(moment: datetime) -> str:
    """An instant as it is written in what goes out."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def compose_note(current: bytes | Doc, command: AddNote, now: datetime, version: str = "v4") -> bytes:
    """The body by which a remark is added where PATCH replaces the whole list (mapping 4.10); v5 wants types in it.

    `current` is the ticket as the operator has it now, `now` when the customer asked: the remark's own date, by which
    it is told from an earlier one in the same words. The very same remark, already there, is not added again.
    """
    doc = document(current, "troubleTicket")
    there = items(doc.get("note"))
    if not _is_in(there, command, now):
        there = [*there, note_of(command.text, now)]
    body: bytes = _encoder.encode(typed_change("TroubleTicket", doc, there, version))
    return body


def compose_operations(current: bytes | Doc, command: AddNote, now: datetime, version: str = "v4") -> bytes:
    """The same as a JSON Patch (RFC 6902): the remark alone, behind those that are there. None is added twice."""
    doc = document(current, "troubleTicket")
    there = items(doc.get("note"))
    added: list[Doc] = []
    if not _is_in(there, command, now):
        typed: Doc = typed_change("TroubleTicket", doc, [*there, note_of(command.text, now)], version)
        note, is_list = typed["note"][-1], isinstance(doc.get("note"), list)
        at_end: Doc = {"op": "add", "path": "/note/-", "value": note}
        added = [at_end if is_list else {"op": "add", "path": "/note", "value": [*typed["note"]]}]
    operations: bytes = _encoder.encode(added)
    return operations


def _is_in(there: Sequence[Doc], command: AddNote, now: datetime) -> bool:
    """The very same remark: its words, with its own date."""
    return any(says_the_same(command.text, note.text) and note.at == _thousandth(now) for note in notes(there))


def has_note(found: Iterable[Note], own: Remark, others: Sequence[Remark] = ()) -> bool | None:
    """Whether a remark that may have arrived is among a ticket's: the same words, with its own date, or dated by the
    operator not before it can have come in. `others` are the customer's other remarks on the ticket: each answers for
    itself. None where nobody can tell."""
    left = [note for note in found if says_the_same(own.text, note.text)]
    if any(_is_dated(note, own) for note in left):
        return True
    for other in others:
        taken = _whose(left, other)
        if taken is not None:
            left.remove(taken)
    if any(own.since is not None and note.at is not None and note.at >= own.since - _ROUNDED for note in left):
        return True
    if all(own.since is not None and note.at is not None and note.at < own.since - _APART for note in left):
        return False
    return None


def are_shown(sent: Iterable[Note], shown: Iterable[Note]) -> bool:
    """Whether each of the remarks that were sent is among those that the operator shows."""
    left = list(shown)
    for note in sent:
        there = next((one for one in left if says_the_same(note.text, one.text)), None)
        if there is None:
            return False
        left.remove(there)
    return True


def _whose(left: Sequence[Note], other: Remark) -> Note | None:
    """The one of these that is another remark's: by its date; or by its words, where it is known to be there."""
    dated = next((n for n in left if _is_dated(n, other) and says_the_same(other.text, n.text)), None)
    if dated is not None or not other.is_there:
        return dated
    since = other.since
    late = (n for n in left if n.at is None or (since is not None and n.at >= since - _ROUNDED))
    return next((note for note in late if says_the_same(other.text, note.text)), None)


def _is_dated(note: Note, own: Remark) -> bool:
    dated = _thousandth(own.dated)
    return note.at is not None and note.at in {dated, dated.replace(microsecond=0)}


def _thousandth(moment: datetime) -> datetime:  # as it is after it was written
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


_encoder: Any = msgspec.json.Encoder(decimal_format="number")
