"""A day that was ordered stays: what would be possible from today on no longer moves it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from selfcare.domain.lines import Access, PortingCode
from selfcare.domain.records import replace
from selfcare.domain.workdays import after_working_days
from selfcare.leaving.choices import Choices
from selfcare.leaving.country import Caution
from selfcare.leaving.way import StepKind, StepState, plan
from tests.unit.leaving.test_leaving_ordered_in_time import TUESDAY, step, way
from tests.unit.leaving.test_leaving_tracker import ANSWERS, CUT, OPEN, RULES


def cut(given: date | None, now: datetime) -> date:
    choices = replace(ANSWERS.choices(), handed_over=given)
    return plan(replace(OPEN, code=None), RULES, now.date(), now, "GBP", choices).cut


def test_an_ordered_day_stays_on_the_day_itself_and_after_it() -> None:
    for days in (-3, 0, 4):
        now = datetime(CUT.year, CUT.month, CUT.day, 12, tzinfo=UTC) + timedelta(days=days)
        assert cut(CUT - timedelta(days=1), now) == CUT


def test_a_day_that_was_ordered_too_late_counts_from_the_order_and_stays() -> None:
    """UK-SW-11: the next working day after the order, whatever day it is now."""
    given = CUT + timedelta(days=1)
    noon = datetime(given.year, given.month, given.day, 12, tzinfo=UTC)
    moves = cut(given, noon)
    assert moves == after_working_days(given, 1, RULES.calendar)
    for days in (1, 2, 7, 22):
        assert cut(given, noon + timedelta(days=days)) == moves


@pytest.mark.parametrize("code", ["GB", "FR", "US"])
def test_a_move_that_was_ordered_too_late_is_late_from_the_day_after_in_every_country(code: str) -> None:
    given = TUESDAY + timedelta(days=1)
    choices = Choices(keep_number=True, day=TUESDAY, handed_over=given)
    due = way(code, given, choices, access=Access.MOBILE).cut
    assert due >= given
    for days, state in ((0, StepState.LATER), (1, StepState.LATE), (20, StepState.LATE)):
        found = step(way(code, due + timedelta(days=days), choices, access=Access.MOBILE), StepKind.CUT)
        assert (found.day, found.state) == (due, state)


def test_a_code_that_died_after_it_was_handed_over_is_not_asked_for_again() -> None:
    """A day that the operator states for the code lies between the two orders."""
    facts = replace(OPEN, code=PortingCode("PAC", "ABC123456", CUT + timedelta(days=1)))
    now = datetime(CUT.year, CUT.month, CUT.day, 12, tzinfo=UTC) + timedelta(days=20)
    for given, is_used in ((CUT, True), (CUT + timedelta(days=9), False), (None, False)):
        found = plan(facts, RULES, now.date(), now, "GBP", replace(ANSWERS.choices(), handed_over=given))
        assert (step(found, StepKind.CODE).state is StepState.DONE) is is_used
        assert (Caution.CODE_DEAD not in found.cautions) is is_used


def test_without_an_order_or_with_one_too_late_the_day_moves_on() -> None:
    noon = datetime(CUT.year, CUT.month, CUT.day, 12, tzinfo=UTC)
    assert cut(None, noon) > CUT
    assert cut(CUT + timedelta(days=1), noon + timedelta(days=1)) > CUT
