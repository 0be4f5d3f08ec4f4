"""Bills of several rates in every usual way of rounding: never accused, and with one error of money never right."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from honest_bills import bill_of, eur, line_of
from hypothesis import given
from hypothesis import strategies as st

from selfcare.billing.arithmetic import Arithmetic, Check, Outcome
from selfcare.billing.credits import check_bill
from selfcare.domain.bills import Bill, BillLine, LineKind, Tax
from selfcare.domain.records import replace

CENT = Decimal("0.01")
ZERO = Decimal(0)
NETS = ("net", "net with rate", "net with rate, tax per line")
PRICES = ("gross", "gross with rate", "gross with rate, tax per line")
WAYS = (*NETS, *PRICES, "fine net, each rounded", "fine gross, each rounded", "fine net, each base rounded")


@dataclass(frozen=True)
class Written:
    bill: Bill
    lines: tuple[BillLine, ...]


@st.composite
def bills(draw: st.DrawFn, ways: tuple[str, ...] = WAYS) -> Written:
    way, mode = draw(st.sampled_from(ways)), draw(st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN]))
    rates = draw(st.sampled_from([("20",), ("20", "5.5"), ("20", "10", "5.5"), ("19", "7"), ("20", "0")]))
    prices = st.integers(100, 5_000_000) | st.integers(-500_000, -100)
    rows = draw(st.lists(st.tuples(prices, st.sampled_from(rates)), min_size=1, max_size=25))
    return written(way, mode, [(Decimal(price) / 10_000, Decimal(rate)) for price, rate in rows])


def written(way: str, mode: str, rows: list[tuple[Decimal, Decimal]]) -> Written:
    def cents(value: Decimal) -> Decimal:
        return value.quantize(CENT, mode)

    is_gross, is_fine, per_line = "gross" in way, way.startswith("fine"), "per line" in way
    if not is_fine:
        rows = [(cents(price), rate) for price, rate in rows]
    nets: dict[Decimal, Decimal] = {}
    taxes: dict[Decimal, Decimal] = {}
    for rate in {rate for _price, rate in rows}:
        part = rate / (100 + rate) if is_gross else rate / 100
        own = [cents(price) if "each rounded" in way else price for price, other in rows if other == rate]
        base = sum(own, ZERO) if is_gross else cents(sum(own, ZERO))
        taxes[rate] = sum((cents(price * part) for price in own), ZERO) if per_line else cents(base * part)
        nets[rate] = base - taxes[rate] if is_gross else base
    net = sum(nets.values(), ZERO)
    lines = []
    for place, (price, rate) in enumerate(rows):
        kind = LineKind.CREDIT if price < 0 else LineKind.RECURRING
        tax = (Tax("TVA", None, rate),) if "with rate" in way else ()
        line = line_of(f"Line {place}", str(price) if is_gross else None, kind, taxes=tax)
        lines.append(line if is_gross else replace(line, net=eur(price)))
    header = tuple(Tax("TVA", eur(amount), rate) for rate, amount in taxes.items())
    return Written(bill_of(net + sum(taxes.values(), ZERO), net=eur(net), taxes=header), tuple(lines))


def check(one: Written) -> Arithmetic:
    return check_bill(one.bill, one.lines)


@given(bills())
def test_an_honest_bill_of_several_rates_is_never_accused(one: Written) -> None:
    assert check(one).errors == ()


def far(one: Written) -> Decimal:
    """More than the roundings of all of these lines together."""
    return CENT * (len(one.lines) + 5) + Decimal("0.20")


def test_a_base_of_more_decimals_than_a_figure_can_have_is_compared() -> None:
    """What two taxes are on is a quotient: its decimals and a larger net do not fit into one figure."""
    taxes = (Tax("TVA", eur("1.41"), Decimal(20)), Tax("TVA", eur("0.16"), Decimal("5.5")))
    lines = [line_of(f"Line {n}", one) for n, one in enumerate(("0.17", "0.29", "1.20", "8.40", "1.57"))]
    assert check_bill(bill_of(Decimal("11.63"), net=eur("10.06"), taxes=taxes), lines).errors == ()


@given(bills(), st.integers(0, 100_000), st.booleans())
def test_another_total_is_always_found(one: Written, more: int, is_less: bool) -> None:
    off = far(one) + Decimal(more) / 100
    assert one.bill.total is not None
    found = check_bill(replace(one.bill, total=one.bill.total + eur(-off if is_less else off)), one.lines)
    assert {Check.LINES_TOTAL, Check.NET_AND_TAX} & {error.check for error in found.errors}


@given(bills(("net with rate", "net with rate, tax per line", "gross with rate")), st.integers(0, 10_000), st.data())
def test_another_tax_is_always_found_where_the_lines_state_their_rates(
    one: Written, more: int, data: st.DataObject
) -> None:
    assert one.bill.total is not None
    place = data.draw(st.integers(0, len(one.bill.taxes) - 1))
    tax = one.bill.taxes[place]
    if not tax.rate or tax.amount is None:
        return
    off = eur(far(one) + Decimal(more) / 100)
    taxes = (*one.bill.taxes[:place], replace(tax, amount=tax.amount + off), *one.bill.taxes[place + 1 :])
    found = check_bill(replace(one.bill, total=one.bill.total + off, taxes=taxes), one.lines)
    assert Check.TAX in {error.check for error in found.errors}


@given(bills(("net", "gross")), st.integers(2, 10))
def test_taxes_that_fit_no_rate_are_never_right(one: Written, times: int) -> None:
    taxes = tuple(
        replace(tax, amount=eur((tax.amount.value if tax.amount else ZERO) * times)) for tax in one.bill.taxes
    )
    worth = sum((tax.amount.value for tax in taxes if tax.amount is not None), ZERO)
    if one.bill.net is None or one.bill.net.value <= 0 or worth < 2 * far(one):
        return
    most = one.bill.net.value * max((tax.rate or ZERO for tax in taxes), default=ZERO) / 100
    if abs(worth - most) <= far(one) and not all(tax.rate for tax in taxes):
        return  # by chance it is the tax on what is free of it as well
    found = check_bill(replace(one.bill, total=one.bill.net + eur(worth), taxes=taxes), one.lines)
    ours = [s.outcome for s in found.sums if s.check in {Check.TAX, Check.TAX_MOST, Check.TAX_BASES, Check.LINES_TOTAL}]
    assert not set(ours) <= {Outcome.EXACT, Outcome.ROUNDED}


@pytest.mark.parametrize(
    ("count", "price", "off", "outcome"),
    [
        (5000, "0.10", "50.00", Outcome.WRONG),
        (300, "0.10", "2.99", Outcome.WRONG),
        (100, "0.10", "1.00", Outcome.WRONG),
        (5000, "0.10", "0.50", Outcome.UNTOLD),
        (5000, "0.10", "20.00", Outcome.UNTOLD),
        (5000, "0.10", "0.04", Outcome.ROUNDED),
        (30, "0.07", "0.04", Outcome.ROUNDED),
    ],
)
def test_much_use_may_hide_half_a_cent_each_and_only_a_few_cents_are_a_rounding(
    count: int, price: str, off: str, outcome: Outcome
) -> None:
    calls = [line_of(f"Call {n}", price, LineKind.USAGE) for n in range(count)]
    found = check_bill(bill_of(count * Decimal(price) + Decimal(off)), calls)
    (total,) = [one for one in found.sums if one.check is Check.LINES_TOTAL]
    assert (total.outcome, total.off) == (outcome, eur(off))


@pytest.mark.parametrize(
    ("prices", "total"), [(("44.3138", "37.0142", "6.7233"), "88.04"), (("44.3138", "37.0142", "6.7233"), "88.05")]
)
def test_four_decimals_may_be_rounded_before_they_are_added_or_after(prices: tuple[str, ...], total: str) -> None:
    lines = [line_of(price, price) for price in prices]
    (one,) = check_bill(bill_of(Decimal(total)), lines).sums
    assert one.outcome is Outcome.EXACT


def test_a_cent_is_never_wrong_whatever_the_decimals_of_the_lines() -> None:
    lines = [line_of("Plan", "44.3149"), line_of("Option", "37.0149")]  # 81.3298
    assert check_bill(bill_of(Decimal("81.32")), lines).errors == ()
    assert check_bill(bill_of(Decimal("81.30")), lines).errors


def test_prices_with_tax_may_be_cut_off_to_what_they_are_without_it() -> None:
    lines = [
        line_of("Plan", gross, net=eur(net))
        for gross, net in (("15.74", "13.11"), ("36.13", "30.10"), ("15.43", "12.85"))
    ]
    taxes = (Tax("TVA", eur("11.22"), Decimal(20)),)
    assert check_bill(bill_of(Decimal("67.30"), net=eur("56.08"), taxes=taxes), lines).errors == ()
