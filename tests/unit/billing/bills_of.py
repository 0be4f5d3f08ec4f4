"""Plain monthly bills to spoil: a plan and an option, one a month, all of one customer."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from selfcare.billing.flags import Flag
from selfcare.billing.known import NOTHING, Known
from selfcare.billing.normal import judged
from selfcare.billing.weighing import Record
from selfcare.domain.bills import Bill, BillLine, BillState, LineKind
from selfcare.domain.money import Money


def gbp(amount: str) -> Money:
    return Money(Decimal(amount), "GBP")


def month(place: int) -> date:
    return date(2024 + (place // 12), place % 12 + 1, 5)


def line(place: int, name: str, amount: str, kind: LineKind = LineKind.RECURRING, product: str = "",
         key: str = "", day: date | None = None) -> BillLine:  # fmt: skip
    starts, ends = month(place), month(place + 1) - timedelta(days=1)
    is_monthly = kind is LineKind.RECURRING
    return BillLine(
        f"L{place}{name}{key}", f"B{place}", name, kind, kind.value, gbp(amount), None, product_id=product,
        starts=starts if is_monthly else None, ends=ends if is_monthly else None, day=day,
    )  # fmt: skip


def plain(place: int, *more: BillLine, without: str = "", category: str = "normal") -> Record:
    lines = [line(place, "Plan", "30.00", product="P1"), line(place, "Voicemail", "2.00", product="O1")]
    lines = [one for one in lines if one.name != without] + list(more)
    total = sum((one.gross.value for one in lines if one.gross is not None), Decimal(0))
    bill = Bill(
        f"B{place}", f"B{place}", month(place + 1), None, Money(total, "GBP"), None, BillState.SETTLED,
        category=category, period_start=month(place), period_end=month(place + 1) - timedelta(days=1),
    )  # fmt: skip
    return Record(bill, tuple(lines))


def flags_of(records: list[Record], known: Known = NOTHING, today: date | None = None) -> list[Flag]:
    last = max(record.bill.day for record in records if record.bill.day is not None)
    found = judged(records, known).on(today or last)
    return [flag for judgement in found for flag in judgement.flags]
