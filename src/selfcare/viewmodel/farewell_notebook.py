"""What the customer wrote down, in the farewell pack: contacts with their files, promises, and the complaint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from selfcare.case import DESKS
from selfcare.case.notebook import Noted, Word
from selfcare.domain.complaints import Complaint
from selfcare.domain.farewell import PackFile
from selfcare.domain.tickets import EntityRef
from selfcare.i18n import Words

from .case_complaint import complaint_fields
from .case_entries import way_text
from .case_promises import what_text
from .farewell_csv import Cell, Sheet, listed, yes_no
from .farewell_entries import Telling
from .farewell_html import Entry, Table
from .farewell_names import FileNames
from .farewell_owned import Owned
from .noted_contract import KEPT_AS

FOLDER = "notebook"
KEPT = f"{FOLDER}/notebook.json"
"""The notebook as this program keeps it, byte for byte."""

_CONTACTS = (
    "id", "way", "who_called", "started", "ended", "is_running", "purpose", "agent", "reference", "said", "transfers",
    "about", "files",
)  # fmt: skip
_PROMISES = (
    "id", "contact", "who", "what", "said", "given", "due", "due_before", "outcome", "ended", "about",
)  # fmt: skip
_FILES = ("contact", "name", "size", "sha256", "is_here", "file")
_DAYS = (
    "first", "written", "answered", "deadlock", "desk", "desk_answered", "asked", "served", "accepted", "decided",
    "paid",
)  # fmt: skip

CONTRACT = f"{FOLDER}/contract.json"
"""What the customer noted of the contract, as this program keeps it."""
REACHED = f"{FOLDER}/desks.json"
"""What the customer noted of how to reach the operator, likewise."""

Rows = Iterator[tuple[Cell, ...]]


def own_files(owned: Owned) -> dict[str, str]:
    """Where each file of the notebook goes in the pack, by the name under which it is kept; those not here are out."""
    names, found = FileNames(), dict[str, str]()
    for contact in owned.notebook().contacts:
        for file in contact.files:
            if owned.note(file.kept_as) is not None:
                stem, dot, ending = file.name.rpartition(".")
                name = names.give(stem, f".{ending[:12]}") if dot and ending.isalnum() else names.give(file.name, "")
                found[file.kept_as] = f"{FOLDER}/{name}"
    return found


def notebook_files(owned: Owned) -> Iterator[PackFile]:
    """The notebook as it is kept, and each file that the customer put to it."""
    kept = owned.notebook_kept()
    if kept:
        yield PackFile(KEPT, (kept,))
    contract = owned.note(KEPT_AS)
    if contract:
        yield PackFile(CONTRACT, (contract,))
    desks = owned.note(DESKS)
    if desks:
        yield PackFile(REACHED, (desks,))
    for kept_as, path in own_files(owned).items():
        content = owned.note(kept_as)
        if content is not None:
            yield PackFile(path, (content,))


def notebook_sheets(owned: Owned) -> Iterator[Sheet]:
    """The tables of the notebook."""
    yield Sheet("csv/noted-contacts.csv", _CONTACTS, _contacts(owned))
    yield Sheet("csv/noted-promises.csv", _PROMISES, _promises(owned))
    yield Sheet("csv/noted-outages.csv", ("began", "ended"), _spells(owned))
    yield Sheet("csv/noted-files.csv", _FILES, _files(owned))
    yield Sheet("csv/complaint.csv", ("what", "said"), _complaint(owned.notebook().complaint))


def _contacts(owned: Owned) -> Rows:
    for c in owned.notebook().contacts:
        yield (
            c.id, c.way.value, "customer" if c.is_inbound else "operator", c.started, c.ended, yes_no(c.is_running),
            c.purpose.value, c.agent, c.reference, c.said, c.transfers, _about(c.about),
            listed(file.name for file in c.files),
        )  # fmt: skip


def _promises(owned: Owned) -> Rows:
    for w in owned.notebook().words:
        before = listed(moment.isoformat() for moment in w.earlier)
        yield (
            w.id, w.contact_id, w.who, w.what, w.said, w.given, w.due, before, w.outcome.value, w.ended,
            _about(w.about),
        )  # fmt: skip


def _spells(owned: Owned) -> Rows:
    for spell in owned.notebook().without_service:
        yield spell.began, spell.ended


def _files(owned: Owned) -> Rows:
    paths = own_files(owned)
    for contact in owned.notebook().contacts:
        for file in contact.files:
            path = paths.get(file.kept_as, "")
            yield contact.id, file.name, file.size, file.sha256, yes_no(bool(path)), path


def _complaint(complaint: Complaint) -> Rows:
    words = (("topic", complaint.topic), ("wanted", complaint.wanted), ("state", complaint.state))
    yield from ((name, said) for name, said in words if said)
    for name in _DAYS:
        day: date | None = getattr(complaint, name)
        if day is not None:
            yield name, day


def notes(owned: Owned, tell: Telling) -> Iterator[Entry]:
    """Every contact that the customer noted, with what was promised in it and its files; the complaint first."""
    notebook, paths = owned.notebook(), own_files(owned)
    yield from _complaint_entry(notebook.complaint, owned.profile.country, tell)
    if notebook.without_service:
        spells = [(tell.instant(spell.began), tell.instant(spell.ended)) for spell in notebook.without_service]
        columns = (tell.words.tr("Without service from"), tell.words.tr("until"))
        yield Entry(
            tell.words.tr("Hours without service"), tables=(Table(tell.words.tr("Without service"), columns, spells),)
        )
    for contact in notebook.contacts:
        given = [word for word in notebook.words if word.contact_id == contact.id]
        yield _contact(contact, given, paths, tell)
    known = {contact.id for contact in notebook.contacts}
    loose = [word for word in notebook.words if word.contact_id not in known]
    if loose:
        yield Entry(tell.words.tr("Promises noted by themselves"), tables=(_given(loose, tell),))


def _contact(contact: Noted, given: Sequence[Word], paths: dict[str, str], tell: Telling) -> Entry:
    words = tell.words
    who = words.tr("you called") if contact.is_inbound else words.tr("your operator called")
    way = way_text(contact.way.value, words)
    return Entry(
        title=words.tr("{way}, {when}", way=way[:1].upper() + way[1:], when=tell.instant(contact.started)),
        facts=(
            (words.tr("Who called"), who),
            (words.trc("farewell", "With"), contact.agent),
            (words.tr("Length"), words.length(contact.length) if contact.ended is not None else ""),
            (words.tr("Reference"), contact.reference),
            (words.tr("Passed on"), words.number(contact.transfers) if contact.transfers else ""),
        ),
        text=contact.said,
        tables=(_given(given, tell),) if given else (),
        links=tuple(
            (paths[file.kept_as], words.tr("File: {name}", name=file.name))
            for file in contact.files
            if file.kept_as in paths
        ),
    )


def _given(given: Sequence[Word], tell: Telling) -> Table:
    words = tell.words
    rows = [
        (
            what_text(word.what, words),
            word.who,
            word.said,
            tell.instant(word.due) or words.tr("no day named"),
            ", ".join(tell.instant(moment) for moment in word.earlier),
            _outcome(word, words),
        )
        for word in given
    ]
    columns = (
        words.tr("What was promised"), words.tr("By whom"), words.tr("In these words"), words.tr("By when"),
        words.tr("Before that"), words.tr("Your own word on it"),
    )  # fmt: skip
    return Table(words.tr("Promised"), columns, rows)


def _outcome(word: Word, words: Words) -> str:
    return {
        "open": words.trc("farewell", "not settled"),
        "kept": words.trc("farewell", "kept"),
        "withdrawn": words.trc("farewell", "withdrawn"),
    }[word.outcome.value]


def _complaint_entry(complaint: Complaint, country: str, tell: Telling) -> Iterator[Entry]:
    if complaint == Complaint():
        return
    words = tell.words
    names = dict(complaint_fields(country, words))
    days = [(names.get(name, name), tell.day(getattr(complaint, name))) for name in _DAYS]
    facts = ((words.tr("What you ask for"), complaint.wanted), *days)
    yield Entry(words.tr("Your complaint"), tuple(facts), complaint.topic)


def _about(refs: Sequence[EntityRef]) -> str:
    return listed(" ".join(filter(None, (ref.kind, ref.id, ref.role))) for ref in refs)
