"""A page with an open account over plain objects, on a real store lane, and what a person sees and presses on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from selfcare.domain.operator import OperatorProfile
from selfcare.host.folders import resource
from selfcare.host.settings import AccountEntry, Settings
from selfcare.ui.context import Context
from selfcare.ui.pages.page import Page
from selfcare.ui.tasks import Lane
from selfcare.ui.theme import Theme
from tests import samples
from tests.readers import FakeReader, FakeSession

P = TypeVar("P", bound=Page)


class Desk:
    """Builds pages and takes them down again."""

    def __init__(self, qtbot: QtBot) -> None:
        self.bot = qtbot
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.theme = Theme(app, "light")
        self.lane = Lane("store")
        self.pushed = 0
        self.may_try = True
        self.saved: list[Settings] = []

    def context(self, reader: FakeReader | None = None, profile: OperatorProfile | None = None) -> Context:
        """The surroundings of a page with Claire's account open."""
        entry = AccountEntry("a1", "orvane-gb", name="Orvane Mobile")
        session = FakeSession(reader or FakeReader(), profile or samples.profile())
        return Context(
            words=samples.words(),
            settings=Settings(accounts=(entry,), current="a1"),
            today=lambda: samples.TODAY,
            now=lambda: samples.NOW,
            store_lane=self.lane,
            session=session,  # type: ignore[arg-type]
            push=self._push,
            try_again=lambda: self.may_try,
            save_settings=self.saved.append,
            rules=lambda name: resource("rules", name).read_bytes(),
        )

    def page(self, kind: type[P], reader: FakeReader | None = None, profile: OperatorProfile | None = None) -> P:
        """A page, shown and loaded."""
        page = kind(self.context(reader, profile))
        self.bot.addWidget(page)
        page.resize(1144, 792)
        page.show()
        with self.bot.waitSignal(page.found):
            page.enter()
        return page

    def close(self) -> None:
        """End the lane, undress the application."""
        self.lane.close()
        self.theme.setParent(None)
        self.theme.deleteLater()

    def _push(self) -> None:
        self.pushed += 1


def session_of(page: Page) -> FakeSession:
    """The stand-in behind a page."""
    session = page.context.session
    assert isinstance(session, FakeSession)
    return session


def words_on(widget: QWidget) -> str:
    """Everything that can be read on it now, line by line."""
    QApplication.processEvents()
    shown = [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    shown += [b.text().replace("&&", "&") for b in widget.findChildren(QPushButton) if b.isVisibleTo(widget)]
    return "\n".join(shown)


def button(widget: QWidget, words: str) -> QPushButton:
    """The first visible button with these words."""
    QApplication.processEvents()
    for found in widget.findChildren(QPushButton):
        if found.isVisibleTo(widget) and found.text().replace("&&", "&") == words:
            return found
    raise AssertionError(f"no button {words!r} in {words_on(widget)}")


def press(bot: QtBot, target: QWidget) -> None:
    """Press a button by the keyboard."""
    target.setFocus()
    bot.keyClick(target, Qt.Key.Key_Return)


def in_dialog(act: Callable[[QDialog], None]) -> None:
    """Do something in the question that is about to open."""

    def go() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(1, go)
            return
        assert isinstance(dialog, QDialog)
        try:
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.reject()

    QTimer.singleShot(0, go)


def check_reachable(page: QWidget) -> None:
    """Nothing is markup; everything that can be worked with takes the keyboard and has a name."""
    QApplication.processEvents()
    for label in page.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText, label.text()
    for kind in (QPushButton, QLineEdit, QPlainTextEdit, QComboBox, QTableView):
        for widget in page.findChildren(kind):
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus or not widget.isVisibleTo(page), widget
            assert widget.accessibleName(), widget
