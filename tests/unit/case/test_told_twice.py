"""What was promised once and is told in two places is one promise, with both proofs."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from selfcare.case.deadlines import Term, Unit
from selfcare.case.notebook import Notebook, Noted, Outcome, Way, Word
from selfcare.case.promises import PromiseOf, PromiseSource, PromiseState, newly_missed, promises_from, record_of
from selfcare.domain.orders import Order, OrderState
from selfcare.domain.problems import Problem
from selfcare.domain.tickets import EntityRef, Ticket, TicketState

LONDON = ZoneInfo("Europe/London")
SAID = datetime(2026, 11, 9, 9, 42, tzinfo=UTC)
DUE = SAID + timedelta(hours=72)
LATER = DUE + timedelta(days=4)
ON_TICKET = (EntityRef("TroubleTicket", "T-1", "about"),)


def ticket(**more: object) -> Ticket:
    made = Ticket(
        "T-1", "Change of account holder after a death", "", "Incident", "", TicketState.IN_PROGRESS, "", SAID, SAID,
        DUE, about=(EntityRef("Product", "P-1", "affected"),),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def order(**more: object) -> Order:
    made = Order("O-1", "", "holderChange", OrderState.HELD, "held", SAID, None, DUE, None, ("P-1",),
                 title="Change of account holder")  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def problem(**more: object) -> Problem:
    made = Problem("K-1", "No dial tone", "", "", TicketState.IN_PROGRESS, "", SAID, SAID, None, DUE,
                   ticket_ids=("T-1",))  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def noted(due: datetime = DUE, what: PromiseOf = PromiseOf.CALL, **more: object) -> Notebook:
    contact = Noted("C-1", Way.PHONE, True, SAID, SAID + timedelta(minutes=9), about=ON_TICKET)
    word = Word("W-1", "C-1", "Jordan", what.value, "We call back within 72 hours", SAID, Term(Unit.HOURS, 72), due)
    return Notebook(contacts=(contact,), words=(replace(word, **more),))  # type: ignore[arg-type]


def test_an_order_and_the_ticket_about_it_promise_once() -> None:
    (one,) = promises_from([ticket()], [order()], [], LATER)
    assert (one.source, [also.source for also in one.also]) == (PromiseSource.TICKET, [PromiseSource.ORDER])
    assert record_of([one], LATER).missed == 1
    another = (
        (ticket(), order(product_ids=("P-2",))), (ticket(), order(title="Faster broadband")),
        (ticket(), order(expected=DUE + timedelta(hours=1))), (ticket(call_by=DUE, promised=None), order()),
        (ticket(), order(state=OrderState.COMPLETED, completed=DUE)),
    )  # fmt: skip
    for told, asked in another:
        assert len(promises_from([told], [asked], [], LATER)) == 2


def test_a_known_problem_and_the_ticket_behind_it_promise_once_whoever_names_whom() -> None:
    (one,) = promises_from([ticket()], [], [problem()], LATER)
    assert (one.source, one.also[0].source) == (PromiseSource.TICKET, PromiseSource.PROBLEM)
    named = ticket(about=(EntityRef("ServiceProblem", "K-1"),))
    assert len(promises_from([named], [], [problem(ticket_ids=())], LATER)) == 1
    both = (ticket(about=(EntityRef("Service", "S-1"),)),), (problem(ticket_ids=(), service_ids=("S-1",)),)
    assert len(promises_from(both[0], [], both[1], LATER, services=("S-1",))) == 1
    moved = ticket(moved_from=(DUE - timedelta(days=1),)), problem(moved_from=(DUE - timedelta(days=1),))
    assert len(promises_from([moved[0]], [], [moved[1]], LATER)) == 2
    mended = problem(state=TicketState.RESOLVED, ended=DUE - timedelta(hours=1))
    assert {p.state for p in promises_from([ticket()], [], [mended], LATER)} == {PromiseState.KEPT, PromiseState.MISSED}


@pytest.mark.parametrize("late", [timedelta(), timedelta(minutes=50), -timedelta(minutes=50)])
def test_what_was_noted_and_stands_on_the_ticket_too_is_one_promise(late: timedelta) -> None:
    for told in (ticket(promised=None, call_by=DUE), ticket()):
        (one,) = promises_from([told], [], [], LATER, noted(DUE + late))
        assert (one.source, one.due, one.evidence) == (PromiseSource.TICKET, DUE, "We call back within 72 hours")
        assert (one.noted is not None and one.noted.source_id, one.state) == ("W-1", PromiseState.MISSED)


def test_only_what_is_about_the_same_and_for_nearly_the_same_date_is_one() -> None:
    apart = noted(DUE + timedelta(minutes=61)), noted(what=PromiseOf.CALL, contact_id="another")
    for book in apart:
        assert len(promises_from([ticket()], [], [], LATER, book)) == 2
    on_the_day = noted(datetime(2026, 11, 12, 23, 59, 59, tzinfo=UTC), PromiseOf.ANSWER)
    assert len(promises_from([ticket()], [], [], LATER, on_the_day, LONDON)) == 1
    two = replace(noted(), words=(*noted().words, *noted(what=PromiseOf.ANSWER, id="W-2").words))
    found = promises_from([ticket()], [], [], LATER, two)
    assert len(found) == 2
    assert [p.noted.source_id for p in found if p.noted is not None and p.also] == ["W-2"]  # the ticket's is an answer


def test_what_the_customer_says_was_kept_is_kept_and_nothing_settled_is_taken_for_another() -> None:
    kept = noted(outcome=Outcome.KEPT, ended=DUE - timedelta(hours=2))
    (one,) = promises_from([ticket(promised=None, call_by=DUE)], [], [], LATER, kept)
    assert (one.state, one.ended) == (PromiseState.KEPT, DUE - timedelta(hours=2))
    found = promises_from([ticket()], [], [], LATER, kept)
    assert {p.what: p.state for p in found} == {
        PromiseOf.CALL: PromiseState.KEPT, PromiseOf.ANSWER: PromiseState.MISSED,
    }  # fmt: skip
    closed = ticket(state=TicketState.RESOLVED, resolved=DUE - timedelta(hours=1))
    answer = noted(what=PromiseOf.ANSWER)
    states = {p.source: p.state for p in promises_from([closed], [], [], LATER, answer)}
    assert states == {PromiseSource.TICKET: PromiseState.KEPT, PromiseSource.CONTACT: PromiseState.MISSED}
    gone = ticket(no_longer_listed=True)
    states = {p.source: p.state for p in promises_from([gone], [], [], LATER, answer)}
    assert states == {PromiseSource.TICKET: PromiseState.LOST, PromiseSource.CONTACT: PromiseState.MISSED}


def test_what_was_told_in_one_place_is_not_raised_again_in_another() -> None:
    (alone,) = promises_from([], [order()], [], LATER)
    (both,) = promises_from([ticket()], [order()], [], LATER)
    assert newly_missed([both], ()) == (both,)
    assert newly_missed([both], (alone.key,)) == ()
