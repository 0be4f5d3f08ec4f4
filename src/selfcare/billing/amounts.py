"""What a line of a bill costs, and the rates of tax that operators write in two ways."""

from __future__ import annotations

from decimal import Decimal

from selfcare.domain.bills import Bill, BillLine, Tax
from selfcare.domain.money import Money


def amount_of(line: BillLine) -> Money | None:
    """What a line costs with its tax: the gross amount, or net and taxes together, or net where no tax is stated.

    None where nothing is stated, or where what is needed for it was not understood.
    """
    if line.gross is not None:
        return line.gross
    if line.net is None or line.unread:
        return None
    total = line.net
    for tax in line.taxes:
        if tax.amount is not None and tax.amount.unit == total.unit:
            total = total + tax.amount
    return total


def rate_of(tax: Tax) -> Decimal | None:
    """A tax rate as a part of one; operators write 20 or 0.20."""
    if tax.rate is None or tax.rate < 0:
        return None
    return tax.rate / 100 if tax.rate > 1 else tax.rate


def only_rate(bill: Bill) -> Decimal | None:
    """The rate of tax of a bill whose taxes have one rate, and no line is free of it as far as it says; else None."""
    rates = {rate_of(tax) for tax in bill.taxes}
    return rates.pop() if len(rates) == 1 else None
