"""Whatever the official specifications allow is read or named as unreadable, and their samples say what they say."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfcare.api.catalogue import BY_KIND, RESOURCES
from selfcare.api.columns import columns_only
from selfcare.api.customers import read_customer
from selfcare.domain.failures import Unreadable
from selfcare.domain.money import Money
from selfcare.domain.options import Health
from selfcare.domain.tickets import TicketState
from tests.unit.api.official import EXAMPLES, FILES, SPECS, Maker

official = pytest.mark.skipif(not SPECS.is_dir(), reason="the official specifications are not beside this checkout")
ZONE = ZoneInfo("Europe/Paris")
KINDS = [(r.kind, r.api, v) for r in RESOURCES for v in ("v4", "v5") if (r.api, v) in FILES]
SAMPLES = sorted(EXAMPLES.glob("*.json"))


def read(kind: str, body: bytes) -> Any:
    """Decode a document as a round does: the columns, then the noun; both agree on what is unreadable."""
    resource = BY_KIND[kind]
    if kind in {"individual", "organization"}:
        return read_customer(b'{"id": "1"}', body)
    try:
        columns = columns_only(kind, body, ZONE)
    except Unreadable:
        with pytest.raises(Unreadable, check=lambda trouble: bool(trouble.where)):
            resource.decode(body, ZONE)
        return None
    found = resource.decode(body, ZONE)
    assert columns["id"]
    return found


@official
@pytest.mark.parametrize(("kind", "api", "version"), KINDS)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), fullness=st.sampled_from([0.0, 0.3, 0.7, 1.0]))
def test_generated_documents_are_read_without_an_exception(
    kind: str, api: str, version: str, seed: int, fullness: float
) -> None:
    document = Maker(api, version, seed, fullness).document(kind)
    found = read(kind, json.dumps(document).encode())
    assert found is not None, "what the standard allows can be understood"
    if hasattr(found, "id") and kind not in {"individual", "organization"}:
        assert found.id == document["id"]


NOT_ASKED_FOR = frozenset({"financialAccount", "refund", "billCycle", "billCycleSpecification", "customerBillOnDemand"})
"""The kinds of official samples that the program never asks an operator for."""


def samples() -> list[tuple[Path, str, dict[str, Any]]]:
    """Every official sample, one document at a time, but those of a kind that is never asked for."""
    found = []
    for path in SAMPLES:
        content = json.loads(path.read_text("utf-8"))
        for one in content if isinstance(content, list) else [content]:
            name = str(one.get("@type") or path.name.split("_")[1].split(".")[0])
            kind = name[:1].lower() + name[1:]
            if kind not in BY_KIND:
                kind = path.name.split("_")[1].split(".")[0]
                kind = kind[:1].lower() + kind[1:]
            if kind in BY_KIND:
                found.append((path, kind, one))
            else:
                assert kind in NOT_ASKED_FOR, path.name
    return found


@official
def test_every_official_sample_is_read_or_named() -> None:
    seen, unreadable = 0, []
    for path, kind, one in samples():
        try:
            assert read(kind, json.dumps({"id": "1", **one}).encode()) is not None, path.name
            seen += 1
        except Unreadable as trouble:
            unreadable.append((path.name, trouble.where))
    assert seen >= 45
    assert not unreadable


def sample(name: str) -> Any:
    content = json.loads((EXAMPLES / name).read_text("utf-8"))
    return content[0] if isinstance(content, list) else content


@official
def test_what_the_samples_of_v5_say() -> None:
    ticket = read(
        "troubleTicket", json.dumps(sample("TMF621_TroubleTicket_retrieve_example_response_v5-oas.json")).encode()
    )
    assert ticket.state is TicketState.RESOLVED
    assert ticket.external_id == "3331234"
    assert [(ref.kind, ref.id, ref.role) for ref in ticket.about] == [("CustomerBill", "3472", "disputedBill")]
    assert ticket.course[0].state is TicketState.ACKNOWLEDGED
    assert ticket.course[0].reason.startswith("trouble ticket create")
    bill = read(
        "customerBill", json.dumps(sample("TMF678_CustomerBill_retrieve_example_response_v5-oas.json")).encode()
    )
    assert bill.total == Money(Decimal(50), "EUR")
    account = read(
        "billingAccount", json.dumps(sample("TMF666_BillingAccount_retrieve_example_response_v5-oas.json")).encode()
    )
    assert account.balance == Money(Decimal("58.33"), "USD")
    assert account.payment_status == "In Arrears"
    customer = read("customer", json.dumps(sample("TMF629_Customer_retrieve_example_response_v5-oas.json")).encode())
    assert customer.is_business
    assert [medium.text for medium in customer.media] == [
        "01 09 75 83 51",
        "15 Rue des Canards, 75014, Paris, France",
    ]
    contact = read(
        "partyInteraction", json.dumps(sample("TMF683_PartyInteraction_retrieve_example_response_v5-oas.json")).encode()
    )
    assert contact.channel == "Madrid Gran Store"
    assert contact.is_inbound
    assert {ref.kind for ref in contact.about} == {"ProductOrder", "Payment"}
    problem = read(
        "serviceProblem", json.dumps(sample("TMF656_ServiceProblem_retrieve_example_response_v5-oas.json")).encode()
    )
    assert problem.places[0].startswith("144 Main Street Tokyo")
    assert problem.began is not None
    order = read("productOrder", json.dumps(sample("TMF622_retrieveProductOrderById2_response_v5-oas.json")).encode())
    assert order.external_id == "457"
    assert order.ordered is not None
    assert order.ordered.date() == date(2019, 4, 30)


def test_the_health_of_v5_is_a_field_of_its_own() -> None:
    service = read("service", b'{"id": "S", "@type": "Service", "state": "active", "operatingStatus": "failed"}')
    assert service.health is Health.FAILED
