"""Follows a list through all its pages: by the server's own links or by counting, and notices when it changes."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode, urlsplit

import msgspec

from selfcare.domain.failures import ListChanged, TooLarge

from .addresses import absolute, origin_of
from .client import Reply
from .limits import LIST_ITEMS, LIST_PAGES
from .replies import is_same_tag

_LINK = re.compile(r'<([^<>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^",;\s]*))*)')
_NEXT = re.compile(r';\s*rel\s*=\s*"?(?:[^"]*\s)?next(?:\s[^"]*)?"?\s*(?:;|$)', re.IGNORECASE)


class _Id(msgspec.Struct, gc=False):
    id: msgspec.Raw = msgspec.Raw(b"")


_ids: Any = msgspec.json.Decoder(list[_Id])
_id: Any = msgspec.json.Decoder(_Id)


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
        self._seen: set[bytes] = set()

    def add(self, reply: Reply, documents: list[bytes], one_tag: bool) -> None:
        """Count a page. `one_tag` says that the server's ETag is of the whole list.

        A total that differs from the first page's, a tag that differs, or an id that came before: the list changed.
        A total of 0 beside documents is ignored (seen in the field).
        """
        total, tag = total_of(reply), reply.headers.get("etag", "")
        if self.pages == 0:
            self.total, self.validator = total, tag
        elif (total is not None and total != self.total) or (one_tag and not is_same_tag(tag, self.validator)):
            raise ListChanged(self.kind)
        self.pages += 1
        self.received += len(documents)
        if self.received > LIST_ITEMS or self.pages > LIST_PAGES:
            raise TooLarge("list")
        fresh = ids_of(reply.body, documents)
        before = len(self._seen)
        self._seen.update(fresh)
        if len(self._seen) != before + len(fresh):
            raise ListChanged(self.kind)

    def is_repeated(self, reply: Reply, documents: list[bytes]) -> bool:
        """A later page that is the first one over again: the server knows no `offset` and counts nothing, and all that
        it has has come."""
        if self.pages == 0 or self.total or not documents:
            return False
        fresh = ids_of(reply.body, documents)
        return len(fresh) == len(documents) == self.received and self._seen.issuperset(fresh)

    @property
    def is_whole(self) -> bool:
        """As many documents have come as the server counts."""
        return bool(self.total) and self.received >= (self.total or 0)

    def finish(self) -> None:
        """The last page has come. Raises ListChanged if the count is not the one that was promised."""
        if self.total and self.received != self.total:
            raise ListChanged(self.kind)


def ids_of(body: bytes, documents: list[bytes]) -> list[bytes]:
    """The ids of a page's documents as written; documents without one do not count."""
    try:
        found = [bytes(part.id) for part in _ids.decode(body)]
    except (msgspec.DecodeError, UnicodeDecodeError):
        found = [_one_id(doc) for doc in documents]
    return [own for own in found if own]


def _one_id(doc: bytes) -> bytes:
    try:
        return bytes(_id.decode(doc).id)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return b""
