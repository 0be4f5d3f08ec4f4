"""Requests on their way are laid over the operator's word, never shown as done."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from selfcare.domain.commands import AddNote, Command, OpenTicket, RequestUnlock
from selfcare.domain.freshness import Freshness, oldest
from selfcare.domain.options import Health, PaperState, Verdict, judge
from selfcare.domain.records import replace
from selfcare.domain.support import Channel, ChannelKind, Hours, openness
from selfcare.domain.tickets import Note, Ticket, TicketState
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import Waiting, WaitingState, asked_for, lay_over_tickets, refused_last

NOW = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)


def ticket(**facts: object) -> Ticket:
    base = {
        "id": "T1", "title": "No service", "text": "", "kind": "Incident", "severity": "Major",
        "state": TicketState.IN_PROGRESS, "state_word": "inProgress", "created": NOW, "changed": NOW,
    }  # fmt: skip
    return Ticket(**(base | facts))  # type: ignore[arg-type]


def waiting(command: Command, state: WaitingState = WaitingState.NEW, **facts: object) -> Waiting:
    base = {"id": "a1", "created": NOW}
    return Waiting(command=command, state=state, **(base | facts))  # type: ignore[arg-type]


def test_an_unsent_ticket_is_on_the_list_under_an_id_of_its_own() -> None:
    shown = lay_over_tickets([ticket()], [waiting(OpenTicket("Slow", "Slow", "Incident"))])
    assert [t.id for t in shown] == ["waiting:a1", "T1"]


@pytest.mark.parametrize("listed", [ticket(external_id="a1"), ticket(id="R9")])
def test_it_vanishes_when_the_operator_lists_it(listed: Ticket) -> None:
    sent = waiting(OpenTicket("Slow", "Slow", "Incident"), WaitingState.ACCEPTED, receipt="R9")
    assert len(lay_over_tickets([listed], [sent])) == 1


def test_a_refused_ticket_is_not_laid_over() -> None:
    assert lay_over_tickets([], [waiting(OpenTicket("x", "x", "Incident"), WaitingState.REJECTED)]) == ()


def test_an_unsent_note_is_inside_its_ticket_once() -> None:
    (shown,) = lay_over_tickets([ticket()], [waiting(AddNote("T1", "Still dead"))])
    assert [n.text for n in shown.notes] == ["Still dead"]
    (again,) = lay_over_tickets([shown], [waiting(AddNote("T1", "Still dead"), WaitingState.ACCEPTED)])
    assert len(again.notes) == 1


@pytest.mark.parametrize(
    ("seconds", "sent", "shown"), [(20, True, 1), (600, True, 1), (20, False, 2), (7200, True, 2), (-20, False, 1)]
)
def test_a_note_that_may_have_come_in_is_shown_once_by_whatever_clock(seconds: int, sent: bool, shown: int) -> None:
    """The operator dates it by its own clock, and breaks its lines otherwise."""
    own = waiting(AddNote("T1", "Still dead.\nPlease call"), created=NOW, sent=NOW if sent else None)
    there = ticket(notes=(Note("Customer", NOW - timedelta(seconds=seconds), "Still dead.\r\nPlease call"),))
    (laid,) = lay_over_tickets([there], [own])
    assert len(laid.notes) == shown


def test_what_was_asked_for_a_handset() -> None:
    asked = waiting(RequestUnlock("H1", "356", "L1"))
    assert asked_for([asked], RequestUnlock, "H1") is asked
    assert asked_for([asked], RequestUnlock, "H2") is None
    refused = waiting(RequestUnlock("H1", "356", "L1"), WaitingState.REJECTED)
    assert asked_for([refused], RequestUnlock, "H1") is None
    assert refused_last([refused], RequestUnlock, "H1") is refused
    assert refused_last([refused], RequestUnlock, "H2") is None
    later = replace(asked, created=refused.created + timedelta(hours=1))
    assert refused_last([refused, later], RequestUnlock, "H1") is None
    assert refused_last([refused, replace(later, state=WaitingState.DROPPED)], RequestUnlock, "H1") is refused


@pytest.mark.parametrize(
    ("paper", "healths", "verdict"),
    [
        (PaperState.ACTIVE, (Health.WORKS,), Verdict.WORKS),
        (PaperState.ACTIVE, (), Verdict.NOT_STATED),
        (PaperState.ACTIVE, (Health.WORKS, Health.FAILED), Verdict.CHARGED_NOT_WORKING),
        (PaperState.ACTIVE, (Health.WORKS, Health.NOT_STATED), Verdict.NOT_STATED),
        (PaperState.ACTIVE, (Health.NEVER_ON,), Verdict.CHARGED_NEVER_ON),
        (PaperState.ACTIVE, (Health.DEGRADED, Health.WORKS), Verdict.WORKS_BADLY),
        (PaperState.TERMINATED, (Health.WORKS,), Verdict.STILL_ON),
        (PaperState.TERMINATED, (Health.OFF,), Verdict.ENDED),
        (PaperState.SUSPENDED, (Health.WORKS,), Verdict.STILL_ON),
        (PaperState.PENDING_TERMINATE, (Health.FAILED,), Verdict.CHARGED_NOT_WORKING),
        (PaperState.PENDING_TERMINATE, (Health.FAILED, Health.WORKS), Verdict.CHARGED_NOT_WORKING),
        (PaperState.PENDING_TERMINATE, (Health.NEVER_ON,), Verdict.CHARGED_NEVER_ON),
        (PaperState.PENDING_TERMINATE, (Health.OFF,), Verdict.AS_ON_PAPER),
        (PaperState.PENDING_TERMINATE, (Health.WORKS,), Verdict.STILL_ON),
        (PaperState.SUSPENDED, (Health.FAILED,), Verdict.AS_ON_PAPER),
        (PaperState.PENDING_ACTIVE, (Health.OFF,), Verdict.STARTING),
        (PaperState.UNKNOWN, (Health.WORKS,), Verdict.NOT_STATED),
    ],
)
def test_paper_and_reality_are_two_facts(paper: PaperState, healths: tuple[Health, ...], verdict: Verdict) -> None:
    assert judge(paper, healths) is verdict


DESK = Channel(
    ChannelKind.PHONE, "Care", "150", "Europe/London",
    (*(Hours(day, time(8), time(20)) for day in range(5)), Hours(5, time(22), time(2))),
)  # fmt: skip


@pytest.mark.parametrize(
    ("now", "is_open", "changes"),
    [
        (datetime(2026, 11, 20, 9, tzinfo=UTC), True, datetime(2026, 11, 20, 20, tzinfo=UTC)),
        (datetime(2026, 11, 21, 10, tzinfo=UTC), False, datetime(2026, 11, 21, 22, tzinfo=UTC)),
        (datetime(2026, 11, 22, 1, tzinfo=UTC), True, datetime(2026, 11, 22, 2, tzinfo=UTC)),
        (datetime(2026, 11, 22, 12, tzinfo=UTC), False, datetime(2026, 11, 23, 8, tzinfo=UTC)),
        (datetime(2026, 7, 3, 7, 30, tzinfo=UTC), True, datetime(2026, 7, 3, 19, tzinfo=UTC)),
    ],
)
def test_a_desk_opens_by_its_own_clock(now: datetime, is_open: bool, changes: datetime) -> None:
    found = openness(DESK, now)
    assert (found.is_open, found.changes) == (is_open, changes)


def test_hours_that_were_not_stated_are_not_closed() -> None:
    assert openness(Channel(ChannelKind.CHAT, "Chat", "", "Europe/London"), NOW).is_open is None


def test_a_page_is_as_old_as_its_oldest_part() -> None:
    fresh, old = Freshness(Topic.BILLS, NOW), Freshness(Topic.TICKETS, NOW - timedelta(days=3))
    missing = Freshness(Topic.PROBLEMS, offered=False)
    assert oldest((fresh, old, missing)) is old
    assert oldest((fresh, Freshness(Topic.PAPERS))) == Freshness(Topic.PAPERS)
    assert oldest((missing,)) is None
