"""Rows of bars for people who would rather look than read, told apart by their filling, with a table beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from selfcare.ui.theme import QUIET, TEXT, font, tokens_in_use

from .buttons import link
from .drawn import Drawn
from .labels import quiet, set_description, set_name, strong, visible

if TYPE_CHECKING:
    from selfcare.i18n.words import Words
    from selfcare.viewmodel.pictures import PictureRow, PictureView

    from .table import DataTable

HIGH, GAP = 14, 4
NAMES = 0.34
"""The part of the width that names may take."""


class RowsChart(Drawn):
    """One row a charge: its name, its bars, its figures. Arrow keys walk over them; each is read out."""

    def __init__(self, view: PictureView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self._at = -1
        set_name(self, view.title)
        set_description(self, view.described)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._metrics = QFontMetrics(font(TEXT))

    @property
    def _row_high(self) -> int:
        bars = len(self.view.series) * (max(HIGH, self._metrics.height()) + GAP)
        return bars + 10

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(480, self._row_high * len(self.view.rows) + 4)

    def minimumSizeHint(self) -> QSize:
        """It may be squeezed sideways."""
        return QSize(240, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names, bars and figures; the first of a row is filled, the second hatched."""
        tokens = tokens_in_use()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(TEXT))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        values = max((self._metrics.horizontalAdvance(v) for r in self.view.rows for v in r.values), default=0) + 12
        names = min(round(self.width() * NAMES), max(map(self._name_width, self.view.rows), default=0) + 14)
        room = max(24, self.width() - names - values)
        line = max(HIGH, self._metrics.height()) + GAP
        for number, one in enumerate(self.view.rows):
            top = number * self._row_high + 4
            if number == self._at and self.hasFocus():
                painter.fillRect(0, top - 2, self.width(), self._row_high - 4, QColor(tokens.accent_tint))
            painter.setPen(QColor(tokens.ink))
            label = self._metrics.elidedText(visible(one.label, 80), Qt.TextElideMode.ElideRight, names - 12)
            painter.drawText(self._placed(0, top, names - 12, line, mirrored), _at_side(right=mirrored), label)
            for place, (part, value) in enumerate(zip(one.parts, one.values, strict=True)):
                y = top + place * line
                box = self._placed(names, y + (line - HIGH) / 2, max(1.5, room * part), HIGH, mirrored)
                painter.setPen(QPen(QColor(tokens.accent), 1.2))
                filling = Qt.BrushStyle.SolidPattern if place == 0 else Qt.BrushStyle.BDiagPattern
                painter.setBrush(QBrush(QColor(tokens.accent), filling))
                if part > 0:
                    painter.drawRoundedRect(box, 2, 2)
                painter.setPen(QColor(tokens.ink if place == 0 else tokens.quiet))
                where = self._placed(self.width() - values, y, values, line, mirrored)
                painter.drawText(where, _at_side(right=not mirrored), value)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            around = self._placed(
                names - 6, 0, room + 10, self.height(), mirrored
            )  # the words beside it are left whole
            painter.drawRect(around.adjusted(1, 1, -1, -1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk from row to row."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if not step or not self.view.rows:
            super().keyPressEvent(event)
            return
        self._at = max(0, min(len(self.view.rows) - 1, self._at + step))
        one = self.view.rows[self._at]
        said = ". ".join(f"{name}, {value}" for name, value in zip(self.view.series, one.values, strict=True))
        set_name(self, f"{self.view.title}. {one.label}. {said}")
        self.update()

    def _name_width(self, row: PictureRow) -> int:
        return self._metrics.horizontalAdvance(visible(row.label, 80))

    def _placed(self, x: float, y: float, wide: float, high: float, mirrored: bool) -> QRectF:
        return QRectF(self.width() - x - wide if mirrored else x, y, wide, high)


def _at_side(*, right: bool) -> Qt.AlignmentFlag:
    """The side meant as it is said: a painter of a right-to-left program would turn it once more."""
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


class RowsPanel(QWidget):
    """A picture of rows with its title, what its fillings mean, and a button that shows the same as a table."""

    def __init__(self, view: PictureView, words: Words) -> None:
        super().__init__()
        self._view, self._words = view, words
        self.chart = RowsChart(view)
        self._table: DataTable | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(strong(view.title))
        self._column.addWidget(self.chart)
        foot = QHBoxLayout()
        legend = ""
        if len(view.series) > 1:
            legend = words.tr("Filled: {first}. Hatched: {second}.", first=view.series[0], second=view.series[1])
        note = quiet(legend)
        note.setFont(font(QUIET))
        foot.addWidget(note, 1)
        self._button = link(words.tr("Show as a table"), self._turn)
        foot.addWidget(self._button)
        self._column.addLayout(foot)

    def _turn(self) -> None:
        from .table import Column, DataTable, row

        if self._table is None:
            heads = (Column(self._words.tr("For"), stretch=True), *(Column(s, right=True) for s in self._view.series))
            self._table = DataTable(heads, self._view.title, bare=True)
            self._table.show_rows([row(str(n), r.label, *r.values) for n, r in enumerate(self._view.rows)])
            self._table.setFixedHeight(min(self._table.whole_height(), 420))
            self._table.hide()
            self._column.insertWidget(2, self._table)
        as_table = self._table.isHidden()
        self._table.setVisible(as_table)
        self.chart.setVisible(not as_table)
        self._button.say(self._words.tr("Show as a picture") if as_table else self._words.tr("Show as a table"))
