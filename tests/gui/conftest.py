"""A page or the whole window over a stand-in account, with real lanes and the real theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from selfcare.host.settings import Settings
from selfcare.ui.context import Context
from selfcare.ui.pages.page import Page
from selfcare.ui.tasks import Lane
from selfcare.ui.theme import Theme
from tests import samples
from tests.readers import FakeReader, FakeSession


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light look."""
    made = Theme(qapp, "light")
    yield made
    made.setParent(None)
    made.deleteLater()


@pytest.fixture
def reader() -> FakeReader:
    """Claire's account; a test replaces what it is about."""
    return FakeReader()


@pytest.fixture
def session(reader: FakeReader) -> FakeSession:
    """The open account; `asked` remembers what was asked for."""
    return FakeSession(reader)


@pytest.fixture
def lanes(qapp: QApplication) -> Iterator[tuple[Lane, Lane]]:
    """The store lane and the paper lane."""
    store, paper = Lane("store"), Lane("paper")
    yield store, paper
    store.close()
    paper.close()


@pytest.fixture
def context(theme: Theme, session: FakeSession, lanes: tuple[Lane, Lane]) -> Context:
    """What a page is given."""
    from selfcare.host.folders import resource

    return Context(
        words=samples.words(),
        settings=Settings(),
        today=lambda: samples.TODAY,
        now=lambda: samples.NOW,
        store_lane=lanes[0],
        paper_lane=lanes[1],
        session=session,  # type: ignore[arg-type]
        rules=lambda name: resource("rules", name).read_bytes(),
    )


@pytest.fixture
def show(qtbot: QtBot, context: Context) -> Callable[..., Any]:
    """Show a page of a class and wait until it has loaded: `page = show(BillsPage)`."""

    def _show(page_class: type[Page], target: str = "", width: int = 1144, height: int = 800) -> Page:
        page = page_class(context)
        qtbot.addWidget(page)
        page.resize(width, height)
        page.open_at(target)
        with qtbot.waitSignal(page.found, timeout=20000):
            page.show()
            page.enter()
        for _turn in range(6):  # a page may show its parts a few at a time
            QApplication.processEvents()
        return page

    return _show


def texts(widget: QWidget) -> list[str]:
    """Every text that is shown in a widget now."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def says(widget: QWidget, words: str) -> bool:
    """Some label that is shown contains these words."""
    return any(words in text for text in texts(widget))


def buttons(widget: QWidget) -> dict[str, Any]:
    """Every button that is shown, by its words."""
    from PySide6.QtWidgets import QPushButton

    return {b.text(): b for b in widget.findChildren(QPushButton) if b.isVisible()}
