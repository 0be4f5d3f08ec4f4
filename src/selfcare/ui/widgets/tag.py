"""Small tinted tags that say a status in words, so colour is never the only sign."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from selfcare.ui.theme import QUIET, font

from .labels import PlainLabel

PAD = 8
"""Pixels at either side of the words, as in the style sheet."""

Kind = Literal["neutral", "good", "warn", "bad", "accent"]


class Tag(PlainLabel):
    """A status in a few words. The kind picks the tint, the words carry the meaning."""

    def __init__(self, text: str, kind: str = "neutral", parent: QWidget | None = None, *, wraps: bool = True) -> None:
        """`kind` is "neutral", "good", "warn", "bad" or "accent". One that does not wrap is for a number."""
        super().__init__(text, parent, limit=120)
        self.setObjectName("tag")
        self.setProperty("kind", kind)
        made = font(QUIET - 0.5, bold=True)
        self.setFont(made)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(wraps)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """All on one line; where that is too wide it wraps."""
        metrics = QFontMetrics(self.font())
        wide, high = metrics.horizontalAdvance(self.text()) + 2 * PAD + 2, metrics.height() + 6
        return QSize(wide, max(high, self.heightForWidth(self.width())) if self.width() < wide else high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def show_status(self, text: str, kind: str = "neutral") -> None:
        """Say another status."""
        self.setText(text)
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
