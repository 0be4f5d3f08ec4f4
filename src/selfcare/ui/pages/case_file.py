"""The case file: totals nobody can contradict, every promise and what became of it, every contact and message."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from selfcare.domain.topics import Topic
from selfcare.ui.context import Context, Reading
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.pieces import Columns, part_of_page, rebuilt, tag_of
from selfcare.ui.widgets.buttons import link, plain
from selfcare.ui.widgets.card import Card, empty_layout
from selfcare.ui.widgets.course import Course, Step
from selfcare.ui.widgets.empty import EmptyState
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import big_figure, quiet, rule, set_tone, strong, text
from selfcare.viewmodel.case_file import CaseFacts, CaseFileView, EntryView, PromiseRow, TotalView, case_file_view

AT_ONCE = 40
"""Entries of the line of time that are built at once."""


class CaseFilePage(Page):
    """What the customer can prove, on one page."""

    topics = frozenset({Topic.CONTACTS, Topic.MESSAGES, Topic.TICKETS, Topic.ORDERS, Topic.PROBLEMS})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._shown = AT_ONCE
        self._view: CaseFileView | None = None
        box, self._column = part_of_page()
        self.body.addWidget(box)
        self.body.addStretch(1)

    def load(self, reading: Reading) -> CaseFileView:
        """Contacts, messages, and everything that carries a promise."""
        reader = reading.reader
        facts = CaseFacts(
            zone=reading.zone,
            contacts=reader.contacts(),
            messages=reader.messages(),
            tickets=reader.tickets(),
            orders=reader.orders(),
            problems=reader.problems(),
            freshness=reader.freshness(*sorted(self.topics)),
        )
        return case_file_view(facts, reading.words, reading.today, reading.now)

    def show_view(self, view: CaseFileView) -> None:
        """Totals above, the line of time at the left, promises at the right."""
        if view != self._view:
            self._view = view
            rebuilt(self, partial(self._build, view))

    def _build(self, view: CaseFileView) -> None:
        self.set_title(view.title, view.subtitle)
        empty_layout(self._column)
        if view.totals:
            self._column.addWidget(self._totals(view))
        columns = Columns(5, 4)
        columns.left.addWidget(self._entries(view))
        columns.right.addWidget(self._promises(view))
        self._column.addWidget(columns)

    # ---- inside

    def _totals(self, view: CaseFileView) -> Card:
        card = Card()
        card.add(flow(*(_total(t) for t in view.totals), gap=32))
        return card

    def _entries(self, view: CaseFileView) -> Card:
        words = self.words
        card = Card(words.tr("What happened"))
        if view.absence is not None:
            card.add(EmptyState(view.absence))
            return card
        course = Course(words.tr("Contacts and messages, newest first"))
        entries = view.entries[: self._shown]
        course.show_steps([_step(e, words.tr("contact"), words.tr("message")) for e in entries])
        card.add(course)
        left = len(view.entries) - len(entries)
        if left > 0:
            card.buttons(plain(words.trn("Show {count} more", "Show {count} more", min(left, AT_ONCE)), self._more))
        return card

    def _more(self) -> None:
        self._shown += AT_ONCE
        if self._view is not None:
            rebuilt(self, partial(self._build, self._view))

    def _promises(self, view: CaseFileView) -> Card:
        card = Card(self.words.tr("Promises"))
        if not view.promises:
            card.add(text(view.no_promises, tone="quiet"))
        for number, promise in enumerate(view.promises[:AT_ONCE]):
            if number:
                card.add(rule())
            card.add(self._promise(promise))
        return card

    def _promise(self, promise: PromiseRow) -> QWidget:
        box, column = part_of_page()
        column.setSpacing(4)
        column.addWidget(tag_of(promise.tag))
        column.addWidget(strong(promise.title))
        column.addWidget(text(promise.sentence, tone="quiet"))
        button = link(self.words.tr("Where it was said"), partial(self.open, promise.target))
        button.setAccessibleDescription(promise.title)
        column.addWidget(flow(button))
        return box


def _step(entry: EntryView, contact: str, message: str) -> Step:
    said = contact if entry.kind == "contact" else message
    words = f"{entry.text}\n{entry.quote}" if entry.quote else entry.text
    return Step(entry.when, entry.title, words, entry.far, "now" if entry.kind == "contact" else "later", said=said)


def _total(total: TotalView) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    figure = big_figure(total.figure)
    if total.tone != "neutral":
        set_tone(figure, total.tone)
    name = quiet(total.label)
    name.setWordWrap(False)
    name.setBuddy(figure)
    column.addWidget(figure)
    column.addWidget(name)
    return box
