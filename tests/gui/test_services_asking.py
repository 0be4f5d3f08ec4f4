"""What is asked for from Services: trouble told twice goes to one ticket, and an option is ordered as it was shown."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from selfcare.domain.commands import AddNote, OrderOption
from selfcare.domain.money import Money
from selfcare.domain.offers import Offer
from selfcare.ui.pages.bills import BillsPage
from selfcare.ui.pages.home import HomePage
from selfcare.ui.pages.letter_dialog import LetterDialog
from selfcare.ui.pages.order_dialog import OrderDialog
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.services import ServicesPage
from selfcare.ui.pages.ticket_dialog import TicketDialog
from selfcare.ui.pages.waiting import WaitingPage
from tests import samples
from tests.gui.desk import Desk, button, check_reachable, in_dialog, press, words_on
from tests.readers import FakeReader

DATA = Offer("PO-1", "Data 10 GB", "10 GB more.", Money(Decimal(5), "GBP"), "month", None, is_for_all=True)
WORLD = Offer(
    "PO-2", "World Calls", "", Money(Decimal(12), "GBP"), "month", Money(Decimal(5), "GBP"), 12, "Bound for a year.",
    is_for_all=True,
)  # fmt: skip


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.close()


def test_the_same_trouble_told_twice_is_added_to_the_ticket_that_is_open(desk: Desk) -> None:
    page = desk.page(ServicesPage)
    (told,) = [ticket for ticket in samples.tickets() if ticket.is_open]

    def join(dialog: QDialog) -> None:
        assert isinstance(dialog, TicketDialog)
        assert told.id in words_on(dialog)
        assert dialog.evidence is not None, "files may go along"
        dialog.text_field.setPlainText("Still no data in Lyon.")
        press(desk.bot, dialog.join_button)

    in_dialog(join)
    with desk.bot.waitSignal(page.submitted) as asked:
        press(desk.bot, button(page, "It does not work"))
    command = asked.args[0]
    assert isinstance(command, AddNote)
    assert command.ticket_id == told.id
    assert "Still no data in Lyon." in command.text


def test_an_option_is_ordered_as_it_is_shown_with_one_press(desk: Desk) -> None:
    page = desk.page(ServicesPage, FakeReader(the_offers=(WORLD, DATA)))

    def order(dialog: QDialog) -> None:
        assert isinstance(dialog, OrderDialog)
        check_reachable(dialog)
        assert "“10 GB more.”" in words_on(dialog)
        dialog.choice.setCurrentIndex(1)
        shown = words_on(dialog)
        for words in ("£12.00 a month", "£5.00", "12 months", "“Bound for a year.”"):
            assert words in shown
        assert "10 GB more" not in shown
        press(desk.bot, dialog.confirm_button)

    in_dialog(order)
    with desk.bot.waitSignal(page.submitted) as asked:
        press(desk.bot, button(page, "Order an option…"))
    line = samples.lines()[0]
    assert asked.args == [
        OrderOption(line.id, "PO-2", "World Calls", WORLD.price, "month", WORLD.once, 12, "Bound for a year.")
    ]


def test_esc_orders_nothing_and_no_offer_says_so(desk: Desk) -> None:
    page = desk.page(ServicesPage, FakeReader(the_offers=(DATA,)))
    in_dialog(lambda dialog: dialog.reject())
    with desk.bot.assertNotEmitted(page.submitted):
        press(desk.bot, button(page, "Order an option…"))
    assert "Your operator offers no option to order." in words_on(desk.page(ServicesPage))
    hidden = desk.page(ServicesPage, profile=samples.profile(without=("TMF622",)))
    assert "Ordering an option here: not offered by your operator." in words_on(hidden)


def test_an_operator_without_tickets_and_orders_leads_to_no_dead_end(desk: Desk) -> None:
    page = desk.page(ServicesPage, profile=samples.profile(without=("TMF621", "TMF622")))
    shown = words_on(page)
    for words in ("It does not work", "This line does not work", "Take it off…", "Ask to unlock", "Order an option…"):
        assert words not in shown.splitlines(), words
    assert "takes no such request through a program: call or write" in shown
    with desk.bot.waitSignal(page.opened) as wanted:
        press(desk.bot, button(page, "Note a call about it"))
    assert wanted.args == ["case/note"]


def test_a_letter_is_written_without_leaving_the_page(desk: Desk) -> None:
    page = desk.page(ServicesPage)
    press(desk.bot, button(page, "Write a letter…"))
    desk.bot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(LetterDialog)), timeout=20000)
    (letter,) = page.findChildren(LetterDialog)
    assert letter.kind.currentText() == "Complaint, first letter"
    assert letter.kind.findData("notice") < 0
    assert "written on the page “Leaving”" in words_on(letter)
    assert [letter.line.choice.itemData(row) for row in range(letter.line.choice.count())] == [
        line.id for line in samples.lines()
    ]
    letter.kind.setCurrentIndex(letter.kind.findData("lateRepair"))
    other = samples.lines()[1]
    letter.line.choice.setCurrentIndex(1)
    desk.bot.waitUntil(lambda: letter._desk.line_id == other.id, timeout=20000)
    assert letter._desk.facts.line in {other.number, other.name}
    assert letter.kind.value == "lateRepair"
    letter.reject()


@pytest.mark.parametrize("kind", [HomePage, BillsPage, WaitingPage])
def test_a_letter_can_be_written_from_a_page_that_shows_no_trouble(desk: Desk, kind: type[Page]) -> None:
    page = desk.page(kind)
    press(desk.bot, button(page, "Write a letter…"))
    desk.bot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(LetterDialog)), timeout=20000)
    (letter,) = page.findChildren(LetterDialog)
    assert letter.kind.value == "complaint"
    letter.reject()
