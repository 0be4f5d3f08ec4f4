"""One page of the leaving wizard: the question, what is known, what may be done, and the way back and on."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from selfcare.i18n.words import Words
from selfcare.leaving.wizard import Screen
from selfcare.ui.theme import TITLE, font, text_scale
from selfcare.ui.widgets.balance import Balanced
from selfcare.ui.widgets.buttons import Button, link, plain, primary
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.course import Course
from selfcare.ui.widgets.flow import FlowLayout
from selfcare.ui.widgets.labels import (
    PlainLabel,
    card_title,
    prefilled,
    quiet,
    set_description,
    set_name,
    strong,
    text,
    trouble,
)
from selfcare.viewmodel.leaving_parts import CodeView, DayView, EntryView, ScreenView

from .leaving_asks import ExactCard, amount_row, date_row, pick_row, sum_row
from .leaving_pieces import (
    Doors,
    RulesCard,
    action_row,
    choice_rows,
    cost_card,
    heading,
    line_picker,
    notices,
    tick_row,
    together_card,
)
from .leaving_way import course_steps
from .pieces import NARROW, fact_list, tag_of

_WARNED = frozenset({"unlock", "code", "day", "confirm"})
"""The pages on which what is missing is a warning, not just an unanswered question."""


class _Forward(Button):
    """Goes on. A key that is held down presses it once."""

    def keyPressEvent(self, event: object) -> None:
        """Every press is one of its own."""
        if isinstance(event, QKeyEvent) and event.isAutoRepeat():
            return
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """What a held key lets go in between is no press."""
        if not event.isAutoRepeat():
            super().keyReleaseEvent(event)


def screen_panel(view: ScreenView, words: Words, doors: Doors) -> QWidget:
    """One question with everything that belongs to it; at the right where one is, and what it costs."""
    panel = QWidget()
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for band in notices(view.cautions):
        column.addWidget(band)
    columns = Balanced(31, 20, NARROW)
    column.addWidget(columns)
    card = Card(over=view.place)
    card.add(heading(view.title), text(view.text, tone="quiet"))
    _question(card, view, words, doors)
    _foot(card, view, words, doors)
    right: list[QWidget] = [_places(view, words, doors)]
    free: list[QWidget] = []
    if view.cost is not None:
        right.append(cost_card(view.cost, words, with_lines=True))
    if view.exact is not None:
        right.append(ExactCard(view.exact, words, doors))
    if view.steps:
        free.append(_way(view, words))
    if view.rules:
        free.append(RulesCard(view.rules, words))
    cards = [card]
    if view.together is not None:
        cards.append(together_card(view.together))
    columns.show_cards(cards, right, free)
    return panel


def _way(view: ScreenView, words: Words) -> Card:
    """The whole way as it stands with the answers so far; its sentences come once it is to be confirmed."""
    card = Card(words.tr("The whole way"))
    course = Course(words.tr("The whole way"))
    course.show_steps(course_steps(view.steps, brief=view.screen != "confirm"))
    card.add(course)
    return card


def _question(card: Card, view: ScreenView, words: Words, doors: Doors) -> None:
    if len(view.lines) > 1:
        card.add(line_picker(view.lines, words, doors))
    if view.day is not None:
        card.add(_day(view.day, words, doors))
    if view.choices:
        card.add(choice_rows(view.choices, doors))
    for pick in view.picks:
        card.add(pick_row(pick, doors))
    for money in view.sums:
        card.add(sum_row(money, doors))
    for ask in view.dates:
        card.add(date_row(ask, words, doors))
    for amount in view.amounts:
        card.add(amount_row(amount, words, doors))
    for note in view.notes:
        card.add(text(note))
    if view.code is not None:
        card.add(code_box(view.code, words, doors))
    if view.status is not None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(10)
        line.addWidget(tag_of(view.status), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(text(view.status_text), 1)
        card.add(row)
    if view.facts:
        card.add(fact_list(view.facts))
    if view.actions:
        needed = not view.may_go_on and view.actions[0].command is not None
        card.add(action_row(view.actions, doors, primary if needed else plain))
    if view.entry is not None:
        card.add(_entry(view.entry, doors))
    for tick in view.ticks:
        card.add(tick_row(tick, doors))


def code_box(code: CodeView, words: Words, doors: Doors) -> QWidget:
    """A code, large, with its life and a button that copies it for a minute; an expired one small and without it."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 8, 0, 8)
    column.setSpacing(4)
    row = FlowLayout(gap=16)
    shown = PlainLabel(code.code)
    if code.is_over:
        shown.setProperty("tone", "quiet")
    else:
        made = font(TITLE + 4, bold=True)
        made.setLetterSpacing(made.SpacingType.AbsoluteSpacing, 2)
        shown.setFont(made)
    shown.setObjectName("code")
    set_name(shown, f"{code.scheme} {code.spoken}")
    shown.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    row.addWidget(shown)

    def copied() -> None:
        doors.copy_code(code.code)
        copy.say(words.tr("Copied, for a minute"))

    if not code.is_over:
        copy = plain(words.tr("Copy for a minute"), copied)
        copy.setObjectName("copyCode")
        row.addWidget(copy)
    column.addLayout(row)
    column.addWidget(text(code.life, tone="quiet"))
    return box


