"""Says in a small window why the program does not open: it is open already, or it cannot begin here."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout

from selfcare.ui.theme import Theme
from selfcare.ui.widgets.buttons import plain
from selfcare.ui.widgets.labels import text

if TYPE_CHECKING:
    from selfcare.i18n.words import Words


def already_open_words(words: Words, *, in_tray: bool = False) -> str:
    """That the program is open, and where to look for it; `in_tray`: it may have no window just now."""
    if in_tray:
        return words.tr("Selfcare is already open. Look for its window, or for its sign in the tray.")
    return words.tr("Selfcare is already open. Look for its window.")


def already_open_box(words: Words, *, in_tray: bool = False) -> QDialog:
    """That it is open, in a small window of its own."""
    return sentence_box(words, already_open_words(words, in_tray=in_tray))


def sentence_box(words: Words, sentence: str) -> QDialog:
    """A sentence in a small window of its own."""
    box = QDialog()
    box.setWindowTitle(words.tr("Selfcare"))
    column = QVBoxLayout(box)
    column.setContentsMargins(24, 24, 24, 24)
    column.setSpacing(16)
    column.addWidget(text(sentence))
    column.addWidget(plain(words.tr("Close"), box.accept))
    return box


def tell_already_open(words: Words, look: str, *, in_tray: bool = False) -> None:
    """Show that it is open until the window is closed."""
    tell(words, look, already_open_words(words, in_tray=in_tray))


def tell(words: Words, look: str, sentence: str) -> None:
    """Show a sentence until its window is closed."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("Selfcare")
    theme = Theme(application, look)
    sentence_box(words, sentence).exec()
    theme.deleteLater()
