"""The part of the tracker about what went wrong: telling it, what is owed with its rule, and the clock of hours."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt, QTime, QTimer, Slot
from PySide6.QtWidgets import QDateTimeEdit, QLineEdit, QVBoxLayout, QWidget

from selfcare.i18n.words import Words
from selfcare.ui.widgets.buttons import link, plain
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.flow import FlowLayout, flow
from selfcare.ui.widgets.labels import PlainLabel, quiet, rule, set_description, set_name, strong, text, trouble
from selfcare.viewmodel.leaving_clock import ClockView, PressView, clock_sentence
from selfcare.viewmodel.leaving_mishaps import MishapsView, MishapView

from .leaving_asks import amount_row, date_row, pick_row, sum_row
from .leaving_pieces import Doors, action_row, rule_row, tick_row
from .pieces import tag_of

_UNANSWERED = QDateTime(QDate(2000, 1, 1), QTime(0, 0))
_AGAIN_MS = 20_000
"""How often the running clock says anew how long it has been."""


def mishaps_card(view: MishapsView, words: Words, doors: Doors) -> Card:
    """Everything that went wrong, and the question what did."""
    card = Card(view.title)
    card.add(text(view.text, tone="quiet"))
    card.add(pick_row(view.add, doors))
    for item in view.items:
        card.add(rule(), _item(item, words, doors))
    card.add(rule(), _clock(view.clock, words, doors))
    return card


def _item(item: MishapView, words: Words, doors: Doors) -> QWidget:
    box, column = _column()
    row = FlowLayout(gap=10)
    name = strong(item.title)
    name.setWordWrap(False)
    row.addWidget(name)
    if item.tag is not None:
        row.addWidget(tag_of(item.tag))
    column.addLayout(row)
    for said in item.said:
        column.addWidget(text(said))
    asks = FlowLayout(gap=16)
    for pick in item.picks:
        asks.addWidget(pick_row(pick, doors))
    for ask in item.dates:
        asks.addWidget(date_row(ask, words, doors))
    for money in item.sums:
        asks.addWidget(sum_row(money, doors))
    for amount in item.amounts:
        asks.addWidget(amount_row(amount, words, doors))
    column.addLayout(asks)
    for view in item.rules:
        column.addWidget(rule_row(view, words))
    for tick in item.ticks:
        column.addWidget(tick_row(tick, doors))
    if item.actions:
        column.addWidget(action_row(item.actions, doors))
    if item.drop:
        drop = link(words.tr("This did not happen: take it away"), lambda: doors.answer(item.drop, ""))
        drop.setObjectName(item.drop)
        set_description(drop, item.title)
        column.addWidget(drop, 0, Qt.AlignmentFlag.AlignLeft)
    return box


def _clock(view: ClockView, words: Words, doors: Doors) -> QWidget:
    box, column = _column()
    column.addWidget(strong(view.title))
    column.addWidget(text(view.text, tone="quiet"))
    column.addWidget(_Running(view, words, doors))
    column.addWidget(flow(*(_press(press, doors) for press in view.presses)))
    for spell in view.spells:
        drop = link(spell.drop.label, partial(doors.answer, spell.drop.question, spell.drop.value))
        drop.setObjectName(f"forget:{spell.drop.value}")
        set_description(drop, spell.said)
        column.addWidget(text(spell.said))
        column.addWidget(drop, 0, Qt.AlignmentFlag.AlignLeft)
    for note in view.notes:
        column.addWidget(text(note))
    column.addWidget(_typed(view, words, doors))
    return box


class _Running(PlainLabel):
    """How long there has been no service; it says so anew while the clock runs."""

    def __init__(self, view: ClockView, words: Words, doors: Doors) -> None:
        super().__init__("")
        self._view, self._words, self._doors = view, words, doors
        self.setObjectName("clock")
        self.setWordWrap(True)
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.say)
        if view.mishaps.running is not None:
            self._again.start()
        self.say()

    @Slot()
    def say(self) -> None:
        """Say it as of now."""
        self.setText(clock_sentence(self._view.mishaps, self._doors.now(), self._words))


def _press(press: PressView, doors: Doors) -> QWidget:
    button = plain(press.label, lambda: doors.answer(press.question, press.value))
    button.setObjectName(press.question)
    return button


def _typed(view: ClockView, words: Words, doors: Doors) -> QWidget:
    """Times that are typed: from, until, and when it was reported, each in the operator's zone."""
    box, column = _column()
    fields = [_moment(label, view, words) for label in view.labels]
    reported = fields[2]
    reported.setMinimumDateTime(_UNANSWERED)
    reported.setSpecialValueText(view.not_reported)
    reported.setDateTime(_UNANSWERED)
    wrong = trouble(view.wrong)
    wrong.hide()
    row = FlowLayout(gap=12)
    for label, field in zip(view.labels, fields, strict=True):
        pair, inside = _column()
        name = quiet(label)
        name.setBuddy(field)
        inside.addWidget(name)
        inside.addWidget(field)
        row.addWidget(pair)

    def kept() -> None:
        moments = [_read(field, view) for field in fields]
        first, last, told = moments
        is_wrong = first is None or last is None or last <= first or last > doors.now()
        wrong.setVisible(is_wrong)
        if not is_wrong:
            parts = (first, last, told)
            doors.answer("mishap:spell", "|".join(m.isoformat() if m is not None else "" for m in parts))

    keep = plain(view.keep, kept)
    keep.setObjectName("keepSpell")
    column.addLayout(row)
    column.addWidget(wrong)
    column.addWidget(keep, 0, Qt.AlignmentFlag.AlignLeft)
    return box


def _moment(label: str, view: ClockView, words: Words) -> QDateTimeEdit:
    at = view.began
    field = QDateTimeEdit(QDateTime(QDate(at.year, at.month, at.day), QTime(at.hour, at.minute)))
    field.setObjectName(f"moment:{label}")
    set_name(field, label)
    for inner in field.findChildren(QLineEdit):
        set_name(inner, label)
    field.setLocale(QLocale(words.locale))
    field.setDisplayFormat(words.moment_pattern)
    field.setCalendarPopup(True)
    field.setMinimumWidth(220)
    return field


def _read(field: QDateTimeEdit, view: ClockView) -> datetime | None:
    chosen = field.dateTime()
    if chosen == _UNANSWERED:
        return None
    day, hour = chosen.date(), chosen.time()
    return datetime(day.year(), day.month(), day.day(), hour.hour(), hour.minute(), tzinfo=view.began.tzinfo)


def _column() -> tuple[QWidget, QVBoxLayout]:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(4)
    return box, column
