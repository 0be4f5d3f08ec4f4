"""Write a ticket: what it is about, what happens, how bad it is, and the facts that go along by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from selfcare.domain.commands import OpenTicket
from selfcare.domain.records import replace
from selfcare.i18n.words import Words
from selfcare.ui.pages.pieces import Choice, fact_list, named
from selfcare.ui.theme import text_scale
from selfcare.ui.widgets.card import empty_layout
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.labels import quiet
from selfcare.viewmodel.reports import Draft, Subject, command_of, severities, ticket_types, trouble_draft


class TicketDialog(FactsDialog):
    """A ticket before it is sent. With `subjects` the customer chooses what it is about; else the draft says it."""

    def __init__(self, parent: QWidget | None, words: Words, draft: Draft, subjects: Sequence[Subject] = ()) -> None:
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
        if self._subjects:
            self.kind = self._choice(words.tr("What kind"), ticket_types(words))
            self.subject = self._choice(
                words.tr("What it is about"), [(s.id, s.label) for s in self._subjects], draft.subject.id
            )
            self.subject.currentIndexChanged.connect(self._other_subject)
        self.title_field = QLineEdit(draft.title)
        self.title_field.setMaxLength(200)
        self.title_field.textEdited.connect(self._by_hand)
        self.body.addWidget(named(words.tr("In one line"), self.title_field))
        self.text_field = QPlainTextEdit(draft.text)
        self.text_field.moveCursor(QTextCursor.MoveOperation.End)
        self.text_field.setTabChangesFocus(True)
        self.text_field.setPlaceholderText(words.tr("What happens, since when, and what you have tried."))
        self.text_field.setFixedHeight(round(112 * text_scale()))
        self.body.addWidget(named(words.tr("What happens"), self.text_field))
        self.severity = self._choice(words.tr("How bad it is"), severities(words), draft.severity)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(4)
        self.body.addLayout(self._facts)
        self.body.addStretch(1)
        self._show_facts()
        self.title_field.textChanged.connect(self._check)
        self._check()
        (self.subject if self._subjects else self.text_field).setFocus()

    def command(self) -> OpenTicket:
        """The ticket as it is asked for."""
        draft = replace(
            self._draft,
            title=self.title_field.text(),
            text=self.text_field.toPlainText(),
            severity=self.severity.value,
        )
        if self._subjects:
            draft = replace(draft, ticket_type=self.kind.value)
        return command_of(draft, self.words)

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

    def _show_facts(self) -> None:
        empty_layout(self._facts)
        facts = self._draft.subject.facts
        if facts:
            self._facts.addWidget(quiet(self.words.tr("These facts go along")))
            self._facts.addWidget(fact_list(facts))

    @Slot()
    def _check(self) -> None:
        self.confirm_button.setEnabled(bool(self.title_field.text().strip()))
