"""A day that the new operator or both operators name is asked for, and never filled in, shown or reminded of before."""

from dataclasses import dataclass
from datetime import date

import pytest

from selfcare.domain.records import replace
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.wizard import Answers, Screen, ahead, barrier
from selfcare.viewmodel.leaving_calendar import way_events
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_reminders import case_reminders
from selfcare.viewmodel.leaving_screens import screen_view
from tests import samples
from tests.shots.leavers import NOW, Scene, british, elsewhere, french, material

WORDS = samples.words()
READY = {"saved": True, "bank_new": True, "bank_keep": True}


@dataclass(frozen=True)
class Named:
    """A line whose day others name, with what is said of it."""

    facts: LeavingFacts
    keep: bool
    asked: str


BY_OTHERS = {
    "elsewhere": Named(elsewhere(), True, "Put the day in once the new operator has named it."),
    "30 numbers": Named(british(numbers=30, is_business=True), True, "once both operators have agreed on it."),
    "30 given up": Named(british(numbers=30, is_business=True), False, "once both operators have agreed on it."),
}


def case(facts: LeavingFacts, answers: Answers) -> Case:
    found = case_of(material(Scene("named", (facts,), answers)))
    assert found is not None
    return found


@pytest.mark.parametrize("name", BY_OTHERS)
def test_no_day_is_suggested(name: str) -> None:
    one = BY_OTHERS[name]
    before = case(one.facts, Answers("PR-1", one.keep, at=Screen.BANK, **READY))
    answers = ahead(before.facts, before.answers, before.way, before.rules)
    assert (answers.at, answers.day) == (Screen.DAY, None)
    view = screen_view(case(one.facts, answers), WORDS)
    assert not view.may_go_on
    assert one.asked in view.missing
    assert view.day is not None
    assert (view.day.day, view.day.said, view.day.offers_first) == (None, "not named yet", False)
    assert "First possible day" not in [fact.name for fact in view.facts]
    assert view.cost is not None
    assert view.cost.headline == "Day not known yet"
    assert view.cost.picture is None or view.cost.picture.mark is None


@pytest.mark.parametrize("name", BY_OTHERS)
def test_a_plan_without_its_day_is_not_confirmed_and_reminds_of_nothing(name: str) -> None:
    one = BY_OTHERS[name]
    open_day = case(one.facts, Answers("PR-1", one.keep, at=Screen.CONFIRM, confirmed=NOW, **READY))
    assert not screen_view(open_day, WORDS).may_go_on
    assert case_reminders(open_day, NOW) == ()
    assert {event.title.split(" (")[0] for event in way_events(open_day, WORDS)} <= {"Save everything"}
    named = case(one.facts, replace(open_day.answers, day=date(2026, 12, 19)))  # a Saturday: theirs to choose
    assert named.way.cut == date(2026, 12, 19)
    assert barrier(named.facts, replace(named.answers, at=Screen.DAY), named.way, named.rules) is None
    assert {r.day for r in case_reminders(named, NOW)} >= {date(2026, 12, 19)}


def test_the_mark_of_the_picture_has_the_cost_of_the_chosen_way() -> None:
    new = {"concluded": date(2026, 11, 15), "commitment_ends": date(2028, 11, 15), "at_distance": True}
    heights = []
    for back in (True, False):
        answers = Answers("PR-1", keep_number=False, withdraw=back, at=Screen.DAY, **READY)
        cost = screen_view(case(french(**new), answers), WORDS).cost
        assert cost is not None
        assert cost.picture is not None
        assert cost.picture.mark is not None
        heights.append(cost.picture.mark[1])
    assert heights[0] == 0 < heights[1], "a withdrawal costs nothing"
