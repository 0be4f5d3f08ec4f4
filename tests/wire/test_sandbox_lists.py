"""Lists and documents of the demo operator: pages, filters, fields, order, validators, errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.plain_client import PlainCustomer, sign_in
from tests.sandbox_process import Sandbox


@pytest.fixture
def claire(sandbox: Sandbox) -> PlainCustomer:
    return sign_in(sandbox.issuer(), "claire")


def everything(customer: PlainCustomer, kind: str) -> list[dict[str, Any]]:
    return list(customer.get(kind, limit=1000).json())


def test_following_the_links_reads_each_bill_once(claire: PlainCustomer) -> None:
    whole = [bill["id"] for bill in everything(claire, "customerBill")]
    assert len(whole) > 20
    seen, address = [], claire.url("customerBill") + "?limit=7"
    validators = set()
    while address:
        answer = claire.client.get(address)
        assert answer.status_code == 200
        assert int(answer.headers["x-total-count"]) == len(whole)
        assert int(answer.headers["x-result-count"]) == len(answer.json())
        seen += [bill["id"] for bill in answer.json()]
        validators.add(answer.headers["etag"])
        address = answer.links.get("next", {}).get("url", "")
    assert seen == whole
    assert len(validators) == 1


def test_links_lead_to_the_first_and_last_page_and_keep_the_filter(claire: PlainCustomer) -> None:
    answer = claire.get("customerBill", limit=10, offset=10, sort="-billDate", billDate__gte="2000-01-01")
    for relation in ("first", "prev", "next", "last"):
        assert "billDate.gte=2000-01-01" in answer.links[relation]["url"]
        assert claire.client.get(answer.links[relation]["url"]).status_code == 200
    past = claire.get("customerBill", offset=5000)
    assert (past.status_code, past.json()) == (200, [])
    assert "next" not in past.links


def test_a_page_is_never_longer_than_a_thousand(new_sandbox: Callable[..., Sandbox]) -> None:
    customer = sign_in(new_sandbox("--bills", "2500").issuer(), "claire")
    answer = customer.get("customerBill", limit=5000)
    assert len(answer.json()) == 1000
    assert answer.headers["x-total-count"] == "2500"


def test_an_unchanged_list_costs_no_body(claire: PlainCustomer) -> None:
    first = claire.get("customerBill")
    again = claire.get("customerBill", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    single = claire.get("customerBill", first.json()[0]["id"])
    known = claire.get("customerBill", first.json()[0]["id"], headers={"If-None-Match": single.headers["etag"]})
    assert known.status_code == 304


def test_fields_choose_what_is_sent_but_id_and_href_always_come(claire: PlainCustomer) -> None:
    bill = claire.get("customerBill", fields="billNo,amountDue,nonsense").json()[0]
    assert set(bill) == {"id", "href", "billNo", "amountDue"}
    bare = claire.get("customerBill", bill["id"], fields="none").json()
    assert set(bare) == {"id", "href"}


def test_filters_join_by_and_and_or_and_reach_into_arrays(claire: PlainCustomer) -> None:
    bills = everything(claire, "customerBill")
    two = [bills[1]["id"], bills[3]["id"]]
    assert [one["id"] for one in claire.get("customerBill", id=",".join(two)).json()] == two
    lines = claire.get("appliedCustomerBillingRate", bill__id=two[0], limit=1000).json()
    assert lines
    assert {line["bill"]["id"] for line in lines} == {two[0]}
    customer_id = claire.get("customer").json()[0]["id"]
    assert len(claire.get("customerBill", relatedParty__id=customer_id, limit=1000).json()) == len(bills)
    assert claire.get("customerBill", relatedParty__id="C999999").json() == []
    both = claire.get("customerBill", id=",".join(two), billNo=bills[1]["billNo"]).json()
    assert [one["id"] for one in both] == two[:1]


def test_amounts_and_days_compare_as_such(claire: PlainCustomer) -> None:
    bills = everything(claire, "customerBill")
    dearest = max(bill["amountDue"]["value"] for bill in bills)
    found = claire.get("customerBill", amountDue__value__gte=str(dearest)).json()
    assert {bill["amountDue"]["value"] for bill in found} == {dearest}
    middle = sorted(bill["billDate"] for bill in bills)[len(bills) // 2]
    later = claire.get("customerBill", billDate__gt=middle, limit=1000).json()
    assert sorted(one["id"] for one in later) == sorted(one["id"] for one in bills if one["billDate"] > middle)


def test_sorting_goes_by_several_keys_in_both_directions(claire: PlainCustomer) -> None:
    bills = claire.get("customerBill", sort="state,-amountDue.value", limit=1000).json()
    keys = [(bill["state"], -bill["amountDue"]["value"]) for bill in bills]
    assert keys == sorted(keys)


@pytest.mark.parametrize("query", ["limit=-1", "offset=x", "limit=1.5", "filter=$..id", "sort=;", "a b=1", ".=1"])
def test_a_query_that_makes_no_sense_is_refused_in_tmf_words(claire: PlainCustomer, query: str) -> None:
    answer = claire.client.get(claire.url("customerBill") + "?" + query)
    assert answer.status_code == 400
    assert {"code", "reason", "message", "status"} <= set(answer.json())
    assert answer.json()["status"] == "400"


def test_nobody_sees_another_customers_documents(sandbox: Sandbox, claire: PlainCustomer) -> None:
    nadia = sign_in(sandbox.issuer(), "nadia")
    bill = everything(nadia, "customerBill")[0]
    assert claire.get("customerBill", bill["id"]).status_code == 404
    assert claire.client.get(bill["billDocument"][0]["url"]).status_code == 404
    sub = claire.get("customer").json()[0]["id"]
    assert nadia.get("customer", sub).status_code == 404


def test_without_a_token_there_is_nothing(sandbox: Sandbox, claire: PlainCustomer) -> None:
    del claire.client.headers["Authorization"]
    answer = claire.get("customerBill")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_wrong_methods_places_and_media_are_told_apart(claire: PlainCustomer) -> None:
    refused = claire.client.delete(claire.url("customerBill", "B1"))
    assert refused.status_code == 405
    assert "GET" in refused.headers["allow"]
    assert refused.json()["code"] == "methodNotAllowed"
    assert claire.client.get(f"{claire.issuer}/tmf-api/nothing/v4/here").status_code == 404
    assert claire.get("customerBill", "B-nobody").json()["code"] == "notFound"
    text = claire.client.post(claire.url("troubleTicket"), content=b"hello", headers={"Content-Type": "text/plain"})
    assert text.status_code == 415
    head = claire.client.head(claire.url("customerBill"))
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["x-total-count"]) > 20


def test_a_bills_pdf_is_found_from_the_bill_and_from_its_document(claire: PlainCustomer) -> None:
    bill = claire.get("customerBill", sort="-billDate", limit=1).json()[0]
    paper = bill["billDocument"][0]
    pdf = claire.client.get(paper["url"])
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    document = claire.client.get(paper["href"]).json()
    assert document["attachment"][0]["url"] == paper["url"]
    again = claire.client.get(paper["url"], headers={"If-None-Match": pdf.headers["etag"]})
    assert again.status_code == 304


def test_every_link_in_every_document_points_below_the_issuer(sandbox: Sandbox) -> None:
    for login, brand in (("claire", "orvane-gb"), ("garage", "orvane-fr")):
        customer = sign_in(sandbox.issuer(brand), login)
        for kind in ("customerBill", "product", "service", "troubleTicket", "agreement", "document", "payment"):
            for document in everything(customer, kind):
                assert document["href"].startswith(sandbox.issuer(brand) + "/")
                assert "{base}" not in str(document)
                assert customer.client.get(document["href"]).status_code == 200


def test_the_same_seed_and_clock_give_the_same_documents(new_sandbox: Callable[..., Sandbox]) -> None:
    arguments = ("--clock", "2026-11-21T10:00:00Z", "--seed", "7")
    one, two = new_sandbox(*arguments), new_sandbox(*arguments)
    first = everything(sign_in(one.issuer(), "sam"), "troubleTicket")
    second = everything(sign_in(two.issuer(), "sam"), "troubleTicket")
    assert str(first).replace(one.url, "") == str(second).replace(two.url, "")
    assert one.now() == "2026-11-21T10:00:00.000Z"
