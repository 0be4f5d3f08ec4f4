"""What a first sign-in leaves on the computer, whatever the operator calls itself and however the program ends."""

from __future__ import annotations

import json

import pytest

from selfcare.api import finding
from selfcare.app.program import Program
from selfcare.host.settings import load_settings
from selfcare.ui.pages.welcome import WelcomePage
from tests.journeys.computer import Computer
from tests.journeys.person import must_say
from tests.journeys.quiet import quiet
from tests.sandbox_process import Sandbox
from tests.shots.driving import press, until


def sign_in(computer: Computer, operator: Sandbox) -> Program:
    """Start the program and sign in by the operator's address."""
    program = computer.start("nadia")
    page = program.window.current
    assert isinstance(page, WelcomePage)
    page.sign_in.address.setText(operator.issuer())
    press(page, "Sign in")
    until("the first page of the account", lambda: program.window.current is not page)
    quiet(program)
    must_say(program.window.sidebar, "Nadia Karim")
    return program


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
