"""Whatever goes wrong at the operator is said in a sentence of its own; the last good state stays, with its age."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFrame, QLabel

from selfcare.app.program import Program
from selfcare.store.round import unread_kind
from selfcare.ui.widgets.table import DataTable
from tests.journeys.computer import Computer, Kept, fill
from tests.journeys.person import go, must_say, rows_of, says, top
from tests.journeys.quiet import quiet, refreshed, settled
from tests.sandbox_process import Sandbox
from tests.shots.driving import press, until

LOGIN = "nadia"
WHOLE_ROUND = {
    "down": "Your operator asks for some patience.",
    "html": "A web page came back instead of your data.",
    "truncated": "What came back was not a whole answer, so none of it was kept.",
    "500": "Your operator’s system has a fault (number 500).",
    "403": "Your operator does not let this be read.",
    "reset": "The connection to your operator was closed before any answer came.",
    "redirect": "Your operator’s address sent us on to another one, which was not followed.",
    "429": "Your operator asks for some patience.",
    "401": "Please sign in again.",
}
"""What stands above the page of bills after a round with each of these."""

ONE_DOCUMENT = {
    "unreadable": "1 document could not be understood.",
    "unknown-state": "",
    "missing-field": "",
}
"""What stands there when one document of each list is strange: nothing where it can be shown all the same."""

NUMBER, CHANGE = 1, 3
"""Where in a row of the list the bill's number is, and by how much it differs from the one before."""


@pytest.fixture
def program(computer: Computer, operator: Sandbox, tmp_path: Path) -> Program:
    """The program at the list of bills, on a home that was read once: one with a session of its own, since the shared
    home's is over as soon as one journey has renewed it or signed out."""
    computer.put(fill(tmp_path / "filled", operator.issuer(), LOGIN))
    started = computer.start(LOGIN)
    go(started, "bills")
    return started


def bills_on(program: Program) -> list[list[str]]:
    """The list of bills as it is shown."""
    table = program.window.current.findChild(DataTable)
    assert isinstance(table, DataTable)
    return rows_of(table)


def banners(program: Program) -> list[str]:
    """The sentences of the bands above the page."""
    bands = [band for band in program.window.findChildren(QFrame, "banner") if band.isVisible()]
    return [next(told for label in band.findChildren(QLabel) if (told := label.text())) for band in bands]


def bodies(program: Program) -> list[bytes]:
    """Every bill as it is kept."""
    session = program.session
    assert session is not None
    return [row.body for row in session._reading.cache.all("customerBill")]


def round_with(program: Program, operator: Sandbox, *faults: str) -> None:
    """One round while the operator is like this."""
    operator.set_faults(*faults)
    press(program.window.topbar, "Refresh")
    quiet(program)


@pytest.mark.parametrize("fault", WHOLE_ROUND)
def test_each_trouble_has_its_own_sentence(program: Program, operator: Sandbox, fault: str) -> None:
    rows, kept = bills_on(program), bodies(program)
    assert len(rows) > 3
    round_with(program, operator, fault, "no-etag")
    assert banners(program) == [WHOLE_ROUND[fault]]
    assert "ast read " in top(program), top(program)
    assert bills_on(program) == rows
    assert bodies(program) == kept
    operator.set_faults()
    if fault == "401":
        press(program.window.topbar, "Sign in")
        quiet(program)
    elif fault not in {"down", "429"}:
        refreshed(program)
    else:
        return
    assert banners(program) == []
    assert top(program).startswith("As your operator said on")
    assert bills_on(program) == rows


@pytest.mark.parametrize("fault", ["429", "down"])
def test_until_when_it_is_left_alone_is_said_once(program: Program, operator: Sandbox, fault: str) -> None:
    round_with(program, operator, fault, "no-etag")
    press(program.window.topbar, "Refresh")
    settled(program)
    (said,) = banners(program)
    assert said.startswith("Your operator asks for patience until ")
    must_say(program.window, "It is tried again by itself")
    go(program, "home")
    go(program, "bills")
    assert len(banners(program)) == 1


