"""Home on the screen: cards lead somewhere, trouble stays beside what was last read, and age is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from selfcare.domain.failures import DiskTrouble, Offline, SignedOut
from selfcare.domain.freshness import Freshness
from selfcare.domain.topics import Topic
from selfcare.ui.pages.home import HomePage
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.chart import BarChart
from tests.gui.conftest import buttons, says
from tests.readers import FakeReader
from tests.samples import SEEN

Show = Callable[..., Any]


def test_what_is_urgent_leads_to_where_it_can_be_done(show: Show) -> None:
    page = show(HomePage)
    opened: list[str] = []
    page.opened.connect(opened.append)
    assert says(page, "This bill is not like your others: £312.48")
    found = buttons(page)
    for name in ("See why", "Dispute it", "Open the ticket", "The whole way out →"):
        found[name].click()
    assert opened == ["bills/780123467", "bills/780123467/dispute", "help/ticket/48213", "leaving"]


def test_each_button_of_what_is_urgent_says_what_it_is_about(show: Show) -> None:
    page = show(HomePage)
    assert buttons(page)["See why"].accessibleDescription() == "This bill is not like your others: £312.48"
    assert "Level 2 calls you back" in buttons(page)["Open the ticket"].accessibleDescription()


def test_one_primary_button_only(show: Show) -> None:
    page = show(HomePage)
    assert [b.text() for b in page.findChildren(QPushButton) if b.property("kind") == "primary"] == ["See why"]


def test_what_is_most_urgent_now_has_the_primary_button(show: Show, reader: FakeReader, qtbot: QtBot) -> None:
    page = show(HomePage)
    reader.the_bills = ()
    with qtbot.waitSignal(page.found, timeout=20000):
        page.changed({Topic.BILLS})
    qtbot.waitUntil(lambda: "See why" not in {b.text() for b in page.findChildren(QPushButton)}, timeout=20000)
    assert [b.text() for b in page.findChildren(QPushButton) if b.property("kind") == "primary"] == ["Open the ticket"]


def test_offline_is_an_age_and_no_banner(show: Show, reader: FakeReader) -> None:
    reader.the_freshness[Topic.BILLS] = Freshness(Topic.BILLS, SEEN, SEEN, Offline())
    page = show(HomePage)
    assert page.age.is_offline
    assert says(page, "What matters today")
    assert not says(page, "cannot be reached")


def test_signed_out_is_a_banner_with_its_button(show: Show, reader: FakeReader) -> None:
    reader.the_freshness[Topic.BILLS] = Freshness(Topic.BILLS, SEEN, SEEN, SignedOut())
    page = show(HomePage)
    asked: list[bool] = []
    page.context.sign_in = lambda: asked.append(True)
    assert says(page, "Please sign in again.")
    buttons(page)["Sign in"].click()
    assert page.age.needs_sign_in


def test_a_failure_keeps_what_was_shown(show: Show, reader: FakeReader, qtbot: QtBot) -> None:
    page = show(HomePage)

    def broken(*_topics: Topic) -> Any:
        raise DiskTrouble("io")

    reader.freshness = broken  # type: ignore[method-assign]
    page.reload()
    qtbot.waitUntil(lambda: says(page, "The disk refused to write"), timeout=20000)
    assert says(page, "This bill is not like your others: £312.48")


def test_a_hidden_page_only_remembers_that_it_is_stale(show: Show, qtbot: QtBot) -> None:
    page = show(HomePage)
    page.hide()
    page.changed({Topic.BILLS})
    assert page.is_stale
    page.changed({Topic.SETTINGS})
    with qtbot.waitSignal(page.found, timeout=20000):
        page.show()
        page.enter()
    assert not page.is_stale


def test_a_round_that_changed_nothing_leaves_the_cards_alone(show: Show, reader: FakeReader, qtbot: QtBot) -> None:
    page = show(HomePage)
    button = buttons(page)["See why"]
    with qtbot.waitSignal(page.found, timeout=20000):
        page.changed({Topic.BILLS})
    assert buttons(page)["See why"] is button
    reader.the_tickets = ()
    with qtbot.waitSignal(page.found, timeout=20000):
        page.changed({Topic.TICKETS})
    qtbot.waitUntil(lambda: "Open the ticket" not in buttons(page), timeout=20000)
    assert buttons(page)["See why"] is button


def test_a_narrow_window_has_one_column(show: Show, qtbot: QtBot) -> None:
    page = show(HomePage, width=684)

    def columns() -> int:
        shown = [card for card in page.findChildren(Card) if card.isVisible()]
        return len({card.mapTo(page, card.rect().topLeft()).x() for card in shown})

    assert columns() == 1
    page.resize(1200, 800)
    qtbot.waitUntil(lambda: columns() == 2, timeout=20000)


def test_the_chart_opens_a_bill(show: Show, qtbot: QtBot) -> None:
    page = show(HomePage)
    chart = page.findChild(BarChart)
    assert "November 2026" in chart.accessibleDescription()
    opened: list[str] = []
    page.opened.connect(opened.append)
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert opened == ["bills/780123467"]
