"""A promise that stands in a message or in the operator's own log, taken into the ledger with its words and its day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from selfcare.case.deadlines import Unit
from selfcare.case.notebook import Word
from selfcare.case.spoken_days import read_deadline
from selfcare.domain.contacts import Contact, Message
from selfcare.domain.records import Struct
from selfcare.domain.tickets import EntityRef

from .case_entries import CONTACT, MESSAGE, source_of
from .case_noting import DueView

_LONGEST = 300
_LOOKED_AT = 20_000
_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]*)*[.!?]?")


class Promised(Struct, frozen=True):
    """What a promise is taken from: its `source`, by `who`, `given` when (None: not stated), the whole `text`, and
    `said`, the sentence in which it seems to stand. `about` is what it is about, the source first."""

    source: EntityRef
    who: str
    given: datetime | None
    text: str
    said: str
    about: tuple[EntityRef, ...]


def promised_in(
    source: str, messages: Iterable[Message], contacts: Iterable[Contact], zone: ZoneInfo, country: str
) -> Promised | None:
    """What may be a promise in the message or the entry that is named so; None where it is not here any more."""
    message = next((one for one in messages if source_of(one) == source), None)
    if message is not None:
        ref, who, given, about = EntityRef(MESSAGE, message.id), "", message.sent, ()
        text = "\n".join(part for part in (message.subject, message.text) if part.strip())
        return Promised(ref, who, given, text, promise_sentence(text, given, zone, country), (ref, *about))
    contact = next((one for one in contacts if source_of(one) == source), None)
    if contact is None:
        return None
    ref, given = EntityRef(CONTACT, contact.id), contact.ended or contact.started
    parts = (contact.what or contact.reason, contact.resolution, *(note.text for note in contact.notes))
    text = "\n".join(part for part in parts if part.strip())
    said = promise_sentence(text, given, zone, country)
    return Promised(ref, contact.agents[-1] if contact.agents else "", given, text, said, (ref, *contact.about))


def promise_sentence(text: str, given: datetime | None, zone: ZoneInfo, country: str) -> str:
    """The first sentence of a text that names a deadline, else its beginning. Only what can be kept is looked at."""
    sentences = [found[0].strip()[:_LONGEST] for found in _SENTENCE.finditer(text[:_LOOKED_AT]) if found[0].strip()]
    if given is not None:
        for sentence in sentences:
            if read_deadline(sentence, given, zone, country).unit is not Unit.NONE:
                return sentence
    return " ".join(text.split())[:_LONGEST]


def word_of(promised: Promised, word_id: str, said: str, what: str, view: DueView, given: datetime) -> Word:
    """The promise as it is kept; it belongs to no contact of the customer's own."""
    return Word(word_id, "", promised.who, what, said.strip(), given, view.term, view.due, promised.about)


def taken_in(words: Iterable[Word]) -> frozenset[str]:
    """The messages and entries of which a promise is in the ledger already."""
    refs = (ref for word in words for ref in word.about[:1] if not word.contact_id)
    return frozenset(f"{ref.kind}/{ref.id}" for ref in refs if ref.kind in {MESSAGE, CONTACT})
