"""Writes days and hours into a calendar file that every common calendar opens, each with its reminders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from selfcare.domain.marks import few_marks
from selfcare.domain.records import Sealed

A_DAY_BEFORE = timedelta(days=-1)
AN_HOUR_BEFORE = timedelta(hours=-1)
EVE_OF_THE_DAY = timedelta(hours=-15)
"""For a whole day: nine in the morning of the day before."""
MORNING_OF_THE_DAY = timedelta(hours=8)

_FIRST = datetime(2026, 1, 1, tzinfo=UTC)
"""SEQUENCE counts the seconds since then: no file needs to know of the one before, and the number lasts until 2094."""

_CONTROLS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


class CalendarEvent(Sealed, frozen=True):
    """One entry: an instant (aware) or a whole day. `uid` is the same each time the file is made.

    An instant is reminded of a day and an hour before; a day on the morning before and on its own morning; `alarms`
    are instants (aware) in place of these. `is_cancelled`: an earlier file had it, and it counts no more.
    """

    uid: str
    title: str
    starts: datetime | date
    text: str = ""
    lasts: timedelta = timedelta(minutes=30)
    is_private: bool = False
    alarms: tuple[datetime, ...] = ()
    is_cancelled: bool = False


def calendar_file(events: Sequence[CalendarEvent], made: datetime) -> bytes:
    """The events as iCalendar (RFC 5545); `made` is now. The same events and instant give the same bytes.

    Instants are written in UTC, which is right in every calendar and around every change of the clocks; each calendar
    shows them in its own time. A later file is the newer word on each entry: its SEQUENCE is higher, so that an entry
    is moved and not doubled, and a cancelled one goes or says so. ValueError for an instant without a zone.
    """
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Selfcare//Selfcare//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    sequence = max(int((_utc(made) - _FIRST).total_seconds()), 0)
    for event in sorted(events, key=_place):
        entry = icalendar.Event()
        entry.add("uid", _plain(event.uid))
        entry.add("dtstamp", _utc(made))
        entry.add("sequence", sequence)
        if event.is_cancelled:
            entry.add("status", "CANCELLED")
        entry.add("summary", _plain(event.title))
        if event.text:
            entry.add("description", _plain(event.text))
        if isinstance(event.starts, datetime):
            start = _utc(event.starts)
            entry.add("dtstart", start)
            entry.add("dtend", start + event.lasts)
            reminders: tuple[timedelta, ...] = (A_DAY_BEFORE, AN_HOUR_BEFORE)
        else:
            entry.add("dtstart", event.starts)
            entry.add("dtend", event.starts + timedelta(days=1))
            entry.add("transp", "TRANSPARENT")
            reminders = (EVE_OF_THE_DAY, MORNING_OF_THE_DAY)
        if event.is_private:
            entry.add("class", "PRIVATE")
        if event.is_cancelled:
            calendar.add_component(entry)
            continue
        for reminder in (*(_utc(at) for at in event.alarms),) or reminders:
            alarm = icalendar.Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", _plain(event.title))
            alarm.add("trigger", reminder)
            entry.add_component(alarm)
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _place(event: CalendarEvent) -> tuple[str, str]:
    start = event.starts
    return (_utc(start).isoformat() if isinstance(start, datetime) else start.isoformat(), event.uid)


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return moment.astimezone(UTC).replace(microsecond=0)


def _plain(text: str) -> str:
    """The text without control signs, marks of direction and signs that nobody sees; line ends are one sign, which the
    file escapes."""
    return few_marks(_CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")))
