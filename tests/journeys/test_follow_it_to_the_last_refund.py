"""A line is ended by notice: its day is reminded of, it ends, the final bill is checked, the box goes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from selfcare.app.program import Program
from selfcare.leaving.wizard import Screen
from selfcare.viewmodel.notices import notice_of
from tests.journeys.computer import Computer, fill
from tests.journeys.person import go, must_say, says
from tests.journeys.quiet import quiet, refreshed
from tests.journeys.test_leave_with_my_number import at, click, confirm, leaving, named
from tests.sandbox_process import Sandbox
from tests.shots.driving import until


def test_follow_it_to_the_last_refund(computer: Computer, own_operator: Callable[..., Sandbox], tmp_path: Path) -> None:
    operator = own_operator()
    computer.put(fill(tmp_path / "filled", operator.issuer(), "claire"))
    program = computer.start()
    page = leaving(go(program, "leaving"))
    picker = page.panel.findChild(QComboBox, "linePicker")
    assert isinstance(picker, QComboBox)
    number = next(n for n in range(picker.count()) if "960144" in picker.itemText(n))
    picker.setCurrentIndex(number)
    picker.activated.emit(number)
    click(page, "other")
    click(page, "keep:notice")
    for screen in (Screen.SAVE, Screen.BANK, Screen.DAY, Screen.CONFIRM):
        click(page, "forward")
        assert at(page) is screen
        if screen is Screen.BANK:
            click(page, "tick:bankKeep")
    confirm(page)
    until("the notice", lambda: len(operator.effects()["effects"]) == 1)
    quiet(program)
    assert page.answers is not None
    ends = page.answers.day
    assert ends is not None
    zone = program.context.reading().zone

    later(program, operator, datetime.combine(ends - timedelta(days=1), time(12), zone))
    must_say(program.window, "Reminder: 01632 960144 works until the end of", "Next: this line dies")
    must_say(go(program, "home"), "Next: this line dies", "Follow it")
    must_say(go(program, "contract"), "Notice is given: it ends on")
    go(program, "leaving")
    program.window.say(notice_of(None, program.words))
    refreshed(program)
    assert not says(program.window, "Reminder: 01632 960144"), "each reminder is said once"

    later(program, operator, datetime.combine(ends + timedelta(days=3), time(12), zone))
    must_say(page, "By your operator’s own word.", "Next: return of the box")
    must_say(page, "The final bill is checked", "Every line was held against the end of the line: nothing is wrong.")
    must_say(page, "It stays as long as other lines of yours are paid by it.", "The number is held until then.")
    must_say(go(program, "home"), "Next: return of the box")
    must_say(go(program, "contract"), "It ended on")
    go(program, "leaving")
    assert not named(page, "keepReceipt").isEnabled(), "no tick without a receipt"
    assert not page.panel.findChildren(QAbstractButton, "tick:return")
    field = page.panel.findChild(QLineEdit, "receipt")
    assert isinstance(field, QLineEdit)
    field.setText("6A 1234 5678 9")
    click(page, "keepReceipt")
    must_say(page, "Sent back. Keep the receipt", "Next: payment of the final bill")

    later(program, operator, datetime.combine(ends + timedelta(days=40), time(12), zone))
    assert not says(page, "Money taken after the end"), "the other lines go on, their bills are in order"

    program = computer.restart()
    page = leaving(go(program, "leaving"))
    assert at(page) is Screen.TRACKER
    must_say(page, "Sent back. Keep the receipt")


def later(program: Program, operator: Sandbox, then: datetime) -> None:
    """Time goes by here and at the operator, until an instant; then everything is read again."""
    now = datetime.fromisoformat(operator.now())
    operator.advance((then - now).total_seconds() / 3600)
    program.now = lambda: then
    program.context.now = program.now
    refreshed(program)
