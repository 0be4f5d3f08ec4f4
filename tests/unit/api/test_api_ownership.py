"""A document about another customer is noticed; one that names nobody is not suspected."""

from __future__ import annotations

import json

import pytest

from selfcare.api.ownership import JUDGED, is_of_another

OWN = ("C1", "P1")


def body(*parties: object) -> bytes:
    return json.dumps({"id": "1", "relatedParty": list(parties)}).encode()


@pytest.mark.parametrize("kind", sorted(JUDGED))
def test_a_stranger_is_noticed(kind: str) -> None:
    assert is_of_another(kind, body({"id": "C2", "role": "customer"}), OWN)
    assert is_of_another(kind, body({"id": "C2", "role": "Customer"}, {"id": "C1", "role": "user"}), OWN)


def test_a_customer_in_another_role_is_a_customer_where_nobody_is_called_so() -> None:
    log = ({"id": "A7", "role": "agent"}, {"id": "C2", "role": "user", "@referredType": "Customer"})
    assert is_of_another("partyInteraction", body(*log), OWN)
    fresh = {"role": "user", "partyOrPartyRole": {"id": "C2", "@referredType": "Customer"}}
    assert is_of_another("partyInteraction", body(fresh), OWN)
    assert not is_of_another("partyInteraction", body(log[0]), OWN)
    assert not is_of_another("product", body(log[1], {"id": "C1", "role": "customer"}), OWN)


@pytest.mark.parametrize("parties", [[{"id": "C2", "role": "customer"}], {"id": "C2", "role": "customer"}])
def test_a_strangers_agreement_is_noticed(parties: object) -> None:
    agreement = json.dumps({"id": "1", "engagedParty": parties}).encode()
    assert is_of_another("agreement", agreement, OWN)
    assert not is_of_another("agreement", agreement.replace(b"C2", b"C1"), OWN)
    assert not is_of_another("agreement", agreement.replace(b'"customer"', b'"provider"'), OWN)


@pytest.mark.parametrize(
    "document",
    [
        body({"id": "C1", "role": "customer"}),
        body({"id": "P1", "role": "customer"}),
        body({"id": "C2", "role": "customer"}, {"id": "C1", "role": "customer"}),
        body({"id": "S9", "role": "salesAgent"}),
        body({"role": "customer"}),
        body(),
        b'{"id": "1"}',
        b"broken",
    ],
)
def test_ours_or_nobodys_is_ours(document: bytes) -> None:
    assert not is_of_another("customerBill", document, OWN)


@pytest.mark.parametrize("kind", ["serviceProblem", "payment"])
def test_kinds_that_name_no_customer_are_not_judged(kind: str) -> None:
    assert not is_of_another(kind, body({"id": "C2", "role": "customer"}), OWN)
