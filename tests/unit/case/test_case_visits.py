"""Worked cases of visits as promises: kept, missed, moved, void, around midnight and the change of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from selfcare.case.promises import Promise, PromiseOf, PromiseState, newly_missed, next_turn, promises_from, record_of
from selfcare.case.visits import WAITED_FOR
from selfcare.domain.appointments import Appointment, AppointmentState, Window
from selfcare.domain.records import replace

LONDON = ZoneInfo("Europe/London")
STARTS = datetime(2026, 11, 24, 8, tzinfo=UTC)
ENDS = datetime(2026, 11, 24, 12, tzinfo=UTC)
MADE = datetime(2026, 11, 20, 9, tzinfo=UTC)
VISIT = Appointment(
    "V1", "No dial tone", "intervention", AppointmentState.CONFIRMED, "confirmed", Window(STARTS, ENDS), created=MADE
)
LATER = Window(STARTS + timedelta(days=1), ENDS + timedelta(days=1))


def of(one: Appointment, now: datetime) -> list[Promise]:
    return sorted(promises_from((), (), (), now, appointments=(one,)), key=lambda p: p.due)


def state(one: Appointment, now: datetime) -> PromiseState:
    return of(one, now)[-1].state


def test_it_is_open_until_the_last_instant_of_its_time_and_missed_after() -> None:
    (at_the_end,) = of(VISIT, ENDS)
    assert (at_the_end.state, at_the_end.starts, at_the_end.due) == (PromiseState.OPEN, STARTS, ENDS)
    assert at_the_end.what is PromiseOf.VISIT
    (after,) = of(VISIT, ENDS + timedelta(seconds=1))
    assert after.state is PromiseState.MISSED
    assert after.late_by(ENDS + timedelta(hours=3)) == timedelta(hours=3)
    assert next_turn(of(VISIT, STARTS), STARTS) == ENDS


def test_a_call_back_is_a_promise_to_call() -> None:
    assert of(replace(VISIT, is_call=True), MADE)[0].what is PromiseOf.CALL


@pytest.mark.parametrize(
    ("word", "before", "after"),
    [
        (AppointmentState.INITIALIZED, PromiseState.OPEN, PromiseState.MISSED),
        (AppointmentState.CONFIRMED, PromiseState.OPEN, PromiseState.MISSED),
        (AppointmentState.COMPLETED, PromiseState.KEPT, PromiseState.KEPT),
        (AppointmentState.FAILED, PromiseState.MISSED, PromiseState.MISSED),
        (AppointmentState.CANCELLED, PromiseState.VOID, PromiseState.VOID),
        (AppointmentState.UNKNOWN, PromiseState.OPEN, PromiseState.LOST),
    ],
)
def test_what_the_operator_calls_it_decides(word: AppointmentState, before: PromiseState, after: PromiseState) -> None:
    one = replace(VISIT, state=word, changed=ENDS + timedelta(days=2))
    assert state(one, STARTS) is before
    assert state(one, ENDS + timedelta(hours=1)) is after


def test_one_that_is_no_longer_listed_is_lost_unless_nobody_had_come() -> None:
    gone = replace(VISIT, no_longer_listed=True)
    assert state(gone, STARTS) is PromiseState.LOST
    assert state(gone, ENDS + timedelta(days=9)) is PromiseState.LOST
    assert state(replace(gone, stood_until=(ENDS,)), ENDS + timedelta(days=9)) is PromiseState.MISSED


def test_calling_it_off_afterwards_undoes_no_missed_visit() -> None:
    off = replace(VISIT, state=AppointmentState.CANCELLED, changed=ENDS + timedelta(hours=5))
    assert state(off, ENDS + timedelta(days=1)) is PromiseState.VOID, "it may have been called off in time"
    seen = replace(off, stood_until=(ENDS,))
    (promise,) = of(seen, ENDS + timedelta(days=1))
    assert (promise.state, promise.ended) == (PromiseState.MISSED, off.changed)
    assert promise.late_by(ENDS + timedelta(days=9)) == timedelta(hours=5)


def test_a_time_that_was_changed_before_it_came_is_moved() -> None:
    one = replace(VISIT, window=LATER, moved_from=(VISIT.window,))
    first, second = of(one, ENDS + timedelta(hours=1))
    assert (first.state, first.replaced, second.state) == (PromiseState.MOVED, LATER.ends, PromiseState.OPEN)
    assert first.series == second.series
    assert first.key != second.key


def test_moved_twice_and_missed_and_one_of_them_was_missed_before() -> None:
    third = Window(STARTS + timedelta(days=3), ENDS + timedelta(days=3))
    one = replace(VISIT, window=third, moved_from=(VISIT.window, LATER), stood_until=(LATER.ends,))
    now = third.ends + timedelta(hours=2)
    found = of(one, now)
    assert [p.state for p in found] == [PromiseState.MOVED, PromiseState.MISSED, PromiseState.MISSED]
    record = record_of(found, now)
    assert (record.moved, record.missed, record.late) == (1, 2, timedelta(days=2, hours=2) + timedelta(hours=2))
    kept = replace(one, state=AppointmentState.COMPLETED, changed=third.ends + timedelta(days=30))
    missed, last = of(kept, now)[1:]
    assert (missed.state, missed.ended, last.state) == (PromiseState.MISSED, third.ends, PromiseState.KEPT)


def test_another_beginning_alone_is_no_other_promise() -> None:
    one = replace(VISIT, moved_from=(Window(STARTS + timedelta(hours=2), ENDS),))
    assert [(p.state, p.starts) for p in of(one, STARTS)] == [(PromiseState.OPEN, STARTS)]


def test_a_time_that_was_taken_away_is_withdrawn() -> None:
    assert state(replace(VISIT, window=None, moved_from=(VISIT.window,)), ENDS) is PromiseState.WITHDRAWN
    assert of(replace(VISIT, window=None), ENDS) == []


def test_a_time_that_had_passed_when_it_was_made_is_void() -> None:
    assert state(replace(VISIT, created=ENDS + timedelta(minutes=1)), ENDS + timedelta(days=1)) is PromiseState.VOID


def test_it_is_raised_while_somebody_may_still_wait_for_it() -> None:
    for one in (VISIT, replace(VISIT, state=AppointmentState.FAILED)):
        assert newly_missed(of(one, ENDS + WAITED_FOR), ())
        late = of(one, ENDS + WAITED_FOR + timedelta(days=300))
        assert newly_missed(late, ()) == ()
        assert record_of(late, ENDS + timedelta(days=900)).worst == WAITED_FOR


def test_across_midnight_and_the_hour_that_comes_twice() -> None:
    """The clocks of London go back on 25 October 2026 at 02:00 BST: 01:30 comes twice, an hour apart."""
    begins, once = datetime(2026, 10, 24, 23, tzinfo=LONDON), datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)
    begins, first, second = (at.astimezone(UTC) for at in (begins, once, once.replace(fold=1)))
    night = replace(VISIT, created=None, window=Window(begins, first))
    assert state(night, first) is PromiseState.OPEN
    assert state(night, second) is PromiseState.MISSED
    (promise,) = of(night, second)
    assert promise.late_by(second) == timedelta(hours=1)
    longer = replace(night, window=Window(begins, second))
    assert state(longer, first) is PromiseState.OPEN
    assert state(longer, second + timedelta(seconds=1)) is PromiseState.MISSED


def test_how_long_before_it_was_called_off() -> None:
    off = replace(VISIT, state=AppointmentState.CANCELLED, changed=STARTS - timedelta(hours=20, minutes=30))
    assert off.hours_called_off() == 20
    assert replace(off, changed=STARTS - timedelta(hours=30)).hours_called_off() == 30
    assert replace(off, changed=ENDS).hours_called_off() == 0
    assert replace(off, changed=None).hours_called_off() is None
    assert VISIT.hours_called_off() is None
