"""Help: my tickets and their promises, what is known to be broken, and whom to reach when."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from selfcare.domain.commands import AddNote
from selfcare.domain.operator import is_open_list
from selfcare.domain.support import Channel
from selfcare.domain.topics import Topic
from selfcare.ui.context import Context, Reading
from selfcare.ui.pages.help_lists import channels_card, problems_card, tickets_card, way_back
from selfcare.ui.pages.letter_opening import write_letter
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.pieces import NARROW, back_link, part_of_page, rebuilt
from selfcare.ui.pages.ticket import ProblemDetail, TicketDetail
from selfcare.ui.pages.ticket_dialog import TicketDesk, TicketDialog
from selfcare.ui.pages.visits import visits_card
from selfcare.ui.widgets.balance import Balanced
from selfcare.ui.widgets.buttons import primary
from selfcare.ui.widgets.card import Card, empty_layout
from selfcare.viewmodel.case_pairs import told_of
from selfcare.viewmodel.facts import with_shown_numbers
from selfcare.viewmodel.help import HelpFacts, HelpView, help_view, whole_ticket
from selfcare.viewmodel.reports import Draft, Subject, problem_draft, trouble_draft
from selfcare.viewmodel.ticket_story import follow_up_draft
from selfcare.viewmodel.tickets import TicketView

if TYPE_CHECKING:
    from selfcare.account.session import Session


class HelpPage(Page):
    """Lists first; one ticket or one known problem is opened from them and left with Esc."""

    topics = frozenset(
        {Topic.TICKETS, Topic.PROBLEMS, Topic.SUPPORT, Topic.PRODUCTS, Topic.WAITING, Topic.CONTACTS}
        | {Topic.APPOINTMENTS}
    )

    open_list_wanted = Signal()
    """Read the known problems that the operator publishes for everybody, without signing in."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.view: HelpView | None = None
        self._was_signed_out = False
        self._at = ""
        self._notes: dict[str, str] = {}
        self._build()

    def load(self, reading: Reading) -> HelpView:
        """Tickets with waiting requests laid over, known problems, channels."""
        from selfcare.account.notebook import notebook_of

        reader = reading.reader
        facts = HelpFacts(
            zone=reading.zone,
            tickets=reader.tickets(),
            problems=reader.problems(),
            appointments=reader.appointments(),
            support=reader.support(),
            lines=with_shown_numbers(reader.lines(), reading.profile.country),
            waiting=reader.waiting(),
            freshness=reader.freshness(Topic.TICKETS, Topic.PROBLEMS, Topic.SUPPORT),
            told=told_of(notebook_of(reader).contacts, reader.contacts(), reader.waiting()),
            is_elsewhere=reading.is_elsewhere,
            has_open_list=is_open_list(reading.profile),
        )
        return help_view(facts, reading.words, reading.today, reading.now)

    def show_view(self, view: HelpView) -> None:
        """Show the lists; a detail that is open stays open."""
        signed_out = self.context.is_signed_out
        if view == self.view and signed_out == self._was_signed_out:
            return
        self.view, self._was_signed_out = view, signed_out
        self.set_title(view.title, view.subtitle)
        self._new.setEnabled(view.can_open)
        rebuilt(self, partial(self._show_all, view))

    def open_at(self, target: str) -> None:
        """ "ticket/48213", "problem/SP-9", or the number of either; "" is the lists."""
        self._at = target
        if self.view is not None:
            self._show_at(target)
            if not self._detail.isHidden():
                self._back.setFocus()

    def go_back(self) -> bool:
        """From a detail to the lists."""
        if self._detail.isHidden():
            return False
        left, self._at = self._at.rpartition("/")[2], ""
        self._show_part(self._lists)
        (way_back(self._lists, left) or self._new).setFocus()
        return True

    # ---- inside

    def _build(self) -> None:
        self._new = primary(self.words.tr("Report something"), self._report)
        self.head_actions(self._new)
        self._lists, self._lists_column = part_of_page()
        self._detail, self._detail_column = part_of_page()
        self._detail.hide()
        self.body.addWidget(self._lists)
        self.body.addWidget(self._detail)
        self.body.addStretch(1)

    def _show_part(self, part: QWidget) -> None:
        self._lists.setVisible(part is self._lists)
        self._detail.setVisible(part is self._detail)
        self._new.setVisible(part is self._lists)

    def _show_all(self, view: HelpView) -> None:
        self._show_lists(view)
        self._show_at(self._at)

    def _show_lists(self, view: HelpView) -> None:
        empty_layout(self._lists_column)
        columns = Balanced(5, 4, NARROW, free_first=True)
        tickets = tickets_card(view, self.words, self._open_ticket)
        is_cut_off = view.has_open_list and (view.is_cut_off or self._was_signed_out)
        on_open_list = self.open_list_wanted.emit if is_cut_off else None
        problems = problems_card(view, self.words, self._open_problem, on_open_list)
        visits = (visits_card(view, self.words, self._open_ticket),) if view.appointments else ()
        columns.show_cards((tickets,), (self._channels(view),), (*visits, problems))
        self._lists_column.addWidget(columns)

    def _show_at(self, target: str) -> None:
        if self.view is None:
            return
        kind, _, key = target.partition("/")
        if not key:
            key = kind
        if kind == "visit":
            kind, key = "ticket", next((a.ticket_id for a in self.view.appointments if a.id == key), "")
        ticket = self._whole(key) if kind != "problem" else None
        problem = self.view.problem(key) if kind != "ticket" else None
        if ticket is None and problem is None:
            self._at = ""
            self._show_part(self._lists)
            return
        self._keep_note()
        empty_layout(self._detail_column)
        self._back = back_link(self.words.tr("← All of Help"), self.go_back)
        self._detail_column.addWidget(self._back)
        if ticket is not None:
            linked = tuple(p for p in self.view.problems if p.id in ticket.problem_ids or ticket.id in p.ticket_ids)
            note, visits = self._notes.get(ticket.id, ""), self.view.visits(ticket.id)
            detail = TicketDetail(ticket, linked, self.words, note, visits)
            detail.note_wanted.connect(self._add_note)
            detail.opened.connect(self.open_at)
            detail.contested.connect(self._contest)
            self._shown: TicketDetail | None = detail
            self._detail_column.addWidget(detail)
        elif problem is not None:
            self._shown = None
            touches = self._draft_of(problem.id) is not None and not problem.ticket_ids
            mended = ProblemDetail(problem, self.words, can_report=touches and self.view.can_open)
            mended.reported.connect(self._report_problem)
            mended.opened.connect(self.open_at)
            self._detail_column.addWidget(mended)
        self._show_part(self._detail)
        self.scroll_to(self._back)

    def _whole(self, ticket_id: str) -> TicketView | None:
        if self.view is None:
            return None
        context = self.context
        return whole_ticket(self.view, ticket_id, self.words, context.today(), context.now(), context.zone)

    def _keep_note(self) -> None:
        shown = getattr(self, "_shown", None)
        if shown is not None:
            self._notes[shown.ticket_id] = shown.note()

    @Slot(str)
    def _open_ticket(self, ticket_id: str) -> None:
        self.open_at(f"ticket/{ticket_id}")

    @Slot(str)
    def _open_problem(self, problem_id: str) -> None:
        self.open_at(f"problem/{problem_id}")

    @Slot(str, str)
    def _add_note(self, ticket_id: str, text: str) -> None:
        self._notes.pop(ticket_id, None)
        self._shown = None
        self.submit(AddNote(ticket_id, text))

    def _channels(self, view: HelpView) -> Card:
        return channels_card(view, self.words, self._letter, self._note_desk, self._drop_desk)

    def _note_desk(self) -> None:
        from .noted_desk_dialog import DeskDialog

        dialog = DeskDialog(self)
        if dialog.exec():
            from selfcare.account.noted_desks import keep_desk

            self._change_desks(keep_desk, dialog.desk())
        dialog.deleteLater()

    def _drop_desk(self, desk: Channel) -> None:
        from selfcare.account.noted_desks import drop_desk

        self._change_desks(drop_desk, desk)

    def _change_desks(self, change: Callable[[Session, Channel], None], desk: Channel) -> None:
        session = self.context.session
        if session is None:
            return
        written = frozenset({Topic.SUPPORT})

        def kept(_done: None) -> None:
            self.context.changed(written)
            self.changed(written)

        self.context.store_lane.ask(self, partial(change, session, desk), kept, self.show_failure)

    def _letter(self) -> None:
        write_letter(self)

    def _report(self) -> None:
        if self.view is not None and self.view.subjects:
            self._write(trouble_draft(self.view.subjects[0]), self.view.subjects)

    @Slot(str)
    def _contest(self, ticket_id: str) -> None:
        view = self.view
        ticket = next((t for t in view.told if t.id == ticket_id), None) if view is not None else None
        if view is not None and ticket is not None and view.can_open:
            draft = follow_up_draft(ticket, self.words, self.context.today(), self.context.zone)
            self._write(draft, ())

    def _draft_of(self, problem_id: str) -> Draft | None:
        problem = self.view.problem(problem_id) if self.view is not None else None
        if self.view is None or problem is None:
            return None
        return problem_draft(problem.id, problem.title, problem.service_ids, self.view.subjects, self.words)

    @Slot(str)
    def _report_problem(self, problem_id: str) -> None:
        draft = self._draft_of(problem_id)
        if draft is not None:
            self._write(draft, ())

    def _write(self, draft: Draft, subjects: tuple[Subject, ...]) -> None:
        told, families = (self.view.told, self.view.families) if self.view is not None else ((), ())
        desk = TicketDesk(self.context, told, self.context.zone, families)
        dialog = TicketDialog(self, self.words, draft, subjects, desk)
        if dialog.exec():
            self.submit(dialog.command())
        dialog.deleteLater()
