"""Counts all bills that match what is typed once the customer pauses; the first of them are long on the screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from selfcare.store.search import BillQuery

from .bill_loading import counted
from .page import Page

PAUSE_MS = 150
"""So long without a key stroke is a pause."""


class LateCount(QObject):
    """Counts for one query at a time; a newer one takes its place."""

    def __init__(self, page: Page, show: Callable[[int], None]) -> None:
        """`show` is told how many bills match."""
        super().__init__(page)
        self._page, self._show = page, show
        self._query: BillQuery | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._count)

    def wants(self, query: BillQuery | None) -> None:
        """What is to be counted after the pause; None where all is known."""
        self._query = query
        if query is None:
            self._timer.stop()
        else:
            self._timer.start()

    @Slot()
    def _count(self) -> None:
        query = self._query
        if query is None:
            return

        def found(total: int) -> None:
            if query == self._query:
                self._show(total)

        self._page.ask(lambda reading: counted(reading, query), found, key="count")
