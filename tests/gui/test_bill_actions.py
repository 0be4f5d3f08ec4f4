"""What can be done about a bill on the screen: dispute charges, judge a plan, prove a payment, look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QApplication, QListWidget, QTableView
from pytestqt.qtbot import QtBot

from selfcare.domain.commands import OpenTicket
from selfcare.paper.reader import PaperReader
from selfcare.ui.context import Context
from selfcare.ui.pages import evidence
from selfcare.ui.pages.bill_disputing import DisputeDialog
from selfcare.ui.pages.bill_offer import OfferDialog
from selfcare.ui.pages.bill_pictures import PicturesDialog
from selfcare.ui.pages.bill_proof import ANSWER, ProofDialog
from selfcare.ui.pages.bills import BillsPage
from selfcare.ui.theme import TEXT, font
from selfcare.ui.widgets.rows_chart import RowsPanel
from selfcare.viewmodel.bills import UNUSUAL
from tests import samples
from tests.gui.conftest import buttons, says
from tests.gui.desk import check_reachable
from tests.readers import FakeReader
from tests.shots.wholeness import unreadable

Show = Callable[..., Any]
NEWEST, BEFORE = "780123467", "780118204"


@pytest.fixture
def paper(context: Context) -> Iterator[PaperReader]:
    made = PaperReader()
    context.make_paper = lambda: made
    yield made
    made.close()


@pytest.fixture
def page(show: Show, qtbot: QtBot) -> BillsPage:
    made: BillsPage = show(BillsPage)
    qtbot.waitUntil(lambda: says(made, "Why is it different from October?"), timeout=20000)
    return made


def dialog(page: BillsPage, kind: type, qtbot: QtBot) -> Any:
    qtbot.waitUntil(lambda: isinstance(page._tasks.dialog, kind), timeout=20000)
    return page._tasks.dialog


def test_the_page_says_what_is_strange(page: BillsPage) -> None:
    assert says(page, "“Roaming data, outside EU, 12–14 Oct”: £272.49; you never paid anything like it.")


def test_charges_and_files_go_along_with_a_dispute(page: BillsPage, qtbot: QtBot, tmp_path: Path) -> None:
    asked: list[Any] = []
    page.submitted.connect(asked.append)
    buttons(page)["Dispute it"].click()
    asking = dialog(page, DisputeDialog, qtbot)
    check_reachable(asking)
    assert says(asking, "Disputed: £272.49 with £45.41 of tax in it. Not disputed: £39.99.")
    asking.text.appendPlainText("Thank you, Claire")
    charges = asking.findChild(QListWidget)
    charges.setFocus()
    charges.setCurrentRow(1)
    qtbot.keyClick(charges, Qt.Key.Key_Space)
    assert not says(asking, "Disputed: £272.49")
    assert asking.amount.text() in asking.text.toPlainText(), "the text follows the charges"
    assert asking.text.toPlainText().endswith("Thank you, Claire")
    assert not asking.unsaid.isVisible()
    whole = asking.text.toPlainText()
    asking.text.setPlainText("I do not owe the £272.49.")
    assert asking.unsaid.isVisible()
    asking.text.setPlainText(whole)
    assert not asking.unsaid.isVisible()
    file = tmp_path / "chat <b>.txt"
    file.write_bytes(b"Marc: the pass works everywhere")
    asking.evidence.attach(file)
    qtbot.waitUntil(lambda: says(asking, "Goes along: chat <b>.txt."), timeout=20000)
    asking.confirm_button.click()
    assert isinstance(asked[0], OpenTicket)
    assert asked[0].files[0].content == b"Marc: the pass works everywhere"
    assert len([ref for ref in asked[0].about if ref.role == "disputedCharge"]) == 2


def test_a_file_that_is_too_large_or_gone_is_told(
    page: BillsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "LARGEST", 10)
    buttons(page)["Dispute it"].click()
    asking = dialog(page, DisputeDialog, qtbot)
    file = tmp_path / "scan.pdf"
    file.write_bytes(b"x" * 11)
    asking.evidence.attach(file)
    qtbot.waitUntil(lambda: says(asking, "“scan.pdf” does not go along"), timeout=20000)
    asking.evidence.attach(tmp_path / "nothing.pdf")
    qtbot.waitUntil(lambda: says(asking, "This file could not be read."), timeout=20000)
    assert asking.evidence.files == []


def test_a_plan_of_forty_years_is_judged_and_answered(page: BillsPage, qtbot: QtBot) -> None:
    asked: list[Any] = []
    page.submitted.connect(asked.append)
    buttons(page)["Judge an offered plan"].click()
    judging = dialog(page, OfferDialog, qtbot)
    check_reachable(judging)
    fields = (judging.payments, judging.each, judging.first, judging.fee)
    assert len({field.height() for field in fields}) == 1
    assert len({(field.x(), field.width()) for field in fields}) == 2, "two columns"
    assert not judging.text.toPlainText(), "nobody offered twelve payments"
    judging.text.setPlainText("No, thank you.")
    assert not judging.confirm_button.isEnabled()
    judging.text.clear()
    judging.payments.setValue(480)
    qtbot.waitUntil(lambda: says(judging, "it is a debt for 40 years"), timeout=20000)
    judging.each.setText("1,00")
    qtbot.waitUntil(lambda: says(judging, "It costs £167.52 more than you owe."), timeout=20000)
    for typed in ("nothing, really", "1e3", "-5"):
        judging.each.setText(typed)
        assert not judging.confirm_button.isEnabled()
        qtbot.waitUntil(lambda: says(judging, "Type the amount of a payment like"), timeout=20000)
    judging.each.setText("1,000")
    qtbot.waitUntil(lambda: says(judging, "480 × £1,000.00"), timeout=20000)
    judging.each.setText("")
    judging.fee.setText("-7")
    qtbot.waitUntil(lambda: says(judging, "Type the fee like"), timeout=20000)
    judging.fee.setText("")
    judging.payments.setValue(judging.payments.maximum())
    for year in (2020, 9990):
        judging.first.setDate(QDate(year, 1, 2))
        assert judging.view is not None
        assert abs(judging.first.date().year() - samples.TODAY.year) <= 10, "no plan begins then"
    judging.payments.setValue(3)
    judging.confirm_button.click()
    assert asked[0].ticket_type == "paymentArrangement"
    assert "in 3 payments of £104.16" in asked[0].text


def test_a_payment_is_proved_and_a_reminder_answered(
    show: Show, paper: PaperReader, qtbot: QtBot, tmp_path: Path
) -> None:
    page = show(BillsPage, BEFORE)
    qtbot.waitUntil(lambda: "Proof of payment" in buttons(page), timeout=20000)
    buttons(page)["Proof of payment"].click()
    proving = dialog(page, ProofDialog, qtbot)
    assert says(proving, "is settled")
    qtbot.waitUntil(lambda: proving.save_button.isEnabled(), timeout=20000)
    first = proving.pdf
    proving.kind.setCurrentIndex(proving.kind.findData(ANSWER))
    assert proving.day.text() == "not stated", "the day of a reminder is nobody's guess"
    qtbot.waitUntil(lambda: says(proving, "To be written in by hand: "), timeout=20000)
    proving.day.stepBy(1)
    assert proving.day.date().toPython() == samples.TODAY
    proving.reference.setText("M-77")
    qtbot.waitUntil(lambda: proving.save_button.isEnabled() and proving.pdf != first, timeout=20000)
    proving.reject()


def test_large_text_puts_the_proof_below_what_is_asked(
    show: Show, paper: PaperReader, qtbot: QtBot, qapp: QApplication
) -> None:
    usual = qapp.font()
    qapp.setProperty("textScale", 2.0)
    qapp.setFont(font(TEXT))
    try:
        page = show(BillsPage, BEFORE)
        page._tasks.do("proof")
        proving = dialog(page, ProofDialog, qtbot)
        qtbot.waitUntil(lambda: proving.save_button.isEnabled(), timeout=20000)
        assert proving.width() <= proving.screen().availableGeometry().width()
        assert proving.view is not None
        assert proving.view.mapTo(proving, QPoint(0, 0)).y() >= proving.save_button.mapTo(proving, QPoint(0, 0)).y()
        assert unreadable(proving) == []
        proving.reject()
    finally:
        qapp.setProperty("textScale", 1.0)
        qapp.setFont(usual)


def test_a_bill_that_nobody_paid_proves_nothing(show: Show, reader: FakeReader, qtbot: QtBot) -> None:
    page = show(BillsPage, NEWEST)
    qtbot.waitUntil(lambda: "Dispute it" in buttons(page), timeout=20000)
    assert "Proof of payment" not in buttons(page)
    page._tasks.do("proof")
    proving = dialog(page, ProofDialog, qtbot)
    assert says(proving, "No payment of bill 780123467 is known here")
    assert not proving.save_button.isVisible()
    proving.reject()


def test_the_pictures_are_tables_too(page: BillsPage, qtbot: QtBot) -> None:
    buttons(page)["More pictures"].click()
    pictures = dialog(page, PicturesDialog, qtbot)
    check_reachable(pictures)
    panel = pictures.findChildren(RowsPanel)[0]
    panel.chart.setFocus()
    qtbot.keyClick(panel.chart, Qt.Key.Key_Down)
    assert "This bill against the last. Every month. November 2026, £39.99" in panel.chart.accessibleName()
    buttons(panel)["Show as a table"].click()
    table = panel.findChild(QTableView)
    assert table.isVisible()
    shown = [[str(table.model().index(r, c).data()) for c in range(3)] for r in range(table.model().rowCount())]
    assert ["Together", "£312.48", "£41.99"] in shown
    pictures.reject()


def test_the_list_shows_only_what_is_strange(page: BillsPage, qtbot: QtBot) -> None:
    states = page._filters.states
    states.setCurrentIndex(states.findData(UNUSUAL))
    states.activated.emit(states.currentIndex())
    qtbot.waitUntil(lambda: page._table.rows.rowCount() == 1, timeout=20000)
    assert page._table.rows.index(0, 1).data() == NEWEST


def test_a_bill_that_should_have_come_is_missed_on_home(show: Show, reader: FakeReader, qtbot: QtBot) -> None:
    from selfcare.ui.pages.home import HomePage

    reader.the_bills = tuple(b for b in reader.the_bills if b.id != NEWEST)
    page = show(HomePage)
    qtbot.waitUntil(lambda: says(page, "No bill was written in November 2026."), timeout=20000)


def test_an_answer_with_no_break_spaces_still_follows_the_figures(show: Show, context: Context, qtbot: QtBot) -> None:
    from tests import samples

    context.words = samples.words("fr")
    page = show(BillsPage, NEWEST)
    qtbot.waitUntil(lambda: "Évaluer un échéancier proposé" in buttons(page), timeout=20000)
    buttons(page)["Évaluer un échéancier proposé"].click()
    judging = dialog(page, OfferDialog, qtbot)
    judging.payments.lineEdit().selectAll()
    qtbot.keyClicks(judging.payments.lineEdit(), "12")
    assert "12 versements" in judging.text.toPlainText(), "twelve that were typed were offered"
    judging.payments.setValue(480)
    assert "480 versements" in judging.text.toPlainText()
    judging.text.setPlainText("Non.")
    judging.payments.setValue(6)
    assert judging.text.toPlainText() == "Non."
