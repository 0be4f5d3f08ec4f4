"""What a way out leaves open: a handset's instalments, a notice not taken back, a code while the line lives."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from selfcare.domain.commands import RequestCode
from selfcare.domain.lines import SimLock
from selfcare.domain.money import Money
from selfcare.domain.records import replace
from selfcare.leaving.country import Caution, CostReason
from selfcare.leaving.facts import Asked, LeavingFacts
from selfcare.leaving.facts_used import unused_facts
from selfcare.leaving.way import StepKind
from selfcare.leaving.wizard import Answers, Screen
from selfcare.viewmodel.leaving import way_view
from selfcare.viewmodel.leaving_checklist import way_checklist
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.leaving_tracker import tracker_view
from tests import samples
from tests.shots.leavers import Scene, american, british, elsewhere, french, material, money

D, WORDS = date, samples.words()
NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)
GIVEN = Asked(datetime(2026, 11, 20, 9, tzinfo=UTC), sent=True, order_id="O-1", ends=D(2026, 12, 20))


def leaver(facts: LeavingFacts, answers: Answers, now: datetime = NOW) -> Case:
    found = case_of(material(Scene("left", (facts,), answers, now=now)))
    assert found is not None
    return found


@pytest.mark.parametrize("make", [british, french, elsewhere])
@pytest.mark.parametrize("keep", [True, False])
def test_instalments_that_are_left_are_told_and_never_counted(make, keep: bool) -> None:  # type: ignore[no-untyped-def]
    country = make().country
    owed = make(instalments_left=15, instalment=money("24.50", country), handset_id="DV-1")
    answers = Answers("PR-1", keep, plain_notice=not keep, confirmed=NOW, at=Screen.TRACKER, notice=(30, "day"))
    found, without = leaver(owed, answers), leaver(make(handset_id="DV-1"), answers)
    line = next(one for one in found.way.price_of(D(2026, 12, 1)).lines if one.reason is CostReason.INSTALMENTS_LEFT)
    assert (line.low, line.high, line.rule_id) == (money("367.50", country), money("367.50", country), "")
    assert (found.way.quote.low, found.way.quote.high) == (without.way.quote.low, without.way.quote.high)
    assert Caution.INSTALMENTS_LEFT in found.way.cautions
    assert Caution.INSTALMENTS_LEFT not in without.way.cautions
    told = [n.sentence for n in (*way_view(found, WORDS).cautions, *tracker_view(found, WORDS).cautions)]
    assert sum("15 instalments of the handset are left" in sentence for sentence in told) == 2
    assert any("367.50" in note for note in way_checklist(found, WORDS).notes)


def test_instalments_fall_by_one_each_month_and_are_due_at_once_in_the_united_states_only() -> None:
    owed = leaver(british(instalments_left=2, instalment=money("24.50", "GB")), Answers("PR-1", True))
    for day, left in ((D(2026, 12, 29), "49.00"), (D(2026, 12, 30), "24.50"), (D(2027, 1, 30), "")):
        lines = [one.high for one in owed.way.price_of(day).lines if one.reason is CostReason.INSTALMENTS_LEFT]
        assert lines == ([Money(Decimal(left), "GBP")] if left else []), day
    reasons = {line.reason for line in leaver(american(), Answers("PR-1", True)).way.quote.lines}
    assert CostReason.DEVICE in reasons
    assert CostReason.INSTALMENTS_LEFT not in reasons
    assert unused_facts(["instalment", "instalments_left", "credit"], "GB") == ("credit",)


def test_a_taking_back_that_was_refused_says_why_and_what_is_next() -> None:
    refused = Asked(datetime(2026, 11, 25, 9, tzinfo=UTC), sent=True, refused=True, refusal="The number is reassigned.")
    facts = british(notice_given=GIVEN, notice_received=D(2026, 11, 20), withdrawal_refused=refused)
    answers = Answers("PR-1", False, plain_notice=True, day=D(2026, 12, 20), confirmed=NOW, at=Screen.TRACKER)
    view = tracker_view(leaver(facts, answers), WORDS)
    row = view.steps[0]
    assert row.step.tag is not None
    assert row.step.tag.text == "taking back refused"
    assert [a.label for a in row.actions] == ["Ask again to take it back", "Complain in writing"]
    warned = view.cautions[0]
    assert "Wed 25 Nov" in warned.sentence
    assert "the line ends on Sun 20 Dec" in warned.advice
    assert warned.quote == "The number is reassigned."
    again = replace(facts, withdrawal=Asked(NOW, sent=True))
    row = tracker_view(leaver(again, answers), WORDS).steps[0]
    assert "Until your operator agrees" in row.step.text
    assert row.actions == ()
    moves = way_view(leaver(facts, replace(answers, keep_number=True, plain_notice=False)), WORDS)
    assert [n.quote for n in moves.cautions] == ["The number is reassigned."]
    assert "Your operator refused to take it back" in moves.cautions[0].advice


@pytest.mark.parametrize(("make", "code", "last"), [(french, "RIO", None), (british, "PAC", D(2026, 12, 29))])
def test_a_code_is_fetched_while_the_line_lives(make, code: str, last: date | None) -> None:  # type: ignore[no-untyped-def]
    """The notice ends the line today, and the handset is unlocked in two days at the soonest."""
    told = replace(GIVEN, ends=D(2026, 11, 30))
    facts = make(lock=SimLock.LOCKED, notice_given=told, notice_received=D(2026, 11, 20))
    found = leaver(facts, Answers("PR-1", True, at=Screen.CODE))
    step = found.way.step(StepKind.CODE)
    assert step is not None
    assert (step.day, step.last) == (D(2026, 11, 30), last)
    ask = screen_view(found, WORDS).actions[0]
    assert (ask.why_not, isinstance(ask.command, RequestCode)) == ("", True)
    text = next(s.text for s in way_view(found, WORDS).steps if s.key == "code")
    assert "your notice ends it on Mon 30 Nov" in text
    tracked = tracker_view(leaver(facts, Answers("PR-1", True, confirmed=NOW, at=Screen.TRACKER)), WORDS)
    assert tracked.headline == f"Next: get the {code}, Mon 30 Nov, today"
    later = leaver(replace(facts, notice_given=GIVEN), Answers("PR-1", True, at=Screen.CODE))
    assert not later.way.is_code_urgent
    assert screen_view(later, WORDS).actions[0].why_not
