"""Where the operator states no way to reach it, the customer notes one on Help, and it can be taken away again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from selfcare.account.noted_desks import KEPT_AS, desks_from
from selfcare.ui.pages.help import HelpPage
from selfcare.ui.pages.noted_desk_dialog import DeskDialog
from tests.gui.desk import Desk, button, check_reachable, in_dialog, press, session_of, words_on
from tests.readers import FakeReader


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.close()


def test_a_desk_is_noted_shown_and_taken_away(desk: Desk) -> None:
    page = desk.page(HelpPage, FakeReader(the_support=None))
    assert "note it here" in words_on(page)

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, DeskDialog)
        check_reachable(dialog)
        dialog._confirm()
        assert "Write the number or the address." in words_on(dialog)
        dialog.address.setPlainText("0800 111 222")
        dialog.hours[0].setText("always")
        dialog._confirm()
        assert "Write the hours so" in words_on(dialog)
        dialog.hours[0].setText("9-18")
        dialog._confirm()

    in_dialog(fill)
    press(desk.bot, button(page, "Note a number or an address…"))
    desk.bot.waitUntil(lambda: "0800 111 222" in words_on(page), timeout=20000)
    assert "You noted this." in words_on(page)
    assert len(desks_from(session_of(page).draft(KEPT_AS))) == 1
    press(desk.bot, button(page, "Take it away"))
    desk.bot.waitUntil(lambda: "0800 111 222" not in words_on(page), timeout=20000)
    assert desks_from(session_of(page).draft(KEPT_AS)) == ()
