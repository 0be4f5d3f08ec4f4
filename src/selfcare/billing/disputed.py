"""How much of a bill is disputed: the chosen charges with their tax, and what stays undisputed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from selfcare.domain.bills import Bill, BillLine
from selfcare.domain.money import Money
from selfcare.domain.records import Struct

from .amounts import amount_of
from .flags import Flag, Oddity


class Disputed(Struct, frozen=True):
    """`amount` is disputed, tax included, `tax` of it is tax (None: not stated), `rest` is what is not disputed."""

    amount: Money
    tax: Money | None
    rest: Money | None


def disputed(bill: Bill, lines: Sequence[BillLine], chosen: Collection[str], flags: Sequence[Flag]) -> Disputed | None:
    """What the chosen lines (by id) come to; without any the whole bill. None where no amount is stated.

    Of a line whose price alone is in question only what is too much counts, with its part of the tax.
    """
    if bill.total is None:
        return None
    own = [x for x in lines if x.id in chosen]
    if not own:
        return Disputed(bill.total, _tax_of_bill(bill), Money(Decimal(0), bill.total.unit))
    too_much = {one: flag.amount for flag in flags if _is_a_price(flag) for one in flag.line_ids}
    total, tax_total, is_stated = Decimal(0), Decimal(0), True
    for line in own:
        paid = amount_of(line)
        if paid is None or paid.unit != bill.total.unit:
            continue
        part = too_much.get(line.id)
        share = part.value / paid.value if part is not None and 0 < part.value < paid.value else Decimal(1)
        total += paid.value * share
        tax = _tax_of(line)
        is_stated = is_stated and tax is not None
        tax_total += (tax or Decimal(0)) * share
    amount = Money(total, bill.total.unit).rounded()
    tax_money = Money(tax_total, bill.total.unit).rounded() if is_stated else None
    return Disputed(amount, tax_money, bill.total - amount)


def in_question(lines: Sequence[BillLine], flags: Sequence[Flag]) -> tuple[str, ...]:
    """The ids of the lines that something is said about."""
    named = {one for flag in flags for one in flag.line_ids}
    return tuple(x.id for x in lines if x.id in named)


def _is_a_price(flag: Flag) -> bool:
    return Oddity.RATE in {flag.kind, flag.first} and flag.amount is not None


def _tax_of(line: BillLine) -> Decimal | None:
    """The tax in a line: stated, or what gross and net are apart."""
    if line.gross is not None and line.net is not None and line.gross.unit == line.net.unit:
        return line.gross.value - line.net.value
    stated = [tax.amount.value for tax in line.taxes if tax.amount is not None]
    return sum(stated, Decimal(0)) if stated else None


def _tax_of_bill(bill: Bill) -> Money | None:
    if bill.total is None:
        return None
    if bill.net is not None and bill.net.unit == bill.total.unit:
        return bill.total - bill.net
    stated = [tax.amount.value for tax in bill.taxes if tax.amount is not None and tax.amount.unit == bill.total.unit]
    return Money(sum(stated, Decimal(0)), bill.total.unit) if stated else None
