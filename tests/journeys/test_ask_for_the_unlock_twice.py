"""Somebody who clicks twice asks once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from tests.journeys.computer import Computer, fill
from tests.journeys.person import button_of, go, in_dialog, must_say, says
from tests.journeys.quiet import settled
from tests.sandbox_process import Sandbox
from tests.shots.driving import buttons, until


def test_ask_for_the_unlock_twice_by_double_click(
    computer: Computer, own_operator: Callable[..., Sandbox], tmp_path: Path
) -> None:
    operator = own_operator()
    computer.put(fill(tmp_path / "filled", operator.issuer(), "claire"))
    program = computer.start()
    page = go(program, "services")
    offered = len(buttons(page, "Ask to unlock"))
    ask = button_of(page, "Ask to unlock")

    def twice(dialog: QDialog) -> None:
        yes = button_of(dialog, "Ask to unlock")
        for _ in range(3):
            QTest.mouseClick(yes, Qt.MouseButton.LeftButton)
            QTest.mouseDClick(yes, Qt.MouseButton.LeftButton)
            QTest.keyClick(yes, Qt.Key.Key_Return)

    in_dialog(lambda: QTest.mouseClick(ask, Qt.MouseButton.LeftButton), twice)
    until("an accepted request", lambda: not program.rounds._is_busy and len(operator.effects()["effects"]) > 0)
    settled(program)
    page = go(program, "services")
    assert len(buttons(page, "Ask to unlock")) == offered - 1
    must_say(page, "unlock accepted")
    program.rounds.push()
    until("the end of the sending", lambda: not program.rounds._is_busy)
    assert len(operator.effects()["effects"]) == 1
    assert not says(go(program, "waiting"), "needs you")
    must_say(program.window.current, "Ask to unlock")
