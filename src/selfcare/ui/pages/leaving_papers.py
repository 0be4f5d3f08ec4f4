"""One button on the leaving page: letters in the country's wording, the way as a checklist, its days as a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from selfcare.domain.records import Sealed, replace
from selfcare.i18n.words import Words
from selfcare.ui.context import Reading
from selfcare.ui.widgets.buttons import plain

from .farewell import opened
from .page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from selfcare.domain.commands import RequestUnlock
    from selfcare.leaving.drafts import Plans
    from selfcare.leaving.wizard import Answers
    from selfcare.viewmodel.handsets import UnlockView
    from selfcare.viewmodel.leaving_material import Case
    from selfcare.viewmodel.letter_facts import LetterFacts

    from .letter_dialog import LetterDialog


class Desk(Sealed, frozen=True):
    """What letters are written from: the facts of the line looked at, its planned way, and the words by language.

    `lines` are those that a letter may be about as (id, name), `line_id` the one that this desk is about.
    """

    facts: LetterFacts
    case: Case | None
    languages: Mapping[str, Words]
    lines: tuple[tuple[str, str], ...] = ()
    line_id: str = ""


class LeavingPapers(QObject):
    """Puts the button beside the page's title and opens the dialog from what is kept at that moment."""

    def __init__(
        self, page: Page, plans: Callable[[], Plans | None], turn: Callable[[Callable[[Case], Answers]], None]
    ) -> None:
        """`plans` are those of the page: of a discreet one nothing stands in the vault, so it is not read there.

        By `turn` the entries of a calendar file that was saved are kept with the plan of its line.
        """
        super().__init__(page)
        self._page, self._plans, self._turn = page, plans, turn
        self.dialog: LetterDialog | None = None
        self._wanted = ""
        self.button = plain(page.words.tr("Letters and calendar"), self.open)
        self.button.setObjectName("papers")
        page.head_actions(self.button)

    @Slot()
    def open(self) -> None:
        """Read everything a letter needs on the store lane, then show the dialog."""
        plans = self._plans()
        self._page.ask(lambda reading: read_desk(reading, plans), self._show, key="papers")

    def put_away(self) -> None:
        """Close what is open: it may be about a plan that must not stay."""
        if self.dialog is not None:
            self.dialog.reject()

    def open_target(self, target: str) -> None:
        """What a button of the page opens: a letter ("papers/", its kind, what it claims), or another page."""
        where, _, letter = target.partition("/")
        if where == "papers":
            self._wanted = letter
            self.open()
        else:
            opened(self._page, target)

    def ask_unlock(self, view: UnlockView) -> RequestUnlock | None:
        """The unlock with its note as the customer wrote it, None where the question was closed."""
        from .unlock_dialog import UnlockDialog

        dialog = UnlockDialog(self._page, self._page.words, view)
        wish = dialog.command() if dialog.exec() else None
        dialog.deleteLater()
        return wish

    def _show(self, desk: Desk) -> None:
        from .letter_dialog import LetterDialog

        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = LetterDialog(self._page, desk, is_leaving=True)
        self.dialog.took_over.connect(
            lambda entries: self._turn(lambda case: _with_entries(case, desk.line_id, entries))
        )
        wanted, self._wanted = self._wanted, ""
        self.dialog.choose(wanted)
        self.dialog.open()


def _with_entries(case: Case, line_id: str, entries: tuple[tuple[str, str], ...]) -> Answers:
    same = case.facts.line_id == line_id
    return replace(case.answers, line_id=line_id, calendar=entries) if same else case.answers


def read_desk(reading: Reading, plans: Plans | None = None) -> Desk:
    """The line looked at, with everything about it; runs on the store lane. `plans` are newer than those kept."""
    from selfcare.host.folders import resource
    from selfcare.i18n.words import LANGUAGES, load_words
    from selfcare.leaving.rules import parse_rules
    from selfcare.viewmodel.facts import with_shown_numbers
    from selfcare.viewmodel.leaving_material import case_of
    from selfcare.viewmodel.letter_material import RULES, letter_facts

    from .leaving import read_material

    reader, profile = reading.reader, reading.profile
    material = read_material(reading)
    if plans is not None:
        material = replace(material, plans=plans)
    name, lines = RULES.get(profile.country), reader.lines()
    facts = letter_facts(
        next((line for line in lines if line.id == material.line_id), None),
        reading.today,
        profile=replace(profile, support=reader.support()),
        customer=reader.customer(),
        accounts=reader.accounts(),
        contracts=reader.contracts(),
        rules=parse_rules(reading.rules(name)) if name is not None else None,
        case=(case := case_of(material)),
    )
    named = tuple((line.id, line.number or line.name) for line in with_shown_numbers(lines, profile.country))
    languages = {code: load_words(code, resource("locale")) for code in LANGUAGES}
    return Desk(facts, case, languages, named, material.line_id)
