"""Opens the window where it was last, and never larger than the screen it opens on."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QWidget

USUAL = QSize(1360, 860)
"""Pixels: the side bar, two columns of cards and some air."""
_FRAME = QSize(0, 40)
"""What the system's own title bar takes of the room, before anybody can know it."""


def place(window: QWidget, kept: str) -> None:
    """Give a window the place and size that `place_of` told once; the usual size where that says nothing of use.

    Qt itself brings a window back that was on a screen which is no longer there.
    """
    room, least = room_of(window), window.minimumSize()
    if room.width() < least.width() or room.height() < least.height():
        window.resize(USUAL)  # no screen for it at all: the system shows of it what it can
    elif not (kept and window.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii")))):
        window.resize(USUAL.boundedTo(room))


def room_of(window: QWidget) -> QSize:
    """The room that its screen has for a window, without the system's own bars and its title."""
    screen = window.screen()
    return screen.availableGeometry().size() - _FRAME if screen is not None else USUAL


def place_of(window: QWidget) -> str:
    """Where a window is, how large, on which screen, and whether it is maximized, as one word to keep."""
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")
