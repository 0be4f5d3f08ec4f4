"""What can be done with the chosen bill: dispute it, ask for a plan, look at the debit, show and save its PDF."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget, QWidget

from selfcare.ui.pages.paper_saving import save_pdf
from selfcare.ui.widgets.paper import PaperView
from selfcare.ui.widgets.table import DataTable

from .bill import TURN_KEYS, BillPane
from .bill_dialogs import DebitDialog, PlanDialog
from .bill_disputing import DisputeDialog
from .bill_loading import OneBill
from .bill_offer import Offer, OfferDialog, read_offer
from .bill_paper_check import PaperCheck
from .paper_fetching import PaperFetching
from .untaken import no_tickets_dialog

if TYPE_CHECKING:
    from selfcare.viewmodel.pictures import Pictures
    from selfcare.viewmodel.proofs import ProofMaterial

    from .bills import BillsPage


_BY_TICKET = frozenset({"dispute", "plan", "offer"})
"""What goes to the operator as a ticket."""


class BillTasks(QObject):
    """The actions of one page of bills. `bill` is the chosen one."""

    def __init__(self, page: BillsPage, room: QStackedWidget, pane: BillPane, table: DataTable) -> None:
        super().__init__(page)
        self._page = page
        self._pane = pane
        self._room = room
        self._table = table
        self.paper_check = PaperCheck(page, pane)
        self.words = page.words
        self.bill: OneBill | None = None
        self.paper: QWidget | None = None
        self.dialog: QDialog | None = None
        self._fetching: PaperFetching | None = None
        for task, keys in TURN_KEYS.items():
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.do, task))

    def show_pictures(self) -> None:
        """The bills over the years, what the money went to, and the chosen one against the last."""
        from .bill_pictures import PicturesDialog, read_pictures

        bill_id = self.bill.view.id if self.bill is not None else ""

        def show(pictures: Pictures) -> None:
            dialog = PicturesDialog(self._page, self.words, pictures)
            dialog.bill_wanted.connect(self._page.open_at)
            self._ask(dialog, lambda: None)

        self._page.ask(lambda reading: read_pictures(reading, bill_id), show, key="pictures")

    def do(self, task: str) -> None:
        """Do what a button asked for, see BillPane.wanted."""
        if task == "facts":
            self.leave_paper()
            return
        if task in TURN_KEYS:
            self._table.step(-1 if task == "newer" else 1)
            return
        if self.bill is None:
            return
        name, _, rest = task.partition("/")
        untaken = no_tickets_dialog(self._page) if name in _BY_TICKET else None
        if untaken is not None:
            self._ask(untaken, lambda: self._page.opened.emit("help"))
            return
        if name == "check":
            self.paper_check.look(self.bill)
        elif name == "paper":
            papers = self.bill.view.papers
            if rest or papers:
                self._show_paper(rest or papers[0].id)
        elif name == "ticket":
            self._page.open(self.bill.view.dispute_target)
        elif name == "dispute":
            dispute = DisputeDialog(self._page, self.words, self.bill.view, self.bill.matter, self._page.context)
            self._ask(dispute, lambda: self._page.submit(dispute.command()))
        elif name == "plan" and not self.bill.view.plan:
            plan = PlanDialog(self._page, self.words, self.bill.view, self.bill.to_pay)
            self._ask(plan, lambda: self._page.submit(plan.command()))
        elif name == "offer":
            bill_id = self.bill.view.id
            self._page.ask(lambda reading: read_offer(reading, bill_id), self._judge, key="offer")
        elif name == "name":
            self._page.archive.name_operator()
        elif name == "proof":
            self._prove()
        elif name == "debit":
            debit = DebitDialog(self._page, self.words, self.bill.view)
            self._ask(debit, lambda: self.do("ticket" if debit.is_disputed else "dispute"))

    def _judge(self, offer: Offer | None) -> None:
        if offer is not None:
            judging = OfferDialog(self._page, self.words, offer)
            self._ask(judging, lambda: self._page.submit(judging.command()))

    def _prove(self) -> None:
        from .bill_proof import ProofDialog, read_proof

        assert self.bill is not None
        bill_id = self.bill.view.id

        def show(material: ProofMaterial | None) -> None:
            if material is not None:
                self._ask(ProofDialog(self._page, material), lambda: None)

        self._page.ask(lambda reading: read_proof(reading, bill_id), show, key="proof")

    def _ask(self, dialog: QDialog, on_yes: object) -> None:
        self.dialog = dialog
        dialog.accepted.connect(on_yes)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # ---- the PDF

    def leave_paper(self) -> None:
        """The facts in the place of the PDF; the keyboard, if that had it, goes to the list."""
        has_it = self._page.focusWidget()
        if self.paper is not None and (has_it is self.paper or self.paper.isAncestorOf(has_it)):
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._room.setCurrentIndex(0)

    def same_paper(self, found: OneBill) -> str:
        """The id of the paper to show of a bill: the one that is looked at, else its first."""
        ids = [paper.id for paper in found.view.papers]
        at = self._fetching.paper_id if self._fetching is not None else ""
        return at if at in ids else ids[0]

    def _show_paper(self, paper_id: str) -> None:
        context = self._page.context
        if context.make_paper is None or context.paper_lane is None or self.bill is None:
            return
        if not isinstance(self.paper, PaperView):
            view = PaperView(self.words, context.paper_lane, context.make_paper)
            view.closed.connect(self._close_paper)
            view.save_wanted.connect(self._save)
            view.unlocked.connect(self._look_again)
            self.paper = view
            self._fetching = PaperFetching(self._page, view)
            self._room.addWidget(view)
        self._room.setCurrentWidget(self.paper)
        title = self.words.tr("PDF of bill {number}", number=self.bill.view.number)
        if self._fetching is not None:
            self._fetching.show_paper(paper_id, title, self.bill.view.id)

    @Slot()
    def _look_again(self) -> None:
        """The PDF is open now, so what it says can be checked."""
        if self.bill is not None:
            self._pane.show_bill(self.bill.view)

    @Slot()
    def _close_paper(self) -> None:
        self._page.go_back()

    @Slot()
    def _save(self) -> None:
        if self.bill is None or self._fetching is None or not self._fetching.pdf:
            return
        name = self.bill.names.get(self._fetching.paper_id, "bill.pdf")
        chosen, _kind = QFileDialog.getSaveFileName(
            self._page, self.words.tr("Save the PDF"), str(Path.home() / name), self.words.tr("PDF files (*.pdf)")
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the PDF as it came; says so when it is done."""
        if self._fetching is not None:
            save_pdf(self._page, self._fetching.pdf, path)
