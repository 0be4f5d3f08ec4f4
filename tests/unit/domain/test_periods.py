"""How often a price is due, in the words that operators use: a price for a year is never one of a month."""

from decimal import Decimal

import pytest

from selfcare.domain.money import Money
from selfcare.domain.periods import UNTOLD, is_monthly, length_of, monthly_of, period_key, period_of


@pytest.mark.parametrize(
    ("said", "is_every"),
    [
        ("month", (1, "month")), ("Monthly", (1, "month")), ("1 month", (1, "month")), ("per month", (1, "month")),
        ("month(s)", (1, "month")), ("calendar month", (1, "month")), ("mois", (1, "month")), ("P1M", (1, "month")),
        ("mensuel", (1, "month")), ("1 mois", (1, "month")), ("month in advance", (1, "month")),
        ("12 months", (1, "year")), ("12Months", (1, "year")), ("P12M", (1, "year")), ("P1Y", (1, "year")),
        ("yearly", (1, "year")), ("annuel", (1, "year")), ("per annum", (1, "year")), ("an", (1, "year")),
        ("3 months", (3, "month")), ("every 3 months", (3, "month")), ("quarterly", (3, "month")),
        ("trimestre", (3, "month")), ("tous les 3 mois", (3, "month")), ("6 months", (6, "month")),
        ("18 weeks", (18, "week")), ("4-week", (4, "week")), ("fortnightly", (2, "week")), ("P7D", (1, "week")),
        ("30 days", (30, "day")), ("daily", (1, "day")), ("P1Y6M", (18, "month")),
        ("bimonthly", None), ("biweekly", None), ("", None), ("0 months", None), ("month 1-3", None),
        ("1 month 15 days", None), ("billing cycle", None), ("P1M15D", None), ("P", None), ("24", None),
    ],
)  # fmt: skip
def test_how_often(said: str, is_every: tuple[int, str] | None) -> None:
    assert period_of(said) == is_every
    assert is_monthly(said) is (is_every == (1, "month"))


def test_a_length_keeps_its_own_unit() -> None:
    assert length_of("730 days") == (730, "day")
    assert length_of("24 months from activation") == (24, "month")
    assert length_of("0 months") == (0, "month")


def test_words_of_one_period_are_one_key() -> None:
    assert {period_key(said) for said in ("month", "Monthly", "mois", "P1M")} == {"month"}
    assert {period_key(said) for said in ("quarter", "3 months", "P3M")} == {"3 months"}
    assert {period_key(said) for said in ("12 months", "an")} == {"year"}
    assert period_key(" billing cycle ") == "billing cycle"
    assert period_of(period_key("18 weeks")) == (18, "week")


def test_a_months_part_of_a_price() -> None:
    pounds = Money(Decimal("240.00"), "GBP")
    assert monthly_of(pounds, "month") is pounds
    assert monthly_of(pounds, "12 months") == Money(Decimal("20.00"), "GBP")
    assert monthly_of(Money(Decimal("10.00"), "GBP"), "3 months") == Money(Decimal("3.33"), "GBP")
    for unknown in ("18 weeks", "bimonthly", "", UNTOLD):
        assert monthly_of(pounds, unknown) is None
    assert monthly_of(None, "month") is None
