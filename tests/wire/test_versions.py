"""One customer read from an operator in v4, in v5 and mixed: the same account, and what is asked for arrives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from selfcare.account.session import Session, open_session
from selfcare.api.demo_login import demo_browser
from selfcare.api.profile import read_profile
from selfcare.domain.commands import AddNote, OpenTicket, RequestCode
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import WaitingState
from tests.sandbox_process import Sandbox

KEY = bytes(range(32))
READ = {t for t in Topic if t not in {Topic.SUPPORT, Topic.WAITING, Topic.LEAVING, Topic.SETTINGS, Topic.PAPERS}}
MANY = ("accounts", "bills", "payments", "lines", "contracts", "tickets", "problems", "contacts", "messages", "orders")


def now() -> datetime:
    return datetime.now(UTC)


def read(
    sandbox: Sandbox,
    folder: Path,
    login: str = "claire",
    brand: str = "orvane-gb",
    profile: OperatorProfile | None = None,
) -> Session:
    session = open_session(folder, KEY, profile or read_profile(sandbox.profile(brand)), now=now)
    session.sign_in(demo_browser, login_hint=login)
    session.round(topics=READ)
    assert session.trouble is None
    return session


def seen(session: Session) -> dict[str, Any]:
    reader = session.reader
    found: dict[str, Any] = {name: getattr(reader, name)() for name in MANY}
    found["customer"] = reader.customer()
    found["billLines"] = [reader.bill_lines(bill.id) for bill in found["bills"][:20]]
    assert all(f.failure is None and not f.unreadable for f in reader.freshness(*READ)), reader.freshness(*READ)
    return found


@pytest.fixture(scope="module")
def fresh() -> Iterator[Callable[[str], Sandbox]]:
    """A demo operator whose profile names a version."""
    from tests.sandbox_process import start_sandbox

    with start_sandbox("--clock", "2026-11-21T10:00:00Z", "--bills", "40") as running:

        def of(tmf: str) -> Sandbox:
            running.set_tmf(tmf)
            return running

        yield of


@pytest.mark.parametrize(("login", "brand"), [("claire", "orvane-gb"), ("atelier", "orvane-fr")])
def test_the_same_account_whatever_the_version(
    fresh: Callable[[str], Sandbox], tmp_path: Path, login: str, brand: str
) -> None:
    accounts = {}
    for tmf in ("v4", "v5", "mixed"):
        session = read(fresh(tmf), tmp_path / tmf, login, brand)
        accounts[tmf] = seen(session)
        session.close()
    for name, expected in accounts["v4"].items():
        assert expected
        assert accounts["v5"][name] == expected, name
        assert accounts["mixed"][name] == expected, name


def test_an_operator_that_changes_its_version_overnight_is_read_on(
    fresh: Callable[[str], Sandbox], tmp_path: Path
) -> None:
    session = read(fresh("v4"), tmp_path / "vault")
    before = seen(session)
    session.close()
    session = read(fresh("v5"), tmp_path / "vault")
    assert seen(session) == before
    session.close()


@pytest.mark.parametrize("tmf", ["v5", "mixed"])
def test_what_is_asked_for_arrives(tmf: str, new_sandbox: Callable[..., Sandbox], tmp_path: Path) -> None:
    sandbox = new_sandbox("--tmf", tmf, "--bills", "5")
    session = read(sandbox, tmp_path / "vault")
    line = next(line for line in session.reader.lines() if line.number)
    ticket = session.reader.tickets()[0]
    asked = (
        OpenTicket("It is dead", "It has been dead since Monday", "fault", "Minor"),
        AddNote(ticket.id, "It is still dead"),
        RequestCode(line.id, line.number, "PAC"),
    )
    for click, command in enumerate(asked):
        session.submit(command, f"click {click}")
    session.round(topics=READ)
    states = {type(one.command).__name__: one.state for one in session.reader.waiting()}
    assert states.pop("RequestCode") in {WaitingState.ACCEPTED, WaitingState.DONE}
    assert set(states.values()) <= {WaitingState.DONE}
    assert any("It is still dead" in note.text for one in session.reader.tickets() for note in one.notes)
    made = {effect["kind"]: effect["externalId"] for effect in sandbox.effects()["effects"]}
    assert set(made) == {"troubleTicket", "troubleTicket.patch", "productOrder"}
    assert made["troubleTicket"]
    assert made["productOrder"]
    session.close()
