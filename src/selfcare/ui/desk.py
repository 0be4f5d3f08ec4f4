"""The running window: Qt itself, the three lanes of slow work, timers, and one way back to the screen's thread."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from selfcare.ui.context import Context
from selfcare.ui.tasks import Lane
from selfcare.ui.theme import ARGUMENTS, Theme
from selfcare.ui.window import MainWindow

Later = Callable[[], None]


class Desk(QObject):
    """Everything of Qt's that `app` needs, so that `app` itself knows no Qt. Made once, on the screen's thread.

    `store` reads and writes what is kept here, `sync` talks to the operator, `paper` to the PDF reader.
    """

    _posted = Signal(object)

    def __init__(self, look: str) -> None:
        existing = QApplication.instance()
        self.qt = existing if isinstance(existing, QApplication) else QApplication([*sys.argv[:1], *ARGUMENTS])
        super().__init__()
        self.qt.setApplicationName("Selfcare")
        self.qt.setApplicationDisplayName("Selfcare")
        self.theme = Theme(self.qt, look)
        self.store = Lane("store")
        self.sync = Lane("sync")
        self.paper = Lane("paper")
        self.window: MainWindow | None = None
        self._timers: dict[str, QTimer] = {}
        self._posted.connect(self._run_posted, Qt.ConnectionType.QueuedConnection)

    def open_window(self, context: Context) -> MainWindow:
        """Make the window anew, in place of the one before if there was one (another language)."""
        old = self.window
        self.window = MainWindow(context)
        if old is not None:
            self.window.setGeometry(old.geometry())
            old.hide()
            old.deleteLater()
        return self.window

    def post(self, call: Later) -> None:
        """Run something on the screen's thread, from any thread."""
        self._posted.emit(call)

    def after(self, name: str, seconds: float, call: Later) -> None:
        """Run something once, later; a second call under a name replaces the first."""
        self.forget(name)
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(call)
        timer.start(max(0, min(int(seconds * 1000), 2**31 - 1)))
        self._timers[name] = timer

    def forget(self, name: str) -> None:
        """Call off what was to run later."""
        timer = self._timers.pop(name, None)
        if timer is not None:
            timer.stop()
            timer.deleteLater()

    def watch(self, number: int, call: Later) -> None:
        """Run something on the screen's thread whenever there is something to be read at an open file or socket."""
        notifier = QSocketNotifier(number, QSocketNotifier.Type.Read, self)
        notifier.activated.connect(lambda *_facts: call())

    def run(self) -> int:
        """Until the window is closed. Returns the exit status."""
        return self.qt.exec()

    def end(self, status: int) -> None:
        """Go on as if the window had been closed, whatever question stands open; the exit status tells why."""
        self.qt.exit(status)

    def close(self, store: Later, sync: Later, paper: Later) -> None:
        """End the lanes, each closing on its own thread what it opened."""
        for name in list(self._timers):
            self.forget(name)
        self.sync.close(sync)
        self.paper.close(paper)
        self.store.close(store)

    @Slot(object)
    def _run_posted(self, call: Any) -> None:
        call()
