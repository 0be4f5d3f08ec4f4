"""What is looked for among the bills: the bill beside the list is one of those in it, and the way back is one press."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from selfcare.ui.pages.bills import BillsPage
from tests.gui.conftest import buttons, says
from tests.readers import FakeReader

Show = Callable[..., Any]
NEWEST, BEFORE = "780123467", "780118204"


@pytest.fixture
def page(show: Show, qtbot: QtBot) -> BillsPage:
    """The page with another bill than the newest beside the list."""
    made: BillsPage = show(BillsPage)
    made.open_at(BEFORE)
    qtbot.waitUntil(lambda: made._pane.view is not None and made._pane.view.id == BEFORE, timeout=20000)
    return made


def test_the_bill_beside_what_was_found_is_one_of_it(page: BillsPage, qtbot: QtBot, reader: FakeReader) -> None:
    page.search("312")
    qtbot.waitUntil(lambda: page._pane.view is not None and page._pane.view.id == NEWEST, timeout=20000)
    assert page._table.current_key() == NEWEST
    assert says(page, f"1 of {len(reader.the_bills)} bills")
    page.search("")
    qtbot.waitUntil(lambda: says(page, f"{len(reader.the_bills)} bills since"), timeout=20000)
    assert page._table.current_key() == NEWEST


def test_a_bill_that_is_among_what_was_found_stays(page: BillsPage, qtbot: QtBot) -> None:
    years = page._filters.years
    years.setCurrentIndex(years.findText("2026"))
    years.activated.emit(years.currentIndex())
    qtbot.waitUntil(lambda: any(" of " in one.text() for one in page.head.findChildren(QLabel)), timeout=20000)
    assert page._pane.view is not None
    assert page._pane.view.id == BEFORE


def test_where_nothing_is_found_no_bill_stands_beside_and_one_press_shows_all(page: BillsPage, qtbot: QtBot) -> None:
    over: list[bool] = []
    page.search_over.connect(lambda: over.append(True))
    page.search("no such thing")
    qtbot.waitUntil(lambda: says(page, "No bill matches"), timeout=20000)
    qtbot.waitUntil(lambda: page._pane.view is None, timeout=20000)  # once the customer has paused
    assert not says(page, "Why is it different")
    buttons(page)["Show all bills"].click()
    qtbot.waitUntil(lambda: page._pane.view is not None, timeout=20000)
    assert over == [True]
    assert not says(page, "No bill matches")
    assert page._pane.view is not None
    assert page._pane.view.id == BEFORE
