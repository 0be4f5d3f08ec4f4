"""The second start says in a window that the program is open, and only where somebody can see it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from selfcare.host import screen
from selfcare.host.folders import data_dir
from selfcare.host.instance import take_instance
from selfcare.host.screen import has_display, has_screen
from selfcare.ui.second_start import already_open_box, tell_already_open
from tests.gui.desk import button, press, words_on
from tests.samples import words


@pytest.mark.parametrize(
    ("environment", "system", "is_seen"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":7777"}, "linux", False),
        ({"WAYLAND_DISPLAY": "nobody-0"}, "linux", False),
        ({"DISPLAY": ":7777", "QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_a_window_is_only_opened_on_a_screen(environment: dict[str, str], system: str, is_seen: bool) -> None:
    assert has_screen(environment, system) is is_seen


def test_a_display_that_answers_and_one_that_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {"WAYLAND_DISPLAY": "way", "XDG_RUNTIME_DIR": str(tmp_path)}
    with socket.socket(socket.AF_UNIX) as there:
        there.bind(str(tmp_path / "way"))
        assert not has_screen(environment, "linux")
        there.listen()
        assert has_screen(environment, "linux")
        assert has_display(environment, "linux")
    monkeypatch.setattr(screen, "_x_answers", lambda display: display == ":3")
    assert has_screen({"DISPLAY": ":3"}, "linux")
    assert not has_screen({"DISPLAY": ":4"}, "linux")


def test_without_a_screen_a_hidden_platform_is_a_display() -> None:
    assert has_display({"QT_QPA_PLATFORM": "offscreen"}, "linux")
    assert not has_display({"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":7777"}, "linux")


def test_the_sentence_and_its_button(qtbot: QtBot) -> None:
    box = already_open_box(words())
    qtbot.addWidget(box)
    assert "Selfcare is already open. Look for its window." in words_on(box)
    with qtbot.waitSignal(box.accepted):
        press(qtbot, button(box, "Close"))


def test_it_stays_until_it_is_closed(qapp: QApplication) -> None:
    seen: list[str] = []

    def close() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QDialog)
        seen.append(words_on(box))
        box.accept()

    QTimer.singleShot(50, close)
    tell_already_open(words(), "light")
    assert len(seen) == 1


def test_without_a_screen_it_is_said_on_the_terminal(tmp_path: Path) -> None:
    lock = take_instance(data_dir())
    assert lock is not None
    with lock:
        done = subprocess.run(
            [sys.executable, "-m", "selfcare"],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 3
    assert "already open" in done.stderr


def test_a_program_in_the_tray_may_have_no_window(qtbot: QtBot) -> None:
    box = already_open_box(words(), in_tray=True)
    qtbot.addWidget(box)
    assert "its sign in the tray" in words_on(box)
