"""Clocks that are wrong, and folders that are older than what was sent from them: nothing twice, nothing expired
early, nothing told that is not so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from selfcare.account import outbox
from selfcare.domain.commands import valid_for
from selfcare.domain.operator import Honours
from selfcare.domain.waiting import Waiting
from tests.unit.account.branch import FILTER_ONLY, FULL, KEY_ONLY, MORE, NOTHING, Branch

TAKEN = {"done", "accepted"}
PROMISES = {"full": FULL, "key": KEY_ONLY, "filter": FILTER_ONLY, "nothing": NOTHING}

pytestmark = pytest.mark.parametrize("kind", MORE)


def lose(branch: Branch, kind: str) -> Waiting:
    """Ask; it is carried out, and the answer is lost."""
    branch.operator.modes = ["lost"]
    item = branch.ask(kind)
    branch.push()
    assert branch.kept(item).state == "unknown"
    return item


def push_on(branch: Branch, times: int = 6) -> None:
    for _ in range(times):
        branch.push()
        branch.later(minutes=3)


def told_right(branch: Branch, item: Waiting) -> None:
    """Done once, and nothing else is said than that, or that nobody can tell."""
    assert len(branch.effects(item)) == 1
    kept = branch.kept(item)
    assert kept.state in TAKEN or (kept.state, kept.why) == ("ask", "cannotTell")


# ---- the life of a key is counted by the operator's clock


@pytest.mark.parametrize("promise", PROMISES)
def test_a_key_is_not_believed_after_our_clock_was_corrected(kind: str, promise: str) -> None:
    branch = Branch(PROMISES[promise])
    branch.set_clock(hours=26)
    item = lose(branch, kind)
    branch.set_clock()
    branch.later(hours=26, minutes=30)
    push_on(branch)
    told_right(branch, item)


@pytest.mark.parametrize("promise", PROMISES)
def test_a_key_is_not_believed_after_our_clock_was_set_back(kind: str, promise: str) -> None:
    branch = Branch(PROMISES[promise])
    item = lose(branch, kind)
    branch.later(hours=72)
    branch.set_clock(hours=-71)
    push_on(branch)
    told_right(branch, item)


@pytest.mark.parametrize("since", [timedelta(0), None])
def test_a_key_is_not_believed_while_the_operators_time_is_unknown(kind: str, since: timedelta | None) -> None:
    branch = Branch(KEY_ONLY)
    branch.set_clock(hours=26)
    branch.operator.clock = None
    item = lose(branch, kind)
    branch.set_clock()
    branch.operator.clock = since
    branch.later(hours=26, minutes=30)
    push_on(branch)
    told_right(branch, item)


def test_before_a_first_sending_the_operators_time_is_heard(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else an answer that is lost could not be asked for again under the same key."""
    branch = Branch(KEY_ONLY)
    branch.operator.clock = None
    heard = type(branch.operator)._look

    def look(self: Any, own_id: str = "") -> None:
        heard(self, own_id)
        self.clock = timedelta(0)

    monkeypatch.setattr(type(branch.operator), "_look", look)
    branch.operator.modes = ["reset-sending"]
    item = branch.ask(kind)
    for _ in range(6):
        branch.push()
        branch.later(minutes=1)
    assert branch.kept(item).state in TAKEN
    assert len(branch.effects(item)) == 1


@pytest.mark.parametrize("promise", ["full", "filter"])
def test_two_looks_are_two_minutes_apart_by_the_operators_clock(kind: str, promise: str) -> None:
    branch = Branch(PROMISES[promise])
    branch.operator.lag = timedelta(seconds=100)
    item = lose(branch, kind)
    branch.vault.actions.finish(item.id, "unknown", branch.now, doubt=True, next_try=None)
    branch.push()
    branch.later(seconds=4)
    branch.set_clock(minutes=3)
    branch.push()
    branch.later(minutes=1)
    branch.push()
    branch.until_quiet(4)
    told_right(branch, item)


def test_one_answer_with_a_wrong_time_does_not_put_two_looks_apart(kind: str) -> None:
    """One of the operator's computers is three minutes ahead, and answers when the customer presses "Check now"."""
    branch = Branch(FILTER_ONLY)
    branch.operator.lag = timedelta(seconds=90)
    item = lose(branch, kind)
    branch.later(seconds=12)
    branch.push()
    branch.later(seconds=20)
    branch.vault.actions.finish(item.id, "unknown", branch.now, event="hurried", next_try=None)
    branch.operator.clock = timedelta(minutes=3)
    branch.push()
    branch.operator.clock = timedelta(0)
    branch.later(minutes=3)
    push_on(branch)
    told_right(branch, item)


