"""Every time of an appointment that a reading saw is remembered, and that it stood when it was over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from selfcare.account.ends import keep_ends
from selfcare.account.pull import pull
from selfcare.account.read import Reader
from selfcare.account.visits import note_standing
from selfcare.case.promises import PromiseState, promises_from
from selfcare.domain.appointments import Appointment, AppointmentState, Window
from selfcare.domain.operator import ApiEntry
from selfcare.domain.records import replace
from selfcare.domain.topics import Topic
from selfcare.store.vault import Vault, open_vault
from tests import samples
from tests.unit.account.desks import ScriptedDesk

START = datetime(2026, 11, 21, 10, tzinfo=UTC)
PROFILE = samples.profile()
PROFILE = replace(PROFILE, apis={**PROFILE.apis, "TMF646": ApiEntry("TMF646", "v4", "https://api.orvane.example/646")})


class Office:
    """A vault, an operator with one visit, and a clock."""

    def __init__(self, vault: Vault) -> None:
        self.vault, self.desk, self.now = vault, ScriptedDesk(), START
        party = {"id": "P1", "@referredType": "Individual"}
        self.desk.ones["customer"] = json.dumps({"id": "C1", "engagedParty": party}).encode()
        self.desk.ones["individual"] = b'{"id": "P1", "givenName": "Ann", "familyName": "Lee"}'

    def tells(self, day: int | None, first: int = 8, last: int = 12, status: str = "confirmed") -> Appointment:
        """The operator lists the visit for these hours of a November day (or nothing), and is read a minute later."""
        times = {"startDateTime": f"2026-11-{day}T{first:02}:00:00Z", "endDateTime": f"2026-11-{day}T{last:02}:00:00Z"}
        visit = json.dumps({"id": "V1", "status": status, "validFor": times}).encode()
        self.desk.lists["appointment"] = [] if day is None else [visit]
        return self.read()

    def read(self) -> Appointment:
        self.now += timedelta(minutes=1)
        outcome = pull(
            self.desk, self.vault, PROFILE, "C1", lambda: self.now, topics=(Topic.CUSTOMER, Topic.APPOINTMENTS)
        )
        assert outcome.trouble is None
        note_standing(self.vault, UTC)
        keep_ends(self.vault)
        (visit,) = Reader(self.vault, PROFILE).appointments()
        return visit


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    vault = open_vault(tmp_path / "v", bytes(32))
    yield Office(vault)
    vault.close()


def at(day: int, first: int = 8, last: int = 12) -> Window:
    return Window(datetime(2026, 11, day, first, tzinfo=UTC), datetime(2026, 11, day, last, tzinfo=UTC))


def test_every_change_of_its_time_is_remembered_in_the_order_seen(office: Office) -> None:
    for day, first in ((25, 8), (24, 8), (24, 10), (27, 8)):
        seen = office.tells(day, first)
    assert seen.window == at(27)
    assert seen.moved_from == (at(25), at(24), at(24, 10))
    assert [p.state for p in promises_from((), (), (), office.now, appointments=(seen,))].count(PromiseState.MOVED) == 2


def test_a_reading_that_finds_it_standing_afterwards_proves_that_nobody_came(office: Office) -> None:
    assert office.tells(24).stood_until == ()
    office.now = at(24).ends
    assert office.read().stood_until == (at(24).ends,), "a minute after its end"
    seen = office.tells(27, status="cancelled")
    assert (seen.moved_from, seen.stood_until) == ((at(24),), (at(24).ends,))
    states = {p.due: p.state for p in promises_from((), (), (), office.now, appointments=(seen,))}
    assert states == {at(24).ends: PromiseState.MISSED, at(27).ends: PromiseState.VOID}


@pytest.mark.parametrize("status", ["completed", "cancelled", "failed", "on the road"])
def test_what_does_not_stand_proves_nothing(office: Office, status: str) -> None:
    office.tells(24, status=status)
    office.now = at(24).ends
    assert office.read().stood_until == ()


def test_what_was_not_read_after_its_end_proves_nothing(office: Office) -> None:
    office.tells(24)
    office.now = at(26).ends
    office.desk.lists["appointment"] = [json.dumps({"id": "V1", "status": "completed"}).encode()]
    seen = office.read()
    assert (seen.window, seen.moved_from, seen.stood_until) == (None, (at(24),), ())


def test_it_is_kept_as_evidence_when_it_is_no_longer_listed(office: Office) -> None:
    office.tells(24)
    gone = office.tells(None)
    assert (gone.no_longer_listed, gone.window, gone.state) == (True, at(24), AppointmentState.CONFIRMED)


def test_an_operators_own_word_is_understood_by_its_profile(office: Office) -> None:
    office.tells(24, status="Technicien passé")
    entry = PROFILE.apis["TMF646"]
    assert entry is not None
    named = replace(PROFILE, apis={"TMF646": replace(entry, states={"technicien passé": "completed"})})
    (seen,) = Reader(office.vault, named).appointments()
    assert (seen.state, seen.state_word) == (AppointmentState.COMPLETED, "Technicien passé")


def test_a_ticket_whose_number_looks_like_a_visits_name_breaks_nothing(office: Office) -> None:
    office.tells(25)
    ticket = {"id": "visit:V1", "name": "odd", "expectedResolutionDate": "2026-11-30T10:00:00Z"}
    office.desk.lists["troubleTicket"] = [json.dumps(ticket).encode()]
    pull(office.desk, office.vault, PROFILE, "C1", lambda: office.now, topics=(Topic.CUSTOMER, Topic.TICKETS))
    reader = Reader(office.vault, PROFILE)
    assert [one.moved_from for one in reader.appointments()] == [()]
    assert [one.moved_from for one in reader.told_tickets()] == [()]
