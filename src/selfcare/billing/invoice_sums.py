"""Adds up an electronic invoice by the rules of its standard, with the roundings that its own figures explain.

How far a sum may be off is told by the invoice itself, not by how many lines it has: a sum of lines may have been made
before they were rounded (quantity at price), a tax for each line or for each rate, and prices may be with tax, so that
what is left of them without it does not add up to the cent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from selfcare.domain.einvoices import Correction, EInvoice, InvoiceLine, TaxShare
from selfcare.domain.money import CENT

from .findings import Fault, Finding
from .invoice_parts import ZERO, added, counted_lines, exact_of, is_cut, unrounded
from .rounding import FEW, HALF, WAYS, are_prices_with_tax

EXTENDED = "EXTENDED"
FIRST = "ZUGFeRD 1"


def sums(invoice: EInvoice) -> Iterator[tuple[Finding, bool]]:
    """Every sum that is not exact, and whether the standard allows it."""
    lenient = invoice.profile == EXTENDED or invoice.syntax == FIRST
    lines = counted_lines(invoice)
    with_tax = _is_priced_with_tax(invoice, lines)
    added_up = added(line.amount for line in lines)
    beside = (invoice.charge_total or ZERO) - (invoice.allowance_total or ZERO)
    if lines and None not in [line.amount for line in lines] and invoice.line_total is not None:
        is_of_prices = with_tax and invoice.line_total + beside == invoice.net
        is_explained = is_of_prices or _fits(invoice.line_total, lines, len(invoice.taxes))
        yield from _off(
            "BR-CO-10", "BT-106", invoice.line_total, added_up, CENT, is_lenient=lenient, is_explained=is_explained
        )
    for rule, field, stated, parts in (
        ("BR-CO-11", "BT-107", invoice.allowance_total, [p for p in invoice.corrections if not p.is_charge]),
        ("BR-CO-12", "BT-108", invoice.charge_total, [p for p in invoice.corrections if p.is_charge]),
    ):
        amounts = [part.amount for part in parts]
        if (stated is not None or parts) and None not in amounts and (parts or lines):
            yield from _off(rule, field, stated or ZERO, added(amounts), CENT, is_lenient=lenient)
    if invoice.line_total is not None and invoice.net is not None:
        computed, is_explained = invoice.line_total + beside, with_tax and invoice.line_total == added_up
        yield from _off(
            "BR-CO-13", "BT-109", invoice.net, computed, CENT, is_lenient=lenient, is_explained=is_explained
        )
    yield from _taxes_and_totals(invoice, is_lenient=lenient)
    for share in invoice.taxes:
        yield from _share_sums(invoice, share, lines, with_tax=with_tax)
    decimals = _decimals_of_prices(invoice)
    for line in lines:
        yield from _line_sum(line, decimals)
    yield from _groups(invoice, lines)


def _taxes_and_totals(invoice: EInvoice, *, is_lenient: bool) -> Iterator[tuple[Finding, bool]]:
    tax = _tax_of(invoice)
    if invoice.taxes and tax is not None and None not in [share.amount for share in invoice.taxes]:
        slack = max(CENT, (len(invoice.taxes) + 1) * HALF)
        computed = added(share.amount for share in invoice.taxes)
        yield from _off("BR-CO-14", "BT-110", tax, computed, slack, is_lenient=is_lenient)
    if invoice.net is not None and invoice.gross is not None and tax is not None:
        yield from _off("BR-CO-15", "BT-112", invoice.gross, invoice.net + tax, CENT, is_lenient=is_lenient)
    if invoice.due is not None and invoice.gross is not None:
        computed = invoice.gross - (invoice.prepaid or ZERO) + (invoice.rounding or ZERO)
        yield from _off("BR-CO-16", "BT-115", invoice.due, computed, CENT, is_lenient=is_lenient)


def _share_sums(
    invoice: EInvoice, share: TaxShare, lines: tuple[InvoiceLine, ...], *, with_tax: bool
) -> Iterator[tuple[Finding, bool]]:
    """A tax is its rate of its basis, and the basis is made of the lines of that rate."""
    rate = (share.rate or ZERO) / 100
    own, parts = _of(share, lines), _parts_of(share, invoice)
    if share.basis is not None and share.amount is not None and share.rate is not None:
        is_explained = with_tax or share.amount in _taxes_by_line(own, parts, rate)
        computed = _cents(share.basis * rate)
        yield from _off("BR-CO-17", "BT-117", share.amount, computed, CENT, is_lenient=True, is_explained=is_explained)
    amounts = [*(line.amount for line in own), *(part.amount for part in parts)]
    if share.basis is None or not share.category or not lines or None in amounts or not all(x.category for x in lines):
        return
    corrections = _corrected(parts)
    yield from _off(
        f"BR-{share.category}-08",
        "BT-116",
        share.basis,
        added(line.amount for line in own) + corrections,
        CENT,
        is_lenient=True,
        is_explained=with_tax or _fits(share.basis - corrections, own) or _is_left_open(invoice),
    )


def _fits(stated: Decimal, lines: Sequence[InvoiceLine], bases: int = 1) -> bool:
    """The sum of these lines before each was rounded, in so many bases that were; half a cent more for each line whose
    price has hidden decimals."""
    exact = added(map(unrounded, lines))
    is_fine = exact != added(line.amount for line in lines)
    slack = CENT * (max(1, bases) if is_fine else 1) + HALF * sum(map(is_cut, lines))
    return abs(stated - exact) <= slack


def _taxes_by_line(lines: Sequence[InvoiceLine], parts: Sequence[Correction], rate: Decimal) -> set[Decimal]:
    """The tax of one rate, where it was made for each line, of its amount or of what that was before it was rounded."""
    signed = [(part.amount or ZERO) * (1 if part.is_charge else -1) for part in parts]
    found: set[Decimal] = set()
    for amounts in ([line.amount or ZERO for line in lines], [unrounded(line) or ZERO for line in lines]):
        found |= {sum(((one * rate).quantize(CENT, way) for one in (*amounts, *signed)), ZERO) for way in WAYS}
    return found


def _is_priced_with_tax(invoice: EInvoice, lines: tuple[InvoiceLine, ...]) -> bool:
    """Whether prices with tax explain the invoice: for each rate, basis and tax together are a sum of prices in whole
    cents whose parts without tax are the stated lines."""
    if not lines or not invoice.taxes or any(line.amount is None for line in lines):
        return False
    shared = sum(len(_of(share, lines)) for share in invoice.taxes)
    if invoice.net is not None and added(share.basis for share in invoice.taxes) != invoice.net:
        return False
    return shared == len(lines) and all(_is_share_of_prices(share, lines, invoice) for share in invoice.taxes)


def _is_share_of_prices(share: TaxShare, lines: tuple[InvoiceLine, ...], invoice: EInvoice) -> bool:
    if share.basis is None or share.amount is None:
        return False
    factor, gross = 1 + (share.rate or ZERO) / 100, share.basis + share.amount
    if abs(share.basis - gross / factor) > CENT:
        return False
    nets = [line.amount or ZERO for line in _of(share, lines)]
    nets += [(part.amount or ZERO) * (1 if part.is_charge else -1) for part in _parts_of(share, invoice)]
    return are_prices_with_tax(nets, factor, gross)


def _of(share: TaxShare, lines: Sequence[InvoiceLine]) -> tuple[InvoiceLine, ...]:
    rate = share.rate or ZERO
    return tuple(line for line in lines if line.category == share.category and (line.rate or ZERO) == rate)


def _parts_of(share: TaxShare, invoice: EInvoice) -> list[Correction]:
    return [part for part in invoice.corrections if _shares_of(part, invoice) == [share]]


def _shares_of(part: Correction, invoice: EInvoice) -> list[TaxShare]:
    """The taxes that an allowance or a charge may belong to: one, where it says so or the invoice has only one."""
    alike = [share for share in invoice.taxes if part.category in ("", share.category)]
    if part.rate is None and len(alike) == 1:
        return alike
    exactly = [share for share in alike if (share.rate or ZERO) == (part.rate or ZERO)]
    return exactly if part.category or part.rate is not None else alike


def _is_left_open(invoice: EInvoice) -> bool:
    """An allowance or a charge may belong to several taxes; together their bases are what the invoice has."""
    is_open = any(len(_shares_of(part, invoice)) > 1 for part in invoice.corrections)
    bases = added(share.basis for share in invoice.taxes)
    return is_open and invoice.net is not None and abs(bases - invoice.net) <= CENT


def _corrected(parts: Sequence[Correction]) -> Decimal:
    return sum(((part.amount or ZERO) * (1 if part.is_charge else -1) for part in parts), ZERO)


def _line_sum(line: InvoiceLine, decimals: int) -> Iterator[tuple[Finding, bool]]:
    """A line is its quantity at its price, with its own allowances and charges.

    A price may have been cut to the decimals of the other prices: half of the last one, times the quantity. Only a few
    cents of that are called a rounding.
    """
    computed = exact_of(line)
    if line.amount is None or computed is None or line.quantity is None:
        return
    hidden = abs(line.quantity / (line.per or Decimal(1))) * HALF.scaleb(2 - decimals)
    computed = _cents(computed)
    if FEW < abs(line.amount - computed) <= CENT + hidden:
        yield Finding(Fault.HIDDEN, "BT-131", "BT-131", line.number, stated=line.amount, computed=computed), True
        return
    yield from _off("BT-131", "BT-131", line.amount, computed, CENT + hidden, is_lenient=True, line=line.number)


def _decimals_of_prices(invoice: EInvoice) -> int:
    """The most decimals that a price of the invoice has, two at least: "5" is 5.00."""
    exponents = [line.price.as_tuple().exponent for line in invoice.lines if line.price is not None]
    return max(2, *(-one for one in exponents if isinstance(one, int)), 2)


def _groups(invoice: EInvoice, counted: tuple[InvoiceLine, ...]) -> Iterator[tuple[Finding, bool]]:
    """What stands above sub-lines is their sum (Factur-X EXTENDED); an amount of nothing there is only a title."""
    numbers = {line.number for line in counted}
    below: dict[str, list[Decimal | None]] = {}
    for line in invoice.lines:
        if line.parent and line.role != "INFORMATION":
            below.setdefault(line.parent, []).append(line.amount)
    for line in invoice.lines:
        amounts = below.get(line.number, [])
        if line.number in numbers or not line.amount or not amounts or None in amounts or line.role == "INFORMATION":
            continue
        yield from _off("BT-X-8", "BT-131", line.amount, added(amounts), CENT, is_lenient=True, line=line.number)


def _off(
    rule: str,
    field: str,
    stated: Decimal,
    computed: Decimal,
    slack: Decimal,
    *,
    is_lenient: bool,
    line: str = "",
    is_explained: bool = False,
) -> Iterator[tuple[Finding, bool]]:
    off = abs(stated - computed)
    if off <= HALF:  # a sum of lines with three decimals, rounded to the cent in either way
        return
    if off > slack and not is_explained:
        yield Finding(Fault.SUM, rule, field, line, stated=stated, computed=computed), False
    else:
        yield Finding(Fault.ROUNDING, rule, field, line, stated=stated, computed=computed), is_lenient


def _tax_of(invoice: EInvoice) -> Decimal | None:
    if invoice.tax is not None:
        return invoice.tax
    return ZERO if all(share.amount in (None, ZERO) for share in invoice.taxes) else None


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)
