"""How far an honest sum may be off: told by what the bill shows, not by how many lines it has.

A monthly price, a fee and what an e-invoice lists are amounts of their own: their sum is exact. Decimals are hidden
where a line is a product that is not printed: use (minutes at a price), a part of a month, a discount (a part of a
price); and on every line where the figures of one of them show it: amount without tax, tax and amount with tax that do
not fit to the cent. Only there may a sum be off by the decimals that were dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from selfcare.domain.bills import Bill, BillLine, LineKind
from selfcare.domain.money import CENT

from .amounts import amount_of, only_rate, rate_of

HALF = Decimal("0.005")
"""What an honest rounding to the cent changes at most."""

WAYS = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN, ROUND_UP)
"""The usual ways to round to the cent."""

_PRODUCTS = {LineKind.USAGE, LineKind.CREDIT}
_WHOLE_MONTH = 28

ZERO = Decimal(0)


def is_rounding_of(stated: Decimal, exact: Decimal) -> bool:
    """The stated figure is the exact one, rounded to its own decimals in one of the usual ways."""
    unit = last_decimal(stated)
    return any(exact.quantize(unit, way) == stated for way in WAYS)


def last_decimal(figure: Decimal) -> Decimal:
    """One unit of its last decimal; JSON drops zeros at the end, so cents are the least."""
    exponent = figure.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, -2) if isinstance(exponent, int) else -2)


def hidden_of(lines: Sequence[BillLine], bill: Bill) -> Decimal:
    """How much the hidden decimals of these lines may come to together: each may have been rounded, or cut off."""
    show_it = any(map(_shows_hidden, lines))
    units = [_unit(line) for line in lines if show_it or _is_a_product(line)]
    fine = [unit for line in lines if (unit := _unit(line)) < CENT and not (show_it or _is_a_product(line))]
    rates_of_lines = len(lines) * HALF if _has_unprinted_rates(bill, lines) else ZERO
    return sum(units, ZERO) + sum(fine, ZERO) + rates_of_lines


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


def prices_with_tax(nets: Iterable[Decimal], factor: Decimal) -> tuple[Decimal, Decimal]:
    """The least and the most that prices with tax in whole cents come to, whose parts without tax round to these."""
    least = most = ZERO
    for net in nets:
        half = last_decimal(net) / 2
        least += ((net - half) * factor).quantize(CENT, ROUND_CEILING)
        most += ((net + half) * factor).quantize(CENT, ROUND_FLOOR)
    return least, most


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
    if len(nets) == len(lines):
        return [sum(((net * rate).quantize(CENT, way) for net in nets), ZERO) for way in WAYS]
    if any(line.gross is None for line in lines):
        return []
    prices = [line.gross.value for line in lines if line.gross is not None]
    within = [sum(((price * rate / (1 + rate)).quantize(CENT, way) for price in prices), ZERO) for way in WAYS]
    return within + [sum(prices, ZERO) - sum(nets, ZERO) for nets in nets_of_prices(lines, rate)]
