"""The farewell pack: everything the customer owns, as pages to read, tables, PDFs and the operator's own documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, islice
from typing import Protocol
from zoneinfo import ZoneInfo

from selfcare.domain.farewell import Pack, PackFile
from selfcare.i18n import Words

from . import farewell_account, farewell_codes, farewell_entries, farewell_leaving, farewell_notebook
from .farewell_csv import sheet_parts
from .farewell_entries import Telling
from .farewell_html import FOOT, Entry, Html, entry, head, link, paragraph
from .farewell_index import PageOf, Tally, index_parts, readme_parts, titles
from .farewell_names import safe_name
from .farewell_owned import Owned
from .farewell_papers import PDF, OwnedPaper, PaperNames, all_papers
from .farewell_sheets import sheets

ON_A_PAGE = 500
"""Things on one page, at the most."""

IN_A_FILE = 1000
"""Documents in one file, at the most."""

_UNREADABLE = "unreadable:"


class Tell(Protocol):
    """Makes the entries of one part of the pack."""

    def __call__(self, owned: Owned, tell: Telling, /) -> Iterator[Entry]: ...


PARTS: Mapping[str, Tell] = {
    "account": farewell_account.account,
    "bills": farewell_entries.bills,
    "payments": farewell_entries.payments,
    "lines": farewell_account.lines,
    "contracts": farewell_entries.contracts,
    "tickets": farewell_entries.tickets,
    "promises": farewell_entries.promises,
    "contacts": farewell_entries.contacts,
    "notes": farewell_notebook.notes,
    "plans": farewell_leaving.plans,
    "messages": farewell_entries.messages,
    "orders": farewell_entries.orders,
    "codes": farewell_codes.codes,
    "requests": farewell_entries.requests,
    "letters": farewell_entries.letters,
    "problems": farewell_account.problems,
    "appointments": farewell_account.appointments,
}


def farewell_pack(
    owned: Owned, words: Words, at: datetime, *, languages: Sequence[Words], tally: Tally, with_pdfs: bool = True
) -> Pack:
    """The pack as of an instant, its pages in `words`, its README in all `languages`.

    Its files are made one after the other: each is to be taken whole before the next is asked for. `tally` counts
    what went into it.
    """
    total = 3 * owned.document_count() + 2 * owned.paper_count() + 100
    return Pack(_files(owned, words, at, languages, tally, with_pdfs), total, at)


def pack_name(operator: str, day: str, words: Words, *, is_archive: bool = False) -> str:
    """What the pack is called, without an ending; `day` is an ISO day."""
    if is_archive:
        return safe_name(words.tr("{name} - everything - {day}", name=operator, day=day))
    return safe_name(words.tr("{operator} - everything of my account - {day}", operator=operator, day=day))


def _files(
    owned: Owned, words: Words, at: datetime, languages: Sequence[Words], tally: Tally, with_pdfs: bool
) -> Iterator[PackFile | None]:
    zone = ZoneInfo(owned.profile.zone)
    today = at.astimezone(zone).date()
    yield from pdf_files(owned, all_papers(owned), PaperNames(with_pdfs=with_pdfs), tally)
    yield from _documents(owned, tally)
    yield from farewell_notebook.notebook_files(owned)
    yield from farewell_leaving.plan_files(owned)
    for sheet in chain(
        sheets(owned, at, zone, with_pdfs=with_pdfs),
        (farewell_codes.codes_sheet(owned, today),),
        farewell_notebook.notebook_sheets(owned),
        farewell_leaving.plan_sheets(owned),
    ):
        yield PackFile(sheet.path, sheet_parts(sheet))
    names = titles(words, is_archive=owned.profile.is_archive)
    for key, make in PARTS.items():
        tell = Telling(words, zone, at, PaperNames(with_pdfs=with_pdfs))
        yield from pages_of_part(key, names[key], make(owned, tell), words, tally)
    first = Telling(words, zone, at, PaperNames(with_pdfs=with_pdfs))
    yield PackFile("index.html", index_parts(owned, first, tally, with_pdfs=with_pdfs))
    yield PackFile("README.txt", readme_parts(owned, first, languages))


def pdf_files(owned: Owned, papers: Iterable[OwnedPaper], names: PaperNames, tally: Tally) -> Iterator[PackFile | None]:
    """The PDFs that are here, counted, and e-invoices that came without one; None for one that is not."""
    for paper in papers:
        tally.missing += not paper.is_here
        path = names.path_of(paper)
        content = owned.paper(paper.id) if path else None
        if content is None:
            yield None
        else:
            tally.pdfs += paper.ending == PDF
            yield PackFile(path, (content,))


def _documents(owned: Owned, tally: Tally) -> Iterator[PackFile]:
    """Lists of the operator's documents, each untouched; one that was not understood has a file of its own."""
    for kind in owned.kinds():
        stream = owned.documents(kind)
        if kind.startswith(_UNREADABLE):
            name = safe_name(kind.removeprefix(_UNREADABLE))
            for number, body in enumerate(stream, 1):
                path = f"documents/not-understood/{name}-{number:04}.txt"
                tally.documents.append(path)
                yield PackFile(path, (body,))
            continue
        number = 1
        while (first := next(stream, None)) is not None:
            path = f"documents/{safe_name(kind)}-{number:04}.json"
            tally.documents.append(path)
            yield PackFile(path, _array(chain((first,), islice(stream, IN_A_FILE - 1))))
            number += 1


