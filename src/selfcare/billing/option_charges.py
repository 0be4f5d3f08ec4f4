"""What bills have charged for something that does not work: in all, since it was first reported, and what is paid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, tzinfo
from decimal import Decimal

from selfcare.domain.money import Money, totals_by_unit
from selfcare.domain.options import Option, Verdict
from selfcare.domain.problems import Problem
from selfcare.domain.records import Struct
from selfcare.domain.tickets import Ticket

from .amounts import amount_of
from .weighing import Record

UNSERVED = frozenset({Verdict.CHARGED_NOT_WORKING, Verdict.CHARGED_NEVER_ON})
"""What is paid for and not delivered, by the operator's own word."""


class OptionCharges(Struct, frozen=True):
    """What the bills that are here charge for one thing, tax included, each amount by currency.

    `total` is all of it, `since_total` only what is for a time that began on `since` or later (None: no such day is
    known), `paid` the part of `total` that stands on bills which are paid. `bills` counts them, `first` is the first
    day that they charge for, or that of the oldest bill where none states its time. Lines without a stated amount are
    not counted.
    """

    total: tuple[Money, ...]
    paid: tuple[Money, ...]
    bills: int
    first: date | None
    since: date | None = None
    since_total: tuple[Money, ...] = ()


def charges_of(records: Iterable[Record], wanted: Mapping[str, date | None]) -> dict[str, OptionCharges]:
    """What bills charge for products (id → since when it is known not to work). Left out: what no bill charges."""
    found: dict[str, list[tuple[Record, Money, date | None]]] = {}
    for record in records:
        for line in record.lines:
            amount = amount_of(line) if line.product_id in wanted else None
            if amount is not None:
                begins = line.starts or line.day or record.bill.period_start or record.bill.day
                found.setdefault(line.product_id, []).append((record, amount, begins))
    made = {key: _charges(parts, wanted[key]) for key, parts in found.items()}
    return {key: one for key, one in made.items() if any(money.value > 0 for money in one.total)}


def _charges(parts: list[tuple[Record, Money, date | None]], since: date | None) -> OptionCharges:
    bills = {record.bill.id: record.bill for record, _amount, _begins in parts}
    days = [begins for _record, _amount, begins in parts if begins is not None]
    later = [
        amount for _record, amount, begins in parts if since is not None and begins is not None and begins >= since
    ]
    return OptionCharges(
        total=_totals(amount for _record, amount, _begins in parts),
        paid=_totals(amount for record, amount, _begins in parts if record.bill.is_paid),
        bills=len(bills),
        first=min(days, default=None),
        since=since,
        since_total=_totals(later),
    )


def _totals(amounts: Iterable[Money]) -> tuple[Money, ...]:
    return tuple(total.rounded() for total in totals_by_unit(amounts) if total.value != Decimal(0))


def first_reported(option: Option, tickets: Iterable[Ticket], problems: Iterable[Problem], zone: tzinfo) -> date | None:
    """The day of the oldest ticket or known problem (TMF621, TMF656) about an option or what runs behind it.

    None where there is none: since when it fails is then not known, for TMF638 states no such day.
    """
    services = {*option.service_ids, *(service.id for service in option.services)}
    own = services | {option.id}
    moments = [
        ticket.created
        for ticket in tickets
        if ticket.created is not None
        and "dispute" not in ticket.kind.casefold()
        and any(ref.id in own for ref in ticket.about)
    ]
    moments += [
        problem.began
        for problem in problems
        if problem.began is not None and services.intersection(problem.service_ids)
    ]
    return min((moment.astimezone(zone).date() for moment in moments), default=None)
