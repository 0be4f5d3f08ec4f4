"""What a contract names of price rises is a word of the contract: one answer counts for every line of it."""

from datetime import date

import pytest

from selfcare.domain.records import replace
from selfcare.leaving.drafts import Plans
from selfcare.leaving.facts import Rise
from selfcare.leaving.moves import with_others, with_shared
from selfcare.leaving.wizard import Answers, Screen, answer
from selfcare.viewmodel.leaving_material import Case, LeavingMaterial, case_of
from selfcare.viewmodel.leaving_rise import clause_pick
from tests import samples
from tests.shots.leavers import Scene, british, material, money

D, EN = date, samples.words()
TOLD = D(2026, 11, 14)
BOUND = british(
    concluded=D(2025, 6, 10), commitment_ends=D(2027, 6, 10), contract_ends=D(2027, 6, 10), price_changes=(TOLD,),
    rises=(Rise(TOLD, D(2027, 1, 1), money("2.50", "GB")),), contract_lines=2, operator_charge=None,
)  # fmt: skip
SECOND = replace(BOUND, line_id="PR-3", number="+447700900456", monthly=money("20.00", "GB"))
LEADER = Answers("PR-1", True, at=Screen.CONFIRM, saved=True, bank_keep=True, others=("PR-3",))


def told(*said: tuple[str, str], second: str = "AG-1", by: str = "PR-1") -> LeavingMaterial:
    facts = (BOUND, replace(SECOND, contract_id=second))
    found = material(Scene("clause", facts, LEADER))
    found = replace(found, plans=with_others(found.plans, LEADER))
    for question, value in said:
        case = of(found, by)
        plans = found.plans.with_answers(answer(case.answers, question, value, samples.TODAY))
        shared = with_shared(plans, question, plans.of(by), found.same_contract(case.facts))
        found = replace(found, plans=shared)
    return found


def of(found: LeavingMaterial, line_id: str) -> Case:
    case = case_of(found, line_id)
    assert case is not None
    return case


def chosen(found: LeavingMaterial, line_id: str) -> str:
    return clause_pick(of(found, line_id), EN)[0].chosen


NONE, AMOUNT = ("terms:riseClause", "none"), ("terms:riseClause", "amount")


@pytest.mark.parametrize("by", ["PR-1", "PR-3"])
def test_a_contract_that_names_no_rise_frees_every_line_of_it(by: str) -> None:
    found = told(NONE, by=by)
    assert [of(found, line).way.quote.is_free for line in ("PR-1", "PR-3")] == [True, True]
    joint = of(found, "PR-1").joint()
    assert joint is not None
    assert joint.high is not None
    assert joint.high.is_zero
    assert chosen(found, "PR-3") == "none"


def test_a_rise_that_was_agreed_frees_no_line_of_it() -> None:
    found = told(AMOUNT, ("agreedRise", "2.50"))
    for line in ("PR-1", "PR-3"):
        low = of(found, line).way.quote.low
        assert low is not None
        assert not low.is_zero


def test_the_last_answer_counts_and_can_be_taken_back() -> None:
    found = told(NONE, ("terms:riseClause", "percent"), by="PR-3")
    assert (chosen(found, "PR-1"), chosen(found, "PR-3")) == ("percent", "percent")
    found = told(NONE, ("terms:riseClause", ""))
    assert (chosen(found, "PR-1"), chosen(found, "PR-3")) == ("", "")


def test_a_line_that_nobody_has_begun_with_knows_it_too() -> None:
    found = told(NONE)
    alone = replace(found, plans=Plans().with_answers(found.plans.of("PR-1")))
    assert chosen(alone, "PR-3") == "none"


def test_another_contract_and_a_discreet_plan_are_left_alone() -> None:
    found = told(NONE, second="AG-2")
    assert (chosen(found, "PR-1"), chosen(found, "PR-3")) == ("none", "")
    hidden = answer(told(NONE).plans.of("PR-1"), "reason", "safety", samples.TODAY)
    plans = Plans().with_answers(Answers("PR-3", True)).with_answers(hidden)
    assert chosen(replace(found, facts=(BOUND, SECOND), plans=plans), "PR-3") == ""
    assert with_shared(plans, "terms:riseClause", hidden, ("PR-1", "PR-3")) == plans
