"""See the proof that a bill was paid, as a page of its own or as the answer to a reminder, and save it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, QLocale, Qt, QTimer, Slot
from PySide6.QtWidgets import QDateEdit, QDialog, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from selfcare.billing.settled import settlement
from selfcare.domain.failures import Failure, PaperTrouble
from selfcare.domain.records import replace
from selfcare.host.folders import resource
from selfcare.i18n.words import LANGUAGES, load_words
from selfcare.paper.letter import MadePaper
from selfcare.paper.maker import letter_pdf, proof_pdf
from selfcare.ui.context import Reading
from selfcare.ui.theme import TEXT, font, text_scale
from selfcare.ui.widgets.buttons import plain
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.handbook import help_link
from selfcare.ui.widgets.labels import card_title, quiet, set_name, text, trouble
from selfcare.ui.widgets.paper import PaperView
from selfcare.viewmodel.letter_material import letter_facts
from selfcare.viewmodel.letters import file_name, usual_language
from selfcare.viewmodel.notices import notice_of
from selfcare.viewmodel.proofs import (
    ProofMaterial,
    Reminder,
    may_prove,
    proof_page,
    reminder_answer,
    statement,
)

from .beside_paper import beside_paper
from .page import Page
from .paper_saving import save_pdf
from .pieces import Choice, named

PROOF, ANSWER = "proof", "answer"
_TYPING_MS = 400


class _UntoldDay(QDateEdit):
    """A day that nobody has said yet; a step up begins at today."""

    def __init__(self, today: QDate, untold: str) -> None:
        super().__init__()
        self._today = today
        self.setMinimumDate(today.addYears(-30))
        self.setSpecialValueText(untold)
        self.setDate(self.minimumDate())

    def stepBy(self, steps: int) -> None:
        if self.date() == self.minimumDate():
            self.setDate(self._today)
            return
        super().stepBy(steps)


def read_proof(reading: Reading, bill_id: str) -> ProofMaterial | None:
    """A bill with what is known of its payment; None if it is not here. For the store lane."""
    reader = reading.reader
    bill = reader.bill(bill_id)
    if bill is None:
        return None
    accounts = reader.accounts()
    account = next((a for a in accounts if a.id == bill.account_id), accounts[0] if len(accounts) == 1 else None)
    facts = letter_facts(
        None, reading.today, profile=replace(reading.profile, support=reader.support()), customer=reader.customer(),
        accounts=accounts, contracts=reader.contracts(),
    )  # fmt: skip
    languages = {code: load_words(code, resource("locale")) for code in LANGUAGES}
    return ProofMaterial(bill, settlement(bill, reader.payments()), account, facts, languages)


class ProofDialog(QDialog):
    """The choices at the left, the sheet at the right. Nothing is sent from here."""

    def __init__(self, page: Page, material: ProofMaterial) -> None:
        super().__init__(page)
        self._page, self._material, self.words = page, material, page.words
        self.pdf = b""
        self.setWindowTitle(self.words.tr("Proof of payment"))
        room = self.screen().availableGeometry()
        wide, high = (1120, 800) if may_prove(material) else (440, 240)
        wide, high = round(wide * text_scale()), round(high * text_scale())
        self.resize(min(wide, room.width() - 64), min(high, room.height() - 96))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_TYPING_MS)
        self._later.timeout.connect(self.write)
        choices = self._choices()
        context = page.context
        self.view: PaperView | None = None
        if context.make_paper is not None and context.paper_lane is not None and may_prove(material):
            self.view = PaperView(self.words, context.paper_lane, context.make_paper)
            self.view.stand_alone()
            self.view.save_wanted.connect(self.save)
        beside_paper(self, choices, self.view)
        self.write()

    def _choices(self) -> QWidget:
        words = self.words
        box = QWidget()
        box.setFixedWidth(round(330 * text_scale()))
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(card_title(words.tr("Proof of payment")))
        self.said = text(statement(self._material, words))
        column.addWidget(self.said)
        kinds = ((PROOF, words.tr("A page for one bill")), (ANSWER, words.tr("A letter that answers a reminder")))
        self.kind = Choice(words.tr("Paper"), kinds)
        languages = [("en", words.tr("English")), ("fr", words.tr("French"))]
        self.language = Choice(words.tr("Language"), languages, usual_language(self._material.facts.country))
        self.reference = QLineEdit()
        self.reference.setFont(font(TEXT))
        self.reference.setMaxLength(60)
        self.day = self._day_field(words.tr("Day of the reminder"))
        self._of_a_reminder = [
            named(words.tr("Reference of the reminder"), self.reference),
            named(words.tr("Day of the reminder"), self.day),
        ]
        self.kind.currentIndexChanged.connect(self.write)
        self.language.currentIndexChanged.connect(self.write)
        self.reference.textChanged.connect(lambda _text: self._later.start())
        self.day.dateChanged.connect(self._later.start)
        self.missing, self.trouble = quiet(""), trouble()
        self.save_button = plain(words.tr("Save the PDF"), self.save)
        for part in (named(words.tr("Paper"), self.kind), named(words.tr("Language of the letter"), self.language),
                     *self._of_a_reminder, self.missing, self.trouble):  # fmt: skip
            part.setVisible(may_prove(self._material))
            column.addWidget(part)
        self.save_button.setVisible(may_prove(self._material))
        column.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        close = plain(words.tr("Close"), self.reject)
        column.addWidget(flow(close, help_link(self, words, "proof"), gap=16))
        return box

    def _day_field(self, name: str) -> QDateEdit:
        day = self._material.facts.day
        field = _UntoldDay(QDate(day.year, day.month, day.day), self.words.tr("not stated"))
        for inner in field.findChildren(QLineEdit):
            set_name(inner, name)
            inner.setTextMargins(12, 0, 0, 0)
        field.setFont(font(TEXT))
        field.setLocale(QLocale(self.words.locale))
        field.setDisplayFormat("ddd d MMM yyyy")
        field.setKeyboardTracking(False)
        return field

    @Slot()
    def write(self) -> None:
        """Write the chosen paper anew and make its PDF on the paper lane; only the newest is shown."""
        self._later.stop()
        is_answer = self.kind.value == ANSWER
        for field in self._of_a_reminder:
            field.setHidden(not is_answer or not may_prove(self._material))
        self.pdf = b""
        self.save_button.setEnabled(False)
        self.trouble.hide()
        self.missing.hide()
        if not may_prove(self._material):
            return
        words, templates = self._material.languages[self.language.value], resource("letters")
        if not is_answer:
            proof = proof_page(self._material, words)
            self._make(lambda: proof_pdf(proof, templates))
            return
        day = self.day.date()
        told = date(day.year(), day.month(), day.day()) if day > self.day.minimumDate() else None
        reminder = Reminder(self.reference.text(), told)
        written = reminder_answer(self._material, reminder, words, self.words)
        if written.missing:
            things = self.words.listing(list(written.missing))
            self.missing.setText(self.words.tr("To be written in by hand: {things}.", things=things))
            self.missing.show()
        self._make(lambda: letter_pdf(written.letter, templates))

    def _make(self, work: Callable[[], MadePaper]) -> None:
        context = self._page.context
        lane = context.paper_lane or context.store_lane
        lane.ask(self, work, self._made, self._failed, key="make")

    def _made(self, made: MadePaper) -> None:
        self.pdf = made.pdf
        self.save_button.setEnabled(True)
        if self.view is not None:
            self.view.show_pdf(made.pdf, self.kind.currentText())

    def _failed(self, failure: Failure | None) -> None:
        notice = notice_of(failure if failure is not None else PaperTrouble("unmade"), self.words)
        self.trouble.setText(f"{notice.sentence} {notice.advice}")
        self.trouble.show()

    @Slot()
    def save(self) -> None:
        """Ask where to, and save the sheet that is shown."""
        if not self.pdf:
            return
        title = f"{self.words.tr('Proof of payment')} {self._material.bill.number}"
        name = f"{file_name(title, self._material.facts.day)}.pdf"
        chosen, _kind = QFileDialog.getSaveFileName(
            self, self.words.tr("Save the PDF"), str(Path.home() / name), self.words.tr("PDF files (*.pdf)")
        )
        if chosen:
            save_pdf(self._page, self.pdf, Path(chosen))
            self.accept()
