"""The lines of an electronic invoice that its total is made of, and what a line comes to before it was rounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from selfcare.domain.einvoices import EInvoice, InvoiceLine

from .rounding import is_rounding_of

ZERO = Decimal(0)
_APART = ("GROUP", "INFORMATION")


def counted_lines(invoice: EInvoice) -> tuple[InvoiceLine, ...]:
    """The lines that the total is made of: neither the sums of sub-lines nor lines that only inform.

    Where the invoice does not say what its sub-lines are (Factur-X EXTENDED leaves it open), they are read in the way
    that fits the stated sum: the sub-lines count, or the lines above them, or both.
    """
    lines = tuple(line for line in invoice.lines if line.role not in _APART)
    above = {line.parent for line in lines if line.parent}
    if not any(line.number in above and not line.role for line in lines):
        return lines
    wanted = invoice.line_total if invoice.line_total is not None else invoice.net
    readings: tuple[Callable[[InvoiceLine], bool], ...] = (
        lambda line: bool(line.role) or line.number not in above,
        lambda line: not line.parent,
        lambda _line: True,
    )
    found = [tuple(filter(reading, lines)) for reading in readings]
    return min(found, key=lambda own: _far(own, wanted))


def _far(lines: tuple[InvoiceLine, ...], wanted: Decimal | None) -> Decimal:
    if wanted is None or any(line.amount is None for line in lines):
        return Decimal("Infinity")
    return abs(added(line.amount for line in lines) - wanted)


def exact_of(line: InvoiceLine) -> Decimal | None:
    """Quantity at the stated price, with the line's own allowances and charges, not rounded; None where not stated."""
    if line.quantity is None or line.price is None or line.per == 0:
        return None
    if any(part.amount is None for part in line.corrections):
        return None
    own = sum(((part.amount or ZERO) * (1 if part.is_charge else -1) for part in line.corrections), ZERO)
    return line.quantity * line.price / (line.per or Decimal(1)) + own


def unrounded(line: InvoiceLine) -> Decimal | None:
    """What the line's amount was before it was rounded: quantity at price where that rounds to it, else the amount."""
    exact = exact_of(line)
    if line.amount is None or exact is None or not is_rounding_of(line.amount, exact):
        return line.amount
    return exact


def is_cut(line: InvoiceLine) -> bool:
    """The price has more decimals than are stated: the amount is another one than quantity at price."""
    exact = exact_of(line)
    return line.amount is not None and exact is not None and not is_rounding_of(line.amount, exact)


def added(amounts: Iterable[Decimal | None]) -> Decimal:
    """The sum of what is stated."""
    return sum((amount for amount in amounts if amount is not None), ZERO)
