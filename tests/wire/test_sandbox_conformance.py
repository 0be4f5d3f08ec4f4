"""What TM Forum's conformance kits ask of a version 4 API: create, read, list, filter, fields, 404, mandatory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from selfcare.sandbox.catalogue import BASES, KINDS
from tests.plain_client import PlainCustomer, sign_in
from tests.sandbox_process import start_sandbox
from tests.unit.api.official import SPECS, Maker, schemas

official = pytest.mark.skipif(not SPECS.is_dir(), reason="the official specifications are not beside this checkout")
CREATED = {
    "customer": "Customer_Create",
    "individual": "Individual_Create",
    "organization": "Organization_Create",
    "billingAccount": "BillingAccount_Create",
    "payment": "Payment_Create",
    "product": "Product_Create",
    "agreement": "Agreement_Create",
    "communicationMessage": "CommunicationMessage_Create",
    "partyInteraction": "PartyInteraction_Create",
}
KITS = ("customerBill", "appliedCustomerBillingRate", "troubleTicket", "productOrder", *CREATED)
ATTRIBUTES = {
    "customerBill": {"id", "href"},
    "troubleTicket": {"id", "href", "description", "severity", "status", "ticketType"},
    "productOrder": {"id", "href", "state", "orderDate", "productOrderItem"},
    "product": {"id", "href", "status"},
    "agreement": {"id", "href", "name", "agreementType", "agreementItem", "engagedParty"},
    "billingAccount": {"id", "href", "name", "relatedParty"},
    "customer": {"id", "href", "name", "engagedParty"},
    "payment": {"id", "href", "account", "paymentMethod", "totalAmount"},
    "partyInteraction": {"id", "href", "channel", "direction", "reason", "status", "interactionDate"},
    "communicationMessage": {"id", "href", "content", "messageType", "sender", "receiver"},
}


@pytest.fixture(scope="module")
def kit() -> Iterator[PlainCustomer]:
    with start_sandbox("--bills", "12") as running:
        yield sign_in(running.issuer(), "claire")


def url(kit: PlainCustomer, kind: str, ident: str = "") -> str:
    return f"{kit.issuer}{BASES[KINDS[kind].api]}/{kind}" + (f"/{ident}" if ident else "")


def rows(kit: PlainCustomer, kind: str, **params: str) -> list[dict[str, Any]]:
    answer = kit.client.get(url(kit, kind), params={"limit": "1000", **params})
    assert answer.status_code == 200, answer.text
    assert int(answer.headers["x-total-count"]) >= len(answer.json())
    assert answer.headers["x-result-count"] == str(len(answer.json()))
    return list(answer.json())


@official
@pytest.mark.parametrize("kind", CREATED)
@pytest.mark.parametrize("fullness", [0.0, 0.5])
def test_create_and_find_again(kit: PlainCustomer, kind: str, fullness: float) -> None:
    api = KINDS[kind].api
    required = schemas(api, "v4")[CREATED[kind]].get("required", [])
    body = _full(Maker(api, "v4", 3, fullness).document(CREATED[kind]), required)
    body.pop("id", None)
    answer = kit.client.post(url(kit, kind), json=body)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert answer.headers["location"] == made["href"] == url(kit, kind, made["id"])
    assert {name: made[name] for name in required} == {name: body[name] for name in required}
    assert kit.client.get(made["href"]).json() == made
    assert made in rows(kit, kind)
    for name in required:
        short = {key: value for key, value in body.items() if key != name}
        refused = kit.client.post(url(kit, kind), json=short)
        assert refused.status_code == 400, name
        assert {"code", "reason"} <= refused.json().keys()


def _full(body: dict[str, Any], required: list[str]) -> dict[str, Any]:
    """A kit's bodies fill what is required; empty parts count as absent."""
    usual: dict[str, Any] = {
        "engagedParty": [{"id": "P4471", "name": "Claire", "@referredType": "Individual"}],
        "relatedParty": [{"id": "C4471", "role": "customer", "@referredType": "Customer"}],
        "agreementItem": [{"product": [{"id": "PR1"}]}],
        "receiver": [{"id": "1", "name": "Claire"}],
        "channel": [{"id": "1", "name": "web"}],
        "interactionDate": {"startDateTime": "2026-11-20T10:00:00Z"},
        "totalAmount": {"unit": "GBP", "value": 5.5},
        "account": {"id": "A-4471"},
        "paymentMethod": {"id": "M1", "@referredType": "BankCard"},
        "sender": {"id": "S1", "name": "Operator"},
    }
    kept = {name: value for name, value in body.items() if value not in ("", [], {}, None)}
    for name in [*required, *(name for name in usual if name in kept)]:
        kept[name] = usual.get(name, kept.get(name, "said, by a kit; twice"))
    kept.pop("attachment", None)
    kept.pop("note", None)
    kept = {name: value for name, value in kept.items() if not name.endswith("Date") or name in required}
    return {name: value for name, value in kept.items() if isinstance(value, str | int | float) or name in usual}


@pytest.mark.parametrize("kind", KITS)
def test_filter_by_every_top_level_attribute(kit: PlainCustomer, kind: str) -> None:
    every = rows(kit, kind)
    if not every:
        assert kind == "organization"
        return
    tried = set()
    for one in every[:6]:
        for name, value in one.items():
            if isinstance(value, dict | list) or name in tried:
                continue
            tried.add(name)
            said = str(value).lower() if isinstance(value, bool) else str(value)
            found = rows(kit, kind, **{name: said})
            assert found, (name, said)
            assert one in found
            assert all(other[name] == value for other in found if "," not in said), name
            assert not rows(kit, kind, **{name: "no such thing"})
    assert {"id", "href"} <= tried


@pytest.mark.parametrize("kind", KITS)
def test_choose_fields_and_not_find(kit: PlainCustomer, kind: str) -> None:
    every = rows(kit, kind)
    for one in every[:2]:
        for name in one:
            chosen = kit.client.get(url(kit, kind, one["id"]), params={"fields": name}).json()
            assert chosen.keys() == {"id", "href", name}
        assert kit.client.get(url(kit, kind), params={"fields": "none", "id": one["id"]}).json()[0].keys() <= {
            "id", "href",
        }  # fmt: skip
    gone = kit.client.get(url(kit, kind, "nothing-here"))
    assert gone.status_code == 404
    assert gone.headers["content-type"].startswith("application/json")
    assert {"code", "reason"} <= gone.json().keys()


@pytest.mark.parametrize("kind", ATTRIBUTES)
def test_what_is_mandatory_is_there(kit: PlainCustomer, kind: str) -> None:
    every = rows(kit, kind)
    assert every
    for one in every:
        assert ATTRIBUTES[kind] <= one.keys(), one["id"]
