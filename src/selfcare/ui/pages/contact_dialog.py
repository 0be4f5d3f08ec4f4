"""Note a contact, also while it runs: a clock, two fields that are enough, and the rest for whoever wants it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QDateTime, QLocale, Qt, QTimer, QTimeZone, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDateTimeEdit,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from selfcare.case.notebook import BadNote, Noted, Purpose, Way, Word, checked
from selfcare.domain.records import Struct, replace
from selfcare.ui.pages.pieces import Choice, named, part_of_page
from selfcare.ui.pages.promise_fields import PromiseFields
from selfcare.ui.theme import text_scale
from selfcare.ui.widgets.buttons import link, plain, primary
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.handbook import help_link
from selfcare.ui.widgets.labels import big_figure, card_title, quiet, text
from selfcare.viewmodel.case_noting import (
    about_from,
    about_value,
    clock_text,
    direction_choices,
    purpose_choices,
    refusal,
    way_choices,
    word_from,
)

from .float_dialog import FloatDialog
from .page import Page

AUTOSAVE_MS = 1500
MOST_MINUTES = 24 * 60


class Kept(Struct, frozen=True):
    """What the customer has written: the contact, the promise in it if any, and files still to be read."""

    noted: Noted
    word: Word | None
    files: tuple[Path, ...]
    is_final: bool
    sends: bool = False


class ContactDialog(FloatDialog):
    """One contact. It stands beside the window, so that a bill or a ticket can be looked up while somebody talks.

    `keep` takes what is written, also every few moments while it runs; `drop` removes the note.
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
    ) -> None:
        super().__init__(page)
        self._page, self._noted, self._keep, self._drop = page, noted, keep, drop
        self.words = page.words
        self._word_id = f"{noted.id}:{uuid4().hex[:6]}"
        self._new: tuple[Path, ...] = ()
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
        self.trouble = text("", tone="bad")
        self.trouble.hide()
        outer.addWidget(self.trouble)
        done = words.tr("It is over: keep it") if noted.is_running else words.tr("Keep it")
        self.keep_button = primary(done, self._finish)
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

    # ---- what is shown

    def _fields(self, abouts: list[tuple[str, str]], *, can_send: bool) -> QWidget:
        words, noted = self.words, self._noted
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        self.agent = QLineEdit(noted.agent)
        self.agent.setMaxLength(120)
        column.addWidget(named(words.tr("With whom"), self.agent))
        self.said = QPlainTextEdit(noted.said)
        self.said.setTabChangesFocus(True)
        self.said.setFixedHeight(round(96 * text_scale()))
        column.addWidget(named(words.tr("What was said"), self.said))
        self.promise = PromiseFields(self._page, self._given)
        column.addWidget(self.promise)
        self.more = link(words.tr("More: how, about what, number, files"), self._toggle)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.rest, rest = part_of_page()
        self._add_rest(rest, abouts)
        self.rest.setVisible(not noted.is_running)
        column.addWidget(self.rest)
        self.sends = QCheckBox(words.tr("Put it into my operator’s own log too"))
        self.sends.setVisible(can_send)
        column.addWidget(self.sends)
        column.addStretch(1)
        for field in (self.agent, self.reference):
            field.textChanged.connect(self._changed)
        self.said.textChanged.connect(self._changed)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _add_rest(self, column: QVBoxLayout, abouts: list[tuple[str, str]]) -> None:
        words, noted = self.words, self._noted
        self.way = Choice(words.tr("How"), way_choices(words), noted.way.value)
        self.direction = Choice(words.tr("Who began"), direction_choices(words), "in" if noted.is_inbound else "out")
        self.purpose = Choice(words.tr("What it was"), purpose_choices(words), noted.purpose.value)
        self.about = Choice(words.tr("About"), abouts, about_value(noted.about))
        for choice in (self.way, self.direction, self.purpose, self.about):
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(18)
            column.addWidget(named(choice.accessibleName(), choice))
        self.reference = QLineEdit(noted.reference)
        self.reference.setMaxLength(80)
        column.addWidget(named(words.tr("Number they gave"), self.reference))
        self.transfers = self._number(words.tr("How often you were passed on"), noted.transfers, 99)
        column.addWidget(named(words.tr("How often you were passed on"), self.transfers))
        self.started = self._moment(words.tr("It began"), noted.started)
        self._began = named(words.tr("It began"), self.started)
        minutes = max(0, round(noted.length.total_seconds() / 60))
        self.minutes = self._number(words.tr("How many minutes it took"), minutes, MOST_MINUTES)
        self._took = named(words.tr("How many minutes it took"), self.minutes)
        for part in (self._began, self._took):
            part.setVisible(not noted.is_running)
            column.addWidget(part)
        self.files = quiet("")
        self.files.hide()
        column.addWidget(plain(words.tr("Attach files…"), self._attach), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.files)
        self._show_files()

    def _moment(self, name: str, value: datetime) -> QDateTimeEdit:
        zone = QTimeZone(self._page.context.zone.key.encode())
        field = QDateTimeEdit(QDateTime.fromSecsSinceEpoch(int(value.timestamp()), zone))
        for inner in field.findChildren(QLineEdit):
            inner.setAccessibleName(name)
        field.setLocale(QLocale(self.words.locale))
        field.setDisplayFormat(self.words.moment_pattern)
        return field

    @staticmethod
    def _number(name: str, value: int, most: int) -> QSpinBox:
        field = QSpinBox()
        for inner in field.findChildren(QLineEdit):
            inner.setAccessibleName(name)
            inner.setTextMargins(10, 0, 0, 0)
        field.setRange(0, most)
        field.setValue(value)
        return field

    @Slot()
    def _toggle(self) -> None:
        self.rest.setVisible(self.rest.isHidden())

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
        """When a promise in this contact was given: now while it runs, else at its end."""
        noted = self.noted(is_over=False)
        return self._page.context.now() if self._noted.is_running else noted.ended or noted.started

    def noted(self, *, is_over: bool) -> Noted:
        """The contact as it is written now."""
        first = self._noted
        started, ended = first.started, first.ended
        if first.is_running:
            ended = self._page.context.now() if is_over else None
        else:
            began = self.started.dateTime().toSecsSinceEpoch()
            if began != int(first.started.timestamp()) // 60 * 60 and began != int(first.started.timestamp()):
                started = datetime.fromtimestamp(began, UTC)
            ended = started + timedelta(minutes=self.minutes.value())
        return replace(
            first,
            way=Way(self.way.value),
            is_inbound=self.direction.value == "in",
            purpose=Purpose(self.purpose.value),
            agent=self.agent.text().strip(),
            said=self.said.toPlainText().strip(),
            reference=self.reference.text().strip(),
            transfers=self.transfers.value(),
            about=about_from(self.about.value),
            started=started,
            ended=ended,
            is_running=first.is_running and not is_over,
        )

    @Slot()
    def _autosave(self) -> None:
        self._keep(Kept(self.noted(is_over=False), None, (), is_final=False))

    @Slot()
    def _finish(self) -> None:
        noted = self.noted(is_over=True)
        try:
            checked(noted, self._page.context.now())
        except BadNote as bad:
            self._say(refusal(bad.what, self.words))
            return
        view = self.promise.view()
        if self.promise.said and view.is_wrong:
            self._say(view.sentence)
            return
        word = None
        if self.promise.said:
            word = word_from(noted, self._word_id, self.promise.said, self.promise.what.value, view)
        self._tick.stop()
        self._save.stop()
        self._keep(Kept(noted, word, self._new, is_final=True, sends=self.sends.isChecked()))
        self.accept()

    @Slot()
    def _throw(self) -> None:
        self._tick.stop()
        self._save.stop()
        self._drop(self._noted.id)
        super().reject()

    def reject(self) -> None:
        """Closed while it runs: nothing is lost, it goes on and can be opened again."""
        if self._noted.is_running:
            self._autosave()
        super().reject()

    def _say(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.show()

    @Slot()
    def _attach(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileNames(self, self.words.tr("Attach files…"), str(Path.home()))
        self._new = (*self._new, *(Path(one) for one in chosen))
        self._show_files()

    def _show_files(self) -> None:
        names = [file.name for file in self._noted.files] + [path.name for path in self._new]
        self.files.setText(self.words.listing(names))
        self.files.setVisible(bool(names))
