"""Parts of a month on a final bill: what is given back, every way of counting, and what holds of any amount."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from selfcare.domain.bills import Bill, BillLine, BillState, LineKind
from selfcare.domain.money import Money
from selfcare.leaving import prorata
from selfcare.leaving.countries import gb
from selfcare.leaving.ending import Ending
from selfcare.leaving.final_bill import Review, review
from selfcare.leaving.prorata import Prorating
from selfcare.leaving.rules import parse_rules

GB = parse_rules((Path(__file__).parents[3] / "resources" / "rules" / "gb.toml").read_bytes())
D = date
END = D(2026, 12, 11)
SWITCHED = Ending(END, switched=True)
BILL = Bill("B-9", "B-9", D(2026, 12, 12), None, None, None, BillState.SENT, category="last")

quickly = settings(max_examples=100, deadline=None)


def money(text: str) -> Money:
    return Money(Decimal(text), "GBP")


def line(amount: str, starts: date, ends: date) -> BillLine:
    return BillLine(
        "Plan", "B-9", "Plan", LineKind.RECURRING, "", money(amount), None, product_id="PR-1", starts=starts, ends=ends
    )


def checked(part: BillLine, ending: Ending) -> Review:
    return review(BILL, (part,), ending, GB)


@quickly
@given(
    st.decimals("0", "300", places=2),
    st.dates(D(2026, 1, 1), D(2027, 6, 1)),
    st.integers(0, 120),
    st.integers(-40, 160),
)
def test_rent_after_the_end_is_what_the_rule_gives_back(price: Decimal, first: date, length: int, gone: int) -> None:
    last, ended = first + timedelta(days=length), first + timedelta(days=gone)
    plan = line(f"{price}", first, last)
    found = checked(plan, ending=replace(SWITCHED, ended=ended))
    span = prorata.span_of(first, last)
    assert span is not None
    owed = gb.rent_back(money(f"{price}"), span.first, span.last, ended)
    amounts = [f.amount for f in found.findings]
    assert amounts == ([owed] if owed.value > Decimal("0.01") else [])
    assert all(a <= money(f"{price}") for a in amounts)


@quickly
@given(st.decimals("0.50", "300", places=2), st.dates(D(2026, 1, 1), D(2027, 6, 1)), st.integers(0, 40))
def test_a_later_end_never_gives_more_back(price: Decimal, first: date, gone: int) -> None:
    plan = line(f"{price}", first, first + timedelta(days=29))
    sums = [
        sum(f.amount.value for f in checked(plan, ending=replace(SWITCHED, ended=first + timedelta(days=day))).findings)
        for day in (gone, gone + 1)
    ]
    assert sums[0] >= sums[1]


@quickly
@given(st.decimals("0.50", "300", places=2), st.dates(D(2026, 1, 1), D(2027, 6, 1)), st.integers(0, 70))
def test_every_way_of_counting_a_month_is_accepted(price: Decimal, first: date, length: int) -> None:
    span = prorata.span_of(first, first + timedelta(days=length))
    assert span is not None
    ending = replace(SWITCHED, ended=span.last, prices={"PR-1": money(f"{price}")})
    for _way, amount in prorata.readings(money(f"{price}"), span):
        part = line(f"{amount.rounded().value}", span.first, span.last)
        assert checked(part, ending=ending).is_fine


@pytest.mark.parametrize(
    ("amount", "way"),
    [
        ("30.00", Prorating.WHOLE_MONTHS),
        ("10.65", Prorating.BILLING_MONTH),
        ("11.00", Prorating.THIRTIETHS),
        ("10.00", Prorating.THIRTIETHS),
        ("10.85", Prorating.YEAR),
        ("13.00", None),
    ],
)
def test_it_is_said_how_a_rent_was_counted(amount: str, way: Prorating | None) -> None:
    last = D(2026, 12, 31) if way is Prorating.WHOLE_MONTHS else END
    ending = replace(SWITCHED, ended=last, prices={"PR-1": money("30.00")})
    part = line(amount, D(2026, 12, 1), last)
    assert checked(part, ending=ending).ways == ({} if way is None else {"Plan": way})
    loose = replace(part, starts=None, ends=None)
    own = replace(BILL, period_start=D(2026, 12, 1), period_end=last)
    assert review(own, (loose,), ending, GB).ways == checked(part, ending=ending).ways


def test_the_ways_of_counting_the_eleven_days() -> None:
    span = prorata.span_of(D(2026, 12, 1), END)
    assert span is not None
    found = {(way, amount.rounded().value) for way, amount in prorata.readings(money("30.00"), span)}
    assert (Prorating.BILLING_MONTH, Decimal("10.65")) in found
    assert (Prorating.THIRTIETHS, Decimal("11.00")) in found
    assert (Prorating.YEAR, Decimal("10.85")) in found
