"""Bills on the screen: the list, search, filters, one bill, its PDF in every state, disputes and plans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHeaderView, QWidget
from pytestqt.qtbot import QtBot

from selfcare.domain.bills import BillState
from selfcare.domain.commands import OpenTicket
from selfcare.domain.failures import Offline
from selfcare.domain.freshness import Freshness
from selfcare.domain.tickets import EntityRef
from selfcare.domain.topics import Topic
from selfcare.paper.reader import PaperReader
from selfcare.ui.context import Context
from selfcare.ui.page_room import MARGIN
from selfcare.ui.pages.bill_dialogs import DebitDialog, PlanDialog
from selfcare.ui.pages.bill_disputing import DisputeDialog
from selfcare.ui.pages.bills import BillsPage
from selfcare.ui.theme import TEXT, font
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.paper import PaperView
from tests.gui.conftest import buttons, says
from tests.readers import FakeReader

Show = Callable[..., Any]
NEWEST = "780123467"


@pytest.fixture
def paper(context: Context) -> Iterator[PaperReader]:
    """The real reader of PDFs."""
    made = PaperReader()
    context.make_paper = lambda: made
    yield made
    made.close()


@pytest.fixture
def pdf() -> bytes:
    """A bill of two pages."""
    import typst

    made = typst.compile(b"= Bill 780123467\nRoaming data\n#pagebreak()\nSecond page", format="pdf")
    assert isinstance(made, bytes)
    return made


@pytest.fixture
def page(show: Show, qtbot: QtBot) -> BillsPage:
    """The page with the newest bill beside the list."""
    made: BillsPage = show(BillsPage)
    qtbot.waitUntil(lambda: says(made, "Why is it different from October?"), timeout=20000)
    return made


def rows(page: BillsPage) -> list[str]:
    model = page._table.rows
    return [str(model.index(n, 1).data()) for n in range(model.rowCount())]


def test_the_newest_bill_is_open_and_explained(page: BillsPage) -> None:
    assert page._table.current_key() in {"", NEWEST}
    assert says(page, "You usually pay £38.99 to £54.49.")
    assert says(page, "Roaming data, outside EU, 12–14 Oct")
    assert says(page, "The lines add up exactly.")
    assert says(page, "24 bills since 2024")


def test_paid_days_are_filled_in(page: BillsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page._table.rows.index(1, 4).data() == "paid Mon 5 Oct", timeout=20000)


def test_search_finds_while_typing_and_says_when_nothing_matches(page: BillsPage, qtbot: QtBot) -> None:
    page.search("312")
    qtbot.waitUntil(lambda: rows(page) == [NEWEST], timeout=20000)
    page.search("nothing like it")
    qtbot.waitUntil(lambda: says(page, "No bill matches"), timeout=20000)
    with qtbot.waitSignal(page.found, timeout=20000):
        page.changed({Topic.BILLS})
    assert says(page, "No bill matches")
    assert not page._table.isVisible()
    page.search("")
    qtbot.waitUntil(lambda: len(rows(page)) == 25, timeout=20000)
    assert not says(page, "No bill matches")


def test_a_bill_that_is_found_is_judged_as_before(page: BillsPage, qtbot: QtBot) -> None:
    def said() -> tuple[str, str]:
        return str(page._table.rows.index(0, 3).data()), str(page._table.rows.index(0, 4).data())

    whole = said()
    page.search("312")
    qtbot.waitUntil(lambda: rows(page) == [NEWEST], timeout=20000)
    assert said() == whole == ("+£270.49", "not like the others")


@pytest.mark.parametrize(
    ("word", "words"), [("", "state not stated"), ("inDispute", "operator’s word: “inDispute”")], ids=["none", "own"]
)
def test_a_state_that_is_not_known_is_quoted_or_called_not_stated(
    show: Show, reader: FakeReader, qtbot: QtBot, word: str, words: str
) -> None:
    own = replace(reader.the_bills[1], state=BillState.UNKNOWN, state_word=word, remaining=None, due=None)
    reader.the_bills = (own, *reader.the_bills[2:])
    page = show(BillsPage)
    assert page._table.rows.index(0, 4).data() == words
    qtbot.waitUntil(lambda: page._pane.view is not None, timeout=20000)
    assert page._pane.view.state == words


def test_filters_narrow_the_list(page: BillsPage, qtbot: QtBot) -> None:
    box = page._filters.states
    box.setCurrentIndex(box.findText("To pay"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: rows(page) == [NEWEST], timeout=20000)
    box.setCurrentIndex(0)
    box.activated.emit(0)
    years = page._filters.years
    years.setCurrentIndex(years.findText("2024"))
    years.activated.emit(years.currentIndex())
    qtbot.waitUntil(lambda: len(rows(page)) == 1, timeout=20000)


def test_the_keyboard_walks_and_the_bill_follows(page: BillsPage, qtbot: QtBot) -> None:
    page._table.choose(NEWEST)
    qtbot.keyClick(page._table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: says(page, "Bill 780118204 · Saturday 3 October 2026"), timeout=20000)


def test_a_dispute_is_prepared_changed_and_asked(page: BillsPage, qtbot: QtBot) -> None:
    asked: list[Any] = []
    page.submitted.connect(asked.append)
    buttons(page)["Dispute it"].click()
    dialog = page._tasks.dialog
    assert isinstance(dialog, DisputeDialog)
    dialog.reason.setCurrentIndex(dialog.reason.findData("unknown"))
    assert "I did not order this" in dialog.text.toPlainText()
    dialog.text.setPlainText("")
    assert not dialog.confirm_button.isEnabled()
    dialog.text.setPlainText("It was not me.")
    dialog.confirm_button.click()
    assert len(asked) == 1
    assert isinstance(asked[0], OpenTicket)
    assert (asked[0].ticket_type, asked[0].text, asked[0].about[0].id) == ("Bill Dispute", "It was not me.", NEWEST)


def test_a_bill_that_is_disputed_leads_to_its_ticket(show: Show, reader: FakeReader, qtbot: QtBot) -> None:
    ticket = replace(reader.the_tickets[0], kind="Bill Dispute", about=(EntityRef("CustomerBill", NEWEST),))
    reader.the_tickets = (ticket,)
    page = show(BillsPage, NEWEST)
    qtbot.waitUntil(lambda: says(page, "Dispute asked for on Fri 13 Nov."), timeout=20000)
    assert "Dispute it" not in buttons(page)
    opened: list[str] = []
    page.opened.connect(opened.append)
    buttons(page)["Open the ticket"].click()
    assert opened == ["help/ticket/48213"]


def test_esc_asks_for_nothing(page: BillsPage, qtbot: QtBot) -> None:
    asked: list[Any] = []
    page.submitted.connect(asked.append)
    buttons(page)["Dispute it"].click()
    qtbot.keyClick(page._tasks.dialog, Qt.Key.Key_Escape)
    assert asked == []


def test_a_plan_says_what_each_part_is(page: BillsPage) -> None:
    asked: list[Any] = []
    page.submitted.connect(asked.append)
    buttons(page)["Ask for a plan"].click()
    dialog = page._tasks.dialog
    assert isinstance(dialog, PlanDialog)
    dialog.parts.setValue(12)
    assert says(dialog, "£26.04 a month, for 12 months.")
    dialog.confirm_button.click()
    assert asked[0].ticket_type == "paymentArrangement"
    assert "12 monthly payments" in asked[0].text


def test_home_can_open_a_bill_and_its_debit_at_once(show: Show, qtbot: QtBot) -> None:
    page = show(BillsPage, f"{NEWEST}/debit")
    qtbot.waitUntil(lambda: isinstance(page._tasks.dialog, DebitDialog), timeout=20000)
    assert says(page._tasks.dialog, "Direct Debit ···· 0189")


def test_a_pdf_is_shown_turned_searched_and_saved(
    show: Show, reader: FakeReader, paper: PaperReader, pdf: bytes, qtbot: QtBot, tmp_path: Path
) -> None:
    reader.the_papers = {f"D-{NEWEST}": pdf}
    page = show(BillsPage, NEWEST)
    qtbot.waitUntil(lambda: "PDF" in buttons(page), timeout=20000)
    buttons(page)["PDF"].click()
    view = page._tasks.paper
    assert isinstance(view, PaperView)
    qtbot.waitUntil(lambda: view._sheet.accessibleName() == "Page 1 of 2", timeout=15000)
    assert view.pages == 2
    with qtbot.waitSignal(view.drawn, timeout=15000):
        view.turn(1)
    assert view._sheet.accessibleName() == "Page 2 of 2"
    view._find.setText("second")
    qtbot.waitUntil(lambda: len(view._sheet._boxes) == 1, timeout=15000)
    page._tasks.save_to(tmp_path / "bill.pdf")
    qtbot.waitUntil(lambda: says(page, "Saved as bill.pdf."), timeout=20000)
    assert (tmp_path / "bill.pdf").read_bytes() == pdf
    assert page.go_back()
    assert page._right.currentWidget() is page._beside


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "This PDF is not here yet."),
        (b"<html>please sign in</html>", "What your operator sent is not a PDF."),
        (b"%PDF-1.7\nnot really", "This PDF is damaged."),
    ],
)
def test_a_pdf_that_cannot_be_shown_says_why(
    show: Show, reader: FakeReader, paper: PaperReader, qtbot: QtBot, content: bytes | None, words: str
) -> None:
    if content is not None:
        reader.the_papers = {f"D-{NEWEST}": content}
    page = show(BillsPage, f"{NEWEST}/paper")
    qtbot.waitUntil(lambda: says(page, words), timeout=15000)
    assert page._tasks.paper._save.isEnabled() == (content is not None)


def test_a_narrow_window_shows_list_or_bill(show: Show, qtbot: QtBot) -> None:
    page = show(BillsPage, width=684, height=560)
    assert page._left.isVisible()
    assert not page._right.isVisible()
    page._table.choose(NEWEST)
    qtbot.keyClick(page._table, Qt.Key.Key_Return)
    assert not page._left.isVisible()
    assert page.go_back()
    assert page._left.isVisible()
    assert not page.go_back()


def test_large_text_in_a_low_window_leaves_room_for_the_list(show: Show, qapp: QApplication) -> None:
    usual = qapp.font()
    qapp.setProperty("textScale", 2.0)
    qapp.setFont(font(TEXT))
    try:
        page = show(BillsPage, width=598, height=460)
        table = page._table
        row_height = table.verticalHeader().defaultSectionSize()
        assert table.viewport().height() >= 5 * row_height
        number = next(n for n, column in enumerate(table.rows.columns) if column.whole)
        assert table.room_of(number) >= table.sizeHintForColumn(number)
        assert page._frame.contentsMargins().left() < MARGIN
        assert page._scroll.verticalScrollBar().maximum() > 0
    finally:
        qapp.setProperty("textScale", 1.0)
        qapp.setFont(usual)


def test_cards_chart_and_filters_end_at_one_edge(show: Show, qtbot: QtBot) -> None:
    page = show(BillsPage)
    qtbot.waitUntil(lambda: page._pane.verticalScrollBar().maximum() > 0 and page._beside.card.isVisible())

    def end(widget: QWidget) -> int:
        return widget.mapTo(page, widget.rect().topRight()).x() + 1

    cards = [end(card) for card in page._pane.findChildren(Card) if card.isVisible()]
    assert {*cards, end(page._beside.card)} == {page.width() - MARGIN}


def test_only_a_strange_bill_asks_to_be_disputed_first(show: Show, qtbot: QtBot) -> None:
    page = show(BillsPage)
    qtbot.waitUntil(lambda: "Dispute it" in buttons(page))
    assert buttons(page)["Dispute it"].property("kind") == "primary"
    view = page._pane.view
    page._pane.show_bill(replace(view, id="ordinary", warning="", oddities=(), checks=()))
    qtbot.waitUntil(lambda: "Dispute it" in buttons(page))
    assert buttons(page)["Dispute it"].property("kind") == "plain"


def test_a_roomy_page_gives_its_height_to_the_list(show: Show) -> None:
    page = show(BillsPage)
    assert page._scroll.verticalScrollBar().maximum() == 0
    assert page._table.mapTo(page, page._table.rect().bottomLeft()).y() > page.height() - 60
    assert page._table.horizontalHeader().sectionResizeMode(1) is QHeaderView.ResizeMode.Stretch


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (Freshness(Topic.BILLS), "Not read yet"),
        (Freshness(Topic.BILLS, None, None, Offline()), "Your operator cannot be reached."),
        (Freshness(Topic.BILLS, None, None, None, offered=False), "Your operator does not offer this here"),
        (None, "No bill yet"),
    ],
)
def test_an_empty_list_says_why(show: Show, reader: FakeReader, age: Freshness | None, words: str) -> None:
    reader.the_bills = ()
    if age is not None:
        reader.the_freshness[Topic.BILLS] = age
    assert says(show(BillsPage), words)


def test_an_empty_list_still_says_why_when_the_payments_are_known(show: Show, reader: FakeReader, qtbot: QtBot) -> None:
    reader.the_bills = ()
    reader.the_freshness[Topic.BILLS] = Freshness(Topic.BILLS, offered=False)
    page: BillsPage = show(BillsPage)
    qtbot.waitUntil(lambda: page._known.is_read)
    page.search("447")
    seen: list[object] = []
    page.ask(lambda reading: reading, seen.append, key="after")
    qtbot.waitUntil(lambda: bool(seen))
    assert says(page, "Your operator does not offer this here")
    assert not says(page, "No bill matches")


def test_ten_thousand_bills_are_fetched_as_they_are_looked_at(show: Show, reader: FakeReader, qtbot: QtBot) -> None:
    from datetime import date, timedelta

    first = reader.the_bills[3]
    reader.the_bills = tuple(
        replace(first, id=str(n), number=str(n), day=date(2026, 11, 1) - timedelta(days=n)) for n in range(10_000)
    )
    reader.the_payments = ()
    page = show(BillsPage)
    model = page._table.rows
    assert model.rowCount() == 10_000
    page._table.scrollToBottom()
    qtbot.waitUntil(lambda: model.index(9_999, 1).data() == "9999", timeout=20000)
    page.search("9998")
    qtbot.waitUntil(lambda: model.rowCount() == 1, timeout=20000)
    assert page._table.verticalScrollBar().value() == 0
