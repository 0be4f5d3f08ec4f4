"""The ends that were promised before the present one, and when each was replaced, from what was seen of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from itertools import pairwise

from selfcare.domain.moved import Moves, in_turn
from selfcare.domain.records import replace
from selfcare.domain.tickets import Ticket
from selfcare.domain.workdays import whole_day

Seen = Sequence[tuple[datetime, datetime]]
"""The ends that were promised for something, and when each was first seen, in that order."""


def seen_from(remembered: Iterable[tuple[str, str]]) -> Seen:
    """What is remembered of the ends of one thing. An interval is the time of a visit, whose number began alike."""
    return [(datetime.fromisoformat(end), datetime.fromisoformat(at)) for end, at in remembered if "/" not in end]


def earlier_ends(
    seen: Seen, promised: datetime | None, days: tzinfo | None = None
) -> tuple[tuple[datetime, ...], Moves]:
    """The ends before the one that is promised now, and when each was replaced, where that was seen. With `days` (the
    operator's zone) a day ends with its end: an earlier version remembered its first moment."""
    known = _whole(seen, promised, days)
    when = tuple((end, at) for (end, _seen), (_following, at) in pairwise(known))
    return in_turn([end for end, _at in known], promised), when


def _whole(seen: Seen, promised: datetime | None, days: tzinfo | None) -> Seen:
    """What was seen, without what was only seen again."""
    found: list[tuple[datetime, datetime]] = []
    for end, at in seen:
        whole = end if days is None or end == promised else whole_day(end, days)
        if not found or found[-1][0] != whole:
            found.append((whole, at))
    return found


def with_calls(ticket: Ticket, remembered: Iterable[tuple[str, str]], zone: tzinfo) -> Ticket:
    """A ticket with the call backs that were promised before, and when the present one was first seen."""
    seen = seen_from(remembered)
    if not seen:
        return ticket
    earlier, when = earlier_ends(seen, ticket.call_by, zone)
    first = next((at for end, at in _whole(seen, ticket.call_by, zone) if end == ticket.call_by), None)
    return replace(ticket, call_moved_from=earlier, call_moved_when=when, call_seen=first)
