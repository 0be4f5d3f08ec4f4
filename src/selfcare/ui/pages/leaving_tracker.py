"""The page that follows a confirmed way out: what comes next on top, every step with what may be done about it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from selfcare.i18n.words import Words
from selfcare.ui.widgets.buttons import plain
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.course import Course
from selfcare.ui.widgets.flow import FlowLayout
from selfcare.ui.widgets.labels import quiet, text
from selfcare.viewmodel.leaving_tracker import TrackedView, TrackerView

from .leaving_asks import pick_row, sum_row
from .leaving_ended import receipt_box, works_box
from .leaving_mishaps import mishaps_card
from .leaving_pieces import Doors, RulesCard, action_row, heading, notices, tick_row
from .leaving_screen import code_box
from .leaving_way import course_steps


def tracker_panel(view: TrackerView, words: Words, doors: Doors) -> QWidget:
    """The tracker."""
    panel = QWidget()
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for band in notices(view.cautions):
        column.addWidget(band)
    card = Card()
    card.add(heading(view.headline))
    course = Course(view.title)
    extras = {n: extra for n, item in enumerate(view.steps) if (extra := _extra(item, words, doors)) is not None}
    course.show_steps(course_steps([item.step for item in view.steps]), extras)
    card.add(course)
    column.addWidget(card)
    if view.mishaps is not None:
        column.addWidget(mishaps_card(view.mishaps, words, doors))
    if view.rules:
        column.addWidget(RulesCard(view.rules, words))
    row = QWidget()
    buttons = FlowLayout(row)
    if view.again:
        again = plain(view.again, doors.give_again)
        again.setObjectName("giveAgain")
        end = plain(view.end, doors.end_plan)
        end.setObjectName("endPlan")
        buttons.addWidget(again)
        buttons.addWidget(end)
        column.addWidget(row)
        return panel
    way = plain(view.way, doors.whole_way)
    way.setObjectName("wholeWay")
    change = plain(view.change, doors.change_plan)
    change.setObjectName("changePlan")
    buttons.addWidget(way)
    buttons.addWidget(change)
    column.addWidget(row)
    column.addWidget(quiet(words.tr("This page stays until the last refund. Changing the plan sends nothing.")))
    return panel


def _extra(item: TrackedView, words: Words, doors: Doors) -> QWidget | None:
    parts = (item.code, item.ticks, item.actions, item.notes, item.warnings, item.receipt, item.works)
    if not any((*parts, item.picks, item.sums)):
        return None
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 4)
    column.setSpacing(4)
    for note in item.notes:
        column.addWidget(text(note))
    for warning in item.warnings:
        column.addWidget(text(warning, tone="warn"))
    if item.code is not None:
        column.addWidget(code_box(item.code, words, doors))
    if item.receipt is not None:
        column.addWidget(receipt_box(item.receipt, words, doors))
    if item.works is not None:
        column.addWidget(works_box(item.works, words, doors))
    for pick in item.picks:
        column.addWidget(pick_row(pick, doors))
    for money in item.sums:
        column.addWidget(sum_row(money, doors))
    for tick in item.ticks:
        column.addWidget(tick_row(tick, doors))
    for action in item.actions:
        column.addWidget(action_row((action,), doors))
    return box
