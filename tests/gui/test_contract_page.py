"""The Contract page under somebody's hands: the line of time, what is not stated, and the documents."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from selfcare.domain.failures import ServerTrouble
from selfcare.domain.freshness import Freshness
from selfcare.domain.topics import Topic
from selfcare.paper.reader import PaperReader
from selfcare.ui.pages.contract import ContractPage
from selfcare.ui.pages.contract_notes_dialogs import ChangeDialog, EndDialog
from selfcare.ui.tasks import Lane
from selfcare.ui.widgets.timeline import TimeLine
from tests import samples
from tests.gui.desk import Desk, button, check_reachable, in_dialog, press, words_on
from tests.readers import FakeReader


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.close()


@pytest.fixture
def paper_lane(qtbot: QtBot) -> Iterator[Lane]:
    made = Lane("paper")
    yield made
    made.close()


def test_a_contract_shows_its_facts_and_what_is_not_stated(desk: Desk) -> None:
    page = desk.page(ContractPage)
    shown = words_on(page)
    for words in (
        "Free to leave since Thu 15 Oct.",
        "£22.00 becomes £24.50 (+£2.50)",
        "told 51 days before",
        "“The minimum term is 24 months from activation.”",
        "not stated by your operator",
    ):
        assert words in shown
    check_reachable(page)


def test_the_line_of_time_is_read_out(desk: Desk) -> None:
    page = desk.page(ContractPage)
    line = page.findChildren(TimeLine)[0]
    assert "Mobile contract" in line.accessibleName()
    assert "Commitment ends, Thu 15 Oct" in line.accessibleDescription()


def test_a_document_says_where_it_is(desk: Desk) -> None:
    assert "not here yet" in words_on(desk.page(ContractPage))
    kept = desk.page(ContractPage, FakeReader(the_papers={"D-AG-1": b"%PDF-"}))
    assert "here, also offline" in words_on(kept)


def test_without_a_paper_reader_the_window_is_asked(desk: Desk) -> None:
    page = desk.page(ContractPage)
    with desk.bot.waitSignal(page.opened) as opened:
        press(desk.bot, button(page, "Contract.pdf"))
    assert opened.args == ["paper/D-AG-1"]


def test_a_document_that_is_not_here_says_so_and_is_left_again(desk: Desk, paper_lane: Lane) -> None:
    page = desk.page(ContractPage)
    page.context.paper_lane, page.context.make_paper = paper_lane, PaperReader
    press(desk.bot, button(page, "Contract.pdf"))
    desk.bot.waitUntil(lambda: "This PDF is not here yet." in words_on(page))
    assert "Free to leave since Thu 15 Oct." not in words_on(page)
    assert page.go_back()
    assert "Free to leave since Thu 15 Oct." in words_on(page)
    assert not page.go_back()


def test_a_document_that_is_here_is_handed_to_the_reader(desk: Desk, paper_lane: Lane) -> None:
    page = desk.page(ContractPage, FakeReader(the_papers={"D-AG-1": b"no pdf at all"}))
    reader = PaperReader()
    page.context.paper_lane, page.context.make_paper = paper_lane, lambda: reader
    page.open_at("paper/D-AG-1")
    desk.bot.waitUntil(lambda: "is not a PDF" in words_on(page), timeout=15000)
    paper_lane.close(reader.close)


def test_letters_stand_below_the_contracts_and_open_like_documents(desk: Desk) -> None:
    page = desk.page(ContractPage, FakeReader(the_papers={"D-L-1": b"%PDF-"}))
    shown = words_on(page)
    assert "Letters and papers" in shown
    assert "21 Jul 2026" in shown
    assert "here, also offline" in shown
    with desk.bot.waitSignal(page.opened) as opened:
        press(desk.bot, button(page, "Your rights when prices change"))
    assert opened.args == ["paper/D-L-1"]


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Freshness(Topic.LETTERS), "Not read yet"),
        (Freshness(Topic.LETTERS, offered=False), "Your operator does not offer this here"),
        (Freshness(Topic.LETTERS, failure=ServerTrouble(500)), "Letters and papers"),
    ],
)
def test_letters_that_are_not_here_say_why(desk: Desk, part: Freshness, words: str) -> None:
    page = desk.page(ContractPage, FakeReader(the_letters=(), the_freshness={Topic.LETTERS: part}))
    assert words in words_on(page)
    assert "No document of this contract is listed." not in words_on(page)


def test_a_contract_without_documents_says_so_where_the_operator_was_asked(desk: Desk) -> None:
    page = desk.page(ContractPage, FakeReader(the_letters=()))
    assert "No document of this contract is listed." in words_on(page)
    assert "Letters and papers" not in words_on(page)


def test_the_way_out_is_one_press_away(desk: Desk) -> None:
    page = desk.page(ContractPage)
    with desk.bot.waitSignal(page.opened) as opened:
        press(desk.bot, button(page, "What leaving takes"))
    assert opened.args == ["leaving"]


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Freshness(Topic.CONTRACTS, seen=samples.SEEN), "No contract"),
        (Freshness(Topic.CONTRACTS), "Not read yet"),
        (Freshness(Topic.CONTRACTS, offered=False), "Your operator does not offer this here"),
    ],
)
def test_no_contract_says_why(desk: Desk, part: Freshness, words: str) -> None:
    reader = FakeReader(the_contracts=(), the_lines=(), the_freshness={Topic.CONTRACTS: part})
    assert words in words_on(desk.page(ContractPage, reader))


def test_where_no_day_is_to_come_the_calendar_says_so(desk: Desk) -> None:
    page = desk.page(ContractPage, FakeReader(the_contracts=()))
    press(desk.bot, button(page, "Days as a calendar file…"))
    desk.bot.waitUntil(lambda: "No day is to come" in words_on(page))


def bare() -> FakeReader:
    absent = {topic: Freshness(topic, offered=False) for topic in (Topic.CONTRACTS, Topic.LETTERS, Topic.TICKETS)}
    return FakeReader(
        the_contracts=(), the_letters=(), the_tickets=(), the_contacts=(), the_lines=(), the_freshness=absent
    )


def test_an_operator_without_any_list_has_the_card_for_a_death_and_a_change_of_holder(desk: Desk) -> None:
    page = desk.page(ContractPage, bare())
    shown = words_on(page)
    assert "Your operator does not offer this here" in shown
    assert "Another holder, or after a death" in shown
    assert "Needed once:" in shown
    with desk.bot.waitSignal(page.opened) as opened:
        press(desk.bot, button(page, "Note what you sent"))
    assert opened.args == ["case/earlier"]


def test_an_end_and_a_new_price_are_noted_by_hand_and_taken_away(desk: Desk) -> None:
    page = desk.page(ContractPage, bare())

    def end(dialog: QDialog) -> None:
        assert isinstance(dialog, EndDialog)
        check_reachable(dialog)
        dialog.day.setDate(QDate(2027, 8, 28))
        press(desk.bot, dialog.confirm_button)

    with desk.bot.waitSignal(page.found, timeout=20_000):
        in_dialog(end)
        press(desk.bot, button(page, "Note an end of the commitment…"))
    assert "Free to leave from Sat 28 Aug 2027" in words_on(page)

    def change(dialog: QDialog) -> None:
        assert isinstance(dialog, ChangeDialog)
        check_reachable(dialog)
        dialog.told.setDate(dialog.told.minimumDate())
        press(desk.bot, dialog.confirm_button)
        assert "Say at least when you were told" in words_on(dialog)
        dialog.told.setDate(QDate(2026, 11, 1))
        dialog.before.setText("22,50")
        dialog.after.setText("20")
        press(desk.bot, dialog.confirm_button)

    with desk.bot.waitSignal(page.found, timeout=20_000):
        in_dialog(change)
        press(desk.bot, button(page, "Note a change of price…"))
    assert "The price falls: that alone is no reason to leave free." in words_on(page)
    with desk.bot.waitSignal(page.found, timeout=20_000):
        press(desk.bot, button(page, "Take it away"))
    assert "Free to leave from" not in words_on(page)
