"""A field for a text of several lines that the customer writes."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QPlainTextEdit

from selfcare.domain.commands import LONGEST_TEXT
from selfcare.i18n.words import Words
from selfcare.ui.speaking import announce
from selfcare.ui.widgets.chart import show_hint
from selfcare.ui.widgets.labels import prefilled


class WritingField(QPlainTextEdit):
    """A text of several lines; Tab leaves it. Of what is pasted or dropped it takes as much as may be sent, and says
    so where that is not all."""

    def __init__(self, words: Words, content: str = "") -> None:
        super().__init__(prefilled(content))
        self._words = words
        self.setTabChangesFocus(True)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Qt calls this for what is pasted or dropped."""
        cursor = self.textCursor()
        taken = cursor.selectionEnd() - cursor.selectionStart()
        room = max(LONGEST_TEXT - (self.document().characterCount() - 1 - taken), 0)
        pasted = source.text()
        if len(pasted) <= room:
            super().insertFromMimeData(source)
            return
        cursor.insertText(pasted[:room])
        self.ensureCursorVisible()
        most = self._words.number(LONGEST_TEXT)
        cut = self._words.tr("Not all of it fits: a text has {count} characters at most.", count=most)
        show_hint(self.mapToGlobal(self.cursorRect().bottomLeft()), cut, self)
        announce(self, cut, at_once=True)
