"""A document about another customer is noticed; one that names nobody is not suspected."""

from __future__ import annotations

import json

import pytest

from selfcare.api.answering import answers
from selfcare.api.ownership import JUDGED, Judge, is_of_another, speaks_of

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


def of_account(own_id: str, account: object, *parties: object, **more: object) -> bytes:
    return json.dumps(
        {"id": own_id, "billingAccount": account, "account": account, "relatedParty": list(parties), **more}
    ).encode()


def judged(kind: str, *listed: bytes, is_filtered: bool = False, kept: str = "") -> list[bool]:
    judge = Judge(
        kind, OWN, ("42", "43"), listed, is_filtered=is_filtered, is_kept_bill=lambda bill: bill == kept != ""
    )
    return [judge(one) for one in listed]


OURS, THEIRS, BARE = {"id": "42"}, {"id": "A9"}, {"id": "C9", "name": "Bob"}


@pytest.mark.parametrize("kind", ["customerBill", "appliedCustomerBillingRate", "payment", "product"])
def test_a_strangers_account_is_noticed_where_the_list_names_ours(kind: str) -> None:
    listed = (of_account("1", {"href": "x", "id": "43"}), of_account("42", THEIRS), of_account("3", None))
    assert judged(kind, *listed) == [False, True, False]
    assert judged(kind, *listed, is_filtered=True) == [False, True, False]
    assert judged(kind, *listed[1:]) == [False, False], "nothing tells that these are numbers of the same kind"


def test_what_belongs_to_a_bill_that_is_here_is_ours_under_a_closed_account() -> None:
    line = of_account("2", THEIRS, bill={"id": "B1"})
    assert judged("appliedCustomerBillingRate", of_account("1", OURS), line, kept="B1") == [False, False]
    assert judged("appliedCustomerBillingRate", of_account("1", OURS), line, kept="B2") == [False, True]
    paid = of_account("2", THEIRS, paymentItem={"item": {"id": "B1"}})
    assert judged("payment", of_account("1", OURS), paid, kept="B1") == [False, False]


def test_who_is_named_the_customer_outweighs_an_account() -> None:
    ours = of_account("1", THEIRS, {"id": "C1", "role": "customer"})
    theirs = of_account("2", OURS, {"id": "C9", "role": "customer"})
    assert judged("customerBill", of_account("0", OURS), ours, theirs) == [False, False, True]


def test_a_party_without_a_role_is_a_stranger_where_others_name_us_and_nothing_was_asked_by_our_id() -> None:
    listed = (body({"id": "C1"}), body(BARE), body({**BARE, "role": "agent"}), body(BARE, {"id": "P1"}), body())
    assert judged("troubleTicket", *listed) == [False, True, False, False, False]
    assert not any(judged("troubleTicket", *listed, is_filtered=True))
    assert not any(judged("troubleTicket", *listed[1:3]))
    assert judged("product", of_account("1", OURS, {"id": "C1"}), of_account("2", OURS, BARE)) == [False, False]


def test_a_wanted_value_counts_only_where_it_was_asked_for() -> None:
    foreign = of_account("42", THEIRS, payee="42")
    assert not answers("customerBill", foreign, {"billingAccount.id": "42"})
    for account in (OURS, {"href": "x", "id": "42", "name": "y"}, {"id": 42}, {"ref": {"id": "1"}, "id": "42"}):
        assert answers("customerBill", of_account("B1", account), {"billingAccount.id": "41,42"})
        spaced = json.dumps({"id": "B1", "billingAccount": account}, indent=1).encode()
        assert answers("customerBill", spaced, {"billingAccount.id": "42"})
    assert answers("customerBill", b'{"id": "B1"}', {"billingAccount.id": "42"})
    party = body({"id": "P9", "role": "seller"}, {"id": "C1", "role": "customer"})
    assert answers("troubleTicket", party, {"relatedParty.id": "C1"})
    assert not answers("troubleTicket", party, {"relatedParty.id": "1"})


def test_a_document_speaks_of_us_by_a_party_or_by_an_account() -> None:
    for ours in (body({"id": "C1", "@referredType": "customer"}), body({"id": "P1"}), of_account("1", OURS)):
        assert speaks_of("customerBill", ours, OWN, ("42",))
    for none in (body(), b"broken", of_account("42", THEIRS), of_account("1", OURS, {"id": "C9", "role": "customer"})):
        assert not speaks_of("customerBill", none, OWN, ("42",))
