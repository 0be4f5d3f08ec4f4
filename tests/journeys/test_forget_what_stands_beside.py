"""A proxy's password, the demo's beside the real one, and what was remembered of an operator in trouble."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from selfcare.app.program import Program
from selfcare.domain.failures import VaultLocked
from tests.journeys.computer import Computer, fill
from tests.journeys.person import go, says
from tests.journeys.quiet import quiet, settled
from tests.journeys.test_forget_everything import forget, nothing_is_left, set_a_proxy
from tests.sandbox_process import Sandbox
from tests.shots.driving import press, until


def test_a_locked_key_store_gives_up_the_proxys_password_later(
    computer: Computer,
    operator: Sandbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    computer.put(fill(tmp_path / "filled", operator.issuer(), "nadia"))
    program = computer.start("nadia")
    set_a_proxy(program)

    def locked(timeout: float = 30.0) -> object:
        raise VaultLocked

    with monkeypatch.context() as now:
        now.setattr("selfcare.host.keychain.system_keychain", locked)
        forget(go(program, "settings"))
        settled(program)
        assert sorted(computer.keys.secrets) == ["journey-nadia", "proxy"]
        computer.stop()
    settled(computer.start())
    assert nothing_is_left(computer)
    caplog.clear()


def test_the_demo_leaves_the_real_proxy_alone(computer: Computer, operator: Sandbox, tmp_path: Path) -> None:
    computer.put(fill(tmp_path / "filled", operator.issuer(), "nadia"))
    set_a_proxy(computer.start("nadia"))
    kept = dict(computer.keys.secrets)
    computer.stop()
    computer.login = "claire"
    program = computer.start_demo()
    until("the demo", lambda: says(program.window, "Claire Whitmore"), 30)
    quiet(program)
    choose(program, "own", "other.example:3128", "claire", "another one")
    assert {name: computer.keys.secrets[name] for name in kept} == kept
    assert computer.keys.secrets["proxy-demo"] == b"another one"
    choose(program, "none")
    assert "proxy-demo" not in computer.keys.secrets
    assert {name: computer.keys.secrets[name] for name in kept} == kept


def test_nothing_tells_which_operator_it_was(
    computer: Computer, operator: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    computer.put(fill(tmp_path / "filled", operator.issuer(), "nadia"))
    program = computer.start("nadia")
    quiet(program)
    until("the plan of the rounds", lambda: program.rounds._pace._rhythm is not None)
    operator.set_faults("429")
    assert program.rounds.read()
    until("what is remembered", (computer.home / "patience.json").exists)
    operator.set_faults()
    forget(go(program, "settings"))
    settled(program)
    assert nothing_is_left(computer)
    caplog.clear()


def choose(program: Program, way: str, *typed: str) -> None:
    """Choose a way to the internet in the settings."""
    page = go(program, "settings")
    page.way.way.setCurrentIndex(page.way.way.findData(way))  # type: ignore[attr-defined]
    for field, text in zip(("address", "user", "password"), typed, strict=False):
        getattr(page.way, field).clear()  # type: ignore[attr-defined]
        QTest.keyClicks(getattr(page.way, field), text)  # type: ignore[attr-defined]
    if typed:
        press(page, "Use this proxy")
    settled(program)
