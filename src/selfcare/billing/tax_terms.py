"""Whether the lines of two bills are with tax or without it, and what the tax beside them changed by."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from selfcare.domain.bills import Bill, BillLine
from selfcare.domain.money import CENT
from selfcare.domain.records import replace

from .amounts import only_rate, rate_of

ZERO = Decimal(0)


def in_the_same_terms(
    bill: Bill, now: list[BillLine], before: Bill, then: list[BillLine]
) -> tuple[list[BillLine], list[BillLine]] | None:
    """The lines of both bills with tax, or both without it; None where that cannot be told."""
    if are_net(now) == are_net(then):
        return now, then
    taxed = then if are_net(now) else now
    if all(line.net is not None for line in taxed):
        bare = [replace(line, gross=None, taxes=()) for line in taxed]
        return (now, bare) if are_net(now) else (bare, then)
    rate = only_rate(bill if are_net(now) else before)
    if rate is None:
        return None
    made = [_with_tax(line, rate) for line in (now if are_net(now) else then)]
    return (made, then) if are_net(now) else (now, made)


def with_their_tax(bill: Bill, lines: Sequence[BillLine]) -> list[BillLine] | None:
    """Lines that are stated without tax, with it; as they are where the bill is over no more than their sum. None where
    it cannot be told how much the tax of each is."""
    if (
        bill.total is not None
        and sum((line.net.value for line in lines if line.net is not None), ZERO) == bill.total.value
    ):
        return list(lines)
    rate = only_rate(bill)
    if rate is None or any(line.net is None for line in lines):
        return None
    return [_with_tax(line, rate) for line in lines]


def are_net(lines: Sequence[BillLine]) -> bool:
    """All lines state their amount without tax, and nothing else."""
    return all(line.gross is None and not line.taxes for line in lines)


def _with_tax(line: BillLine, rate: Decimal) -> BillLine:
    assert line.net is not None
    return replace(line, gross=(line.net * (1 + rate)).rounded())


def tax_beside(bill: Bill, before: Bill) -> tuple[Decimal, Decimal]:
    """The change of the tax that stands only below the lines, where these are without tax: what another rate makes of
    it, and what comes of the lines that changed."""
    new, was = _tax_of(bill), _tax_of(before)
    if new is None or was is None:
        return ZERO, ZERO
    rates = [sorted({rate for tax in one.taxes if (rate := rate_of(tax))}) for one in (bill, before)]
    if rates[0] == rates[1] or len(rates[0]) != 1 or len(rates[1]) != 1:
        is_of_rate = bool(rates[0] and rates[1]) and not set(rates[0]) & set(rates[1])
        return (new - was, ZERO) if is_of_rate else (ZERO, new - was)
    of_rate = (new * (1 - rates[1][0] / rates[0][0])).quantize(CENT)
    return of_rate, new - was - of_rate


def _tax_of(bill: Bill) -> Decimal | None:
    assert bill.total is not None
    stated = [tax.amount.value for tax in bill.taxes if tax.amount is not None and tax.amount.unit == bill.total.unit]
    if stated and len(stated) == len(bill.taxes):
        return sum(stated, ZERO)
    if bill.net is not None and bill.net.unit == bill.total.unit:
        return bill.total.value - bill.net.value
    return None
