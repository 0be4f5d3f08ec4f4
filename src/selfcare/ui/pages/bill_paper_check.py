"""Looks into the PDF of the chosen bill once it has been chosen for a moment: is it right, and why is it different?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from selfcare.domain.bills import OWN_STATES, Bill
from selfcare.domain.failures import Failure
from selfcare.domain.records import Struct
from selfcare.i18n.words import Words
from selfcare.ui.context import Reading

from .bill import BillPane
from .bill_loading import OneBill
from .page import Page

if TYPE_CHECKING:
    from selfcare.paper.reader import PaperReader

    from .bill_papers import Looked

PAUSE = 250
"""Milliseconds: who walks through the list does not open every PDF on the way."""


class Papers(Struct, frozen=True):
    """The PDFs of a bill and of its last comparable one, as far as they are here and needed. `xml` is the electronic
    invoice that the bill is, where it has no PDF."""

    pdf: bytes | None
    before: bytes | None
    xml: bytes | None = None


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

    def rest(self) -> None:
        """The customer types: what waits to be looked into waits a moment longer."""
        if self._pause.isActive():
            self._pause.start()

    @Slot()
    def _start(self) -> None:
        if self._bill is not None:
            one = self._bill
            self._page.ask(partial(_papers, one=one), partial(self._got, one), key="check")

    def _got(self, one: OneBill, papers: Papers) -> None:
        context = self._page.context
        if (papers.pdf is None and papers.xml is None) or context.make_paper is None or context.paper_lane is None:
            return
        make, words = context.make_paper, self._page.words
        context.paper_lane.ask(
            self,
            lambda: _looked_into(make, one, papers, words),
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


def _looked_into(make: Callable[[], PaperReader], one: OneBill, papers: Papers, words: Words) -> Looked:
    """On the paper lane, which alone loads what reads e-invoices: the page opens without it."""
    from .bill_papers import looked

    return looked(make(), one, papers, words)


def _papers(reading: Reading, one: OneBill) -> Papers:
    needs_before = not one.view.groups
    pdf = _pdf(reading, one.bill)
    return Papers(
        pdf, _pdf(reading, one.before) if needs_before else None, _xml(reading, one.bill) if pdf is None else None
    )


def _xml(reading: Reading, bill: Bill | None) -> bytes | None:
    """An electronic invoice of the customer's own papers; an operator's other documents are not looked into."""
    papers = bill.papers if bill is not None and bill.state_word in OWN_STATES else ()
    found = (reading.reader.paper(paper.id) for paper in papers if "xml" in paper.mime)
    return next((xml for xml in found if xml is not None), None)


def _pdf(reading: Reading, bill: Bill | None) -> bytes | None:
    papers = bill.papers if bill is not None else ()
    found = (reading.reader.paper(paper.id) for paper in papers if paper.is_pdf)
    return next((pdf for pdf in found if pdf is not None), None)