def _array(bodies: Iterable[bytes]) -> Iterator[bytes]:
    before = b"[\n"
    for body in bodies:
        yield before + body
        before = b",\n"
    yield b"\n]\n"


class _Ahead:
    """Entries of which the next can be looked at before it is taken."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        self._entries = entries
        self.next = next(entries, None)

    def take(self) -> Entry | None:
        taken, self.next = self.next, next(self._entries, None)
        return taken


def pages_of_part(key: str, title: str, entries: Iterator[Entry], words: Words, tally: Tally) -> Iterator[PackFile]:
    """The pages of one part: a new one after so many things, and for each group (a year of bills)."""
    ahead = _Ahead(entries)
    written = tally.pages.setdefault(key, [])
    numbers: dict[str, int] = {}
    while (first := ahead.next) is not None:
        number = numbers[first.group] = numbers.get(first.group, 0) + 1
        group = words.tr("no date") if first.group == "undated" else first.group
        label = " · ".join(filter(None, (group, str(number) if number > 1 else ""))) or title
        name = "-".join(filter(None, (key, first.group, str(number) if number > 1 else "")))
        path = f"pages/{name}.html"
        heading = title if label == title else f"{title} · {label}"
        yield PackFile(path, _page(PageOf(label, path, 0), heading, ahead, words, written))
        if ahead.next is first:
            raise LookupError("a file of the pack is to be taken whole before the next is asked for")


def _page(page: PageOf, heading: str, ahead: _Ahead, words: Words, written: list[PageOf]) -> Iterator[bytes]:
    contents = paragraph(link("index.html", words.tr("What is in it"), "../"))
    before = paragraph(link(written[-1].path, words.tr("Page before"), "../")) if written else Html("")
    yield chain_of(head(heading, words.language), contents)
    group = ahead.next.group if ahead.next is not None else ""
    count = 0
    while count < ON_A_PAGE and ahead.next is not None and ahead.next.group == group:
        taken = ahead.take()
        assert taken is not None
        yield entry(taken, "../").encode()
        count += 1
    written.append(PageOf(page.label, page.path, count))
    yield chain_of(before, contents, FOOT)


def chain_of(*pieces: Html) -> bytes:
    """Pieces of a page, one after the other."""
    return "".join(chain(pieces)).encode()
