"""Counts all bills that match what is typed once the customer pauses, and says to a listener how many there are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from selfcare.store.search import BillQuery
from selfcare.ui.speaking import AfterTyping
from selfcare.ui.widgets.rows import PagedModel
from selfcare.viewmodel.bills import found_line

from .bill_loading import RowsFound, counted
from .page import Page

PAUSE_MS = 150
"""So long without a key stroke is a pause."""


class LateCount(QObject):
    """Counts for one query at a time; a newer one takes its place."""

    def __init__(self, page: Page, rows: PagedModel, known: Callable[[int, str], object]) -> None:
        """`rows` are told how many bills match, and so is `known`, with the newest of them."""
        super().__init__(page)
        self._page, self._rows, self._known = page, rows, known
        self._newest = ""
        self._query: BillQuery | None = None
        self._total: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._count)
        self._is_asked = False
        self._spoken = AfterTyping(page)

    def expect(self, *, is_asked: bool) -> None:
        """Rows are read; where the customer searches or filters, how many were found is to be said."""
        if is_asked:
            self._is_asked = True
            self._spoken.say("")

    def found(self, query: BillQuery, found: RowsFound) -> None:
        """The first rows are here; after the pause it is told how many there are, and what was not counted is."""
        self._query, self._newest = query, found.newest
        self._total = found.total - sum(not row.id for row in found.rows) if found.total >= 0 else None
        self._timer.start()

    @Slot()
    def _count(self) -> None:
        query = self._query
        if self._total is not None:
            self._know(self._total)
        if query is None or self._total is not None:
            return

        def came(total: int) -> None:
            if query == self._query:
                self._rows.grow_to(total)
                self._know(total)

        self._page.ask(lambda reading: counted(reading, query), came, key="count")

    def _know(self, total: int) -> None:
        self._known(total, self._newest)
        if self._is_asked:
            self._is_asked = False
            self._spoken.say(found_line(total, self._page.words))
