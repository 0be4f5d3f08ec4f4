"""Whether what is printed on a bill is what its data say: total, amount to pay, currency, sign and number."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from selfcare.domain.einvoices import EInvoice
from selfcare.domain.money import CENT
from selfcare.domain.records import Struct

from .findings import Fault, Finding
from .printed import Label, PrintedTotal, amounts_with_tax, printed_amounts, printed_numbers, printed_totals

_MOST_BESIDE = 4
"""So many older debts and payments may make an amount to pay differ from the total."""


class Stated(Struct, frozen=True):
    """What the data say: the total, what is to be paid, and the currency ("": not stated).

    `is_credit` is for a credit note: it may be printed with a minus or without. `number` "" is not compared.
    """

    gross: Decimal | None
    due: Decimal | None
    unit: str = ""
    is_credit: bool = False
    number: str = ""


class Compared(Struct, frozen=True):
    """What came of it. `is_compared` is False where nothing printed could be held against the data; `doubt` is a total
    that is printed as the only one and is another, while the amount of the data stands elsewhere on the paper."""

    findings: tuple[Finding, ...] = ()
    is_compared: bool = False
    doubt: Finding | None = None


def stated_in(invoice: EInvoice) -> Stated:
    """What an electronic invoice says."""
    return Stated(invoice.gross, invoice.due, invoice.unit, invoice.is_credit, invoice.number)


def against_print(stated: Stated, text: str) -> Compared:
    """Hold the data of a bill against the words of its PDF: only an amount beside the words for a total says anything.

    A paper may print totals of its parts as well, so one that agrees is enough; smaller ones accuse nobody where the
    right amount stands elsewhere, and not as one without tax.
    """
    if _is_of_another(stated.number, text):
        return Compared((Finding(Fault.OTHER_BILL, "", "BT-1", said=stated.number),), is_compared=True)
    gross, due = _cents(stated.gross), _cents(stated.due)
    wanted = gross if gross is not None else due
    if wanted is None:
        return Compared()
    totals = printed_totals(text)
    whole = [one for one in totals if one.kind is Label.GROSS]
    to_pay = [one for one in totals if one.kind is Label.DUE]
    beside = [one.amount for one in totals if one.kind is Label.BESIDE]
    agreed = [one for one in whole if _is(one, wanted, stated)]
    paid = [one for one in to_pay if any(_is(one, x, stated) for x in (wanted, due) if x is not None)]
    for one in (*agreed, *paid):
        if one.unit and stated.unit and one.unit != stated.unit:
            return Compared((Finding(Fault.PRINTED, "", "BT-5", said=f"{stated.unit} / {one.unit}"),), is_compared=True)
    there = {abs(one) for one in amounts_with_tax(text)}
    is_there = bool(agreed) or any(_is(one, wanted, stated) for one in paid) or abs(wanted) in there
    is_with = any(_is_with(one.amount, x, beside) for one in to_pay for x in (wanted, due) if x is not None)
    is_asked = any(_is(one, wanted, stated) for one in paid)
    if whole and not agreed and not is_asked and not (is_there and all(_is_less(one, wanted) for one in whole)):
        other, mine = max(whole, key=lambda one: abs(one.amount)), wanted
    elif to_pay and not paid and not is_with and not (is_there and _is_part(to_pay, wanted, there)):
        other, mine = to_pay[-1], due if due is not None else wanted
    elif agreed or paid or is_with:
        return Compared(is_compared=True)
    else:
        return Compared(doubt=_doubt(whole, wanted))
    return Compared((_finding(other, mine),), is_compared=True)


def _doubt(whole: Sequence[PrintedTotal], wanted: Decimal) -> Finding | None:
    """The one total of a paper that does not call it that of a part."""
    bare = [one for one in whole if one.is_bare]
    return _finding(bare[0], wanted) if bare and len({one.amount for one in whole}) == 1 else None


def _finding(other: PrintedTotal, mine: Decimal) -> Finding:
    return Finding(Fault.PRINTED, "", "BT-112", said=other.label, stated=mine, computed=other.amount)


def is_printed(amount: Decimal, text: str) -> bool:
    """An amount stands somewhere on the paper, with a minus or without."""
    return abs(amount) in {abs(one) for one in printed_amounts(text)}


def _is(one: PrintedTotal, wanted: Decimal, stated: Stated) -> bool:
    """The very amount; without its minus where money is given back, for then papers print it in both ways."""
    if one.amount == wanted:
        return True
    return abs(one.amount) == abs(wanted) and (wanted < 0 or stated.is_credit)


def _is_with(amount: Decimal, wanted: Decimal, beside: Sequence[Decimal]) -> bool:
    """What is to be paid is a total with older debts, or less what was paid."""
    some = beside[:_MOST_BESIDE]
    sums = [sum(chosen, Decimal(0)) for n in range(1, len(some) + 1) for chosen in combinations(some, n)]
    return any(abs(amount - wanted) == abs(one) for one in sums)


def _is_less(one: PrintedTotal, wanted: Decimal) -> bool:
    """A total of a part of the bill."""
    return abs(one.amount) < abs(wanted)


def _is_part(to_pay: Sequence[PrintedTotal], wanted: Decimal, there: set[Decimal]) -> bool:
    """Less to pay than the total, or more by an amount that is printed: a part, or an older debt by another word."""
    return all(_is_less(one, wanted) or abs(one.amount - wanted) in there for one in to_pay)


def _is_of_another(number: str, text: str) -> bool:
    """A number is printed as that of the bill, and this one stands nowhere on the paper."""
    mine, printed = _plain(number), [_plain(one) for one in printed_numbers(text)]
    if len(mine) < 3 or not printed or mine in _plain(text):
        return False
    return not any(one in mine or mine in one for one in printed)


def _plain(said: str) -> str:
    return "".join(sign for sign in said.casefold() if sign.isalnum())


def _cents(amount: Decimal | None) -> Decimal | None:
    return amount.quantize(CENT, ROUND_HALF_UP) if amount is not None else None
