"""Notices that nobody has touched the window for a while, so that it can be locked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog

_UNTIL_ANSWERED = 50
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

    It counts by the clock that goes on while the computer sleeps as far as Qt's timers do; a question that stands
    open is answered with no first, so that nothing of the account stays on the screen.
    """

    def __init__(self, on_idle: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._on_idle = on_idle
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._is_idle)
        self._is_heard = False

    def wait_for(self, minutes: float) -> None:
        """Count from now; 0 stops counting."""
        app = QApplication.instance()
        assert app is not None
        if minutes <= 0:
            self._timer.stop()
        else:
            self._timer.start(int(minutes * 60_000))
        if self._is_heard != (minutes > 0):
            self._is_heard = minutes > 0
            if self._is_heard:
                app.installEventFilter(self)
            else:
                app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody is there: count anew. Nothing is kept back."""
        if event.type() in _TOUCHES and self._timer.isActive():
            self._timer.start()
        return False

    def _is_idle(self) -> None:
        question = QApplication.activeModalWidget()
        if not isinstance(question, QDialog):
            self._on_idle()
            return
        question.reject()
        if question.isVisible():
            question.hide()
        self._timer.start(_UNTIL_ANSWERED)  # whoever asked goes on first
