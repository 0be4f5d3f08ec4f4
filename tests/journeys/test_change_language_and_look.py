"""The language and the look change at once, stay after a restart, and the window works as before."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from selfcare.host.folders import resource
from selfcare.i18n import load_words
from selfcare.ui.pages.settings import SettingsPage
from selfcare.ui.theme import tokens_in_use
from tests.journeys.computer import Computer, Kept
from tests.journeys.person import ROOMS, go, must_say, words_on
from tests.journeys.quiet import settled
from tests.sandbox_process import Sandbox


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


def choices(page: QWidget) -> SettingsPage:
    """The page of settings."""
    assert isinstance(page, SettingsPage)
    return page
