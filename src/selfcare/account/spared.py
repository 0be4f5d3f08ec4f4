"""Which parts of an operator are left alone for a while, because they are in trouble, while the others are asked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from selfcare.api.addresses import origin_of
from selfcare.domain.failures import Failure, TooOften
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import Struct
from selfcare.store.cache import Cache

from .trouble import ENOUGH
from .wording import read_failure, write_failure

NOTE = "parts left alone"
"""Under what is kept, over a restart, which parts were in trouble."""

WAIT = timedelta(minutes=15)
"""How long a part is left alone after each failure, once it failed in so many rounds in a row (trouble.ENOUGH)."""

_LONGEST = timedelta(hours=48)
"""No wait is believed that could not have been given: the clock was set back then."""


class Part(Struct, frozen=True):
    """An API, or all APIs at one address (its origin), in trouble: in how many rounds in a row, since when the last,
    until when it asked to be left alone, and the failure as account.wording writes it."""

    failures: int
    failed: datetime
    until: datetime | None
    name: str
    facts: str

    def is_left_alone(self, now: datetime) -> bool:
        """Nothing is asked of it now."""
        waits = [self.until, self.failed + WAIT if self.failures >= ENOUGH else None]
        return any(wait is not None and now < wait <= now + _LONGEST for wait in waits)


_kept: msgspec.json.Decoder[dict[str, Part]] = msgspec.json.Decoder(dict[str, Part])


class Spared:
    """The parts of one operator that are in trouble, during one round and from round to round."""

    def __init__(self, cache: Cache, profile: OperatorProfile, now: datetime) -> None:
        self._cache = cache
        self._origins = {api: origin_of(entry.base_url) for api, entry in profile.apis.items() if entry is not None}
        self._before = _read(cache.note(NOTE))
        self._now = now
        self._shut: dict[str, Failure] = {}
        for name, part in self._before.items():
            failure = read_failure(part.name, part.facts)
            if failure is not None and part.is_left_alone(now):
                self._shut[name] = failure
        self._in_trouble: dict[str, int] = {}
        self._throttled: dict[str, set[str]] = {}
        self._fell: set[str] = set()
        self._well: set[str] = set()

    def why(self, api: str) -> Failure | None:
        """Why an API is left alone now; None where it may be asked."""
        return self._shut.get(api) or self._shut.get(self._origins.get(api, ""))

    def is_home(self, api: str) -> bool:
        """The API is where the customer's own document is (TMF629), or where all others are too."""
        home = self._origins.get("TMF629", "")
        origin = self._origins.get(api, "")
        return origin == home or set(self._origins.values()) == {origin}

    def has_another(self, api: str) -> bool:
        """There is an API elsewhere that may still be asked."""
        origin = self._origins.get(api, "")
        return any(elsewhere != origin and self.why(other) is None for other, elsewhere in self._origins.items())

    def answered(self, api: str) -> None:
        """An API gave a good answer."""
        origin = self._origins.get(api, "")
        self._in_trouble.pop(origin, None)
        self._throttled.pop(origin, None)
        self._well |= {api, origin}

    def count(self, api: str, *, is_trouble: bool) -> bool:
        """Another answer that was none came from where an API is; True where that were enough in a row."""
        origin = self._origins.get(api, "")
        self._in_trouble[origin] = self._in_trouble.get(origin, 0) + 1 if is_trouble else 0
        return self._in_trouble[origin] >= ENOUGH

    def throttle(self, api: str, failure: TooOften) -> bool:
        """An API asked for patience and is left alone; True where another one at the same address did so before it,
        and none has answered in between."""
        origin = self._origins.get(api, "")
        asking = self._throttled.setdefault(origin, set())
        asking.add(api)
        self._shut[api] = failure
        self._fell.add(api)
        return len(asking) > 1

    def leave(self, api: str, failure: Failure) -> None:
        """Leave one API alone for the rest of the round."""
        self._shut[api] = failure
        self._fell.add(api)

    def leave_origin(self, api: str, failure: Failure) -> None:
        """Leave everything alone that is where an API is, for the rest of the round."""
        origin = self._origins.get(api, "")
        self._shut[origin] = failure
        self._fell.add(origin)

    def keep(self) -> None:
        """Remember for the next rounds who is in trouble, and forget who is well. Raises DiskTrouble."""
        kept = {name: part for name, part in self._before.items() if name in self._shut or name not in self._well}
        for name in self._fell:
            failure = self._shut[name]
            before = self._before.get(name)
            told = failure.retry_at if isinstance(failure, TooOften) else None
            kept[name] = Part(1 + (before.failures if before else 0), self._now, told, *write_failure(failure))
        if kept != self._before:
            self._cache.keep_note(NOTE, msgspec.json.encode(kept))


def _read(text: bytes | None) -> Mapping[str, Part]:
    try:
        return {} if text is None else _kept.decode(text)
    except (msgspec.MsgspecError, json.JSONDecodeError):
        return {}
