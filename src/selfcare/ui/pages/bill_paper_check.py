"""Looks into the PDF of the chosen bill once it has been chosen for a moment: is it right, and why is it different?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from selfcare.billing.difference import Basis
from selfcare.billing.invoice_lines import lines_of, with_invoice
from selfcare.domain.bills import Bill
from selfcare.domain.einvoices import EInvoice
from selfcare.domain.failures import Failure, PaperTrouble
from selfcare.domain.records import Struct
from selfcare.i18n.words import Words
from selfcare.ui.context import Reading
from selfcare.viewmodel.bill import BillView
from selfcare.viewmodel.bill_check import CheckRow, paper_rows

from .bill import BillPane
from .bill_loading import OneBill
from .page import Page

if TYPE_CHECKING:
    from selfcare.paper.reader import PaperReader

PAUSE = 250
"""Milliseconds: who walks through the list does not open every PDF on the way."""


class Papers(Struct, frozen=True):
    """The PDFs of a bill and of its last comparable one, as far as they are here and needed."""

    pdf: bytes | None
    before: bytes | None


class Looked(Struct, frozen=True):
    """What the PDF gave: rows for "Is it right?", and the bill anew where its lines stand only in the PDF."""

    rows: tuple[CheckRow, ...]
    view: BillView | None = None


class PaperCheck(QObject):
    """Asks for the PDFs on the store lane and reads them on the paper lane, in the reader's own process."""

    def __init__(self, page: Page, pane: BillPane) -> None:
        super().__init__(page)
        self._page = page
        self._pane = pane
        self._bill: OneBill | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._start)

    def look(self, one: OneBill) -> None:
        """Look into the PDF of this bill soon; a bill that was made anew from its PDF is not looked at again."""
        context = self._page.context
        if context.make_paper is None or context.paper_lane is None or not any(p.is_here for p in one.view.papers):
            return
        self._bill = one
        self._pause.start()

    @Slot()
    def _start(self) -> None:
        if self._bill is not None:
            one = self._bill
            self._page.ask(partial(_papers, one=one), partial(self._got, one), key="check")

    def _got(self, one: OneBill, papers: Papers) -> None:
        context = self._page.context
        if papers.pdf is None or context.make_paper is None or context.paper_lane is None:
            return
        make, words = context.make_paper, self._page.words
        context.paper_lane.ask(
            self,
            lambda: looked(make(), one, papers, words),
            partial(self._looked, one),
            self._failed,
            key="check",
        )

    def _looked(self, one: OneBill, found: Looked) -> None:
        pane = self._pane
        if pane.view is None or pane.view.id != one.view.id:
            return
        if found.view is not None:
            pane.show_bill(found.view, is_final=True)
        pane.add_checks(found.rows)

    def _failed(self, _failure: Failure | None) -> None:
        """The bill stays as its data tells it; the PDF itself says what is wrong where it is shown."""


def looked(reader: PaperReader, one: OneBill, papers: Papers, words: Words) -> Looked:
    """Read the PDF, judge it, and compare by the electronic invoices where the operator lists no lines."""
    assert one.bill is not None
    assert papers.pdf is not None
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


def _invoice_before(reader: PaperReader, papers: Papers) -> EInvoice | None:
    try:
        found = reader.e_invoice(papers.before) if papers.before is not None else None
    except PaperTrouble:
        return None
    return found.invoice if found is not None else None


def _papers(reading: Reading, one: OneBill) -> Papers:
    needs_before = not one.view.groups
    return Papers(_pdf(reading, one.bill), _pdf(reading, one.before) if needs_before else None)


def _pdf(reading: Reading, bill: Bill | None) -> bytes | None:
    papers = bill.papers if bill is not None else ()
    found = (reading.reader.paper(paper.id) for paper in papers if paper.is_pdf)
    return next((pdf for pdf in found if pdf is not None), None)
