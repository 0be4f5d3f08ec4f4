"""The archive of bills to take away: PDFs with names that sort, tables, JSON, and pages that open in any browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from selfcare.domain.bills import Bill
from selfcare.domain.farewell import Pack, PackFile
from selfcare.i18n import Words

from . import farewell_entries
from .bill_files import bill_file
from .farewell import pages_of_part, pdf_files
from .farewell_asking import AskingView, shapes
from .farewell_csv import Cell, Sheet, listed, sheet_parts
from .farewell_entries import Telling
from .farewell_html import FOOT, Html, Table, escaped, head, link, paragraph, table
from .farewell_index import Tally, opens_anywhere, pdf_sentences, readable_by_anyone
from .farewell_names import safe_name
from .farewell_owned import Owned
from .farewell_papers import OwnedPaper, PaperNames, papers_of_bill
from .farewell_sheets import BILL_COLUMNS, BILL_LINE_COLUMNS, bill_cells, bill_line_cells, bill_lines_sheet

COLUMNS = (*BILL_COLUMNS, "operator")
JSON = "json/bills.json"


def bill_archive(
    owned: Owned, words: Words, at: datetime, tally: Tally, *, since: date | None = None, with_pdfs: bool = True
) -> Pack:
    """The archive of the bills of `owned` as of an instant; `since` is only said, `owned` is narrowed already.

    Its files are made one after the other: each is to be taken whole before the next is asked for. `tally` counts
    what went into it.
    """
    total = 2 * owned.document_count() + owned.paper_count() + 20
    return Pack(_files(owned, words, at, tally, since, with_pdfs), total, at)


def archive_name(operator: str, day: str, words: Words) -> str:
    """What the archive is called, without an ending; `day` is an ISO day."""
    return safe_name(words.tr("{operator} - bills - {day}", operator=operator, day=day))


def export_view(
    operator: str, today: date, years: tuple[int, ...], words: Words, *, is_archive: bool = False
) -> AskingView:
    """The question before bills are exported; `years` are those of the bills that are here, newest first."""
    since = tuple((str(year), words.tr("since {year}", year=year)) for year in years)
    return AskingView(
        title=words.tr("Export bills"),
        text=words.tr(
            "Bills and their lines as tables (CSV) and as JSON, their PDFs under names that sort by day, and a page "
            "to find them in any browser."
        ),
        warning=readable_by_anyone(words),
        shape_label=words.trc("farewell", "As"),
        shapes=shapes(words),
        pdfs_label=words.tr("PDFs"),
        pdfs=(
            (
                "yes",
                words.tr("with all PDFs")
                if is_archive
                else words.tr("with all PDFs; those not here yet are fetched first"),
            ),
            ("no", words.tr("without PDFs")),
        ),
        yes=words.tr("Choose the place…"),
        name=archive_name(operator, today.isoformat(), words),
        since_label=words.tr("Which bills"),
        since=(("", words.tr("all bills")), *since),
    )


def _files(
    owned: Owned, words: Words, at: datetime, tally: Tally, since: date | None, with_pdfs: bool
) -> Iterator[PackFile | None]:
    operator_of = _operators(owned)

    def names() -> PaperNames:
        return PaperNames(with_pdfs=with_pdfs, called=called)

    def called(paper: OwnedPaper) -> str:
        return bill_file(operators.get(paper.owner_id, ""), paper.title, words)

    operators = _OfBill(owned, operator_of)
    yield from pdf_files(owned, _papers(owned, operators), names(), tally)
    yield PackFile("csv/bills.csv", sheet_parts(Sheet("csv/bills.csv", COLUMNS, _rows(owned, names(), operators))))
    lines = bill_lines_sheet(owned)
    yield PackFile(lines.path, sheet_parts(lines))
    yield PackFile(JSON, _json(owned, names(), operators))
    tell = Telling(words, ZoneInfo(owned.profile.zone), at, names())
    entries = farewell_entries.bills(owned, tell, operators.note)
    yield from pages_of_part("bills", words.tr("Bills"), entries, words, tally)
    yield PackFile("index.html", _index(owned, tell, tally, since, with_pdfs))


class _OfBill:
    """Remembers whose bill is being written: there are too many to remember all, and each comes before its PDFs."""

    def __init__(self, owned: Owned, operator_of: Callable[[Bill], str]) -> None:
        self._operator_of = operator_of
        self._bill_id, self._operator = "", owned.profile.name

    def note(self, bill: Bill) -> str:
        """This bill comes now; who wrote it."""
        self._bill_id, self._operator = bill.id, self._operator_of(bill)
        return self._operator

    def get(self, bill_id: str, otherwise: str) -> str:
        """Who wrote the bill that came last."""
        return self._operator if bill_id == self._bill_id else otherwise


def _operators(owned: Owned) -> Callable[[Bill], str]:
    """Who wrote a bill: the operator of the account; in an archive, whoever stands on the bill."""
    names: Mapping[str, str] = {}
    if owned.profile.is_archive:
        names = {account.id: account.name for account in owned.accounts()}
    otherwise = "" if owned.profile.is_archive else owned.profile.name
    return lambda bill: names.get(bill.account_id, otherwise)


def _papers(owned: Owned, operators: _OfBill) -> Iterator[OwnedPaper]:
    for bill in owned.bills():
        operators.note(bill)
        yield from papers_of_bill(owned, bill)


def _rows(owned: Owned, names: PaperNames, operators: _OfBill) -> Iterator[tuple[Cell, ...]]:
    for bill in owned.bills():
        operator = operators.note(bill)
        yield (*bill_cells(bill), listed(_paths(owned, bill, names)), operator)


def _paths(owned: Owned, bill: Bill, names: PaperNames) -> list[str]:
    return [path for paper in papers_of_bill(owned, bill) if (path := names.path_of(paper))]


def _json(owned: Owned, names: PaperNames, operators: _OfBill) -> Iterator[bytes]:
    """One list of bills, each with its lines; amounts are text, so that no reader rounds them."""
    before = "[\n"
    for bill in owned.bills():
        operator = operators.note(bill)
        facts = _plain(BILL_COLUMNS[:-1], bill_cells(bill))
        facts |= {"operator": operator, "pdfs": _paths(owned, bill, names)}
        facts["lines"] = [_plain(BILL_LINE_COLUMNS, bill_line_cells(line)) for line in owned.bill_lines(bill.id)]
        yield f"{before}{json.dumps(facts, ensure_ascii=False)}".encode("utf-8", "replace")
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


def _plain(columns: tuple[str, ...], cells: tuple[Cell, ...]) -> dict[str, object]:
    return {name: _value(cell) for name, cell in zip(columns, cells, strict=True)}


def _value(cell: Cell) -> object:
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if cell is None or isinstance(cell, int) else str(cell)


def _index(owned: Owned, tell: Telling, tally: Tally, since: date | None, with_pdfs: bool) -> Iterator[bytes]:
    """The first page, made last: it says what was written."""
    words = tell.words
    pages = tally.pages.get("bills", [])
    rows = [(link(page.path, page.label), words.number(page.count)) for page in pages]
    columns = (words.tr("To read"), words.tr("How many"))
    tables = (("csv/bills.csv", "bills.csv"), ("csv/bill-lines.csv", "bill-lines.csv"), (JSON, "bills.json"))
    links = "".join(f"<li>{link(path, name)}</li>\n" for path, name in tables)
    said = (
        words.tr("Bills since {day}, and those without a date.", day=words.short_day(since))
        if since is not None
        else ""
    )
    name = owned.profile.name
    pieces = (
        head(name if owned.profile.is_archive else words.tr("Bills of {operator}", operator=name), words.language),
        paragraph(words.tr("Written on {moment}.", moment=tell.instant(tell.at))),
        paragraph(said) if said else Html(""),
        paragraph(opens_anywhere(words)),
        paragraph(readable_by_anyone(words)),
        table(Table(words.tr("What is in it"), columns, rows, frozenset({1})))
        or paragraph(words.tr("There is no bill here.")),
        Html(f"<h2>{escaped(words.tr('As a table'))}</h2>\n<ul>\n{links}</ul>\n"),
        paragraph(
            words.tr(
                "A text that starts like a formula has an apostrophe before it in the tables, so that no spreadsheet "
                "calculates it."
            )
        ),
        Html("<h2>PDF</h2>\n"),
        *(paragraph(sentence) for sentence in pdf_sentences(tally, words, with_pdfs=with_pdfs)),
        Html(f"<h2>{escaped(words.tr('Check that nothing was changed'))}</h2>\n"),
        paragraph(words.tr("In this folder, type: {command}", command="sha256sum -c CHECKSUMS.sha256")),
        FOOT,
    )
    for piece in pieces:
        yield piece.encode()
