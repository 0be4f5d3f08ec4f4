"""The proof of a special reason: a step of its own on every page, a letter that is no notice, nothing asked twice."""

from datetime import UTC, date, datetime

import letter_desk as desk
import pytest

from selfcare.domain.commands import GiveNotice
from selfcare.domain.lines import Access, SimLock
from selfcare.domain.records import replace
from selfcare.domain.tickets import EntityRef, StateChange, Ticket, TicketState
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.holder_change import HOLDER_CHANGE, HolderChange, holder_change_of
from selfcare.leaving.way import StepKind, StepState
from selfcare.leaving.wizard import Answers, Screen, answer
from selfcare.viewmodel.leaving import way_view
from selfcare.viewmodel.leaving_calendar import way_events
from selfcare.viewmodel.leaving_checklist import way_checklist
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.leaving_tracker import tracker_view
from selfcare.viewmodel.letter_facts import LetterKind
from selfcare.viewmodel.letter_material import letter_facts
from selfcare.viewmodel.letters import letter_choices
from tests import samples
from tests.shots.leavers import Scene, american, british, french, material
from tests.unit.viewmodel.test_letters import body, write

D, WORDS = date, samples.words()
DEBT = Circumstances(Reason.DEBT, filed=D(2026, 7, 1), admitted=True)
ORDERS = Circumstances(Reason.SERVICE, orders_from=D(2026, 12, 1), orders_days=120, usable_there=False)
BOUND = french(concluded=D(2026, 3, 1), commitment_ends=D(2028, 3, 1))
PAPERS = ("Attestation du dépôt de mon dossier", "Décision de recevabilité de mon dossier")
"""Both that the step asks for (FR-OVR-02)."""
SERGEANT = american(lock=SimLock.UNLOCKED)
WIDOW = british(access=Access.FIXED, handset_id="", lock=SimLock.NOT_STATED, commitment_ends=D(2027, 10, 15))
CHANGE = HolderChange("T-77", D(2026, 9, 8), D(2026, 11, 2), "Certified copy received")


def leaver(facts: LeavingFacts, about: Circumstances, *, keep: bool = True, at: Screen = Screen.WAY) -> Case:
    confirmed = samples.NOW if at is Screen.TRACKER else None
    answers = Answers("PR-1", keep, plain_notice=not keep, about=about, at=at, confirmed=confirmed, saved=True)
    found = case_of(material(Scene("proof", (facts,), answers)))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("facts", "about", "title"),
    [
        (BOUND, DEBT, "Send the proofs of your debt file"),
        (BOUND, Circumstances(Reason.LISTED, listed=True), "Send the proof of your reason"),
        (SERGEANT, ORDERS, "Send a copy of your orders"),
        (WIDOW, Circumstances(Reason.DEATH), "Send the death certificate"),
    ],
)
@pytest.mark.parametrize("keep", [True, False])
def test_a_proof_is_sent_by_every_way_out_and_stands_on_every_page(
    facts: LeavingFacts, about: Circumstances, title: str, keep: bool
) -> None:
    found = leaver(facts, about, keep=keep, at=Screen.TRACKER)
    row = next(t for t in tracker_view(found, WORDS).steps if t.step.key == "certificate")
    assert (row.step.title, [t.question for t in row.ticks]) == (title, ["certificate"])
    assert [a.target for a in row.actions] == ["papers/proof"]
    assert title in [step.title for step in way_view(found, WORDS).steps]
    assert title in [step.title for step in way_checklist(found, WORDS).steps]
    assert [e for e in way_events(found, WORDS) if e.title.startswith(title)]
    facts_shown = {f.name: f for f in screen_view(leaver(facts, about, keep=keep, at=Screen.CONFIRM), WORDS).facts}
    assert facts_shown["Proof of it"].value == "still to be sent"
    sent = case_of(replace(found.material, plans=found.material.plans.with_answers(
        answer(found.answers, "certificate", "yes", D(2026, 11, 21)))))  # fmt: skip
    assert sent is not None
    step = sent.way.step(StepKind.CERTIFICATE)
    assert step is not None
    assert (step.state, step.day) == (StepState.DONE, D(2026, 11, 21))


