"""Calendar files: read back by the library, right around a change of the clocks, folded, escaped, with reminders."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcare.paper.calendar_file import CalendarEvent, calendar_file

NOW = datetime(2026, 11, 21, 10, 50, 30, 123456, UTC)
LONDON, PARIS = ZoneInfo("Europe/London"), ZoneInfo("Europe/Paris")


def read(content: bytes) -> list[Any]:
    calendar = icalendar.Calendar.from_ical(content)
    return list(calendar.walk("VEVENT"))


def test_an_hour_is_kept_to_the_minute_with_both_reminders() -> None:
    cut = datetime(2026, 11, 26, 18, 0, tzinfo=LONDON)
    (event,) = read(calendar_file([CalendarEvent("a@x", "The line dies", cut, "New SIM at hand")], NOW))
    assert event.decoded("dtstart") == cut
    assert event.decoded("dtend") == cut + timedelta(minutes=30)
    assert str(event["uid"]) == "a@x"
    assert event.decoded("dtstamp") == NOW.replace(microsecond=0)
    alarms = event.walk("VALARM")
    assert [a.decoded("trigger") for a in alarms] == [timedelta(days=-1), timedelta(hours=-1)]
    assert {str(a["action"]) for a in alarms} == {"DISPLAY"}
    assert all(str(a["description"]) for a in alarms)


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        (datetime(2026, 10, 24, 18, 0, tzinfo=PARIS), "20261024T160000Z"),
        (datetime(2026, 10, 25, 18, 0, tzinfo=PARIS), "20261025T170000Z"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=PARIS), "20261025T003000Z"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=1), "20261025T013000Z"),
        (datetime(2027, 3, 28, 1, 30, tzinfo=LONDON), "20270328T013000Z"),
        (datetime(2027, 3, 28, 18, 0, tzinfo=LONDON), "20270328T170000Z"),
        (datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York")), "20261101T053000Z"),
    ],
)
def test_instants_are_right_around_a_change_of_the_clocks(local: datetime, utc: str) -> None:
    content = calendar_file([CalendarEvent("a@x", "t", local)], NOW)
    assert f"DTSTART:{utc}\r\n".encode() in content
    assert b"TZID" not in content


def test_a_day_is_a_day_and_reminds_in_the_morning() -> None:
    (event,) = read(calendar_file([CalendarEvent("a@x", "Use the code", date(2028, 2, 29))], NOW))
    assert event.decoded("dtstart") == date(2028, 2, 29)
    assert event.decoded("dtend") == date(2028, 3, 1)
    midnight = datetime(2028, 2, 29)
    moments = [midnight + a.decoded("trigger") for a in event.walk("VALARM")]
    assert moments == [datetime(2028, 2, 28, 9), datetime(2028, 2, 29, 8)]
    assert str(event["transp"]) == "TRANSPARENT"


NASTY = "a;b,c\\d\r\nBEGIN:VEVENT\rEND:VCALENDAR\u2028\x00\x1b é €" + "long " * 60 + "\ud800"


def test_text_cannot_break_out_and_lines_are_folded() -> None:
    content = calendar_file([CalendarEvent("u\r\nX:1", NASTY, date(2026, 11, 26), NASTY)], NOW)
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert lines.count(b"BEGIN:VEVENT") == 1
    assert content.endswith(b"END:VCALENDAR\r\n")
    (event,) = read(content)
    assert str(event["summary"]).startswith("a;b,c\\d\nBEGIN:VEVENT\nEND:VCALENDAR é €long long")
    assert "X" not in event or str(event["uid"]).startswith("u")


def test_no_title_is_turned_around_and_no_letter_carries_a_tower() -> None:
    title = "Bill \u202e2026\u2069\u200e\u200f\u061c\u200b\u2060\ufeff\U000e0041 e" + "\u0301" * 5000
    (event,) = read(calendar_file([CalendarEvent("a@x", title, date(2026, 11, 26), title)], NOW))
    assert str(event["summary"]) == str(event["description"]) == "Bill 2026 e" + "\u0301" * 8


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_read_back(title: str, text: str) -> None:
    (event,) = read(calendar_file([CalendarEvent("a@x", title, date(2026, 11, 26), text)], NOW))
    kept = [
        c for c in title.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ") if c.isprintable() or c == "\n"
    ]
    shown = str(event["summary"])
    assert [c for c in shown if c.isprintable() or c == "\n"] == kept


def test_the_order_and_the_bytes_do_not_hang_on_the_order_given() -> None:
    events = [
        CalendarEvent("b@x", "later", datetime(2026, 11, 27, 9, tzinfo=UTC)),
        CalendarEvent("a@x", "sooner", date(2026, 11, 23), is_private=True),
    ]
    assert calendar_file(events, NOW) == calendar_file(events[::-1], NOW)
    first, _second = read(calendar_file(events, NOW))
    assert str(first["summary"]) == "sooner"
    assert str(first["class"]) == "PRIVATE"


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        calendar_file([CalendarEvent("a@x", "t", datetime(2026, 11, 26, 18))], NOW)
