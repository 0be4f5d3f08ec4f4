"""A list that is not found is told from an empty one, and from the end of a list that was being paged."""

from __future__ import annotations

import httpx
import pytest

from tests.unit.api.test_api_operator import operator, reply, server, some


@pytest.mark.parametrize(
    ("first", "missing"), [(reply(404, {"code": "60", "reason": "None"}), True), (reply(200, []), False)]
)
def test_a_list_that_is_not_found_is_told_from_an_empty_one(first: httpx.Response, missing: bool) -> None:
    (page,) = operator(lambda _: first).pages("TMF678", "customerBill", {})
    assert (page.documents, page.is_missing, page.validator) == ([], missing, "")


def test_the_end_of_a_list_that_was_paged_is_no_missing_list() -> None:
    pages = list(operator(server(some(3), total=False, past=404)).pages("TMF678", "customerBill", {}))
    assert [(len(page.documents), page.is_missing) for page in pages] == [(3, False), (0, False)]
