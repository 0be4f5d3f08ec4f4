"""The program ends in the middle of a first sign-in or a first reading: nothing nameless is left, and nothing lost."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from selfcare.app.removing import run
from selfcare.host.settings import load_settings
from tests.journeys.computer import Computer
from tests.journeys.person import must_say, press_until, says
from tests.journeys.quiet import quiet, settled
from tests.journeys.test_first_start import left_of, type_address
from tests.sandbox_process import Sandbox
from tests.shots.driving import until


def killed_in_the_browser(computer: Computer, operator: Sandbox, kept: Path) -> None:
    """What is on the disk, and in the key store, while the window waits for the browser is all that is left."""
    program = computer.start("nadia")
    asked: list[str] = []
    program.browser = asked.append
    page = type_address(program, operator.issuer())
    press_until(page, "Sign in", "the browser", lambda: bool(asked))
    shutil.copytree(computer.home, kept)
    secrets = dict(computer.keys.secrets)
    assert secrets
    computer.stop()
    shutil.rmtree(computer.home)
    shutil.copytree(kept, computer.home)
    computer.keys.secrets.update(secrets)


def test_a_sign_in_that_was_not_finished_leaves_nothing(computer: Computer, operator: Sandbox, tmp_path: Path) -> None:
    killed_in_the_browser(computer, operator, tmp_path / "kept")
    assert load_settings(computer.settings_path).accounts == ()
    program = computer.start("nadia")
    until("nothing left", lambda: left_of(computer) == [], 20)
    must_say(program.window, "Sign in to your operator")


def test_removing_everything_finds_it_too(
    computer: Computer, operator: Sandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    killed_in_the_browser(computer, operator, tmp_path / "kept")
    assert run(yes=True) == 0
    assert left_of(computer) == []
    assert "Everything was removed." in capsys.readouterr().out


def test_a_first_reading_that_was_not_finished_goes_on(computer: Computer, operator: Sandbox) -> None:
    program = computer.start("nadia")
    page = type_address(program, operator.issuer())
    press_until(page, "Sign in", "the reading", lambda: says(page, "The first reading"))
    operator.set_faults("slow=0.3")
    until("the account is kept", lambda: bool(load_settings(computer.settings_path).accounts))
    computer.stop()
    operator.set_faults()
    (entry,) = load_settings(computer.settings_path).accounts
    assert list(computer.keys.secrets) == [entry.id]

    program = computer.start("nadia")
    until("the rest", lambda: says(program.window.sidebar, "Nadia Karim"), 30)
    quiet(program)
    assert not list((computer.home / "accounts").glob("*.forget"))


def test_it_is_kept_also_where_the_window_closes_before_that_is_on_the_disk(
    computer: Computer, operator: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = computer.start("nadia")
    page = type_address(program, operator.issuer())
    lane, signed_in = program.desk.store, program.withdraw_address

    def busy() -> None:
        while not lane._closed:
            time.sleep(0.001)

    def hold() -> None:
        signed_in()
        lane.run(busy)

    monkeypatch.setattr(program, "withdraw_address", hold)
    press_until(page, "Sign in", "the reading", lambda: says(page, "The first reading"))
    computer.stop()
    (entry,) = load_settings(computer.settings_path).accounts
    assert list(computer.keys.secrets) == [entry.id]
    assert not list((computer.home / "accounts").glob("*.forget"))


def test_a_first_reading_that_was_stopped_is_forgotten_for_good(computer: Computer, operator: Sandbox) -> None:
    program = computer.start("nadia")
    page = type_address(program, operator.issuer())
    press_until(page, "Sign in", "the reading", lambda: says(page, "The first reading"))
    operator.set_faults("slow=0.3")
    press_until(page, "Cancel", "the choices", lambda: says(page, "Sign in to your operator"))
    operator.set_faults()
    settled(program)
    assert load_settings(computer.settings_path).accounts == ()
    program = computer.restart()
    must_say(program.window, "Sign in to your operator")
    assert left_of(computer) == []
