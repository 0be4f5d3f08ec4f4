"""What the taxes of a bill should be: by the rates that its lines state, else by the most that its amounts allow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from selfcare.domain.bills import Bill, BillLine, Tax
from selfcare.domain.money import CENT, Money
from selfcare.domain.records import Struct

from .amounts import amount_of, rate_of
from .rounding import HALF, added_in_cents, hidden_of, taxes_by_line

ZERO = Decimal(0)

_UNLISTED = Decimal("0.05")
"""So much of a tax may be roundings where no line is listed."""


class TaxSum(Struct, frozen=True):
    """A tax, or the amounts that it is on: what the bill states and what it may be.

    `likely` may be off by `slack`. Between the two figures of `possible`, give or take `leeway`, nobody can tell: the
    bill does not say which amounts are taxed.
    """

    stated: Money
    likely: tuple[Decimal, ...]
    slack: Decimal
    name: str = ""
    possible: tuple[Decimal, Decimal] | None = None
    leeway: Decimal = ZERO


def rates_of(tax: Tax) -> list[Decimal]:
    """The rates that a figure may mean: 0.5 is a half, or half a percent."""
    rate = rate_of(tax)
    if rate is None:
        return []
    return [rate, rate / 100] if tax.rate is not None and 0 < tax.rate <= 1 else [rate]


def taxes_of(bill: Bill, lines: Sequence[BillLine]) -> list[TaxSum]:
    """Each tax of a bill, where something can be said about it: nothing where a rate or an amount is not stated."""
    taxes = _taxed(bill)
    if not taxes:
        return []
    if lines and all(len(line.taxes) == 1 and rate_of(line.taxes[0]) is not None for line in lines):
        return [_by_rates_of_lines(bill, tax, amount, lines) for tax, amount in taxes]
    net = net_of(bill, lines)
    if net is None:
        return []
    alone = len(taxes) == 1
    return [_by_amounts(bill, tax, amount, lines, net, is_alone=alone) for tax, amount in taxes]


def bases_of(bill: Bill, lines: Sequence[BillLine]) -> TaxSum | None:
    """What the amounts come to that the taxes of several rates are on, against what the bill has without tax.

    None where the lines state their rates, or where two taxes may be on the same amount, as in the United States.
    """
    taxes, net = _taxed(bill), net_of(bill, lines)
    if len(taxes) < 2 or net is None or len({_kind(tax) for tax, _amount in taxes}) > 1:
        return None
    if not lines or all(len(line.taxes) == 1 for line in lines):
        return None
    rates = [rate_of(tax) or ZERO for tax, _amount in taxes]
    implied = sum((amount.value / rate for (_tax, amount), rate in zip(taxes, rates, strict=True)), ZERO)
    slack = sum((CENT / rate for rate in rates), ZERO)
    hidden = len(lines) * HALF / min(rates)
    return TaxSum(Money(implied, taxes[0][1].unit), (net,), slack, possible=_most(net, lines), leeway=hidden + slack)


def net_of(bill: Bill, lines: Sequence[BillLine]) -> Decimal | None:
    """What the bill has without tax: as stated, else the sum of its lines, else what its taxes leave of the total."""
    if bill.total is None:
        return None
    if bill.net is not None:
        return bill.net.value if bill.net.unit == bill.total.unit else None
    nets = [line.net.value for line in lines if line.net is not None]
    if lines and len(nets) == len(lines):
        return sum(nets, ZERO)
    amounts = [tax.amount.value for tax in bill.taxes if tax.amount is not None and tax.amount.unit == bill.total.unit]
    return bill.total.value - sum(amounts, ZERO) if len(amounts) == len(bill.taxes) else None


def _taxed(bill: Bill) -> list[tuple[Tax, Money]]:
    """The taxes of a bill, those of one kind and rate together; none where a rate or an amount is not stated."""
    found: dict[tuple[str, Decimal], tuple[Tax, Money]] = {}
    for tax in bill.taxes:
        rate = rate_of(tax)
        if rate is None or tax.amount is None or bill.total is None or tax.amount.unit != bill.total.unit:
            return []
        if rate:
            key = (_kind(tax), rate)
            found[key] = (tax, found[key][1] + tax.amount if key in found else tax.amount)
    return list(found.values())


def _kind(tax: Tax) -> str:
    """The word for a tax without its rate: "TVA 20 %" and "TVA 5,5 %" are one."""
    return "".join(sign for sign in tax.category.casefold() if sign.isalpha())


def _by_rates_of_lines(bill: Bill, tax: Tax, amount: Money, lines: Sequence[BillLine]) -> TaxSum:
    own = [line for line in lines if rate_of(line.taxes[0]) == rate_of(tax)]
    parts = [part.value for line in own if (part := line.taxes[0].amount) is not None]
    found = [sum(parts, ZERO)] if len(parts) == len(own) else []
    for rate in rates_of(tax):
        found += taxes_by_line(own, rate)
        found += [one * rate for one in nets_together(own)]
        prices = [line.gross.value for line in own if line.gross is not None]
        if len(prices) == len(own):
            found.append(sum(prices, ZERO) * rate / (1 + rate))
    return TaxSum(amount, tuple(found), CENT + hidden_of(own, bill) * (rate_of(tax) or ZERO), tax.category)


def nets_together(lines: Sequence[BillLine]) -> list[Decimal]:
    """What lines come to without tax: as stated, before they were rounded, and each rounded to the cent; empty where
    one does not say."""
    nets = [line.net.value for line in lines if line.net is not None]
    if len(nets) < len(lines):
        return []
    exact = [line.exact.value if line.exact is not None else net for line, net in zip(lines, nets, strict=True)]
    return [sum(nets, ZERO), sum(exact, ZERO), *added_in_cents(nets)]


def _by_amounts(
    bill: Bill, tax: Tax, amount: Money, lines: Sequence[BillLine], net: Decimal, *, is_alone: bool
) -> TaxSum:
    """A tax whose amounts nobody names: it may be on all of the bill, and on no more than that without its credits."""
    rate, hidden = rate_of(tax) or ZERO, hidden_of(lines, bill)
    low, high = _most(net, lines)
    others = sum((abs(one.amount.value) for one in bill.taxes if one.amount is not None and one is not tax), ZERO)
    leeway = CENT + hidden + (ZERO if is_alone else len(lines) * HALF + others * rate)
    if not lines:  # nobody knows of how many lines the tax was made
        leeway += abs(net) * rate * _UNLISTED
    likely: list[Decimal] = []
    if is_alone:
        likely = [net * one for one in rates_of(tax)] + (taxes_by_line(lines, rate) if lines else [])
        if any(rate_of(one) == 0 for one in bill.taxes):
            likely += [(net - one) * rate for one in _perhaps_free(lines)]
    return TaxSum(amount, tuple(likely), CENT + hidden, tax.category, (low * rate, high * rate), leeway)


def _most(net: Decimal, lines: Iterable[BillLine]) -> tuple[Decimal, Decimal]:
    """The least and the most that may be taxed: any line may be free of tax, a credit as well."""
    amounts = [amount.value for line in lines if (amount := line.net or amount_of(line)) is not None]
    more, less = sum((x for x in amounts if x > 0), ZERO), sum((x for x in amounts if x < 0), ZERO)
    low = net - more if less or net < 0 else ZERO
    high = net - less if more or net > 0 else ZERO
    return min(low, net, ZERO), max(high, net, ZERO)


def _perhaps_free(lines: Sequence[BillLine]) -> list[Decimal]:
    """What a row of no tax may be: one line of the bill, or all of its credits."""
    amounts = [amount.value for line in lines if (amount := line.net or amount_of(line)) is not None]
    return [*amounts, sum((one for one in amounts if one < 0), ZERO)]
