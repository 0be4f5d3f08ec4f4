"""When the program asks the operator on its own: seldom, never at a fixed hour, and with patience after a failure.

Everything here is a function of a state, the clock and chance, so that a million of them can be tried at once
(tests/bench/million.py). Nothing knows the calendar: no hour and no first of the month brings all customers at once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Literal

from selfcare.domain.records import Struct, replace

Chance = Callable[[], float]
"""Gives a number from 0 up to 1."""

Trouble = Literal["operator", "network", "ours"]

BACK_OFF = timedelta(minutes=15)
LONGEST = timedelta(hours=24)
LONE_START = timedelta(seconds=60)
NETWORK_BACK = timedelta(minutes=60)
PRESS_EVERY = timedelta(seconds=30)
PRESS_BURST = 3
TRY_BURST = 3
TRIES_IN = timedelta(minutes=5)
"""So many tries of one's own requests, at the most, in so long."""

PUSH_SOON = timedelta(seconds=60)
"""Within so long what waits goes out after a start: somebody waits for it."""

PUSH_BACK = timedelta(minutes=5)
"""Within so long it does once the network is back: perhaps it is for everybody at once."""

PUSH_AGAIN = (timedelta(seconds=5), timedelta(seconds=30))
OPENS_AFTER = 3
"""Failures in a row after which nobody asks an operator in trouble, but one probe after each wait."""

_SLEPT = timedelta(minutes=2)
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


class Rhythm(Struct, frozen=True):
    """The state of one account's rounds. All instants are UTC; `not_before` is what the operator asked for.

    `phase` (0 to 1) is this account's own place in each interval; `away_since` is since when nobody could be reached
    (the network was gone), None while the operator is heard; `in_trouble` counts the failures in a row in which the
    operator was reached, the last of them at `failed`. `presses` and `tries` are when the customer asked for a round,
    and for another try of a request; `unheard` counts the sendings in a row that reached nobody.
    """

    interval: timedelta
    next_round: datetime
    failures: int = 0
    not_before: datetime | None = None
    presses: tuple[datetime, ...] = ()
    phase: float = 0.0
    away_since: datetime | None = None
    in_trouble: int = 0
    failed: datetime | None = None
    tries: tuple[datetime, ...] = ()
    unheard: int = 0

    def closed_until(self, now: datetime) -> datetime | None:
        """Until when an operator in trouble is left alone, also by a press and by requests; None if it may be asked.

        A press may be the probe a quarter of an hour after the last failure; rounds by themselves wait for longer.
        No wait is believed that could not have been given: the clock was set back then.
        """
        waits = [self.not_before]
        if self.in_trouble >= OPENS_AFTER and self.failed is not None:
            waits.append(self.failed + BACK_OFF)
        return max((w for w in waits if w is not None and now < w <= now + 2 * LONGEST), default=None)


def phase_of(name: str) -> float:
    """A place from 0 up to 1 that is always the same for a name, and evenly spread over all names."""
    from hashlib import sha256  # dear to load, and the window comes first

    return int.from_bytes(sha256(name.encode()).digest()[:7], "big") / 2**56


def at_start(
    interval: timedelta, last_done: datetime | None, now: datetime, chance: Chance, phase: float = 0.0
) -> Rhythm:
    """The first round after a start: within a minute if what is here is older than the interval, else when it is due.

    A clock that was set back does not put the round off by more than one interval.
    """
    if last_done is None:
        return Rhythm(interval, now, phase=phase)
    due = last_done + _spread(interval, chance)
    soon = now + LONE_START * chance()
    return Rhythm(interval, soon if due <= now else min(due, now + interval), phase=phase)


