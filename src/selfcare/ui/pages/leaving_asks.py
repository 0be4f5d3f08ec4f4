"""The questions of leaving beyond yes and no: a short list, a number with its unit, a day that may stay open."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from selfcare.i18n.words import Words
from selfcare.leaving.wizard import DEPOSIT_MOST
from selfcare.ui.widgets.buttons import link
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.flow import FlowLayout
from selfcare.ui.widgets.labels import prefilled, quiet, set_description, set_name, trouble, visible
from selfcare.viewmodel.leaving_parts import AmountView, DateView, ExactView, PickView, SumView

from .leaving_pieces import Doors, rule_row

NARROW = 120
"""So narrow a list of answers may get beside a wide column: else its label is measured wider than it is, and the list
loses its foot."""

_UNANSWERED = QDate(2000, 1, 1)


def pick_row(pick: PickView, doors: Doors) -> QWidget:
    """One answer of a short list."""
    box = QComboBox()
    box.setObjectName(f"pick:{pick.question}")
    set_name(box, pick.label)
    for key, label in pick.options:
        box.addItem(visible(label, 120), key)
        if key == pick.chosen:
            box.setCurrentIndex(box.count() - 1)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(24)
    box.setMinimumWidth(NARROW)
    box.activated.connect(lambda number: doors.answer(pick.question, str(box.itemData(number))))
    return _labelled(pick.label, box)


def amount_row(ask: AmountView, words: Words, doors: Doors) -> QWidget:
    """A number; it is answered when the field is left or a unit is chosen. 0 with nothing answered reads as a dash."""
    box = QWidget()
    row = FlowLayout(box, gap=8)
    field = QSpinBox()
    field.setObjectName(f"amount:{ask.question}")
    set_name(field, ask.label)
    field.setRange(-1, ask.most)
    field.setSpecialValueText("–")
    field.setValue(-1 if ask.amount is None else ask.amount)
    field.setLocale(QLocale(words.locale))
    field.setKeyboardTracking(False)
    field.setMinimumWidth(96)
    field.lineEdit().setTextMargins(10, 0, 0, 0)
    row.addWidget(field)
    unit = QComboBox()
    for key, label in ask.units:
        unit.addItem(visible(label, 120), key)
        if key == ask.unit:
            unit.setCurrentIndex(unit.count() - 1)

    def answered() -> None:
        amount = str(field.value()) if field.value() >= 0 else ""
        key = str(unit.currentData()) if ask.units else ""
        value = f"{amount} {key}".strip() if amount else ""
        before = "" if ask.amount is None else f"{ask.amount} {ask.unit}".strip()
        if value != before:
            doors.answer(ask.question, value)

    if ask.units:
        unit.setObjectName(f"unit:{ask.question}")
        unit.setAccessibleName(words.tr("Unit"))
        unit.activated.connect(lambda _number: answered())
        row.addWidget(unit)
    field.editingFinished.connect(answered)
    return _labelled(ask.label, box)


def sum_row(ask: SumView, doors: Doors) -> QWidget:
    """An amount of money, answered when the field is left; what is wrong with it stands below."""
    field = QLineEdit(prefilled(ask.typed))
    field.setObjectName(f"sum:{ask.question}")
    set_name(field, ask.label)
    set_description(field, ask.problem)
    field.setMaxLength(DEPOSIT_MOST)
    field.setMaximumWidth(200)

    def answered() -> None:
        if field.text().strip() != ask.typed:
            doors.answer(ask.question, field.text())

    field.editingFinished.connect(answered)
    box = _labelled(ask.label, field)
    if ask.problem:
        column = box.layout()
        assert column is not None
        column.addWidget(trouble(ask.problem))
    return box


class ExactCard(Card):
    """The questions that would make the cost exact, folded away until they are wanted; each with its source."""

    def __init__(self, view: ExactView, words: Words, doors: Doors) -> None:
        super().__init__()
        self.body.setContentsMargins(20, 8, 20, 8)
        self._view = view
        self._fold = link(view.hide if view.is_open else view.title, self._turn)
        self._fold.setObjectName("exact")
        self.body.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        for row in view.rows:
            ask = row.ask
            column.addWidget(pick_row(ask, doors) if isinstance(ask, PickView) else sum_row(ask, doors))
            if row.note:
                column.addWidget(quiet(row.note))
            for rule in row.rules:
                column.addWidget(rule_row(rule, words))
        self._inside.setVisible(view.is_open)
        self.body.addWidget(self._inside)

    def _turn(self) -> None:
        opening = self._inside.isHidden()
        self._inside.setVisible(opening)
        self._fold.say(self._view.hide if opening else self._view.title)


def date_row(ask: DateView, words: Words, doors: Doors) -> QWidget:
    """A day that may stay unanswered, shown as a dash."""
    field = QDateEdit()
    field.setObjectName(f"date:{ask.question}")
    set_name(field, ask.label)
    last = QDate(ask.last.year, ask.last.month, ask.last.day)
    field.setDateRange(_UNANSWERED, last)
    field.setSpecialValueText("–")
    field.setDate(_UNANSWERED if ask.day is None else QDate(ask.day.year, ask.day.month, ask.day.day))
    field.setLocale(QLocale(words.locale))
    field.setCalendarPopup(True)
    field.setDisplayFormat(words.field_pattern)
    field.setKeyboardTracking(False)
    field.setMinimumWidth(190)

    def answered(day: QDate) -> None:
        doors.answer(ask.question, "" if day == _UNANSWERED else str(day.toPython()))

    field.dateChanged.connect(answered)
    return _labelled(ask.label, field)


def _labelled(label: str, field: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 8, 0, 4)
    column.setSpacing(4)
    name = quiet(label)
    name.setBuddy(field)
    column.addWidget(name)
    column.addWidget(field)
    return box
