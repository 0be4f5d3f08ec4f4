"""Visits under somebody's hands: a card in Help, the tag beside the ticket, the way between them, and silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from selfcare.domain.appointments import Appointment, AppointmentState, Window
from selfcare.domain.freshness import Freshness
from selfcare.domain.tickets import EntityRef, Note
from selfcare.domain.topics import Topic
from selfcare.ui.pages.help import HelpPage
from selfcare.ui.pages.home import HomePage
from selfcare.ui.pages.ticket import TicketDetail
from tests import samples
from tests.gui.desk import Desk, button, check_reachable, press, words_on
from tests.readers import FakeReader

NOW = samples.NOW
VISIT = Appointment(
    "V1", "No signal at home", "intervention", AppointmentState.CONFIRMED, "confirmed",
    Window(NOW + timedelta(hours=2), NOW + timedelta(hours=6)), about=(EntityRef("TroubleTicket", "48213"),),
    notes=(Note("Dispatch", NOW, "<b>Bring</b> the old box"),),
)  # fmt: skip
MISSED = replace(
    VISIT, id="V0", window=Window(NOW - timedelta(days=2, hours=4), NOW - timedelta(days=2)), about=(),
    moved_from=(Window(NOW - timedelta(days=3, hours=4), NOW - timedelta(days=3)),),
)  # fmt: skip


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.close()


def test_a_visit_stands_beside_its_ticket_and_in_a_card_of_its_own(desk: Desk) -> None:
    page = desk.page(HelpPage, FakeReader(the_appointments=(MISSED, VISIT)))
    shown = words_on(page)
    for words in (
        "Visits and calls",
        "visit Sat 21 Nov, 12:50 to 16:50",
        "in 2 hours",
        "Dispatch: “<b>Bring</b> the old box”",
        "appointment missed 48 hours ago",
        "It was to be Wed 18 Nov, 06:50 to 10:50 before.",
    ):
        assert words in shown
    check_reachable(page)
    press(desk.bot, button(page, "Open its ticket"))
    detail = page.findChildren(TicketDetail)[-1]
    assert detail.ticket_id == "48213"
    assert "visit Sat 21 Nov, 12:50 to 16:50" in words_on(page)
    check_reachable(page)


def test_a_promise_leads_to_the_ticket_of_its_visit_or_to_the_lists(desk: Desk) -> None:
    page = desk.page(HelpPage, FakeReader(the_appointments=(MISSED, VISIT)))
    page.open_at("visit/V1")
    assert page.findChildren(TicketDetail)[-1].ticket_id == "48213"
    page.open_at("visit/V0")
    assert "Visits and calls" in words_on(page)
    assert "All of Help" not in words_on(page)


def test_where_none_is_known_or_offered_nothing_is_said(desk: Desk) -> None:
    seen = {Topic.APPOINTMENTS: Freshness(Topic.APPOINTMENTS, offered=False)}
    assert "Visits and calls" not in words_on(desk.page(HelpPage, FakeReader(the_freshness=seen)))


def test_home_says_who_did_not_come_and_who_comes_next(desk: Desk) -> None:
    reader = FakeReader(the_tickets=(), the_problems=(), the_orders=(), the_appointments=(MISSED, VISIT))
    page = desk.page(HomePage, reader)
    desk.bot.waitUntil(lambda: "A visit: No signal at home" in words_on(page), timeout=20_000)
    shown = words_on(page)
    for words in (
        "Somebody should have come by now",
        "Appointment V0. It was to be Thu 19 Nov, 06:50 to 10:50.",
        "Sat 21 Nov, 12:50 to 16:50, in 2 hours.",
    ):
        assert words in shown
