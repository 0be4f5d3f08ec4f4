"""One ticket is one ticket, with all that was promised on it, under a new id after the operator changed its version."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.account.test_account_pull import Office, doc


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "v")
    yield office
    office.vault.close()


def ticket(own: str, promised: str = "2026-12-01T12:00:00Z", **more: object) -> bytes:
    facts = {
        "name": "No signal", "description": "Nothing since Monday", "severity": "Major", "ticketType": "Incident",
        "status": "inProgress", "creationDate": "2026-11-20T09:00:00Z", "expectedResolutionDate": promised,
    }  # fmt: skip
    return doc(id=own, **{**facts, **more})


def tickets(office: Office) -> list[tuple[str, bool, int]]:
    return [(one.id, one.no_longer_listed, len(one.moved_from)) for one in office.reader.tickets()]


@pytest.mark.parametrize("more", [{}, {"externalId": "our-own-number"}])
def test_a_ticket_that_comes_back_under_another_id_is_the_same_ticket(office: Office, more: dict[str, object]) -> None:
    office.desk.lists["troubleTicket"] = [ticket("T1", **more)]
    office.pull()
    office.desk.lists["troubleTicket"] = [ticket("T1", "2026-12-02T12:00:00Z", **more)]
    office.pull()
    office.desk.lists["troubleTicket"] = [ticket("urn:night:T1", "2026-12-03T12:00:00Z", **more)]
    for _ in range(2):
        office.pull()
        assert tickets(office) == [("urn:night:T1", False, 2)]
    office.desk.lists["troubleTicket"] = [ticket("T1", "2026-12-03T12:00:00Z", **more)]
    office.pull()
    assert tickets(office) == [("T1", False, 2)], "and back again"


@pytest.mark.parametrize(
    "other",
    [
        {"name": "No internet"},
        {"description": "Nothing since Tuesday"},
        {"creationDate": "2026-11-20T09:00:01Z"},
        {"externalId": "another"},
    ],
)
def test_a_ticket_that_is_listed_no_more_stays_beside_another_one(office: Office, other: dict[str, object]) -> None:
    office.desk.lists["troubleTicket"] = [ticket("T1", externalId="" if "externalId" not in other else "ours")]
    office.pull()
    office.desk.lists["troubleTicket"] = [ticket("T2", **other)]
    office.pull()
    assert sorted(tickets(office)) == [("T1", True, 0), ("T2", False, 0)]


def test_two_that_are_listed_are_two(office: Office) -> None:
    office.desk.lists["troubleTicket"] = [ticket("T1"), ticket("T2")]
    office.pull()
    assert len(tickets(office)) == 2
