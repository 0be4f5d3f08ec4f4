"""A document of a contract, shown in place of the contracts: read by another process, saved as it came."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from selfcare.ui.pages.page import Page
from selfcare.ui.pages.paper_fetching import PaperFetching
from selfcare.ui.pages.paper_saving import save_pdf
from selfcare.ui.widgets.paper import PaperView


class ContractPaper(QObject):
    """Opens one document at a time in a `PaperView` of its own."""

    def __init__(self, page: Page, view: PaperView) -> None:
        super().__init__(page)
        self._page, self.view = page, view
        self._paper = PaperFetching(page, view)
        view.save_wanted.connect(self._save)

    def show_paper(self, paper_id: str, name: str) -> None:
        """Show a document; where it is not here, it is fetched or its absence is said."""
        self._paper.show_paper(paper_id, name)

    @Slot()
    def _save(self) -> None:
        if not self._paper.pdf:
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
        save_pdf(self._page, self._paper.pdf, path)
