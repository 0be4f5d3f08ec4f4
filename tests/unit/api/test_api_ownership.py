"""A document about another customer is noticed; one that names nobody is not suspected."""

from __future__ import annotations

import json

import pytest

from selfcare.api.ownership import is_of_another

OWN = ("C1", "P1")


def body(*parties: object) -> bytes:
    return json.dumps({"id": "1", "relatedParty": list(parties)}).encode()


@pytest.mark.parametrize("kind", ["customerBill", "troubleTicket", "product", "productOrder"])
def test_a_stranger_is_noticed(kind: str) -> None:
    assert is_of_another(kind, body({"id": "C2", "role": "customer"}), OWN)
    assert is_of_another(kind, body({"id": "C2", "role": "Customer"}, {"id": "C1", "role": "user"}), OWN)


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


def test_kinds_that_name_no_customer_are_not_judged() -> None:
    assert not is_of_another("serviceProblem", body({"id": "C2", "role": "customer"}), OWN)
