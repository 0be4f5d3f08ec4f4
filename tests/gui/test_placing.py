"""The window comes up where it was, and within the screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from selfcare.ui.placing import USUAL, place, place_of


class Screen:
    """A screen with so much room."""

    def __init__(self, wide: int, high: int) -> None:
        self._room = QRect(0, 0, wide, high)

    def availableGeometry(self) -> QRect:
        return self._room


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.setMinimumSize(400, 300)
    return made


@pytest.mark.parametrize(
    ("wide", "high", "size"),
    [
        (2560, 1440, USUAL),
        (1366, 768, QSize(1360, 728)),
        (1280, 800, QSize(1280, 760)),
        (320, 240, USUAL),
    ],
)
def test_the_first_time_it_has_its_usual_size_or_what_the_screen_has_room_for(
    window: QWidget, monkeypatch: pytest.MonkeyPatch, wide: int, high: int, size: QSize
) -> None:
    monkeypatch.setattr(window, "screen", lambda: Screen(wide, high))
    place(window, "")
    assert window.size() == size


def test_it_comes_up_as_it_was(window: QWidget, qtbot: QtBot) -> None:
    window.setGeometry(60, 50, 640, 480)
    again = QWidget()
    qtbot.addWidget(again)
    place(again, place_of(window))
    assert again.geometry() == QRect(60, 50, 640, 480)


@pytest.mark.parametrize("kept", ["AAAA", "x", "="])
def test_what_nobody_can_read_is_passed_over(window: QWidget, monkeypatch: pytest.MonkeyPatch, kept: str) -> None:
    monkeypatch.setattr(window, "screen", lambda: Screen(2560, 1440))
    place(window, kept)
    assert window.size() == USUAL
