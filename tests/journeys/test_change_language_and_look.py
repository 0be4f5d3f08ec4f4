"""The language and the look change at once, stay after a restart, and the window works as before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from selfcare.ui.pages.settings import SettingsPage
from selfcare.ui.theme import tokens_in_use
from tests.journeys.computer import Computer, Kept
from tests.journeys.person import ROOMS, go, must_say, says, words_on
from tests.sandbox_process import Sandbox
from tests.shots.driving import settled


def test_change_language_and_look(
    computer: Computer, operator: Sandbox, homes: Callable[[str], Kept]
) -> None:
    computer.put(homes("nadia"))
    program = computer.start("nadia")
    page = choices(go(program, "settings"))
    page.look.setCurrentIndex(page.look.findData("dark"))
    settled(program)
    assert tokens_in_use().name == "dark"
    assert program.window.palette().window().color().lightness() < 80

    english = set(words_on(program.window.sidebar))
    page.language.setCurrentIndex(page.language.findData("fr"))
    settled(program)
    must_say(program.window.sidebar, "Accueil", "Factures", "Contrat")
    assert not english & {"Bills", "Help"} & set(words_on(program.window.sidebar))
    must_say(program.window.current, "Langue")
    for room in ROOMS:
        go(program, room)
        assert program.window.current.has_view or room == "settings", room
    assert not says(program.window, "Our mistake")

    program = computer.restart()
    assert program.settings.language == "fr" and program.settings.look == "dark"
    must_say(program.window.sidebar, "Factures")
    page = choices(go(program, "settings"))
    page.language.setCurrentIndex(page.language.findData("en"))
    settled(program)
    must_say(program.window.sidebar, "Bills")
    page = choices(go(program, "settings"))
    page.interval.setCurrentIndex(page.interval.findData("12"))
    settled(program)
    assert program.settings.interval_hours == 12
    assert program.settings.language == "en"


def choices(page: QWidget) -> SettingsPage:
    """The page of settings."""
    assert isinstance(page, SettingsPage)
    return page
