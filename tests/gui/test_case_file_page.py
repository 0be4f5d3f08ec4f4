"""The Case file page under somebody's hands: totals, promises, and a long line of time shown piece by piece."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from selfcare.domain.freshness import Freshness
from selfcare.domain.topics import Topic
from selfcare.ui.pages.case_file import CaseFilePage
from tests import samples
from tests.gui.desk import Desk, button, check_reachable, press, words_on
from tests.readers import FakeReader


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.close()


def test_totals_promises_and_contacts_are_there(desk: Desk) -> None:
    page = desk.page(CaseFilePage)
    shown = words_on(page)
    for words in ("50 minutes", "people spoken to, by name", "promises missed", "You, by phone · with Marc", "missed"):
        assert words in shown
    check_reachable(page)


def test_a_promise_leads_to_where_it_was_said(desk: Desk) -> None:
    page = desk.page(CaseFilePage)
    with desk.bot.waitSignal(page.opened) as opened:
        press(desk.bot, button(page, "Where it was said"))
    assert opened.args == ["help/ticket/48213"]


def test_a_long_history_is_shown_piece_by_piece(desk: Desk) -> None:
    first = samples.contacts()[0]
    contacts = tuple(replace(first, id=f"C-{n}", reason=f"Call {n}") for n in range(95))
    page = desk.page(CaseFilePage, FakeReader(the_contacts=contacts, the_messages=()))
    assert words_on(page).count("You, by phone") == 40
    press(desk.bot, button(page, "Show 40 more"))
    press(desk.bot, button(page, "Show 15 more"))
    assert words_on(page).count("You, by phone") == 95


def test_an_operator_without_a_log_is_told_apart(desk: Desk) -> None:
    seen = {Topic.CONTACTS: Freshness(Topic.CONTACTS, offered=False)}
    page = desk.page(CaseFilePage, FakeReader(the_contacts=(), the_messages=(), the_freshness=seen))
    assert "Your operator does not offer this here" in words_on(page)
