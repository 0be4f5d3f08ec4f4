"""Asks an operator: lists with all their pages, single documents, papers; and sends it what the customer asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from urllib.parse import quote

from selfcare.domain.bills import PaperRef
from selfcare.domain.failures import Failure, ListChanged, ListMissing, NotAnAnswer, NotOffered, Refused, SignedOut
from selfcare.domain.operator import ApiEntry, OperatorProfile
from selfcare.domain.records import Sealed, field

from . import papers
from .catalogue import RESOURCES
from .client import Reply, Request, Wire
from .columns import id_of
from .commands import WireAction
from .echo import is_an_error
from .list_end import is_doubtful, require_end
from .outgoing import external_filter
from .paging import Progress, names_next, next_link, page_url
from .reading import Doc, document, first_text, notes, text
from .remarks import are_shown
from .replies import (
    age_of,
    error_of,
    failure_of,
    is_of_the_api,
    is_same_tag,
    is_tmf_error,
    refuses_filter,
    require_json,
    require_success,
    tag_of,
)
from .strict_json import check, decode, documents
from .tickets import external_id

UNCHANGED = "unchanged"
"""What is wrong with an answer (NotAnAnswer) by which the operator says yes, and nothing has changed."""
_NOT_FOUND = frozenset({404, 416})


class ListReply(Sealed, frozen=True):
    """A whole list. `unchanged` means that the validator still holds and nothing was sent; each document is kept
    exactly as received. `validator` is "" where the server's tag cannot stand for the whole list."""

    unchanged: bool
    documents: list[bytes] = field(default_factory=list)
    validator: str = ""
    twice: list[bytes] = field(default_factory=list)
    """What came under an id that another document of the list has, and is left out."""


class OneReply(Sealed, frozen=True):
    """One document, exactly as received, or the news that it is unchanged."""

    unchanged: bool
    document: bytes = b""
    validator: str = ""


class Page(Sealed, frozen=True):
    """One page of a list. `done` documents have come with it, of `total` if the server counts."""

    documents: list[bytes]
    done: int
    total: int | None
    unchanged: bool = False
    validator: str = ""
    """Set on the last page only, as in ListReply."""
    is_missing: bool = False
    """The first page was not found: some servers say so of an empty list, and all of them of one that is not there."""
    twice: list[bytes] = field(default_factory=list)
    """Set on the last page only, as in ListReply."""


