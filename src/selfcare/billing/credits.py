"""Adds up a bill; a credit that is written as a positive amount is taken off where only so the sum fits."""

from __future__ import annotations

from collections.abc import Sequence

from selfcare.domain.bills import Bill, BillLine
from selfcare.domain.records import Struct, replace

from .amounts import amount_of
from .arithmetic import Arithmetic, Check, Outcome, check_as_stated

_CREDIT = "appliedbillingcredit"
"""TMF678's word for a credit, whose amount the standard has positive."""


_FITS = frozenset({Outcome.EXACT, Outcome.ROUNDED})


class AddedUp(Struct, frozen=True):
    """The lines of a bill as they add up, and what came of adding them up. `credits_off`: other signs than stated."""

    lines: Sequence[BillLine]
    arithmetic: Arithmetic
    credits_off: bool = False


def added_up(bill: Bill, lines: Sequence[BillLine]) -> AddedUp:
    """Add up a bill. Credits written as positive amounts are taken off only where the sum is wrong as stated and right
    with all of them taken off; in any other case nothing is turned round."""
    found = check_as_stated(bill, lines)
    if not any(_is_positive_credit(line) for line in lines) or not _is_wrong(found):
        return AddedUp(lines, found)
    turned = tuple(_turned(line) if _is_positive_credit(line) else line for line in lines)
    other = check_as_stated(bill, turned)
    if not _is_right(other):
        return AddedUp(lines, found)
    return AddedUp(turned, replace(other, credits_off=True), credits_off=True)


def check_bill(bill: Bill, lines: Sequence[BillLine]) -> Arithmetic:
    """Hold the lines of a bill, its taxes and its total against each other, its credits taken off where `added_up` says
    so."""
    return added_up(bill, lines).arithmetic


def lines_as_meant(bill: Bill, lines: Sequence[BillLine]) -> Sequence[BillLine]:
    """The lines of a bill with its credits taken off where `added_up` says so; they are not summed up without one."""
    return added_up(bill, lines).lines if any(map(_is_positive_credit, lines)) else lines


def _is_positive_credit(line: BillLine) -> bool:
    if not line.is_billed or _plain(line.kind_word) != _CREDIT:
        return False
    amount = amount_of(line)
    return amount is not None and amount.value > 0


def _plain(word: str) -> str:
    return "".join(sign for sign in word.casefold() if sign.isalpha())


def _turned(line: BillLine) -> BillLine:
    """The line with every amount of it negative."""
    taxes = tuple(replace(tax, amount=None if tax.amount is None else -tax.amount) for tax in line.taxes)
    gross, net, exact = (None if part is None else -part for part in (line.gross, line.net, line.exact))
    return replace(line, gross=gross, net=net, exact=exact, taxes=taxes)


def _is_wrong(found: Arithmetic) -> bool:
    return any(one.check is Check.LINES_TOTAL and one.outcome not in _FITS for one in found.sums)


def _is_right(found: Arithmetic) -> bool:
    """The total is that of the lines, and so is the amount without tax, where it is stated."""
    sums = [one for one in found.sums if one.check in {Check.LINES_TOTAL, Check.LINES_NET}]
    has_total = any(one.check is Check.LINES_TOTAL for one in sums)
    return has_total and all(one.outcome in _FITS for one in sums)
