"""British contracts: their length, what must be announced and when, and price rises held against the sale."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from selfcare.domain.money import Money
from selfcare.leaving.countries import gb_contract as contract
from selfcare.leaving.countries.gb_contract import PriceRise, RiseFault
from selfcare.leaving.rules import parse_rules

RULES = parse_rules((Path(__file__).parents[3] / "resources" / "rules" / "gb.toml").read_bytes())
D = date


def pounds(text: str) -> Money:
    return Money(Decimal(text), "GBP")


def test_the_summary_is_due_since_17_june_2022() -> None:
    assert not contract.summary_was_due(D(2022, 6, 16), RULES)
    assert contract.summary_was_due(D(2022, 6, 17), RULES)


@pytest.mark.parametrize(
    ("starts", "ends", "is_long"),
    [
        (D(2025, 1, 31), D(2027, 1, 31), False),
        (D(2025, 1, 31), D(2027, 2, 1), True),
        (D(2024, 2, 29), D(2026, 2, 28), False),
        (D(2024, 2, 29), D(2026, 3, 1), True),
        (D(2026, 2, 28), D(2028, 2, 29), True),
    ],
)
def test_the_longest_commitment(starts: date, ends: date, is_long: bool) -> None:
    assert contract.commitment_is_long(starts, ends, RULES) is is_long


def test_fourteen_days_to_withdraw_at_a_distance() -> None:
    assert contract.withdraw_until(D(2026, 12, 20), RULES, at_distance=True) == D(2027, 1, 3)
    assert contract.withdraw_until(D(2028, 2, 20), RULES, at_distance=True) == D(2028, 3, 5)
    assert contract.withdraw_until(D(2026, 12, 20), RULES, at_distance=False) is None


def test_v10_the_window_of_the_end_notice() -> None:
    assert contract.end_notice_window(D(2027, 2, 15), RULES) == (D(2027, 1, 6), D(2027, 2, 5))
    assert contract.end_notice_window(D(2028, 3, 10), RULES) == (D(2028, 1, 30), D(2028, 2, 29))


def test_best_prices_are_told_once_a_year() -> None:
    assert contract.best_price_due(D(2026, 11, 21), RULES) == D(2027, 11, 21)
    assert contract.best_price_due(D(2028, 2, 29), RULES) == D(2029, 2, 28)


def test_a_change_is_announced_a_month_before() -> None:
    assert not contract.change_is_sudden(D(2026, 11, 21), D(2026, 12, 21), RULES)
    assert contract.change_is_sudden(D(2026, 11, 21), D(2026, 12, 20), RULES)
    assert not contract.change_is_sudden(D(2027, 1, 31), D(2027, 2, 28), RULES)


def test_v24_rises_in_per_cent() -> None:
    assert contract.percent_rise_allowed(D(2025, 1, 16), RULES)
    assert not contract.percent_rise_allowed(D(2025, 1, 17), RULES)


TOLD, APRIL = D(2027, 2, 20), D(2027, 4, 1)
FREE = D(2027, 3, 20)


@pytest.mark.parametrize(
    ("rise", "effective", "concluded", "stated", "by_percent", "expected"),
    [
        ("1.80", APRIL, D(2026, 5, 1), "1.80", False, PriceRise(RiseFault.NONE)),
        ("1.50", APRIL, D(2026, 5, 1), "1.80", False, PriceRise(RiseFault.NONE)),
        ("1.81", APRIL, D(2026, 5, 1), "1.80", False, PriceRise(RiseFault.HIGHER, FREE)),
        ("1.80", D(2027, 3, 31), D(2026, 5, 1), "1.80", False, PriceRise(RiseFault.SOONER, FREE)),
        ("1.80", APRIL, D(2026, 5, 1), None, False, PriceRise(RiseFault.NOT_STATED, FREE)),
        ("1.80", APRIL, D(2025, 1, 17), None, True, PriceRise(RiseFault.BY_PERCENT, FREE)),
        ("1.80", APRIL, D(2025, 1, 16), None, True, PriceRise(RiseFault.NONE)),
        ("-2.00", APRIL, D(2026, 5, 1), None, False, PriceRise(RiseFault.NONE)),
    ],
)
def test_a_rise_is_held_against_the_sale(
    rise: str, effective: date, concluded: date, stated: str | None, by_percent: bool, expected: PriceRise
) -> None:
    found = contract.check_rise(
        pounds(rise),
        effective,
        TOLD,
        RULES,
        concluded=concluded,
        stated=None if stated is None else pounds(stated),
        stated_from=APRIL,
        by_percent=by_percent,
    )
    assert found == expected
