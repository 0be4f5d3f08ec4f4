"""A million programs and one operator: how many ask in the same minute, by the shipped rhythm itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from selfcare.app.rhythm import Rhythm, after_failure, after_success, network_back, network_gone, send_soon

INTERVAL = timedelta(hours=6)
START = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
OUTAGE = timedelta(hours=2)
RETRY_AFTER = timedelta(minutes=30)
MINUTE = timedelta(minutes=1)
SENDING = 3 / 16
"""Requests of a sending against those of a round that finds nothing new."""

WAIT_WITH = 0.05
"""The part of all programs with a request that waits, after hours without a network."""

Answer = Callable[[Rhythm, datetime], Rhythm]


class Crowd:
    """So many programs, each with a rhythm of its own; `peak` says how many asked in the fullest minute, against an
    even load. A round counts as one, a sending of what waits (a look, the request, the list that it touches) as
    SENDING."""

    def __init__(self, count: int, seed: int = 1) -> None:
        self.chance = Random(seed).random
        self.count = count
        self.asked: dict[int, float] = {}
        self.rhythms: list[Rhythm] = []
        self._due: dict[int, list[int]] = {}
        for number in range(count):
            rhythm = Rhythm(INTERVAL, START, phase=self.chance())
            last = START - INTERVAL * self.chance()
            while (rhythm := after_success(rhythm, last, self.chance)).next_round < START:
                last = rhythm.next_round
            self.rhythms.append(rhythm)
            self._plan(number)

    def run(self, minutes: range, answer: Answer) -> None:
        """Let time go by; each program that asks gets this answer."""
        for minute in minutes:
            now = START + MINUTE * minute
            due = self._due.pop(minute, [])
            while due:
                number = due.pop()
                self.asked[minute] = self.asked.get(minute, 0) + 1
                self.rhythms[number] = answer(self.rhythms[number], max(now, self.rhythms[number].next_round))
                if self._plan(number, minute) == minute:
                    due = self._due.pop(minute, []) + due

    def all_at(self, minute: int, change: Answer) -> None:
        """Something happens to all of them in one moment."""
        now = START + MINUTE * minute
        self._due.clear()
        for number, rhythm in enumerate(self.rhythms):
            self.rhythms[number] = change(rhythm, now)
            self._plan(number, minute)

    def peak(self, minutes: range) -> float:
        """The fullest minute against an even load."""
        steady = self.count * MINUTE / INTERVAL
        return max(self.asked.get(minute, 0) for minute in minutes) / steady

    def send_what_waits(self, minute: int) -> None:
        """The network is back: those with a request that waits send it, besides their rounds."""
        for _ in range(int(self.count * WAIT_WITH)):
            at = minute + send_soon(self.chance, is_back=True) // MINUTE
            self.asked[at] = self.asked.get(at, 0) + SENDING

    def is_well(self, rhythm: Rhythm, now: datetime) -> Rhythm:
        """The operator answers."""
        return after_success(rhythm, now, self.chance)

    def in_trouble(self, told: timedelta | None) -> Answer:
        """The operator asks to come back after a time (Retry-After), or does not even say that."""
        return lambda rhythm, now: after_failure(rhythm, now, self.chance, None if told is None else now + told)

    def is_away(self, rhythm: Rhythm, now: datetime) -> Rhythm:
        """Nobody can be reached: nothing of this arrives at the operator."""
        return after_failure(rhythm, now, self.chance, whose="network")

    def is_back(self, rhythm: Rhythm, now: datetime) -> Rhythm:
        """The network is there again."""
        return network_back(rhythm, now, self.chance)

    def _plan(self, number: int, earliest: int = 0) -> int:
        minute = max((self.rhythms[number].next_round - START) // MINUTE, earliest)
        self._due.setdefault(minute, []).append(number)
        return minute


def peaks(count: int) -> Iterator[tuple[str, float, float]]:
    """What happened, the fullest minute against an even load, and the most that it may be."""
    day = Crowd(count)
    day.run(range(24 * 60), day.is_well)
    yield "an ordinary day", day.peak(range(24 * 60)), 1.3

    two, eight = int(OUTAGE / MINUTE), 8 * 60
    for name, told in (("answers “later”", RETRY_AFTER), ("does not answer", None)):
        crowd = Crowd(count)
        crowd.run(range(two), crowd.in_trouble(told))
        crowd.run(range(two, eight), crowd.is_well)
        yield f"the operator {name} for two hours", crowd.peak(range(eight)), 4.0
    for hours in (2, 6):
        crowd = Crowd(count)
        away, end = hours * 60, (hours + 6) * 60
        crowd.all_at(0, network_gone)
        crowd.run(range(away), crowd.is_away)
        crowd.asked.clear()
        crowd.all_at(away, crowd.is_back)
        crowd.send_what_waits(away)
        crowd.run(range(away, end), crowd.is_well)
        yield (
            f"everybody's network is back after {hours} hours, one in twenty with a request waiting",
            crowd.peak(range(away, end)),
            3.0,
        )
