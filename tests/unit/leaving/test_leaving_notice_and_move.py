"""A notice and a move at once: each ends the line, so the day is bounded, both are shown, and it is said before."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from selfcare.domain.commands import WithdrawNotice
from selfcare.domain.lines import Access
from selfcare.leaving.choices import Choices, Route
from selfcare.leaving.country import Caution, StepKind
from selfcare.leaving.facts import Asked, LeavingFacts
from selfcare.leaving.outlook import outlook
from selfcare.leaving.way import StepState, Way
from selfcare.leaving.wizard import Answers, Barrier, Screen, barrier
from selfcare.viewmodel.leaving_cautions import caution_notice
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.leaving_tracker import tracker_view
from tests import samples
from tests.unit.leaving.test_leaving_countries import NOW, line, money, rules_of, way
from tests.unit.viewmodel.test_leaving_abroad import case

D = date
WORDS = samples.words()
ENDS = D(2026, 12, 20)  # a Sunday
GIVEN = Asked(datetime(2026, 11, 20, 9, tzinfo=UTC), sent=True, ends=ENDS, order_id="O-1")
LATER = D(2027, 1, 15)


def planned(code: str, given: Asked | None = GIVEN, *, keep: bool = True, day: date | None = LATER) -> Way:
    received = None if given is None or given.refused else D(2026, 11, 20)
    facts = line(code, notice_given=given, notice_received=received, notice=(30, "day"))
    return way(facts, Choices(keep_number=keep, day=day), NOW)


@pytest.mark.parametrize(
    ("code", "keep", "route", "last"),
    [
        ("GB", True, Route.PORT, D(2026, 12, 18)),
        ("GB", False, Route.STAC, D(2026, 12, 18)),
        ("FR", True, Route.PORT, D(2026, 12, 19)),
        ("US", True, Route.PORT, ENDS),
        ("DE", True, Route.PORT, ENDS),
    ],
)
def test_a_line_on_which_a_notice_runs_cannot_be_moved_after_it(
    code: str, keep: bool, route: Route, last: date
) -> None:
    found = planned(code, keep=keep)
    assert (found.route, found.latest, found.cut) == (route, last, last)
    assert Caution.NOTICE_RUNS in found.cautions
    told = found.step(StepKind.NOTICE)
    assert (told.day, told.state) == (D(2026, 11, 20), StepState.DONE) if told is not None else False
    free = planned(code, None, keep=keep)
    assert free.cut == LATER
    assert Caution.NOTICE_RUNS not in free.cautions
    refused = planned(code, replace(GIVEN, refused=True), keep=keep)
    assert (refused.cut, Caution.NOTICE_RUNS in refused.cautions) == (LATER, False)


def test_a_chosen_day_after_the_notice_is_barred() -> None:
    found = planned("FR")
    answers = Answers("PR-1", keep_number=True, at=Screen.DAY, day=LATER)
    assert barrier(found.ground.facts, answers, found, rules_of("FR")) is Barrier.DAY_TOO_LATE


def test_without_a_named_end_the_rule_says_it_and_an_unknown_notice_bounds_nothing() -> None:
    received = {"notice_received": D(2026, 11, 20)}
    french = way(line("FR", **received), Choices(day=LATER), NOW)
    assert (french.notice_end, french.cut) == (D(2026, 11, 30), D(2026, 11, 30))
    unknown = way(line("US", **received), Choices(day=LATER), NOW)
    assert (unknown.notice_end, unknown.cut) == (None, LATER)
    assert Caution.NOTICE_RUNS in unknown.cautions


def test_a_move_ordered_for_a_later_day_leaves_the_line_dead_before() -> None:
    given = replace(GIVEN, ends=D(2026, 11, 30))
    facts = line("GB", notice_given=given, notice_received=D(2026, 11, 20))
    found = way(facts, Choices(day=LATER, handed_over=D(2026, 11, 21)), NOW)
    assert (found.cut, found.last_day) == (LATER, D(2026, 11, 30))
    door = found.step(StepKind.DOOR)
    assert door is not None
    assert door.day == D(2026, 12, 30)
    over = way(replace(facts, notice_given=replace(given, ends=D(2026, 11, 20))), Choices(day=LATER), NOW)
    assert (over.cut, over.last_day) == (LATER, LATER)
    ended = way(replace(facts, line_ended=D(2026, 11, 20)), Choices(), NOW)
    assert Caution.NOTICE_RUNS not in ended.cautions


def test_no_cheaper_day_is_offered_after_the_end_by_notice() -> None:
    facts = line(
        "FR", concluded=D(2026, 3, 1), commitment_ends=D(2028, 3, 1), monthly=money("FR", "20"), subsidised=True
    )  # fmt: skip
    best = outlook(way(facts, Choices(), NOW)).cheapest
    assert best is not None
    assert best.day == D(2028, 3, 1)
    runs = replace(facts, notice_given=GIVEN, notice_received=D(2026, 11, 20))
    assert outlook(way(runs, Choices(), NOW)).cheapest is None


def followed(**more: object) -> LeavingFacts:
    return line("GB", notice_given=GIVEN, notice_received=D(2026, 11, 20), notice=(30, "day"), **more)


def test_confirm_and_tracker_show_the_notice_that_runs_and_how_it_is_taken_back() -> None:
    answers = Answers("PR-1", keep_number=True, day=D(2026, 12, 15), at=Screen.CONFIRM)
    page = screen_view(case(followed(), answers), WORDS)
    assert "Your notice stands all the same" in page.text
    assert "What ends this line is" not in page.text
    assert any(note.sentence == "Your notice ends this line on Sun 20 Dec." for note in page.cautions)
    view = tracker_view(case(followed(), replace(answers, at=Screen.TRACKER, confirmed=samples.NOW)), WORDS)
    notice = next(item for item in view.steps if item.step.key == "notice")
    assert [action.command for action in notice.actions] == [WithdrawNotice("O-1")]
    assert any("20 Dec" in note.sentence for note in view.cautions)


def test_what_is_said_of_a_notice_that_runs() -> None:
    def said(facts: LeavingFacts, **more: object) -> str:
        found = case(facts, Answers("PR-1", keep_number=True, **more))  # type: ignore[arg-type]
        notice = caution_notice(Caution.NOTICE_RUNS, found, WORDS)
        return f"{notice.sentence} {notice.advice}"

    assert "By this plan it moves in time" in said(followed())
    assert "too late" in said(followed(), day=LATER, handed_over=samples.TODAY)
    assert "Until your operator agrees" in said(followed(withdrawal=Asked(samples.NOW, sent=True)))
    over = followed()
    assert "at any moment" in said(replace(over, notice_given=replace(GIVEN, ends=D(2026, 11, 20))))
    assert "not known here" in said(replace(line("US", notice_received=D(2026, 11, 20)), country="US"))


@pytest.mark.parametrize(
    ("more", "choices"),
    [
        ({}, Choices(keep_number=False, plain_notice=True)),
        ({"access": Access.INTERNET}, Choices(keep_number=False, plain_notice=True)),
    ],
)
def test_notice_beside_an_ordered_move_is_warned_of(more: dict[str, object], choices: Choices) -> None:
    for code in ("GB", "FR", "US", "DE"):
        facts = line(code, notice=(30, "day"), **more)
        ordered = way(facts, replace(choices, handed_over=D(2026, 11, 20)), NOW)
        assert Caution.MOVE_IS_ORDERED in ordered.cautions
        assert Caution.MOVE_IS_ORDERED not in way(facts, choices, NOW).cautions
        moving = way(facts, Choices(handed_over=D(2026, 11, 20)), NOW)
        assert moving.route.is_notice or Caution.MOVE_IS_ORDERED not in moving.cautions


def test_confirming_a_notice_says_that_a_move_is_under_way() -> None:
    answers = Answers(
        "PR-1", keep_number=False, plain_notice=True, handed_over=D(2026, 11, 20), day=ENDS, at=Screen.CONFIRM
    )
    page = screen_view(case(line("GB", notice=(30, "day")), answers), WORDS)
    assert any("Give no notice" in note.advice for note in page.cautions)
    stands = screen_view(case(followed(), answers), WORDS)
    assert any("take it back" in note.advice for note in stands.cautions)
