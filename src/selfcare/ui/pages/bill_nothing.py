"""What stands in the place of the list of bills where it is empty, with the button that helps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QSizePolicy

from selfcare.ui.pages.page import Page
from selfcare.ui.pages.pieces import reading_button
from selfcare.ui.widgets.buttons import plain
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.empty import EmptyState
from selfcare.ui.widgets.flow import flow
from selfcare.viewmodel.ages import Absence


class NothingHere(Card):
    """Hidden while there are bills."""

    def __init__(self, page: Page, on_clear: Callable[[], object]) -> None:
        """`on_clear` empties the search and the filters."""
        super().__init__()
        self._words = words = page.words
        unread = Absence("neverRead", "", "")
        self._read = reading_button(page, unread)
        self._clear = plain(words.tr("Show all bills"), on_clear)
        self._empty = EmptyState(unread, flow(*filter(None, (self._read, self._clear))))
        self.add(self._empty)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_why(self, absence: Absence | None, *, finds: bool) -> None:
        """Say why there is none; `finds`: there are bills, but none that matches. None: there are some."""
        if finds and absence is None:
            absence = Absence(
                "nothing",
                self._words.tr("No bill matches"),
                self._words.tr("Try a part of the number, an amount like 41.99, or other filters."),
            )
        self._clear.setVisible(finds)
        if self._read is not None:
            self._read.setVisible(absence is not None and absence.kind == "neverRead")
        self.setVisible(absence is not None)
        if absence is not None:
            self._empty.show_absence(absence)
