"""The orders by which an option is put on a line or taken off it, as they go out, and what may be ordered."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from selfcare.api.catalogue import SubjectIds
from selfcare.api.commands import request_for
from selfcare.api.offers import read_offer
from selfcare.domain.commands import DropOption, OrderOption
from selfcare.domain.money import Money
from selfcare.domain.records import replace
from tests import samples


def test_an_option_is_taken_off_by_one_item_that_deletes_it() -> None:
    command = DropOption("OP-1", "PR-1", "EU Pass")
    action = request_for(command, samples.profile(), "care-1", SubjectIds("9176", "P-9176"), samples.NOW)
    body = json.loads(action.body)
    assert (action.api, action.method, action.path) == ("TMF622", "POST", "productOrder")
    assert body["externalId"] == "care-1"
    (item,) = body["productOrderItem"]
    assert (item["action"], item["product"]["id"]) == ("delete", "OP-1")


SHOWN = OrderOption(
    "PR-1",
    "PO-world",
    "World Calls",
    Money(Decimal("12.00"), "GBP"),
    "month",
    Money(Decimal("5.00"), "GBP"),
    12,
    "Bound for 12 months.",
)


def body_of(command: OrderOption, version: str = "v4") -> dict[str, Any]:
    profile = samples.profile()
    entry = profile.apis["TMF622"]
    assert entry is not None
    profile = replace(profile, apis={**profile.apis, "TMF622": replace(entry, version=version)})
    action = request_for(command, profile, "care-1", SubjectIds("9176", "P-9176"), samples.NOW)
    assert (action.api, action.method, action.path) == ("TMF622", "POST", "productOrder")
    found: dict[str, Any] = json.loads(action.body)
    return found


def test_an_option_is_ordered_with_exactly_the_price_and_the_term_that_were_shown() -> None:
    body = body_of(SHOWN)
    assert (body["externalId"], body["category"]) == ("care-1", "option")
    (item,) = body["productOrderItem"]
    assert (item["action"], item["productOffering"]["id"]) == ("add", "PO-world")
    (relation,) = item["product"]["productRelationship"]
    assert relation == {"relationshipType": "reliesOn", "product": {"id": "PR-1", "@referredType": "Product"}}
    assert [(one["priceType"], one["price"]["taxIncludedAmount"]) for one in item["itemPrice"]] == [
        ("recurring", {"unit": "GBP", "value": 12.0}),
        ("oneTime", {"unit": "GBP", "value": 5.0}),
    ]
    assert item["itemPrice"][0]["recurringChargePeriod"] == "month"
    assert item["itemTerm"] == [
        {"name": "Minimum term", "description": "Bound for 12 months.", "duration": {"amount": 12, "units": "month"}}
    ]


def test_prices_that_were_shown_without_tax_are_ordered_without_it() -> None:
    (item,) = body_of(replace(SHOWN, is_net=True))["productOrderItem"]
    assert [list(one["price"]) for one in item["itemPrice"]] == [["dutyFreeAmount"], ["dutyFreeAmount"]]


def test_what_was_not_stated_is_not_sent_as_nothing() -> None:
    (item,) = body_of(OrderOption("PR-1", "PO-2", "Data"))["productOrderItem"]
    assert "itemPrice" not in item
    assert "itemTerm" not in item


def test_in_version_five_every_part_names_its_type() -> None:
    (item,) = body_of(SHOWN, "v5")["productOrderItem"]
    assert item["product"]["@type"] == "Product"
    assert item["product"]["productRelationship"] == [
        {"@type": "ProductRelationship", "relationshipType": "reliesOn", "id": "PR-1", "@referredType": "Product"}
    ]
    assert {one["@type"] for one in (*item["itemPrice"], *item["itemTerm"])} == {"OrderPrice", "OrderTerm"}
    assert item["productOffering"]["@type"] == "ProductOfferingRef"


def test_what_may_be_ordered_is_read_with_its_prices_and_its_term() -> None:
    offer = read_offer(
        {
            "id": "PO-world",
            "name": "World Calls",
            "lifecycleStatus": "Active",
            "productOfferingPrice": [
                {"priceType": "One Time", "price": {"taxIncludedAmount": {"unit": "GBP", "value": 5}}},
                {"priceType": "recurring", "recurringChargePeriod": "month",
                 "price": {"taxIncludedAmount": {"unit": "GBP", "value": 12}}},
            ],
            "productOfferingTerm": [{"description": "Bound.", "duration": {"amount": 1, "units": "year"}}],
            "productOfferingRelationship": [
                {"id": "PO-plan", "relationshipType": "reliesOn"}, {"id": "PO-x", "relationshipType": "excludes"},
            ],
        }
    )  # fmt: skip
    assert (offer.price, offer.period, offer.once) == (SHOWN.price, "month", SHOWN.once)
    assert (offer.months, offer.clause, offer.fits, offer.is_sold) == (12, "Bound.", ("PO-plan",), True)
    bare = read_offer({"id": "PO-plan"})
    assert (bare.price, bare.once, bare.months, bare.fits, bare.is_for_all) == (None, None, None, (), False)
    assert read_offer({"id": "a", "category": [{"id": "7", "name": "Add-on"}]}).is_for_all
    assert not read_offer({"id": "a", "lifecycleStatus": "Retired"}).is_sold
    assert not read_offer({"id": "a", "isSellable": False}).is_sold
    money = {"priceType": "recurring", "recurringChargePeriodType": "month", "price": {"unit": "GBP", "value": 12}}
    assert read_offer({"id": "a", "productOfferingPrice": [money]}).price == SHOWN.price
