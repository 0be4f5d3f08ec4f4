"""One key on any page notes a call while it runs; it survives the end of the program, and so does its promise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from selfcare.app.raising import Raising
from tests.journeys.computer import Computer, fill
from tests.journeys.person import button_of, go, must_say, says
from tests.journeys.quiet import quiet, settled
from tests.sandbox_process import Sandbox
from tests.shots.driving import until


def test_a_call_is_noted_offline_kept_over_a_restart_and_its_broken_promise_is_raised(
    computer: Computer, own_operator: Callable[..., Sandbox], tmp_path: Path
) -> None:
    operator = own_operator("--seed", "7")
    computer.put(fill(tmp_path / "filled", operator.issuer(), "claire"))
    operator.stop()
    program = computer.start()
    go(program, "bills")
    QTest.keyClick(program.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    page = program.window.page("case")
    until("the note", lambda: page.notes.dialog is not None)  # type: ignore[attr-defined]
    dialog = page.notes.dialog  # type: ignore[attr-defined]
    dialog.agent.setText("Karim")
    dialog.said.setPlainText("The line is looked at from afar.")
    dialog.promise.field.setText("calls back within 2 hours")
    button_of(dialog, "It is over: keep it").click()
    until("what was kept", lambda: says(program.window, "Kept in your case file."))
    settled(program)
    must_say(page, "The line is looked at from afar.", "“calls back within 2 hours”", "It was kept")
    quiet(program)

    program = computer.restart()
    must_say(go(program, "case"), "The line is looked at from afar.", "A call back, promised by Karim")
    go(program, "home")
    then = program.now() + timedelta(hours=3)
    program.now = lambda: then
    Raising(program).look()
    until("the broken promise", lambda: says(program.window, "promises were missed") or says(program.window, "missed:"))
    settled(program)
    must_say(program.window, "“calls back within 2 hours”")
