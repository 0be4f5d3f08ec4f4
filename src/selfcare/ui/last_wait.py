"""Says in a small window that the program still ends something, where its window has gone and that takes a while."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout

from .widgets.labels import text

if TYPE_CHECKING:
    from selfcare.i18n.words import Words

SAY_AFTER = 1.0
"""Seconds until it is said."""


class LastWait:
    """The wait for the lanes, from its making until it is closed. On the screen's thread, whose loop has ended. Without
    words nothing is said."""

    def __init__(self, words: Words | None) -> None:
        self._words = words
        self._since = monotonic()
        self.box: QDialog | None = None

    def turn(self) -> None:
        """It is still waited: say so once that takes long, and keep the word on the screen."""
        if self._words is None or monotonic() - self._since < SAY_AFTER:
            return
        if self.box is None:
            self.box = last_box(self._words)
            self.box.show()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def close(self) -> None:
        """It is over."""
        if self.box is not None:
            self.box.close()
            self.box.deleteLater()
            self.box = None


def last_box(words: Words) -> QDialog:
    """The small window. It has no button: nothing can be done but wait, and that not for long."""
    box = QDialog()
    box.setWindowTitle(words.tr("Selfcare"))
    column = QVBoxLayout(box)
    column.setContentsMargins(24, 24, 24, 24)
    column.addWidget(text(words.tr("One moment: Selfcare ends what it has begun, such as a sign-in, and closes then.")))
    return box
