"""Whether a lost request arrived is looked for among everything where the operator does not know the filter."""

from __future__ import annotations

import pytest

from selfcare.domain.waiting import WaitingState
from tests.unit.account.branch import NOTHING, Branch


@pytest.mark.parametrize("kind", ["cancellation", "contact"])
@pytest.mark.parametrize("filters_empty", [True, False])
def test_one_that_arrived_is_found_and_not_sent_again(kind: str, filters_empty: bool) -> None:
    branch = Branch(NOTHING)
    branch.operator.filters_empty = filters_empty
    branch.operator.modes = ["lost"]
    item = branch.ask(kind)
    branch.push()
    branch.until_quiet(4)
    assert branch.kept(item).state == WaitingState.DONE.value
    assert len(branch.operator.sent) == len(branch.effects(item)) == 1


@pytest.mark.parametrize("kind", ["cancellation", "contact"])
def test_an_answer_about_something_else_is_not_taken_for_one(kind: str) -> None:
    branch = Branch(NOTHING)
    branch.operator.modes = ["another"]
    item = branch.ask(kind)
    branch.push()
    kept = branch.kept(item)
    assert (kept.state, kept.why) == (WaitingState.ASK.value, "mismatch")
