"""A window that nobody touches locks itself: nothing of the account is left on it, in memory of ours, or open."""

from __future__ import annotations

import gc
import time
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from selfcare.account.session import Session
from selfcare.app.program import Program
from selfcare.domain.failures import VaultLocked
from selfcare.domain.records import replace
from selfcare.host.settings import load_settings
from selfcare.ui.idle import Idle
from tests.journeys.computer import Computer, Kept
from tests.journeys.person import button_of, go, must_say, words_on
from tests.journeys.quiet import settled
from tests.sandbox_process import Sandbox
from tests.shots.driving import press, until


def everything_shown() -> str:
    """Every text of every window of the program, shown or not."""
    return "\n".join(
        text for window in QApplication.topLevelWidgets() for text in (*words_on(window), window.windowTitle())
    )


@pytest.fixture
def program(computer: Computer, operator: Sandbox, homes: Callable[[str], Kept]) -> Program:
    """Nadia's account, open."""
    computer.put(homes("nadia"))
    return computer.start("nadia")


def watch(program: Program, seconds: float) -> Idle:
    """Lock after so many seconds instead of the minutes that were chosen, and look often."""
    idle = program.desk._idle
    assert idle is not None
    assert idle._timer.isActive()
    assert idle._limit >= 60
    idle._limit = seconds
    idle._timer.start(20)
    return idle


def be_idle(program: Program) -> None:
    """Nobody has touched it for as long as was chosen."""
    watch(program, 0.001)
    until("the lock", lambda: program.session is None)
    settled(program)


def choose(program: Program, minutes: int) -> None:
    program.keep_settings(replace(program.settings, lock_minutes=minutes))
    settled(program)


def test_after_the_chosen_minutes_everything_is_closed_and_the_key_asks_it_open_again(
    program: Program, computer: Computer
) -> None:
    go(program, "settings")
    page = program.window.current
    page.lock.setCurrentIndex(page.lock.findData("5"))  # type: ignore[attr-defined]
    settled(program)
    assert load_settings(computer.settings_path).lock_minutes == 5
    assert program.desk._idle is not None
    assert program.desk._idle._limit == 300
    go(program, "bills")
    before = everything_shown()
    assert "Nadia" in before or "£" in before
    session = program.session
    assert session is not None

    held = [weakref.ref(session), weakref.ref(session.reader)]
    be_idle(program)
    assert session._key == b""
    assert session._syncing is None
    must_say(program.window, "Locked, because nobody was here for a while.")
    after = everything_shown()
    assert "Nadia" not in after
    assert "£" not in after
    assert not [
        one for one in QApplication.topLevelWidgets() if isinstance(one, QWidget) and one.findChild(QWidget, "bills")
    ]
    del session
    gc.collect()
    assert [one for one in held if one() is not None] == [], "what was read is not kept in memory either"
    assert not [one for one in gc.get_objects() if isinstance(one, Session) and one._key]

    press(program.window, "Open")
    until("the account", lambda: program.session is not None)
    settled(program)
    go(program, "bills")
    assert "£" in everything_shown()


def test_whoever_touches_it_keeps_it_open(program: Program) -> None:
    choose(program, 1)
    idle = watch(program, 0.5)
    for _ in range(6):
        QTest.qWait(200)
        QTest.keyClick(program.window, Qt.Key.Key_Shift)
    assert program.session is not None
    choose(program, 0)
    assert not idle._timer.isActive()


def test_the_hours_of_sleep_count_and_the_first_touch_after_them_does_nothing(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The steady clock stands still while a computer sleeps; the other one goes on."""
    choose(program, 5)
    go(program, "bills")
    slept = time.time() + 8 * 3600
    pressed: list[str] = []
    button_of(program.window.sidebar, "Services").clicked.connect(lambda: pressed.append("went"))
    monkeypatch.setattr("selfcare.ui.idle.time.time", lambda: slept)
    QTest.mouseClick(button_of(program.window.sidebar, "Services"), Qt.MouseButton.LeftButton)
    assert pressed == []
    until("the lock", lambda: program.session is None)
    settled(program)
    must_say(program.window, "Locked, because nobody was here for a while.")


def test_a_question_that_stands_open_is_answered_with_no(program: Program) -> None:
    choose(program, 1)
    page = go(program, "settings")
    watch(program, 0.2)
    button_of(page, "Forget everything…").click()
    until("the lock", lambda: program.session is None)
    settled(program)
    assert QApplication.activeModalWidget() is None
    assert (program.home / "accounts" / "journey-nadia").is_dir()


def test_a_locked_key_store_keeps_it_locked(
    program: Program, computer: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(program, 1)
    be_idle(program)

    def locked(timeout: float = 30.0) -> object:
        raise VaultLocked

    with monkeypatch.context() as patch:
        patch.setattr("selfcare.host.keychain.system_keychain", locked)
        press(program.window, "Open")
        settled(program)
        assert program.session is None
    press(program.window, "Try again")
    until("the account", lambda: program.session is not None)


def test_a_pdf_that_was_read_is_not_left_in_its_process(program: Program, tmp_path: Path) -> None:
    choose(program, 1)
    reader = program.make_paper()
    reader.warm()
    spare = reader._workers._spare
    assert spare is not None
    be_idle(program)
    assert not spare.is_alive
    assert program._papers is None
