"""A letter says that a line's own price rises, and never that of another line of the same contract."""

import pytest

from selfcare.domain.records import replace
from selfcare.leaving.facts import LeavingFacts
from selfcare.viewmodel.letter_facts import LetterKind
from tests.shots.leavers import money
from tests.unit.viewmodel.test_leaving_change import PLAN, RISE, D, leaver, said

STATED = replace(RISE, before=money("22.00", "GB"))
TWO = replace(PLAN, contract_lines=2, rises=(STATED,))
KINDS = pytest.mark.parametrize(("kind", "keep"), [(LetterKind.CHANGE, True), (LetterKind.NOTICE, False)])


@KINDS
@pytest.mark.parametrize(
    "facts",
    [
        replace(TWO, monthly=money("8.00", "GB")),
        replace(TWO, monthly=money("25.00", "GB")),
        replace(TWO, monthly=None),
        replace(TWO, rises=(RISE,)),
    ],
)
def test_the_rise_of_another_line_is_told_of_as_a_change(facts: LeavingFacts, kind: LetterKind, *, keep: bool) -> None:
    letter = said(leaver(facts, keep=keep), kind)
    assert "On 14 November 2026 you told me of a change to the contract" in letter
    assert "rises by" not in letter
    assert "Ofcom’s General Conditions" in letter


@KINDS
@pytest.mark.parametrize(
    "facts",
    [
        TWO,
        replace(TWO, rises=(replace(STATED, starts=D(2026, 11, 18)),), monthly=money("25.00", "GB")),
        replace(TWO, contract_lines=1, monthly=money("8.00", "GB")),
    ],
)
def test_the_rise_of_the_line_itself_is_named(facts: LeavingFacts, kind: LetterKind, *, keep: bool) -> None:
    assert "rises by £3.00 a month" in said(leaver(facts, keep=keep), kind)
