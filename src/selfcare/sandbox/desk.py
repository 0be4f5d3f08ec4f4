"""The demo operator's APIs over HTTP: lists, single documents, papers, and what customers send in."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from . import filing, requests
from .answers import JSON, Refusal, json_answer
from .brands import Brand
from .catalogue import KINDS, V5, Kind, address, base
from .documents import Document, decode, encode, etag_matches, etag_of
from .faults import spoiled
from .grants import Grants
from .household import Household
from .hub import Hub
from .keys import Answer, fingerprint, read_key
from .oidc import bearer
from .openly import is_open
from .paging import page_headers, read_page
from .query import BadQuery, chosen, read_fields, read_query
from .shelf import Shelf
from .v5 import asked, from_v5, to_v5
from .world import World

LARGEST_BODY = 8 * 1024 * 1024
SPOILS = ("unreadable", "no-id", "unknown-state", "missing-field")
_PRIVATE = {"Cache-Control": "private, no-cache"}


class Printer(Protocol):
    """Makes a paper: a person and the number of a file give a PDF, or None when there is no such file."""

    def __call__(self, person: object, ident: str, /) -> bytes | None: ...


class ServiceDesk:
    """The endpoints of the TM Forum APIs of both brands."""

    def __init__(self, world: World, grants: Grants, printer: Printer) -> None:
        self.world = world
        self.grants = grants
        self._printer = printer
        self._papers: dict[tuple[str, str], bytes] = {}
        self.hub = Hub()

    def routes(self, brand: Brand) -> list[Route]:
        """The routes of one brand, to be mounted under its issuer."""
        routes = [Route("/files/{id}.pdf", self._bound(brand, self._paper), methods=["GET"])]
        fresh = [replace(kind, version="v5") for kind in KINDS.values() if kind.api in V5]
        for kind in [*KINDS.values(), *fresh]:
            path = f"{base(kind.api, kind.version)}/{kind.name}"
            writes = kind.methods - {"PATCH", "DELETE"}
            routes.append(Route(path, self._of(brand, kind, self._collection), methods=["GET", *writes]))
            amends = kind.methods - {"POST"}
            routes.append(Route(path + "/{id}", self._of(brand, kind, self._single), methods=["GET", *amends]))
        for kind in {(kind.api, kind.version): kind for kind in [*KINDS.values(), *fresh]}.values():
            path = f"{base(kind.api, kind.version)}/hub"
            routes.append(Route(path, self._of(brand, kind, self._listen), methods=["POST"]))
            ways = ["DELETE", "GET"] if kind.version == "v5" else ["DELETE"]
            routes.append(Route(path + "/{id}", self._of(brand, kind, self._listener), methods=ways))
        return routes

    async def _listen(self, kind: Kind, household: Household, request: Request) -> Response:
        body = decoded(await _whole(request))
        one = self.hub.register(household.person.login, kind.api, kind.version, body)
        href = f"{household.issuer}{base(kind.api, kind.version)}/hub/{one.id}"
        return json_answer(one.document(href), 201, {"Location": href})

    async def _listener(self, kind: Kind, household: Household, request: Request) -> Response:
        one = self.hub.one(household.person.login, kind.api, kind.version, request.path_params["id"])
        if request.method == "GET":
            return json_answer(one.document(f"{household.issuer}{base(kind.api, kind.version)}/hub/{one.id}"))
        del self.hub.listeners[one.id]
        return Response(b"", 204)

    def household(self, brand: Brand, request: Request) -> Household:
        """Whose token this is. Raises Refusal 401 (RFC 6750, 3)."""
        token = bearer(request.headers.get("authorization", ""))
        family = self.grants.login_of(token, self.world.issuer(brand.id), time.time())
        if family is None:
            challenge = 'Bearer realm="selfcare"' + (', error="invalid_token"' if token else "")
            raise Refusal(401, "An access token is needed", {"WWW-Authenticate": challenge})
        return self.world.household(family.login)

    def _bound(
        self, brand: Brand, endpoint: Callable[[Household, Request], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def call(request: Request) -> Response:
            return await endpoint(self.household(brand, request), request)

        return call

    def _of(
        self, brand: Brand, kind: Kind, endpoint: Callable[[Kind, Household, Request], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def call(request: Request) -> Response:
            if endpoint == self._collection and is_open(kind.name, request.method, request.headers):
                return self._list(kind, self.world.everybody(brand.id), request)
            return await endpoint(kind, self.household(brand, request), request)

        return call

    async def _collection(self, kind: Kind, household: Household, request: Request) -> Response:
        if request.method == "POST":
            return await self._write(kind, household, request)
        return self._list(kind, household, request)

    async def _single(self, kind: Kind, household: Household, request: Request) -> Response:
        if request.method == "DELETE":
            ident = request.path_params["id"]
            gone = household.shelf(kind.name, self.world.clock.now()).row(ident)
            filing.withdraw(self.world, household, kind.name, ident)
            self._tell(kind, household, "DeleteEvent", gone)
            return Response(b"", 204)
        if request.method == "PATCH":
            return await self._write(kind, household, request)
        shelf = household.shelf(kind.name, self.world.clock.now())
        row = shelf.row(request.path_params["id"])
        if row is None:
            raise Refusal(404)
        row = as_shown(kind, household, row)
        for name in SPOILS:
            if self.world.faults.strikes(name, kind.name, kind.api):
                row = encode(spoiled(name, decode(row)))
        fields = read_fields(request.query_params.get("fields"))
        if fields is not None:
            row = encode(chosen(decode(row), fields, kind.version))
        return self._answer(kind, request, row, etag_of((row,)), {})

    def _list(self, kind: Kind, household: Household, request: Request) -> Response:
        parameters = request.query_params.multi_items()
        try:
            query = read_query(asked(kind.name, parameters) if kind.version == "v5" else parameters)
            page = read_page(request.query_params.get("offset"), request.query_params.get("limit"))
        except BadQuery as wrong:
            raise Refusal(400, str(wrong)) from None
        fields = read_fields(request.query_params.get("fields"))
        shelf = household.shelf(kind.name, self.world.clock.now())
        selection = shelf.select(query)
        positions, etag = selection.positions, selection.etag
        strikes = self.world.faults.strikes
        spoils = [name for name in SPOILS if strikes(name, kind.name, kind.api)]
        if page.offset and strikes("list-changes", kind.name, kind.api):
            positions, spoils = positions[1:], [*spoils, "list-changes"]
        if spoils or kind.version != "v4":
            etag = etag_of([etag.encode(), kind.version.encode(), *(name.encode() for name in spoils)])
        shown = positions[page.offset : page.offset + page.limit]
        rows = [as_shown(kind, household, row) for row in shelf.rows(shown)]
        bad = positions[len(positions) // 2] if spoils and positions else -1
        if bad in shown:
            at = list(shown).index(bad)
            for name in spoils:
                rows[at] = encode(spoiled(name, decode(rows[at]))) if name in SPOILS else rows[at]
        if fields is not None:
            rows = [encode(chosen(decode(row), fields, kind.version)) for row in rows]
        total = len(positions)
        listed = address(household.issuer, kind.name, version=kind.version)
        headers = page_headers(page, total, len(rows), listed, parameters)
        if strikes("bad-total", kind.name, kind.api):
            headers["X-Total-Count"] = str(total + 3)
        return self._answer(kind, request, b"[" + b",".join(rows) + b"]", etag, headers)

    def _answer(self, kind: Kind, request: Request, body: bytes, etag: str, headers: dict[str, str]) -> Response:
        if not self.world.faults.strikes("no-etag", kind.name, kind.api):
            headers = headers | {"ETag": etag}
            if etag_matches(request.headers.get("if-none-match", ""), etag):
                return Response(b"", 304, {"ETag": etag} | _PRIVATE)
        partial = "X-Total-Count" in headers and self.world.faults.strikes("partial", kind.name, kind.api)
        return json_answer(body, 206 if partial else 200, headers | _PRIVATE)

    async def _write(self, kind: Kind, household: Household, request: Request) -> Response:
        sent_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        patch = request.method == "PATCH"
        if sent_type != "application/json" and not (patch and sent_type == "application/merge-patch+json"):
            raise Refusal(415, headers={"Accept-Patch": "application/json"} if patch else None)
        body = await _whole(request)
        keys, subject, now = self.world.keys, household.person.customer_id, self.world.clock.now()
        header = request.headers.get("idempotency-key")
        key = read_key(header) if header is not None else ""
        if key:
            before = keys.claim(subject, key, fingerprint(request.method, request.url.path, body), now)
            if before is not None:
                return Response(before.body, before.status, dict(before.headers) | {"Idempotent-Replayed": "true"})
        try:
            slow = self.world.faults.strikes("slow", kind.name, kind.api, request.method)
            if slow:
                await asyncio.sleep(slow.amount)
            answer = self._carry_out(kind, household, request, body)
        except BaseException:
            if key:
                keys.release(subject, key)
            raise
        if key:
            keys.keep(subject, key, answer)
        return Response(answer.body, answer.status, dict(answer.headers))

    def _carry_out(self, kind: Kind, household: Household, request: Request, body: bytes) -> Answer:
        from .bodies import read_body

        world = self.world
        if world.faults.strikes("500-sticky", kind.name, kind.api):
            failed = Refusal(500).response()
            return Answer(500, (("Content-Type", JSON),), bytes(failed.body))
        if kind.version == "v5":
            body = encode(from_v5(kind.name, decoded(body)))
        content = read_body(request.method, kind.name, body, kind.version)
        status = 201
        if request.method == "PATCH":
            ident, status = request.path_params["id"], 200
            self._unchanged(kind, household, request, ident)
            if kind.name == "troubleTicket":
                requests.amend_ticket(world, household, ident, content)
            else:
                filing.amend(world, household, kind.name, ident, content)
        elif kind.name == "troubleTicket":
            ident = requests.open_ticket(world, household, content)
        elif kind.name == "productOrder":
            rejected = world.faults.strikes("order-rejected", str(content.get("category", "")))
            ident = requests.place_order(world, household, content, "This cannot be done now" if rejected else "")
        elif kind.name == "cancelProductOrder":
            ident = requests.cancel_order(world, household, content)
        elif kind.name == "partyInteraction":
            ident = requests.note_interaction(world, household, content)
        else:
            ident = filing.file_document(world, household, kind.name, content)
        row = as_shown(kind, household, household.shelf(kind.name, world.clock.now()).row(ident) or b"{}")
        headers = [("Content-Type", JSON), ("ETag", etag_of((row,)))]
        self._tell(kind, household, "CreateEvent" if status == 201 else "AttributeValueChangeEvent", row)
        if status == 201:
            headers.append(("Location", address(household.issuer, kind.name, ident, kind.version)))
        return Answer(status, tuple(headers), row)

    def _tell(self, kind: Kind, household: Household, event: str, row: bytes | None) -> None:
        if row is not None and self.hub.listeners:
            self.hub.tell(household.person.login, kind, event, decode(row), self.world.clock.now())

    def _unchanged(self, kind: Kind, household: Household, request: Request, ident: str) -> None:
        """Honour If-Match (RFC 9110, 13.1.1). Raises Refusal 412."""
        wanted = request.headers.get("if-match")
        row = household.shelf(kind.name, self.world.clock.now()).row(ident)
        if wanted is None or row is None:
            return
        if not etag_matches(wanted, etag_of((as_shown(kind, household, row),))):
            raise Refusal(412)

    async def _paper(self, household: Household, request: Request) -> Response:
        ident = request.path_params["id"]
        now = self.world.clock.now()
        owner = household.person.login
        if not _known(household.shelf("document", now), household.shelf("customerBill", now), ident):
            raise Refusal(404)
        pdf = self._papers.get((owner, ident))
        if pdf is None:
            pdf = await asyncio.to_thread(self._printer, household.person, ident)
            if pdf is None:
                raise Refusal(404)
            if len(self._papers) >= 256:
                self._papers.clear()
            self._papers[owner, ident] = pdf
        etag = etag_of((pdf,))
        if etag_matches(request.headers.get("if-none-match", ""), etag):
            return Response(b"", 304, {"ETag": etag} | _PRIVATE)
        if self.world.faults.strikes("bad-pdf", "files"):
            return Response(b"<html><body>Please wait</body></html>", 200, media_type="application/pdf")
        named = {"Content-Disposition": f'inline; filename="{ident}.pdf"', "ETag": etag}
        return Response(pdf, 200, named | _PRIVATE, media_type="application/pdf")


def as_shown(kind: Kind, household: Household, row: bytes) -> bytes:
    """A document as it is sent in a version of its API."""
    if kind.version == "v4":
        return row
    usual, fresh = (f"{household.issuer}{base(kind.api, version)}/".encode() for version in ("v4", "v5"))
    return encode(to_v5(kind.name, decode(row))).replace(usual, fresh)


async def _whole(request: Request) -> bytes:
    """The body of a request. Raises Refusal 413."""
    body = await request.body()
    if len(body) > LARGEST_BODY:
        raise Refusal(413)
    return body


def decoded(body: bytes) -> object:
    """A request's body. Raises Refusal 400."""
    try:
        return decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refusal(400, "The body is not JSON") from None


def _known(documents: Shelf, bills: Shelf, ident: str) -> bool:
    """Whether a file belongs to a document, or to a bill of an archive that has no document of its own."""
    return documents.row(ident) is not None or bills.row(ident.removeprefix("D-")) is not None


def not_offered(document: Document, hidden: frozenset[str]) -> Document:
    """A profile in which some APIs are said not to be offered."""
    return document | {"apis": {api: None if api in hidden else entry for api, entry in document["apis"].items()}}
