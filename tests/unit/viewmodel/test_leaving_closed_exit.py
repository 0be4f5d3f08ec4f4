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
@pytest.mark.parametrize(
    ("about", "why"),
    [
        (Circumstances(), "your operator was not told by then."),
        (Circumstances(sent=date(2026, 12, 16)), "your operator was not told by then."),
        (SENT, "you wrote to your operator about it on Wed 25 Nov, but no order and no notice followed by then."),
    ],
)
def test_after_the_days_of_the_change_the_tracker_names_the_cost_that_has_come_back(
    facts: LeavingFacts, verb: str, about: Circumstances, why: str
) -> None:
    found = followed(facts, date(2026, 12, 23), about=about)
    assert not found.way.quote.is_free
    first = tracker_view(found, EN).cautions[0]
    assert first.sentence == f"The announced change {verb} Mon 14 Dec: {why}"
    assert amount_text(found.way.quote, EN) in first.advice


def letter_rows(found: Case) -> list[tuple[str, str]]:
    return [(row.step.title, row.step.when) for row in tracker_view(found, EN).steps if row.step.key == "certificate"]


@pytest.mark.parametrize(
    ("facts", "now"), [(SURE, date(2026, 12, 23)), (replace(SURE, price_changes=(), rises=()), date(2026, 12, 10))]
)
def test_the_letter_that_was_sent_stays_with_its_day(facts: LeavingFacts, now: date) -> None:
    ((title, day),) = letter_rows(followed(facts, now))
    assert title == "Written that you leave because of the change"
    assert "25 Nov" in day
    assert letter_rows(followed(facts, now, about=Circumstances())) == []


def test_a_change_that_the_operator_lists_no_more_is_told_with_the_cost() -> None:
    bare = replace(SURE, price_changes=(), rises=())
    first = tracker_view(followed(bare, date(2026, 12, 1)), EN).cautions[0]
    assert first.sentence == "Your operator no longer lists the change about which you wrote on Wed 25 Nov."
    assert amount_text(followed(bare, date(2026, 12, 1)).way.quote, EN) in first.advice
    over = replace(bare, commitment_ends=date(2026, 11, 1))
    for quiet in (
        followed(SURE, date(2026, 12, 1)),
        followed(bare, date(2026, 12, 1), about=Circumstances()),
        followed(over, date(2026, 12, 1)),
        followed(replace(bare, line_ended=date(2026, 12, 3), is_over=True), date(2026, 12, 10)),
    ):
        assert not any("no longer lists" in one.sentence for one in tracker_view(quiet, EN).cautions)


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
