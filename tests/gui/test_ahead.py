"""What Home shows is made while the window is idle, and shown at once at the next start, before anything is read."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from pytestqt.qtbot import QtBot

from selfcare.account.session import Session
from selfcare.ui.ahead import first_look, keep_ahead
from selfcare.ui.context import Context
from selfcare.ui.pages.home import HomePage
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
