"""Reminders of a confirmed way: the same instants in the calendar and the window, each said once, none for safety."""

from datetime import UTC, date, datetime, timedelta

import icalendar
from msgspec.structs import replace

from selfcare.domain.lines import Access, SimLock
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.reminders import ReminderKind
from selfcare.leaving.wizard import Answers
from selfcare.paper.calendar_file import calendar_file
from selfcare.viewmodel.leaving_calendar import way_events
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_reminders import case_reminders, cut_reminders, due_reminders, reminder_notice
from tests import samples
from tests.unit.viewmodel.test_leaving_views import WORDS, case, material

ANSWERS = Answers("PR-1", True, day=date(2026, 11, 26), confirmed=samples.NOW, handed_over=date(2026, 11, 25))
CUT = datetime(2026, 11, 26, 18, tzinfo=UTC)


def coming(answers: Answers, now: datetime) -> list[tuple[datetime, Case]]:
    found = replace(material(answers, lock=SimLock.UNLOCKED), now=now, today=now.date())
    return [(reminder.at, case) for reminder, case in cut_reminders(found)]


def test_the_window_reminds_a_day_and_an_hour_before_and_not_of_what_is_over() -> None:
    early = CUT - timedelta(days=4)
    assert [at for at, _ in coming(ANSWERS, early)] == [CUT - timedelta(days=1), CUT - timedelta(hours=1)]
    assert [at for at, _ in coming(ANSWERS, CUT - timedelta(minutes=1))] == [
        CUT - timedelta(days=1),
        CUT - timedelta(hours=1),
    ]
    assert coming(ANSWERS, CUT + timedelta(minutes=1)) == []
    assert coming(replace(ANSWERS, confirmed=None), early) == []
    assert coming(replace(ANSWERS, about=Circumstances(Reason.SAFETY)), early) == []


def test_each_reminder_is_said_once_and_only_the_newest() -> None:
    now = CUT - timedelta(minutes=30)
    found = replace(material(ANSWERS, lock=SimLock.UNLOCKED), now=now, today=now.date())
    every = cut_reminders(found)
    assert [r.at for r, _ in due_reminders(every, (), CUT - timedelta(hours=2))] == [CUT - timedelta(days=1)]
    ((reminder, about),) = due_reminders(every, (), now)
    assert reminder.at == CUT - timedelta(hours=1)
    assert due_reminders(every, {reminder.id}, now) == ()
    notice = reminder_notice(reminder, about, WORDS)
    assert notice.sentence == "Reminder: 07700 900123 goes silent about Thu 26 Nov, 18:00."
    assert reminder_notice(replace(reminder, moment=None), about, WORDS).sentence == (
        "Reminder: 07700 900123 goes silent on Thu 26 Nov, today, at an hour nobody states."
    )


def test_a_notice_is_reminded_of_an_hour_before_the_end_of_its_day() -> None:
    answers = Answers("PR-1", False, plain_notice=True, day=date(2026, 12, 31), confirmed=samples.NOW)
    planned = case(answers, lock=SimLock.UNLOCKED)
    found = [r for r in case_reminders(planned, samples.NOW) if r.kind is ReminderKind.CUT]
    assert [r.at for r in found] == [datetime(2026, 12, 30, 9, tzinfo=UTC), datetime(2026, 12, 31, 23, tzinfo=UTC)]
    said = reminder_notice(found[-1], planned, WORDS).sentence
    assert "works until the end of Thu 31 Dec" in said
    assert "nobody states" not in said


def test_a_notice_taken_back_reminds_of_nothing() -> None:
    answers = Answers("PR-1", False, plain_notice=True, day=date(2026, 12, 21), confirmed=samples.NOW)
    gone_on = case(answers, access=Access.INTERNET, taken_back=True, taken_back_at=samples.NOW + timedelta(hours=1))
    assert case_reminders(gone_on, samples.NOW) == ()
    assert case_reminders(case(answers, access=Access.INTERNET), samples.NOW)


def test_the_calendar_takes_its_alarms_from_the_reminders() -> None:
    planned = case_of(material(ANSWERS, lock=SimLock.UNLOCKED, access=Access.INTERNET))
    assert planned is not None
    back = [r.at for r in case_reminders(planned, samples.NOW) if r.kind is ReminderKind.EQUIPMENT]
    events = way_events(planned, WORDS)
    box = next(event for event in events if event.title.startswith("Give the box back"))
    assert list(box.alarms) == back == [datetime(2026, 12, day, 9, tzinfo=UTC) for day in (3, 9)]
    read = icalendar.Calendar.from_ical(calendar_file(events, samples.NOW)).walk("VEVENT")
    kept = next(entry for entry in read if str(entry["summary"]).startswith("Give the box back"))
    assert [alarm["trigger"].dt for alarm in kept.walk("VALARM")] == back
    hidden = calendar_file(way_events(planned, WORDS, discreet=True), samples.NOW).decode()
    assert "box" not in hidden.replace("selfcare.invalid", "")
