"""The headers that an operator wants of one of its APIs go to that one alone; a 304 is believed for the tag that was
asked with alone."""

from __future__ import annotations

import httpx
import pytest

from selfcare.domain.records import replace
from tests.unit.api.test_api_operator import BASE, operator, reply, some


def test_the_headers_of_the_api_that_is_asked_go_along_where_one_base_lies_in_another() -> None:
    seen: dict[str, str] = {}

    def answer(request: httpx.Request) -> httpx.Response:
        seen[request.url.path] = request.headers.get("x-key", "")
        return reply(200, [], x_total_count="0")

    desk = operator(answer)
    bills = desk.profile.apis["TMF678"]
    assert bills is not None
    outer, inner = f"{BASE}/all", f"{BASE}/all/tickets"
    apis = {
        "TMF678": replace(bills, base_url=outer, extra_headers={"X-Key": "bills"}),
        "TMF621": replace(bills, base_url=inner, extra_headers={"X-Key": "tickets"}),
    }
    for order in (apis, dict(reversed(apis.items()))):
        desk.profile = replace(desk.profile, apis=order)
        desk.fetch_list("TMF678", "customerBill", {})
        desk.fetch_list("TMF621", "troubleTicket", {})
        assert {path.rpartition("/")[2]: key for path, key in seen.items()} == {
            "customerBill": "bills",
            "troubleTicket": "tickets",
        }


@pytest.mark.parametrize(("told", "unchanged"), [('"v1"', True), ('W/"v1"', True), ("", True), ('"v2"', False)])
def test_what_is_unchanged_under_another_tag_is_asked_for_whole(told: str, unchanged: bool) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers.get("if-none-match", ""))
        if asked[-1]:
            return reply(304, **({"etag": told} if told else {}))
        return reply(200, some(2), etag='"v2"', x_total_count="2")

    found = operator(answer).fetch_list("TMF678", "customerBill", {}, '"v1"')
    assert found.unchanged is unchanged
    assert (len(found.documents), asked) == ((0, ['"v1"']) if unchanged else (2, ['"v1"', ""]))


def test_of_apis_at_one_base_the_one_whose_resource_is_asked_for_counts() -> None:
    seen: dict[str, str] = {}

    def answer(request: httpx.Request) -> httpx.Response:
        seen[request.url.path] = request.headers.get("x-key", "")
        return reply(200, [], x_total_count="0")

    desk = operator(answer)
    bills = desk.profile.apis["TMF678"]
    assert bills is not None
    apis = {
        "TMF678": replace(bills, base_url=f"{BASE}/all", extra_headers={"X-Key": "bills"}),
        "TMF621": replace(
            bills,
            api="TMF621",
            base_url=f"{BASE}/all",
            extra_headers={"X-Key": "tickets"},
            names={"troubleTicket": "tt"},
        ),
    }
    for order in (apis, dict(reversed(apis.items()))):
        desk.profile = replace(desk.profile, apis=order)
        desk.fetch_list("TMF678", "customerBill", {})
        desk.fetch_list("TMF621", "troubleTicket", {})
        assert {path.rpartition("/")[2]: key for path, key in seen.items()} == {
            "customerBill": "bills",
            "tt": "tickets",
        }
