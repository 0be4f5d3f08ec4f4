"""A promise in a message is taken into the ledger under somebody's hands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from selfcare.account.notebook import notebook_of
from selfcare.domain.contacts import Message
from selfcare.ui.pages.case_file import CaseFilePage
from selfcare.ui.pages.promised_dialog import PromisedDialog, ask_promised
from tests import samples
from tests.gui.desk import Desk, check_reachable, in_dialog, session_of, words_on
from tests.readers import FakeReader

SENT = samples.NOW - timedelta(days=4)
SMS = Message("M-1", "sms", "", "Hello. <b>Level 2</b> calls back within 72 hours.", SENT)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.close()


def test_its_words_and_its_day_are_filled_in_and_it_is_kept_with_a_clock(desk: Desk) -> None:
    page = desk.page(CaseFilePage, FakeReader(the_messages=(SMS,)))

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, PromisedDialog)
        check_reachable(dialog)
        assert dialog.fields.said == "<b>Level 2</b> calls back within 72 hours."
        assert "Due Fri 20 Nov" in dialog.fields.read.text()
        assert dialog.fields.what.value == "call"
        dialog.fields.field.setText("")
        assert not dialog.confirm_button.isEnabled()
        dialog.fields.field.setText("calls back within 72 hours")
        dialog.confirm_button.click()

    in_dialog(answer)
    with desk.bot.waitSignal(page.found):
        ask_promised(page, "CommunicationMessage/M-1")
    (kept,) = notebook_of(session_of(page)).words
    assert (kept.said, kept.given, kept.due) == ("calls back within 72 hours", SENT, SENT + timedelta(hours=72))
    assert "“calls back within 72 hours”" in words_on(page)
    ask_promised(page, "CommunicationMessage/M-9")
