"""One document is asked for by its id, and taken only if it is whole and that very one."""

from __future__ import annotations

import json

import httpx
import pytest

from selfcare.domain.failures import NotAnAnswer
from tests.unit.api.test_api_operator import operator, reply

ODD = "../a/b?c#d e:é"


def test_one_document_by_any_id() -> None:
    asked: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.raw_path)
        return reply(304) if "if-none-match" in request.headers else reply(200, {"id": ODD}, etag='"1"')

    one = operator(answer).fetch_one("TMF678", "customerBill", ODD)
    assert asked[0] == b"/tmf/customerBill/..%2Fa%2Fb%3Fc%23d%20e%3A%C3%A9"
    assert (json.loads(one.document), one.validator) == ({"id": ODD}, '"1"')
    assert operator(answer).fetch_one("TMF678", "customerBill", ODD, '"1"').unchanged


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b'{"id": "7", "name": "An', "truncated"),
        (b'{"id": "7", "name": An}', "json"),
        (b'{"name": "Ann"}', "shape"),
        (b'{"id": "8", "name": "Ann"}', "shape"),
        (b'{"id": {"id": "7"}}', "shape"),
        (b'[{"id": "7"}, {"id": "7"}]', "shape"),
        (b'"7"', "shape"),
    ],
)
def test_one_document_is_whole_and_the_one_that_was_asked_for(body: bytes, what: str) -> None:
    with pytest.raises(NotAnAnswer) as trouble:
        operator(lambda request: reply(200, body, etag='"1"')).fetch_one("TMF678", "customerBill", "7")
    assert trouble.value.what == what


def test_one_document_may_have_a_number_for_an_id() -> None:
    found = operator(lambda request: reply(200, b'{"id": 7}')).fetch_one("TMF678", "customerBill", "7")
    assert found.document == b'{"id": 7}'
