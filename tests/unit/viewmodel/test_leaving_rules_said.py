"""Rules that a customer has to hear of on the way: each is said where it matters, with its day, and nowhere else."""

from datetime import UTC, date, datetime

import pytest

from selfcare.domain.lines import Access, PortingCode, SimLock
from selfcare.domain.records import replace
from selfcare.leaving.answer import document_of
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.country import StepKind
from selfcare.leaving.facts import Asked, LeavingFacts
from selfcare.leaving.wizard import Answers, Screen, answer
from selfcare.viewmodel.leaving_cutover import cutover_warnings
from selfcare.viewmodel.leaving_decision import day_page
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_reasons import reason_page
from selfcare.viewmodel.leaving_requests import code_page, refusal_notices, unlock_page
from selfcare.viewmodel.leaving_steps import step_text
from selfcare.viewmodel.leaving_tracker import tracker_view
from selfcare.viewmodel.leaving_when import free_facts, owed_facts
from tests import samples
from tests.shots.leavers import NOW, Scene, american, british, elsewhere, french, material, tracked

WORDS = samples.words()
D = date
DROP = Answers("PR-1", False, plain_notice=True)
SCENES = [scene for country in ("GB", "FR", "US") for scene in tracked(country)]


def case(facts: LeavingFacts, answers: Answers = Answers("PR-1", True), now: datetime = NOW) -> Case:  # noqa: B008
    found = case_of(material(Scene("said", (facts,), answers, now=now)))
    assert found is not None
    return found


def step(kind: StepKind, facts: LeavingFacts, answers: Answers = Answers("PR-1", True)) -> str:  # noqa: B008
    at = case(facts, answers)
    found = at.way.step(kind)
    assert found is not None
    return step_text(found, at, WORDS)


def test_the_text_with_the_rio_is_said_to_take_minutes() -> None:
    said = code_page(case(french()), WORDS).text
    assert "usually within 2 minutes and nearly always within 5 minutes" in said
    fixed = code_page(case(french(access=Access.FIXED, lock=SimLock.NOT_STATED, handset_id="")), WORDS).text
    assert "3179" in fixed
    assert "minutes" not in fixed, "the times are those of mobile lines"


def test_what_the_new_carrier_asks_for_stands_with_the_pin() -> None:
    shown = {f.name: f for f in code_page(case(american(account="A-1001", postcode="1000")), WORDS).facts}
    assert (shown["Account number"].value, shown["Account number"].is_stated) == ("A-1001", True)
    assert not shown["ZIP code of the bill"].is_stated, "four figures are no ZIP code"
    assert (shown["Transfer PIN"].value, shown["Transfer PIN"].is_stated) == ("still missing", False)
    here = american(account="A-1001", postcode="10001", code=PortingCode("PIN", "012345", None))
    shown = {f.name: f for f in code_page(case(here), WORDS).facts}
    assert all(f.is_stated for f in shown.values())
    assert all("012345" not in f.value for f in shown.values())
    assert not code_page(case(french()), WORDS).facts


def test_a_debt_is_no_reason_to_refuse_a_pin_but_a_wrong_field_is() -> None:
    refused = Asked(NOW, sent=True, refused=True, refusal="Balance due", scheme="PIN")
    said = [n.sentence for n in refusal_notices(case(american(code_asked=refused)), WORDS)]
    assert said == [
        "An unpaid bill or fee is no reason to hold the number back.",
        "A wrong account number, ZIP code or PIN is a reason.",
    ]
    assert not refusal_notices(case(american()), WORDS)


def test_a_voice_message_in_california_has_two_days() -> None:
    said = step(StepKind.NOTICE, american(state="CA"), DROP)
    assert "left as a voice message now seems due by tomorrow" in said.casefold() or "Sun 22 Nov" in said
    assert "Mon 23 Nov" in said
    assert "the sources differ" in said
    at = case(american(state="CA"), DROP)
    assert "US-ST-01-VOICEMAIL" in at.way.country.rule_ids(at.way.ground, StepKind.NOTICE, at.way.route)
    assert "California" not in step(StepKind.NOTICE, american(state="IL"), DROP)


def test_in_france_the_move_may_wait_for_the_days_of_reflection() -> None:
    said = step(StepKind.HAND_OVER, french())
    over = case(french()).way.step(StepKind.HAND_OVER)
    assert over is not None
    assert over.day.toordinal() + 14 == D(2026, 12, 5).toordinal(), "a Saturday, carried to the Monday"
    assert "else it may wait until Mon 7 Dec" in said
    assert "at once" not in step(StepKind.HAND_OVER, french(is_business=True))


def test_a_firm_in_france_gets_its_final_bill_as_an_electronic_invoice() -> None:
    answers = replace(DROP, notice=(1, "month"))
    said = step(StepKind.FINAL_BILL, french(is_business=True), answers)
    assert "the rule since 1 Sept 2026" in said or "the rule since 1 Sep 2026" in said
    at = case(french(is_business=True), answers)
    assert "FR-EIN-01" in at.way.country.rule_ids(at.way.ground, StepKind.FINAL_BILL, at.way.route)
    assert "invoice" not in step(StepKind.FINAL_BILL, french())
    early = case(french(is_business=True, commitment_ends=None), answers, datetime(2026, 7, 1, 9, tzinfo=UTC))
    bill = early.way.step(StepKind.FINAL_BILL)
    assert bill is not None
    assert "invoice" not in step_text(bill, early, WORDS)


