"""A visit is reminded of a day and an hour before, once each, also after a new start, and anew when it is moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from selfcare.app.reminding import Reminding
from selfcare.domain.appointments import Appointment, AppointmentState, Window
from selfcare.domain.records import replace
from tests.readers import FakeReader, FakeSession
from tests.samples import NOW
from tests.unit.app.test_raising import Clockwork

STARTS = NOW + timedelta(hours=30)
VISIT = Appointment(
    "V1", "No dial tone", "", AppointmentState.CONFIRMED, "confirmed", Window(STARTS, STARTS + timedelta(hours=4))
)


class Program(Clockwork):
    """The clock that is turned by hand; its lane is asked without saying what to do where it fails."""

    @staticmethod
    def _ask(
        _to: object, work: Callable[[], Any], then: Callable[[Any], None], _failed: object = None, key: str = ""
    ) -> None:
        then(work())


def begun(session: FakeSession, **changes: Any) -> Program:
    program = Program(session, **changes)
    Reminding(program).look()  # type: ignore[arg-type]
    return program


def session_with(visit: Appointment) -> FakeSession:
    return FakeSession(FakeReader(the_tickets=(), the_problems=(), the_orders=(), the_appointments=(visit,)))


def test_a_day_and_an_hour_before_at_that_minute_and_once_each() -> None:
    program = begun(session_with(VISIT))
    program.turn(timedelta(hours=5, minutes=59))
    assert program.reminded == []
    program.turn(timedelta(minutes=1))
    assert [one.sentence for one in program.reminded] == [
        "Reminder: A visit: No dial tone, Sun 22 Nov, 16:50 to 20:50."
    ]
    program.turn(timedelta(hours=22, minutes=59))
    assert len(program.reminded) == 1
    program.turn(timedelta(minutes=1))
    assert len(program.reminded) == 2
    program.turn(timedelta(hours=9))
    assert len(program.reminded) == 2


def test_it_is_not_said_again_after_a_new_start() -> None:
    session = session_with(VISIT)
    at = {"moment": STARTS - timedelta(hours=20)}
    assert len(begun(session, **at).reminded) == 1
    assert begun(session, **at).reminded == []


def test_a_moved_visit_is_said_anew_and_one_that_was_called_off_never() -> None:
    session = session_with(VISIT)
    at = {"moment": STARTS - timedelta(hours=20)}
    assert len(begun(session, **at).reminded) == 1
    later = Window(STARTS + timedelta(hours=2), STARTS + timedelta(hours=4))
    session.reader.the_appointments = (replace(VISIT, window=later),)  # type: ignore[attr-defined]
    assert len(begun(session, **at).reminded) == 1
    session.reader.the_appointments = (replace(VISIT, state=AppointmentState.CANCELLED),)  # type: ignore[attr-defined]
    assert begun(session, **at).reminded == []
