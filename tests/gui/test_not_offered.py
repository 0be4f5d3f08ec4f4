"""What the operator does not take is said before anything is written, not after it was sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from selfcare.domain.freshness import Freshness
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import replace
from selfcare.domain.topics import Topic
from selfcare.ui.pages.bills import BillsPage
from selfcare.ui.pages.home import HomePage
from selfcare.ui.pages.services import ServicesPage
from selfcare.ui.pages.untaken import takes_tickets
from tests import samples
from tests.gui.desk import Desk, button, in_dialog, words_on
from tests.readers import FakeReader


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.close()


def without(api: str) -> OperatorProfile:
    profile = samples.profile()
    return replace(profile, apis={**profile.apis, api: None})


def test_where_no_tickets_are_taken_none_is_written(desk: Desk) -> None:
    page = desk.page(ServicesPage, profile=without("TMF621"))

    def told(dialog: QDialog) -> None:
        words = words_on(dialog)
        assert "takes no tickets here" in words
        assert "could not be sent from here" in words
        assert "Send" not in words
        button(dialog, "Open Help").click()

    assert "It does not work" not in words_on(page)
    assert "Note a call about it" in words_on(page)
    with desk.bot.waitSignal(page.opened) as went, desk.bot.assertNotEmitted(page.submitted):
        in_dialog(told)
        assert not takes_tickets(page)
    assert went.args == ["help"]


def test_home_leads_to_no_ticket_where_none_is_taken(desk: Desk) -> None:
    taken = desk.page(HomePage)
    desk.bot.waitUntil(lambda: "Say it does not work" in words_on(taken))
    page = desk.page(HomePage, profile=without("TMF621"))
    desk.bot.waitUntil(lambda: "Note a call about it" in words_on(page))
    assert "Say it does not work" not in words_on(page)
    with desk.bot.waitSignal(page.opened) as went:
        button(page, "Note a call about it").click()
    assert went.args == ["case/note"]


def test_home_says_that_no_contracts_are_offered(desk: Desk) -> None:
    absent = {Topic.CONTRACTS: Freshness(Topic.CONTRACTS, None, offered=False)}
    page = desk.page(HomePage, FakeReader(the_contracts=(), the_freshness=absent))
    desk.bot.waitUntil(lambda: "Your operator offers no contracts here." in words_on(page))


@pytest.mark.parametrize("task", ["dispute", "plan", "offer"])
def test_a_bill_is_not_disputed_where_no_ticket_can_go(desk: Desk, task: str) -> None:
    page = desk.page(BillsPage, profile=without("TMF621"))
    desk.bot.waitUntil(lambda: page._tasks.bill is not None)
    page._tasks.do(task)
    dialog = page._tasks.dialog
    assert dialog is not None
    assert "takes no tickets here" in words_on(dialog)
    with desk.bot.waitSignal(page.opened) as went:
        button(dialog, "Open Help").click()
    assert went.args == ["help"]


def test_where_tickets_are_taken_nothing_is_in_the_way(desk: Desk) -> None:
    assert takes_tickets(desk.page(ServicesPage))
