"""Whether a bill is right: its lines, taxes and total, with the rounding that the bill itself uses."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from selfcare.domain.bills import Bill, BillLine
from selfcare.domain.money import CENT, Money
from selfcare.domain.records import Struct

from .amounts import amount_of, only_rate, rate_of
from .rounding import (
    FEW,
    HALF,
    added_in_cents,
    are_prices_with_tax,
    hidden_of,
    in_coins,
    is_rounding_of,
    last_decimal,
    totals_by_rate,
)
from .taxes import TaxSum, bases_of, nets_together, rates_of, taxes_of

ZERO = Decimal(0)


class Check(StrEnum):
    """What was added up."""

    LINE = "line"
    LINE_TAX = "lineTax"
    LINES_NET = "linesNet"
    LINES_TOTAL = "linesTotal"
    TAX = "tax"
    TAX_MOST = "taxMost"
    TAX_BASES = "taxBases"
    NET_AND_TAX = "netAndTax"


class Outcome(StrEnum):
    """What came of it; ROUNDED is a few cents that honest rounding explains, and is never an accusation.

    UNTOLD is neither right nor wrong by what the bill shows: only decimals that it hides explain so much, or it does
    not say which amounts are taxed.
    """

    EXACT = "exact"
    ROUNDED = "rounded"
    UNTOLD = "untold"
    WRONG = "wrong"


class Unknown(StrEnum):
    """Why the lines could not be held against the total."""

    NO_TOTAL = "noTotal"
    NO_LINES = "noLines"
    NO_AMOUNT = "noAmount"
    CURRENCIES = "currencies"
    NET_ONLY = "netOnly"


class Sum(Struct, frozen=True):
    """One sum: what the bill states, what it should be, and the line or tax that it is about."""

    check: Check
    outcome: Outcome
    stated: Money
    computed: Money
    name: str = ""

    @property
    def off(self) -> Money:
        """How much more the bill states (negative: less)."""
        return self.stated - self.computed


class Arithmetic(Struct, frozen=True):
    """Every sum that could be checked, and why others could not."""

    sums: tuple[Sum, ...]
    unknown: Unknown | None = None
    credits_off: bool = False
    """Credits stand there as positive amounts, and were taken off."""

    @property
    def errors(self) -> tuple[Sum, ...]:
        """The sums that no honest rounding explains, the largest first."""
        wrong = [one for one in self.sums if one.outcome is Outcome.WRONG]
        return tuple(sorted(wrong, key=lambda one: -abs(one.off.value)))

    @property
    def untold(self) -> tuple[Sum, ...]:
        """The sums that are neither right nor wrong by what the bill shows."""
        return tuple(one for one in self.sums if one.outcome is Outcome.UNTOLD)

    @property
    def rounding(self) -> Sum | None:
        """The sum of lines that is right but for a rounding, if one is."""
        rounded = [one for one in self.sums if one.outcome is Outcome.ROUNDED and one.check is not Check.LINE]
        return max(rounded, key=lambda one: abs(one.off.value), default=None)


def check_as_stated(bill: Bill, lines: Sequence[BillLine]) -> Arithmetic:
    """Hold the lines of a bill, its taxes and its total against each other, with the signs that they have.

    A sum is exact where one way of rounding gives the stated figure: prices with or without tax, with two or more
    decimals, tax for each line or for each rate, rounded half up, half to even, down or up. Otherwise it is rounded
    where no more is missing than a cent for each taxed group and the decimals that the bill itself shows to be hidden
    (see rounding.hidden_of): untold where that is more than a few cents. Else it is wrong.
    """
    billed = [line for line in lines if line.is_billed]
    sums = [*_header(bill), *(found for line in billed for found in _line(line))]
    if bill.total is None:
        return Arithmetic(tuple(sums), Unknown.NO_TOTAL)
    if not billed:
        return Arithmetic((*sums, *_taxes(bill, [])), Unknown.NO_LINES)
    unit = bill.total.unit
    if any(amount.unit != unit for line in billed for amount in _amounts(line)):
        return Arithmetic(tuple(sums), Unknown.CURRENCIES)
    sums += _net_of_lines(bill, billed)
    sums += _taxes(bill, billed)
    found = _total_of_lines(bill, bill.total, billed)
    if isinstance(found, Sum):
        return Arithmetic((*sums, found))
    return Arithmetic(tuple(sums), found)


def _judged(
    check: Check,
    stated: Money,
    candidates: Sequence[Decimal],
    slack: Decimal,
    name: str = "",
    *,
    possible: tuple[Decimal, Decimal] | None = None,
    leeway: Decimal = ZERO,
    surely: Decimal = FEW,
) -> Sum:
    """`possible`: between these two figures, give or take `leeway`, nobody can tell. `surely`: no more than this is
    called a rounding."""
    likely = candidates or possible or (ZERO,)
    nearest = min(likely, key=lambda one: abs(stated.value - one))
    off = min(abs(stated.value - nearest), abs(stated.value - _shown(nearest)))
    if any(is_rounding_of(stated.value, one) for one in candidates):
        outcome = Outcome.EXACT
    elif candidates and off <= max(min(slack, surely), CENT):
        outcome = Outcome.ROUNDED
    elif (candidates and off <= slack) or (possible and possible[0] - leeway <= stated.value <= possible[1] + leeway):
        outcome = Outcome.UNTOLD
    else:
        outcome = Outcome.WRONG
    computed = stated if outcome is Outcome.EXACT else Money(_shown(nearest), stated.unit)
    return Sum(check, outcome, stated, computed, name)


def _shown(figure: Decimal) -> Decimal:
    return figure.quantize(CENT, ROUND_HALF_UP) if figure.adjusted() < 20 else figure


def _header(bill: Bill) -> list[Sum]:
    """Net and taxes make the total; each tax is rounded by itself, and so are the other two."""
    if bill.total is None or bill.net is None or not bill.taxes:
        return []
    amounts = [tax.amount for tax in bill.taxes]
    stated = [amount for amount in amounts if amount is not None and amount.unit == bill.total.unit]
    if len(stated) < len(amounts) or bill.net.unit != bill.total.unit:
        return []
    computed = sum((amount.value for amount in stated), bill.net.value)
    return [
        _judged(Check.NET_AND_TAX, bill.total, [computed, *in_coins([computed], bill.total)], (len(stated) + 2) * HALF)
    ]


def _line(line: BillLine) -> list[Sum]:
    """A line's own net, tax and gross, and the tax that its rate makes."""
    if line.net is None or any(tax.amount is None or tax.amount.unit != line.net.unit for tax in line.taxes):
        return []
    taxes = [tax.amount.value for tax in line.taxes if tax.amount is not None]
    found: list[Sum] = []
    if line.gross is not None and line.taxes and line.gross.unit == line.net.unit:
        found.append(_judged(Check.LINE, line.gross, [sum(taxes, line.net.value)], len(taxes) * CENT, line.name))
    rate = rate_of(line.taxes[0]) if len(line.taxes) == 1 else None
    amount = line.taxes[0].amount if len(line.taxes) == 1 else None
    if rate is not None and amount is not None:
        slack = 2 * HALF + (1 + rate) * HALF
        candidates = [line.net.value * one for one in rates_of(line.taxes[0])]
        least, *_others, most = sorted((ZERO, *candidates))
        found.append(_judged(Check.LINE_TAX, amount, candidates, slack, line.name, possible=(least, most)))
    return found


