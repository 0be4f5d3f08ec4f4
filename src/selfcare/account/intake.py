"""Takes PDFs and e-invoices from the customer's own folders and files into an archive, one after the other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from selfcare.domain.failures import PaperTrouble
from selfcare.domain.found_bill import FoundBill
from selfcare.domain.intake import Fate, IntakeStep, IntakeTally, Outcome, shown_name
from selfcare.domain.records import Struct, replace
from selfcare.paper.bill_words import read_words
from selfcare.paper.sheet import LARGEST_PDF
from selfcare.store.paper_words import words_of

from .intake_files import Source, Unread, sources
from .own_bills import OwnBill, Shelf, bill_id_of, keep_bills

if TYPE_CHECKING:
    from selfcare.store.vault import Vault

    from .session import Session

AT_ONCE = 50
"""Files that are kept in one step: an interrupted intake loses no more than these."""

MOST_VERSIONS = 12
"""Papers that one bill is kept with."""

_PDF, _XML = "application/pdf", "application/xml"
_BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_ROOTS = (b"CrossIndustryInvoice", b"CrossIndustryDocument", b"Invoice", b"CreditNote")
_TROUBLES = {
    "not_pdf": Outcome.NOT_PDF,
    "encrypted": Outcome.LOCKED,
    "too_large": Outcome.TOO_LARGE,
    "too_slow": Outcome.TOO_SLOW,
}

ReadEmbedded = Callable[[bytes], FoundBill | None]
"""Reads the e-invoice that a file is (XML) or has inside (PDF); None where there is none. What it says goes before what
is read from printed words. It may raise PaperTrouble; a locked PDF is open already."""


class Papers(Protocol):
    """Stands for paper.reader.PaperReader."""

    def warm(self) -> None: ...
    def text(self, pdf: bytes) -> str: ...
    def unlock(self, pdf: bytes, password: str) -> object: ...


class Wanted(Struct, frozen=True):
    """What is to be taken in: files, folders and archives; `password` opens what needs one, and is kept nowhere.

    `read_embedded` reads e-invoices, where there is a reader for them; `only`: the paths of files that were told of
    before, in the place of all that.
    """

    places: tuple[Path, ...]
    password: str = ""
    read_embedded: ReadEmbedded | None = None
    only: tuple[str, ...] = ()


def intake(
    session: Session, wanted: Wanted, papers: Papers, tally: IntakeTally, now: Callable[[], datetime]
) -> Iterator[IntakeStep]:
    """Take in what is wanted, one file at each step; what became of each is told in `tally`.

    Ended early (an error, or the iterator is closed), it keeps what it had taken in; taking in the same folder again
    goes on from there, and reads anew what an earlier reading had written down. For any one thread at a time, on which
    `papers` is used alone. Raises DiskTrouble and what opening the vault raises; a file that cannot be read stops
    nothing.
    """
    vault = session.open_again()
    try:
        with ExitStack() as opened:
            zone, currency = ZoneInfo(session.profile.zone), session.profile.currency
            yield from _take_in(vault, wanted, papers, tally, now, zone, currency, opened)
    finally:
        vault.close()


def _take_in(
    vault: Vault,
    wanted: Wanted,
    papers: Papers,
    tally: IntakeTally,
    now: Callable[[], datetime],
    zone: ZoneInfo,
    currency: str,
    opened: ExitStack,
) -> Iterator[IntakeStep]:
    files: list[Source] = []
    for source in sources(wanted.places, wanted.only, tally, opened, with_xml=wanted.read_embedded is not None):
        if source is not None:
            files.append(source)
        yield IntakeStep(0, 0)
    shelf = Shelf(vault)
    fresh: list[tuple[Fate, OwnBill]] = []
    parts = 0

    def keep() -> None:
        nonlocal fresh, parts
        keeping, fresh = fresh, []
        parts += 1
        moment = now()
        bills = [bill for _, bill in keeping]
        bare = keep_bills(vault, bills, moment, f"own {moment.isoformat()} {parts}", zone)
        for fate, _ in keeping:
            is_bare = fate.bill_id in bare and fate.outcome is Outcome.ADDED
            tally.note(replace(fate, outcome=Outcome.TO_FILE) if is_bare else fate)

    try:
        for done, source in enumerate(files, 1):
            fate, bill = _read(source, wanted, papers, shelf, currency, keep)
            if bill is None:
                tally.note(fate)
            else:
                fresh.append((fate, bill))
                if len(fresh) >= AT_ONCE or sum(len(one.content) for _, one in fresh) > LARGEST_PDF:
                    keep()
            yield IntakeStep(done, len(files), shown_name(source.name))
    finally:
        keep()


def _read(
    source: Source, wanted: Wanted, papers: Papers, shelf: Shelf, currency: str, keep: Callable[[], None]
) -> tuple[Fate, OwnBill | None]:
    """What becomes of one file, and the bill to keep if it is one; `keep` writes down those before it."""
    named, name = source.path, shown_name(source.name)
    try:
        content = source.read(wanted.password)
    except Unread as unread:
        return Fate(named, unread.outcome), None
    digest = hashlib.sha256(content).hexdigest()
    bill_id = bill_id_of(digest)
    is_here = shelf.has(bill_id)
    if is_here and not shelf.is_outdated(bill_id):
        return Fate(named, Outcome.HERE, bill_id), None
    try:
        found, text, mime = _found(content, source.ending, wanted, papers, currency)
    except PaperTrouble as trouble:
        outcome = Outcome.HERE if is_here else _TROUBLES.get(trouble.what, Outcome.DAMAGED)
        return Fate(named, outcome, bill_id if is_here else ""), None
    if found is not None and is_here:
        shelf.add(bill_id, found)
        again = OwnBill(bill_id, found, f"sha256-{digest}", name, mime, content, words_of(text))
        return Fate(named, Outcome.HERE, bill_id), again
    if found is None:
        return Fate(named, Outcome.OTHER), None
    bill = OwnBill(bill_id, found, f"sha256-{digest}", name, mime, content, words_of(text))
    other = shelf.same_as(found)
    if other:
        keep()
        return _beside(replace(bill, id=other, is_version=True), named, wanted, papers, shelf, currency)
    shelf.add(bill_id, found)
    outcome = Outcome.ADDED if found.is_whole else Outcome.TO_FILE
    return Fate(named, outcome, bill_id), bill


def _beside(
    bill: OwnBill, named: str, wanted: Wanted, papers: Papers, shelf: Shelf, currency: str
) -> tuple[Fate, OwnBill | None]:
    """A file with the number, day and total of a bill that is here: kept beside it, unless it says nothing new."""
    kept = shelf.papers_of(bill.id)
    if any(paper["id"] == bill.paper_id for paper in kept):
        return Fate(named, Outcome.HERE, bill.id), None
    is_new = len(kept) < MOST_VERSIONS and not any(
        _says_the_same(bill, paper, wanted, papers, shelf, currency) for paper in kept
    )
    return (Fate(named, Outcome.VERSION, bill.id), bill) if is_new else (Fate(named, Outcome.SAME_BILL, bill.id), None)


def _says_the_same(
    bill: OwnBill, paper: Mapping[str, str], wanted: Wanted, papers: Papers, shelf: Shelf, currency: str
) -> bool:
    """Whether a kept paper has all that a new one says: the words of a PDF; of an e-invoice what is read from it."""
    content = shelf.content(paper["id"])
    if content is None or (bill.mime == _PDF and paper["mimeType"] != _PDF):
        return False
    try:
        found, text, mime = _found(content, Path(paper["name"]).suffix.casefold(), wanted, papers, currency)
    except PaperTrouble:
        return False
    return found == bill.found and (mime != bill.mime or words_of(text) == bill.words)


def _found(
    content: bytes, ending: str, wanted: Wanted, papers: Papers, currency: str
) -> tuple[FoundBill | None, str, str]:
    """The bill, the words under which it is to be found, and what kind of file it is. Raises PaperTrouble."""
    if _is_xml(content, ending):
        may_be_one = wanted.read_embedded is not None and _names_an_invoice(content)
        return wanted.read_embedded(content) if wanted.read_embedded and may_be_one else None, "", _XML
    if b"%PDF-" not in content[:1024] and ending != ".pdf":
        return None, "", ""
    try:
        text = papers.text(content)
    except PaperTrouble as trouble:
        if trouble.what != "encrypted" or not wanted.password:
            raise
        papers.unlock(content, wanted.password)
        text = papers.text(content)
    inside = wanted.read_embedded(content) if wanted.read_embedded is not None else None
    papers.warm()
    return inside or read_words(text, currency), text, _PDF


def _is_xml(content: bytes, ending: str) -> bool:
    head = content[:400].replace(b"\0", b"").lstrip(_BLANK)
    return head.startswith(b"<?xml") or (head.startswith(b"<") and ending == ".xml")


def _names_an_invoice(content: bytes) -> bool:
    """Whether the word for an invoice stands in it at all (CII, UBL): a process is not started for every other XML."""
    plain = content.replace(b"\0", b"")  # UTF-16 has one beside every letter
    return any(word in plain for word in _ROOTS)
