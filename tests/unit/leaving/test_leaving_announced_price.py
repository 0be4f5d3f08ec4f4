"""An announced price is in the cost from its day on; before that it is in one of the two figures alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcare.domain.records import replace
from selfcare.leaving.choices import Choices
from selfcare.leaving.facts import LeavingFacts, Rise
from selfcare.leaving.prices import prices_of
from selfcare.leaving.quote import Agreement, Quote, cheapest_day
from tests.unit.leaving.test_leaving_countries import line, money, way

D = date
NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)
TODAY, STARTS = NOW.date(), D(2026, 12, 31)


def risen(code: str, amount: str = "3", **more: object) -> LeavingFacts:
    rise = Rise(D(2026, 6, 20), STARTS, money(code, amount), money(code, amount), before=money(code, "45"))
    return line(
        code, **{"concluded": D(2025, 1, 31), "commitment_ends": D(2028, 1, 31), "monthly": money(code, "45"),
                 "price_changes": (rise.told,), "rises": (rise,), "subsidised": True, "notice": (1, "month"), **more},
    )  # fmt: skip


def on(facts: LeavingFacts, day: date) -> Quote:
    return way(facts, Choices(), NOW).price_of(day)


@pytest.mark.parametrize(
    ("day", "low", "high"),
    [
        (D(2027, 1, 29), "482.58", "579.10"),  # 48.00 x (12 + 2/31), without and with VAT
        (D(2027, 7, 31), "240.00", "288.00"),
        (D(2026, 12, 31), "520.00", "624.00"),  # 13 months of 48.00
        (D(2026, 12, 30), "488.71", "625.45"),  # 45.00 x (13 + 1/31) / 1.2, and 1/31 of 45.00 with 13 of 48.00
    ],
)
def test_in_the_united_kingdom_the_months_left_have_their_price(day: date, low: str, high: str) -> None:
    facts = risen("GB", operator_charge=money("GB", "577"), operator_charge_day=D(2027, 1, 29))
    found = on(facts, day)
    assert (found.low, found.high) == (money("GB", low), money("GB", high))
    assert on(facts, D(2027, 1, 29)).agreement is Agreement.AGREES


@pytest.mark.parametrize(
    ("more", "day", "low", "high"),
    [
        ({}, D(2027, 5, 31), "76.80", "76.80"),  # a fifth of 8 x 48.00
        ({"concluded": D(2026, 5, 31), "commitment_ends": D(2028, 5, 31)}, D(2027, 3, 31), "211.20", "672.00"),
        ({"is_business": True}, D(2027, 5, 31), "0.00", "384.00"),
        ({"concluded": None}, D(2027, 5, 31), "0.00", "384.00"),
    ],
)
def test_in_france_too(more: dict[str, object], day: date, low: str, high: str) -> None:
    charge = on(risen("FR", **{**more, "price_changes": ()}), day).lines[0]
    assert (charge.low, charge.high) == (money("FR", low), money("FR", high))


def test_a_price_that_falls_is_counted_as_well() -> None:
    found = on(risen("GB", "-5"), D(2027, 1, 31))
    assert (found.low, found.high) == (money("GB", "400.00"), money("GB", "480.00"))


def test_of_several_lines_only_a_price_that_is_this_ones_is_certain() -> None:
    day, both = D(2027, 1, 31), {"contract_lines": 2, "contract_monthly": money("GB", "70")}
    own = risen("GB", **both)
    assert on(own, day).high == money("GB", "576.00")
    (rise,) = own.rises
    for before in (None, money("GB", "25"), money("GB", "70")):
        found = on(replace(own, rises=(replace(rise, before=before),)), day)
        assert (found.low, found.high) == (money("GB", "450.00"), money("GB", "576.00")), before
    stated = {"operator_charge": money("GB", "877"), "operator_charge_day": day}
    whole = replace(own, rises=(replace(rise, before=money("GB", "70")),), **stated)
    assert on(whole, day).beside.high == money("GB", "876.00"), "73.00 x 12"
    assert on(whole, day).agreement is Agreement.HIGHER
    each = on(replace(own, **stated), day)
    assert (each.beside.low, each.beside.high) == (money("GB", "700.00"), money("GB", "912.00")), "once, or for each"
    assert each.agreement is Agreement.AGREES


@pytest.mark.parametrize(
    ("starts", "told", "counts"),
    [
        (D(2026, 11, 30), D(2026, 10, 20), False),
        (D(2026, 12, 1), D(2026, 10, 20), True),
        (None, D(2026, 10, 20), True),
        (None, D(2025, 11, 30), False),
        (D(2028, 1, 31), D(2026, 10, 20), False),
    ],
)
def test_what_applies_already_is_in_the_price(starts: date | None, told: date, counts: bool) -> None:
    rise = Rise(told, starts, money("GB", "3"), money("GB", "3"))
    found = on(risen("GB", rises=(rise,), price_changes=()), D(2026, 12, 1))
    assert found.high is not None
    assert (found.high > money("GB", "630.00")) is counts, "14 months of 45.00"


AMOUNTS = st.decimals(-60, 60, places=2).map(str)


@given(st.sampled_from(["GB", "FR", "US", "DE"]), AMOUNTS, st.dates(TODAY, D(2028, 3, 1)), st.integers(1, 3))
def test_no_figure_is_negative_and_the_cheapest_day_is_the_cheapest(
    code: str, amount: str, starts: date, lines: int
) -> None:
    rise = Rise(D(2026, 6, 20), starts, money(code, amount))
    found = way(risen(code, rises=(rise,), contract_lines=lines), Choices(day=starts), NOW)
    prices = prices_of(found.ground.facts, TODAY)
    assert prices is not None
    days = [max(TODAY, starts) + timedelta(days=10 * n) for n in range(-6, 40)]
    for day in days:
        least, most = prices.left(day, D(2028, 1, 31))
        assert money(code, "0") <= least <= most
    best = cheapest_day(found.ground, found.country, found.route, found.earliest)
    costs = [found.price_of(day).high for day in days if day >= found.earliest]
    assert best is None or all(cost is None or best.high <= cost for cost in costs)
