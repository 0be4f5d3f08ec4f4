"""What the PDFs of a bill and of the one before say about it, read on the paper lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selfcare.billing.difference import Basis
from selfcare.billing.invoice_lines import lines_of, with_invoice
from selfcare.domain.bills import Bill
from selfcare.domain.einvoices import EInvoice
from selfcare.domain.failures import PaperTrouble
from selfcare.domain.records import Struct
from selfcare.i18n.words import Words
from selfcare.viewmodel.bill import BillView
from selfcare.viewmodel.bill_check import CheckRow
from selfcare.viewmodel.bill_paper import paper_rows

from .bill_loading import OneBill

if TYPE_CHECKING:
    from selfcare.paper.reader import PaperReader

    from .bill_paper_check import Papers


class Looked(Struct, frozen=True):
    """What the PDF gave: rows for "Is it right?", and the bill anew where its lines stand only in the PDF."""

    rows: tuple[CheckRow, ...]
    view: BillView | None = None


def looked(reader: PaperReader, one: OneBill, papers: Papers, words: Words) -> Looked:
    """Read the PDF, judge it, and compare by the electronic invoices where the operator lists no lines. An electronic
    invoice that is a file of its own is judged alone."""
    assert one.bill is not None
    if papers.pdf is None:
        return Looked(_rows_of_xml(reader, one.bill, papers.xml, words))
    try:
        found = reader.e_invoice(papers.pdf)
        text = reader.text(papers.pdf)
    except PaperTrouble as trouble:
        return Looked(paper_rows(one.bill, None, "", words, trouble))
    rows = paper_rows(one.bill, found, text, words)
    if one.view.groups or found is None or found.invoice is None or not found.invoice.lines or one.again is None:
        return Looked(rows)
    before = _invoice_before(reader, papers)
    view = one.again(
        with_invoice(one.bill, found.invoice),
        lines_of(found.invoice, one.bill.id),
        lines_before=lines_of(before, "before") if before is not None else (),
        earlier=[with_invoice(bill, before) if before and bill == one.before else bill for bill in one.earlier],
        basis=Basis.E_INVOICE,
    )
    return Looked(rows, view)


def _rows_of_xml(reader: PaperReader, bill: Bill, xml: bytes | None, words: Words) -> tuple[CheckRow, ...]:
    if xml is None:
        return ()
    try:
        return paper_rows(bill, reader.e_invoice_of(xml), None, words)
    except PaperTrouble as trouble:
        return paper_rows(bill, None, None, words, trouble)


def _invoice_before(reader: PaperReader, papers: Papers) -> EInvoice | None:
    try:
        found = reader.e_invoice(papers.before) if papers.before is not None else None
    except PaperTrouble:
        return None
    return found.invoice if found is not None else None
