"""The hub of the demo operator: listeners come and go as the standard says, and those on this computer are told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import Queue
from typing import Any

import pytest

from selfcare.sandbox.catalogue import BASES, V5, base
from tests.plain_client import PlainCustomer, sign_in
from tests.sandbox_process import Sandbox, start_sandbox

TICKET = {"description": "No signal", "severity": "Minor", "ticketType": "Incident"}


@pytest.fixture(scope="module")
def desk() -> Iterator[Sandbox]:
    with start_sandbox("--bills", "2") as running:
        yield running


@pytest.fixture(scope="module")
def claire(desk: Sandbox) -> PlainCustomer:
    return sign_in(desk.issuer(), "claire")


@pytest.fixture
def told() -> Iterator[tuple[str, Queue[tuple[str, Any]]]]:
    """A listener of this computer and what it hears: (path, event)."""
    heard: Queue[tuple[str, Any]] = Queue()

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            heard.put((self.path, json.loads(body)))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = HTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/care/", heard
    server.shutdown()
    server.server_close()
    thread.join(20)


@pytest.mark.parametrize(
    ("api", "version"), [*((api, "v4") for api in sorted(BASES)), *((api, "v5") for api in sorted(V5))]
)
def test_a_listener_comes_and_goes(claire: PlainCustomer, desk: Sandbox, api: str, version: str) -> None:
    hub = f"{claire.issuer}{base(api, version)}/hub"
    assert claire.client.post(hub, json={"query": "x"}).status_code == 400
    assert claire.client.post(hub, json={"callback": "file:///etc"}).status_code == 400
    made = claire.client.post(hub, json={"callback": "https://elsewhere.example/x", "query": "eventType=A"})
    assert made.status_code == 201
    own = made.json()["id"]
    assert {"id": own, "callback": "https://elsewhere.example/x", "query": "eventType=A"}.items() <= made.json().items()
    assert made.headers["location"] == f"{hub}/{own}"
    assert claire.client.get(f"{hub}/{own}").status_code == (200 if version == "v5" else 405)
    assert sign_in(desk.issuer(), "edith").client.delete(f"{hub}/{own}").status_code == 404
    assert claire.client.delete(f"{hub}/{own}").status_code == 204
    assert claire.client.delete(f"{hub}/{own}").status_code == 404


def test_a_listener_is_told_of_its_own_customers_documents_alone(
    claire: PlainCustomer, desk: Sandbox, told: tuple[str, Queue[tuple[str, Any]]]
) -> None:
    callback, heard = told
    hub = f"{claire.issuer}{BASES['TMF621']}/hub"
    own = claire.client.post(hub, json={"callback": callback}).json()["id"]
    sign_in(desk.issuer(), "edith").post("troubleTicket", TICKET).raise_for_status()
    made = claire.post("troubleTicket", TICKET).json()
    path, event = heard.get(timeout=20)
    assert path == "/care/listener/troubleTicketCreateEvent"
    assert (event["eventType"], event["event"]["troubleTicket"]) == ("TroubleTicketCreateEvent", made)
    claire.client.patch(made["href"], json={"status": "cancelled", "@type": "Complaint"}).raise_for_status()
    path, event = heard.get(timeout=20)
    assert path == "/care/listener/troubleTicketAttributeValueChangeEvent"
    assert event["event"]["troubleTicket"]["@type"] == "Complaint"
    claire.client.delete(f"{hub}/{own}").raise_for_status()
    claire.post("troubleTicket", TICKET).raise_for_status()
    assert heard.empty()


def test_a_query_lets_through_what_it_names(claire: PlainCustomer, told: tuple[str, Queue[tuple[str, Any]]]) -> None:
    callback, heard = told
    hub = f"{claire.issuer}{BASES['TMF621']}/hub"
    only = {"callback": callback, "query": "eventType=TroubleTicketAttributeValueChangeEvent"}
    own = claire.client.post(hub, json=only).json()["id"]
    made = claire.post("troubleTicket", TICKET).json()
    claire.client.patch(made["href"], json={"status": "cancelled"}).raise_for_status()
    assert heard.get(timeout=20)[0].endswith("/troubleTicketAttributeValueChangeEvent")
    claire.client.delete(f"{hub}/{own}").raise_for_status()


def test_of_a_bill_nothing_that_is_owed_can_be_changed(claire: PlainCustomer) -> None:
    bill = claire.get("customerBill").json()[0]
    for wrong in ({"remainingAmount": {"unit": "GBP", "value": 0}}, {"state": "forgiven"}):
        assert claire.client.patch(bill["href"], json=wrong).status_code == 400
    changed = claire.client.patch(bill["href"], json={"state": "onHold"}).json()
    assert changed == {**bill, "state": "onHold"} == claire.client.get(bill["href"]).json()


def test_an_order_that_brings_nothing_about_takes_a_state(claire: PlainCustomer) -> None:
    item = {"id": "1", "action": "noChange"}
    order = claire.post("productOrder", {"category": "question", "productOrderItem": [item]}).json()
    assert claire.client.patch(order["href"], json={"state": "nonsense"}).status_code == 400
    changed = claire.client.patch(order["href"], json={"state": "held", "@type": "Question"}).json()
    assert (changed["state"], changed["@type"]) == ("held", "Question")
