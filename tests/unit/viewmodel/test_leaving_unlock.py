"""An unlock is due, asked for or late only once its request is with the operator; before that the pages say so."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from selfcare.domain.lines import SimLock
from selfcare.leaving.facts import Asked, LeavingFacts
from selfcare.leaving.way import StepKind
from selfcare.leaving.wizard import Answers, Screen
from selfcare.viewmodel.leaving_material import case_of
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.leaving_tracker import TrackedView, TrackerView, tracker_view
from tests import samples
from tests.shots.leavers import Scene, american, british, french, material
from tests.unit.viewmodel.test_leaving_views import WORDS, case, page, way_of

LOCKED = {"lock": SimLock.LOCKED, "unlock_hours": 48, "handset_bought": date(2024, 9, 21)}
WAITING = LOCKED | {"unlock": Asked(samples.NOW, sent=False)}
OLD = LOCKED | {"unlock": Asked(samples.NOW - timedelta(hours=90), sent=False)}
SENT = LOCKED | {"unlock": Asked(samples.NOW, sent=True)}


def handset(**changed: object) -> str:
    return next(f.value for f in page(Screen.CONFIRM, **changed).facts if f.name == "Handset")  # type: ignore[arg-type]


def followed(**changed: object) -> tuple[TrackerView, dict[str, TrackedView]]:
    answers = Answers("PR-1", True, day=date(2026, 11, 26), confirmed=samples.NOW, at=Screen.TRACKER)
    view = tracker_view(case(answers, **changed), WORDS)
    return view, {one.step.key: one for one in view.steps}


def test_what_has_not_left_is_neither_due_nor_asked_for() -> None:
    assert handset(**WAITING) == "unlock waiting to be sent; due 48 hours after that"
    ask = next(step for step in way_of(**WAITING).steps if step.key == "unlockAsk")
    assert (ask.state, ask.text.partition(":")[0]) == ("now", "Waiting to be sent")
    view, rows = followed(**WAITING)
    assert view.headline == "Next: the request for the unlock goes out, once your operator can be reached"
    assert (rows["unlocked"].step.when, rows["unlocked"].step.more) == ("Then", "")
    assert rows["unlocked"].step.text.endswith("Due 48 hours after that.")
    assert "Ask from" not in rows["code"].actions[0].why_not


def test_what_was_taken_back_is_to_be_asked_for_again() -> None:
    assert handset(**LOCKED) == "unlock not asked for yet"
    view, rows = followed(**LOCKED)
    assert view.headline == "Next: ask for the unlock, today"
    assert (rows["unlocked"].step.when, rows["unlocked"].step.text) == ("Now", "Not asked for yet.")
    assert rows["unlocked"].actions[0].label == "Ask for the unlock now"
    assert "Ask from" not in rows["code"].actions[0].why_not


def test_what_was_sent_is_due() -> None:
    assert handset(**SENT) == "unlock due Mon 23 Nov, 10:50"
    assert next(step for step in way_of(**SENT).steps if step.key == "unlockAsk").state == "done"
    view, rows = followed(**SENT)
    assert view.headline == "Next: unlock of the handset, Mon 23 Nov, in 2 days"
    assert rows["code"].actions[0].why_not.endswith("By this plan you ask for it on Tue 24 Nov.")


def test_what_waits_here_breaks_no_promise_of_the_operator() -> None:
    view, rows = followed(**OLD)
    assert view.headline.startswith("Next: the request for the unlock")
    assert rows["unlocked"].step.state == "now"
    assert not any("late" in caution.sentence for caution in view.cautions)
    assert next(step for step in way_of(**OLD).steps if step.key == "unlocked").state == "later"


@pytest.mark.parametrize(("changed", "is_said"), [(LOCKED, True), (WAITING, False), (SENT, False)])
def test_how_to_ask_is_said_until_it_was_asked(changed: dict[str, object], is_said: bool) -> None:
    shown = (followed(**changed)[0].cautions, page(Screen.CONFIRM, **changed).cautions, way_of(**changed).cautions)  # type: ignore[arg-type]
    for cautions in shown:
        assert any("sold locked" in one.sentence for one in cautions) is is_said


@pytest.mark.parametrize("day", [None, date(2026, 12, 31)])
@pytest.mark.parametrize("leaver", [british, french, american])
def test_the_page_of_the_code_names_the_day_of_its_step(leaver: Callable[..., LeavingFacts], day: date | None) -> None:
    facts = leaver(lock=SimLock.LOCKED, unlock_hours=48)
    found = case_of(material(Scene("locked", (facts,), Answers("PR-1", True, day=day, at=Screen.CODE))))
    assert found is not None
    step = next(step for step in found.way.steps if step.kind is StepKind.CODE)
    assert WORDS.day(step.day, found.material.today) in screen_view(found, WORDS).actions[0].why_not
