"""Which tag a list is asked with, so that it is sent only if it has changed: none once a day, as some tags lie."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from selfcare.domain.records import Struct
from selfcare.store.cache import Cache

NOTE = "read whole"
"""Under what is kept when each kind was last read whole."""
_A_DAY = timedelta(days=1)
_A_MONTH = timedelta(days=30)


class Whole(Struct, frozen=True):
    """When a kind was last read whole, and when it last came otherwise under the tag that it had before."""

    read: datetime
    lied: datetime | None = None


_kept: msgspec.json.Decoder[dict[str, Whole]] = msgspec.json.Decoder(dict[str, Whole])


class Tags:
    """The operator's tags (ETag, RFC 9110) of what was read, during one round.

    A server whose tag never changes would hide for ever what is new: each kind is read whole once a day. One whose tag
    was seen to stay the same over a change is asked without one for a month.
    """

    def __init__(self, cache: Cache, now: datetime) -> None:
        self._cache, self._now = cache, now
        self._before = _read(cache.note(NOTE))
        self._known = dict(self._before)

    def of(self, kind: str) -> str:
        """The tag to ask with; "" to have it all sent."""
        known = self._known.get(kind)
        if known is None or not self._is_within(_A_DAY, known.read) or self._is_within(_A_MONTH, known.lied):
            return ""
        return self._cache.state(kind).validator

    def take(self, kind: str, before: str, tag: str, *, changed: bool) -> bool:
        """A kind was read whole under a `tag`, where `before` stood for what was here; `changed` where that is not the
        same any more. The same `changed`."""
        known = self._known.get(kind)
        lied = self._now if changed and tag and tag == before else known.lied if known is not None else None
        self._known[kind] = Whole(self._now, lied)
        return changed

    def keep(self) -> None:
        """Remember it for the next rounds. Raises DiskTrouble."""
        if self._known != self._before:
            self._cache.keep_note(NOTE, msgspec.json.encode(self._known))

    def _is_within(self, span: timedelta, moment: datetime | None) -> bool:
        """So it was not long ago; a moment to come was written under another clock."""
        return moment is not None and self._now - span < moment <= self._now


def _read(text: bytes | None) -> dict[str, Whole]:
    try:
        return {} if text is None else _kept.decode(text)
    except msgspec.MsgspecError:
        return {}
