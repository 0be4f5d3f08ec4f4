"""Shows a PDF that the customer opened: from here, else it is fetched from the operator now and stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from selfcare.domain.topics import Topic
from selfcare.ui.widgets.paper import PaperView
from selfcare.viewmodel.paper_absence import being_fetched, not_fetched, not_here

from .page import Page

if TYPE_CHECKING:
    from selfcare.domain.failures import Failure


class PaperFetching(QObject):
    """Fills one `PaperView`. `pdf` is what it shows, b"" while that is not here; what was asked last counts, and
    `paper_id` is that."""

    def __init__(self, page: Page, view: PaperView) -> None:
        super().__init__(page)
        self._page, self._view = page, view
        self._turn = 0
        self.pdf = b""
        self.paper_id = ""

    def show_paper(self, paper_id: str, title: str, bill_id: str = "") -> None:
        """Show a paper of a bill ("" for a contract's or a letter); where it cannot be had, say why in its place."""
        self._turn += 1
        self.pdf, self.paper_id, turn = b"", paper_id, self._turn

        def kept(pdf: bytes | None) -> None:
            if pdf is not None:
                self._show(turn, pdf, title)
            else:
                self._fetch(turn, paper_id, title, bill_id)

        self._page.ask(lambda reading: reading.reader.paper(paper_id), kept, key="paper")

    def _show(self, turn: int, pdf: bytes, title: str) -> None:
        if turn == self._turn:
            self.pdf = pdf
            self._view.show_pdf(pdf, title)

    def _fetch(self, turn: int, paper_id: str, title: str, bill_id: str) -> None:
        context, words = self._page.context, self._page.words
        session, lane = context.session, context.sync_lane
        if turn != self._turn:
            return
        if session is None or lane is None or session.profile.is_archive or context.is_signed_out:
            is_archive = session is not None and session.profile.is_archive
            self._view.show_absence(not_here(words, is_archive=is_archive))
            return
        self._view.show_absence(being_fetched(words))

        def came(pdf: bytes) -> None:
            self._show(turn, pdf, title)
            context.changed(frozenset({Topic.PAPERS}))

        def failed(failure: Failure | None) -> None:
            if turn == self._turn:
                self._view.show_absence(not_fetched(failure, words))

        lane.ask(self, lambda: session.fetch_paper(paper_id, bill_id), came, failed, key="paper")
