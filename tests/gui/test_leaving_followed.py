"""The tracker after the end: the box needs its receipt, the final bill's findings are said, the gap is counted."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QDate, QDateTime
from PySide6.QtWidgets import QDateTimeEdit, QFileDialog, QLineEdit, QWidget

from selfcare.domain.bills import Bill, BillLine, BillState, LineKind
from selfcare.domain.lines import Access, SimLock
from selfcare.domain.options import PaperState
from selfcare.domain.payments import Payment, PaymentState
from selfcare.leaving.drafts import DRAFT_KEY, Plans, plans_to_bytes
from selfcare.leaving.mishaps import spell_key
from selfcare.leaving.wizard import Answers, Screen
from selfcare.ui.pages.leaving import LeavingPage
from tests import samples
from tests.gui.conftest import says
from tests.gui.test_leaving_page import Desk, open_page, part, press
from tests.readers import FakeReader

END = date(2026, 11, 10)
FINAL = Bill(
    "B-L", "780199001", date(2026, 11, 12), date(2026, 11, 26), samples.gbp("30.00"), samples.gbp("30.00"),
    BillState.SENT, "sent", "A-1001", "last",
)  # fmt: skip
RENT = BillLine(
    "L-1", "B-L", "Orvane 20 GB", LineKind.RECURRING, "recurringCharge", samples.gbp("30.00"), None,
    product_id="PR-1", starts=date(2026, 11, 1), ends=date(2026, 11, 30),
)  # fmt: skip


class Ended(FakeReader):
    """A reader at whose operator the first line has ended, with a final bill that charges all of the month."""

    def bill_lines(self, bill_id: str) -> tuple[BillLine, ...]:
        return (RENT,) if bill_id == "B-L" else ()


def ended_desk(*, access: Access = Access.MOBILE, ends: date | None = END) -> Desk:
    """A desk at which the line has ended; without `ends` it is planned to end in five days."""
    first, *others = samples.lines()
    assert first.handset is not None
    open_handset = replace(first.handset, lock=SimLock.UNLOCKED)
    line = replace(first, access=access, handset=open_handset, account_id="A-1001")
    if ends is not None:
        line = replace(line, on_paper=PaperState.TERMINATED, ends=ends)
    bills = (FINAL, *samples.bills()) if ends is not None else samples.bills()
    at = Desk(Ended(the_lines=(line, *others), the_bills=bills))
    day = ends or date(2026, 11, 26)
    answers = Answers(
        "PR-1", True, day=day, confirmed=datetime(2026, 11, 2, tzinfo=UTC), handed_over=day - timedelta(days=1),
        at=Screen.TRACKER,
    )  # fmt: skip
    at.kept[DRAFT_KEY] = plans_to_bytes(Plans().with_answers(answers))
    return at


def said(qtbot: Any, page: LeavingPage, words: str) -> None:
    """The page says this, as soon as it has been drawn."""
    qtbot.waitUntil(lambda: says(page, words))


def answers(page: LeavingPage) -> Answers:
    assert page.answers is not None
    return page.answers


def test_the_final_bill_is_checked_on_the_page(qtbot: Any) -> None:
    page = open_page(qtbot, ended_desk())
    said(qtbot, page, "Check of the final bill")
    said(qtbot, page, "£20.00 to ask back:")
    said(qtbot, page, "Rent after the end: £20.00 too much, 20 days.")
    part(page, "rules").click()
    said(qtbot, page, "UK-SW-13 · Check of the final bill")
    press(page, "act:Write about the final bill")
    dialog = page.papers.dialog
    assert dialog is not None
    assert dialog.kind.value == "finalBill"
    dialog.reject()
    press(page, "tick:settled:bill:B-L")
    assert answers(page).settled == (("bill:B-L", samples.TODAY),)
    assert part(page, "tick:settled:bill:B-L").isChecked()


def test_the_box_is_ticked_off_only_with_a_receipt(qtbot: Any) -> None:
    at = ended_desk(access=Access.INTERNET)
    page = open_page(qtbot, at)
    said(qtbot, page, "Return of the box")
    assert not part(page, "keepReceipt").isEnabled()
    field = part(page, "receipt")
    assert isinstance(field, QLineEdit)
    assert field.accessibleName() == "Number on the receipt"
    field.setText("   ")
    assert not part(page, "keepReceipt").isEnabled()
    field.setText("6A 1234 5678")
    press(page, "keepReceipt")
    assert (answers(page).receipt, answers(page).returned) == ("6A 1234 5678", samples.TODAY)
    said(qtbot, page, "Sent back. Keep the receipt")
    assert part(page, "receipt").text() == "6A 1234 5678"
    again = open_page(qtbot, at)
    assert answers(again).receipt == "6A 1234 5678", "kept between two starts"
    press(again, "clearReceipt")
    assert answers(again).returned is None
    assert not says(again, "Sent back. Keep the receipt")


def test_a_photo_is_a_proof_and_its_place_is_not_logged(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    chosen = tmp_path / "quittance.png"
    page = open_page(qtbot, ended_desk(access=Access.INTERNET))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: ("", ""))
    press(page, "choosePhoto")
    assert answers(page).returned is None
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(chosen), ""))
    press(page, "choosePhoto")
    assert answers(page).returned == samples.TODAY
    said(qtbot, page, "Photo: quittance.png")
    assert not says(page, str(tmp_path))
    assert "quittance" not in caplog.text


def test_the_gap_is_said_in_hours_and_an_alarm_is_warned_of(qtbot: Any) -> None:
    page = open_page(qtbot, ended_desk(ends=None))
    field = part(page, "works")
    assert isinstance(field, QDateTimeEdit)
    assert field.accessibleName() == "The new service works since"
    field.setDateTime(QDateTime(2026, 11, 27, 9, 0, 0))
    press(page, "keepWorks")
    assert answers(page).works == datetime(2026, 11, 27, 9, tzinfo=UTC)
    said(qtbot, page, "A gap: 15 hours without service. The hour of the cut is the usual one, not a promise.")
    pick = part(page, "pick:critical")
    pick.setCurrentIndex(pick.findData("yes"))
    pick.activated.emit(pick.currentIndex())
    assert answers(page).is_critical is True
    said(qtbot, page, "The alarm would be silent in this gap")
    press(page, "clearWorks")
    assert answers(page).works is None
    said(qtbot, page, "Do not let this line end before the alarm was tried")


def test_once_the_line_has_ended_nothing_of_before_is_asked(qtbot: Any) -> None:
    page = open_page(qtbot, ended_desk())
    said(qtbot, page, "The number has moved, this line has ended")
    assert not says(page, "The PAC is here")
    press(page, "keepWorks")
    assert not says(page, "Ask for a later end")


def test_a_credit_is_followed_until_it_is_here(qtbot: Any) -> None:
    at = ended_desk()
    credit = replace(FINAL, total=samples.gbp("-4.12"), remaining=samples.gbp("-4.12"))
    at.reader.the_bills = (credit, *samples.bills())
    page = open_page(qtbot, at)
    said(qtbot, page, "The credit of the final bill: £4.12. Due by Thu 26 Nov 2026, by your operator’s own word.")
    assert says(page, "Not here yet.")
    press(page, "tick:settled:refund:overpayment")
    said(qtbot, page, "It came in time.")


def test_money_taken_after_the_end_is_noticed_with_the_right_at_the_bank(qtbot: Any) -> None:
    at = ended_desk()
    taken = Payment("P-9", date(2026, 11, 18), samples.gbp("12.00"), PaymentState.TAKEN, "done", method="Direct Debit")
    at.reader.the_payments = (taken,)
    page = open_page(qtbot, at)
    said(qtbot, page, "Money taken after the end")
    assert says(page, "£12.00 was taken, and no bill that is here explains it. Ask your operator first.")
    assert says(page, "At your bank: no last day.")


def test_an_ended_line_without_a_plan_has_no_tracker(qtbot: Any) -> None:
    at = ended_desk()
    at.kept.clear()
    page = open_page(qtbot, at)
    assert not says(page, "Check of the final bill")


def test_nothing_more_is_read_where_nobody_leaves(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that ended without a plan costs no reading of its old bills; one with a plan has its final bill read."""
    asked: list[str] = []
    whole = Ended.bill_lines

    def counted(self: Ended, bill_id: str) -> tuple[BillLine, ...]:
        asked.append(bill_id)
        return whole(self, bill_id)

    monkeypatch.setattr(Ended, "bill_lines", counted)
    at = ended_desk()
    followed = at.kept.pop(DRAFT_KEY)
    open_page(qtbot, at)
    alone = len(asked)
    at.kept[DRAFT_KEY] = followed
    open_page(qtbot, at)
    assert alone == 1, "the newest bill's, for the rent paid in advance"
    assert len(asked) - alone > 1


