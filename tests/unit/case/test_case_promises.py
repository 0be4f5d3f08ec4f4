"""Promises are read from tickets, orders and known problems; kept, missed and moved are told apart."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from selfcare.case.promises import PromiseOf, PromiseSource, PromiseState, counts, promises_from
from selfcare.domain.orders import Order, OrderState
from selfcare.domain.problems import Problem
from selfcare.domain.tickets import Ticket, TicketState

PARIS = ZoneInfo("Europe/Paris")
SAID = datetime(2026, 11, 21, 10, 30, tzinfo=PARIS)
DUE = SAID + timedelta(hours=72)


def ticket(**more: object) -> Ticket:
    made = Ticket("T-1", "Dead line", "", "Incident", "Major", TicketState.IN_PROGRESS, "inProgress", SAID, SAID, DUE)
    return replace(made, **more)  # type: ignore[arg-type]


def test_v01_72_hours_are_missed_from_the_next_second() -> None:
    due = datetime(2026, 11, 24, 10, 30, tzinfo=PARIS)
    (at_the_minute,) = promises_from([ticket()], [], [], due)
    assert (at_the_minute.due, at_the_minute.state) == (due, PromiseState.OPEN)
    (after,) = promises_from([ticket()], [], [], due + timedelta(seconds=1))
    assert after.state is PromiseState.MISSED
    assert after.late_by(due + timedelta(hours=2)) == timedelta(hours=2)


def test_kept_and_kept_too_late() -> None:
    in_time = ticket(state=TicketState.RESOLVED, resolved=DUE - timedelta(minutes=1))
    late = ticket(state=TicketState.CLOSED, resolved=DUE + timedelta(hours=5))
    assert promises_from([in_time], [], [], DUE)[0].state is PromiseState.KEPT
    (promise,) = promises_from([late], [], [], DUE + timedelta(days=9))
    assert promise.state is PromiseState.MISSED
    assert promise.late_by(DUE + timedelta(days=9)) == timedelta(hours=5)


def test_v05_three_deadlines_missed_in_a_row() -> None:
    first, second = SAID + timedelta(hours=6), SAID + timedelta(hours=30)
    found = promises_from([ticket(moved_from=(first, second))], [], [], DUE + timedelta(hours=1))
    assert [p.state for p in found] == [PromiseState.MISSED] * 3
    assert counts(found)[PromiseState.MISSED] == 3
    assert counts(found)[PromiseState.KEPT] == 0


def test_moved_before_it_fell_due() -> None:
    earlier = DUE - timedelta(hours=1)
    done = ticket(moved_from=(earlier,), state=TicketState.RESOLVED, resolved=SAID + timedelta(hours=2))
    states = {p.due: p.state for p in promises_from([done], [], [], DUE)}
    assert states == {earlier: PromiseState.MOVED, DUE: PromiseState.KEPT}


def test_known_problems_and_orders_promise_too() -> None:
    problem = Problem(
        "P-1", "No 4G", "", "", TicketState.IN_PROGRESS, "inProgress", SAID, None, None, SAID + timedelta(hours=1)
    )
    unlocked = SAID + timedelta(hours=48)
    order = Order("O-1", "x", "deviceUnlock", OrderState.ACKNOWLEDGED, "acknowledged", SAID, None, unlocked, None)
    found = promises_from([ticket()], [order], [problem], SAID)
    assert [(p.source, p.what) for p in found] == [
        (PromiseSource.PROBLEM, PromiseOf.REPAIR),
        (PromiseSource.ORDER, PromiseOf.UNLOCK),
        (PromiseSource.TICKET, PromiseOf.ANSWER),
    ]


def test_open_ones_come_first_and_nothing_is_made_up() -> None:
    gone = ticket(id="T-0", promised=SAID - timedelta(days=3), created=None)
    silent = ticket(id="T-2", promised=None)
    unsent = ticket(id="waiting:W-1")
    rejected = Order("O-1", "x", "termination", OrderState.REJECTED, "rejected", SAID, None, DUE, None)
    found = promises_from([gone, silent, unsent, ticket()], [rejected], [], SAID)
    assert [p.source_id for p in found] == ["T-1", "T-0"]
    assert found[0].due.astimezone(UTC) < DUE + timedelta(seconds=1)


def test_a_promise_of_a_ticket_that_is_no_longer_listed_is_lost_and_not_missed() -> None:
    earlier = DUE - timedelta(hours=1)
    gone = ticket(no_longer_listed=True, moved_from=(earlier,))
    for now in (SAID, DUE + timedelta(days=2)):
        found = promises_from([gone], [], [], now)
        assert [(p.due, p.state) for p in found] == [(earlier, PromiseState.LOST), (DUE, PromiseState.LOST)]
        assert not gone.is_broken(now)
    solved = ticket(no_longer_listed=True, state=TicketState.RESOLVED, resolved=DUE + timedelta(hours=5))
    assert promises_from([solved], [], [], DUE + timedelta(days=9))[0].state is PromiseState.MISSED


def ending(**more: object) -> Order:
    """A notice of ten days, accepted in the morning: the operator counts them to the minute."""
    ends = datetime(2026, 12, 10, 7, 9, tzinfo=UTC)
    said = ends - timedelta(days=10)
    made = Order("O-1", "x", "termination", OrderState.IN_PROGRESS, "inProgress", said, None, ends, None)
    return replace(made, **more)  # type: ignore[arg-type]


def test_the_end_of_a_line_is_promised_for_the_end_of_its_day_where_the_customer_is() -> None:
    last = datetime(2026, 12, 10, 23, 59, 59, tzinfo=PARIS)
    (running,) = promises_from([], [ending()], [], last, zone=PARIS)
    assert (running.what, running.due, running.state) == (PromiseOf.ENDING, last, PromiseState.OPEN)
    (missed,) = promises_from([], [ending()], [], last + timedelta(seconds=1), zone=PARIS)
    assert missed.state is PromiseState.MISSED
    late_in_the_day = ending(expected=datetime(2026, 12, 10, 23, 30, tzinfo=UTC))
    (local,) = promises_from([], [late_in_the_day], [], last, zone=PARIS)
    assert local.due == datetime(2026, 12, 11, 23, 59, 59, tzinfo=PARIS)


def test_a_moment_moved_within_the_same_last_day_is_no_second_promise() -> None:
    moved = ending(moved_from=(datetime(2026, 12, 9, 9, 0, tzinfo=UTC), datetime(2026, 12, 10, 9, 0, tzinfo=UTC)))
    found = promises_from([], [moved], [], SAID + timedelta(days=10), zone=PARIS)
    assert [(p.due.day, p.state) for p in found] == [(10, PromiseState.OPEN), (9, PromiseState.MOVED)]


def test_a_line_that_ended_on_its_day_was_ended_in_time_whenever_the_order_was_closed() -> None:
    midnight = datetime(2026, 12, 11, 0, 0, tzinfo=PARIS)
    for completed, ends, state in (
        (midnight, None, PromiseState.KEPT),
        (midnight + timedelta(days=2), midnight.date() - timedelta(days=1), PromiseState.KEPT),
        (midnight + timedelta(days=2), None, PromiseState.MISSED),
        (midnight + timedelta(days=2), midnight.date(), PromiseState.MISSED),
    ):
        done = ending(state=OrderState.COMPLETED, completed=completed, ends=ends)
        (promise,) = promises_from([], [done], [], midnight + timedelta(days=9), zone=PARIS)
        assert promise.state is state
