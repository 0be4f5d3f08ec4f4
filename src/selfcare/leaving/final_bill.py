"""Checks the final bill: no rent after the end, rent paid in advance given back, only what the contract allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from selfcare.domain.bills import Bill, BillLine
from selfcare.domain.money import Money, totals_by_unit
from selfcare.domain.records import Struct

from .charges import ChargeKind, charge_kind
from .ending import Ending
from .final_charges import judge_charges
from .final_findings import Finding, Open, OpenWhy
from .final_rent import judge_rent, ways_used
from .prorata import Prorating
from .rules import Rules


class FinalBill(Struct, frozen=True):
    """The bill that ends the account with a line. `is_marked` is the operator's own word; else it is our guess.

    `later` are bills written after it, each of which the operator has to explain.
    """

    bill: Bill
    is_marked: bool
    later: tuple[Bill, ...] = ()


class Review(Struct, frozen=True):
    """A final bill after the check. `findings` can be asked back, each with its rule; `opens` cannot be judged.

    `kinds` says by line id what each judged line was taken for, `ways` how a rent for a part of a month was counted.
    """

    bill_id: str
    findings: tuple[Finding, ...]
    opens: tuple[Open, ...]
    kinds: Mapping[str, ChargeKind]
    ways: Mapping[str, Prorating]

    @property
    def totals(self) -> tuple[Money, ...]:
        """What can be asked back together, one total for each currency."""
        return totals_by_unit(f.amount for f in self.findings)

    @property
    def is_fine(self) -> bool:
        """Everything was judged and nothing is wrong."""
        return not self.findings and not self.opens


def which_final(bills: Iterable[Bill], ended: date, account_id: str = "") -> FinalBill | None:
    """Which bill is the final one of a line that ended on a day; None while there is none.

    The first that the operator marks as the last, written not before the end; else the first ordinary one written
    after it, which is a guess: another line of the same account may go on.
    """
    after = sorted(
        (
            (b.day, b.id, b)
            for b in bills
            if b.day is not None and b.day >= ended and (not account_id or b.account_id in {"", account_id})
        ),
        key=lambda entry: entry[:2],
    )
    ordered = [bill for _day, _id, bill in after]
    found = next((b for b in ordered if b.is_final), None)
    marked = found is not None
    if found is None:
        found = next((b for b in ordered if not b.is_credit_note and b.day is not None and b.day > ended), None)
    if found is None:
        return None
    return FinalBill(found, marked, tuple(b for b in ordered[ordered.index(found) + 1 :] if not b.is_credit_note))


def review(
    bill: Bill, lines: Sequence[BillLine], ending: Ending, rules: Rules, *, earlier: Sequence[BillLine] = ()
) -> Review:
    """Check a final bill line by line against the end of the line it is for.

    `lines` are the bill's own, `earlier` those of the bills before, where rent may have been paid in advance. What is
    wrong by a cent of rounding is not said; what cannot be judged is, and is never called wrong.
    """
    mine: list[BillLine] = []
    opens: list[Open] = []
    for line in lines:
        if not line.is_billed:
            continue
        why = _why_not(line, ending, is_final=bill.is_final)
        if why is None:
            mine.append(line)
        else:
            opens.append(Open(why, (line.id,), line.gross))
    others = [line for line in earlier if line.is_billed and line.bill_id != bill.id]
    before = [line for line in others if _why_not(line, ending, is_final=False) is None]
    kinds = {line.id: charge_kind(line) for line in mine}
    rent, rent_opens = judge_rent(bill, mine, before, ending, rules)
    rest, rest_opens = judge_charges(mine, ending, rules)
    ways = ways_used(bill, mine, ending)
    return Review(bill.id, (*rent, *rest), (*opens, *rent_opens, *rest_opens), kinds, ways)


def _why_not(line: BillLine, ending: Ending, *, is_final: bool) -> OpenWhy | None:
    """Why a line cannot be judged at all, or None."""
    if line.gross is None:
        return OpenWhy.NO_AMOUNT
    if not ending.products or line.product_id in ending.products:
        return None
    if line.product_id:
        return OpenWhy.OTHER_LINE
    return None if is_final else OpenWhy.WHOSE
