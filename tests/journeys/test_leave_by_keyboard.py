"""The whole way out without a mouse: every answer found with Tab, given with Space or Enter, to the confirmation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from selfcare.app.program import Program
from tests.journeys.computer import Computer, fill
from tests.journeys.person import in_dialog, must_say, says
from tests.journeys.quiet import refreshed, settled
from tests.sandbox_process import Sandbox
from tests.shots.driving import until

MOST_TABS = 160


def key(program: Program, pressed: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the keyboard is."""
    QTest.keyClick(program.window.focusWidget() or program.window, pressed, held)
    settled(program)


def tab_to(where: QWidget, name: str) -> QWidget:
    """Tab until the keyboard is on what has this name."""
    seen: list[str] = []
    for _ in range(MOST_TABS):
        QTest.keyClick(where.focusWidget() or where, Qt.Key.Key_Tab)
        here = where.focusWidget()
        assert here is not None, "the keyboard is nowhere"
        if here.accessibleName() == name and here.isEnabled():
            return here
        seen.append(here.accessibleName())
    raise AssertionError(f"Tab never comes to {name!r}, only to {sorted(set(seen))}")


def answer(program: Program, name: str, pressed: Qt.Key = Qt.Key.Key_Return) -> None:
    """Find something by its name and press it."""
    tab_to(program.window, name)
    key(program, pressed)


def go_on(program: Program, words: str, name: str = "Continue") -> None:
    """Press the button that goes on until the next screen is there; a press too soon after a screen is not heard."""

    def is_there() -> bool:
        if says(program.window, words):
            return True
        answer(program, name)
        return says(program.window, words)

    until(words, is_there)


@pytest.mark.campaign
@pytest.mark.parametrize("own_operator", ["mixed"], indirect=True)
def test_leave_by_keyboard(computer: Computer, own_operator: Callable[..., Sandbox], tmp_path: Path) -> None:
    operator = own_operator("--seed", "3")
    computer.put(fill(tmp_path / "filled", operator.issuer(), "claire"))
    program = computer.start()
    program.window.activateWindow()
    until("a window in front", lambda: program.window.isActiveWindow())
    key(program, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    until("the whole way", lambda: says(program.window, "Leaving, the whole way"))
    answer(program, "Start with the unlock")

    def agree(dialog: QDialog) -> None:
        tab_to(dialog, "Ask to unlock")
        QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return)

    in_dialog(lambda: answer(program, "Ask for the unlock now"), agree)
    until("the request", lambda: says(program.window, "with your operator"))
    operator.advance(49)
    refreshed(program)
    must_say(program.window, "By your operator’s own word.")
    looked = "I have looked at it, and nothing is missing"
    go_on(program, looked)
    answer(program, looked, Qt.Key.Key_Space)
    go_on(program, "Ask for the PAC now")
    answer(program, "Ask for the PAC now")
    until("the code is asked for", lambda: len(operator.effects()["effects"]) == 2)
    operator.advance(2)
    refreshed(program)
    must_say(program.window, "Use it by")
    tells, keeps = (
        "The new operator gets my bank details from me",
        "The Direct Debit stays until the final bill is paid",
    )
    go_on(program, tells)
    answer(program, tells, Qt.Key.Key_Space)
    answer(program, keeps, Qt.Key.Key_Space)
    go_on(program, "First possible day")
    go_on(program, "All the facts, once more")
    go_on(program, "Leaving, step by step", "This is my plan")
    must_say(program.window, "Handset unlocked", "The PAC is here")
