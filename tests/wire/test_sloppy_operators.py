"""Every habit of sloppy servers: a whole account is read all the same, and what is asked for is never told wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from selfcare.account.session import Session
from selfcare.api.profile import read_profile
from selfcare.domain.commands import AddNote, Command, OpenTicket, SendContact
from selfcare.domain.failures import Refused
from selfcare.domain.orders import OrderState
from selfcare.domain.records import replace
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import TAKEN, Waiting, WaitingState
from selfcare.sandbox.faults import NAMES
from selfcare.sandbox.sloppy import HABITS, SLOPPY_HABITS
from tests.sandbox_process import Sandbox, start_sandbox
from tests.wire.test_versions import MANY, READ, read

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
READING = sorted(
    HABITS.keys()
    - {"no-list", "no-location", "post-200", "answers-202", "patch-ignored", "no-merge-patch", "error-detail"}
)


@pytest.fixture(scope="module")
def desk() -> Iterator[Sandbox]:
    with start_sandbox("--clock", "2026-11-21T10:00:00Z", "--bills", "8") as running:
        yield running


@pytest.fixture
def careless(desk: Sandbox) -> Iterator[Sandbox]:
    desk.set_faults()
    desk.set_tmf("v4")
    yield desk
    desk.set_faults()


@pytest.fixture(scope="module")
def expected(desk: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Claire's account as a careful operator shows it."""
    desk.set_faults()
    desk.set_tmf("v4")
    session = read(desk, tmp_path_factory.mktemp("careful") / "vault")
    found = facts(session)
    session.close()
    return found


def facts(session: Session) -> dict[str, Any]:
    """What matters of every noun: how many, which names, sums, days, and states."""
    reader = session.reader
    found: dict[str, Any] = {name: len(getattr(reader, name)()) for name in MANY}
    bills = [bill for bill in reader.bills() if not bill.no_longer_listed]
    found["sums"] = [(bill.number, bill.day, bill.total, bill.state, len(bill.papers)) for bill in bills]
    found["lines of bills"] = [
        [(line.name, line.gross, line.kind, line.is_billed) for line in reader.bill_lines(bill.id)] for bill in bills
    ]
    found["tickets told"] = [(t.title, t.kind, t.state, len(t.course), len(t.notes)) for t in reader.tickets()]
    found["orders told"] = [(o.category, o.state, o.completed is None) for o in reader.orders()]
    found["lines told"] = [(x.name, x.number, x.on_paper, x.price, x.since, len(x.options)) for x in reader.lines()]
    found["contracts told"] = [(c.name, c.number, c.starts, c.ends, len(c.terms)) for c in reader.contracts()]
    customer = reader.customer()
    assert customer is not None
    found["customer"] = (customer.name, customer.media)
    found["accounts told"] = [(a.name, a.balance, a.direct_debit) for a in reader.accounts()]
    found["contacts told"] = [(c.what, c.channel, c.agent, c.is_inbound) for c in reader.contacts()]
    return found


def is_whole(session: Session, *, strangers: bool = False) -> bool:
    return all(f.failure is None and (strangers or not f.unreadable) for f in session.reader.freshness(*READ))


@pytest.mark.parametrize("habit", [*READING, "no-counts past-end-404 small-pages"])
def test_each_habit_alone_changes_nothing(
    habit: str, careless: Sandbox, expected: dict[str, Any], tmp_path: Path
) -> None:
    careless.set_faults(*habit.split())
    session = read(careless, tmp_path / "vault")
    assert facts(session) == expected
    assert is_whole(session, strangers=habit == "ignored-filter"), session.reader.freshness(*READ)
    session.close()


@pytest.mark.parametrize("tmf", ["v4", "v5"])
def test_all_of_them_at_once(tmf: str, careless: Sandbox, expected: dict[str, Any], tmp_path: Path) -> None:
    careless.set_tmf(tmf)
    careless.set_faults("sloppy")
    session = read(careless, tmp_path / "vault")
    assert facts(session) == expected
    assert is_whole(session, strangers=True)
    session.close()


def test_a_log_that_can_be_written_to_but_not_read_is_told_so(careless: Sandbox, tmp_path: Path) -> None:
    careless.set_faults("no-list:partyInteraction")
    session = read(careless, tmp_path / "vault", "nadia")
    session.submit(SendContact("N-1", "phone", True, NOW, NOW, "They said it would be mended"), "click")
    session.round(topics=READ)
    (age,) = session.reader.freshness(Topic.CONTACTS)
    assert (age.offered, age.failure) == (
        True,
        Refused(405, "This cannot be done here", "methodNotAllowed"),
    )
    assert [one.state for one in session.reader.waiting()] == [WaitingState.DONE]
    session.close()


