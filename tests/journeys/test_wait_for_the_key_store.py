"""A locked key store asks its own question and answers late: the window says meanwhile what it waits for."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest

from selfcare.app.early import begin_early
from selfcare.app.entrance import Entrance
from selfcare.app.program import Program
from selfcare.domain.failures import VaultLocked
from selfcare.host.settings import load_settings
from selfcare.ui.desk import Desk
from tests.journeys.computer import Computer, Kept, KeyStore
from tests.journeys.person import must_say, says
from tests.journeys.quiet import settled
from tests.sandbox_process import Sandbox
from tests.shots.driving import buttons, until

WAITING = "Waiting for the key store of your computer"


class SlowKeys(KeyStore):
    """A key store that answers when the customer has answered it."""

    answered: Event
    is_refused = False

    def read(self, account: str) -> bytes | None:
        """Wait for the customer."""
        self.answered.wait(60)
        if self.is_refused:
            raise VaultLocked
        return KeyStore.read(self, account)


@pytest.fixture
def slow(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> SlowKeys:
    """The computer's key store, locked."""
    keys = SlowKeys(computer.keys.secrets)
    keys.answered = Event()
    computer.keys = keys
    monkeypatch.setattr("selfcare.host.keychain.system_keychain", lambda timeout=30.0: keys)
    return keys


def start(computer: Computer) -> Program:
    """Start as far as the question of the key store."""
    settings = load_settings(computer.settings_path)
    desk = Desk(settings.look)
    early = begin_early(desk, computer.home, settings)
    program = Program(desk, computer.home, settings, computer.settings_path, early)
    computer._running, computer._entrance = program, Entrance(program)
    program.desk.qt.setQuitOnLastWindowClosed(False)
    computer.entrance.open_current()
    program.show_soon()
    return program


def test_what_is_waited_for_is_said(
    computer: Computer, slow: SlowKeys, operator: Sandbox, homes: Callable[[str], Kept]
) -> None:
    computer.put(homes("nadia"))
    program = start(computer)
    until("the sentence", lambda: says(program.window, WAITING), 20)
    assert not program.window.sidebar.isVisible()
    assert not buttons(program.window, "Forget this data…"), "nothing is to be decided while the question stands"
    slow.answered.set()
    settled(program)
    must_say(program.window.sidebar, "Nadia Karim")
    assert not says(program.window, WAITING)


def test_no_answer_is_said_with_another_try(
    computer: Computer, slow: SlowKeys, operator: Sandbox, homes: Callable[[str], Kept]
) -> None:
    computer.put(homes("nadia"))
    program = start(computer)
    until("the sentence", lambda: says(program.window, WAITING), 20)
    slow.is_refused = True
    slow.answered.set()
    settled(program)
    must_say(program.window, "The key store of this computer is locked.")
    assert not says(program.window, WAITING)
    slow.is_refused = False
    buttons(program.window, "Try again")[0].click()
    settled(program)
    must_say(program.window.sidebar, "Nadia Karim")
