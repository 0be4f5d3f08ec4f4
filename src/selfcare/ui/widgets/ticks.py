"""A box to tick and a circle to choose, drawn so that they are seen in every look, with their words beside them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from selfcare.ui.theme import text_scale, tokens_in_use

from .labels import set_description, set_name, set_tone, strong, text


class Tick(QCheckBox):
    """A box to tick, drawn in the program's own colours so that it is seen in every look."""

    def sizeHint(self) -> QSize:
        """As large as the text, with room for the ring of the focus."""
        side = round(22 * text_scale())
        return QSize(side, side)

    def hitButton(self, pos: QPoint) -> bool:
        """All of it can be clicked."""
        return self.rect().contains(pos)

    def changeEvent(self, event: QEvent) -> None:
        """The words beside it look as it does."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and isinstance(row := self.parentWidget(), TickedRow):
            row.follow()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box and its tick."""
        painter = QPainter(self)
        box = _indicator(painter, self)
        painter.drawRoundedRect(box, 4, 4)
        if self.isChecked():
            _tick(painter, box)


class OneOf(QRadioButton):
    """One of several, drawn in the program's own colours."""

    def sizeHint(self) -> QSize:
        """As large as the text, with room for the ring of the focus."""
        side = round(22 * text_scale())
        return QSize(side, side)

    def hitButton(self, pos: QPoint) -> bool:
        """All of it can be clicked."""
        return self.rect().contains(pos)

    def changeEvent(self, event: QEvent) -> None:
        """The words beside it look as it does."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and isinstance(row := self.parentWidget(), TickedRow):
            row.follow()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The circle and its dot."""
        painter = QPainter(self)
        box = _indicator(painter, self)
        painter.drawEllipse(box)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens_in_use().on_accent))
            painter.drawEllipse(box.center(), box.width() / 5, box.width() / 5)


def _indicator(painter: QPainter, button: QAbstractButton) -> QRectF:
    """Set the colours for a box or circle, draw the ring of the focus, and say where it stands."""
    tokens = tokens_in_use()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(button.rect()).adjusted(3, 3, -3, -3)
    if button.hasFocus():
        painter.setPen(QPen(QColor(tokens.focus), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 6, 6)
    if not button.isEnabled():
        painter.setPen(QPen(QColor(tokens.quiet), 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(tokens.quiet if button.isChecked() else tokens.ground))
        return box
    painter.setPen(QPen(QColor(tokens.accent if button.isChecked() else tokens.quiet), 1.5))
    painter.setBrush(QColor(tokens.accent if button.isChecked() else tokens.card))
    return box


def _tick(painter: QPainter, box: QRectF) -> None:
    painter.setPen(QPen(QColor(tokens_in_use().on_accent), 2))
    x, y, s = box.center().x(), box.center().y(), box.width() / 18
    painter.drawPolyline([QPointF(x - 4 * s, y), QPointF(x - s, y + 3 * s), QPointF(x + 4.5 * s, y - 3.5 * s)])


class TickedRow(QWidget):
    """A button with its words beside it, wrapped; a click anywhere on the row counts."""

    def __init__(self, button: QAbstractButton, name: str, label: str, more: str) -> None:
        super().__init__()
        self.button = button
        button.setObjectName(name)
        set_name(button, label)
        set_description(button, more)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(10)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        self._label = strong(label)
        column.addWidget(self._label)
        if more:
            column.addWidget(text(more, tone="quiet"))
        row.addLayout(column, 1)
        self.follow()

    def follow(self) -> None:
        """Look as the button does, which can be pressed or not."""
        can = self.button.isEnabled()
        set_tone(self._label, "" if can else "quiet")
        self.setCursor(Qt.CursorShape.PointingHandCursor if can else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The words are part of the button."""
        if event.type() == QEvent.Type.MouseButtonRelease and self.rect().contains(event.position().toPoint()):
            self.button.click()
