"""One ticket, or one known problem: its course in time, its facts, and what the customer can add."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from selfcare.i18n.words import Words
from selfcare.ui.pages.pieces import Columns, course_of, fact_list, heading, tag_of
from selfcare.ui.pages.ticket_picture import turn_picture
from selfcare.ui.pages.visits import next_visit, ticket_visits_card
from selfcare.ui.theme import text_scale
from selfcare.ui.widgets.buttons import link, plain, primary
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import card_title, quiet, quote, text
from selfcare.ui.widgets.writing import WritingField
from selfcare.viewmodel.appointments import AppointmentView
from selfcare.viewmodel.problems import ProblemView
from selfcare.viewmodel.tickets import TicketView


class TicketDetail(QWidget):
    """A ticket from its report to now, with the next promise and its clock."""

    note_wanted = Signal(str, str)
    """A note is to be added: the ticket's number and the text."""

    opened = Signal(str)
    """A known problem or another ticket is wanted: "problem/SP-9"."""

    contested = Signal(str)
    """The customer says that this finished ticket is not fixed."""

    def __init__(
        self,
        ticket: TicketView,
        problems: Sequence[ProblemView],
        words: Words,
        note: str = "",
        visits: Sequence[AppointmentView] = (),
    ) -> None:
        super().__init__()
        self._words = words
        self.ticket_id = ticket.id
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = Card()
        visit = next_visit(visits) if ticket.is_open else None
        tags = [tag_of(t) for t in (visit, ticket.promise, ticket.state) if t is not None]
        head.add(card_title(ticket.title), flow(*tags), text(ticket.turn, tone="warn" if ticket.is_my_turn else ""))
        if ticket.text:
            head.add(quote(ticket.text))
        if ticket.picture is not None:
            head.add(turn_picture(ticket.picture, words))
        if ticket.can_contest:
            self.contest_button = primary(words.tr("It is not fixed…"), partial(self.contested.emit, ticket.id))
            head.buttons(self.contest_button)
        column.addWidget(head)
        if ticket.doubts:
            column.addWidget(self._doubts(ticket))
        columns = Columns(5, 4)
        column.addWidget(columns)
        way = Card(words.tr("What happened"))
        way.add(course_of(ticket.course, words.tr("The course of the ticket"), words))
        columns.left.addWidget(way)
        facts = Card(words.tr("Facts"))
        facts.add(fact_list(ticket.facts))
        for earlier in ticket.follows:
            label = words.tr("Earlier ticket {id}", id=earlier)
            facts.add(flow(link(label, partial(self.opened.emit, f"ticket/{earlier}"))))
        for later in ticket.followed_by:
            label = words.tr("Taken up again in ticket {id}", id=later)
            facts.add(flow(link(label, partial(self.opened.emit, f"ticket/{later}"))))
        if visits:
            columns.right.addWidget(ticket_visits_card(visits, words))
        columns.right.addWidget(facts)
        if ticket.files:
            columns.right.addWidget(self._files(ticket))
        if problems:
            columns.right.addWidget(self._linked(problems))
        columns.right.addWidget(self._note_card(ticket, note))

    def note(self) -> str:
        """What has been typed and not been sent."""
        return self.field.toPlainText()

    def _doubts(self, ticket: TicketView) -> Card:
        card = Card(self._words.tr("This history contradicts itself"))
        card.add(*(text(said, tone="warn") for said in ticket.doubts))
        card.add(
            quiet(self._words.tr("It is shown as your operator wrote it. What you noted yourself counts as well."))
        )
        return card

    def _files(self, ticket: TicketView) -> Card:
        card = Card(self._words.tr("Files on the ticket"))
        card.add(*(text(name) for name in ticket.files))
        return card

    def _linked(self, problems: Sequence[ProblemView]) -> Card:
        card = Card(self._words.tr("Known problem behind it"))
        for problem in problems:
            target = f"problem/{problem.id}"
            card.add(text(problem.title), text(problem.end, tone="quiet"))
            card.add(flow(link(self._words.tr("All about it"), partial(self.opened.emit, target))))
        return card

    def _note_card(self, ticket: TicketView, note: str) -> Card:
        words = self._words
        card = Card(words.tr("Add a note"))
        self.field = WritingField(words, note)
        self.field.moveCursor(QTextCursor.MoveOperation.End)
        self.field.setAccessibleName(words.tr("Your note"))
        self.field.setPlaceholderText(words.tr("Say what is still wrong, or what you were told."))
        self.field.setFixedHeight(round(88 * text_scale()))
        self.field.setEnabled(ticket.can_note)
        self.field.textChanged.connect(self._typed)
        self.add_button = primary(words.tr("Add the note"), self._send)
        card.add(self.field, quiet(ticket.note_hint))
        card.buttons(self.add_button)
        self._typed()
        return card

    @Slot()
    def _typed(self) -> None:
        self.add_button.setEnabled(self.field.isEnabled() and bool(self.note().strip()))

    def _send(self) -> None:
        note = self.note().strip()
        self.field.clear()
        self.note_wanted.emit(self.ticket_id, note)


class ProblemDetail(QWidget):
    """A known problem: the announced end against the real one, and what it touches."""

    opened = Signal(str)
    """A ticket is wanted: "ticket/48213"."""

    reported = Signal(str)
    """The customer wants to report this problem for the line that it touches."""

    def __init__(self, problem: ProblemView, words: Words, *, can_report: bool = False) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = Card()
        head.add(heading(problem.title, tag_of(problem.state)), text(problem.end))
        if problem.mine:
            head.add(text(problem.mine, tone="warn"))
        if problem.text:
            head.add(quote(problem.text))
        for ticket_id in problem.ticket_ids:
            target = f"ticket/{ticket_id}"
            label = words.tr("Your ticket {id}", id=ticket_id)
            head.add(flow(link(label, partial(self.opened.emit, target))))
        if can_report and not problem.is_over:
            head.buttons(plain(words.tr("Report it for my line…"), partial(self.reported.emit, problem.id)))
        column.addWidget(head)
        columns = Columns(5, 4)
        column.addWidget(columns)
        record = Card(words.tr("What your operator noted"))
        if problem.record:
            record.add(course_of(problem.record, words.tr("The course of the problem"), words))
        else:
            record.add(quiet(words.tr("Your operator publishes no notes on it.")))
        columns.left.addWidget(record)
        facts = Card(words.tr("Facts"))
        facts.add(fact_list(problem.facts))
        columns.right.addWidget(facts)
