"""Takes the customer's own bills in while the window stays free: how far it is, and what became of each file."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QLineEdit, QProgressBar, QWidget

from selfcare.account.intake import Wanted, intake
from selfcare.domain.failures import Failure
from selfcare.domain.intake import IntakeStep, IntakeTally, Outcome
from selfcare.domain.records import replace
from selfcare.ui.context import Context
from selfcare.ui.pages.bill_naming import Unnamed, ask_to_name, read_unnamed
from selfcare.ui.pages.farewell import Slices
from selfcare.ui.pages.pieces import named, part_of_page
from selfcare.ui.widgets.buttons import plain
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.labels import text, trouble
from selfcare.ui.widgets.table import Cell, Column, DataTable, row
from selfcare.viewmodel.intake import fate_rows, report_sentences, step_sentence, wrong_password
from selfcare.viewmodel.naming import naming_button, unnamed_sentence
from selfcare.viewmodel.notices import notice_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selfcare.account.session import Session
    from selfcare.ui.tasks import Lane

SHOWN_EVERY = 2.0
"""Seconds after which the list behind shows what has come in so far."""

ROWS = 6

GROWN_AFTER_MS = 60
"""What has just come into sight has its place by then, and the window can take the room for it."""


class IntakeDialog(FactsDialog):
    """Begins at once with files and folders. `came` is told, now and then and in the end, that there are new bills."""

    chapter = "intake"

    def __init__(self, parent: QWidget | None, context: Context, session: Session, came: Callable[[], None]) -> None:
        words = context.words
        super().__init__(parent, words, title=words.tr("Add bills"), confirm=words.tr("Close"))
        self.words = words
        self.tally = IntakeTally()
        self._context, self._session, self._came = context, session, came
        self._slices: Slices[IntakeStep] | None = None
        self._places: list[Path] = []
        self._asked = 0
        self._shown = 0.0
        self._found = Unnamed(())
        self.said = text("")
        self.bar = QProgressBar()
        self.bar.setAccessibleName(words.tr("Progress"))
        self.bar.setTextVisible(False)
        columns = (Column(words.tr("File"), stretch=True), Column(words.tr("What became of it"), tag=True))
        self.table = DataTable(columns, words.tr("Files"))
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # where it lies begins, what it is called ends it
        self._locked, column = part_of_page()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaxLength(127)
        self.password.returnPressed.connect(self._unlock)
        label = words.tr("Password of the files that need one (it is used once and kept nowhere)")
        column.addWidget(named(label, self.password))
        self.unlock_button = plain(words.tr("Open them with this password"), self._unlock)
        column.addWidget(self.unlock_button)
        self.wrong = trouble()
        column.insertWidget(0, self.wrong)
        self._unnamed, naming = part_of_page()
        self.unnamed_said = text("")
        self.name_button = plain(naming_button(words), self._name)
        naming.addWidget(self.unnamed_said)
        naming.addWidget(self.name_button)
        for widget in (self.said, self.bar, self.table, self._locked, self._unnamed):
            self.body.addWidget(widget)
        self._unnamed.hide()
        self.table.hide()
        self._locked.hide()
        self.confirm_button.hide()
        closing = getattr(parent.window() if parent is not None else None, "closing", None)
        if closing is not None:
            closing.connect(self._stop)

    @property
    def is_busy(self) -> bool:
        """Files are being taken in."""
        return self._slices is not None

    def begin(self, places: list[Path], password: str = "", locked: Sequence[str] = ()) -> None:
        """Take these in, on the lane of the operator that an archive has none of.

        With a password: of what was taken in before, what is `locked`.
        """
        self.tally = IntakeTally()
        self._places = places
        self._asked = len(locked)
        wanted = Wanted(tuple(places), password, only=tuple(locked))
        slices = self._slices = Slices(lambda: self._steps(wanted))
        for part in (self.table, self._locked, self._unnamed, self.confirm_button):
            part.hide()
        self.cancel_button.show()
        self.bar.show()
        self.bar.setRange(0, 0)
        self._say(step_sentence(None, self.words))

        def go_on() -> None:
            self._lane().ask(self, slices.work, stepped, failed)

        def stepped(step: IntakeStep | None) -> None:
            if self._slices is not slices:
                return
            if step is None:
                self._finish(is_whole=True)
                return
            self._say(step_sentence(step, self.words))
            self.bar.setRange(0, step.total)
            self.bar.setValue(step.done)
            if time.monotonic() - self._shown > SHOWN_EVERY:
                self._shown = time.monotonic()
                self._came()
            go_on()

        def failed(failure: Failure | None) -> None:
            if self._slices is slices:
                self._finish(is_whole=False)
                notice = notice_of(failure, self.words)
                self._say(f"{notice.sentence} {notice.advice}\n{self.said.text()}")

        go_on()

    def reject(self) -> None:
        """Stop what goes on; what had come in by then is kept, and said."""
        slices, self._slices = self._slices, None
        if slices is None:
            super().reject()
            return
        slices.halt()
        self._lane().ask(self, slices.stop, lambda _: self._finish(is_whole=False))

    # ---- inside

    def _lane(self) -> Lane:
        return self._context.sync_lane or self._context.store_lane

    def _steps(self, wanted: Wanted) -> Iterator[IntakeStep]:
        """On the lane: with a reader of its own, so that the PDF that is looked at meanwhile stays open."""
        from selfcare.account.embedded import embedded_reader
        from selfcare.paper.reader import PaperReader

        papers = PaperReader(many=True)
        try:
            wanted = replace(wanted, read_embedded=embedded_reader(papers))
            yield from intake(self._session, wanted, papers, self.tally, self._context.now)
        finally:
            papers.close()

    def _finish(self, *, is_whole: bool) -> None:
        self._slices = None
        self.bar.hide()
        self._say("\n".join(report_sentences(self.tally, self.words, is_whole=is_whole)))
        rows = fate_rows(self.tally, self.words, self._places)
        self.table.show_rows([row(str(n), one.name, Cell(one.said, one.kind)) for n, one in enumerate(rows)])
        self.table.setFixedHeight(self.table.height_of(min(ROWS, len(rows))))
        self.table.setVisible(bool(rows))
        locked = self.tally.of(Outcome.LOCKED)
        wrong = wrong_password(self._asked, locked, self.words)
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        self._locked.setVisible(bool(locked))
        self.password.clear()
        self.cancel_button.hide()
        self.confirm_button.setEnabled(True)
        self.confirm_button.show()
        (self.password if wrong else self.confirm_button).setFocus()
        for wait in (0, GROWN_AFTER_MS):
            QTimer.singleShot(wait, self, self.fit)
        self._came()
        self._look_for_unnamed()

    def _look_for_unnamed(self) -> None:
        """Bills that name no operator are held against no other: say so, and lead to the question."""
        session = self._session
        self._context.store_lane.ask(
            self, lambda: read_unnamed(session.reader), self._show_unnamed, lambda _: None, key="unnamed"
        )

    def _show_unnamed(self, found: Unnamed) -> None:
        self._found = found
        self.unnamed_said.setText(unnamed_sentence(len(found.ids), self.words))
        self._unnamed.setVisible(bool(found.ids) and not self.is_busy)
        for wait in (0, GROWN_AFTER_MS):
            QTimer.singleShot(wait, self, self.fit)

    @Slot()
    def _name(self) -> None:
        def done() -> None:
            self._came()
            self._look_for_unnamed()

        ask_to_name(self, self._context, self._session, self._found, done)

    @Slot()
    def _unlock(self) -> None:
        password = self.password.text()
        if password and not self.is_busy:
            self.begin(self._places, password, self.tally.locked())

    def _say(self, words: str) -> None:
        self.said.setText(words)
        for wait in (0, GROWN_AFTER_MS):
            QTimer.singleShot(wait, self, self.grow)

    @Slot()
    def _stop(self) -> None:
        """The window goes: what has come in is kept."""
        slices, self._slices = self._slices, None
        if slices is not None:
            slices.stop()
