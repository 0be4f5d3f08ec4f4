"""The charge for leaving on a day, after every reason to leave free: each of them counts, and none hides another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from selfcare.domain.money import Money, sum_if_known

from .changes import best_exit
from .choices import Route
from .country import CostLine, CostReason, Country, FreeExit, Ground


def heard(ground: Ground, country: Country, route: Route, day: date) -> date:
    """The day on which the operator hears that a line is to end on a day: free-exit windows are judged by it.

    A notice is given at once, for any day. A move is heard of when the new operator has the order: the code that was
    asked for before ends nothing.
    """
    if route.is_notice:
        return min(ground.told, day)
    return ground.choices.handed_over or country.move(ground, route, day, ground.today).hand_over


def charge_on(ground: Ground, country: Country, route: Route, day: date, told_by: date) -> CostLine:
    """The charge of a day after every reason to leave free; one that is not certain makes it a range."""
    charge, nothing = country.charge(ground, day), ground.nothing
    exits = country.exits(ground)
    if route is Route.WITHDRAW:
        back = next((e for e in exits if e.reason is CostReason.WITHDRAWAL), None)
        if back is not None and back.is_certain:
            return CostLine(CostReason.WITHDRAWAL, nothing, nothing, back.rule_id, back.last)
        rule, last = (back.rule_id, back.last) if back is not None else ("", None)
        return CostLine(CostReason.WITHDRAWAL, nothing, charge.high, rule, last, (charge.rule_id,))
    if charge.reason is CostReason.COMMITMENT_OVER or (charge.high is not None and charge.high.is_zero):
        return charge
    relief, change = country.relief(ground), best_exit(exits, told_by)
    is_free = relief is not None and relief.frees is True
    if charge.reason is CostReason.COMMITMENT_NOT_STATED and not is_free and (change is None or not change.is_certain):
        return charge
    if change is not None and not is_free and (change.is_certain or relief is None or relief.frees is False):
        return by_change(change, charge, nothing)
    if relief is None or relief.frees is False:
        return charge
    rule, *more = relief.rule_ids or ("",)
    if change is None or is_free:
        high = nothing if is_free else charge.high
        return CostLine(CostReason.RELIEF, nothing, high, rule, charge.until, (*more, charge.rule_id))
    also = (*more, change.rule_id, charge.rule_id)  # the one and the other may free, and neither hides the other
    return CostLine(CostReason.RELIEF, nothing, charge.high, rule, charge.until, also, change)


def by_change(change: FreeExit, charge: CostLine, nothing: Money) -> CostLine:
    """A charge as it is, or may be, because of an announced change."""
    high = nothing if change.is_certain else charge.high
    return CostLine(CostReason.FREE_EXIT, nothing, high, change.rule_id, change.last, (charge.rule_id,), change)


def owed(lines: Sequence[CostLine]) -> tuple[Money | None, Money | None]:
    """What is owed for leaving: the charge, which comes first, and what falls due besides."""
    owed = [line for number, line in enumerate(lines) if number == 0 or line.reason.is_owed]
    return sum_if_known([line.low for line in owed]), sum_if_known([line.high for line in owed])
