"""Sees the first paint of Home with its data, says when it was, and ends the program."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject

from selfcare.app.program import Program
from tests.bench.clockwork import print_moment

HEAVY = ("httpx", "keyring", "pypdfium2", "joserfc", "typst", "icalendar", "holidays", "phonenumbers", "asyncio")


class Painted(QObject):
    """Waits for the first paint after Home has its data, then ends the program."""

    def __init__(self, program: Program, stays: float = 0) -> None:
        """`stays` are the seconds that the program runs on: long enough, it makes what its next start shows."""
        super().__init__()
        self.program = program
        self.stays = stays
        self.is_filled = self.is_done = False
        home = program.window.page("home")
        home.found.connect(self.filled)
        home.installEventFilter(self)

    def filled(self, _view: Any) -> None:
        """Home shows its data; what is painted next counts."""
        self.is_filled = not self.is_done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own hook; nothing is filtered out."""
        if self.is_filled and event.type() is QEvent.Type.Paint:
            self.is_filled, self.is_done = False, True
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))
        return False

    def event(self, event: QEvent) -> bool:
        """Comes after the paint is done, as it does for the bare window."""
        if event.type() is QEvent.Type.User:
            self.done()
            return True
        return super().event(event)

    def done(self) -> None:
        """The paint is over: say so."""
        print_moment()
        heavy = [name for name in HEAVY if name in sys.modules]
        if heavy:
            sys.stderr.write(f"imported before the first paint: {heavy}\n")
        self.program.desk.after("quit", self.stays, self.program.desk.qt.quit)