def _net_of_lines(bill: Bill, lines: Sequence[BillLine]) -> list[Sum]:
    nets = [line.net.value for line in lines if line.net is not None]
    if bill.net is None or len(nets) < len(lines) or bill.total is None or bill.net.unit != bill.total.unit:
        return []
    candidates = [sum(map(_exact, lines), ZERO), *nets_together(lines)]
    shares = [share for line in lines if (share := _share(line, only_rate(bill))) is not None]
    if len(shares) == len(lines):  # prices with tax: the net is what is left of them
        candidates += [sum(shares, ZERO), *added_in_cents(shares)]
    candidates += _left_of_prices(bill, nets, bill.net.value)
    return [_judged(Check.LINES_NET, bill.net, candidates, _groups(bill, lines) * CENT + hidden_of(lines, bill))]


def _groups(bill: Bill, lines: Sequence[BillLine]) -> int:
    """How many sums without tax were rounded: one for each rate where the lines have more than two decimals."""
    is_fine = any(line.net is not None and last_decimal(line.net.value) < CENT for line in lines)
    return max(1, len(bill.taxes)) if is_fine else 1


def _left_of_prices(bill: Bill, nets: Sequence[Decimal], net: Decimal) -> list[Decimal]:
    """The net that the bill states, where its only rate was in the prices and its lines are what is left of these."""
    rate = only_rate(bill)
    if not rate or bill.total is None or not is_rounding_of(net, bill.total.value / (1 + rate)):
        return []
    return [net] if are_prices_with_tax(nets, 1 + rate, bill.total.value) else []


