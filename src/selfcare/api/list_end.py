"""Decides whether a list is over where a server says that there is no further page, or whether a page is missing."""

from __future__ import annotations

from collections.abc import Callable

from selfcare.domain.failures import ListBroken

from .client import Reply
from .paging import Progress, mark_of

_NO_SUCH_PAGE = frozenset({204, 404})
"""How some servers end their lists, and how anything on the way may fail. 416 has no other meaning than the end."""

Fetch = Callable[[str], tuple[Reply, list[bytes]]]
"""A page of the list at an address, and its documents; none where the server has no such page."""


def is_doubtful(reply: Reply, so_far: Progress) -> bool:
    """Whether a page that is not there leaves open if the list is over: nothing said that the page before was the
    last (TMF630: X-Total-Count, a Link without next after one with it), and it was as full as any before it."""
    return reply.status in _NO_SUCH_PAGE and not so_far.total and so_far.may_go_on


def require_end(fetch: Fetch, url: str, limit: int, so_far: Progress) -> None:
    """Ask once more, for up to `limit` documents (two at least) from the last one that is here: a list that ends
    there gives this one and nothing behind it.

    Raises ListBroken where it goes on, and where it cannot be told; and every failure of the wire.
    """
    _, found = fetch(url)
    if not found or len(found) >= limit or mark_of(found[-1]) != so_far.last:
        raise ListBroken(so_far.kind)
