"""Lets the screen go first: long work beside it pauses while an answer is being put on the screen.

Python computes in one thread at a time, and two processors are soon taken: without this an answer that takes 25 ms to
show waited for four times as long while a first reading was running.
"""

from __future__ import annotations

import threading
from time import monotonic

LONGEST = 0.1
"""Seconds for which the screen goes first at the most, whatever becomes of what it does."""


class Precedence:
    """Who goes first in this process. The screen takes it and gives it back; long work asks between its steps."""

    def __init__(self) -> None:
        self._free = threading.Event()
        self.is_taken = False
        """For those who would ask a hundred thousand times: only then need they give way."""
        self._until = 0.0

    def take(self) -> None:
        """From now on the screen goes first, until `give_back` or for LONGEST."""
        self._until = monotonic() + LONGEST
        self._free.clear()
        self.is_taken = True

    def give_back(self) -> None:
        """Everybody goes on."""
        self.is_taken = False
        self._free.set()

    def give_way(self) -> None:
        """Pause while the screen goes first. For work beside it, between two steps of a millisecond or so."""
        if not self.is_taken:
            return
        left = self._until - monotonic()
        if left <= 0 or not self._free.wait(left):
            self.give_back()


SCREEN = Precedence()
"""The one screen of this process."""
