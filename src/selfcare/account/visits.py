"""Remembers the times that an appointment had, and that it still stood when they were over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo

from selfcare.domain.appointments import STANDING, Appointment, Window
from selfcare.domain.records import replace
from selfcare.store.vault import Vault

from .documents import APPOINTMENT, STOOD_AS, TIMED_AS, read_documents

Seen = Mapping[str, Sequence[tuple[str, str]]]
"""By name: what was seen, and when it was first seen (see Cache.first_seen)."""


def note_standing(vault: Vault, zone: tzinfo) -> None:
    """Note the appointments that the last whole reading of them found standing after their time was over."""
    read = vault.cache.state(APPOINTMENT).seen
    if read is None:
        return
    known = vault.cache.first_seen(STOOD_AS)
    found: list[Appointment] = read_documents(APPOINTMENT, vault.cache.all(APPOINTMENT), zone)
    for one in found:
        if one.window is None or one.no_longer_listed or one.state not in STANDING or one.window.ends >= read:
            continue
        name, end = f"{STOOD_AS}{one.id}", one.window.ends.isoformat()
        if all(end != before for before, _at in known.get(name, ())):
            vault.cache.note_promise(name, end, read)


def with_times(found: Iterable[Appointment], timed: Seen, stood: Seen) -> tuple[Appointment, ...]:
    """The appointments with the times that they had before, and the ends after which they still stood."""
    return tuple(
        replace(
            one,
            moved_from=_earlier(one.window, timed.get(f"{TIMED_AS}{one.id}", ())),
            stood_until=tuple(datetime.fromisoformat(end) for end, _at in stood.get(f"{STOOD_AS}{one.id}", ())),
        )
        for one in found
    )


def _earlier(now: Window | None, seen: Iterable[tuple[str, str]]) -> tuple[Window, ...]:
    texts = dict.fromkeys(text for text, _at in seen if "/" in text)  # else a ticket's number begins like a visit's
    windows = (_window(text) for text in texts)
    return tuple(window for window in windows if window != now)


def _window(interval: str) -> Window:
    starts, _, ends = interval.partition("/")
    return Window(datetime.fromisoformat(starts) if starts else None, datetime.fromisoformat(ends))
