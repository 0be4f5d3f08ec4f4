"""Shows the help for where the customer stands: the key F1 on any window, and a link on questions of some length."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from selfcare.i18n.words import Words

from .buttons import Button, link
from .dialog import FactsDialog
from .facts import FactList
from .labels import strong, text

if TYPE_CHECKING:
    from selfcare.viewmodel.handbook import HandbookView

KEY = "F1"


class HandbookDialog(FactsDialog):
    """One page of help. Its window is called Help and nothing more: a title is seen by whoever passes."""

    has_help = False

    def __init__(self, parent: QWidget | None, words: Words, view: HandbookView) -> None:
        super().__init__(parent, words, title=view.title, cancel=view.close)
        self.setWindowTitle(words.tr("Help"))
        self.confirm_button.hide()
        for part in view.parts:
            self.body.addWidget(strong(part.name))
            self.body.addWidget(text(part.value))
        self.body.addWidget(strong(view.keys_title))
        rows = FactList()
        for key in view.keys:
            said = rows.add(key.name, key.value, plain_label=True)
            said.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.body.addWidget(rows)

    def showEvent(self, event: object) -> None:
        """Enter closes it."""
        super().showEvent(event)
        self.cancel_button.setFocus()


def show_help(over: QWidget, words: Words, chapter: str) -> HandbookDialog:
    """Open a page of help over a window; what is below waits, and stays as it is."""
    from selfcare.viewmodel.handbook import handbook_view

    dialog = HandbookDialog(over.window(), words, handbook_view(chapter, words))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def show_news(over: QWidget, words: Words, seen: str = "") -> FactsDialog:
    """Show what is new since the version that was seen last, over a window."""
    from selfcare.viewmodel.news import news_view

    view = news_view(words, seen)
    dialog = FactsDialog(over.window(), words, title=view.title, cancel=view.close)
    dialog.confirm_button.hide()
    for name, sentences in view.releases:
        dialog.body.addWidget(strong(name))
        for sentence in sentences:
            dialog.body.addWidget(_point(sentence))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _point(said: str) -> QWidget:
    """One thing of a list; its second line stands below its first word."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(text("•"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(text(said), 1)
    return box


def answer_f1(window: QWidget, words: Callable[[], Words], chapter: Callable[[], str]) -> None:
    """Let F1 show the help on a window; which one is asked when the key is pressed."""
    shortcut = QShortcut(QKeySequence(KEY), window)
    shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
    shortcut.activated.connect(lambda: show_help(window, words(), chapter()))


def help_link(dialog: QDialog, words: Words, chapter: str) -> Button:
    """A link beside the buttons of a question, and F1, which it names."""
    answer_f1(dialog, lambda: words, lambda: chapter)
    button = link(words.tr("Help (F1)"), lambda: show_help(dialog, words, chapter))
    button.setAccessibleName(words.tr("Help"))
    return button
