"""A new date that was named for a promise."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QDateEdit, QLineEdit, QWidget

from selfcare.case.notebook import Word
from selfcare.i18n.words import Words
from selfcare.ui.pages.pieces import named
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.labels import set_name


class PromiseDialog(FactsDialog):
    """One day; the date that stood before stays in the case file."""

    chapter = "promise"

    def __init__(self, parent: QWidget | None, words: Words, word: Word, today: date) -> None:
        super().__init__(
            parent,
            words,
            title=words.tr("A new date was named"),
            question=words.tr("The date before is kept: everybody can see that it was moved."),
            facts=[(words.tr("What was promised"), word.said)],
            confirm=words.tr("Keep"),
        )
        given = word.given.date()
        self.field = QDateEdit(QDate(today.year, today.month, today.day))
        self.field.setMinimumDate(QDate(given.year, given.month, given.day))
        label = words.tr("The new day")
        for inner in self.field.findChildren(QLineEdit):
            set_name(inner, label)
        self.field.setLocale(QLocale(words.locale))
        self.field.setDisplayFormat(words.field_pattern)
        self.field.setCalendarPopup(True)
        self.body.addWidget(named(label, self.field))
        self.field.setFocus()

    def day(self) -> date:
        """The day that was named."""
        chosen = self.field.date()
        return date(chosen.year(), chosen.month(), chosen.day())
