"""What the money goes to, and this bill against the one before: rows for a picture, with the same figures in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from selfcare.billing.amounts import amount_of
from selfcare.billing.credits import lines_as_meant
from selfcare.billing.weighing import keys_of
from selfcare.domain.bills import Bill, BillLine, LineKind
from selfcare.domain.money import Money
from selfcare.domain.records import Struct
from selfcare.i18n.words import Words

from .bars import BarsView

MOST = 7
"""So many charges have a row of their own; the others are put together."""


class PictureRow(Struct, frozen=True):
    """One row: `parts` are the lengths of its bars (0 to 1), `values` say them in words, in the same order."""

    label: str
    parts: tuple[float, ...]
    values: tuple[str, ...]


class PictureView(Struct, frozen=True):
    """A picture of rows. `series` names the bars of each row; `described` is its sentence for a screen reader."""

    title: str
    series: tuple[str, ...]
    rows: tuple[PictureRow, ...]
    described: str


class Pictures(Struct, frozen=True):
    """The three pictures; None for what the bills do not tell."""

    bars: BarsView | None
    goes: PictureView | None
    against: PictureView | None


def money_goes(bills: Sequence[Bill], lines_of: Mapping[str, Sequence[BillLine]], words: Words) -> PictureView | None:
    """What the lines of some bills (newest first) were for, the largest first, in the currency of the newest."""
    unit = next((b.total.unit for b in bills if b.total is not None), "")
    sums: dict[str, Decimal] = {}
    names: dict[str, str] = {}
    count = 0
    for bill in bills:
        listed = lines_as_meant(bill, lines_of.get(bill.id, ()))
        own = [(x, paid) for x in listed if (paid := amount_of(x)) is not None and paid.unit == unit]
        count += bool(own)
        keys = keys_of(line for line, _paid in own)
        for line, paid in own:
            key = keys[line.id]
            names.setdefault(key, line.name or line.product_name or words.tr("Line without a name"))
            sums[key] = sums.get(key, Decimal(0)) + paid.value
    paid_for = sorted(((key, value) for key, value in sums.items() if value > 0), key=lambda pair: -pair[1])
    back = sum((value for value in sums.values() if value < 0), Decimal(0))
    if not paid_for:
        return None
    rest = sum((value for _key, value in paid_for[MOST:]), Decimal(0))
    shown = [(names[key], value) for key, value in paid_for[:MOST]]
    if rest > 0:
        shown.append((words.tr("Everything else"), rest))
    top, total = max(value for _name, value in shown), sum((value for _name, value in shown), Decimal(0))
    rows = [PictureRow(name, (float(value / top),), (_share(value, total, unit, words),)) for name, value in shown]
    if back < 0:
        rows.append(PictureRow(words.tr("Given back"), (0.0,), (words.money(Money(back, unit)),)))
    title = words.trn("What the money went to, {count} bill", "What the money went to, {count} bills", count)
    described = words.tr("Most went to {name}: {amount}.", name=shown[0][0], amount=rows[0].values[0])
    return PictureView(title, (words.tr("Amount"),), tuple(rows), described)


def month_against(
    bill: Bill, lines: Sequence[BillLine], before: Bill, lines_before: Sequence[BillLine], words: Words
) -> PictureView | None:
    """This bill and the one before it, kind by kind; None without lines on both or in two currencies."""
    if bill.total is None or before.total is None or bill.total.unit != before.total.unit:
        return None
    if not lines or not lines_before or bill.day is None or before.day is None:
        return None
    unit = bill.total.unit
    now, then = (_by_kind(lines_as_meant(*one), unit) for one in ((bill, lines), (before, lines_before)))
    titles = {
        LineKind.RECURRING: words.tr("Every month"),
        LineKind.USAGE: words.tr("Used"),
        LineKind.ONE_TIME: words.tr("Once"),
        LineKind.PENALTY: words.tr("Fees"),
        LineKind.OTHER: words.tr("Other"),
        LineKind.CREDIT: words.tr("Credits"),
    }
    pairs = [(title, now.get(kind, Decimal(0)), then.get(kind, Decimal(0))) for kind, title in titles.items()]
    pairs = [pair for pair in pairs if pair[1] or pair[2]]
    pairs.append((words.tr("Together"), bill.total.value, before.total.value))
    top = max(max(abs(mine), abs(old)) for _title, mine, old in pairs)
    if top == 0:
        return None
    rows = tuple(
        PictureRow(
            title,
            (float(max(mine, Decimal(0)) / top), float(max(old, Decimal(0)) / top)),
            (words.money(Money(mine, unit)), words.money(Money(old, unit))),
        )
        for title, mine, old in pairs
    )
    series = (_upper(words.month(bill.day)), _upper(words.month(before.day)))
    described = words.tr(
        "{month}: {amount}; {earlier}: {before}.",
        month=series[0],
        amount=words.money(bill.total),
        earlier=series[1],
        before=words.money(before.total),
    )
    return PictureView(words.tr("This bill against the last"), series, rows, described)


def _by_kind(lines: Sequence[BillLine], unit: str) -> dict[LineKind, Decimal]:
    sums: dict[LineKind, Decimal] = {}
    for line in lines:
        paid = amount_of(line)
        if paid is not None and paid.unit == unit:
            kind = LineKind.CREDIT if paid.value < 0 else line.kind
            sums[kind] = sums.get(kind, Decimal(0)) + paid.value
    return sums


def _share(value: Decimal, total: Decimal, unit: str, words: Words) -> str:
    amount, share = words.money(Money(value, unit)), round(100 * value / total)
    if not share and value > 0:
        return words.tr("{amount} · under 1%", amount=amount)
    return words.tr("{amount} · {share}%", amount=amount, share=words.number(share))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
