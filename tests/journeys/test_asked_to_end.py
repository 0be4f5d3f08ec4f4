"""Ctrl-C, a logout and a terminal that closes end the program as closing its window does: nothing stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from selfcare.host.ending import Ending
from selfcare.host.folders import data_dir

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="real processes, and a bus without a key store")

WITHIN = 30.0
"""Seconds that the end may take on a busy computer; alone it takes one."""


def files() -> list[Path]:
    """What is kept of the demo's accounts now."""
    return [p for p in (data_dir() / "demo" / "accounts").rglob("*") if p.is_file()]


def size() -> int:
    """How much that is, in bytes."""
    return sum(p.stat().st_size for p in files() if p.exists())


def has_begun() -> bool:
    """The program works on its files, and its session is not there yet."""
    return (data_dir() / "demo" / "instance.lock").exists()


def reads() -> bool:
    """Its vault is there: the first reading begins."""
    return any(p.suffix == ".db" for p in files())


def has_read() -> bool:
    """Nothing has been added for two seconds."""
    before = size()
    time.sleep(2)
    return reads() and before == size() > 500_000


@pytest.fixture
def demo() -> Iterator[subprocess.Popen[str]]:
    """`selfcare demo` on a computer without a key store, in a process group of its own."""

    def hear() -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)  # whoever runs the tests in the background may ignore them

    process = subprocess.Popen(
        [sys.executable, "-m", "selfcare", "demo"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "DBUS_SESSION_BUS_ADDRESS": "disabled:"},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hear,
    )
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=10)


def until(what: str, is_so: Callable[[], bool], patience: float = 60) -> None:
    """Wait for it."""
    deadline = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def is_alone(group: int) -> bool:
    """No process of the group is left: the demo operator has ended too."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize(
    ("number", "whom", "when"),
    [
        (signal.SIGINT, os.killpg, has_begun),
        (signal.SIGTERM, os.kill, has_begun),
        (signal.SIGINT, os.killpg, reads),
        (signal.SIGTERM, os.kill, reads),
        (signal.SIGINT, os.kill, has_read),
        (signal.SIGHUP, os.killpg, has_read),
    ],
)
def test_it_ends_and_leaves_nothing(
    demo: subprocess.Popen[str],
    number: signal.Signals,
    whom: Callable[[int, int], None],
    when: Callable[[], bool],
) -> None:
    until(when.__name__, when)
    if when is has_begun:
        assert not reads()
    began = time.monotonic()
    whom(demo.pid, number)
    _out, said = demo.communicate(timeout=2 * WITHIN)
    assert time.monotonic() - began < WITHIN
    assert demo.returncode == 128 + number
    assert "Traceback" not in said
    assert "KeyboardInterrupt" not in said
    until("the end of the demo operator", lambda: is_alone(demo.pid), 5)
    assert files() == []


def test_what_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    ending = Ending()
    try:
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        os.kill(os.getpid(), signal.SIGHUP)
        assert ending.status() == 0
        os.kill(os.getpid(), signal.SIGTERM)
        assert [ending.status(), ending.status()] == [143, 0]
    finally:
        ending.close()
        signal.signal(signal.SIGHUP, before)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