def _exact(line: BillLine) -> Decimal:
    """The amount without tax, before it was rounded where that is known."""
    net = line.net.value if line.net is not None else ZERO
    is_it = line.exact is not None and is_rounding_of(net, line.exact.value)
    return line.exact.value if line.exact is not None and is_it else net


def _share(line: BillLine, only: Decimal | None) -> Decimal | None:
    """The net that a price with tax contains, not rounded; `only` is the rate of a bill that has one."""
    rate = rate_of(line.taxes[0]) if len(line.taxes) == 1 else only if not line.taxes else None
    return line.gross.value / (1 + rate) if line.gross is not None and rate is not None else None


def _taxes(bill: Bill, lines: Sequence[BillLine]) -> list[Sum]:
    """Each tax of the bill, and the amounts that taxes of several rates are on."""
    found = [_tax(Check.TAX if one.likely else Check.TAX_MOST, one) for one in taxes_of(bill, lines)]
    bases = bases_of(bill, lines)
    if bases is not None and all(one.outcome is not Outcome.WRONG for one in found):
        found.append(_tax(Check.TAX_BASES, bases, bases.slack))
    return found


def _tax(check: Check, one: TaxSum, surely: Decimal = FEW) -> Sum:
    return _judged(
        check, one.stated, one.likely, one.slack, one.name, possible=one.possible, leeway=one.leeway, surely=surely
    )


def _total_of_lines(bill: Bill, total: Money, lines: Sequence[BillLine]) -> Sum | Unknown:
    if any(amount_of(line) is None for line in lines):
        return Unknown.NO_AMOUNT
    header = [tax.amount.value for tax in bill.taxes if tax.amount is not None and tax.amount.unit == total.unit]
    tax = sum(header, ZERO) if len(header) == len(bill.taxes) and header else None
    nets = [line.net.value for line in lines if line.net is not None]
    are_net = all(line.gross is None and not line.taxes for line in lines)
    if tax is None and bill.net is not None and bill.net.unit == total.unit:
        tax = total.value - bill.net.value
    if are_net and tax is None:
        return Unknown.NET_ONLY
    candidates: list[Decimal] = []
    if len(nets) == len(lines) and tax is not None:
        candidates += [one + tax for one in (sum(map(_exact, lines), ZERO), *nets_together(lines))]
    if are_net and bill.net is not None:
        candidates += [one + (tax or ZERO) for one in _left_of_prices(bill, nets, bill.net.value)]
    if not are_net:
        amounts = [amount.value for line in lines if (amount := amount_of(line)) is not None]
        candidates += [sum(amounts, ZERO), *added_in_cents(amounts)]
        rates = [rate_of(line.taxes[0]) if len(line.taxes) == 1 else None for line in lines]
        if len(nets) == len(lines) and None not in rates:
            candidates.append(sum((net * (1 + (rate or 0)) for net, rate in zip(nets, rates, strict=True)), ZERO))
        candidates += totals_by_rate(bill, lines)
    candidates += in_coins(candidates, total)
    groups = max(1, sum(bool(rate_of(tax)) for tax in bill.taxes))
    return _judged(Check.LINES_TOTAL, total, candidates, groups * CENT + hidden_of(lines, bill))


def _amounts(line: BillLine) -> list[Money]:
    found = [line.gross, line.net, *(tax.amount for tax in line.taxes)]
    return [amount for amount in found if amount is not None]
