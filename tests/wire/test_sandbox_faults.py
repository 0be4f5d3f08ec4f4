"""Everything that can be made to go wrong at the demo operator, seen from outside."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from selfcare.sandbox.faults import NAMES
from tests.plain_client import PlainCustomer, sign_in
from tests.sandbox_process import Sandbox

TICKET = {"description": "No tone", "severity": "Major", "ticketType": "Incident"}


@pytest.fixture
def nadia(sandbox: Sandbox) -> PlainCustomer:
    return sign_in(sandbox.issuer(), "nadia")


@pytest.mark.parametrize(("fault", "status"), [("down", 503), ("401", 401), ("403", 403), ("429", 429), ("500", 500)])
def test_refusals_at_the_door(sandbox: Sandbox, nadia: PlainCustomer, fault: str, status: int) -> None:
    sandbox.set_faults(fault)
    answer = nadia.get("customerBill")
    assert answer.status_code == status
    assert answer.json()["status"] == str(status)
    if status in (429, 503):
        assert answer.headers["retry-after"] == "30"
    sandbox.set_faults()
    assert nadia.get("customerBill").status_code == 200


def test_a_page_of_html_comes_instead_of_json(sandbox: Sandbox, nadia: PlainCustomer) -> None:
    sandbox.set_faults("html")
    answer = nadia.get("customerBill")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")


def test_json_is_cut_with_a_length_that_fits(sandbox: Sandbox, nadia: PlainCustomer) -> None:
    sandbox.set_faults("truncated")
    answer = nadia.get("customerBill")
    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) == len(answer.content)
    with pytest.raises(json.JSONDecodeError):
        answer.json()


def test_gzip_is_whole_or_cut(sandbox: Sandbox, nadia: PlainCustomer) -> None:
    plain = nadia.get("customerBill").content
    sandbox.set_faults("gzip")
    with nadia.client.stream("GET", nadia.url("customerBill")) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == plain
    sandbox.set_faults("gzip-cut")
    with nadia.client.stream("GET", nadia.url("customerBill")) as answer:
        raw = b"".join(answer.iter_raw())
    assert len(raw) == int(answer.headers["content-length"])
    inflater = zlib.decompressobj(31)
    inflater.decompress(raw)
    assert not inflater.eof


@pytest.mark.parametrize("fault", ["reset", "cut-body"])
def test_the_connection_is_closed(sandbox: Sandbox, nadia: PlainCustomer, fault: str) -> None:
    sandbox.set_faults(fault)
    with pytest.raises(httpx.TransportError):
        nadia.get("customerBill")


def test_one_document_of_a_list_is_spoiled(sandbox: Sandbox, nadia: PlainCustomer) -> None:
    well = nadia.get("customerBill", limit=1000)
    for fault in ("unreadable", "no-id", "unknown-state", "missing-field"):
        sandbox.set_faults(f"{fault}:customerBill")
        bad = nadia.get("customerBill", limit=1000, headers={"If-None-Match": well.headers["etag"]})
        assert bad.status_code == 200
        different = [(a, b) for a, b in zip(well.json(), bad.json(), strict=True) if a != b]
        assert len(different) == 1
        spoiled = different[0][1]
        if fault == "no-id":
            assert "id" not in spoiled
        elif fault == "unknown-state":
            assert spoiled["state"] == "quarantined"
        elif fault == "missing-field":
            assert set(spoiled) == {"id", "href", "@type", "billDocument"}
        else:
            assert spoiled["amountDue"] == "a lot"
        assert nadia.get("payment").json() == nadia.get("payment").json()


def test_a_list_changes_between_its_pages(sandbox: Sandbox, nadia: PlainCustomer) -> None:
    sandbox.set_faults("list-changes:customerBill")
    first = nadia.get("customerBill", limit=3)
    second = nadia.get("customerBill", limit=3, offset=3)
    assert first.headers["etag"] != second.headers["etag"]
    assert int(second.headers["x-total-count"]) == int(first.headers["x-total-count"]) - 1


def test_totals_lie_and_pages_are_called_partial(sandbox: Sandbox, nadia: PlainCustomer) -> None:
    sandbox.set_faults("bad-total", "partial", "no-etag")
    answer = nadia.get("customerBill", limit=1000)
    assert answer.status_code == 206
    assert int(answer.headers["x-total-count"]) > len(answer.json())
    assert "etag" not in answer.headers


def test_an_api_is_not_offered(sandbox: Sandbox, nadia: PlainCustomer) -> None:
    sandbox.set_faults("not-offered:TMF656")
    assert nadia.get("serviceProblem").status_code == 404
    profile = json.loads(sandbox.profile())
    assert profile["apis"]["TMF656"] is None
    assert profile["apis"]["TMF678"]["baseUrl"].startswith(sandbox.issuer())


def test_the_answer_is_lost_but_the_effect_is_there_once(sandbox: Sandbox, nadia: PlainCustomer) -> None:
    sandbox.set_faults("lost-response:troubleTicket=1")
    content = TICKET | {"externalId": "care-lost"}
    with pytest.raises(httpx.TransportError):
        nadia.post("troubleTicket", content, key="lost")
    assert len(sandbox.effects()["byExternalId"]["care-lost"]) == 1
    again = nadia.post("troubleTicket", content, key="lost")
    assert again.status_code == 201
    assert sandbox.effects()["byExternalId"]["care-lost"] == [again.json()["id"]]


def test_a_500_may_hide_an_effect_or_stick_to_its_key(sandbox: Sandbox, nadia: PlainCustomer) -> None:
    sandbox.set_faults("500-after-effect=1")
    content = TICKET | {"externalId": "care-hidden"}
    assert nadia.post("troubleTicket", content, key="hidden").status_code == 500
    assert nadia.post("troubleTicket", content, key="hidden").status_code == 201
    assert len(sandbox.effects()["byExternalId"]["care-hidden"]) == 1
    sandbox.set_faults("500-sticky=1")
    content = TICKET | {"externalId": "care-sticky"}
    assert [nadia.post("troubleTicket", content, key="sticky").status_code for _ in range(2)] == [500, 500]
    assert "care-sticky" not in sandbox.effects()["byExternalId"]
    assert nadia.post("troubleTicket", content, key="fresh").status_code == 201


def test_an_order_is_taken_in_and_rejected(sandbox: Sandbox, nadia: PlainCustomer) -> None:
    sandbox.set_faults("order-rejected:portOutCode")
    line = next(one for one in nadia.get("product").json() if "TEL_MSISDN" in str(one))
    item = {"id": "1", "action": "noChange", "product": {"id": line["id"]}}
    placed = nadia.post("productOrder", {"category": "portOutCode", "productOrderItem": [item]}).json()
    assert placed["state"] == "rejected"
    assert placed["note"][-1]["text"]


def test_slowness_is_felt_and_redirects_lead_away(sandbox: Sandbox, nadia: PlainCustomer) -> None:
    sandbox.set_faults("slow=0.3")
    started = time.monotonic()
    nadia.get("customerBill", limit=1)
    assert time.monotonic() - started >= 0.3
    sandbox.set_faults("redirect")
    assert nadia.get("customerBill").headers["location"].startswith("https://elsewhere.example")


def test_a_fault_can_be_aimed_at_the_sign_in(sandbox: Sandbox, nadia: PlainCustomer) -> None:
    sandbox.set_faults("html:token")
    answer = nadia.client.post(f"{nadia.issuer}/token", data={"grant_type": "refresh_token"})
    assert answer.json()["error"] == "invalid_client"
    assert nadia.get("customerBill").status_code == 200
    fields = {"grant_type": "refresh_token", "client_id": "selfcare-desktop"}
    fields["refresh_token"] = nadia.tokens["refresh_token"]
    assert "html" in nadia.client.post(f"{nadia.issuer}/token", data=fields).headers["content-type"]


def test_the_answer_to_a_refresh_can_be_lost(sandbox: Sandbox, nadia: PlainCustomer) -> None:
    sandbox.set_faults("lost-response:token=1")
    fields = {"grant_type": "refresh_token", "client_id": "selfcare-desktop"}
    fields["refresh_token"] = nadia.tokens["refresh_token"]
    with pytest.raises(httpx.TransportError):
        nadia.client.post(f"{nadia.issuer}/token", data=fields)
    again = nadia.client.post(f"{nadia.issuer}/token", data=fields)
    assert again.json()["error"] == "invalid_grant"


def test_one_api_alone_can_be_down(sandbox: Sandbox, nadia: PlainCustomer) -> None:
    sandbox.set_faults("down:TMF678")
    assert nadia.get("customerBill").status_code == 503
    assert nadia.get("payment").status_code == 200


def test_an_unknown_fault_is_named_and_changes_nothing(sandbox: Sandbox) -> None:
    sandbox.set_faults("down")
    answer = sandbox.control.post("/sandbox/faults", json={"faults": ["gremlins"]})
    assert answer.status_code == 400
    assert "gremlins" in answer.json()["message"]
    answer = sandbox.control.post("/sandbox/faults", json={"faults": ["html:nosuch"]})
    assert (answer.status_code, answer.json()["message"]) == (400, "html cannot be aimed at nosuch")
    assert sandbox.control.get("/sandbox/faults").json()["faults"] == ["down"]


def test_faults_at_start_and_the_clock_at_run_time(new_sandbox: Callable[..., Sandbox]) -> None:
    sandbox = new_sandbox("--faults", "down,slow=0.1", "--clock", "2026-11-21T10:00:00Z")
    assert sandbox.control.get("/orvane-gb/jwks").status_code == 503
    sandbox.advance(1.5)
    assert sandbox.now() == "2026-11-21T11:30:00.000Z"
    assert sandbox.control.post("/sandbox/clock", json={"advanceHours": -1}).status_code == 400


def test_the_log_counts_requests_and_bytes(sandbox: Sandbox, nadia: PlainCustomer) -> None:
    sandbox.reset_log()
    sizes = [len(nadia.get("customerBill").content) for _ in range(2)]
    etag = nadia.get("customerBill").headers["etag"]
    nadia.get("customerBill", headers={"If-None-Match": etag})
    rows = {(row["path"].rsplit("/", 1)[1], row["status"]): row for row in sandbox.log()["requests"]}
    assert rows["customerBill", 200]["count"] == 3
    assert rows["customerBill", 200]["bytes"] == sizes[0] * 3
    assert rows["customerBill", 304] == rows["customerBill", 304] | {"count": 1, "bytes": 0}
    assert sandbox.log()["count"] == 4


@pytest.mark.parametrize(
    "arguments",
    [
        ["--host", "0.0.0.0"],
        ["--host", "example.org"],
        ["--faults", "gremlins"],
        ["--clock", "noon"],
        ["--port", "99999"],
        ["--port", "-1"],
        ["--port", "web"],
        ["--faults", "slow=" + "9" * 400],
        ["--faults", "html:nosuch"],
        ["--bills", "0"],
        ["--bills", "-3"],
        ["--bills", "1000001"],
        ["--clock", "9999-12-31T23:00:00Z"],
        ["--clock", "0001-01-01T00:00:00+14:00"],
    ],
)
def test_it_starts_on_this_computer_and_with_known_words_only(arguments: list[str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "selfcare.sandbox", *arguments], capture_output=True, text=True, timeout=20, check=False
    )
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    assert "error: argument " in ended.stderr


def test_help_names_every_fault_and_how_it_is_spelled() -> None:
    command = [sys.executable, "-m", "selfcare.sandbox", "--help"]
    said = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout
    assert "name[:where][=times]" in said
    named = {line.split()[0] for line in said.partition("faults are spelled")[2].splitlines()[1:] if line.strip()}
    assert named == set(NAMES)


@pytest.mark.parametrize(
    ("where", "body"),
    [
        ("tokens", b'{"accessSeconds": "abc"}'), ("tokens", b'{"accessSeconds": true}'),
        ("tokens", b'{"accessSeconds": -1}'), ("tokens", b'{"accessSeconds": 1' + b"0" * 400 + b"}"),
        ("tokens", b'{"refreshGrace": null}'), ("tokens", b'{"refreshGrace": 1e999}'), ("tokens", b'{"expire": "now"}'),
        ("clock", b'{"advanceHours": "1"}'), ("clock", b'{"advanceHours": 1' + b"0" * 400 + b"}"), ("clock", b"{}"),
        ("clock", b'{"advanceHours": 1e99999999999999999999}'), ("clock", b"[]"),
        ("faults", b'{"faults": "down"}'), ("faults", b'{"faults": [1]}'), ("faults", b'{"faults": ["down=' + b"9" * 400
         + b'"]}'), ("faults", b"\xff"), ("faults", b""), ("faults", b"[" * 100_000),
    ],
)  # fmt: skip
def test_what_the_stage_does_not_understand_is_refused_and_changes_nothing(
    sandbox: Sandbox, where: str, body: bytes
) -> None:
    before = sandbox.control.get("/sandbox/faults").json()
    answer = sandbox.control.post(f"/sandbox/{where}", content=body)
    assert answer.status_code == 400
    assert answer.json() == answer.json() | {"status": "400", "@type": "Error"}
    assert sandbox.control.get("/sandbox/faults").json() == before


def test_it_ends_with_whoever_started_it(new_sandbox: Callable[..., Sandbox]) -> None:
    sandbox = new_sandbox()
    assert sandbox.process.stdin is not None
    sandbox.process.stdin.close()
    assert sandbox.process.wait(10) == 0


def test_a_file_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    place = tmp_path / "absent" / "ready"
    command = [sys.executable, "-m", "selfcare.sandbox", "--ready-file", str(place)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert ended.stdout == f"cannot write {place}: No such file or directory\n"
    assert ended.stderr == ""
