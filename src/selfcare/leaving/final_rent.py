"""Judges the rent on a final bill: what was charged or paid for days after the end, less what was given back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from selfcare.domain.bills import Bill, BillLine
from selfcare.domain.money import CENT, Money
from selfcare.domain.records import Struct

from .charges import ChargeKind, charge_kind, is_deposit
from .ending import Ending
from .final_findings import Finding, FindingKind, Open, OpenWhy, is_worth_saying
from .prorata import Part, Prorating, Span, part_after, readings, span_of, way_of
from .reach import CONTRACT, is_right, rule_for
from .rules import Rules


class _RentLaw(Struct, frozen=True):
    """Which rule speaks of rent for the days after the end; "" is none, and then the contract decides."""

    switched: str = ""
    begun: str = ""
    """For a part of a period that had begun before the end."""
    ahead: str = ""
    """For such a part that was paid in advance."""
    whole: str = ""
    """For a period that begins after the end."""
    contract: str = CONTRACT
    orders: str = ""
    """For a contract that a servicemember ended under orders."""


_LAWS = {
    "GB": _RentLaw(switched="UK-SW-13", whole="UK-CTR-09", contract="UK-CTR-09"),
    "FR": _RentLaw(switched="FR-POR-01", begun="FR-NOT-01", ahead="FR-EQP-02", whole="FR-NOT-01"),
    "US": _RentLaw(contract="US-FIN-01", orders="US-SCRA-02"),
}
_WITH_PERIOD = frozenset({ChargeKind.RENT, ChargeKind.CREDIT, ChargeKind.NOTICE})


class _Share(Struct, frozen=True):
    """What remains of one line's part after the end, its rule, and whether it was paid with an earlier bill."""

    part: Part
    left: Decimal
    rule_id: str
    is_certain: bool
    is_ahead: bool


def judge_rent(
    bill: Bill, mine: Sequence[BillLine], earlier: Sequence[BillLine], ending: Ending, rules: Rules
) -> tuple[list[Finding], list[Open]]:
    """The rent that should come back, in every currency of the bill, and what about rent cannot be judged.

    Credits count first against what was paid in advance. A credit without a period counts too: the operator may mean
    this rent by it.
    """
    findings: list[Finding] = []
    opens = [*_usage_opens(mine, ending.ended), *_unclear(bill, mine, ending)]
    for unit in sorted({line.gross.unit for line in (*mine, *earlier) if line.gross is not None}):
        here = [line for line in mine if line.gross is not None and line.gross.unit == unit]
        before = [line for line in earlier if line.gross is not None and line.gross.unit == unit]
        found, unjudged = _judge_unit(unit, here, before, ending, rules)
        findings += found
        opens += unjudged
    return findings, opens


def _judge_unit(
    unit: str, here: Sequence[BillLine], before: Sequence[BillLine], ending: Ending, rules: Rules
) -> tuple[list[Finding], list[Open]]:
    shares: list[_Share] = []
    opens: list[Open] = []
    credit, credit_lines = Decimal(0), []
    for line, is_ahead in (*((b, True) for b in before), *((m, False) for m in here)):
        part = _part(line, ending.ended)
        if part is None or not part.amount.value:
            continue
        if part.amount.value < 0:
            credit -= part.amount.value
            credit_lines.append(line.id)
            continue
        judged = _rule(line, ending, rules, is_ahead=is_ahead)
        if judged is None:
            if ending.prorates is None:
                law = _LAWS.get(rules.country, _RentLaw())
                rule = "" if law.contract == CONTRACT else law.contract
                opens.append(Open(OpenWhy.READ_CONTRACT, (line.id,), part.amount.rounded(), rule))
            continue
        shares.append(_Share(part, part.amount.value, judged[0], judged[1], is_ahead))
    loose = [
        line
        for line in here
        if charge_kind(line) is ChargeKind.CREDIT and span_of(line.starts, line.ends) is None and not is_deposit(line)
    ]
    if shares and loose:
        credit -= sum((line.gross.value for line in loose if line.gross is not None), Decimal(0))
        credit_lines += [line.id for line in loose]
        opens.append(Open(OpenWhy.CREDIT_UNEXPLAINED, tuple(line.id for line in loose)))
    left = _less(shares, credit)
    owed = Money(sum((s.left for s in left), Decimal(0)), unit)
    if not is_worth_saying(owed, len(shares) + len(credit_lines)):
        return [], opens
    return _grouped(left, unit, tuple(credit_lines)), opens


