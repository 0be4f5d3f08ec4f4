"""Lists are followed through all their pages, or refused when they change; the token stays at home."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest

from selfcare.api.addresses import allowed_origins
from selfcare.api.client import Wire
from selfcare.api.commands import WireAction
from selfcare.api.operator import Operator
from selfcare.domain.bills import PaperRef
from selfcare.domain.failures import (
    ListChanged,
    ListMissing,
    NotAnAnswer,
    NotOffered,
    PaperTrouble,
    Refused,
    ServerTrouble,
    SignedOut,
)
from selfcare.domain.operator import ApiEntry, Honours, OperatorProfile

BASE = "https://api.example.net/tmf"
PDF = b"%PDF-1.7 a bill"
NOTHING = Honours()
Answer = Callable[[httpx.Request], httpx.Response]


def reply(status: int, body: object = b"", **headers: str) -> httpx.Response:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {"content-type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}}
    return httpx.Response(status, headers=named, stream=httpx.ByteStream(raw))


def operator(
    answer: Answer,
    *,
    size: int = 3,
    pdf: tuple[str, ...] = (),
    honours: Honours = NOTHING,
    renew: Callable[[], str] | None = None,
) -> Operator:
    entry = ApiEntry("TMF678", "v4", BASE, "relatedParty.id", "{customerId}", size, pdf)
    apis: dict[str, ApiEntry | None] = {
        "TMF678": entry,
        "TMF667": ApiEntry("TMF667", "v4", f"{BASE}/docs"),
        "TMF651": None,
    }
    profile = OperatorProfile(
        "x",
        "X",
        "GB",
        "Europe/London",
        "GBP",
        "https://id.example.net",
        "c",
        (),
        apis,
        honours=honours,
        extra_headers={"X-Country": "GB"},
    )
    wire = Wire(allowed_origins(profile), transport=httpx.MockTransport(answer))
    return Operator(profile, wire, lambda: "token", renew)


def server(
    docs: list[Any], *, total: bool = True, link: bool = False, cap: int = 99, status: int = 200, past: int = 200
) -> Answer:
    """A list of documents as a well-behaved server pages it."""

    def answer(request: httpx.Request) -> httpx.Response:
        query = request.url.params
        offset, limit = int(query["offset"]), min(int(query["limit"]), cap)
        page = docs[offset : offset + limit]
        headers: dict[str, str] = {"x-total-count": str(len(docs))} if total else {}
        if link and offset + limit < len(docs):
            headers["link"] = f'<?offset=0>; rel="first", <?offset={offset + limit}&limit={limit}>; rel="next"'
        if not page and past != 200:
            return reply(past, b"", **headers)
        return reply(status, page, etag='"v1"', **headers)

    return answer


def some(count: int) -> list[dict[str, str]]:
    return [{"id": f"B{n}"} for n in range(count)]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 6, 7])
@pytest.mark.parametrize(
    "how",
    [{}, {"total": False}, {"link": True}, {"link": True, "total": False}, {"cap": 2, "total": False}, {"status": 206}],
)
def test_every_way_of_paging_gives_the_whole_list(count: int, how: Mapping[str, Any]) -> None:
    told: list[tuple[int, int | None]] = []
    found = operator(server(some(count), **how)).fetch_list(
        "TMF678", "customerBill", {"x": "y"}, progress=lambda done, total: told.append((done, total))
    )
    assert [json.loads(doc)["id"] for doc in found.documents] == [f"B{n}" for n in range(count)]
    assert told[-1][0] == count


def test_the_first_page_may_not_be_an_error() -> None:
    with pytest.raises(Refused):
        operator(lambda _: reply(404)).fetch_list("TMF678", "customerBill", {})
    missing = reply(404, {"code": "60", "reason": "No ticket"})
    with pytest.raises(ListMissing):
        operator(lambda _: missing).fetch_list("TMF678", "x", {})
    told_so = operator(
        lambda _: reply(404, {"code": "60", "reason": "No ticket"}), honours=Honours(missing_is_empty=True)
    )
    assert told_so.fetch_list("TMF678", "x", {}).documents == []


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("status", [404, 416])
def test_a_web_page_is_no_end_of_a_list_and_no_empty_one(status: int, first: bool) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if not first and "offset=0" in str(request.url):
            return server(some(9), total=False)(request)
        return reply(status, b"<html>The proxy says no</html>", content_type="text/html")

    with pytest.raises(NotAnAnswer, check=lambda e: e.what == "html"):
        operator(answer).fetch_list("TMF678", "customerBill", {})


def test_every_request_is_asked_properly() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return reply(200, [])

    operator(answer).fetch_list("TMF678", "customerBill", {"relatedParty.id": "a b&c"}, '"v0"')
    request = asked[0]
    assert request.url.params["relatedParty.id"] == "a b&c"
    assert request.headers["authorization"] == "Bearer token"
    assert request.headers["x-country"] == "GB"
    assert request.headers["if-none-match"] == '"v0"'
    assert request.headers["accept"] == "application/json"


def test_unchanged_costs_one_request() -> None:
    asked: list[int] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(1)
        return reply(304)

    found = operator(answer).fetch_list("TMF678", "customerBill", {}, '"v1"')
    assert (found.unchanged, found.validator, asked) == (True, '"v1"', [1])
    with pytest.raises(NotAnAnswer):
        operator(answer).fetch_list("TMF678", "customerBill", {})


@pytest.mark.parametrize(
    ("count", "whole_tag", "validator"), [(2, False, '"v1"'), (3, False, ""), (7, False, ""), (7, True, '"v1"')]
)
def test_a_validator_is_kept_only_if_it_stands_for_the_whole_list(count: int, whole_tag: bool, validator: str) -> None:
    asked = operator(server(some(count)), honours=Honours(list_etag=whole_tag))
    assert asked.fetch_list("TMF678", "customerBill", {}).validator == validator


def test_a_list_that_changes_once_is_read_again() -> None:
    calls: list[int] = []
    docs = some(5)

    def answer(request: httpx.Request) -> httpx.Response:
        calls.append(1)
        if len(calls) == 2:
            docs.insert(0, {"id": "NEW"})
        return server(docs)(request)

    found = operator(answer).fetch_list("TMF678", "customerBill", {})
    assert json.loads(found.documents[0])["id"] == "NEW"
    assert len(found.documents) == 6


def restless(kind: str) -> Answer:
    calls: list[int] = []

    def answer(request: httpx.Request) -> httpx.Response:
        calls.append(1)
        offset = int(request.url.params["offset"])
        if kind == "total":
            return reply(200, [{"id": f"{offset}-{n}"} for n in range(3)], x_total_count=str(100 + len(calls)))
        if kind == "ids":
            return reply(200, [{"id": "same"}, {"id": f"{offset}"}, {"id": f"{offset}b"}], x_total_count="9")
        if kind == "tag":
            return reply(200, [{"id": f"{offset}"}], x_total_count="3", etag=f'"{len(calls)}"')
        return reply(200, [{"id": f"{offset}"}] if offset < 2 else [], x_total_count="5")

    return answer


@pytest.mark.parametrize("kind", ["total", "ids", "tag", "short"])
def test_a_list_that_keeps_changing_is_given_up(kind: str) -> None:
    with pytest.raises(ListChanged, check=lambda e: e.kind == "customerBill"):
        operator(restless(kind), honours=Honours(list_etag=True)).fetch_list("TMF678", "customerBill", {})


def test_a_total_of_nothing_beside_documents_is_ignored() -> None:
    docs = some(2)

    def answer(request: httpx.Request) -> httpx.Response:
        return reply(200, docs if request.url.params["offset"] == "0" else [], x_total_count="0")

    assert len(operator(answer).fetch_list("TMF678", "customerBill", {}).documents) == 2


def test_a_link_to_another_host_is_not_followed() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.host == "api.example.net"
        if request.url.params["offset"] != "0":
            return reply(200, [])
        return reply(200, some(3), link='<https://evil.example/tmf/customerBill?offset=3>; rel="next"')

    assert len(operator(answer).fetch_list("TMF678", "customerBill", {}).documents) == 3


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (reply(200, {"code": "1", "reason": "no"}), Refused(200, "no", "1")),
        (reply(200, {"x": 1}), NotAnAnswer("shape")),
        (reply(200, b"<html>"), NotAnAnswer("html")),
        (reply(200, b'[{"id": "1"'), NotAnAnswer("truncated")),
        (reply(204), NotAnAnswer("shape")),
        (reply(500), ServerTrouble(500)),
        (reply(401), SignedOut()),
    ],
)
def test_what_is_no_list(answer: httpx.Response, failure: Exception) -> None:
    with pytest.raises(type(failure)) as caught:
        operator(lambda _: answer).fetch_list("TMF678", "customerBill", {})
    assert caught.value == failure


def test_an_api_that_is_not_offered_is_not_asked() -> None:
    for api in ("TMF651", "TMF999"):
        with pytest.raises(NotOffered, check=lambda e: e.api.startswith("TMF")):
            operator(lambda _: reply(200, [])).fetch_list(api, "agreement", {})


def test_a_token_that_is_refused_is_renewed_once() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return reply(200, []) if request.headers["authorization"] == "Bearer new" else reply(401)

    assert operator(answer, renew=lambda: "new").fetch_list("TMF678", "x", {}).documents == []
    with pytest.raises(SignedOut):
        operator(answer, renew=lambda: "newer").fetch_list("TMF678", "x", {})


def test_requests_go_out_exactly_as_they_were_frozen() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        request.read()
        asked.append(request)
        return reply(201, {"id": "T1"})

    action = WireAction("TMF678", "POST", "troubleTicket", b'{"a": 1.00}')
    assert operator(answer).send(action, "key-1").status == 201
    assert asked[0].content == b'{"a": 1.00}'
    assert asked[0].headers["idempotency-key"] == '"key-1"'
    assert asked[0].headers["content-type"] == "application/json"
    operator(answer).send(action)
    assert "idempotency-key" not in asked[1].headers


@pytest.mark.parametrize("promised", [True, False])
def test_our_own_request_is_found_again(promised: bool) -> None:
    docs = [{"id": "1", "externalId": "care-1"}, {"id": "2", "note": "care-1"}, {"id": "3", "externalId": "care-2"}]
    asked: list[httpx.QueryParams] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.params)
        return server(docs)(request)

    found = operator(answer, honours=Honours(external_id_filter=promised)).find_external("TMF678", "x", "care-1")
    assert [json.loads(doc)["id"] for doc in found] == ["1"]
    assert ("externalId" in asked[0]) is promised


def files(table: Mapping[str, httpx.Response]) -> Answer:
    def answer(request: httpx.Request) -> httpx.Response:
        return table.get(str(request.url), reply(404, {"code": "60", "reason": "none"}))

    return answer


def pdf(body: bytes = PDF) -> httpx.Response:
    return reply(200, body, content_type="application/pdf", content_length=str(len(body)))


def bill(**paper: str) -> bytes:
    return json.dumps({"id": "B/1", "billDocument": [{"id": "D", **paper}]}).encode()


INLINE = "JVBERi0xLjcgYSBiaWxs"
WAYS: list[tuple[str, bytes, Mapping[str, Callable[[], httpx.Response]]]] = [
    ("inside the bill", bill(content=INLINE), {}),
    ("at its url", bill(content="bill", url=f"{BASE}/d.pdf"), {f"{BASE}/d.pdf": pdf}),
    ("at its relative url", bill(url="d.pdf"), {f"{BASE}/d.pdf": pdf}),
    ("at its href", bill(url="https://third.example/d", href=f"{BASE}/d"), {f"{BASE}/d": pdf}),
    (
        "in the document behind its href",
        bill(href=f"{BASE}/d"),
        {f"{BASE}/d": lambda: reply(200, {"id": "D", "attachment": {"content": INLINE}})},
    ),
    (
        "where the document behind its href leads",
        bill(href=f"{BASE}/d"),
        {f"{BASE}/d": lambda: reply(200, {"id": "D", "attachment": [{"url": f"{BASE}/f"}]}), f"{BASE}/f": pdf},
    ),
    (
        "among the documents about the bill",
        bill(),
        {
            f"{BASE}/docs/document?relatedEntity.id=B%2F1": lambda: reply(
                200,
                [
                    {"id": "X", "relatedEntity": [{"id": "other"}], "attachment": [{"content": "JVBERi1ub3Q="}]},
                    {"id": "Y", "relatedEntity": [{"id": "B/1"}], "attachment": [{"content": INLINE}]},
                ],
            )
        },
    ),
    (
        "after a redirect at the same host",
        bill(url=f"{BASE}/d"),
        {
            f"{BASE}/d": lambda: reply(302, b"", location="/tmf/e"),
            f"{BASE}/e": pdf,
        },
    ),
]


@pytest.mark.parametrize(("way", "doc", "table"), WAYS, ids=[way[0] for way in WAYS])
def test_a_bills_pdf_is_found(way: str, doc: bytes, table: Mapping[str, Callable[[], httpx.Response]]) -> None:
    made = {url: make() for url, make in table.items()}
    assert operator(files(made)).fetch_bill_paper(doc) == PDF, way


def test_the_agreed_address_is_the_last_way() -> None:
    template = f"template:{BASE}/invoice/{{billId}}"
    assert operator(files({f"{BASE}/invoice/B%2F1": pdf()}), pdf=("embedded", template)).fetch_bill_paper(bill()) == PDF
    with pytest.raises(PaperTrouble, check=lambda e: e.what == "missing"):
        operator(files({}), pdf=("embedded",)).fetch_bill_paper(bill(url=f"{BASE}/d"))


def test_the_token_never_leaves_for_another_host() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.host == "api.example.net"
        return reply(302, b"", location="https://evil.example/d.pdf")

    for doc in (bill(url="https://evil.example/d"), bill(url=f"{BASE}/d"), bill(href="//evil.example/d")):
        with pytest.raises((PaperTrouble, NotAnAnswer)):
            operator(answer, pdf=("embedded", "url", "href")).fetch_bill_paper(doc)
    with pytest.raises(NotAnAnswer, check=lambda e: e.what == "foreign"):
        operator(answer).fetch_paper("https://evil.example/d")
    with pytest.raises(NotAnAnswer, check=lambda e: e.what == "redirect"):
        operator(answer).fetch_paper(PaperRef("D", "d", url=f"{BASE}/d"))


def test_what_is_no_pdf() -> None:
    with pytest.raises(PaperTrouble, check=lambda e: e.what == "not_pdf"):
        operator(lambda _: pdf(b"<html>")).fetch_paper(f"{BASE}/d")
    with pytest.raises(NotAnAnswer, check=lambda e: e.what == "html"):
        operator(lambda _: reply(200, b"<html>", content_type="text/html")).fetch_paper(f"{BASE}/d")
    with pytest.raises(PaperTrouble, check=lambda e: e.what == "missing"):
        operator(lambda _: reply(200, {"id": "D"})).fetch_paper(f"{BASE}/d")


@pytest.mark.parametrize("counts", [{}, {"x_total_count": "0", "x_result_count": "0"}])
def test_a_server_that_knows_no_offset_sends_its_whole_list_each_time(counts: dict[str, str]) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return reply(200, [{"id": "1"}, {"id": "2"}], **counts)

    found = operator(answer).fetch_list("TMF678", "customerBill", {})
    assert [json.loads(one)["id"] for one in found.documents] == ["1", "2"]
    assert len(asked) == 2, "it is asked for more once, and what comes is what came"
