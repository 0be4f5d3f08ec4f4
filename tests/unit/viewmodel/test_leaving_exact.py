"""What only the contract says is asked for in one quiet place, with its source, and counts in cost and final bill."""

from datetime import date

import pytest

from selfcare.domain.bills import Bill, BillLine, BillState, LineKind
from selfcare.domain.lines import Access, SimLock
from selfcare.domain.records import replace
from selfcare.leaving.choices import Route
from selfcare.leaving.country import Caution
from selfcare.leaving.drafts import plans_from_bytes, plans_to_bytes
from selfcare.leaving.facts import LeavingFacts, Rise
from selfcare.leaving.final_findings import FindingKind, OpenWhy
from selfcare.leaving.quote import CostReason
from selfcare.leaving.terms import Terms
from selfcare.leaving.wizard import Answers, Screen, answer
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_parts import ExactView, SumView
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.leaving_tracker import TrackedView, tracker_view
from selfcare.viewmodel.letter_facts import LetterKind, LetterMatter
from selfcare.viewmodel.letter_material import letter_facts
from selfcare.viewmodel.letters import written_letter
from tests import samples
from tests.shots.leavers import Scene, american, british, elsewhere, french, material, money
from tests.unit.viewmodel.test_letters import body

D, EN = date, samples.words()
BOX = french(access=Access.INTERNET, handset_id="", lock=SimLock.NOT_STATED, carrier="SFR")
PHONE = french(concluded=D(2025, 6, 10), commitment_ends=D(2027, 6, 10))
NEW = british(concluded=D(2026, 11, 16), commitment_ends=D(2028, 11, 16))
BARE = american(lock=SimLock.UNLOCKED, fee=None, credit=None)
YES = (("closing", "yes"), ("closingFee", "59"))


def at_day(facts: LeavingFacts, *said: tuple[str, str]) -> Case:
    answers = Answers("PR-1", False, at=Screen.DAY, saved=True, day=D(2026, 12, 10))
    for question, value in said:
        answers = answer(answers, f"terms:{question}", value, samples.TODAY)
    found = case_of(material(Scene("exact", (facts,), answers)))
    assert found is not None
    return found


def shown(found: Case) -> ExactView | None:
    return screen_view(found, EN).exact


def asked(found: Case) -> list[str]:
    view = shown(found)
    return [] if view is None else [row.ask.question.removeprefix("terms:") for row in view.rows]


@pytest.mark.parametrize(
    ("facts", "said", "questions", "rules"),
    [
        (BOX, (), ["closing"], {"FR-FEE-01", "FR-FEE-02"}),
        (BOX, (("closing", "yes"),), ["closing", "closingFee"], {"FR-FEE-01", "FR-FEE-02"}),
        (BOX, (("closing", "no"),), ["closing"], {"FR-FEE-01", "FR-FEE-02"}),
        (PHONE, (), ["closing", "subsidised"], {"FR-FEE-01", "FR-DUR-02", "FR-DUR-03"}),
        (NEW, (), ["closing", "atDistance"], {"UK-CTR-12"}),
        (BARE, (), ["closing", "earlyFee", "credit"], {"US-ETF-01", "US-ETF-02"}),
        (BARE, (("earlyFee", "350"),), ["closing", "earlyFee", "earlyStep", "credit"], {"US-ETF-01", "US-ETF-02"}),
        (elsewhere(notice=(1, "month")), (), ["closing", "earlyFee"], set()),
    ],
)
def test_each_country_asks_what_its_cost_rests_on_with_the_source(
    facts: LeavingFacts, said: tuple[tuple[str, str], ...], questions: list[str], rules: set[str]
) -> None:
    found = at_day(facts, *said)
    view = shown(found)
    assert view is not None
    assert asked(found) == questions
    assert {rule.id for row in view.rows for rule in row.rules} == rules
    assert all(row.note for row in view.rows)
    assert view.is_open is bool(said)


def test_the_answers_count_in_the_cost_and_are_kept_with_the_plan() -> None:
    told = at_day(BOX, *YES)
    assert plans_from_bytes(plans_to_bytes(told.material.plans)).of("PR-1").terms == Terms(True, "59")
    fee = next(line for line in told.way.quote.lines if line.reason is CostReason.CLOSING_FEE)
    assert (fee.high, fee.rule_id) == (money("59.00", "FR"), "FR-FEE-01")
    none = at_day(BOX, ("closing", "no"))
    fee = next(line for line in none.way.quote.lines if line.reason is CostReason.CLOSING_FEE)
    assert fee.high == money("0.00", "FR")
    assert at_day(PHONE).way.quote.is_range
    assert at_day(PHONE, ("subsidised", "no"), ("closing", "no")).way.quote.is_free
    # 350 less 12.50 for each of the 18 full months from 1 June 2025 to 10 December 2026
    early = at_day(replace(BARE, instalment=None, instalments_left=None), ("earlyFee", "350"), ("earlyStep", "12.5"))
    assert early.way.quote.lines[0].high == money("125.00", "US")
    shop = at_day(NEW, ("atDistance", "no"))
    assert "withdraw" not in [departure.route.value for departure in shop.way.departures]
    credit = at_day(BARE, ("credit", "8,00"))
    lost = [line.high for line in credit.way.quote.lines if line.reason is CostReason.CREDITS_LOST]
    assert lost == [money("56.00", "US")]


