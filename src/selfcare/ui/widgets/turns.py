"""A ticket's course as one bar from left to right: whose turn it was, where promises lay, and the silence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from selfcare.domain.records import Struct
from selfcare.ui.theme import text_scale, tokens_in_use

from .chart import show_hint
from .labels import set_description, set_name


class Stretch(Struct, frozen=True):
    """A piece of the bar from `begins` to `ends`, 0 to 1; `tone` is "accent", "warn", "bad", "good" or "neutral"."""

    begins: float
    ends: float
    tone: str
    label: str


class Pin(Struct, frozen=True):
    """A moment on the bar, 0 to 1."""

    at: float
    tone: str
    label: str


class TurnBar(QWidget):
    """The bar with its pins. Everything on it is also said in words beside it and to a screen reader."""

    def __init__(self, name: str, spoken: str, stretches: Sequence[Stretch], pins: Sequence[Pin]) -> None:
        super().__init__()
        self._stretches, self._pins = tuple(stretches), tuple(pins)
        set_name(self, name)
        set_description(self, spoken)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(round(40 * text_scale()))

    def event(self, event: QEvent) -> bool:
        """Say what is under the pointer."""
        if isinstance(event, QHelpEvent):
            show_hint(event.globalPos(), self._said_at(event.pos().x()), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the stretches, hatch the silence, then a pin for each moment."""
        tokens = tokens_in_use()
        inks = {"accent": tokens.accent, "warn": tokens.warn, "bad": tokens.bad, "good": tokens.good}
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = 14.0 * text_scale()
        top = (self.height() - high) / 2
        for one in self._stretches:
            left, right = self._x(one.begins), self._x(one.ends)
            box = QRectF(min(left, right), top, max(2.0, abs(right - left)), high)
            ink = QColor(inks.get(one.tone, tokens.line))
            painter.setPen(Qt.PenStyle.NoPen)
            if one.tone == "bad":
                painter.setBrush(QColor(tokens.card))
                painter.drawRect(box)
                painter.setPen(QPen(ink, 1))
                painter.setBrush(QBrush(ink, Qt.BrushStyle.BDiagPattern))
                painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
            else:
                painter.setBrush(ink)
                painter.drawRect(box)
        for pin in self._pins:
            x = self._x(pin.at)
            ink = QColor(inks.get(pin.tone, tokens.ink))
            painter.setPen(QPen(ink, 2))
            painter.drawLine(QPointF(x, top - 8), QPointF(x, top + high + 8))
            painter.setPen(QPen(QColor(tokens.card), 1.5))
            painter.setBrush(ink)
            painter.drawEllipse(QPointF(x, top - 7), 5, 5)

    def _said_at(self, x: float) -> str:
        near = [pin.label for pin in self._pins if abs(self._x(pin.at) - x) < 8]
        on = [
            one.label for one in self._stretches if min(self._x(one.begins), self._x(one.ends)) <= x
            and x <= max(self._x(one.begins), self._x(one.ends))
        ]  # fmt: skip
        return "\n".join([*near, *on[:1]])

    def _x(self, at: float) -> float:
        at = 1.0 - at if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else at
        return 8.0 + (self.width() - 16.0) * min(1.0, max(0.0, at))
