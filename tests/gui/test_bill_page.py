"""One bill driven as a customer does: why it is different, whether it is right, its PDF, and strange bills."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from selfcare.domain.bills import BillLine, LineKind, PaperRef
from selfcare.domain.money import Money
from selfcare.domain.records import replace
from selfcare.domain.topics import Topic
from selfcare.paper.reader import PaperReader
from selfcare.ui.context import Context
from selfcare.ui.pages.bills import BillsPage
from selfcare.ui.widgets.paper import PaperView
from selfcare.ui.widgets.paper_printing import print_pages
from selfcare.ui.widgets.table import DataTable
from tests.effort import effort
from tests.gui.conftest import buttons, says, texts
from tests.readers import FakeReader
from tests.samples import gbp

Show = Callable[..., Any]
NEWEST, BEFORE = "780123467", "780118204"


def _made(name: str) -> ModuleType:
    """The writers of papers beside the tests of the reader."""
    path = Path(__file__).resolve().parents[1] / "unit" / "paper" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


papers, invoices = _made("paper_documents"), _made("e_invoices")


@pytest.fixture
def paper(context: Context) -> Iterator[PaperReader]:
    """The real reader of PDFs."""
    made = PaperReader(limit=60)
    context.make_paper = lambda: made
    yield made
    made.close()


class Reader(FakeReader):
    """The stand-in with lines of our own."""

    the_bill_lines: dict[str, tuple[BillLine, ...]]

    def bill_lines(self, bill_id: str) -> tuple[BillLine, ...]:
        return self.the_bill_lines.get(bill_id, ())


@pytest.fixture
def reader() -> FakeReader:
    """Claire's account; a test may give its bills other lines."""
    made = Reader()
    made.the_bill_lines = {bill.id: FakeReader.bill_lines(made, bill.id) for bill in made.the_bills}
    return made


def shown(show: Show, qtbot: QtBot, words: str, target: str = NEWEST) -> BillsPage:
    page: BillsPage = show(BillsPage, target)
    qtbot.waitUntil(lambda: says(page, words), timeout=15000)
    return page


def pdf_shown(page: BillsPage, qtbot: QtBot) -> PaperView:
    buttons(page)["PDF"].click()
    view = page._tasks.paper
    assert isinstance(view, PaperView)
    return view


def typeset(text: bytes) -> bytes:
    import typst

    made = typst.compile(text, format="pdf")
    assert isinstance(made, bytes)
    return made


def test_why_and_whether_are_both_answered(show: Show, qtbot: QtBot) -> None:
    page = shown(show, qtbot, "Why is it different from October?")
    assert says(page, "Why is it different from November 2025?")
    assert says(page, "Is it right?")
    assert says(page, "The lines add up exactly.")
    assert {"new use", "gone", "price rise", "right"} <= set(texts(page))
    assert says(page, "before, ")


def test_the_keyboard_goes_to_the_older_and_the_newer_bill(show: Show, qtbot: QtBot) -> None:
    page = shown(show, qtbot, "Bill 780123467")
    page.activateWindow()
    page._table.setFocus()
    qtbot.keyClick(page._table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: says(page, "Bill 780118204 · Saturday 3 October 2026"), timeout=20000)
    qtbot.keyClick(page._table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: says(page, "Bill 780123467"), timeout=20000)
    buttons(page)["↓"].click()
    qtbot.waitUntil(lambda: says(page, "Bill 780118204"), timeout=20000)
    assert page._table.current_key() == BEFORE
    buttons(page)["↑"].click()
    buttons(page)["↑"].click()
    qtbot.waitUntil(lambda: page._table.current_key() == NEWEST, timeout=20000)


def test_the_keyboard_stays_with_the_pdf_from_bill_to_bill_and_why_shows_the_reasons(
    show: Show, reader: FakeReader, paper: PaperReader, qtbot: QtBot
) -> None:
    """While the next PDF opens it does not wander off to another room of the window."""
    kept = [bill for bill in reader.the_bills if bill.papers][:4]
    for bill in kept:
        reader.the_papers[bill.papers[0].id] = papers.words(bill.number.encode())
    page = shown(show, qtbot, "Bill 780123467")
    page.activateWindow()
    view = pdf_shown(page, qtbot)
    qtbot.waitUntil(view._area.isVisible, timeout=20_000)
    view._area.setFocus()
    for bill in kept[1:]:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda bill=bill: bill.number in view._area.accessibleName(), timeout=20_000)
        qtbot.waitUntil(view._area.hasFocus, timeout=20_000)
    page.open_at(kept[0].id)
    qtbot.waitUntil(lambda: not view.isVisible() and page._pane.isVisible(), timeout=20_000)


