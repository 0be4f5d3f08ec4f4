"""Promises are read from tickets, orders and known problems; kept, missed and moved are told apart."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from selfcare.case.contacts import without_service
from selfcare.case.notebook import Notebook, Noted, Way
from selfcare.case.promises import PromiseOf, PromiseSource, PromiseState, counts, newly_missed, promises_from
from selfcare.domain.orders import Order, OrderState
from selfcare.domain.problems import Problem
from selfcare.domain.tickets import EntityRef, StateChange, Ticket, TicketState

PARIS = ZoneInfo("Europe/Paris")
SAID = datetime(2026, 11, 21, 10, 30, tzinfo=PARIS)
DUE = SAID + timedelta(hours=72)


def ticket(**more: object) -> Ticket:
    made = Ticket("T-1", "Dead line", "", "Incident", "Major", TicketState.IN_PROGRESS, "inProgress", SAID, SAID, DUE)
    return replace(made, **more)  # type: ignore[arg-type]


def step(state: TicketState, at: datetime | None) -> StateChange:
    return StateChange(state, state.value, at)


TOLD = Notebook(told=(f"ticket:T-1:answer:{DUE.isoformat()}",))


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


def test_what_was_solved_in_time_stays_kept_when_the_operator_closes_it_days_later() -> None:
    solved, closed = DUE - timedelta(days=1), DUE + timedelta(days=4)
    course = (step(TicketState.RESOLVED, solved), step(TicketState.CLOSED, closed))
    done = ticket(state=TicketState.CLOSED, changed=closed, course=course)
    (kept,) = promises_from([done], [], [], closed + timedelta(days=1))
    assert (kept.state, kept.ended) == (PromiseState.KEPT, solved)
    late = DUE + timedelta(hours=5)
    again = (
        step(TicketState.RESOLVED, solved), step(TicketState.IN_PROGRESS, DUE),
        step(TicketState.RESOLVED, late), step(TicketState.CLOSED, closed),
    )  # fmt: skip
    for resolved in (None, solved, late):
        (missed,) = promises_from([replace(done, course=again, resolved=resolved)], [], [], closed)
        assert (missed.state, missed.ended) == (PromiseState.MISSED, late)


def test_what_was_finished_nobody_says_when_is_neither_kept_nor_missed() -> None:
    now = DUE + timedelta(days=9)
    touched = ticket(state=TicketState.RESOLVED, changed=DUE + timedelta(days=4))
    closed = replace(touched, course=(step(TicketState.RESOLVED, None), step(TicketState.CLOSED, touched.changed)))
    for one in (touched, closed):
        (found,) = promises_from([one], [], [], now)
        assert (found.state, found.is_undated) == (PromiseState.LOST, True)
        (told,) = promises_from([one], [], [], now, TOLD)
        assert (told.state, told.late_by(now)) == (PromiseState.MISSED, timedelta())
        assert newly_missed([told], TOLD.told) == ()
    untouched = replace(touched, changed=DUE - timedelta(hours=1))
    assert promises_from([untouched], [], [], now)[0].state is PromiseState.KEPT
    problem = Problem("P", "x", "", "", TicketState.CLOSED, "", SAID, now, None, DUE, service_ids=("S-1",))
    assert promises_from([], [], [problem], now, services=("S-1",))[0].state is PromiseState.LOST


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
    found = promises_from([ticket()], [order], [replace(problem, service_ids=("S-1",))], SAID, services={"S-1"})
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
    assert [(p.source_id, p.state) for p in found] == [
        ("T-1", PromiseState.OPEN), ("T-0", PromiseState.MISSED), ("O-1", PromiseState.VOID)
    ]  # fmt: skip
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


PROBLEM = Problem("P", "x", "", "", TicketState.IN_PROGRESS, "", SAID, None, None, service_ids=("S-1",))


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


def test_a_date_that_was_taken_away_is_missed_once_it_has_passed_and_withdrawn_before() -> None:
    for thing in (
        {"tickets": [ticket(promised=None, moved_from=(DUE,))]},
        {"problems": [replace(PROBLEM, moved_from=(DUE,))]},
        {"orders": [Order("O", "", "", OrderState.IN_PROGRESS, "", SAID, None, None, None, moved_from=(DUE,))]},
        {"tickets": [ticket(promised=None, call_moved_from=(DUE,))]},
    ):
        read = {"tickets": [], "orders": [], "problems": []} | thing
        (before,) = promises_from(**read, now=DUE, services=("S-1",))
        (after,) = promises_from(**read, now=DUE + timedelta(seconds=1), services=("S-1",))
        assert (before.state, after.state) == (PromiseState.WITHDRAWN, PromiseState.MISSED)
        assert after.ended is None, "it is raised, for its matter is still open"


def test_a_refused_ticket_keeps_nothing() -> None:
    for state in (TicketState.REJECTED, TicketState.CANCELLED):
        early = ticket(state=state, changed=DUE + timedelta(hours=1), course=(step(state, SAID + timedelta(hours=1)),))
        (void,) = promises_from([early], [], [], DUE + timedelta(days=9))
        assert (void.state, void.is_refused) == (PromiseState.VOID, True)
        course = (step(state, DUE + timedelta(hours=2)),)
        late = ticket(state=state, course=course, moved_from=(SAID + timedelta(hours=1),))
        found = promises_from([late], [], [], DUE + timedelta(days=9))
        assert [p.state for p in found] == [PromiseState.MISSED] * 2
        assert found[1].late_by(DUE + timedelta(days=9)) == timedelta(hours=2)
        touched = ticket(state=state, changed=DUE + timedelta(hours=2))
        assert promises_from([touched], [], [], DUE + timedelta(days=9))[0].state is PromiseState.VOID, (
            "nobody says when"
        )
        (told,) = promises_from([touched], [], [], DUE + timedelta(days=9), TOLD)
        assert told.state is PromiseState.MISSED, "it was raised as missed while it was open"


def test_an_order_that_came_to_nothing_does_not_wipe_what_it_missed() -> None:
    now = DUE + timedelta(days=3)

    def state_of(state: OrderState, at: datetime = now, book: Notebook = Notebook(), **more: object) -> PromiseState:  # noqa: B008 - empty
        order = replace(Order("O", "", "", state, "", SAID, None, DUE, None), **more)
        (found,) = promises_from([], [order], [], at, book)
        assert found.ended is not None or found.state is PromiseState.VOID, "nothing of it is open"
        return found.state

    for state in (OrderState.REJECTED, OrderState.CANCELLED, OrderState.FAILED):
        assert state_of(state, dropped=DUE + timedelta(hours=1)) is PromiseState.MISSED
        assert state_of(state, dropped=DUE - timedelta(hours=1)) is PromiseState.VOID
        told = Notebook(told=(f"order:O:order:{DUE.isoformat()}",))
        assert state_of(state, book=told) is PromiseState.MISSED, "it was raised as missed while it ran"
        assert state_of(state, at=SAID) is PromiseState.VOID
    assert state_of(OrderState.FAILED) is PromiseState.MISSED
    assert state_of(OrderState.REJECTED) is PromiseState.VOID, "nobody states when it was refused"


def rings(*moments: datetime) -> Notebook:
    about = (EntityRef("TroubleTicket", "T-1"),)
    return Notebook(tuple(Noted(f"N{n}", Way.PHONE, False, at, at, about=about) for n, at in enumerate(moments)))


def test_a_call_long_before_does_not_keep_a_later_promise() -> None:
    asked = ticket(promised=None, call_by=DUE, created=SAID - timedelta(days=30))
    early, seen = DUE - timedelta(days=18), DUE - timedelta(days=6)
    for book, state in (
        (rings(early), PromiseState.MISSED),
        (rings(early, DUE - timedelta(hours=2)), PromiseState.KEPT),
        (rings(DUE - timedelta(days=5)), PromiseState.MISSED),
    ):
        assert promises_from([asked], [], [], DUE + timedelta(1), book)[0].state is state
    known = replace(asked, call_seen=seen)
    assert promises_from([known], [], [], DUE, rings(DUE - timedelta(days=5)))[0].state is PromiseState.KEPT


def test_a_call_back_that_was_moved_is_judged_date_by_date() -> None:
    later = DUE + timedelta(days=1)
    asked = ticket(promised=None, call_by=later, call_moved_from=(DUE,))

    def states(now: datetime, book: Notebook = Notebook()) -> list[PromiseState]:  # noqa: B008 - an empty one
        return [p.state for p in sorted(promises_from([asked], [], [], now, book), key=lambda p: p.due)]

    assert states(SAID) == [PromiseState.MOVED, PromiseState.OPEN]
    assert states(DUE + timedelta(hours=1)) == [PromiseState.MISSED, PromiseState.OPEN]
    assert states(later, rings(DUE - timedelta(hours=1))) == [PromiseState.MOVED, PromiseState.KEPT]
    assert states(later, rings(DUE + timedelta(hours=1))) == [PromiseState.MISSED, PromiseState.KEPT]


def test_hours_without_a_line_end_when_it_was_solved_and_not_when_it_was_closed() -> None:
    solved, closed = SAID + timedelta(hours=6), SAID + timedelta(days=5)
    dead = ticket(
        severity="critical", kind="incident", state=TicketState.CLOSED, changed=closed,
        course=(step(TicketState.RESOLVED, solved), step(TicketState.CLOSED, closed)),
    )  # fmt: skip
    assert without_service([dead], [], closed) == timedelta(hours=6)
    working = replace(dead, course=(step(TicketState.IN_PROGRESS, SAID + timedelta(hours=2)),))
    assert without_service([working], [], closed) == timedelta(hours=2), "nobody says when it was solved"


def test_an_order_promised_for_a_day_is_not_missed_on_that_day() -> None:
    midnight = datetime(2026, 11, 24, tzinfo=PARIS)
    for written in (midnight, datetime(2026, 11, 24, tzinfo=UTC)):
        order = Order("O-1", "x", "deviceUnlock", OrderState.IN_PROGRESS, "", SAID, None, written, None)
        (found,) = promises_from([], [order], [], midnight + timedelta(hours=8), zone=PARIS)
        assert (found.state, found.due) == (PromiseState.OPEN, datetime(2026, 11, 24, 23, 59, 59, tzinfo=PARIS))


def test_what_is_announced_to_others_is_no_promise_to_the_customer() -> None:
    other = Problem(
        "P-1", "Brest", "", "", TicketState.IN_PROGRESS, "", SAID, None, None, DUE, ("S-9",), ticket_ids=("T-9",)
    )
    now = DUE + timedelta(hours=44)
    assert promises_from([], [], [other], now, services=("S-1",)) == ()
    (mine,) = promises_from([], [], [replace(other, service_ids=("S-1",))], now, services=("S-1",))
    assert mine.state is PromiseState.MISSED
    for linked, one in (
        (other, ticket(promised=None, about=(EntityRef("ServiceProblem", "P-1"),))),
        (replace(other, ticket_ids=("T-1",)), ticket(promised=None)),
    ):
        assert [found.source for found in promises_from([one], [], [linked], now)] == [PromiseSource.PROBLEM]


def test_a_date_that_was_replaced_before_it_came_was_moved_and_never_missed() -> None:
    earlier, later = DUE, DUE + timedelta(days=6)
    seen = ((earlier, DUE - timedelta(days=2)),)
    done = {"state": TicketState.RESOLVED, "resolved": later - timedelta(days=2)}
    for more, last in (({}, PromiseState.OPEN), (done, PromiseState.KEPT)):
        moved = ticket(promised=later, moved_from=(earlier,), moved_when=seen, **more)
        found = sorted(promises_from([moved], [], [], DUE + timedelta(days=5)), key=lambda p: p.due)
        assert [p.state for p in found] == [PromiseState.MOVED, last]
        assert newly_missed(found, ()) == ()
    late = ticket(promised=later, moved_from=(earlier,), moved_when=((earlier, DUE + timedelta(seconds=1)),))
    assert counts(promises_from([late], [], [], later))[PromiseState.MISSED] == 1, "it had passed when it was replaced"
    call = ticket(promised=None, call_by=later, call_moved_from=(earlier,), call_moved_when=seen)
    problem = replace(PROBLEM, expected_end=later, moved_from=(earlier,), moved_when=seen)
    order = Order("O", "", "", OrderState.IN_PROGRESS, "", SAID, None, later, None, moved_from=(earlier,))
    for tickets, orders, problems in (
        ([call], [], []), ([], [], [problem]), ([], [replace(order, moved_when=seen)], []),
        ([], [replace(order, category="termination", moved_when=seen)], []),
    ):  # fmt: skip
        found = promises_from(tickets, orders, problems, DUE + timedelta(days=1), services=("S-1",))
        assert [p.state for p in found] == [PromiseState.OPEN, PromiseState.MOVED]


def test_a_date_that_was_replaced_by_a_sooner_one_was_moved() -> None:
    moved = ticket(promised=DUE, moved_from=(DUE + timedelta(days=1),))
    found = promises_from([moved], [], [], DUE + timedelta(days=9))
    assert [(p.due > DUE, p.state) for p in found] == [(False, PromiseState.MISSED), (True, PromiseState.MOVED)]
