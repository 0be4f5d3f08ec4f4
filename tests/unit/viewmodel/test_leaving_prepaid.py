"""A prepaid card as a way out: no commitment, no notice, no final bill; its credit is never promised."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from selfcare.domain.lines import SimLock
from selfcare.leaving.choices import Choices, Route
from selfcare.leaving.drafts import Plans, plans_from_bytes, plans_to_bytes
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.rules import parse_rules
from selfcare.leaving.way import Caution, StepKind, Way, plan
from selfcare.leaving.wizard import Answers, Screen, answer, screens
from selfcare.viewmodel.leaving_tracker import tracker_view
from tests import samples
from tests.unit.viewmodel.test_leaving_views import WORDS, case, page, way_of

CARD = {"lock": SimLock.UNLOCKED, "commitment_ends": None, "operator_charge": None, "is_prepaid": True,
        "price_changes": ()}  # fmt: skip


def way_in(country: str, choices: Choices, **changed: object) -> Way:
    rules = parse_rules((samples.ROOT / "resources" / "rules" / f"{country.casefold()}.toml").read_bytes())
    zone = {"GB": "Europe/London", "FR": "Europe/Paris", "US": "America/New_York"}[country]
    facts = replace(LeavingFacts(country, zone, "L", "+33612345678", is_prepaid=True), **changed)
    return plan(facts, rules, samples.TODAY, samples.NOW, "EUR", choices)


@pytest.mark.parametrize("country", ["GB", "FR", "US"])
def test_a_card_binds_to_nothing_and_asks_for_no_notice(country: str) -> None:
    kept = way_in(country, Choices(), credit_left=samples.gbp("7.50"))
    assert kept.route is Route.PORT
    assert kept.scheme
    assert kept.quote.is_free
    assert [s.kind for s in kept.steps if s.kind is not StepKind.DOOR] == [
        StepKind.SAVE, StepKind.CODE, StepKind.HAND_OVER, StepKind.CUT,
    ]  # fmt: skip
    left = next(line for line in kept.quote.lines if line.reason.value == "creditLeft")
    assert (left.low, left.rule_id) == (samples.gbp("7.50"), "")
    assert Caution.CREDIT_MAY_BE_LOST in kept.cautions
    given_up = way_in(country, Choices(keep_number=False, plain_notice=True))
    assert [s.kind for s in given_up.steps] == [StepKind.SAVE, StepKind.NOTICE]
    assert not given_up.needs_notice
    assert given_up.quote.is_free


def test_a_stated_commitment_or_fee_binds_a_card_too() -> None:
    bound = way_in("FR", Choices(), commitment_ends=samples.TODAY + timedelta(days=90), monthly=samples.gbp("20.00"))
    assert not bound.quote.is_free
    fee = (samples.gbp("200.00"), samples.gbp("0.00"))
    assert not way_in("US", Choices(), fee=fee).quote.is_free


def test_nothing_is_sent_for_a_card_and_no_final_bill_is_awaited() -> None:
    answers = Answers("PR-1", False, plain_notice=True)
    facts = case(answers, **CARD, has_direct_debit=True).facts
    pages = screens(facts, answers)
    assert Screen.DAY not in pages
    assert Screen.BANK not in pages
    confirm = page(Screen.CONFIRM, answers, **CARD, has_direct_debit=True)
    assert confirm.command is None
    assert "Direct Debit" not in [f.name for f in confirm.facts]
    assert "sends nothing" in confirm.text
    assert "by itself, after the last top-up" in [f.value for f in confirm.facts]
    followed = replace(answers, confirmed=samples.NOW, at=Screen.TRACKER)
    view = tracker_view(case(followed, **CARD, has_direct_debit=True), WORDS)
    assert [s.step.key for s in view.steps] == ["notice"]
    assert "use the credit up" in view.headline
    ported = tracker_view(case(replace(followed, keep_number=True), **CARD, has_direct_debit=True), WORDS)
    assert [s.step.key for s in ported.steps] == ["code", "handOver", "cut", "door"]


def test_where_nobody_says_it_the_customer_may() -> None:
    unsaid = {**CARD, "is_prepaid": None}
    ticks = {t.question: t for t in page(Screen.LINE, **unsaid).ticks}
    assert not ticks["prepaid"].is_on
    assert "prepaid" not in {t.question for t in page(Screen.LINE).ticks}
    said = answer(Answers("PR-1", True), "prepaid", "yes", samples.TODAY)
    assert case(said, **unsaid).facts.is_unbound
    assert plans_from_bytes(plans_to_bytes(Plans().with_answers(said))).of("PR-1").prepaid
    shown = {f.name: f.value for f in way_of(**CARD).facts}
    assert shown["Contract end"] == "none: a prepaid card"
    assert shown["Notice, if not switching"] == "none: a prepaid card"
