"""Visits as they are shown: with their whole time beside their ticket, in the calendar, in letters, reminded of."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from help_desk import NOW, TODAY, WORDS, ZONE, page, ticket
from msgspec.structs import replace

from selfcare.case.promises import Promise, promises_from
from selfcare.domain.appointments import Appointment, AppointmentState, Window
from selfcare.domain.lines import Access
from selfcare.domain.tickets import EntityRef, Note
from selfcare.leaving.mishaps import Mishaps, mishap_answered
from selfcare.paper.calendar_file import calendar_file
from selfcare.viewmodel.appointments import AppointmentView, window_text
from selfcare.viewmodel.case_calendar import Whom, promise_events
from selfcare.viewmodel.case_letter import Told, letter_story
from selfcare.viewmodel.case_promises import promise_row
from selfcare.viewmodel.help import HelpFacts, help_view
from selfcare.viewmodel.leaving_material import case_of
from selfcare.viewmodel.leaving_mishaps import mishaps_view, owed_to
from selfcare.viewmodel.visit_reminders import due_visits, visit_notice, visit_reminders, visit_tray_words
from tests import samples
from tests.unit.viewmodel.test_leaving_mishaps_view import ANSWERS, case

STARTS, ENDS = datetime(2026, 11, 24, 8, tzinfo=UTC), datetime(2026, 11, 24, 12, tzinfo=UTC)
VISIT = Appointment(
    "V1", "Line repair", "intervention", AppointmentState.CONFIRMED, "confirmed", Window(STARTS, ENDS),
    about=(EntityRef("TroubleTicket", "48213"),), place="27 Mill Street",
    notes=(Note("Dispatch", NOW, "<b>Bring</b> a ladder"),),
)  # fmt: skip
PAST = replace(VISIT, window=Window(STARTS - timedelta(days=6), ENDS - timedelta(days=6)))


def promise(one: Appointment, now: datetime = NOW) -> Promise:
    return promises_from((), (), (), now, appointments=(one,))[0]


def view(*found: Appointment) -> tuple[AppointmentView, ...]:
    return page(tickets=(ticket(),), appointments=found).appointments


def row(one: Appointment) -> tuple[str, str]:
    found = promise_row(promise(one), WORDS, TODAY, NOW, ZONE)
    return found.tag.text, found.sentence


def test_it_stands_beside_its_ticket_with_its_whole_time() -> None:
    made = page(tickets=(ticket(),), appointments=(VISIT,))
    (one,) = made.visits("48213")
    assert (one.when, one.ticket_id, one.place) == ("Tue 24 Nov, 08:00 to 12:00", "48213", "27 Mill Street")
    assert one.promise is not None
    assert one.promise.text == "visit Tue 24 Nov, 08:00 to 12:00"
    assert [tag.text for tag in (one.clock, one.state) if tag] == ["in 69 hours", "confirmed"]
    assert one.notes == ("Dispatch: “<b>Bring</b> a ladder”",)
    assert made.visits("other") == ()


def test_its_day_begins_a_line_with_a_capital_where_the_language_writes_it_small() -> None:
    facts = HelpFacts(ZONE, tickets=(ticket(),), appointments=(VISIT,))
    (one,) = help_view(facts, samples.words("fr"), TODAY, NOW).appointments
    assert one.when.startswith("Mar. 24 nov.")
    assert one.promise is not None
    assert "mar. 24 nov." in one.promise.text, "inside a sentence it stays small"


def test_those_to_come_stand_first_and_the_nearest_before_the_others() -> None:
    later = replace(VISIT, id="V2", window=Window(STARTS + timedelta(days=9), ENDS + timedelta(days=9)))
    done = replace(PAST, id="V3", state=AppointmentState.COMPLETED)
    timeless = replace(VISIT, id="V4", window=None)
    found = view(done, later, timeless, VISIT)
    assert [one.id for one in found if one.is_ahead][-2:] == ["V1", "V2"]
    assert found[-1].id == "V3"
    assert next(one.when for one in found if one.id == "V4") == "no time stated"


@pytest.mark.parametrize(
    ("changes", "clock", "sentence"),
    [
        ({}, "appointment missed 2 days ago", "does not say that it took place"),
        ({"state": AppointmentState.FAILED}, "appointment missed", "a letter can ask for it"),
        ({"state": AppointmentState.UNKNOWN, "state_word": "on the road"}, "", ""),
        ({"no_longer_listed": True}, "", "no longer lists it"),
        ({"state": AppointmentState.CANCELLED, "changed": STARTS - timedelta(days=6, hours=20)}, "", "20 hours before"),
    ],
)
def test_what_became_of_it_is_said(changes: dict[str, object], clock: str, sentence: str) -> None:
    past = replace(PAST, **(changes | {"window": Window(STARTS - timedelta(days=6), ENDS - timedelta(days=6))}))  # type: ignore[arg-type]
    (one,) = view(past)
    said = one.clock.text if one.clock else ""
    assert said.startswith(clock.replace("2 days", "70 hours")) if clock else not said
    assert sentence in one.sentence
    assert bool(sentence) == bool(one.sentence)


def test_earlier_times_are_told() -> None:
    (one,) = view(replace(VISIT, moved_from=(PAST.window, Window(None, ENDS + timedelta(days=1)))))
    assert one.moved == "It was to be Wed 18 Nov, 08:00 to 12:00 and until Wed 25 Nov, 12:00 before."


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        (STARTS, STARTS, "Tue 24 Nov, 08:00"),
        (STARTS.replace(hour=0), datetime(2026, 11, 24, 23, 59, 59, tzinfo=UTC), "Tue 24 Nov"),
        (STARTS.replace(hour=22), datetime(2026, 11, 25, 2, tzinfo=UTC), "Tue 24 Nov, 22:00 to Wed 25 Nov, 02:00"),
        (None, ENDS, "until Tue 24 Nov, 12:00"),
    ],
)
def test_a_time_is_said_as_short_as_it_can_be(starts: datetime | None, ends: datetime, said: str) -> None:
    assert window_text(Window(starts, ends), WORDS, ZONE, TODAY) == said


def test_the_hours_are_those_of_the_night_in_which_the_clocks_change() -> None:
    night = Window(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert window_text(night, WORDS, ZoneInfo("Europe/London"), TODAY) == "Sun 25 Oct, 01:30 to 01:30"


@pytest.mark.parametrize(
    ("changes", "tag", "sentence"),
    [
        ({}, "open", "Tue 24 Nov, 08:00 to 12:00, in 69 hours."),
        ({"state": AppointmentState.COMPLETED}, "kept", "Tue 24 Nov, 08:00 to 12:00; it took place."),
        (
            {"state": AppointmentState.CANCELLED},
            "fell away",
            "It was to be Tue 24 Nov, 08:00 to 12:00; it was called off. It counts as neither.",
        ),
        (
            {"state": AppointmentState.FAILED},
            "missed",
            "Tue 24 Nov, 08:00 to 12:00; it did not take place, says your operator.",
        ),
        (
            {"window": PAST.window},
            "missed",
            "Wed 18 Nov, 08:00 to 12:00; your operator does not say that it took place.",
        ),
        (
            {"no_longer_listed": True},
            "not known",
            "It was to be Tue 24 Nov, 08:00 to 12:00. Nobody can see whether it took place.",
        ),
        (
            {"created": ENDS + timedelta(days=1)},
            "impossible",
            "The date named, Tue 24 Nov, 12:00, had passed when it was given. It counts as neither.",
        ),
    ],
)  # fmt: skip
def test_the_case_file_says_how_the_promise_stands(changes: dict[str, object], tag: str, sentence: str) -> None:
    assert row(replace(VISIT, **changes)) == (tag, sentence)  # type: ignore[arg-type]


def test_it_takes_its_whole_time_in_the_calendar_and_a_day_alone_stands_on_its_day() -> None:
    whom = Whom("orvane", "Orvane")
    (event,) = promise_events((promise(VISIT),), whom, WORDS, ZONE)
    assert (event.starts, event.lasts, event.text) == (STARTS, ENDS - STARTS, "Tue 24 Nov 2026, 08:00 to 12:00")
    text = calendar_file((event,), NOW).decode()
    assert "TRIGGER:-P1D" in text
    assert "TRIGGER:-PT1H" in text
    whole = Window(STARTS.replace(hour=0), datetime(2026, 11, 24, 23, 59, 59, tzinfo=UTC))
    (day,) = promise_events((promise(replace(VISIT, window=whole)),), whom, WORDS, ZONE)
    assert day.starts == date(2026, 11, 24)


def test_a_letter_says_that_nobody_came() -> None:
    told = Told((), (), (), (), (), (PAST,))
    said = letter_story((promise(PAST),), told, "", WORDS, NOW, ZONE)
    assert said == "By appointment V1 somebody was to come: Wed 18 Nov 2026, 08:00 to 12:00. Nobody came."


def test_it_is_reminded_of_a_day_and_an_hour_before_and_never_when_it_is_too_late() -> None:
    at = {hours: STARTS - timedelta(hours=hours) for hours in (30, 24, 2, 1, 0)}
    assert due_visits(visit_reminders((promise(VISIT),), at[30], ZONE), (), at[30]) == ()
    coming = visit_reminders((promise(VISIT),), at[24], ZONE)
    (first,) = due_visits(coming, (), at[24])
    said = "Reminder: A visit: Line repair, Tue 24 Nov, 08:00 to 12:00."
    assert visit_notice(first, WORDS, ZONE, TODAY).sentence == said
    assert due_visits(visit_reminders((promise(VISIT),), at[2], ZONE), {first.id}, at[2]) == ()
    (second,) = due_visits(visit_reminders((promise(VISIT),), at[1], ZONE), {first.id}, at[1])
    assert "an hour" in visit_tray_words(STARTS, at[1], WORDS)[1]
    assert "a day" in visit_tray_words(STARTS, at[24], WORDS)[1]
    assert "repair" not in "".join(visit_tray_words(STARTS, at[1], WORDS))
    assert second.id != first.id
    assert visit_reminders((promise(VISIT, at[0]),), at[0], ZONE) == ()
    assert visit_reminders((promise(replace(VISIT, state=AppointmentState.CANCELLED)),), at[24], ZONE) == ()


def test_a_moved_visit_is_reminded_of_anew() -> None:
    moved = replace(VISIT, window=Window(STARTS + timedelta(hours=2), ENDS + timedelta(hours=2)))
    first, second = (visit_reminders((promise(one),), NOW, ZONE) for one in (VISIT, moved))
    assert not {one.id for one in first} & {one.id for one in second}


@pytest.mark.parametrize(
    ("changes", "told", "amount"),
    [
        ({}, "missedVisit 2026-11-18 - -", "32.31"),
        ({"state": AppointmentState.CANCELLED, "changed": STARTS - timedelta(days=6, hours=20)},
         "missedVisit 2026-11-18 20 -", "32.31"),
        ({"state": AppointmentState.CANCELLED, "changed": STARTS - timedelta(days=6, hours=30)}, "", ""),
        ({"state": AppointmentState.COMPLETED}, "", ""),
        ({"is_call": True}, "", ""),
        ({"about": (EntityRef("Product", "PR-2"),)}, "", ""),
    ],
)  # fmt: skip
def test_a_claim_is_filled_in_from_the_operators_own_appointment(
    changes: dict[str, object], told: str, amount: str
) -> None:
    """UK-V21: called off 20 hours before, £32.31; 30 hours before, nothing."""
    found = case(Mishaps(), "GB", "Sky", access=Access.INTERNET)
    other = replace(found.facts, line_id="PR-2")
    material = replace(
        found.material,
        appointments=(replace(PAST, **changes),),
        facts=(*found.material.facts, other),  # type: ignore[arg-type]
    )
    made = case_of(material)
    assert made is not None
    shown = mishaps_view(made, WORDS)
    assert shown is not None
    offered = [value for value, _label in shown.add.options if len(value.split(" ")) == 4]
    assert offered == ([told] if told else [])
    if told:
        answered = replace(ANSWERS, mishaps=mishap_answered(Mishaps(), "add", told))
        after = replace(made, answers=answered)
        (owed,) = owed_to(after)
        assert owed.owed.amount is not None
        assert str(owed.owed.amount.value) == amount
        again = mishaps_view(after, WORDS)
        assert again is not None
        assert told not in [value for value, _label in again.add.options], "it was told"


def test_in_france_the_next_visit_that_took_place_is_filled_in_too() -> None:
    """FR-CMP-03: a fifth of the monthly price for each day until the new appointment."""
    came = replace(VISIT, id="V2", state=AppointmentState.COMPLETED, window=Window(NOW - timedelta(hours=2), NOW))
    found = case(Mishaps(), "FR", "Orange", access=Access.INTERNET)
    made = replace(found, material=replace(found.material, appointments=(PAST, came)))
    shown = mishaps_view(made, WORDS)
    assert shown is not None
    (offered,) = [value for value, _label in shown.add.options if len(value.split(" ")) == 4]
    assert offered == "missedVisit 2026-11-18 - 2026-11-21"
    (mishap,) = mishap_answered(Mishaps(), "add", offered).told
    assert (mishap.due, mishap.done, mishap.hours_ahead) == (date(2026, 11, 18), date(2026, 11, 21), None)
