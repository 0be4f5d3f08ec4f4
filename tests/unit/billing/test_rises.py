"""A price that rose and stayed is history; one that came down again, or is above the contract, is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from bills_of import flags_of, gbp, line, month, plain
from msgspec.structs import replace

from selfcare.billing.flags import Oddity
from selfcare.billing.known import NOTHING, Known, NewPrice, Sold
from selfcare.billing.weighing import Record

SINCE = date(2020, 1, 1)
VOICEMAIL = Sold("O1", "Voicemail", gbp("2.00"), SINCE)


def charged(*prices: str, name: str = "Plan") -> list[Record]:
    return [plain(n, line(n, name, price, product="P1"), without="Plan") for n, price in enumerate(prices)]


def yearly(part: str, years: int = 10) -> list[str]:
    return [str((30 * Decimal(part) ** (n // 12)).quantize(Decimal("0.01"))) for n in range(12 * years)]


def sold(price: str | None) -> Known:
    return Known((Sold("P1", "Plan", gbp(price) if price else None, SINCE), VOICEMAIL))


@pytest.mark.parametrize("part", ["1.04", "1.079", "1.144"])
def test_ten_years_of_rises_that_nobody_announced_are_quiet_where_the_contract_states_the_last(part: str) -> None:
    prices = yearly(part)
    assert flags_of(charged(*prices), sold(prices[-1])) == []
    told = NewPrice(month(108), gbp(prices[107]), gbp(prices[-1]), frozenset({"P1"}))
    assert flags_of(charged(*prices), replace(sold(prices[-1]), prices=(told,))) == []


def test_a_rise_that_was_paid_for_months_is_history_where_no_price_is_known() -> None:
    bills = charged(*["30.00"] * 14, *["36.00"] * 4)
    found = [(flag.kind, flag.bill_id) for flag in flags_of(bills[:16], sold(None))]
    assert found == [(Oddity.RATE, "B14"), (Oddity.AGAIN, "B15")]
    assert flags_of(bills, sold(None)) == []


def test_a_price_above_the_contract_is_never_history() -> None:
    found = flags_of(charged(*["30.00"] * 14, *["36.00"] * 8), sold("30.00"))
    assert [flag.bill_id for flag in found] == [f"B{n}" for n in range(14, 22)]


def test_a_price_that_came_down_again_is_not_what_it_was_to_be() -> None:
    bills = charged(*["30.00"] * 14, "36.00", "36.00", *["30.00"] * 3, *["39.00"] * 8)
    for known in (sold("39.00"), sold(None)):
        assert [flag.bill_id for flag in flags_of(bills, known)] == ["B14", "B15"]


def test_another_plan_under_its_own_name_is_no_rise_where_nothing_is_known() -> None:
    other = plain(14, line(14, "Plan 60 GB", "37.99", product="P1"), without="Plan")
    assert flags_of([*charged(*["30.00"] * 14, name="Plan 20 GB"), other], NOTHING) == []
    assert [flag.kind for flag in flags_of([*charged(*["30.00"] * 14), other], sold("30.00"))] == [Oddity.RATE]
