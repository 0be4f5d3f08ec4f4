"""Choose a letter, see it as it will be printed, and save it; the checklist and the calendar file beside it.

Of a discreet plan nothing can be saved from here: a file, its name and the list of recent files would be traces.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QFileDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from selfcare.domain.failures import Failure, PaperTrouble
from selfcare.domain.money import Money
from selfcare.domain.records import replace
from selfcare.host.folders import resource
from selfcare.paper.calendar_file import calendar_file
from selfcare.paper.letter import MadePaper
from selfcare.paper.maker import checklist_pdf, letter_pdf
from selfcare.ui.pages.beside_paper import beside_paper
from selfcare.ui.pages.letter_line import LetterLine
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.paper_saving import save_pdf
from selfcare.ui.pages.pieces import Choice, named
from selfcare.ui.theme import text_scale
from selfcare.ui.widgets.buttons import plain
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.handbook import help_link
from selfcare.ui.widgets.labels import card_title, quiet, rule, set_name, strong, text, trouble, visible
from selfcare.ui.widgets.paper import PaperView
from selfcare.ui.widgets.ticks import Tick, TickedRow
from selfcare.ui.widgets.writing import WritingField
from selfcare.viewmodel.leaving_calendar import taken_over, way_events
from selfcare.viewmodel.leaving_checklist import way_checklist
from selfcare.viewmodel.leaving_followups import letter_matter
from selfcare.viewmodel.letter_facts import LetterKind, LetterMatter
from selfcare.viewmodel.letters import (
    discreet_papers,
    fields_of,
    file_name,
    letter_choices,
    usual_language,
    written_letter,
)
from selfcare.viewmodel.notices import notice_of

if TYPE_CHECKING:
    from .leaving_papers import Desk

CHECKLIST = "checklist"
_TYPING_MS = 400
_NOT_STATED = QDate(2000, 1, 1)


class LetterDialog(QDialog):
    """The choices at the left, the sheet at the right. Nothing is sent from here; letters are signed and posted."""

    took_over = Signal(tuple)
    """A calendar file was saved: its entries, so that a later one can cancel what counts no more."""

    def __init__(self, page: Page, desk: Desk, *, is_leaving: bool = False) -> None:
        super().__init__(page)
        self._page, self._desk, self.words, self._is_leaving = page, desk, page.words, is_leaving
        self.pdf = b""
        self.is_discreet = desk.case is not None and desk.case.answers.is_discreet
        self._claim: tuple[LetterKind, LetterMatter] | None = None
        self.setWindowTitle(self.words.tr("Selfcare") if self.is_discreet else self.words.tr("Letters and calendar"))
        room = self.screen().availableGeometry()
        self.resize(min(1120, room.width() - 64), min(800, room.height() - 96))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_TYPING_MS)
        self._later.timeout.connect(self.write)
        choices = self._choices()
        self.view = _viewer(self, page)
        beside_paper(self, choices, self.view)
        self.write()

    # ---- what is shown

    def _choices(self) -> QWidget:
        words = self.words
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(card_title(words.tr("Letters and calendar")))
        column.addWidget(quiet(words.tr("Nothing is sent from here. A letter is signed and posted by you.")))
        if self.is_discreet:
            for said in discreet_papers(words):
                column.addWidget(text(said, tone="warn"))
        if not self._is_leaving:
            column.addWidget(quiet(words.tr("The notice that ends a contract is written on the page “Leaving”.")))
        self.line = LetterLine(self._page, self._desk)
        self.line.found.connect(self._take)
        if not self._is_leaving:
            column.addWidget(self.line)
        self.kind = Choice(words.tr("Paper"), self._rows())
        self.kind.currentIndexChanged.connect(self.write)
        column.addWidget(named(words.tr("Paper"), self.kind))
        languages = [("en", words.tr("English")), ("fr", words.tr("French"))]
        self.language = Choice(words.tr("Language"), languages, usual_language(self._desk.facts.country))
        self.language.currentIndexChanged.connect(self.write)
        self._language = named(words.tr("Language of the letter"), self.language)
        column.addWidget(self._language)
        due, done = words.tr("The day on which it happened or was due"), words.tr("The day on which it was put right")
        self.due_field, self.done_field = (_day_field(name, self) for name in (due, done))
        self._due, self._done = named(due, self.due_field), named(done, self.done_field)
        self.amount = QLineEdit()
        self.amount.setMaxLength(16)
        self.amount.textChanged.connect(self.write_later)
        self._amount = named(words.tr("Amount"), self.amount)
        self.story = WritingField(words)
        self.story.setFixedHeight(round(140 * text_scale()))
        self.story.textChanged.connect(self.write_later)
        self._story = named(words.tr("In your own words"), self.story)
        for choice in (self.kind, self.language):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(16)
        for field in (self._due, self._done, self._amount, self._story):
            column.addWidget(field)
        self.hint = strong("")
        self.missing = text("")
        self.trouble = trouble()
        for label in (self.hint, self.missing, self.trouble):
            column.addWidget(label)
        self.save_button = plain(words.tr("Save the PDF"), self.save)
        column.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.save_button.setHidden(self.is_discreet)
        if self._desk.case is not None and not self.is_discreet:
            self._add_calendar(column)
        column.addStretch(1)
        close = plain(words.tr("Close"), self.reject)
        column.addWidget(flow(close, help_link(self, words, "letters"), gap=16))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFixedWidth(round(330 * text_scale()))
        area.setWidget(inside)
        return area

    def _rows(self) -> list[tuple[str, str]]:
        found = letter_choices(self._desk.facts, self.words, is_leaving=self._is_leaving)
        rows = [(kind.value, said) for kind, said in found]
        return rows if self._desk.case is None else [*rows, (CHECKLIST, self.words.tr("Checklist of the whole way"))]

    def _take(self, desk: Desk) -> None:
        """Write about another line: the same letter where it makes sense for that one."""
        self._desk, chosen = desk, self.kind.value
        with QSignalBlocker(self.kind):
            self.kind.clear()
            for value, said in self._rows():
                self.kind.addItem(visible(said, 120), value)
            self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))
        self.write()

    def _add_calendar(self, column: QVBoxLayout) -> None:
        words = self.words
        column.addWidget(rule())
        column.addWidget(strong(words.tr("Calendar")))
        column.addWidget(
            quiet(words.tr("Every day of the way with its reminders, as a file that every calendar opens."))
        )
        self.discreet = Tick()
        explained = words.tr("Then each entry says “Reminder” and nothing else.")
        column.addWidget(TickedRow(self.discreet, "discreet", words.tr("Discreet"), explained))
        self.calendar_button = plain(words.tr("Save the calendar file"), self.save_calendar)
        column.addWidget(self.calendar_button, 0, Qt.AlignmentFlag.AlignLeft)

    def choose(self, letter: str) -> None:
        """Show one letter, filled in where it is a claim ("latePort/1"); nothing happens where there is none."""
        letter, _, claimed = letter.partition("/")
        place = self.kind.findData(letter)
        if not letter or place < 0:
            return
        if claimed and self._desk.case is not None:
            self._claim = letter_matter(self._desk.case, claimed)
        if self._claim is not None:
            self._fill(self._claim[1])
        self.kind.setCurrentIndex(place)

    def _fill(self, matter: LetterMatter) -> None:
        for field, day in ((self.due_field, matter.due), (self.done_field, matter.done)):
            if day is not None:
                field.setDate(QDate(day.year, day.month, day.day))
        self.amount.setText(str(matter.amount.value) if matter.amount is not None else "")

    # ---- writing

    @Slot()
    def write_later(self) -> None:
        """Something was typed: write anew once it stays so."""
        self._later.start()

    @Slot()
    def write(self) -> None:
        """Write the chosen paper anew and make its PDF on the paper lane; only the newest is shown."""
        self._later.stop()
        templates, case = resource("letters"), self._desk.case
        is_list = self.kind.value == CHECKLIST
        self._language.setHidden(is_list)
        wanted = fields_of(LetterKind(self.kind.value)) if not is_list else frozenset()
        for name, field in (("due", self._due), ("done", self._done), ("amount", self._amount), ("story", self._story)):
            field.setHidden(name not in wanted)
        self._say(self.trouble, "")
        self.pdf = b""
        self.save_button.setEnabled(False)
        if is_list and case is not None:
            checklist = way_checklist(case, self.words)
            self._say(self.hint, "")
            self._say(self.missing, "")
            self._make(lambda: checklist_pdf(checklist, templates))
            return
        letter_words = self._desk.languages[self.language.value]
        written = written_letter(
            LetterKind(self.kind.value), self._desk.facts, self._matter(), letter_words, self.words
        )
        self._say(self.hint, written.hint)
        missing = self.words.tr("To be written in by hand: {things}.", things=self.words.listing(list(written.missing)))
        self._say(self.missing, missing if written.missing else "")
        self._make(lambda: letter_pdf(written.letter, templates))

    def _matter(self) -> LetterMatter:
        told = LetterMatter()
        if self._claim is not None and self._claim[0].value == self.kind.value:
            told = self._claim[1]
        done = _day(self.done_field)
        return replace(
            told,
            due=_day(self.due_field),
            done=done,
            lasts=told.lasts and done is None,
            amount=_money(self.amount.text(), self._page),
            complained=_day(self.due_field),
            story=self.story.toPlainText(),
        )

    def _make(self, work: Callable[[], MadePaper]) -> None:
        context = self._page.context
        lane = context.paper_lane or context.store_lane
        lane.ask(self, work, self._made, self._failed, key="make")

    def _made(self, made: MadePaper) -> None:
        self.pdf = made.pdf
        self.save_button.setEnabled(True)
        if made.unprintable:
            lost = self.words.tr("No font here can print: {signs}. Write them in by hand.", signs=made.unprintable)
            self._say(self.trouble, lost)
        if self.view is not None:
            self.view.show_pdf(made.pdf, self.kind.currentText())

    def _failed(self, failure: Failure | None) -> None:
        notice = notice_of(failure if failure is not None else PaperTrouble("unmade"), self.words)
        self._say(self.trouble, f"{notice.sentence} {notice.advice}")

    @staticmethod
    def _say(label: QLabel, said: str) -> None:
        label.setText(said)
        label.setVisible(bool(said))

    # ---- saving

    @Slot()
    def save(self) -> None:
        """Ask where to, and save the sheet that is shown."""
        if not self.pdf or self.is_discreet:
            return
        words = self.words
        chosen = self._where(words.tr("Save the PDF"), "pdf", words.tr("PDF files (*.pdf)"))
        if chosen is not None:
            save_pdf(self._page, self.pdf, chosen)
            self.accept()

    @Slot()
    def save_calendar(self) -> None:
        """Ask where to, and save the calendar file."""
        case, words = self._desk.case, self.words
        if case is None or self.is_discreet:
            return
        events = way_events(case, words, discreet=self.discreet.isChecked())
        if not events:
            none = words.tr("No day is to come that could stand in a calendar.")
            old = words.tr("Entries that you took over before stay there until you delete them.")
            self._say(self.trouble, words.tr("{first} {second}", first=none, second=old))
            return
        content = calendar_file(events, self._page.context.now())
        chosen = self._where(words.tr("Save the calendar file"), "ics", words.tr("Calendar files (*.ics)"))
        if chosen is not None:
            save_pdf(self._page, content, chosen)
            self.took_over.emit(taken_over(events))
            self.accept()

    def _where(self, title: str, ending: str, kinds: str) -> Path | None:
        name = file_name(self.kind.currentText() if ending == "pdf" else "", self._desk.facts.day)
        chosen, _kind = QFileDialog.getSaveFileName(self, title, str(Path.home() / f"{name}.{ending}"), kinds)
        return Path(chosen) if chosen else None


def _viewer(dialog: LetterDialog, page: Page) -> PaperView | None:
    context = page.context
    if context.make_paper is None or context.paper_lane is None:
        return None
    view = PaperView(dialog.words, context.paper_lane, context.make_paper)
    view.stand_alone(saves=not dialog.is_discreet)
    if not dialog.is_discreet:
        view.save_wanted.connect(dialog.save)
    return view


def _day_field(name: str, dialog: LetterDialog) -> QDateEdit:
    """A day that may stay open: its least value is "not stated"."""
    field = QDateEdit(_NOT_STATED)
    for inner in field.findChildren(QLineEdit):
        set_name(inner, name)
    field.setMinimumDate(_NOT_STATED)
    field.setSpecialValueText(dialog.words.tr("not stated"))
    field.setLocale(QLocale(dialog.words.locale))
    field.setDisplayFormat(dialog.words.field_pattern)
    field.setKeyboardTracking(False)
    field.dateChanged.connect(dialog.write_later)
    return field


def _money(written: str, page: Page) -> Money | None:
    typed = "".join(sign for sign in written if sign.isdecimal() or sign in ".,").replace(",", ".")
    profile = page.context.profile
    try:
        value = Decimal(typed)
    except InvalidOperation:
        return None
    return Money(value, profile.currency).rounded() if profile is not None and value > 0 else None


def _day(field: QDateEdit) -> date | None:
    chosen = field.date()
    return None if chosen == _NOT_STATED else date(chosen.year(), chosen.month(), chosen.day())
