"""The picture of what leaving costs over time: a falling line with its amounts, the end, the chosen day."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from selfcare.ui.theme import QUIET, font, text_scale, tokens_in_use
from selfcare.ui.widgets.labels import set_description, set_name
from selfcare.viewmodel.leaving_cost_picture import CostPicture

_HIGH = 116
_SIDE, _TOP, _FOOT, _GAP = 8.0, 22.0, 24.0, 8.0


class CostCourse(QWidget):
    """Draws one picture; what it shows is read out as one sentence. Two readings make a band, not a line."""

    def __init__(self, name: str, picture: CostPicture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = picture
        set_name(self, name)
        set_description(self, picture.spoken)
        self.setToolTip("")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Wide, and high enough for its words."""
        return QSize(240, round(_HIGH * text_scale()))

    def minimumSizeHint(self) -> QSize:
        """It may be squeezed sideways."""
        return QSize(120, round(_HIGH * text_scale()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The band, the line, the end, the mark, and the first and last month below."""
        tokens, picture = tokens_in_use(), self._picture
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lows = [self._at(x, a) for x, a, _ in picture.points]
        highs = [self._at(x, b) for x, _, b in picture.points]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent_tint))
        painter.drawPolygon(QPolygonF([*highs, *reversed(lows)]))
        base = self._at(0, 0).y()
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(QPointF(self._at(0, 0).x(), base + 4), QPointF(self._at(1, 0).x(), base + 4))
        if picture.end_x is not None:
            self._draw_end(painter, picture.end_x, base)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.accent), 1.2, Qt.PenStyle.DotLine))
        painter.drawPolyline(QPolygonF(lows))
        painter.setPen(QPen(QColor(tokens.accent), 2))
        painter.drawPolyline(QPolygonF(highs))
        self._draw_amounts(painter, base)
        painter.setPen(QPen(QColor(tokens.card), 1.5))
        painter.setBrush(QColor(tokens.accent))
        if picture.mark is not None:
            painter.drawEllipse(self._at(*picture.mark), 5, 5)
        self._draw_foot(painter)

    def _draw_end(self, painter: QPainter, end_x: float, base: float) -> None:
        tokens, x = tokens_in_use(), self._at(end_x, 0).x()
        painter.setPen(QPen(QColor(tokens.quiet), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, 4), QPointF(x, base + 4))
        small = font(QUIET - 1)
        painter.setFont(small)
        painter.setPen(QColor(tokens.quiet))
        wide = QFontMetrics(small).horizontalAdvance(self._picture.end_label) + 2
        left = x + 6 if x + 6 + wide <= self.width() else x - 6 - wide
        painter.drawText(QRect(round(left), 0, wide, 18), Qt.AlignmentFlag.AlignVCenter, self._picture.end_label)

    def _draw_amounts(self, painter: QPainter, base: float) -> None:
        """The dearest day's amount at the top, no money at the foot; beside the picture, where the reading begins."""
        small = font(QUIET - 1)
        painter.setFont(small)
        painter.setPen(QColor(tokens_in_use().quiet))
        high, wide = QFontMetrics(small).height(), round(self._margin - _SIDE - _GAP)
        left = self.width() - round(_SIDE) - wide if self._turned else round(_SIDE)
        side = Qt.AlignmentFlag.AlignLeft if self._turned else Qt.AlignmentFlag.AlignRight
        for said, y in ((self._picture.top_label, self._at(0, 1).y()), (self._picture.zero_label, base)):
            box = QRect(left, round(y - high / 2), wide, high)
            painter.drawText(box, side | Qt.AlignmentFlag.AlignAbsolute, said)

    @property
    def _margin(self) -> float:
        """How far the picture stands from the side where its amounts are."""
        small = QFontMetrics(font(QUIET - 1))
        wide = max(small.horizontalAdvance(said) for said in (self._picture.top_label, self._picture.zero_label))
        return _SIDE + wide + 2 + _GAP

    def _draw_foot(self, painter: QPainter) -> None:
        small = font(QUIET - 1)
        painter.setFont(small)
        painter.setPen(QColor(tokens_in_use().quiet))
        high = QFontMetrics(small).height()
        start = _SIDE if self._turned else self._margin
        box = QRect(round(start), self.height() - high, self.width() - round(_SIDE + self._margin), high)
        first, last = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if self._turned:
            first, last = last, first
        as_said = Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(box, first | as_said, self._picture.first_label)
        painter.drawText(box, last | as_said, self._picture.last_label)

    @property
    def _turned(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _at(self, x: float, y: float) -> QPointF:
        """A place of the picture in pixels; right-to-left languages read time the other way."""
        wide, high = self.width() - _SIDE - self._margin, self.height() - _TOP - _FOOT * text_scale() - 4
        across = 1 - x if self._turned else x
        return QPointF((_SIDE if self._turned else self._margin) + across * wide, _TOP + (1 - min(1.0, y)) * high)
