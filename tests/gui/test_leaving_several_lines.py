"""Two lines that leave together, under a customer's hands: ticked, shown with days and cost, confirmed at once."""

from typing import Any

from selfcare.domain.lines import SimLock
from selfcare.leaving.drafts import DRAFT_KEY, plans_from_bytes
from selfcare.leaving.wizard import Screen
from selfcare.ui.pages.leaving import LeavingPage
from tests.gui.conftest import says
from tests.gui.test_leaving_page import Desk, confirm, desk, open_page, part, press


def at_the_facts(page: LeavingPage, qtbot: Any) -> None:
    """From the whole way to the page of facts, the home line ticked on the way."""
    press(page, "start", "keep:keep", "tick:with:PR-2")
    qtbot.waitUntil(lambda: says(page, "All lines together"))
    press(page, "forward", "forward", "forward", "tick:bankKeep", "forward", "forward")


def test_both_lines_are_confirmed_at_once_each_on_its_day(qtbot: Any) -> None:
    at = desk(SimLock.UNLOCKED)
    page = open_page(qtbot, at)
    at_the_facts(page, qtbot)
    qtbot.waitUntil(lambda: says(page, "Cost of leaving, all lines"))
    assert says(page, "Keep 020 7946 0123 until the new connection works; only then let it end.")
    confirm(qtbot, page)
    kept = plans_from_bytes(at.kept[DRAFT_KEY])
    first, second = kept.of("PR-1"), kept.of("PR-2")
    assert kept.current == "PR-1"
    assert first.others == ("PR-2",)
    assert first.confirmed is not None
    assert (second.confirmed, second.at) == (first.confirmed, Screen.TRACKER)
    assert second.day is not None
    assert second.bank_keep


def test_what_is_open_for_the_other_line_is_said_and_nothing_is_confirmed(qtbot: Any) -> None:
    at: Desk = desk(SimLock.LOCKED)
    page = open_page(qtbot, at)
    page.open_at("PR-2")
    press(page, "other", "keep:keep", "tick:with:PR-1", "forward", "forward", "tick:bankKeep", "forward", "forward")
    qtbot.waitUntil(lambda: says(page, "For 07700 900123: Ask for the unlock"))
    assert not part(page, "confirm").isEnabled()
    assert plans_from_bytes(at.kept[DRAFT_KEY]).of("PR-1").confirmed is None
