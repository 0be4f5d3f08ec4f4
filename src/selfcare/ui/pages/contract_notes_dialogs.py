"""Asks for the end of a commitment, or for a change of price, that the operator does not list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QDateEdit, QLineEdit

from selfcare.domain.contract import PriceChange
from selfcare.domain.money import Money
from selfcare.domain.noted_contract import NotedChange, NotedEnd
from selfcare.i18n.words import Words
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.pieces import Choice, named
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.labels import set_name, trouble
from selfcare.viewmodel.noted_contract import change_refusal, money_typed

_NOT_STATED = QDate(2000, 1, 1)

Subjects = Sequence[tuple[str, str]]


class EndDialog(FactsDialog):
    """One day, and for which line."""

    chapter = "contractNotes"

    def __init__(self, page: Page, subjects: Subjects) -> None:
        words, today = page.words, page.context.today()
        super().__init__(
            page,
            words,
            title=words.tr("The end of the commitment"),
            question=words.tr(
                "As your contract says it, or as you were told. It stands beside what your operator lists."
            ),
            confirm=words.tr("Keep"),
        )
        self._today = today
        self.about = _about(subjects, words)
        self.body.addWidget(named(words.tr("About"), self.about))
        self.day = QDateEdit(QDate(today.year, today.month, today.day))
        _dress(self.day, words.tr("Bound until"), words)
        self.body.addWidget(named(words.tr("Bound until"), self.day))

    def end(self) -> NotedEnd:
        """What was noted."""
        day = self.day.date()
        return NotedEnd(date(day.year(), day.month(), day.day()), self._today, self.about.value)


class ChangeDialog(FactsDialog):
    """When it was told, from when it holds, the two prices, and how it was told."""

    chapter = "contractNotes"

    def __init__(self, page: Page, subjects: Subjects) -> None:
        words, profile = page.words, page.context.profile
        super().__init__(
            page,
            words,
            title=words.tr("A change of price"),
            question=words.tr("From these days the program says until when you may leave free, where a rule says so."),
            confirm=words.tr("Keep"),
        )
        self._words, self._today = words, page.context.today()
        self._currency = profile.currency if profile is not None else ""
        self.about = _about(subjects, words)
        self.body.addWidget(named(words.tr("About"), self.about))
        today = QDate(self._today.year, self._today.month, self._today.day)
        self.told, self.starts = QDateEdit(today), QDateEdit(_NOT_STATED)
        for name, field in ((words.tr("Told to you on"), self.told), (words.tr("It holds from"), self.starts)):
            field.setMinimumDate(_NOT_STATED)
            field.setSpecialValueText(words.tr("not stated"))
            _dress(field, name, words)
            self.body.addWidget(named(name, field))
        self.before, self.after, self.how = QLineEdit(), QLineEdit(), QLineEdit()
        for name, line, longest in (
            (words.tr("Price until now"), self.before, 16),
            (words.tr("New price"), self.after, 16),
            (words.tr("How you were told"), self.how, 300),
        ):
            line.setMaxLength(longest)
            self.body.addWidget(named(name, line))
        self.trouble = trouble()
        self.trouble.hide()
        self.body.addWidget(self.trouble)

    def change(self) -> NotedChange:
        """What was noted."""
        made = PriceChange(*self._days(), *self._prices(), self.how.text().strip())
        return NotedChange(made, self._today, self.about.value)

    def _days(self) -> tuple[date | None, date | None]:
        return _day(self.told), _day(self.starts)

    def _prices(self) -> tuple[Money | None, Money | None]:
        return money_typed(self.before.text(), self._currency), money_typed(self.after.text(), self._currency)

    def _confirm(self) -> None:
        why = change_refusal(*self._days(), *self._prices(), self._words, self._today)
        if not why:
            super()._confirm()
            return
        self.trouble.setText(why)
        self.trouble.show()
        self.fit()


def _about(subjects: Subjects, words: Words) -> Choice:
    return Choice(words.tr("About"), list(subjects))


def _dress(field: QDateEdit, name: str, words: Words) -> None:
    for inner in field.findChildren(QLineEdit):
        set_name(inner, name)
        inner.setTextMargins(10, 0, 0, 0)
    field.setLocale(QLocale(words.locale))
    field.setDisplayFormat(words.field_pattern)


def _day(field: QDateEdit) -> date | None:
    chosen = field.date()
    return None if chosen == _NOT_STATED else date(chosen.year(), chosen.month(), chosen.day())
