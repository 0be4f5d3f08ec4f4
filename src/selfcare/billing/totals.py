"""What earlier totals would be today, with what was sold since then and without what ended: for bills without lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from selfcare.domain.records import replace

from .known import Known, Sold
from .usual import Seen
from .weighing import Weighed


def as_of(bill: Weighed, past: Iterable[tuple[Weighed, Seen]], known: Known) -> list[Seen]:
    """The totals of the past, each with the stated monthly prices of what was sold after it and before the end of the
    bill, less those of what ended between them. None gets smaller by it: a credit may be late."""
    sold, starts, ends = _priced(bill, known), _starts(bill), max(_ends(bill), bill.day)
    told: list[Seen] = []
    for before, seen in past:
        then = min(_ends(before), before.day)
        began = [price for one, price in sold if one.since is not None and then < one.since <= ends]
        over = [price for one, price in sold if one.ended is not None and then <= one.ended < starts]
        dearer = float(sum(began, Decimal(0)) - sum(over, Decimal(0)))
        told.append(replace(seen, value=seen.value + dearer, steady=seen.steady + dearer) if dearer > 0 else seen)
    return told


def by_contract(bill: Weighed, known: Known) -> float:
    """What a month costs by the stated prices of all that was sold; 0 where none is known."""
    starts, ends = _starts(bill), max(_ends(bill), bill.day)
    running = [
        price
        for one, price in _priced(bill, known)
        if (one.since or starts) <= ends and (one.ended is None or one.ended >= starts)
    ]
    return float(sum(running, Decimal(0)))


def _priced(bill: Weighed, known: Known) -> Sequence[tuple[Sold, Decimal]]:
    """What has a price in the bill's currency and is paid on its account, each thing once: a line and its plan are
    often one product."""
    account = bill.bill.account_id
    found = {
        one.id: (one, one.price.value)
        for one in known.sold
        if one.price is not None and one.price.unit == bill.unit and one.account in {"", account}
    }
    return tuple(found.values())


def _starts(bill: Weighed) -> date:
    return bill.bill.period_start or bill.day


def _ends(bill: Weighed) -> date:
    return bill.bill.period_end or bill.day
