"""Makes what must not stay disappear: when its page is left, when the window is hidden or small, or nobody is there."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from .following import follow
from .pages.page import Page

ALONE_MS = 60_000
"""After so long without the program in front (a locked screen, another program) nobody is thought to look at it."""

_HIDES = frozenset({QEvent.Type.Hide, QEvent.Type.WindowStateChange})


class Unwatched(QObject):
    """Tells the pages of a window to put away what must not stay as soon as nobody looks at them."""

    def __init__(self, window: QWidget, stack: QStackedWidget) -> None:
        super().__init__(window)
        self._window, self._stack = window, stack
        self.alone = QTimer(self)
        self.alone.setSingleShot(True)
        self.alone.setInterval(ALONE_MS)
        self.alone.timeout.connect(self.left_alone)
        stack.currentChanged.connect(self._turned)
        follow(window, self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window: hidden, made small, no longer in front, or in front again."""
        kind = event.type()
        if not shiboken6.isValid(self._window):  # it is being taken apart, and hides itself meanwhile
            return False
        if kind in _HIDES and (self._window.isHidden() or self._window.isMinimized()):
            self._put_away(None)
        elif kind is QEvent.Type.WindowDeactivate:
            self.alone.start()
        elif kind is QEvent.Type.WindowActivate:
            self.alone.stop()
        return super().eventFilter(watched, event)

    @Slot()
    def left_alone(self) -> None:
        """The time is over: unless a dialog of the program is in front, what must not stay goes."""
        if QApplication.activeWindow() is None:
            self._put_away(None)

    @Slot(int)
    def _turned(self, _place: int) -> None:
        self._put_away(self._stack.currentWidget())

    def _put_away(self, seen: QWidget | None) -> None:
        for place in range(self._stack.count()):
            page = self._stack.widget(place)
            if page is not seen and isinstance(page, Page):
                page.put_away()
