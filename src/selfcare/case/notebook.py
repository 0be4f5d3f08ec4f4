"""What the customer writes down: calls, visits, letters, chats, what was promised in them, and the complaint."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from selfcare.domain.complaints import Complaint
from selfcare.domain.moved import Moves, in_turn
from selfcare.domain.records import Struct, replace
from selfcare.domain.tickets import EntityRef

from .deadlines import Term

LONGEST_CALL = timedelta(hours=24)
"""A contact that lasts longer was left running by mistake."""


class Way(StrEnum):
    """How somebody was spoken to. The words are those of TMF683 channels where they have one."""

    PHONE = "phone"
    SHOP = "shop"
    LETTER = "letter"
    REGISTERED = "registered letter"
    CHAT = "chat"
    EMAIL = "email"
    VISIT = "visit"


class Purpose(StrEnum):
    """What a contact was about, however it was dressed."""

    SERVICE = "service"
    SALES = "sales"


class Attached(Struct, frozen=True):
    """A file the customer put to a contact; its bytes are kept under `kept_as`, `sha256` is its fingerprint."""

    name: str
    kept_as: str
    size: int
    sha256: str


class Noted(Struct, frozen=True):
    """One contact in the customer's own words. `ended` None: it is still running, or its end was not noted.

    `transfers` is how often the customer was passed on, `reference` the number that was given, `said` what was said.
    """

    id: str
    way: Way
    is_inbound: bool
    started: datetime
    ended: datetime | None = None
    is_running: bool = False
    purpose: Purpose = Purpose.SERVICE
    agent: str = ""
    reference: str = ""
    said: str = ""
    transfers: int = 0
    about: tuple[EntityRef, ...] = ()
    files: tuple[Attached, ...] = ()

    @property
    def length(self) -> timedelta:
        """How long it took; nothing where that is not known."""
        return self.ended - self.started if self.ended is not None else timedelta()


class Outcome(StrEnum):
    """What the customer says became of a promise."""

    OPEN = "open"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"
    """It was noted by mistake, or both agreed to drop it."""


class Word(Struct, frozen=True):
    """One promise that somebody gave. `said` in whose words, `term` by when, `due` the instant worked out from it.

    `what` is one of promises.PromiseOf; `earlier` are the ends it had before somebody named a new one, `moved`
    when that was noted.
    """

    id: str
    contact_id: str
    who: str
    what: str
    said: str
    given: datetime
    term: Term
    due: datetime | None
    about: tuple[EntityRef, ...] = ()
    earlier: tuple[datetime, ...] = ()
    outcome: Outcome = Outcome.OPEN
    ended: datetime | None = None
    moved: Moves = ()


class DeadTime(Struct, frozen=True):
    """A time without service; `ended` None while it lasts, `line_id` where the line is known."""

    began: datetime
    ended: datetime | None = None
    line_id: str = ""


MOST_SPELLS = 200
"""So many times without service are kept at the most."""


class Notebook(Struct, frozen=True):
    """All of it. `told` names the missed promises that the window has raised already, `told_in_tray` those that the
    tray has, `reminded` the reminders of a line's end that were said: none twice."""

    contacts: tuple[Noted, ...] = ()
    words: tuple[Word, ...] = ()
    complaint: Complaint = Complaint()
    told: tuple[str, ...] = ()
    without_service: tuple[DeadTime, ...] = ()
    told_in_tray: tuple[str, ...] = ()
    reminded: tuple[str, ...] = ()
    version: int = 1

    def contact(self, contact_id: str) -> Noted | None:
        """One contact."""
        return next((one for one in self.contacts if one.id == contact_id), None)

    @property
    def running(self) -> Noted | None:
        """The contact that is being noted while it runs."""
        return next((one for one in self.contacts if one.is_running), None)


