"""A notice that nobody answers, one that is refused, and an end by notice while the handset is still locked."""

from datetime import UTC, date, datetime, timedelta

from selfcare.leaving.choices import Choices
from selfcare.leaving.country import Caution
from selfcare.leaving.facts import Asked, LeavingFacts
from selfcare.leaving.way import StepKind, StepState, Way, plan
from tests.shots.leavers import NOW, TODAY, american, british, rules_of

BY_NOTICE = Choices(keep_number=False, plain_notice=True)


def way(facts: LeavingFacts, choices: Choices, now: datetime = NOW) -> Way:
    rules = rules_of(facts.country)
    assert rules is not None
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
