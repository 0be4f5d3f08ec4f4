"""Which note of the customer's and which entry of the operator's log are one contact, also after a correction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from selfcare.case.contacts import Told, merged
from selfcare.case.notebook import Noted
from selfcare.domain.commands import SendContact
from selfcare.domain.contacts import Contact
from selfcare.domain.records import replace
from selfcare.domain.tickets import EntityRef
from selfcare.domain.waiting import Waiting

LOGGED = "logged"
"""The role under which a note names the entry of the operator's log (TMF683) that it was one with."""


def told_of(notes: Sequence[Noted], log: Iterable[Contact], waiting: Iterable[Waiting] = ()) -> tuple[Told, ...]:
    """Every contact once, as `case.contacts.merged` puts them together.

    A note that was one with an entry before it was corrected, or that was sent into the log and got that entry's
    number back, stays one with it however far its time was moved.
    """
    receipts = {w.command.contact_id: w.receipt for w in waiting if isinstance(w.command, SendContact) and w.receipt}
    entries = {entry.id: entry for entry in log}
    named: list[Told] = []
    for note in notes:
        entry = entries.pop(logged_as(note) or receipts.get(note.id, ""), None)
        if entry is not None:
            named.append(Told(note, entry))
    paired = {told.noted.id for told in named if told.noted is not None}
    found = (*named, *merged([note for note in notes if note.id not in paired], entries.values()))
    return tuple(sorted(found, key=_newest))


def _newest(told: Told) -> tuple[bool, float]:
    return (told.started is None, -told.started.timestamp() if told.started is not None else 0.0)


def logged_as(note: Noted) -> str:
    """The number of the entry that a note was one with; "" where none was found."""
    return next((ref.id for ref in note.about if ref.role == LOGGED), "")


def kept_together(before: Noted, after: Noted, told: Iterable[Told]) -> Noted:
    """A corrected note that goes on naming the entry it was one with `before`."""
    entry = next((t.logged.id for t in told if t.noted is not None and t.noted.id == before.id and t.logged), "")
    number = entry or logged_as(before)
    others = tuple(ref for ref in after.about if ref.role != LOGGED)
    return replace(after, about=(*others, EntityRef("PartyInteraction", number, LOGGED)) if number else others)
