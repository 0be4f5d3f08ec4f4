"""Follows a list through all its pages: by the server's own links or by counting, and notices when it changes."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec

from selfcare.domain.failures import ListBroken, ListChanged, ListShort, NotAnAnswer, TooLarge

from .addresses import absolute, origin_of
from .client import Reply
from .limits import EMPTY_PAGES, LIST_ITEMS, LIST_PAGES, UNCOUNTED_PAGES
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


def names_next(reply: Reply) -> bool:
    """Whether the server's Link header (RFC 8288) says that there is a next page, wherever it leads."""
    return any(_NEXT.search(found[2]) for found in _LINK.finditer(reply.headers.get("link", "")))


def next_link(reply: Reply, asked: str) -> str:
    """The address of the next page as the server's Link header names it; else "".

    It is one of the same list: of a link to another address, as of a host behind the gateway, the query is asked where
    this page was.
    """
    for found in _LINK.finditer(reply.headers.get("link", "")):
        if _NEXT.search(found[2]):
            url, here = absolute(asked, found[1]), urlsplit(asked)
            if url and (query := urlsplit(url).query):
                return here._replace(query=query).geturl()
    return ""


def leads_elsewhere(reply: Reply, asked: str) -> bool:
    """Whether the link to the next page leaves the list's own address."""
    links = [found[1] for found in _LINK.finditer(reply.headers.get("link", "")) if _NEXT.search(found[2])]
    urls = [absolute(asked, link) for link in links]
    here = (origin_of(asked), urlsplit(asked).path)
    return any(not url or (origin_of(url), urlsplit(url).path) != here for url in urls)