def test_what_is_listed_late_is_not_taken_for_lost(kind: str) -> None:
    """3.3: the operator says how late its lists may be."""
    branch = Branch(replace(FILTER_ONLY, listed_after=timedelta(hours=3)))
    branch.operator.lag = timedelta(hours=3)
    item = lose(branch, kind)
    for _ in range(30):
        branch.later(minutes=10)
        branch.push()
    told_right(branch, item)
    assert branch.kept(item).state in TAKEN


# ---- a folder that is older than what was sent from it


def put_back(branch: Branch, item: Waiting, **more: str) -> None:
    """The folder as it was before it was sent; the program is started on it."""
    facts = {"state": "new", "receipt": "", "attempts": 0, "first_sent": "", "reason": "", **more}
    names = ", ".join(f"{name}=?" for name in facts)
    branch.vault.actions._database.run(f"UPDATE actions SET {names} WHERE id=?", *facts.values(), item.id)
    branch.vault.actions._database.run("UPDATE actions SET sent_ahead=NULL")
    branch.start_again()


@pytest.mark.parametrize(
    ("promise", "minutes"),
    [("key", 30), ("key", 1800), ("filter", 1), ("filter", 30), ("nothing", 1), ("nothing", 30), ("nothing", 1800)],
)
@pytest.mark.parametrize("why", ["", "confirmed"])
def test_a_folder_that_was_put_back_sends_nothing_again(kind: str, promise: str, minutes: int, why: str) -> None:
    branch = Branch(PROMISES[promise])
    item = branch.ask(kind)
    branch.push()
    put_back(branch, item, why=why)
    branch.later(minutes=minutes)
    push_on(branch)
    assert len(branch.effects(item)) == 1
    assert branch.kept(item).state in TAKEN


@pytest.mark.parametrize(
    ("honours", "minutes", "lag"),
    [(FILTER_ONLY, 1, 1.7), (NOTHING, 1, 1.7), (FULL, 1, 1.7),
     (replace(FILTER_ONLY, listed_after=timedelta(hours=3)), 30, 180)],
)  # fmt: skip
@pytest.mark.parametrize("answer", ["ok", "403", "phone"])
def test_a_folder_that_was_put_back_is_looked_for_twice(
    kind: str, honours: Honours, minutes: int, lag: float, answer: str
) -> None:
    branch = Branch(honours)
    branch.operator.lag = timedelta(minutes=lag)
    item = branch.ask(kind)
    branch.push()
    put_back(branch, item)
    branch.later(minutes=minutes)
    branch.operator.modes = [answer]
    for _ in range(80):
        branch.push()
        branch.later(minutes=3)
    assert len(branch.effects(item)) == 1
    assert branch.kept(item).state in TAKEN


@pytest.mark.parametrize("answer", ["403", "phone", "changed"])
def test_a_no_to_what_a_newer_copy_sent_is_not_believed(kind: str, answer: str) -> None:
    """Both looks came too early; the operator knows it again by itself, and says no."""
    branch = Branch(FILTER_ONLY)
    branch.operator.lag = timedelta(minutes=6)
    item = branch.ask(kind)
    branch.push()
    put_back(branch, item)
    branch.later(minutes=3)
    branch.operator.modes = [answer]
    for _ in range(12):
        branch.push()
        branch.later(minutes=1)
    assert len(branch.effects(item)) == 1
    assert branch.kept(item).state in TAKEN


def test_a_folder_of_a_time_to_come_is_an_old_one(kind: str) -> None:
    branch = Branch(FULL)
    branch.set_clock(days=3)
    item = branch.ask(kind)
    branch.push()
    branch.set_clock()
    put_back(branch, item)
    branch.run = branch.run.removesuffix("+")
    branch.later(hours=30)
    push_on(branch)
    assert len(branch.effects(item)) == 1
    assert branch.kept(item).state in TAKEN


# ---- what is told


def test_what_was_sent_once_is_not_said_never_to_have_left(kind: str) -> None:
    branch = Branch(NOTHING)
    branch.operator.modes = ["reset-sending"]
    item = branch.ask(kind)
    branch.push()
    branch.vault.actions.finish(item.id, "ask", branch.now, why="cannotTell")
    assert outbox.retry(branch.vault.actions, item.id, branch.now)
    branch.operator.modes = ["offline"]
    branch.push_twice()
    assert len(branch.operator.sent) == 2
    assert branch.vault.actions.drop(item.id, branch.now)
    assert branch.kept(item).first_sent is not None