def test_what_frees_nobody_needs_no_proof() -> None:
    for facts, about in (
        (BOUND, replace(DEBT, filed=D(2026, 3, 20))),
        (BOUND, Circumstances(Reason.LISTED, listed=False)),
        (BOUND, Circumstances(Reason.MOVING)),
        (SERGEANT, replace(ORDERS, orders_days=20)),
        (BOUND, Circumstances()),
    ):
        assert leaver(facts, about).way.step(StepKind.CERTIFICATE) is None, about
    over = replace(BOUND, line_ended=D(2026, 11, 10), is_over=True)
    assert leaver(over, DEBT).way.step(StepKind.CERTIFICATE) is None


def test_the_charge_is_called_free_only_with_its_proof() -> None:
    page = screen_view(leaver(BOUND, DEBT, at=Screen.REASON), WORDS)
    assert page.facts[0].tag is not None
    assert page.facts[0].tag.text == "free, with the proof"
    assert "by Tue 1 Dec" not in str(page.facts), "the new operator ends the line, not the ten days of the proofs"
    assert "once your operator has its proof" in way_view(leaver(BOUND, DEBT), WORDS).cost.text
    sent = replace(DEBT, sent=D(2026, 11, 20))
    assert way_view(leaver(BOUND, sent), WORDS).cost.text == "Your reason frees you from the charge."


def test_proofs_that_end_the_line_before_its_day_say_so() -> None:
    """FR-OVR-02: ten days from 21 November 2026 are over on 1 December."""
    for day, warned in ((D(2026, 12, 1), False), (D(2026, 12, 2), True)):
        found = leaver(BOUND, DEBT, keep=False)
        plans = found.material.plans.with_answers(replace(found.answers, plain_notice=False, day=day))
        planned = case_of(replace(found.material, plans=plans))
        assert planned is not None
        text = next(s.text for s in way_view(planned, WORDS).steps if s.key == "certificate")
        assert ("ends within 10 days: if you need it until Wed 2 Dec" in text) is warned


def test_a_number_that_moves_is_not_promised_back_and_one_that_is_given_up_is() -> None:
    moves, ends = (screen_view(leaver(SERGEANT, ORDERS, keep=k, at=Screen.CONFIRM), WORDS) for k in (True, False))
    numbers = [{f.name: f.value for f in view.facts}["Number"] for view in (moves, ends)]
    assert numbers[0] == "comes with you"
    # away from 1 Dec 2026 for 120 days: back on 31 Mar 2027, and 90 days more, the last of them left out
    assert numbers[1] == "By law the number is kept for you, if you resume the service by Mon 28 Jun 2027."
    notice = next(s for s in way_view(leaver(SERGEANT, ORDERS, keep=False), WORDS).steps if s.key == "notice")
    assert "given up" not in notice.text
    open_end = replace(ORDERS, orders_days=None, orders_open=True)
    notice = next(s for s in way_view(leaver(SERGEANT, open_end, keep=False), WORDS).steps if s.key == "notice")
    assert "within 3 years" in notice.text


def test_the_letter_with_the_proof_is_no_notice() -> None:
    moved = write(LetterKind.PROOF, "FR", reason=Reason.DEBT, frees=True, admitted=True, filed=D(2026, 7, 1))
    said = body(moved)
    assert "Cette lettre n’est pas une résiliation" in said
    assert "L. 224-37-1" in said
    assert "224-39" not in said
    assert moved.letter.enclosures == PAPERS
    assert moved.letter.recipient[0] == "Orvane France"
    orders = body(write(LetterKind.PROOF, "US", reason=Reason.SERVICE, frees=True))
    assert "I hereby give you notice" not in orders
    assert "Servicemembers Civil Relief Act" in orders
    unsure = body(write(LetterKind.PROOF, "FR", reason=Reason.LISTED))
    assert "aucuns frais" not in unsure
    heirs = write(LetterKind.PROOF, "GB", reason=Reason.DEATH, name="George Marlow", holder_change="T-77")
    assert "keep the line and its number on" in body(heirs)
    assert "T-77" in body(heirs)
    assert "George Marlow" not in heirs.letter.sender
    ends = body(write(LetterKind.PROOF, "GB", reason=Reason.DEATH, name="George Marlow", by_notice=True))
    assert "keep the line" not in ends
    assert "goes with the notice" in ends
    notice = write(
        LetterKind.NOTICE, "US", reason=Reason.SERVICE, frees=True, comes_back=True, resume_by=D(2027, 6, 18)
    )
    assert "keep the number" in body(notice)
    assert "the number is kept for you" in notice.hint
    assert LetterKind.PROOF not in dict(letter_choices(desk.facts("FR"), WORDS))


