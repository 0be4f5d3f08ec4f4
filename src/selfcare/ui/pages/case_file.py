"""The case file: totals nobody can contradict, every promise and what became of it, every contact, the way up."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from selfcare.case.notebook import Outcome
from selfcare.domain.topics import Topic
from selfcare.ui.context import Context, Reading
from selfcare.ui.pages.calendar_saving import case_calendar, save_calendar
from selfcare.ui.pages.case_dossier import CaseDossier
from selfcare.ui.pages.case_notes import CaseNotes
from selfcare.ui.pages.case_reading import case_facts
from selfcare.ui.pages.case_steps import ladder_card
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.pieces import Columns, part_of_page, rebuilt, tag_of
from selfcare.ui.pages.promised_dialog import ask_promised
from selfcare.ui.widgets.buttons import key_hint, link, plain, primary
from selfcare.ui.widgets.card import Card, empty_layout
from selfcare.ui.widgets.course import Course, Step
from selfcare.ui.widgets.empty import EmptyState
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import big_figure, quiet, quote, rule, set_description, set_tone, strong, text
from selfcare.viewmodel.case_entries import EntryView
from selfcare.viewmodel.case_file import CaseFileView, TotalView, case_file_view
from selfcare.viewmodel.case_promises import PromiseRow

AT_ONCE = 40
"""Entries of the line of time that are built at once."""

PROMISES = 8
"""Promises that are shown before the customer asks for all."""


class CaseFilePage(Page):
    """What the customer can prove, on one page."""

    topics = frozenset(
        {
            Topic.CONTACTS,
            Topic.MESSAGES,
            Topic.TICKETS,
            Topic.ORDERS,
            Topic.PROBLEMS,
            Topic.APPOINTMENTS,
            Topic.WAITING,
            Topic.SERVICES,
        }
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._shown, self._promised = AT_ONCE, PROMISES
        self._view: CaseFileView | None = None
        self.notes = CaseNotes(self)
        self.dossier = CaseDossier(self)
        words = self.words
        self.note_button = primary(words.tr("Note a call now"), self.notes.start)
        self.note_button.setToolTip("Ctrl+N")
        self.note_button.setAccessibleDescription("Ctrl+N")
        self.add_button = plain(words.tr("Note an earlier contact"), self.notes.add)
        key_hint(self.add_button, "Ctrl+Shift+N")
        self.dossier_button = plain(words.tr("Make the dossier"), self.dossier.open)
        self.head_actions(self.dossier_button, self.add_button, self.note_button)
        box, self._column = part_of_page()
        self.body.addWidget(box)
        self.body.addStretch(1)

    def load(self, reading: Reading) -> CaseFileView:
        """Contacts, messages, and everything that carries a promise."""
        facts = case_facts(reading, self.topics)
        return case_file_view(facts, reading.words, reading.today, reading.now)

    def show_view(self, view: CaseFileView) -> None:
        """Totals above, the line of time at the left, promises and the way up at the right."""
        if view != self._view:
            self._view = view
            rebuilt(self, partial(self._build, view))

    def open_at(self, target: str) -> None:
        """ "note" starts the note of a call, "earlier" that of one that is over, "dossier" opens the dossier."""
        if target == "note":
            self.notes.start()
        elif target == "earlier":
            self.notes.add()
        elif target == "dossier":
            self.dossier.open()

    # ---- inside

    def _build(self, view: CaseFileView) -> None:
        self.set_title(view.title, view.subtitle)
        self.note_button.say(self.words.tr("Go on with the note") if view.running else self.words.tr("Note a call now"))
        empty_layout(self._column)
        self._column.addWidget(self._totals(view))
        columns = Columns(5, 4)
        columns.left.addWidget(self._entries(view))
        columns.right.addWidget(self._promises(view))
        if view.ladder is not None:
            columns.right.addWidget(ladder_card(self, view.ladder, self.notes, self.dossier))
        self._column.addWidget(columns)

    def _totals(self, view: CaseFileView) -> Card:
        card = Card()
        if view.totals:
            card.add(flow(*(_total(t) for t in view.totals), gap=32, in_columns=True))
        if view.record:
            said = text(view.record, tone="quiet")
            said.setContentsMargins(0, 8, 0, 0)
            card.add(said)
        card.add(flow(link(self.words.tr("Note hours without service"), self.notes.ask_no_service)))
        return card

    def _entries(self, view: CaseFileView) -> Card:
        words = self.words
        card = Card(words.tr("What happened"))
        if view.absence is not None:
            card.add(EmptyState(view.absence))
            return card
        course = Course(words.tr("Contacts and messages, newest first"))
        entries = view.entries[: self._shown]
        said = {"contact": words.tr("contact"), "noted": words.tr("noted by you"), "message": words.tr("message")}
        extras = {n: box for n, e in enumerate(entries) if (box := self._deeds(e)) is not None}
        course.show_steps([_step(e, said[e.kind]) for e in entries], extras)
        card.add(course)
        left = len(view.entries) - len(entries)
        if left > 0:
            card.buttons(plain(words.trn("Show {count} more", "Show {count} more", min(left, AT_ONCE)), self._more))
        return card

    def _deeds(self, entry: EntryView) -> QWidget | None:
        words = self.words
        if not entry.noted_id:
            if not entry.source:
                return None
            promised = link(words.tr("This was a promise"), partial(ask_promised, self, entry.source))
            set_description(promised, _about(entry))
            return flow(promised)
        buttons = [link(words.tr("Change"), partial(self.notes.edit, entry.noted_id))]
        if entry.may_send:
            buttons.append(link(words.tr("Put it into their log"), partial(self.notes.send, entry.noted_id)))
        for button in buttons:
            set_description(button, _about(entry))
        box, column = part_of_page()
        column.setSpacing(2)
        for name, kept_as in entry.files:
            file = link(words.tr("Attached: {files}", files=name), partial(self.notes.save_file, name, kept_as))
            column.addWidget(flow(file))
        column.addWidget(flow(*buttons))
        return box

    def _more(self) -> None:
        self._shown += AT_ONCE
        self._again()

    def _all_promises(self) -> None:
        self._promised = AT_ONCE * 5
        self._again()

    def _again(self) -> None:
        if self._view is not None:
            rebuilt(self, partial(self._build, self._view))

    def _promises(self, view: CaseFileView) -> Card:
        words = self.words
        card = Card(words.tr("Promises"))
        if not view.promises:
            card.add(text(view.no_promises, tone="quiet"))
        for number, promise in enumerate(view.promises[: self._promised]):
            if number:
                card.add(rule())
            card.add(self._promise(promise))
        left = len(view.promises) - self._promised
        if left > 0:
            card.buttons(plain(words.trn("Show {count} more", "Show {count} more", left), self._all_promises))
        card.add(flow(link(words.tr("Save the days to come as a calendar file…"), self._calendar)))
        return card

    def _calendar(self) -> None:
        save_calendar(self, case_calendar)

    def _promise(self, promise: PromiseRow) -> QWidget:
        words = self.words
        box, column = part_of_page()
        column.setSpacing(4)
        column.addWidget(tag_of(promise.tag))
        column.addWidget(strong(promise.title))
        if promise.quote:
            column.addWidget(quote(promise.quote))
        column.addWidget(text(promise.sentence, tone="quiet"))
        buttons = []
        if promise.target:
            buttons.append(link(words.tr("Where it was said"), partial(self.open, promise.target)))
        if promise.word_id and not promise.is_settled:
            buttons.append(link(words.tr("It was kept…"), partial(self.notes.keep, promise.word_id)))
            buttons.append(link(words.tr("A new date"), partial(self.notes.move, promise.word_id)))
            drop = partial(self.notes.settle, promise.word_id, Outcome.WITHDRAWN, again=promise.again)
            buttons.append(link(words.tr("Drop it"), drop))
        if promise.may_reopen:
            reopen = partial(self.notes.settle, promise.word_id, Outcome.OPEN)
            buttons.append(link(words.tr("Take that back"), reopen))
        for button in buttons:
            set_description(button, promise.title)
        if buttons:
            column.addWidget(flow(*buttons))
        return box


def _about(entry: EntryView) -> str:
    """What tells an entry from the others, its hour included: some days have three of one title."""
    return f"{entry.when} {entry.far} {entry.title}"


def _step(entry: EntryView, said: str) -> Step:
    words = f"{entry.text}\n{entry.quote}" if entry.quote else entry.text
    state = {"contact": "now", "noted": "done"}.get(entry.kind, "later")
    tag = ("", "neutral") if entry.tag is None else (entry.tag.text, entry.tag.tone.value)
    return Step(entry.when, entry.title, words, entry.far, state, tag[0], tag[1], said=said)


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
