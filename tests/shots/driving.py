"""Drives the real window as a person would: wait until it is quiet, press what can be seen, take a picture."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from selfcare.app.program import Program

PATIENCE = 60.0


class Stuck(Exception):
    """What should have come did not."""


def turn(milliseconds: int = 30) -> None:
    """Let the window live for a moment."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(what: str, is_so: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Let the window live until something is so."""
    deadline = time.monotonic() + patience
    while not is_so():
        if time.monotonic() > deadline:
            raise Stuck(what)
        turn()


def settled(program: Program) -> None:
    """Until no lane has work and the window has drawn what came back."""
    lanes = (program.desk.store, program.desk.sync, program.desk.paper)
    until("lanes that are done", lambda: all(not lane.is_busy for lane in lanes))
    turn(80)
    until("lanes that stay done", lambda: all(not lane.is_busy for lane in lanes))
    turn(40)


def buttons(where: QWidget, words: str) -> list[QAbstractButton]:
    """The visible buttons with these words on them."""
    return [b for b in where.findChildren(QAbstractButton) if b.isVisible() and plain(b) == words and b.isEnabled()]


def plain(button: QAbstractButton) -> str:
    """What a button says, without the mark of its key."""
    return button.text().replace("&&", "\0").replace("&", "").replace("\0", "&").strip()


def press(where: QWidget, words: str) -> None:
    """Press the first visible button with these words."""
    found = buttons(where, words)
    if not found:
        seen = sorted({plain(b) for b in where.findChildren(QAbstractButton) if b.isVisible() and b.text()})
        raise Stuck(f"no button {words!r} among {seen}")
    found[0].click()


def dialog_of(press_it: Callable[[], None], look: Callable[[QDialog], None]) -> None:
    """Press something that opens a dialog, look at it, close it without saying yes."""
    seen: list[bool] = []

    def there() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            seen.append(True)
            look(dialog)
            if dialog.isVisible():  # else the look answered it, and that counts
                dialog.reject()
        elif not seen and time.monotonic() < deadline:
            QTimer.singleShot(50, there)

    deadline = time.monotonic() + 10
    QTimer.singleShot(250, there)
    press_it()
    until("a dialog", lambda: bool(seen), 12)


def picture(widget: QWidget, path: Path) -> None:
    """Write what a widget looks like."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not widget.grab().save(str(path)):
        raise Stuck(f"the picture {path.name} could not be written")
