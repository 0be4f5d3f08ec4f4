"""Choose what goes into the dossier, see every sheet as it will be printed, and write it all into one folder."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Qt, Slot
from PySide6.QtWidgets import QDateEdit, QDialog, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from selfcare.domain.complaints import Complaint
from selfcare.domain.failures import Failure, PaperTrouble
from selfcare.domain.records import Struct, replace
from selfcare.host.folders import resource
from selfcare.paper.letter import MadePaper
from selfcare.paper.maker import dossier_pdf
from selfcare.store.search import BillQuery
from selfcare.ui.context import Reading
from selfcare.ui.links import open_folder
from selfcare.ui.pages.beside_paper import beside_paper
from selfcare.ui.pages.case_dossier import Stock, application, write_folder
from selfcare.ui.pages.pieces import Choice, named
from selfcare.ui.theme import text_scale
from selfcare.ui.widgets.buttons import plain, primary
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.handbook import help_link
from selfcare.ui.widgets.labels import card_title, quiet, set_name, trouble
from selfcare.ui.widgets.paper import PaperView
from selfcare.ui.widgets.ticks import Tick, TickedRow
from selfcare.viewmodel.dossier import chosen_of, dossier, names_in
from selfcare.viewmodel.dossier_choices import (
    charged_ids,
    folder_name,
    names_topic,
    scope_of,
    topic_choices,
    year_before,
)
from selfcare.viewmodel.dossier_files import Marked, marked, proofs_of
from selfcare.viewmodel.dossier_scope import Scope
from selfcare.viewmodel.letters import usual_language
from selfcare.viewmodel.notices import notice_of
from selfcare.viewmodel.saved import saved

if TYPE_CHECKING:
    from selfcare.i18n.words import Words
    from selfcare.paper.dossier import PrintedDossier

    from .page import Page


MOST_BILLS = 5_000
"""Bills that charge for one topic, at the most."""


class Gathered(Struct, frozen=True):
    """The dossier in words, its text for a form, and its numbered files."""

    printed: PrintedDossier
    text: str
    files: tuple[Marked, ...]


class DossierDialog(QDialog):
    """The choices at the left, the sheets at the right. Nothing is sent from here."""

    def __init__(self, page: Page, stock: Stock) -> None:
        super().__init__(page)
        self._page, self._stock, self.words = page, stock, page.words
        self.gathered: Gathered | None = None
        self.pdf = b""
        self.setWindowTitle(self.words.tr("Make the dossier"))
        room = self.screen().availableGeometry()
        self.resize(min(1160, room.width() - 64), min(820, room.height() - 96))
        choices = self._choices()
        context = page.context
        self.view: PaperView | None = None
        if context.make_paper is not None and context.paper_lane is not None:
            self.view = PaperView(self.words, context.paper_lane, context.make_paper)
            self.view.stand_alone()
            self.view.save_wanted.connect(self.save)
        beside_paper(self, choices, self.view)
        self.make()

    def _choices(self) -> QWidget:
        words, stock = self.words, self._stock
        box = QWidget()
        box.setFixedWidth(round(320 * text_scale()))
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(card_title(words.tr("Make the dossier")))
        column.addWidget(quiet(words.tr("One document and one folder for whoever decides. Nothing is sent from here.")))
        facts = stock.facts
        rows = topics_of(stock, words)
        self.topic = Choice(words.tr("About"), rows)
        country = facts.case.country
        languages = [("en", words.tr("English")), ("fr", words.tr("French"))]
        self.language = Choice(words.tr("Language of the dossier"), languages, usual_language(country))
        for choice in (self.topic, self.language):
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(16)
        today = self._page.context.today()
        self.start = self._day(words.tr("From"), year_before(today))
        self.end = self._day(words.tr("Until"), today)
        for field in (self.topic, self.start, self.end, self.language):
            column.addWidget(named(field.accessibleName(), field))
        self.initials = Tick()
        column.addWidget(TickedRow(self.initials, "initials", words.tr("Only the initials of their people"), ""))
        self.complaint = Tick()
        said = words.tr("With my complaint: what I ask for, and its days")
        self._complaint = TickedRow(self.complaint, "complaint", said, "")
        column.addWidget(self._complaint)
        self._choose_topic()
        self.stand = quiet("")
        self.trouble = trouble()
        self.trouble.hide()
        column.addWidget(self.stand)
        column.addWidget(self.trouble)
        self.save_button = primary(words.tr("Save the folder"), self.save)
        self.save_button.setEnabled(False)
        column.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        close = plain(words.tr("Close"), self.reject)
        column.addWidget(flow(close, help_link(self, words, "dossier"), gap=16))
        self.topic.currentIndexChanged.connect(self._choose_topic)
        for changed in (self.topic.currentIndexChanged, self.language.currentIndexChanged):
            changed.connect(self.make)
        for edited in (self.start.dateChanged, self.end.dateChanged):
            edited.connect(self.make)
        self.initials.toggled.connect(self.make)
        self.complaint.clicked.connect(self.make)
        return box

    def _day(self, name: str, value: date) -> QDateEdit:
        field = QDateEdit(QDate(value.year, value.month, value.day))
        set_name(field, name)
        for inner in field.findChildren(QLineEdit):
            set_name(inner, name)
        field.setLocale(QLocale(self.words.locale))
        field.setDisplayFormat(self.words.field_pattern)
        field.setCalendarPopup(True)
        field.setKeyboardTracking(False)
        return field

    def scope(self) -> Scope:
        """What is chosen now."""
        tickets = self._stock.facts.case.tickets
        scope = scope_of(
            self.topic.value, self.topic.currentText(), _date(self.start), _date(self.end), tickets, self._stock.lines,
            initials=self.initials.isChecked(),
        )  # fmt: skip
        return replace(scope, with_complaint=self.complaint.isChecked())

    @Slot()
    def _choose_topic(self) -> None:
        """One complaint is kept: whether it is about a topic that was chosen, the customer says."""
        complaint = self._stock.facts.case.notebook.complaint
        is_asked = bool(self.topic.value) and complaint != Complaint()
        self._complaint.setVisible(is_asked)
        self.complaint.setChecked(not is_asked or names_topic(complaint, self.topic.currentText()))

    @Slot()
    def make(self) -> None:
        """Gather on the store lane, then make the PDF on the paper lane; only the newest is shown."""
        self.pdf = b""
        self.save_button.setEnabled(False)
        self.trouble.hide()
        self.stand.setText(self.words.tr("It is being put together…"))
        scope, stock, language = self.scope(), self._stock, self.language.value
        self._page.ask(lambda reading: gather(stock, scope, language, reading), self._gathered, key="dossier")

    def _gathered(self, gathered: Gathered) -> None:
        self.gathered = gathered
        context, templates = self._page.context, resource("letters")
        lane = context.paper_lane or context.store_lane
        lane.ask(self, lambda: dossier_pdf(gathered.printed, templates), self._made, self._failed, key="make")

    def _made(self, made: MadePaper) -> None:
        self.pdf = made.pdf
        self.save_button.setEnabled(True)
        count = len(self.gathered.files) if self.gathered is not None else 0
        self.stand.setText(self.words.trn("With {count} file as proof.", "With {count} files as proof.", count))
        if self.view is not None:
            self.view.show_pdf(made.pdf, self.words.tr("Dossier"))

    def _failed(self, failure: Failure | None) -> None:
        notice = notice_of(failure if failure is not None else PaperTrouble("unmade"), self.words)
        self.stand.setText("")
        self.trouble.setText(f"{notice.sentence} {notice.advice}")
        self.trouble.show()

    @Slot()
    def save(self) -> None:
        """Ask where to, and write the folder."""
        gathered, pdf, page = self.gathered, self.pdf, self._page
        if gathered is None or not pdf:
            return
        chosen = QFileDialog.getExistingDirectory(self, self.words.tr("Where should the folder go?"), str(Path.home()))
        if not chosen:
            return
        name = folder_name(self._stock.facts.case.operator, page.context.today())

        def work(reading: Reading) -> tuple[str, Path]:
            from selfcare.account.farewell import free_target

            target = free_target(Path(chosen), name)
            return write_folder(reading, target, pdf, gathered.text, gathered.files), target

        def written(found: tuple[str, Path]) -> None:
            folder, target = found
            way = (page.words.tr("Open the folder"), lambda: open_folder(target))
            page.show_notice(saved(folder, page.words), [way])

        page.ask(work, written)
        self.accept()


def topics_of(stock: Stock, words: Words) -> list[tuple[str, str]]:
    """What may be chosen as the topic, in a language."""
    facts = stock.facts
    return topic_choices(facts.case.tickets, facts.lines, facts.bills[:12], words)


def gather(stock: Stock, scope: Scope, language: str, reading: Reading) -> Gathered:
    """Everything within the scope in words, and the proofs that are here with their fingerprints; on the store lane."""
    words = stock.languages[language]
    if reading.profile.country == "US" and language == "en":
        words = replace(words, locale="en_US")
    if scope.topic:
        scope = replace(scope, title=dict(topics_of(stock, words)).get(scope.topic, scope.title))
    facts, reader = stock.facts, reading.reader
    notebook, zone = facts.case.notebook, reading.zone
    if products := charged_ids(scope, stock.lines):
        charging = reader.bill_window(BillQuery(lines=products, limit=MOST_BILLS, counted=False))
        scope = replace(scope, bill_ids=frozenset(row.id for row in charging.rows))
    names = names_in(chosen_of(facts, scope, reading.now), scope)
    here = []
    for proof in proofs_of(scope, notebook, facts.bills, stock.contracts, facts.letters, words, zone):
        content = reader.draft(proof.kept_as) if proof.is_noted else reader.paper(proof.kept_as)
        if content is not None:
            told = replace(proof, what=names.of(proof.what), name=names.of_file(proof.name))
            here.append((told, len(content), hashlib.sha256(content).hexdigest()))
    files = marked(here, words.tr("proofs"))
    printed = dossier(replace(facts, files=files), scope, words, reading.today, reading.now)
    return Gathered(printed, application(stock, scope, reading, words), files)


def _date(field: QDateEdit) -> date:
    chosen = field.date()
    return date(chosen.year(), chosen.month(), chosen.day())
