"""Asks for the password of a PDF; it is handed on once and kept nowhere."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from selfcare.i18n.words import Words
from selfcare.ui.theme import TEXT, font, text_scale

from .buttons import primary
from .flow import flow
from .labels import strong, text


class PaperLock(QWidget):
    """A field for the password and a button; the field is empty as soon as it was used."""

    tried = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 16)
        column.setSpacing(8)
        column.addWidget(strong(words.tr("This PDF asks for a password.")))
        self._said = text("", tone="quiet")
        column.addWidget(self._said)
        self.field = QLineEdit()
        self.field.setFont(font(TEXT))
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
        self.field.setAccessibleName(words.tr("Password of the PDF"))
        self.field.setMaxLength(127)
        self.field.setFixedWidth(round(240 * text_scale()))
        self.field.returnPressed.connect(self._try)
        self.button = primary(words.tr("Open"), self._try)
        column.addWidget(flow(self.field, self.button))
        column.addStretch(1)

    def ask(self, *, again: bool) -> None:
        """Ask for it; `again` says that the last one was wrong."""
        words = self._words
        if again:
            self._said.setText(words.tr("That was not the password of this PDF."))
        else:
            self._said.setText(words.tr("It is used once, to open the PDF now, and is kept nowhere."))
        self.field.clear()

    @Slot()
    def _try(self) -> None:
        password = self.field.text()
        self.field.clear()
        if password:
            self.tried.emit(password)