def resumed(kept: Rhythm, fresh: Rhythm, now: datetime) -> Rhythm:
    """After a restart: what the operator asked for, and the failures in a row, still hold; only a success ends them.

    No wait is believed that could not have been given: the clock was set back then.
    """
    holds = kept.next_round <= now + 2 * LONGEST and (kept.failed is None or kept.failed <= now)
    waits = holds and kept.failures > 0 and now < kept.next_round
    asked = kept.not_before
    return replace(
        fresh,
        failures=kept.failures if holds else 0,
        in_trouble=kept.in_trouble if holds else 0,
        failed=kept.failed if holds else None,
        away_since=kept.away_since if holds else None,
        not_before=asked if asked is not None and now < asked <= now + 2 * LONGEST else None,
        next_round=kept.next_round if waits else fresh.next_round,
    )


def after_success(rhythm: Rhythm, now: datetime, chance: Chance) -> Rhythm:
    """Forget the failures; the next round is this account's own place in an interval, give or take 15 %.

    It is half an interval away at least. Whatever brought many accounts to the same moment, an outage or an hour at
    which all computers are switched on, from the next round on they are spread again.
    """
    due = _place(rhythm, now + rhythm.interval / 2) + rhythm.interval * (0.3 * chance() - 0.15)
    return replace(rhythm, failures=0, in_trouble=0, unheard=0, away_since=None, not_before=None, next_round=due)


def after_failure(
    rhythm: Rhythm, now: datetime, chance: Chance, retry_at: datetime | None = None, *, whose: Trouble = "operator"
) -> Rhythm:
    """Wait 15 minutes, doubled with each failure in a row and spread by chance, at the most a day.

    What the operator asked for (Retry-After) is a minimum, spread so that equal answers do not bring all back at once.
    `whose` trouble it is: where only the network is gone, or the trouble is our own, the operator needs no sparing.
    """
    wait = _back_off(rhythm.failures, chance)
    asked = _asked_for(retry_at, now, chance)
    return replace(
        rhythm,
        failures=rhythm.failures + 1,
        in_trouble=rhythm.in_trouble + 1 if whose == "operator" else 0,
        unheard=rhythm.unheard + 1 if whose == "network" else 0,
        failed=now,
        away_since=(rhythm.away_since or now) if whose == "network" else None,
        not_before=asked,
        next_round=max(now + wait, asked or now + wait),
    )


def after_sending(
    rhythm: Rhythm, now: datetime, chance: Chance, retry_at: datetime | None = None, *, whose: Trouble | None = None
) -> Rhythm:
    """Requests were sent, or tried; `whose` trouble ended that, None where nobody's did.

    The rounds of reading keep to their plan, but for what the operator asks for: a press does not put them off. Its
    troubles count, so that it is left alone after some in a row.
    """
    asked = _asked_for(retry_at, now, chance)
    if whose == "network":
        return replace(rhythm, unheard=rhythm.unheard + 1, away_since=rhythm.away_since or now)
    if whose == "operator":
        rhythm = replace(rhythm, in_trouble=rhythm.in_trouble + 1, failed=now)
    waits = max(asked, rhythm.not_before or asked) if asked is not None else rhythm.not_before
    return replace(rhythm, unheard=0, not_before=waits, next_round=max(rhythm.next_round, waits or rhythm.next_round))


def send_soon(chance: Chance, *, is_back: bool = False) -> timedelta:
    """How long what waits still waits after a start, or (`is_back`) after the network's return."""
    return (PUSH_BACK if is_back else PUSH_SOON) * chance()


def send_again(rhythm: Rhythm, chance: Chance) -> timedelta:
    """How long what reached nobody waits before it is tried again: 5 seconds, 30 seconds, then as a round does."""
    if rhythm.unheard <= len(PUSH_AGAIN):
        return PUSH_AGAIN[max(rhythm.unheard, 1) - 1]
    return _back_off(rhythm.unheard - len(PUSH_AGAIN) - 1, chance)


def network_gone(rhythm: Rhythm, now: datetime) -> Rhythm:
    """This computer has no network any more."""
    return rhythm if rhythm.away_since is not None else replace(rhythm, away_since=now)


