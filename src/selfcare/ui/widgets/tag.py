"""Small tinted tags that say a status in words, so colour is never the only sign."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from selfcare.ui.theme import QUIET, font

from .labels import PlainLabel

Kind = Literal["neutral", "good", "warn", "bad", "accent"]


class Tag(PlainLabel):
    """A status in a few words. The kind picks the tint, the words carry the meaning."""

    def __init__(self, text: str, kind: str = "neutral", parent: QWidget | None = None) -> None:
        """`kind` is "neutral", "good", "warn", "bad" or "accent"."""
        super().__init__(text, parent, limit=120)
        self.setObjectName("tag")
        self.setProperty("kind", kind)
        made = font(QUIET - 0.5, bold=True)
        self.setFont(made)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_status(self, text: str, kind: str = "neutral") -> None:
        """Say another status."""
        self.setText(text)
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
