"""Note a contact, also while it runs: a clock, two fields that are enough, and the rest for whoever wants it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from selfcare.case.notebook import BadNote, Noted, Word, checked
from selfcare.domain.records import Struct, replace
from selfcare.ui.pages.contact_more import ContactMore
from selfcare.ui.pages.contact_times import ContactTimes
from selfcare.ui.pages.pieces import named
from selfcare.ui.pages.promise_fields import PromiseFields
from selfcare.ui.theme import text_scale
from selfcare.ui.widgets.buttons import link, plain, primary
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.handbook import help_link
from selfcare.ui.widgets.labels import big_figure, card_title, prefilled, quiet, set_description, trouble
from selfcare.ui.widgets.ticks import Tick, TickedRow
from selfcare.ui.widgets.writing import WritingField
from selfcare.viewmodel.case_noting import (
    LossView,
    clock_text,
    draft_id,
    finishing_keys,
    is_empty,
    refusal,
    throwing_away,
    word_from,
)

from .float_dialog import FloatDialog
from .page import Page

AUTOSAVE_MS = 1500


class Kept(Struct, frozen=True):
    """What the customer has written: the contact, the promise in it if any, and files still to be read.

    `word_id` is the promise that is being written here: without a `word` there is none (any more).
    """

    noted: Noted
    word_id: str
    word: Word | None
    files: tuple[Path, ...]
    is_final: bool
    sends: bool = False


class ContactDialog(FloatDialog):
    """One contact. It stands beside the window, so that a bill or a ticket can be looked up while somebody talks.

    `keep` takes what is written, also every few moments while it runs; `drop` removes the note. `promised` are the
    promises that were noted in it: of a contact that still runs, one is being written.
    """

    def __init__(
        self,
        page: Page,
        noted: Noted,
        abouts: list[tuple[str, str]],
        keep: Callable[[Kept], None],
        drop: Callable[[str], None],
        *,
        can_send: bool,
        promised: Sequence[Word] = (),
    ) -> None:
        super().__init__(page)
        self._page, self._noted, self._keep, self._drop = page, noted, keep, drop
        self.words = page.words
        self._promised = promised
        self._word_id = draft_id(noted) if noted.is_running else f"{noted.id}:{uuid4().hex[:6]}"
        words = self.words
        self.setWindowTitle(words.tr("Note a contact"))
        self.resize(round(480 * text_scale()), round(620 * text_scale()))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        self.clock = big_figure(clock_text(0))
        self.clock.setAccessibleName(words.tr("How long it runs"))
        head = QHBoxLayout()
        head.addWidget(card_title(words.tr("Note a contact")), 1)
        head.addWidget(self.clock)
        outer.addLayout(head)
        outer.addWidget(self._fields(abouts, can_send=can_send), 1)
        self.trouble = trouble()
        self.trouble.hide()
        outer.addWidget(self.trouble)
        keys = quiet(finishing_keys(words, is_running=noted.is_running))
        outer.addWidget(keys)
        done = words.tr("It is over: keep it") if noted.is_running else words.tr("Keep it")
        self.keep_button = primary(done, self._finish)
        set_description(self.keep_button, keys.text())
        finish = QShortcut(self)
        finish.setKeys([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
        finish.activated.connect(self._finish)
        self.drop_button = plain(words.tr("Throw it away"), self._throw)
        outer.addWidget(flow(help_link(self, words, "contact"), self.drop_button, self.keep_button, at_end=True))
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._show_clock)
        self._save = QTimer(self)
        self._save.setSingleShot(True)
        self._save.setInterval(AUTOSAVE_MS)
        self._save.timeout.connect(self._autosave)
        if noted.is_running:
            self._tick.start()
        self.clock.setVisible(noted.is_running)
        self._show_clock()
        self.agent.setFocus()

    @property
    def is_running(self) -> bool:
        """The contact is not over yet."""
        return self._noted.is_running

    # ---- what is shown

    def _fields(self, abouts: list[tuple[str, str]], *, can_send: bool) -> QWidget:
        words, noted = self.words, self._noted
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        self.agent = QLineEdit(prefilled(noted.agent))
        self.agent.setMaxLength(120)
        column.addWidget(named(words.tr("With whom"), self.agent))
        self.said = WritingField(words, noted.said)
        self.said.setFixedHeight(round(96 * text_scale()))
        column.addWidget(named(words.tr("What was said"), self.said))
        self.promise = PromiseFields(self._page, self._given)
        draft = next((word for word in self._promised if word.id == self._word_id), None)
        self._promised_at: datetime | None = None
        self.promise.field.textChanged.connect(self._promise_typed)
        if draft is not None:
            self.promise.show_word(draft)
            self._promised_at = draft.given
            self.promise.show_read()
        column.addWidget(self.promise)
        self._more_words = words.tr("More: how, about what, number, files")
        shown = self._more_words if noted.is_running else words.tr("Hide these fields")
        self.more = link(shown, self._toggle)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.rest = ContactMore(self._page, noted, abouts)
        self.rest.setVisible(not noted.is_running)
        column.addWidget(self.rest)
        self.times = ContactTimes(self._page, noted, self._promised)
        self.times.changed.connect(self.promise.show_read)
        column.addWidget(self.times)
        self.sends = Tick()
        sending = TickedRow(self.sends, "sends", words.tr("Put it into my operator’s own log too"), "")
        column.addWidget(sending)
        sending.setVisible(can_send)
        column.addStretch(1)
        self.agent.textChanged.connect(self._changed)
        self.said.textChanged.connect(self._changed)
        self.promise.changed.connect(self._changed)
        self.rest.changed.connect(self._changed)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self._area = area
        return area

    @Slot()
    def _toggle(self) -> None:
        opens = self.rest.isHidden()
        self.rest.setVisible(opens)
        self.more.say(self.words.tr("Hide these fields") if opens else self._more_words)
        if opens:
            QTimer.singleShot(0, self.rest, lambda: self._area.ensureWidgetVisible(self.rest, 0, 24))

    @Slot()
    def _show_clock(self) -> None:
        seconds = int((self._page.context.now() - self._noted.started).total_seconds())
        self.clock.setText(clock_text(seconds))

    @Slot()
    def _changed(self) -> None:
        if self._noted.is_running:
            self._save.start()

    # ---- what is written

    def _given(self) -> datetime:
        """When a promise in this contact was given: when it was typed while it runs, else at its end."""
        if self._noted.is_running:
            return self._promised_at or self._page.context.now()
        noted = self.noted(is_over=False)
        return noted.ended or noted.started

    @Slot()
    def _promise_typed(self) -> None:
        self._promised_at = self._page.context.now()

    def noted(self, *, is_over: bool) -> Noted:
        """The contact as it is written now."""
        first = self._noted
        started, ended = self.times.times(self._page.context.now(), is_over=is_over)
        return replace(
            self.rest.written(first),
            agent=self.agent.text().strip(),
            said=self.said.toPlainText().strip(),
            started=started,
            ended=ended,
            is_running=first.is_running and not is_over,
        )

    @Slot()
    def _autosave(self) -> bool:
        """Hand over what is written while it runs, its promise and its files; False where it cannot be kept so."""
        noted = self.noted(is_over=False)
        if not self._is_possible(noted):
            return False
        self._keep(Kept(noted, self._word_id, self._word(noted), self.rest.files.new, is_final=False))
        self.rest.files.hand_over()
        return True

    def _word(self, noted: Noted) -> Word | None:
        if not self.promise.said:
            return None
        said, what, view = self.promise.said, self.promise.what.value, self.promise.view()
        return word_from(noted, self._word_id, said, what, view, self._given())

    def _is_possible(self, noted: Noted) -> bool:
        """A contact that cannot be is said, and its times are asked for, also of one that runs."""
        try:
            checked(noted, self._page.context.now())
        except BadNote as bad:
            self._say(refusal(bad.what, self.words))
            self.times.show()
            field = self.times.minutes if bad.what == "long" else self.times.started
            field.setFocus()
            QTimer.singleShot(0, field, lambda: self._area.ensureWidgetVisible(field, 0, 48))
            return False
        self.trouble.hide()
        return True

    @Slot()
    def _finish(self) -> None:
        noted = self.noted(is_over=True)
        if not self._is_possible(noted):
            return
        if is_empty(noted, self.promise.said, self.rest.files.count):
            self._say(refusal("empty", self.words))
            self.agent.setFocus()
            return
        view = self.promise.view()
        if self.promise.said and view.is_wrong:
            self._say(view.sentence)
            return
        self._tick.stop()
        self._save.stop()
        sends = self.sends.isChecked()
        files = self.rest.files.new
        self._keep(Kept(noted, self._word_id, self._word(noted), files, is_final=True, sends=sends))
        self.accept()

    @Slot()
    def _throw(self) -> None:
        noted = self.noted(is_over=False)
        promises = max(len(self._promised), int(bool(self.promise.said)))
        lost = throwing_away(noted, promises, self.rest.files.count, self.words)
        if lost is not None and not may_go(self, lost):
            return
        self._tick.stop()
        self._save.stop()
        self._drop(self._noted.id)
        super().reject()

    def reject(self) -> None:
        """Closed while it runs: nothing is lost, it goes on and can be opened again.

        It stays open where it cannot be kept as it stands: its times are asked for.
        """
        if self._noted.is_running and not self._autosave():
            return
        super().reject()

    def _say(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.show()

    def left_out(self, noted_id: str, left: Sequence[tuple[Path, str]]) -> bool:
        """Say which files of this contact were not kept; False where it is another contact, or not shown any more."""
        if noted_id != self._noted.id or not self.isVisible():
            return False
        if self.rest.isHidden():
            self._toggle()
        self.rest.files.leave_out(left)
        return True


def may_go(dialog: ContactDialog, lost: LossView) -> bool:
    """Ask before a note goes for good; the safe button has the keyboard."""
    question = FactsDialog(
        dialog,
        dialog.words,
        title=lost.title,
        question=lost.text,
        facts=[(fact.name, fact.value) for fact in lost.facts],
        confirm=lost.yes,
        cancel=lost.no,
        is_final=True,
    )
    try:
        return bool(question.exec())
    finally:
        question.deleteLater()
