"""A notice is "received" once the operator has said so, and not before; until then each page says what is known."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from selfcare.domain.lines import SimLock
from selfcare.leaving.facts import Asked
from selfcare.leaving.way import StepKind, StepState
from selfcare.leaving.wizard import Answers, Screen
from selfcare.viewmodel.leaving_decision import gives_notice
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.leaving_tracker import tracker_view
from tests import samples
from tests.unit.viewmodel.test_leaving_views import WORDS, case, way_of

MARCH = date(2027, 3, 15)
BY_NOTICE = Answers("PR-1", False, plain_notice=True, day=MARCH, at=Screen.TRACKER, confirmed=samples.NOW)
HERE = Asked(samples.NOW, sent=False, wanted=MARCH)
DOUBT, ASKS = replace(HERE, doubt=True), replace(HERE, asks=True)
SAID = (
    (HERE, "waiting to be sent", "it goes out as soon as your operator can be reached"),
    (DOUBT, "being checked", "Whether it has arrived is being checked with your operator."),
    (ASKS, "needs you", "decide on the page Waiting what happens next"),
)


@pytest.mark.parametrize(("given", "_tag", "sentence"), SAID)
def test_a_notice_that_nobody_has_confirmed_is_not_received(given: Asked, _tag: str, sentence: str) -> None:
    found = case(BY_NOTICE, notice_given=given, lock=SimLock.UNLOCKED)
    step = found.way.step(StepKind.NOTICE)
    assert step is not None
    assert (step.state, found.way.cut) == (StepState.NOW, MARCH)
    assert not gives_notice(found), "it is asked for once"
    row = next(row for row in tracker_view(found, WORDS).steps if row.step.title.startswith("Notice"))
    assert row.step.title == "Notice, not confirmed yet"
    assert sentence in row.step.text
    assert "received" not in f"{row.step.title} {row.step.text}"
    confirm = screen_view(case(replace(BY_NOTICE, at=Screen.CONFIRM, confirmed=None), notice_given=given), WORDS)
    assert sentence in confirm.text
    assert "with your operator already" not in confirm.text


def test_once_it_is_accepted_it_is_received() -> None:
    found = case(BY_NOTICE, notice_given=replace(HERE, sent=True), lock=SimLock.UNLOCKED)
    titles = [row.step.title for row in tracker_view(found, WORDS).steps]
    assert "Notice received by your operator" in titles
    assert found.way.cut == MARCH


@pytest.mark.parametrize("sent", [False, True])
def test_beside_a_move_it_names_the_day_that_was_asked_for(sent: bool) -> None:
    view = way_of(notice_given=replace(HERE, sent=sent), lock=SimLock.UNLOCKED)
    said = [note.sentence for note in view.cautions if "ends this line" in note.sentence]
    begins = "Your notice ends" if sent else "Your notice is not confirmed yet. Once it is, it ends"
    assert said == [f"{begins} this line on Mon 15 Mar 2027."]
