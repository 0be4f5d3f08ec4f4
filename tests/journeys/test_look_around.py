"""The demo, as `make demo` and as the first page open it: said from the first moment, an account like any other."""

from __future__ import annotations

import socket
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from selfcare.app.program import Program
from selfcare.host.settings import load_settings
from selfcare.ui.pages.welcome import WelcomePage
from tests.journeys.computer import Computer
from tests.journeys.person import go, in_dialog, must_say, says, words_on
from tests.journeys.quiet import quiet, settled
from tests.journeys.test_forget_everything import say_yes
from tests.shots.driving import buttons, press, until


@pytest.fixture(autouse=True)
def port(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port that nobody else's demo listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        monkeypatch.setattr("selfcare.app.start_demo.DEMO_PORT", found.getsockname()[1])


def comes_in(program: Program) -> None:
    """Wait for Claire's pages, and for all of her account."""
    until("her pages", lambda: program.session is not None and says(program.window.sidebar, "Claire Whitmore"))
    quiet(program)


def is_in_the_settings(program: Program) -> QWidget:
    """Her account can be seen there, and left."""
    page = go(program, "settings")
    must_say(
        page, str(program.home), "Orvane Mobile", "in use", "The key is in the key store of this computer", "Sign out"
    )
    assert not says(page, "No account yet")
    assert buttons(page, "Forget everything…")
    return page


def forget(program: Program, page: QWidget) -> None:
    """Press it, see what it deletes, and say yes."""

    def see(dialog: QDialog) -> None:
        must_say(dialog, "Deleted here")
        assert "0 kB" not in words_on(dialog)
        say_yes(dialog)

    in_dialog(lambda: press(page, "Forget everything…"), see)
    until("the first page", lambda: says(program.window, "Sign in to your operator"))
    settled(program)


def test_the_demo_tells_what_it_does_and_can_be_left(computer: Computer) -> None:
    program = computer.start_demo()
    until("the window", program.window.isVisible, 5)
    window = program.window
    assert program.session is None
    must_say(window, "Starting the demo operator…", "Cancel")
    assert not window.sidebar.isVisible()
    assert not window.topbar.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window, "roaming")
    window.topbar.searched.emit("roaming")
    for key in (Qt.Key.Key_2, Qt.Key.Key_9, Qt.Key.Key_R):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    must_say(window, "Starting the demo operator…")

    comes_in(program)
    page = is_in_the_settings(program)
    press(page, "Sign out")
    settled(program)
    must_say(page, "Sign in")
    press(page, "Sign in")
    quiet(program)
    must_say(go(program, "settings"), "Sign out")

    browser = program.browser
    forget(program, page)
    assert [p for p in (program.home / "accounts").rglob("*") if p.is_file()] == []
    assert computer.keys.secrets == {}
    assert computer.entrance.demo.operators == []
    assert program.browser != browser, "the next operator is signed in to in the customer’s own browser"
    assert load_settings(program.settings_path).accounts == ()


def test_the_demo_of_the_first_page_is_in_the_settings_too(computer: Computer) -> None:
    program = computer.start()
    press(program.window.current, "Look around with the demo")
    until("what goes on", lambda: says(program.window, "Starting the demo operator…"), 5)
    comes_in(program)
    page = is_in_the_settings(program)
    forget(program, page)
    assert [p for p in computer.home.rglob("*") if p.is_file()] == []
    assert computer.keys.secrets == {}
    assert load_settings(computer.settings_path).accounts == ()


def test_the_start_of_the_demo_can_be_stopped(computer: Computer) -> None:
    program = computer.start_demo()
    press(program.window, "Cancel")
    until("the choices", lambda: says(program.window, "Look around with the demo"))
    settled(program)
    assert program.session is None
    assert computer.entrance.demo.operators == []


def test_a_demo_that_does_not_start_says_so(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfcare.app.demo.own_command", lambda *words: [sys.executable, "-c", "pass"])
    program = computer.start_demo()
    until("the choices", lambda: says(program.window, "Look around with the demo"))
    settled(program)
    must_say(program.window, "The demo operator could not be started.")


def test_a_demo_of_before_that_is_not_here_is_no_fault_of_a_file(computer: Computer) -> None:
    program = computer.start_demo(offline=True)
    until("the choices", lambda: says(program.window, "Look around with the demo"))
    settled(program)
    must_say(program.window, "Nothing of the demo is kept on this computer.", "Start it once without “--offline”.")
    assert not says(program.window, "profile.json")
    assert program.entry is None


def test_choose_a_made_up_operator_from_the_list(computer: Computer) -> None:
    program = computer.start()
    settled(program)
    page: WelcomePage = program.window.current  # type: ignore[assignment]
    page.sign_in.search.setText("orvane france")
    press(page, "Sign in")
    until("her pages", lambda: program.session is not None and says(program.window.sidebar, "Margot Delaunay"))
    quiet(program)
    must_say(program.window.sidebar, "Orvane France")
