"""Every path of the wizard without a screen: on never loops, loses no answer, and ends at the facts or says why not."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from selfcare.domain.lines import Access, SimLock
from selfcare.leaving.atlas import GUIDED, no_rules, rules_file
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.country import Caution
from selfcare.leaving.drafts import Plans, plans_from_bytes, plans_to_bytes
from selfcare.leaving.facts import Asked, LeavingFacts
from selfcare.leaving.outlook import outlook
from selfcare.leaving.rules import Rules, parse_rules
from selfcare.leaving.way import Way, plan
from selfcare.leaving.wizard import (
    Answers,
    Barrier,
    Screen,
    ahead,
    answer,
    back,
    barrier,
    confirm,
    read_notice,
    screens,
    start,
)

FOLDER = Path(__file__).parents[3] / "resources" / "rules"
RULES = {code: parse_rules((FOLDER / rules_file(code)).read_bytes()) for code in GUIDED}
NOW = datetime(2026, 11, 21, 10, 45, tzinfo=UTC)
TODAY = NOW.date()
COUNTRIES = (*GUIDED, "DE")


def rules_of(code: str) -> Rules:
    return RULES.get(code) or no_rules(code, TODAY)


def line(code: str, **more: object) -> LeavingFacts:
    return LeavingFacts(code, "Europe/Paris", "PR-1", "0612345678", **more)  # type: ignore[arg-type]


def way(facts: LeavingFacts, answers: Answers) -> Way:
    return plan(facts, rules_of(facts.country), TODAY, NOW, "EUR", answers.choices())


def bar(facts: LeavingFacts, answers: Answers) -> Barrier | None:
    return barrier(facts, answers, way(facts, answers), rules_of(facts.country))


def walk(facts: LeavingFacts, answers: Answers) -> Iterator[Answers]:
    """On and on, until something bars the way."""
    while True:
        yield answers
        if bar(facts, answers) is not None:
            return
        further = ahead(facts, answers, way(facts, answers), rules_of(facts.country))
        assert further.at is not answers.at, "a loop"
        answers = further


def given_answers(answers: Answers) -> Answers:
    """The answers without the place where one stands and without the day that was suggested."""
    return replace(answers, at=Screen.WAY, resume_at=Screen.LINE, day=None)


WANTS = ("keep", "drop", "notice", "withdraw")
KINDS = (Access.MOBILE, Access.FIXED, Access.INTERNET)


@pytest.mark.parametrize("code", COUNTRIES)
@pytest.mark.parametrize("wanted", WANTS)
@pytest.mark.parametrize("reason", list(Reason))
def test_every_branch_ends_at_the_facts_or_says_why_not(code: str, wanted: str, reason: Reason) -> None:
    for access, firm, lock, notice in product(KINDS, (False, True), SimLock, (None, (30, "day"))):
        facts = line(code, access=access, is_business=firm, lock=lock, handset_id="D", notice=notice, concluded=TODAY)
        answers = answer(start(Answers(), "PR-1"), "keep", wanted, TODAY)
        for question, value in (("reason", reason.value), ("acceptLocked", "yes"), ("bankKeep", "yes")):
            answers = answer(answers, question, value, TODAY)
        path = list(walk(facts, answers))
        last = path[-1]
        found = bar(facts, last)
        if reason is Reason.SAFETY:
            assert (last.at, found) == (Screen.REASON, Barrier.SAFETY_STOPS)
        elif way(facts, last).needs_notice:
            assert (last.at, found) == (Screen.DAY, Barrier.NOTICE_UNKNOWN)
        else:
            if way(facts, last).is_named_later:
                assert (last.at, last.day, found) == (Screen.DAY, None, Barrier.DAY_MISSING), "nobody named a day"
                last = list(walk(facts, answer(last, "day", "2026-12-18", TODAY)))[-1]
                found = bar(facts, last)
            assert (last.at, found) == (Screen.CONFIRM, Barrier.UNCONFIRMED)
            assert confirm(last, NOW, way(facts, last)).at is Screen.TRACKER
        pages = [s for s in screens(facts, last) if s is not Screen.WAY]
        assert [a.at for a in path] == pages[pages.index(path[0].at) :][: len(path)]
        assert all(given_answers(a) == given_answers(answers) for a in path)


QUESTIONS = st.one_of(
    st.tuples(st.just("keep"), st.sampled_from(WANTS)),
    st.tuples(st.just("reason"), st.sampled_from([r.value for r in Reason])),
    st.tuples(st.sampled_from(["listed", "usable"]), st.sampled_from(["yes", "no", ""])),
    st.tuples(st.just("filed"), st.sampled_from(["", "2026-07-01", "2027-01-01"])),
    st.tuples(st.just("ordersDays"), st.sampled_from(["", "90", "x", "-3", "9999999"])),
    st.tuples(
        st.sampled_from(
            ["acceptLocked", "tested", "saved", "bankNew", "bankKeep", "admitted", "ordersOpen", "stopMove", "small"]
        ),
        st.sampled_from(["yes", ""]),
    ),
    st.tuples(st.just("notice"), st.sampled_from(["", "10 day", "1 month", "3 weeks"])),
    st.tuples(st.just("day"), st.dates(date(2026, 11, 1), date(2029, 1, 1)).map(str)),
    st.tuples(st.just("typedCode"), st.sampled_from(["", "ABC123456", "nonsense"])),
    st.tuples(st.sampled_from(["on", "back", "restart"]), st.just("")),
)
FACTS = st.builds(
    line,
    st.sampled_from(COUNTRIES),
    access=st.sampled_from(KINDS),
    is_business=st.booleans(),
    lock=st.sampled_from(list(SimLock)),
    handset_id=st.just("D"),
    notice=st.none() | st.just((1, "month")),
    has_direct_debit=st.booleans(),
    concluded=st.none() | st.just(TODAY - timedelta(days=3)),
    contract_lines=st.integers(1, 2),
)


@settings(deadline=None)
@given(FACTS, st.lists(QUESTIONS, max_size=25))
def test_from_any_answers_the_way_on_ends_and_keeps_them(facts: LeavingFacts, given: list[tuple[str, str]]) -> None:
    answers = start(Answers(), "PR-1")
    for question, value in given:
        if question == "on":
            answers = ahead(facts, answers, way(facts, answers), rules_of(facts.country))
        elif question == "back":
            before = answers
            answers = back(facts, answers)
            assert given_answers(answers) == given_answers(before)
        elif question == "restart":
            kept = plans_from_bytes(plans_to_bytes(Plans().with_answers(answers))).of("PR-1")
            assert kept == (Answers("PR-1") if answers.is_discreet else answers)
            answers = answers if answers.is_discreet else kept
        else:
            answers = answer(answers, question, value, TODAY)
    path = list(walk(facts, answers))
    assert len(path) <= len(Screen)
    assert all(given_answers(a) == given_answers(answers) for a in path)
    assert bar(facts, path[-1]) is not None
    outlook(way(facts, path[-1]))


def test_a_port_with_a_locked_handset_is_never_without_a_warning() -> None:
    for code, accepts in product(COUNTRIES, ("yes", "")):
        facts = line(code, lock=SimLock.LOCKED, handset_id="D", notice=(30, "day"))
        answers = answer(start(Answers(), "PR-1"), "keep", "keep", TODAY)
        answers = answer(answers, "acceptLocked", accepts, TODAY)
        last = list(walk(facts, answers))[-1]
        if accepts:
            assert Caution.PORT_WHILE_LOCKED in way(facts, last).cautions
        else:
            assert (last.at, bar(facts, last)) == (Screen.UNLOCK, Barrier.UNLOCK_NOT_ASKED)
        waiting = replace(facts, unlock=Asked(NOW, sent=True), unlock_hours=48)
        if not accepts:
            unlocked, found = way(waiting, last).unlock_due, way(waiting, last)
            assert unlocked is not None
            assert found.cut >= unlocked.date()


def test_a_discreet_plan_leaves_no_trace() -> None:
    open_plan = Answers("PR-1", True, saved=True)
    kept = plans_to_bytes(Plans().with_answers(open_plan))
    discreet = answer(open_plan, "reason", "safety", TODAY)
    plans = plans_from_bytes(kept).with_answers(Answers("PR-2", True)).with_answers(discreet)
    written = plans_to_bytes(plans)
    assert b"PR-1" not in written
    assert b"safety" not in written
    assert b"PR-2" in written
    assert plans_from_bytes(written).of("PR-1") == Answers("PR-1")


def test_a_survivor_in_america_is_told_the_day() -> None:
    answers = answer(Answers("PR-1"), "reason", "safety", TODAY)
    found = way(line("US", numbers=2), answers)
    assert found.country.separation(found.ground) == date(2026, 11, 24)
    alone = way(line("US", numbers=1), answers)
    assert alone.country.separation(alone.ground) is None


def test_moving_home_ends_the_switch_by_the_new_provider_alone() -> None:
    home = line("GB", access=Access.FIXED)
    moving = answer(answer(Answers("PR-1"), "keep", "keep", TODAY), "reason", "moving", TODAY)
    assert way(home, moving).route.is_notice
    assert Caution.NUMBER_IS_LOST in way(home, moving).cautions


def test_another_reason_begins_anew_and_the_same_one_keeps_its_answers() -> None:
    answers = answer(answer(Answers(), "reason", "debt", TODAY), "filed", "2026-07-01", TODAY)
    assert answer(answers, "reason", "debt", TODAY).about.filed == date(2026, 7, 1)
    assert answer(answers, "reason", "death", TODAY).about == Circumstances(Reason.DEATH)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("30 day", (30, "day")), ("1 month", (1, "month")), ("", None), ("x day", None), ("3 weeks", None),
     ("0 day", (0, "day")), ("99999 day", None), ("٣ day", None)],
)  # fmt: skip
def test_a_typed_notice(typed: str, read: tuple[int, str] | None) -> None:
    assert read_notice(typed) == read


def test_the_contracts_own_notice_opens_the_day() -> None:
    facts = line("DE")
    answers = replace(Answers("PR-1", False, True), at=Screen.DAY)
    assert bar(facts, answers) is Barrier.NOTICE_UNKNOWN
    answers = answer(answers, "notice", "1 month", TODAY)
    assert way(facts, answers).earliest == date(2026, 12, 21)
    assert bar(facts, answer(answers, "day", "2026-12-21", TODAY)) is None
