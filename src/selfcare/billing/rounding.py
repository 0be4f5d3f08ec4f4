"""How far an honest sum may be off: told by what the bill shows, not by how many lines it has.

A monthly price, a fee and what an e-invoice lists are amounts of their own: their sum is exact. Decimals are hidden
where a line is a product that is not printed: use (minutes at a price), a part of a month, a discount (a part of a
price); and on every line where the figures of one of them show it: amount without tax, tax and amount with tax that do
not fit to the cent. Only there may a sum be off by the decimals that were dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
    getcontext,
)

from selfcare.domain.bills import Bill, BillLine, LineKind
from selfcare.domain.money import CENT, Money

from .amounts import amount_of, only_rate, rate_of

HALF = Decimal("0.005")
"""What an honest rounding to the cent changes at most."""

FEW = 5 * CENT
"""What is called a rounding without a doubt; of more than that the two numbers are said."""

WAYS = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN, ROUND_UP)
"""The usual ways to round to the cent."""

_PRODUCTS = {LineKind.USAGE, LineKind.CREDIT}
_WHOLE_MONTH = 28

_CHANCE = Decimal("1.2")
"""Four standard deviations of a figure that is rounded, as a part of its last decimal (one is 1 / √12 of it)."""

_FEW_LINES = Decimal("0.20")
"""Where only a few lines hide decimals, all may hide most of a cent."""

_COINS = {"CHF": Decimal("0.05")}

ZERO = Decimal(0)


def in_coins(sums: Iterable[Decimal], total: Money) -> list[Decimal]:
    """What these sums are in a currency without small coins: a Swiss bill is rounded to five centimes."""
    coin = _COINS.get(total.unit)
    return [(one / coin).quantize(Decimal(1), ROUND_HALF_UP) * coin for one in sums] if coin else []


def is_rounding_of(stated: Decimal, exact: Decimal) -> bool:
    """The stated figure is the exact one, rounded to its own decimals in one of the usual ways."""
    unit = last_decimal(stated)
    if exact.adjusted() - unit.adjusted() >= getcontext().prec:  # no figure has so many decimals: it is a quotient
        return exact == stated
    return any(exact.quantize(unit, way) == stated for way in WAYS)


def last_decimal(figure: Decimal) -> Decimal:
    """One unit of its last decimal; JSON drops zeros at the end, so cents are the least."""
    exponent = figure.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, -2) if isinstance(exponent, int) else -2)


def hidden_of(lines: Sequence[BillLine], bill: Bill) -> Decimal:
    """How much the hidden decimals of these lines may come to together.

    Each may have been rounded, by half of its last decimal at most, or cut off: then by all of it, but many together by
    half of it each and what chance adds, which grows with the root of their number.
    """
    show_it = any(map(_shows_hidden, lines))
    units = [_unit(line) for line in lines if show_it or _is_a_product(line)]
    units += [unit for line in lines if (unit := _unit(line)) < CENT and not (show_it or _is_a_product(line))]
    rates_of_lines = len(lines) * HALF if _has_unprinted_rates(bill, lines) else ZERO
    most = sum(units, ZERO)
    by_chance = _CHANCE * sum((unit * unit for unit in units), ZERO).sqrt()
    return min(most, most / 2 + max(_FEW_LINES, by_chance)) + rates_of_lines


def added_in_cents(amounts: Sequence[Decimal]) -> list[Decimal]:
    """The sums of amounts with more than two decimals, each of them rounded to the cent before; else empty."""
    if all(last_decimal(amount) == CENT for amount in amounts):
        return []
    return [sum((amount.quantize(CENT, way) for amount in amounts), ZERO) for way in WAYS]


def _unit(line: BillLine) -> Decimal:
    amount = line.exact if line.exact is not None else line.net if line.net is not None else amount_of(line)
    return last_decimal(amount.value) if amount is not None and amount.value else ZERO


def _is_a_product(line: BillLine) -> bool:
    """Use, a discount, or a part of a month: none is a price of its own. Not where the exact amount is known."""
    if line.exact is not None:
        return False
    if line.kind in _PRODUCTS:
        return True
    days = (line.ends - line.starts).days + 1 if line.starts is not None and line.ends is not None else 0
    return line.kind is LineKind.RECURRING and 0 < days < _WHOLE_MONTH


def _shows_hidden(line: BillLine) -> bool:
    """Its amount without tax, its tax and its amount with tax are a cent apart: there was more than is printed."""
    if line.gross is None or line.net is None or len(line.taxes) != 1 or line.taxes[0].amount is None:
        return False
    return 0 < abs(line.gross.value - line.net.value - line.taxes[0].amount.value) <= CENT


def _has_unprinted_rates(bill: Bill, lines: Iterable[BillLine]) -> bool:
    """The bill has several rates of tax, or states none of its tax, and its lines do not say theirs: then nobody can
    tell how the tax of each was rounded."""
    is_untold = not bill.taxes and bill.net is not None and bill.net != bill.total
    is_untold = is_untold or len({rate_of(tax) for tax in bill.taxes}) > 1
    return is_untold and any(not line.taxes and line.gross is not None for line in lines)


def are_prices_with_tax(nets: Sequence[Decimal], factor: Decimal, gross: Decimal) -> bool:
    """A sum of prices with tax in whole cents whose parts without tax round to these, or are cut off to these."""
    least, most = prices_with_tax(nets, factor)
    if least <= gross <= most:
        return True
    near = least - _FEW_LINES <= gross <= most + _FEW_LINES
    return near and gross in _sums_of_cut_prices(nets, factor)


def prices_with_tax(nets: Iterable[Decimal], factor: Decimal) -> tuple[Decimal, Decimal]:
    """The least and the most that prices with tax in whole cents come to, whose parts without tax round to these."""
    least = most = ZERO
    for net in nets:
        half = last_decimal(net) / 2
        least += ((net - half) * factor).quantize(CENT, ROUND_CEILING)
        most += ((net + half) * factor).quantize(CENT, ROUND_FLOOR)
    return least, most


def _sums_of_cut_prices(nets: Iterable[Decimal], factor: Decimal) -> set[Decimal]:
    """What prices with tax may come to whose parts without tax are cut off to these; equal ones are of equal prices."""
    sums = {ZERO}
    for net, count in Counter(nets).items():
        unit = last_decimal(net).copy_sign(net)
        near, far = sorted((abs(net * factor), abs((net + unit) * factor)))
        least, most = near.quantize(CENT, ROUND_CEILING), far.quantize(CENT, ROUND_FLOOR)
        prices = [least + CENT * n for n in range(int((most - least) / CENT) + 1)]
        sums = {one + (price * count).copy_sign(net) for one in sums for price in prices}
    return sums


def nets_of_prices(lines: Sequence[BillLine], rate: Decimal) -> list[list[Decimal]]:
    """The prices without tax, in whole cents, from which prices with tax were made, for each way of rounding by which
    all of them can be."""
    found: list[list[Decimal]] = []
    for way in WAYS:
        nets = [_net_of_price(line.gross.value, rate, way) for line in lines if line.gross is not None]
        whole = [net for net in nets if net is not None]
        if len(whole) == len(lines) and whole not in found:
            found.append(whole)
    return found


def _net_of_price(gross: Decimal, rate: Decimal, way: str) -> Decimal | None:
    near = (gross / (1 + rate)).quantize(CENT, ROUND_HALF_UP)
    around = (near, near - CENT, near + CENT)
    return next((net for net in around if net + (net * rate).quantize(CENT, way) == gross), None)


def totals_by_rate(bill: Bill, lines: Sequence[BillLine]) -> list[Decimal]:
    """What the total may be where the lines state only prices with tax and the bill one rate: the tax was made once, of
    the sum of the prices without it."""
    rate = only_rate(bill)
    if not rate or any(line.gross is None or line.net is not None or line.taxes for line in lines):
        return []
    return [sum(nets, ZERO) * (1 + rate) for nets in nets_of_prices(lines, rate)]


def taxes_by_line(lines: Sequence[BillLine], rate: Decimal) -> list[Decimal]:
    """What the tax of one rate may be where it was made for each line, and the lines state only prices with it, or
    only prices without."""
    nets = [line.net.value for line in lines if line.net is not None]
    by_net: list[Decimal] = []
    if len(nets) == len(lines):
        by_net = [sum(((net * rate).quantize(CENT, way) for net in nets), ZERO) for way in WAYS]
    if any(line.gross is None for line in lines):
        return by_net
    prices = [line.gross.value for line in lines if line.gross is not None]
    within = [sum(((price * rate / (1 + rate)).quantize(CENT, way) for price in prices), ZERO) for way in WAYS]
    without = [sum((price - (price / (1 + rate)).quantize(CENT, way) for price in prices), ZERO) for way in WAYS]
    return [*by_net, *within, *without, *(sum(prices, ZERO) - sum(nets, ZERO) for nets in nets_of_prices(lines, rate))]
