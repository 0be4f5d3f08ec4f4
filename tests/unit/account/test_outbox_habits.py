"""Operators that keep texts, dates and lists in their own way: what arrived is known again, nothing is sent twice."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from selfcare.account import outbox
from selfcare.domain.failures import NotAnAnswer
from tests.unit.account.branch import FILTER_ONLY, FULL, MORE, NOTHING, Branch
from tests.unit.account.faulty import KEEPS
from tests.unit.account.wrong_clients import wrong_client


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


@pytest.mark.parametrize("kind", MORE)
@pytest.mark.parametrize("again", [True, False])
def test_where_nobody_can_tell_what_a_newer_copy_sent_the_customer_is_asked(kind: str, again: bool) -> None:
    """The operator gives no id of ours back. Asked once, and not again when the customer says yes."""
    branch = Branch(NOTHING)
    branch.operator.keeps_ids = False
    item = branch.ask(kind)
    branch.push()
    branch.put_back(item)
    branch.until_quiet(3)
    kept = branch.kept(item)
    if kind in {"note", "contact", "cancellation"}:
        assert (kept.state, len(branch.effects(item))) == ("done", 1)  # these are found by what they say
        return
    assert (kept.state, kept.why, len(branch.effects(item))) == ("ask", "copy", 1)
    if again:
        assert outbox.retry(branch.vault.actions, item.id, branch.now, run=branch.run)
        branch.until_quiet(3)
        assert len(branch.effects(item)) == 2


def test_what_waits_since_this_start_is_sent_without_a_question() -> None:
    """Only a folder on which the program was started since can be an older one."""
    branch = Branch(NOTHING)
    branch.operator.modes = ["offline"]
    item = branch.ask("ticket")
    branch.push()
    branch.until_quiet(3)
    assert (branch.kept(item).state, len(branch.effects(item))) == ("done", 1)


@pytest.mark.parametrize("kind", MORE)
def test_an_answer_from_before_the_last_try_is_no_look(kind: str) -> None:
    """Lists are late, and a cache keeps what they said while they were."""
    branch = Branch(FILTER_ONLY)
    branch.operator.lag, branch.operator.cached = timedelta(seconds=90), timedelta(minutes=10)
    branch.operator.modes = ["lost"]
    item = branch.ask(kind)
    branch.push()
    for minutes in (0.9, 1.5, 1.0, 1.0, 1.0, 9, 3, 61):
        branch.later(minutes=minutes)
        branch.push()
    assert branch.kept(item).state in {"done", "accepted"}
    assert len(branch.operator.sent) == len(branch.effects(item)) == 1


def test_a_remark_that_met_another_goes_out_under_a_new_key() -> None:
    """The operator keeps its answers under the keys, the one that the ticket has changed included."""
    branch = Branch(FULL)
    branch.operator.has_tags = branch.operator.keeps_every_answer = True
    branch.operator.modes = ["moved"]
    item = branch.ask("note")
    branch.push()
    assert branch.kept(item).state == "new"
    branch.until_quiet(2)
    assert (branch.kept(item).state, len(branch.effects(item))) == ("done", 1)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("remarks by our own clock", "note"), ("words to the letter", "note"), ("contacts to the second", "contact")],
)
def test_one_that_expects_too_much_does_it_twice_or_asks(name: str, kind: str) -> None:
    branch = Branch(NOTHING)
    branch.operator.keeps, branch.operator.dates_itself = "escaped", True
    branch.set_clock(seconds=600)
    branch.operator.modes = ["lost"]
    item = branch.ask(kind)
    with wrong_client(name):
        branch.push()
        branch.until_quiet(6)
    assert len(branch.operator.sent) > 1 or branch.kept(item).state == "ask"
