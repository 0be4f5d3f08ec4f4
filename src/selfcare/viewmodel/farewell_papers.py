"""The PDFs and e-invoices of the farewell pack: what each belongs to, its name there, and which are missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum

from selfcare.domain.bills import Bill, PaperRef
from selfcare.domain.contract import Contract
from selfcare.domain.papers import Paper
from selfcare.domain.records import Struct

from .bill_files import without_ending
from .farewell_names import FileNames
from .farewell_owned import Owned

PDF, XML = ".pdf", ".xml"


class PaperOf(StrEnum):
    """What a PDF belongs to."""

    BILL = "bill"
    CONTRACT = "contract"
    LETTER = "letter"
    OTHER = "other"
    """It is kept, and no document that is kept names it any more."""


class OwnedPaper(Struct, frozen=True):
    """One PDF, or an e-invoice that came without one. `owner_id` is the id of the bill, contract or letter; `is_here`
    is False where it was never fetched."""

    id: str
    of: PaperOf
    owner_id: str
    title: str
    day: date | None
    is_here: bool
    ending: str = PDF


class PaperNames:
    """Where each PDF stands in the pack. The same papers asked for in the same order have the same names.

    `called` is what stands in a name behind the day; the paper's title unless told otherwise.
    """

    def __init__(self, *, with_pdfs: bool, called: Callable[[OwnedPaper], str] | None = None) -> None:
        self._with_pdfs = with_pdfs
        self._called = called or _title
        self._folders: dict[str, FileNames] = {}

    def path_of(self, paper: OwnedPaper) -> str:
        """Its path in the pack; "" if it is not in it."""
        if not (self._with_pdfs and paper.is_here):
            return ""
        folder = f"pdf/{paper.of}s" if paper.of is not PaperOf.OTHER else "pdf/other"
        if paper.of is PaperOf.BILL:
            folder = f"{folder}/{paper.day.year if paper.day is not None else 'undated'}"
        names = self._folders.setdefault(folder, FileNames())
        day = f"{paper.day.isoformat()} " if paper.day is not None else ""
        return f"{folder}/{names.give(f'{day}{self._called(paper)}', paper.ending)}"


def _title(paper: OwnedPaper) -> str:
    return paper.title


def papers_of_bill(owned: Owned, bill: Bill) -> tuple[OwnedPaper, ...]:
    """The PDFs of a bill: its number stands in the name, and what the paper is called where there are several."""
    refs = [ref for ref in bill.papers if ref.id and (ref.is_pdf or _is_xml(ref))]
    number = without_ending(bill.number) or bill.id
    titles = [number if len(refs) == 1 else f"{number} {_plain(ref)}" for ref in refs]
    return _owned(owned, PaperOf.BILL, bill.id, bill.day, refs, titles)


def papers_of_contract(owned: Owned, contract: Contract) -> tuple[OwnedPaper, ...]:
    """The PDFs of a contract."""
    refs = _pdfs(contract.papers)
    title = contract.name or contract.number or contract.id
    titles = [plain if title in (plain := _plain(ref)) else f"{title} {plain}" for ref in refs]
    return _owned(owned, PaperOf.CONTRACT, contract.id, contract.signed or contract.starts, refs, titles)


def papers_of_letter(owned: Owned, letter: Paper) -> tuple[OwnedPaper, ...]:
    """The PDFs of a letter."""
    refs = _pdfs(letter.files)
    return _owned(owned, PaperOf.LETTER, letter.id, letter.day, refs, [_plain(ref) or letter.name for ref in refs])


def all_papers(owned: Owned) -> Iterator[OwnedPaper]:
    """Every PDF, those of bills first; last what is kept though no document names it any more."""
    named: set[str] = set()
    for paper in _named_papers(owned):
        if paper.is_here:
            named.add(paper.id)
        yield paper
    for paper_id in owned.paper_ids():
        if paper_id not in named:
            yield OwnedPaper(paper_id, PaperOf.OTHER, "", paper_id, None, True)


def _named_papers(owned: Owned) -> Iterator[OwnedPaper]:
    for bill in owned.bills():
        yield from papers_of_bill(owned, bill)
    for contract in owned.contracts():
        yield from papers_of_contract(owned, contract)
    for letter in owned.letters():
        yield from papers_of_letter(owned, letter)


def _pdfs(refs: Iterable[PaperRef]) -> list[PaperRef]:
    return [ref for ref in refs if ref.id and ref.is_pdf]


def _plain(ref: PaperRef) -> str:
    return without_ending(ref.name) or ref.id


def _is_xml(ref: PaperRef) -> bool:
    return "xml" in ref.mime.casefold()


def _owned(
    owned: Owned, of: PaperOf, owner_id: str, day: date | None, refs: list[PaperRef], titles: list[str]
) -> tuple[OwnedPaper, ...]:
    here = owned.papers_here([ref.id for ref in refs])
    return tuple(
        OwnedPaper(ref.id, of, owner_id, title, day, ref.id in here, XML if _is_xml(ref) else PDF)
        for ref, title in zip(refs, titles, strict=True)
        if ref.id in here or not _is_xml(ref)
    )
