"""Everything the customer does on the case file: note a contact, settle a promise, say the days of a complaint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from selfcare.case.deadlines import WorkingDays
from selfcare.case.notebook import (
    Attached,
    Notebook,
    Noted,
    Outcome,
    Way,
    Word,
    with_contact,
    with_spell,
    with_word,
    without_contact,
    without_spell,
)
from selfcare.domain.complaints import Complaint
from selfcare.domain.records import Struct, replace
from selfcare.domain.topics import Topic
from selfcare.ui.context import Reading
from selfcare.viewmodel.case_following import followed
from selfcare.viewmodel.case_noting import about_choices, command_of, kept_notice, moved, settled
from selfcare.viewmodel.case_pairs import kept_together, told_of
from selfcare.viewmodel.dossier_files import safe_name

from .page import Page
from .paper_saving import save_pdf

if TYPE_CHECKING:
    from selfcare.account.session import Session
    from selfcare.domain.contacts import Contact
    from selfcare.domain.waiting import Waiting

    from .contact_dialog import ContactDialog, Kept


class Desk(Struct, frozen=True):
    """What a note is written from."""

    notebook: Notebook
    abouts: list[tuple[str, str]]


class CaseNotes(QObject):
    """Belongs to one page; everything is kept on the store lane, and the page is read again after."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self.dialog: ContactDialog | None = None

    # ---- contacts

    @Slot()
    def start(self) -> None:
        """Note a contact that runs right now; one that runs already is opened again."""
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.raise_()
            self.dialog.activateWindow()
            return
        self._page.ask(read_desk, lambda desk: self._open(desk, desk.notebook.running or self._fresh(runs=True)))

    def lay_down(self) -> bool:
        """Close the note of a contact that runs; what is written is kept. False where there is none."""
        if self.dialog is None or not self.dialog.is_running:
            return False
        self.dialog.close()
        return True

    @Slot()
    def add(self) -> None:
        """Note a contact that is over."""
        self._page.ask(read_desk, lambda desk: self._open(desk, self._fresh(runs=False)))

    def edit(self, noted_id: str) -> None:
        """Open a note again."""

        def found(desk: Desk) -> None:
            noted = desk.notebook.contact(noted_id)
            if noted is not None:
                self._open(desk, noted)

        self._page.ask(read_desk, found)

    def _fresh(self, *, runs: bool) -> Noted:
        now = self._page.context.now()
        return Noted(str(uuid4()), Way.PHONE, True, now, None, runs)

    def _open(self, desk: Desk, noted: Noted) -> None:
        from .contact_dialog import ContactDialog

        if self.dialog is not None and not self.dialog.close():
            self.dialog.raise_()
            self.dialog.activateWindow()
            return
        profile = self._page.context.profile
        can_send = profile is not None and profile.offers("TMF683")
        promised = [word for word in desk.notebook.words if word.contact_id == noted.id]
        dialog = ContactDialog(
            self._page, noted, desk.abouts, self._keep, self._drop, can_send=can_send, promised=promised
        )
        dialog.finished.connect(lambda _result: self._closed(dialog))
        self.dialog = dialog
        dialog.show()

    def _closed(self, dialog: ContactDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None
        dialog.deleteLater()

    def _keep(self, kept: Kept) -> None:
        now = self._page.context.now()
        key = "" if kept.is_final or kept.files else "case:autosave"
        context = self._page.context
        reading, zone = context.reading(), context.zone
        country = context.profile.country if context.profile is not None else ""

        def follow(days: WorkingDays) -> Callable[[Word, Noted, Noted], Word]:
            return partial(followed, country=country, zone=zone, days=days)

        def work(session: Session) -> tuple[tuple[Path, str], ...]:
            from selfcare.account.notebook import attach_file, change_notebook

            from .promise_fields import read_days

            reader = session.reader
            log, asked = reader.contacts(), reader.waiting()
            days = None if reading is None else read_days(reading)

            def write(notebook: Notebook) -> Notebook:
                after = _written(notebook, kept, log, asked, now)
                return after if days is None else _following(notebook, after, kept, follow(days))

            change_notebook(session, write)

            def put(file: Attached) -> None:
                change_notebook(session, partial(_with_file, noted_id=kept.noted.id, file=file, now=now))

            return tuple((path, why) for path in kept.files if (why := attach_file(session, path, put)))

        def done(left: tuple[tuple[Path, str], ...]) -> None:
            dialog = self.dialog
            is_told = not left or (dialog is not None and dialog.left_out(kept.noted.id, left))
            if kept.is_final or not is_told:
                from .contact_files import MOST_MEGABYTES, left_out

                self._page.show_notice(kept_notice(left_out(left), MOST_MEGABYTES, self._page.words))
            if kept.is_final and kept.sends:
                self._page.submit(command_of(kept.noted))

        self._change(work, done, key=key, quiet=not kept.is_final)

    def _drop(self, noted_id: str) -> None:
        self._edit(lambda notebook: without_contact(notebook, noted_id))

    def send(self, noted_id: str) -> None:
        """Put a note into the operator's own log, through the outbox."""

        def found(desk: Desk) -> None:
            noted = desk.notebook.contact(noted_id)
            if noted is not None:
                self._page.submit(command_of(noted))

        self._page.ask(read_desk, found)

    # ---- promises and the complaint

    def settle(self, word_id: str, outcome: Outcome, at: datetime | None = None, *, again: Sequence[str] = ()) -> None:
        """The customer says what became of a promise: kept at an instant, dropped, or open again. `again` are other
        notes of it, which go with it."""

        def change(notebook: Notebook) -> Notebook:
            for word in [one for one in notebook.words if one.id in {word_id, *again}]:
                notebook = with_word(notebook, settled(word, outcome, at))
            return notebook

        self._edit(change)

    def keep(self, word_id: str) -> None:
        """A promise was kept: the customer says when, which need not be now."""
        self._with_word(word_id, self._ask_kept)

    def move(self, word_id: str) -> None:
        """A new date was named for a promise: the earlier one is remembered beside it."""
        self._with_word(word_id, self._ask_day)

    def _with_word(self, word_id: str, ask: Callable[[Word], None]) -> None:
        def found(desk: Desk) -> None:
            word = next((one for one in desk.notebook.words if one.id == word_id), None)
            if word is not None:
                ask(word)

        self._page.ask(read_desk, found)

    def _ask_kept(self, word: Word) -> None:
        from .kept_dialog import KeptDialog

        dialog = KeptDialog(self._page, word)
        if dialog.exec():
            self.settle(word.id, Outcome.KEPT, dialog.moment())
        dialog.deleteLater()

    def _ask_day(self, word: Word) -> None:
        from .promise_dialog import PromiseDialog

        context = self._page.context
        dialog = PromiseDialog(self._page, self._page.words, word, context.today())
        if dialog.exec():
            later = moved(word, dialog.day(), context.zone, context.now())
            self._edit(lambda notebook: with_word(notebook, later))
        dialog.deleteLater()

    def save_file(self, name: str, kept_as: str) -> None:
        """Write a file that was put to a contact where the customer wants it."""
        words, page = self._page.words, self._page
        chosen, _kind = QFileDialog.getSaveFileName(page, words.tr("Save the file"), str(Path.home() / safe_name(name)))
        if not chosen:
            return

        def found(content: bytes | None) -> None:
            if content is not None:
                save_pdf(page, content, Path(chosen))

        page.ask(lambda reading: reading.reader.draft(kept_as), found)

    def ask_complaint(self) -> None:
        """Let the customer say the days of the complaint."""
        self._page.ask(read_desk, self._open_complaint)

    def _open_complaint(self, desk: Desk) -> None:
        from .complaint_dialog import ComplaintDialog

        context = self._page.context
        country = context.profile.country if context.profile is not None else ""
        dialog = ComplaintDialog(
            self._page, self._page.words, desk.notebook.complaint, country, context.today()
        )  # fmt: skip
        if dialog.exec():
            self._set_complaint(dialog.complaint())
        dialog.deleteLater()

    @Slot()
    def ask_no_service(self) -> None:
        """Let the customer say when a line was dead."""
        self._page.ask(read_desk, self._open_no_service)

    def _open_no_service(self, desk: Desk) -> None:
        from .no_service_dialog import NoServiceDialog

        now = self._page.context.now()
        dialog = NoServiceDialog(
            self._page, desk.notebook, lambda began: self._edit(lambda book: without_spell(book, began))
        )
        if dialog.exec():
            spell, lasting = dialog.spell(), dialog.lasting
            self._edit(lambda book: with_spell(book if lasting is None else without_spell(book, lasting), spell, now))
        dialog.deleteLater()

    def _set_complaint(self, complaint: Complaint) -> None:
        self._edit(lambda notebook: replace(notebook, complaint=complaint))

    # ---- inside

    def _edit(self, change: Callable[[Notebook], Notebook]) -> None:
        def work(session: Session) -> Notebook:
            from selfcare.account.notebook import change_notebook

            return change_notebook(session, change)

        self._change(work)

    def _change(
        self,
        work: Callable[[Session], Any],
        done: Callable[[Any], None] | None = None,
        *,
        key: str = "",
        quiet: bool = False,
    ) -> None:
        page, session = self._page, self._page.context.session
        if session is None:
            return

        def kept(result: Any) -> None:
            if not quiet:
                written = frozenset({Topic.CONTACTS, Topic.TICKETS})
                page.context.changed(written)
                page.changed(written)
            if done is not None:
                done(result)

        page.context.store_lane.ask(page, partial(work, session), kept, page.show_failure, key=key)


def _written(
    notebook: Notebook, kept: Kept, log: Sequence[Contact], asked: Sequence[Waiting], now: datetime
) -> Notebook:
    """The notebook with what is written: files that are here stay, and so does the pair with the operator's entry.

    A promise that is still being written takes the place of its earlier wording: nobody has moved it. What the customer
    has said of it meanwhile on the page stays.
    """
    noted, before = kept.noted, notebook.contact(kept.noted.id)
    if before is not None:
        noted = replace(noted, files=before.files)
        if not before.is_running:
            noted = kept_together(before, noted, told_of(notebook.contacts, log, asked))
    after, word = with_contact(notebook, noted, now), kept.word
    draft = next((one for one in after.words if one.id == kept.word_id), None)
    if draft is not None and word is not None and draft.said == word.said:
        is_touched = draft.outcome is not Outcome.OPEN or bool(draft.earlier)
        word = draft if is_touched else word
    after = replace(after, words=tuple(one for one in after.words if one.id != kept.word_id))
    return after if word is None else replace(after, words=(*after.words, word))


def _following(before: Notebook, after: Notebook, kept: Kept, follow: Callable[[Word, Noted, Noted], Word]) -> Notebook:
    """The notebook with the promises of a contact that was over as its corrected times say; that which is being written
    is as it is written."""
    was, now = before.contact(kept.noted.id), after.contact(kept.noted.id)
    if was is None or now is None or was.is_running:
        return after
    told = (
        follow(word, was, now) if word.contact_id == now.id and word.id != kept.word_id else word
        for word in after.words
    )
    return replace(after, words=tuple(told))


def _with_file(notebook: Notebook, noted_id: str, file: Attached, now: datetime) -> Notebook:
    noted = notebook.contact(noted_id)
    if noted is None:
        return notebook
    return with_contact(notebook, replace(noted, files=(*noted.files, file)), now)


def read_desk(reading: Reading) -> Desk:
    """The notebook, and what a contact may be about; runs on the store lane."""
    from selfcare.account.notebook import notebook_of
    from selfcare.viewmodel.facts import with_shown_numbers

    reader = reading.reader
    lines = with_shown_numbers(reader.lines(), reading.profile.country)
    abouts = about_choices(reader.tickets(), reader.bills(limit=6), lines, reading.words)
    return Desk(notebook_of(reader), abouts)
