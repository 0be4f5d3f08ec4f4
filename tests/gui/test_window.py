"""The window: pages by key and mouse, back, search, the age, what is asked for, and nothing personal in its title."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from selfcare.domain.commands import OpenTicket
from selfcare.domain.failures import Offline
from selfcare.domain.freshness import Freshness
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import WaitingState
from selfcare.ui.context import Context
from selfcare.ui.notes import BELOW
from selfcare.ui.rooms import rooms
from selfcare.ui.widgets.banner import Banner
from selfcare.ui.window import MainWindow
from selfcare.viewmodel.notice import Notice
from selfcare.viewmodel.notices import notice_of
from tests.gui.conftest import buttons, says
from tests.readers import FakeReader, FakeSession
from tests.samples import SEEN, words

KEYS = [room.key for room in rooms(words())]


@pytest.fixture
def window(qtbot: QtBot, context: Context) -> Iterator[MainWindow]:
    """The window at Home."""
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.start()
    made.show()
    qtbot.waitUntil(lambda: made.current.has_view, timeout=20000)
    yield made
    made.close()


def test_leaving_is_always_in_the_sidebar(window: MainWindow) -> None:
    assert "leaving" in KEYS
    assert window.sidebar.button("leaving").isVisible()


def test_the_title_names_nobody(window: MainWindow) -> None:
    assert window.windowTitle() == "Selfcare"


def test_the_sidebar_says_whose_account_this_is(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: says(window, "Claire Martin · 3 lines"), timeout=20000)
    assert says(window, "Orvane Mobile")
    assert window.sidebar.button("help").accessibleName() == "Help. 1 promise missed"


@pytest.mark.parametrize("key", KEYS)
def test_every_page_opens_and_names_everything_in_it(window: MainWindow, qtbot: QtBot, key: str) -> None:
    window.show_room(key)
    qtbot.waitUntil(lambda: window.current.has_view, timeout=20000)
    assert window.stack.currentWidget() is window.page(key)
    assert window.sidebar.button(key).isChecked()
    nameless = [w for w in window.findChildren(QWidget) if w.isVisible() and needs_name(w) and not name_of(w)]
    assert nameless == []
    for label in window.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText, label.text()


def needs_name(widget: QWidget) -> bool:
    kinds = (QAbstractButton, QAbstractItemView, QComboBox, QPlainTextEdit, QLineEdit)
    return isinstance(widget, kinds) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus


def name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    inside = widget.parentWidget()
    return widget.accessibleName() or text or (inside.accessibleName() if inside is not None else "")


def test_every_page_has_a_key_of_its_own(window: MainWindow) -> None:
    keys = [window.sidebar.button(k).shortcut().toString() for k in KEYS]
    assert keys == [f"Ctrl+{n}" for n in range(1, len(KEYS) + 1)]
    others = {s.key().toString() for s in window.findChildren(QShortcut)}
    assert {"Ctrl+F", "F5"} <= others


def test_a_click_goes_there_and_esc_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    shown: list[str] = []
    window.shown.connect(shown.append)
    window.sidebar.button("bills").click()
    window.sidebar.button("waiting").click()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert shown == ["bills", "waiting", "bills", "home"]


def test_search_leads_to_the_bills(window: MainWindow, qtbot: QtBot) -> None:
    find = next(s for s in window.findChildren(QShortcut) if s.key() == QKeySequence("Ctrl+F"))
    find.activated.emit()
    assert window.focusWidget() is window.topbar.field
    qtbot.keyClicks(window.topbar.field, "312")
    page: Any = window.page("bills")
    qtbot.waitUntil(lambda: page._table.rows.rowCount() == 1, timeout=20000)
    assert window.stack.currentWidget() is page
    assert window.focusWidget() is window.topbar.field
    qtbot.keyClick(window.topbar.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page._table.rows.rowCount() == 25, timeout=20000)


def test_the_age_stands_on_top_and_refresh_asks(window: MainWindow, qtbot: QtBot) -> None:
    asked: list[bool] = []
    window.context.refresh = lambda: asked.append(True)
    qtbot.waitUntil(lambda: says(window.topbar, "As your operator said on Sat 21 Nov, 10:42"), timeout=20000)
    buttons(window.topbar)["Refresh"].click()
    refresh = next(s for s in window.findChildren(QShortcut) if s.key() == QKeySequence("F5"))
    refresh.activated.emit()
    assert asked == [True, True]


def test_offline_is_said_calmly(window: MainWindow, reader: FakeReader, qtbot: QtBot) -> None:
    reader.the_freshness[Topic.BILLS] = Freshness(Topic.BILLS, SEEN, SEEN, Offline())
    window.changed({Topic.BILLS})
    qtbot.waitUntil(lambda: says(window.topbar, "Offline. Last read Sat 21 Nov, 10:42"), timeout=20000)


def test_a_notice_shows_nothing_that_was_last_read_where_nothing_was(
    window: MainWindow, reader: FakeReader, qtbot: QtBot
) -> None:
    window.say(notice_of(Offline(), words()))
    qtbot.waitUntil(lambda: says(window, "You see what was last read."), timeout=20000)
    reader.the_freshness = {topic: Freshness(topic, None, SEEN, Offline()) for topic in Topic}
    window.show_room("help")
    qtbot.waitUntil(lambda: window.current.has_view, timeout=20000)
    window.say(notice_of(Offline(), words()))
    qtbot.waitUntil(lambda: says(window, "Nothing has been read here yet."), timeout=20000)
    assert not says(window, "You see what was last read.")


def test_a_missed_promise_stands_beside_another_notice_until_the_customer_goes_on(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.say(notice_of(Offline(), words()))
    window.notes.raise_up(Notice("A promise was missed: a call.", "Just now.", "bad"))
    window.notes.renew(Notice("A promise was missed: a call.", "2 minutes ago.", "bad"))
    said = ("cannot be reached.", "A promise was missed", "2 minutes ago.")
    qtbot.waitUntil(lambda: all(says(window.notes, one) for one in said), timeout=20000)
    window.notes.say(None)
    assert says(window.notes, "A promise was missed"), "another notice takes nothing away but itself"
    buttons(window.notes)["Case file"].click()
    assert not window.notes.has_raised
    assert window.current is window.page("case")
    window.notes.raise_up(Notice("A promise was missed: a call.", "Just now.", "bad"))
    window.show_room("bills")
    assert not window.notes.has_raised


def test_reading_shows_progress_and_can_be_stopped(window: MainWindow, qtbot: QtBot) -> None:
    window.show_reading("Reading bills, 300 of 10,000")
    assert says(window.topbar, "Reading bills, 300 of 10,000")
    with qtbot.waitSignal(window.stop_wanted, timeout=20000):
        buttons(window.topbar)["Stop"].click()
    window.show_reading("")
    assert not says(window.topbar, "Reading bills")


def test_a_request_is_kept_said_and_pushed(window: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    pushed: list[bool] = []
    window.context.push = lambda: pushed.append(True)
    command = OpenTicket("No signal", "Since Friday", "Incident")
    window.current.submit(command)
    qtbot.waitUntil(lambda: says(window, "Your request is kept."), timeout=20000)
    assert session.asked == [command]
    assert pushed == [True]


@pytest.mark.parametrize(
    ("state", "reason", "kept", "said"),
    [
        (WaitingState.NEW, "", True, ""),
        (WaitingState.SENDING, "", True, ""),
        (WaitingState.UNKNOWN, "", False, ""),
        (WaitingState.ACCEPTED, "", False, ""),
        (WaitingState.DONE, "", False, ""),
        (WaitingState.ASK, "", False, ""),
        (WaitingState.REJECTED, "Your balance is not zero.", False, "Your balance is not zero."),
        (WaitingState.REJECTED, "", False, "It gave no reason."),
    ],
)
def test_kept_is_said_only_until_there_is_an_outcome(
    window: MainWindow, reader: FakeReader, qtbot: QtBot, state: WaitingState, reason: str, kept: bool, said: str
) -> None:
    window.current.submit(OpenTicket("No signal", "Since Friday", "Incident"))
    qtbot.waitUntil(lambda: says(window, "Your request is kept."), timeout=20000)
    (asked,) = reader.the_waiting
    reader.the_waiting = (replace(asked, state=state, reason=reason),)
    window.changed({Topic.WAITING})
    done: list[bool] = []
    window.context.store_lane.ask(window, lambda: True, done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=20000)
    qtbot.waitUntil(lambda: says(window, "Your request is kept.") == kept, timeout=20000)
    refused = state is WaitingState.REJECTED
    qtbot.waitUntil(lambda: says(window, "refused what you asked for") == refused, timeout=20000)
    assert not said or says(window, said)


def test_who_goes_on_is_no_longer_told_what_is_kept_but_of_its_refusal(
    window: MainWindow, reader: FakeReader, qtbot: QtBot
) -> None:
    window.current.submit(OpenTicket("No signal", "Since Friday", "Incident"))
    qtbot.waitUntil(lambda: says(window, "Your request is kept."), timeout=20000)
    window.current.went_on.emit()
    assert not says(window, "Your request is kept.")
    (asked,) = reader.the_waiting
    reader.the_waiting = (replace(asked, state=WaitingState.REJECTED, reason="Your balance is not zero."),)
    window.changed({Topic.WAITING})
    qtbot.waitUntil(lambda: says(window, "Your balance is not zero."), timeout=20000)
    window.current.went_on.emit()
    assert says(window, "Your balance is not zero."), "nothing else is taken away"


def test_a_request_of_before_withdraws_nothing(window: MainWindow, reader: FakeReader, qtbot: QtBot) -> None:
    window.current.submit(OpenTicket("No signal", "Since Friday", "Incident"))
    qtbot.waitUntil(lambda: says(window, "Your request is kept."), timeout=20000)
    window.say(notice_of(Offline(), words()))
    reader.the_waiting = ()
    window.changed({Topic.WAITING})
    done: list[bool] = []
    window.context.store_lane.ask(window, lambda: True, done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=20000)
    assert says(window, "Your operator cannot be reached.")


def test_a_page_is_built_when_it_is_first_opened(window: MainWindow) -> None:
    assert set(window._pages) == {"home"}
    window.show_room("bills")
    assert set(window._pages) == {"home", "bills"}


@pytest.mark.parametrize("key", KEYS)
def test_a_page_without_an_account_does_nothing(qtbot: QtBot, context: Context, key: str) -> None:
    context.session = None
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.show()
    assert not made.sidebar.isVisible()
    assert not made.topbar.isVisible()
    made.show_room(key)
    made.topbar.searched.emit("312")
    assert made.stack.count() == 0
    page = made.page(key)
    page.enter()
    page.reload()
    page.search("312")
    page.ask(lambda reading: reading.reader.bills(), lambda _bills: pytest.fail("nobody is asked"))
    assert context.reading() is None
    assert not context.store_lane.is_busy


def test_an_unknown_place_changes_nothing(window: MainWindow) -> None:
    window.show_room("nowhere/1")
    assert window.stack.currentWidget() is window.page("home")


def test_the_smallest_window_holds_every_page(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(900, 600)
    for key in KEYS:
        window.show_room(key)
        qtbot.waitUntil(lambda: window.current.has_view, timeout=20000)
        assert window.minimumSizeHint().width() <= 900, key
        assert window.minimumSizeHint().height() <= 600, key


def test_importing_the_window_stays_light() -> None:
    import subprocess
    import sys

    code = (
        "import sys, selfcare.ui.window, selfcare.ui.pages.home, selfcare.ui.pages.bills; heavy = {'httpx', 'keyring',"
        " 'joserfc', 'pypdfium2', 'babel', 'asyncio', 'icalendar', 'holidays', 'phonenumbers',"
        " 'PySide6.QtNetwork', 'platformdirs'};"
        " print(sorted(heavy & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_a_notice_keeps_away_from_the_page_and_gives_its_room_back(window: MainWindow, qtbot: QtBot) -> None:
    before = window.notes.height()
    window.say(notice_of(Offline(), words()))
    qtbot.waitUntil(lambda: window.findChild(Banner) is not None and window.notes.height() > before, timeout=20000)
    band = window.findChild(Banner)
    assert band is not None
    qtbot.waitUntil(lambda: window.notes.height() - band.geometry().bottom() - 1 == BELOW, timeout=20000)
    labels = [one for one in band.findChildren(QLabel) if not one.pixmap().isNull()]
    assert [one.accessibleName() for one in labels] == [notice_of(Offline(), words()).sentence]
    window.notes.say(None)
    qtbot.waitUntil(lambda: window.notes.height() == before, timeout=20000)
