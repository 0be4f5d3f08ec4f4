"""What an operator writes otherwise than the standard is named, with the place and what stands there."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from selfcare.api.odd_values import value_oddities
from selfcare.api.oddities import oddities, other_version
from selfcare.api.ownership import speaks_of
from selfcare.api.reading import is_locked, truth
from selfcare.api.strict_json import decode
from selfcare.api.written import currency, decimal, iso

GBP = {"unit": "GBP", "value": Decimal("12.50")}


@pytest.mark.parametrize(
    ("doc", "found"),
    [
        ({"billDate": 1774911600000}, ("date-format", "billDate 1774911600000")),
        ({"billingPeriod": {"endDateTime": "31/03/2026"}}, ("date-format", 'billingPeriod.endDateTime "31/03/2026"')),
        (
            {"amountDue": {"unit": "GBP", "value": "12,50"}},
            ("amounts", 'amountDue has the value "12,50", which is no number'),
        ),
        ({"amountDue": {"value": 1}}, ("amounts", "amountDue has the unit null, not one of ISO 4217")),
        ({"amountDue": {"unit": "£", "value": 1}}, ("amounts", 'amountDue has the unit "£", not one of ISO 4217')),
        (
            {"amountDue": {"amount": 1, "units": "GBP"}},
            ("amounts", "amountDue has amount and units, not value and unit"),
        ),
        ({"taxItem": [{"taxAmount": 8}]}, ("amounts", "taxItem.taxAmount is 8, not an amount with its currency")),
        (
            {"productPrice": [{"price": {"dutyFreeAmount": GBP}}]},
            ("prices", "productPrice.price has no taxIncludedAmount"),
        ),
        (
            {"productPrice": {"price": GBP}},
            ("prices", "productPrice.price is an amount, which does not say whether tax is in it"),
        ),
        ({"realizingService": ["S1"]}, ("references", 'realizingService is "S1", not an object with an id')),
        ({"billingAccount": 17}, ("references", "billingAccount is 17, not an object with an id")),
        (
            {"productCharacteristic": [{"name": "simLock", "value": [True]}]},
            ("characteristics", "productCharacteristic simLock is wrapped: [true]"),
        ),
        (
            {"characteristic": [{"name": "noticePeriod", "value": "a while"}]},
            ("terms", 'characteristic noticePeriod is "a while"'),
        ),
        (
            {"appliedBillingRateType": "appliedBillingCredit", "taxIncludedAmount": {"unit": "GBP", "value": 5.0}},
            ("credits", "taxIncludedAmount of an appliedBillingCredit is 5.0, not below zero"),
        ),
        ({"isServiceEnabled": "maybe"}, ("yes-or-no", 'isServiceEnabled is "maybe"')),
        (
            {"productCharacteristic": [{"name": "simLock", "value": "perhaps"}]},
            ("yes-or-no", 'productCharacteristic simLock is "perhaps"'),
        ),
        (
            {"productPrice": [{"recurringChargePeriod": "bimonthly"}, {"recurringChargePeriod": "3 months"}]},
            ("periods", 'productPrice.recurringChargePeriod is "bimonthly"'),
        ),
    ],
)
def test_each_is_named_alone(doc: dict[str, Any], found: tuple[str, str]) -> None:
    assert list(value_oddities(doc)) == [found]


def test_what_is_as_the_standard_says_is_not_named() -> None:
    doc = {
        "id": "1", "billDate": "2026-11-17T00:00:00Z", "paymentDueDate": "2026-12-01", "amountDue": GBP,
        "billingAccount": {"id": "A1"}, "nextBillDate": None, "taxItem": [{"taxAmount": GBP, "taxRate": 20}],
        "productPrice": [{"price": {"taxIncludedAmount": GBP, "dutyFreeAmount": GBP}}],
        "characteristic": [
            {"name": "noticePeriod", "value": {"amount": 30, "units": "day"}},
            {"name": "minimumTerm", "value": "24 months"},
            {"name": "earlyTerminationCharge", "value": GBP}, {"name": "x", "value": ["a", "b"]},
        ],
        "agreement": [{"id": "40", "agreementItemId": "1"}], "duration": {"amount": 24, "units": "month"},
    }  # fmt: skip
    assert list(value_oddities(doc)) == []
    credit = {"type": "appliedBillingCredit", "taxIncludedAmount": {"unit": "GBP", "value": Decimal(-5)}}
    assert list(value_oddities(credit)) == []


@pytest.mark.parametrize(
    ("kind", "doc", "version", "sign"),
    [
        ("product", {"relatedParty": [{"id": "C"}]}, "v5", "relatedParty.id without partyOrPartyRole is of v4"),
        (
            "product",
            {"relatedParty": [{"partyOrPartyRole": {"id": "C"}}]},
            "v4",
            "relatedParty.partyOrPartyRole is of v5",
        ),
        ("product", {"relatedParty": [{"id": "C"}]}, "v4", ""),
        ("product", {"relatedParty": [{"partyOrPartyRole": {"id": "C"}}]}, "v5", ""),
        ("customer", {"engagedParty": {"id": "P"}}, "v5", ""),
        ("troubleTicket", {"statusChangeHistory": []}, "v4", "statusChangeHistory is of v5"),
        ("troubleTicket", {"externalId": "x"}, "v5", "externalId is of v4"),
        ("troubleTicket", {"externalId": "x", "externalIdentifier": []}, "v5", ""),
        ("productOrder", {"creationDate": "x", "orderDate": "x"}, "v4", ""),
    ],
)
def test_the_other_version_is_told_by_what_it_calls_otherwise(
    kind: str, doc: dict[str, Any], version: str, sign: str
) -> None:
    assert other_version(kind, doc, version) == sign


@pytest.mark.parametrize(
    ("kind", "word", "about"),
    [
        ("product", "Active", "wording"), ("product", "active", ""), ("product", "lively", "words"),
        ("troubleTicket", "New", "wording"), ("customerBill", "paid in full", "words"),
    ],
)  # fmt: skip
def test_a_state_that_is_understood_is_not_called_the_operators_own(kind: str, word: str, about: str) -> None:
    name = "state" if kind == "customerBill" else "status"
    assert [one for one, _ in oddities(kind, {"id": "1", name: word}, "https://a")] == ([about] if about else [])


@pytest.mark.parametrize(
    ("said", "found"),
    [("12,50", "12.5"), ("1.234,56", "1234.56"), ("1,234.56", "1234.56"), ("1 234,5", "1234.5"), ("-3,20", "-3.2"),
     ("1,500", None), ("1,2,3", None), ("", None), ("NaN", None), ("12.50", "12.5"), ("1,5000", "1.5")],
)  # fmt: skip
def test_a_number_with_a_comma_means_one_thing_or_nothing(said: str, found: str | None) -> None:
    assert decimal(said) == (None if found is None else Decimal(found))


def test_moments_and_currencies_that_mean_one_thing() -> None:
    said = [
        iso(one)
        for one in ("2026-13-01", "1.2.2026", "1/2/2026", "2/2/2026", "31/12/2026 23:59", 0, True, "20261301", 12345)
    ]
    assert said == ["", "2026-02-01", "", "2026-02-02", "2026-12-31T23:59", "", "", "", ""]
    assert [iso(f"2026-12-31T{one}") for one in ("24:00:00Z", "23:59:60+01:00", "24:00", "24:01:00Z", "25:00")] == [
        "2026-12-31T23:59:59Z", "2026-12-31T23:59:59+01:00", "2026-12-31T23:59:59", "", "",
    ]  # fmt: skip
    assert iso(Decimal("1774911600")) == "2026-03-30T23:00:00Z"
    assert [currency(one) for one in ("GBP", " eur", "€", "£", "$", "", "pound", "x1y")] == [
        "GBP",
        "EUR",
        "EUR",
        "GBP",
        *[""] * 4,
    ]


def test_a_document_speaks_of_its_customer_by_party_or_account() -> None:
    body = b'{"id": "T1", "relatedParty": [{"id": "C1", "role": "customer"}]}'
    assert speaks_of("troubleTicket", body, ("C1", ""), ())
    assert not speaks_of("troubleTicket", body, ("C2", ""), ())
    assert isinstance(decode(body), dict)


@pytest.mark.parametrize(("said", "found"), [("oui", True), (0, False), (1, True), ("no", False)])
def test_a_truth_that_is_understood_is_named_as_made_up_for(said: Any, found: bool) -> None:
    doc = {"id": "S", "isServiceEnabled": said}
    assert truth(said) is found
    assert [about for about, _where in oddities("service", doc, "https://x") if about == "truths"] == ["truths"]
    assert list(value_oddities(doc)) == []


@pytest.mark.parametrize(("said", "found"), [("locked", True), ("Unlocked", False), (True, True), ("perhaps", None)])
def test_whether_a_handset_is_locked(said: Any, found: bool | None) -> None:
    assert is_locked(said) is found
