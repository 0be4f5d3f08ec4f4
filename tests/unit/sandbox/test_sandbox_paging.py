"""Windows over a list, and the headers that lead from one to the next."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfcare.sandbox.paging import LARGEST_PAGE, Page, page_headers, read_page
from selfcare.sandbox.query import BadQuery


def links(header: str) -> dict[str, str]:
    return {relation: url for url, relation in re.findall(r'<([^>]+)>; rel="([a-z]+)"', header)}


@settings(deadline=None)
@given(st.integers(0, 300), st.integers(1, 50))
def test_following_next_visits_everything_once(total: int, limit: int) -> None:
    seen: list[int] = []
    page = Page(0, limit)
    while True:
        shown = list(range(total))[page.offset : page.offset + page.limit]
        seen += shown
        headers = page_headers(page, total, len(shown), "http://here/list", [("state", "a b,c")])
        assert headers["X-Total-Count"] == str(total)
        following = links(headers["Link"]).get("next")
        if following is None:
            break
        query = parse_qs(urlsplit(following).query)
        assert query["state"] == ["a b,c"]
        page = read_page(query["offset"][0], query["limit"][0])
    assert seen == list(range(total))


def test_first_and_last_are_named() -> None:
    found = links(page_headers(Page(20, 10), 35, 10, "http://here", [])["Link"])
    assert found["first"] == "http://here?offset=0&limit=10"
    assert found["prev"] == "http://here?offset=10&limit=10"
    assert found["next"] == "http://here?offset=30&limit=10"
    assert found["last"] == "http://here?offset=30&limit=10"


@pytest.mark.parametrize("limit", [1001, 5000, 10**11])
def test_a_page_has_an_end(limit: int) -> None:
    assert read_page(None, str(limit)) == Page(0, LARGEST_PAGE)


@pytest.mark.parametrize("text", ["-1", "", "1.0", "x", "٣", "1" * 13, " 1"])
def test_only_whole_numbers_are_windows(text: str) -> None:
    with pytest.raises(BadQuery):
        read_page(text, None)
    with pytest.raises(BadQuery):
        read_page(None, text)
