"""An operator for unit tests, standing at the door: it answers as it was told and remembers what it was asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from selfcare.api.client import Reply
from selfcare.api.commands import WireAction
from selfcare.api.operator import OneReply, Page
from selfcare.domain.bills import PaperRef
from selfcare.domain.failures import Failure, PaperTrouble, Refused

Answer = Failure | Callable[[WireAction, str], Reply]


def took(action: WireAction, key: str) -> Reply:
    """201 with the ticket or order, as a good operator answers."""
    sent = json.loads(action.body)
    document = {**sent, "id": "R-1", "status": "acknowledged", "state": "acknowledged"}
    if action.method == "PATCH":
        document["id"] = action.path.rpartition("/")[2]
    return reply(201, document)


def reply(status: int, document: dict[str, Any]) -> Reply:
    """An answer in JSON."""
    return Reply(status, {"content-type": "application/json"}, json.dumps(document).encode(), datetime.now(UTC))


@dataclass(slots=True)
class ScriptedDesk:
    """`answers` are given to sendings, the last one for ever; `external` to every search by our own id; `lists`,
    `ones` and `papers` hold what is read: bytes, or the failure to raise; lists in `missing` are not found, products
    cannot be asked for one by one."""

    answers: list[Answer] = field(default_factory=lambda: [took])
    external: list[bytes] | Failure = field(default_factory=list)
    lists: dict[str, list[bytes] | Failure] = field(default_factory=dict)
    ones: dict[str, bytes | Failure] = field(default_factory=dict)
    papers: dict[str, bytes | Failure] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    sent: list[tuple[WireAction, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    clock: timedelta | None = timedelta(0)

    def ahead(self) -> timedelta | None:
        return self.clock

    def oldest(self) -> timedelta:
        return timedelta(0)

    def send(self, action: WireAction, key: str = "") -> Reply:
        self.sent.append((action, key))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Failure):
            raise answer
        return answer(action, key)

    def find_external(
        self, api: str, resource: str, own_id: str, params: Mapping[str, str] | None = None
    ) -> list[bytes]:
        self.asked.append(f"external:{resource}")
        return _or_raise(self.external)

    def fetch_one(self, api: str, resource: str, own_id: str, validator: str = "") -> OneReply:
        self.asked.append(f"{resource}/{own_id}")
        found = _or_raise(self.ones.get(resource, Refused(501 if resource == "product" else 404)))
        tag = self.tags.get(resource, "")
        return OneReply(True, b"", tag) if tag and tag == validator else OneReply(False, found, tag)

    def pages(self, api: str, resource: str, params: Mapping[str, str], validator: str = "") -> Iterator[Page]:
        self.asked.append(resource)
        tag = self.tags.get(resource, "")
        if resource in self.missing:
            yield Page([], 0, None, is_missing=True)
            return
        if tag and tag == validator:
            yield Page([], 0, None, True, validator)
            return
        found: list[bytes] = _or_raise(self.lists.get(resource, []))
        for start in range(0, len(found) or 1, 2):
            page = found[start : start + 2]
            if any(body == b"broken" for body in page):
                raise Refused(500)
            is_last = start + 2 >= len(found)
            yield Page(page, start + len(page), len(found), False, tag if is_last else "")

    def fetch_paper(self, paper: PaperRef | str) -> bytes:
        name = paper if isinstance(paper, str) else paper.id
        self.asked.append(f"paper:{name}")
        return _or_raise(self.papers.get(name, PaperTrouble("missing")))

    def fetch_bill_paper(self, bill_doc: bytes, paper_id: str = "") -> bytes:
        self.asked.append(f"paper:{paper_id}")
        return _or_raise(self.papers.get(paper_id, PaperTrouble("missing")))


def _or_raise(found: Any) -> Any:
    if isinstance(found, Failure):
        raise found
    return found