def network_back(rhythm: Rhythm, now: datetime, chance: Chance) -> Rhythm:
    """The network is there again, for this customer or for all of them: whoever missed a round comes within an hour.

    The longer it was away, the more have missed one, and the wider they are spread: by half of that time more. Who
    missed none keeps to the plan.
    """
    if rhythm.away_since is None:
        return rhythm
    if not rhythm.failures and rhythm.next_round > now:
        return replace(rhythm, away_since=None)
    wide = NETWORK_BACK + min(max(now - rhythm.away_since, timedelta(0)), LONGEST) / 2
    due = max(now + wide * chance(), rhythm.not_before or now)
    return replace(rhythm, failures=0, away_since=None, next_round=due)


def woken(rhythm: Rhythm, now: datetime, chance: Chance) -> Rhythm:
    """The time of a round has come; where it passed while the computer slept, it starts within a minute from now."""
    if now - rhythm.next_round <= _SLEPT:
        return rhythm
    return replace(rhythm, next_round=now + LONE_START * chance())


def believed(rhythm: Rhythm, now: datetime, chance: Chance) -> Rhythm:
    """The same; but a next round later than any that could have been planned was planned under a clock that has been
    set back since, and starts within a minute."""
    if rhythm.next_round <= now + 2 * max(LONGEST, rhythm.interval):
        return rhythm
    failed = rhythm.failed if rhythm.failed is not None and rhythm.failed <= now else None
    return replace(rhythm, next_round=now + LONE_START * chance(), failed=failed)


def press(rhythm: Rhythm, now: datetime) -> tuple[Rhythm, datetime | None]:
    """The customer asks for a round now. The second value is None if it may start, else when it may.

    Three at once, then one every 30 seconds; never sooner than the operator asked for, nor while it is left alone
    because of its troubles. The round itself ends with its first request if that is not answered.
    """
    closed = rhythm.closed_until(now)
    if closed is not None:
        return rhythm, closed
    recent = tuple(p for p in rhythm.presses if now - PRESS_EVERY * PRESS_BURST < p <= now)
    if len(recent) >= PRESS_BURST:
        return replace(rhythm, presses=recent), recent[0] + PRESS_EVERY * PRESS_BURST
    return replace(rhythm, presses=(*recent, now)), None


def try_again(rhythm: Rhythm, now: datetime) -> tuple[Rhythm, datetime | None]:
    """The customer wants a request tried again now. The second value is None if it may be, else when it may.

    Three in five minutes; never sooner than the operator asked for, nor while it is left alone.
    """
    closed = rhythm.closed_until(now)
    if closed is not None:
        return rhythm, closed
    recent = tuple(p for p in rhythm.tries if now - TRIES_IN < p <= now)
    if len(recent) >= TRY_BURST:
        return replace(rhythm, tries=recent), recent[0] + TRIES_IN
    return replace(rhythm, tries=(*recent, now)), None


def write_rhythm(rhythm: Rhythm) -> bytes:
    """What is kept of it over a restart, as JSON."""
    import msgspec

    return msgspec.json.encode(replace(rhythm, presses=(), tries=(), unheard=0))


def read_rhythm(text: bytes | None) -> Rhythm | None:
    """What was kept; None if nothing was, or nobody can read it."""
    import msgspec

    try:
        return None if text is None else msgspec.json.decode(text, type=Rhythm)
    except msgspec.MsgspecError:
        return None


def _back_off(failures: int, chance: Chance) -> timedelta:
    wait: timedelta = BACK_OFF * 2 ** min(failures, 10) * (1 + chance())
    return min(wait, LONGEST)


def _asked_for(retry_at: datetime | None, now: datetime, chance: Chance) -> datetime | None:
    if retry_at is None or retry_at <= now:
        return None
    told = min(retry_at - now, LONGEST)
    return now + told + max(timedelta(seconds=60), told) * chance()


def _place(rhythm: Rhythm, after: datetime) -> datetime:
    """The first of the account's own places in the intervals from an instant on."""
    start = _EPOCH + rhythm.interval * rhythm.phase
    return start + rhythm.interval * -((start - after) // rhythm.interval)


def _spread(interval: timedelta, chance: Chance) -> timedelta:
    return interval * (0.85 + 0.3 * chance())
