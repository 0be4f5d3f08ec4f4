"""What a person at the window sees, presses and types; every helper looks at what is really on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QTableView,
    QWidget,
)

from selfcare.app.program import Program
from tests.journeys.quiet import settled
from tests.shots.driving import Stuck, buttons, plain, until

ROOMS = ("home", "bills", "services", "help", "case", "contract", "leaving", "waiting", "settings")


def words_on(where: QWidget) -> list[str]:
    """Every text that can be read now: labels, buttons, and the cells of tables."""
    found = [label.text() for label in where.findChildren(QLabel) if label.isVisible() and label.text()]
    found += [plain(b) for b in where.findChildren(QAbstractButton) if b.isVisible() and b.text()]
    for table in where.findChildren(QTableView):
        if table.isVisible():
            found += [" | ".join(row) for row in rows_of(table)]
    return found


def rows_of(table: QTableView) -> list[list[str]]:
    """The cells of a table, row by row, as far as they were read."""
    model = table.model()
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def says(where: QWidget, words: str) -> bool:
    """Whether these words can be read somewhere on it."""
    return any(words in text for text in words_on(where))


def must_say(where: QWidget, *words: str) -> None:
    """Each of these can be read, or the failure shows what can be read instead."""
    seen = words_on(where)
    for each in words:
        assert any(each in text for text in seen), f"{each!r} is not on the screen: {seen}"


def go(program: Program, room: str) -> QWidget:
    """Press a page's button in the sidebar and wait until the page stands."""
    program.window.sidebar.button(room.partition("/")[0]).click()
    if "/" in room:
        program.window.show_room(room)
    settled(program)
    return program.window.current


def top(program: Program) -> str:
    """The line above the page: its age, or what is being read."""
    return " ".join(label.text() for label in program.window.topbar.findChildren(QLabel) if label.isVisible())


def button_of(where: QWidget, words: str) -> QAbstractButton:
    """The first button with these words that can be pressed."""
    found = buttons(where, words)
    if not found:
        raise Stuck(f"no button {words!r} among {words_on(where)}")
    return found[0]


def press_until(where: QWidget, words: str, what: str, is_so: Callable[[], bool]) -> None:
    """Press a button by the keyboard, then wait for what must follow."""
    button = button_of(where, words)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    until(what, is_so)


def in_dialog(press_it: Callable[[], object], act: Callable[[QDialog], object]) -> None:
    """Press something that asks a question, and do something in the question. Left open, it is answered with no."""
    went: list[str] = []

    def there() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or not dialog.isVisible():
            timer.start(10)
            return
        try:
            act(dialog)
            went.append("")
        except BaseException as trouble:
            went.append(f"{type(trouble).__name__}: {trouble}")
        finally:
            if dialog.isVisible():
                dialog.reject()

    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(there)
    timer.start(10)
    press_it()
    until("a question", lambda: bool(went), 15)
    assert went == [""], went


def keys_of(where: QWidget) -> Iterator[QWidget]:
    """Everything on it that takes the keyboard and can be seen and used."""
    for widget in where.findChildren(QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None:
            yield widget
