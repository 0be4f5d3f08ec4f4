"""A real GNOME key store in its own desktop session: unlocked, locked, absent, silent, and with a hostile set-up."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ASK = """
import sys
from selfcare.domain.failures import Failure
from selfcare.host.keychain import system_keychain
try:
    keys = system_keychain(float(sys.argv[1]))
    for step in sys.argv[2:]:
        verb, _, rest = step.partition(":")
        if verb == "write":
            account, text = rest.split("=")
            keys.write(account, bytes.fromhex(text))
        elif verb == "delete":
            keys.delete(rest)
        elif verb == "read":
            found = keys.read(rest)
            print(">", found.hex() if found is not None else None)
        elif verb == "name":
            print(">", keys.name)
        elif verb == "loaded":
            print(">", rest in sys.modules)
except Failure as failure:
    print(">", type(failure).__name__)
"""
UNLOCK = "printf trial-pass | gnome-keyring-daemon --unlock --components=secrets >/dev/null"
START = "gnome-keyring-daemon --start --components=secrets >/dev/null"
KEY = "ab" * 32

Ask = Callable[..., list[str]]

pytestmark = pytest.mark.skipif(
    not (sys.platform == "linux" and shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="needs dbus-run-session and gnome-keyring-daemon (installers/setup.sh test installs them)",
)


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Runs the steps in a new desktop session of one and the same new home, and returns the printed lines."""
    home, runtime = tmp_path / "home", tmp_path / "run"
    home.mkdir()
    runtime.mkdir(mode=0o700)
    plain = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "LANG": "C.UTF-8"}

    def run(prepare: str | None, *steps: str, timeout: float = 20, env: dict[str, str] | None = None) -> list[str]:
        command = [sys.executable, "-c", ASK, str(timeout), *steps]
        if prepare is not None:
            command = ["dbus-run-session", "--", "sh", "-c", f"{prepare}; exec {shlex.join(command)}"]
        done = subprocess.run(
            command, env=plain | (env or {}), cwd=home, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        return [line[2:] for line in done.stdout.splitlines() if line.startswith("> ")]

    return run


def test_an_unlocked_store_keeps_reads_and_forgets_the_key(ask: Ask) -> None:
    steps = ("name", "read:a", f"write:a={KEY}", "read:a", "write:a=00", "read:a", "delete:a", "delete:a", "read:a")
    assert ask(UNLOCK, *steps) == ["Secret Service", "None", KEY, "00", "None"]


def test_the_key_is_there_after_a_restart_and_not_while_locked(ask: Ask) -> None:
    assert ask(UNLOCK, f"write:a={KEY}") == []
    assert ask(START, "read:a") == ["VaultLocked"]
    assert ask(UNLOCK, "read:a") == [KEY]


def test_the_store_leaves_no_trial_and_no_key_in_the_clear(ask: Ask, tmp_path: Path) -> None:
    ask(UNLOCK, f"write:a={KEY}")
    files = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert files
    for one in files:
        content = one.read_bytes()
        assert KEY.encode() not in content
        assert bytes.fromhex(KEY) not in content
        assert b"trial-" not in content


def test_no_desktop_session_means_no_key_store(ask: Ask) -> None:
    assert ask(None, "read:a") == ["NoKeyring"]


def test_a_store_that_cannot_even_ask_for_a_new_password_is_none(ask: Ask) -> None:
    assert ask("true", "read:a") == ["NoKeyring"]


def test_nothing_in_the_set_up_puts_another_store_in_its_place(ask: Ask, tmp_path: Path) -> None:
    config = tmp_path / "home" / ".config" / "python_keyring"
    config.mkdir(parents=True)
    (tmp_path / "thief.py").write_text("raise SystemExit('stolen')")
    (config / "keyringrc.cfg").write_text(f"[backend]\ndefault-keyring=thief.Keyring\nkeyring-path={tmp_path}\n")
    hostile = {
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "KEYRING_PROPERTY_GET_PASSWORD": "x",
        "KEYRING_PROPERTY_PREFERRED_COLLECTION": "/org/freedesktop/secrets/collection/session",
        "KEYRING_PROPERTY_SCHEME": "KeePassXC",
    }
    assert ask(UNLOCK, "name", f"write:a={KEY}", "read:a", "loaded:thief", env=hostile) == [
        "Secret Service",
        KEY,
        "False",
    ]
    assert ask(UNLOCK, "read:a") == [KEY]


@pytest.fixture
def display() -> Iterator[str]:
    """A screen of its own, on which the question appears."""
    reading, writing = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp"], pass_fds=[writing], stderr=subprocess.DEVNULL
    ) as xvfb:
        os.close(writing)
        with os.fdopen(reading, encoding="ascii") as numbers:
            yield f":{int(numbers.readline())}"
        xvfb.kill()


@pytest.mark.skipif(not shutil.which("Xvfb"), reason="needs Xvfb, to show a question that nobody answers")
def test_a_question_nobody_answers_ends_in_locked_after_the_limit(ask: Ask, display: str) -> None:
    ask(UNLOCK, f"write:a={KEY}")
    started = time.monotonic()
    prepare = f"dbus-update-activation-environment DISPLAY; {START}"
    assert ask(prepare, "read:a", timeout=2, env={"DISPLAY": display}) == ["VaultLocked"]
    assert time.monotonic() - started >= 2
    assert ask(UNLOCK, "read:a") == [KEY]
