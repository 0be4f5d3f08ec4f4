"""A table of rows: how wide its columns are, and how it answers to mouse and keyboard."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from selfcare.ui.theme import QUIET, font, text_scale

from .cells import PAD, Below, CellPainter, line_below
from .labels import set_name
from .rows import OVER, Cell, Column, PagedModel, Row, row

__all__ = ["OVER", "Cell", "Column", "DataTable", "PagedModel", "Row", "row"]

SAMPLE_ROWS = 40
NAME = 220
"""Pixels, at usual text size, that a name keeps which may be cut."""


class DataTable(QTableView):
    """A table of rows; one is chosen at a time. Enter or a double click opens it."""

    chosen = Signal(str)
    """The key of the row that the cursor came to."""

    activated_key = Signal(str)
    """The key of the row that was opened by Enter or a double click."""

    def __init__(self, columns: Sequence[Column], name: str, parent: QWidget | None = None, *, bare: bool = False):
        """`name` is what a screen reader calls the table. `bare` leaves the frame away, for a table inside a card."""
        super().__init__(parent)
        set_name(self, name)
        self.setProperty("bare", bare)
        self._silent = False
        self._wanted: list[int] = []
        self._left_out: frozenset[int] = frozenset()
        self.is_folded = False
        self._below: tuple[Below, ...] = ()
        self._least = 0
        self._is_whole = False
        self.rows = PagedModel(columns, self)
        self.setModel(self.rows)
        self._cells = CellPainter(self.rows, self)
        self.setItemDelegate(self._cells)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        down = self.verticalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._row_height = self._cells.row_height
        down.setDefaultSectionSize(self._row_height)
        across = self.horizontalHeader()
        across.setFont(font(QUIET))
        across.setHighlightSections(False)
        across.setResizeContentsPrecision(0)  # by what is seen: else a thousand rows are fetched to measure a column
        across.setSectionsClickable(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setMinimumHeight(self._row_height)
        for number, column in enumerate(self.rows.columns):
            mode = QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.Interactive
            across.setSectionResizeMode(number, mode)
        self.selectionModel().currentRowChanged.connect(self._came_to)
        self.doubleClicked.connect(self._open)

    def show_rows(self, rows: Sequence[Row], total: int | None = None, offset: int | None = None) -> None:
        """Show rows from the top; see `PagedModel.show_rows`. The chosen row stays chosen if it is still there."""
        key = self.current_key()
        self.verticalScrollBar().setValue(0)
        self.rows.show_rows(rows, total, offset)
        with QSignalBlocker(self.horizontalHeader()):  # laid out before it is painted: Qt would do it after, and again
            self._fit()
            self.executeDelayedItemsLayout()
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)  # scroll bars come and go in a call to itself
        if key:
            self.choose(key)

    def choose(self, key: str) -> bool:
        """Put the cursor on a row without telling anybody; False if it is not held."""
        number = self.rows.number_of(key)
        if number < 0:
            return False
        self._silent = True
        self.setCurrentIndex(self.rows.index(number, 0))
        self._silent = False
        return True

    def step(self, rows: int) -> None:
        """Move the cursor some rows down (negative: up), past rows that stand for nothing."""
        number, last = self.currentIndex().row() + rows, self.rows.rowCount() - 1
        while 0 <= number <= last:
            found = self.rows.row_at(number)
            if found is None or found.key:
                self.setCurrentIndex(self.rows.index(number, 0))
                return
            number += 1 if rows > 0 else -1

    def current_key(self) -> str:
        """The key of the row under the cursor, or ""."""
        index = self.currentIndex()
        found = self.rows.row_at(index.row()) if index.isValid() else None
        return found.key if found is not None else ""

    def sizeHintForColumn(self, column: int) -> int:
        """The width of a column by its first rows; Qt would ask every row of the list while the table is hidden."""
        sample = range(min(SAMPLE_ROWS, self.rows.first_rows))
        return max((self._cells.width_of(place, column) for place in sample), default=0)

    def whole_height(self) -> int:
        """The height at which no row is hidden; for short tables inside a card."""
        return self.height_of(self.rows.rowCount())

    def height_of(self, rows: int) -> int:
        """The height at which so many rows are in sight, with the head and the frame."""
        return self.horizontalHeader().minimumHeight() + rows * self.verticalHeader().defaultSectionSize() + 12

    def keep_in_sight(self, rows: int) -> None:
        """Never be lower than so many rows, also where they have two lines."""
        self._least = rows
        self.setMinimumHeight(self.height_of(rows))

    def show_whole(self) -> None:
        """Take the height of all rows, so that the page scrolls and not the table."""
        self._is_whole = True
        self.setFixedHeight(self.whole_height())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def leave_out(self, columns: Collection[int]) -> None:
        """Show all columns but these."""
        self._left_out = frozenset(columns)
        self._hide_columns()
        self._keep_whole()

    def whole_width(self) -> int:
        """The pixels that all columns need beside each other, none of them in a second line of a row."""
        return sum(room for number, room in enumerate(self._wanted) if number not in self._left_out)

    def room_of(self, number: int) -> int:
        """The pixels that a column has, in the first or second line of a row."""
        return next((place.room for place in self._below if place.column == number), self.columnWidth(number))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's own hook; the cells in sight are painted column by column, which takes half as long as one by one."""
        top, bottom = self.rowAt(event.rect().top()), self.rowAt(event.rect().bottom())
        last = bottom if bottom >= 0 else self.rows.rowCount() - 1
        if top >= 0:
            painter = QPainter(self.viewport())
            self._cells.paint_rows(painter, self, range(top, last + 1), self._below)
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A column that is never cut stops stretching where there is no room for it."""
        super().resizeEvent(event)
        self._keep_whole()

    def _fit(self) -> None:
        """Give every column the room of its title and of the first rows."""
        self._wanted = [column.width or self._needed(number) for number, column in enumerate(self.rows.columns)]
        for number, column in enumerate(self.rows.columns):
            if not column.stretch and not (self.is_folded and number == self._first):
                self.setColumnWidth(number, self._wanted[number])
        self._keep_whole()

    def _needed(self, number: int) -> int:
        wide = QFontMetrics(font(QUIET)).horizontalAdvance(self.rows.columns[number].title) + 2 * PAD + 4
        return max(wide, self.sizeHintForColumn(number))

    def _keep_whole(self) -> None:
        """Where there is no room for all columns, those that may stand below do, in a second line of each row; a
        stretching column that is never cut gets the room of its words, and then the table scrolls sideways."""
        across = self.horizontalHeader()
        self._fold()
        for number, column in enumerate(self.rows.columns):
            if not (column.stretch and column.whole) or not self._wanted or self.isColumnHidden(number):
                continue
            others = sum(self.columnWidth(n) for n in range(len(self.rows.columns)) if n != number)
            needed = self._wanted[number]
            if self.viewport().width() - others < needed:
                across.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(number, needed)
            else:
                across.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)

    def _fold(self) -> None:
        """Turn to more lines a row, or back to one."""
        shown = [n for n in range(len(self._wanted)) if n not in self._left_out]
        is_narrow = sum(self._least_of(n) for n in shown) > self.viewport().width()
        folds = is_narrow and any(self.rows.columns[n].below for n in shown)
        was, self.is_folded = self.is_folded, folds
        before, self._below = self._below, self._placed_below() if folds else ()
        if folds != was:
            self._hide_columns()
            modes = QHeaderView.ResizeMode
            self.horizontalHeader().setSectionResizeMode(self._first, modes.Stretch if folds else modes.Interactive)
            if not folds:
                self.setColumnWidth(self._first, self._wanted[self._first])
        lines = max((place.line for place in self._below), default=0)
        if lines != max((place.line for place in before), default=0):
            self.verticalHeader().setDefaultSectionSize(self._row_height + lines * line_below(self._row_height))
            if self._least:
                self.setMinimumHeight(self.height_of(self._least))
            if self._is_whole:
                self.setFixedHeight(self.whole_height())

    def _least_of(self, number: int) -> int:
        """The pixels that a column needs in the first line: names that may be cut need a part of their words only."""
        column, wanted = self.rows.columns[number], self._wanted[number]
        return min(wanted, round(NAME * text_scale())) if column.stretch and not column.whole else wanted

    @property
    def _first(self) -> int:
        """The column that takes what is left of the first line where there are two."""
        return next(n for n, column in enumerate(self.rows.columns) if not column.below)

    def _hide_columns(self) -> None:
        for number, column in enumerate(self.rows.columns):
            self.setColumnHidden(number, number in self._left_out or (self.is_folded and column.below))

    def _placed_below(self) -> tuple[Below, ...]:
        """Where the columns below stand: figures at the end, statuses first; what does not fit begins another line."""
        columns, wide = self.rows.columns, self.viewport().width()
        numbers = [n for n, column in enumerate(columns) if column.below and n not in self._left_out]
        line, left, right = 1, 0, wide
        found: list[Below] = []
        for number in sorted(numbers, key=lambda n: (not columns[n].right, not columns[n].tag)):
            if self._wanted[number] > right - left and right - left < wide:
                line, left, right = line + 1, 0, wide
            room = min(self._wanted[number], right - left)
            x = right - room if columns[number].right else left
            left, right = (left, x) if columns[number].right else (left + room, right)
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            found.append(Below(number, wide - x - room if mirrored else x, room, line))
        return tuple(found)

    @Slot(QModelIndex, QModelIndex)
    def _came_to(self, index: QModelIndex, _before: QModelIndex) -> None:
        found = self.rows.row_at(index.row()) if index.isValid() else None
        if found is not None and found.key and not self._silent:
            self.chosen.emit(found.key)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        found = self.rows.row_at(index.row()) if index.isValid() else None
        if found is not None and found.key:
            self.activated_key.emit(found.key)
