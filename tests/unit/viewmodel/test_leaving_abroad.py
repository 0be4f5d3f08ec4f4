"""What the leaving pages say in France, in America, and where we know no rules; in English and in French."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from selfcare.domain.commands import GiveNotice, RequestCode
from selfcare.domain.lines import Access, PortingCode, SimLock
from selfcare.domain.money import Money
from selfcare.leaving.atlas import rules_file
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.drafts import Plans
from selfcare.leaving.facts import Asked, LeavingFacts
from selfcare.leaving.rules import parse_rules
from selfcare.leaving.wizard import Answers, Screen
from selfcare.viewmodel.leaving import WayView, way_view
from selfcare.viewmodel.leaving_material import Case, LeavingMaterial, case_of
from selfcare.viewmodel.leaving_parts import ScreenView
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.leaving_tracker import tracker_view
from tests import samples

WORDS = samples.words()
FRENCH = samples.words("fr")
D = date
MONEY = {"FR": "EUR", "US": "USD", "DE": "EUR", "GB": "GBP"}


def money(amount: str, code: str = "FR") -> Money:
    return Money(Decimal(amount), MONEY[code])


JULIEN = LeavingFacts(
    "FR",
    "Europe/Paris",
    "PR-1",
    "06 39 98 02 31",
    contract_id="AG-1",
    commitment_ends=D(2027, 1, 21),
    contract_ends=D(2027, 1, 21),
    concluded=D(2025, 1, 21),
    since=D(2025, 1, 21),
    notice=(10, "day"),
    monthly=money("41.99"),
    operator_charge=money("83.98"),
    operator_charge_day=samples.TODAY,
    lock=SimLock.LOCKED,
    handset_id="DV-1",
    handset_name="Lumen X4",
    unlock_hours=48,
    has_direct_debit=True,
)


def case(facts: LeavingFacts, answers: Answers | None = None) -> Case:
    name = rules_file(facts.country)
    rules = parse_rules((samples.ROOT / "resources" / "rules" / name).read_bytes()) if name else None
    profile = replace(
        samples.profile(), country=facts.country, currency=MONEY[facts.country], zone=facts.zone, name="Orvane"
    )
    plans = Plans().with_answers(answers) if answers is not None else Plans()
    found = case_of(
        LeavingMaterial(profile, rules, (facts,), plans, samples.TODAY, samples.NOW, support=samples.support())
    )
    assert found is not None
    return found


def way(facts: LeavingFacts, answers: Answers | None = None) -> WayView:
    return way_view(case(facts, answers), WORDS)


def page(screen: Screen, facts: LeavingFacts, answers: Answers | None = None) -> ScreenView:
    return screen_view(case(facts, replace(answers or Answers("PR-1", True), at=screen)), WORDS)


def test_a_french_way_with_the_number() -> None:
    view = way(JULIEN)
    titles = {s.key: s.title for s in view.steps}
    assert titles["code"] == "Get the RIO"
    assert titles["handOver"] == "Give the RIO and new bank details to the new operator"
    texts = {s.key: s.text for s in view.steps}
    assert "3179" in texts["code"]
    assert "free since Mon 21 Apr 2025" in texts["unlockAsk"]
    assert "Ofcom" not in str(view)
    assert not any(r.id.startswith("UK") for r in view.rules)
    assert {"FR-POR-01", "FR-RIO-01", "FR-SIM-01", "FR-POR-06"} <= {r.id for r in view.rules}


def test_a_french_cost_is_a_range_and_the_operators_figure_is_contested() -> None:
    view = way(JULIEN)
    assert view.cost.amount.startswith("€0.00 to €")
    assert view.cost.agreement is not None
    assert view.cost.agreement.text == "more than ours"
    assert "more than the law allows" in view.cost.difference
    assert view.cost.cheapest == (
        "Nothing where the line ends on Thu 21 Jan 2027 or later. The rent until then comes on top: €41.99 a month."
    )
    assert view.cost.picture is not None
    when = {f.name: f for f in view.when}
    assert when["In three clicks"].value == "from Tue 1 Dec, in 10 days"
    assert when["By registered letter"].value.startswith("about ")
    assert when["Cheapest day in 24 months"].value == "Thu 21 Jan 2027"


def test_what_the_operator_had_to_announce_is_asked_not_asserted() -> None:
    owed = {f.name: f for f in way(replace(JULIEN, commitment_ends=D(2026, 12, 10))).owed}
    announced = owed["End of the commitment announced"]
    assert announced.tag is not None
    assert announced.tag.text == "did it come?"
    kept = {f.name: f for f in way(replace(JULIEN, end_told=D(2026, 11, 1))).owed}
    assert kept["End of the commitment announced"].tag is not None
    assert kept["End of the commitment announced"].tag.text == "kept"


def test_the_rio_is_asked_for_and_checked() -> None:
    free = replace(JULIEN, lock=SimLock.UNLOCKED)
    view = page(Screen.CODE, free)
    assert view.actions[0].command == RequestCode("PR-1", "06 39 98 02 31", "RIO")
    assert "3179" in view.text
    locked = page(Screen.CODE, JULIEN)
    assert "30 days" not in locked.actions[0].why_not
    wrong = page(Screen.CODE, free, Answers("PR-1", True, typed_code="01PEROY4P4TR", typed_day=samples.TODAY))
    assert wrong.entry is not None
    assert "another number" in wrong.entry.problem
    assert not wrong.may_go_on
    here = page(Screen.CODE, replace(free, code=PortingCode("RIO", "07PABC123XYZ")))
    assert here.code is not None
    assert here.code.life == "It lives as long as the line, and 40 days more."


def test_three_clicks_are_a_notice_that_is_sent_as_it_was_shown() -> None:
    answers = Answers("PR-1", False, day=D(2026, 12, 31), accept_locked=True)
    line = page(Screen.LINE, JULIEN, answers)
    assert [c.key for c in line.choices] == ["keep", "drop"]
    assert [c.is_chosen for c in line.choices] == [False, True]
    view = page(Screen.CONFIRM, JULIEN, answers)
    assert view.command == GiveNotice("PR-1", "AG-1", D(2026, 12, 31), "", D(2027, 1, 21), money("83.98"))
    assert view.forward == "Give notice for Thu 31 Dec"
    assert view.facts[1].value == "is given up"


def test_a_reason_goes_with_the_notice() -> None:
    about = Circumstances(Reason.DEATH, listed=True)
    answers = Answers("PR-1", False, day=D(2026, 12, 31), accept_locked=True, about=about)
    view = page(Screen.CONFIRM, JULIEN, answers)
    assert isinstance(view.command, GiveNotice)
    assert view.command.reason == "The holder of the contract has died"
    assert ("Your reason", view.command.reason) in [(f.name, f.value) for f in view.facts]
    reason = page(Screen.REASON, JULIEN, answers)
    assert reason.picks[0].chosen == "yes"
    assert reason.facts[0].tag is not None
    assert reason.facts[0].tag.text == "free, with the proof"


def test_a_withdrawal_is_offered_while_it_is_open() -> None:
    fresh = replace(JULIEN, concluded=D(2026, 11, 10), commitment_ends=D(2028, 11, 10))
    assert [c.key for c in page(Screen.LINE, fresh).choices] == ["keep", "drop", "withdraw"]
    view = page(Screen.CONFIRM, fresh, Answers("PR-1", False, withdraw=True, accept_locked=True))
    assert isinstance(view.command, GiveNotice)
    assert (view.command.day, view.command.reason) == (
        samples.TODAY,
        "I withdraw from this contract, made on 10 Nov 2026.",
    )


def test_a_withdrawal_is_named_and_sent_as_one_and_stays_one() -> None:
    fresh = replace(JULIEN, concluded=D(2026, 11, 10), commitment_ends=D(2028, 11, 10), lock=SimLock.UNLOCKED)
    answers = Answers("PR-1", False, withdraw=True)
    view = page(Screen.CONFIRM, fresh, answers)
    assert isinstance(view.command, GiveNotice)
    assert view.command.is_withdrawal
    assert view.forward == "Withdraw from the contract"
    assert "your withdrawal from the contract is sent to Orvane" in view.text
    assert "your notice" not in view.text
    assert view.actions[0].target == "papers/withdrawal"
    followed = replace(answers, confirmed=samples.NOW, at=Screen.TRACKER)
    sent = Asked(samples.NOW, sent=True, order_id="O-1")
    for given, title in (
        (None, "Withdraw from the contract"),
        (sent, "Withdrawal received by your operator"),
        (replace(sent, refused=True), "Your operator refused the withdrawal"),
    ):
        steps = tracker_view(case(replace(fresh, notice_given=given), followed), WORDS).steps
        item = next(s for s in steps if s.step.key == "notice")
        assert item.step.title == title
        wanted = "papers/complaint/end" if given is not None and given.refused else "papers/withdrawal"
        assert wanted in [a.target for a in item.actions]
        assert all(a.question is None for a in item.actions)
    late = replace(fresh, concluded=D(2026, 11, 6), notice_given=sent)  # its days of reflection ended yesterday
    assert next(s for s in tracker_view(case(late, followed), WORDS).steps if s.step.key == "notice").step.title == (
        "Withdrawal received by your operator"
    )


def test_a_box_goes_back_and_its_closing_fee_is_a_range() -> None:
    box = replace(
        JULIEN, access=Access.INTERNET, lock=SimLock.NOT_STATED, handset_id="", commitment_ends=D(2026, 4, 21)
    )
    view = way(box, Answers("PR-1", False))
    assert "return" in [s.key for s in view.steps]
    assert view.cost.amount == "€0.00 to €69.00"


def test_a_firm_is_promised_nothing() -> None:
    firm = replace(JULIEN, is_business=True, notice=None, lock=SimLock.NOT_STATED, handset_id="")
    view = page(Screen.DAY, firm, Answers("PR-1", False))
    assert [a.question for a in view.amounts] == ["notice"]
    known = page(Screen.DAY, firm, Answers("PR-1", False, notice=(1, "month")))
    assert known.day is not None
    assert known.day.first == D(2026, 12, 21)
    assert any("the contract’s own words count" in c.sentence for c in known.cautions)


def test_an_unlock_that_may_cost_is_said() -> None:
    early = replace(JULIEN, since=D(2026, 10, 1), concluded=D(2026, 10, 1))
    sentences = [c.sentence for c in page(Screen.UNLOCK, early).cautions]
    assert any("generally free from Fri 1 Jan 2027" in s for s in sentences)


def test_a_carrier_in_america() -> None:
    line = LeavingFacts(
        "US", "America/New_York", "PR-1", "(212) 555-0123", carrier="AT&T", since=D(2026, 1, 10),
        fee=(money("325", "US"), money("10", "US")), numbers=2,
    )  # fmt: skip
    view = way(line)
    assert {s.key: s.title for s in view.steps}["code"] == "Get the transfer PIN"
    assert "door" not in {s.key for s in view.steps}
    assert view.cost.amount == "US$225.00"
    safe = page(Screen.REASON, line, Answers("PR-1", about=Circumstances(Reason.SAFETY)))
    assert not safe.may_go_on
    assert [(a.command, a.target) for a in safe.actions] == [(None, "papers/separation")], "nothing is sent"
    assert ("Line separated, if asked for today", "by Tue 24 Nov, in 3 days") in [(f.name, f.value) for f in safe.facts]
    assert any("cannot be undone" in note for note in safe.notes)


def test_the_transfer_pin_is_one_code_in_french() -> None:
    assert FRENCH.tr("Get the {code}", code=FRENCH.tr("transfer PIN")) == "Obtenir le code PIN de transfert"


def test_elsewhere_only_the_contract_counts_and_the_operator_is_named() -> None:
    facts = LeavingFacts("DE", "Europe/Berlin", "PR-1", "030 123456", notice=(1, "month"))
    view = way(facts)
    assert view.rules == ()
    assert any("only your contract counts" in c.sentence for c in view.cautions)
    assert [c.name for c in view.channels] == ["Customer service", "Chat", "Complaints"]
    assert [f.name for f in view.when][:2] == ["With the number", "By plain notice"]
    assert "your order at the new operator" in page(Screen.CONFIRM, facts).text


def test_elsewhere_an_unknown_notice_is_asked_for() -> None:
    facts = LeavingFacts("DE", "Europe/Berlin", "PR-1", "030 123456")
    view = page(Screen.DAY, facts, Answers("PR-1", False))
    assert (view.day, view.may_go_on) == (None, False)
    assert [a.question for a in view.amounts] == ["notice"]
    assert "how long the notice in your contract is" in view.missing
    assert way(facts, Answers("PR-1", False)).cost.headline == "Day not known yet"


LINES = {
    "FR": JULIEN,
    "US": LeavingFacts("US", "America/New_York", "PR-1", "(212) 555-0123", lock=SimLock.LOCKED, handset_id="D"),
    "DE": LeavingFacts("DE", "Europe/Berlin", "PR-1", "030 123456", lock=SimLock.LOCKED, handset_id="D"),
    "GB": LeavingFacts("GB", "Europe/London", "PR-1", "07700 900123", lock=SimLock.LOCKED, handset_id="D"),
}


@pytest.mark.parametrize("code", LINES)
@pytest.mark.parametrize("words", [WORDS, FRENCH], ids=["en", "fr"])
def test_every_page_speaks_in_every_country(code: str, words: object) -> None:
    for access in (Access.MOBILE, Access.FIXED):
        for firm in (False, True):
            facts = replace(LINES[code], access=access, is_business=firm)
            for keep in (True, False):
                for reason in Reason:
                    answers = Answers("PR-1", keep, plain_notice=not keep, about=Circumstances(reason))
                    for screen in set(Screen) - {Screen.WAY, Screen.TRACKER, Screen.REASON}:
                        assert screen_view(case(facts, replace(answers, at=screen)), WORDS).title
                    if reason:
                        assert screen_view(case(facts, replace(answers, at=Screen.REASON)), WORDS).title
                    shown = case(facts, answers)
                    assert way_view(shown, words).steps  # type: ignore[arg-type]
                    asked = replace(facts, notice_given=Asked(samples.NOW, sent=True))
                    done = replace(answers, confirmed=samples.NOW, at=Screen.TRACKER)
                    followed = tracker_view(case(asked, done), words).steps  # type: ignore[arg-type]
                    assert bool(followed) is (reason is not Reason.SAFETY)
