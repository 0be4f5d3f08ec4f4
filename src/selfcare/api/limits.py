"""How much of an answer we are willing to read, and how long we wait for it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from selfcare.domain.records import Struct

MIB = 1 << 20

JSON_BYTES = 8 * MIB
"""One JSON answer, unpacked."""
PDF_BYTES = 25 * MIB
"""One PDF, unpacked."""
HEADER_BYTES = 64 * 1024
"""All headers of one answer."""
LIST_ITEMS = 200_000
"""Documents in one list, all pages together."""
UNFILTERED_ITEMS = 5_000
"""Documents in a list that is read without the filter that names the customer, because that is refused."""
LIST_PAGES = 2_000
"""Pages of a list of which the server says how long it is."""
UNCOUNTED_PAGES = 200
"""Pages of a list that may have no end."""
EMPTY_PAGES = 20
"""Pages in a row that bring nothing and lead on."""
DEPTH = 64
"""Objects and lists inside each other."""
MARKS = 150_000
"""Commas and opening brackets in one document: a few packed bytes of them would else be read into a lot of memory."""
STRING = 64 * 1024
"""Characters of one text; longer ones are cut."""
ID = 512
"""Characters of an id."""
SMALL_JSON = 256 * 1024
"""Answers of the sign-in server."""
CLOCK_SET = 60.0
"""Seconds by which our clock may run otherwise than time does, before it counts as set another way."""


class Patience(Struct, frozen=True):
    """How long is waited, in seconds: for a connection, for the next bytes, and for a whole answer."""

    connect: float = 10.0
    silence: float = 15.0
    json_total: float = 30.0
    pdf_total: float = 120.0


SLOW_AFTER = 20.0
"""Seconds after which an answer must have come faster than SLOW_RATE on average."""
SLOW_RATE = 1024
"""Bytes a second."""

RETRY_SHARE = 0.1
RETRIES_ALWAYS = 3
_HOUR = 3600.0


class RetryBudget:
    """Asking again by ourselves is at most a tenth of what was asked in the last hour, and three times in any case:
    an operator whose connections break must not get twice the load for it. `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._asked: deque[float] = deque()
        self._again: deque[float] = deque()

    def count(self) -> None:
        """A request is sent."""
        self._asked.append(self._clock())

    def allows(self) -> bool:
        """Whether one more may be sent again; it is counted if so."""
        now = self._clock()
        for known in (self._asked, self._again):
            while known and known[0] < now - _HOUR:
                known.popleft()
        if len(self._again) >= max(RETRIES_ALWAYS, RETRY_SHARE * len(self._asked)):
            return False
        self._again.append(now)
        return True
