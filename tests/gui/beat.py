"""Measures for how long the thread of the window does nothing but one thing: a beat that fails to come.

What the computer itself held up, because others wanted its processors, is measured beside it in a process that does
nothing else, and taken off.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer

EVERY = 0.005
ALLOWED = 0.2
"""Seconds."""
TRIES = 3
"""A window that is really held is held in each of them; a computer that has much to do, not."""
METRONOME = """
import sys, time
before = time.monotonic()
while True:
    time.sleep(0.005)
    now = time.monotonic()
    if now - before > 0.02:
        print(before, now, flush=True)
    before = now
"""


class Beat:
    """While it lasts (`with`), the window's thread is listened to; then `longest` is known, in seconds."""

    def __init__(self) -> None:
        self.longest = 0.0
        self.gaps: list[tuple[float, float]] = []
        self._before = 0.0
        self._timer = QTimer()
        self._timer.setInterval(int(EVERY * 1000))
        self._timer.timeout.connect(self._beats)

    def __enter__(self) -> Beat:
        self._metronome = subprocess.Popen([sys.executable, "-c", METRONOME], stdout=subprocess.PIPE, text=True)
        self._before = time.monotonic()
        self._timer.start()
        return self

    def __exit__(self, *_facts: object) -> None:
        self._beats()
        self._timer.stop()
        self._metronome.kill()
        said, _ = self._metronome.communicate()
        held = [tuple(map(float, line.split())) for line in said.splitlines() if line.count(" ") == 1]
        self.longest = max((_without(gap, held) for gap in self.gaps), default=0.0)

    def _beats(self) -> None:
        now = time.monotonic()
        if now - self._before > EVERY * 4:
            self.gaps.append((self._before, now))
        self._before = now


def _without(gap: tuple[float, float], held: list[Any]) -> float:
    """The length of a gap without what the computer held up meanwhile."""
    begins, ends = gap
    return ends - begins - sum(max(0.0, min(ends, late) - max(begins, early)) for early, late in held)


def longest_block(story: Callable[[], object]) -> float:
    """The longest time for which the window is held while something happens; the best of a few tries."""
    found = []
    for _ in range(TRIES):
        with Beat() as beat:
            story()
        found.append(beat.longest)
        if beat.longest < ALLOWED:
            break
    return min(found)
