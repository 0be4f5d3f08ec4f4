"""A price without tax is never held against one with it: where the tax is stated from now on, nothing is dearer."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from selfcare.billing.flags import Oddity
from selfcare.billing.known import Known
from selfcare.billing.normal import judged
from selfcare.billing.weighing import Record
from selfcare.domain.bills import Bill, BillLine, BillState, LineKind, Tax
from selfcare.domain.money import Money


def eur(value: str) -> Money:
    return Money(Decimal(value), "EUR")


def record(n: int, total: str, parts: dict[str, str], *, is_net: bool, rates: tuple[str, ...] = ("20",)) -> Record:
    day = date(2024, 1, 3) + timedelta(days=30 * n)
    taxes = tuple(Tax("TVA", None, Decimal(rate)) for rate in rates)
    bill = Bill(f"B{n}", f"B{n}", day, None, eur(total), None, BillState.SETTLED, taxes=taxes,
                period_start=day, period_end=day + timedelta(days=29))  # fmt: skip
    lines = tuple(
        BillLine(f"{n}{name}", bill.id, name, LineKind.RECURRING, "", None if is_net else eur(amount),
                 eur(amount) if is_net else None, (), name)
        for name, amount in parts.items()
    )  # fmt: skip
    return Record(bill, lines)


def bare(n: int, total: str = "60.00", amount: str = "50.00", rates: tuple[str, ...] = ("20",)) -> Record:
    return record(n, total, {"Plan": amount}, is_net=True, rates=rates)


def taxed(n: int, total: str = "60.00", amount: str = "60.00", rates: tuple[str, ...] = ("20",)) -> Record:
    return record(n, total, {"Plan": amount}, is_net=False, rates=rates)


def flags(records: list[Record]) -> list[tuple[str, Oddity]]:
    return [(one.bill_id, flag.kind) for one in judged(records, Known()).judgements for flag in one.flags]


@pytest.mark.parametrize("rates", [("20",), ("20", "5.5"), ()])
@pytest.mark.parametrize("is_back", [False, True])
@pytest.mark.parametrize("more", [1, 2, 8])
def test_nothing_is_dearer_where_the_tax_is_stated_from_now_on_or_no_longer(
    rates: tuple[str, ...], is_back: bool, more: int
) -> None:
    first, then = (taxed, bare) if is_back else (bare, taxed)
    records = [*(first(n, rates=rates) for n in range(12)), *(then(n, rates=rates) for n in range(12, 12 + more))]
    assert flags(records) == []


def test_a_price_that_rose_while_the_tax_came_in_is_still_seen() -> None:
    [flag] = flags([*(bare(n) for n in range(12)), taxed(12, "72.00", "72.00")])
    assert flag == ("B12", Oddity.RATE)


def test_lines_that_are_all_without_tax_are_judged_as_they_are() -> None:
    records = [*(bare(n) for n in range(12)), bare(12, "72.00", "60.00")]
    [flag] = [flag for one in judged(records, Known()).judgements for flag in one.flags]
    assert (flag.amount, flag.usual) == (eur("10.00"), eur("50.00"))


def test_a_bill_without_any_tax_is_as_it_is_among_others() -> None:
    records = [*(bare(n, "50.00", rates=()) for n in range(6)), *(taxed(n, "50.00", "50.00") for n in range(6, 14))]
    assert flags(records) == []
