"""The lines of one bill as the operator groups them, and what each group costs together."""

from __future__ import annotations

from collections.abc import Sequence

from selfcare.billing.amounts import amount_of
from selfcare.domain.bills import BillLine, LineKind
from selfcare.domain.money import totals_by_unit
from selfcare.domain.records import Struct
from selfcare.i18n.words import Words

from .facts import quoted

_STANDARD = frozenset({"appliedBillingCharge", "appliedBillingRateType"})


class LineRow(Struct, frozen=True):
    """A line of the bill, its period or day below it, and what it costs."""

    name: str
    detail: str
    amount: str


class LineGroup(Struct, frozen=True):
    """Lines that the operator puts together, and what they cost in all."""

    title: str
    rows: tuple[LineRow, ...]
    sum: str = ""


def line_groups(lines: Sequence[BillLine], words: Words) -> tuple[LineGroup, ...]:
    """As the operator groups them: by its own word for the kind, in our words where we know it."""
    titles = {
        LineKind.RECURRING: words.tr("Every month"),
        LineKind.USAGE: words.tr("Used"),
        LineKind.ONE_TIME: words.tr("Once"),
        LineKind.PENALTY: words.tr("Fees"),
        LineKind.CREDIT: words.tr("Credits"),
        LineKind.OTHER: words.tr("Other"),
    }
    found: dict[tuple[int, str], list[BillLine]] = {}
    order = list(titles)
    for line in lines:
        is_own = line.kind is LineKind.OTHER and bool(line.kind_word.strip()) and line.kind_word not in _STANDARD
        title = quoted(line.kind_word, words) if is_own else titles[line.kind]
        found.setdefault((order.index(line.kind), title), []).append(line)
    return tuple(_group(title, own, words) for (_, title), own in sorted(found.items(), key=lambda item: item[0][0]))


def groups_of_paper(lines: Sequence[BillLine], words: Words) -> tuple[LineGroup, ...]:
    """Lines that only the e-invoice names: it does not say of which kind they are."""
    return (_group(words.tr("As the e-invoice in the PDF lists them, without tax"), lines, words),)


def _group(title: str, own: Sequence[BillLine], words: Words) -> LineGroup:
    nameless = words.tr("Line without a name")
    rows = tuple(LineRow(x.name or x.product_name or nameless, _when(x, words), line_amount(x, words)) for x in own)
    return LineGroup(title, rows, _together(own, words) if len(own) > 1 else "")


def line_amount(line: BillLine, words: Words) -> str:
    """What a line costs; not understood is not the same as not stated."""
    amount = amount_of(line)
    return words.tr("not understood") if amount is None and line.unread else words.money(amount)


def _together(lines: Sequence[BillLine], words: Words) -> str:
    """What lines cost together, and how many of them are not in it."""
    sums = totals_by_unit(amount for x in lines if (amount := amount_of(x)) is not None)
    unread = sum(amount_of(x) is None and bool(x.unread) for x in lines)
    unstated = sum(amount_of(x) is None and not x.unread for x in lines)
    shown = [words.money(one) for one in sums]
    if unread:
        shown.append(words.trn("{count} amount not understood", "{count} amounts not understood", unread))
    if unstated:
        shown.append(words.trn("{count} amount not stated", "{count} amounts not stated", unstated))
    return words.listing(shown)


def _when(line: BillLine, words: Words) -> str:
    if line.starts is not None and line.ends is not None:
        return words.tr("{start} to {end}", start=words.short_day(line.starts), end=words.short_day(line.ends))
    return words.short_day(line.day) if line.day is not None else ""
