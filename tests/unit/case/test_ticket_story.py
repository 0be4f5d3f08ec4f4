"""A ticket's story: the operator's silence, whose turn it was, histories that contradict themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from selfcare.case.ticket_story import Doubt, Turn, doubts, last_sign, reopened, silence, spans, told_before
from selfcare.domain.commands import OpenTicket
from selfcare.domain.tickets import FOLLOWS, EntityRef, Note, StateChange, Ticket, TicketState

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
BORN = NOW - timedelta(days=10)


def ticket(**changes: object) -> Ticket:
    made = Ticket(
        "T1", "No dial tone", "", "Incident", "Major", TicketState.IN_PROGRESS, "inProgress", BORN, None,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def step(state: TicketState, days: float, reason: str = "") -> StateChange:
    return StateChange(state, state.value, BORN + timedelta(days=days), reason)


def test_the_customers_own_remark_is_no_sign_of_the_operator() -> None:
    """The operator spoke on day 2, the customer on day 6, and `lastUpdate` moved with the customer's remark."""
    told = ticket(
        course=(step(TicketState.ACKNOWLEDGED, 2),),
        notes=(Note("Customer", BORN + timedelta(days=6), "Still dead"),),
        changed=BORN + timedelta(days=6),
    )
    assert last_sign(told) == BORN + timedelta(days=2)
    assert silence(told, NOW) == timedelta(days=8)
    answered = replace(told, notes=(*told.notes, Note("Erin", BORN + timedelta(days=7), "We look")))
    assert silence(answered, NOW) == timedelta(days=3)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": TicketState.CLOSED},
        {"state": TicketState.PENDING, "state_reason": "Waiting for customer"},
        {"id": "waiting:1"},
        {"created": None},
        {"created": NOW + timedelta(hours=1)},
    ],
)
def test_no_silence_where_nobody_owes_a_word(changes: dict[str, object]) -> None:
    assert silence(ticket(**changes), NOW) is None


def test_turns_go_to_and_fro_and_fill_the_whole_time() -> None:
    told = ticket(
        course=(
            step(TicketState.ACKNOWLEDGED, 1),
            step(TicketState.PENDING, 3, "Need a word from the customer"),
            step(TicketState.CLOSED, 6),
            step(TicketState.IN_PROGRESS, 8),
        ),
        notes=(Note("Customer", BORN + timedelta(days=4), "Here it is"),),
    )
    found = spans(told, NOW)
    assert [(s.turn, (s.ends - s.begins).days) for s in found] == [
        (Turn.OPERATOR, 3),
        (Turn.CUSTOMER, 1),
        (Turn.OPERATOR, 2),
        (Turn.NOBODY, 2),
        (Turn.OPERATOR, 2),
    ]
    assert found[0].begins == BORN
    assert found[-1].ends == NOW
    assert reopened(told) == 1


def test_a_ticket_without_a_moment_has_no_picture() -> None:
    assert spans(ticket(created=None), NOW) == ()


@pytest.mark.parametrize(
    ("changes", "doubt"),
    [
        (
            {"state": TicketState.RESOLVED, "resolved": BORN - timedelta(days=1)},
            Doubt.SOLVED_BEFORE_REPORTED,
        ),
        ({"resolved": BORN + timedelta(days=1)}, Doubt.OPEN_BUT_SOLVED),
        ({"course": (step(TicketState.CLOSED, 2),)}, Doubt.STATE_AND_COURSE),
        ({"course": (step(TicketState.ACKNOWLEDGED, -2),)}, Doubt.STEP_BEFORE_REPORTED),
        ({"course": (step(TicketState.IN_PROGRESS, 12),)}, Doubt.STEP_IN_FUTURE),
        ({"notes": (Note("Erin", NOW + timedelta(hours=3), "x"),)}, Doubt.STEP_IN_FUTURE),
        ({"promised": BORN - timedelta(days=3)}, Doubt.PROMISED_BEFORE_REPORTED),
    ],
)
def test_a_history_that_contradicts_itself_is_named(changes: dict[str, object], doubt: Doubt) -> None:
    assert doubt in doubts(ticket(**changes), NOW)


def test_an_honest_history_raises_no_doubt() -> None:
    closed = ticket(
        state=TicketState.CLOSED,
        resolved=BORN + timedelta(days=3),
        course=(step(TicketState.ACKNOWLEDGED, 0), step(TicketState.RESOLVED, 3), step(TicketState.CLOSED, 4)),
        promised=BORN + timedelta(days=2),
    )
    assert doubts(closed, NOW) == ()
    assert doubts(ticket(course=(step(TicketState.CLOSED, 2), step(TicketState.IN_PROGRESS, 4))), NOW) == ()


