"""A firm's landline in the United Kingdom: its number moves by a letter of authority, on a day that is agreed on."""

from datetime import date

from selfcare.domain.lines import Access, SimLock
from selfcare.domain.records import replace
from selfcare.leaving.choices import Circumstances, Reason, Route
from selfcare.leaving.country import CostReason
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.wizard import Answers, Barrier, Screen, barrier
from selfcare.viewmodel.leaving import way_view
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.leaving_tracker import tracker_view
from tests import samples
from tests.shots.leavers import Scene, british, material, money

D, WORDS = date, samples.words()
FIRM = british(
    access=Access.FIXED, number="+442079460123", is_business=True, handset_id="", lock=SimLock.NOT_STATED,
    operator_charge=None, commitment_ends=D(2027, 3, 1), monthly=money("48.00", "GB"), notice=(60, "day"),
)  # fmt: skip
KEEPS = Answers("PR-1", True, is_critical=False)


def firm(answers: Answers = KEEPS, facts: LeavingFacts = FIRM) -> Case:
    found = case_of(material(Scene("firm", (facts,), answers)))
    assert found is not None
    return found


def test_both_ways_are_offered_and_the_first_keeps_the_number() -> None:
    view = screen_view(firm(replace(KEEPS, at=Screen.LINE)), WORDS)
    assert [(c.key, c.is_chosen) for c in view.choices] == [("keep", True), ("notice", False)]
    assert "letter of authority" in view.choices[0].text
    assert "On a day agreed with both operators." in view.choices[0].text
    assert firm().way.route is Route.PORT
    assert firm().way.scheme == ""


def test_no_day_is_told_before_it_is_agreed_on() -> None:
    found = firm(replace(KEEPS, at=Screen.DAY))
    assert barrier(found.facts, found.answers, found.way, found.rules) is Barrier.DAY_MISSING
    view = way_view(found, WORDS)
    assert {s.key: s.when for s in view.steps}["cut"] == "As agreed"
    assert [s.title for s in view.steps][1] == "Sign a letter of authority for the new provider, and agree on the day"
    assert view.cost.headline == "Day not known yet"
    assert not view.cautions
    agreed = firm(replace(KEEPS, day=D(2027, 1, 12), at=Screen.CONFIRM))
    shown = {f.name: f.value for f in screen_view(agreed, WORDS).facts}
    assert shown["Number"] == "comes with you"
    assert shown["This line dies"].startswith("Tue 12 Jan 2027")
    assert screen_view(agreed, WORDS).command is None


def test_no_rule_of_a_switch_is_lent_to_it() -> None:
    """UK-SW-13 (no notice after a switch) is for PAC, STAC and One Touch Switch; UK-SW-15 is for landlines, too."""
    way = firm(replace(KEEPS, day=D(2027, 1, 12))).way
    reasons = {line.reason: line.rule_id for line in way.quote.lines}
    assert CostReason.NO_NOTICE_RENT not in reasons
    assert reasons[CostReason.PORT_IS_FREE] == "UK-SW-15"
    assert not way.is_switch
    row = next(s for s in way_view(firm(replace(KEEPS, day=D(2027, 1, 12))), WORDS).steps if s.key == "finalBill")
    assert "whether a notice is charged after it, your contract says" in row.text
    assert "UK-SW-13" not in {name for step in way.steps for name in step.rule_ids}


def test_it_is_followed_until_the_day_is_agreed() -> None:
    answers = replace(KEEPS, day=D(2027, 1, 12), confirmed=samples.NOW, at=Screen.TRACKER)
    view = tracker_view(firm(answers), WORDS)
    row = next(t for t in view.steps if t.step.key == "handOver")
    assert [t.label for t in row.ticks] == ["The day is agreed"]
    assert "give no notice before the number has moved" in row.step.text
    done = tracker_view(firm(replace(answers, handed_over=D(2026, 11, 21))), WORDS)
    assert next(t for t in done.steps if t.step.key == "handOver").step.title == "Day agreed with both operators"


def test_notice_and_another_home_stay_as_they_were() -> None:
    by_notice = firm(replace(KEEPS, keep_number=False, plain_notice=True))
    assert by_notice.way.route is Route.NOTICE
    text = next(s.text for s in way_view(by_notice, WORDS).steps if s.key == "notice")
    assert "sign a letter of authority for the new provider instead" in text
    moving = firm(replace(KEEPS, about=Circumstances(Reason.MOVING)))
    assert moving.way.route is Route.NOTICE
    assert Route.PORT not in {d.route for d in moving.way.departures}
    assert firm(facts=replace(FIRM, number="")).way.route is Route.NOTICE
    assert firm(facts=replace(FIRM, is_business=False)).way.route is Route.FIXED_SWITCH
