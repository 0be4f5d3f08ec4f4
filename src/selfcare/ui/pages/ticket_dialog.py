"""Write a ticket: what it is about, what happens, how bad it is, and the facts that go along by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from selfcare.case.ticket_story import told_before
from selfcare.domain.commands import AddNote, OpenTicket
from selfcare.domain.records import Struct, replace
from selfcare.domain.tickets import FOLLOWS, EntityRef, Ticket
from selfcare.i18n.words import Words
from selfcare.ui.context import Context
from selfcare.ui.pages.evidence import EvidenceBox
from selfcare.ui.pages.pieces import Choice, fact_list, named
from selfcare.ui.theme import text_scale
from selfcare.ui.widgets.buttons import plain
from selfcare.ui.widgets.card import empty_layout
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.labels import prefilled, quiet, text
from selfcare.ui.widgets.writing import WritingField
from selfcare.viewmodel.reports import Draft, Subject, command_of, severities, ticket_types, trouble_draft
from selfcare.viewmodel.ticket_story import ToldBefore, note_of, told_before_view


class TicketDesk(Struct, frozen=True):
    """What a ticket is written beside: the customer's tickets `told` so far, and where files are read.

    `families` are the ids that belong to each line.
    """

    context: Context
    told: tuple[Ticket, ...]
    zone: ZoneInfo
    families: tuple[frozenset[str], ...] = ()


class TicketDialog(FactsDialog):
    """A ticket before it is sent. With `subjects` the customer chooses what it is about; else the draft says it.

    With a `desk` files may go along, and the same trouble told before is shown, with the way to add to it instead.
    """

    chapter = "ticket"

    def __init__(
        self,
        parent: QWidget | None,
        words: Words,
        draft: Draft,
        subjects: Sequence[Subject] = (),
        desk: TicketDesk | None = None,
    ) -> None:
        super().__init__(
            parent,
            words,
            title=words.tr("Report something"),
            question=words.tr("It goes to your operator as a ticket. You see here whether it has arrived."),
            confirm=words.tr("Send"),
            cancel=words.tr("Cancel"),
        )
        self.words = words
        self._draft = draft
        self._subjects = tuple(subjects)
        self._titled_by_hand = False
        self._desk = desk
        self._told: ToldBefore | None = None
        self._joins = False
        self.evidence: EvidenceBox | None = None
        if self._subjects:
            self.kind = self._choice(words.tr("What kind"), ticket_types(words))
            self.subject = self._choice(
                words.tr("What it is about"), [(s.id, s.label) for s in self._subjects], draft.subject.id
            )
            self.subject.currentIndexChanged.connect(self._other_subject)
            self.kind.currentIndexChanged.connect(self._check)
        self.title_field = QLineEdit(prefilled(draft.title))
        self.title_field.setMaxLength(200)
        self.title_field.textEdited.connect(self._by_hand)
        self.body.addWidget(named(words.tr("In one line"), self.title_field))
        self.text_field = WritingField(words, draft.text)
        self.text_field.moveCursor(QTextCursor.MoveOperation.End)
        self.text_field.setPlaceholderText(words.tr("What happens, since when, and what you have tried."))
        self.text_field.setFixedHeight(round(112 * text_scale()))
        self.body.addWidget(named(words.tr("What happens"), self.text_field))
        self.severity = self._choice(words.tr("How bad it is"), severities(words), draft.severity)
        if desk is not None:
            self.evidence = EvidenceBox(words, desk.context)
            self.evidence.grew.connect(self.grow)
            self.body.addWidget(self.evidence)
        self._told_text = text("", tone="warn")
        self.join_button = plain(words.tr("Add it to that ticket instead"), self._join)
        self._told_text.hide()
        self.join_button.hide()
        self.body.addWidget(self._told_text)
        self.body.addWidget(self.join_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(4)
        self.body.addLayout(self._facts)
        self.body.addStretch(1)
        self._show_facts()
        self.title_field.textChanged.connect(self._check)
        self._check()
        (self.subject if self._subjects else self.text_field).setFocus()

    def command(self) -> OpenTicket | AddNote:
        """The ticket as it is asked for, or a remark on the one that tells the same trouble."""
        ticket = self._ticket()
        if self._joins and self._told is not None:
            return AddNote(self._told.ticket_id, note_of(ticket))
        if self._told is not None and not self._told.is_open:
            return replace(ticket, about=(EntityRef("TroubleTicket", self._told.ticket_id, FOLLOWS), *ticket.about))
        return ticket

    def _ticket(self) -> OpenTicket:
        draft = replace(
            self._draft,
            title=self.title_field.text(),
            text=self.text_field.toPlainText(),
            severity=self.severity.value,
        )
        if self._subjects:
            draft = replace(draft, ticket_type=self.kind.value)
        files = tuple(self.evidence.files) if self.evidence is not None else ()
        return replace(command_of(draft, self.words), files=files)

    def _join(self) -> None:
        self._joins = True
        self.accept()

    def _choice(self, label: str, rows: Sequence[tuple[str, str]], chosen: str = "") -> Choice:
        box = Choice(label, rows, chosen)
        self.body.addWidget(named(label, box))
        return box

    @Slot()
    def _by_hand(self) -> None:
        self._titled_by_hand = True

    @Slot()
    def _other_subject(self) -> None:
        subject = self._subjects[self.subject.currentIndex()]
        self._draft = trouble_draft(subject)
        if not self._titled_by_hand:
            self.title_field.setText(subject.title)
        self._show_facts()
        self._check()

    def _show_facts(self) -> None:
        empty_layout(self._facts)
        facts = self._draft.subject.facts
        if facts:
            self._facts.addWidget(quiet(self.words.tr("These facts go along")))
            self._facts.addWidget(fact_list(facts))

    @Slot()
    def _check(self) -> None:
        self.confirm_button.setEnabled(bool(self.title_field.text().strip()))
        self._look_for_the_same()

    def _look_for_the_same(self) -> None:
        if self._desk is None:
            return
        same = told_before(self._ticket(), self._desk.told, self._desk.context.now(), self._desk.families)
        context = self._desk.context
        told = told_before_view(same, self.words, context.today(), self._desk.zone) if same is not None else None
        if told == self._told:
            return
        self._told = told
        self._told_text.setText(told.text if told is not None else "")
        self._told_text.setVisible(told is not None)
        self.join_button.setVisible(told is not None and told.is_open and told.may_join)
        self.grow()
