"""The leaving page under a customer's hands: answers are kept at once, the code is not used too early."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDateEdit, QDialog, QLineEdit, QWidget

from selfcare.case import CONTRACT_NOTES
from selfcare.domain.commands import GiveNotice, RequestCode, RequestUnlock, WithdrawNotice
from selfcare.domain.freshness import Freshness
from selfcare.domain.lines import PortingCode, SimLock
from selfcare.domain.noted_contract import ContractNotes, NotedEnd
from selfcare.domain.orders import Order, OrderState
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.host.settings import Settings
from selfcare.leaving.drafts import DRAFT_KEY, plans_from_bytes
from selfcare.leaving.wizard import Screen
from selfcare.ui.context import Context
from selfcare.ui.pages.leaving import LeavingPage
from selfcare.ui.pages.unlock_dialog import UnlockDialog
from selfcare.viewmodel.noted_contract import notes_to_bytes
from tests import samples
from tests.gui.conftest import says
from tests.gui.desk import in_dialog, words_on
from tests.readers import FakeReader


class Desk:
    """Stands where the open account stands: a reader, and a drawer for drafts."""

    def __init__(self, reader: FakeReader) -> None:
        self.reader, self.profile = reader, samples.profile()
        self.kept: dict[str, bytes] = {}
        reader.draft = self.kept.get  # type: ignore[method-assign,assignment]

    def save_draft(self, key: str, content: bytes) -> None:
        self.kept[key] = content


class AtOnce:
    """A lane that does its work while it is asked."""

    def ask(self, receiver: Any, work: Any, on_result: Any, on_failure: Any = None, *, key: str = "") -> None:
        on_result(work())


def desk(lock: SimLock = SimLock.LOCKED, code: PortingCode | None = None) -> Desk:
    first, *others = samples.lines()
    assert first.handset is not None
    first = replace(first, handset=replace(first.handset, lock=lock), code=code)
    return Desk(FakeReader(the_lines=(first, *others)))


def open_page(qtbot: Any, at: Desk) -> LeavingPage:
    rules = samples.ROOT / "resources" / "rules"
    context = Context(
        words=samples.words(),
        settings=Settings(),
        today=lambda: samples.TODAY,
        now=lambda: samples.NOW,
        store_lane=AtOnce(),  # type: ignore[arg-type]
        session=at,  # type: ignore[arg-type]
        rules=lambda name: (rules / name).read_bytes(),
    )
    page = LeavingPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 800)
    page.show()
    page.enter()
    return page


def part(page: LeavingPage, name: str) -> Any:
    found = page.panel.findChild(QWidget, name)
    assert found is not None, name
    return found


def press(page: LeavingPage, *names: str) -> None:
    for name in names:
        part(page, name).click()


def confirm(qtbot: Any, page: LeavingPage) -> None:
    """Press the button of the page of facts until it counts: what comes too soon after the page is not heard."""

    def confirmed() -> bool:
        button = page.panel.findChild(QWidget, "confirm")
        if isinstance(button, QAbstractButton):
            button.click()
        return page.answers is not None and page.answers.at is Screen.TRACKER

    qtbot.waitUntil(confirmed)


def kept(at: Desk) -> Any:
    return plans_from_bytes(at.kept[DRAFT_KEY]).of("PR-1")


def test_claire_leaves(qtbot: Any) -> None:
    at = desk()
    page = open_page(qtbot, at)
    sent: list[object] = []
    page.submitted.connect(sent.append)
    steps: list[bool] = []
    page.went_on.connect(lambda: steps.append(True))
    press(page, "start")
    assert kept(at).at is Screen.UNLOCK
    assert not part(page, "forward").isEnabled()

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, UnlockDialog)
        assert "should not have been sold locked" in dialog.note_field.toPlainText()
        dialog.reject()

    in_dialog(look)
    press(page, "act:Ask for the unlock now")
    assert sent == [], "a question that is closed asks for nothing"

    def ask(dialog: QDialog) -> None:
        assert isinstance(dialog, UnlockDialog)
        dialog.note_field.setPlainText("  I leave in May. ")
        dialog.confirm_button.click()

    in_dialog(ask)
    press(page, "act:Ask for the unlock now")
    assert sent == [RequestUnlock("DV-1", "356938035643809", "PR-1", "I leave in May.")]
    at.reader.the_waiting = (Waiting("W-1", sent[0], WaitingState.NEW, samples.NOW),)
    page.changed({Topic.WAITING})
    press(page, "forward")
    assert steps == [True], "what was said of the step before may go"
    press(page, "tick:saved", "forward")
    assert not part(page, "act:Ask for the PAC now").isEnabled()
    press(page, "forward", "tick:bankNew", "tick:bankKeep", "forward", "forward")
    confirm(qtbot, page)
    answers = kept(at)
    assert (answers.at, answers.day, answers.saved) == (Screen.TRACKER, date(2026, 11, 26), True)
    assert answers.confirmed == samples.NOW
    assert len(sent) == 1


def test_it_is_resumed_where_it_was_left(qtbot: Any) -> None:
    at = desk(SimLock.UNLOCKED)
    first = open_page(qtbot, at)
    press(first, "start", "keep:keep", "forward", "forward")
    again = open_page(qtbot, at)
    assert again.answers is not None
    assert again.answers.at is Screen.CODE
    assert again.go_back()
    assert again.answers.at is Screen.SAVE
    press(again, "wholeWay")
    assert not again.go_back()


def test_ending_a_line_by_notice_sends_what_was_shown_once(qtbot: Any) -> None:
    at = desk(SimLock.UNLOCKED)
    page = open_page(qtbot, at)
    sent: list[object] = []
    page.submitted.connect(sent.append)
    press(page, "start", "keep:notice", "forward", "forward", "tick:bankKeep", "forward")
    field = part(page, "day")
    assert isinstance(field, QDateEdit)
    assert field.minimumDate().toPython() == date(2026, 12, 21)
    field.setDate(field.minimumDate().addDays(10))
    press(page, "forward")
    confirm(qtbot, page)
    assert sent == [GiveNotice("PR-1", "AG-1", date(2026, 12, 31), "", date(2026, 10, 15), samples.gbp("0.00"))]
    assert kept(at).at is Screen.TRACKER


def test_the_code_is_asked_for_and_copied(qtbot: Any) -> None:
    at = desk(SimLock.UNLOCKED)
    page = open_page(qtbot, at)
    sent: list[object] = []
    page.submitted.connect(sent.append)
    press(page, "start", "keep:keep", "forward", "forward", "act:Ask for the PAC now")
    assert sent == [RequestCode("PR-1", "07700 900123", "PAC")]
    first, *others = at.reader.the_lines
    at.reader.the_lines = (replace(first, code=PortingCode("PAC", "ORV482913", date(2026, 12, 20))), *others)
    page.changed({Topic.PRODUCTS})
    press(page, "copyCode")
    assert QGuiApplication.clipboard().text() == "ORV482913"


def test_an_expired_code_is_small_and_nothing_copies_it(qtbot: Any) -> None:
    page = open_page(qtbot, desk(SimLock.UNLOCKED, PortingCode("PAC", "ABC123456", date(2026, 11, 19))))
    page.go_to(Screen.CODE)
    alive = open_page(qtbot, desk(SimLock.UNLOCKED, PortingCode("PAC", "ABC123456", date(2026, 12, 19))))
    alive.go_to(Screen.CODE)
    assert page.panel.findChild(QWidget, "copyCode") is None
    assert alive.panel.findChild(QWidget, "copyCode") is not None
    assert part(page, "code").fontMetrics().height() < part(alive, "code").fontMetrics().height()


def test_a_mistyped_code_bars_the_way_and_says_why(qtbot: Any) -> None:
    at = desk(SimLock.UNLOCKED)
    page = open_page(qtbot, at)
    press(page, "start", "keep:keep", "forward", "forward")
    field = part(page, "typedCode")
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "TELOOO123")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not part(page, "forward").isEnabled()
    assert kept(at).typed_code == "TELOOO123"
    field = part(page, "typedCode")
    field.setText("TEL000123")
    field.editingFinished.emit()
    assert part(page, "forward").isEnabled()
    assert part(page, "code").text() == "TEL000123"


def test_what_is_being_typed_survives_a_reading(qtbot: Any) -> None:
    at = desk(SimLock.UNLOCKED)
    page = open_page(qtbot, at)
    press(page, "start", "keep:keep", "forward", "forward")
    field = part(page, "typedCode")
    qtbot.keyClicks(field, "ABC123")
    page.changed({Topic.PRODUCTS})
    assert part(page, "typedCode").text() == "ABC123"
    qtbot.waitUntil(lambda: [f.isVisible() for f in page.findChildren(QLineEdit, "typedCode")] == [True])


def test_a_line_can_be_asked_for_before_anything_is_read(qtbot: Any) -> None:
    at = desk()
    context = open_page(qtbot, at).context
    page = LeavingPage(context)
    qtbot.addWidget(page)
    page.open_at("PR-3")
    page.show()
    page.enter()
    assert page.answers is not None
    assert page.answers.line_id == "PR-3"


def test_another_line_has_its_own_plan(qtbot: Any) -> None:
    at = desk()
    page = open_page(qtbot, at)
    press(page, "other", "keep:keep")
    box = part(page, "linePicker")
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert page.answers is not None
    assert (page.answers.line_id, page.answers.keep_number) == ("PR-3", None)
    assert kept(at).keep_number is True


def test_an_end_that_was_noted_by_hand_is_reckoned_with(qtbot: Any) -> None:
    at = desk()
    at.reader.the_contracts, at.reader.the_lines = (), (replace(at.reader.the_lines[0], term_ends=None),)
    at.kept[CONTRACT_NOTES] = notes_to_bytes(ContractNotes((NotedEnd(date(2027, 8, 28), samples.TODAY),)))
    assert "noted by you" in words_on(open_page(qtbot, at))


def test_a_line_whose_number_turns_the_direction_is_chosen_by_a_harmless_name(qtbot: Any) -> None:
    at = desk()
    first, *others = at.reader.the_lines
    at.reader.the_lines = (replace(first, name="", number="+44\u202e7700\u2066900123"), *others)
    box = part(open_page(qtbot, at), "linePicker")
    shown = [box.itemText(number) for number in range(box.count())]
    assert [said for said in shown if "\ufffd" in said]
    assert not {"\u202e", "\u2066"} & set("".join(shown))


def test_elsewhere_it_says_what_it_does_not_know(qtbot: Any) -> None:
    at = desk()
    at.profile = replace(at.profile, country="DE")
    page = open_page(qtbot, at)
    assert page.answers is not None
    qtbot.waitUntil(lambda: says(page, "We do not know the rules of this country"))


@pytest.mark.parametrize("steps", [(), ("other",), ("start",), ("start", "tick:acceptLocked", "forward", "forward")])
def test_everything_that_can_be_pressed_has_a_name(qtbot: Any, steps: tuple[str, ...]) -> None:
    page = open_page(qtbot, desk())
    press(page, *steps)
    buttons = page.panel.findChildren(QAbstractButton)
    assert buttons
    named = [b for b in buttons if b.focusPolicy() != Qt.FocusPolicy.NoFocus and b.isVisible()]
    assert all(b.accessibleName() for b in named)


def test_the_keyboard_stays_where_it_was_after_an_answer(qtbot: Any) -> None:
    page = open_page(qtbot, desk())
    press(page, "start")
    tick = part(page, "tick:tested")
    tick.setFocus()
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert page.answers is not None
    assert page.answers.tested
    again = page.panel.findChild(QWidget, "tick:tested")
    assert again is not None
    assert page.focusWidget() is again


def test_before_the_first_reading_no_country_is_called_unguided(qtbot: Any) -> None:
    reader = FakeReader(the_lines=(), the_freshness={Topic.PRODUCTS: Freshness(Topic.PRODUCTS)})
    page = open_page(qtbot, Desk(reader))
    qtbot.waitUntil(lambda: says(page, "Not read yet"))
    assert not says(page, "rules of this country")


def test_two_quick_presses_do_not_give_notice_unseen(qtbot: Any) -> None:
    at = desk(SimLock.UNLOCKED)
    page = open_page(qtbot, at)
    sent: list[object] = []
    page.submitted.connect(sent.append)
    press(page, "start", "keep:notice", "forward", "forward", "tick:bankKeep", "forward")
    part(page, "forward").setFocus()
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    assert kept(at).at is Screen.CONFIRM
    assert page.focusWidget() is part(page, "heading")
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    part(page, "confirm").setFocus()
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert kept(at).at is Screen.CONFIRM
    assert sent == []
    confirm(qtbot, page)
    assert len(sent) == 1


def test_a_key_that_is_held_down_confirms_nothing(qtbot: Any) -> None:
    page = open_page(qtbot, desk(SimLock.UNLOCKED))
    press(page, "start", "keep:notice", "forward")
    forward = part(page, "forward")
    assert kept_screen(page) is Screen.SAVE
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", True)
            QApplication.sendEvent(forward, event)
    assert kept_screen(page) is Screen.SAVE


def kept_screen(page: LeavingPage) -> Screen:
    assert page.answers is not None
    return page.answers.at


def test_from_the_heading_the_keyboard_goes_to_what_can_be_answered(qtbot: Any) -> None:
    page = open_page(qtbot, desk(SimLock.UNLOCKED))
    press(page, "start", "keep:notice", "forward")
    qtbot.waitUntil(lambda: part(page, "heading").isVisible())
    assert page.focusWidget() is part(page, "heading")
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    reached = page.focusWidget()
    assert reached is not None
    assert reached.objectName() == "act:Save everything…"


def test_after_the_withdrawal_notice_may_be_given_again(qtbot: Any) -> None:
    at = desk(SimLock.UNLOCKED)
    page = open_page(qtbot, at)
    sent: list[object] = []
    page.submitted.connect(sent.append)
    press(page, "start", "keep:notice", "forward", "forward", "tick:bankKeep", "forward", "forward")
    confirm(qtbot, page)
    order = Order("O-7", "", "termination", OrderState.CANCELLED, "cancelled", samples.NOW, None, None, None, ("PR-1",))
    at.reader.the_orders = (order,)
    undone = Waiting("W-8", WithdrawNotice("O-7"), WaitingState.DONE, samples.NOW)
    at.reader.the_waiting = (undone,)
    page.changed({Topic.ORDERS})
    qtbot.waitUntil(lambda: says(page, "Notice withdrawn, the line goes on"))
    assert not says(page, "This line dies")
    press(page, "giveAgain")
    assert kept(at).at is Screen.DAY
    press(page, "forward")
    confirm(qtbot, page)
    assert [type(command) for command in sent] == [GiveNotice, GiveNotice]
    at.reader.the_waiting = (undone, Waiting("W-9", sent[1], WaitingState.NEW, samples.NOW))  # type: ignore[arg-type]
    page.changed({Topic.WAITING})
    assert page.panel.findChild(QWidget, "giveAgain") is None
    qtbot.waitUntil(lambda: says(page, "This line dies"))


def test_taking_the_notice_back_is_asked_once(qtbot: Any) -> None:
    at = desk(SimLock.UNLOCKED)
    order = Order("O-7", "", "termination", OrderState.IN_PROGRESS, "", samples.NOW, None, None, None, ("PR-1",))
    at.reader.the_orders = (order,)
    page = open_page(qtbot, at)
    sent: list[object] = []
    page.submitted.connect(sent.append)
    press(page, "start", "keep:notice", "forward", "forward", "tick:bankKeep", "forward", "forward")
    confirm(qtbot, page)
    in_dialog(lambda dialog: dialog.reject())
    press(page, "act:Take the notice back")
    assert sent == []

    def agree(dialog: QDialog) -> None:
        assert says(dialog, "O-7")
        next(b for b in dialog.findChildren(QAbstractButton) if b.text() == "Take the notice back").click()

    in_dialog(agree)
    press(page, "act:Take the notice back")
    assert sent == [WithdrawNotice("O-7")]
