"""A promise follows the corrected times of its contact; a day that was named, or agreed since, stays."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from selfcare.case.deadlines import Term, Unit, WorkingDays
from selfcare.case.notebook import Noted, Way, Word
from selfcare.domain.records import replace
from selfcare.viewmodel.case_following import followed, following_sentence
from tests.samples import words

LONDON = ZoneInfo("Europe/London")
DAYS = WorkingDays("GB-ENG")
BEGAN = datetime(2026, 11, 18, 10, tzinfo=UTC)  # a Wednesday
WAS = Noted("C-1", Way.PHONE, True, BEGAN, BEGAN + timedelta(minutes=10))
NOW = replace(WAS, started=BEGAN - timedelta(days=7), ended=BEGAN - timedelta(days=7) + timedelta(minutes=5))
SAID = Word("W-1", "C-1", "Priya", "call", "within 72 hours", BEGAN + timedelta(minutes=10), Term(Unit.HOURS, 72),
            BEGAN + timedelta(hours=72, minutes=10))  # fmt: skip


def day(number: int) -> datetime:
    return datetime(2026, 11, number, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("term", "said", "due"),
    [
        (Term(Unit.WORKING_DAYS, 2), "in two working days", day(13)),
        (Term(Unit.WEEKDAY, 0), "on Monday", day(16)),
        (Term(Unit.MOMENT, 0, day(25)), "at the end of the month, or so", day(25)),
        (Term(), "soon", None),
    ],
)
def test_due_is_counted_from_when_it_was_said(term: Term, said: str, due: datetime | None) -> None:
    found = followed(replace(SAID, term=term, said=said, due=None), WAS, NOW, "GB", LONDON, DAYS)
    assert found.given == NOW.ended
    assert (found.due and found.due.replace(microsecond=0)) == due


def test_given_stays_within_its_contact_and_nothing_moves_without_a_correction() -> None:
    early = replace(SAID, given=BEGAN + timedelta(minutes=2))
    assert followed(early, WAS, NOW, "GB", LONDON, DAYS).given == NOW.started + timedelta(minutes=2)
    late = replace(SAID, given=BEGAN + timedelta(minutes=9))
    assert followed(late, WAS, NOW, "GB", LONDON, DAYS).given == NOW.ended
    assert followed(SAID, WAS, replace(WAS, agent="Priya B."), "GB", LONDON, DAYS) == SAID
    uncounted = replace(SAID, term=Term(Unit.WORKING_DAYS, 2), said="two working days")
    assert followed(uncounted, WAS, NOW, "XX", LONDON, WorkingDays()).due == SAID.due


def test_only_what_is_due_at_another_time_is_said() -> None:
    after = followed(SAID, WAS, NOW, "GB", LONDON, DAYS)
    named = replace(SAID, said="by the 30th", due=day(30))
    said = following_sentence([(SAID, after), (named, named)], words(), LONDON, BEGAN.date())
    assert said == "“within 72 hours” is then due Sat 14 Nov, 10:05."