def chosen(page: LeavingPage, name: str, key: str) -> None:
    """Choose one answer of a short list."""
    pick = part(page, name)
    place = next(n for n in range(pick.count()) if str(pick.itemData(n)).startswith(key))
    pick.setCurrentIndex(place)
    pick.activated.emit(place)


def test_what_went_wrong_is_told_and_its_letter_is_filled_in(qtbot: Any) -> None:
    at = ended_desk(ends=None)
    page = open_page(qtbot, at)
    said(qtbot, page, "If something goes wrong")
    chosen(page, "pick:mishap:add", "latePort")
    said(qtbot, page, "Nothing is owed yet.")
    part(page, "date:mishap:due:1").setDate(QDate(2026, 11, 16))
    said(qtbot, page, "No rule sets a sum.")
    said(qtbot, page, "UK-SW-16")
    part(page, "date:mishap:done:1").setDate(QDate(2026, 11, 20))
    said(qtbot, page, "4 days count, from Tue 17 Nov to Fri 20 Nov.")
    press(page, "act:Write the claim")
    dialog = page.papers.dialog
    assert dialog is not None
    assert dialog.kind.value == "latePort"
    assert (dialog.due_field.date(), dialog.done_field.date()) == (QDate(2026, 11, 16), QDate(2026, 11, 20))
    dialog.reject()
    press(page, "tick:settled:claimed:1")
    said(qtbot, page, "asked for")
    again = open_page(qtbot, at)
    assert answers(again).mishaps == answers(page).mishaps, "kept between two starts"
    said(qtbot, again, "4 days count")
    press(again, "mishap:drop:1")
    assert answers(again).mishaps.told == ()
    assert not says(again, "4 days count")