def test_the_operators_own_word_is_neither_asked_for_nor_replaced() -> None:
    stated = replace(BOX, closing_fee=money("50.00", "FR"), subsidised=True, at_distance=False)
    assert asked(at_day(stated)) == []
    told = at_day(stated, ("subsidised", "no"))
    assert (told.facts.closing_fee, told.facts.subsidised) == (money("50.00", "FR"), True)
    with pytest.raises(ValueError, match="fee"):
        answer(Answers("PR-1"), "terms:fee", "1", samples.TODAY)


def test_a_contract_without_a_fee_is_an_answer_and_an_unknown_fall_is_told() -> None:
    bare = replace(BARE, instalment=None, instalments_left=None)
    assert at_day(bare).way.quote.lines[0].high is None
    none = at_day(bare, ("earlyFee", "0"), ("closing", "yes"), ("closingFee", "0"))
    assert none.way.quote.is_free
    assert asked(none) == ["closing", "closingFee", "earlyFee"], "no fee falls by nothing"
    for found in (none, at_day(BARE, ("credit", "0")), at_day(bare, ("earlyFee", "350"), ("earlyStep", "0"))):
        view = shown(found)
        assert view is not None
        assert [row.ask.problem for row in view.rows if isinstance(row.ask, SumView)] == [""] * (len(asked(found)) - 1)
    for step, is_told in (("", True), ("0", False), ("12.50", False)):
        found = at_day(bare, ("earlyFee", "350"), ("earlyStep", step))
        view, cost = shown(found), screen_view(found, EN).cost
        assert view is not None
        assert ("you have not said by what it falls" in str(cost)) is is_told
        assert bool(view.rows[-1].note) is is_told


def final(facts: LeavingFacts, fee: str, *said: tuple[str, str], name: str = "Closing fee") -> Case:
    over = replace(facts, line_ended=D(2026, 11, 10), is_over=True)
    total = money(fee, facts.country)
    bill = Bill("B-L", "78", D(2026, 11, 14), D(2026, 11, 28), total, total, BillState.SENT, "sent", "", "last")
    line = BillLine("L-1", "B-L", name, LineKind.ONE_TIME, "oneTimeCharge", total, None, product_id="PR-1")
    answers = Answers("PR-1", False, at=Screen.TRACKER, saved=True, day=D(2026, 11, 10), confirmed=samples.NOW)
    for question, value in said:
        answers = answer(answers, f"terms:{question}", value, samples.TODAY)
    assert answers.confirmed is not None, "what is read in the contract changes no plan"
    found = case_of(material(Scene("final", (over,), answers, (bill,), (line,))))
    assert found is not None
    return found


def judged(found: Case) -> tuple[list[tuple[FindingKind, str, bool]], list[tuple[OpenWhy, str]]]:
    review = found.aftermath().review
    assert review is not None
    findings = [(f.kind, f"{f.amount.value}", f.is_certain) for f in review.findings]
    return findings, [(o.why, f"{o.amount.value}") for o in review.opens if o.amount is not None]


def test_a_closing_fee_is_judged_by_what_the_contract_names_and_closing_costs() -> None:
    """The contract names 59 and 69 is billed: 10 too much by contract, and 59 only as far as it is a cost shown."""
    agreed, cost = (FindingKind.CLOSING_ABOVE_AGREED, "10.00", True), ("closingCost", "40")
    stated = replace(BOX, closing_fee=money("59.00", "FR"))
    assert judged(final(BOX, "69.00")) == ([], [(OpenWhy.READ_CONTRACT, "69.00")])
    assert judged(final(BOX, "69.00", *YES)) == ([agreed], [(OpenWhy.ASK_FOR_COST, "59.00")])
    assert judged(final(stated, "69.00")) == ([agreed], [(OpenWhy.ASK_FOR_COST, "59.00")])
    assert judged(final(BOX, "69.00", *YES, cost)) == ([agreed, (FindingKind.CLOSING_ABOVE_COST, "19.00", False)], [])
    assert judged(final(BOX, "59.00", *YES, ("closingCost", "59"))) == ([], [])
    assert judged(final(BOX, "69.00", ("closing", "no"))) == ([(FindingKind.CLOSING_NOT_AGREED, "69.00", False)], [])
    for facts in (british(), american(), elsewhere()):
        assert judged(final(facts, "69.00", *YES)) == ([agreed], [])
        assert judged(final(facts, "59.00", *YES)) == ([], [])
        assert judged(final(facts, "69.00", ("closing", "no")))[0][0][:2] == (FindingKind.CLOSING_NOT_AGREED, "69.00")


