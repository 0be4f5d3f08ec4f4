"""An operator that says for days that something is in progress: asked a few times at most, and its reason is told."""

from __future__ import annotations

import pytest

from selfcare.domain.operator import Honours
from tests.unit.account.branch import FILTER_ONLY, FULL, KEY_ONLY, KINDS, NOTHING, Branch


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("honours", "most"), [(FULL, 4), (KEY_ONLY, 4), (FILTER_ONLY, 1), (NOTHING, 1)])
def test_what_is_in_progress_for_days_is_put_to_the_customer_with_the_reason(
    kind: str, honours: Honours, most: int
) -> None:
    branch = Branch(honours)
    branch.operator.modes = ["in-progress"] * 99
    item = branch.ask(kind)
    for _ in range(30):
        branch.push()
        branch.later(minutes=31)
    kept = branch.kept(item)
    assert (kept.state, kept.reason) == ("ask", "Still in progress")
    assert kept.why in {"askedAlready", "cannotTell"}
    assert len(branch.operator.sent) <= most
    assert branch.effects(item) == []
