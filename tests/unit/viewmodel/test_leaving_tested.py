"""Another operator's SIM works in the handset: only this proves that it is unlocked, whatever the list says."""

from __future__ import annotations

from msgspec.structs import replace

from selfcare.domain.lines import SimLock
from selfcare.leaving.country import Caution
from selfcare.leaving.wizard import Answers, Screen, barrier, screens
from selfcare.viewmodel.leaving_screens import screen_view
from tests.unit.viewmodel.test_leaving_views import WORDS, case

LOCKED = Answers("PR-1", True, at=Screen.UNLOCK)


def test_the_proof_lets_the_customer_go_on_and_takes_the_warning_away() -> None:
    before = case(LOCKED, lock=SimLock.LOCKED)
    assert barrier(before.facts, before.answers, before.way, before.rules) is not None
    after = case(replace(LOCKED, tested=True), lock=SimLock.LOCKED)
    assert barrier(after.facts, after.answers, after.way, after.rules) is None
    assert Screen.UNLOCK in screens(after.facts, after.answers), "the tick can be taken away again"
    assert not {Caution.UNLOCK_LATE, Caution.PORT_WHILE_LOCKED} & set(after.way.cautions)
    view = screen_view(after, WORDS)
    assert (view.status.text if view.status else "", view.status_text) == (
        "unlocked",
        "By your own test with another SIM.",
    )
    assert [tick.question for tick in view.ticks if tick.is_on] == ["tested"]
