"""A mobile line of the United States: any day for its number, and a phone that is paid off before it is unlocked."""

from datetime import UTC, date, datetime

from selfcare.domain.bills import BillLine, LineKind
from selfcare.domain.lines import SimLock
from selfcare.domain.records import replace
from selfcare.i18n.american import american as american_words
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.quote import cheapest_day
from selfcare.leaving.rules import parse_rules
from selfcare.leaving.wizard import Answers, Screen, ahead
from selfcare.viewmodel.leaving import way_view
from selfcare.viewmodel.leaving_after import open_text
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_screens import screen_view
from tests import samples
from tests.shots import leavers
from tests.shots.leavers import FINAL, NOW, Scene, american, british, material, money

WORDS = samples.words()
SUNDAY = datetime(2026, 11, 22, 16, tzinfo=UTC)
READY = {"saved": True, "bank_new": True, "bank_keep": True}
PAID = {"lock": SimLock.UNLOCKED, "instalments_left": None, "instalment": None, "credit": None}


def case(facts: LeavingFacts, answers: Answers, now: datetime = NOW) -> Case:
    found = case_of(material(Scene("us", (facts,), answers, now=now)))
    assert found is not None
    return found


def test_the_first_possible_day_is_a_day_that_can_be_chosen_on_a_sunday_too() -> None:
    before = case(american(**PAID), Answers("PR-1", keep_number=True, at=Screen.BANK, **READY), SUNDAY)
    suggested = ahead(before.facts, before.answers, before.way, before.rules).day
    assert suggested == date(2026, 11, 24), "a business day is the safe one"
    assert before.way.earliest == SUNDAY.date()
    chosen = case(
        american(**PAID), Answers("PR-1", keep_number=True, at=Screen.DAY, day=SUNDAY.date(), **READY), SUNDAY
    )
    view = screen_view(chosen, WORDS)
    assert (chosen.way.cut, view.may_go_on, view.missing) == (SUNDAY.date(), True, "")


def test_who_has_to_be_safe_sees_no_way_out_that_the_account_would_show() -> None:
    for facts in (american(), british()):
        view = screen_view(case(facts, Answers("PR-1", about=Circumstances(Reason.SAFETY), at=Screen.LINE)), WORDS)
        assert (view.may_go_on, view.missing, view.choices, view.ticks) == (True, "", (), ())
        assert [pick.question for pick in view.picks] == ["reason"]
        assert not any(code in view.title + view.text for code in ("PAC", "STAC", "PIN"))


def test_no_later_day_is_cheaper_because_the_phone_is_paid_by_then() -> None:
    facts = american(fee=None, monthly=money("55", "US"), instalment=money("25", "US"), instalments_left=7)
    found = case(facts, Answers("PR-1", keep_number=True))
    view = way_view(found, WORDS)
    assert view.cost.cheapest.startswith("Waiting saves")
    assert "paid either way" in view.cost.cheapest
    assert not [fact for fact in view.when if fact.name.startswith("Cheapest day")]
    best = cheapest_day(found.way.ground, found.way.country, found.way.route, found.way.earliest)
    assert best is not None
    assert best.day == found.way.earliest


def test_a_cheaper_day_names_the_instalments_until_then() -> None:
    facts = american(
        fee=(money("240", "US"), money("0", "US")), since=date(2026, 1, 21), concluded=date(2026, 1, 21),
        commitment_ends=date(2027, 1, 21), instalment=money("30", "US"), instalments_left=10, credit=None,
        operator_charge=None,
    )  # fmt: skip
    view = way_view(case(facts, Answers("PR-1", keep_number=True)), WORDS)
    assert "Cheapest: Thu 21 Jan 2027, US$240.00." in view.cost.cheapest
    assert view.cost.cheapest.endswith("And the instalments until then: US$60.00.")
    (row,) = [fact for fact in view.when if fact.name.startswith("Cheapest day")]
    assert row.note == "US$240.00, and the rent and the instalments until then"


def test_a_phone_in_instalments_is_paid_off_before_it_is_unlocked() -> None:
    view = way_view(case(american(), Answers("PR-1", keep_number=True)), WORDS)
    assert [step.key for step in view.steps[:2]] == ["payOff", "unlockAsk"]
    assert view.steps[0].title == "Pay the handset off"
    assert view.steps[0].text.startswith("7 instalments are left, US$175.00. Until they are paid it stays locked")
    unlocked = next(step for step in view.steps if step.key == "unlocked")
    assert unlocked.text.startswith("If it is paid off today, perhaps by Tue 24 Nov. ")
    for paid in (american(instalments_left=0, paid_off=date(2026, 1, 21)), american(lock=SimLock.UNLOCKED)):
        keys = [step.key for step in way_view(case(paid, Answers("PR-1", keep_number=True)), WORDS).steps]
        assert "payOff" not in keys
    behind = Answers("PR-1", keep_number=True, accept_locked=True)
    assert "payOff" not in [step.key for step in way_view(case(american(), behind), WORDS).steps]


def test_the_final_bill_is_held_against_the_rest_of_the_phone_that_was_shown() -> None:
    facts = replace(american(lock=SimLock.UNLOCKED, fee=None), is_over=True, line_ended=leavers.day(-11))
    said = {}
    for amount in ("175.00", "200.00"):
        bill, asked = leavers._final(amount, "US"), money(amount, "US")
        line = BillLine("L-9", FINAL, "Remaining device balance", LineKind.ONE_TIME, "once", asked, None,
                        product_id="PR-1")  # fmt: skip
        answers = Answers("PR-1", True, day=leavers.day(-11), confirmed=NOW, at=Screen.TRACKER, **READY)
        found = case_of(material(Scene("gone", (facts,), answers, (bill,), (line,))))
        assert found is not None
        review = found.aftermath().review
        assert review is not None
        said[amount] = [open_text(entry, WORDS) for entry in review.opens]
    assert said == {
        "175.00": [],
        "200.00": ["Not judged: The rest of the handset, by more than its instalments come to (US$25.00)."],
    }


def test_the_picture_of_the_cost_leaves_out_the_phone_that_is_paid_either_way_and_says_so() -> None:
    none = american(fee=None, monthly=money("55", "US"), instalment=money("25", "US"), instalments_left=7)
    assert way_view(case(none, Answers("PR-1", True)), WORDS).cost.picture is None, "nothing falls by waiting"
    cost = way_view(case(american(), Answers("PR-1", True)), WORDS).cost
    picture = cost.picture
    assert picture is not None
    assert picture.mark is not None
    fee = {line.name: line.amount for line in cost.lines}["Early termination fee"]
    assert fee == "US$0.00 to US$70.00"
    assert (picture.top_label, round(picture.mark[1], 6)) == ("US$70.00", 1.0)
    assert (picture.points[-1][2], picture.note) == (0.0, picture.spoken[-len(picture.note) :])
    assert "without the rest of the handset" in picture.note
    paid = way_view(case(american(**PAID), Answers("PR-1", True)), WORDS).cost.picture
    assert paid is not None
    assert [high for _, _, high in paid.points] == [high for _, _, high in picture.points]
    assert paid.note == ""
    assert paid.mark in [(x, high) for x, _, high in paid.points], "the mark stands on the line"


def test_the_rules_are_said_in_american_words() -> None:
    rules = (samples.ROOT / "resources" / "rules" / "us.toml").read_bytes()
    said = [rule.sentence("en") for rule in parse_rules(rules).rules]
    assert len(said) > 20
    assert [american_words(sentence) for sentence in said] == said
