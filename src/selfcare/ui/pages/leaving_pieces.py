"""The pieces of the leaving pages: rows to choose and to tick, the cost card, the rules with their sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from selfcare.domain.records import Struct
from selfcare.i18n.words import Words
from selfcare.ui.widgets.banner import Banner
from selfcare.ui.widgets.buttons import Button, plain
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.facts import FactList
from selfcare.ui.widgets.flow import FlowLayout
from selfcare.ui.widgets.labels import (
    PlainLabel,
    card_title,
    quiet,
    rule,
    set_description,
    strong,
    text,
    title,
    visible,
)
from selfcare.ui.widgets.tag import Tag
from selfcare.ui.widgets.ticks import OneOf, Tick, TickedRow
from selfcare.viewmodel.facts import ConfirmView
from selfcare.viewmodel.handsets import UnlockView
from selfcare.viewmodel.leaving import LineChoice
from selfcare.viewmodel.leaving_cost import CostView
from selfcare.viewmodel.leaving_parts import ActionView, ChoiceView, TickView, TogetherView
from selfcare.viewmodel.leaving_words import RuleView
from selfcare.viewmodel.notice import Notice

from .leaving_picture import CostCourse
from .pieces import fact_list, tag_of


class Doors(Struct, frozen=True):
    """What the panels may do: answer a question, ask the operator, open a page, move, choose a line, copy a code."""

    answer: Callable[[str, str], None]
    submit: Callable[[object], None]
    open: Callable[[str], None]
    forward: Callable[[], None]
    back: Callable[[], None]
    whole_way: Callable[[], None]
    begin: Callable[[bool], None]
    choose_line: Callable[[str], None]
    copy_code: Callable[[str], object]
    check_code: Callable[[str], str]
    change_plan: Callable[[], None]
    confirmed: Callable[[ConfirmView], bool]
    give_again: Callable[[], None]
    end_plan: Callable[[], None]
    now: Callable[[], datetime]
    ask_unlock: Callable[[UnlockView], object]


def choice_rows(choices: Sequence[ChoiceView], doors: Doors) -> QWidget:
    """One of several answers."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(4)
    for choice in choices:
        button = OneOf()
        button.setChecked(choice.is_chosen)
        button.clicked.connect(lambda _on=False, key=choice.key: doors.answer("keep", key))
        column.addWidget(TickedRow(button, f"keep:{choice.key}", choice.label, choice.text))
    return box


def tick_row(tick: TickView, doors: Doors) -> QWidget:
    """Something to tick."""
    button = Tick()
    button.setChecked(tick.is_on)
    button.toggled.connect(lambda on, name=tick.question: doors.answer(name, "yes" if on else ""))
    return TickedRow(button, f"tick:{tick.question}", tick.label, tick.text)


def action_button(action: ActionView, doors: Doors, make: Callable[..., Button] = plain) -> QWidget:
    """A button for something that may be done; where it may not, the reason stands below it."""

    def click() -> None:
        if action.unlock is not None:
            wish = doors.ask_unlock(action.unlock)
            if wish is not None:
                doors.submit(wish)
            return
        if action.question is not None:
            if doors.confirmed(action.question):
                doors.submit(action.command)
            return
        button.setEnabled(False)
        if action.answer is not None:
            doors.answer(*action.answer)
        elif action.command is not None:
            doors.submit(action.command)
        elif action.target:
            doors.open(action.target)
            button.setEnabled(True)

    button = make(action.label, click)
    button.setObjectName(f"act:{action.label}")
    if not action.why_not:
        return button
    button.setEnabled(bool(action.target))
    set_description(button, action.why_not)
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    column.addWidget(text(action.why_not, tone="warn"))
    return box


def action_row(actions: Sequence[ActionView], doors: Doors, first: Callable[..., Button] = plain) -> QWidget:
    """Buttons side by side, below each other where a reason stands under one; the first may be the wanted one."""
    box = QWidget()
    row = QVBoxLayout(box) if any(a.why_not for a in actions) else FlowLayout(box)
    row.setContentsMargins(0, 4, 0, 4)
    for number, action in enumerate(actions):
        row.addWidget(action_button(action, doors, first if number == 0 else plain))
    return box


