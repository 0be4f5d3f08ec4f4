"""Whether a date that was promised was replaced by another one before it came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

Moves = tuple[tuple[datetime, datetime], ...]
"""Ends that were promised before, each with when the one in its place was first seen, or noted; in that order, so an
end that came back and went again stands twice."""


def is_moved_ahead(end: datetime, following: datetime | None, at: datetime | None) -> bool:
    """The end was replaced before it came: that was seen by then (`at`), or its successor is sooner. Where nobody saw
    when, it counts as standing until it passed."""
    if following is None:
        return False
    return following < end or (at is not None and at <= end)


def replaced_at(ends: Iterable[datetime], moves: Moves) -> list[datetime | None]:
    """When each of several ends was replaced, as far as that was seen; one that came back has its own moment again, one
    that was only written otherwise has its last."""
    left: dict[datetime, list[datetime]] = {}
    for place, (end, at) in enumerate(moves):
        if place + 1 == len(moves) or moves[place + 1][0] != end:
            left.setdefault(end, []).append(at)
    return [left[end].pop(0) if left.get(end) else None for end in ends]


def in_turn(ends: Sequence[datetime], last: datetime | None) -> tuple[datetime, ...]:
    """The ends before the last one, in the order in which they were promised. What is named again without another one
    between is no other; an end that came back stands again."""
    found = [end for before, end in pairwise((None, *ends)) if end is not None and end != before]
    return tuple(found[:-1] if found and found[-1] == last else found)
