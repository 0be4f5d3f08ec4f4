"""The file of the settings, or of what was read, is damaged or gone: the account is there, and the damage is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from selfcare.host.settings import load_settings
from tests.journeys.computer import Computer, Kept
from tests.journeys.person import must_say, says
from tests.journeys.quiet import settled
from tests.sandbox_process import Sandbox


@pytest.mark.parametrize("damage", ["cut", "bit", "gone"])
def test_the_account_opens_all_the_same(
    computer: Computer, operator: Sandbox, homes: Callable[[str], Kept], damage: str
) -> None:
    computer.put(homes("nadia"))
    program = computer.start("nadia")
    settled(program)
    before = program.settings.accounts
    program.keep_settings(program.settings)
    settled(program)
    computer.stop()
    path = computer.settings_path
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:40])
    elif damage == "bit":
        path.write_bytes(path.read_bytes().replace(b"journey-nadia", b"journey-nadib"))
    else:
        path.unlink()

    program = computer.start("nadia")
    must_say(program.window.sidebar, "Nadia Karim")
    must_say(program.window, "Your accounts were restored.")
    assert load_settings(path).accounts == before
    program = computer.restart()
    must_say(program.window.sidebar, "Nadia Karim")
    assert not says(program.window, "Your accounts were restored.")


@pytest.mark.parametrize("which", ["cache", "papers"])
def test_damage_of_what_was_read_is_said(
    computer: Computer, homes: Callable[[str], Kept], which: str, caplog: pytest.LogCaptureFixture
) -> None:
    computer.put(homes("nadia"))
    program = computer.start("nadia")
    settled(program)
    computer.stop()
    (path,) = computer.home.glob(f"**/{which}.db")
    path.write_bytes(b"\1" * 600 + path.read_bytes()[600:])

    program = computer.start("nadia")
    must_say(program.window, "A file of what was read is damaged.")
    computer.stop()
    assert f"the {which} file is damaged" in caplog.text
    caplog.clear()
    program = computer.start("nadia")
    assert not says(program.window, "A file of what was read is damaged.")
