"""Help as it is shown: the course of a ticket, whose turn it is, known problems and opening hours."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from help_desk import NOW, WORDS, ZONE, line, page, problem, ticket

from selfcare.domain.commands import AddNote, OpenTicket
from selfcare.domain.failures import NotOffered
from selfcare.domain.freshness import Freshness
from selfcare.domain.support import Channel, ChannelKind, Hours, Support
from selfcare.domain.tickets import EntityRef, Note, StateChange, TicketState
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import Waiting, WaitingState, lay_over_tickets
from selfcare.viewmodel.channels import hours_text, support_view
from selfcare.viewmodel.tickets import Mark


def test_a_missed_promise_is_raised_with_its_length() -> None:
    late = ticket(promised=NOW - timedelta(days=2, hours=3))
    view = page(tickets=(late,))
    shown = view.tickets[0]
    assert shown.promise is not None
    assert shown.promise.text == "promise missed 51 hours ago"
    assert shown.course[-1].mark is Mark.MISSED
    assert "1 promise missed" in view.subtitle
    coming = page(tickets=(ticket(promised=NOW + timedelta(hours=5)),)).tickets[0]
    assert coming.promise is not None
    assert coming.promise.text == "promised by Sat 21 Nov, 15:42, in 5 hours"


def test_a_finished_ticket_has_no_open_promise() -> None:
    done = page(tickets=(ticket(state=TicketState.RESOLVED, promised=NOW - timedelta(days=2)),)).tickets[0]
    assert done.promise is None
    assert done.turn.startswith("Finished, says your operator")
    assert done.state.text == "solved, says your operator"


@pytest.mark.parametrize(
    ("changes", "turn"),
    [
        ({}, "Your operator’s turn."),
        (
            {"state": TicketState.UNKNOWN, "state_word": ""},
            "Whose turn it is is not known: your operator does not state where it stands.",
        ),
        (
            {"state": TicketState.UNKNOWN, "state_word": "wobbly", "changed": NOW - timedelta(days=5)},
            "Whose turn it is is not known: your operator has its own word for where it stands.",
        ),
        ({"changed": NOW - timedelta(days=5)}, "Your operator’s turn. Nothing heard for 5 days."),
        (
            {"state": TicketState.PENDING, "state_reason": "Need more information from the customer"},
            "Your turn: your operator waits for an answer from you.",
        ),
    ],
)
def test_whose_turn_it_is(changes: dict[str, object], turn: str) -> None:
    view = page(tickets=(ticket(**changes),)).tickets[0]
    assert view.turn == turn
    assert view.is_my_turn is turn.startswith("Your turn")


def test_a_ticket_without_a_state_is_not_counted_as_open() -> None:
    silent = ticket(state=TicketState.UNKNOWN, state_word="", changed=NOW - timedelta(days=5))
    view = page(tickets=(silent, ticket()))
    assert view.subtitle == "1 open ticket · 1 ticket whose state is not known"
    assert view.tickets[0].picture is None


def test_the_course_is_in_order_and_quotes_what_was_said() -> None:
    shown = page(
        tickets=(
            ticket(
                course=(StateChange(TicketState.ACKNOWLEDGED, "acknowledged", NOW - timedelta(days=4), "Queue 2"),),
                notes=(Note("Marc", NOW - timedelta(days=3), "<b>We call you back</b>"),),
            ),
        )
    ).tickets[0]
    assert [s.title for s in shown.course] == ["You reported it", "Received", "Marc"]
    assert shown.course[1].text == "“Queue 2”"
    assert shown.course[2].text == "“<b>We call you back</b>”"


def test_unsent_words_are_marked_as_unsent() -> None:
    note = Waiting("w1", AddNote("48213", "Still dead"), WaitingState.NEW, NOW)
    new = Waiting("w2", OpenTicket("Wrong bill", "Look", "Bill Dispute"), WaitingState.NEW, NOW)
    tickets = lay_over_tickets((ticket(),), (note, new))
    view = page(tickets=tickets, waiting=(note, new))
    laid = view.ticket("waiting:w2")
    assert laid is not None
    assert laid.state.text == "kept here, not sent yet"
    assert not laid.can_note
    own = view.ticket("48213")
    assert own is not None
    assert (own.course[-1].mark, own.course[-1].title) == (Mark.UNSENT, "You, not sent yet")
    assert view.ticket("nobody") is None


def test_a_refusal_stands_with_its_reason() -> None:
    said = page(tickets=(ticket(state=TicketState.REJECTED, state_reason="Not a fault."),)).tickets[0]
    assert said.state.text == "refused"
    assert said.turn == "Refused by your operator: “Not a fault.”"
    course = (StateChange(TicketState.REJECTED, "rejected", NOW, "Ask in a shop."),)
    assert (
        page(tickets=(ticket(state=TicketState.REJECTED, course=course),)).tickets[0].turn.endswith("“Ask in a shop.”")
    )
    bare = page(tickets=(ticket(state=TicketState.REJECTED),)).tickets[0]
    assert bare.turn == "Refused by your operator, which gave no reason."


def test_a_refused_note_does_not_vanish() -> None:
    note = Waiting("w1", AddNote("48213", "Still dead"), WaitingState.REJECTED, NOW, reason="The ticket is closed.")
    own = page(tickets=lay_over_tickets((ticket(),), (note,)), waiting=(note,)).tickets[0]
    assert own.course[-1].title == "Your note was refused"
    assert own.course[-1].text == "Still dead\nRefused by your operator: “The ticket is closed.”"


def test_silently_moved_promises_are_counted() -> None:
    moved = ticket(promised=NOW + timedelta(days=1), moved_from=(NOW - timedelta(days=2), NOW - timedelta(days=1)))
    fact = next(f for f in page(tickets=(moved,)).tickets[0].facts if f.name == "Promised before")
    assert fact.tag is not None
    assert fact.tag.text == "moved 2 times"


def test_broken_tickets_come_first_and_finished_ones_last() -> None:
    tickets = (
        ticket(id="done", state=TicketState.CLOSED, created=NOW),
        ticket(id="fine", created=NOW),
        ticket(id="late", promised=NOW - timedelta(hours=1), created=NOW - timedelta(days=30)),
    )
    assert [t.id for t in page(tickets=tickets).tickets] == ["late", "fine", "done"]


def test_my_problem_comes_first_and_is_linked() -> None:
    mine = problem(id="SP-2", service_ids=("SV-1",), began=NOW - timedelta(days=9))
    linked = ticket(about=(EntityRef("ServiceProblem", "SP-2"),))
    view = page(problems=(problem(), mine), lines=(line(),), tickets=(linked,))
    assert [p.id for p in view.problems] == ["SP-2", "SP-1"]
    assert view.problems[0].mine == "Touches 07700 900123"
    assert view.problems[0].ticket_ids == ("48213",)
    assert view.tickets[0].problem_ids == ("SP-2",)
    by_ticket = page(problems=(problem(ticket_ids=("48213",)),), tickets=(ticket(),)).problems[0]
    assert by_ticket.mine == "Linked to your ticket 48213"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "No end announced."),
        ({"expected_end": NOW + timedelta(hours=3)}, "Announced end: Sat 21 Nov, 13:42, in 3 hours."),
        ({"expected_end": NOW - timedelta(hours=1)}, "The announced end, Sat 21 Nov, 09:42, has passed."),
        (
            {"expected_end": NOW + timedelta(hours=3), "moved_from": (NOW, NOW)},
            "Announced end: Sat 21 Nov, 13:42, in 3 hours. Moved 2 times before.",
        ),
        (
            {"state": TicketState.RESOLVED, "ended": NOW, "expected_end": NOW - timedelta(hours=4)},
            "Over since Sat 21 Nov, 10:42, 4 hours later than announced.",
        ),
        (
            {
                "state": TicketState.RESOLVED,
                "ended": NOW,
                "expected_end": NOW + timedelta(hours=1),
                "moved_from": (NOW - timedelta(hours=30),),
            },
            "Over since Sat 21 Nov, 10:42, 30 hours later than first announced. The end was moved 1 time meanwhile.",
        ),
        (
            {"moved_from": (NOW + timedelta(hours=3),)},
            "The announced end, Sat 21 Nov, 13:42, was withdrawn; none is named in its place.",
        ),
        ({"state": TicketState.CLOSED}, "Over; the moment is not stated by your operator."),
    ],
)
def test_announced_end_against_real_end(changes: dict[str, object], sentence: str) -> None:
    assert page(problems=(problem(**changes),)).problems[0].end == sentence


def weekdays(opens: int = 8, closes: int = 20, days: int = 5) -> tuple[Hours, ...]:
    return tuple(Hours(d, time(opens), time(closes)) for d in range(days))


@pytest.mark.parametrize(
    ("hours", "now", "tag", "when"),
    [
        (weekdays(), NOW, "closed now", "opens Mon 23 Nov 08:00, in 45 hours"),
        (weekdays(days=6), NOW, "open now", "closes at 20:00, in 9 hours"),
        (weekdays(12, 20, 6), NOW, "closed now", "opens today at 12:00, in 1 hour"),
        ((), NOW, "hours not stated", ""),
    ],
)
def test_open_or_closed_and_until_when(hours: tuple[Hours, ...], now: datetime, tag: str, when: str) -> None:
    desk = Channel(ChannelKind.PHONE, "Service", "150", "Europe/London", hours)
    shown = support_view(Support((desk,)), WORDS, now, ZONE).channels[0]
    assert (shown.tag.text, shown.when) == (tag, when)


def test_hours_are_put_together_and_name_a_foreign_clock() -> None:
    hours = (*weekdays(), Hours(5, time(9), time(17)))
    assert hours_text(hours, WORDS) == "Mon–Fri 08:00–20:00, Sat 09:00–17:00"
    desk = Channel(ChannelKind.PHONE, "Service", "150", "Europe/Paris", hours)
    shown = support_view(Support((desk,)), WORDS, NOW, ZONE).channels[0]
    assert shown.hours.endswith(", time of Paris")


def test_letters_stand_apart_and_open_desks_first() -> None:
    shut = Channel(ChannelKind.PHONE, "Shut", "1", "Europe/London", weekdays())
    always = Channel(ChannelKind.CHAT, "Chat", "chat", "Europe/London", always=True)
    post = Channel(ChannelKind.POST, "Complaints", "1 Long Street", "Europe/London")
    shown = support_view(Support((shut, post, always), as_of=date(2026, 11, 1)), WORDS, NOW, ZONE)
    assert [c.name for c in shown.channels] == ["Chat", "Shut"]
    assert [c.address for c in shown.post] == ["1 Long Street"]
    assert shown.source == "As your operator stated on 1 Nov 2026."


@pytest.mark.parametrize(
    ("tickets", "problems", "sentence"),
    [
        ({"seen": NOW}, {"seen": NOW}, "Nothing open."),
        ({"seen": NOW}, {}, "Not everything has been read yet, so nothing can be said of what is open."),
        ({}, {"offered": False}, "Not everything has been read yet, so nothing can be said of what is open."),
        (
            {"offered": False},
            {"offered": False},
            "Your operator offers neither tickets nor known problems here.",
        ),
        (
            {"failure": NotOffered("TMF621")},
            {"seen": NOW},
            "No known problem touches you. Tickets are not offered here.",
        ),
        ({"seen": NOW}, {"offered": False}, "No ticket is open. Known problems are not offered here."),
    ],
)
def test_not_offered_never_read_and_none_are_told_apart(
    tickets: dict[str, object], problems: dict[str, object], sentence: str
) -> None:
    parts = (Freshness(Topic.TICKETS, **tickets), Freshness(Topic.PROBLEMS, **problems))  # type: ignore[arg-type]
    assert page(freshness=parts).subtitle == sentence


def test_a_finished_ticket_is_not_counted_as_unread() -> None:
    read = (Freshness(Topic.TICKETS, seen=NOW), Freshness(Topic.PROBLEMS, seen=NOW))
    assert page(tickets=(ticket(state=TicketState.CLOSED),), freshness=read).subtitle == "Nothing open."


def test_each_empty_part_says_why() -> None:
    view = page(
        freshness=(
            Freshness(Topic.TICKETS, seen=NOW),
            Freshness(Topic.PROBLEMS, offered=False),
            Freshness(Topic.SUPPORT),
        )
    )
    assert view.no_tickets is not None
    assert view.no_problems is not None
    assert view.no_support is not None
    assert (view.no_tickets.kind, view.no_problems.kind, view.no_support.kind) == ("nothing", "notOffered", "neverRead")
    assert view.can_open
    assert not page(freshness=(Freshness(Topic.TICKETS, offered=False),)).can_open


def test_a_ticket_that_is_no_longer_listed_is_kept_and_says_so() -> None:
    gone = ticket(no_longer_listed=True, promised=NOW - timedelta(hours=3))
    view = page(tickets=(gone, ticket(id="2")))
    assert [t.id for t in view.tickets] == ["2", "48213"]
    shown = view.tickets[1]
    assert (shown.state.text, shown.is_open, shown.promise) == ("not listed any more", False, None)
    assert shown.turn == "Your operator no longer lists this ticket. It is kept here as it was last seen."
    assert ("State when last seen", "being worked on") in [(f.name, f.value) for f in shown.facts]
    assert view.subtitle == "1 open ticket"


def test_help_sends_nobody_on_to_help() -> None:
    silent = tuple(Freshness(topic, offered=False) for topic in (Topic.TICKETS, Topic.PROBLEMS, Topic.SUPPORT))
    desk = Channel(ChannelKind.PHONE, "Care", "150", "Europe/London", always=True)
    for support, said in ((None, "Your last bill says whom to ask."), (Support((desk,)), "stands on this page.")):
        view = page(freshness=silent, support=support)
        assert view.no_tickets is not None
        assert view.no_problems is not None
        for empty in (view.no_tickets, view.no_problems):
            assert empty.kind == "notOffered"
            assert empty.text.endswith(said)
            assert "Help lists" not in empty.text
