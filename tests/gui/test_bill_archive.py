"""The customer's own bills on the page of bills: dropped, taken in, filed by hand, exported; and an operator's page."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from selfcare.account.archive import archive_profile
from selfcare.account.session import Session, open_session
from selfcare.domain.found_bill import FoundBill
from selfcare.ui.context import Context
from selfcare.ui.pages.bill_filing import FilingDialog
from selfcare.ui.pages.bill_intake import IntakeDialog
from selfcare.ui.pages.bill_naming import NamingDialog
from selfcare.ui.pages.bills import BillsPage
from selfcare.ui.pages.farewell import FarewellDialog
from selfcare.ui.pages.welcome import WelcomePage
from selfcare.viewmodel.welcome import KeyChoice
from tests import samples
from tests.bill_pdfs import bill_pdf
from tests.gui.desk import Desk, button, check_reachable, press, words_on
from tests.pack_reading import check_whole, files_of, table

BILL = ("Invoice number N-0001", "Invoice date 3 November 2025", "Total due 41.99 EUR")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault", bytes(32), archive_profile("My bills", "GB"), now=lambda: samples.NOW)
    yield opened
    opened.close()


@pytest.fixture
def desk(qtbot: QtBot, session: Session) -> Iterator[Desk]:
    assert session  # is closed after the lanes that use it
    made_desk = Desk(qtbot)
    yield made_desk
    made_desk.close()


@pytest.fixture
def context(desk: Desk, session: Session) -> Context:
    context = desk.context()
    context.session = session
    return context


@pytest.fixture
def page(desk: Desk, context: Context) -> BillsPage:
    page = BillsPage(context)
    desk.bot.addWidget(page)
    page.resize(1144, 792)
    page.show()
    with desk.bot.waitSignal(page.found):
        page.enter()
    return page


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    (folder / "bill.pdf").write_bytes(bill_pdf(*BILL))
    (folder / "letter.pdf").write_bytes(bill_pdf("Dear customer of Ruritania"))
    (folder / "none.pdf").write_bytes(b"hello")
    (folder / "photo.jpg").write_bytes(b"x")
    return folder


def taken_in(desk: Desk, page: BillsPage) -> None:
    desk.bot.waitUntil(lambda: page.archive.dialog is not None and not page.archive.dialog.is_busy, timeout=60_000)


def numbers(page: BillsPage) -> set[str]:
    rows = page._table.rows
    return {str(rows.index(n, 1).data()) for n in range(rows.rowCount())}


def test_an_empty_archive_says_how_bills_come_in(page: BillsPage) -> None:
    shown = words_on(page)
    assert "No bill yet" in shown
    assert "Drop PDF files or a folder on this page" in shown
    check_reachable(page)


def test_a_folder_that_is_dropped_becomes_bills(desk: Desk, page: BillsPage, place: Path) -> None:
    facts = QMimeData()
    facts.setUrls([QUrl.fromLocalFile(str(place))])
    left, nothing = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, facts, left, nothing)
    QApplication.sendEvent(page, over)
    assert over.isAccepted()
    QApplication.sendEvent(page, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, facts, left, nothing))
    dialog = page.archive.dialog
    assert dialog is not None
    taken_in(desk, page)
    shown = words_on(dialog)
    for said in ("1 bill was added.", "file it by hand", "1 could not be read.", "1 other file was left alone."):
        assert said in shown, said
    check_reachable(dialog)
    desk.bot.waitUntil(lambda: numbers(page) == {"N-0001", "letter.pdf"})
    press(desk.bot, button(dialog, "Close"))
    desk.bot.waitUntil(lambda: page.archive.dialog is None)


def test_of_the_first_bills_the_newest_is_shown_and_not_the_one_that_came_first(
    desk: Desk, page: BillsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("selfcare.account.intake.AT_ONCE", 1)
    monkeypatch.setattr("selfcare.ui.pages.bill_intake.SHOWN_EVERY", 0)
    folder = tmp_path / "years"
    folder.mkdir()
    for year in (2020, 2022, 2025):
        lines = (f"Invoice number N-{year}", f"Invoice date 3 November {year}", "Total due 41.99 EUR")
        (folder / f"{abs(year - 2020)}.pdf").write_bytes(bill_pdf(*lines))
    page.archive.take_in([str(folder)])
    taken_in(desk, page)
    desk.bot.waitUntil(lambda: len(numbers(page)) == 3)
    desk.bot.waitUntil(lambda: "N-2025" in words_on(page._pane))


def test_stopped_it_says_so_and_can_be_closed(desk: Desk, page: BillsPage, place: Path) -> None:
    page.archive.take_in([str(place)])
    dialog = page.archive.dialog
    assert dialog is not None
    dialog.reject()
    desk.bot.waitUntil(lambda: "Stopped. What had been taken in by then is kept." in words_on(dialog))
    dialog.reject()
    desk.bot.waitUntil(lambda: page.archive.dialog is None)


def test_a_locked_pdf_asks_for_its_password(desk: Desk, page: BillsPage, tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(bill_pdf(*BILL, password=b"sesame"))
    page.archive.take_in([str(path)])
    taken_in(desk, page)
    dialog = page.archive.dialog
    assert dialog is not None
    assert dialog.password.isVisible()
    dialog.password.setText("wrong")
    press(desk.bot, button(dialog, "Open them with this password"))
    desk.bot.waitUntil(lambda: not dialog.is_busy, timeout=60_000)
    assert dialog.password.isVisible()
    assert dialog.password.text() == ""
    assert dialog.wrong.isVisible()
    assert "The password is wrong" in dialog.wrong.text()
    dialog.password.setText("sesame")
    press(desk.bot, button(dialog, "Open them with this password"))
    desk.bot.waitUntil(lambda: not dialog.is_busy, timeout=60_000)
    assert "1 bill was added." in words_on(dialog)
    assert not dialog.password.isVisible()
    assert not dialog.wrong.isVisible()
    desk.bot.waitUntil(lambda: room_left(dialog) < 24, timeout=20_000)
    dialog.reject()


def room_left(dialog: IntakeDialog) -> int:
    """Pixels below the last thing said."""
    inside = dialog._inside
    return dialog._scroll.viewport().height() - inside.heightForWidth(inside.width())


def test_many_bills_of_one_operator_are_named_at_once_and_then_judged(
    desk: Desk, page: BillsPage, session: Session, tmp_path: Path
) -> None:
    folder = tmp_path / "years"
    folder.mkdir()
    for month in range(1, 13):
        total = "419.99" if month == 12 else "19.99"
        lines = ("Orvane", f"Invoice number N-20{month:02}", f"Invoice date 3/{month}/2025", f"Total due {total} EUR")
        (folder / f"{month:02}.pdf").write_bytes(bill_pdf(*lines))
    (folder / "other.pdf").write_bytes(bill_pdf("Sombra", *BILL))
    page.archive.take_in([str(folder)])
    taken_in(desk, page)
    intake = page.archive.dialog
    assert intake is not None
    desk.bot.waitUntil(intake.name_button.isVisible)
    assert "13 bills name no operator" in words_on(intake)
    press(desk.bot, button(intake, "Say whose bills these are…"))
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, NamingDialog) and w.isVisible())
    check_reachable(dialog)
    assert not dialog.confirm_button.isEnabled()
    dialog.operator.setText("orvane")
    desk.bot.waitUntil(lambda: "12 bills on which" in dialog.which.currentText(), timeout=20_000)
    dialog.operator.setText("Orvane")
    desk.bot.waitUntil(dialog.confirm_button.isEnabled, timeout=20_000)
    press(desk.bot, button(dialog, "They are of this operator"))
    desk.bot.waitUntil(lambda: "1 bill names no operator" in words_on(intake), timeout=20_000)
    (folder / "next.pdf").write_bytes(
        bill_pdf("Orvane", "Invoice number N-3001", "Invoice date 3/1/2026", "Total due 19.99 EUR")
    )
    page.context.now = lambda: samples.NOW + timedelta(days=30)
    intake.begin([folder / "next.pdf"])
    desk.bot.waitUntil(lambda: "2 bills name no operator" in words_on(intake), timeout=60_000)
    press(desk.bot, button(intake, "Say whose bills these are…"))
    again = next(w for w in QApplication.topLevelWidgets() if isinstance(w, NamingDialog) and w.isVisible())
    assert again.operator.text() == "Orvane", "the next bill of the same operator takes one click"
    desk.bot.waitUntil(lambda: "1 bill on which" in again.which.currentText(), timeout=20_000)
    again.reject()
    intake.reject()
    page.open_at(next(bill.id for bill in session.reader.bills() if bill.number == "N-2012"))
    desk.bot.waitUntil(lambda: "N-2012" in words_on(page._pane), timeout=20_000)
    desk.bot.waitUntil(lambda: "€400.00 more than you usually pay" in words_on(page._pane), timeout=20_000)


def test_another_version_of_a_bill_is_shown_beside_it(desk: Desk, page: BillsPage, place: Path) -> None:
    (place / "copy of it.pdf").write_bytes(bill_pdf(*BILL, "Duplicate"))
    page.archive.take_in([str(place / "bill.pdf"), str(place / "copy of it.pdf")])
    taken_in(desk, page)
    assert page.archive.dialog is not None
    assert "other content: it is kept with it" in words_on(page.archive.dialog)
    page.archive.dialog.reject()
    desk.bot.waitUntil(lambda: "Other versions of it are kept" in words_on(page._pane), timeout=20_000)
    papers = page._pane.view.papers if page._pane.view is not None else ()
    with desk.bot.waitSignal(page._pane.wanted) as wanted:
        press(desk.bot, button(page._pane, "copy of it.pdf"))
    assert wanted.args == [f"paper/{papers[1].id}"]


def test_an_archive_is_chosen_and_its_locked_files_ask_for_their_password(
    desk: Desk, page: BillsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.selfcare"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("pdf/bills/2025/one.pdf", bill_pdf(*BILL))
        made.writestr("pdf/bills/2025/locked.pdf", bill_pdf(*BILL[1:], "Total due 12.00 EUR", password=b"sesame"))
        made.writestr("index.html", "<p>")
    kinds: list[str] = []

    def choose(*asked: str) -> tuple[list[str], str]:
        kinds.append(asked[-1])
        return [str(path)], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    press(desk.bot, button(page, "Add bills…"))
    taken_in(desk, page)
    assert "*.selfcare" in kinds[0]
    assert "*.zip" in kinds[0]
    dialog = page.archive.dialog
    assert dialog is not None
    for said in ("1 bill was added.", "1 needs a password.", "1 other file was left alone."):
        assert said in words_on(dialog), said
    assert dialog.table.rows.index(0, 0).data() == "mine.selfcare/pdf/bills/2025/locked.pdf"
    dialog.password.setText("sesame")
    press(desk.bot, button(dialog, "Open them with this password"))
    desk.bot.waitUntil(lambda: not dialog.is_busy, timeout=60_000)
    assert "needs a password" not in words_on(dialog)
    assert not dialog.password.isVisible()
    dialog.reject()


def test_filed_by_hand(desk: Desk, page: BillsPage, place: Path) -> None:
    page.archive.take_in([str(place / "letter.pdf")])
    taken_in(desk, page)
    assert page.archive.dialog is not None
    page.archive.dialog.reject()
    desk.bot.waitUntil(lambda: page.archive.file_button.isVisible())
    desk.bot.waitUntil(lambda: "to be filed" in words_on(page))
    assert "Dispute it" not in words_on(page)
    press(desk.bot, button(page, "File by hand…"))
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, FilingDialog) and w.isVisible())
    for field, wrong, said in (
        ("number", "", "Type the number"), ("day", "31 April 2025", "Type the date"),
        ("day", "1/1/2100", "Type the date"),
        ("amount", "much", "Type the total"), ("unit", "€", "Type the currency"),
    ):  # fmt: skip
        fill(dialog, **{field: wrong})
        press(desk.bot, button(dialog, "File it"))
        assert said in words_on(dialog)
    fill(dialog)
    press(desk.bot, button(dialog, "File it"))
    desk.bot.waitUntil(lambda: numbers(page) == {"77"})
    desk.bot.waitUntil(lambda: "€45,923.61" in words_on(page))


def fill(dialog: FilingDialog, **typed: str) -> None:
    right = {"number": "77", "day": "3 Nov 2025", "amount": "45 923,61", "unit": "eur", "operator": "Ruritania Telecom"}
    for key, text in (right | typed).items():
        dialog.fields[key].setText(text)


def test_the_fields_hold_what_could_be_read(desk: Desk) -> None:
    found = FoundBill("N-1", date(2025, 11, 3), operator="Ruritania")
    dialog = FilingDialog(None, samples.words(), found, "EUR", samples.TODAY)
    desk.bot.addWidget(dialog)
    assert [dialog.fields[k].text() for k in ("number", "day", "amount", "unit", "operator")] == [
        "N-1", "2025-11-03", "", "EUR", "Ruritania",
    ]  # fmt: skip


def test_exported_from_the_page(
    desk: Desk, page: BillsPage, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.archive.take_in([str(place / "bill.pdf")])
    taken_in(desk, page)
    assert page.archive.dialog is not None
    page.archive.dialog.reject()
    target = tmp_path / "out"
    target.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))
    desk.bot.waitUntil(page.archive.export_button.isEnabled, timeout=20_000)
    press(desk.bot, button(page, "Export bills…"))

    def dialogs() -> list[FarewellDialog]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, FarewellDialog) and w.isVisible()]

    desk.bot.waitUntil(lambda: bool(dialogs()))
    dialog = dialogs()[0]
    assert dialog.since is not None
    assert [dialog.since.itemText(n) for n in range(dialog.since.count())] == ["all bills", "since 2025"]
    check_reachable(dialog)
    press(desk.bot, button(dialog, "Choose the place…"))
    desk.bot.waitUntil(lambda: dialog.target is not None, timeout=20_000)
    assert dialog.target is not None
    files = files_of(dialog.target)
    check_whole(files)
    assert [row["number"] for row in table(files, "bills")] == ["N-0001"]
    dialog.reject()


def test_nothing_is_added_to_an_operators_bills(desk: Desk, place: Path) -> None:
    page = desk.page(BillsPage)
    assert not page.archive.files_button.isVisible()
    page.archive.take_in([str(place)])
    assert "These are the bills of your operator" in words_on(page)
    assert page.archive.dialog is None


def test_the_first_page_leads_to_an_archive(desk: Desk, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = desk.context()
    context.session = None
    page = WelcomePage(context)
    desk.bot.addWidget(page)
    page.show()
    wanted: list[tuple[KeyChoice, str]] = []
    page.archive_wanted.connect(lambda key, folder: wanted.append((key, folder)))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(place))
    button(page, "Open my bills from a folder…").click()
    assert [(key.place, folder) for key, folder in wanted] == [("keyring", str(place))]
