"""A second start brings the window that is open to the front, and its file with it: two real processes."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from selfcare.host.meeting import meeting_point
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="real processes, and a bus without a key store")

WITHIN = 30.0

WATCHED = """
import json, sys
from PySide6.QtGui import QFileOpenEvent
from selfcare.app import start as starting
from selfcare.host.ending import Ending
from selfcare.host.folders import log_dir
from selfcare.ui.desk import Desk
from selfcare.ui.pages.welcome import WelcomePage

demo = sys.argv[1:] == ["demo"]
started = starting.start(*starting.places(demo=demo), log_dir())
desk = started.program.desk
seen = {"raised": 0, "named": "", "hears": False}
show = Desk.show_window
def counted(self):
    seen["raised"] += 1
    show(self)
Desk.show_window = counted
started.takes_files = not demo
started.entrance.welcome()
def look():
    page = started.program.window.current
    seen["named"] = started.entrance.bringing.names
    seen["offers"] = hasattr(page, "brought_button")
    seen["hears"] = desk._neighbour is not None and desk._neighbour.listens
    print(json.dumps(seen), flush=True)
    desk.after("look", 0.1, look)
look()
if sys.argv[1:] == ["mac"]:
    desk.qt.sendEvent(desk.qt, QFileOpenEvent("/before.zip"))
    desk.after("mac", 1.0, lambda: desk.qt.sendEvent(desk.qt, QFileOpenEvent("/later.zip")))
sys.exit(started.stay(Ending()))
"""
"""The program as it starts, watched from outside: what it shows is printed again and again."""


class First:
    """The start that has the window."""

    def __init__(self, *words: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", WATCHED, *words], env=environment(), stdout=subprocess.PIPE, text=True
        )

    def until(self, what: str, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Read on until it shows that."""
        assert self.process.stdout is not None
        deadline = time.monotonic() + WITHIN
        for line in self.process.stdout:
            seen = json.loads(line)
            if is_so(seen):
                return dict(seen)
            assert time.monotonic() < deadline, f"{what}: {seen}"
        raise AssertionError(f"it ended before {what}")


def environment() -> dict[str, str]:
    own = {"QT_QPA_PLATFORM": "offscreen", "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
    return {**os.environ, **own, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}


def start(*words: str) -> subprocess.CompletedProcess[str]:
    """Another start of the program, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "selfcare", *words], env=environment(), capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home with a short path: an address takes no long one."""
    with tempfile.TemporaryDirectory(prefix="s") as folder:
        monkeypatch.setenv("SELFCARE_HOME", folder)
        monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
        yield Path(folder)


@pytest.fixture
def first(home: Path) -> Iterator[Callable[..., First]]:
    """Starts the first one; it is ended by its own end."""
    running: list[First] = []

    def begin(*words: str) -> First:
        running.append(First(*words))
        return running[-1]

    yield begin
    for one in running:
        one.process.terminate()
        one.process.communicate(timeout=WITHIN)


def test_it_raises_the_window_and_hands_over_the_file(first: Callable[..., First], home: Path) -> None:
    window = first()
    window.until("listening", lambda seen: bool(seen["hears"]))
    done = start()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert window.until("raised", lambda seen: seen["raised"] == 1)["named"] == ""
    file = home / "mes factures é.selfcare"
    file.touch()
    assert start(str(file)).returncode == 0
    window.until("the file", lambda seen: seen["raised"] == 2 and seen["named"] == file.name and seen["offers"])
    assert start("--at-login").returncode == 3, "a login raises nothing"
    speak_nonsense(Path(meeting_point(home / "data")))
    assert start().returncode == 0
    seen = window.until("raised again", lambda seen: seen["raised"] == 3)
    assert seen["named"] == file.name


def speak_nonsense(address: Path) -> None:
    """What is no call gets no answer, however much it is and however many come at once."""
    assert address.parent.stat().st_mode & 0o077 == 0
    assert address.stat().st_mode & 0o077 == 0
    kept = []
    for said in (b"hello\n", b"x" * 100_000, b'{"version": "1", "open": "relative.zip"}\n'):
        with socket.socket(socket.AF_UNIX) as one:
            one.settimeout(WITHIN)
            one.connect(str(address))
            try:
                one.sendall(said)
                assert one.recv(100) == b""
            except (BrokenPipeError, ConnectionResetError):
                pass
    for _ in range(20):
        silent = socket.socket(socket.AF_UNIX)
        silent.connect(str(address))
        kept.append(silent)
    for one in kept:
        one.close()


def test_the_demos_window_does_not_answer_for_the_real_one(first: Callable[..., First], home: Path) -> None:
    window = first("demo")
    window.until("listening", lambda seen: bool(seen["hears"]))
    assert meeting_point(home / "data" / "demo") != meeting_point(home / "data")
    assert start("demo").returncode == 0
    window.until("raised", lambda seen: seen["raised"] == 1)
    real = first()
    real.until("listening", lambda seen: bool(seen["hears"]))
    assert start().returncode == 0
    real.until("raised", lambda seen: seen["raised"] == 1)
    assert window.until("more", lambda seen: True)["raised"] == 1


def test_a_mac_hands_over_files_before_and_after_the_window_is_there(first: Callable[..., First]) -> None:
    window = first("mac")
    window.until("both", lambda seen: seen["named"] == "before.zip, later.zip")


def test_a_window_that_was_killed_leaves_nothing_in_the_way(first: Callable[..., First], home: Path) -> None:
    window = first()
    window.until("listening", lambda seen: bool(seen["hears"]))
    address = Path(meeting_point(home / "data"))
    window.process.kill()
    window.process.wait(WITHIN)
    assert address.exists()
    again = first()
    again.until("listening", lambda seen: bool(seen["hears"]))
    again.process.terminate()
    again.process.communicate(timeout=WITHIN)
    assert not address.exists()
