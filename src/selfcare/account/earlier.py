"""The ends that were promised before the present one, and when each was replaced, from what was seen of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from itertools import pairwise

from selfcare.domain.moved import Moves
from selfcare.domain.records import replace
from selfcare.domain.tickets import Ticket
from selfcare.domain.workdays import whole_day

Seen = Mapping[datetime, datetime]
"""The ends that were promised for something, and when each was first seen, in that order."""


def earlier_ends(
    seen: Seen, promised: datetime | None, days: tzinfo | None = None
) -> tuple[tuple[datetime, ...], Moves]:
    """The ends before the one that is promised now, and when each was replaced, where that was seen. With `days` (the
    operator's zone) a day ends with its end: an earlier version remembered its first moment."""
    known = _whole(seen, promised, days)
    when = tuple((end, known[following]) for end, following in pairwise(known) if end != promised)
    return tuple(end for end in known if end != promised), when


def _whole(seen: Seen, promised: datetime | None, days: tzinfo | None) -> dict[datetime, datetime]:
    found: dict[datetime, datetime] = {}
    for end, at in seen.items():
        found.setdefault(end if days is None or end == promised else whole_day(end, days), at)
    return found


def with_calls(ticket: Ticket, remembered: Mapping[str, str], zone: tzinfo) -> Ticket:
    """A ticket with the call backs that were promised before, and when the present one was first seen."""
    if not remembered:
        return ticket
    seen = {datetime.fromisoformat(end): datetime.fromisoformat(at) for end, at in remembered.items()}
    earlier, when = earlier_ends(seen, ticket.call_by, zone)
    first = _whole(seen, ticket.call_by, zone).get(ticket.call_by) if ticket.call_by else None
    return replace(ticket, call_moved_from=earlier, call_moved_when=when, call_seen=first)
