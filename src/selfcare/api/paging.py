"""Follows a list through all its pages: by the server's own links or by counting, and notices when it changes."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec

from selfcare.domain.failures import ListChanged, ListShort, TooLarge

from .addresses import absolute, origin_of
from .client import Reply
from .limits import LIST_ITEMS, LIST_PAGES
from .replies import is_same_tag

_LINK = re.compile(r'<([^<>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^",;\s]*))*)')
_NEXT = re.compile(r';\s*rel\s*=\s*"?(?:[^"]*\s)?next(?:\s[^"]*)?"?\s*(?:;|$)', re.IGNORECASE)


class _Id(msgspec.Struct, gc=False):
    id: msgspec.Raw = msgspec.Raw(b"")


_id: Any = msgspec.json.Decoder(_Id)
_BEGINS = re.compile(rb'\{"id":("[^"\\]+")')
"""So nearly every document begins, and need not be taken apart once more for its id."""


def page_url(base: str, resource: str, params: dict[str, str]) -> str:
    """The address of a list with its filters."""
    query = urlencode(params)
    return f"{base}/{resource}?{query}" if query else f"{base}/{resource}"


def next_link(reply: Reply, asked: str) -> str:
    """The address of the next page as the server's Link header (RFC 8288) names it, if at the same origin; else ""."""
    for found in _LINK.finditer(reply.headers.get("link", "")):
        if _NEXT.search(found[2]):
            url = absolute(asked, found[1])
            if url and origin_of(url) == origin_of(asked) and urlsplit(url).path == urlsplit(asked).path:
                return url
    return ""


