"""A bill of thousands of lines is judged in the time of a blink, also where many of them stand twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from selfcare.billing import weighing
from selfcare.billing.amounts import amount_of
from selfcare.billing.charges import twice
from selfcare.domain.bills import Bill, BillLine, BillState, LineKind
from selfcare.domain.money import Money


def test_looking_for_doubles_reads_each_line_a_few_times_only(monkeypatch: object) -> None:
    total = Money(Decimal("5000.00"), "EUR")
    bill = Bill(id="b", number="b", day=date(2026, 10, 1), due=None, total=total, remaining=None, state=BillState.SENT)
    lines = tuple(
        BillLine(f"n{n}", "b", f"Pass {n // 2}", LineKind.ONE_TIME, "oneTime", Money(Decimal("1.00"), "EUR"), None,
                 product_id=f"p{n // 2}")
        for n in range(5000)
    )  # fmt: skip
    weighed = weighing.weighed(weighing.Record(bill, lines))
    assert weighed is not None
    read = 0

    def counted(line: BillLine) -> Money | None:
        nonlocal read
        read += 1
        return amount_of(line)

    monkeypatch.setattr("selfcare.billing.charges.amount_of", counted)  # type: ignore[attr-defined]
    assert len(twice(weighed, [])) == 2500
    assert read <= 3 * len(lines)
