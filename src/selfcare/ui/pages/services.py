"""Services: lines as cards, or many lines in one table; each with its plan, handset and what really works."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from selfcare.domain.lines import families_of
from selfcare.domain.operator import ExitWay
from selfcare.domain.records import Struct
from selfcare.domain.tickets import Ticket
from selfcare.domain.topics import Topic
from selfcare.domain.unasked import unasked_options
from selfcare.leaving.rules import Rules, parse_rules
from selfcare.ui.context import Context, Reading
from selfcare.ui.page_room import MARGIN, WIDEST
from selfcare.ui.pages.guide_dialog import GuideDialog
from selfcare.ui.pages.letter_opening import write_letter
from selfcare.ui.pages.line_card import LineCard
from selfcare.ui.pages.order_dialog import OrderDialog
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.pieces import back_link, confirmed, empty_card, part_of_page, rebuilt
from selfcare.ui.pages.services_loading import charges_in_question, early_charges
from selfcare.ui.pages.services_table import LinesTable, save_lines
from selfcare.ui.pages.ticket_dialog import TicketDesk, TicketDialog
from selfcare.ui.pages.unlock_dialog import UnlockDialog
from selfcare.ui.pages.untaken import takes_tickets
from selfcare.ui.theme import text_scale
from selfcare.ui.widgets.buttons import plain
from selfcare.ui.widgets.card import empty_layout
from selfcare.ui.widgets.labels import quiet
from selfcare.viewmodel.facts import ConfirmView, with_shown_numbers
from selfcare.viewmodel.guided_test import (
    KEPT_AS,
    GuideView,
    Trial,
    guide_view,
    trials_from_bytes,
    trials_to_bytes,
    with_evidence,
)
from selfcare.viewmodel.handsets import UnlockView
from selfcare.viewmodel.option_order import OrderView
from selfcare.viewmodel.reports import INCIDENT, Draft
from selfcare.viewmodel.services import LineView, ServicesFacts, ServicesView, services_view

RULES = {"GB": "gb.toml"}
"""The file of rules by country; only Great Britain's forbid selling locked handsets."""


class Read(Struct, frozen=True):
    """What the page shows, what was tested before, and the tickets `told` so far: nothing is reported twice.

    `families` are the ids that belong to each line.
    """

    view: ServicesView
    trials: dict[str, Trial]
    told: tuple[Ticket, ...] = ()
    families: tuple[frozenset[str], ...] = ()


