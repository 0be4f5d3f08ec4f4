"""The file of requests is damaged: the bills need not stay closed, and nothing is deleted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from selfcare.app.program import Program
from selfcare.domain.commands import OpenTicket
from selfcare.ui.widgets.table import DataTable
from tests.journeys.computer import Computer, fill
from tests.journeys.person import go, in_dialog, must_say, rows_of, says
from tests.journeys.quiet import settled
from tests.sandbox_process import Sandbox
from tests.shots.driving import press, until

LOST = "The file with your requests and notes is damaged."
SOUND = "restored.db"
BROKEN = b"no requests here any more" * 400


@pytest.fixture
def folder(computer: Computer, operator: Sandbox, tmp_path: Path) -> Path:
    """The vault of an account whose file of requests was overwritten while the program was closed."""
    kept = fill(tmp_path / "filled", operator.issuer(), "nadia")
    computer.put(kept)
    program = computer.start("nadia")
    assert program.session is not None
    program.session.submit(OpenTicket("The line is dead", "Since Monday", "Incident"), "a1")
    operator.set_faults("down")
    computer.stop()
    vault = computer.home / "accounts" / "journey-nadia" / "vault"
    for side in ("-wal", "-shm"):
        (vault / f"actions.db{side}").unlink(missing_ok=True)
    (vault / "actions.db").replace(vault.parent / SOUND)
    (vault / "actions.db").write_bytes(BROKEN)
    return vault


def kept_beside(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.glob("damaged-*-actions.db")]


def test_the_rest_opens_when_the_customer_says_so(computer: Computer, folder: Path) -> None:
    program = computer.start("nadia")
    until("why it is closed", lambda: says(program.window, LOST), 20)
    must_say(program.window, "NOT confirmed: a ticket of", "Only the file with your requests and notes is damaged.")

    asked: list[str] = []

    def no(dialog: QDialog) -> None:
        asked.append(dialog.accessibleName())
        dialog.reject()

    in_dialog(lambda: press(program.window, "Open without it…"), no)
    settled(program)
    assert asked == ["Open without your requests and notes?"]
    must_say(program.window, LOST)
    assert kept_beside(folder) == [], "the safe answer changes nothing"
    assert (folder / "actions.db").read_bytes() == BROKEN

    in_dialog(lambda: press(program.window, "Open without it…"), lambda dialog: press(dialog, "Open without it"))
    until("the account", lambda: says(program.window.sidebar, "Nadia Karim"), 20)
    settled(program)
    must_say(program.window, "without the file that was damaged", "NOT confirmed: a ticket of", "damaged-")
    assert kept_beside(folder) == [BROKEN]
    table = go(program, "bills").findChild(DataTable)
    assert isinstance(table, DataTable)
    assert len(rows_of(table)) > 3

    program = computer.restart()
    must_say(program.window.sidebar, "Nadia Karim")
    assert not says(program.window, LOST)


def test_requests_that_were_restored_meanwhile_stay(computer: Computer, folder: Path) -> None:
    program = computer.start("nadia")
    until("why it is closed", lambda: says(program.window, LOST), 20)
    (folder.parent / SOUND).replace(folder / "actions.db")
    in_dialog(lambda: press(program.window, "Open without it…"), lambda dialog: press(dialog, "Open without it"))
    until("the account", lambda: says(program.window.sidebar, "Nadia Karim"), 20)
    settled(program)
    assert kept_beside(folder) == []
    assert not says(program.window, "without the file that was damaged")
    must_say(go(program, "waiting"), "The line is dead")


def signed_out(program: Program) -> None:
    """Wait for her account, and for it to be known that nobody is signed in to it."""
    until("the account", lambda: says(program.window.sidebar, "Nadia Karim"), 20)
    settled(program)
    until("the end of the session is known", lambda: program.context.is_signed_out, 20)


def test_the_sign_in_that_went_along_is_said_and_can_be_had_again(
    computer: Computer, operator: Sandbox, folder: Path
) -> None:
    operator.set_faults()
    program = computer.start("nadia")
    until("why it is closed", lambda: says(program.window, LOST), 20)
    in_dialog(lambda: press(program.window, "Open without it…"), lambda dialog: press(dialog, "Open without it"))
    signed_out(program)
    must_say(program.window, "You are signed out here.")

    press(program.window.topbar, "Sign in")
    until("the session", lambda: not program.context.is_signed_out, 20)
    settled(program)
    assert program.session is not None
    assert program.session.is_signed_in
    assert program.session.trouble is None


def test_another_customers_login_is_not_taken_afterwards(computer: Computer, operator: Sandbox, folder: Path) -> None:
    operator.set_faults()
    program = computer.start("claire")
    until("why it is closed", lambda: says(program.window, LOST), 20)
    in_dialog(lambda: press(program.window, "Open without it…"), lambda dialog: press(dialog, "Open without it"))
    signed_out(program)
    press(program.window.topbar, "Sign in")
    until("why not", lambda: says(program.window, "another customer"), 20)
    settled(program)
    assert program.session is not None
    assert not program.session.is_signed_in
    must_say(program.window.sidebar, "Nadia Karim")
