"""Why a bill differs from the one before, line by line: what is new, what is gone, what costs more or less."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from selfcare.domain.bills import Bill, BillLine, LineKind
from selfcare.domain.money import Money
from selfcare.domain.records import Struct
from selfcare.i18n.words import Words

_COUNTED = re.compile(r"[\d.,:/–-]+")


class ChangeKind(StrEnum):
    """What happened to a line since the bill before."""

    NEW = "new"
    GONE = "gone"
    PRICE = "price"
    MORE = "more"
    LESS = "less"
    UNEXPLAINED = "unexplained"


class Change(Struct, frozen=True):
    """One reason for a difference; `amount` is what it adds to the bill (negative: takes away)."""

    name: str
    kind: ChangeKind
    amount: Money


class ChangeRow(Struct, frozen=True):
    """One row of "Why is it different?"; first and last rows are the two bills themselves, in bold."""

    label: str
    amount: str
    tag: str = ""
    tag_kind: str = "neutral"
    bold: bool = False


def amount_of(line: BillLine) -> Money | None:
    """What a line costs with its tax: the gross amount, or net and taxes together, or net where no tax is stated."""
    if line.gross is not None:
        return line.gross
    if line.net is None:
        return None
    total = line.net
    for tax in line.taxes:
        if tax.amount is not None and tax.amount.unit == total.unit:
            total = total + tax.amount
    return total


def changes(
    bill: Bill, lines: Sequence[BillLine], before: Bill, lines_before: Sequence[BillLine]
) -> tuple[Change, ...]:
    """What makes the difference between two bills of one currency, the largest first.

    Lines belong together if they pay for the same product, else if their names agree but for figures. What the lines
    do not explain is a change of its own, so that all changes together are always the whole difference.
    """
    if bill.total is None or before.total is None or bill.total.unit != before.total.unit:
        return ()
    unit = bill.total.unit
    now, then = _sums(lines, unit), _sums(lines_before, unit)
    found: list[Change] = []
    for key in [*now, *(k for k in then if k not in now)]:
        mine, old = now.get(key), then.get(key)
        amount = Money((mine[1] if mine else Decimal(0)) - (old[1] if old else Decimal(0)), unit)
        if amount.is_zero:
            continue
        found.append(Change((mine or old or ("", Decimal(0)))[0], _kind(key[1], mine, old, amount), amount))
    left = bill.total - before.total
    for change in found:
        left = left - change.amount
    if not left.is_zero:
        found.append(Change("", ChangeKind.UNEXPLAINED, left))
    return tuple(sorted(found, key=lambda c: (c.kind is ChangeKind.UNEXPLAINED, -abs(c.amount.value))))


def change_rows(bill: Bill, before: Bill, found: Sequence[Change], words: Words) -> tuple[ChangeRow, ...]:
    """The changes as a sum from the bill before to this one, in words."""
    if not found or bill.day is None or before.day is None:
        return ()
    rows = [ChangeRow(_month(before, bill, words), words.money(before.total))]
    for change in found:
        tag, kind = _tag(change, words)
        name = change.name or words.tr("Not explained by the lines")
        rows.append(ChangeRow(name, words.signed(change.amount), tag, kind))
    rows.append(ChangeRow(_month(bill, before, words), words.money(bill.total), bold=True))
    return tuple(rows)


def main_reason(found: Sequence[Change], words: Words) -> str:
    """The largest reason for a higher bill, as a sentence; "" if the lines explain nothing."""
    for change in found:
        if change.amount.value > 0 and change.kind is not ChangeKind.UNEXPLAINED:
            return words.tr("“{name}” accounts for {amount}.", name=change.name, amount=words.money(change.amount))
    return ""


def arithmetic(bill: Bill, lines: Sequence[BillLine], words: Words) -> str:
    """Whether the lines add up to the total; an honest rounding of a cent a line is never accused."""
    amounts = [amount_of(line) for line in lines]
    if bill.total is None or not lines:
        return ""
    if any(a is None or a.unit != bill.total.unit for a in amounts):
        return words.tr("Not every line states an amount, so the sum cannot be checked.")
    total = sum((a.value for a in amounts if a is not None), Decimal(0))
    off = bill.total.value - total
    if off == 0:
        return words.tr("The lines add up exactly.")
    if abs(off) <= Decimal("0.01") * len(lines):
        return words.tr(
            "The lines add up, but for a rounding of {amount}.", amount=words.signed(Money(off, bill.total.unit))
        )
    return words.tr(
        "The lines add up to {sum}; the bill says {total}. Ask your operator about the difference of {off}.",
        sum=words.money(Money(total, bill.total.unit)),
        total=words.money(bill.total),
        off=words.signed(Money(off, bill.total.unit)),
    )


def _sums(lines: Sequence[BillLine], unit: str) -> dict[tuple[str, LineKind], tuple[str, Decimal]]:
    sums: dict[tuple[str, LineKind], tuple[str, Decimal]] = {}
    for line in lines:
        amount = amount_of(line)
        if amount is None or amount.unit != unit:
            continue
        key = (line.product_id or _COUNTED.sub("", line.name).casefold().strip(), line.kind)
        name, so_far = sums.get(key, (line.name, Decimal(0)))
        sums[key] = (name, so_far + amount.value)
    return sums


def _kind(
    kind: LineKind, mine: tuple[str, Decimal] | None, old: tuple[str, Decimal] | None, amount: Money
) -> ChangeKind:
    if old is None:
        return ChangeKind.NEW
    if mine is None:
        return ChangeKind.GONE
    if kind is LineKind.RECURRING:
        return ChangeKind.PRICE
    return ChangeKind.MORE if amount.value > 0 else ChangeKind.LESS


def _tag(change: Change, words: Words) -> tuple[str, str]:
    match change.kind:
        case ChangeKind.NEW:
            return words.tr("new"), "bad" if change.amount.value > 0 else "good"
        case ChangeKind.GONE:
            return words.tr("gone"), "neutral"
        case ChangeKind.PRICE:
            return words.tr("price changed"), "warn"
        case ChangeKind.MORE:
            return words.tr("more than before"), "warn"
        case ChangeKind.LESS:
            return words.tr("less than before"), "neutral"
    return words.tr("ask your operator"), "warn"


def _month(bill: Bill, other: Bill, words: Words) -> str:
    assert bill.day is not None
    assert other.day is not None
    same_month = (bill.day.year, bill.day.month) == (other.day.year, other.day.month)
    if same_month:
        return words.tr("Bill of {day}", day=words.short_day(bill.day))
    name = words.month(bill.day) if bill.day.year != other.day.year else words.month_name(bill.day)
    return name[:1].upper() + name[1:]
