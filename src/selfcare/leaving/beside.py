"""The operator's own figure for leaving beside ours: for its day, and for all the lines of its contract together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from selfcare.domain.money import Money
from selfcare.domain.records import Struct, replace

from .charge import charge_on, heard, owed
from .choices import Route
from .country import CostLine, CostReason, Country, Ground
from .facts import Rise
from .rules import Rule, Standing


class Agreement(StrEnum):
    """The operator's figure beside ours, both for the operator's day."""

    AGREES = "agrees"
    HIGHER = "higher"
    LOWER = "lower"
    NOT_STATED = "notStated"
    CANNOT_TELL = "cannotTell"


class Beside(Struct, frozen=True):
    """The operator's figure held against ours for the operator's day, every reason to leave free counted.

    `low` and `high` are ours, for all lines of the contract together; `charge` is the line that decides. `by_law`: all
    of them rests on law alone, so that more than `high` is against it.
    """

    agreement: Agreement
    low: Money | None = None
    high: Money | None = None
    charge: CostLine | None = None
    by_law: bool = False
    contract_lines: int = 1

    @property
    def is_free(self) -> bool:
        """By our figure nothing is owed at all."""
        return self.high is not None and self.high.is_zero


def beside_of(ground: Ground, country: Country, route: Route, day: date, told: date) -> Beside:
    """The operator's figure is for the whole contract: where that has several lines, all of them count together.

    Whether it counts what falls due besides the charge is not stated, so one that is right either way agrees. A figure
    for a day before the contract was made is of another one; a line that has ended is judged by its final bill.
    """
    facts, stated = ground.facts, ground.facts.operator_charge
    if stated is None:
        return Beside(Agreement.NOT_STATED)
    for_day, count = facts.operator_charge_day or day, facts.contract_lines
    if for_day < (facts.concluded or facts.since or date.min) or facts.line_ended is not None:
        return Beside(Agreement.CANNOT_TELL, contract_lines=count)
    ground = _for_all(ground)
    told = told if for_day == day else heard(ground, country, route, for_day)
    charge = charge_on(ground, country, route, for_day, told)
    lines = tuple(_of_all(line, count) for line in (charge, *country.lines(ground, route, for_day)))
    low, high = owed(lines)
    if low is None or charge.low is None or charge.high is None or stated.unit != charge.high.unit:
        return Beside(Agreement.CANNOT_TELL, contract_lines=count)
    if charge.low <= stated <= charge.high or (high is not None and low <= stated <= high):
        agreement = Agreement.AGREES
    elif high is None and stated > charge.high:
        agreement = Agreement.CANNOT_TELL if stated >= low else Agreement.LOWER
    else:
        agreement = Agreement.HIGHER if high is not None and stated > high else Agreement.LOWER
    if high is None and agreement is not Agreement.LOWER:
        return Beside(agreement, contract_lines=count)
    return Beside(agreement, low, high, charge, _is_by_law(ground, lines), count)


def _for_all(ground: Ground) -> Ground:
    """All lines of a contract instead of one: their price together, and the fee, which is named for one line, of each.

    A rise that was announced may be that of each line, unless it is stated for all of them together.
    """
    facts, count = ground.facts, ground.facts.contract_lines
    if count < 2:
        return ground
    ends = facts.commitment_ends and max(facts.contract_ends or date.min, facts.commitment_ends)
    fee = None if facts.fee is None else (facts.fee[0] * count, facts.fee[1] * count)
    rises = tuple(rise if rise.before == facts.contract_monthly else _of_each(rise, count) for rise in facts.rises)
    whole = replace(facts, monthly=facts.contract_monthly, commitment_ends=ends, fee=fee, rises=rises)
    return replace(ground, facts=whole)


def _of_each(rise: Rise, count: int) -> Rise:
    agreed = None if rise.agreed is None else rise.agreed * count
    return replace(rise, amount=rise.amount * count, agreed=agreed, before=None)


def _of_all(line: CostLine, count: int) -> CostLine:
    """What falls due of all lines: a closing fee once or for each; of the others' handsets nothing is known here."""
    if count < 2 or line.reason not in {CostReason.CLOSING_FEE, CostReason.DEVICE}:
        return line
    if line.reason is CostReason.DEVICE or line.high is None:
        return replace(line, high=None)
    return replace(line, high=line.high * count)


_FREEING = {CostReason.WITHDRAWAL, CostReason.RELIEF, CostReason.FREE_EXIT}


def _is_by_law(ground: Ground, lines: Sequence[CostLine]) -> bool:
    """Every amount that is owed rests on law alone; where a reason frees from the charge, the rule of that reason."""
    names = [n for number, one in enumerate(lines) if number == 0 or one.reason.is_owed for n in _decisive(one)]
    rules: list[Rule | None] = [ground.rules.cited(name, ground.today) for name in names]
    return all(rule is not None and rule.standing is Standing.LAW for rule in rules)


def _decisive(line: CostLine) -> tuple[str, ...]:
    frees = line.reason in _FREEING and line.high is not None and line.high.is_zero
    return (line.rule_id,) if frees else (line.rule_id, *line.also)
