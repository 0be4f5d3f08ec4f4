"""The open list of known problems is tried as anybody would read it, and must name nobody."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from selfcare.api.addresses import origin_of
from selfcare.api.client import Wire
from selfcare.api.open_probes import probe_open
from selfcare.domain.records import replace
from tests import samples
from tests.unit.api.test_api_operator import reply

PROBLEM: dict[str, Any] = {
    "id": "SP-1",
    "name": "Fibre cut",
    "status": "inProgress",
    "originatorParty": {"id": "noc", "role": "originator", "@referredType": "Organization"},
}


def found(answer: httpx.Response, *, is_open: bool = True) -> dict[str, tuple[bool, bool]]:
    """What is found, by its name: whether it holds, and whether it must."""
    profile = samples.profile()
    entry = profile.apis["TMF656"]
    assert entry is not None
    asked: list[httpx.Request] = []

    def hear(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return reply(200, []) if "offset=0" not in str(request.url) else answer

    wire = Wire({origin_of(entry.base_url)}, transport=httpx.MockTransport(hear))
    opened = replace(profile, apis={"TMF656": replace(entry, is_open=is_open)})
    findings = {one.check: (one.ok, one.is_must) for one in probe_open(opened, wire)}
    assert not any("authorization" in request.headers for request in asked)
    return findings


def test_what_is_promised_holds() -> None:
    assert found(reply(200, [PROBLEM])) == {"open-list": (True, True), "open-nobody": (True, True)}


@pytest.mark.parametrize("status", [401, 403, 404, 500])
def test_a_promise_that_is_not_kept_fails(status: int) -> None:
    assert found(reply(status, {"error": "no"})) == {"open-list": (False, True)}


@pytest.mark.parametrize(
    "more",
    [
        {"affectedService": [{"id": "S-1"}]},
        {"troubleTicket": [{"id": "T-1"}]},
        {"relatedParty": [{"id": "C-1", "role": "customer"}]},
        {"relatedParty": [{"id": "C-1", "@referredType": "Customer"}]},
    ],
)
def test_what_is_a_customers_fails(more: dict[str, Any]) -> None:
    assert found(reply(200, [PROBLEM, PROBLEM | {"id": "SP-2"} | more]))["open-nobody"] == (False, True)


def test_without_the_promise_a_closed_list_is_right_and_an_open_one_is_told() -> None:
    assert found(reply(401), is_open=False) == {"open-list": (True, True)}
    assert found(reply(403), is_open=False) == {}
    assert found(reply(200, []), is_open=False) == {"open-list": (True, False), "open-nobody": (True, True)}
    assert found(reply(200, [PROBLEM]), is_open=False)["open-list"] == (False, False)
