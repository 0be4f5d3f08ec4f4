"""Everything that was seen once can be read again without a network: bills, PDFs, lines, tickets, the contract."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFrame

from selfcare.app.program import Program
from selfcare.ui.widgets.paper import PaperView
from selfcare.ui.widgets.table import DataTable
from tests.journeys.computer import Computer, fill
from tests.journeys.person import ROOMS, go, must_say, rows_of, says, top, words_on
from tests.journeys.quiet import refreshed
from tests.sandbox_process import Sandbox
from tests.shots.driving import press, until


@pytest.mark.parametrize("own_operator", ["v5"], indirect=True)
def test_read_my_bills_on_the_train(computer: Computer, own_operator: Callable[..., Sandbox], tmp_path: Path) -> None:
    operator = own_operator()
    computer.put(fill(tmp_path / "filled", operator.issuer(), "claire"))
    program = computer.start()
    here = {room: words_on(go(program, room)) for room in ("services", "contract")}
    bills = bills_on(program)
    assert len(bills) > 24
    operator.stop()

    program = computer.restart()
    assert bills_on(program) == bills
    for room, seen in here.items():
        assert words_on(go(program, room)) == seen
    must_say(go(program, "help"), "My tickets", "Known problems", "Who to reach")
    for room in ROOMS[:-1]:
        page = go(program, room)
        if page.topics:
            assert top(program).startswith("As your operator said on"), room
        assert room == "leaving" or not page.findChildren(QFrame, "banner"), room

    refreshed(program)
    page = go(program, "bills")
    assert top(program).startswith("Offline. Last read "), top(program)
    assert not page.findChildren(QFrame, "banner")
    assert bills_on(program) == bills
    until("the newest bill", lambda: says(page, "Why is it different"))
    press(page, "PDF")
    check_drawn(page)


def bills_on(program: Program) -> list[list[str]]:
    """The list of bills as it is shown."""
    table = go(program, "bills").findChild(DataTable)
    assert isinstance(table, DataTable)
    assert table.isVisible()
    return rows_of(table)


def check_drawn(page: object) -> None:
    """The PDF stands beside the list, and its page is not blank."""
    from selfcare.ui.pages.bills import BillsPage

    assert isinstance(page, BillsPage)
    until("a view of the PDF", lambda: page.findChild(PaperView) is not None)
    paper = page.findChild(PaperView)
    assert isinstance(paper, PaperView)
    until("a drawn page", lambda: paper._sheet.sizeHint().width() > 200)
    must_say(paper, f"1 of {paper.pages}")
    shown = paper._sheet.grab().toImage()
    places = [(x, y) for x in range(0, shown.width(), 9) for y in range(0, shown.height(), 9)]
    assert len({shown.pixel(x, y) for x, y in places}) > 3
