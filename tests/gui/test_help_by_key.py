"""F1 on the window and on a question; the notice after an upgrade, and the news that it opens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from selfcare.ui.context import Context
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.handbook import HandbookDialog
from selfcare.ui.window import MainWindow
from selfcare.viewmodel.news import upgraded
from tests.gui.conftest import buttons, says
from tests.samples import words


@pytest.fixture
def window(qtbot: QtBot, context: Context) -> Iterator[MainWindow]:
    """The window at Home."""
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.start()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.current.has_view, timeout=20000)
    yield made
    made.close()


def in_front(qtbot: QtBot, kind: type[QDialog]) -> QDialog:
    """The dialog of a kind that is open."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind), timeout=20000)
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def press_f1(qtbot: QtBot, where: QWidget) -> None:
    """As a person does."""
    qtbot.waitUntil(where.isActiveWindow, timeout=20000)
    qtbot.keyClick(where, Qt.Key.Key_F1)


def test_f1_is_about_the_page_in_front(window: MainWindow, qtbot: QtBot) -> None:
    for room, said in (("bills", "Help: Bills"), ("leaving", "Help: Leaving")):
        window.show_room(room)
        press_f1(qtbot, window)
        dialog = in_front(qtbot, HandbookDialog)
        assert says(dialog, said)
        assert dialog.windowTitle() == "Help", "who passes learns nothing of what is looked at"
        assert says(dialog, "Ctrl + F")
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=20000)


def test_the_sign_above_the_page_shows_it_too(window: MainWindow, qtbot: QtBot) -> None:
    assert window.topbar.help_button.accessibleName() == "Help for this page"
    window.topbar.help_button.click()
    in_front(qtbot, HandbookDialog).reject()


class Asking(FactsDialog):
    """A question with a chapter of its own."""

    chapter = "dispute"


@pytest.mark.parametrize(("kind", "said"), [(FactsDialog, "Help: A question"), (Asking, "Help: Dispute a bill")])
def test_f1_on_a_question_leaves_it_as_it_is(
    window: MainWindow, qtbot: QtBot, kind: type[FactsDialog], said: str
) -> None:
    question = kind(window, words(), title="Is it so?")
    question.open()
    press_f1(qtbot, question)
    dialog = in_front(qtbot, HandbookDialog)
    assert says(dialog, said)
    dialog.reject()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is question, timeout=20000)
    assert question.isVisible()
    assert ("Help (F1)" in buttons(question)) is (kind is Asking)
    question.reject()


def test_the_help_itself_asks_for_no_help(window: MainWindow, qtbot: QtBot) -> None:
    press_f1(qtbot, window)
    dialog = in_front(qtbot, HandbookDialog)
    press_f1(qtbot, dialog)
    assert QApplication.activeModalWidget() is dialog
    dialog.reject()


def test_the_notice_after_an_upgrade_opens_the_news_and_goes(window: MainWindow, qtbot: QtBot) -> None:
    window.notes.seen_version = "0.0.9"
    window.say(upgraded(words(), "0.1.0"))
    qtbot.waitUntil(lambda: says(window, "This is Selfcare 0.1.0."), timeout=20000)
    buttons(window)["What is new"].click()
    dialog = in_front(qtbot, FactsDialog)
    assert says(dialog, "Version 0.1.0")
    dialog.reject()
    assert window.notes.is_free


def test_tab_goes_over_what_is_asked_then_no_yes_and_help(window: MainWindow, qtbot: QtBot) -> None:
    question = Asking(window, words(), title="Is it so?")
    first, second = QLineEdit(), QLineEdit()
    for name, field in (("first", first), ("second", second)):
        field.setAccessibleName(name)
        question.body.addWidget(field)
    question.open()
    qtbot.waitUntil(question.isActiveWindow, timeout=20000)
    passed = []
    for _ in range(5):
        here = question.focusWidget()
        passed.append(here.accessibleName())
        qtbot.keyClick(here, Qt.Key.Key_Tab)
    assert passed == ["first", "second", "Cancel", "Confirm", "Help"]
    assert question.focusWidget() is first
    question.reject()
