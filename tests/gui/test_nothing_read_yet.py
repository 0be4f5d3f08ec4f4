"""Where nothing was read yet the one thing to do stands where one looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from selfcare.domain.freshness import Freshness
from selfcare.domain.topics import Topic
from selfcare.ui.context import Context
from selfcare.ui.pages.bills import BillsPage
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.services import ServicesPage
from tests.gui.conftest import buttons, says
from tests.readers import FakeReader
from tests.samples import SEEN

Show = Callable[..., Any]


def nothing(reader: FakeReader, seen: bool) -> None:
    reader.the_bills, reader.the_lines, reader.the_tickets, reader.the_problems = (), (), (), ()
    for topic in Topic:
        moment = SEEN if seen else None
        reader.the_freshness[topic] = Freshness(topic, moment, moment, None)


@pytest.mark.parametrize("kind", [BillsPage, ServicesPage])
def test_the_operator_is_asked_from_the_empty_page(
    show: Show, reader: FakeReader, qtbot: QtBot, kind: type[Page]
) -> None:
    nothing(reader, seen=False)
    page = show(kind)
    qtbot.waitUntil(lambda: says(page, "Not read yet"), timeout=20000)
    asked: list[bool] = []
    page.context.refresh = lambda: asked.append(True)
    assert buttons(page)["Refresh"].isVisibleTo(page)
    buttons(page)["Refresh"].click()
    assert asked == [True]


def test_who_is_signed_out_signs_in_from_the_empty_page(
    show: Show, reader: FakeReader, context: Context, qtbot: QtBot
) -> None:
    nothing(reader, seen=False)
    asked: list[bool] = []
    context.is_signed_out, context.sign_in = True, lambda: asked.append(True)
    page = show(ServicesPage)
    qtbot.waitUntil(lambda: says(page, "Not read yet"), timeout=20000)
    assert "Refresh" not in buttons(page)
    buttons(page)["Sign in"].click()
    assert asked == [True]


def test_a_list_that_was_read_and_is_empty_offers_no_reading(show: Show, reader: FakeReader, qtbot: QtBot) -> None:
    nothing(reader, seen=True)
    page = show(BillsPage)
    qtbot.waitUntil(lambda: says(page, "No bill yet"), timeout=20000)
    shown = [name for name, button in buttons(page).items() if button.isVisibleTo(page)]
    assert "Refresh" not in shown
    assert "Show all bills" not in shown
