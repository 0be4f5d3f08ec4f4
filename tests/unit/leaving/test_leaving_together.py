"""Mobile and fixed together: dates by line, one cost, one list of what is open, and the discount that is lost."""

from datetime import date, timedelta
from decimal import Decimal

from msgspec.structs import replace

from selfcare.domain.lines import Access, SimLock
from selfcare.leaving.bundles import bundle_clause
from selfcare.leaving.drafts import Plans, plans_from_bytes, plans_to_bytes
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.moves import begin, line_chosen, with_confirmed, with_others
from selfcare.leaving.together import Member, first_open, joins, together
from selfcare.leaving.way import Route, plan
from selfcare.leaving.wizard import Answers, Barrier, Screen, answer
from tests.shots.leavers import NOW, TODAY, british, money, rules_of

RULES = rules_of("GB")
LEADER = Answers("PR-1", True, saved=True, bank_new=True, bank_keep=True)


def member(answers: Answers, **changed: object) -> Member:
    facts: LeavingFacts = british(line_id=answers.line_id, **changed)
    assert RULES is not None
    return Member(facts, answers, plan(facts, RULES, TODAY, NOW, "GBP", answers.choices()))


def home(**changed: object) -> Member:
    answers = joins(Answers("PR-2"), LEADER)
    made = {"access": Access.FIXED, "number": "+442079460123", "handset_id": "", "lock": SimLock.NOT_STATED}
    return member(answers, **{**made, **changed})


def test_each_line_keeps_its_own_way_and_day_and_the_costs_add_up() -> None:
    assert RULES is not None
    bound = home(commitment_ends=date(2027, 5, 21), monthly=money("30.00", "GB"), operator_charge=None)
    joint = together(member(LEADER), [bound], RULES)
    assert [m.way.route for m in joint.members] == [Route.PORT, Route.FIXED_SWITCH]
    assert joint.low is not None
    assert joint.high is not None
    assert joint.low.value == sum((m.way.quote.low.value for m in joint.members if m.way.quote.low), Decimal(0)) > 0
    assert joint.low < joint.high
    assert joint.open == ()
    assert joint.numbers == 1


def test_a_cost_that_is_not_known_is_not_left_out() -> None:
    assert RULES is not None
    joint = together(member(LEADER), [home(commitment_ends=None, operator_charge=None)], RULES)
    assert (joint.low, joint.high) == (None, None)


def test_a_fixed_line_that_would_end_before_the_number_has_moved_is_named() -> None:
    assert RULES is not None
    late = replace(LEADER, day=TODAY + timedelta(days=60))
    by_notice = replace(joins(Answers("PR-2", False, plain_notice=True), LEADER), day=TODAY + timedelta(days=30))
    fixed = member(by_notice, access=Access.FIXED, number="+442079460123", handset_id="", lock=SimLock.NOT_STATED)
    assert together(member(late), [fixed], RULES).too_soon == ("PR-2",)
    assert together(member(LEADER), [fixed], RULES).too_soon == ()


def test_what_is_open_for_another_line_holds_the_confirmation_back() -> None:
    assert RULES is not None
    locked = member(joins(Answers("PR-3"), LEADER), lock=SimLock.LOCKED)
    assert together(member(LEADER), [locked], RULES).open == (("PR-3", Barrier.UNLOCK_NOT_ASKED),)
    behind = replace(locked, answers=replace(locked.answers, accept_locked=True))
    assert first_open(behind, RULES) is None


def test_a_line_that_is_gone_and_a_discreet_plan_do_not_join() -> None:
    assert RULES is not None
    gone = home(is_over=True)
    discreet = member(answer(Answers("PR-4", True), "reason", "safety", TODAY))
    assert together(member(LEADER), [gone, discreet], RULES).members[1:] == ()


def test_ticking_confirming_and_what_is_kept() -> None:
    assert RULES is not None
    chosen = answer(answer(LEADER, "with:PR-2,PR-1,", "yes", TODAY), "with:PR-3", "yes", TODAY)
    assert chosen.others == ("PR-2", "PR-3")
    assert answer(chosen, "with:PR-3", "", TODAY).others == ("PR-2",)
    plans = with_others(Plans().with_answers(chosen), chosen)
    assert plans.current == "PR-1"
    assert plans.of("PR-2").keep_number is True
    assert plans.of("PR-2").bank_keep
    joint = together(member(chosen), [home()], RULES)
    done = with_confirmed(plans, joint, NOW).of("PR-2")
    assert (done.confirmed, done.at, done.day) == (NOW, Screen.TRACKER, joint.members[1].way.cut)
    assert plans_from_bytes(plans_to_bytes(plans)).of("PR-1").others == ("PR-2", "PR-3")


def test_the_discount_is_quoted_only_where_the_contract_names_it() -> None:
    english = "A discount of £5 a month applies while both lines stay together."
    french = "La remise de 5 € par mois est accordée tant que le mobile et la box restent ensemble."
    assert bundle_clause(["Notice is 30 days.", english]) == english
    assert bundle_clause([french]) == french
    assert bundle_clause(["Notice is 30 days from receipt.", "Prices follow inflation."]) == ""


def test_a_line_that_has_ended_is_followed_at_once() -> None:
    ended = british(line_ended=TODAY - timedelta(days=9), is_over=True)
    found = begin(ended, Answers("PR-1"), NOW, at_first_question=False)
    assert (found.at, found.confirmed, found.keep_number) == (Screen.TRACKER, NOW, True)
    assert begin(ended, Answers("PR-1"), NOW, at_first_question=True).at is Screen.LINE


def test_another_line_is_shown_on_the_page_that_is_looked_at() -> None:
    plans = Plans().with_answers(replace(LEADER, at=Screen.DAY))
    assert line_chosen(plans, "PR-1", Screen.LINE).at is Screen.LINE
    assert line_chosen(plans, "PR-1", Screen.BANK).at is Screen.DAY
    confirmed = plans.with_answers(replace(LEADER, confirmed=NOW))
    assert line_chosen(confirmed, "PR-1", Screen.LINE).at is Screen.TRACKER
