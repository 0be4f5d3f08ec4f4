"""Takes a promise that stands in a message or in the operator's own log into the ledger, with its words and its day."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from selfcare.case.notebook import Notebook, Word, with_word
from selfcare.domain.topics import Topic
from selfcare.ui.context import Reading
from selfcare.ui.pages.promise_fields import PromiseFields
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.viewmodel.case_promised import Promised, promised_in, word_of
from selfcare.viewmodel.facts import quoted

from .page import Page


class PromisedDialog(FactsDialog):
    """The words as they came, and below them what was promised and by when; nothing is sent."""

    chapter = "promise"

    def __init__(self, page: Page, promised: Promised, given: datetime) -> None:
        words, zone = page.words, page.context.zone
        facts = [(words.tr("Given"), words.instant(given, zone, page.context.today()))]
        if promised.who:
            facts.append((words.tr("By whom"), promised.who))
        facts.append((words.tr("The whole text"), quoted(promised.text, words)))
        super().__init__(
            page,
            words,
            title=words.tr("This was a promise"),
            question=words.tr("It gets a clock of its own, and is raised when it is broken."),
            facts=facts,
            confirm=words.tr("Keep"),
        )
        self.fields = PromiseFields(page, lambda: given)
        self.fields.field.setText(promised.said)
        self.body.addWidget(self.fields)
        self.fields.field.textChanged.connect(lambda said: self.confirm_button.setEnabled(bool(said.strip())))
        self.confirm_button.setEnabled(bool(promised.said))
        self.fields.field.setFocus()


def ask_promised(page: Page, source: str) -> None:
    """Show the promise in a message or an entry ("CommunicationMessage/M-1") with its words and its day filled in, and
    keep it if the customer wants."""

    def read(reading: Reading) -> Promised | None:
        reader = reading.reader
        return promised_in(source, reader.messages(), reader.contacts(), reading.zone, reading.profile.country)

    def show(promised: Promised | None) -> None:
        if promised is None:
            return
        given = promised.given or page.context.now()
        dialog = PromisedDialog(page, promised, given)
        if dialog.exec():
            fields = dialog.fields
            _keep(page, word_of(promised, str(uuid4()), fields.said, fields.what.value, fields.view(), given))
        dialog.deleteLater()

    page.ask(read, show, key="promised")


def _keep(page: Page, word: Word) -> None:
    session = page.context.session
    if session is None:
        return

    def work() -> Notebook:
        from selfcare.account.notebook import change_notebook

        return change_notebook(session, lambda book: with_word(book, word))

    def kept(_notebook: Notebook) -> None:
        written = frozenset({Topic.CONTACTS, Topic.TICKETS})
        page.context.changed(written)
        page.changed(written)

    page.context.store_lane.ask(page, work, kept, page.show_failure)
