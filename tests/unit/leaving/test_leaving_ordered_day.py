"""A day that was ordered stays: what would be possible from today on no longer moves it."""

from datetime import UTC, date, datetime, timedelta

from selfcare.domain.records import replace
from selfcare.leaving.way import plan
from tests.unit.leaving.test_leaving_tracker import ANSWERS, CUT, OPEN, RULES


def cut(given: date | None, now: datetime) -> date:
    choices = replace(ANSWERS.choices(), handed_over=given)
    return plan(replace(OPEN, code=None), RULES, now.date(), now, "GBP", choices).cut


def test_an_ordered_day_stays_on_the_day_itself_and_after_it() -> None:
    for days in (-3, 0, 4):
        now = datetime(CUT.year, CUT.month, CUT.day, 12, tzinfo=UTC) + timedelta(days=days)
        assert cut(CUT - timedelta(days=1), now) == CUT


def test_without_an_order_or_with_one_too_late_the_day_moves_on() -> None:
    noon = datetime(CUT.year, CUT.month, CUT.day, 12, tzinfo=UTC)
    assert cut(None, noon) > CUT
    assert cut(CUT + timedelta(days=1), noon + timedelta(days=1)) > CUT
