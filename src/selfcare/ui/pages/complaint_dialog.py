"""The days of a complaint: when it was first made, answered, brought to a deadlock, taken further."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QDateEdit, QLineEdit, QWidget

from selfcare.domain.complaints import Complaint
from selfcare.domain.records import replace
from selfcare.i18n.words import Words
from selfcare.ui.pages.pieces import named
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.labels import prefilled, set_name
from selfcare.viewmodel.case_complaint import complaint_fields

_OPEN = QDate(2000, 1, 1)


class ComplaintDialog(FactsDialog):
    """One field for each day that counts in the country; a day left open has not come."""

    chapter = "complaint"

    def __init__(self, parent: QWidget | None, words: Words, complaint: Complaint, country: str, today: date) -> None:
        super().__init__(
            parent,
            words,
            title=words.tr("The days of your complaint"),
            question=words.tr("Every step is counted from these days. Leave open what has not happened."),
            confirm=words.tr("Keep"),
        )
        self._complaint = complaint
        self.days: dict[str, QDateEdit] = {}
        self.topic = QLineEdit(prefilled(complaint.topic))
        self.topic.setMaxLength(200)
        self.body.addWidget(named(words.tr("What it is about"), self.topic))
        self.wanted = QLineEdit(prefilled(complaint.wanted))
        self.wanted.setMaxLength(600)
        self.body.addWidget(named(words.tr("What you ask for"), self.wanted))
        for name, label in complaint_fields(country, words):
            field = self._day(getattr(complaint, name), label, words, today)
            self.days[name] = field
            self.body.addWidget(named(label, field))
        self.state: QLineEdit | None = None
        if country == "US":
            self.state = QLineEdit(prefilled(complaint.state))
            self.state.setMaxLength(2)
            self.body.addWidget(named(words.tr("Your state (two letters)"), self.state))
        self.topic.setFocus()

    def complaint(self) -> Complaint:
        """The days as they stand now."""
        days = {name: _date(field) for name, field in self.days.items()}
        state = self.state.text().strip().upper() if self.state is not None else self._complaint.state
        said = {"topic": self.topic.text().strip(), "wanted": self.wanted.text().strip()}
        return replace(self._complaint, state=state, **said, **days)

    @staticmethod
    def _day(value: date | None, name: str, words: Words, today: date) -> QDateEdit:
        field = QDateEdit(_OPEN if value is None else QDate(value.year, value.month, value.day))
        for inner in field.findChildren(QLineEdit):
            set_name(inner, name)
        field.setMinimumDate(_OPEN)
        field.setMaximumDate(QDate(today.year, today.month, today.day))
        field.setSpecialValueText(words.tr("not yet"))
        field.setLocale(QLocale(words.locale))
        field.setDisplayFormat(words.field_pattern)
        field.setCalendarPopup(True)
        return field


def _date(field: QDateEdit) -> date | None:
    chosen = field.date()
    return None if chosen == _OPEN else date(chosen.year(), chosen.month(), chosen.day())