class Operator:
    """One operator's APIs for one signed-in customer.

    `tokens()` gives the access token for each request; "" asks as somebody who has not signed in. `renew()`, if given,
    is asked once for a new one when the operator no longer takes the old (401), and the request is repeated: a refused
    token means that nothing was done.
    """

    def __init__(
        self,
        profile: OperatorProfile,
        wire: Wire,
        tokens: Callable[[], str],
        renew: Callable[[], str] | None = None,
    ) -> None:
        self.profile = profile
        self.wire = wire
        self._tokens = tokens
        self._renew = renew
        self._doubled: set[str] = set()
        """The lists in which an id came on two pages when they were last read."""
        self._oldest = timedelta(0)

    def entry(self, api: str) -> ApiEntry:
        """Where an API is. Raises NotOffered."""
        found = self.profile.apis.get(api)
        if found is None:
            raise NotOffered(api)
        return found

    def fetch_list(
        self,
        api: str,
        resource: str,
        params: Mapping[str, str],
        validator: str = "",
        progress: Callable[[int, int | None], None] | None = None,
    ) -> ListReply:
        """A whole list (TMF630 paging). `progress(done, total)` is told after each page.

        Raises every Failure of the wire, Refused, SignedOut, TooOften, ServerTrouble, NotOffered; ListChanged if the
        list changed while it was read, and again when it was read once more; ListBroken (one of those) if a page in it
        was missing both times; ListMissing if the list was not found (404), unless the profile says that an empty one
        is told so.
        """
        try:
            return self._whole(api, resource, params, validator, progress)
        except ListChanged:
            return self._whole(api, resource, params, "", progress)

    def _whole(
        self,
        api: str,
        resource: str,
        params: Mapping[str, str],
        validator: str,
        progress: Callable[[int, int | None], None] | None,
    ) -> ListReply:
        found: list[bytes] = []
        tag, twice = "", list[bytes]()
        for page in self.pages(api, resource, params, validator):
            if page.unchanged:
                return ListReply(True, [], validator)
            if page.is_missing and not self.profile.honours.missing_is_empty:
                raise ListMissing(resource)
            found += page.documents
            tag, twice = page.validator, page.twice
            if progress is not None:
                progress(page.done, page.total)
        return ListReply(False, found, tag, twice)

    def pages(self, api: str, resource: str, params: Mapping[str, str], validator: str = "") -> Iterator[Page]:
        """The pages of a list, one after the other; while one is being worked on, the next is already being fetched
        and taken apart.

        Where no tag of the whole list tells that it has changed, each page is asked for from the last document of the
        one before: if another stands there, documents have moved. Where the server's own links leave no such choice,
        the first page is read again at the end and must be the same. What comes twice under one id is given once.

        Raises ListChanged as soon as the pages cannot be of one list, and ListBroken where a page is missing that may
        not be the end: forget what came and begin again (once).
        """
        entry = self.entry(api)
        size = entry.page_size
        named = entry.resource(resource)

        def at(offset: int, limit: int) -> str:
            return page_url(entry.base_url, named, {**params, "offset": str(offset), "limit": str(limit)})

        asked = first = at(0, size)
        whole_tag = self.profile.honours.list_etag
        so_far = Progress(resource, self._doubled, page_url(entry.base_url, named, dict(params)))
        reply = self._get(asked, validator)
        if reply.status == 304:
            yield Page([], 0, None, True, validator)
            return
        found = self._page(reply, first=True)
        if reply.status in _NOT_FOUND or reply.status == 204:
            yield Page([], 0, None, is_missing=True)
            return
        may_stand = bool(tag_of(reply, validator))
        overlaps, overlap, plain = len(found) > 1 and not (whole_tag and may_stand), 0, first
        with ThreadPoolExecutor(1, "selfcare-pages") as ahead:
            while True:
                if overlap and len(found) >= so_far.full(size) and so_far.is_rounded(found):
                    overlaps, overlap, asked = False, 0, plain
                    reply, found = self._next_page(plain)
                if so_far.is_repeated(reply, found):
                    found = []
                elif overlap and found:
                    found = so_far.behind(found)
                found = so_far.add(reply, found, whole_tag and bool(found), overlap)
                following = next_link(reply, asked)
                so_far.lead(names_next(reply))
                if so_far.is_over(reply, size) or not (found or so_far.leads_on(reply)):
                    break
                plain = following or at(so_far.received, size)
                asked = so_far.from_last(plain) if overlaps else plain
                overlap = int(asked != plain)
                coming: Future[tuple[Reply, list[bytes]]] = ahead.submit(self._next_page, asked)
                yield Page(found, so_far.received, so_far.total)
                reply, found = coming.result()
                if is_doubtful(reply, so_far):
                    limit = max(size, 2)
                    require_end(self._next_page, at(so_far.received - 1, limit), limit, so_far)
        if so_far.is_blind:
            so_far.require_start(self._next_page(first)[1])
        so_far.finish()
        alone = so_far.pages == 1 and so_far.received < size
        stands = may_stand and (whole_tag or alone)
        yield Page(found, so_far.received, so_far.total, False, so_far.validator if stands else "", twice=so_far.twice)

    def _next_page(self, url: str) -> tuple[Reply, list[bytes]]:
        """A later page and its documents, taken apart already where it was fetched."""
        reply = self._get(url, "")
        return reply, self._page(reply, first=False)

    def _page(self, reply: Reply, first: bool) -> list[bytes]:
        may_be_empty = not first or self.profile.honours.missing_is_empty
        if reply.status in _NOT_FOUND and (is_tmf_error(reply) or (may_be_empty and is_of_the_api(reply))):
            return []
        if reply.status == 204 and may_be_empty:
            return []
        return documents_of(reply)

    def fetch_one(self, api: str, resource: str, own_id: str, validator: str = "") -> OneReply:
        """One document by its id (any text: it is one part of the address). Raises as fetch_list does, and NotAnAnswer
        for half a document, for something else than an object, and for one with another id than was asked for."""
        entry = self.entry(api)
        url = f"{entry.base_url}/{entry.resource(resource)}/{quote(own_id, safe='')}"
        reply = self._get(url, validator)
        if reply.status == 304 and validator:
            return OneReply(True, b"", validator)
        require_success(reply)
        body = require_json(reply)
        check(body)
        if isinstance(decode(body), list) and len(listed := documents(body)) == 1:
            body = listed[0]
        if id_of(body) != own_id:
            raise NotAnAnswer("shape")
        return OneReply(False, body, tag_of(reply, validator))

    def fetch_paper(self, paper: PaperRef | str) -> bytes:
        """A PDF by its own address. Raises PaperTrouble (missing, not_pdf) and every failure of the wire."""
        return papers.fetch(self, paper)

    def fetch_bill_paper(self, bill_doc: bytes, paper_id: str = "") -> bytes:
        """The PDF of a bill by the ways that the profile names, in their order (mapping 4.4); fails as fetch_paper."""
        return papers.fetch_of_bill(self, bill_doc, paper_id)

    def send(self, action: WireAction, key: str = "") -> Reply:
        """Send what the customer asked for, exactly these bytes; `key` goes as Idempotency-Key.

        Returns a good answer (2xx), whose content commands.read_receipt judges. Raises as fetch_list does: after
        Offline nothing was sent, after TimedOut, NotAnAnswer or ServerTrouble nobody knows.
        """
        entry = self.entry(action.api)
        kind, slash, rest = action.path.partition("/")
        url = f"{entry.base_url}/{entry.resource(kind)}{slash}{rest}"
        headers = {"content-type": action.content_type, "accept": "application/json"}
        if key:
            headers["idempotency-key"] = f'"{key}"'
        if action.tag:
            headers["if-match"] = action.tag
        reply = self.ask(Request(action.method, url, headers, action.body_as(action.content_type)))
        others = [kind for kind in (*entry.patch, "application/json") if kind != action.content_type]
        if reply.status == 415 and action.method == "PATCH" and others:
            another = {**headers, "content-type": others[0]}
            reply = self.ask(Request(action.method, url, another, action.body_as(others[0])))
        require_success(reply)
        if action.method == "PATCH" and reply.status != 202:
            _require_change(lambda: self._get(url, ""), action.body, reply)
        return reply

    def ahead(self) -> timedelta | None:
        """How far the operator's clock is ahead of ours, by its last answer; None before one, or if it says no time."""
        return self.wire.ahead

    def oldest(self) -> timedelta:
        """How old the oldest of the answers was that came since this was last asked: a cache on the way may have kept
        one, and says so (Age, RFC 9111, 5.1)."""
        oldest, self._oldest = self._oldest, timedelta(0)
        return oldest

    def find_external(
        self, api: str, resource: str, own_id: str, params: Mapping[str, str] | None = None
    ) -> list[bytes]:
        """The documents that carry our external id: by the server's filter where the profile promises one, and in any
        case checked here, because some servers ignore filters that they do not know."""
        filters = dict(params or {})
        if self.profile.honours.external_id_filter:
            filters[external_filter(self.entry(api).version, resource)] = own_id
        found = fetch_filtered(self, api, resource, filters)
        return [doc for doc in found if own_id.encode() in doc and external_id(_object(doc)) == own_id]

    def ask(self, request: Request) -> Reply:
        """One request with the customer's token and the operator's own headers. Any status but 401 comes back."""
        reply = self.wire.send(self._signed(request, self._tokens()))
        if reply.status == 401 and self._renew is not None:
            reply = self.wire.send(self._signed(request, self._renew()))
        if reply.status == 401:
            raise SignedOut
        return reply

    def _get(self, url: str, validator: str) -> Reply:
        headers = {"accept": "application/json", "cache-control": "no-cache"}
        if validator:
            headers["if-none-match"] = validator
        reply = self.ask(Request("GET", url, headers))
        self._oldest = max(self._oldest, age_of(reply))
        if reply.status != 304:
            return reply
        if not validator:
            raise failure_of(reply) or NotAnAnswer("shape")
        tag = reply.headers.get("etag", validator)
        return reply if is_same_tag(tag, validator) else self._get(url, "")  # it is something else that is unchanged

    def _signed(self, request: Request, token: str) -> Request:
        asked = entry_at(self.profile, request.url)
        headers = {**self.profile.extra_headers, **(asked.extra_headers if asked else {}), **request.headers}
        if token:
            headers["authorization"] = f"Bearer {token}"
        return Request(
            request.method, request.url, headers, request.body, request.cap, request.total, request.takes_redirect
        )


