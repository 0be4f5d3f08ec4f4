"""A plan that was asked for is said, and not asked for again; beside a dispute it comes with a caution."""

from __future__ import annotations

from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from selfcare.domain.tickets import EntityRef
from selfcare.ui.pages.bill_dialogs import PlanDialog
from selfcare.ui.pages.bills import BillsPage
from tests import samples
from tests.gui.conftest import buttons, says
from tests.gui.test_bills_page import Show
from tests.readers import FakeReader

NEWEST = samples.bills()[0].id


def ticket(kind: str) -> object:
    return replace(samples.tickets()[0], id="waiting:1", kind=kind, about=(EntityRef("CustomerBill", NEWEST),))


def test_a_plan_that_was_asked_for_is_said_and_not_asked_for_again(
    show: Show, reader: FakeReader, qtbot: QtBot
) -> None:
    reader.the_tickets = (ticket("paymentArrangement"),)  # type: ignore[assignment]
    page = show(BillsPage, NEWEST)
    qtbot.waitUntil(lambda: "Judge an offered plan" in buttons(page), timeout=20000)
    assert "Ask for a plan" not in buttons(page)
    assert says(page, "A plan was asked for on Fri 13 Nov.")
    page._tasks.do("plan")
    assert not isinstance(page._tasks.dialog, PlanDialog)


def test_beside_a_dispute_the_plan_is_asked_for_with_a_caution(show: Show, reader: FakeReader, qtbot: QtBot) -> None:
    reader.the_tickets = (ticket("Bill Dispute"),)  # type: ignore[assignment]
    page = show(BillsPage, NEWEST)
    qtbot.waitUntil(lambda: "Ask for a plan" in buttons(page), timeout=20000)
    buttons(page)["Ask for a plan"].click()
    dialog = page._tasks.dialog
    assert isinstance(dialog, PlanDialog)
    assert says(dialog, "Asking for a plan can be read as owning up to the whole amount.")
    dialog.reject()
