"""Waiting: what was asked of the operator and is not settled, what it needs, and what became of the rest."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from selfcare.domain.forgotten import forgotten
from selfcare.domain.topics import Topic
from selfcare.ui.context import Context, Reading
from selfcare.ui.pages.letter_opening import letter_button
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.pieces import empty_card, over, part_of_page, rebuilt, tag_of
from selfcare.ui.widgets.buttons import plain, primary
from selfcare.ui.widgets.card import Card, empty_layout
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import quiet, quote, rule, set_description, set_name, strong, text
from selfcare.viewmodel.ages import Absence
from selfcare.viewmodel.course import CourseStep
from selfcare.viewmodel.facts import with_shown_numbers
from selfcare.viewmodel.notice import Notice
from selfcare.viewmodel.waiting import (
    ChoiceView,
    Deed,
    WaitingFacts,
    WaitingItem,
    WaitingView,
    too_late,
    waiting_view,
)

_MARKS = {"done": "✓", "now": "○", "later": "·", "missed": "✕", "asks": "!"}


class WaitingPage(Page):
    """The requests. Trying again and taking back are done at once, on the store lane."""

    topics = frozenset({Topic.WAITING, Topic.ORDERS, Topic.TICKETS, Topic.PRODUCTS})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._view: WaitingView | None = None
        self._told: Notice | None = None
        self.head_actions(letter_button(self))
        box, self._column = part_of_page()
        self.body.addWidget(box)
        self.body.addStretch(1)

    def load(self, reading: Reading) -> WaitingView:
        """Every request, with the lines and tickets it names."""
        reader = reading.reader
        lines = with_shown_numbers(reader.lines(), reading.profile.country)
        waiting = reader.waiting()
        gone = frozenset(one.id for one in forgotten(waiting, reader.orders()))
        facts = WaitingFacts(reading.zone, waiting, lines, reader.tickets(), reading.profile.honours, gone)
        return waiting_view(facts, reading.words, reading.today, reading.now)

    def show_view(self, view: WaitingView) -> None:
        """Open requests as cards, settled ones in one card below."""
        if view != self._view:
            self._view = view
            rebuilt(self, partial(self._build, view))
        if self._told is not None:
            self.show_notice(self._told)
            self._told = None

    def _build(self, view: WaitingView) -> None:
        self.set_title(view.title, view.subtitle)
        empty_layout(self._column)
        if view.nothing is not None:
            self._column.addWidget(empty_card(self, Absence("calm", *view.nothing)))
        may_be_primary = True
        for item in view.open_items:
            self._column.addWidget(self._card(item, may_be_primary=may_be_primary))
            may_be_primary = may_be_primary and not any(c.is_first for c in item.choices)
        if view.settled:
            self._column.addWidget(self._settled(view.settled))

    # ---- inside

    def _card(self, item: WaitingItem, *, may_be_primary: bool) -> Card:
        card = Card(item.title, tag=item.tag.text, tag_kind=item.tag.tone)
        set_name(card, self.words.tr("{name}: {value}", name=item.title, value=item.tag.text))
        card.add(text(item.sentence))
        if item.text:
            card.add(quote(item.text))
        if item.caution:
            card.add(text(item.caution, tone="quiet"))
        card.add(flow(*(self._step(step) for step in item.course)))
        if item.facts:
            card.add(flow(*(over(f.name, f.value) for f in item.facts)))
        buttons = []
        for choice in item.choices:
            make = primary if choice.is_first and may_be_primary else plain
            button = make(choice.label, partial(self._do, item, choice))
            set_description(button, item.title)
            buttons.append(button)
        if buttons:
            card.buttons(*buttons)
        return card

    def _step(self, step: CourseStep) -> QWidget:
        shown = over(f"{_MARKS[step.state]} {step.name}", step.when)
        named = self.words.tr("{name}: {value}", name=step.name, value=step.when)
        set_name(shown, named)
        set_description(shown, step.said)
        return shown

    def _settled(self, items: tuple[WaitingItem, ...]) -> Card:
        card = Card(self.words.tr("Settled in the last 30 days"))
        for number, item in enumerate(items):
            if number:
                card.add(rule())
            card.add(tag_of(item.tag), strong(item.title), text(item.sentence, tone="quiet"))
            said = [self.words.tr("{name}: {value}", name=name, value=value) for name, value in _told(item)]
            card.add(quiet(" · ".join(said)))
        return card

    def _do(self, item: WaitingItem, choice: ChoiceView) -> None:
        session = self.context.session
        if session is None:
            return
        if choice.deed is Deed.LOOK:
            self.open(choice.target)
        elif choice.deed is Deed.RETRY and item.needs_customer:
            self._on_the_lane(partial(session.retry, item.id))
        elif choice.deed in {Deed.CHECK, Deed.RETRY}:
            ask = session.check_again if choice.deed is Deed.CHECK else session.retry
            if self.context.try_again():
                self._on_the_lane(partial(ask, item.id))
        elif self.drop_dialog(item, choice).exec():
            self.ask(lambda _reading: session.drop(item.id), self._dropped)

    def drop_dialog(self, item: WaitingItem, choice: ChoiceView) -> FactsDialog:
        """The question before a request is taken back."""
        return FactsDialog(
            self,
            self.words,
            title=self.words.tr("Take this back?"),
            question=item.drop_question,
            facts=[(self.words.tr("Request"), item.title), *_told(item)],
            confirm=choice.label,
            cancel=self.words.tr("Leave it as it is"),
            is_final=True,
        )

    def _on_the_lane(self, work: Callable[[], object]) -> None:
        self.ask(lambda _reading: work(), self._done)

    def _dropped(self, is_back: bool) -> None:
        if not is_back:
            self._told = too_late(self.words)
        self._done(is_back)

    def _done(self, _result: object) -> None:
        self.context.push()
        self.reload()


def _told(item: WaitingItem) -> list[tuple[str, str]]:
    """The course and the facts of a request in words, one after the other."""
    return [*((step.name, step.when) for step in item.course), *((fact.name, fact.value) for fact in item.facts)]
