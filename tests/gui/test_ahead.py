"""What Home shows is made while the window is idle, and shown at once at the next start, before anything is read."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QObject, QRect
from pytestqt.qtbot import QtBot

from selfcare.account.session import Session
from selfcare.case import NOTEBOOK
from selfcare.ui import ahead
from selfcare.ui.context import Context
from selfcare.ui.looks import first_look, keep_ahead
from selfcare.ui.pages.home import HomePage
from selfcare.ui.pages.page import Page
from selfcare.ui.widgets.card import Card
from selfcare.ui.window import MainWindow
from tests.gui.conftest import says
from tests.readers import FakeReader, FakeSession
from tests.samples import NOW, bills, words


def made(context: Context, session: FakeSession, qtbot: QtBot) -> HomePage:
    """Home, read in full, with what it will show kept."""
    page = HomePage(context)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.found, timeout=20000):
        page.enter()
    reading = context.reading()
    assert reading is not None
    for _ in keep_ahead(cast("Session", session), reading, page.topics, page.facts):
        assert session.note("glance") is None, "it is kept whole"
    return page


def test_the_next_start_shows_the_same_without_reading(context: Context, session: FakeSession, qtbot: QtBot) -> None:
    page = made(context, session, qtbot)
    look = first_look(cast("Session", session), words(), NOW + timedelta(seconds=30))
    assert look is not None
    assert look.page == page.load(context.reading())  # type: ignore[arg-type]
    assert look.age == page.age
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.start(look=look)
    assert window.page("home").has_view
    window.show()
    assert says(window, "This bill is not like your others: £312.48")
    assert says(window, "Claire Martin · 3 lines")
    with qtbot.waitSignal(window.page("home").found, timeout=20000):
        pass
    assert window.page("home").fresh


class Drawings(QObject):
    """Notes where the cards of a page stand each time it is drawn."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.seen: list[list[QRect]] = []
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own hook; nothing is filtered out."""
        if event.type() is QEvent.Type.Paint:
            self.seen.append(self.cards())
        return False

    def cards(self) -> list[QRect]:
        """Where they stand now."""
        return [card.geometry() for card in self.page.findChildren(Card)]


def test_the_first_drawing_of_a_start_is_the_right_one(context: Context, session: FakeSession, qtbot: QtBot) -> None:
    made(context, session, qtbot)
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.resize(1360, 860)
    window.start(look=first_look(cast("Session", session), words(), NOW))
    page = window.page("home")
    drawings = Drawings(page)
    context.store_lane.ask(window, lambda: None, lambda _: window.show())  # as a start does: once the vault is open
    qtbot.waitUntil(lambda: bool(drawings.seen), timeout=20000)
    first = drawings.seen[0]
    with qtbot.waitSignal(page.found, timeout=20000):
        pass
    page.removeEventFilter(drawings)
    assert len(first) > 4
    assert {place.width() for place in first} == {place.width() for place in drawings.cards()}, "in two columns at once"
    assert min(place.height() for place in first) > 60, "nothing is squeezed"


def test_tomorrow_is_made_ahead_too(context: Context, session: FakeSession, qtbot: QtBot) -> None:
    made(context, session, qtbot)
    today = first_look(cast("Session", session), words(), NOW)
    tomorrow = first_look(cast("Session", session), words(), NOW + timedelta(days=1))
    assert today is not None
    assert tomorrow is not None
    assert today.page.below.startswith("Saturday 21 November")
    assert tomorrow.page.below.startswith("Sunday 22 November")


def test_any_change_is_read_anew(context: Context, session: FakeSession, reader: FakeReader, qtbot: QtBot) -> None:
    made(context, session, qtbot)
    assert first_look(cast("Session", session), words("fr"), NOW) is None
    assert first_look(cast("Session", session), words(), NOW + timedelta(days=30)) is None
    reader.the_bills = bills()[1:]
    assert first_look(cast("Session", session), words(), NOW) is None


def test_it_is_made_anew_once_what_it_is_made_of_was_written_to(
    context: Context, session: FakeSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "LATER_MS", 10)
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.start()
    window.show()

    def is_made() -> bool:
        return first_look(cast("Session", session), words(), NOW + timedelta(seconds=30)) is not None

    qtbot.waitUntil(is_made, timeout=20000)
    session.save_draft(NOTEBOOK, b'{"told":["one"]}')
    assert not is_made()
    window.make_ahead()
    qtbot.waitUntil(is_made, timeout=20000)