@pytest.mark.parametrize("login", ["claire", "edith"])
def test_documents_of_version_5_without_types_say_the_same(login: str, careless: Sandbox, tmp_path: Path) -> None:
    careless.set_tmf("v5")
    told = []
    for faults in ((), ("no-types",)):
        careless.set_faults(*faults)
        session = read(careless, tmp_path / f"vault{len(faults)}", login)
        told.append(facts(session))
        session.close()
    assert told[0] == told[1]


def test_strangers_are_left_out_where_the_token_alone_decides(
    careless: Sandbox, expected: dict[str, Any], tmp_path: Path
) -> None:
    careless.set_faults("ignored-filter")
    said = read_profile(careless.profile())
    apis = {api: replace(entry, owner_param="", owner_value="") if entry else None for api, entry in said.apis.items()}
    session = read(careless, tmp_path / "vault", profile=replace(said, apis=apis))
    assert facts(session) == expected
    assert [file.id for file in session.reader.letters() if file.id.startswith("X-")] == []
    session.close()


def test_sloppy_names_only_what_there_is() -> None:
    assert NAMES.keys() >= SLOPPY_HABITS
    assert NAMES.keys() >= HABITS.keys()
    assert len(SLOPPY_HABITS) >= 20


@pytest.fixture(scope="module")
def writer() -> Iterator[Sandbox]:
    with start_sandbox("--bills", "3") as running:
        yield running


@pytest.fixture
def taker(writer: Sandbox) -> Iterator[Sandbox]:
    """A demo operator that requests are sent to; nothing of earlier ones is counted."""
    writer.set_tmf("v4")
    writer.forget_effects()
    yield writer
    writer.set_faults()


TICKET = OpenTicket("It is dead", "It has been dead since Monday", "Incident", "Minor")


def asked(sandbox: Sandbox, folder: Path, command: Command, *faults: str) -> tuple[Session, Waiting]:
    """Somebody who reads, asks for something, and reads twice more, all under these faults."""
    sandbox.set_faults(*faults)
    session = read(sandbox, folder / "vault")
    if isinstance(command, AddNote) and not command.ticket_id:
        command = replace(command, ticket_id=session.reader.tickets()[0].id)
    session.submit(command, "one")
    session.round(topics={Topic.TICKETS})
    session.round(topics={Topic.TICKETS})
    return session, session.reader.waiting()[0]


@pytest.mark.parametrize("habit", ["no-location", "post-200", "answers-202", "odd-ids", "own-names", "sloppy"])
def test_a_ticket_arrives_once_however_it_is_answered(habit: str, taker: Sandbox, tmp_path: Path) -> None:
    session, waiting = asked(taker, tmp_path, TICKET, habit)
    if waiting.state is WaitingState.UNKNOWN:  # taken by a 202 that names nothing: looked for soon, or now
        assert (habit in {"answers-202", "sloppy"}, waiting.why) == (True, "taken")
        session.retry(waiting.id)
        session.round(topics={Topic.TICKETS})
        waiting = session.reader.waiting()[0]
    assert waiting.state is WaitingState.DONE
    assert [e["externalId"] for e in taker.effects()["effects"]] == [waiting.id]
    assert any(ticket.external_id == waiting.id for ticket in session.reader.tickets())
    session.close()


def test_a_patch_that_changes_nothing_is_not_told_as_done(taker: Sandbox, tmp_path: Path) -> None:
    session, waiting = asked(taker, tmp_path, AddNote("", "Still dead"), "patch-ignored")
    assert (waiting.state, waiting.why) == (WaitingState.UNKNOWN, TAKEN)  # a yes is no refusal: it may show later
    assert not taker.effects()["effects"]
    session.close()


@pytest.mark.parametrize("habit", ["no-merge-patch", "odd-ids", "lower-path", "misspelt", "object-for-list"])
def test_a_remark_arrives(habit: str, taker: Sandbox, tmp_path: Path) -> None:
    taker.set_tmf("v5")
    session, waiting = asked(taker, tmp_path, AddNote("", f"Still dead, says {habit}"), habit)
    assert waiting.state is WaitingState.DONE
    assert [e["kind"] for e in taker.effects()["effects"]] == ["troubleTicket.patch"]
    session.close()


@pytest.mark.parametrize("habit", ["error-message", "error-detail"])
def test_a_no_in_either_shape_is_a_no(habit: str, taker: Sandbox, tmp_path: Path) -> None:
    session, waiting = asked(taker, tmp_path, AddNote("nothing-here", "Hello"), habit)
    assert waiting.state is WaitingState.REJECTED
    session.close()


def test_an_invented_completion_completes_nothing(careless: Sandbox, tmp_path: Path) -> None:
    careless.set_faults("invented-dates")
    session = read(careless, tmp_path / "vault")
    assert all(o.completed is None for o in session.reader.orders() if o.state is not OrderState.COMPLETED)
    session.close()