def test_the_letter_knows_the_plan() -> None:
    line = replace(samples.lines()[0], id="PR-1")
    for keep in (True, False):
        found = leaver(SERGEANT, ORDERS, keep=keep)
        facts = letter_facts(line, samples.TODAY, profile=found.material.profile, rules=found.rules, case=found)
        assert (facts.needs_proof, facts.by_notice, facts.resume_by is None) == (True, not keep, keep)


def ticket(*course: tuple[int, TicketState, str], state: TicketState = TicketState.IN_PROGRESS) -> Ticket:
    steps = tuple(
        StateChange(kind, kind.value, datetime(2026, 11, day, 10, tzinfo=UTC), why) for day, kind, why in course
    )
    return Ticket(
        "T-77", "Change of account holder", "", HOLDER_CHANGE, "", state, "", datetime(2026, 9, 8, tzinfo=UTC), None,
        course=steps, about=(EntityRef("product", samples.lines()[0].id),),
    )  # fmt: skip


def test_what_the_operator_has_by_its_own_word_is_not_asked_for_again() -> None:
    line, pending, goes_on = samples.lines()[0], TicketState.PENDING, TicketState.IN_PROGRESS
    asked, here = (1, pending, "certificate"), (2, goes_on, "Certified copy received")
    assert holder_change_of(line, [ticket(asked, here)], "Europe/London") == replace(CHANGE)
    again = (3, pending, "certified copy")
    for waits in (ticket(asked, here, again, state=pending), ticket(asked, state=pending), ticket((1, goes_on, ""))):
        found = holder_change_of(line, [waits], "Europe/London")
        assert found is not None
        assert (found.papers, found.said) == (None, "")
    assert holder_change_of(line, [ticket(state=TicketState.CLOSED)], "Europe/London") is None
    assert holder_change_of(replace(line, id="X", account_id="", contract_id=""), [ticket()], "Europe/London") is None
    widow = replace(WIDOW, holder_change=CHANGE)
    rows = tracker_view(leaver(widow, Circumstances(Reason.DEATH), keep=False, at=Screen.TRACKER), WORDS)
    row = next(t for t in rows.steps if t.step.key == "certificate")
    assert (row.step.state, row.ticks, row.actions) == ("done", (), ())
    assert "Certified copy received" in row.step.text
    assert "certificate" not in rows.headline
    assert "Do not end the contract first" in rows.cautions[-1].advice


def test_a_notice_beside_an_open_change_of_holder_names_it() -> None:
    widow = replace(WIDOW, holder_change=CHANGE)
    view = screen_view(leaver(widow, Circumstances(Reason.DEATH), keep=False, at=Screen.CONFIRM), WORDS)
    assert isinstance(view.command, GiveNotice)
    assert view.command.reason == "The holder of the contract has died; a change of holder is open under T-77"
    assert any("T-77" in notice.sentence for notice in view.cautions)
    plain = screen_view(leaver(widow, Circumstances(), keep=False, at=Screen.CONFIRM), WORDS)
    assert isinstance(plain.command, GiveNotice)
    assert plain.command.reason == "A change of holder is open under T-77"
    for reason in (Reason.DEATH, Reason.NONE):
        assert "T-77; please tell me" in body(write(LetterKind.NOTICE, "GB", reason=reason, holder_change="T-77"))
    assert "change of holder" not in body(write(LetterKind.NOTICE, "GB", reason=Reason.DEATH))
