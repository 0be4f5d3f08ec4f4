"""Bills as bars over time: each month's total, one far above the others cut off, a missing one dashed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from selfcare.domain.records import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from selfcare.domain.bills import Bill
    from selfcare.domain.money import Money
    from selfcare.i18n.words import Words


class Bar(Struct, frozen=True):
    """One bar. `height` is 0 to 1 of the chart, `label` and `value` are words, `key` is what it opens, if anything.

    `kind` is "usual", "now", "odd" (strange, hatched), "bad" (strange and cut off at the top) or "missing" (an empty,
    dashed bar); `said` is what the shape of a strange bar says, in words.
    """

    label: str
    value: str
    height: float
    kind: str = "usual"
    key: str = ""
    said: str = ""


class BarsView(Struct, frozen=True):
    """Bars, oldest first, with a caption and a sentence for a screen reader.

    `usual` is what half of the bills are above, in words, and `usual_at` its height; "" where fewer than four tell it.
    """

    bars: tuple[Bar, ...]
    caption: str
    described: str
    usual: str = ""
    usual_at: float = 0.0


def bars_of(
    bills: Sequence[Bill], words: Words, most: int = 12, judged: Mapping[str, bool] | None = None
) -> BarsView | None:
    """The totals of the newest bills (given newest first) in the currency that most have; None for fewer than two.

    `judged` says which are strange by all that is known; of the others their totals tell. A paid one is shown as
    strange only for its total, as the list says of it that it is paid. A strange one is cut off only where it is above
    what the others leave room for.
    """
    from selfcare.domain.bill_gaps import missing_months
    from selfcare.domain.bills import is_abnormal

    stated = [b for b in bills if b.total is not None and b.day is not None and not b.is_credit_note]
    units = Counter(b.total.unit for b in stated if b.total is not None)
    if not units:
        return None
    unit = units.most_common(1)[0][0]
    ordinary = [b for b in stated if b.total is not None and b.total.unit == unit]
    if len(ordinary) < 2:
        return None
    chosen = ordinary[:most]
    judged = judged or {}
    odd = {
        b.id
        for n, b in enumerate(chosen)
        if (judged.get(b.id, True) and is_abnormal(b, ordinary[n + 1 : n + 25]))
        or (judged.get(b.id, False) and not b.is_paid)
    }
    top = max((float(b.total.value) for b in chosen if b.total is not None and b.id not in odd), default=0.0)
    if not top:
        top = max(float(b.total.value) for b in chosen if b.total is not None) / 1.15
    cap = top * 1.15 or 1.0
    found: list[tuple[date, Bar]] = []
    for place, bill in enumerate(chosen):
        assert bill.day is not None
        assert bill.total is not None
        height = float(bill.total.value) / cap
        kind = "now" if place == 0 else "usual"
        if bill.id in odd:
            kind = "bad" if height > 1 else "odd"
        said = words.tr("not like the others") if bill.id in odd else ""
        label = words.month(bill.day)
        found.append((bill.day, Bar(label, words.money(bill.total), min(height, 1.0), kind, bill.id, said)))
    oldest = found[-1][0]
    usual = top / cap if top else 0.8
    found += [
        (month, Bar(words.month(month), words.tr("no bill"), usual * 0.9, "missing"))
        for month in missing_months(bills)
        if month >= oldest
    ]
    found.sort(key=lambda pair: pair[0])
    bars = tuple(bar for _day, bar in found)[-most:]
    caption = _length(found[-most:], words)
    cut = sum(1 for bar in bars if bar.kind == "bad")
    if cut:
        of_them = words.trn("the odd one cut off", "the {count} odd ones cut off", cut)
        caption = words.tr("{months}, {odd}", months=caption, odd=of_them)
    others = sum(1 for b in stated if b not in ordinary and b.day is not None and b.day >= oldest)
    if others:
        left_out = words.trn(
            "{count} bill in another currency is not shown", "{count} bills in another currency are not shown", others
        )
        caption = words.tr("{months}, {odd}", months=caption, odd=left_out)
    described = words.tr(
        "From {first} to {last}; the last bill is {value}.",
        first=bars[0].label,
        last=bars[-1].label,
        value=words.money(chosen[0].total),
    )
    if others:
        described = words.tr("{first} {second}", first=described, second=f"{left_out}.")
    middle = _middle([b.total for b in chosen if b.total is not None])
    if middle is None:
        return BarsView(bars, caption, described)
    return BarsView(bars, caption, described, words.money(middle), min(1.0, float(middle.value) / cap))


def _middle(totals: Sequence[Money]) -> Money | None:
    """The total that half of them are above; None for fewer than four, or where it is no more than nothing."""
    ordered = sorted(totals, key=lambda total: total.value)
    found = ordered[len(ordered) // 2] if len(ordered) >= 4 else None
    return found if found is not None and found.value > 0 else None


def _length(found: Sequence[tuple[date, Bar]], words: Words) -> str:
    """How many months the bars stand for; where they are not one a month, how many bills."""
    months = [day.year * 12 + day.month for day, _bar in found]
    if all(later - sooner == 1 for sooner, later in pairwise(months)):
        return words.trn("{count} month", "{count} months", len(found))
    return words.trn("{count} bill", "{count} bills", sum(1 for _day, bar in found if bar.kind != "missing"))
