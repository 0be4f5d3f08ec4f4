"""Lets Python search for unused objects on the screen's thread alone.

Left to itself Python searches on whichever thread makes the next object. What it finds there it takes apart there, a
window too, and Qt's objects may only be taken apart on the thread they live on: now and then that ends the process.
"""

from __future__ import annotations

import gc
import time
from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

from .tasks import Lane

SELDOM_MS, OFTEN_MS = 2000, 100
"""Between two looks whether a search is due: while nothing is read, and while a lane works."""

ALL_AFTER = 30.0
"""Seconds between two searches through everything: each holds up the window for as long as a blink."""


def collect_what_is_due(all_of_it: bool = True) -> int:
    """Search as far as Python itself would by now; the generation that was searched, or -1 where none was due."""
    counts, limits = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0) if all_of_it else (1, 0):
        if counts[generation] > limits[generation] > 0:
            gc.collect(generation)
            return generation
    return -1


class Collector(QObject):
    """Searches from time to time, on the thread it was made on; Python's own search is off from then on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._busy: set[int] = set()
        self._all = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(SELDOM_MS)
        self._timer.timeout.connect(self.look)

    def follow(self, lane: Lane) -> None:
        """Look more often while this lane works, and once when all have ended."""
        lane.busy.connect(partial(self._hurry, id(lane)))

    def start(self) -> None:
        """Search from now on."""
        self._timer.start()

    def stop(self) -> None:
        """Search no more."""
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Search if it is time."""
        now = time.monotonic()
        if collect_what_is_due(all_of_it=now - self._all >= ALL_AFTER) == 2:
            self._all = now

    def _hurry(self, lane: int, busy: bool) -> None:
        (self._busy.add if busy else self._busy.discard)(lane)
        if self._timer.isActive():
            self._timer.setInterval(OFTEN_MS if self._busy else SELDOM_MS)