def test_a_home_switch_is_answered_within_a_minute() -> None:
    home = british(access=Access.INTERNET, lock=SimLock.NOT_STATED, handset_id="")
    assert "within 60 seconds" in step(StepKind.HAND_OVER, home)
    at = case(home)
    assert "UK-OTS-02" in at.way.country.rule_ids(at.way.ground, StepKind.HAND_OVER, at.way.route)


def test_the_safe_order_of_a_line_at_home() -> None:
    home = british(access=Access.INTERNET, lock=SimLock.NOT_STATED, handset_id="", is_business=True)
    assert "The safe order: order the new service, see that it works, give notice and let this line end." in (
        step(StepKind.NOTICE, home, DROP)
    )
    alarmed = step(StepKind.NOTICE, home, replace(DROP, is_critical=True))
    assert alarmed.index("tell the firm behind the alarm") < alarmed.index("try the alarm on it")
    kept = step(StepKind.HAND_OVER, french(access=Access.INTERNET, lock=SimLock.NOT_STATED, handset_id=""))
    assert "let the number move" in kept
    assert "The safe order" not in step(StepKind.NOTICE, british(), DROP), "a mobile line has its SIM"


def test_the_first_day_without_a_gap_is_named() -> None:
    works = datetime(2026, 11, 27, 9, tzinfo=UTC)
    answers = Answers("PR-1", True, day=D(2026, 11, 26), confirmed=NOW, works=works, at=Screen.TRACKER)
    at = case(british(), answers)
    assert "Without any gap it ends on Sat 28 Nov, in 7 days or later." in cutover_warnings(at, at.aftermath(), WORDS)
    before = replace(answers, works=datetime(2026, 11, 24, 9, tzinfo=UTC))
    at = case(british(), before)
    assert not cutover_warnings(at, at.aftermath(), WORDS)


def test_the_summary_of_a_new_contract_is_asked_about() -> None:
    new = british(concluded=D(2026, 10, 15), commitment_ends=D(2028, 10, 15))
    assert "Contract summary of one page" not in {f.name for f in free_facts(case(new), WORDS)}
    row = next(f for f in owed_facts(case(new), WORDS) if f.name == "Contract summary of one page")
    assert row.tag is not None
    assert (row.value, row.tag.text) == ("was due before Thu 15 Oct 2026", "did it come?")


def test_by_when_a_notice_ends_the_line_with_the_commitment() -> None:
    def note(facts: LeavingFacts, answers: Answers) -> str:
        return next(f.note for f in free_facts(case(facts, answers), WORDS) if f.name == "After the commitment")

    answers = replace(DROP, notice=(1, "month"))
    assert note(elsewhere(), answers) == "notice there by Sun 28 Feb 2027"
    assert note(elsewhere(), DROP) == "", "the notice of the contract is not known"
    assert note(elsewhere(), replace(answers, keep_number=True, plain_notice=False)) == ""
    assert note(french(), DROP) == "", "ten days at most, whatever is written"


def test_another_reason_of_the_contract_has_its_page() -> None:
    answers = replace(DROP, about=Circumstances(Reason.LISTED))
    view = reason_page(case(french(), answers), WORDS)
    assert "Contracts usually list: a move to a place without coverage" in view.notes[0]
    assert "dismissal" in view.notes[0]
    assert [p.question for p in view.picks] == ["listed"]
    assert {rule.id for rule in view.rules} == {"FR-LEG-01"}
    freed = replace(answers, about=Circumstances(Reason.LISTED, listed=True))
    assert case(french(), freed).way.quote.is_free
    assert Reason.LISTED not in case(british()).way.country.reasons(british())


def test_once_asked_nobody_is_told_to_say_so_when_asking() -> None:
    sold_locked = british(lock=SimLock.LOCKED, handset_bought=D(2025, 3, 1))
    before = unlock_page(case(sold_locked), WORDS)
    assert "Say so when you ask." in before.cautions[0].advice
    for asked in (Asked(NOW, sent=True), Asked(NOW, sent=False)):
        after = unlock_page(case(replace(sold_locked, unlock=asked)), WORDS)
        assert not [n for n in after.cautions if "Say so" in n.advice]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_late_is_called_done(language: str) -> None:
    """What is still to be done has a title that can follow “Late:” and “Next:”."""
    words = samples.words(language)
    done = {
        "en": {"The final bill is checked", "The final bill is paid", "The Direct Debit has ended", "Handset unlocked"},
        "fr": {
            "Facture finale vérifiée",
            "Facture finale payée",
            "Le prélèvement a pris fin",
            "Téléphone déverrouillé",
        },
    }[language]
    seen = set()
    for scene in SCENES:
        found = case_of(material(scene))
        assert found is not None
        for row in tracker_view(found, words).steps:
            seen |= {row.step.title} & done
            assert (row.step.title in done) <= (row.step.state == "done")
    assert len(seen) > 1


