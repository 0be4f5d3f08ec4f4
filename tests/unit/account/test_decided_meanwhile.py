"""The customer decides while the other lane is at work on the same request: what was decided first counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from selfcare.account import outbox
from selfcare.domain.failures import ServerTrouble
from selfcare.store.actions import Actions
from tests.unit.account.branch import FULL, MORE, NOTHING, Branch
from tests.unit.account.faulty import FaultyOperator


def while_asking(monkeypatch: pytest.MonkeyPatch, name: str, deed: Callable[[], object]) -> None:
    """Do something once, just when the operator is asked something."""
    real, done = getattr(FaultyOperator, name), list[bool]()

    def asked(self: FaultyOperator, *facts: Any, **more: Any) -> Any:
        if not done:
            done.append(True)
            deed()
        return real(self, *facts, **more)

    monkeypatch.setattr(FaultyOperator, name, asked)


def test_a_remark_taken_back_while_its_ticket_is_fetched_stays_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    branch = Branch()
    item = branch.ask("note")

    def take_back() -> None:
        assert branch.vault.actions.drop(item.id, branch.now)
        raise ServerTrouble(500)

    while_asking(monkeypatch, "fetch_one", take_back)
    branch.push()
    assert branch.kept(item).state == "dropped"
    branch.until_quiet(2)
    assert (branch.kept(item).state, branch.operator.sent, branch.effects(item)) == ("dropped", [], [])
    assert [entry.event for entry in branch.vault.actions.journal(item.id)] == ["asked", "dropped"]


@pytest.mark.parametrize("kind", ["PAC", "unlock", "option off", "cancellation"])
def test_what_was_taken_back_is_not_asked_about(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    branch = Branch()
    item = branch.ask(kind)
    assert branch.change_underneath(item)
    while_asking(monkeypatch, "fetch_one", lambda: branch.vault.actions.drop(item.id, branch.now))
    branch.push()
    assert branch.kept(item).state == "dropped"
    assert not outbox.retry(branch.vault.actions, item.id, branch.now)


@pytest.mark.parametrize("kind", MORE)
@pytest.mark.parametrize("before", ["new", "ask"])
def test_a_wish_to_try_now_that_comes_too_late_does_nothing_twice(
    kind: str, before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch = Branch(NOTHING)
    item = branch.ask(kind)
    if before == "ask":
        branch.vault.actions.finish(item.id, "ask", branch.now, why="expired")
    real = Actions.get

    def read_then_sent(self: Actions, action_id: str) -> Any:
        """Between the reading and the writing of the one lane the other sends it, once."""
        found = real(self, action_id)
        monkeypatch.setattr(Actions, "get", real)
        if before == "ask":
            assert outbox.retry(branch.vault.actions, item.id, branch.now)
        branch.push()
        return found

    monkeypatch.setattr(Actions, "get", read_then_sent)
    assert not outbox.retry(branch.vault.actions, item.id, branch.now)
    branch.until_quiet(3)
    assert len(branch.operator.sent) == len(branch.effects(item)) == 1
    assert branch.kept(item).state in {"done", "accepted"}


@pytest.mark.parametrize("kind", MORE)
def test_a_question_that_was_answered_meanwhile_is_not_opened_again(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    branch = Branch(FULL)
    branch.operator.modes = ["another"]
    item = branch.ask(kind)
    branch.push()
    assert branch.kept(item).state == "ask"
    real = Actions.get

    def read_then_dropped(self: Actions, action_id: str) -> Any:
        found = real(self, action_id)
        assert self.drop(action_id, branch.now)
        return found

    monkeypatch.setattr(Actions, "get", read_then_dropped)
    assert not outbox.check_again(branch.vault.actions, item.id, branch.now)
    monkeypatch.setattr(Actions, "get", real)
    assert branch.kept(item).state == "dropped"


@pytest.mark.parametrize("kind", MORE)
def test_what_is_found_at_the_operator_is_told_though_it_was_taken_back(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer copy of this folder had sent it: that the operator never saw it would not be so."""
    branch = Branch(FULL)
    item = branch.ask(kind)
    branch.push()
    branch.vault.actions._database.run("UPDATE actions SET state='new', receipt='', attempts=0, first_sent=''")
    branch.start_again()
    for name in ("find_external", "pages", "fetch_one"):
        while_asking(monkeypatch, name, lambda: branch.vault.actions.drop(item.id, branch.now))
    branch.push()
    assert branch.kept(item).state in {"done", "accepted"}
    assert "dropped" in [entry.event for entry in branch.vault.actions.journal(item.id)]
