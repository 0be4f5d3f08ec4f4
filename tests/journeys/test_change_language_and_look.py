"""The language and the look change at once, stay after a restart, and the window works as before."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from selfcare.app.program import Program
from selfcare.host.folders import resource
from selfcare.i18n import load_words
from selfcare.ui.pages.case_file import CaseFilePage
from selfcare.ui.pages.case_notes import CaseNotes
from selfcare.ui.pages.settings import SettingsPage
from selfcare.ui.theme import tokens_in_use
from tests.journeys.computer import Computer, Kept
from tests.journeys.person import ROOMS, go, must_say, words_on
from tests.journeys.quiet import settled
from tests.sandbox_process import Sandbox
from tests.shots.driving import until


def test_change_language_and_look(computer: Computer, operator: Sandbox, homes: Callable[[str], Kept]) -> None:
    computer.put(homes("nadia"))
    program = computer.start("nadia")
    page = choices(go(program, "settings"))
    page.look.setCurrentIndex(page.look.findData("dark"))
    settled(program)
    assert tokens_in_use().name == "dark"
    assert program.window.palette().window().color().lightness() < 80

    page.language.setCurrentIndex(page.language.findData("fr"))
    settled(program)
    french = load_words("fr", resource("locale"))
    must_say(program.window.sidebar, french.tr("Bills"), french.tr("Contract"))
    must_say(program.window.current, french.tr("Language"))
    again = choices(program.window.current)
    assert program.window.focusWidget() is again.language, "the keyboard stays where the language was chosen"
    for room in ROOMS:
        go(program, room)
        assert program.window.current.has_view or room == "settings", room
    bills = words_on(go(program, "bills"))
    assert any(re.search(r"\d,\d\d\s£", text) for text in bills), "amounts as they are written in French"
    assert not any(re.search(r"£\d", text) for text in bills)

    program = computer.restart()
    assert program.settings.language == "fr"
    assert program.settings.look == "dark"
    must_say(program.window.sidebar, french.tr("Bills"))
    page = choices(go(program, "settings"))
    page.language.setCurrentIndex(page.language.findData("en"))
    settled(program)
    must_say(program.window.sidebar, "Bills")
    page = choices(go(program, "settings"))
    page.interval.setCurrentIndex(page.interval.findData("12"))
    settled(program)
    assert program.settings.interval_hours == 12
    assert program.settings.language == "en"


def test_the_note_of_a_running_call_stays_beside_the_window(
    computer: Computer, operator: Sandbox, homes: Callable[[str], Kept]
) -> None:
    computer.put(homes("nadia"))
    program = computer.start("nadia")
    notes = note_of(program)
    notes.start()
    until("the note", lambda: notes.dialog is not None)
    assert notes.dialog is not None
    notes.dialog.said.setPlainText("He said that he would call back.")
    page = choices(go(program, "settings"))
    page.language.setCurrentIndex(page.language.findData("fr"))
    until("the note again", lambda: (found := note_of(program).dialog) is not None and found.isVisible())
    settled(program)
    again = note_of(program).dialog
    assert again is not None
    assert again.said.toPlainText() == "He said that he would call back."
    must_say(again, load_words("fr", resource("locale")).tr("What was said"))
    assert program.window.isVisible()
    again.close()
    settled(program)


def note_of(program: Program) -> CaseNotes:
    """What notes contacts in the window that is open now."""
    page = program.window.page("case")
    assert isinstance(page, CaseFilePage)
    return page.notes


def choices(page: QWidget) -> SettingsPage:
    """The page of settings."""
    assert isinstance(page, SettingsPage)
    return page
