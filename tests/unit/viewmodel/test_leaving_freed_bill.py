"""An early charge on the final bill of somebody whom a change or a reason may free is asked about, never passed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from selfcare.domain.bills import Bill, BillLine, BillState, LineKind
from selfcare.domain.records import replace
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.facts import LeavingFacts
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_tracker import TrackedView, tracker_view
from selfcare.viewmodel.letter_facts import LetterKind, LetterMatter
from selfcare.viewmodel.letters import written_letter
from tests.shots import leavers
from tests.shots.leavers import Scene, material, money
from tests.unit.viewmodel.test_leaving_change import BOX, EN, FR, PLAN, SURE, facts_of
from tests.unit.viewmodel.test_letters import body

END = date(2026, 12, 11)
SENT = date(2026, 12, 1)


def ended(facts: LeavingFacts, asked: str, about: Circumstances, *, keep: bool = True) -> Case:
    """The line has gone inside the days of the change, and its final bill asks for leaving early."""
    gone = replace(facts, line_ended=END, is_over=True, operator_charge=None)
    over = END if not keep else None
    answers = leavers._plan(
        keep_number=keep, day=END, handed_over=None if over else date(2026, 12, 10), about=about,
        confirmed=datetime(2026, 11, 25, tzinfo=UTC),
    )  # fmt: skip
    amount = money(asked, facts.country)
    bill = Bill(leavers.FINAL, "780199001", date(2026, 12, 14), date(2026, 12, 28), amount, amount, BillState.SENT,
                "sent", "A-1001", "last")  # fmt: skip
    line = BillLine("L-1", leavers.FINAL, "Early termination charge", LineKind.PENALTY, "penalty", amount, None,
                    product_id="PR-1")  # fmt: skip
    found = case_of(
        material(Scene("freed", (gone,), answers, (bill,), (line,), now=datetime(2026, 12, 20, 9, tzinfo=UTC)))
    )
    assert found is not None
    return found


def checked(found: Case) -> TrackedView:
    return next(row for row in tracker_view(found, EN).steps if row.step.key == "checked")


def contested(found: Case) -> str:
    words = FR if found.facts.country == "FR" else EN
    return body(written_letter(LetterKind.FINAL_BILL, facts_of(found), LetterMatter(), words, EN))


@pytest.mark.parametrize(("facts", "asked"), [(PLAN, "180.00"), (BOX, "75.58")])
def test_a_charge_after_a_change_that_may_free_is_a_question_with_a_letter(facts: LeavingFacts, asked: str) -> None:
    found = ended(facts, asked, Circumstances(sent=SENT))
    row = checked(found)
    assert row.step.text.startswith("Up to ")
    assert any("though you left because of the announced change" in note for note in row.notes)
    assert any("A question to your operator, not a right." in note for note in row.notes)
    letter = contested(found)
    assert "changed" in letter or "modification" in letter or "rises" in letter
    assert "224-33" in letter or "Ofcom’s General Conditions" in letter


@pytest.mark.parametrize(
    ("facts", "about", "keep"),
    [
        (replace(PLAN, price_changes=(), rises=()), Circumstances(Reason.DEATH, sent=SENT), True),
        (replace(BOX, price_changes=()), Circumstances(Reason.LISTED, sent=SENT), False),
    ],
)
def test_a_charge_after_a_reason_that_may_free_is_a_question(
    facts: LeavingFacts, about: Circumstances, *, keep: bool
) -> None:
    found = ended(facts, "75.00", about, keep=keep)
    assert any("though your reason may free you" in note for note in checked(found).notes)
    letter = contested(found)
    assert "reason that may free" in letter or "motif" in letter


def test_a_charge_above_the_highest_reading_is_both_too_high_and_asked_about() -> None:
    found = ended(PLAN, "900.00", Circumstances(sent=SENT))
    notes = checked(found).notes
    above = next(note for note in notes if "above our figure" in note)
    open_part = next(note for note in notes if "because of the announced change" in note)
    high = found.way.quote.lines[0].high
    assert high is not None
    assert EN.money(high.rounded()) in open_part
    assert EN.money((money("900.00", "GB") - high).rounded()) in above


def test_a_certain_exit_stays_a_right_and_no_exit_leaves_a_charge_within_our_figure_alone() -> None:
    sure = ended(SURE, "180.00", Circumstances(sent=SENT))
    assert checked(sure).step.text == "£180.00 to ask back:"
    assert len(checked(sure).notes) == 1
    none = ended(replace(PLAN, price_changes=(), rises=()), "60.00", Circumstances())
    assert checked(none).step.text == "Every line was held against the end of the line: nothing is wrong."


NONE = replace(SURE, rises=(replace(SURE.rises[0], agreed=money("0.00", "GB")),))


@pytest.mark.parametrize(
    ("facts", "named"),
    [(SURE, "My contract names a rise of £1.80 a month only."), (NONE, "My contract names no price rise at all.")],
)
def test_the_letter_after_a_change_that_frees_for_certain_names_it(facts: LeavingFacts, named: str) -> None:
    found = ended(facts, "190.00", Circumstances(sent=SENT))
    assert (
        checked(found)
        .notes[0]
        .startswith("Charge for leaving early, though you left because of the announced change: £190.00.")
    )
    letter = contested(found)
    assert "a charge for leaving early, though I left because of an announced change: £190.00." in letter
    assert "On 14 November 2026 you told me that the price" in letter
    assert f"rises by £3.00 a month. {named}" in letter
    assert "Under Ofcom’s General Conditions I could end the contract free of charge" in letter
    assert "That is why I left." in letter
    assert "that is why I leave" not in letter.lower(), "the line has ended"
    assert "Please take £190.00 off the bill" in letter
