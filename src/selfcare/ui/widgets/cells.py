"""How the cells of a table are painted: calm rows, figures at the right, statuses as tags, in one line or two."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QLine, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from selfcare.ui.theme import QUIET, TEXT, Tokens, font, tag_colours, tokens_in_use

from .rows import OVER, Column, PagedModel

ROW_HEIGHT = 41
PAD = 12
BAR = 4
"""Pixels of the bar at the beginning of the chosen row: its tint alone is too weak to be seen by everybody."""

MOST_KEPT = 4_000
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Below(NamedTuple):
    """A column that stands below the first line of a row: its number, left edge and room in pixels, and its line."""

    column: int
    x: int
    room: int
    line: int


def line_below(row_height: int) -> int:
    """The pixels that each further line adds to a row."""
    return row_height * 3 // 4


class CellPainter(QStyledItemDelegate):
    """Draws the cells: a thin line below each row, words or a tag, the chosen row tinted."""

    def __init__(self, rows: PagedModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows
        self.row_height = max(ROW_HEIGHT, QFontMetrics(font(TEXT)).height() + 24)
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

    def paint_rows(self, painter: QPainter, table: QTableView, rows: range, below: tuple[Below, ...] = ()) -> None:
        """Paint some rows of the table, `below` in their second lines.

        Every call counts here: a key stroke paints a hundred cells.
        """
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
        further = line_below(self.row_height)
        first = high - further * max((place.line for place in below), default=0)
        for number, column in enumerate(self._rows.columns):
            if not table.isColumnHidden(number):
                x, room = table.columnViewportPosition(number), table.columnWidth(number) - 2 * PAD
                self._paint_column(painter, number, column, x, room, first, places, tokens)
        for number, x, room, line in below:
            lower = [(y + first - PAD // 2 + (line - 1) * further, row) for y, row in places]
            self._paint_column(painter, number, self._rows.columns[number], x, room - 2 * PAD, further, lower, tokens)

    def _paint_column(
        self,
        painter: QPainter,
        number: int,
        column: Column,
        x: int,
        room: int,
        high: int,
        places: list[tuple[int, int]],
        tokens: Tokens,
    ) -> None:
        side = _RIGHT if column.right else _LEFT
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