def test_the_missing_month_is_stepped_over(show: Show, qtbot: QtBot) -> None:
    page = shown(show, qtbot, "Bill 780123467")
    seen = [page._table.current_key()]
    for _ in range(8):
        page._tasks.do("older")
        seen.append(page._table.current_key())
    assert "" not in seen
    assert len(set(seen)) == len(seen)


def test_a_firm_with_thousands_of_bills_a_year_finds_the_one_before_and_that_of_a_year_ago(
    show: Show, reader: Reader, qtbot: QtBot
) -> None:
    base = reader.the_bills[0]
    made = []
    for n in range(1800):
        day = date(2026, 11, 3) - timedelta(days=n // 2)
        made.append(replace(base, id=f"F{n}", number=f"F{n}", day=day, total=gbp(f"{n}.00"), account_id="A", papers=()))
    reader.the_bills = tuple(made)
    reader.the_bill_lines = {}
    page = shown(show, qtbot, "Bill F900", "F900")
    view = page._pane.view
    assert view is not None
    (before, ago) = view.comparisons
    assert before.rows[0].amount in {"£902.00", "£903.00"}
    assert ago.rows[0].amount in {"£1,630.00", "£1,631.00"}


def test_the_e_invoice_of_the_pdf_is_read_and_held_against_the_data(
    show: Show, reader: FakeReader, paper: PaperReader, qtbot: QtBot
) -> None:
    invoice = invoices.Invoice()
    invoice.unit = "GBP"
    bill = replace(reader.the_bills[0], total=gbp(str(invoice.gross)), remaining=None)
    reader.the_bills = (bill, *reader.the_bills[1:])
    reader.the_papers = {f"D-{NEWEST}": papers.attached(("factur-x.xml", invoices.cii(invoice)))}
    shown(show, qtbot, "The e-invoice in the PDF (EN 16931) adds up and says the same.")
    reader.the_bills = (replace(bill, total=gbp("99.99")), *reader.the_bills[1:])
    page = shown(show, qtbot, f"The e-invoice is over £{invoice.gross}; your operator’s data says £99.99.")
    assert "wrong" in texts(page)


def test_where_the_operator_lists_no_lines_the_e_invoices_explain_the_difference(
    show: Show, reader: Reader, paper: PaperReader, qtbot: QtBot
) -> None:
    def pdf(price: str) -> tuple[bytes, Money]:
        invoice = invoices.Invoice([("Plan", "1", price, "20"), ("Box", "1", "5.00", "20")])
        invoice.unit = "GBP"
        return papers.attached(("factur-x.xml", invoices.cii(invoice))), gbp(str(invoice.gross))

    (now, total), (then, was) = pdf("22.00"), pdf("20.00")
    first, second, *others = reader.the_bills
    reader.the_bills = (
        replace(first, total=total, net=None, taxes=()),
        replace(second, total=was, net=None, taxes=()),
        *others,
    )
    reader.the_bill_lines = {}
    reader.the_papers = {f"D-{NEWEST}": now, f"D-{BEFORE}": then}
    page = shown(show, qtbot, "Compared by the e-invoices inside the two PDFs, without tax.")
    assert says(page, "Plan")
    assert "+£2.00" in texts(page)
    assert "+£0.40" in texts(page)


def test_the_pdf_is_searched_on_all_pages_and_its_words_are_copied(
    show: Show, reader: FakeReader, paper: PaperReader, qtbot: QtBot
) -> None:
    text = b"= Bill\nRoaming data one\n#pagebreak()\nnothing\n#pagebreak()\nRoaming again and ROAMING"
    reader.the_papers = {f"D-{NEWEST}": typeset(text)}
    view = pdf_shown(shown(show, qtbot, "Bill 780123467"), qtbot)
    qtbot.waitUntil(lambda: view.pages == 3 and view._area.isVisible(), timeout=15000)
    assert view._sheet.mapTo(view, QPoint()).x() == 0, "the sheet begins where its buttons begin"
    view._find.setText("roaming")
    qtbot.waitUntil(lambda: says(view, "1 of 3") and len(view._sheet._boxes) == 1, timeout=15000)
    with qtbot.waitSignal(view.drawn, timeout=15000):
        qtbot.keyClick(view._find, Qt.Key.Key_Return)
    assert view.page == 2
    qtbot.waitUntil(lambda: len(view._sheet._boxes) == 2, timeout=15000)
    with qtbot.waitSignal(view.drawn, timeout=15000):
        qtbot.keyClick(view._find, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert view.page == 0
    with qtbot.waitSignal(view.copied, timeout=15000):
        view.copy()
    assert "Roaming data one" in QGuiApplication.clipboard().text()
    box = view._sheet._boxes[0]
    place = view._sheet.place_of(box).adjusted(-2, -4, 2, 4)
    drag(view, place.topLeft(), place.bottomRight())
    with qtbot.waitSignal(view.copied, timeout=15000):
        qtbot.keyClick(view._area, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().strip() == "Roaming"
    view._find.setText("no such word")
    qtbot.waitUntil(lambda: says(view, "nothing found"), timeout=15000)


def drag(view: PaperView, start: QPointF, end: QPointF) -> None:
    """Draw a frame on the page with the mouse."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(view._sheet, left, none, start.toPoint())
    move = QMouseEvent(QMouseEvent.Type.MouseMove, end, view._sheet.mapToGlobal(end), left, left, none)
    QGuiApplication.sendEvent(view._sheet, move)
    QTest.mouseRelease(view._sheet, left, none, end.toPoint())


def test_a_pdf_gets_the_room_and_the_why_is_not_pushed_away_by_buttons(
    show: Show, reader: FakeReader, paper: PaperReader, qtbot: QtBot
) -> None:
    reader.the_papers = {f"D-{NEWEST}": papers.words(b"one")}
    page = shown(show, qtbot, "Bill 780123467")
    page.resize(1200, 800)
    at = {name: button.mapTo(page._pane, button.rect().topLeft()).y() for name, button in buttons(page._pane).items()}
    assert abs(at["Dispute it"] - at["What about the debit?"]) < 40
    why = next(one for one in page._pane.findChildren(QLabel) if one.text().startswith("Why is it different"))
    assert at["Judge an offered plan"] > why.mapTo(page._pane, why.rect().topLeft()).y()
    listed = page._left.width()
    assert listed > page._right.width()
    view = pdf_shown(page, qtbot)
    qtbot.waitUntil(lambda: view.width() > 1.4 * page._left.width(), timeout=20_000)
    page._tasks.leave_paper()
    qtbot.waitUntil(lambda: page._left.width() == listed, timeout=20_000)


def test_the_paper_that_is_looked_at_stays_when_the_page_reads_again(
    show: Show, reader: FakeReader, paper: PaperReader, qtbot: QtBot
) -> None:
    newest, other = reader.the_bills[0], PaperRef("D-other", "Other version.pdf")
    reader.the_bills = (replace(newest, papers=(*newest.papers, other)), *reader.the_bills[1:])
    reader.the_papers = {f"D-{NEWEST}": papers.words(b"one"), "D-other": papers.words(b"two")}
    page = shown(show, qtbot, "Bill 780123467")
    buttons(page)["Other version.pdf"].click()
    fetching = page._tasks._fetching
    assert fetching is not None
    qtbot.waitUntil(lambda: fetching.pdf == reader.the_papers["D-other"], timeout=20_000)
    page.changed(frozenset({Topic.BILLS}))
    assert page._tasks.bill is not None
    assert page._tasks.same_paper(page._tasks.bill) == "D-other"
    with qtbot.waitSignal(page.found):
        page.enter()
    qtbot.wait(50)
    assert fetching.paper_id == "D-other"


def test_the_pdf_is_sharp_at_any_size(show: Show, reader: FakeReader, paper: PaperReader, qtbot: QtBot) -> None:
    reader.the_papers = {f"D-{NEWEST}": papers.page(b"0 g 50 0 0.2 600 re f", b"", b"0 0 200 600")}
    view = pdf_shown(shown(show, qtbot, "Bill 780123467"), qtbot)
    qtbot.waitUntil(lambda: view._area.isVisible(), timeout=15000)
    for _ in range(8):
        view.zoom(1)
    qtbot.waitUntil(lambda: view._sheet.width() > 2000 and view._asked_wide > 0, timeout=15000)
    with qtbot.waitSignal(view.sharpened, timeout=15000):
        view._area.horizontalScrollBar().setValue(round(view._sheet.width() * 0.25) - 100)
    seen = view._sheet.grab(view._sheet.visibleRegion().boundingRect()).toImage()
    row = [seen.pixelColor(x, seen.height() // 2).lightness() for x in range(seen.width())]
    dark = [x for x, light in enumerate(row) if light < 128]
    assert dark
    edges = sum(1 for light in row if 20 < light < 235)
    assert edges <= 4


def test_pages_that_cannot_be_shown_are_named(show: Show, reader: FakeReader, paper: PaperReader, qtbot: QtBot) -> None:
    reader.the_papers = {f"D-{NEWEST}": papers.many_pages(1350)}
    view = pdf_shown(shown(show, qtbot, "Bill 780123467"), qtbot)
    qtbot.waitUntil(lambda: view._area.isVisible(), timeout=15000)
    view.turn(4)
    qtbot.waitUntil(lambda: view._bar.count.text() == "5 of the first 200 of 1,350", timeout=15000)
    assert "Save it to open it whole" in view._bar.count.accessibleDescription()
    assert view._bar.count.toolTip() == view._bar.count.accessibleDescription()


def test_a_locked_pdf_asks_for_its_password_and_keeps_nothing(
    show: Show, reader: FakeReader, paper: PaperReader, qtbot: QtBot
) -> None:
    reader.the_papers = {f"D-{NEWEST}": papers.encrypted(b"Total due 312.48", b"open sesame")}
    page = shown(show, qtbot, "Bill 780123467")
    qtbot.waitUntil(lambda: says(page, "This PDF asks for a password"), timeout=15000)
    view = pdf_shown(page, qtbot)
    qtbot.waitUntil(lambda: view._lock.isVisible(), timeout=15000)
    view._lock.field.setText("wrong")
    qtbot.keyClick(view._lock.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: says(view, "That was not the password of this PDF."), timeout=15000)
    assert view._lock.field.text() == ""
    view._lock.field.setText("open sesame")
    view._lock.button.click()
    qtbot.waitUntil(lambda: view._area.isVisible(), timeout=15000)
    assert view._lock.field.text() == ""
    assert not view._lock.isVisible()
    page.go_back()
    qtbot.waitUntil(lambda: says(page, "The total is printed on the PDF as well."), timeout=15000)


def test_a_pdf_is_printed_page_by_page(paper: PaperReader, qapp: object, tmp_path: Path) -> None:
    pdf = typeset(b"One\n#pagebreak()\nTwo\n#pagebreak()\nThree")
    for pages, chosen in (((0, 0), 3), ((2, 2), 1)):
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        printer.setFromTo(*pages)
        assert print_pages(paper, pdf, 3, printer) == chosen
        assert paper.pages((tmp_path / "printed.pdf").read_bytes()) == chosen


def test_five_thousand_lines_are_shown_quickly_and_add_up(show: Show, reader: Reader, qtbot: QtBot) -> None:
    many = tuple(
        BillLine(f"n{n}", NEWEST, f"Call {n} to {n * 7919 % 100}", LineKind.USAGE, "usageCharge", gbp("0.07"), None)
        for n in range(5000)
    )
    reader.the_bill_lines[NEWEST] = many
    reader.the_bills = (replace(reader.the_bills[0], total=gbp("350.00")), *reader.the_bills[1:])
    page = shown(show, qtbot, "The lines add up exactly.")
    table = page._pane.findChild(DataTable)
    assert table is not None
    assert table.rows.rowCount() == 5000
    assert "£350.00" in texts(page)
    assert effort(lambda: page._pane.show_bill(page._pane.view)) < 8 * 5000, "a few calls a line"
    assert effort(page._pane.grab) < 5000, "only what is seen is painted"


@pytest.mark.parametrize("total", ["-15.00", "0.00", None], ids=["credit", "nothing", "no number"])
def test_strange_totals_are_said(show: Show, reader: Reader, qtbot: QtBot, total: str | None) -> None:
    amount = gbp(total) if total is not None else None
    reader.the_bills = (replace(reader.the_bills[0], total=amount, remaining=None), *reader.the_bills[1:])
    reader.the_bill_lines[NEWEST] = ()
    words = {
        "-15.00": "Your operator owes you this amount.",
        "0.00": "Your operator lists no lines, so the sum cannot be checked.",
        None: "Your operator states no total that can be read, so the sum cannot be checked.",
    }[total]
    shown(show, qtbot, words)


def test_two_currencies_are_said_and_not_added(show: Show, reader: Reader, qtbot: QtBot) -> None:
    euro = Money(Decimal("12.00"), "EUR")
    one = reader.the_bill_lines[NEWEST][0]
    reader.the_bill_lines[NEWEST] = (*reader.the_bill_lines[NEWEST], replace(one, id="e", name="Rome", gross=euro))
    page = shown(show, qtbot, "The lines are in more than one currency, so the sum cannot be checked.")
    qtbot.waitUntil(lambda: says(page, "€12.00"), timeout=20000)
