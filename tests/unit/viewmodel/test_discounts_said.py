"""A price from which a discount is taken is said to be one before discounts, wherever it stands."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from selfcare.api.products import read_lines, read_product
from selfcare.domain.options import PaperState
from selfcare.leaving.facts import facts_of
from selfcare.viewmodel.leaving_words import contract_price
from selfcare.viewmodel.services import services_view
from tests import samples
from tests.unit.viewmodel.test_services_view import TODAY, WORDS, line, option, shown

USD: dict[str, Any] = {"taxIncludedAmount": {"unit": "USD", "value": 75}}
OFF: dict[str, Any] = {"priceType": "discount", "price": {"taxIncludedAmount": {"unit": "USD", "value": 10}}}
PRICE: dict[str, Any] = {"priceType": "recurring", "recurringChargePeriod": "month", "price": USD}


@pytest.mark.parametrize(
    ("part", "has_discount"),
    [
        ({"productPrice": [PRICE]}, False),
        ({"productPrice": [PRICE | {"priceAlteration": [OFF]}]}, True),
        ({"productPrice": [PRICE | {"productPriceAlteration": [OFF]}]}, True),
        ({"productPrice": [PRICE], "priceAlteration": [OFF]}, True),
        ({"productPrice": [PRICE, OFF]}, True),
        ({"productPrice": [PRICE | {"priceAlteration": [{"priceType": "surcharge"}]}]}, False),
    ],
)
def test_a_discount_is_found_wherever_it_stands(part: dict[str, Any], has_discount: bool) -> None:
    product = {"id": "P", "productCharacteristic": [{"name": "lineType", "value": "mobile"}], **part}
    (found,) = read_lines([read_product(product)], [])
    assert found.has_discount is has_discount
    assert found.main is not None
    assert found.main.has_discount is has_discount


def test_services_say_before_discounts() -> None:
    view = services_view(shown(line(has_discount=True, options=(option(),))), WORDS, TODAY)
    facts = {fact.name: fact.value for fact in view.lines[0].facts}
    assert facts["Price of the plan"] == "£20.00 a month before discounts"
    assert facts["With its options"] == "£32.00 a month before discounts"
    assert "£32.00 a month as contracted · before discounts" in view.subtitle
    assert view.lines[0].options[0].price == "£12.00 a month"


def test_an_option_says_it_for_itself_and_for_its_line() -> None:
    view = services_view(shown(line(options=(option(has_discount=True),))), WORDS, TODAY)
    assert view.lines[0].options[0].price == "£12.00 a month before discounts"
    assert "You pay £12.00 a month before discounts for it." in view.lines[0].options[0].sentence
    gone = option(has_discount=True, on_paper=PaperState.TERMINATED)
    assert "before discounts" not in services_view(shown(line(options=(gone,))), WORDS, TODAY).subtitle


def test_leaving_says_it_too() -> None:
    first, *others = samples.lines()
    own = replace(first, has_discount=True)
    facts = facts_of(
        own, profile=samples.profile(), lines=(own, *others), contracts=samples.contracts(),
        accounts=(), orders=(), waiting=(),
    )  # fmt: skip
    assert contract_price(facts, WORDS).endswith("a month before discounts")
    assert not contract_price(replace(facts, has_discount=False), WORDS).endswith("discounts")
