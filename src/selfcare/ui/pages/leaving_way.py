"""The first page of leaving: the whole way at the left; the cost, the facts and the one button at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from selfcare.i18n.words import Words
from selfcare.ui.widgets.buttons import plain, primary
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.course import Course, Step
from selfcare.ui.widgets.flow import FlowLayout
from selfcare.ui.widgets.labels import quiet, rule, strong, text
from selfcare.viewmodel.channels import ChannelView
from selfcare.viewmodel.leaving import StepView, WayView

from .leaving_pieces import Doors, RulesCard, cost_card, line_picker, notices
from .pieces import Columns, fact_list, tag_of


def course_steps(steps: Sequence[StepView], *, brief: bool = False) -> list[Step]:
    """The steps as the vertical line wants them; `brief` leaves their sentences away."""
    return [
        Step(
            s.when,
            s.title,
            "" if brief else s.text,
            "" if brief else s.more,
            s.state,
            tag=s.tag.text if s.tag is not None else "",
            tag_kind=s.tag.tone if s.tag is not None else "neutral",
            said=s.said,
        )
        for s in steps
    ]


def way_panel(view: WayView, words: Words, doors: Doors) -> QWidget:
    """The whole way on one page."""
    panel = QWidget()
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for band in notices(view.cautions):
        column.addWidget(band)
    columns = Columns(wide=31, thin=20)
    column.addWidget(columns)
    left = Card()
    course = Course(view.title)
    course.show_steps(course_steps(view.steps))
    left.add(course)
    columns.left.addWidget(left)
    for below in _below(view, words):
        columns.left.addWidget(below)
    columns.right.addWidget(cost_card(view.cost, words))
    columns.right.addWidget(_foot(view, words, doors))
    facts = Card(words.tr("Facts we use"))
    if len(view.lines) > 1:
        facts.add(line_picker(view.lines, words, doors))
    facts.add(fact_list(view.facts))
    columns.right.addWidget(facts)
    if view.rules:
        column.addWidget(RulesCard(view.rules, words))
    return panel


def _foot(view: WayView, words: Words, doors: Doors) -> QWidget:
    """What to do now, above the facts, so that it is in sight in every window."""
    row = QWidget()
    buttons = FlowLayout(row, at_end=True)
    start = primary(view.start, lambda: doors.begin(False))
    start.setObjectName("start")
    if view.is_confirmed or not view.is_over:
        if view.is_confirmed:
            other = plain(words.tr("Change the plan"), doors.change_plan)
        else:
            other = plain(words.tr("Other ways to leave"), lambda: doors.begin(True))
        other.setObjectName("other")
        buttons.addWidget(other)
    buttons.addWidget(start)
    return row


def _below(view: WayView, words: Words) -> list[Card]:
    """When one can go, when that is free, what the operator owes, and how to reach one that alone can tell more."""
    found = []
    for title, facts in (
        (words.tr("When you can go"), view.when),
        (words.tr("Free to leave"), view.free),
        (words.tr("What your operator owes you"), view.owed),
    ):
        if facts:
            card = Card(title)
            card.add(fact_list(facts))
            found.append(card)
    if view.channels:
        card = Card(words.tr("How to reach your operator"))
        for number, channel in enumerate(view.channels):
            if number:
                card.add(rule())
            card.add(_channel(channel))
        found.append(card)
    return found


def _channel(channel: ChannelView) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(3)
    column.addWidget(strong(channel.name or channel.kind))
    address = text(channel.address)
    address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column.addWidget(address)
    column.addWidget(tag_of(channel.tag), 0, Qt.AlignmentFlag.AlignLeft)
    for more in (channel.when, channel.hours):
        if more:
            column.addWidget(quiet(more))
    return box
