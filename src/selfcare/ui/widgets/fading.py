"""The lower end of what scrolls inside a page: it fades, so that a line cut there is seen to go on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from selfcare.ui.theme import tokens_in_use

HIGH = 24
"""Pixels over which it fades."""


class FadedFoot(QWidget):
    """Lies over the foot of a scrolled area while there is more below; the mouse goes through it.

    The area tells it to `follow` when it has another size.
    """

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.verticalScrollBar().valueChanged.connect(self.follow)
        area.verticalScrollBar().rangeChanged.connect(self.follow)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Lie at the foot of the area, whose size may be another; seen only where there is more below."""
        seen, bar = self._area.viewport().geometry(), self._area.verticalScrollBar()
        self.setGeometry(seen.left(), seen.bottom() + 1 - HIGH, seen.width(), HIGH)
        self.setVisible(bar.value() < bar.maximum())
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """From nothing to the ground of the page."""
        ground = QColor(tokens_in_use().ground)
        clear = QColor(ground)
        clear.setAlpha(0)
        fade = QLinearGradient(0, 0, 0, HIGH)
        fade.setColorAt(0, clear)
        fade.setColorAt(1, ground)
        QPainter(self).fillRect(self.rect(), fade)
