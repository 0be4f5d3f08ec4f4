"""The taxes of a bill: an impossible one is named, one that may be right is never accused, and others are not right."""

from __future__ import annotations

from decimal import Decimal

import pytest
from honest_bills import bill_of, eur, line_of

from selfcare.billing.arithmetic import Arithmetic, Check, Outcome
from selfcare.billing.credits import check_bill
from selfcare.domain.bills import BillLine, LineKind, Tax
from selfcare.domain.money import Money
from selfcare.domain.records import replace


def checked(total: str, lines: list[BillLine], net: str | None, *taxes: tuple[str, str]) -> Arithmetic:
    rows = tuple(Tax("TVA", eur(amount), Decimal(rate)) for rate, amount in taxes)
    return check_bill(bill_of(Decimal(total), net=eur(net) if net is not None else None, taxes=rows), lines)


def named(found: Arithmetic) -> list[tuple[Check, Decimal, Decimal]]:
    return [(one.check, one.stated.value, one.computed.value) for one in found.errors]


def outcomes(found: Arithmetic, *checks: Check) -> list[Outcome]:
    return [one.outcome for one in found.sums if one.check in checks]


def net(amount: str, rate: str | None = None, kind: LineKind = LineKind.RECURRING) -> BillLine:
    taxes = (Tax("TVA", None, Decimal(rate)),) if rate is not None else ()
    return line_of("Line", None, kind, net=eur(amount), taxes=taxes)


def test_a_tax_of_more_than_all_of_the_bill_is_impossible_beside_other_rates() -> None:
    found = checked("135.00", [net("50.00"), net("50.00")], "100.00", ("20", "30.00"), ("5.5", "5.00"))
    assert named(found) == [(Check.TAX_MOST, Decimal("30.00"), Decimal("20.00"))]


def test_taxes_of_several_rates_are_of_no_more_than_the_bill_has() -> None:
    found = checked("117.75", [net("50.00"), net("50.00")], "100.00", ("20", "15.00"), ("5.5", "2.75"))
    assert named(found) == [(Check.TAX_BASES, Decimal(125), Decimal("100.00"))]
    right = checked("112.75", [net("50.00"), net("50.00")], "100.00", ("20", "10.00"), ("5.5", "2.75"))
    assert right.errors == ()
    assert outcomes(right, Check.TAX_BASES) == [Outcome.EXACT]


def test_a_part_without_tax_leaves_it_open_what_the_taxes_are_on() -> None:
    found = checked("108.75", [net("50.00"), net("50.00")], "100.00", ("20", "6.00"), ("5.5", "2.75"))
    assert set(outcomes(found, Check.TAX_MOST, Check.TAX_BASES)) == {Outcome.UNTOLD}


def test_each_tax_is_worked_out_where_the_lines_state_their_rates() -> None:
    lines = [net("50.00", "20"), net("50.00", "5.5")]
    found = checked("118.25", lines, "100.00", ("20", "15.50"), ("5.5", "2.75"))
    assert named(found) == [(Check.TAX, Decimal("15.50"), Decimal("10.00"))]
    assert checked("112.75", lines, "100.00", ("20", "10.00"), ("5.5", "2.75")).errors == ()


def test_a_tax_of_a_rate_that_no_line_has_is_wrong() -> None:
    found = checked("125.50", [net("100.00", "20")], "100.00", ("20", "20.00"), ("5.5", "5.50"))
    assert named(found) == [(Check.TAX, Decimal("5.50"), Decimal("0.00"))]


def test_a_tax_is_held_against_the_lines_where_the_bill_states_no_amount_without_it() -> None:
    found = checked("75.00", [net("24.00"), net("36.00")], None, ("20", "15.00"))
    assert named(found) == [(Check.TAX, Decimal("15.00"), Decimal("12.00"))]


def test_two_taxes_may_be_on_the_same_amount() -> None:
    taxes = (Tax("State tax", eur("6.25"), Decimal("6.25")), Tax("City tax", eur("2.00"), Decimal(2)))
    found = check_bill(bill_of(Decimal("108.25"), net=eur("100.00"), taxes=taxes), [net("60.00"), net("40.00")])
    assert found.errors == ()
    more = (taxes[0], Tax("City tax", eur("3.00"), Decimal(2)))
    found = check_bill(bill_of(Decimal("109.25"), net=eur("100.00"), taxes=more), [net("60.00"), net("40.00")])
    assert named(found) == [(Check.TAX_MOST, Decimal("3.00"), Decimal("2.00"))]


def test_a_credit_outside_of_tax_accuses_nobody() -> None:
    lines = [net("50.00"), net("-20.00", kind=LineKind.CREDIT)]
    found = checked("40.00", lines, "30.00", ("20", "10.00"), ("0", "0.00"))
    assert found.errors == ()
    assert outcomes(found, Check.TAX) == [Outcome.EXACT]
    silent = checked("40.00", lines, "30.00", ("20", "10.00"))
    assert outcomes(silent, Check.TAX) == [Outcome.UNTOLD]
    gross = [line_of("Plan", "60.00"), line_of("Goodwill", "-20.00", LineKind.CREDIT)]
    assert checked("40.00", gross, "30.00", ("20", "10.00")).errors == ()
    assert named(checked("41.00", lines, "30.00", ("20", "11.00")))[0][:2] == (Check.TAX, Decimal("11.00"))


def test_a_tax_that_nobody_can_work_out_is_neither_right_nor_wrong() -> None:
    found = checked("110.00", [net("60.00"), net("40.00")], "100.00", ("20", "10.00"))
    assert found.errors == ()
    assert outcomes(found, Check.TAX) == [Outcome.UNTOLD]


@pytest.mark.parametrize(("tax", "outcome"), [("20.00", Outcome.EXACT), ("30.00", Outcome.WRONG)])
def test_a_bill_without_lines_has_its_tax_checked(tax: str, outcome: Outcome) -> None:
    total = str(100 + Decimal(tax))
    assert outcomes(checked(total, [], "100.00", ("20", tax)), Check.TAX) == [outcome]


def test_a_swiss_bill_is_rounded_to_its_smallest_coin() -> None:
    lines = [line_of("Plan", "20.02"), line_of("Option", "30.01")]
    swiss = [replace(line, gross=Money(line.gross.value, "CHF")) for line in lines if line.gross is not None]
    bill = bill_of(Decimal(0))
    assert check_bill(replace(bill, total=Money(Decimal("50.05"), "CHF")), swiss).errors == ()
    assert check_bill(replace(bill, total=Money(Decimal("50.10"), "CHF")), swiss).errors
    assert check_bill(bill_of(Decimal("50.05")), lines).errors
