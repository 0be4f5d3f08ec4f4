"""Keeps what Home will show in the days to come in the vault, and finds what holds now at the next start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zlib import crc32

from PySide6.QtCore import QObject, QTimer, Slot

from selfcare import __version__
from selfcare.case import CONTRACT_NOTES, NOTEBOOK
from selfcare.domain.topics import Topic
from selfcare.leaving import PLANS

from .pages.page import FIRST_PAINT_MS

if TYPE_CHECKING:
    from selfcare.account.session import Session
    from selfcare.i18n.words import Words
    from selfcare.ui.context import Reading
    from selfcare.ui.pages.home import HomePage
    from selfcare.ui.pages.page import Page
    from selfcare.ui.window import MainWindow
    from selfcare.viewmodel.glance import Look
    from selfcare.viewmodel.home_cards import HomeFacts

LATER_MS = 1500
"""How long after Home was read what it will show later is made, and how long it rests once somebody else asks."""

BREATH_MS = 15
"""Between two of its steps, each of which takes some milliseconds."""

_NOTE = "glance"
_ENOUGH = timedelta(days=1)
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


def first_look(session: Session, words: Words, now: datetime) -> Look | None:
    """What Home says now, if it was made ahead and nothing is different since; None if it must be read anew.

    For the store lane. Reads one row: neither documents nor the rooms that understand them are needed.
    """
    from selfcare.viewmodel.glance import look_for, read_glance

    return look_for(read_glance(session.note(_NOTE), _seal(session, words)), now)


def keep_ahead(
    session: Session, reading: Reading, topics: frozenset[Topic], facts_of: Callable[[Reading], HomeFacts]
) -> Iterator[None]:
    """Make what Home will show, a little at each step, and keep it with the last; nothing where that is here already.

    For the store lane.
    """
    from selfcare.viewmodel.ages import age_of, trouble_of
    from selfcare.viewmodel.glance import (
        Look,
        glance_of,
        look_for,
        looks_ahead,
        read_glance,
        turning_points,
        write_glance,
    )
    from selfcare.viewmodel.home import home_view
    from selfcare.viewmodel.shell import brand_view, shell_view

    words, zone, reader = reading.words, reading.zone, reading.reader
    seal = _seal(session, words)
    kept = read_glance(session.note(_NOTE), seal)
    if kept is not None and look_for(kept, reading.now) and reading.now + _ENOUGH < kept.looks[-1].end:
        return
    yield
    facts = facts_of(reading)
    yield
    parts = tuple(reader.freshness(*sorted(topics)))
    customer, lines, tickets, waiting = reader.customer(), len(reader.lines()), reader.tickets(), reader.waiting()

    def make(start: datetime, end: datetime, moment: datetime) -> Look:
        today = moment.astimezone(zone).date()
        return Look(
            start,
            end,
            home_view(facts_of(reading.at(moment)), words, zone, today, moment),
            age_of(parts, words, zone, today),
            trouble_of(parts, words),
            shell_view(brand_view(reading.profile).name, customer, lines, tickets, waiting, words, moment),
        )

    dues = [promise.due for promise in facts.promises] + [t.promised for t in tickets if t.promised is not None]
    looks = []
    for look in looks_ahead(make, turning_points(dues, zone, reading.now), reading.now):
        looks.append(look)
        yield
    if _seal(session, words) == seal:
        session.keep_note(_NOTE, write_glance(glance_of(seal, looks)))


def _seal(session: Session, words: Words) -> str:
    drafts = (session.draft(name) or b"" for name in (NOTEBOOK, CONTRACT_NOTES, PLANS))
    noted = " ".join(f"{len(draft)}.{crc32(draft):08x}" for draft in drafts)
    return f"{__version__} {words.language} {session.profile!r} {session.seal()} {noted}"


def _ignore(_result: object) -> None:
    pass
