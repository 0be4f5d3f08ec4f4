"""Many lines at once: put together by plan, state, user or end, with what each group costs, and as a table to save."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from selfcare.domain.money import Money, totals_by_unit
from selfcare.domain.records import Struct
from selfcare.i18n import Words

from .facts import period_word, price_text
from .farewell_csv import Cell, Sheet, sheet_parts
from .services import LineView


class LineGroup(Struct, frozen=True):
    """Lines that have something in common, what that is, how many they are and what they cost together."""

    title: str
    count: str
    cost: str
    lines: tuple[LineView, ...]


def groupings(words: Words) -> tuple[tuple[str, str], ...]:
    """By what lines can be put together: the word of `grouped`, and the customer's."""
    return (
        ("", words.tr("Not grouped")),
        ("plan", words.tr("By plan")),
        ("health", words.tr("By state")),
        ("end", words.tr("By end of the commitment")),
        ("user", words.tr("By user")),
    )


def grouped(lines: Sequence[LineView], by: str, words: Words) -> tuple[LineGroup, ...]:
    """The lines in groups, in the order of what they share; those that need somebody first, what is not stated last."""
    found: dict[tuple[bool, object, str], list[LineView]] = {}
    for line in lines:
        found.setdefault(_key(line, by), []).append(line)
    nothing = words.tr("not stated")
    return tuple(
        LineGroup(
            title=key[2] or nothing,
            count=words.trn("{count} line", "{count} lines", len(members)),
            cost=cost_of(members, words),
            lines=tuple(members),
        )
        for key, members in sorted(found.items(), key=lambda item: item[0][:2])
    )


def _key(line: LineView, by: str) -> tuple[bool, object, str]:
    if by == "plan":
        return (not line.plan, line.plan.casefold(), line.plan)
    if by == "health":
        return (False, (_TONES.get(line.health.tone, 9), line.health.text), line.health.text)
    if by == "end":
        return (line.bound_until is None, line.bound_until or date.max, line.commitment)
    return (not line.user, line.user.casefold(), line.user)


_TONES = {"bad": 0, "warn": 1, "accent": 2, "neutral": 3, "good": 4}


def end_text(line: LineView, words: Words, today: date) -> str:
    """The end of a line's commitment as it stands in the table; the line's own card says how far it is."""
    if line.bound_until is None:
        return words.tr("not stated")
    day = words.short_day(line.bound_until)
    return words.tr("until {day}", day=day) if line.bound_until >= today else words.tr("ended on {day}", day=day)


def cost_of(lines: Iterable[LineView], words: Words) -> str:
    """What lines cost together, by period and currency; "" where no price is stated."""
    parts: dict[tuple[str, bool], list[Money]] = {}
    for line in lines:
        for is_net, costs in ((False, line.costs), (True, line.net_costs)):
            for period, amount in costs:
                parts.setdefault((period, is_net), []).append(amount)
    return " + ".join(
        price_text(total, period, words, is_net=is_net)
        for (period, is_net), amounts in parts.items()
        for total in totals_by_unit(amounts)
    )


def lines_csv(lines: Iterable[LineView], words: Words) -> bytes:
    """The lines as CSV, safe to open in a spreadsheet: no text of an operator's becomes a formula.

    A row for each line; one more for each further period, currency, or price that is stated without tax only.
    """
    columns = (
        words.tr("Number"), words.tr("Kind"), words.tr("Used by"), words.tr("Plan"), words.tr("On paper"),
        words.tr("Works?"), words.tr("Cost"), words.tr("Currency"), words.tr("Period"), words.tr("Tax"),
        words.tr("Since"), words.tr("Commitment"), words.tr("Options"), words.tr("Not as sold"),
    )  # fmt: skip
    rows = (cells for line in lines for cells in _rows(line, words))
    return b"".join(sheet_parts(Sheet("", columns, rows)))


def _rows(line: LineView, words: Words) -> Iterable[tuple[Cell, ...]]:
    troubled = ", ".join(
        words.tr("{name}: {value}", name=o.name, value=o.verdict.text) for o in line.options if o.needs_attention
    )
    options = ", ".join(o.name for o in line.options)
    included, left_out = words.tr("Tax included"), words.tr("Without tax")
    costs: list[tuple[str, Money | None, str]] = [(period, amount, included) for period, amount in line.costs]
    costs += [(period, amount, left_out) for period, amount in line.net_costs]
    for number, (period, amount, tax) in enumerate(costs or [("", None, "")]):
        also = number > 0
        yield (
            line.title, line.kind, line.user, line.plan, line.paper, line.health.text,
            amount.value if amount is not None else None, amount.unit if amount is not None else "",
            period_word(period, words), tax,
            line.since, line.bound_until, "" if also else options, "" if also else troubled,
        )  # fmt: skip
