"""What was promised and by when: one field of words, read as it is typed, and a choice where the words do not say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale, Signal, Slot
from PySide6.QtWidgets import QDateEdit, QLineEdit, QSpinBox, QWidget

from selfcare.case.deadlines import Unit, WorkingDays, read_kind, working_days
from selfcare.case.notebook import Word
from selfcare.domain.support import ChannelKind
from selfcare.ui.context import Reading
from selfcare.ui.pages.pieces import Choice, named, part_of_page
from selfcare.ui.widgets.labels import quiet, set_name
from selfcare.viewmodel.case_noting import READ, DueForm, DueView, due_choices, due_view, form_of, what_choices

from .page import Page


class PromiseFields(QWidget):
    """The fields; `given` tells when the promise was given."""

    changed = Signal()
    """Something was typed or chosen."""

    def __init__(self, page: Page, given: Callable[[], datetime]) -> None:
        super().__init__()
        self._page, self._given = page, given
        words = page.words
        box, column = part_of_page()
        self.setLayout(column)
        box.deleteLater()
        self.field = QLineEdit()
        self.field.setMaxLength(300)
        self.field.setPlaceholderText(words.tr("For example: calls back within 72 hours"))
        column.addWidget(named(words.tr("What was promised"), self.field))
        self._rest, rest = part_of_page()
        self.what = Choice(words.tr("What kind of promise"), what_choices(words))
        self._days: WorkingDays | None = None
        self.unit = Choice(words.tr("By when"), due_choices(words, self._country), READ)
        for choice in (self.what, self.unit):
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(18)
            rest.addWidget(named(choice.accessibleName(), choice))
        self.amount = QSpinBox()
        self.amount.setRange(1, 999)
        self._amount = named(words.tr("How many"), self.amount)
        today = page.context.today()
        self.day = QDateEdit(QDate(today.year, today.month, today.day))
        self.day.setLocale(QLocale(words.locale))
        self.day.setDisplayFormat(words.field_pattern)
        self._day = named(words.tr("On which day"), self.day)
        for field in (self.amount, self.day):
            for inner in field.findChildren(QLineEdit):
                set_name(inner, field.accessibleName())
                if field is self.amount:
                    inner.setTextMargins(10, 0, 0, 0)
        self.read = quiet("")
        for part in (self._amount, self._day, self.read):
            rest.addWidget(part)
        column.addWidget(self._rest)
        self._is_chosen = False
        self.what.activated.connect(self._chosen)
        self.field.textChanged.connect(self.show_read)
        self.unit.currentIndexChanged.connect(self.show_read)
        self.amount.valueChanged.connect(self.show_read)
        self.day.dateChanged.connect(self.show_read)
        self.show_read()
        reading = page.context.reading()
        if reading is not None:
            page.context.store_lane.ask(self, lambda: read_days(reading), self._know, page.show_failure)

    def _know(self, days: WorkingDays) -> None:
        self._days = days
        self.show_read()

    def show_word(self, word: Word) -> None:
        """Write again what was written before."""
        form = form_of(word, self._given(), self._country, self._page.context.zone)
        self._is_chosen = word.what != read_kind(word.said)
        self.what.setCurrentIndex(max(0, self.what.findData(word.what)))
        self.field.setText(word.said)
        self.amount.setValue(form.amount)
        if form.day is not None:
            self.day.setDate(QDate(form.day.year, form.day.month, form.day.day))
        self.unit.setCurrentIndex(max(0, self.unit.findData(form.unit)))

    @property
    def _country(self) -> str:
        profile = self._page.context.profile
        return profile.country if profile is not None else ""

    @property
    def said(self) -> str:
        """What was promised, in words; "" for nothing."""
        return self.field.text().strip()

    def view(self) -> DueView:
        """How it is understood now."""
        context, words = self._page.context, self._page.words
        day = self.day.date()
        form = DueForm(self.unit.value, self.amount.value(), date(day.year(), day.month(), day.day()))
        return due_view(
            self.said, form, self._given(), self._country, context.zone, words, context.today(), self._days
        )  # fmt: skip

    @Slot()
    def _chosen(self) -> None:
        self._is_chosen = True
        self.changed.emit()

    @Slot()
    def show_read(self) -> None:
        """Say how the words are understood, and show what there is to choose."""
        self._rest.setVisible(bool(self.said))
        self._amount.setVisible(self.unit.value in {Unit.HOURS, Unit.WORKING_DAYS, Unit.WORKABLE_DAYS})
        self._day.setVisible(self.unit.value == Unit.MOMENT)
        if not self._is_chosen:
            self.what.setCurrentIndex(max(0, self.what.findData(read_kind(self.said))))
        self.read.setText(self.view().sentence if self.said else "")
        self.changed.emit()


def read_days(reading: Reading) -> WorkingDays:
    """The working days that count here: by where the customer lives, without those on which the operator's telephone
    desks say that they are closed; on the store lane."""
    profile, customer = reading.profile, reading.reader.customer()
    desks = profile.support.channels if profile.support is not None else ()
    nation = customer.nation(profile.country) if customer is not None else ""
    return working_days(profile.country, nation, [desk for desk in desks if desk.kind is ChannelKind.PHONE])