def _entry(entry: EntryView, doors: Doors) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 8, 0, 0)
    column.setSpacing(4)
    label = quiet(entry.label)
    field = QLineEdit(prefilled(entry.value))
    field.setObjectName("typedCode")
    field.setMaxLength(24)
    set_name(field, entry.label)
    field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    label.setBuddy(field)
    problem: QLabel = trouble(entry.problem)
    if not entry.problem:
        problem.hide()

    def typed(words_typed: str) -> None:
        said = doors.check_code(words_typed) if len(words_typed) >= 9 else ""
        problem.setText(said)
        problem.setVisible(bool(said))

    field.textEdited.connect(typed)
    field.editingFinished.connect(lambda: doors.answer("typedCode", field.text().strip()))
    for part in (label, field, problem):
        column.addWidget(part)
    return box


def _day(day: DayView, words: Words, doors: Doors) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 8, 0, 8)
    column.setSpacing(4)
    label = quiet(day.label)
    row = FlowLayout(gap=12)
    field = QDateEdit()
    field.setObjectName("day")
    set_name(field, day.label)
    label.setBuddy(field)
    column.addWidget(label)
    column.addLayout(row)
    unnamed = _qdate(day.first).addDays(-1)  # stands for "not named yet", shown as a dash
    field.setDateRange(unnamed if day.day is None else _qdate(day.first), _qdate(day.last))
    if day.day is None:
        field.setSpecialValueText("–")
    field.setDate(unnamed if day.day is None else _qdate(day.day))
    field.setLocale(QLocale(words.locale))
    field.setCalendarPopup(True)
    field.setDisplayFormat(words.field_pattern)
    field.setKeyboardTracking(False)
    field.setMinimumWidth(190)

    def answered(chosen: QDate) -> None:
        if chosen != unnamed:
            doors.answer("day", chosen.toString(Qt.DateFormat.ISODate))

    field.dateChanged.connect(answered)
    row.addWidget(field)
    said = strong(day.said)
    said.setWordWrap(False)
    row.addWidget(said)
    first = link(words.tr("First possible day"), lambda: doors.answer("day", day.first.isoformat()))
    first.setObjectName("firstDay")
    first.setVisible(day.offers_first and day.day != day.first)
    row.addWidget(first)
    return box


def again_at(panel: QWidget, name: str) -> QWidget | None:
    """Where the keyboard stands after an answer: at the part of the same name, or at what it has just filled in."""
    again = panel.findChild(QWidget, name) if name else None
    if again is not None and again.isHidden() and name == "firstDay":
        return panel.findChild(QWidget, "day")
    return again


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _foot(card: Card, view: ScreenView, words: Words, doors: Doors) -> None:
    if view.missing:
        card.body.addSpacing(4)
        card.add(text(view.missing, tone="warn" if view.screen in _WARNED else "quiet"))
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 12, 0, 0)
    line.setSpacing(8)
    back = plain(words.tr("Back"), doors.back)
    back.setObjectName("back")
    asks_first = not view.may_go_on and any(a.command is not None for a in view.actions)
    forward = _Forward(view.forward or words.tr("Continue"), doors.forward, "plain" if asks_first else "primary")
    forward.setObjectName("confirm" if view.screen == Screen.CONFIRM else "forward")
    forward.setEnabled(view.may_go_on)
    set_description(forward, view.missing)
    line.addWidget(back)
    line.addStretch(1)
    line.addWidget(forward)
    card.add(row)


def _places(view: ScreenView, words: Words, doors: Doors) -> Card:
    card = Card()
    marks = {"done": "✓", "seen": "•", "now": "●", "later": "○"}
    tones = {"done": "good", "now": "accent"}
    for number, place in enumerate(view.places):
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(10)
        mark = text(marks[place.state], tone=tones.get(place.state, "quiet"))
        mark.setFixedWidth(round(18 * text_scale()))
        mark.setWordWrap(False)
        set_name(mark, place.said)
        line.addWidget(mark)
        if number == 0 and view.place:
            way = link(place.name, doors.whole_way)
            way.setObjectName("wholeWay")
            line.addWidget(way)
            line.addStretch(1)
        else:
            is_quiet = place.state in {"seen", "later"}
            name = strong(place.name) if place.state == "now" else text(place.name, tone="quiet" if is_quiet else "")
            line.addWidget(name, 1)
        card.add(row)
    card.add(quiet(view.kept))
    return card


__all__ = ["card_title", "code_box", "screen_panel"]
