"""Operators that keep texts, dates and lists in their own way: what arrived is known again, nothing is sent twice."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from selfcare.domain.failures import NotAnAnswer
from tests.unit.account.branch import FILTER_ONLY, FULL, NOTHING, Branch
from tests.unit.account.faulty import KEEPS


@pytest.mark.parametrize(("kind", "keeps"), product(["note", "contact"], KEEPS))
@pytest.mark.parametrize("mode", ["ok", "lost"])
@pytest.mark.parametrize("seconds", [0, 20, 600, -600])
def test_what_arrived_is_known_again_however_it_is_kept(kind: str, keeps: str, mode: str, seconds: int) -> None:
    """Remarks are dated by the operator, contacts by the minute; our clock is some seconds out."""
    branch = Branch(NOTHING)
    branch.operator.keeps, branch.operator.dates_itself = keeps, True
    branch.set_clock(seconds=seconds)
    branch.operator.modes = [mode]
    item = branch.ask(kind)
    branch.push()
    branch.until_quiet(4)
    assert branch.kept(item).state == "done"
    assert len(branch.operator.sent) == len(branch.effects(item)) == 1


@pytest.mark.parametrize("has_tags", [True, False])
def test_a_remark_that_the_answer_shows_needs_no_second_look(has_tags: bool) -> None:
    """The list behind it is late."""
    branch = Branch(FULL)
    branch.operator.has_tags, branch.operator.is_read_late, branch.operator.lag = has_tags, True, timedelta(minutes=1)
    item = branch.ask("note")
    branch.push()
    assert (branch.kept(item).state, len(branch.effects(item))) == ("done", 1)


def test_a_yes_behind_which_nothing_is_found_is_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked for during a day, and then put to the customer; it is not sent again by itself."""
    branch = Branch(FULL)
    tried: list[str] = []

    def send(action: object, key: str = "") -> None:
        tried.append(key)
        raise NotAnAnswer("unchanged")

    monkeypatch.setattr(type(branch.operator), "send", lambda _self, action, key="": send(action, key))
    item = branch.ask("note")
    branch.push()
    kept = branch.kept(item)
    assert (kept.state, kept.why) == ("unknown", "taken")
    branch.until_quiet(60)
    kept = branch.kept(item)
    assert (kept.state, kept.why, len(tried)) == ("ask", "cannotTell", 1)


@pytest.mark.parametrize("dates_itself", [True, False])
@pytest.mark.parametrize("seconds", [0, 20, -20])
def test_two_remarks_in_the_same_words_are_two(dates_itself: bool, seconds: int) -> None:
    branch = Branch(FILTER_ONLY)
    branch.operator.dates_itself = dates_itself
    branch.set_clock(seconds=seconds)
    first = branch.ask("note", confirm="one")
    branch.push()
    branch.later(seconds=1)
    branch.operator.modes = ["reset-sending"]
    second = branch.ask("note", confirm="two")
    branch.push()
    branch.until_quiet(4)
    assert {branch.kept(one).state for one in (first, second)} == {"done"}
    assert len(branch.effects(first)) == 2
