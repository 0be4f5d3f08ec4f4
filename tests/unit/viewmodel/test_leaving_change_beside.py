"""A reason of the customer's own that frees nobody for certain hides no announced change that does."""

from datetime import date

import pytest

from selfcare.domain.commands import GiveNotice
from selfcare.domain.records import replace
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.way import StepKind
from selfcare.leaving.wizard import Screen
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.leaving_tracker import tracker_view
from selfcare.viewmodel.letter_facts import LetterKind
from selfcare.viewmodel.letters import letter_choices
from tests.unit.viewmodel.test_leaving_change import BOX, EN, FR, PLAN, SURE, facts_of, leaver, said

MOVING, DEATH, LISTED = (Circumstances(reason) for reason in (Reason.MOVING, Reason.DEATH, Reason.LISTED))
TOO_EARLY = Circumstances(Reason.DEBT, filed=date(2026, 3, 1), admitted=True)


@pytest.mark.parametrize(
    ("facts", "about", "reason", "change"),
    [
        (SURE, MOVING, "Moving", "I leave free of charge under Ofcom’s General Conditions"),
        (PLAN, MOVING, "Moving", "I ask to leave free of charge under Ofcom’s General Conditions"),
        (BOX, TOO_EARLY, "Surendettement", "article L. 224-33"),
        (BOX, LISTED, "Un motif légitime", "article L. 224-33"),
        (SURE, DEATH, "The holder of the contract has died", "The change announced on"),
    ],
)
def test_a_notice_names_the_change_beside_a_reason_that_does_not_free(
    facts: LeavingFacts, about: Circumstances, reason: str, change: str
) -> None:
    page = screen_view(leaver(facts, keep=False, at=Screen.CONFIRM, about=about), FR if facts is BOX else EN)
    command = page.command
    assert isinstance(command, GiveNotice)
    assert reason in command.reason
    assert change in command.reason
    assert command.reason in [fact.value for fact in page.facts]
    assert ("I leave free" in command.reason) is (facts is SURE and about is MOVING), "nobody else leaves for the dead"
    letter = said(leaver(facts, keep=False, about=about), LetterKind.NOTICE)
    assert "14 novembre 2026" in letter or "14 November 2026" in letter


@pytest.mark.parametrize(("facts", "about"), [(BOX, LISTED), (SURE, DEATH), (PLAN, DEATH)])
def test_the_letter_with_the_proof_names_the_change_too(facts: LeavingFacts, about: Circumstances) -> None:
    found = leaver(facts, keep=True, at=Screen.TRACKER, about=about)
    row = next(t for t in tracker_view(found, EN).steps if t.step.key == "certificate")
    assert [action.target for action in row.actions] == ["papers/proof"], "one letter, and one tick for it"
    assert "The letter names the change announced on" in row.step.text
    assert ("too: it frees you." in row.step.text) is (facts is SURE)
    letter = said(found, LetterKind.PROOF)
    assert "14 novembre 2026" in letter or "14 November 2026" in letter
    assert "you told me" not in letter or about is not DEATH, "the dead were told, not who writes"
    offered = dict(letter_choices(facts_of(found), EN))
    assert LetterKind.PROOF in offered
    assert LetterKind.CHANGE not in offered


def test_a_move_to_another_home_has_the_letter_about_the_change() -> None:
    found = leaver(SURE, keep=True, at=Screen.TRACKER, about=MOVING)
    row = next(t for t in tracker_view(found, EN).steps if t.step.key == "certificate")
    assert row.step.title == "Write that you leave because of the change"
    assert [action.target for action in row.actions] == ["papers/change"]
    assert LetterKind.CHANGE in dict(letter_choices(facts_of(found), EN))


def test_without_a_change_a_proof_says_nothing_of_one() -> None:
    plain = replace(BOX, price_changes=())
    found = leaver(plain, keep=True, at=Screen.TRACKER, about=LISTED)
    assert found.way.step(StepKind.CERTIFICATE) is not None
    row = next(t for t in tracker_view(found, EN).steps if t.step.key == "certificate")
    assert "change" not in row.step.text
    assert "L. 224-33" not in said(found, LetterKind.PROOF)