class ServicesPage(Page):
    """What the customer has. A firm's many lines stand in a table; one line at a time is opened from it."""

    topics = frozenset(
        {
            Topic.PRODUCTS,
            Topic.SERVICES,
            Topic.CONTRACTS,
            Topic.PROBLEMS,
            Topic.WAITING,
            Topic.CUSTOMER,
            Topic.ORDERS,
            Topic.TICKETS,
            Topic.BILLS,
            Topic.OFFERS,
        }
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.view: ServicesView | None = None
        self._open_line = ""
        self._wanted = ""
        self._trials: dict[str, Trial] = {}
        self._told: tuple[Ticket, ...] = ()
        self._families: tuple[frozenset[str], ...] = ()
        self._build()

    def load(self, reading: Reading) -> Read:
        """The lines with everything hung on them."""
        reader, customer = reading.reader, reading.reader.customer()
        unasked = unasked_options(reader.lines(), reader.orders(), reader.waiting())
        facts = ServicesFacts(
            lines=with_shown_numbers(reader.lines(), reading.profile.country),
            zone=reading.zone,
            contracts=reader.contracts(),
            problems=reader.problems(),
            waiting=reader.waiting(),
            freshness=reader.freshness(Topic.PRODUCTS, Topic.SERVICES, Topic.OFFERS),
            unlock=_way_to_unlock(reading),
            rules=_rules(reading),
            is_business=customer is not None and customer.is_business,
            charges=charges_in_question(reading, reader.lines(), unasked),
            unasked=unasked,
            early=early_charges(reading, reader.lines(), reader.judgements(reading.today)),
            can_order=reading.profile.offers("TMF622"),
            can_report=reading.profile.offers("TMF621"),
            offers=reader.offers(),
        )
        view = services_view(facts, reading.words, reading.today)
        return Read(view, trials_from_bytes(reader.draft(KEPT_AS)), reader.tickets(), families_of(reader.lines()))

    def show_view(self, read: Read) -> None:
        """Cards, a table, or the reason why there is nothing."""
        view, self._trials, self._told = read.view, dict(read.trials), read.told
        self._families = read.families
        if view == self.view and not self._wanted:
            return
        self.view = view
        self.set_title(view.title, view.subtitle)
        if view.as_table:
            self._lines.show_view(view)
        else:
            rebuilt(self, partial(self._show_cards, view))
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.open_at(wanted)
        elif self._open_line and self._line(self._open_line) is not None:
            self._show_line(self._open_line)
        else:
            self._show_all()

    def open_at(self, target: str) -> None:
        """Open one line by its id; "" shows them all."""
        if self.view is None:
            self._wanted = target
            return
        if not target:
            self._show_all()
        elif self.view.as_table:
            self._show_line(target)
        elif target in self._cards:
            self._show_all()
            self.scroll_to(self._cards[target])

    def go_back(self) -> bool:
        """From one line back to the table."""
        if self._one.isHidden():
            return False
        self._show_all()
        self.table.setFocus()
        return True

    def search(self, text: str) -> None:
        """Filter the table."""
        self._lines.filter.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The table shows as many columns as there is room for."""
        self._lines.fit(min(event.size().width(), round((WIDEST + 2 * MARGIN) * text_scale())))
        super().resizeEvent(event)

    # ---- inside

    def _build(self) -> None:
        self.head_actions(plain(self.words.tr("Write a letter…"), partial(write_letter, self)))
        self._cards: dict[str, LineCard] = {}
        self._cards_box, self._column = part_of_page()
        self._lines = LinesTable(self.words, self.context.today, self._save)
        self._lines.opened.connect(self._show_line)
        self.table = self._lines.table
        self._one, self._one_column = part_of_page()
        for part in (self._cards_box, self._lines, self._one):
            part.hide()
            self.body.addWidget(part, 1 if part is self._lines else 0)
        self._foot = QWidget()
        self.body.addWidget(self._foot, 1)
        self.fill_height()

    def _show_part(self, part: QWidget) -> None:
        for each in (self._cards_box, self._lines, self._one):
            each.setVisible(each is part)
        self._foot.setVisible(part is not self._lines)

    def _show_cards(self, view: ServicesView) -> None:
        empty_layout(self._column)
        self._cards = {}
        if view.note:
            self._column.addWidget(quiet(view.note))
        for line in view.lines:
            card = self._card(line)
            self._cards[line.id] = card
            self._column.addWidget(card)
        if view.absence is not None:
            self._column.addWidget(empty_card(self, view.absence))

    def _card(self, line: LineView) -> LineCard:
        card = LineCard(line, self.words)
        card.report_wanted.connect(self._report)
        card.test_wanted.connect(self._test)
        card.drop_wanted.connect(self._drop)
        card.order_wanted.connect(self._order)
        card.unlock_wanted.connect(self._unlock)
        card.opened.connect(self.open)
        return card

    def _show_all(self) -> None:
        self._open_line = ""
        table = self.view is not None and self.view.as_table
        self._show_part(self._lines if table else self._cards_box)

    @Slot(str)
    def _show_line(self, line_id: str) -> None:
        line = self._line(line_id)
        if line is None:
            return
        self._open_line = line_id
        empty_layout(self._one_column)
        back = back_link(self.words.tr("← All lines"), self.go_back)
        self._one_column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        self._one_column.addWidget(self._card(line))
        self._show_part(self._one)
        back.setFocus()

    def _line(self, line_id: str) -> LineView | None:
        return next((ln for ln in self.view.lines if ln.id == line_id), None) if self.view is not None else None

    @Slot(object)
    def _report(self, draft: Draft) -> None:
        """The ticket, with what was tested before; once it is asked for, the test has done its work."""
        if not takes_tickets(self):
            return
        tested = draft.subject.id
        trial, guide = self._trials.get(tested), self._guide(tested)
        is_tested = trial is not None and guide is not None and draft.ticket_type == INCIDENT
        if trial is not None and guide is not None and is_tested:
            draft = with_evidence(draft, guide, trial, self.words)
        desk = TicketDesk(self.context, self._told, self.context.zone, self._families)
        dialog = TicketDialog(self, self.words, draft, desk=desk)
        if dialog.exec():
            self.submit(dialog.command())
            if is_tested:
                del self._trials[tested]
                self._keep_trials()
        dialog.deleteLater()

    @Slot(str)
    def _test(self, tested: str) -> None:
        """The steps, and the ticket after them; what was tried is kept at every answer."""
        guide, line = self._guide(tested), self._line_of(tested)
        if guide is None or line is None:
            return

        def keep(trial: Trial) -> None:
            self._trials[tested] = trial
            self._keep_trials()

        before = self._trials.get(tested, Trial({}))
        dialog = GuideDialog(self, self.words, guide, before, self.context.today(), keep, to_ticket=line.can_report)
        if dialog.exec():
            keep(dialog.trial())
            if line.can_report:
                self._report(line.drafts[tested])
            else:
                self.open("case/note")
        dialog.deleteLater()

    def _line_of(self, tested: str) -> LineView | None:
        return next((ln for ln in self.view.lines if tested in ln.drafts), None) if self.view is not None else None

    def _guide(self, tested: str) -> GuideView | None:
        line = self._line_of(tested)
        if line is None:
            return None
        option = next((o for o in line.options if o.id == tested), None)
        name, is_reported = (option.name if option is not None else line.title), tested in line.reported
        return guide_view(line.access, name, is_option=option is not None, is_reported=is_reported, words=self.words)

    def _keep_trials(self) -> None:
        session, kept = self.context.session, trials_to_bytes(self._trials)
        if session is not None:
            lane = self.context.store_lane
            lane.ask(self, lambda: session.save_draft(KEPT_AS, kept), lambda _done: None, self.show_failure)

    def _save(self) -> None:
        save_lines(self, self._lines)

    @Slot(object)
    def _drop(self, question: ConfirmView) -> None:
        if confirmed(self, question, self.words):
            self.submit(question.command)

    @Slot(object)
    def _order(self, view: OrderView) -> None:
        dialog = OrderDialog(self, self.words, view)
        if dialog.exec():
            self.submit(dialog.command())
        dialog.deleteLater()

    @Slot(object)
    def _unlock(self, view: UnlockView) -> None:
        dialog = UnlockDialog(self, self.words, view)
        if dialog.exec():
            self.submit(dialog.command())
        dialog.deleteLater()


def _way_to_unlock(reading: Reading) -> ExitWay | None:
    """How an unlock is asked for; None where the API that it goes through is not offered."""
    way = reading.profile.exit.get("unlock")
    return way if way is not None and reading.profile.offers(way.via) else None


def _rules(reading: Reading) -> Rules | None:
    """The rules of the operator's country that say something of handsets, None where there are none."""
    name = RULES.get(reading.profile.country)
    return parse_rules(reading.rules(name)) if name is not None else None