@pytest.mark.parametrize("mode", ["403", "404", "422", "phone"])
@pytest.mark.parametrize("promise", ["full", "key"])
def test_a_no_after_a_lost_answer_is_not_believed_by_one_look(kind: str, mode: str, promise: str) -> None:
    branch = Branch(PROMISES[promise])
    branch.operator.lag = timedelta(seconds=100)
    item = lose(branch, kind)
    branch.operator.modes = [mode]
    branch.later(seconds=10)
    branch.push()
    assert branch.kept(item).state != "rejected"
    push_on(branch)
    told_right(branch, item)


@pytest.mark.parametrize("promise", ["full", "filter"])
def test_a_no_counts_once_it_is_twice_seen_that_nothing_arrived(kind: str, promise: str) -> None:
    branch = Branch(PROMISES[promise])
    branch.operator.modes = ["reset-sending", "403"]
    item = branch.ask(kind)
    branch.push()
    for _ in range(30):
        branch.later(seconds=20)
        branch.push()
    kept = branch.kept(item)
    assert (kept.state, kept.reason, kept.why) == ("rejected", "No, says 403", "")
    assert branch.effects(item) == []


# ---- nothing expires early, and nothing goes out late


@pytest.mark.parametrize("days", [-3000, -8, 8, 40])
def test_a_clock_that_was_always_wrong_makes_nothing_old(kind: str, days: int) -> None:
    branch = Branch()
    branch.set_clock(days=days)
    item = branch.ask(kind)
    branch.push()
    assert branch.kept(item).state in TAKEN


@pytest.mark.parametrize("days", [-365, 365])
def test_a_clock_that_is_corrected_makes_nothing_old(kind: str, days: int) -> None:
    branch = Branch()
    branch.set_clock(days=days)
    item = branch.ask(kind)
    branch.set_clock()
    branch.push_twice()
    assert branch.kept(item).state in TAKEN


@pytest.mark.parametrize("days", [-365, 365])
def test_a_clock_that_is_corrected_hides_no_age(kind: str, days: int) -> None:
    branch = Branch()
    branch.set_clock(days=days)
    item = branch.ask(kind)
    branch.set_clock()
    branch.later(days=valid_for(item.command).days, hours=2)
    branch.push_twice()
    assert (branch.kept(item).state, branch.kept(item).why) == ("ask", "expired")
    assert branch.operator.sent == []


def test_one_answer_with_a_wrong_time_makes_nothing_old(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of the operator's computers is weeks ahead; the others are right."""
    branch = Branch(NOTHING)
    item = branch.ask(kind)
    branch.operator.clock = valid_for(item.command) + timedelta(days=7)
    heard = type(branch.operator)._look

    def look(self: Any, own_id: str = "") -> None:
        heard(self, own_id)
        self.clock = timedelta(0)

    monkeypatch.setattr(type(branch.operator), "_look", look)
    branch.push()
    assert branch.kept(item).state in TAKEN


def test_what_was_put_to_the_customer_too_early_goes_on(kind: str) -> None:
    """The operator's clock was wrong for longer than one answer."""
    branch = Branch(FULL)
    item = branch.ask(kind)
    branch.operator.clock = valid_for(item.command) + timedelta(days=7)
    branch.push()
    assert (branch.kept(item).state, branch.kept(item).why) == ("ask", "expired")
    branch.operator.clock = timedelta(0)
    branch.push()
    assert branch.kept(item).state in TAKEN


@pytest.mark.parametrize("days", [-30, 30])
def test_where_nobody_knew_the_time_when_it_was_asked_for_nothing_is_old_early(kind: str, days: int) -> None:
    branch = Branch()
    branch.set_clock(days=days)
    branch.operator.clock = None
    item = branch.ask(kind)
    branch.set_clock(days=days)
    branch.push()
    assert branch.kept(item).state in TAKEN


@pytest.mark.parametrize("answer", ["403", "phone", "changed", "428", "key-missing"])
def test_a_no_to_a_second_sending_says_nothing_of_the_first(kind: str, answer: str) -> None:
    branch = Branch(FILTER_ONLY)
    branch.operator.lag = timedelta(seconds=180)
    item = lose(branch, kind)
    branch.operator.modes = [answer]
    for _ in range(40):
        branch.later(seconds=20)
        branch.push()
    assert len(branch.effects(item)) == 1
    told_right(branch, item)