def fetch_filtered(operator: Operator, api: str, resource: str, filters: Mapping[str, str]) -> list[bytes]:
    """The documents of a list that a filter finds, or all of them where it is refused: whoever asks looks through
    them. Raises as Operator.fetch_list does."""
    try:
        return operator.fetch_list(api, resource, filters).documents
    except Failure as failure:
        if not (filters and refuses_filter(failure)):
            raise
        return operator.fetch_list(api, resource, {}).documents


def entry_at(profile: OperatorProfile, url: str) -> ApiEntry | None:
    """The API that an address belongs to: one base may lie in another, and several APIs at one base are told by the
    resource that is named behind it."""
    asked = [entry for entry in profile.apis.values() if entry and url.startswith(f"{entry.base_url}/")]
    base = max((entry.base_url for entry in asked), key=len, default="")
    there = [entry for entry in asked if entry.base_url == base]
    name = re.split("[/?]", url[len(base) + 1 :], maxsplit=1)[0]
    named = (e for e in there if any(e.resource(one.kind) == name for one in RESOURCES if one.api == e.api))
    return next(named, there[0] if there else None)


def _require_change(look: Callable[[], Reply], body: bytes, answer: Reply) -> None:
    """Some servers say yes to a PATCH and change nothing (mapping 8): see by the answer, or look, whether the new
    remark is there. Raises NotAnAnswer (UNCHANGED) where it is not, which it may be later, as lists are late.

    Where it cannot be looked for, the operator's yes counts. An error in its place is none (NotAnAnswer, shape).
    """
    sent, is_no = notes(_object(body).get("note")), False
    with suppress(Failure):
        said = _object(require_json(answer))
        is_no = is_an_error(said)
        if are_shown(sent, notes(said.get("note"))):
            return
    try:
        reply = look()
        require_success(reply)
        there = notes(_object(require_json(reply)).get("note"))
    except Failure:
        if not is_no:
            return
        there = ()
    if not are_shown(sent, there):
        raise NotAnAnswer("shape" if is_no else UNCHANGED)


def documents_of(reply: Reply) -> list[bytes]:
    """The documents of a good answer; one that came alone is all there is. Raises Refused for an error in its place."""
    require_success(reply)
    body = require_json(reply)
    try:
        return documents(body)
    except NotAnAnswer as trouble:
        code, reason = error_of(reply)
        if trouble.what == "shape" and code and reason:
            raise Refused(reply.status, reason, code) from None
        if trouble.what == "shape" and is_alone(body):
            return [body]
        raise


def is_alone(body: bytes) -> bool:
    """One document stands where the list of one belongs (mapping 8): it says what it is or where, and is no error."""
    check(body)
    found = decode(body)
    if not isinstance(found, dict) or is_an_error(found):
        return False
    return bool(text(found.get("id"))) and bool(first_text(found, "href", "@type"))


def _object(doc: bytes) -> Doc:
    return document(doc, "document")