def line_picker(lines: Sequence[LineChoice], words: Words, doors: Doors) -> QComboBox:
    """Which line this is about."""
    box = QComboBox()
    box.setObjectName("linePicker")
    box.setAccessibleName(words.tr("Line"))
    for line in lines:
        box.addItem(visible(line.label, 120), line.id)
        if line.is_current:
            box.setCurrentIndex(box.count() - 1)
    box.activated.connect(lambda number: doors.choose_line(str(box.itemData(number))))
    return box


def together_card(view: TogetherView) -> Card:
    """The lines that leave together, each with its day, way and cost, and what is to be known about that."""
    card = Card(view.title)
    card.add(fact_list(view.rows))
    for note in view.notes:
        card.add(text(note))
    return card


def heading(said: str) -> PlainLabel:
    """What a page is about; the keyboard stands on it when the page comes up, so nothing is pressed unseen."""
    label = card_title(said)
    label.setObjectName("heading")
    return label


def notices(shown: Sequence[Notice]) -> list[QWidget]:
    """Warnings as bands."""
    return [Banner(notice) for notice in shown]


def cost_card(cost: CostView, words: Words, *, with_lines: bool = False) -> Card:
    """What leaving costs on the day, with the picture and, if asked for, every line with its rule.

    The operator's figure stands with the lines where it is not ours; without them it stands among the facts.
    """
    card = Card(over=cost.over)
    card.add(title(cost.headline), text(cost.text, tone="quiet"))
    if cost.cheapest:
        card.add(strong(cost.cheapest))
    if cost.picture is not None:
        card.add(CostCourse(words.tr("Cost of leaving over time"), cost.picture))
        if cost.picture.note:
            card.add(text(cost.picture.note, tone="quiet"))
    if with_lines:
        rows = FactList()
        for line in cost.lines:
            named = [words.tr("{rule} · {standing}", rule=r.id, standing=r.standing.text) for r in line.rules]
            rows.add_named(line.name, line.amount, below=words.listing(named))
        card.add(rows)
    if cost.difference:
        if with_lines:
            rows.add_named(words.tr("Operator’s own figure"), cost.operator)
        card.add(text(cost.difference, tone="warn"))
    return card


class RulesCard(Card):
    """The rules behind a page, folded away until they are wanted; each with who stands behind it and its source."""

    def __init__(self, rules: Sequence[RuleView], words: Words) -> None:
        super().__init__()
        self.body.setContentsMargins(20, 8, 20, 8)
        self._words = words
        self._fold = plain(words.tr("Rules and sources"), self._turn)
        self._fold.setProperty("kind", "link")
        self._fold.setObjectName("rules")
        self.body.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for number, view in enumerate(rules):
            if number:
                column.addWidget(rule())
            column.addWidget(rule_row(view, words))
        column.addWidget(quiet(words.tr("Rules as of the day they were checked. This is not legal advice.")))
        self._inside.hide()
        self.body.addWidget(self._inside)

    def _turn(self) -> None:
        opening = self._inside.isHidden()
        self._inside.setVisible(opening)
        self._fold.say(self._words.tr("Hide the rules") if opening else self._words.tr("Rules and sources"))


def rule_row(view: RuleView, words: Words) -> QWidget:
    """One rule: who stands behind it, its sentence, where it is written and when that was looked up."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 2, 0, 2)
    column.setSpacing(3)
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(tag_of(view.standing))
    head.addWidget(quiet(f"{view.id} · {view.about}" if view.about else view.id), 1)
    column.addLayout(head)
    column.addWidget(text(view.sentence))
    source = quiet(words.tr("{source}, {checked}", source=view.source, checked=view.checked))
    source.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column.addWidget(source)
    return box


__all__ = [
    "Doors",
    "RulesCard",
    "Tag",
    "action_button",
    "action_row",
    "choice_rows",
    "cost_card",
    "heading",
    "line_picker",
    "notices",
    "rule_row",
    "tick_row",
]
