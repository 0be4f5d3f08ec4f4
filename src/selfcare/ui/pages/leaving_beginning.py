"""Reads what the first bills of a line say that matters at its end: the deposit that was paid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from selfcare.domain.bills import Bill
from selfcare.domain.lines import Line
from selfcare.domain.records import replace
from selfcare.leaving.deposits import deposit_on, first_bills
from selfcare.leaving.drafts import Plans
from selfcare.leaving.facts import LeavingFacts

if TYPE_CHECKING:
    from selfcare.account.read import Reader


def with_deposits(
    reader: Reader, lines: Sequence[Line], facts: Sequence[LeavingFacts], bills: Sequence[Bill], plans: Plans
) -> list[LeavingFacts]:
    """The facts with the deposit of each line that somebody leaves with, where a bill of its beginning shows one.

    Runs on the store lane. Nothing is read where no plan was begun.
    """
    begun = [line for line in lines if line.id in (plans.answers or {})]
    wanted = {line.id: first_bills(bills, line.since) for line in begun}
    by_id = {bill.id: bill for found in wanted.values() for bill in found}
    said = {ident: reader.bill_lines(ident) for ident in by_id}
    found: dict[str, LeavingFacts] = {one.line_id: one for one in facts}
    for line in begun:
        own = frozenset({line.id, *(option.id for option in line.options)})
        deposit = deposit_on((one for bill in wanted[line.id] for one in said[bill.id]), by_id, own)
        if deposit is not None and line.id in found:
            found[line.id] = replace(found[line.id], deposit=deposit.amount, deposit_paid=deposit.paid)
    return list(found.values())
