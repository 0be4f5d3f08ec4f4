"""Whether a date that was promised was replaced by another one before it came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

Moves = tuple[tuple[datetime, datetime], ...]
"""Ends that were promised before, each with when the one in its place was first seen, or noted."""


def is_moved_ahead(end: datetime, following: datetime | None, when: Mapping[datetime, datetime]) -> bool:
    """The end was replaced before it came: that was seen by then, or its successor is sooner. Where nobody saw when, it
    counts as standing until it passed."""
    if following is None:
        return False
    return following < end or (end in when and when[end] <= end)
