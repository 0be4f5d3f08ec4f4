"""A document that came alone where a list belongs, one in a list where it was asked for alone, and nothing at all (204)
are read for what they are."""

from __future__ import annotations

import httpx
import pytest

from selfcare.api.catalogue import BY_KIND, SubjectIds
from selfcare.api.operator import is_alone
from selfcare.api.probes import Probe
from selfcare.domain.failures import NotAnAnswer, Refused
from selfcare.domain.operator import Honours
from selfcare.domain.records import replace
from tests.unit.api.test_api_operator import BASE, operator, reply

BILL = {"id": "B1", "href": f"{BASE}/customerBill/B1", "state": "sent"}


def test_a_document_that_came_alone_is_a_list_of_one() -> None:
    found = operator(lambda _: reply(200, BILL, x_total_count="1")).fetch_list("TMF678", "customerBill", {})
    assert [is_alone(one) for one in found.documents] == [True]


@pytest.mark.parametrize(
    "said",
    [
        {"id": "req-7", "message": "moved"},
        {"id": "B1"},
        {"href": f"{BASE}/customerBill"},
        {"id": "7", "@type": "Error", "error": "nobody"},
        {"items": [BILL]},
    ],
)
def test_what_may_be_anything_is_no_list(said: object) -> None:
    with pytest.raises(NotAnAnswer):
        operator(lambda _: reply(200, said)).fetch_list("TMF678", "customerBill", {})


def test_an_error_is_none_either() -> None:
    with pytest.raises(Refused):
        operator(lambda _: reply(200, {**BILL, "code": "60", "reason": "None"})).fetch_list(
            "TMF678", "customerBill", {}
        )


def test_one_document_in_a_list_is_the_one_that_was_asked_for() -> None:
    assert b'"B1"' in operator(lambda _: reply(200, [BILL])).fetch_one("TMF678", "customerBill", "B1").document
    for others in ([], [BILL, BILL], [{**BILL, "id": "B2"}], ["B1"]):
        with pytest.raises(NotAnAnswer):
            operator(lambda _, said=others: reply(200, said)).fetch_one("TMF678", "customerBill", "B1")


def test_no_content_is_an_empty_list_only_where_the_profile_says_so() -> None:
    with pytest.raises(NotAnAnswer):
        operator(lambda _: reply(204)).fetch_list("TMF678", "customerBill", {})
    honours = Honours(missing_is_empty=True)
    assert operator(lambda _: reply(204), honours=honours).fetch_list("TMF678", "customerBill", {}).documents == []


def test_the_check_names_each_of_them() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        is_list = request.url.path.endswith("customerBill")
        return reply(200, BILL if is_list else [BILL], x_total_count="1")

    desk, ids = operator(answer), SubjectIds("C1")
    entry = replace(desk.entry("TMF678"), owner_param="")
    found = [*Probe(desk, BY_KIND["customerBill"], entry, ids, set()).run()]
    details = {one.detail for one in found if one.check == "lists" and not one.ok}
    assert details == {"one document where a list belongs", "a list where one document belongs"}

    desk = operator(lambda _: reply(204))
    (listed,) = Probe(desk, BY_KIND["customerBill"], entry, ids, set()).run()
    assert (listed.check, listed.ok, listed.is_must) == ("list", False, True)
    assert "status 204" in listed.detail
    assert "missingIsEmpty" in listed.detail
