"""Judges the other charges of a final bill: leaving early, closing, moving the number, notice, equipment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from selfcare.domain.bills import BillLine
from selfcare.domain.money import Money
from selfcare.domain.records import Struct

from .charges import ChargeKind, charge_kind
from .countries import fr_money
from .countries.fr_money import FeeCheck
from .country import CostReason
from .ending import Ending
from .final_findings import Finding, FindingKind, Open, OpenWhy, is_worth_saying
from .prorata import span_of
from .reach import CONTRACT, is_right, rule_for
from .rules import Rules


class _ChargeLaw(Struct, frozen=True):
    """Which rule speaks of a charge; "" is none. `needs_cost` closing fees are owed only as far as they are costs."""

    early: str = CONTRACT
    untold: str = ""
    port: str = ""
    notice: str = ""
    closing: str = CONTRACT
    needs_cost: bool = False
    returned: str = CONTRACT


_LAWS = {
    "GB": _ChargeLaw(early="UK-CTR-10", untold="UK-CTR-11", port="UK-SW-15", notice="UK-SW-13"),
    "FR": _ChargeLaw(early="FR-DUR-05", closing="FR-FEE-01", needs_cost=True, returned="FR-EQP-01"),
    "US": _ChargeLaw(early="US-ETF-01"),
}


_PERHAPS_FREED = {CostReason.FREE_EXIT: FindingKind.EARLY_CHANGE, CostReason.RELIEF: FindingKind.EARLY_REASON}


def judge_charges(mine: Sequence[BillLine], ending: Ending, rules: Rules) -> tuple[list[Finding], list[Open]]:
    """What is wrong with the charges that are no rent, and those that cannot be judged."""
    law = _LAWS.get(rules.country, _ChargeLaw())
    findings, opens = _early([m for m in mine if charge_kind(m) is ChargeKind.EARLY], ending, rules, law)
    opens += _device([m for m in mine if charge_kind(m) is ChargeKind.DEVICE], ending)
    for line in mine:
        for said in _judged(line, ending, rules, law):
            if isinstance(said, Finding):
                findings.append(said)
            else:
                opens.append(said)
    return findings, opens


def _judged(line: BillLine, ending: Ending, rules: Rules, law: _ChargeLaw) -> tuple[Finding | Open, ...]:
    """All that can be said of one line."""
    kind = charge_kind(line)
    if line.gross is None:
        return ()
    if kind is ChargeKind.CLOSING:
        return _closing(line, ending, rules, law)
    judge = _JUDGES.get(kind)
    said = judge(line, ending, rules, law) if judge is not None else None
    return () if said is None else (said,)


def _early(
    lines: Sequence[BillLine], ending: Ending, rules: Rules, law: _ChargeLaw
) -> tuple[list[Finding], list[Open]]:
    """All early charges together against our range for the day."""
    amounts = [line.gross for line in lines if line.gross is not None]
    if not amounts:
        return [], []
    ids = tuple(line.id for line in lines)
    if len({a.unit for a in amounts}) > 1 or (ending.charge is not None and ending.charge[1].unit != amounts[0].unit):
        return [], [Open(OpenWhy.OTHER_CURRENCY, ids)]
    asked = Money(sum((a.value for a in amounts), Decimal(0)), amounts[0].unit)
    untold = rule_for(rules, law.untold, ending.ended, ending.who) if law.untold else None
    if untold is not None and ending.switched and ending.charge_told is False:
        return [Finding(FindingKind.EARLY_UNTOLD, asked, untold.id, ids, is_right(untold))], []
    if ending.charge is None:
        return [], [Open(OpenWhy.NOT_COMPUTED, ids, asked)]
    over, names = asked - ending.charge[1], ending.charge_rules or (law.early,)
    freed = _perhaps_freed(asked, ending, names[0], ids)
    if not is_worth_saying(over, len(ids)):
        return freed, []
    found = [rules.find(name, ending.ended) for name in names]
    certain = ending.charge[1].is_zero or all(rule is None or is_right(rule) for rule in found)
    by_change = ending.charge_why is CostReason.FREE_EXIT and ending.charge[1].is_zero  # it frees for certain
    kind = FindingKind.EARLY_CHANGE if by_change else FindingKind.EARLY_HIGH
    return [Finding(kind, over.rounded(), names[0], ids, certain), *freed], []


def _perhaps_freed(asked: Money, ending: Ending, rule_id: str, ids: tuple[str, ...]) -> list[Finding]:
    """What of an early charge is not owed if the change, or the reason, frees: a question, which the operator has to
    answer."""
    kind = _PERHAPS_FREED.get(ending.charge_why) if ending.charge_why is not None else None
    if kind is None or ending.charge is None:
        return []
    low, high = ending.charge
    open_part = (asked if asked.value < high.value else high) - low
    if not is_worth_saying(open_part, len(ids)):
        return []
    return [Finding(kind, open_part.rounded(), rule_id, ids, is_certain=False)]


def _closing(line: BillLine, ending: Ending, rules: Rules, law: _ChargeLaw) -> tuple[Finding | Open, ...]:
    """Owed only as far as the contract names it, and in France only as far as the cost is shown (FR-FEE-01)."""
    asked, named = _gross(line), ending.closing_fee
    if named is None or not ending.in_contract or named.unit != asked.unit or not is_worth_saying(asked - named):
        return _named_closing(asked, line, ending, rules, law)
    over = Finding(FindingKind.CLOSING_ABOVE_AGREED, (asked - named).rounded(), CONTRACT, (line.id,))
    return (over, *_named_closing(named, line, ending, rules, law))


def _named_closing(
    asked: Money, line: BillLine, ending: Ending, rules: Rules, law: _ChargeLaw
) -> tuple[Finding | Open, ...]:
    """What of a closing fee the contract may cover."""
    rule = rule_for(rules, law.closing, ending.ended, ending.who)
    reached = law.closing == CONTRACT or rule is not None
    name, certain = (law.closing, rule is None or is_right(rule)) if reached else (CONTRACT, True)
    cost = ending.closing_cost if law.needs_cost and reached else asked
    if cost is not None and cost.unit != asked.unit:
        return (Open(OpenWhy.OTHER_CURRENCY, (line.id,), asked),)
    match fr_money.check_closing_fee(asked, ending.in_contract, cost):
        case FeeCheck.READ_CONTRACT:
            return (Open(OpenWhy.READ_CONTRACT, (line.id,), asked, "" if name == CONTRACT else name),)
        case FeeCheck.ASK_FOR_COST:
            return (Open(OpenWhy.ASK_FOR_COST, (line.id,), asked, name),)
        case FeeCheck.NOT_IN_CONTRACT:
            return (Finding(FindingKind.CLOSING_NOT_AGREED, asked, name, (line.id,), certain),)
        case FeeCheck.ABOVE_COST if cost is not None and is_worth_saying(asked - cost):
            return (Finding(FindingKind.CLOSING_ABOVE_COST, (asked - cost).rounded(), name, (line.id,), certain),)
    return ()


def _port(line: BillLine, ending: Ending, rules: Rules, law: _ChargeLaw) -> Finding | Open | None:
    rule = rule_for(rules, law.port, ending.ended, ending.who) if law.port else None
    if rule is None:
        return Open(OpenWhy.READ_CONTRACT, (line.id,), line.gross)
    return _whole(FindingKind.PORT, line, rule.id, certain=is_right(rule))


def _notice(line: BillLine, ending: Ending, rules: Rules, law: _ChargeLaw) -> Finding | Open | None:
    """A price for a notice that a switch does not need; with a period it is judged as rent."""
    if span_of(line.starts, line.ends) is not None:
        return None
    rule = rule_for(rules, law.notice, ending.ended, ending.who) if law.notice and ending.switched else None
    if rule is None:
        return Open(OpenWhy.NO_PERIOD, (line.id,), line.gross)
    return _whole(FindingKind.NOTICE, line, rule.id, certain=is_right(rule))


def _unreturned(line: BillLine, ending: Ending, rules: Rules, law: _ChargeLaw) -> Finding | Open | None:
    if not ending.returned:
        return Open(OpenWhy.PROOF_MISSING, (line.id,), line.gross)
    rule = rule_for(rules, law.returned, ending.ended, ending.who)
    return _whole(FindingKind.RETURNED, line, rule.id if rule is not None else CONTRACT, certain=True)


def _whole(kind: FindingKind, line: BillLine, rule_id: str, *, certain: bool) -> Finding | None:
    asked = _gross(line)
    return Finding(kind, asked, rule_id, (line.id,), certain) if is_worth_saying(asked) else None


def _device(lines: Sequence[BillLine], ending: Ending) -> list[Open]:
    """All that is asked for the handset together against what is left of it by our count (US-ETF-02).

    Nothing is said where it is no more. A count may be behind by one payment, so more is a question and no finding.
    """
    amounts = [line.gross for line in lines if line.gross is not None]
    if not amounts:
        return []
    ids, ours = tuple(line.id for line in lines), ending.device
    if len({amount.unit for amount in amounts}) > 1 or (ours is not None and ours.unit != amounts[0].unit):
        return [Open(OpenWhy.OTHER_CURRENCY, ids)]
    asked = Money(sum((amount.value for amount in amounts), Decimal(0)), amounts[0].unit)
    if ours is None:
        return [Open(OpenWhy.NOT_COMPUTED, ids, asked)]
    over = asked - ours
    return [Open(OpenWhy.DEVICE_DIFFERS, ids, over.rounded())] if is_worth_saying(over, len(ids)) else []


def _late_fee(line: BillLine, *_: object) -> Open:
    return Open(OpenWhy.READ_CONTRACT, (line.id,), line.gross)


def _unknown(line: BillLine, *_: object) -> Open | None:
    return Open(OpenWhy.UNKNOWN_CHARGE, (line.id,), line.gross) if line.gross and not line.gross.is_zero else None


def _gross(line: BillLine) -> Money:
    if line.gross is None:
        raise ValueError(f"line {line.id} has no amount")
    return line.gross


_JUDGES: dict[ChargeKind, Callable[[BillLine, Ending, Rules, _ChargeLaw], Finding | Open | None]] = {
    ChargeKind.PORT: _port,
    ChargeKind.NOTICE: _notice,
    ChargeKind.UNRETURNED: _unreturned,
    ChargeKind.LATE_FEE: _late_fee,
    ChargeKind.UNKNOWN: _unknown,
}
