"""What the customer writes down: kept, checked, counted, and put beside the operator's own log."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from selfcare.case.contacts import covered, merged, totals_of, without_service
from selfcare.case.deadlines import Term, Unit
from selfcare.case.notebook import (
    MOST_SPELLS,
    BadNote,
    DeadTime,
    Notebook,
    Noted,
    Outcome,
    Purpose,
    Way,
    Word,
    read_notebook,
    with_contact,
    with_spell,
    with_word,
    without_contact,
    without_spell,
    write_notebook,
)
from selfcare.case.promises import PromiseOf, PromiseState, newly_missed, next_turn, promises_from, record_of, undated
from selfcare.domain.complaints import Complaint
from selfcare.domain.contacts import Contact
from selfcare.domain.problems import Problem
from selfcare.domain.tickets import EntityRef, StateChange, Ticket, TicketState
from tests.samples import NOW

CALL = Noted("N-1", Way.PHONE, True, NOW - timedelta(hours=3), NOW - timedelta(hours=2), agent="Marc", said="72 hours")
WORD = Word(
    "W-1", "N-1", "Marc", PromiseOf.CALL, "I call back within 72 hours", NOW - timedelta(hours=2),
    Term(Unit.HOURS, 72), NOW + timedelta(hours=70),
)  # fmt: skip
LOGGED = Contact(
    "I-1", "Call", "Roaming", True, "phone", "Marc", CALL.started - timedelta(minutes=4), CALL.ended, "completed"
)


def test_what_is_written_is_read_again() -> None:
    book = with_word(with_contact(Notebook(complaint=Complaint(first=NOW.date(), state="NY")), CALL, NOW), WORD)
    assert read_notebook(write_notebook(book)) == book
    assert read_notebook(None) == Notebook()
    with pytest.raises(ValueError):
        read_notebook(b"{}]")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"ended": CALL.started - timedelta(seconds=1)}, "negative"),
        ({"started": NOW - timedelta(days=3), "ended": NOW - timedelta(days=1)}, "long"),
        ({"started": NOW + timedelta(hours=1), "ended": NOW + timedelta(hours=2)}, "future"),
        ({"transfers": -1}, "transfers"),
        ({"started": datetime(2026, 11, 21, 9), "ended": None}, "zone"),
    ],
)
def test_what_cannot_be_is_refused(change: dict[str, object], what: str) -> None:
    with pytest.raises(BadNote) as bad:
        with_contact(Notebook(), replace(CALL, **change), NOW)
    assert bad.value.what == what


def test_a_contact_is_replaced_and_taken_out_with_its_promises() -> None:
    book = with_word(with_contact(with_contact(Notebook(), CALL, NOW), replace(CALL, agent="Ines"), NOW), WORD)
    assert [one.agent for one in book.contacts] == ["Ines"]
    assert without_contact(book, "N-1") == Notebook()


def test_a_noted_promise_is_open_kept_missed_moved() -> None:
    book = with_word(Notebook(), WORD)
    due = WORD.due
    assert due is not None
    assert [p.state for p in promises_from([], [], [], due, book)] == [PromiseState.OPEN]
    (missed,) = promises_from([], [], [], due + timedelta(seconds=1), book)
    assert (missed.state, missed.who, missed.evidence) == (PromiseState.MISSED, "Marc", WORD.said)
    kept = with_word(book, replace(WORD, outcome=Outcome.KEPT, ended=due))
    assert promises_from([], [], [], due, kept)[0].state is PromiseState.KEPT
    moved = with_word(book, replace(WORD, due=due + timedelta(days=2)))
    before = promises_from([], [], [], due - timedelta(hours=1), moved)
    assert {p.due: p.state for p in before} == {due: PromiseState.MOVED, due + timedelta(days=2): PromiseState.OPEN}
    assert [p.replaced for p in before if p.due == due] == [due + timedelta(days=2)]
    dropped = with_word(book, replace(WORD, outcome=Outcome.WITHDRAWN))
    assert promises_from([], [], [], due, dropped) == ()


def test_soon_has_no_clock_but_is_not_forgotten() -> None:
    book = with_word(Notebook(), replace(WORD, said="soon", term=Term(), due=None))
    assert promises_from([], [], [], NOW, book) == ()
    assert [word.said for word in undated(book)] == ["soon"]


def test_a_date_that_had_passed_when_it_was_given_counts_as_neither() -> None:
    ticket = Ticket(
        "T-1", "Dead line", "", "Incident", "Major", TicketState.IN_PROGRESS, "inProgress", NOW, NOW,
        NOW - timedelta(days=1),
    )  # fmt: skip
    found = promises_from([ticket], [], [], NOW + timedelta(days=5))
    assert [p.state for p in found] == [PromiseState.VOID]
    assert record_of(found, NOW).missed == 0


def test_a_ticket_that_goes_back_to_open_kept_nothing() -> None:
    due = NOW + timedelta(days=1)
    course = (
        StateChange(TicketState.ACKNOWLEDGED, "acknowledged", NOW),
        StateChange(TicketState.RESOLVED, "resolved", NOW + timedelta(hours=5)),
        StateChange(TicketState.IN_PROGRESS, "inProgress", NOW + timedelta(hours=9)),
    )
    ticket = Ticket(
        "T-1", "Dead line", "", "Incident", "Major", TicketState.IN_PROGRESS, "inProgress", NOW, NOW, due,
        resolved=NOW + timedelta(hours=5), course=course,
    )  # fmt: skip
    (found,) = promises_from([ticket], [], [], due + timedelta(minutes=1))
    assert (found.state, found.undone) == (PromiseState.MISSED, NOW + timedelta(hours=5))


def test_a_history_that_contradicts_itself_is_not_believed() -> None:
    ticket = Ticket(
        "T-1", "x", "", "Incident", "Major", TicketState.RESOLVED, "resolved", NOW, NOW + timedelta(days=3),
        NOW + timedelta(days=1), resolved=NOW - timedelta(days=30),
    )  # fmt: skip
    (found,) = promises_from([ticket], [], [], NOW + timedelta(days=9))
    assert (found.state, found.ended) == (PromiseState.LOST, None), "a last touch says nothing of the end"
    course = (StateChange(TicketState.RESOLVED, "resolved", NOW + timedelta(days=3)),)
    (found,) = promises_from([replace(ticket, course=course)], [], [], NOW + timedelta(days=9))
    assert (found.state, found.ended) == (PromiseState.MISSED, NOW + timedelta(days=3))


def test_a_promised_call_is_kept_by_a_call_that_was_noted_and_not_by_a_sales_call() -> None:
    due = NOW - timedelta(hours=1)
    ticket = Ticket(
        "T-1", "x", "", "Incident", "Major", TicketState.IN_PROGRESS, "", NOW - timedelta(days=2), NOW, call_by=due
    )
    back = replace(CALL, is_inbound=False, about=(EntityRef("TroubleTicket", "T-1"),))
    (open_call,) = promises_from([ticket], [], [], due)
    assert (open_call.what, open_call.state) == (PromiseOf.CALL, PromiseState.OPEN)
    assert promises_from([ticket], [], [], NOW, Notebook((back,)))[0].state is PromiseState.KEPT
    sales = replace(back, purpose=Purpose.SALES)
    assert promises_from([ticket], [], [], NOW, Notebook((sales,)))[0].state is PromiseState.MISSED


def test_v05_three_missed_in_a_row_are_counted_with_how_late() -> None:
    dues = [NOW - timedelta(hours=h) for h in (30, 20, 10)]
    ticket = Ticket(
        "T-1", "x", "", "Incident", "Major", TicketState.IN_PROGRESS, "", NOW - timedelta(days=3), NOW, dues[2],
        moved_from=(dues[0], dues[1]),
    )  # fmt: skip
    found = promises_from([ticket], [], [], NOW)
    record = record_of(found, NOW)
    assert (record.given, record.missed, record.late, record.worst) == (
        3, 3, timedelta(hours=60), timedelta(hours=30)
    )  # fmt: skip
    assert record.average == timedelta(hours=20)
    assert len(newly_missed(found, ())) == 3
    assert newly_missed(found, [p.key for p in found]) == ()


def test_the_next_turn_is_the_nearest_open_one() -> None:
    book = with_word(Notebook(), WORD)
    assert next_turn(promises_from([], [], [], NOW, book), NOW) == WORD.due
    assert next_turn((), NOW) is None


def test_notes_and_the_operators_log_are_one_list() -> None:
    other = replace(LOGGED, id="I-2", started=CALL.started + timedelta(hours=1), ended=None)
    undone = replace(LOGGED, id="I-3", started=None, ended=None, channel="shop")
    told = merged([CALL], [undone, other, LOGGED])
    assert [(t.noted is not None, t.logged.id if t.logged else "") for t in told] == [
        (False, "I-2"), (True, "I-1"), (False, "I-3")
    ]  # fmt: skip
    totals = totals_of(told)
    assert (totals.contacts, totals.spent, totals.people) == (3, timedelta(hours=1), 1)


def test_another_way_or_direction_is_another_contact_and_the_number_decides() -> None:
    assert len(merged([replace(CALL, way=Way.SHOP)], [LOGGED])) == 2
    assert len(merged([replace(CALL, is_inbound=False)], [LOGGED])) == 2
    far = replace(LOGGED, started=CALL.started - timedelta(days=1))
    assert len(merged([CALL], [far])) == 2
    assert len(merged([replace(CALL, reference="i-1")], [far])) == 1
    denied, _other = merged([CALL], [far])
    assert denied.is_denied


def test_hours_without_service_are_counted_once_and_a_slow_line_is_not_a_dead_one() -> None:
    problem = Problem("K-1", "No line", "", "", TicketState.RESOLVED, "", NOW - timedelta(hours=112), None, NOW)
    mine = replace(problem, ticket_ids=("T-1",))
    ticket = Ticket(
        "T-1", "Dead line", "", "Incident", "Critical", TicketState.IN_PROGRESS, "", NOW - timedelta(hours=100), None
    )
    assert without_service([replace(ticket, severity="Minor")], [mine], NOW) == timedelta()
    assert without_service([ticket], [problem], NOW) == timedelta(hours=100)
    assert without_service([ticket], [mine], NOW) == timedelta(hours=112)


spans = st.lists(st.tuples(st.integers(-500, 500), st.integers(-500, 500)), max_size=12)


@settings(deadline=None)
@given(spans)
def test_covered_hours_are_never_more_than_all_spans_nor_than_their_reach(found: list[tuple[int, int]]) -> None:
    times = [(NOW + timedelta(hours=a), NOW + timedelta(hours=b)) for a, b in found]
    whole = covered(times)
    assert whole == covered(reversed(times))
    hours = {hour for a, b in found for hour in range(a, b)}
    assert whole == timedelta(hours=len(hours))


@settings(deadline=None)
@given(st.lists(st.integers(-200, 200), min_size=1, max_size=6, unique=True), st.integers(-300, 300), st.booleans())
def test_whatever_dates_were_named_each_is_in_one_state_and_the_last_alone_is_open(
    hours: list[int], now: int, is_over: bool
) -> None:
    dates = [NOW + timedelta(hours=h) for h in hours]
    ticket = Ticket(
        "T", "x", "", "Incident", "Major", TicketState.RESOLVED if is_over else TicketState.IN_PROGRESS, "",
        NOW - timedelta(hours=100), NOW, dates[-1], moved_from=tuple(dates[:-1]), resolved=NOW if is_over else None,
    )  # fmt: skip
    moment = NOW + timedelta(hours=now)
    found = promises_from([ticket], [], [], moment)
    assert sorted(p.due for p in found) == sorted(dates)
    record = record_of(found, moment)
    void = sum(1 for p in found if p.state is PromiseState.VOID)
    assert record.open + record.kept + record.missed + record.moved + void == len(dates)
    assert all(p.due == dates[-1] for p in found if p.state in {PromiseState.OPEN, PromiseState.KEPT})
    assert all(p.late_by(moment) >= timedelta() for p in found)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=8))
def test_no_contact_is_lost_or_told_twice(minutes: list[tuple[int, int]]) -> None:
    notes = [
        replace(CALL, id=f"N-{n}", started=NOW - timedelta(minutes=a), ended=NOW) for n, (a, _) in enumerate(minutes)
    ]
    log = [
        replace(LOGGED, id=f"I-{n}", started=NOW - timedelta(minutes=b), ended=NOW) for n, (_, b) in enumerate(minutes)
    ]
    told = merged(notes, log)
    assert sorted(t.noted.id for t in told if t.noted) == sorted(n.id for n in notes)
    assert sorted(t.logged.id for t in told if t.logged) == sorted(n.id for n in log)


def test_a_time_without_service_is_kept_once_and_refused_where_it_cannot_be() -> None:
    began = NOW - timedelta(hours=5)
    book = with_spell(Notebook(), DeadTime(began), NOW)
    book = with_spell(book, DeadTime(began, NOW), NOW)
    assert book.without_service == (DeadTime(began, NOW),)
    assert read_notebook(write_notebook(book)) == book
    assert without_service([], [], NOW, book.without_service) == timedelta(hours=5)
    assert without_spell(book, began).without_service == ()
    wrong = {
        "negative": DeadTime(began, began),
        "future": DeadTime(NOW + timedelta(minutes=1)),
        "zone": DeadTime(began.replace(tzinfo=None)),
    }
    for what, spell in wrong.items():
        with pytest.raises(BadNote) as bad:
            with_spell(book, spell, NOW)
        assert bad.value.what == what
    full = Notebook(without_service=tuple(DeadTime(NOW - timedelta(hours=n + 1)) for n in range(MOST_SPELLS)))
    with pytest.raises(BadNote) as many:
        with_spell(full, DeadTime(NOW - timedelta(minutes=1)), NOW)
    assert many.value.what == "many"
