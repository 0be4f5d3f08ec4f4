"""Notices that nobody has touched the window for a while, so that it can be locked."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from .following import follow, unfollow

_LOOKS_EVERY, _UNTIL_ANSWERED = 2000, 50
"""Milliseconds."""
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class Idle(QObject):
    """Calls `on_idle` once nobody has pressed, moved or typed anything for so many minutes; 0: never.

    The hours that a computer sleeps count too: the first touch after them finds the window locked. A question that
    stands open is answered with no first, so that nothing of the account stays on the screen.
    """

    def __init__(self, on_idle: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._on_idle = on_idle
        self._limit = 0.0
        self._touched = _clocks()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def wait_for(self, minutes: float) -> None:
        """Count from now; 0 stops counting."""
        app = QApplication.instance()
        assert app is not None
        self._limit = max(0.0, minutes * 60)
        self._touched = _clocks()
        unfollow(app, self)
        self._timer.stop()
        if self._limit:
            follow(app, self)
            self._timer.start(_LOOKS_EVERY)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody is there: count anew. What comes too late is kept back, and finds the window locked."""
        if event.type() not in _TOUCHES or not self._limit:
            return False
        if self._is_over():
            self._timer.start(0)
            return True
        self._touched = _clocks()
        return False

    def _is_over(self) -> bool:
        return max(now - then for now, then in zip(_clocks(), self._touched, strict=True)) >= self._limit

    def _look(self) -> None:
        if not self._limit or not self._is_over():
            return
        question = QApplication.activeModalWidget()
        if not isinstance(question, QDialog):
            self.wait_for(0)
            self._on_idle()
            return
        question.reject()
        if question.isVisible():
            question.hide()
        self._timer.start(_UNTIL_ANSWERED)  # whoever asked goes on first


def _clocks() -> tuple[float, float]:
    """One that nobody can set, and one that goes on while the computer sleeps."""
    return time.monotonic(), time.time()
