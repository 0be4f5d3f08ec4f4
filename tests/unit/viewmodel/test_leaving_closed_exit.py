"""A plan that was confirmed free because of a change, and not carried out in time, says that it costs again."""

from datetime import UTC, date, datetime

import pytest

from selfcare.domain.records import replace
from selfcare.leaving.choices import Circumstances
from selfcare.leaving.facts import LeavingFacts
from selfcare.viewmodel.leaving_cost import amount_text
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_tracker import tracker_view
from tests.shots import leavers
from tests.shots.leavers import Scene, material
from tests.unit.viewmodel.test_leaving_change import EN, PLAN, SURE

CONFIRMED = datetime(2026, 11, 25, 9, tzinfo=UTC)
SENT = Circumstances(sent=date(2026, 11, 25))


def followed(facts: LeavingFacts, now: date, **changed: object) -> Case:
    answers = leavers._plan(**{"day": date(2026, 12, 3), "confirmed": CONFIRMED, "about": SENT, **changed})
    at = datetime(now.year, now.month, now.day, 9, tzinfo=UTC)
    found = case_of(material(Scene("late", (facts,), answers, now=at)))
    assert found is not None
    return found


def warned(found: Case) -> list[str]:
    return [one.sentence for one in tracker_view(found, EN).cautions if "announced change" in one.sentence]


@pytest.mark.parametrize(("facts", "verb"), [(SURE, "freed you until"), (PLAN, "may have freed you until")])
def test_after_the_days_of_the_change_the_tracker_names_the_cost_that_has_come_back(
    facts: LeavingFacts, verb: str
) -> None:
    found = followed(facts, date(2026, 12, 23))
    assert not found.way.quote.is_free
    first = tracker_view(found, EN).cautions[0]
    assert first.sentence == f"The announced change {verb} Mon 14 Dec: your operator was not told by then."
    assert amount_text(found.way.quote, EN) in first.advice


def test_until_then_and_once_the_operator_was_told_nothing_is_lost() -> None:
    assert warned(followed(SURE, date(2026, 12, 10))) == []
    ordered = followed(SURE, date(2026, 12, 23), handed_over=date(2026, 12, 12), day=date(2026, 12, 28))
    assert warned(ordered) == []
    assert ordered.way.quote.is_free
    after = followed(SURE, date(2026, 12, 23), confirmed=datetime(2026, 12, 20, 9, tzinfo=UTC))
    assert warned(after) == [], "this plan was made with the charge in sight"
    over = followed(replace(SURE, line_ended=date(2026, 12, 20), is_over=True), date(2026, 12, 23))
    assert warned(over) == []
    free = followed(replace(SURE, commitment_ends=date(2026, 12, 1)), date(2026, 12, 23))
    assert warned(free) == []


def test_a_change_that_certainly_frees_is_not_said_to_free_perhaps() -> None:
    (sure,) = warned(followed(SURE, date(2026, 12, 1), day=date(2026, 12, 22)))
    assert sure.startswith("The announced change frees you only until Mon 14 Dec")
    (perhaps,) = warned(followed(PLAN, date(2026, 12, 1), day=date(2026, 12, 22)))
    assert perhaps.startswith("The announced change may free you only until Mon 14 Dec")
