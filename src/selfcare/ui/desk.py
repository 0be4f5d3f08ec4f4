"""The running window: Qt itself, the three lanes of slow work, timers, and one way back to the screen's thread."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from selfcare.ui.collecting import Collector
from selfcare.ui.context import Context
from selfcare.ui.idle import Idle
from selfcare.ui.speaking import tell_what_things_are
from selfcare.ui.tasks import Lane
from selfcare.ui.theme import ARGUMENTS, Theme

if TYPE_CHECKING:
    from selfcare.i18n.words import Words

    from .neighbour import Neighbour
    from .tray import Tray
    from .window import MainWindow

Later = Callable[[], None]


class _Application(QApplication):
    """Qt's application; told by the system to end, it ends, whatever the customer chose for a closed window."""

    asked_to_end = Signal()
    asked_to_open = Signal(str)

    def event(self, event: QEvent) -> bool:
        """Say that the system, or its own menu on a Mac, ends the program; and that a Mac hands it a file."""
        kind = event.type()
        if kind == QEvent.Type.Quit:
            self.asked_to_end.emit()
        elif kind == QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent) and event.file():
            self.asked_to_open.emit(event.file())
            return True
        return super().event(event)


class Desk(QObject):
    """Everything of Qt's that `app` needs, so that `app` itself knows no Qt. Made once, on the screen's thread.

    `store` reads and writes what is kept here, `sync` talks to the operator, `paper` to the PDF reader.
    """

    _posted = Signal(object)

    def __init__(self, look: str) -> None:
        existing = QApplication.instance()
        self.qt = existing if isinstance(existing, QApplication) else _Application([*sys.argv[:1], *ARGUMENTS])
        super().__init__()
        self.qt.setApplicationName("Selfcare")
        self.qt.setApplicationDisplayName("Selfcare")
        self.qt.setDesktopFileName("io.github.selfcare")
        tell_what_things_are()
        self.theme = Theme(self.qt, look)
        self._collector = Collector(self)
        self.store, self.sync, self.paper = Lane("store"), Lane("sync"), Lane("paper")
        for lane in (self.store, self.sync, self.paper):
            self._collector.follow(lane)
        self.window: MainWindow | None = None
        self.tray: Tray | None = None
        self._timers: dict[str, QTimer] = {}
        self._idle: Idle | None = None
        self._watches_network = False
        self._hears_network: Callable[[bool], object] = bool
        self._neighbour: Neighbour | None = None
        self._files: list[str] = []
        self._posted.connect(self._run_posted, Qt.ConnectionType.QueuedConnection)
        self.qt.commitDataRequest.connect(lambda _session: self._let_close())
        if isinstance(self.qt, _Application):
            self.qt.asked_to_end.connect(self._let_close)
            self.qt.asked_to_open.connect(self._files.append)

    def collect_from_now(self) -> None:
        """Search for unused objects from now on: until then nothing is."""
        self._collector.start()

    def open_window(self, context: Context) -> MainWindow:
        """Make the window anew, in place of the one before if there was one (another language)."""
        from .window import MainWindow, take_note_up  # an account is being opened while it is loaded

        old = self.window
        self.window = MainWindow(context)
        if old is not None:
            self.window.setGeometry(old.geometry())
            if context.session is not None:
                take_note_up(self.window, old)
            old.hide()
            old.deleteLater()
        self.window.stays_behind = self.tray is not None
        return self.window

    def keep_in_tray(self, words: Words | None) -> bool:
        """Keep the program in the tray when its window is closed, in these words; None takes it away.

        False where it is not kept: then closing the window ends the program, as ever.
        """
        if self.tray is not None:
            self.tray.take_away()
            self.tray = None
        if words is not None:
            from .tray import Tray, has_tray

            if has_tray():
                self.tray = Tray(words, self)
                self.tray.opened.connect(self.show_window)
                self.tray.ended.connect(lambda: self.end(0))
        self.qt.setQuitOnLastWindowClosed(self.tray is None)
        if self.window is not None:
            self.window.stays_behind = self.tray is not None
        return self.tray is not None

    def tell(self, title: str, text: str) -> bool:
        """Say something in the tray, if the window is not to be seen. False where it was not said."""
        if self.tray is None or not self.speaks_in_tray:
            return False
        self.tray.tell(title, text)
        return True

    @property
    def speaks_in_tray(self) -> bool:
        """There is a sign in the tray, and no window that would say it."""
        return self.tray is not None and self.window is not None and not self.is_seen

    @property
    def is_seen(self) -> bool:
        """The window is there to be read: open and not made small."""
        window = self.window
        return window is not None and window.isVisible() and not window.isMinimized()

    @Slot()
    def show_window(self) -> None:
        """Bring the window up again."""
        if self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
            self.window.show()
            self.window.raise_()
            self.window.activateWindow()

    @Slot()
    def _let_close(self) -> None:
        if self.window is not None:
            self.window.stays_behind = False
        self.qt.setQuitOnLastWindowClosed(True)

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

    def when_idle(self, minutes: int, call: Later) -> None:
        """Run something whenever nobody has touched the program for so many minutes; 0 calls it off."""
        if self._idle is None:
            self._idle = Idle(call, self)
        self._idle.wait_for(minutes)

    def watch(self, number: int, call: Later) -> None:
        """Run something on the screen's thread whenever there is something to be read at an open file or socket."""
        notifier = QSocketNotifier(number, QSocketNotifier.Type.Read, self)
        notifier.activated.connect(lambda *_facts: call())

    def watch_network(self, call: Callable[[bool], None]) -> None:
        """Say whenever this computer has lost the network (False) or has it again; nothing where it cannot tell.

        A second call replaces the first.
        """
        from PySide6.QtNetwork import QNetworkInformation

        self._hears_network = call
        if self._watches_network:
            return
        self._watches_network = True
        if not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            return
        self._network = QNetworkInformation.instance()
        self._network.reachabilityChanged.connect(self._network_changed)

    @Slot(object)
    def _network_changed(self, _reachability: object) -> None:
        from PySide6.QtNetwork import QNetworkInformation

        reach = QNetworkInformation.Reachability
        found = self._network.reachability()
        if found in {reach.Online, reach.Disconnected}:
            self._hears_network(found == reach.Online)

    @property
    def is_asking(self) -> bool:
        """A question stands open, or something else that wants an answer first."""
        return QApplication.activeModalWidget() is not None

    def hear_files(self, call: Callable[[str], None]) -> None:
        """Say which files a Mac hands to the program: those that came before, and each that comes from now on."""
        files, self._files = self._files, []
        if isinstance(self.qt, _Application):
            self.qt.asked_to_open.connect(call)
        for file in files:
            call(file)

    def hear_others(self, address: str, call: Callable[[str], None]) -> None:
        """Say that the program was started once more: the file that this start brings, "" for none."""
        from .neighbour import Neighbour

        if address and self._neighbour is None:
            self._neighbour = Neighbour(address, self)
            self._neighbour.called.connect(call)

    def run(self) -> int:
        """Until the window is closed. Returns the exit status."""
        return self.qt.exec()

    def end(self, status: int) -> None:
        """Go on as if the window had been closed, whatever question stands open; the exit status tells why."""
        self.qt.exit(status)

    def close(self, store: Later, sync: Later, paper: Later, words: Words | None = None) -> None:
        """End the lanes, each closing on its own thread what it opened. Where that takes long, it is said."""
        for name in list(self._timers):
            self.forget(name)
        self._collector.stop()
        self.keep_in_tray(None)
        if self._neighbour is not None:
            self._neighbour.close()
        if self._idle is not None:
            self._idle.wait_for(0)
        from .last_wait import LastWait

        lanes = ((self.sync, sync), (self.paper, paper), (self.store, store))
        for lane, _ in lanes:
            lane.hush()
        with closing(LastWait(words)) as wait:
            for lane, last in lanes:
                lane.close(last, wait.turn)

    @Slot(object)
    def _run_posted(self, call: Any) -> None:
        call()
