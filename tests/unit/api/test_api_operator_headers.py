"""The headers that an operator wants of one of its APIs go to that one alone."""

from __future__ import annotations

import httpx

from selfcare.domain.records import replace
from tests.unit.api.test_api_operator import BASE, operator, reply


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
