"""Services: lines as cards, or many lines in one table; each with its plan, handset and what really works."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from selfcare.domain.topics import Topic
from selfcare.domain.unasked import unasked_options
from selfcare.leaving.rules import Rules, parse_rules
from selfcare.ui.context import Context, Reading
from selfcare.ui.pages.line_card import LineCard
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.pieces import back_link, empty_card, part_of_page, rebuilt
from selfcare.ui.pages.services_loading import charges_in_question
from selfcare.ui.pages.ticket_dialog import TicketDialog
from selfcare.ui.pages.unlock_dialog import UnlockDialog
from selfcare.ui.theme import text_scale
from selfcare.ui.widgets.card import empty_layout
from selfcare.ui.widgets.labels import quiet
from selfcare.ui.widgets.table import Cell, Column, DataTable, Row, row
from selfcare.viewmodel.facts import with_shown_numbers
from selfcare.viewmodel.handsets import UnlockView
from selfcare.viewmodel.reports import Draft
from selfcare.viewmodel.services import LineView, ServicesFacts, ServicesView, services_view

COMMITMENT = 4
"""The column of the table that gives way first."""

RULES = {"GB": "gb.toml"}
"""The file of rules by country; only Great Britain's forbid selling locked handsets."""

WIDE = 1000
"""Pixels from which on there is room for all columns."""


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
        }
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.view: ServicesView | None = None
        self._open_line = ""
        self._wanted = ""
        self._build()

    def load(self, reading: Reading) -> ServicesView:
        """The lines with everything hung on them."""
        reader, customer = reading.reader, reading.reader.customer()
        unasked = unasked_options(reader.lines(), reader.orders())
        facts = ServicesFacts(
            lines=with_shown_numbers(reader.lines(), reading.profile.country),
            zone=reading.zone,
            contracts=reader.contracts(),
            problems=reader.problems(),
            waiting=reader.waiting(),
            freshness=reader.freshness(Topic.PRODUCTS, Topic.SERVICES),
            unlock=reading.profile.exit.get("unlock"),
            rules=_rules(reading),
            is_business=customer is not None and customer.is_business,
            charges=charges_in_question(reading, reader.lines(), unasked),
            unasked=unasked,
        )
        return services_view(facts, reading.words, reading.today)

    def show_view(self, view: ServicesView) -> None:
        """Cards, a table, or the reason why there is nothing."""
        if view == self.view and not self._wanted:
            return
        self.view = view
        self.set_title(view.title, view.subtitle)
        if view.as_table:
            self._find_rows(self._filter.text())
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
        self._filter.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the commitment is told on the line's own card only."""
        self.table.setColumnHidden(COMMITMENT, event.size().width() < WIDE * text_scale())
        super().resizeEvent(event)

    # ---- inside

    def _build(self) -> None:
        self._cards: dict[str, LineCard] = {}
        self._cards_box, self._column = part_of_page()
        self._table_box = self._build_table()
        self._one, self._one_column = part_of_page()
        for part in (self._cards_box, self._table_box, self._one):
            part.hide()
            self.body.addWidget(part, 1 if part is self._table_box else 0)
        self._foot = QWidget()
        self.body.addWidget(self._foot, 1)
        self.fill_height()

    def _show_part(self, part: QWidget) -> None:
        for each in (self._cards_box, self._table_box, self._one):
            each.setVisible(each is part)
        self._foot.setVisible(part is not self._table_box)

    def _build_table(self) -> QWidget:
        words = self.words
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._filter = QLineEdit()
        self._filter.setPlaceholderText(words.tr("Filter: number, user, plan, option, state…"))
        self._filter.setAccessibleName(words.tr("Filter the lines"))
        self._filter.setClearButtonEnabled(True)
        self._filter.setMaximumWidth(420)
        self._filter.textChanged.connect(self._find_rows)
        self._count = quiet("")
        column.addWidget(self._filter)
        column.addWidget(self._count)
        self.table = DataTable(
            (
                Column(words.tr("Number"), bold=True),
                Column(words.tr("Used by")),
                Column(words.tr("Plan"), stretch=True),
                Column(words.tr("Cost"), right=True),
                Column(words.tr("Commitment"), quiet=True),
                Column(words.tr("Works?"), tag=True),
            ),
            words.tr("Lines"),
        )
        self.table.activated_key.connect(self._show_line)
        self.table.clicked.connect(lambda _index: self._show_line(self.table.current_key()))
        column.addWidget(self.table, 1)
        self.table.setMinimumHeight(320)
        return box

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
            self._column.addWidget(empty_card(view.absence))

    def _card(self, line: LineView) -> LineCard:
        card = LineCard(line, self.words)
        card.report_wanted.connect(self._report)
        card.unlock_wanted.connect(self._unlock)
        card.opened.connect(self.open)
        return card

    def _show_all(self) -> None:
        self._open_line = ""
        table = self.view is not None and self.view.as_table
        self._show_part(self._table_box if table else self._cards_box)

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

    @Slot(str)
    def _find_rows(self, typed: str) -> None:
        if self.view is None:
            return
        found = self.view.found(typed)
        self.table.show_rows([_row(line, self.words.tr("not stated")) for line in found])
        if typed.strip():
            self._count.setText(
                self.words.trn(
                    "{count} line found of {all}", "{count} lines found of {all}", len(found), all=len(self.view.lines)
                )
            )
        self._count.setVisible(bool(typed.strip()))

    @Slot(object)
    def _report(self, draft: Draft) -> None:
        dialog = TicketDialog(self, self.words, draft)
        if dialog.exec():
            self.submit(dialog.command())
        dialog.deleteLater()

    @Slot(object)
    def _unlock(self, view: UnlockView) -> None:
        dialog = UnlockDialog(self, self.words, view)
        if dialog.exec():
            self.submit(dialog.command())
        dialog.deleteLater()


def _rules(reading: Reading) -> Rules | None:
    """The rules of the operator's country that say something of handsets, None where there are none."""
    name = RULES.get(reading.profile.country)
    return parse_rules(reading.rules(name)) if name is not None else None


def _row(line: LineView, nothing: str) -> Row:
    return row(
        line.id,
        line.title,
        line.user,
        line.plan,
        line.cost or nothing,
        line.commitment or nothing,
        Cell(line.health.text, line.health.tone),
    )
