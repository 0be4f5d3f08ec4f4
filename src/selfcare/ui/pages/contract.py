"""The contract: its line of time, what is stated and what is not, price changes, clauses and documents."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from selfcare.domain.tickets import Ticket
from selfcare.domain.topics import Topic
from selfcare.i18n.words import Words
from selfcare.leaving.atlas import rules_file
from selfcare.leaving.departures import departures
from selfcare.leaving.rules import parse_rules
from selfcare.ui.context import Context, Reading
from selfcare.ui.pages.calendar_saving import contract_calendar, save_calendar
from selfcare.ui.pages.contract_notes import ContractNotesCard
from selfcare.ui.pages.contract_paper import ContractPaper
from selfcare.ui.pages.holder_card import HolderCard
from selfcare.ui.pages.letter_opening import write_letter
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.pieces import Columns, empty_card, fact_list, heading, part_of_page, rebuilt, tag_of
from selfcare.ui.pages.ticket_dialog import TicketDesk, TicketDialog
from selfcare.ui.pages.untaken import takes_tickets
from selfcare.ui.widgets.balance import IN_ONE_CARD
from selfcare.ui.widgets.buttons import plain
from selfcare.ui.widgets.card import Card, empty_layout
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import quiet, quote, rule, set_description, set_name, set_tone, strong, text
from selfcare.ui.widgets.paper import PaperView
from selfcare.ui.widgets.timeline import Mark, TimeLine
from selfcare.viewmodel.contract import (
    ChangeView,
    ContractCard,
    ContractFacts,
    ContractView,
    PaperLink,
    TermView,
    contract_view,
)
from selfcare.viewmodel.facts import FactView, with_shown_numbers
from selfcare.viewmodel.holder import holder_view
from selfcare.viewmodel.noted_contract import KEPT_AS, notes_from_bytes
from selfcare.viewmodel.price_rights import RightsGround
from selfcare.viewmodel.reports import Draft
from selfcare.viewmodel.timeline import Point, TimeLineView

_KINDS = {Point.START: "plain", Point.NOTICE: "bad", Point.END: "accent", Point.TODAY: "now"}


WHOLE = 3
"""So many devices of one contract are shown with all their facts."""


class ContractPage(Page):
    """One card for each contract; every way out of it is one click away."""

    topics = frozenset(
        {
            Topic.CONTRACTS,
            Topic.PRODUCTS,
            Topic.PAPERS,
            Topic.LETTERS,
            Topic.TICKETS,
            Topic.BILLS,
            Topic.MESSAGES,
            Topic.CONTACTS,
            Topic.ORDERS,
        }
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._parts: dict[str, QWidget] = {}
        self._wanted = ""
        self._view: ContractView | None = None
        box, self._column = part_of_page()
        self.head_actions(
            plain(self.words.tr("Days as a calendar file…"), partial(save_calendar, self, contract_calendar)),
            plain(self.words.tr("Write a letter…"), partial(write_letter, self)),
            plain(self.words.tr("What leaving takes"), partial(self.open, "leaving")),
        )
        self._list = box
        self.paper: ContractPaper | None = None
        self.body.addWidget(box)
        self.body.addStretch(1)

    def load(self, reading: Reading) -> ContractView:
        """Contracts, the lines they cover, letters, and which of these papers are here."""
        from selfcare.account.notebook import notebook_of

        reader = reading.reader
        contracts, letters = reader.contracts(), reader.letters()
        profile, customer = reading.profile, reader.customer()
        name, is_business = rules_file(profile.country), customer is not None and customer.is_business
        rules = parse_rules(reading.rules(name)) if name else None
        papers = [paper.id for contract in contracts for paper in contract.papers]
        papers += [file.id for letter in letters for file in letter.files]
        facts = ContractFacts(
            zone=reading.zone,
            contracts=contracts,
            lines=with_shown_numbers(reader.lines(), reading.profile.country),
            letters=letters,
            here=frozenset(reader.papers_here(papers)),
            freshness=reader.freshness(Topic.CONTRACTS, Topic.LETTERS),
            ground=RightsGround(
                profile.country, profile.zone, profile.currency, rules, is_business, reading.now, reader.messages()
            )
            if rules is not None
            else None,
            holder=None
            if is_business
            else holder_view(
                contracts,
                reader.tickets(),
                reader.contacts(),
                reader.bills(26),
                rules,
                reading.words,
                reading.today,
                reading.zone,
                notebook_of(reader).contacts,
            ),
            notes=notes_from_bytes(reader.draft(KEPT_AS)),
            departing=departures(reader.lines(), reader.orders(), profile.zone),
        )
        return contract_view(facts, reading.words, reading.today)

    def show_view(self, view: ContractView) -> None:
        """Show all contracts, or why there is none."""
        if view != self._view:
            self._view = view
            rebuilt(self, partial(self._build, view))
        if self._wanted:
            self.open_at(self._wanted)

    def _build(self, view: ContractView) -> None:
        self.set_title(view.title, view.subtitle)
        empty_layout(self._column)
        self._parts = {}
        if view.absence is not None:
            self._column.addWidget(empty_card(self, view.absence))
        for contract in view.contracts:
            card = self._card(contract)
            self._parts[contract.id] = card
            self._column.addWidget(card)
        self.notes = ContractNotesCard(self, view.noted)
        self._column.addWidget(self.notes)
        if view.letters or view.no_letters is not None:
            self._column.addWidget(self._letters(view))
        if view.holder is not None:
            card = HolderCard(view.holder, self.words)
            card.asked.connect(self._ask_holder)
            card.opened.connect(self.open)
            self._column.addWidget(card)

    def open_at(self, target: str) -> None:
        """Bring one contract into sight by its id; "paper/D-1" opens a document."""
        if target.startswith("paper/"):
            self._open_paper(target.removeprefix("paper/"), "")
            return
        if not target:
            self.go_back()
        self._wanted = "" if target in self._parts else target
        if target in self._parts:
            self.scroll_to(self._parts[target])

    def go_back(self) -> bool:
        """From a document to the contracts."""
        if self.paper is None or self.paper.view.isHidden():
            return False
        self.paper.view.hide()
        self._list.show()
        return True

    # ---- inside

    def _open_paper(self, paper_id: str, name: str) -> None:
        context = self.context
        if context.make_paper is None or context.paper_lane is None:
            self.open(f"paper/{paper_id}")
            return
        if self.paper is None:
            view = PaperView(self.words, context.paper_lane, context.make_paper)
            view.closed.connect(self.go_back)
            self.body.insertWidget(0, view)
            self.paper = ContractPaper(self, view)
        self.paper.view.setMinimumHeight(max(400, self.height() - 140))
        self._list.hide()
        self.paper.view.show()
        self.paper.view.setFocus()
        self.paper.show_paper(paper_id, name or self.words.tr("Document of the contract"))

    def _ask_holder(self, draft: Draft) -> None:
        if not takes_tickets(self):
            return

        def write(told: tuple[Ticket, ...]) -> None:
            desk = TicketDesk(self.context, told, self.context.zone)
            dialog = TicketDialog(self, self.words, draft, desk=desk)
            if dialog.exec():
                self.submit(dialog.command())
            dialog.deleteLater()

        self.ask(lambda reading: reading.reader.tickets(), write, key="told")

    def _card(self, contract: ContractCard) -> Card:
        card = Card()
        set_name(card, contract.title)
        card.add(heading(contract.title, tag_of(contract.state)))
        if contract.subtitle:
            card.add(quiet(contract.subtitle))
        card.add(strong(contract.summary))
        if contract.time is not None:
            card.add(time_line(contract.time, self.words.tr("The line of time of {name}", name=contract.title)))
        columns = Columns(1, 1, between=IN_ONE_CARD)
        columns.left.addWidget(fact_list(contract.facts))
        for part in equipment_parts(contract, self.words):
            columns.left.addWidget(part)
        self._fill_right(contract, columns.right)
        card.add(columns)
        return card

    def _letters(self, view: ContractView) -> Card:
        card = Card()
        title = self.words.tr("Letters and papers")
        set_name(card, title)
        card.add(heading(title))
        if view.no_letters is not None:
            card.add(strong(view.no_letters.title))
            card.add(quiet(view.no_letters.text))
        for letter in view.letters:
            card.add(self._paper(letter))
        return card

    def _fill_right(self, contract: ContractCard, column: QVBoxLayout) -> None:
        words = self.words
        charge = contract.charge
        box, inner = part_of_page()
        inner.setContentsMargins(0, 6, 0, 0)
        inner.setSpacing(2)
        inner.addWidget(quiet(charge.name))
        amount = strong(charge.value)
        set_tone(amount, "" if charge.is_stated else "quiet")
        inner.addWidget(amount)
        if charge.note:
            inner.addWidget(quiet(charge.note))
        column.addWidget(box)
        for part in (
            [_change(c) for c in contract.changes],
            [_term(t) for t in contract.terms],
        ):
            if part:
                column.addWidget(rule())
                for widget in part:
                    column.addWidget(widget)
        if contract.papers or contract.no_papers:
            column.addWidget(rule())
            column.addWidget(quiet(words.tr("Documents")))
            if contract.no_papers:
                column.addWidget(quiet(contract.no_papers))
            for paper in contract.papers:
                column.addWidget(self._paper(paper))

    def _paper(self, paper: PaperLink) -> QWidget:
        button = plain(paper.name, partial(self._open_paper, paper.id, paper.name))
        set_description(button, paper.hint)
        return flow(button, *(quiet_line(words) for words in (paper.day, paper.hint) if words))


def equipment_parts(contract: ContractCard, words: Words) -> Iterator[QWidget]:
    """The devices of a contract, whole where they are few, else one line each."""
    if not contract.equipment and not contract.no_equipment:
        return
    yield rule()
    yield quiet(words.tr("Equipment"))
    if contract.no_equipment:
        yield quiet(contract.no_equipment)
    if len(contract.equipment) > WHOLE:
        yield fact_list(FactView(device.name, device.brief) for device in contract.equipment)
        return
    for device in contract.equipment:
        yield heading(device.name, *(tag_of(tag) for tag in device.tags))
        yield fact_list(device.facts)


def time_line(view: TimeLineView, name: str) -> TimeLine:
    """The days of a contract on one line, drawn strong up to today."""
    line = TimeLine(name)
    today = next((p.place for p in view.points if p.kind is Point.TODAY), 0.0)
    line.show_marks([Mark(p.place, p.label, p.day, _KINDS[p.kind]) for p in view.points], today)
    return line


def quiet_line(words: str) -> QWidget:
    """A quiet remark that stands beside something and does not wrap."""
    label = quiet(words)
    label.setWordWrap(False)
    return label


def _change(change: ChangeView) -> QWidget:
    box, column = part_of_page()
    column.setSpacing(4)
    column.addWidget(flow(strong(change.title), tag_of(change.tag), gap=10))
    if change.sentence:
        column.addWidget(text(change.sentence, tone="quiet"))
    if change.text:
        column.addWidget(quote(change.text))
    if change.message:
        column.addWidget(quiet(change.message))
    if change.right:
        column.addWidget(text(change.right))
    if change.rule:
        column.addWidget(quiet(change.rule))
    return box


def _term(term: TermView) -> QWidget:
    box, column = part_of_page()
    column.setSpacing(2)
    column.addWidget(quote(term.text))
    if term.note:
        column.addWidget(quiet(term.note))
    return box