def total_of(reply: Reply) -> int | None:
    """X-Total-Count, where it is a number."""
    said = reply.headers.get("x-total-count", "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None


class Progress:
    """What has come of one list so far. Raises ListChanged as soon as the pages cannot be of one list."""

    def __init__(self, kind: str, doubled: set[str] | None = None, name: str = "") -> None:
        """`doubled` are the lists in which an id came on two pages when they were last read, `name` is this one."""
        self.kind = kind
        self._doubled, self._name = set() if doubled is None else doubled, name
        self._takes_doubled = name in self._doubled
        self.twice: list[bytes] = []
        """The documents that came under an id that was here already, and are left out."""
        self.received = 0
        self.pages = 0
        self.total: int | None = None
        self.validator = ""
        self.last = b""
        """The mark of the last document that has come."""
        self.is_blind = False
        """A page was taken of which nothing says that it is of the same list as those before."""
        self._first: list[bytes] = []
        self._fullest = self._latest = self._empty = 0
        self._was_led = self._is_led = self._counts_pages = False
        self._seen = _Seen()

    def add(self, reply: Reply, documents: list[bytes], one_tag: bool, overlap: int = 0) -> list[bytes]:
        """Count a page; its documents, each id once. `one_tag` says that the server's ETag is of the whole list;
        `overlap` how many documents of the page before came with it again.

        A total that differs from the first page's, a tag that differs, or an id that came on another page: the list
        changed. Not so where every total is of its page alone, and where that id did so when the list was last read.
        A total of 0 beside documents is ignored (seen in the field).
        """
        total, tag, there = total_of(reply), reply.headers.get("etag", ""), len(documents) + overlap
        if self.pages == 0:
            self.total, self.validator = total, tag
            self._counts_pages = bool(total) and total == there
            self._first = [mark_of(document) for document in documents]
            self._seen.expect(total or 0)
        elif self._is_of_the_page(total, there, len(documents)):
            self.total = None
        elif (total is not None and total != self.total) or (one_tag and not is_same_tag(tag, self.validator)):
            raise ListChanged(self.kind)
        if self.pages and documents and not overlap and not (one_tag and tag):
            self.is_blind = True
        self.pages += 1
        self.received += len(documents)
        self._latest = there
        self._empty = 0 if documents else self._empty
        self._fullest = max(self._fullest, self._latest)
        self.last = mark_of(documents[-1]) if documents else self.last
        if max(self.received, self.total or 0) > LIST_ITEMS or self.pages > self._most_pages():
            raise TooLarge("list")
        if self.total and self.received > self.total:
            raise ListChanged(self.kind)
        again = self._seen.add(ids_of(documents))
        return self._once(documents, Counter(again)) if again else documents

    def _most_pages(self) -> int:
        """A list that nobody counts may lead on for ever."""
        return LIST_PAGES if self.total else UNCOUNTED_PAGES

    def _is_of_the_page(self, total: int | None, there: int, fresh: int) -> bool:
        """Whether the server counts the documents of each page: more came than it said, or it says otherwise now."""
        if not self._counts_pages or total != there:
            return False
        return total != self.total or self.received + fresh > (self.total or 0)

    def _once(self, documents: list[bytes], again: Counter[bytes]) -> list[bytes]:
        """A page without what came under an id that was here already. Two of one page are no sign of a change; where
        they say different things, nobody knows which holds, and the list is refused."""
        here = Counter(ids_of(documents))
        said: dict[bytes, bytes] = {}
        for own, document in ((_own_id(document), document) for document in documents if here[_own_id(document)] > 1):
            if said.setdefault(own, document) != document and b'"duplicate"' not in document:  # the word for a copy
                raise NotAnAnswer("shape")
        if any(here[own] == times for own, times in again.items()) and not self._takes_doubled:
            self._doubled.add(self._name)
            raise ListChanged(self.kind)
        kept: list[bytes] = []
        for document in reversed(documents):
            own = _own_id(document)
            if again[own] > 0:
                again[own] -= 1
                self.twice.append(document)
            else:
                kept.append(document)
        if not kept and self._latest >= self._fullest:  # a whole page over again: it does not know where it is
            raise ListChanged(self.kind)
        return kept[::-1]

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
        """A later page that is the first one over again: the server knows no `offset`, and all that it has has come.
        Raises ListBroken if it counts more, or had said that there is a next page."""
        if self.pages == 0 or not documents or (self.total and self.received < self.total):
            return False
        fresh = ids_of(documents)
        is_so = len(fresh) == len(documents) == self.received and all(own in self._seen for own in fresh)
        if is_so and self._is_led:
            raise ListBroken(self.kind)
        return is_so

    def behind(self, documents: list[bytes]) -> list[bytes]:
        """What comes behind the last document that is here, in a page that was asked for from that one on. Raises
        ListChanged if another stands in its place."""
        if mark_of(documents[0]) != self.last:
            raise ListChanged(self.kind)
        return documents[1:]

    def is_rounded(self, documents: list[bytes]) -> bool:
        """The page begins elsewhere than was asked for, with nothing new in it: the server knows whole pages alone."""
        return mark_of(documents[0]) != self.last and all(own in self._seen for own in ids_of(documents))

    def is_over(self, reply: Reply, size: int) -> bool:
        """Whether nothing is left to ask for behind the page that was just added, of which `size` documents were
        asked for: as many have come as the server counts, or it names no next page where it named one before.

        A count that may be of the page alone, as of a full one, tells nothing where there is no Link either.
        """
        if not self.total:
            return self._was_led and not self._is_led
        may_be_of_the_page = self._counts_pages and self._latest >= size and not reply.headers.get("link")
        return not self._is_led and self.received >= self.total and not may_be_of_the_page

    def lead(self, is_led: bool) -> None:
        """The page that was just added says that there is a next one, or does not."""
        self._is_led = is_led
        self._was_led = self._was_led or is_led

    def leads_on(self, reply: Reply) -> bool:
        """Whether the page that was just added brought nothing and says all the same that there is a next one, as where
        a server filters what it has cut into pages. Where as many have come as it counts, that is the end.

        Raises ListBroken after too many of them in a row.
        """
        if not self._is_led or reply.status != 200 or (self.total and self.received >= self.total):
            return False
        self._empty += 1
        if self._empty > EMPTY_PAGES:
            raise ListBroken(self.kind)
        return True

    @property
    def may_go_on(self) -> bool:
        """Nothing in the last page says that it was the last: it is as full as any before it, and it is not the first
        that names no next one."""
        return self._latest >= self._fullest and (self._is_led or not self._was_led)

    def finish(self) -> None:
        """The last page has come. Raises ListShort if fewer came than were promised, ListChanged if more did."""
        if self._takes_doubled and not self.twice:
            self._doubled.discard(self._name)
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

    def add(self, ids: Iterable[bytes]) -> list[bytes]:
        """Take ids in; those that have come before, as often as they come again."""
        fresh = list(ids)
        while 2 * (self._count + len(fresh)) > len(self._table):
            self._widen()
        again: list[bytes] = []
        table, last = self._table, len(self._table) - 1
        for own in fresh:
            number = hash(own) or 1
            place = number & last
            while (there := table[place]) and there != number:
                place = (place + 1) & last
            if there:
                again.append(own)
                continue
            table[place] = number
            self._count += 1
        return again

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
