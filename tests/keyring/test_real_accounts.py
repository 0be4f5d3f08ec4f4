"""Accounts whose keys are in a real GNOME key store: every state has its own name, and nothing is deleted for one."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.canaries import hits

ROOT = Path(__file__).parents[2]
UNLOCK = "printf trial-pass | gnome-keyring-daemon --unlock --components=secrets >/dev/null"
START = "gnome-keyring-daemon --start --components=secrets >/dev/null"
NO_BUS = ""

Live = Callable[..., list[str]]

pytestmark = pytest.mark.skipif(
    not (sys.platform == "linux" and shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="needs dbus-run-session and gnome-keyring-daemon (installers/setup.sh test installs them)",
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the accounts are."""
    return tmp_path / "accounts-home"


@pytest.fixture
def live(tmp_path: Path, home: Path) -> Live:
    """Goes through steps in a new desktop session of one and the same person; what they said."""
    person, runtime = tmp_path / "person", tmp_path / "run"
    person.mkdir()
    runtime.mkdir(mode=0o700)
    plain = {"PATH": os.environ["PATH"], "HOME": str(person), "XDG_RUNTIME_DIR": str(runtime), "LANG": "C.UTF-8"}
    plain["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"

    def run(prepare: str, *steps: str, timeout: float = 20, env: dict[str, str] | None = None) -> list[str]:
        command = [sys.executable, "-m", "tests.keyholding", str(home), str(timeout), *steps]
        if prepare:
            command = ["dbus-run-session", "--", "sh", "-c", f"{prepare}; exec {shlex.join(command)}"]
        done = subprocess.run(
            command, env=plain | (env or {}), cwd=person, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        return [line[2:] for line in done.stdout.splitlines() if line.startswith("> ")]

    return run


def content(home: Path) -> dict[str, bytes]:
    """Every file of the accounts that is not a lock."""
    return {str(one): one.read_bytes() for one in home.rglob("*.db") if one.is_file()}


def test_each_account_has_a_key_of_its_own_and_is_there_after_a_restart(live: Live) -> None:
    assert live(UNLOCK, "write:a=Kingfisher", "write:b=Nightingale", "items:") == ["['a', 'b']"]
    assert live(UNLOCK, "read:a", "read:b", "read:a") == ["Kingfisher", "Nightingale", "Kingfisher"]


@pytest.mark.parametrize(
    ("prepare", "says"), [(START, "VaultLocked"), (NO_BUS, "NoKeyring"), ("true", "VaultLocked")],
    ids=["locked", "absent", "woken by the question itself"],
)  # fmt: skip
def test_a_key_store_that_gives_nothing_changes_nothing(live: Live, home: Path, prepare: str, says: str) -> None:
    live(UNLOCK, "write:a=Kingfisher")
    before = content(home)
    assert live(prepare, "read:a", timeout=5) == [says]
    assert content(home) == before
    assert live(UNLOCK, "read:a") == ["Kingfisher"]


@pytest.mark.parametrize(
    ("harm", "says"), [("lose:a", "VaultKeyLost"), ("swap:a", "VaultWrongKey"), ("newer:a", "VaultNewer")]
)
def test_a_lost_a_wrong_and_an_older_program_are_told_apart_and_nothing_is_deleted(
    live: Live, home: Path, harm: str, says: str
) -> None:
    live(UNLOCK, "write:a=Kingfisher", "write:b=Nightingale", harm)
    before = content(home)
    assert live(UNLOCK, "read:a", "read:a", "read:b") == [says, says, "Nightingale"]
    after = content(home)
    assert {path: text for path, text in after.items() if "/a/" in path} == {
        path: text for path, text in before.items() if "/a/" in path
    }


def test_forgetting_leaves_no_file_and_no_key_and_touches_nobody_else(live: Live, home: Path) -> None:
    live(UNLOCK, "write:a=Kingfisher", "write:b=Nightingale")
    assert live(UNLOCK, "forget:a", "items:", "read:b") == ["['b']", "Nightingale"]
    assert not (home / "accounts" / "a").exists()
    assert live(UNLOCK, "forget:b", "items:", "files:") == ["[]", "0"]


def test_what_cannot_be_forgotten_for_want_of_its_key_store_is_kept_whole(live: Live, home: Path) -> None:
    live(UNLOCK, "write:a=Kingfisher")
    assert live(START, "forget:a", timeout=5) == ["VaultLocked"]
    assert live(UNLOCK, "read:a", "items:") == ["Kingfisher", "['a']"]


def test_an_account_of_another_computer_opens_nothing_here(live: Live, home: Path, tmp_path: Path) -> None:
    live(UNLOCK, "write:a=Kingfisher")
    shutil.rmtree(tmp_path / "person" / ".local")
    assert live(UNLOCK, "read:a", "items:") == ["VaultKeyLost", "[]"]
    assert content(home)


def test_neither_the_key_store_nor_the_accounts_have_anything_in_the_clear(
    live: Live, home: Path, tmp_path: Path
) -> None:
    live(UNLOCK, "write:a=Kingfisher-of-the-Thames", "write:b=Nightingale-of-Berkeley-Square")
    places = [home, tmp_path / "person", tmp_path / "run"]
    assert hits(places, ["Kingfisher-of-the-Thames", "Nightingale-of-Berkeley-Square", "trial-pass"]) == []


@pytest.fixture
def display() -> Iterator[str]:
    """A screen of its own, on which a question appears that nobody answers."""
    reading, writing = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp"], pass_fds=[writing], stderr=subprocess.DEVNULL
    ) as xvfb:
        os.close(writing)
        with os.fdopen(reading, encoding="ascii") as numbers:
            yield f":{int(numbers.readline())}"
        xvfb.kill()


@pytest.mark.skipif(not shutil.which("Xvfb"), reason="needs Xvfb, to show a question that nobody answers")
def test_a_question_nobody_answers_leaves_the_account_locked_and_whole(live: Live, home: Path, display: str) -> None:
    live(UNLOCK, "write:a=Kingfisher")
    before = content(home)
    prepare = f"dbus-update-activation-environment DISPLAY; {START}"
    assert live(prepare, "read:a", timeout=2, env={"DISPLAY": display}) == ["VaultLocked"]
    assert content(home) == before
    assert live(UNLOCK, "read:a") == ["Kingfisher"]
