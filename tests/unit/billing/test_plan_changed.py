"""What a change of plan within a month does to a bill, and tax that came with a line of another rate."""

from __future__ import annotations

from datetime import date

from honest_bills import bill_of, eur
from msgspec.structs import replace

from selfcare.billing.difference import Basis, Cause, Change, Difference, difference
from selfcare.domain.bills import BillLine, LineKind, Tax
from selfcare.viewmodel.differences import comparison
from tests.samples import words

NOVEMBER = {"period_start": date(2026, 11, 3), "period_end": date(2026, 12, 2), "day": date(2026, 11, 3)}
OCTOBER = {"id": "B1", "period_start": date(2026, 10, 3), "period_end": date(2026, 11, 2), "day": date(2026, 10, 3)}
PART = (date(2026, 10, 23), date(2026, 11, 2))
WHOLE = (date(2026, 11, 3), date(2026, 12, 2))


def monthly(name: str, amount: str, product: str, starts: date | None = None, ends: date | None = None) -> BillLine:
    kind = LineKind.RECURRING
    return BillLine(f"{name}{amount}", "B", name, kind, "", eur(amount), None, (), product, "", None, starts, ends)


def test_a_plan_changed_within_a_month_is_told_as_it_was() -> None:
    now = [monthly("Plan M", "30", "P2", *WHOLE), monthly("Plan M", "10", "P2", *PART),
           monthly("Plan S", "-6", "P1", *PART)]  # fmt: skip
    found = difference(bill_of("34", **NOVEMBER), now, bill_of("20", **OCTOBER), [monthly("Plan S", "20", "P1")])
    assert found is not None
    assert [(part.name, part.change, part.cause, part.amount) for part in found.parts] == [
        ("Plan M", Change.NEW, Cause.MONTHLY, eur("30")),
        ("Plan S", Change.GONE, Cause.MONTHLY, eur("-20")),
        ("Plan M", Change.NEW, Cause.PRO_RATA, eur("10")),
        ("Plan S", Change.NEW, Cause.CREDIT, eur("-6")),
    ]
    assert (found.parts[2].starts, found.parts[2].ends) == PART


def bare(name: str, amount: str) -> BillLine:
    return replace(monthly(name, amount, name), gross=None, net=eur(amount))


def test_the_tax_of_a_new_line_is_no_other_rate() -> None:
    first, second = Tax("VAT", eur("10.00"), eur("20").value), Tax("VAT", eur("0.55"), eur("5.5").value)
    bill = bill_of("70.55", taxes=(first, second), **NOVEMBER)
    before = bill_of("60.00", **(OCTOBER | {"taxes": (first,)}))
    found = difference(bill, [bare("Plan", "50"), bare("Press", "10")], before, [bare("Plan", "50")])
    assert found is not None
    assert [(part.cause, part.amount) for part in found.parts] == [
        (Cause.MONTHLY, eur("10")),
        (Cause.TAX_OF_CHANGES, eur("0.55")),
    ]


def test_equal_totals_in_other_terms_do_not_hide_that_the_lines_are_known() -> None:
    bill, before = bill_of("60.00", **NOVEMBER), bill_of("60.00", **OCTOBER)
    shown = comparison(bill, before, Difference(eur("0"), (), Basis.OTHER_TERMS), words())
    assert shown is not None
    assert "not known" not in str(shown)
    assert "No: both totals are the same." in str(shown)
