"""Takes the time of an operator's answers while it is tried, and says which of them took long."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from selfcare.domain.operator import ApiEntry, OperatorProfile
from selfcare.domain.records import Struct

from .client import Reply, Request, Wire
from .limits import Patience
from .operator import entry_at
from .probes import Finding

SPEED = "speed"
"""The name of the check in the guide."""
LONG = 1.0
"""Seconds from which an answer takes long: a customer who waits for one page of a list notices it."""


class Timing(Struct, frozen=True):
    """How many seconds one answer took, or how long it was waited for in vain."""

    method: str
    url: str
    seconds: float


class TimingWire(Wire):
    """A wire that takes the time of each answer, whatever became of it."""

    @property
    def timings(self) -> list[Timing]:
        """What was asked so far, in its order."""
        found: list[Timing] = self.__dict__.setdefault("_timings", [])
        return found

    def send(self, request: Request) -> Reply:
        """As Wire.send."""
        began = time.monotonic()
        try:
            return super().send(request)
        finally:
            self.timings.append(Timing(request.method, request.url, time.monotonic() - began))


def probe_speed(profile: OperatorProfile, timings: Sequence[Timing]) -> Iterator[Finding]:
    """One finding for each resource that was asked for. Slow is no departure from the standard, so that it holds all
    the same; its detail says how many answers took long, and which one longest."""
    asked: dict[tuple[str, str], list[Timing]] = {}
    for one in timings:
        entry = entry_at(profile, one.url)
        if entry is not None:
            asked.setdefault((entry.api, _kind(entry, one.url)), []).append(one)
    for (api, kind), own in asked.items():
        yield Finding(api, kind, SPEED, True, detail=_told(own))


def _kind(entry: ApiEntry, url: str) -> str:
    """The resource of an address, by its name in the standard."""
    name = url.removeprefix(entry.base_url).lstrip("/").partition("?")[0].partition("/")[0]
    return next((kind for kind, own in entry.names.items() if own == name), name)


def _told(timings: Sequence[Timing]) -> str:
    long = [one for one in timings if one.seconds >= LONG]
    if not long:
        return ""
    worst = max(long, key=lambda one: one.seconds)
    parts = urlsplit(worst.url)
    which = f"{worst.method} {parts.path}{f'?{parts.query}' if parts.query else ''}"[:120]
    return f"{len(long)} of {len(timings)} answers took {LONG:g} s or more, the longest {worst.seconds:.1f} s: {which}"


def what_follows(patience: Patience) -> str:
    """What the program does with answers that take long, by its own figures."""
    return (
        f"it waits {patience.silence:g} s for the next bytes, {patience.json_total:g} s for a whole answer and "
        f"{patience.pdf_total:g} s for a paper; then what it read before stays on the screen, with its age"
    )
