"""What the conformance kits of version 4 do one after another, held against the demo operator in our own words.

A kit creates a resource, lists it, reads it, picks fields, filters, changes it, takes it away and looks for it in vain;
of everything a list holds it wants the attributes that its profile calls mandatory, of the kinds that it names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from selfcare.sandbox.catalogue import BASES, KINDS
from tests.plain_client import PlainCustomer, sign_in
from tests.sandbox_process import Sandbox, start_sandbox

PARTY = {"id": "P1", "name": "Somebody", "role": "customer", "@referredType": "Individual"}
MONEY = {"unit": "EUR", "value": 12.5}
METHOD = {"id": "M1", "@referredType": "BankCard"}
# What is created, and what every document of the resource must then have beside id and href.
CREATED: dict[str, dict[str, Any]] = {
    "customer": {"name": "qqymucymyd", "engagedParty": PARTY},
    "individual": {"givenName": "Ada", "familyName": "Fields, of filters", "birthDate": "1990-02-10T00:00:00+01:00"},
    "organization": {"tradingName": "Tests & Sons", "name": "T+S", "isLegalEntity": True, "organizationType": "firm"},
    "billingAccount": {"name": "An account", "relatedParty": [PARTY]},
    "partyAccount": {"name": "A party's", "relatedParty": [PARTY]},
    "settlementAccount": {"name": "A settlement", "relatedParty": [PARTY]},
    "financialAccount": {"name": "The books"},
    "billingCycleSpecification": {"name": "Monthly"},
    "billFormat": {"name": "Summary"},
    "billPresentationMedia": {"name": "Post"},
    "payment": {"account": {"id": "A1"}, "paymentMethod": METHOD, "totalAmount": MONEY},
    "refund": {"account": {"id": "A1"}, "paymentMethod": METHOD, "totalAmount": MONEY},
    "product": {"status": "active"},
    "agreement": {
        "name": "A contract",
        "agreementType": "commercial",
        "agreementItem": [{"product": [{"id": "PR1"}]}],
        "engagedParty": [PARTY],
    },
    "agreementSpecification": {"name": "A model", "attachment": [{"url": "https://example.net/a.pdf", "name": "a"}]},
    "productOrder": {"productOrderItem": [{"id": "100", "action": "add", "productOffering": {"id": "14277"}}]},
    "communicationMessage": {
        "content": "Dear $Name",
        "messageType": "SMS",
        "scheduledSendTime": "2020-02-10T00:00:00+01:00",
        "sender": {"id": "S1", "name": "Operator"},
        "receiver": [{"id": "R1", "name": "Customer", "phoneNumber": "0123"}],
    },
    "partyInteraction": {
        "channel": [{"id": "8", "name": "chat", "role": "used"}],
        "direction": "inbound",
        "reason": "Question",
        "status": "open",
        "interactionDate": {"startDateTime": "2026-11-20T10:00:00Z"},
    },
    "customerBillOnDemand": {"name": "A bill, now"},
}
FEW = {
    "customer": "name engagedParty",
    "individual": "givenName familyName",
    "organization": "tradingName name isLegalEntity organizationType",
    "payment": "account paymentMethod totalAmount amount paymentDate status",
    "refund": "account paymentMethod totalAmount amount refundDate status",
    "product": "billingAccount productCharacteristic productOffering productPrice relatedParty status",
    "agreement": "agreementItem agreementType engagedParty name status initialDate",
    "productOrder": "orderDate state productOrderItem relatedParty",
    "communicationMessage": "content messageType sender receiver state",
    "partyInteraction": "channel direction reason status interactionDate creationDate",
    "customerBillOnDemand": "state billingAccount relatedParty customerBill lastUpdate",
    "customerBill": "billDocument billingAccount billDate state relatedParty amountDue",
    "appliedCustomerBillingRate": "date isBilled name type bill billingAccount appliedTax taxIncludedAmount",
}
LISTS = {"productCharacteristic", "productPrice", "agreementItem", "productOrderItem", "receiver", "channel"}
LISTS |= {"billDocument", "appliedTax"}


@pytest.fixture(scope="module")
def operator() -> Iterator[Sandbox]:
    with start_sandbox("--bills", "12") as running:
        yield running


@pytest.fixture(scope="module")
def kit(operator: Sandbox) -> PlainCustomer:
    return sign_in(operator.issuer(), "claire")


def url(kit: PlainCustomer, kind: str, ident: str = "") -> str:
    return f"{kit.issuer}{BASES[KINDS[kind].api]}/{kind}" + (f"/{ident}" if ident else "")


def check(kind: str, document: dict[str, Any], also: set[str] = frozenset()) -> None:  # type: ignore[assignment]
    wanted = {"id", "href", *FEW.get(kind, "name").split(), *also}
    assert wanted <= document.keys(), (kind, document.get("id"), wanted - document.keys())
    assert isinstance(document["id"], str)
    assert isinstance(document["href"], str)
    for name in LISTS & wanted:
        assert isinstance(document[name], list), name


@pytest.mark.parametrize("kind", CREATED)
def test_a_kit_goes_from_end_to_end(kit: PlainCustomer, kind: str) -> None:
    made = kit.client.post(url(kit, kind), json=CREATED[kind])
    assert made.status_code == 201, made.text
    document = made.json()
    check(kind, document, set(CREATED[kind]))
    assert made.headers["location"] == document["href"] == url(kit, kind, document["id"])
    assert made.headers["content-type"].startswith("application/json")
    assert kit.client.get(url(kit, kind, document["id"])).json() == document
    listed = kit.client.get(url(kit, kind))
    assert listed.status_code in (200, 206)
    assert document in listed.json()
    for one in listed.json():
        check(kind, one)
    for name, value in document.items():
        picked = kit.client.get(url(kit, kind), params={"fields": name}).json()
        assert all({"id", "href"} <= one.keys() <= {"id", "href", name} for one in picked)
        if isinstance(value, dict | list):
            continue
        # As kits write it: nothing but what a URL cannot hold at all is encoded, so a plus arrives as a space.
        said = str(value).lower() if isinstance(value, bool) else str(value)
        raw = said.replace("%", "%25").replace(" ", "%20").replace("&", "%26").replace("#", "%23")
        found = kit.client.get(f"{url(kit, kind)}?{name}={raw}")
        assert found.status_code in (200, 206)
        assert document in found.json(), (name, said)
        for one in found.json():
            check(kind, one)


@pytest.mark.parametrize("kind", [kind for kind in CREATED if "PATCH" in KINDS[kind].methods])
def test_a_kit_changes_what_it_made_and_takes_it_away(kit: PlainCustomer, kind: str) -> None:
    document = kit.client.post(url(kit, kind), json=CREATED[kind]).json()
    here = url(kit, kind, document["id"])
    changed = kit.client.patch(here, json={"description": "new words"})
    assert changed.status_code == 200, changed.text
    assert kit.client.get(here).json() == changed.json() == {**document, "description": "new words"}
    gone = kit.client.delete(here)
    assert (gone.status_code, gone.content) == (204, b"")
    missing = kit.client.get(here)
    assert missing.status_code == 404
    assert {"code", "reason"} <= missing.json().keys()
    assert kit.client.delete(here).status_code == kit.client.patch(here, json={}).status_code == 404
    assert document["id"] not in [one["id"] for one in kit.client.get(url(kit, kind)).json()]


@pytest.mark.parametrize("kind", ["customerBill", "appliedCustomerBillingRate"])
def test_what_cannot_be_created_is_there(kit: PlainCustomer, kind: str) -> None:
    listed = kit.client.get(url(kit, kind), params={"limit": "1000"}).json()
    assert listed
    for one in listed:
        check(kind, one)
    assert kit.client.post(url(kit, kind), json={}).status_code == 405


@pytest.mark.parametrize("login", ["edith", "sam", "nadia"])
def test_every_customer_has_what_a_kit_wants_of_each_document(operator: Sandbox, login: str) -> None:
    kit = sign_in(operator.issuer("orvane-gb"), login)
    for kind in ("product", "customerBill", "agreement", "billingAccount", "payment", "customer"):
        for one in kit.client.get(url(kit, kind), params={"limit": "1000"}).json():
            check(kind, one)


def test_the_customers_own_documents_are_not_a_kits_to_change(operator: Sandbox) -> None:
    kit = sign_in(operator.issuer(), "edith")
    for kind in ("customer", "product", "agreement", "productOrder", "partyInteraction"):
        ident = kit.client.get(url(kit, kind)).json()[0]["id"]
        before = kit.client.get(url(kit, kind, ident)).json()
        assert kit.client.patch(url(kit, kind, ident), json={"description": "mine"}).status_code == 403, kind
        assert kit.client.delete(url(kit, kind, ident)).status_code == 403, kind
        assert kit.client.get(url(kit, kind, ident)).json() == before


def test_an_order_that_leaves_is_taken_back_by_cancelling_alone(kit: PlainCustomer) -> None:
    line = kit.client.get(url(kit, "product"), params={"status": "active"}).json()[0]["id"]
    item = {"id": "1", "action": "modify", "product": {"id": line}}
    placed = kit.client.post(url(kit, "productOrder"), json={"category": "termination", "productOrderItem": [item]})
    assert placed.status_code == 201, placed.text
    assert kit.client.delete(placed.json()["href"]).status_code == 409
    asked = kit.client.post(url(kit, "cancelProductOrder"), json={"productOrder": {"id": placed.json()["id"]}})
    assert asked.status_code == 201
    assert {"id", "href", "state", "productOrder"} <= asked.json().keys()
    assert kit.client.get(url(kit, "cancelProductOrder"), params={"state": asked.json()["state"]}).json()
