"""The head of every page: its title, the quiet sentence below it, small ways on behind that, and what stands beside."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from selfcare.ui.widgets.flow import FlowLayout, flow
from selfcare.ui.widgets.labels import text, title
from selfcare.ui.widgets.turning import Turning


class PageHead(Turning):
    """The title at the left; `beside` are filters and buttons at its right, or below it where it is narrow."""

    def __init__(self) -> None:
        main, holder = QWidget(), QWidget()
        super().__init__(main, holder, at=Qt.AlignmentFlag.AlignBottom)
        main.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._words = QVBoxLayout(main)
        self._words.setContentsMargins(0, 0, 0, 0)
        self._words.setSpacing(4)
        self.title = title("")
        self.below = text("", tone="quiet")
        self.below.setVisible(False)
        self._words.addWidget(self.title)
        self._words.addWidget(self.below)
        self.beside = FlowLayout(holder)

    def say(self, words: str, below: str) -> None:
        """The title, and the quiet sentence below it."""
        self.title.setText(words)
        self.below.setText(below)
        self.below.setVisible(bool(below))

    def add_links(self, *links: QWidget) -> None:
        """Small ways on behind the sentence; they keep its line while it is not known."""
        self._words.removeWidget(self.below)
        self._words.addWidget(flow(self.below, *links, gap=16))
