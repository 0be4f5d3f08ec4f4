"""Appointments (TMF646) as operators write them, odd and hostile ones too, give a time that is never a guess."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from selfcare.api.appointments import appointment_state, read_appointment
from selfcare.api.columns import columns_only
from selfcare.domain.appointments import AppointmentState, Window
from selfcare.domain.failures import Unreadable

LONDON, PARIS = ZoneInfo("Europe/London"), ZoneInfo("Europe/Paris")
WHOLE: dict[str, Any] = {
    "id": "V1",
    "category": "intervention",
    "description": "Engineer visit: no dial tone",
    "status": "confirmed",
    "creationDate": "2026-11-20T09:00:00Z",
    "lastUpdate": "2026-11-21T09:00:00Z",
    "validFor": {"startDateTime": "2026-11-24T08:00:00Z", "endDateTime": "2026-11-24T12:00:00Z"},
    "note": [{"author": "Dispatch", "date": "2026-11-21T09:00:00Z", "text": "<b>Moved</b> to the morning."}],
    "relatedEntity": [{"id": "T1", "@referredType": "TroubleTicket", "role": "ticket"}, {"id": "O1"}, {"role": "x"}],
    "relatedPlace": {"streetName": "Mill Street", "streetNr": "27", "city": "Great Ashby", "role": "visit"},
}


def utc(day: int, hour: int, minute: int = 0, second: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=UTC)


def window(starts: object = None, ends: object = None, zone: ZoneInfo = LONDON) -> Window | None:
    said = {"startDateTime": starts, "endDateTime": ends}
    period = {name: value for name, value in said.items() if value is not None}
    return read_appointment({"id": "V1", "validFor": period}, zone).window


def test_everything_that_is_stated_is_read() -> None:
    one = read_appointment(json.dumps(WHOLE).encode(), LONDON)
    assert one.window == Window(utc(24, 8), utc(24, 12))
    assert (one.title, one.state, one.is_call) == ("Engineer visit: no dial tone", AppointmentState.CONFIRMED, False)
    assert (one.created, one.changed) == (utc(20, 9), utc(21, 9))
    assert one.place == "27 Mill Street Great Ashby"
    assert [note.text for note in one.notes] == ["<b>Moved</b> to the morning."]
    assert one.is_about("TroubleTicket", "T1")
    assert one.is_about("TroubleTicket", "O1"), "nobody says what it is, so its number is believed"
    assert not one.is_about("ProductOrder", "T1")


def test_a_version_five_document_says_the_same() -> None:
    fresh = WHOLE | {
        "relatedEntity": [
            {"@type": "RelatedEntity", "role": "ticket", "entity": {"id": "T1", "@referredType": "TroubleTicket"}}
        ],
        "relatedPlace": [{"role": "visit", "place": {"name": "27 Mill Street", "id": "P1"}}],
    }
    one = read_appointment(fresh, LONDON)
    assert one.is_about("TroubleTicket", "T1")
    assert one.place == "27 Mill Street"


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("initialized", AppointmentState.INITIALIZED),
        ("Completed", AppointmentState.COMPLETED),
        ("canceled", AppointmentState.CANCELLED),
        ("scheduled", AppointmentState.CONFIRMED),
        ("failed", AppointmentState.FAILED),
        ("on the road", AppointmentState.UNKNOWN),
        ("", AppointmentState.UNKNOWN),
    ],
)
def test_the_words_of_the_standard_and_usual_others(word: str, state: AppointmentState) -> None:
    assert appointment_state(word) is state


@pytest.mark.parametrize(
    ("category", "is_call"),
    [("callBack", True), ("Call-back", True), ("rappel téléphonique", True), ("call", True), ("phone call", True),
     ("intervention", False), ("Service call", False), ("call-out", False), ("", False)],
)  # fmt: skip
def test_a_call_is_told_from_a_visit_by_its_category(category: str, is_call: bool) -> None:
    assert read_appointment({"id": "V1", "category": category}).is_call is is_call


@pytest.mark.parametrize(
    ("starts", "ends", "found"),
    [
        ("2026-11-24T08:00:00", "2026-11-24T12:00:00", Window(utc(24, 8), utc(24, 12))),
        ("2026-07-24T08:00:00", "2026-07-24T12:00:00", Window(utc(24, 7, month=7), utc(24, 11, month=7))),
        (None, "2026-11-24T12:00:00Z", Window(None, utc(24, 12))),
        (None, "2026-11-24", Window(None, utc(24, 23, 59, 59))),
        ("2026-11-24", "2026-11-25", Window(utc(24, 0), utc(25, 23, 59, 59))),
        ("2026-11-24T10:00:00Z", None, Window(utc(24, 10), utc(24, 23, 59, 59))),
        ("2026-11-24T10:00:00Z", "2026-11-23T10:00:00Z", Window(utc(24, 10), utc(24, 23, 59, 59))),
        ("2026-11-24T00:00:00Z", "2026-11-24T00:00:00Z", Window(utc(24, 0), utc(24, 23, 59, 59))),
        ("2026-11-24T22:00:00Z", "2026-11-25T02:00:00Z", Window(utc(24, 22), utc(25, 2))),
        ("2026-11-24T10:00:00Z", "9999-12-31T23:59:59Z", Window(utc(24, 10), utc(24, 23, 59, 59))),
        (1795507200, 1795521600000, Window(utc(24, 8), utc(24, 12))),
        (None, None, None),
    ],
)
def test_a_time_is_what_is_written(starts: object, ends: object, found: Window | None) -> None:
    assert window(starts, ends) == found


def test_the_last_second_of_a_day_is_that_of_the_operators_day() -> None:
    assert window("2026-11-24", "2026-11-24T23:59:59Z", PARIS) == Window(utc(23, 23), utc(24, 22, 59, 59))


def test_a_day_of_25_hours_counts_until_its_own_end() -> None:
    assert window("2026-10-25", None) == Window(utc(24, 23, month=10), utc(25, 23, 59, 59, month=10))


@pytest.mark.parametrize(
    "period",
    ["tomorrow", 5, [1, 2], {"startDateTime": "soon", "endDateTime": "later"}, {"endDateTime": ["2026-11-24"]}],
)
def test_a_time_that_is_no_period_is_not_taken_for_none(period: object) -> None:
    with pytest.raises(Unreadable):
        read_appointment({"id": "V1", "validFor": period})


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"id": ""}', b'{"id": "V1", "status": {"is": 1}}', b"\xff"])
def test_what_is_no_appointment_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_appointment(body)


def test_nothing_but_an_id_is_an_appointment_of_which_nothing_is_known() -> None:
    one = read_appointment({"id": 7, "note": "x", "relatedEntity": "T1", "relatedPlace": [None, {}], "validFor": {}})
    assert (one.id, one.window, one.about, one.notes, one.place) == ("7", None, (), (), "")


def test_the_store_gets_the_whole_time() -> None:
    found = columns_only("appointment", json.dumps(WHOLE).encode(), LONDON)
    assert found["window"] == "2026-11-24T08:00:00+00:00/2026-11-24T12:00:00+00:00"
    assert found["due"] == "2026-11-24T12:00:00+00:00"
    assert "window" not in columns_only("appointment", b'{"id": "V1"}', LONDON)