def test_a_british_debit_is_announced_ten_working_days_before() -> None:
    said = set()
    for scene in SCENES:
        found = case_of(material(scene))
        assert found is not None
        view = tracker_view(found, WORDS)
        for row in view.steps:
            said |= {note for note in row.notes if "be announced by" in note}
            if any("be announced by" in note for note in row.notes):
                assert found.rules.country == "GB"
                assert "UK-DD-01" in {rule.id for rule in view.rules}
    assert said


def test_a_day_of_the_plan_that_has_become_impossible_is_said() -> None:
    plan = Answers("PR-1", True, day=D(2026, 11, 26), confirmed=NOW, at=Screen.TRACKER)
    later = datetime(2026, 11, 26, 9, tzinfo=UTC)
    in_time = tracker_view(case(british(), plan), WORDS)
    assert not [n for n in in_time.cautions if "of your plan" in n.sentence]
    lost = tracker_view(case(british(), plan, later), WORDS).cautions[0]
    assert lost.sentence == "The day of your plan, Thu 26 Nov, cannot be kept any more."
    assert "it is Fri 27 Nov" in lost.advice
    ordered = tracker_view(case(british(), replace(plan, handed_over=D(2026, 11, 25)), later), WORDS)
    assert not [n for n in ordered.cautions if "of your plan" in n.sentence]


def test_a_line_at_home_has_no_sim() -> None:
    home = french(access=Access.INTERNET, lock=SimLock.NOT_STATED, handset_id="", handset_name="")
    plan = Answers("PR-1", True, day=D(2026, 12, 15), confirmed=NOW)
    row = next(
        s for s in tracker_view(case(home, replace(plan, at=Screen.TRACKER)), WORDS).steps if s.step.key == "cut"
    )
    asked = day_page(case(home, replace(plan, at=Screen.DAY)), WORDS)
    for said in (row.step.text, asked.text, step(StepKind.CUT, home)):
        assert "SIM" not in said
    assert "SIM" in step(StepKind.CUT, french())


def test_an_unlock_that_is_free_already_names_since_when() -> None:
    shown = {f.name: f.value for f in unlock_page(case(french(lock=SimLock.LOCKED)), WORDS).facts}
    assert shown["Generally free since"] == "Mon 21 Apr 2025"
    new = french(lock=SimLock.LOCKED, since=D(2026, 11, 1), handset_bought=None)
    assert "Generally free from" in {f.name for f in unlock_page(case(new), WORDS).facts}


def test_a_late_move_of_a_prepaid_card_is_worth_its_credit() -> None:
    card = french(is_prepaid=True, monthly=None, commitment_ends=None, contract_ends=None)
    plan = Answers("PR-1", True, day=D(2026, 11, 16), handed_over=D(2026, 11, 13), confirmed=NOW, at=Screen.TRACKER)
    told = answer(plan, "mishap:add", "latePort 2026-11-16", NOW.date())
    view = tracker_view(case(card, told), WORDS).mishaps
    assert view is not None
    item = view.items[0]
    assert ([s.question for s in item.sums], [a.question for a in item.amounts]) == (
        ["mishap:credit:1"], ["mishap:left:1"],
    )  # fmt: skip
    assert "its credit, spread over the days it is valid" in item.said[0]
    for question, value in (("mishap:credit:1", "10"), ("mishap:left:1", "15")):
        told = answer(told, question, value, NOW.date())
    view = tracker_view(case(card, told), WORDS).mishaps
    assert view is not None
    assert view.items[0].said[0] == "At least €20.00 is owed."
    usual = tracker_view(case(french(), told), WORDS).mishaps
    assert usual is not None
    assert not usual.items[0].sums


def test_a_code_that_was_given_away_is_not_asked_for_again() -> None:
    given = Answers("PR-1", True, day=D(2026, 11, 26), handed_over=D(2026, 11, 20), confirmed=NOW, at=Screen.TRACKER)
    view = tracker_view(case(french(), given), WORDS)
    assert [(s.step.key, s.step.state) for s in view.steps][:2] == [("handOver", "done"), ("cut", "now")]
    assert view.headline.startswith("Next: the number moves")


def test_the_order_of_a_line_at_home_is_in_the_answer_for_machines() -> None:
    home = french(access=Access.INTERNET, lock=SimLock.NOT_STATED, handset_id="", handset_name="")
    found = case(home, DROP)
    told = document_of(found.way, found.rules, "en", alarm=True)["safeOrder"]
    assert told == ["tellAlarm", "orderNew", "newWorks", "testAlarm", "giveNotice", "oldEnds"]
    ended = case(replace(home, line_ended=D(2026, 11, 1), is_over=True), DROP)
    assert document_of(ended.way, ended.rules, "en")["safeOrder"] == []