def total_of(reply: Reply) -> int | None:
    """X-Total-Count, where it is a number."""
    said = reply.headers.get("x-total-count", "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None


class Progress:
    """What has come of one list so far. Raises ListChanged as soon as the pages cannot be of one list."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.received = 0
        self.pages = 0
        self.total: int | None = None
        self.validator = ""
        self.last = b""
        """The mark of the last document that has come."""
        self.is_blind = False
        """A page was taken of which nothing says that it is of the same list as those before."""
        self._first: list[bytes] = []
        self._fullest = self._latest = 0
        self._was_led = self._is_led = False
        self._seen = _Seen()

    def add(self, reply: Reply, documents: list[bytes], one_tag: bool, overlap: int = 0) -> None:
        """Count a page. `one_tag` says that the server's ETag is of the whole list; `overlap` how many documents of
        the page before came with it again.

        A total that differs from the first page's, a tag that differs, or an id that came before: the list changed.
        A total of 0 beside documents is ignored (seen in the field).
        """
        total, tag = total_of(reply), reply.headers.get("etag", "")
        if self.pages == 0:
            self.total, self.validator = total, tag
            self._first = [mark_of(document) for document in documents]
            self._seen.expect(total or 0)
        elif (total is not None and total != self.total) or (one_tag and not is_same_tag(tag, self.validator)):
            raise ListChanged(self.kind)
        elif documents and not overlap and not (one_tag and tag):
            self.is_blind = True
        self.pages += 1
        self.received += len(documents)
        self._latest = len(documents) + overlap
        self._fullest = max(self._fullest, self._latest)
        self.last = mark_of(documents[-1]) if documents else self.last
        if self.received > LIST_ITEMS or self.pages > LIST_PAGES:
            raise TooLarge("list")
        if not self._seen.add(ids_of(documents)):
            raise ListChanged(self.kind)

    def from_last(self, url: str) -> str:
        """The address of a page that begins behind the last document that is here, moved back by that one; as it is
        where it counts in another way."""
        parts = urlsplit(url)
        said = parse_qsl(parts.query, keep_blank_values=True)
        limits = [value for name, value in said if name == "limit"]
        if [value for name, value in said if name == "offset"] != [str(self.received)] or limits in (["0"], ["1"]):
            return url
        moved = [(name, str(self.received - 1) if name == "offset" else value) for name, value in said]
        return parts._replace(query=urlencode(moved)).geturl()

    def full(self, size: int) -> int:
        """How many documents a whole page has where `size` are asked for: some servers that lead never give so many."""
        return min(size, self._fullest) if self._is_led else size

    def require_start(self, documents: list[bytes]) -> None:
        """Raise ListChanged if the list does not begin any more as it did."""
        if [mark_of(document) for document in documents] != self._first:
            raise ListChanged(self.kind)

    def is_repeated(self, reply: Reply, documents: list[bytes]) -> bool:
        """A later page that is the first one over again: the server knows no `offset` and counts nothing, and all that
        it has has come."""
        if self.pages == 0 or self.total or not documents:
            return False
        fresh = ids_of(documents)
        return len(fresh) == len(documents) == self.received and all(own in self._seen for own in fresh)

    def behind(self, documents: list[bytes]) -> list[bytes]:
        """What comes behind the last document that is here, in a page that was asked for from that one on. Raises
        ListChanged if another stands in its place."""
        if mark_of(documents[0]) != self.last:
            raise ListChanged(self.kind)
        return documents[1:]

    def is_rounded(self, documents: list[bytes]) -> bool:
        """The page begins elsewhere than was asked for, with nothing new in it: the server knows whole pages alone."""
        return mark_of(documents[0]) != self.last and all(own in self._seen for own in ids_of(documents))

    @property
    def is_whole(self) -> bool:
        """As many documents have come as the server counts."""
        return bool(self.total) and self.received >= (self.total or 0)

    def lead(self, following: str) -> None:
        """The page that was just added names the address of the next one, or "" if none."""
        self._is_led = bool(following)
        self._was_led = self._was_led or self._is_led

    @property
    def may_go_on(self) -> bool:
        """Nothing in the last page says that it was the last: it is as full as any before it, and it is not the first
        that names no next one."""
        return self._latest >= self._fullest and (self._is_led or not self._was_led)

    def finish(self) -> None:
        """The last page has come. Raises ListShort if fewer came than were promised, ListChanged if more did."""
        if self.total and self.received != self.total:
            raise ListShort(self.kind) if self.received < self.total else ListChanged(self.kind)


class _Seen:
    """The ids that have come, as numbers of eight bytes in a table with room to spare: a long list's ids would else
    take more memory than its pages. Two ids of one number are as likely as nothing."""

    def __init__(self) -> None:
        self._table = array("q", bytes(8 * 1024))
        self._count = 0

    def expect(self, count: int) -> None:
        """Make room at once for so many ids, or for as many as a list may have."""
        room = len(self._table)
        while room < 2 * min(count, LIST_ITEMS):
            room *= 2
        self._table = array("q", bytes(8 * room))

    def add(self, ids: Iterable[bytes]) -> bool:
        """Take ids in; False as soon as one has come before."""
        fresh = list(ids)
        while 2 * (self._count + len(fresh)) > len(self._table):
            self._widen()
        table, last = self._table, len(self._table) - 1
        for number in map(hash, fresh):
            number = number or 1
            place = number & last
            while there := table[place]:
                if there == number:
                    return False
                place = (place + 1) & last
            table[place] = number
            self._count += 1
        return True

    def __contains__(self, own: bytes) -> bool:
        return bool(self._table[self._place(hash(own) or 1)])

    def _place(self, number: int) -> int:
        table, last = self._table, len(self._table) - 1
        place = number & last
        while table[place] and table[place] != number:
            place = (place + 1) & last
        return place

    def _widen(self) -> None:
        numbers = self._table
        self._table = array("q", bytes(2 * numbers.itemsize * len(numbers)))
        for number in filter(None, numbers):
            self._table[self._place(number)] = number


def ids_of(documents: Iterable[bytes]) -> list[bytes]:
    """The ids of documents as written; documents without one do not count."""
    begins = _BEGINS.match
    found = [at[1] if (at := begins(doc)) else _own_id(doc) for doc in documents]
    return found if all(found) else [own for own in found if own]


def mark_of(document: bytes) -> bytes:
    """By what a document is known again: its id as written; without one, all of it."""
    return _own_id(document) or document


def _own_id(doc: bytes) -> bytes:
    try:
        return bytes(_id.decode(doc).id)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return b""
