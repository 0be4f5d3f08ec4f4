"""Bars over time for people who would rather look than read, with the same figures as a table beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from selfcare.ui.theme import QUIET, font, tokens_in_use

from .buttons import link
from .drawn import Drawn
from .labels import quiet, set_description, set_name, visible

if TYPE_CHECKING:
    from selfcare.i18n.words import Words
    from selfcare.viewmodel.bars import Bar, BarsView

    from .table import DataTable

MONTHS_BELOW = 4
"""Pixels between the bars and the months below them."""


class BarChart(Drawn):
    """Bars side by side. Arrow keys walk over them; what each says is shown and read out."""

    chosen = Signal(str)

    def __init__(self, name: str, high: int = 72, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._usual, self._usual_at = "", 0.0
        self._at = -1
        self._high = high
        self._metrics = QFontMetrics(font(QUIET))
        self._name = name
        set_name(self, name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def show_bars(self, bars: Sequence[Bar], description: str = "") -> None:
        """Show these bars; `description` says in one sentence what they show."""
        self._bars = tuple(bars)
        self._at = -1
        set_description(self, description)
        self.update()

    def show_usual(self, amount: str, at: float) -> None:
        """Mark what is usual by a thin line at a height, 0 to 1, with its amount beside it; "" marks none."""
        self._usual, self._usual_at = visible(amount, 40), at
        self.update()

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What is shown."""
        return self._bars

    def sizeHint(self) -> QSize:
        """Wide, and as high as asked for with the months below."""
        return QSize(240, self._high + MONTHS_BELOW + self._metrics.height())

    def minimumSizeHint(self) -> QSize:
        """It may be squeezed sideways."""
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars, right-to-left where the language is."""
        tokens = tokens_in_use()
        colours = {"usual": tokens.bar, "now": tokens.accent, "odd": tokens.bad, "bad": tokens.bad}
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, bar in enumerate(self._bars):
            box = self._box(number)
            if bar.kind == "missing":
                painter.setPen(QPen(QColor(tokens.warn), 1, Qt.PenStyle.DashLine))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
                continue
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.get(bar.kind, tokens.bar)))
            painter.drawRoundedRect(box, 2, 2)
            if bar.kind in {"odd", "bad"}:
                self._mark(painter, box, is_cut=bar.kind == "bad")
            if number == self._at:
                painter.setPen(QPen(QColor(tokens.focus), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 3, 3)
        if self._bars:
            self._draw_scale(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            around = self._placed(0, 0, self._across(), self._foot() + 3)  # the words beside it are left whole
            painter.drawRect(around.adjusted(1, 1, -1, -1))

    def _draw_scale(self, painter: QPainter) -> None:
        """The first and the last month below, and what is usual."""
        ink = QColor(tokens_in_use().quiet)
        painter.setFont(font(QUIET))
        painter.setPen(ink)
        wide, high = self._across(), self._metrics.height()
        first, last = visible(self._bars[0].label, 40), visible(self._bars[-1].label, 40)
        starts, ends = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if self._is_mirrored():
            starts, ends = ends, starts
        starts, ends = starts | Qt.AlignmentFlag.AlignAbsolute, ends | Qt.AlignmentFlag.AlignAbsolute
        below = self._placed(0, self.height() - high, wide, high)
        if sum(map(self._metrics.horizontalAdvance, (first, last))) + 8 <= wide:
            painter.drawText(below, starts, first)
        painter.drawText(below, ends, last)
        if self._usual and wide < self.width():
            y = self._foot() - max(2.0, (self._foot() - 2) * min(1.0, self._usual_at))
            painter.drawText(self._placed(wide, y - high / 2, self.width() - wide, high), ends, self._usual)
            line = self._placed(0, y, wide, 0)
            painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine))
            painter.drawLine(line.topLeft(), line.topRight())

    def _across(self) -> float:
        """The width that the bars have: that of the picture without the amount beside them, if there is room for it."""
        beside = self._metrics.horizontalAdvance(self._usual) + 8 if self._usual else 0
        return float(self.width() - beside if self.width() >= 3 * beside else self.width())

    def _foot(self) -> float:
        """Where the bars stand."""
        return float(self.height() - MONTHS_BELOW - self._metrics.height())

    def _placed(self, x: float, y: float, wide: float, high: float) -> QRectF:
        return QRectF(self.width() - x - wide if self._is_mirrored() else x, y, wide, high)

    def _is_mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _mark(self, painter: QPainter, box: QRectF, *, is_cut: bool) -> None:
        """A strange bar is hatched, so that it is seen without colour too; one that is cut off has a peak."""
        tokens = tokens_in_use()
        painter.setBrush(QBrush(QColor(tokens.card), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(box, 2, 2)
        painter.setPen(QPen(QColor(tokens.bad), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 2, 2)
        if not is_cut:
            return
        middle, half = box.center().x(), max(4.0, box.width() / 2)
        peak = QPolygonF([QPointF(middle - half, box.top() + 9), QPointF(middle + half, box.top() + 9),
                          QPointF(middle, box.top())])  # fmt: skip
        painter.setPen(QPen(QColor(tokens.card), 1))
        painter.setBrush(QColor(tokens.bad))
        painter.drawPolygon(peak)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk from bar to bar, Enter opens what a bar stands for."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and self._bars:
            self._at = max(0, min(len(self._bars) - 1, self._at + step if self._at >= 0 else len(self._bars) - 1))
            self._say(self.mapToGlobal(self._box(self._at).topLeft().toPoint()))
            self.update()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at >= 0:
            self._choose(self._at)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens what a bar stands for."""
        number = self._number_at(event.position().x())
        if number >= 0:
            self._choose(number)

    def event(self, event: QEvent) -> bool:
        """Say what a bar stands for while the mouse rests on it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._at = self._number_at(event.pos().x())
            if self._at >= 0:
                self._say(event.globalPos())
            return True
        return super().event(event)

    def _choose(self, number: int) -> None:
        if self._bars[number].key:
            self.chosen.emit(self._bars[number].key)

    def _say(self, where: QPoint) -> None:
        bar = self._bars[self._at]
        words = visible(", ".join(part for part in (bar.label, bar.value, bar.said) if part), 120)
        set_name(self, f"{self._name}. {words}")
        show_hint(where, words, self)

    def _number_at(self, x: float) -> int:
        if not self._bars:
            return -1
        if self._is_mirrored():
            x = self.width() - x
        return max(0, min(len(self._bars) - 1, int(x / (self._across() / len(self._bars)))))

    def _box(self, number: int) -> QRectF:
        room = self._across() / max(1, len(self._bars))
        wide = max(2.0, min(22.0, room * 0.66))
        high = max(2.0, (self._foot() - 2) * min(1.0, max(0.0, self._bars[number].height)))
        return self._placed(number * room + (room - wide) / 2, self._foot() - high, wide, high)


class ChartPanel(QWidget):
    """A chart with a button that shows the same figures as a table."""

    def __init__(
        self, name: str, words: Words, heads: tuple[str, str], high: int = 72, title: QWidget | None = None
    ) -> None:
        """`heads` are the titles of the table's two columns; `title` stands above."""
        super().__init__()
        self._words = words
        self.chart = BarChart(name, high)
        self._name, self._heads = name, heads
        self._table: DataTable | None = None
        self._button = link(words.tr("Show as a table"), self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._column = column
        self._caption = quiet("")
        self._head = QHBoxLayout()
        self._head.setSpacing(16)
        if title is not None:
            self._head.addWidget(title, 1)
            column.addLayout(self._head)
        column.addWidget(self.chart)
        self._place = column.count()
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self._caption, 1)
        foot.addWidget(self._button)
        column.addLayout(foot)

    def more(self, words: str, on_click: Callable[[], object]) -> None:
        """One more way on, beside the title."""
        self._head.addWidget(link(words, on_click))

    def show_bars(self, bars: Sequence[Bar], description: str = "") -> None:
        """Show these bars, in both forms."""
        self.chart.show_bars(bars, description)
        self._fill()

    def show_view(self, view: BarsView) -> None:
        """Show bars with their caption and what is usual."""
        self.show_bars(view.bars, view.described)
        self.chart.show_usual(view.usual, view.usual_at)
        self.caption(view.caption)

    def caption(self, words: str) -> None:
        """A quiet sentence below the bars."""
        self._caption.setText(words)

    def _turn(self) -> None:
        as_table = self._table is None or self._table.isHidden()
        table = self._fill(make=True)
        if table is not None:
            table.setVisible(as_table)
        self.chart.setVisible(not as_table)
        self._button.say(self._words.tr("Show as a picture") if as_table else self._words.tr("Show as a table"))

    def _fill(self, *, make: bool = False) -> DataTable | None:
        """The table with the bars' figures, the newest first; it is made when it is first asked for."""
        if self._table is None and not make:
            return None
        from .table import Column, DataTable, row

        if self._table is None:
            columns = (Column(self._heads[0], stretch=True), Column(self._heads[1], right=True))
            self._table = DataTable(columns, self._name, bare=True)
            self._column.insertWidget(self._place, self._table)
        self._table.show_rows([row(b.key, b.label, _said(b, self._words)) for b in reversed(self.chart.bars)])
        self._table.setFixedHeight(min(self._table.whole_height(), 320))
        return self._table


def _said(bar: Bar, words: Words) -> str:
    """What a bar says in the table: also that it is strange, which the picture says by its shape."""
    return words.tr("{amount} · {said}", amount=bar.value, said=bar.said) if bar.said else bar.value


def show_hint(where: QPoint, words: str, widget: QWidget) -> None:
    """Say something under the pointer, cut where it is long; what Qt would take for markup stands with other signs."""
    QToolTip.setFont(font(QUIET))
    QToolTip.showText(where, visible(words, 200).replace("<", "‹").replace("&", "+"), widget)
