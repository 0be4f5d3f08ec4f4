"""The whole program without a mouse: pages, search, back, and the first thing most people want on each page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QRadioButton, QWidget

from selfcare.app.program import Program
from selfcare.ui.widgets.table import DataTable
from tests.journeys.computer import Computer, Kept
from tests.journeys.person import ROOMS, in_dialog, keys_of, must_say, rows_of
from tests.journeys.quiet import settled
from tests.sandbox_process import Sandbox
from tests.shots.driving import until

MOST_TABS = 160


@pytest.fixture
def program(computer: Computer, operator: Sandbox, homes: Callable[[str], Kept]) -> Program:
    """Claire's program, its window in front."""
    computer.put(homes("claire"))
    started = computer.start("claire")
    started.window.activateWindow()
    until("a window in front", lambda: started.window.isActiveWindow())
    return started


def key(program: Program, pressed: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the keyboard is."""
    QTest.keyClick(QApplication.focusWidget() or program.window, pressed, held)
    settled(program)


def not_passed(widget: QWidget, passed: list[QWidget]) -> bool:
    """Tab did not come to it. Of a group of choices it comes to one, the arrows to the others."""
    return not isinstance(widget, QRadioButton) and widget not in passed


def open_room(program: Program, room: str) -> QWidget:
    """Ctrl and the figure of a page in the sidebar."""
    figure = Qt.Key(Qt.Key.Key_0.value + ROOMS.index(room) + 1)
    key(program, figure, Qt.KeyboardModifier.ControlModifier)
    page = program.window.page(room)
    until(room, lambda: program.window.current is page, 10)
    settled(program)
    return page


def test_every_page_has_its_key(program: Program) -> None:
    for room in reversed(ROOMS):
        open_room(program, room)
        assert program.window.sidebar.button(room).isChecked()


def test_find_a_bill_and_come_back(program: Program) -> None:
    key(program, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = program.window.topbar.field
    assert field.hasFocus()
    QTest.keyClicks(field, "44710003")
    settled(program)
    page = program.window.current
    assert page is program.window.page("bills")
    table = page.findChild(DataTable)
    assert isinstance(table, DataTable)
    found = rows_of(table)
    assert found
    assert len(found) < 10
    assert all("44710003" in " ".join(row) for row in found)
    QTest.keyClicks(field, "zzz")
    settled(program)
    must_say(page, "No bill matches")
    key(program, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert len(rows_of(table)) > 24
    key(program, Qt.Key.Key_Escape)
    assert program.window.current is program.window.page("home")


@pytest.mark.parametrize("room", ROOMS)
def test_tab_reaches_what_most_people_want(program: Program, room: str) -> None:
    page = open_room(program, room)
    wanted = [
        b for b in page.findChildren(QPushButton) if b.property("kind") == "primary" and b.isVisible() and b.isEnabled()
    ]
    passed: list[QWidget] = []
    for _ in range(MOST_TABS):
        QTest.keyClick(QApplication.focusWidget() or program.window, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        assert here is not None, "the keyboard is nowhere"
        if here in passed[:1]:
            break
        passed.append(here)
    else:
        pytest.fail(f"Tab does not come round on {room}: it goes over {[type(w).__name__ for w in passed[-6:]]}")
    missed = [b.text() for b in wanted if b not in passed]
    assert missed == []
    assert program.window.topbar.field in passed
    missed = [widget.accessibleName() for widget in keys_of(page) if not_passed(widget, passed)]
    assert missed == []


def test_a_question_is_answered_by_keyboard(program: Program) -> None:
    page = open_room(program, "services")
    for _ in range(MOST_TABS):
        QTest.keyClick(QApplication.focusWidget() or program.window, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        if isinstance(here, QPushButton) and here.text() == "It does not work":
            break
    assert isinstance(here, QPushButton)
    in_dialog(lambda: QTest.keyClick(here, Qt.Key.Key_Return), lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    assert program.window.current is page
    assert program.session is not None
    assert program.session.reader.waiting() == ()