def checked_row(found: Case) -> TrackedView:
    return next(row for row in tracker_view(found, EN).steps if row.step.key == "checked")


def test_the_tracker_asks_beside_the_fee_itself() -> None:
    row = checked_row(final(BOX, "69.00"))
    assert ([p.question for p in row.picks], list(row.sums)) == (["terms:closing"], [])
    row = checked_row(final(BOX, "69.00", *YES))
    assert [s.question for s in row.sums] == ["terms:closingFee", "terms:closingCost"]
    assert "Closing fee above the contract’s: €10.00, by your contract." in row.notes
    assert checked_row(final(BOX, "69.00", name="Parcel")).picks == ()


def test_the_letter_asks_for_the_cost_of_closing_and_only_in_france() -> None:
    for facts, is_asked in ((BOX, True), (british(), False)):
        found = final(facts, "69.00", *YES)
        line = replace(samples.lines()[0], id="PR-1", access=found.facts.access)
        about = letter_facts(line, samples.TODAY, profile=found.material.profile, rules=found.rules, case=found)
        written = body(written_letter(LetterKind.FINAL_BILL, about, LetterMatter(), EN, EN))
        assert "above the one in my contract" in written
        assert ("the closing fee of €59.00 is a cost that you really bear" in written) is is_asked


def test_a_contract_that_named_no_rise_is_an_answer() -> None:
    told = D(2026, 11, 14)
    facts = british(
        concluded=D(2025, 6, 30), commitment_ends=D(2027, 6, 30), price_changes=(told,),
        rises=(Rise(told, D(2026, 12, 20), money("3.00", "GB")),),
    )  # fmt: skip
    for typed, free, wrong in (("", False, False), ("0", True, False), ("3", False, False), ("none", False, True)):
        answers = Answers("PR-1", False, plain_notice=True, at=Screen.DAY, day=D(2026, 12, 21), agreed_rise=typed)
        found = case_of(material(Scene("rise", (facts,), answers)))
        assert found is not None
        assert found.way.quote.is_free is free, typed
        asked = screen_view(found, EN).sums
        assert [bool(ask.problem) for ask in asked] == ([wrong] if typed else []), "asked once an amount is named"


FRESH = french(concluded=D(2026, 11, 16), commitment_ends=D(2028, 11, 16))


@pytest.mark.parametrize("at", [Screen.DAY, Screen.CONFIRM])
@pytest.mark.parametrize(("facts", "price"), [(FRESH, "30 Nov: €0.00"), (NEW, "30 Nov: £0.00 to £")])
def test_a_contract_made_at_a_distance_is_offered_to_be_taken_back(facts: LeavingFacts, price: str, at: Screen) -> None:
    found = at_day(facts, ("atDistance", "yes"))
    found = replace_answers(found, replace(found.answers, at=at))
    page = screen_view(found, EN)
    assert [c.sentence for c in page.cautions if "take the new contract back" in c.sentence and price in c.sentence]
    (offer,) = [a for a in page.actions if a.answer is not None]
    assert offer.answer is not None
    turned = replace_answers(found, answer(found.answers, *offer.answer, samples.TODAY))
    assert turned.way.route is Route.WITHDRAW
    assert turned.answers.at is Screen.LINE
    assert Caution.WITHDRAWAL_IS_OPEN not in turned.way.cautions


def test_taking_back_is_not_offered_where_nothing_says_that_it_is_open() -> None:
    for facts, said in (
        (FRESH, ()),
        (FRESH, (("atDistance", "no"),)),
        (replace(FRESH, concluded=D(2026, 10, 16)), (("atDistance", "yes"),)),
        (replace(FRESH, commitment_ends=D(2026, 11, 16)), (("atDistance", "yes"),)),
    ):
        found = at_day(facts, *said)
        assert Caution.WITHDRAWAL_IS_OPEN not in found.way.cautions, (facts, said)
        assert [a for a in screen_view(found, EN).actions if a.answer is not None] == []


def replace_answers(found: Case, answers: Answers) -> Case:
    again = case_of(replace(found.material, plans=found.material.plans.with_answers(answers)))
    assert again is not None
    return again
