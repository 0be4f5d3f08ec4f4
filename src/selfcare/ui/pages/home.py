"""Home: what needs the customer today at the left, what is good to know at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget

from selfcare.domain.topics import Topic
from selfcare.ui.context import Context, Reading
from selfcare.ui.tasks import screen_first
from selfcare.ui.widgets.balance import Balanced
from selfcare.ui.widgets.buttons import link, plain, primary
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.chart import ChartPanel
from selfcare.ui.widgets.labels import big_figure, quiet, set_description, text

from .letter_opening import letter_button
from .page import FIRST_PAINT_MS, Page

if TYPE_CHECKING:
    from selfcare.domain.lines import Line
    from selfcare.viewmodel.ages import Absence
    from selfcare.viewmodel.glance import Look
    from selfcare.viewmodel.home_cards import HomeFacts, HomeView, PaymentCard, SideCard, Step, UrgentCard

SOON = timedelta(days=9)
"""Home is made ahead for the days to come (viewmodel.glance): a bill that falls due in them counts as late here."""

KNOWN_OF = (Topic.BILLS, Topic.TICKETS, Topic.PRODUCTS, Topic.SERVICES, Topic.CONTRACTS)
"""Of these Home says what is quiet, or that the operator does not offer it."""

NARROW = 816
"""Below this width of the cards, in pixels at usual text size, the two columns stand one below the other."""


AT_ONCE = 2
"""So many new cards are laid out and painted before the window is asked for anything else."""

Planned = tuple[object, "Callable[[], Card]", int]


class HomePage(Page):
    """Cards; the buttons on them lead to where something can be done."""

    topics: ClassVar[frozenset[Topic]] = frozenset(
        {
            Topic.CUSTOMER,
            Topic.ACCOUNTS,
            Topic.BILLS,
            Topic.BILL_LINES,
            Topic.PAYMENTS,
            Topic.PRODUCTS,
            Topic.SERVICES,
            Topic.CONTRACTS,
            Topic.TICKETS,
            Topic.PROBLEMS,
            Topic.APPOINTMENTS,
            Topic.ORDERS,
            Topic.WAITING,
            Topic.LEAVING,
        }
    )

    is_all_in_view: ClassVar[bool] = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.set_title(self.words.tr("What matters today"))
        self.head_actions(letter_button(self))
        self._knows_numbers = False
        self._cards: list[tuple[object, Card]] = []
        self._steps: Iterator[bool] = iter(())
        self._columns = Balanced(65, 37, NARROW)
        self.body.addWidget(self._columns)
        self.body.addStretch(1)

    def load(self, reading: Reading) -> HomeView:
        """The view of the facts."""
        from selfcare.viewmodel.home import home_view

        facts = self.facts(reading)
        return home_view(facts, reading.words, reading.zone, reading.today, reading.now)

    def facts(self, reading: Reading) -> HomeFacts:
        """Gather the facts, lightly: the newest bills only, and payments only where a bill is or soon is overdue."""
        from selfcare.account.notebook import notebook_of
        from selfcare.case.promises import promises_from
        from selfcare.domain.bills import is_overdue
        from selfcare.domain.forgotten import forgotten
        from selfcare.domain.lines import services_of
        from selfcare.domain.unasked import unasked_options
        from selfcare.leaving.departures import departures
        from selfcare.ui.pages.home_out import ways_out
        from selfcare.ui.pages.services_loading import charges_in_question, early_charges
        from selfcare.viewmodel.home_cards import HomeFacts
        from selfcare.viewmodel.home_urgent import explained
        from selfcare.viewmodel.noted_contract import KEPT_AS, noted_contracts, notes_if_readable

        reader = reading.reader
        bills = reader.bills(limit=26)
        newest = {bill.id for bill in bills}
        unpaid = tuple(bill for bill in reader.unpaid_bills() if bill.id not in newest)
        tickets, problems = reader.tickets(), reader.problems()
        judged = {one.bill_id: one for one in reader.judgements(reading.today)}
        unasked = unasked_options(reader.lines(), reader.orders(), reader.waiting())
        late = any(is_overdue(b, reading.today + SOON) for b in (*bills, *unpaid))
        departing = departures(reader.lines(), reader.orders(), reading.profile.zone)
        out = ways_out(reading, [line_id for line_id, one in departing.items() if one.is_over])
        return HomeFacts(
            customer=reader.customer(),
            accounts=reader.accounts(),
            bills=bills,
            lines_of={bill_id: reader.bill_lines(bill_id) for bill_id in explained((*bills, *unpaid), judged)},
            unpaid=unpaid,
            payments=reader.payments() if late else (),
            lines=self._written(reader.lines(), reading.profile.country),
            contracts=reader.contracts(),
            tickets=tickets,
            problems=problems,
            promises=promises_from(
                tickets,
                reader.orders(),
                problems,
                reading.now,
                notebook_of(reader),
                reading.zone,
                reader.appointments(),
                services_of(reader.lines()),
            ),
            waiting=reader.waiting(),
            bills_age=reader.freshness(Topic.BILLS)[0],
            parts=tuple(reader.freshness(*KNOWN_OF)),
            judged=judged,
            charges=charges_in_question(reading, reader.lines(), unasked),
            unasked=unasked,
            early=early_charges(reading, reader.lines(), judged.values()),
            can_report=reading.profile.offers("TMF621"),
            departing=departing,
            out=out.urgent if out is not None else (),
            out_side=out.side if out is not None else (),
            forgotten=forgotten(reader.waiting(), reader.orders()),
            noted=noted_contracts(notes_if_readable(reader.draft(KEPT_AS)), reader.lines(), reading.words),
        )

    def show_look(self, look: Look) -> None:
        """Show what was made ahead, numbers as people write them included."""
        self._knows_numbers = True
        self.show_loaded(look.page, look.age, look.trouble)

    def show_view(self, view: HomeView) -> None:
        """Put the cards in their columns; the first urgent one carries the primary button.

        On a page that is looked at new cards come a few at a time, the urgent ones first: the window goes on answering.
        """
        self.set_title(view.title, view.below)
        self._steps = self._card_steps(view, AT_ONCE if self.isVisible() else 0)
        self._go_on()
        if not self._knows_numbers:
            self._knows_numbers = True
            if view.urgent:
                QTimer.singleShot(FIRST_PAINT_MS, self, self.reload)

    @Slot()
    def _go_on(self) -> None:
        with screen_first():
            if next(self._steps, False):
                QTimer.singleShot(0, self, self._go_on)

    def _card_steps(self, view: HomeView, at_once: int) -> Iterator[bool]:
        """Show the cards; yields after each `at_once` new ones while more are to come. What says the same stays."""
        plan = self._plan(view)
        cards: list[Card | None] = []
        for part, _make, _column in plan:
            same = (card for said, card in self._cards if said == part and card not in cards)
            cards.append(next(same, None))
        fresh = 0
        for place, (_part, make, _column) in enumerate(plan):
            if cards[place] is not None:
                continue
            if at_once and fresh == at_once:
                self._put(plan, cards)
                yield True
                fresh = 0
            cards[place] = make()
            fresh += 1
        self._put(plan, cards)

    def _put(self, plan: Sequence[Planned], cards: Sequence[Card | None]) -> None:
        here = [(part, card, column) for (part, _, column), card in zip(plan, cards, strict=True) if card is not None]
        self._cards = [(part, card) for part, card, _ in here]
        left, right, free = ([card for _, card, column in here if column == n] for n in range(3))
        self._columns.show_cards(left, right, free)

    def _plan(self, view: HomeView) -> list[Planned]:
        """What each card says, how it is made, and where it stands: left, right, or where there is room."""
        plan: list[Planned] = [
            ((card, n == 0), partial(self._urgent_card, card, is_first=n == 0), 0) for n, card in enumerate(view.urgent)
        ]
        if view.calm is not None:
            plan.append((view.calm, partial(_calm_card, self, view.calm), 0))
        if view.payment is not None:
            plan.append((view.payment, partial(self._payment_card, view.payment), 1))
        return [*plan, *((side, partial(self._side_card, side), 2) for side in view.side)]

    def _written(self, lines: tuple[Line, ...], country: str) -> tuple[Line, ...]:
        """The lines with their numbers as people write them; the first view does not wait for the rules of that."""
        if not self._knows_numbers:
            return lines
        from selfcare.viewmodel.facts import with_shown_numbers

        return with_shown_numbers(lines, country)

    def _urgent_card(self, card: UrgentCard, *, is_first: bool) -> Card:
        box = Card(card.title, tag=card.tag, tag_kind=card.tag_kind, parent=self._columns)
        box.add(text(card.text, tone="quiet"))
        buttons = [
            (primary if is_first and place == 0 else plain)(step.label, self._way(step))
            for place, step in enumerate(card.steps)
        ]
        for button in buttons:
            set_description(button, card.title)
        if buttons:
            box.buttons(*buttons)
        return box

    def _payment_card(self, card: PaymentCard) -> Card:
        box = Card(over=card.over, parent=self._columns)
        box.add(big_figure(card.amount), quiet(card.text))
        if card.bars is not None:
            heads = (self.words.tr("Month"), self.words.tr("Total"))
            panel = ChartPanel(self.words.tr("Bills over time"), self.words, heads, 56)
            panel.show_view(card.bars)
            panel.chart.chosen.connect(self._open_bill)
            box.body.addSpacing(8)
            box.add(panel)
        if card.step is not None:
            box.body.addWidget(link(card.step.label, self._way(card.step)), 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _side_card(self, card: SideCard) -> Card:
        box = Card(card.title, over=card.over, parent=self._columns)
        if card.text:
            box.add(text(card.text, tone="quiet"))
        if card.step is not None:
            way = link(card.step.label, self._way(card.step))
            set_description(way, card.title)
            box.body.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _way(self, step: Step) -> Callable[[], None]:
        target = step.target
        return lambda: self.open(target)

    def _open_bill(self, bill_id: str) -> None:
        self.open(f"bills/{bill_id}")


def _calm_card(page: Page, calm: Absence) -> Card:
    from selfcare.ui.pages.pieces import empty_card

    return empty_card(page, calm)