class BadNote(ValueError):
    """What was written down cannot be: `what` is "negative", "long", "future", "transfers", "zone" or "many"."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def checked(noted: Noted, now: datetime) -> Noted:
    """The contact, if it can be. Raises BadNote: it ends before it starts, lies ahead, or lasts more than a day."""
    moments = [moment for moment in (noted.started, noted.ended) if moment is not None]
    if any(moment.tzinfo is None for moment in moments):
        raise BadNote("zone")
    if noted.transfers < 0:
        raise BadNote("transfers")
    if noted.ended is not None and noted.ended < noted.started:
        raise BadNote("negative")
    if noted.length > LONGEST_CALL:
        raise BadNote("long")
    if any(moment > now + timedelta(minutes=5) for moment in moments):
        raise BadNote("future")
    return noted


def with_contact(notebook: Notebook, noted: Noted, now: datetime) -> Notebook:
    """The notebook with a contact put in, in place of an earlier state of it; newest first. Raises BadNote."""
    checked(noted, now)
    others = [one for one in notebook.contacts if one.id != noted.id]
    return replace(notebook, contacts=tuple(sorted([noted, *others], key=lambda one: one.started, reverse=True)))


def with_word(notebook: Notebook, word: Word) -> Notebook:
    """The notebook with a promise put in. A new date for one that was there is remembered beside the earlier one."""
    before = next((one for one in notebook.words if one.id == word.id), None)
    if before is not None and before.due is not None and before.due != word.due:
        word = replace(word, earlier=in_turn((*before.earlier, before.due), word.due), moved=_moves(before, word))
    elif before is not None:
        word = replace(word, earlier=before.earlier, moved=_moves(before, word))
    return replace(notebook, words=(*(one for one in notebook.words if one.id != word.id), word))


def _moves(before: Word, word: Word) -> Moves:
    return tuple(dict.fromkeys((*before.moved, *word.moved)))


def with_spell(notebook: Notebook, spell: DeadTime, now: datetime) -> Notebook:
    """The notebook with a time without service put in, in place of the one that began at the same instant; the latest
    first. Raises BadNote: it ends before it begins, lies ahead, or there are too many."""
    moments = [moment for moment in (spell.began, spell.ended) if moment is not None]
    if any(moment.tzinfo is None for moment in moments):
        raise BadNote("zone")
    if spell.ended is not None and spell.ended <= spell.began:
        raise BadNote("negative")
    if any(moment > now for moment in moments):
        raise BadNote("future")
    kept = without_spell(notebook, spell.began).without_service
    if len(kept) >= MOST_SPELLS:
        raise BadNote("many")
    return replace(notebook, without_service=tuple(sorted([spell, *kept], key=lambda one: one.began, reverse=True)))


def without_spell(notebook: Notebook, began: datetime) -> Notebook:
    """The notebook without the time without service that began at an instant."""
    kept = tuple(one for one in notebook.without_service if one.began != began)
    return replace(notebook, without_service=kept)


def without_contact(notebook: Notebook, contact_id: str) -> Notebook:
    """The notebook without a contact and what was promised in it."""
    return replace(
        notebook,
        contacts=tuple(one for one in notebook.contacts if one.id != contact_id),
        words=tuple(one for one in notebook.words if one.contact_id != contact_id),
    )


def write_notebook(notebook: Notebook) -> bytes:
    """The notebook as it is kept: JSON, readable by every later version."""
    return msgspec.json.encode(notebook)


def read_notebook(kept: bytes | None) -> Notebook:
    """The notebook as it was kept; an empty one where there is none. Raises ValueError for what cannot be read:
    evidence is never thrown away in silence."""
    if not kept:
        return Notebook()
    try:
        return _DECODER.decode(kept)
    except msgspec.MsgspecError as wrong:
        raise ValueError("the notebook cannot be read") from wrong


_DECODER = msgspec.json.Decoder(Notebook)
"""Made on import, which one thread does: msgspec dies where two threads meet a type for the first time at once."""
