"""Is the bill right? An honest rounding is never accused, and an error is named with its two numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from honest_bills import SCHEMES, Plan, bill_of, eur, line_of, plans, write
from hypothesis import given
from hypothesis import strategies as st

from selfcare.billing.amounts import amount_of
from selfcare.billing.arithmetic import Arithmetic, Check, Outcome, Unknown
from selfcare.billing.credits import check_bill
from selfcare.domain.bills import Bill, BillLine, LineKind, Tax
from selfcare.domain.money import Money
from selfcare.domain.records import replace


@given(plans())
def test_an_honest_bill_is_never_accused(plan: Plan) -> None:
    bill, lines = write(plan)
    assert check_bill(bill, lines).errors == ()


def bound(bill: Bill, lines: tuple[BillLine, ...]) -> Decimal:
    """A cent more than all honest roundings of these lines together could make."""
    return Decimal("0.01") * (len(lines) + 3) + Decimal("0.02")


@given(plans(), st.sampled_from(["total", "net", "tax", "line", "line gross", "left out"]), st.booleans(), st.data())
def test_one_error_is_always_found(plan: Plan, where: str, is_more: bool, data: st.DataObject) -> None:
    bill, lines = write(plan)
    assert bill.total is not None
    size = bound(bill, lines) + Decimal(data.draw(st.integers(0, 100_000))) / 100
    off = eur(size if is_more else -size)
    if where == "total":
        bill = replace(bill, total=bill.total + off)
    elif where == "net":
        bill = replace(bill, net=(bill.net or eur("0")) + off)
    elif where == "tax":
        tax = bill.taxes[0]
        assert tax.amount is not None
        bill = replace(bill, taxes=(replace(tax, amount=tax.amount + off),))
    elif where == "line":
        lines = (replace(lines[0], gross=(lines[0].gross or off) + off), *lines[1:])
    elif where == "line gross":
        net = lines[0].net
        more = lines[0].gross
        assert more is not None
        lines = (replace(lines[0], gross=more + off, net=net + off if net is not None else None), *lines[1:])
    else:
        lines = (*lines, line_of("Forgotten in the total", str(off.value)))
    errors = check_bill(bill, lines).errors
    assert errors
    assert all(error.stated != error.computed for error in errors)


def test_the_two_numbers_of_an_error_are_named() -> None:
    lines = [line_of("Plan", "19.99"), line_of("Roaming", "5.00", LineKind.USAGE)]
    (error,) = check_bill(bill_of(Decimal("29.99")), lines).errors
    assert (error.check, error.stated, error.computed, error.off) == (
        Check.LINES_TOTAL,
        eur("29.99"),
        eur("24.99"),
        eur("5.00"),
    )


@pytest.mark.parametrize(
    ("name", "total", "net", "tax", "prices"),
    [
        ("tax-included prices: 3 x 9.99 with 20 % contain 4.995 of tax", "29.97", "24.98", "4.99", ["9.99"] * 3),
        ("the same, the tax rounded up", "29.97", "24.97", "5.00", ["9.99"] * 3),
        ("four decimals: 5 x 0.1234 is 0.617", "0.74", "0.62", "0.12", ["0.15"] * 5),
    ],
)
def test_one_cent_is_a_rounding(name: str, total: str, net: str, tax: str, prices: list[str]) -> None:
    bill = bill_of(Decimal(total), net=eur(net), taxes=(Tax("VAT", eur(tax), Decimal(20)),))
    found = check_bill(bill, [line_of(f"L{n}", price) for n, price in enumerate(prices)])
    assert found.errors == (), name


def test_a_wrong_rate_on_a_line_is_found() -> None:
    line = line_of("Plan", "24.60", net=eur("20.00"), taxes=(Tax("VAT", eur("4.60"), Decimal(20)),))
    (error,) = check_bill(bill_of(Decimal("24.60")), [line]).errors
    assert (error.check, error.name, error.stated, error.computed) == (Check.LINE_TAX, "Plan", eur("4.60"), eur("4.00"))


@pytest.mark.parametrize("rate", ["1", "0.01", "0.5"])
def test_a_small_rate_is_read_in_the_way_that_fits(rate: str) -> None:
    share = Decimal("0.005") if rate == "0.5" else Decimal("0.01")
    tax = Tax("City tax", eur(20 * share), Decimal(rate))
    line = line_of("Plan", str(20 * (1 + share)), net=eur("20.00"), taxes=(tax,))
    bill = bill_of(20 * (1 + share), net=eur("20.00"), taxes=(tax,))
    assert check_bill(bill, [line]).errors == ()


def test_a_line_without_tax_beside_taxed_ones_accuses_nobody() -> None:
    bill = bill_of(Decimal("17.00"), net=eur("15.00"), taxes=(Tax("VAT", eur("2.00"), Decimal(20)),))
    assert check_bill(bill, [line_of("Plan", "12.00"), line_of("Stamps, exempt", "5.00")]).errors == ()


def test_several_taxes_of_one_line_have_bases_that_nobody_prints() -> None:
    fees = (Tax("Federal fee", eur("0.90"), Decimal("0.36")), Tax("State tax", eur("1.60"), Decimal("0.08")))
    line = line_of("Plan", "22.50", net=eur("20.00"), taxes=fees)
    bill = bill_of(Decimal("22.50"), net=eur("20.00"), taxes=fees)
    assert check_bill(bill, [line]).errors == ()


def test_what_cannot_be_checked_is_said() -> None:
    plan = line_of("Plan", "10.00")
    assert check_bill(bill_of(None), [plan]).unknown is Unknown.NO_TOTAL
    assert check_bill(bill_of(Decimal(10)), []).unknown is Unknown.NO_LINES
    assert check_bill(bill_of(Decimal(10)), [plan, line_of("Gift", None)]).unknown is Unknown.NO_AMOUNT
    dollars = replace(plan, gross=Money(Decimal(10), "USD"))
    assert check_bill(bill_of(Decimal(10)), [dollars]).unknown is Unknown.CURRENCIES
    net_only = line_of("Plan", None, net=eur("8.33"))
    assert check_bill(bill_of(Decimal(10)), [net_only]).unknown is Unknown.NET_ONLY


def test_lines_without_tax_are_held_against_the_total_with_its_tax() -> None:
    bill = bill_of(Decimal("12.00"), net=eur("10.00"), taxes=(Tax("VAT", eur("2.00"), Decimal(20)),))
    lines = [line_of("Plan", None, net=eur("7.00")), line_of("Box", None, net=eur("3.00"))]
    assert check_bill(bill, lines).errors == ()
    assert check_bill(bill, lines[:1]).errors


def test_a_credit_is_a_sum_like_others() -> None:
    lines = [line_of("Plan", "10.00"), line_of("Refund", "-25.00", LineKind.CREDIT)]
    assert check_bill(bill_of(Decimal("-15.00")), lines).errors == ()
    assert check_bill(bill_of(Decimal("15.00")), lines).errors


def test_a_line_that_is_not_billed_yet_is_no_part_of_the_sum() -> None:
    lines = [line_of("Plan", "10.00"), line_of("Calls of this month", "3.00", is_billed=False)]
    assert check_bill(bill_of(Decimal("10.00")), lines).errors == ()


def test_every_scheme_was_really_written() -> None:
    for scheme in SCHEMES:
        bill, lines = write(Plan((333_333, 123_456), Decimal(20), scheme, "ROUND_HALF_UP", True))
        found: Arithmetic = check_bill(bill, lines)
        assert {one.outcome for one in found.sums} <= {Outcome.EXACT, Outcome.ROUNDED}
        assert Check.LINES_TOTAL in {one.check for one in found.sums}


def test_five_thousand_lines_are_checked_at_once() -> None:
    lines = [line_of(f"Call {n}", "0.07", LineKind.USAGE) for n in range(5000)]
    assert check_bill(bill_of(Decimal("350.00")), lines).errors == ()
    assert check_bill(bill_of(Decimal("450.00")), lines).errors


def test_an_amount_with_tax_is_gross_or_net_and_taxes() -> None:
    assert amount_of(line_of("Plan", None, net=eur("10"), taxes=(Tax("VAT", eur("2")),))) == eur("12")
    assert amount_of(line_of("Plan", None)) is None
