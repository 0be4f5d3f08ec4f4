"""A change that a confirmed plan rests on stays known when the operator takes it off its list, letter or no letter."""

from datetime import UTC, date, datetime

import pytest

from selfcare.domain.bills import Bill, BillLine, BillState, LineKind
from selfcare.domain.records import replace
from selfcare.leaving.drafts import Plans, plans_from_bytes, plans_to_bytes
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.wizard import Answers, confirm, reopen
from selfcare.viewmodel.leaving_change import told_change
from selfcare.viewmodel.leaving_cost import amount_text
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_tracker import tracker_view
from selfcare.viewmodel.letter_facts import LetterKind
from tests.shots import leavers
from tests.shots.leavers import Scene, material, money
from tests.unit.viewmodel.test_leaving_change import BOX, EN, FR, PLAN, RISE, TOLD, facts_of, said

CONFIRMED = datetime(2026, 11, 25, 9, tzinfo=UTC)
HEAD = "The change announced on Sat 14 Nov, by which you leave, is listed no more."


def case(facts: LeavingFacts, answers: Answers, now: date, **bills: tuple[object, ...]) -> Case:
    at = datetime(now.year, now.month, now.day, 9, tzinfo=UTC)
    found = case_of(material(Scene("lean", (facts,), answers, *bills.values(), now=at)))  # type: ignore[arg-type]
    assert found is not None
    return found


def confirmed(facts: LeavingFacts, **changed: object) -> Answers:
    """Confirmed while the change is listed, and read back as it is kept."""
    answers = leavers._plan(**{"day": date(2026, 12, 9), "confirmed": None, **changed})
    planned = case(facts, answers, CONFIRMED.date())
    done = confirm(planned.answers, CONFIRMED, planned.way)
    return plans_from_bytes(plans_to_bytes(Plans("PR-1", {"PR-1": done}))).of("PR-1")


def unlisted(facts: LeavingFacts) -> LeavingFacts:
    return replace(facts, price_changes=(), rises=())


NAMED = {"agreed_rise": "1.80"}


def test_a_change_that_had_begun_frees_on_as_it_did_and_is_named_everywhere() -> None:
    begun = replace(PLAN, rises=(replace(RISE, starts=date(2026, 12, 1)),))
    answers = confirmed(begun, **NAMED)
    found = case(unlisted(begun), answers, date(2026, 12, 3))
    assert found.way.quote.is_free
    told = told_change(found)
    assert told is not None
    assert (told.told, told.until, told.is_certain, told.rise) == (TOLD, date(2026, 12, 14), True, money("3.00", "GB"))
    first = tracker_view(found, EN).cautions[0]
    assert first.sentence == HEAD
    assert amount_text(found.way.quote, EN) in first.advice
    assert "rises by £3.00 a month" in said(found, LetterKind.CHANGE)
    assert [row.step.key for row in tracker_view(found, EN).steps].count("certificate") == 1


def test_a_change_that_was_still_to_come_frees_perhaps_once_it_is_listed_no_more() -> None:
    found = case(unlisted(PLAN), confirmed(PLAN, **NAMED), date(2026, 12, 3))
    told = told_change(found)
    assert told is not None
    assert (told.told, told.is_certain, told.rise) == (TOLD, False, None)
    assert not found.way.quote.is_free
    assert tracker_view(found, EN).cautions[0].sentence == HEAD
    over = case(unlisted(PLAN), confirmed(PLAN), date(2026, 12, 23))
    assert tracker_view(over, EN).cautions[0].sentence.startswith("The announced change may have freed you until")


def test_the_final_bill_after_it_is_held_against_the_change_and_the_letter_names_it() -> None:
    end = date(2026, 12, 11)
    begun = replace(PLAN, rises=(replace(RISE, starts=date(2026, 12, 1)),), operator_charge=None)
    answers = replace(confirmed(begun, **NAMED), day=end, handed_over=date(2026, 12, 10))
    amount = money("190.00", "GB")
    bill = Bill(leavers.FINAL, "780199001", date(2026, 12, 14), date(2026, 12, 28), amount, amount, BillState.SENT,
                "sent", "A-1001", "last")  # fmt: skip
    line = BillLine("L-1", leavers.FINAL, "Early termination charge", LineKind.PENALTY, "penalty", amount, None,
                    product_id="PR-1")  # fmt: skip
    gone = replace(unlisted(begun), line_ended=end, is_over=True)
    found = case(gone, answers, date(2026, 12, 20), bills=(bill,), lines=(line,))
    row = next(row for row in tracker_view(found, EN).steps if row.step.key == "checked")
    assert "though you left because of the announced change: £190.00." in row.notes[0]
    letter = said(found, LetterKind.FINAL_BILL)
    assert "On 14 November 2026 you told me that the price" in letter
    assert "My contract names a rise of £1.80 a month only." in letter
    assert not any("listed no more" in one.sentence for one in tracker_view(found, EN).cautions), (
        "nothing is to be kept"
    )


def test_a_french_change_stays_within_its_four_months() -> None:
    found = case(unlisted(BOX), confirmed(BOX), date(2026, 12, 3))
    told = told_change(found)
    assert told is not None
    assert (told.told, told.until) == (TOLD, date(2027, 3, 14))
    assert any("n’est plus indiquée" in one.sentence for one in tracker_view(found, FR).cautions)
    assert facts_of(found).change == told


@pytest.mark.parametrize("facts", [PLAN, BOX])
def test_while_it_is_listed_or_once_the_plan_is_changed_nothing_is_added(facts: LeavingFacts) -> None:
    answers = confirmed(facts)
    listed = case(facts, answers, date(2026, 12, 3))
    assert (listed.leans_on_unlisted, listed.facts.price_changes) == (None, (TOLD,))
    assert not any("listed no more" in one.sentence for one in tracker_view(listed, EN).cautions)
    anew = case(unlisted(facts), reopen(answers), date(2026, 12, 3))
    assert told_change(anew) is None
    bare = confirmed(unlisted(facts))
    assert bare.leaning is None
    assert case(unlisted(facts), bare, date(2026, 12, 3)).leans_on_unlisted is None