def test_the_clock_is_started_reported_stopped_and_kept(qtbot: Any) -> None:
    at = ended_desk(access=Access.INTERNET, ends=None)
    page = open_page(qtbot, at)
    now = samples.NOW
    page._doors = replace(page._doors, now=lambda: now)
    page.context.now = lambda: now
    press(page, "mishap:start", "mishap:report")
    now += timedelta(hours=3, minutes=5)
    page._render()
    assert part(page, "clock").text() == "The clock runs: in all 3 hours and 5 minutes without service."
    again = open_page(qtbot, at)
    assert answers(again).mishaps.running is not None, "it counts on while the program is shut"
    press(page, "mishap:stop")
    assert part(page, "clock").text() == "In all 3 hours and 5 minutes without service."
    assert answers(page).mishaps.spells[0].ended == now
    said(qtbot, page, "No service since")
    (spell,) = answers(page).mishaps.spells
    press(page, f"forget:{spell_key(spell)}")
    assert part(page, "clock").text() == "Nothing is counted so far."


def test_typed_hours_that_end_before_they_begin_are_not_kept(qtbot: Any) -> None:
    page = open_page(qtbot, ended_desk(ends=None))
    began, ended = part(page, "moment:Without service from"), part(page, "moment:until")
    began.setDateTime(QDateTime(2026, 11, 20, 10, 0, 0))
    ended.setDateTime(QDateTime(2026, 11, 20, 9, 0, 0))
    press(page, "keepSpell")
    assert answers(page).mishaps.spells == ()
    said(qtbot, page, "It has to end after it began")
    part(page, "moment:until").setDateTime(QDateTime(2026, 11, 20, 12, 30, 0))
    press(page, "keepSpell")
    assert part(page, "clock").text() == "In all 2 hours and 30 minutes without service."


def test_a_line_that_has_ended_without_a_plan_is_offered_no_other_way(qtbot: Any) -> None:
    at = ended_desk()
    at.kept[DRAFT_KEY] = plans_to_bytes(Plans("PR-1"))
    page = open_page(qtbot, at)
    said(qtbot, page, "This line has ended")
    assert part(page, "start").isEnabled()
    assert page.findChild(QWidget, "other") is None
    assert not says(page, "Cost of leaving on")
