"""A list that moves while its pages are read is read whole, once more or not at all, however the server leads through
it."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from selfcare.api.client import Reply
from selfcare.api.paging import Progress, next_link
from selfcare.domain.failures import ListBroken, ListChanged, ListShort
from tests.samples import NOW
from tests.unit.api.test_api_operator import operator, reply, some


class Moving:
    """Pages of three of a list whose oldest goes and that gets a new one, each time a page was given, so many `moves`.

    `leads` is how the next page is named: offset, page (by its number, which tells nothing of documents), or not.
    """

    def __init__(
        self, leads: str, moves: int, *, counts: bool, whole_pages_alone: bool = False, after: int = 0
    ) -> None:
        self.docs, self.leads, self.moves, self.counts = some(9), leads, moves, counts
        self.whole_pages_alone, self.after = whole_pages_alone, after
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        query = request.url.params
        self.asked.append(str(request.url.query, "ascii"))
        begin = int(query["page"]) * 3 if "page" in query else int(query["offset"])
        begin = begin // 3 * 3 if self.whole_pages_alone else begin
        page = self.docs[begin : begin + 3]
        headers: dict[str, Any] = {"x_total_count": str(len(self.docs))} if self.counts else {}
        if self.leads and begin + 3 < len(self.docs):
            where = f"page={begin // 3 + 1}" if self.leads == "page" else f"offset={begin + 3}&limit=3&x=y"
            headers["link"] = f'<?{where}>; rel="next"'
        if self.moves > 0 and begin == self.after:
            self.moves -= 1
            self.docs = [*self.docs[1:], {"id": f"N{self.moves}"}]
        return reply(200, page, **headers)


@pytest.mark.parametrize("counts", [True, False])
@pytest.mark.parametrize("leads", ["", "offset", "page"])
@pytest.mark.parametrize("moves", [0, 1, 9])
@pytest.mark.parametrize("whole_pages_alone", [True, False])
def test_a_list_that_moves_is_read_whole_or_not_at_all(
    leads: str, moves: int, counts: bool, whole_pages_alone: bool
) -> None:
    moving = Moving(leads, moves, counts=counts, whole_pages_alone=whole_pages_alone)
    try:
        found = operator(moving).fetch_list("TMF678", "customerBill", {}).documents
    except ListChanged:
        assert moves == 9
        return
    assert moves < 9
    assert [json.loads(document) for document in found] == moving.docs


def test_a_move_behind_the_first_page_is_seen_where_links_count_documents() -> None:
    moving = Moving("offset", 1, counts=True, after=2)
    found = operator(moving).fetch_list("TMF678", "customerBill", {}).documents
    assert [json.loads(document) for document in found] == moving.docs
    assert all("x=y" in query for query in moving.asked if not query.startswith("offset=0"))


def test_where_nothing_moves_only_opaque_links_cost_a_request_more() -> None:
    for leads, requests in (("offset", 5), ("page", 4)):
        moving = Moving(leads, 0, counts=True)
        operator(moving).fetch_list("TMF678", "customerBill", {})
        assert len(moving.asked) == requests - (leads == "offset")


@pytest.mark.parametrize("link", ["?offset=3&limit=1", "?offset=3&limit=0", "?offset=4&limit=3", "?offset=3&offset=3"])
def test_a_link_that_counts_otherwise_is_followed_as_it_is(link: str) -> None:
    so_far = Progress("customerBill")
    so_far.received = 3
    assert so_far.from_last(link) == link
    assert so_far.from_last("?offset=3&limit=3") == "?offset=2&limit=3"


# ---- what the pages of one list must agree on


def add(so_far: Progress, count: int, **headers: str) -> None:
    first = so_far.received
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    docs = [json.dumps({"id": f"B{first + n}"}).encode() for n in range(count)]
    so_far.add(Reply(200, said, b"", NOW), docs, one_tag=False)


@pytest.mark.parametrize(("counted", "raised"), [("4", ListChanged), ("6", ListShort)])
def test_more_than_was_counted_is_another_list_and_fewer_a_short_one(counted: str, raised: type[Exception]) -> None:
    so_far = Progress("customerBill")

    def read() -> None:
        add(so_far, 3, x_total_count=counted)
        add(so_far, 2)
        so_far.finish()

    with pytest.raises(raised) as found:
        read()
    assert type(found.value) is raised


@pytest.mark.parametrize(("asked", "link", "next_one"), [
    ("https://api.example.net/tmf/bill?offset=0", "?offset=3", "https://api.example.net/tmf/bill?offset=3"),
    ("https://api.example.net/tmf/bill?offset=0", "/tmf/other?offset=3", "https://api.example.net/tmf/bill?offset=3"),
    ("https://api.example.net/tmf/bill?offset=0", "https://evil.example/x?a=3", "https://api.example.net/tmf/bill?a=3"),
    ("https://api.example.net/tmf/bill?offset=0", "https://evil.example/tmf/bill/3", ""),
])  # fmt: skip
def test_a_next_page_is_one_of_the_same_list(asked: str, link: str, next_one: str) -> None:
    assert next_link(Reply(200, {"link": f'<{link}>; rel="next"'}, b"", NOW), asked) == next_one


@pytest.mark.parametrize("leads", [True, False])
def test_the_first_page_that_names_no_next_one_is_the_last(leads: bool) -> None:
    """A full page without a link, behind one with it, ends the list; without any links a 404 may be anything."""

    def answer(request: httpx.Request) -> httpx.Response:
        begin = int(request.url.params["offset"])
        said = {"link": '<?offset=3&limit=3>; rel="next"'} if leads and begin == 0 else {}
        return reply(404) if begin >= 4 else reply(200, some(5)[begin : begin + 3], **said)

    if leads:
        assert len(operator(answer).fetch_list("TMF678", "customerBill", {}).documents) == 5
        return
    with pytest.raises(ListBroken):
        operator(answer).fetch_list("TMF678", "customerBill", {})
