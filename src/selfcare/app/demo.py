"""Runs the demo operator as a process of its own, on this computer only."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

from selfcare.app.demo_people import FRENCH
from selfcare.domain.failures import Offline, TimedOut

READY_SECONDS = 30.0
"""How long the demo operator may take to be ready on a slow machine."""


def own_command(*words: str) -> list[str]:
    """The command that starts this program again, from source or from a bundle."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *words]
    return [sys.executable, "-m", "selfcare", *words]


@dataclass(slots=True)
class DemoOperator:
    """A running demo operator; `url` is where it listens. Stop it when done."""

    process: subprocess.Popen[str]
    url: str
    _reader: Thread = field(repr=False)

    def stop(self) -> None:
        """End it and wait until it is gone."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        self._reader.join(5)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()

    def issuer(self, login: str) -> str:
        """Where the operator of one of its people lives."""
        return f"{self.url}/{'orvane-fr' if login in FRENCH else 'orvane-gb'}"


def start_demo_operator(port: int = 0, *words: str, log: Path | None = None) -> DemoOperator:
    """Start it on a port of loopback (0: any free one) and wait until it answers.

    Raises TimedOut when it does not get ready, Offline when it ends at once, for example because the port is taken.
    """
    errors = log.open("a", encoding="utf-8") if log is not None else subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603 - our own program
        own_command("sandbox", "--until-stdin-ends", "--port", str(port), *words),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
    )
    lines: Queue[str] = Queue()
    reader = Thread(target=_read_lines, args=(process, lines), name="demo-operator-output", daemon=True)
    reader.start()
    try:
        first = lines.get(timeout=READY_SECONDS)
    except Empty:
        process.kill()
        raise TimedOut from None
    if not first.startswith("ready "):
        process.kill()
        process.wait(10)
        raise Offline
    return DemoOperator(process, first.removeprefix("ready ").strip(), reader)


def _read_lines(process: subprocess.Popen[str], lines: Queue[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        lines.put(line)
    lines.put("")