def _less(shares: Sequence[_Share], credit: Decimal) -> list[_Share]:
    found = []
    for share in shares:
        used = min(credit, share.left)
        credit -= used
        found.append(_Share(share.part, share.left - used, share.rule_id, share.is_certain, share.is_ahead))
    return found


def _grouped(shares: Iterable[_Share], unit: str, credit_lines: tuple[str, ...]) -> list[Finding]:
    groups: dict[tuple[bool, str], list[_Share]] = {}
    for share in shares:
        if share.left > 0:
            groups.setdefault((share.is_ahead, share.rule_id), []).append(share)
    findings = []
    for (is_ahead, rule_id), group in groups.items():
        amount = Money(sum((s.left for s in group), Decimal(0)), unit).rounded()
        if amount.value < CENT:
            continue
        findings.append(
            Finding(
                FindingKind.RENT_AHEAD if is_ahead else FindingKind.RENT_AFTER,
                amount,
                rule_id,
                (*(s.part.line_id for s in group), *credit_lines),
                all(s.is_certain for s in group),
                tuple(s.part for s in group),
            )
        )
    return findings


def _part(line: BillLine, ended: date) -> Part | None:
    span = span_of(line.starts, line.ends)
    if span is None or line.gross is None or charge_kind(line) not in _WITH_PERIOD:
        return None
    return part_after(line.id, line.gross, span, ended)


def _rule(line: BillLine, ending: Ending, rules: Rules, *, is_ahead: bool) -> tuple[str, bool] | None:
    """The rule by which a part after the end comes back, and whether it is certain; None: the contract decides."""
    law = _LAWS.get(rules.country, _RentLaw())
    is_whole = line.starts is not None and line.starts > ending.ended
    names = [law.orders if ending.under_orders else "", law.ahead if is_ahead else ""]
    names.append(law.switched if ending.switched else "")
    names += ["" if is_ahead or not is_whole else law.whole, "" if is_ahead else law.begun]
    for name in names:
        rule = rule_for(rules, name, ending.ended, ending.who) if name else None
        if rule is not None:
            return name, is_right(rule)
    return (law.contract, True) if ending.prorates else None


def _usage_opens(mine: Iterable[BillLine], ended: date) -> list[Open]:
    return [
        Open(OpenWhy.AFTER_THE_END, (line.id,), line.gross)
        for line in mine
        if charge_kind(line) is ChargeKind.USAGE and line.starts is not None and line.starts > ended
    ]


def ways_used(bill: Bill, mine: Iterable[BillLine], ending: Ending) -> dict[str, Prorating]:
    """By line id, how a rent up to the end was counted, where the monthly price tells."""
    found: dict[str, Prorating] = {}
    for line in mine:
        price, span = ending.prices.get(line.product_id), _span(line, bill)
        if charge_kind(line) is not ChargeKind.RENT or line.gross is None or price is None or span is None:
            continue
        way = way_of(line.gross, price, span)
        if way is not None and span.last <= ending.ended:
            found[line.id] = way
    return found


def _span(line: BillLine, bill: Bill) -> Span | None:
    """The line's own period, else that of a bill that is the last one."""
    return span_of(line.starts, line.ends) or (span_of(bill.period_start, bill.period_end) if bill.is_final else None)


def _unclear(bill: Bill, mine: Iterable[BillLine], ending: Ending) -> list[Open]:
    """Rent without a period, and rent that is more than the monthly price comes to."""
    found: list[Open] = []
    for line in mine:
        if charge_kind(line) is not ChargeKind.RENT or line.gross is None:
            continue
        own, span = span_of(line.starts, line.ends), _span(line, bill)
        if span is None or (own is None and span.last > ending.ended):
            found.append(Open(OpenWhy.NO_PERIOD, (line.id,), line.gross))
            continue
        price = ending.prices.get(line.product_id)
        if price is None or span.last > ending.ended or price.unit != line.gross.unit:
            continue
        over = line.gross - _most(price, span)
        if is_worth_saying(over):
            found.append(Open(OpenWhy.RENT_DIFFERS, (line.id,), over.rounded()))
    return found


def _most(price: Money, span: Span) -> Money:
    return max((amount for _way, amount in readings(price, span)), key=lambda amount: amount.value)
