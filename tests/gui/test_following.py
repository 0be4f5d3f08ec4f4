"""Whoever follows a window lets go before Python ends, however the program ends."""

import subprocess
import sys

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from selfcare.ui.following import follow, unfollow

ENDS = """
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget
from selfcare.ui.unwatched import Unwatched

app, window = QApplication([]), QMainWindow()
stack = QStackedWidget()
window.setCentralWidget(stack)
unwatched = Unwatched(window, stack)
window.show()
app.processEvents()
"""


class Counts(QObject):
    """Counts the events that it sees."""

    seen = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """One more."""
        self.seen += event.type() is QEvent.Type.User
        return False


def test_a_program_that_ends_with_its_window_open_does_not_crash() -> None:
    done = subprocess.run([sys.executable, "-c", ENDS], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_followed_twice_is_seen_once_and_not_at_all_afterwards(qtbot: QtBot) -> None:
    window, follower = QWidget(), Counts()
    qtbot.addWidget(window)
    follow(window, follower)
    follow(window, follower)
    QCoreApplication.sendEvent(window, QEvent(QEvent.Type.User))
    assert follower.seen == 1
    unfollow(window, follower)
    QCoreApplication.sendEvent(window, QEvent(QEvent.Type.User))
    assert follower.seen == 1
