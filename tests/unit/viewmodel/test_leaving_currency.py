"""A line may be paid in another currency than most bills of its operator: the way out reckons in the line's own."""

import json
from decimal import Decimal

import pytest
from msgspec.structs import replace

from selfcare.domain.money import Money
from selfcare.leaving.wizard import Answers
from selfcare.viewmodel.leaving import way_view
from selfcare.viewmodel.leaving_cost import cost_view
from selfcare.viewmodel.leaving_material import case_of
from tests import samples
from tests.unit.viewmodel.test_leaving_views import WORDS, material, rules


def test_what_leaving_costs_is_in_the_currency_of_the_line() -> None:
    """Priced in euros at an operator whose bills are in pounds: the picture and the amounts are in euros."""
    found = case_of(material(monthly=Money(Decimal("75.00"), "EUR"), contract_monthly=None))
    assert found is not None
    view = way_view(found, WORDS)
    cost = cost_view(found, WORDS)
    assert cost.picture is not None
    assert "€" in cost.picture.spoken
    assert "€0.00" in cost.picture.zero_label
    assert "£" not in json.dumps([cost.picture.top_label, cost.picture.zero_label, cost.amount])
    assert view.cost.amount == cost.amount


@pytest.mark.parametrize("country", ["gb", "fr", "us"])
def test_several_currencies_break_no_page(country: str) -> None:
    """The price, the operator's own figure, the handset and the fee are each in another currency."""
    answers = Answers("PR-1", keep_number=True, deposit="50")
    asked = material(
        answers,
        monthly=Money(Decimal("75.00"), "EUR"),
        operator_charge=Money(Decimal("350.00"), "GBP"),
        instalment=Money(Decimal("20.00"), "USD"),
        instalments_left=6,
        contract_monthly=Money(Decimal("90.00"), "GBP"),
    )
    one = replace(asked.facts[0], country=country.upper())
    found = case_of(replace(asked, rules=rules(country), facts=(one, *asked.facts[1:])))
    assert found is not None
    assert way_view(found, WORDS).cost.amount
    assert found.facts.deposit == Money(Decimal(50), "EUR")


def test_without_any_price_the_currency_is_the_operators() -> None:
    """Nothing is stated: what the customer types is in the currency of most bills."""
    answers = Answers("PR-1", keep_number=True, deposit="50")
    found = case_of(material(answers, monthly=None, operator_charge=None, contract_monthly=None, rent=None))
    assert found is not None
    assert found.facts.deposit == Money(Decimal(50), samples.profile().currency)
