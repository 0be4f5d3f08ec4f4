"""A document of a contract, shown in place of the contracts: read by another process, saved as it came."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from selfcare.domain.failures import PaperTrouble
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.paper_saving import save_pdf
from selfcare.ui.widgets.paper import PaperView
from selfcare.viewmodel.ages import Absence
from selfcare.viewmodel.notices import notice_of


class ContractPaper(QObject):
    """Opens one document at a time in a `PaperView` of its own."""

    def __init__(self, page: Page, view: PaperView) -> None:
        super().__init__(page)
        self._page, self.view = page, view
        self._name = ""
        self._pdf = b""
        view.save_wanted.connect(self._save)

    def show_paper(self, paper_id: str, name: str) -> None:
        """Read a document from the store and show it; where it is not here, that is said."""
        self._name, self._pdf = name, b""
        self._page.ask(lambda reading: reading.reader.paper(paper_id), self._got, key="paper")

    def _got(self, pdf: bytes | None) -> None:
        self._pdf = pdf or b""
        if pdf is None:
            notice = notice_of(PaperTrouble("missing"), self._page.words)
            self.view.show_absence(Absence("neverRead", notice.sentence, notice.advice))
        else:
            self.view.show_pdf(pdf, self._name)

    @Slot()
    def _save(self) -> None:
        if not self._pdf:
            return
        words = self._page.words
        start = str(Path.home() / f"{words.tr('contract')}.pdf")
        chosen, _kind = QFileDialog.getSaveFileName(
            self._page, words.tr("Save the PDF"), start, words.tr("PDF files (*.pdf)")
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the document as it came; says so when it is done."""
        save_pdf(self._page, self._pdf, path)