def asked(title: str = "Line does not work", about: tuple[EntityRef, ...] = ()) -> OpenTicket:
    return OpenTicket(title, "", "Incident", about=about)


def test_the_same_trouble_is_recognised_by_what_it_is_about_or_by_its_words() -> None:
    line = EntityRef("Product", "P1")
    about = ticket(about=(replace(line, role="affectedProduct"),))
    assert told_before(asked(about=(line,)), (about,), NOW) == about
    assert told_before(asked(about=(EntityRef("Product", "P2"),)), (about,), NOW) is None
    assert told_before(asked("no dial tone!"), (ticket(),), NOW) == ticket()
    assert told_before(asked("A question about my bill"), (ticket(),), NOW) is None
    bill = replace(asked(about=(line,)), ticket_type="Bill Dispute")
    assert told_before(bill, (about,), NOW) is None


def test_a_finished_ticket_counts_for_sixty_days_and_in_the_same_words() -> None:
    line = EntityRef("Product", "P1")
    old = ticket(state=TicketState.CLOSED, about=(line,), resolved=NOW - timedelta(days=59))
    again = asked("No dial tone", (line,))
    assert told_before(again, (old,), NOW) == old
    assert told_before(again, (replace(old, resolved=NOW - timedelta(days=61)),), NOW) is None
    assert told_before(asked("Wrong name in the directory", (line,)), (old,), NOW) is None
    still_open = ticket(id="T2", about=(line,))
    assert told_before(again, (old, still_open), NOW) == still_open
    knows = replace(again, about=(*again.about, EntityRef("TroubleTicket", "T1", FOLLOWS)))
    assert told_before(knows, (old, still_open), NOW) is None


@pytest.mark.parametrize(
    "reason",
    [
        "Need more information from the customer", "En attente de votre réponse", "En attente d’informations du client",
        "Waiting for your reply", "awaiting subscriber", "Customer", "Waiting for documents from you",
    ],
)  # fmt: skip
def test_it_is_the_customers_turn_in_whatever_words_it_is_said(reason: str) -> None:
    pending = ticket(state=TicketState.PENDING, state_reason=reason, course=(step(TicketState.PENDING, 2, reason),))
    assert pending.waits_for_customer
    assert silence(pending, NOW) is None
    assert [span.turn for span in spans(pending, NOW)] == [Turn.OPERATOR, Turn.CUSTOMER]


@pytest.mark.parametrize(
    "reason", ["", "Waiting for the engineer", "Customer care checks", "En attente du service client"]
)
def test_it_stays_the_operators_turn_where_it_waits_for_one_of_its_own_or_asks_for_nothing(reason: str) -> None:
    pending = ticket(state=TicketState.PENDING, state_reason=reason, course=(step(TicketState.PENDING, 2, reason),))
    assert not pending.waits_for_customer
    assert silence(pending, NOW) == timedelta(days=8)
    assert [span.turn for span in spans(pending, NOW)] == [Turn.OPERATOR]


def test_whose_turn_it_is_is_not_known_where_the_reason_or_the_state_is_not() -> None:
    waits = ticket(state=TicketState.PENDING, state_reason="C-17", course=(step(TicketState.PENDING, 2, "C-17"),))
    own_word = ticket(state=TicketState.UNKNOWN, course=(step(TicketState.IN_PROGRESS, 2),))
    for told in (waits, own_word):
        assert silence(told, NOW) is None
        assert [(span.turn, span.ends - span.begins) for span in spans(told, NOW)] == [
            (Turn.OPERATOR, timedelta(days=2)),
            (Turn.UNKNOWN, timedelta(days=8)),
        ]


def test_the_same_words_about_an_option_and_about_its_line_tell_the_same_trouble() -> None:
    told = ticket(title="EU Roaming Pass does not work abroad", about=(EntityRef("Product", "OP-1"),))
    families = (frozenset({"L-1", "OP-1"}), frozenset({"L-2", "OP-2"}))
    on_the_line = (EntityRef("Product", "L-1"), EntityRef("Service", "S-1"))
    again = asked("EU Roaming Pass does not work abroad", on_the_line)
    assert told_before(again, (told,), NOW, families) == told
    assert told_before(asked("Wrong name in the directory", on_the_line), (told,), NOW, families) is None
    elsewhere = asked("EU Roaming Pass does not work abroad", (EntityRef("Product", "L-2"),))
    assert told_before(elsewhere, (told,), NOW, families) is None
    assert told_before(again, (told,), NOW) is None
