"""Which letters are offered: those that fit the line and its plan, a survivor's own one first."""

from datetime import date

import letter_desk as desk
import pytest

from selfcare.domain.lines import Access
from selfcare.domain.records import replace
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.wizard import Answers, Screen
from selfcare.paper.letter import BLANK
from selfcare.viewmodel.leaving_material import case_of
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.letter_facts import LetterKind
from selfcare.viewmodel.letters import letter_choices
from tests import samples
from tests.shots.leavers import Scene, american, british, material
from tests.unit.viewmodel.test_letters import body, write

EN, FR = samples.words(), samples.words("fr")


def test_the_letters_offered_fit_the_line() -> None:
    mobile = [kind for kind, _ in letter_choices(desk.facts("GB"), EN)]
    fixed = [kind for kind, _ in letter_choices(desk.facts("GB", access=Access.FIXED), EN)]
    assert (LetterKind.UNLOCK in mobile, LetterKind.UNLOCK in fixed, LetterKind.PROOF in mobile) == (True, False, False)
    assert LetterKind.MISSED_VISIT in fixed
    facts = desk.facts("GB", access=Access.OTHER, needs_proof=True, change=desk.CHANGE, reason=Reason.SAFETY)
    every = letter_choices(facts, FR)
    assert LetterKind.CHANGE not in dict(every), "the letter with the proof names the change, too"
    every = (*every, *letter_choices(replace(facts, needs_proof=False), FR))
    assert len({said for _, said in every}) == len(LetterKind)


@pytest.mark.parametrize("country", ["US", "GB", "FR"])
def test_where_nobody_is_leaving_the_complaint_comes_first_and_nothing_ends_a_contract(country: str) -> None:
    found = desk.facts(country, needs_proof=True, change=desk.CHANGE, reason=Reason.SAFETY)
    kinds = [kind for kind, _ in letter_choices(found, EN, is_leaving=False)]
    assert kinds[0] is LetterKind.COMPLAINT
    ending = {LetterKind.NOTICE, LetterKind.WITHDRAWAL, LetterKind.SEPARATION, LetterKind.PROOF}
    leaving = {kind for kind, _ in letter_choices(found, EN)}
    assert leaving - set(kinds) == ending
    alone = replace(found, needs_proof=False)  # beside a proof its letter names the change, too
    assert LetterKind.CHANGE in dict(letter_choices(alone, EN))
    assert LetterKind.CHANGE not in dict(letter_choices(alone, EN, is_leaving=False))
    assert len(set(kinds)) == len(kinds)


@pytest.mark.parametrize("country", ["US", "GB"])
def test_a_survivor_is_offered_the_line_separated_first_and_no_notice_is_opened(country: str) -> None:
    kinds = [kind for kind, _ in letter_choices(desk.facts(country, reason=Reason.SAFETY), EN)]
    assert kinds[0] is LetterKind.SEPARATION
    assert LetterKind.SEPARATION not in dict(letter_choices(desk.facts(country), EN))
    who = american() if country == "US" else british()
    answers = Answers("PR-1", about=Circumstances(Reason.SAFETY), at=Screen.REASON)
    case = case_of(material(Scene("safe", (who,), answers)))
    assert case is not None
    page = screen_view(case, EN)
    assert [action.target for action in page.actions] == ["papers/separation"]


def test_the_separation_is_asked_for_by_law_where_one_is_known_and_the_account_tells_nothing() -> None:
    known = write(LetterKind.SEPARATION, "US", reason=Reason.SAFETY, separates=True, name="Pat Holder", mandate="1")
    said = body(known)
    assert "Safe Connections Act (47 U.S.C. 345)" in said
    assert "within 2 business days, without a fee" in said
    assert "notice" not in said
    assert known.letter.name == known.letter.sender[0] == BLANK
    assert "Pat Holder" not in str(known.letter)
    assert not [value for label, value in known.letter.references if label == "Direct debit"]
    firm, before, alone = {"is_business": True}, {"day": date(2024, 7, 1)}, {"separates": False}
    for country, changed in (("GB", {}), ("US", firm), ("US", before), ("US", alone)):
        asked = body(write(LetterKind.SEPARATION, country, **{"reason": Reason.SAFETY, "separates": True, **changed}))
        assert "Safe Connections" not in asked
        assert "out of the shared account" in asked
