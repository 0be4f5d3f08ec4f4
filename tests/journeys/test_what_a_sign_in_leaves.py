"""What a first sign-in leaves on the computer, whatever the operator calls itself and however the program ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from selfcare.account.signin import kept_tokens
from selfcare.api import finding
from selfcare.api.login import Tokens, refresh
from selfcare.app import entrance as entrance_room
from selfcare.app import program as program_room
from selfcare.app.forgetting import mark
from selfcare.app.program import Program
from selfcare.domain.failures import DiskTrouble, NoKeyring, SignedOut
from selfcare.domain.operator import OperatorProfile
from selfcare.host.settings import Settings, load_settings
from selfcare.ui.pages.welcome import WelcomePage
from tests.journeys.computer import Computer
from tests.journeys.person import must_say, says
from tests.journeys.quiet import quiet, settled
from tests.sandbox_process import Sandbox
from tests.shots.driving import press, until


def sign_in(computer: Computer, operator: Sandbox, *, keeps: bool = True) -> Program:
    """Start the program and sign in by the operator's address."""
    program = computer.start("nadia")
    page = program.window.current
    assert isinstance(page, WelcomePage)
    page.sign_in.address.setText(operator.issuer())
    if not keeps:
        page.key.nothing.click()
    press(page, "Sign in")
    until("the first page of the account", lambda: program.window.current is not page)
    quiet(program)
    must_say(program.window.sidebar, "Nadia Karim")
    return program


def files_of(computer: Computer) -> list[str]:
    """Every file of the accounts."""
    return sorted(str(path.relative_to(computer.home)) for path in computer.home.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", ["demo", "demo-mobile"])
def test_an_operator_that_calls_itself_as_the_demo_is_kept(
    computer: Computer, operator: Sandbox, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    published = finding.fetch_profile

    def renamed(address: str) -> bytes:
        return json.dumps(json.loads(published(address)) | {"id": name}).encode()

    monkeypatch.setattr(finding, "fetch_profile", renamed)
    sign_in(computer, operator)
    computer.stop()
    (entry,) = load_settings(computer.settings_path).accounts
    assert entry.id.startswith(f"{name}-")
    assert list(computer.keys.secrets) == [entry.id]
    program = computer.start("nadia")
    must_say(program.window.sidebar, "Nadia Karim")


def test_a_kill_leaves_nothing_where_nothing_is_to_be_kept(
    computer: Computer, operator: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def none(timeout: float = 30.0) -> object:
        raise NoKeyring

    monkeypatch.setattr("selfcare.host.keychain.system_keychain", none)
    sign_in(computer, operator, keeps=False)
    killed = tmp_path / "killed"
    shutil.copytree(computer.home.parent, killed)
    assert list(killed.rglob("actions.db"))
    computer.stop()
    assert files_of(computer) == []
    shutil.copytree(killed, computer.home.parent, dirs_exist_ok=True)
    program = computer.start("nadia")
    quiet(program)
    must_say(program.window, "Sign in to your operator")
    assert files_of(computer) == []


def session_of(program: Program) -> tuple[OperatorProfile, Tokens]:
    """The session with the operator, as it is kept."""
    session = program.session
    assert session is not None
    tokens = kept_tokens(session._reading.actions)
    assert tokens is not None
    return session.profile, tokens


def must_have_ended(found: tuple[OperatorProfile, Tokens]) -> None:
    """The operator takes this session no more."""
    with pytest.raises(SignedOut):
        refresh(*found)


def test_choices_that_cannot_be_written_leave_no_account_that_nobody_sees(
    computer: Computer, operator: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = computer.start("nadia")
    program.keep_settings(program.settings)
    settled(program)
    found: list[tuple[OperatorProfile, Tokens]] = []

    def full(path: Path, settings: Settings) -> None:
        raise DiskTrouble("full")

    for room in (entrance_room, program_room):
        monkeypatch.setattr(room, "save_settings", full)
    signed_in = program.withdraw_address

    def note() -> None:
        if program.session is not None:
            found.append(session_of(program))
        signed_in()

    monkeypatch.setattr(program, "withdraw_address", note)
    page = program.window.current
    assert isinstance(page, WelcomePage)
    page.sign_in.address.setText(operator.issuer())
    press(page, "Sign in")
    until("what is wrong", lambda: says(page, "The disk is full, so nothing new was kept."))
    settled(program)
    must_say(page, "Sign in to your operator")
    assert (files_of(computer), computer.keys.secrets) == ([], {})
    must_have_ended(found[0])


def test_where_nothing_is_kept_the_session_ends_with_the_window(
    computer: Computer, operator: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(timeout: float = 30.0) -> object:
        raise NoKeyring

    monkeypatch.setattr("selfcare.host.keychain.system_keychain", none)
    found = session_of(sign_in(computer, operator, keeps=False))
    computer.stop()
    must_have_ended(found)


@pytest.mark.parametrize("ends", ["at the next start", "as the window closes"])
def test_what_a_kill_left_to_be_forgotten_ends_its_session_too(
    computer: Computer, operator: Sandbox, ends: str
) -> None:
    program = sign_in(computer, operator)
    found, entry = session_of(program), program.entry
    assert entry is not None
    if ends == "at the next start":
        computer.stop()
        mark(computer.home, entry)
        quiet(computer.start("nadia"))
    else:
        mark(computer.home, entry)
    computer.stop()
    assert (files_of(computer), computer.keys.secrets) == ([], {})
    must_have_ended(found)
