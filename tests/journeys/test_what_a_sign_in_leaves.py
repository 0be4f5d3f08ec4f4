"""What a first sign-in leaves on the computer, whatever the operator calls itself and however the program ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from selfcare.api import finding
from selfcare.app.program import Program
from selfcare.domain.failures import NoKeyring
from selfcare.host.settings import load_settings
from selfcare.ui.pages.welcome import WelcomePage
from tests.journeys.computer import Computer
from tests.journeys.person import must_say
from tests.journeys.quiet import quiet
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
