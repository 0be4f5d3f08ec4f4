"""Lets the demo operator have a sloppy server's habits: it misunderstands requests and writes answers its own way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import msgspec
from starlette.responses import Response
from starlette.types import Message, Scope

from .answers import Refusal, json_answer
from .documents import decode, encode
from .sloppy import a_strangers, asked_for, cased, changed, error_body, is_into_a_part, plain_path
from .world import World

_LIST_HEADERS = (b"x-total-count", b"x-result-count", b"link")
_OFFSET = re.compile(r"(?:^|&)offset=0*[1-9]")


@dataclass(slots=True)
class Collected:
    """An answer caught on its way out."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""

    async def send(self, message: Message) -> None:
        """Take in a part of the answer (ASGI)."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = list(message.get("headers", ()))
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")

    def take(self, response: Response) -> None:
        """Let another answer go out instead."""
        self.status, self.headers, self.body = response.status_code, response.raw_headers, bytes(response.body)

    def replace(self, name: bytes, value: bytes) -> None:
        """Write a header anew."""
        self.headers = [(key, old) for key, old in self.headers if key.lower() != name] + [(name, value)]


class Habits:
    """The habits that meet one request of one resource: how it is understood, and how its answer is written."""

    def __init__(self, world: World, targets: tuple[str, ...], method: str) -> None:
        self._faults = world.faults
        self._targets = targets
        self._method = method
        self._is_list = False
        self._finds_nothing = False
        self._is_later = False
        self._is_ignored = False
        self._is_refused = False

    @property
    def kind(self) -> str:
        """The resource that is asked for."""
        return self._targets[0]

    def has(self, name: str) -> bool:
        """Whether this habit meets this request."""
        return self._faults.strikes(name, *self._targets, self._method) is not None

    def understood(self, scope: Scope) -> Scope:
        """The request as such a server understands it."""
        path, query = str(scope["path"]), scope["query_string"].decode("latin-1")
        if self.has("odd-ids"):
            path = plain_path(path)
        if self.has("lower-path"):
            path = cased(path) or "/nothing-here"
        self._is_list = self._method == "GET" and path.endswith(f"/{self.kind}")
        if self._is_list:
            self._is_refused = self.has("filter-refused") and is_into_a_part(query)
            self._is_later = bool(_OFFSET.search(query))
            query, self._finds_nothing = asked_for(query, self.has)
        method = scope["method"]
        if method == "PATCH" and self.has("patch-ignored"):
            method = "GET"
        if method == "PATCH" and self.has("no-merge-patch") and _sent_type(scope) != "application/json":
            path = f"{path}/merge"
            self._is_ignored = True
        return {**scope, "path": path, "raw_path": path.encode(), "query_string": query.encode(), "method": method}

    def write(self, answer: Collected) -> None:
        """Change the answer's status, headers and body."""
        if self._is_ignored:
            answer.take(Refusal(415, headers={"Accept-Patch": "application/json"}).response())
        if self._is_list and self.has("no-list"):
            answer.take(Refusal(405, headers={"Allow": "POST"}).response())
        if self._is_refused:
            answer.take(Refusal(501).response())
        if answer.status >= 400:
            self._write_error(answer)
            return
        if answer.status == 304:
            return
        if self._is_list:
            self._write_list(answer)
        else:
            self._write_one(answer)
        answer.replace(b"content-length", str(len(answer.body)).encode())

    def _write_error(self, answer: Collected) -> None:
        answer.body = error_body(answer.body, self.has)
        answer.replace(b"content-length", str(len(answer.body)).encode())

    def _write_list(self, answer: Collected) -> None:
        documents = _decoded(answer.body)
        if not isinstance(documents, list):
            return
        total = next((int(value) for name, value in answer.headers if name.lower() == b"x-total-count"), len(documents))
        if self._finds_nothing:
            documents, total = [], 0
        stranger = a_strangers(self.kind, documents) if self.has("ignored-filter") and not self._is_later else None
        if stranger is not None and len(documents) == total:
            documents = [*documents, stranger]
            answer.replace(b"x-total-count", str(len(documents)).encode())
            answer.replace(b"x-result-count", str(len(documents)).encode())
        if not documents and self._is_later and self.has("past-end-416"):
            answer.take(json_answer(b"{}", 416))
            self._write_error(answer)
            return
        if not documents and self.has("past-end-404" if self._is_later else "empty-404"):
            answer.take(Refusal(404).response())
            self._write_error(answer)
            return
        answer.body = encode([self._changed(one) for one in documents])
        if self._finds_nothing or self.has("no-counts"):
            answer.headers = [(name, value) for name, value in answer.headers if name.lower() not in _LIST_HEADERS]
        elif self.has("zero-total"):
            answer.replace(b"x-total-count", b"0")

    def _write_one(self, answer: Collected) -> None:
        document = _decoded(answer.body)
        if isinstance(document, dict):
            answer.body = encode(self._changed(document))
        if answer.status != 201:
            return
        if self.has("no-location"):
            answer.headers = [(name, value) for name, value in answer.headers if name.lower() != b"location"]
        if self.has("post-200"):
            answer.status = 200
        elif self.has("answers-202"):
            answer.status, answer.body = 202, b""

    def _changed(self, document: Any) -> Any:
        return changed(self.has, self.kind, document) if isinstance(document, dict) else document


def _decoded(body: bytes) -> Any:
    try:
        return decode(body)
    except msgspec.DecodeError:
        return None


def _sent_type(scope: Scope) -> str:
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    said = next((value for name, value in headers if name.lower() == b"content-type"), b"")
    return said.decode("latin-1").partition(";")[0].strip().lower()
