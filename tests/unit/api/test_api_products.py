"""Products become lines: the number with its plan, handset, options and what really runs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from selfcare.api.contracts import months_after, read_contract, span
from selfcare.api.offers import read_offer
from selfcare.api.products import ProductRole, read_lines, read_product
from selfcare.api.services import read_service
from selfcare.domain.failures import Unreadable
from selfcare.domain.lines import Access, PortingCode, SimLock
from selfcare.domain.money import Money
from selfcare.domain.options import PaperState, Verdict
from selfcare.domain.periods import UNTOLD


def product(own: str, **fields: Any) -> dict[str, Any]:
    return {"id": own, "name": own, "status": "active", **fields}


def chars(**values: Any) -> list[dict[str, Any]]:
    return [{"name": name, "value": value} for name, value in values.items()]


def part_of(line: str, kind: str = "bundledBy") -> list[dict[str, Any]]:
    return [{"relationshipType": kind, "product": {"id": line}}]


LINE = product(
    "PR-1",
    startDate="2025-06-01T00:00:00Z",
    agreement=[{"id": "40"}],
    billingAccount={"id": "A1"},
    realizingService=[{"id": "S1"}],
    productCharacteristic=chars(TEL_MSISDN="+447700900123", lineType="mobile", productUser="Mum"),
    productPrice=[
        {"priceType": "penalty", "price": {"taxIncludedAmount": {"unit": "GBP", "value": 99}}},
        {
            "priceType": "recurring",
            "recurringChargePeriod": "month",
            "price": {"taxIncludedAmount": {"unit": "GBP", "value": 23.50}},
        },
    ],
    productTerm=[{"name": "24 months", "duration": {"amount": 24, "units": "month"}}],
)


def test_a_line_with_everything_hung_on_it() -> None:
    products = [
        LINE,
        product(
            "PR-7",
            productSerialNumber="356938035643809",
            productCharacteristic=chars(simLock=True),
            productRelationship=part_of("PR-1"),
        ),
        product("PR-2", productRelationship=part_of("PR-1", "reliesOn"), realizingService=[{"id": "S2"}]),
        product("PR-3", productRelationship=part_of("PR-2")),
        product("PR-4", status="aborted ", productTerm=[{"description": "10 GB a month"}], isCustomerVisible=False),
    ]
    services = [
        read_service({"id": "S1", "operatingStatus": "running"}),
        read_service({"id": "S2", "state": "active", "isServiceEnabled": False, "hasStarted": True}),
    ]
    contract = read_contract({"id": "40", "agreementItem": {"termOrCondition": [{"description": "PR-2 needs 5G"}]}})
    (line,) = read_lines([read_product(p) for p in products], services, [contract])
    assert (line.number, line.access, line.user_name) == ("+447700900123", Access.MOBILE, "Mum")
    assert (line.price, line.period) == (Money(Decimal("23.5"), "GBP"), "month")
    assert (line.term_months, line.term_ends) == (24, date(2027, 6, 1))
    assert line.contract_id == "40"
    assert line.main is not None
    assert line.main.verdict is Verdict.WORKS
    assert line.handset is not None
    assert (line.handset.serial, line.handset.lock) == ("356938035643809", SimLock.LOCKED)
    assert [o.id for o in line.options] == ["PR-2", "PR-3", "PR-4"]
    assert line.options[0].verdict is Verdict.NOT_WORKING
    assert line.options[0].clause == "PR-2 needs 5G"
    assert line.options[1].verdict is Verdict.NOT_STATED
    assert line.options[2].on_paper is PaperState.ABORTED
    assert line.options[2].clause == "10 GB a month"
    assert not line.options[2].is_visible


def test_options_go_to_their_own_line_and_lost_ones_are_not_hidden() -> None:
    products = [
        product("A", productCharacteristic=chars(TEL_MSISDN="1")),
        product("B", productCharacteristic=chars(lineType="fixed")),
        product("O", productRelationship=part_of("B")),
        product("LOST"),
        product("LOOP1", productRelationship=part_of("LOOP2")),
        product("LOOP2", productRelationship=part_of("LOOP1")),
    ]
    lines = read_lines([read_product(p) for p in products], [])
    assert [line.id for line in lines] == ["A", "B", "LOST", "LOOP1", "LOOP2"]
    assert [o.id for o in lines[1].options] == ["O"]
    assert lines[1].access is Access.FIXED


def test_a_code_on_the_product() -> None:
    facts = chars(TEL_MSISDN="+33612345678", rio="01P123456789", rioExpiry="2026-12-01T00:00:00Z")
    (line,) = read_lines([read_product(product("L", productCharacteristic=facts))], [])
    assert line.code == PortingCode("RIO", "01P123456789", date(2026, 12, 1))


def test_roles_and_missing_facts() -> None:
    bare = read_product({"id": "X"})
    assert (bare.role, bare.name, bare.on_paper, bare.price) == (ProductRole.OPTION, "X", PaperState.UNKNOWN, None)
    assert read_product({"id": "X", "productSerialNumber": "N/A"}).role is ProductRole.OPTION
    device = read_product({"id": "X", "productSerialNumber": "1", "productCharacteristic": chars(simLock="false")})
    assert (device.role, device.lock) == (ProductRole.DEVICE, SimLock.UNLOCKED)
    assert read_product({"id": "X", "productSerialNumber": "1"}).lock is SimLock.NOT_STATED


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"amount": 24, "units": "month"}, (24, "month")),
        ({"amount": 24.0, "units": "Months"}, (24, "month")),
        ("12Months", (12, "month")),
        ("30 days", (30, "day")),
        ("2 years", (2, "year")),
        ("a while", None),
        ({"amount": -1, "units": "month"}, None),
        (None, None),
    ],
)
def test_lengths_of_time(value: object, expected: object) -> None:
    assert span(value) == expected


def test_months_after_the_last_of_a_month() -> None:
    assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_after(date(2025, 1, 31), 1) == date(2025, 2, 28)
    assert months_after(date(2025, 12, 1), 24) == date(2027, 12, 1)
    assert months_after(date(2025, 12, 1), 12 * 9000) is None


@pytest.mark.parametrize(
    "wrap", [lambda n, v: [v], lambda n, v: {"value": v}, lambda n, v: {n: v}, lambda n, v: {"value": v, "@type": "x"}]
)
def test_a_characteristic_that_is_wrapped_for_nothing_is_the_same(wrap: Any) -> None:
    facts = [
        {"name": name, "value": wrap(name, value)}
        for name, value in {"TEL_MSISDN": "+447700900123", "lineType": "mobile", "simLock": "true"}.items()
    ]
    found = read_product(product("PR-1", productCharacteristic=facts))
    assert (found.role, found.number, found.access) == (ProductRole.LINE, "+447700900123", Access.MOBILE)
    assert found.lock is SimLock.LOCKED
    months = read_contract({"id": "1", "characteristic": [{"name": "noticePeriod", "value": wrap("x", "30 days")}]})
    assert months.notice == ((30, "day") if wrap("x", 1) != {"x": 1} else None)


def test_a_number_that_is_an_object_is_not_taken_for_none() -> None:
    facts = chars(TEL_MSISDN={"countryCode": "44", "number": "7700900123"})
    with pytest.raises(Unreadable, check=lambda e: e.where == "product/PR-1.TEL_MSISDN"):
        read_product(product("PR-1", productCharacteristic=facts))


def test_references_that_are_a_number_alone_lead_there_all_the_same() -> None:
    line = {**LINE, "agreement": "40", "billingAccount": 17, "realizingService": ["S1"]}
    found = read_product(line)
    assert (found.contract_id, found.account_id, found.service_ids) == ("40", "17", ("S1",))
    assert read_product({**line, "agreement": 40, "billingAccount": "a lot"}).contract_id == ""
    assert read_product({**line, "billingAccount": "a lot"}).account_id == ""
    option = product("PR-2", productRelationship=[{"relationshipType": "reliesOn", "product": "PR-1"}])
    assert read_product(option).parent_ids == ("PR-1",)
    assert read_contract({"id": "40", "agreementItem": [{"product": ["PR-1", "PR-2"]}]}).product_ids == ("PR-1", "PR-2")


TWELVE = {"unit": "GBP", "value": 12}


@pytest.mark.parametrize(
    ("price", "found", "is_net"),
    [
        (
            {"taxIncludedAmount": {"unit": "GBP", "value": 12}, "dutyFreeAmount": {"unit": "GBP", "value": 10}},
            12,
            False,
        ),
        ({"dutyFreeAmount": {"unit": "GBP", "value": 10}, "taxRate": 20}, 10, True),
        (TWELVE, 12, False),
    ],
)
def test_a_price_says_whether_it_is_without_tax(price: object, found: int, is_net: bool) -> None:
    sold = read_product(product("PR-1", productPrice=[{"priceType": "recurring", "price": price}]))
    assert (sold.price, sold.is_net) == (Money(Decimal(found), "GBP"), is_net)
    (line,) = read_lines([sold], [])
    assert line.gross == (None if is_net else line.price)
    offer = read_offer({"id": "1", "productOfferingPrice": [{"priceType": "recurring", "price": price}]})
    assert (offer.price, offer.is_net) == (Money(Decimal(found), "GBP"), is_net)


def test_of_two_prices_of_an_offer_the_one_without_tax_is_not_told_beside_one_with_it() -> None:
    prices = [
        {"priceType": "recurring", "price": {"dutyFreeAmount": {"unit": "GBP", "value": 10}}},
        {"priceType": "oneTime", "price": {"taxIncludedAmount": {"unit": "GBP", "value": 5}}},
    ]
    offer = read_offer({"id": "1", "productOfferingPrice": prices})
    assert (offer.price, offer.once, offer.is_net) == (None, Money(Decimal(5), "GBP"), False)


@pytest.mark.parametrize(
    ("price", "period"),
    [
        ({"priceType": "recurring", "recurringChargePeriod": "12 months"}, "12 months"),
        ({"priceType": "recurring"}, UNTOLD),
        ({"priceType": "oneTime"}, ""),
        ({"priceType": "recurring", "recurringChargePeriodType": "month", "recurringChargePeriodLength": 3}, "3 month"),
        ({"priceType": "recurring", "recurringChargePeriodType": "month", "recurringChargePeriodLength": 1}, "month"),
    ],
)
def test_how_often_a_price_is_due(price: dict[str, Any], period: str) -> None:
    """As it is written; what comes again without a word how often is not taken for what is paid once."""
    figure = {"price": {"taxIncludedAmount": {"unit": "GBP", "value": 30}}}
    assert read_product(product("PR-9", productPrice=[price | figure])).period == period
