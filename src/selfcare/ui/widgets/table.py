"""How a table looks and answers to mouse and keyboard: calm rows, figures at the right, statuses as tags."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QLine,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from selfcare.ui.theme import QUIET, TEXT, Tokens, font, tag_colours, tokens_in_use

from .rows import OVER, Cell, Column, PagedModel, Row, row

__all__ = ["OVER", "Cell", "Column", "DataTable", "PagedModel", "Row", "row"]

ROW_HEIGHT = 41
PAD = 12
BAR = 4
"""Pixels of the bar at the beginning of the chosen row: its tint alone is too weak to be seen by everybody."""

SAMPLE_ROWS = 40
MOST_KEPT = 4_000
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class DataTable(QTableView):
    """A table of rows; one is chosen at a time. Enter or a double click opens it."""

    chosen = Signal(str)
    """The key of the row that the cursor came to."""

    activated_key = Signal(str)
    """The key of the row that was opened by Enter or a double click."""

    def __init__(self, columns: Sequence[Column], name: str, parent: QWidget | None = None, *, bare: bool = False):
        """`name` is what a screen reader calls the table. `bare` leaves the frame away, for a table inside a card."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("bare", bare)
        self._silent = False
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
        self._row_height = max(ROW_HEIGHT, QFontMetrics(font(TEXT)).height() + 24)
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
        return self.horizontalHeader().minimumHeight() + rows * self._row_height + 12

    def show_whole(self) -> None:
        """Take the height of all rows, so that the page scrolls and not the table."""
        self.setFixedHeight(self.whole_height())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

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
            self._cells.paint_rows(painter, self, range(top, last + 1))
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A column that is never cut stops stretching where there is no room for it."""
        super().resizeEvent(event)
        self._keep_whole()

    def _fit(self) -> None:
        """Give every column the room of its title and of the first rows."""
        for number, column in enumerate(self.rows.columns):
            if not column.stretch:
                self.setColumnWidth(number, column.width or self._needed(number))
        self._keep_whole()

    def _needed(self, number: int) -> int:
        wide = QFontMetrics(font(QUIET)).horizontalAdvance(self.rows.columns[number].title) + 2 * PAD + 4
        return max(wide, self.sizeHintForColumn(number))

    def _keep_whole(self) -> None:
        """A stretching column that is never cut gets the room of its words, and then the table scrolls sideways."""
        across = self.horizontalHeader()
        for number, column in enumerate(self.rows.columns):
            if not (column.stretch and column.whole):
                continue
            others = sum(self.columnWidth(n) for n in range(len(self.rows.columns)) if n != number)
            needed = self._needed(number)
            if self.viewport().width() - others < needed:
                across.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(number, needed)
            else:
                across.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)

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


class CellPainter(QStyledItemDelegate):
    """Draws the cells: a thin line below each row, words or a tag, the chosen row tinted."""

    def __init__(self, rows: PagedModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows
        self._fonts = {
            "text": font(TEXT),
            "bold": font(TEXT, bold=True),
            "quiet": font(QUIET + 0.5),
            "tag": font(QUIET - 0.5, bold=True),
        }
        self._metrics = {name: QFontMetrics(made) for name, made in self._fonts.items()}
        self._tokens = tokens_in_use()
        self._chosen = -1
        self._pens: dict[str, QPen] = {}
        self._shortened: dict[tuple[str, str, int], str] = {}

    def width_of(self, row: int, column: int) -> int:
        """The pixels that a cell needs."""
        found = self._rows.row_at(row) if row < self._rows.first_rows else None
        if found is None or column >= len(found.cells):
            return 0
        cell = found.cells[column]
        if cell.kind == OVER:
            return 0
        wide = self._metrics[self._font_name(column, cell.kind)].horizontalAdvance(cell.text[:200])
        return wide + 2 * PAD + (20 if self._rows.columns[column].tag else 2)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Part of Qt's contract of delegates."""
        return QSize(self.width_of(index.row(), index.column()), ROW_HEIGHT)

    def paint_rows(self, painter: QPainter, table: QTableView, rows: range) -> None:
        """Paint some rows of the table. Every call counts here: a key stroke paints a hundred cells."""
        tokens = self._tokens_now()
        places = [(table.rowViewportPosition(number), number) for number in rows]
        high, wide = table.rowHeight(rows.start) - 1, table.viewport().width()
        at = table.currentIndex()
        is_seen = at.isValid() and at.row() in rows and table.selectionModel().isRowSelected(at.row())
        self._chosen = at.row() if is_seen else -1
        if is_seen:
            top = table.rowViewportPosition(at.row())
            mirrored = table.layoutDirection() == Qt.LayoutDirection.RightToLeft
            painter.fillRect(0, top, wide, high + 1, QColor(tokens.accent_tint))
            painter.fillRect(wide - BAR if mirrored else 0, top, BAR, high + 1, QColor(tokens.accent))
        painter.setPen(self._pen(tokens.line))
        painter.drawLines([QLine(0, y + high, wide, y + high) for y, _ in places])
        for number, column in enumerate(self._rows.columns):
            self._paint_column(painter, number, column, table.columnViewportPosition(number), high, places, tokens)

    def _paint_column(
        self,
        painter: QPainter,
        number: int,
        column: Column,
        x: int,
        high: int,
        places: list[tuple[int, int]],
        tokens: Tokens,
    ) -> None:
        view: QTableView = self.parent()  # type: ignore[assignment]
        room, side = view.columnWidth(number) - 2 * PAD, _RIGHT if column.right else _LEFT
        name = ink = ""
        for y, row_number in places:
            words, kind = self._rows.shown_at(row_number, number)
            if not words:
                continue
            if column.tag and kind:
                painter.save()
                painter.setFont(self._fonts["tag"])
                self._paint_tag(painter, QRect(x + PAD, y, room, high + 1), words, kind, tokens, row_number)
                painter.restore()
                continue
            wanted = self._font_name(number, kind)
            if wanted != name:
                name = wanted
                painter.setFont(self._fonts[name])
            left, wide = self._over(row_number, number, x, room) if kind == OVER else (x + PAD, room)
            tone = self._ink(column, kind, tokens)
            if tone != ink:
                ink = tone
                painter.setPen(self._pen(ink))
            painter.drawText(left, y, wide, high + 1, side, self._short(words, name, wide))

    def _over(self, row_number: int, number: int, x: int, room: int) -> tuple[int, int]:
        """Where words begin, and how wide they may be, that run over the empty cells beside theirs."""
        view: QTableView = self.parent()  # type: ignore[assignment]
        left, right = x, x + room + 2 * PAD
        for beside in range(number + 1, len(self._rows.columns)):
            if self._rows.shown_at(row_number, beside)[0]:
                break
            start = view.columnViewportPosition(beside)
            left, right = min(left, start), max(right, start + view.columnWidth(beside))
        return left + PAD, right - left - 2 * PAD

    def _tokens_now(self) -> Tokens:
        """In which look it is painted, asked once and not for each cell."""
        tokens = tokens_in_use()
        if tokens is not self._tokens:
            self._tokens = tokens
            self._pens.clear()
        if len(self._shortened) > MOST_KEPT:
            self._shortened.clear()
        return tokens

    def _pen(self, color: str) -> QPen:
        found = self._pens.get(color)
        if found is None:
            found = self._pens[color] = QPen(QColor(color), 1)
        return found

    def _short(self, words: str, name: str, width: int) -> str:
        found = self._shortened.get((words, name, width))
        if found is None:
            view: QTableView = self.parent()  # type: ignore[assignment]
            found = self._metrics[name].elidedText(words, view.textElideMode(), width)
            self._shortened[words, name, width] = found
        return found

    def _font_name(self, column: int, kind: str) -> str:
        asked = self._rows.columns[column]
        if asked.tag and kind:
            return "tag"
        return "bold" if asked.bold else "quiet" if asked.quiet else "text"

    @staticmethod
    def _ink(column: Column, kind: str, tokens: Tokens) -> str:
        tones = {"bad": tokens.bad, "warn": tokens.warn, "good": tokens.good, "quiet": tokens.quiet}
        return tones.get(kind, tokens.quiet if column.quiet else tokens.ink)

    def _paint_tag(self, painter: QPainter, room: object, words: str, kind: str, tokens: Tokens, row: int) -> None:
        """On the chosen row, whose ground may be the tag's own, its edge is drawn."""
        ink, tint, edge = tag_colours(tokens, kind)
        edge = ink if row == self._chosen else edge
        metrics = self._metrics["tag"]
        area = QRectF(room)  # type: ignore[call-overload]
        short = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(area.width()) - 16)
        wide, high = metrics.horizontalAdvance(short) + 16, metrics.height() + 6
        left = area.left() if painter.layoutDirection() == Qt.LayoutDirection.LeftToRight else area.right() - wide
        box = QRectF(left, area.center().y() - high / 2, wide, high)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen if edge == tint else QColor(edge))
        painter.setBrush(QColor(tint))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(QColor(ink))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), short)
