"""Whether a bill is right, in words, by its own data: lines, taxes and total."""

from __future__ import annotations

from collections.abc import Iterable

from selfcare.billing.arithmetic import Arithmetic, Check, Outcome, Sum, Unknown
from selfcare.domain.bills import Bill, BillLine
from selfcare.domain.records import Struct
from selfcare.i18n.words import Words

from .facts import quoted

MOST = 8
"""So many errors of one kind are said; the others are counted."""


class CheckRow(Struct, frozen=True):
    """One thing that was checked, and what came of it in a word."""

    text: str
    tag: str
    kind: str


def data_rows(bill: Bill, found: Arithmetic, words: Words, lines: Iterable[BillLine] = ()) -> tuple[CheckRow, ...]:
    """What the sums of the bill's own data say; two numbers for each error."""
    rows = [_unread(words)] if bill.unread or any(line.unread for line in lines) else []
    rows += [_error(one, words) for one in found.errors[:MOST]]
    more = len(found.errors) - MOST
    if more > 0:
        rows.append(wrong_row(words.trn("{count} more sum is wrong.", "{count} more sums are wrong.", more), words))
    if found.unknown is not None:
        rows.append(CheckRow(_unknown(found.unknown, words), words.tr("not checked"), "neutral"))
    total = next((one for one in found.sums if one.check is Check.LINES_TOTAL), None)
    if total is not None and total.outcome in {Outcome.EXACT, Outcome.ROUNDED} and found.credits_off:
        rows.append(right_row(_with_credits_off(total, words), words))
    elif total is not None and total.outcome is Outcome.EXACT:
        rows.append(right_row(words.tr("The lines add up exactly."), words))
    elif total is not None and total.outcome is Outcome.ROUNDED:
        amount = words.signed(total.off)
        rows.append(right_row(words.tr("The lines add up, but for a rounding of {amount}.", amount=amount), words))
    if total is not None and total.outcome is Outcome.UNTOLD:
        rows.append(_untold(total, words))
    rows += _taxes(found, words)
    return tuple(rows)


def _unread(words: Words) -> CheckRow:
    text = words.tr(
        "Your operator’s data states an amount of this bill in a way that cannot be understood. It is counted nowhere; "
        "the PDF may say it, else ask your operator."
    )
    return CheckRow(text, words.tr("not understood"), "warn")


def _with_credits_off(total: Sum, words: Words) -> str:
    if total.outcome is Outcome.EXACT:
        return words.tr(
            "The lines add up exactly with the credits taken off; your operator lists these without a minus."
        )
    return words.tr(
        "The lines add up with the credits taken off, but for a rounding of {amount}; your operator lists the credits "
        "without a minus.",
        amount=words.signed(total.off),
    )


_OF_TAX = {Check.TAX, Check.TAX_MOST, Check.TAX_BASES, Check.LINE_TAX}


def _taxes(found: Arithmetic, words: Words) -> list[CheckRow]:
    """That the taxes fit, where they could be worked out; that they could not is said, and is not called right."""
    sums = [one for one in found.sums if one.check in _OF_TAX]
    header = [one for one in found.sums if one.check is Check.NET_AND_TAX]
    if any(one.outcome is Outcome.WRONG for one in (*sums, *header)):
        return []
    # amounts that all of the taxes fit leave no room for another tax: then it does not matter that each alone is untold
    bases = next((one for one in sums if one.check is Check.TAX_BASES), None)
    if bases is not None and bases.outcome is not Outcome.UNTOLD:
        sums = [one for one in sums if one.check is not Check.TAX_MOST]
    if sums and all(one.outcome is not Outcome.UNTOLD for one in sums):
        return [right_row(words.tr("The taxes fit the amounts."), words)]
    rows = [right_row(words.tr("The amount without tax and the taxes make the total."), words)] if header else []
    if sums or header:
        text = words.tr("It is not stated which amounts each tax is on, so the taxes cannot be checked.")
        rows.append(CheckRow(text, words.tr("not checked"), "neutral"))
    return rows


def _untold(one: Sum, words: Words) -> CheckRow:
    text = words.tr(
        "The lines add up to {sum}; the bill says {total}. Only decimals that are not shown could explain the "
        "difference of {off}; ask your operator how it comes about.",
        sum=words.money(one.computed),
        total=words.money(one.stated),
        off=words.signed(one.off),
    )
    return CheckRow(text, words.tr("not certain"), "neutral")


def right_row(text: str, words: Words) -> CheckRow:
    """Something that is as it should be."""
    return CheckRow(text, words.tr("right"), "good")


def wrong_row(text: str, words: Words) -> CheckRow:
    """Something that no honest rounding explains."""
    return CheckRow(text, words.tr("wrong"), "bad")


def _error(one: Sum, words: Words) -> CheckRow:
    stated, computed, off = words.money(one.stated), words.money(one.computed), words.signed(one.off)
    name = quoted(one.name, words) or words.tr("Line without a name")
    match one.check:
        case Check.LINE:
            text = words.tr(
                "{name}: the amount without tax and the tax make {sum}, the line says {total}.",
                name=name,
                sum=computed,
                total=stated,
            )
        case Check.LINE_TAX:
            text = words.tr(
                "{name}: its tax should be {sum}, the line says {total}.", name=name, sum=computed, total=stated
            )
        case Check.LINES_NET:
            text = words.tr("The lines without tax add up to {sum}; the bill says {total}.", sum=computed, total=stated)
        case Check.TAX:
            text = words.tr("The tax should be {sum}; the bill says {total}.", sum=computed, total=stated)
        case Check.TAX_MOST:
            text = words.tr("The tax can be no more than {sum}; the bill says {total}.", sum=computed, total=stated)
        case Check.TAX_BASES:
            text = words.tr(
                "At their rates the taxes are those of {sum} without tax; the bill has {total} without tax.",
                sum=stated,
                total=computed,
            )
        case Check.NET_AND_TAX:
            text = words.tr(
                "The amount without tax and the taxes make {sum}; the bill says {total}.", sum=computed, total=stated
            )
        case _:
            text = words.tr(
                "The lines add up to {sum}; the bill says {total}. Ask your operator about the difference of {off}.",
                sum=computed,
                total=stated,
                off=off,
            )
    return wrong_row(text, words)


def _unknown(why: Unknown, words: Words) -> str:
    return {
        Unknown.NO_TOTAL: words.tr("Your operator states no total that can be read, so the sum cannot be checked."),
        Unknown.NO_LINES: words.tr("Your operator lists no lines, so the sum cannot be checked."),
        Unknown.NO_AMOUNT: words.tr("Not every line states an amount, so the sum cannot be checked."),
        Unknown.CURRENCIES: words.tr("The lines are in more than one currency, so the sum cannot be checked."),
        Unknown.NET_ONLY: words.tr(
            "The lines are without tax and the tax is not stated, so the sum cannot be checked."
        ),
    }[why]
