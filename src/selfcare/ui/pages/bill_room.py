"""How the list of bills and what stands beside it, a bill or its PDF, share the page."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from selfcare.ui.widgets.table import DataTable

LIST_SHARE = 0.63
"""The part of the page that the list may take at most where the bill stands beside it."""

BESIDE_ROWS = 28
"""Pixels for the frame and the scroll bar of the list."""

LIST_TO_FACTS, LIST_TO_PAPER = (58, 42), (36, 64)
"""How list and bill share the page, and how list and PDF do."""

BESIDE_FACTS_ALONE = (3, 4)
"""The columns that the list has only where no PDF stands beside it: what is different, and the state."""


class BesideEachOther(QHBoxLayout):
    """The list at the left, the bill or its PDF at the right."""

    def __init__(self, left: QWidget, right: QWidget, table: DataTable, beyond: int = 0) -> None:
        """`beyond` are the pixels of the page's margin that the right one takes, for its scroll bar."""
        super().__init__()
        self._beyond = beyond
        self._left, self._right, self._table = left, right, table
        self._widest = 0
        self._shows_paper = False
        self.setSpacing(16)
        self.addWidget(left, LIST_TO_FACTS[0])
        self.addWidget(right, LIST_TO_FACTS[1])

    def setGeometry(self, rect: QRect) -> None:
        """The scroll bar of what is at the right stands in the margin of the page."""
        parent = self.parentWidget()
        if parent is None or self._right.isHidden():
            super().setGeometry(rect)
            return
        mirrored = parent.layoutDirection() == Qt.LayoutDirection.RightToLeft
        beyond = min(self._beyond, rect.left() if mirrored else parent.width() - rect.right() - 1)
        super().setGeometry(rect.adjusted(-beyond if mirrored else 0, 0, 0 if mirrored else beyond, 0))

    def show_paper(self, shows_paper: bool) -> None:
        """Beside a PDF the list says no more than which bill is which: a page needs the room to be read."""
        if shows_paper == self._shows_paper:
            return
        self._shows_paper = shows_paper
        self._table.leave_out(BESIDE_FACTS_ALONE if shows_paper else ())
        for place, share in enumerate(LIST_TO_PAPER if shows_paper else LIST_TO_FACTS):
            self.setStretch(place, share)
        self._widest = 0

    def give_room(self, width: int) -> None:
        """The list gets the width that its columns need, as long as what is beside it keeps its own; `width` is that
        of the page, 0 where the two take turns."""
        most, whole = round(width * LIST_SHARE), BESIDE_ROWS + self._table.whole_width()
        self._widest = max(self._widest, _room_of(self._table), whole if whole <= most else 0)
        self._left.setMinimumWidth(min(most, self._widest))


def _room_of(table: DataTable) -> int:
    """The width at which no cell of the rows in sight is cut."""
    across = table.horizontalHeader()
    columns = [n for n in range(table.rows.columnCount()) if not table.isColumnHidden(n)]
    return BESIDE_ROWS + sum(max(across.sectionSizeHint(n), table.sizeHintForColumn(n)) for n in columns)
