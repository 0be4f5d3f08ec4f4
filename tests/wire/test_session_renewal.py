"""One renewal at a time, whoever asks: threads, processes, and processes that are killed in the middle of it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from selfcare.account import signin
from selfcare.account.session import Session
from selfcare.api import login
from selfcare.api.demo_login import demo_browser
from selfcare.api.login import Tokens
from selfcare.api.profile import read_profile
from selfcare.domain.failures import SignedOut
from selfcare.host.turns import own_turn
from selfcare.store.vault import Vault, open_vault
from tests.renewing import FAR, KEY
from tests.sandbox_process import Sandbox

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(sandbox: Sandbox, tmp_path: Path) -> Path:
    """A vault in which nadia is signed in."""
    vault = open_vault(tmp_path / "v", KEY)
    (tmp_path / "profile.json").write_bytes(sandbox.profile())
    profile = read_profile(sandbox.profile())
    signin.sign_in(vault.actions, profile, demo_browser, timeout=30, cancelled=lambda: False, login_hint="nadia")
    vault.close()
    sandbox.reset_log()
    return tmp_path / "v"


@pytest.fixture
def renewing(folder: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts processes that renew the session of that vault, and ends them."""
    started: list[subprocess.Popen[str]] = []

    def start(threads: int, times: int, *dies: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.renewing", str(folder), str(folder.parent / "profile.json")]
        process = subprocess.Popen(
            [*command, str(threads), str(times), *dies],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def said(process: subprocess.Popen[str]) -> list[str]:
    lines, trouble = process.communicate(timeout=300)
    assert "Traceback" not in trouble, trouble
    assert process.returncode in {0, -9}, trouble
    return lines.splitlines()


def keys_of(folder: Path, sandbox: Sandbox) -> tuple[Vault, signin.SignedIn]:
    vault = open_vault(folder, KEY)
    profile = read_profile(sandbox.profile())
    return vault, signin.SignedIn(vault.actions, profile, lambda: FAR, folder / "session.lock")


def race(renewing: Callable[..., subprocess.Popen[str]], processes: int, threads: int, times: int) -> None:
    """The operator ends a session whose refresh token comes twice: if it goes on, none did."""
    running = [renewing(threads, times) for _ in range(processes)]
    lines = [line for process in running for line in said(process)]
    assert [line for line in lines if not line.startswith("token ")] == []
    assert len(lines) == processes * threads * times
    assert len(set(lines)) == len(lines), "a token was given out twice though each had to be new"


def test_threads_of_several_processes_never_use_a_refresh_token_twice(
    renewing: Callable[..., subprocess.Popen[str]], folder: Path, sandbox: Sandbox
) -> None:
    race(renewing, 3, 3, 5)
    vault, keys = keys_of(folder, sandbox)
    assert keys.access()
    vault.close()


@pytest.mark.campaign
def test_ten_thousand_renewals(renewing: Callable[..., subprocess.Popen[str]], folder: Path) -> None:
    race(renewing, 2, 10, 500)


def killed_again_and_again(
    renewing: Callable[..., subprocess.Popen[str]], folder: Path, sandbox: Sandbox, kills: int
) -> None:
    """The operator keeps a moment of grace for the answer that a killed process did not live to keep."""
    sandbox.set_tokens(refreshGrace=60)
    chance = random.Random(kills)
    steady = renewing(2, kills * 12)
    for _ in range(kills):
        victim = renewing(2, 10_000)
        assert victim.stdout is not None
        assert victim.stdout.readline().startswith("token ")
        time.sleep(chance.uniform(0, 0.08))
        victim.kill()
        assert all(line.startswith("token ") for line in said(victim)[:-1])
    assert {line.split()[0] for line in said(steady)} == {"token"}
    vault, keys = keys_of(folder, sandbox)
    assert keys.access()
    vault.close()


def test_a_killed_process_keeps_nobody_waiting_and_ends_no_session(
    renewing: Callable[..., subprocess.Popen[str]], folder: Path, sandbox: Sandbox
) -> None:
    killed_again_and_again(renewing, folder, sandbox, 3)


@pytest.mark.campaign
def test_a_hundred_kills(renewing: Callable[..., subprocess.Popen[str]], folder: Path, sandbox: Sandbox) -> None:
    killed_again_and_again(renewing, folder, sandbox, 100)


def test_a_new_session_is_on_the_disk_before_its_token_is_used(
    renewing: Callable[..., subprocess.Popen[str]], folder: Path, sandbox: Sandbox
) -> None:
    """Killed right after it was kept: the next start has the new one, without any moment of grace."""
    assert said(renewing(1, 1, "after")) == []
    vault, keys = keys_of(folder, sandbox)
    assert vault._databases[0].value("PRAGMA synchronous") == 2
    assert keys.access()
    vault.close()


def test_killed_before_it_was_kept_the_session_goes_on_within_the_grace_and_else_asks_for_a_sign_in(
    renewing: Callable[..., subprocess.Popen[str]], folder: Path, sandbox: Sandbox
) -> None:
    sandbox.set_tokens(refreshGrace=60)
    assert said(renewing(1, 1, "before")) == []
    vault, keys = keys_of(folder, sandbox)
    assert keys.access()
    sandbox.set_tokens(refreshGrace=0)
    assert said(renewing(1, 1, "before")) == []
    vault.actions.put_draft("letter", b"begun")
    with pytest.raises(SignedOut):
        keys.access()
    assert vault.actions.owner() is not None
    assert vault.actions.draft("letter") == b"begun"
    vault.close()


def test_another_window_has_renewed_it_meanwhile(folder: Path, sandbox: Sandbox) -> None:
    profile = read_profile(sandbox.profile())
    one, other = open_vault(folder, KEY), open_vault(folder, KEY)
    first = signin.SignedIn(one.actions, profile, turn=folder / "session.lock")
    second = signin.SignedIn(other.actions, profile, turn=folder / "session.lock")
    refused = first.access()
    assert second.access() == refused
    fresh = first.renew()
    assert second.renew() == fresh != refused
    assert sum(int(r["count"]) for r in sandbox.log()["requests"] if r["path"].endswith("/token")) == 1
    one.close()
    other.close()


def test_signing_out_forgets_before_it_tells(folder: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    vault, keys = keys_of(folder, sandbox)
    seen: list[bytes | None] = []

    def revoke(_profile: object, tokens: Tokens) -> None:
        assert tokens.refresh
        other = open_vault(folder, KEY)
        seen.append(other.actions.session())
        other.close()

    monkeypatch.setattr("selfcare.api.login.revoke", revoke)
    keys.leave()
    assert seen == [None]
    vault.close()


def test_who_signs_out_during_a_renewal_is_not_signed_in_by_its_answer(
    folder: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, keys = keys_of(folder, sandbox)
    other = open_vault(folder, KEY)
    refresh, ended = login.refresh, []

    def renewed(*facts: object, **named: object) -> Tokens:
        assert signin.take_tokens(other.actions) is not None
        return refresh(*facts, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("selfcare.api.login.refresh", renewed)
    monkeypatch.setattr("selfcare.api.login.revoke", lambda _profile, tokens: ended.append(tokens))
    with pytest.raises(SignedOut):
        keys.access()
    assert other.actions.session() is None
    assert len(ended) == 1, "what the operator gave meanwhile is ended too"
    assert signin.take_tokens(other.actions) is None
    other.close()
    vault.close()


def test_a_window_that_hangs_keeps_nobody_signed_in(
    folder: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_turn.__wrapped__, "__defaults__", (0.05,))  # type: ignore[attr-defined]
    vault, keys = keys_of(folder, sandbox)
    with own_turn(folder / "session.lock"):
        keys.leave()
    assert vault.actions.session() is None
    vault.close()


def test_the_running_program_takes_turns(folder: Path, sandbox: Sandbox) -> None:
    session = Session(folder, KEY, read_profile(sandbox.profile()), lambda: datetime.now(UTC))
    assert session._keys()._turn == folder / "session.lock"
    session.close()
