"""Why a bill differs from the one before and from that of a year ago, part by part, in words."""

from __future__ import annotations

from collections.abc import Sequence

from selfcare.billing.difference import Basis, Cause, Change, Difference, Part, difference
from selfcare.domain.bills import Bill, BillLine
from selfcare.domain.money import CENT, Money
from selfcare.domain.records import Struct
from selfcare.i18n.words import Words

MOST = 40
"""So many parts are named one by one; the smaller ones are one row together."""


class ChangeRow(Struct, frozen=True):
    """One row of "Why is it different?"; first and last rows are the two bills themselves.

    `below` says what the line cost before and now, or which days of a month it covers.
    """

    label: str
    amount: str
    tag: str = ""
    tag_kind: str = "neutral"
    bold: bool = False
    below: str = ""


class Comparison(Struct, frozen=True):
    """One bill against an earlier one: the question, the rows that answer it, and what they are made from."""

    title: str
    rows: tuple[ChangeRow, ...]
    note: str = ""


def changes(bill: Bill, lines: Sequence[BillLine], before: Bill, lines_before: Sequence[BillLine]) -> tuple[Part, ...]:
    """What makes the difference between two bills of one currency, the largest first."""
    found = difference(bill, lines, before, lines_before)
    return found.parts if found is not None else ()


def comparison(bill: Bill, before: Bill | None, found: Difference | None, words: Words) -> Comparison | None:
    """The parts as a sum from the earlier bill to this one; None where the two cannot be compared."""
    if before is None or found is None or bill.day is None or before.day is None:
        return None
    month = _month(before, bill, words)
    named = _month(before, bill, words, inside=True)
    title = words.tr("Why is it different from {month}?", month=named)
    if not found.parts:
        if not found.amount.is_zero:
            return None
        return Comparison(words.tr("Is it different from {month}?", month=named), (), _same(found, words))
    rows = [ChangeRow(month, words.money(before.total))]
    rows += [_row(part, found.basis, words) for part in _named(found.parts)]
    rows += _smaller(found, words)
    rows.append(ChangeRow(_month(bill, before, words), words.money(bill.total), bold=True))
    return Comparison(title, tuple(rows), _note(found.basis, words))


def main_reason(found: Sequence[Part], words: Words) -> str:
    """The largest reason for a higher bill, as a sentence; "" if the lines explain nothing."""
    for part in found:
        if part.amount.value > 0 and part.name:
            return words.tr("“{name}” accounts for {amount}.", name=part.name, amount=words.money(part.amount))
    return ""


def _same(found: Difference, words: Words) -> str:
    if found.basis is Basis.OTHER_TERMS:
        return words.tr("No: both totals are the same.")
    if found.basis.is_by_totals:
        return words.tr("No: both totals are the same. Their lines are not known.")
    return words.tr("No: every line costs the same.")


def _note(basis: Basis, words: Words) -> str:
    if basis is Basis.E_INVOICE:
        return words.tr("Compared by the e-invoices inside the two PDFs, without tax.")
    if basis is Basis.TOTALS:
        return words.tr("Only the totals of both bills are known, so no line can explain the difference.")
    if basis is Basis.NO_LINES_BEFORE:
        return words.tr("The lines of the earlier bill are not known, so no line can explain the difference.")
    if basis is Basis.NO_LINES_NOW:
        return words.tr("The lines of this bill are not known, so no line can explain the difference.")
    if basis is Basis.OTHER_TERMS:
        return words.tr("One bill has its lines with tax, the other without, so no line can explain the difference.")
    return ""


def _named(parts: Sequence[Part]) -> list[Part]:
    lines = [part for part in parts if part.cause is not Cause.REST]
    rest = [part for part in parts if part.cause is Cause.REST]
    return [*lines[:MOST], *(rest if len(lines) <= MOST else ())]