def kept_apart(program: Program) -> list[bytes]:
    """Every bill that could not be understood, as it came."""
    session = program.session
    assert session is not None
    return [row.body for row in session._reading.cache.all(unread_kind("customerBill"))]


@pytest.mark.parametrize("fault", ONE_DOCUMENT)
def test_one_strange_document_spoils_nothing(program: Program, operator: Sandbox, fault: str) -> None:
    rows, before = bills_on(program), bodies(program)
    round_with(program, operator, f"{fault}:customerBill", "no-etag")
    (strange,) = kept_apart(program) or [body for body in bodies(program) if body not in before]
    own_id = json.loads(strange)["id"]
    assert banners(program) == [s for s in (ONE_DOCUMENT[fault],) if s]
    shown, others = bills_on(program), [body for body in before if json.loads(body)["id"] != own_id]
    assert len(others) == len(before) - 1
    if fault == "unreadable":
        assert strange not in before
        assert bodies(program) == before, "the last one that was understood stays"
        assert shown == rows
    else:
        assert sorted(bodies(program)) == sorted([*others, strange])
        (number,) = {json.loads(body)["billNo"] for body in before} - {json.loads(body)["billNo"] for body in others}
        assert len(shown) == len(rows)
        wanted, found = ([list(row) for row in table if row[NUMBER] not in {number, own_id}] for table in (rows, shown))
        follower = [row[NUMBER] for row in rows].index(number) - 1
        if fault == "missing-field" and follower >= 0:
            for row in (wanted[follower], found[follower]):
                row[CHANGE] = ""  # it was held against the bill whose amount is missing now
        assert found == wanted, "the others are as they were"
    if fault == "unknown-state":
        must_say(go(program, f"bills/{own_id}"), "quarantined")
    if fault == "missing-field":
        must_say(program.window.current, "not stated", own_id)
    go(program, "home")
    assert not says(program.window, "our mistake")
    operator.set_faults()
    refreshed(program)
    go(program, "bills")
    assert banners(program) == []
    assert bills_on(program) == rows
    assert kept_apart(program) == []
    assert sorted(bodies(program)) == sorted(before)


def test_what_is_not_offered_is_not_nothing(computer: Computer, operator: Sandbox, tmp_path: Path) -> None:
    operator.set_faults("not-offered:TMF656")
    computer.put(fill(tmp_path / "filled", operator.issuer(), LOGIN))
    program = computer.start(LOGIN)
    page = go(program, "help")
    must_say(page, "Your operator does not offer this here", "That does not mean that there is none.")
    assert banners(program) == []


def test_a_slow_operator_can_be_stopped(program: Program, operator: Sandbox) -> None:
    rows, kept = bills_on(program), bodies(program)
    operator.set_faults("slow=2")
    press(program.window.topbar, "Refresh")
    until("progress", lambda: says(program.window.topbar, "Stop"))
    assert top(program).startswith("Reading ")
    go_on = time.monotonic()
    press(program.window.topbar, "Stop")
    until("the end of the round", lambda: not program.rounds._is_busy)
    assert time.monotonic() - go_on < 20, "it stops after the answer that is being waited for"
    quiet(program)
    assert bills_on(program) == rows
    assert bodies(program) == kept
    assert says(program.window.topbar, "Refresh")


def test_an_operator_that_cannot_be_reached_is_a_normal_state(
    computer: Computer, operator: Sandbox, homes: Callable[[str], Kept]
) -> None:
    computer.put(homes(LOGIN))
    profile = computer.home / "accounts" / f"journey-{LOGIN}" / "profile.json"
    profile.write_bytes(profile.read_bytes().replace(operator.url.encode(), b"http://127.0.0.1:1"))
    program = computer.start(LOGIN)
    go(program, "bills")
    rows = bills_on(program)
    round_with(program, operator)
    assert top(program).startswith("Offline. Last read ")
    assert banners(program) == []
    assert bills_on(program) == rows
