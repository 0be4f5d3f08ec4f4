"""One whole way out on the real page: unlock, PAC, bank, day, confirmation, tracker; interrupted and taken up again."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from selfcare.leaving.wizard import Screen
from selfcare.ui.pages.leaving import LeavingPage
from tests.journeys.computer import Computer, fill
from tests.journeys.person import button_of, go, in_dialog, must_say, says
from tests.journeys.quiet import quiet, refreshed, settled
from tests.sandbox_process import Sandbox
from tests.shots.driving import buttons, until


@pytest.mark.parametrize("own_operator", ["mixed"], indirect=True)
def test_leave_with_my_number(computer: Computer, own_operator: Callable[..., Sandbox], tmp_path: Path) -> None:
    operator = own_operator("--seed", "3")
    port = operator.url.rpartition(":")[2]
    computer.put(fill(tmp_path / "filled", operator.issuer(), "claire"))
    program = computer.start()
    page = leaving(go(program, "leaving"))
    must_say(page, "Leaving, the whole way", "07700 900123", "Lumen X4 128 GB", "locked")
    click(page, "start")
    assert at(page) is Screen.UNLOCK
    assert not named(page, "forward").isEnabled()
    settled(program)
    operator.stop()

    program = computer.restart()
    page = leaving(go(program, "leaving"))
    assert at(page) is Screen.UNLOCK, "the page where it was left"
    ask = button_of(page, "Ask for the unlock now")
    in_dialog(ask.click, lambda dialog: button_of(dialog, "Ask to unlock").click())
    until("the request", lambda: says(program.window, "Your request is kept."))
    quiet(program)
    must_say(page, "waiting to be sent")

    operator = own_operator("--seed", "3", "--port", port)
    refreshed(program)
    must_say(page, "with your operator")
    assert not buttons(page, "Ask for the unlock now")
    assert [e["kind"] for e in operator.effects()["effects"]] == ["productOrder"]
    operator.advance(49)
    refreshed(program)
    must_say(page, "unlocked", "By your operator’s own word.")
    click(page, "forward")
    assert at(page) is Screen.SAVE
    click(page, "tick:saved")
    click(page, "forward")
    assert at(page) is Screen.CODE
    button_of(page, "Ask for the PAC now").click()
    until("the request", lambda: len(operator.effects()["effects"]) == 2)
    quiet(program)
    operator.advance(2)
    refreshed(program)
    code = page.findChild(QLabel, "code")
    assert isinstance(code, QLabel)
    pac = code.text()
    assert re.fullmatch("[A-Z]{3}[0-9]{6}", pac)
    must_say(page, "Use it by")
    assert len(operator.effects()["effects"]) == 2
    click(page, "forward")
    assert at(page) is Screen.BANK
    assert not named(page, "forward").isEnabled()
    click(page, "tick:bankNew")
    click(page, "tick:bankKeep")
    click(page, "forward")
    assert at(page) is Screen.DAY
    click(page, "forward")
    assert at(page) is Screen.CONFIRM
    must_say(page, "All the facts, once more", "07700 900123", "comes with you", "Nothing is ended by this button.")
    confirm(page)
    settled(program)
    must_say(page, "Leaving, step by step", "Handset unlocked", "The PAC is here", pac, "End of the Direct Debit")
    assert len(operator.effects()["effects"]) == 2, "the confirmation sends nothing on this way"
    operator.stop()

    program = computer.restart()
    page = leaving(go(program, "leaving"))
    assert at(page) is Screen.TRACKER
    must_say(page, "Leaving, step by step", pac)


def leaving(page: QWidget) -> LeavingPage:
    """The page of leaving, with something on it."""
    assert isinstance(page, LeavingPage)
    until("a plan", lambda: page.answers is not None)
    return page


def at(page: LeavingPage) -> Screen:
    """Which page of the wizard is shown."""
    assert page.answers is not None
    return page.answers.at


def named(page: LeavingPage, name: str) -> QAbstractButton:
    """A button of the wizard, once it can be seen."""

    def seen() -> list[QAbstractButton]:
        return [b for b in page.panel.findChildren(QAbstractButton, name) if b.isVisible()]

    until(name, lambda: bool(seen()), 10)
    return seen()[0]


def click(page: LeavingPage, name: str) -> None:
    """Press a button of the wizard that can be pressed."""
    button = named(page, name)
    assert button.isEnabled(), name
    button.click()
    until("what follows", lambda: page.panel.isVisible())


def confirm(page: LeavingPage) -> None:
    """Press the button of the page of facts; what comes too soon after the page is not heard."""

    def confirmed() -> bool:
        if at(page) is Screen.CONFIRM:
            named(page, "confirm").click()
        return at(page) is Screen.TRACKER

    until("the confirmation", confirmed)
