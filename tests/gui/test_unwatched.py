"""A plan that nobody else may see is gone as soon as its page is: left, hidden, made small, or left alone."""

from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from selfcare.leaving.wizard import Screen
from selfcare.ui.context import Context
from selfcare.ui.pages.leaving import LeavingPage
from selfcare.ui.unwatched import Unwatched
from selfcare.ui.window import MainWindow
from tests import samples
from tests.gui.conftest import says

TITLE = "Leaving a shared account safely"


@pytest.fixture
def window(qtbot: QtBot, context: Context) -> Iterator[MainWindow]:
    """The window on the page of somebody who has to be safe."""
    rules = samples.ROOT / "resources" / "rules"
    context.rules = lambda name: (rules / name).read_bytes()
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.start()
    made.show()
    made.show_room("leaving")
    qtbot.waitUntil(lambda: made.current.has_view, timeout=20000)
    page = leaving(made)
    page._answer("keep", "keep")
    page._answer("reason", "safety")
    page.go_to(Screen.REASON)
    qtbot.waitUntil(lambda: says(made, TITLE))
    yield made
    made.close()


def leaving(window: MainWindow) -> LeavingPage:
    page = window.page("leaving")
    assert isinstance(page, LeavingPage)
    return page


def go_elsewhere(window: MainWindow) -> None:
    window.show_room("home")
    window.show_room("bills")


def leave_alone(window: MainWindow) -> None:
    window.unwatched.left_alone()


@pytest.mark.parametrize(
    "leave",
    [go_elsewhere, MainWindow.showMinimized, MainWindow.hide, leave_alone],
    ids=["another page", "made small", "hidden", "left alone"],
)
def test_a_discreet_plan_is_gone(
    window: MainWindow, leave: Callable[[MainWindow], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QApplication, "activeWindow", staticmethod(lambda: None))
    leave(window)
    QApplication.processEvents()
    page = leaving(window)
    assert page.answers is not None
    assert not page.answers.is_discreet
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.show()
    window.show_room("leaving")
    assert not says(window, TITLE)


def test_it_stays_while_a_dialog_of_ours_is_in_front(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QApplication, "activeWindow", staticmethod(lambda: window))
    window.unwatched.left_alone()
    assert says(window, TITLE)


def test_a_plan_for_everybody_stays_on_its_page(window: MainWindow) -> None:
    page = leaving(window)
    page._answer("reason", "")
    page.go_to(Screen.SAVE)
    go_elsewhere(window)
    assert page.answers is not None
    assert page.answers.at is Screen.SAVE


def test_a_discreet_plan_has_no_whole_way(window: MainWindow, qtbot: QtBot) -> None:
    page = leaving(window)
    page.go_to(Screen.WAY)
    qtbot.waitUntil(lambda: says(window, TITLE))
    assert not says(window, "Get the PAC")
    assert not says(window, "Cost of leaving on")
    page.go_to(Screen.LINE)
    assert not page.go_back()


def test_a_window_that_is_taken_apart_while_it_is_seen_ends_nothing(qtbot: QtBot) -> None:
    window = QWidget()
    stack = QStackedWidget(window)
    follower = Unwatched(window, stack)
    window.show()
    assert follower.parent() is window
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not shiboken6.isValid(window)
