"""The Tab key goes over each page as the eye does: down a column, then down the next, never back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from selfcare.ui.context import Context
from selfcare.ui.reading_order import follow_the_eye, reading_order
from selfcare.ui.window import MainWindow


def chain(root: QWidget) -> list[QWidget]:
    """What Qt's Tab goes over inside of `root`, from what stands first in it; the chain is a ring."""
    found: list[QWidget] = []
    start = here = reading_order(root)[0]
    while here is not start or not found:
        takes_keys = here.focusPolicy() & Qt.FocusPolicy.TabFocus and here.focusProxy() is None
        if takes_keys and here.isVisible() and here.isEnabled() and root.isAncestorOf(here):
            found.append(here)
        here = here.nextInFocusChain()
    return found


def jumps(order: list[QWidget]) -> list[str]:
    """Where the next one stands higher and not further right: the eye would have to go back."""
    found = []
    in_sight = [one for one in order if not one.visibleRegion().isEmpty()]  # the rest is scrolled away
    for one, other in pairwise(in_sight):
        here, there = (QRect(w.mapTo(w.window(), QPoint(0, 0)), w.size()) for w in (one, other))
        if there.bottom() <= here.top() and there.left() < here.right():
            found.append(f"{one.accessibleName()} {here} -> {other.accessibleName()} {there}")
    return found


@pytest.mark.parametrize(("room", "width"), [("home", 1360), ("bills", 1360), ("bills", 900), ("contract", 1360)])
def test_tab_never_goes_back(qtbot: QtBot, context: Context, room: str, width: int) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.resize(width, 860)
    window.start(room)
    window.show()
    qtbot.waitUntil(lambda: window.current.has_view, timeout=20000)
    for _turn in range(8):
        QApplication.processEvents()
    window.focusNextPrevChild(True)
    page = window.current
    order = chain(page)
    assert len(order) > 2
    assert order == reading_order(page)
    assert jumps(order) == []
    window.close()


def test_what_was_built_first_is_not_reached_first(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    columns = [QWidget(box), QWidget(box)]
    buttons = [QPushButton(name, columns[number % 2]) for number, name in enumerate(("l1", "r1", "l2", "r2"))]
    row = QHBoxLayout(box)
    for number, column in enumerate(columns):
        row.addWidget(column)
        inside = QVBoxLayout(column)
        for button in buttons[number::2]:
            inside.addWidget(button)
    box.show()
    follow_the_eye(box)
    assert [one.text() for one in chain(box)] == ["l1", "l2", "r1", "r2"]  # type: ignore[attr-defined]
    later = QPushButton("l0", columns[0])
    columns[0].layout().insertWidget(0, later)  # type: ignore[union-attr]
    later.show()
    follow_the_eye(box)
    assert [one.text() for one in chain(box)] == ["l0", "l1", "l2", "r1", "r2"]  # type: ignore[attr-defined]
