"""Makes the dossier and the texts that go up the ladder: choices, a look at every sheet, one folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from selfcare.domain.records import Struct
from selfcare.ui.context import Reading
from selfcare.ui.widgets.labels import prefilled
from selfcare.viewmodel.dossier_scope import Scope
from selfcare.viewmodel.notice import Notice

from .case_reading import case_facts
from .page import Page

if TYPE_CHECKING:
    from selfcare.domain.contract import Contract
    from selfcare.domain.lines import Line
    from selfcare.i18n.words import Words
    from selfcare.leaving.drafts import Plans
    from selfcare.viewmodel.dossier import DossierFacts

    from .dossier_dialog import DossierDialog
    from .letter_dialog import LetterDialog


class Stock(Struct, frozen=True):
    """All that a dossier may be made from, before anything is chosen."""

    facts: DossierFacts
    lines: tuple[Line, ...]
    contracts: tuple[Contract, ...]
    languages: Mapping[str, Words]


class CaseDossier(QObject):
    """Belongs to the case file's page; reads on the store lane, makes PDFs on the paper lane."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self.dialog: DossierDialog | None = None
        self.letter: LetterDialog | None = None

    @Slot()
    def open(self) -> None:
        """Read everything, then show the choices beside the sheets."""
        self._page.ask(read_stock, self._show, key="stock")

    def _show(self, stock: Stock) -> None:
        from .dossier_dialog import DossierDialog

        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = DossierDialog(self._page, stock)
        self.dialog.open()

    @Slot()
    def copy_text(self) -> None:
        """Put the complaint's text on the clipboard, for the form of whoever decides."""

        def work(reading: Reading) -> str:
            return application(read_stock(reading), Scope(), reading)

        def copied(said: str) -> None:
            QGuiApplication.clipboard().setText(said)
            words = self._page.words
            advice = words.tr("Paste it into their form and say at its end what you ask for.")
            self._page.show_notice(Notice(words.tr("The text is copied."), advice, "good"))

        self._page.ask(work, copied, key="text")

    def write_letter(self, kind: str) -> None:
        """Open a letter of a kind, ready to print, about the line on which promises are broken, with them as its
        story."""
        from .leaving_papers import read_desk

        def work(reading: Reading) -> tuple[object, str]:
            plans, told = story(reading)
            return read_desk(reading, plans), told

        def show(found: tuple[object, str]) -> None:
            from .leaving_papers import Desk
            from .letter_dialog import LetterDialog

            desk, told = found
            assert isinstance(desk, Desk)
            if self.letter is not None:
                self.letter.deleteLater()
            self.letter = LetterDialog(self._page, desk)
            self.letter.choose(kind)
            self.letter.story.setPlainText(prefilled(told))
            self.letter.open()

        self._page.ask(work, show, key="letter")


def read_stock(reading: Reading) -> Stock:
    """Everything that a dossier may hold; runs on the store lane."""
    from selfcare.domain.lines import Access
    from selfcare.domain.unasked import unasked_options
    from selfcare.host.folders import resource
    from selfcare.i18n.words import LANGUAGES, load_words
    from selfcare.ui.pages.services_loading import charges_in_question
    from selfcare.viewmodel.dossier import DossierFacts
    from selfcare.viewmodel.facts import with_shown_numbers

    reader = reading.reader
    lines = reader.lines()
    unasked = unasked_options(lines, reader.orders(), reader.waiting())
    fixed = {Access.FIXED, Access.INTERNET}
    facts = DossierFacts(
        case=case_facts(reading, ()),
        customer=reader.customer(),
        bills=reader.bills(),
        payments=reader.payments(),
        letters=reader.letters(),
        fixed_ids=frozenset(line.id for line in lines if line.access in fixed),
        lines=with_shown_numbers(lines, reading.profile.country),
        charges=charges_in_question(reading, lines, unasked),
        unasked=unasked,
    )
    languages = {code: load_words(code, resource("locale")) for code in LANGUAGES}
    return Stock(facts, lines, reader.contracts(), languages)


def application(stock: Stock, scope: Scope, reading: Reading, words: Words | None = None) -> str:
    """The complaint as plain text."""
    from selfcare.domain.records import replace
    from selfcare.viewmodel.case_complaint import Applicant, application_text
    from selfcare.viewmodel.dossier import chosen_of, names_in

    chosen = chosen_of(stock.facts, scope, reading.now)
    customer, names = stock.facts.customer, names_in(chosen, scope)
    complaint = chosen.facts.case.notebook.complaint
    complaint = replace(complaint, topic=names.of(complaint.topic), wanted=names.of(complaint.wanted))
    promises = [replace(one, title=names.of(one.title)) for one in names.promises(chosen.promises)]
    who = Applicant(
        customer.name if customer is not None else "", customer.id if customer is not None else "", reading.profile.name
    )
    return application_text(
        who, complaint, chosen.totals, tuple(promises), words or reading.words,
        reading.today, reading.now, reading.zone,
    )  # fmt: skip


def story(reading: Reading) -> tuple[Plans, str]:
    """The line that the letter is about, as the one looked at, and the promises broken on it in the letter's language,
    for the customer to go on from."""
    from selfcare.host.folders import resource
    from selfcare.i18n.words import load_words
    from selfcare.leaving.drafts import DRAFT_KEY, Plans, plans_from_bytes
    from selfcare.viewmodel.case_letter import Told, letter_story, line_of_letter
    from selfcare.viewmodel.letters import usual_language

    words = load_words(usual_language(reading.profile.country), resource("locale"))
    facts, reader = case_facts(reading, ()), reading.reader
    lines, plans = reader.lines(), plans_from_bytes(reader.draft(DRAFT_KEY))
    told = Told(lines, facts.tickets, facts.problems, facts.orders, facts.notebook.words, facts.appointments)
    promises = facts.promises(reading.now)
    usual = plans.current or (lines[0].id if lines else "")
    line_id = line_of_letter(promises, told, usual)
    written = letter_story(promises, told, line_id, words, reading.now, reading.zone)
    return Plans(line_id, plans.answers), written


def write_folder(reading: Reading, target: Path, pdf: bytes, text: str, files: tuple[object, ...]) -> str:
    """Write the folder: the PDF, the text, the files as they came, and their checksums. Runs on the store lane.

    Raises PackTrouble; then nothing is left behind.
    """
    from selfcare.account.farewell import write_pack
    from selfcare.domain.farewell import Pack, PackFile
    from selfcare.viewmodel.dossier_files import Marked

    def parts() -> list[PackFile]:
        found = [PackFile("dossier.pdf", [pdf]), PackFile("complaint.txt", [text.encode()])]
        for mark in files:
            assert isinstance(mark, Marked)
            found.append(PackFile(mark.path, (_bytes_of(reading, mark.proof.kept_as, mark.proof.is_noted),)))
        return found

    packed = parts()
    for _step in write_pack(Pack(packed, len(packed), reading.now), target, as_zip=False):
        pass
    return target.name


def _bytes_of(reading: Reading, kept_as: str, is_noted: bool) -> bytes:
    found = reading.reader.draft(kept_as) if is_noted else reading.reader.paper(kept_as)
    return found if found is not None else b""
