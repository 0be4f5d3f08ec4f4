"""Visits of a technician and agreed calls: a card of their own in Help, and one beside the ticket they belong to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from selfcare.i18n.words import Words
from selfcare.ui.pages.pieces import tag_of
from selfcare.ui.widgets.buttons import link
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import quiet, quote, rule, set_name, strong, text
from selfcare.viewmodel.appointments import AppointmentView
from selfcare.viewmodel.facts import TagView
from selfcare.viewmodel.help import HelpView

LONG = 12
"""So many stand in the card; every one is in the case file, as the promise that it is."""


def visits_card(view: HelpView, words: Words, on_open: Callable[[str], object]) -> Card:
    """Every visit and call, those to come first, each with the way to its ticket."""
    card = Card(words.tr("Visits and calls"))
    for number, visit in enumerate(view.appointments[:LONG]):
        if number:
            card.add(rule())
        card.add(visit_block(visit))
        if visit.ticket_id:
            way = link(words.tr("Open its ticket"), partial(on_open, visit.ticket_id))
            set_name(way, words.tr("Open its ticket: {title}", title=visit.title))
            card.add(flow(way))
    more = len(view.appointments) - LONG
    if more > 0:
        said = words.trn("{count} earlier one is in the case file.", "{count} earlier ones are in the case file.", more)
        card.add(rule(), quiet(said))
    return card


def ticket_visits_card(visits: Sequence[AppointmentView], words: Words) -> Card:
    """The visits and calls that belong to one ticket."""
    card = Card(words.tr("Visits and calls"))
    for number, visit in enumerate(visits[:LONG]):
        if number:
            card.add(rule())
        card.add(visit_block(visit))
    return card


def next_visit(visits: Sequence[AppointmentView]) -> TagView | None:
    """The visit that stands beside a ticket's promise: the nearest to come, else the last where that was missed."""
    first = visits[0] if visits else None
    return first.promise if first is not None and (first.is_ahead or first.is_missed) else None


def visit_block(visit: AppointmentView) -> QWidget:
    """One visit: its tags, when, what for, where, what was said, and which times it had before."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(4)
    column.addWidget(flow(*(tag_of(t) for t in (visit.clock, visit.state) if t is not None)))
    column.addWidget(strong(visit.when))
    column.addWidget(text(visit.title))
    if visit.sentence:
        column.addWidget(text(visit.sentence, tone="warn" if visit.is_missed else "quiet"))
    if visit.moved:
        column.addWidget(text(visit.moved, tone="warn"))
    if visit.place:
        column.addWidget(quiet(visit.place))
    for said in visit.notes:
        column.addWidget(quote(said))
    return box
