"""How old what is shown is, and why it is not newer."""

from __future__ import annotations

from datetime import datetime

from .failures import Failure
from .records import Struct
from .topics import Topic


class Freshness(Struct, frozen=True):
    """The age of one topic. `seen` is the last moment the operator confirmed it (None: never read).

    `failure` is why the last try failed, or None. `offered` is False where the operator has no such API: that is not
    an empty list. `unreadable` counts documents that were kept but could not be understood, `refused` those of
    another customer's and `left_out` those that do not name the customer: of these nothing was kept.
    """

    topic: Topic
    seen: datetime | None = None
    tried: datetime | None = None
    failure: Failure | None = None
    offered: bool = True
    unreadable: int = 0
    refused: int = 0
    left_out: int = 0
    is_archive: bool = False
    """There is no operator at all: what is here is what the customer brought along."""


def oldest(parts: tuple[Freshness, ...]) -> Freshness | None:
    """The part of a page that is furthest behind: the one that decides what the page says of its age.

    Parts that the operator does not offer do not count.
    """
    offered = [p for p in parts if p.offered]
    never = [p for p in offered if p.seen is None]
    if never:
        return never[0]
    return min(offered, key=_seen, default=None)


def _seen(part: Freshness) -> datetime:
    assert part.seen is not None
    return part.seen
