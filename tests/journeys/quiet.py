"""Waits, without fixed sleeps, until the window has nothing more to do and what goes on with the operator is over."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from selfcare.app.program import Program
from tests.shots.driving import PATIENCE, Stuck, buttons, press, turn, until

TURNS = 4
"""So many times in a row nothing may be left to do: a page that is built may ask for more."""


def settled(program: Program) -> None:
    """Until no lane has work and the window has drawn what came back."""
    lanes = (program.desk.store, program.desk.sync, program.desk.paper)
    deadline = time.monotonic() + PATIENCE
    calm = 0
    while calm < TURNS:
        if time.monotonic() > deadline:
            raise Stuck("lanes that are done")
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if any(lane.is_busy for lane in lanes):
            calm = 0
            turn(3)
        else:
            calm += 1


def quiet(program: Program) -> None:
    """Wait until what goes on with the operator is over and the window has drawn it."""
    settled(program)
    until("the end of the round", lambda: not program.rounds._is_busy)
    settled(program)


def refreshed(program: Program) -> None:
    """Press Refresh, sign in again where that is asked for, and wait until the round is over."""
    press(program.window.topbar, "Refresh")
    quiet(program)
    if buttons(program.window.topbar, "Sign in"):
        press(program.window.topbar, "Sign in")
        quiet(program)
