"""A later calendar file moves what an earlier one had, and cancels what counts no more."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest

from selfcare.domain.records import replace
from selfcare.leaving.drafts import Plans, plans_from_bytes, plans_to_bytes
from selfcare.leaving.facts import Asked, LeavingFacts
from selfcare.leaving.wizard import answer, ended
from selfcare.paper.calendar_file import CalendarEvent, calendar_file
from selfcare.viewmodel.leaving_calendar import taken_over, way_events
from selfcare.viewmodel.leaving_material import Case, case_of
from tests import samples
from tests.shots import leavers
from tests.shots.leavers import NOW, Scene, british, material
from tests.unit.viewmodel.test_leaving_change import PLAN, SURE

EN = samples.words()


def followed(facts: LeavingFacts | None = None, now: datetime = NOW, **changed: object) -> Case:
    answers = leavers._plan(**{"day": date(2026, 12, 9), "confirmed": NOW, **changed})
    found = case_of(material(Scene("again", (facts or british(),), answers, now=now)))
    assert found is not None
    return found


def called(events: tuple[CalendarEvent, ...], start: str) -> list[CalendarEvent]:
    return [event for event in events if event.title.startswith(start)]


def test_what_was_taken_over_and_is_done_sooner_is_cancelled_and_stays_so() -> None:
    first = way_events(followed(), EN)
    assert not any(event.is_cancelled for event in first)
    (over,) = called(first, "Give the PAC")
    kept = taken_over(first)
    again = followed(calendar=kept, handed_over=NOW.date())
    second = way_events(again, EN)
    gone = {event.uid: event for event in second if event.is_cancelled}
    assert gone[over.uid].starts == over.starts
    assert gone[over.uid].title == "No longer planned (Orvane Mobile · 07700 900123)"
    assert over.uid in {
        event.uid for event in way_events(followed(calendar=taken_over(second), handed_over=NOW.date()), EN)
    }
    back = way_events(followed(calendar=taken_over(second)), EN)
    assert not any(event.is_cancelled for event in back), "planned again"
    hidden = [event for event in way_events(again, EN, discreet=True) if event.is_cancelled]
    assert {(event.title, event.is_private) for event in hidden} == {("Reminder", True)}


def test_what_is_over_is_left_in_the_calendar_and_a_moved_day_keeps_its_entry() -> None:
    kept = taken_over(way_events(followed(), EN))
    late = way_events(followed(now=NOW + timedelta(days=60), calendar=kept, handed_over=date(2026, 12, 8)), EN)
    assert not any(event.is_cancelled and str(event.starts) < str((NOW + timedelta(days=60)).date()) for event in late)
    moved = way_events(followed(day=date(2026, 12, 16), calendar=kept), EN)
    assert not any(event.is_cancelled for event in moved)
    assert {event.uid for event in moved} == {uid for uid, _ in kept}


def test_a_notice_that_came_to_nothing_and_a_plan_that_was_ended_cancel_everything() -> None:
    given = Asked(NOW, sent=True, ends=date(2026, 12, 21), order_id="O-1")
    notice = {"keep_number": False, "plain_notice": True, "day": date(2026, 12, 21)}
    kept = taken_over(way_events(followed(british(notice_given=given, notice_received=NOW.date()), **notice), EN))
    assert kept
    back = replace(british(), taken_back=True, taken_back_at=NOW + timedelta(hours=1))
    gone = way_events(followed(back, NOW + timedelta(hours=2), calendar=kept, **notice), EN)
    assert {event.uid for event in gone if event.is_cancelled} == {uid for uid, _ in kept}
    plan = leavers._plan(calendar=kept)
    assert ended(plan).calendar == kept
    assert answer(plan, "saved", "yes", NOW.date()).calendar == kept
    plans = Plans("PR-1", {"PR-1": ended(plan)})
    assert plans_from_bytes(plans_to_bytes(plans)).of("PR-1").calendar == kept


def test_the_file_says_which_word_is_the_newer_one() -> None:
    whole, hour = (
        CalendarEvent("a@x", "t", date(2027, 1, 1)),
        CalendarEvent("b@x", "t", datetime(2027, 1, 1, 9, tzinfo=UTC)),
    )
    content = calendar_file([whole, replace(hour, is_cancelled=True)], NOW)
    plain, cancelled = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert (str(cancelled["status"]), cancelled.walk("VALARM")) == ("CANCELLED", [])
    assert "status" not in plain
    later = icalendar.Calendar.from_ical(calendar_file([whole], NOW + timedelta(seconds=1))).walk("VEVENT")[0]
    assert int(later["sequence"]) > int(plain["sequence"]) == int(cancelled["sequence"]) > 0
    assert str(later["uid"]) == str(plain["uid"])
    assert b"SEQUENCE:0\r\n" in calendar_file([whole], datetime(2020, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(("facts", "may"), [(SURE, "frees you"), (PLAN, "may free you")])
def test_the_last_day_of_a_free_exit_is_an_entry_of_its_own(facts: LeavingFacts, may: str) -> None:
    for keep, what in ((True, "order"), (False, "give notice")):
        found = followed(facts, day=None, keep_number=keep, plain_notice=not keep)
        (entry,) = called(way_events(found, EN), f"Last day to {what}, so that the change {may} (")
        assert entry.starts == date(2026, 12, 14)
    for quiet in (
        followed(facts, handed_over=NOW.date()),
        followed(replace(facts, price_changes=(), rises=())),
        followed(replace(facts, line_ended=NOW.date(), is_over=True)),
    ):
        assert not called(way_events(quiet, EN), "Last day to order")
