"""The ends that were promised before are remembered, and with when it was replaced."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from selfcare.account.ends import keep_ends
from selfcare.case.promises import PromiseOf, promises_from
from selfcare.domain.topics import Topic
from tests.unit.account.test_account_pull import Office, doc


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "v")
    yield office
    office.vault.close()


def test_a_day_that_was_remembered_as_its_first_moment_is_the_same_promise(office: Office) -> None:
    """So an earlier version kept what is promised for a day."""
    seen = office.now - timedelta(days=1)
    for name in ("T1", "call:T1"):
        office.vault.cache.note_promise(name, "2026-11-22T00:00:00+00:00", seen - timedelta(days=1))
        office.vault.cache.note_promise(name, "2026-11-24T00:00:00+00:00", seen)
    call = [{"name": "promisedCallback", "value": "2026-11-24"}]
    office.desk.lists["troubleTicket"] = [doc(id="T1", expectedResolutionDate="2026-11-24", characteristic=call)]
    office.pull(Topic.TICKETS)
    (ticket,) = office.reader.tickets()
    assert ticket.promised == ticket.call_by == datetime(2026, 11, 24, 23, 59, 59, tzinfo=UTC)
    assert ticket.moved_from == ticket.call_moved_from == (datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC),)
    assert ticket.call_seen == seen


def test_when_an_end_was_replaced_is_remembered(office: Office) -> None:
    first, second = "2026-11-24T12:00:00Z", "2026-11-30T12:00:00Z"
    for end in (first, second):
        office.desk.lists["troubleTicket"] = [doc(id="T1", expectedResolutionDate=end)]
        office.desk.lists["productOrder"] = [doc(id="O1", state="inProgress", expectedCompletionDate=end)]
        office.pull(Topic.TICKETS, Topic.ORDERS)
        replaced, office.now = office.now, office.now + timedelta(hours=6)
    (ticket,), (order,) = office.reader.tickets(), office.reader.orders()
    assert ticket.moved_when == order.moved_when == ((datetime.fromisoformat(first), replaced),)


def test_an_end_that_was_moved_away_and_back_is_remembered_both_ways(office: Office) -> None:
    first, second = "2026-11-24T12:00:00Z", "2026-11-30T12:00:00Z"
    seen = []
    for end in (first, first, second, first):
        call = [{"name": "promisedCallback", "value": end}]
        office.desk.lists["troubleTicket"] = [doc(id="T1", expectedResolutionDate=end, characteristic=call)]
        office.desk.lists["productOrder"] = [doc(id="O1", state="inProgress", expectedCompletionDate=end)]
        office.pull(Topic.TICKETS, Topic.ORDERS)
        seen.append(office.now)
        office.now += timedelta(hours=6)
    (ticket,), (order,) = office.reader.tickets(), office.reader.orders()
    ends = (datetime.fromisoformat(first), datetime.fromisoformat(second))
    assert ticket.moved_from == ticket.call_moved_from == order.moved_from == ends
    assert ticket.moved_when == ticket.call_moved_when == order.moved_when == (
        (ends[0], seen[2]), (ends[1], seen[3]),
    )  # fmt: skip
    states = [p.state for p in promises_from([ticket], [], [], office.now) if p.what is PromiseOf.ANSWER]
    assert sorted(states) == ["moved", "moved", "open"]
    keep_ends(office.vault)
    known = office.vault.cache.promised_ends()
    assert len([1 for name, _end, _at in known if name == "T1"]) == 3


def test_a_date_that_came_back_after_it_had_passed_was_missed_once(office: Office) -> None:
    first, second = "2026-11-20T12:00:00Z", "2026-12-30T12:00:00Z"
    for end in (first, second, first):
        office.desk.lists["troubleTicket"] = [doc(id="T1", expectedResolutionDate=end)]
        office.pull(Topic.TICKETS)
        office.now += timedelta(hours=6)
    found = promises_from(office.reader.tickets(), [], [], office.now)
    assert sorted(p.state for p in found) == ["missed", "moved"]
