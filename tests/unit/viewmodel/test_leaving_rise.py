"""The wizard asks what the offline calculator asks, and gives the same answer: an amount, a percentage, or nothing."""

from datetime import date

import pytest

from selfcare.domain.records import replace
from selfcare.leaving.drafts import Plans, plans_from_bytes, plans_to_bytes
from selfcare.leaving.facts import LeavingFacts, Rise
from selfcare.leaving.facts_file import read_facts
from selfcare.leaving.way import Way, plan
from selfcare.leaving.wizard import Answers, Screen, answer
from selfcare.viewmodel.leaving import way_view
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_screens import screen_view
from tests import samples
from tests.shots.leavers import Scene, british, material, money

D, EN = date, samples.words()
TOLD, STARTS = D(2026, 11, 14), D(2026, 12, 20)
OLD, NEW = D(2025, 1, 10), D(2026, 1, 10)


def bound(made: date) -> LeavingFacts:
    rise = Rise(TOLD, STARTS, money("3.00", "GB"))
    return british(concluded=made, commitment_ends=D(2027, 7, 10), price_changes=(TOLD,), rises=(rise,))


def asked(made: date, *said: tuple[str, str]) -> Case:
    answers = Answers("PR-1", True, at=Screen.DAY, day=D(2026, 12, 8))
    for question, value in said:
        answers = answer(answers, question, value, samples.TODAY)
    found = case_of(material(Scene("rise", (bound(made),), answers)))
    assert found is not None
    return found


def calculated(made: date, more: str) -> Way:
    text = f"""line = "mobile"
        concluded = {made}
        commitment_ends = 2027-07-10
        monthly = 32
        changes = [{{ told = {TOLD}, from = {STARTS}, rise = 3.00{more} }}]"""
    case, rules = read_facts(text.encode(), "GB", "GBP"), asked(made).rules
    return plan(case.facts, rules, samples.TODAY, samples.NOW, "GBP", case.choices)


CLAUSE, AMOUNT = "terms:riseClause", "agreedRise"
SAID = [
    ((), ""),
    (((CLAUSE, "percent"),), ", percent = true"),
    (((CLAUSE, "none"),), ", agreed = 0"),
    (((CLAUSE, "amount"), (AMOUNT, "3.00")), ", agreed = 3.00"),
    (((CLAUSE, "amount"), (AMOUNT, "1.80")), ", agreed = 1.80"),
    (((CLAUSE, "amount"),), ""),
]


@pytest.mark.parametrize("made", [OLD, NEW])
@pytest.mark.parametrize(("said", "more"), SAID)
def test_the_wizard_and_the_calculator_say_the_same(made: date, said: tuple[tuple[str, str], ...], more: str) -> None:
    mine, other = asked(made, *said).way.quote.lines[0], calculated(made, more).quote.lines[0]
    assert (mine.reason, mine.rule_id, mine.until) == (other.reason, other.rule_id, other.until)
    assert mine.high is not None
    assert other.high is not None
    assert mine.high.is_zero is other.high.is_zero


@pytest.mark.parametrize(("made", "is_free"), [(OLD, False), (NEW, True)])
def test_inflation_in_an_old_contract_frees_nobody_and_in_a_new_one_it_may_not_be(made: date, is_free: bool) -> None:
    found = asked(made, (CLAUSE, "percent"))
    assert found.way.quote.is_free is is_free
    page = screen_view(found, EN)
    assert ([p.chosen for p in page.picks], page.sums) == (["percent"], ()), "an amount is not asked for"
    assert page.cost is not None
    assert ("may not be in a contract of its day" in page.cost.text) is is_free


def test_the_answer_is_kept_and_can_be_changed() -> None:
    found = asked(NEW, (CLAUSE, "amount"), (AMOUNT, "1.80"))
    kept = plans_from_bytes(plans_to_bytes(Plans("PR-1").with_answers(found.answers)))
    assert kept.of("PR-1").terms == found.answers.terms
    assert screen_view(found, EN).sums[0].typed == "1.80"
    none = answer(found.answers, CLAUSE, "none", samples.TODAY)
    assert case_of(replace(found.material, plans=Plans("PR-1").with_answers(none))) is not None
    with pytest.raises(ValueError, match="sometimes"):
        answer(found.answers, CLAUSE, "sometimes", samples.TODAY)


def test_the_rent_and_the_cost_tell_the_announced_price() -> None:
    after = asked(NEW, (CLAUSE, "amount"), (AMOUNT, "3.00"), ("day", "2027-01-11"))
    cost = way_view(after, EN).cost
    assert "Reckoned with the announced price: £25.00 a month." in cost.text
    assert cost.cheapest.endswith(
        "The rent until then comes on top: £22.00 a month, £25.00 a month from 20 Dec 2026 on."
    )
    before = asked(NEW, (CLAUSE, "amount"), (AMOUNT, "3.00"))
    assert (
        "An announced change of the price is counted in one of the two figures alone" in way_view(before, EN).cost.text
    )
    by_notice = replace(after.answers, keep_number=False, plain_notice=True)
    told = case_of(replace(after.material, plans=Plans("PR-1").with_answers(by_notice)))
    assert told is not None
    rent = next(one.amount for one in way_view(told, EN).cost.lines if one.name.startswith("Rent during"))
    assert rent == "£22.00 a month, £25.00 a month from 20 Dec 2026 on"


@pytest.mark.parametrize(("people", "is_asked"), [("yes", True), ("", False)])
def test_a_firm_of_at_most_ten_people_is_asked_too(people: str, is_asked: bool) -> None:
    answers = answer(Answers("PR-1", True, at=Screen.DAY, day=D(2026, 12, 8)), "small", people, samples.TODAY)
    firm = case_of(material(Scene("firm", (replace(bound(NEW), is_business=True),), answers)))
    assert firm is not None
    assert bool(screen_view(firm, EN).picks) is is_asked
    if not is_asked:
        return
    assert not firm.way.quote.is_free
    none = answer(answers, CLAUSE, "none", samples.TODAY)
    free = case_of(replace(firm.material, plans=Plans("PR-1").with_answers(none)))
    assert free is not None
    assert free.way.quote.is_free


def test_nothing_is_asked_once_the_commitment_is_over() -> None:
    for ends, is_asked in ((D(2026, 10, 15), False), (samples.TODAY, True), (None, True)):
        facts = replace(bound(NEW), commitment_ends=ends)
        found = case_of(material(Scene("over", (facts,), Answers("PR-1", True, at=Screen.DAY, day=D(2026, 12, 8)))))
        assert found is not None
        assert bool(screen_view(found, EN).picks) is is_asked, ends