def _smaller(found: Difference, words: Words) -> list[ChangeRow]:
    """The parts after the largest as one row, and then the rest, so that the rows still add up."""
    lines = [part for part in found.parts if part.cause is not Cause.REST]
    if len(lines) <= MOST:
        return []
    left = Money(sum((part.amount.value for part in lines[MOST:]), start=found.rest.value * 0), found.amount.unit)
    count = len(lines) - MOST
    rows = [ChangeRow(words.trn("{count} smaller change", "{count} smaller changes", count), words.signed(left))]
    return rows + [_row(part, found.basis, words) for part in found.parts if part.cause is Cause.REST]


def _row(part: Part, basis: Basis, words: Words) -> ChangeRow:
    tag, kind = _tag(part, words)
    return ChangeRow(_name(part, basis, words), words.signed(part.amount), tag, kind, below=_below(part, words))


def _name(part: Part, basis: Basis, words: Words) -> str:
    if part.cause is Cause.TAX_OF_CHANGES:
        return words.tr("Tax on these changes")
    if part.cause is Cause.TAX:
        return words.tr("Tax")
    if part.cause is Cause.REST:
        if basis.is_by_totals:
            return words.tr("Difference of the totals")
        if _is_rounding(part):
            return words.tr("Roundings")
        return words.tr("Not explained by the lines")
    name = part.name or words.tr("Line without a name")
    if part.count > 1:
        return words.trn("{name} and {count} more line", "{name} and {count} more lines", part.count - 1, name=name)
    return name


def _is_rounding(part: Part) -> bool:
    """A rest of no more than a cent in each of the two bills."""
    return abs(part.amount.value) <= 2 * CENT


def _below(part: Part, words: Words) -> str:
    if part.starts is not None and part.ends is not None:
        return words.tr("{start} to {end}", start=words.short_day(part.starts), end=words.short_day(part.ends))
    if part.before is not None and part.now is not None:
        return words.tr("{before} before, {now} now", before=words.money(part.before), now=words.money(part.now))
    return ""


def _tag(part: Part, words: Words) -> tuple[str, str]:
    is_more = part.amount.value > 0
    if part.cause is Cause.REST and _is_rounding(part):
        return "", "neutral"
    if part.cause is Cause.REST:
        return words.tr("ask your operator"), "warn"
    if part.cause is Cause.TAX_OF_CHANGES:
        return words.tr("same rate"), "neutral"
    if part.cause is Cause.TAX:
        return words.tr("rate of tax changed"), "warn" if is_more else "neutral"
    if part.cause is Cause.PRO_RATA:
        return words.tr("part of a month"), "neutral"
    if part.change is Change.NEW:
        return _new(part, words), "bad" if is_more else "good"
    if part.change is Change.GONE:
        return words.tr("gone"), "neutral"
    if part.cause is Cause.PRICE:
        return (words.tr("price rise"), "warn") if is_more else (words.tr("lower price"), "good")
    return (words.tr("more than before"), "warn") if is_more else (words.tr("less than before"), "neutral")


def _new(part: Part, words: Words) -> str:
    return {
        Cause.USAGE: words.tr("new use"),
        Cause.ONE_TIME: words.tr("once"),
        Cause.CREDIT: words.tr("credit"),
        Cause.PENALTY: words.tr("fee"),
    }.get(part.cause, words.tr("new"))


def _month(bill: Bill, other: Bill, words: Words, *, inside: bool = False) -> str:
    """The month of a bill as it begins a row, or as it stands `inside` a sentence."""
    assert bill.day is not None
    assert other.day is not None
    same_month = (bill.day.year, bill.day.month) == (other.day.year, other.day.month)
    if same_month:
        day = words.short_day(bill.day)
        return words.tr("the bill of {day}", day=day) if inside else words.tr("Bill of {day}", day=day)
    name = words.month(bill.day) if bill.day.year != other.day.year else words.month_name(bill.day)
    return name if inside else name[:1].upper() + name[1:]
