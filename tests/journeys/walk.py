"""Goes through every page and every question of one customer's program, and looks at every widget on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QLabel, QWidget

from selfcare.app.program import Program
from selfcare.leaving.wizard import Screen
from selfcare.ui.pages.bills import BillsPage
from selfcare.ui.pages.leaving import LeavingPage
from tests.journeys.person import ROOMS, button_of, go, in_dialog, keys_of
from tests.journeys.quiet import settled
from tests.shots.driving import buttons, plain

Look = Callable[[str, QWidget], None]
QUESTIONS = ("It does not work", "Ask to unlock", "Report something", "Forget everything…")
"""Buttons that ask a question before anything happens."""

OPENINGS = ("Open the ticket", "All about it", "PDF", "Rules and sources", "Other ways to leave")
"""Buttons that show more of the same page."""


def walk(program: Program, look: Look) -> None:
    """Show `look` every page and each question that it can ask, then what stands around all of them."""
    for room in ROOMS:
        page = go(program, room)
        look(room, page)
        for words in QUESTIONS:
            if buttons(page, words):
                _ask(page, words, f"{room}: {words}", look)
        if isinstance(page, BillsPage):
            _bill_questions(page, look)
        for words in OPENINGS:
            if buttons(page, words):
                button_of(page, words).click()
                settled(program)
                look(f"{room}: {words}", page)
                page.go_back()
                settled(program)
        if isinstance(page, LeavingPage):
            for screen in Screen:
                page.go_to(screen)
                settled(program)
                look(f"{room}: {screen.value}", page)
    look("around the pages", program.window)


def _ask(page: QWidget, words: str, name: str, look: Look) -> None:
    def seen(dialog: QDialog) -> None:
        look(name, dialog)

    in_dialog(button_of(page, words).click, seen)


def _bill_questions(page: BillsPage, look: Look) -> None:
    for task in ("dispute", "plan", "debit"):
        page._tasks.do(task)
        dialog = page._tasks.dialog
        if dialog is not None and dialog.isVisible():
            look(f"bills: {task}", dialog)
            dialog.reject()


def read_as_markup(where: QWidget) -> Iterator[str]:
    """Labels that would read markup or open a link by themselves, and hints that Qt would take for markup."""
    for label in where.findChildren(QLabel):
        if label.textFormat() is not Qt.TextFormat.PlainText or label.openExternalLinks():
            yield f"label {label.text()!r}"
    for widget in where.findChildren(QWidget):
        if Qt.mightBeRichText(widget.toolTip()):
            yield f"hint {widget.toolTip()!r}"
    for table in where.findChildren(QAbstractItemView):
        model = table.model()
        for row in range(min(50, model.rowCount() if model is not None else 0)):
            for column in columns_of(model):
                hint = str(model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or "")
                if Qt.mightBeRichText(hint):
                    yield f"hint {hint!r}"


def columns_of(model: QAbstractItemModel) -> range:
    """A list's own number of columns is private in Qt: it is one."""
    return range(1 if isinstance(model, QAbstractListModel) else model.columnCount())


def without_name(where: QWidget) -> Iterator[str]:
    """What takes the keyboard but says nothing to a screen reader."""
    for widget in keys_of(where):
        if widget.objectName().startswith("qt_") or isinstance(widget.parentWidget(), QAbstractItemView):
            continue
        said = widget.accessibleName() or (plain(widget) if hasattr(widget, "text") else "")  # type: ignore[arg-type]
        if not said.strip():
            yield f"{type(widget).__name__} {widget.objectName()!r} in {type(widget.parentWidget()).__name__}"
