"""What customers send the demo operator: tickets, orders, contacts, each once however often it is sent."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.plain_client import PlainCustomer, sign_in
from tests.sandbox_process import Sandbox

TICKET = {"description": "No tone", "severity": "Major", "ticketType": "Incident", "externalId": "care-1"}


@pytest.fixture
def nadia(sandbox: Sandbox) -> PlainCustomer:
    return sign_in(sandbox.issuer(), "nadia")


def effects_of(sandbox: Sandbox, mark: str) -> list[str]:
    return list(sandbox.effects()["byExternalId"].get(mark, []))


def test_a_ticket_is_made_and_found_again_by_our_own_mark(sandbox: Sandbox, nadia: PlainCustomer) -> None:
    made = nadia.post("troubleTicket", TICKET | {"externalId": "care-found"})
    assert made.status_code == 201
    ticket = made.json()
    assert made.headers["location"] == ticket["href"] == nadia.url("troubleTicket", ticket["id"])
    assert (ticket["status"], ticket["externalId"]) == ("acknowledged", "care-found")
    assert nadia.get("troubleTicket", ticket["id"]).json() == ticket
    assert [one["id"] for one in nadia.get("troubleTicket", externalId="care-found").json()] == [ticket["id"]]
    customer_id = nadia.get("customer").json()[0]["id"]
    assert ticket["id"] in [one["id"] for one in nadia.get("troubleTicket", relatedParty__id=customer_id).json()]


def test_a_new_ticket_changes_the_lists_validator(nadia: PlainCustomer) -> None:
    before = nadia.get("troubleTicket").headers["etag"]
    nadia.post("troubleTicket", TICKET | {"externalId": "care-etag"})
    after = nadia.get("troubleTicket", headers={"If-None-Match": before})
    assert after.status_code == 200


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("troubleTicket", {"severity": "Minor", "ticketType": "Incident"}),
        ("troubleTicket", TICKET | {"description": 5}),
        ("troubleTicket", TICKET | {"note": {"text": "not a list"}}),
        ("troubleTicket", TICKET | {"requestedResolutionDate": "tomorrow"}),
        ("troubleTicket", []),
        ("productOrder", {"category": "termination"}),
        ("productOrder", {"productOrderItem": []}),
        ("productOrder", {"productOrderItem": [{"id": "1", "action": "explode"}]}),
        ("cancelProductOrder", {"cancellationReason": "changed my mind"}),
        ("partyInteraction", {"reason": "call", "direction": "inbound", "status": "completed"}),
    ],
)
def test_what_is_incomplete_is_refused_and_has_no_effect(
    sandbox: Sandbox, nadia: PlainCustomer, kind: str, content: Any
) -> None:
    before = len(sandbox.effects()["effects"])
    answer = nadia.post(kind, content)
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalidRequest"
    assert len(sandbox.effects()["effects"]) == before


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("productOrder", {"category": "termination", "productOrderItem": [{"id": "1", "action": "delete"}]}),
        ("cancelProductOrder", {"productOrder": {"id": "O-nobody"}}),
    ],
)
def test_what_names_nothing_of_the_customers_is_refused(
    sandbox: Sandbox, nadia: PlainCustomer, kind: str, content: Any
) -> None:
    before = len(sandbox.effects()["effects"])
    assert nadia.post(kind, content).json()["code"] == "unprocessable"
    assert len(sandbox.effects()["effects"]) == before


def test_the_same_key_has_one_effect_and_the_same_answer(sandbox: Sandbox, nadia: PlainCustomer) -> None:
    content = TICKET | {"externalId": "care-key"}
    first, second = (nadia.post("troubleTicket", content, key="key-1") for _ in range(2))
    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert second.headers["location"] == first.headers["location"]
    assert second.headers["idempotent-replayed"] == "true"
    assert len(effects_of(sandbox, "care-key")) == 1
    other = nadia.post("troubleTicket", content | {"description": "Something else"}, key="key-1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotencyKeyReused")
    assert len(effects_of(sandbox, "care-key")) == 1


def test_without_a_key_the_same_request_is_two_tickets(sandbox: Sandbox, nadia: PlainCustomer) -> None:
    for _ in range(2):
        nadia.post("troubleTicket", TICKET | {"externalId": "care-no-key"})
    assert len(effects_of(sandbox, "care-no-key")) == 2


def test_keys_of_two_customers_do_not_meet(sandbox: Sandbox, nadia: PlainCustomer) -> None:
    edith = sign_in(sandbox.issuer(), "edith")
    for customer in (nadia, edith):
        assert customer.post("troubleTicket", TICKET | {"externalId": "care-two"}, key="shared").status_code == 201
    assert len(effects_of(sandbox, "care-two")) == 2


def test_a_refused_request_frees_its_key(nadia: PlainCustomer) -> None:
    assert nadia.post("troubleTicket", {"severity": "Minor"}, key="freed").status_code == 400
    assert nadia.post("troubleTicket", TICKET, key="freed").status_code == 201


def test_a_key_is_forgotten_after_a_day(new_sandbox: Callable[..., Sandbox]) -> None:
    sandbox = new_sandbox()
    nadia = sign_in(sandbox.issuer(), "nadia")
    content = TICKET | {"externalId": "care-day"}
    nadia.post("troubleTicket", content, key="day")
    sandbox.advance(23.9)
    nadia.post("troubleTicket", content, key="day")
    assert len(effects_of(sandbox, "care-day")) == 1
    sandbox.advance(0.2)
    nadia.post("troubleTicket", content, key="day")
    assert len(effects_of(sandbox, "care-day")) == 2


def test_a_second_request_while_the_first_runs_is_told_to_wait(sandbox: Sandbox, nadia: PlainCustomer) -> None:
    sandbox.set_faults("slow:POST=0.6")
    content = TICKET | {"externalId": "care-wait"}
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: nadia.post("troubleTicket", content, key="wait").status_code, range(2)))
    assert sorted(answers) == [201, 409]
    assert len(effects_of(sandbox, "care-wait")) == 1


def test_a_note_is_added_by_sending_the_whole_list(nadia: PlainCustomer) -> None:
    ticket = nadia.post("troubleTicket", TICKET | {"note": [{"text": "first", "author": "Customer"}]}).json()
    notes = [*ticket["note"], {"text": "second", "author": "Customer"}]
    answer = nadia.patch("troubleTicket", ticket["id"], {"note": notes})
    assert answer.status_code == 200
    assert [note["text"] for note in nadia.get("troubleTicket", ticket["id"]).json()["note"]] == ["first", "second"]
    assert answer.json()["description"] == ticket["description"]


def test_a_ticket_changed_meanwhile_is_not_overwritten(nadia: PlainCustomer) -> None:
    made = nadia.post("troubleTicket", TICKET)
    ticket, etag = made.json(), made.headers["etag"]
    assert nadia.patch("troubleTicket", ticket["id"], {"severity": "Minor"}, {"If-Match": etag}).status_code == 200
    assert nadia.patch("troubleTicket", ticket["id"], {"severity": "Major"}, {"If-Match": etag}).status_code == 412


def test_customers_close_and_reopen_but_do_not_resolve(nadia: PlainCustomer) -> None:
    ticket = nadia.post("troubleTicket", TICKET).json()
    assert nadia.patch("troubleTicket", ticket["id"], {"status": "resolved"}).status_code == 409
    closed = nadia.patch("troubleTicket", ticket["id"], {"status": "closed"}).json()
    assert closed["statusChange"][-1]["status"] == "closed"
    assert nadia.patch("troubleTicket", ticket["id"], {"status": "inProgress"}).json()["status"] == "inProgress"
    assert nadia.patch("troubleTicket", "T-nobody", {"severity": "Minor"}).status_code == 404


def test_merge_patch_is_a_known_medium_and_json_patch_is_not(nadia: PlainCustomer) -> None:
    ticket = nadia.post("troubleTicket", TICKET).json()
    for medium, status in (("application/merge-patch+json", 200), ("application/json-patch+json", 415)):
        headers = {"Content-Type": medium}
        url = nadia.url("troubleTicket", ticket["id"])
        assert nadia.client.patch(url, content=b'{"name": "Line"}', headers=headers).status_code == status


def test_a_contact_the_customer_noted_is_kept(nadia: PlainCustomer) -> None:
    call = {
        "reason": "Asked about roaming",
        "direction": "inbound",
        "status": "completed",
        "channel": [{"id": "phone", "name": "Phone"}],
        "interactionDate": {"startDateTime": "2026-11-20T10:00:00Z", "endDateTime": "2026-11-20T10:12:00Z"},
    }
    made = nadia.post("partyInteraction", call)
    assert made.status_code == 201
    assert nadia.get("partyInteraction", made.json()["id"]).json()["reason"] == "Asked about roaming"


def test_after_an_hour_a_ticket_is_taken_up_with_a_promise(new_sandbox: Callable[..., Sandbox]) -> None:
    sandbox = new_sandbox()
    nadia = sign_in(sandbox.issuer(), "nadia")
    ticket = nadia.post("troubleTicket", TICKET).json()
    etag = nadia.get("troubleTicket").headers["etag"]
    sandbox.advance(0.9)
    assert nadia.get("troubleTicket", headers={"If-None-Match": etag}).status_code == 304
    sandbox.advance(0.2)
    later = nadia.get("troubleTicket", ticket["id"]).json()
    assert later["status"] == "inProgress"
    assert later["expectedResolutionDate"] > later["creationDate"]
    assert [one["status"] for one in later["statusChange"]] == ["acknowledged", "inProgress"]
    assert nadia.get("troubleTicket", headers={"If-None-Match": etag}).status_code == 200
