"""When the program asks the operator on its own: seldom, never at a fixed hour, and with patience after a failure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from selfcare.domain.records import Struct, replace

Chance = Callable[[], float]
"""Gives a number from 0 up to 1."""

BACK_OFF = timedelta(minutes=15)
LONGEST = timedelta(hours=24)
LONE_START = timedelta(seconds=60)
PRESS_EVERY = timedelta(seconds=30)
PRESS_BURST = 3


class Rhythm(Struct, frozen=True):
    """The state of one account's rounds. All instants are UTC; `not_before` is what the operator asked for."""

    interval: timedelta
    next_round: datetime
    failures: int = 0
    not_before: datetime | None = None
    presses: tuple[datetime, ...] = ()


def at_start(interval: timedelta, last_done: datetime | None, now: datetime, chance: Chance) -> Rhythm:
    """The first round after a start: within a minute if what is here is older than the interval, else when it is due.

    A clock that was set back does not put the round off by more than one interval.
    """
    soon = now + LONE_START * chance()
    if last_done is None:
        return Rhythm(interval, now)
    due = last_done + _spread(interval, chance)
    return Rhythm(interval, soon if due <= now else min(due, now + interval))


def after_success(rhythm: Rhythm, now: datetime, chance: Chance) -> Rhythm:
    """Forget the failures; the next round is an interval away, give or take 15 %."""
    return replace(rhythm, failures=0, not_before=None, next_round=now + _spread(rhythm.interval, chance))


def after_failure(rhythm: Rhythm, now: datetime, chance: Chance, retry_at: datetime | None = None) -> Rhythm:
    """Wait 15 minutes, doubled with each failure in a row and spread by chance, at the most a day.

    What the operator asked for (Retry-After) is a minimum, spread so that equal answers do not bring all back at once.
    """
    wait = min(BACK_OFF * 2 ** min(rhythm.failures, 10) * (1 + chance()), LONGEST)
    asked = None
    if retry_at is not None and retry_at > now:
        told = min(retry_at - now, LONGEST)
        asked = now + told + max(timedelta(seconds=60), told) * chance()
    return replace(
        rhythm, failures=rhythm.failures + 1, not_before=asked, next_round=max(now + wait, asked or now + wait)
    )


def press(rhythm: Rhythm, now: datetime) -> tuple[Rhythm, datetime | None]:
    """The customer asks for a round now. The second value is None if it may start, else when it may.

    Three at once, then one every 30 seconds; never sooner than the operator asked for.
    """
    if rhythm.not_before is not None and now < rhythm.not_before:
        return rhythm, rhythm.not_before
    recent = tuple(p for p in rhythm.presses if now - PRESS_EVERY * PRESS_BURST < p <= now)
    if len(recent) >= PRESS_BURST:
        return replace(rhythm, presses=recent), recent[0] + PRESS_EVERY * PRESS_BURST
    return replace(rhythm, presses=(*recent, now)), None


def _spread(interval: timedelta, chance: Chance) -> timedelta:
    return interval * (0.85 + 0.3 * chance())
