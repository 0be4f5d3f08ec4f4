"""What Home will show in the hours and days to come, made ahead, so that the next start shows it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from selfcare.domain.records import Struct

from .ages import Age
from .home_cards import HomeView
from .notice import Notice
from .shell import ShellView

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

AHEAD = timedelta(days=8)
MOST = 60
SHORTEST = timedelta(minutes=15)
"""A look that would hold for less is not made: hardly anybody starts the program just then."""

_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


class Look(Struct, frozen=True):
    """What the first page says from `start` until just before `end`, its age, and what stands around it."""

    start: datetime
    end: datetime
    page: HomeView
    age: Age
    trouble: Notice | None
    shell: ShellView


class LaterLook(Struct, frozen=True):
    """A look as it is kept: its text is read when its time has come. A start wants one of sixty."""

    start: datetime
    end: datetime
    text: msgspec.Raw


class Glance(Struct, frozen=True):
    """The looks of the days to come, in their order, true as long as what was read, asked and chosen has this seal."""

    seal: str
    looks: tuple[LaterLook, ...]


_LOOK = msgspec.json.Decoder(Look)
_GLANCE = msgspec.json.Decoder(Glance)


def glance_of(seal: str, looks: Iterable[Look]) -> Glance:
    """These looks with the seal under which they are true."""
    kept = (LaterLook(look.start, look.end, msgspec.Raw(msgspec.json.encode(look))) for look in looks)
    return Glance(seal, tuple(kept))


def write_glance(glance: Glance) -> bytes:
    """The looks as JSON, for the vault."""
    return msgspec.json.encode(glance)


def read_glance(text: bytes | None, seal: str) -> Glance | None:
    """The looks that were kept; None if there are none, or if anything is different since."""
    if text is None:
        return None
    try:
        found = _GLANCE.decode(text)
    except msgspec.MsgspecError:  # another version of the program wrote it
        return None
    return found if found.seal == seal else None


def look_for(glance: Glance | None, now: datetime) -> Look | None:
    """What holds now, if it was made ahead and can be read."""
    looks = glance.looks if glance is not None else ()
    kept = next((look for look in looks if look.start <= now < look.end), None)
    try:
        return _LOOK.decode(kept.text) if kept is not None else None
    except msgspec.MsgspecError:  # another version of the program wrote it
        return None


def looks_ahead(
    make: Callable[[datetime, datetime, datetime], Look], turns: Iterable[datetime], now: datetime
) -> Iterator[Look]:
    """The looks from now on, one at each step. `make` is told from when, until when and for which instant; `turns` is
    when it changes.

    Each is made for the second after its start: at the very instant of a turn an "in 3 days" still says 3.
    """
    starts = [now, *sorted(turns)]
    spans = [(start, end) for start, end in pairwise(starts) if start == now or end - start >= SHORTEST]
    for start, end in spans[:MOST]:
        yield make(start, end, now if start == now else start + timedelta(seconds=1))


def turning_points(dues: Iterable[datetime], zone: ZoneInfo, now: datetime) -> set[datetime]:
    """The instants, within the days ahead, at which a sentence of Home may change by itself.

    At midnight where the operator is; and, around each instant at which something is due, as often as `Words.length`
    says another number: each minute for an hour, each hour for three days, then each day.
    """
    until = now + AHEAD
    today = now.astimezone(zone).date()
    found = {datetime.combine(today + _DAY * n, time(), zone).astimezone(now.tzinfo) for n in range(1, AHEAD.days + 1)}
    for due in dues:
        days = (now - due) // _DAY
        steps = [_MINUTE * n for n in range(60)] + [_HOUR * n for n in range(1, 73)]
        steps += [_DAY * abs(days + n) for n in range(-AHEAD.days, AHEAD.days + 2)]
        found |= {moment for step in steps for moment in (due - step, due + step)}
    return {moment for moment in found if now < moment < until}
