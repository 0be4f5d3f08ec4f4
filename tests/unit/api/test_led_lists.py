"""Lists that lead in their own way, count their pages, or have an id twice come whole, or are said not to be."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import httpx
import pytest

from selfcare.api.operator import ListReply
from selfcare.domain.failures import ListBroken, ListChanged, TooLarge
from tests.unit.api.test_api_operator import Answer, operator, reply, some
from tests.unit.api.test_whose_probes import checked_by


def read(answer: Answer, size: int = 3) -> ListReply:
    return operator(answer, size=size).fetch_list("TMF678", "customerBill", {})


def ids(found: Sequence[bytes]) -> list[str]:
    return [json.loads(document)["id"] for document in found]


def cursor(count: int, host: str = "") -> Answer:
    """Pages of three that are asked for by `after`, as the link says; no offset and no total is known."""

    def answer(request: httpx.Request) -> httpx.Response:
        begin = int(request.url.params.get("after", 0))
        leads = begin + 3 < count
        link = {"link": f'<{host}?limit=3&after={begin + 3}>; rel="next"'} if leads else {}
        return reply(200, some(count)[begin : begin + 3], **link)

    return answer


@pytest.mark.parametrize("host", ["", "http://internal:8080/bill", "https://api.example.net/elsewhere"])
@pytest.mark.parametrize("count", [3, 4, 6, 11, 12])
def test_a_list_is_followed_by_its_links_wherever_they_lead(host: str, count: int) -> None:
    assert ids(read(cursor(count, host)).documents) == [f"B{n}" for n in range(count)]


@pytest.mark.parametrize("link", ["http://internal:8080/bill/page/2", "?offset=3&limit=3"])
def test_a_next_page_that_is_named_and_is_the_first_one_again_is_no_end(link: str) -> None:
    with pytest.raises(ListBroken):
        read(lambda request: reply(200, some(3), link=f'<{link}>; rel="next"'))


def sieved(empty: int, begins: int = 0, count: int = 4) -> Answer:
    """Documents one a page, found by a cursor, behind so many pages in a row on which a filter left nothing."""

    def answer(request: httpx.Request) -> httpx.Response:
        place = int(request.url.params.get("cursor", 0))
        page = some(count)[place : place + 1] if place < begins else some(count)[place - empty : place - empty + 1]
        page = [] if begins <= place < begins + empty else page
        link = {"link": f'<?cursor={place + 1}>; rel="next"'} if place + 1 < empty + count else {}
        return reply(200, page, **link)

    return answer


@pytest.mark.parametrize("begins", [0, 1, 2, 3])
@pytest.mark.parametrize("empty", [1, 2, 20])
def test_an_empty_page_that_leads_on_ends_no_list(empty: int, begins: int) -> None:
    assert ids(read(sieved(empty, begins)).documents) == ["B0", "B1", "B2", "B3"]


@pytest.mark.parametrize("begins", [0, 2])
def test_empty_pages_that_lead_on_for_ever_are_no_end(begins: int) -> None:
    with pytest.raises(ListBroken):
        read(sieved(21, begins))


def test_an_empty_page_behind_all_that_is_counted_is_the_end_wherever_it_leads() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        begin = int(request.url.params["offset"])
        link = f'<?offset={begin + 2}&limit=2>; rel="next"'
        return reply(200, some(3)[begin : begin + 2], x_total_count="3", link=link)

    assert len(read(answer, size=2).documents) == 3


def by_page(count: int, cap: int = 99) -> Answer:
    """X-Total-Count is how many documents are on the page."""

    def answer(request: httpx.Request) -> httpx.Response:
        begin, limit = int(request.url.params.get("offset", 0)), min(int(request.url.params.get("limit", 3)), cap)
        page = some(count)[begin : begin + limit]
        return reply(200, page, x_total_count=str(len(page)))

    return answer


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 6, 7, 9])
def test_a_count_of_the_page_ends_no_list(count: int) -> None:
    assert ids(read(by_page(count)).documents) == [f"B{n}" for n in range(count)]


def test_a_list_that_is_exactly_one_page_costs_one_request_more_unless_it_has_links() -> None:
    def asked(**link: str) -> int:
        requests: list[int] = []

        def answer(request: httpx.Request) -> httpx.Response:
            requests.append(1)
            begin = int(request.url.params["offset"])
            return reply(200, some(3)[begin : begin + 3], x_total_count="3", **link)

        assert len(read(answer).documents) == 3
        return len(requests)

    assert asked() == 2
    assert asked(link='<?offset=0>; rel="first"') == 1


def test_a_server_that_knows_no_offset_and_counts_rightly_gives_all_it_has() -> None:
    assert len(read(lambda request: reply(200, some(3), x_total_count="3")).documents) == 3


def holding(documents: list[dict[str, Any]], *, total: bool) -> Callable[[httpx.Request], httpx.Response]:
    def answer(request: httpx.Request) -> httpx.Response:
        begin, limit = (int(request.url.params.get(name, 0)) for name in ("offset", "limit"))
        said = {"x_total_count": str(len(documents))} if total else {}
        return reply(200, documents[begin : begin + (limit or 3)], **said)

    return answer


@pytest.mark.parametrize("total", [True, False])
@pytest.mark.parametrize("place", [1, 2, 3, 6, 7])
@pytest.mark.parametrize("more", [{}, {"category": "duplicate"}])
def test_an_id_that_stays_there_twice_counts_once(place: int, more: dict[str, str], total: bool) -> None:
    documents: list[dict[str, Any]] = some(7)
    documents.insert(place, {"id": "B0", **more})
    desk = operator(holding(documents, total=total))
    for _ in range(2):
        found = desk.fetch_list("TMF678", "customerBill", {})
        assert ids(found.documents) == [f"B{n}" for n in range(7)]
        assert [json.loads(one) for one in found.twice] == [{"id": "B0", **more}]


def test_pages_that_bring_nothing_new_are_no_list() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return reply(200, some(3)[::-1] if request.url.params["offset"] == "0" else some(3), x_total_count="9")

    with pytest.raises(ListChanged):
        read(answer)


# ---- what the check says of them


def test_the_check_names_a_link_that_leads_elsewhere() -> None:
    odd = checked_by(cursor(7, "http://internal:8080/bill"))
    assert odd["links"].detail == "the next page is named at another address"
    assert "links" not in checked_by(cursor(7))


def test_the_check_looks_behind_the_count() -> None:
    for count in (3, 7):
        assert checked_by(by_page(count), size=3)["counts"].detail == "limit=1 makes X-Total-Count 1, of 3 documents"
    whole = checked_by(by_page(7, cap=3))["whole"]
    assert (whole.is_must, whole.detail) == (True, "3 documents come behind the last one that is counted")


@pytest.mark.parametrize(("more", "must"), [({}, False), ({"category": "duplicate"}, True)])
def test_the_check_names_an_id_that_is_there_twice(more: dict[str, str], must: bool) -> None:
    odd = checked_by(holding([*some(7), {"id": "B0", **more}], total=True), size=3)
    assert odd["unique-ids"].is_must is must
    assert odd["unique-ids"].detail.startswith("B0 came twice")
    assert "whole" not in odd


@pytest.mark.parametrize(("total", "requests"), [("", 201), ("9", 8), ("500", 334), ("200001", 1)])
def test_a_list_without_an_end_is_given_up_early(total: str, requests: int) -> None:
    """Each page brings three documents that are new, and leads to a next one. What was counted is not gone beyond, in
    either of two readings; a count that is more than is taken is not begun with."""
    asked: list[int] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(1)
        page = [{"id": f"B{len(asked)}-{n}"} for n in range(3)]
        counted = {"x_total_count": total} if total else {}
        return reply(200, page, link=f'<?cursor={len(asked)}>; rel="next"', **counted)

    with pytest.raises(ListChanged if total in {"9", "500"} else TooLarge):
        read(answer)
    assert len(asked) == requests
