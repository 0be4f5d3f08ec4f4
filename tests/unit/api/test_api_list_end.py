"""A page that is not there: the end of a list where the list bears it out, and else a list that is not whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from selfcare.domain.failures import ListBroken
from tests.unit.api.test_api_operator import Answer, operator, reply, server, some


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6, 7])
@pytest.mark.parametrize("how", [{}, {"link": True}, {"cap": 2}])
@pytest.mark.parametrize("past", [204, 404, 416])
def test_past_the_end_may_be_an_error(past: int, how: Mapping[str, Any], count: int) -> None:
    found = operator(server(some(count), total=False, past=past, **how)).fetch_list("TMF678", "customerBill", {})
    assert [json.loads(doc)["id"] for doc in found.documents] == [f"B{n}" for n in range(count)]


def lacking(docs: list[Any], page: int, status: int, *, times: int = 9, **how: Any) -> tuple[Answer, list[str]]:
    """A server that, so many times, says of a page in the middle of a list that there is none."""
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.params["offset"])
        if int(asked[-1]) == page and asked.count(asked[-1]) <= times:
            return reply(status, b"")
        return server(docs, total=False, **how)(request)

    return answer, asked


@pytest.mark.parametrize(("link", "page"), [(True, 2), (True, 6), (False, 2), (False, 6)])
@pytest.mark.parametrize("status", [204, 404])
def test_a_page_that_is_missing_in_the_middle_is_not_the_end(status: int, page: int, link: bool) -> None:
    answer, asked = lacking(some(9), page, status, link=link)
    with pytest.raises(ListBroken, check=lambda e: e.kind == "customerBill"):
        operator(answer).fetch_list("TMF678", "customerBill", {})
    assert asked.count(str(page)) - 2 == 2, "once more from the last document, each time"


def test_a_page_that_is_missing_once_is_read_the_second_time() -> None:
    answer, _ = lacking(some(9), 2, 404, times=1)
    assert len(operator(answer).fetch_list("TMF678", "customerBill", {}).documents) == 9


def test_a_missing_page_is_doubted_though_every_page_is_smaller_than_was_asked_for() -> None:
    answer, _ = lacking(some(9), 1, 404, cap=2)
    with pytest.raises(ListBroken):
        operator(answer, size=100).fetch_list("TMF678", "customerBill", {})


def test_a_missing_page_behind_a_shorter_one_costs_no_further_request() -> None:
    answer, asked = lacking(some(4), 3, 404)
    assert len(operator(answer).fetch_list("TMF678", "customerBill", {}).documents) == 4
    assert asked == ["0", "2", "3"]


def test_a_missing_page_of_which_nothing_more_can_be_learnt_is_no_end() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return server(some(9), total=False)(request) if request.url.params["offset"] == "0" else reply(404)

    with pytest.raises(ListBroken):
        operator(answer).fetch_list("TMF678", "customerBill", {})


def test_the_end_is_known_by_a_document_without_an_id_too() -> None:
    docs = [*some(2), {"name": "nobody"}]
    assert len(operator(server(docs, total=False, past=404)).fetch_list("TMF678", "x", {}).documents) == 3


def test_pages_of_one_document_have_an_end() -> None:
    found = operator(server(some(2), total=False, past=404), size=1).fetch_list("TMF678", "customerBill", {})
    assert len(found.documents) == 2
