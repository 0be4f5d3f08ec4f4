"""Where an operator takes JSON Patch (RFC 6902), a remark is sent as operations; where it does not, as a merge."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from selfcare.api.commands import WireAction
from selfcare.api.operator import Operator
from selfcare.api.remarks import JSON_PATCH, compose_note, compose_operations
from selfcare.domain.commands import AddNote
from selfcare.domain.operator import ApiEntry
from selfcare.domain.records import replace
from tests.unit.api.test_api_operator import BASE, operator, reply

NOW = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
REMARK = AddNote("T1", "Nobody called")
JSON = "application/json"
HELLO = {"@type": "Note", "author": "Ann", "text": "hello"}


class Server:
    """One ticket at an operator that takes these content types, and applies what they mean."""

    def __init__(self, ticket: dict[str, Any], *kinds: str) -> None:
        self.ticket, self.kinds, self.seen = ticket, kinds, list[str]()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "PATCH":
            kind = request.headers["content-type"]
            self.seen.append(kind)
            if kind not in self.kinds:
                return reply(415)
            body = json.loads(request.content)
            if kind != JSON_PATCH:
                self.ticket |= body
            else:
                for one in body:
                    self.apply(one)
        return reply(200, self.ticket)

    def apply(self, operation: dict[str, Any]) -> None:
        assert operation["op"] == "add"
        if operation["path"] == "/note/-":
            self.ticket["note"].append(operation["value"])
        else:
            assert operation["path"] == "/note"
            self.ticket["note"] = operation["value"]


def desk_of(server: Server, *patch: str) -> Operator:
    desk = operator(server)
    apis = {**desk.profile.apis, "TMF621": ApiEntry("TMF621", "v5", BASE, patch=patch)}
    desk.profile = replace(desk.profile, apis=apis)
    return desk


def remark(server: Server, kind: str) -> WireAction:
    whole = (server.ticket, REMARK, NOW, "v5")
    return WireAction(
        "TMF621", "PATCH", "troubleTicket/T1", compose_note(*whole), kind, operations=compose_operations(*whole)
    )


@pytest.mark.parametrize(
    ("taken", "named"),
    [
        ((JSON_PATCH,), (JSON_PATCH,)),
        ((JSON_PATCH,), (JSON, JSON_PATCH)),
        ((JSON,), (JSON_PATCH,)),
        ((JSON,), (JSON_PATCH, JSON)),
    ],
)
@pytest.mark.parametrize("there", [{}, {"note": None}, {"note": []}, {"note": [HELLO]}, {"note": HELLO}])
def test_a_remark_arrives_in_the_form_that_is_taken(
    taken: tuple[str, ...], named: tuple[str, ...], there: dict[str, Any]
) -> None:
    server = Server({"id": "T1", "@type": "TroubleTicket", **json.loads(json.dumps(there))}, *taken)
    before = [HELLO] if there.get("note") else []
    desk_of(server, *named).send(remark(server, named[0]))
    assert server.ticket["note"][: len(before)] == before
    (ours,) = server.ticket["note"][len(before) :]
    assert (ours["@type"], ours["text"]) == ("Note", "Nobody called")
    assert server.seen[-1] in taken


def test_the_same_remark_is_not_added_again() -> None:
    server = Server({"id": "T1", "note": [HELLO]}, JSON_PATCH)
    for _ in range(2):
        desk_of(server, JSON_PATCH).send(remark(server, JSON_PATCH))
    assert [note["text"] for note in server.ticket["note"]] == ["hello", "Nobody called"]
