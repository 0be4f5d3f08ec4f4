"""A price is shown as it is due: one of a year is never one of a month, and none is left out of what a line costs."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from selfcare.domain.money import Money
from selfcare.domain.periods import UNTOLD
from selfcare.leaving.facts import facts_of
from selfcare.viewmodel.facts import period_word, price_text
from selfcare.viewmodel.leaving import way_view
from selfcare.viewmodel.leaving_material import case_of
from selfcare.viewmodel.services import services_view
from tests import samples
from tests.unit.viewmodel.test_leaving_views import material
from tests.unit.viewmodel.test_services_view import TODAY, WORDS, line, option, pounds, shown


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("Monthly", "£30.00 a month"), ("mois", "£30.00 a month"), ("P1M", "£30.00 a month"),
        ("12 months", "£30.00 a year"), ("annuel", "£30.00 a year"), ("3 months", "£30.00 every 3 months"),
        ("quarter", "£30.00 every 3 months"), ("18 weeks", "£30.00 every 18 weeks"),
        ("bimonthly", "£30.00 per bimonthly"), (UNTOLD, "£30.00 (how often is not stated)"), ("", "£30.00"),
    ],
)  # fmt: skip
def test_a_price_is_said_as_it_is_due(period: str, said: str) -> None:
    assert price_text(pounds("30.00"), period, WORDS) == said


def test_the_period_of_a_table() -> None:
    assert [period_word(said, WORDS) for said in ("12 months", "3 months", "bimonthly", UNTOLD)] == [
        "year", "3 months", "bimonthly", "",
    ]  # fmt: skip


def test_prices_of_one_period_are_added_up_and_others_stand_beside() -> None:
    """The plan is paid once a year, one option every three months, another each month, in French and in ISO 8601."""
    options = (
        option("Data", price=pounds("30.00"), period="3 months"),
        option("Calls", price=pounds("4.00"), period="mois"),
        option("Mail", price=pounds("1.00"), period="P1M"),
        option("Cloud", price=pounds("5.00"), period=UNTOLD),
        option("Start", price=pounds("99.00"), period=""),
    )
    view = services_view(shown(line(price=pounds("240.00"), period="12 months", options=options)), WORDS, TODAY)
    facts = {fact.name: fact.value for fact in view.lines[0].facts}
    assert facts["Price of the plan"] == "£240.00 a year"
    assert facts["With its options"] == (
        "£240.00 a year + £30.00 every 3 months + £5.00 a month + £5.00 (how often is not stated)"
    )
    assert "£5.00 a month as contracted" in view.subtitle
    rest = "£240.00 a year, £30.00 every 3 months and £5.00 (how often is not stated) as contracted"
    assert rest in view.subtitle


def test_leaving_reckons_with_a_months_part_of_a_yearly_price() -> None:
    """Remaining months are charged at a twelfth, and the price is shown as it is due."""
    first, *others = samples.lines()
    yearly = replace(first, price=Money(Decimal("240.00"), "GBP"), period="12 months")
    facts = facts_of(
        yearly, profile=samples.profile(), lines=(yearly, *others), contracts=samples.contracts(),
        accounts=(), orders=(), waiting=(),
    )  # fmt: skip
    assert facts.monthly == Money(Decimal("20.00"), "GBP")
    asked = material()
    found = case_of(replace(asked, facts=(facts, *asked.facts[1:])))
    assert found is not None
    shown_facts = {fact.name: fact.value for fact in way_view(found, WORDS).facts}
    assert shown_facts["Price"] == "£240.00 a year"


def test_leaving_reckons_nothing_from_a_period_that_nobody_knows() -> None:
    """The price is shown in the operator's own word; what is left of the commitment cannot be reckoned from it."""
    first, *others = samples.lines()
    odd = replace(first, price=Money(Decimal("40.00"), "GBP"), period="bimonthly")
    facts = facts_of(
        odd, profile=samples.profile(), lines=(odd, *others), contracts=samples.contracts(),
        accounts=(), orders=(), waiting=(),
    )  # fmt: skip
    assert facts.monthly is None
    asked = material()
    found = case_of(replace(asked, facts=(facts, *asked.facts[1:])))
    assert found is not None
    view = way_view(found, WORDS)
    assert {fact.name: fact.value for fact in view.facts}["Price"] == "£40.00 per bimonthly"
    assert view.cost.picture is None
