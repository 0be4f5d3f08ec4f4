"""The Waiting page under somebody's hands: trying again, taking back after a question, going to the contract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from selfcare.domain.commands import GiveNotice, RequestUnlock
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.ui.pages.waiting import WaitingPage
from selfcare.ui.widgets.dialog import FactsDialog
from tests import samples
from tests.gui.desk import Desk, button, check_reachable, in_dialog, press, session_of, words_on
from tests.readers import FakeReader

UNLOCK = RequestUnlock("DV-1", "356938035643809", "PR-1")


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.close()


def waiting(state: WaitingState, why: str = "") -> FakeReader:
    return FakeReader(the_waiting=(Waiting("w1", UNLOCK, state, samples.NOW - timedelta(hours=1), why=why),))


def test_a_request_is_told_in_plain_words(desk: Desk) -> None:
    page = desk.page(WaitingPage, waiting(WaitingState.NEW))
    shown = words_on(page)
    assert "Ask to unlock Fairphone 5 on 07700 900123" in shown
    assert "kept here, not sent yet" in shown
    check_reachable(page)


def test_trying_now_asks_the_session_and_wakes_the_outbox(desk: Desk) -> None:
    page = desk.page(WaitingPage, waiting(WaitingState.NEW))
    with desk.bot.waitSignal(page.found):
        press(desk.bot, button(page, "Try now"))
    assert session_of(page).asked == [("retry", "w1")]
    assert desk.pushed == 1


@pytest.mark.parametrize(("state", "label"), [(WaitingState.NEW, "Try now"), (WaitingState.UNKNOWN, "Check now")])
def test_a_try_that_would_be_one_too_many_asks_nobody(desk: Desk, state: WaitingState, label: str) -> None:
    page = desk.page(WaitingPage, waiting(state))
    desk.may_try = False
    press(desk.bot, button(page, label))
    desk.bot.wait(50)
    assert session_of(page).asked == []
    assert desk.pushed == 0


def test_what_had_left_before_it_was_taken_back_is_said(desk: Desk) -> None:
    page = desk.page(WaitingPage, waiting(WaitingState.NEW))
    session_of(page).may_drop = False
    in_dialog(lambda dialog: press(desk.bot, dialog.confirm_button))  # type: ignore[attr-defined]
    with desk.bot.waitSignal(page.found):
        press(desk.bot, button(page, "Take it back"))
    assert "It could not be taken back: it had left already." in words_on(page)


def test_taking_back_is_asked_once_and_no_means_no(desk: Desk) -> None:
    page = desk.page(WaitingPage, waiting(WaitingState.NEW))
    in_dialog(lambda dialog: dialog.reject())
    press(desk.bot, button(page, "Take it back"))
    assert session_of(page).asked == []

    def confirm(dialog: QDialog) -> None:
        assert isinstance(dialog, FactsDialog)
        assert "Your operator never sees it." in words_on(dialog)
        assert dialog.focusWidget() is dialog.cancel_button
        press(desk.bot, dialog.confirm_button)

    in_dialog(confirm)
    with desk.bot.waitSignal(page.found):
        press(desk.bot, button(page, "Take it back"))
    assert session_of(page).asked == [("drop", "w1")]


def test_a_changed_contract_leads_to_the_contract(desk: Desk) -> None:
    asked = Waiting("w1", GiveNotice("PR-2", "AG-2", date(2026, 12, 31)), WaitingState.ASK, samples.NOW, why="changed")
    page = desk.page(WaitingPage, FakeReader(the_waiting=(asked,)))
    with desk.bot.waitSignal(page.opened) as opened:
        press(desk.bot, button(page, "Look at the contract"))
    assert opened.args == ["contract"]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (WaitingState.ACCEPTED, "Not carried out yet"),
        (WaitingState.UNKNOWN, "no clear answer came back"),
        (WaitingState.REJECTED, "Settled in the last 30 days"),
        (WaitingState.DONE, "by your operator’s own word"),
    ],
)
def test_every_state_is_told(desk: Desk, state: WaitingState, words: str) -> None:
    assert words in words_on(desk.page(WaitingPage, waiting(state)))


def test_nothing_waiting_says_so(desk: Desk) -> None:
    assert "Nothing is waiting" in words_on(desk.page(WaitingPage))
