"""Shows Home as it was made ahead, and makes what it will show in the days to come while the window is idle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from selfcare.domain.topics import Topic

from .looks import keep_ahead
from .pages.page import FIRST_PAINT_MS

if TYPE_CHECKING:
    from selfcare.ui.pages.home import HomePage
    from selfcare.ui.pages.page import Page
    from selfcare.ui.window import MainWindow
    from selfcare.viewmodel.glance import Look

LATER_MS = 1500
"""How long after Home was read what it will show later is made, and how long it rests once somebody else asks."""

BREATH_MS = 15
"""Between two of its steps, each of which takes some milliseconds."""

_OVER = object()


class Ahead(QObject):
    """The part of a window that shows what was made ahead, and makes what comes next while the window is idle."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._making: Iterator[None] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._go_on)

    def show_look(self, look: Look) -> None:
        """Show Home as it was made ahead; it is read as soon as it has been drawn."""
        window = self._window
        home: HomePage = window.page("home")  # type: ignore[assignment]
        home.show_look(look)
        window.sidebar.show_view(look.shell)
        window.show_room("home")
        window.stack.setFocus()
        QTimer.singleShot(FIRST_PAINT_MS, self, self._read)

    def watch(self, key: str, page: Page) -> None:
        """Whenever Home has been read, make what it will show later; other pages are not made ahead."""
        if key == "home":
            page.found.connect(self.plan)

    @Slot()
    def plan(self) -> None:
        """Make it a moment later."""
        QTimer.singleShot(LATER_MS, self, self._keep)

    def _read(self) -> None:
        window, session = self._window, self._window.context.session
        if session is not None:  # the lane finds the decoders first: that would take longer than a frame here
            window.context.store_lane.ask(window, lambda: session.reader, lambda _: window.changed(frozenset(Topic)))

    def _keep(self) -> None:
        context = self._window.context
        session = context.session
        home: HomePage = self._window.page("home")  # type: ignore[assignment]
        reading, topics, facts_of = context.reading(), home.topics, home.facts
        if session is None or reading is None or home.is_stale:
            return
        self._making = keep_ahead(session, reading, topics, facts_of)
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        """A little at a time, and no more for a while where the customer has asked for something meanwhile."""
        context, making = self._window.context, self._making
        lane, session = context.store_lane, context.session
        if making is None:
            return
        if lane.is_busy:
            self._pause.start(LATER_MS)
            return

        def made(is_more: bool) -> None:
            if self._making is making and is_more and context.session is session:
                self._pause.start(BREATH_MS)
            elif self._making is making:
                self._making = None

        lane.ask(self, lambda: next(making, _OVER) is not _OVER, made, _ignore)


def _ignore(_result: object) -> None:
    pass
