"""Why is it different? Every part with its amount, all parts together the whole difference, a rest called a rest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from honest_bills import bill_of, eur, line_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selfcare.billing.difference import Basis, Cause, Change, Difference, difference, last_comparable, year_ago
from selfcare.domain.bills import Bill, BillLine, LineKind, Tax
from selfcare.domain.money import Money
from selfcare.domain.records import replace

OCTOBER = {"period_start": date(2026, 10, 1), "period_end": date(2026, 10, 31), "day": date(2026, 11, 3)}
SEPTEMBER = {"id": "B1", "period_start": date(2026, 9, 1), "period_end": date(2026, 9, 30), "day": date(2026, 10, 3)}

amounts = st.decimals(-9999, 9999, places=2) | st.decimals(-99, 99, places=4)
spans = st.none() | st.tuples(st.integers(1, 31), st.integers(1, 31))


@st.composite
def some_lines(draw: st.DrawFn) -> list[BillLine]:
    made = []
    for place in range(draw(st.integers(0, 6))):
        span = draw(spans)
        days = (date(2026, 10, min(span)), date(2026, 10, max(span))) if span is not None else (None, None)
        amount = draw(st.none() | amounts.map(lambda value: Money(value, draw(st.sampled_from(["EUR", "EUR", "USD"])))))
        net = draw(st.none() | amounts.map(lambda value: Money(value, "EUR")))
        rate = draw(st.none() | st.sampled_from([Decimal(20), Decimal("0.20"), Decimal("5.5"), Decimal(0)]))
        taxes = (Tax("VAT", draw(st.none() | amounts.map(eur)), rate),) if draw(st.booleans()) else ()
        name = draw(st.sampled_from(["Plan 50 GB", "Plan 80 GB", "Calls 1.10", "Box", ""]))
        kind = draw(st.sampled_from(LineKind))
        product = draw(st.sampled_from(["", "", "P1", "P2"]))
        made.append(BillLine(f"L{place}", "B", name, kind, "", amount, net, taxes, product, "", None, *days))
    return made


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(some_lines(), some_lines(), amounts, amounts, st.none() | st.sampled_from([Decimal(20), Decimal(10)]), st.data())
def test_the_parts_are_always_the_whole_difference(
    now: list[BillLine], then: list[BillLine], total: Decimal, was: Decimal, rate: Decimal | None, data: st.DataObject
) -> None:
    taxes = (Tax("VAT", data.draw(st.none() | amounts.map(eur)), rate),) if rate is not None else ()
    bill = bill_of(total, taxes=taxes, **OCTOBER)
    before = bill_of(was, **(SEPTEMBER | {"taxes": (Tax("VAT", eur("1"), Decimal(20)),)}))
    found = difference(bill, now, before, then)
    if found is None:  # a credit note
        assert total < 0
        return
    assert sum((part.amount.value for part in found.parts), Decimal(0)) == total - was
    assert all(not part.amount.is_zero for part in found.parts)
    assert {part.amount.unit for part in found.parts} <= {"EUR"}
    assert sum(part.change is Change.REST for part in found.parts) <= 1
    if not now or not then:
        assert found.basis.is_by_totals


def told(now: list[BillLine], then: list[BillLine], total: str, was: str, **facts: object) -> Difference:
    found = difference(bill_of(Decimal(total), **(OCTOBER | facts)), now, bill_of(Decimal(was), **SEPTEMBER), then)
    assert found is not None
    return found


def parts(found: Difference) -> list[tuple[Change, Cause, str]]:
    return [(part.change, part.cause, str(part.amount.value)) for part in found.parts]


def test_each_cause_has_its_amount() -> None:
    then = [
        line_of("Plan 50 GB", "20.00", product_id="P1"),
        line_of("Music", "5.00", product_id="P2"),
        line_of("Calls", "1.20", LineKind.USAGE),
    ]
    now = [
        line_of("Plan 50 GB", "22.00", product_id="P1"),
        line_of("Calls", "4.70", LineKind.USAGE),
        line_of("SIM card", "10.00", LineKind.ONE_TIME),
        line_of("Sorry for the outage", "-3.00", LineKind.CREDIT),
        line_of("Reminder", "7.50", LineKind.PENALTY),
    ]
    assert parts(told(now, then, "41.25", "26.20")) == [
        (Change.NEW, Cause.ONE_TIME, "10.00"),
        (Change.NEW, Cause.PENALTY, "7.50"),
        (Change.GONE, Cause.MONTHLY, "-5.00"),
        (Change.CHANGED, Cause.USAGE, "3.50"),
        (Change.NEW, Cause.CREDIT, "-3.00"),
        (Change.CHANGED, Cause.PRICE, "2.00"),
        (Change.REST, Cause.REST, "0.05"),
    ]


def test_a_month_after_half_a_month_is_pro_rata_and_not_a_price_rise() -> None:
    half = line_of("Plan", "10.00", product_id="P1", starts=date(2026, 9, 16), ends=date(2026, 9, 30))
    whole = line_of("Plan", "20.00", product_id="P1", starts=date(2026, 10, 1), ends=date(2026, 10, 31))
    assert parts(told([whole], [half], "20.00", "10.00")) == [(Change.CHANGED, Cause.PRO_RATA, "10.00")]
    rise = replace(whole, gross=eur("26.00"))
    assert parts(told([rise], [half], "26.00", "10.00")) == [
        (Change.CHANGED, Cause.PRO_RATA, "13.00"),
        (Change.CHANGED, Cause.PRICE, "3.00"),
    ]


def test_a_catch_up_beside_the_month_is_pro_rata() -> None:
    whole = line_of("Plan", "20.00", product_id="P1")
    extra = line_of("Plan", "6.67", product_id="P1", starts=date(2026, 9, 21), ends=date(2026, 9, 30))
    found = told([whole, extra], [whole], "26.67", "20.00")
    assert parts(found) == [(Change.CHANGED, Cause.PRO_RATA, "6.67")]
    assert (found.parts[0].starts, found.parts[0].ends) == (date(2026, 9, 21), date(2026, 9, 30))


def test_another_tax_rate_is_told_apart_from_another_price() -> None:
    def plan(net: str, gross: str, rate: str) -> BillLine:
        tax = Tax("VAT", eur(Decimal(gross) - Decimal(net)), Decimal(rate))
        return line_of("Plan", gross, net=eur(net), taxes=(tax,), product_id="P1")

    only_tax = told([plan("100.00", "120.00", "20")], [plan("100.00", "110.00", "10")], "120.00", "110.00")
    assert parts(only_tax) == [(Change.CHANGED, Cause.TAX, "10.00")]
    both = told([plan("110.00", "132.00", "0.20")], [plan("100.00", "110.00", "10")], "132.00", "110.00")
    assert parts(both) == [(Change.CHANGED, Cause.PRICE, "11.00"), (Change.CHANGED, Cause.TAX, "11.00")]


def test_the_tax_below_lines_without_tax_is_a_part() -> None:
    now, then = [line_of("Plan", None, net=eur("15.00"))], [line_of("Plan", None, net=eur("10.00"))]
    bill = bill_of(Decimal("18.00"), taxes=(Tax("VAT", eur("3.00"), Decimal(20)),), **OCTOBER)
    before = bill_of(Decimal("12.00"), taxes=(Tax("VAT", eur("2.00"), Decimal(20)),), **SEPTEMBER)
    found = difference(bill, now, before, then)
    assert found is not None
    assert parts(found) == [(Change.CHANGED, Cause.PRICE, "5.00"), (Change.CHANGED, Cause.TAX_OF_CHANGES, "1.00")]


def test_the_tax_of_what_changed_is_told_from_another_rate() -> None:
    def of(net: str, tax: str, rate: str, **facts: object) -> Bill:
        total = Decimal(net) + Decimal(tax)
        return bill_of(total, net=eur(net), taxes=(Tax("S", eur(tax), Decimal(rate)),), **facts)

    now, then = [line_of("Plan", None, net=eur("15.00"))], [line_of("Plan", None, net=eur("10.00"))]
    found = difference(of("15.00", "3.00", "20", **OCTOBER), now, of("10.00", "1.00", "10", **SEPTEMBER), then)
    assert found is not None
    assert parts(found) == [
        (Change.CHANGED, Cause.PRICE, "5.00"),
        (Change.CHANGED, Cause.TAX, "1.50"),
        (Change.CHANGED, Cause.TAX_OF_CHANGES, "0.50"),
    ]


def test_lines_without_tax_are_held_against_lines_with_it_in_the_same_terms() -> None:
    bare = [line_of("Plan", None, net=eur("30.00"))]
    taxed = [line_of("Plan", "36.00")]
    facts = {"net": eur("30.00"), "taxes": (Tax("S", eur("6.00"), Decimal(20)),)}
    found = difference(
        bill_of(Decimal("36.00"), **(OCTOBER | facts)), bare, bill_of(Decimal("36.00"), **SEPTEMBER), taxed
    )
    assert found is not None
    assert (found.parts, found.basis) == ((), Basis.LINES)
    both = [replace(taxed[0], net=eur("30.00"))]
    found = difference(bill_of(Decimal("36.00"), **OCTOBER), bare, bill_of(Decimal("36.00"), **SEPTEMBER), both)
    assert found is not None
    assert (found.parts, found.basis) == ((), Basis.LINES)
    found = difference(bill_of(Decimal("36.00"), **OCTOBER), bare, bill_of(Decimal("36.00"), **SEPTEMBER), taxed)
    assert found is not None
    assert (found.parts, found.basis) == ((), Basis.OTHER_TERMS)


def test_a_credit_note_is_compared_with_no_month() -> None:
    note = bill_of(Decimal("-5.00"), category="creditNote", **OCTOBER)
    before = bill_of(Decimal("20.00"), **SEPTEMBER)
    assert last_comparable(note, [before]) is None
    assert year_ago(note, [replace(before, day=date(2025, 11, 3))]) is None
    back = [line_of("Refund", "-5.00", LineKind.CREDIT)]
    assert difference(bill_of(Decimal("-5.00"), **OCTOBER), back, before, [line_of("Plan", "20.00")]) is None
    month = [line_of("Plan", "20.00"), line_of("Refund", "-25.00", LineKind.CREDIT)]
    assert parts(told(month, [line_of("Plan", "20.00")], "-5.00", "20.00")) == [(Change.NEW, Cause.CREDIT, "-25.00")]


def test_many_lines_that_differ_in_figures_only_are_one_part_with_their_number() -> None:
    calls = [line_of(f"Call {n}", "0.10", LineKind.USAGE) for n in range(30)]
    plan = line_of("Plan", "20.00")
    (part,) = told([plan, *calls], [plan], "23.00", "20.00").parts
    assert (part.name, part.count, part.amount) == ("Call 0", 30, eur("3.00"))


def test_a_renamed_option_of_the_same_product_is_one_line() -> None:
    then, now = [line_of("Red", "20.00", product_id="P1")], [line_of("Infinity", "21.00", product_id="P1")]
    assert parts(told(now, then, "21.00", "20.00")) == [(Change.CHANGED, Cause.PRICE, "1.00")]


def test_two_uses_of_one_product_are_two_lines() -> None:
    then = [line_of("Calls", "1.00", LineKind.USAGE, product_id="P1")]
    now = [*then, line_of("Roaming data", "60.00", LineKind.USAGE, product_id="P1")]
    assert parts(told(now, then, "61.00", "1.00")) == [(Change.NEW, Cause.USAGE, "60.00")]


def test_only_totals_are_known_where_one_bill_has_no_lines() -> None:
    found = told([line_of("Plan", "20.00")], [], "20.00", "15.00")
    assert (found.basis, found.rest) == (Basis.NO_LINES_BEFORE, eur("5.00"))
    assert told([], [line_of("Plan", "20.00")], "20.00", "15.00").basis is Basis.NO_LINES_NOW
    assert told([], [], "20.00", "15.00").basis is Basis.TOTALS
    assert told([], [], "15.00", "15.00").parts == ()


def test_two_currencies_are_not_compared() -> None:
    dollars = replace(bill_of(Decimal(10), id="B1"), total=Money(Decimal(10), "USD"))
    assert difference(bill_of(Decimal(12)), [], dollars, []) is None
    assert difference(bill_of(None), [], bill_of(Decimal(12)), []) is None


def test_the_comparable_bill_is_neither_a_credit_nor_a_last_bill_nor_of_another_account() -> None:
    def past(ident: str, day: date, total: str = "20", **facts: object) -> Bill:
        return bill_of(Decimal(total), id=ident, day=day, account_id="A1", **facts)

    bill = bill_of(Decimal(20), account_id="A1")
    earlier = [
        past("credit", date(2026, 10, 20), "-5"),
        past("last", date(2026, 10, 19), category="last"),
        bill_of(Decimal(20), id="other", day=date(2026, 10, 18), account_id="A2"),
        replace(bill_of(Decimal(20), id="dollars", day=date(2026, 10, 17)), total=Money(Decimal(9), "USD")),
        past("october", date(2026, 10, 3)),
        past("year", date(2025, 11, 5)),
        past("older", date(2025, 10, 5)),
    ]
    assert last_comparable(bill, earlier) == earlier[4]
    assert year_ago(bill, earlier) == earlier[5]
    assert year_ago(bill, earlier[:5]) is None
    assert last_comparable(bill, []) is None
