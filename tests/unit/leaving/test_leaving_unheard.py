"""A notice that nobody answers, one that is refused, and an end by notice while the handset is still locked."""

from datetime import UTC, date, datetime, timedelta

from selfcare.domain.records import replace
from selfcare.leaving.atlas import no_rules
from selfcare.leaving.choices import Choices
from selfcare.leaving.country import Caution
from selfcare.leaving.facts import Asked, LeavingFacts
from selfcare.leaving.way import StepKind, StepState, Way, plan
from tests.shots.leavers import NOW, TODAY, american, british, french, rules_of

BY_NOTICE = Choices(keep_number=False, plain_notice=True)


def way(facts: LeavingFacts, choices: Choices, now: datetime = NOW) -> Way:
    rules = rules_of(facts.country) or no_rules(facts.country, now.date())
    return plan(facts, rules, now.date(), now, "GBP", choices)


def test_a_silent_operator_does_not_move_the_day_on() -> None:
    asked = Asked(NOW - timedelta(days=40), sent=True, order_id="PO-1")
    facts = british(notice_given=asked, notice_received=TODAY - timedelta(days=40))
    chosen = Choices(keep_number=False, plain_notice=True, day=TODAY - timedelta(days=8))
    for later in (0, 1, 30):
        found = way(facts, chosen, NOW + timedelta(days=later))
        cut = found.step(StepKind.CUT)
        assert cut is not None
        assert (cut.day, cut.state) == (TODAY - timedelta(days=8), StepState.LATE)


def test_a_refused_notice_is_to_be_given_again() -> None:
    facts = british(notice_given=Asked(NOW - timedelta(days=2), sent=True, refused=True, order_id="PO-1"))
    found = way(facts, BY_NOTICE)
    notice = found.step(StepKind.NOTICE)
    assert notice is not None
    assert notice.state is StepState.NOW
    assert found.cut == TODAY + timedelta(days=30)


def test_the_operators_own_day_counts_where_it_names_one() -> None:
    asked = Asked(NOW - timedelta(days=2), sent=True, ends=date(2026, 12, 25), order_id="PO-1")
    chosen = Choices(keep_number=False, plain_notice=True, day=date(2026, 12, 19))
    assert way(british(notice_given=asked), chosen).cut == date(2026, 12, 25)


def test_by_notice_the_line_ends_once_the_handset_is_unlocked() -> None:
    found = way(american(), BY_NOTICE)
    assert found.unlock_due is not None
    assert found.earliest == TODAY
    assert found.cut == found.unlock_due.astimezone(found.ground.zone).date() == date(2026, 11, 24)
    assert Caution.ENDS_WHILE_LOCKED not in found.cautions
    hasty = way(american(), Choices(keep_number=False, plain_notice=True, day=TODAY))
    assert hasty.cut == TODAY
    assert Caution.ENDS_WHILE_LOCKED in hasty.cautions
    behind = way(american(), Choices(keep_number=False, plain_notice=True, day=TODAY, accept_locked=True))
    assert Caution.ENDS_WHILE_LOCKED not in behind.cautions


def test_a_day_off_everywhere_is_no_holiday_of_scotland_alone() -> None:
    saturday = Choices(day=TODAY, handed_over=TODAY - timedelta(days=1))
    assert Caution.LOCAL_HOLIDAY not in way(british(), saturday).cautions
    andrew = datetime(2026, 11, 26, 10, tzinfo=UTC)
    ordered = Choices(day=date(2026, 11, 30), handed_over=date(2026, 11, 27))
    assert Caution.LOCAL_HOLIDAY in way(british(), ordered, andrew).cautions


def test_an_old_notice_met_with_silence_ends_the_line_on_its_day_in_every_country() -> None:
    received = TODAY - timedelta(days=51)
    month = {"notice": (30, "day"), "notice_received": received}
    for facts, due in (
        (british(**month), received + timedelta(days=30)),
        (replace(french(), notice_received=received, commitment_ends=None), received + timedelta(days=10)),
        (american(**month), received + timedelta(days=30)),
        (replace(american(**month), country="DE"), received + timedelta(days=30)),
    ):
        found = way(facts, BY_NOTICE)
        assert found.cut == due, facts.country
        assert Caution.END_IS_OVERDUE in found.cautions
        assert [s.state for s in found.steps if s.kind in {StepKind.CUT, StepKind.NOTICE}] == [
            StepState.DONE,
            StepState.LATE,
        ]
        fresh = way(replace(facts, notice_received=TODAY - timedelta(days=1)), BY_NOTICE)
        assert Caution.END_IS_OVERDUE not in fresh.cautions
        given = fresh.step(StepKind.NOTICE)
        assert given is not None
        assert (given.day, given.state) == (TODAY - timedelta(days=1), StepState.DONE)


def test_an_end_that_the_operator_names_is_not_silence() -> None:
    received = TODAY - timedelta(days=51)
    named = Asked(NOW - timedelta(days=51), sent=True, ends=TODAY - timedelta(days=9), order_id="PO-1")
    assert Caution.END_IS_OVERDUE not in way(british(notice_given=named, notice_received=received), BY_NOTICE).cautions
    over = british(notice_received=received, is_over=True, line_ended=TODAY - timedelta(days=20))
    assert Caution.END_IS_OVERDUE not in way(over, BY_NOTICE).cautions
