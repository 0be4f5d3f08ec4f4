"""This version cannot read the description that the vault vouches for: the account opens with one agreed to anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog

from selfcare.app import accounts
from selfcare.app.program import Program
from selfcare.app.vouching import KEPT_AS, vouch_for
from selfcare.host.settings import load_settings
from tests.journeys.computer import Computer, fill
from tests.journeys.person import button_of, go, in_dialog, must_say, says
from tests.journeys.quiet import settled
from tests.journeys.test_where_a_description_leads import host_of
from tests.sandbox_process import Sandbox
from tests.shots.driving import buttons, press, until

ANEW = "Ask for the description anew…"
CLOSED = "is damaged, or of another version of this program"


@pytest.fixture
def folder(computer: Computer, operator: Sandbox, tmp_path: Path) -> Path:
    """The folder of an account whose description, also in its vault, names a version of an API nobody here speaks."""
    computer.put(fill(tmp_path / "filled", operator.issuer(), "nadia"))
    (entry,) = load_settings(computer.settings_path).accounts
    told = json.loads(operator.profile())
    told["apis"]["TMF678"]["version"] = "v6"
    vault = accounts.open_files(computer.home, entry, "")
    vouch_for(vault, json.dumps(told).encode())
    vault.close()
    place = accounts.account_folder(computer.home, entry)
    accounts.keep_profile(computer.home, entry, json.dumps(told).encode())
    (place / "profile.json.copy").write_bytes(json.dumps(told).encode())
    return place


def closed(computer: Computer) -> Program:
    program = computer.start("nadia")
    until("why it is closed", lambda: says(program.window, CLOSED), 20)
    must_say(program.window, "names a version that this program does not speak")
    return program


def test_the_operator_is_asked_and_the_customer_agrees(computer: Computer, operator: Sandbox, folder: Path) -> None:
    program = closed(computer)
    before = (folder / "profile.json").read_bytes()
    operator.reset_log()

    def no(dialog: QDialog) -> None:
        must_say(
            dialog,
            "Are these servers those of Orvane Mobile?",
            f"This description comes from {host_of(operator.url)}.",
            host_of(operator.url),
            "you would sign in there, customer",
            "Nothing of yours has been sent yet.",
        )
        button_of(dialog, "Leave it closed").click()

    def answered(act: Any) -> None:
        in_dialog(lambda: press(program.window, ANEW), act)
        settled(program)

    answered(no)
    must_say(program.window, CLOSED)
    assert (folder / "profile.json").read_bytes() == before, "the safe answer changes nothing"
    assert operator.log()["count"] == 1, "its description alone was asked for"

    answered(lambda dialog: button_of(dialog, "Open with this description").click())
    until("the account", lambda: says(program.window.sidebar, "Nadia Karim"), 20)
    settled(program)
    assert program.session is not None
    assert program.session.trouble is None
    assert program.session.draft(KEPT_AS) == operator.profile()
    assert program.session.note(KEPT_AS) == operator.profile()
    must_say(computer.restart().window.sidebar, "Nadia Karim")


def test_a_file_will_do_where_nobody_answers(
    computer: Computer, operator: Sandbox, folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "operator.json"
    file.write_bytes(operator.profile())
    operator.set_faults("down")
    program = closed(computer)
    press(program.window, ANEW)
    settled(program)
    assert not says(program.window, "does not speak")
    must_say(program.window, CLOSED)
    assert buttons(program.window, ANEW), "it can be asked again"

    page: Any = program.window.current
    in_dialog(
        lambda: page.description_wanted.emit("", str(file)),
        lambda dialog: (
            must_say(dialog, "This description comes from the file that you chose."),
            button_of(dialog, "Open with this description").click(),
        ),
    )
    until("the account", lambda: says(program.window.sidebar, "Nadia Karim"), 20)
    settled(program)
    must_say(go(program, "bills"), "14 bills since")


def test_a_description_of_another_login_is_not_even_asked_about(
    computer: Computer, operator: Sandbox, folder: Path, tmp_path: Path
) -> None:
    other = json.loads(operator.profile())
    other["auth"]["issuer"] = "https://evil.example"
    file = tmp_path / "operator.json"
    file.write_text(json.dumps(other))
    program = closed(computer)
    page: Any = program.window.current
    page.description_wanted.emit("", str(file))
    settled(program)
    must_say(program.window, "at another address than when this account was set up", CLOSED)
    assert b"evil" not in (folder / "profile.json").read_bytes()
