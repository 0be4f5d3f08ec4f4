"""A line is ended by plain notice, and the notice is taken back while it can be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QDialog

from selfcare.leaving.wizard import Screen
from tests.journeys.computer import Computer, fill
from tests.journeys.person import button_of, go, in_dialog, must_say, says
from tests.journeys.quiet import quiet
from tests.journeys.test_leave_with_my_number import at, click, confirm, leaving, named
from tests.sandbox_process import Sandbox
from tests.shots.driving import plain, until


@pytest.mark.parametrize("own_operator", ["v4", "mixed"], indirect=True)
def test_give_notice_and_take_it_back(computer: Computer, own_operator: Callable[..., Sandbox], tmp_path: Path) -> None:
    operator = own_operator()
    computer.put(fill(tmp_path / "filled", operator.issuer(), "claire"))
    program = computer.start()
    page = leaving(go(program, "leaving"))
    picker = page.panel.findChild(QComboBox, "linePicker")
    assert isinstance(picker, QComboBox)
    number = next(n for n in range(picker.count()) if "900456" in picker.itemText(n))
    picker.setCurrentIndex(number)
    picker.activated.emit(number)
    click(page, "other")
    assert at(page) is Screen.LINE
    click(page, "keep:notice")
    for screen in (Screen.SAVE, Screen.BANK, Screen.DAY, Screen.CONFIRM):
        click(page, "forward")
        assert at(page) is screen
        if screen is Screen.BANK:
            click(page, "tick:bankKeep")
    named(page, "confirm")
    must_say(page, "07700 900456", "your notice is sent to Orvane Mobile")
    assert plain(named(page, "confirm")).startswith("Give notice for ")
    assert operator.effects()["effects"] == []
    confirm(page)
    until("the notice", lambda: len(operator.effects()["effects"]) == 1)
    quiet(program)
    must_say(page, "Notice received by your operator")
    must_say(go(program, "waiting"), "Give notice: 07700 900456 ends on")

    page = leaving(go(program, "leaving"))
    in_dialog(lambda: button_of(page, "Take the notice back").click(), lambda dialog: None)
    assert len(operator.effects()["effects"]) == 1, "no means no"

    def agree(dialog: QDialog) -> None:
        assert says(dialog, "07700 900456")
        button_of(dialog, "Take the notice back").click()

    in_dialog(lambda: button_of(page, "Take the notice back").click(), agree)
    until("the withdrawal", lambda: len(operator.effects()["effects"]) == 2)
    quiet(program)
    must_say(go(program, "waiting"), "Take notice back")
    assert not says(program.window.current, "needs you")
    assert len(operator.effects()["effects"]) == 2
    assert not says(program.window.current, "never saw it")
    page = leaving(go(program, "leaving"))
    must_say(page, "Notice withdrawn, the line goes on")
    assert not says(page, "This line dies")
    click(page, "endPlan")
    assert at(page) is Screen.WAY
