"""What was charged for an option that does not work: in all, since it was reported, and how much of it is paid."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from selfcare.billing.option_charges import charges_of, first_reported
from selfcare.billing.weighing import Record
from selfcare.domain.bills import Bill, BillLine, BillState, LineKind
from selfcare.domain.commands import OrderOption
from selfcare.domain.lines import Access, Line
from selfcare.domain.money import Money
from selfcare.domain.options import Health, Option, PaperState, Service
from selfcare.domain.orders import Order, OrderState
from selfcare.domain.problems import Problem
from selfcare.domain.records import replace
from selfcare.domain.tickets import EntityRef, Ticket, TicketState
from selfcare.domain.unasked import unasked_options
from selfcare.domain.waiting import Waiting, WaitingState


def pounds(text: str) -> Money:
    return Money(Decimal(text), "GBP")


def record(month: int, amount: str | None, *, paid: bool = True, product: str = "OP", unit: str = "GBP") -> Record:
    day = date(2026, month, 5)
    money = Money(Decimal(amount), unit) if amount is not None else None
    bill = Bill(f"B-{month}", "", day, None, None, None, BillState.SETTLED if paid else BillState.SENT)
    line = BillLine(f"L-{month}", bill.id, "Pass", LineKind.RECURRING, "", money, None, product_id=product, starts=day)
    return Record(bill, (line,))


def option(name: str = "OP", **changes: object) -> Option:
    made = Option(
        name, name, "LN", pounds("12.00"), "month", PaperState.ACTIVE, "active", None, date(2026, 6, 1), None,
        service_ids=("SV",), services=(Service("SV", name, Health.FAILED, "failed"),),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def test_all_of_it_since_it_was_reported_and_what_is_paid() -> None:
    records = [record(3, "12.00"), record(4, "12.00"), record(5, "12.50", paid=False), record(5, "99.00", product="X")]
    found = charges_of(records, {"OP": date(2026, 4, 1)})["OP"]
    assert found.total == (pounds("36.50"),)
    assert found.paid == (pounds("24.00"),)
    assert found.since_total == (pounds("24.50"),)
    assert (found.bills, found.first) == (3, date(2026, 3, 5))


def test_the_first_day_is_the_first_that_is_charged_for_and_not_that_of_the_bill() -> None:
    early = record(4, "9.00")
    early = replace(early, lines=(replace(early.lines[0], starts=date(2026, 3, 24)),))
    found = charges_of([early, record(5, "9.00")], {"OP": date(2026, 3, 28)})["OP"]
    assert (found.first, found.since_total) == (date(2026, 3, 24), (pounds("9.00"),))


def test_a_credit_takes_off_and_what_was_all_given_back_is_not_said() -> None:
    given_back = record(4, "-12.00")
    assert charges_of([record(3, "12.00"), given_back], {"OP": None}) == {}
    assert charges_of([record(3, "20.00"), given_back], {"OP": None})["OP"].total == (pounds("8.00"),)


def test_currencies_stay_apart_and_a_line_without_amount_is_not_zero() -> None:
    found = charges_of([record(3, "12.00"), record(4, "9.00", unit="EUR"), record(5, None)], {"OP": None})["OP"]
    assert {money.unit for money in found.total} == {"GBP", "EUR"}
    assert found.bills == 2
    assert charges_of([record(5, None)], {"OP": None}) == {}


@given(
    st.lists(st.tuples(st.integers(1, 12), st.integers(1, 9999), st.booleans()), max_size=12, unique_by=lambda t: t[0])
)
def test_paid_and_since_are_never_more_than_all(bills: list[tuple[int, int, bool]]) -> None:
    records = [record(month, str(Decimal(cents) / 100), paid=paid) for month, cents, paid in bills]
    found = charges_of(records, {"OP": date(2026, 6, 1)}).get("OP")
    if found is None:
        assert not bills
        return
    total = found.total[0].value
    assert total == sum(Decimal(cents) for _m, cents, _p in bills) / 100
    assert all(part.value <= total for part in (*found.paid, *found.since_total))


def test_first_reported_is_the_oldest_ticket_or_problem_about_it() -> None:
    ticket = Ticket(
        "T", "", "", "Incident", "", TicketState.IN_PROGRESS, "", datetime(2026, 7, 3, 23, 30, tzinfo=UTC), None,
        about=(EntityRef("Service", "SV"),),
    )  # fmt: skip
    dispute = replace(ticket, kind="Bill Dispute", created=datetime(2026, 1, 1, tzinfo=UTC))
    other = replace(ticket, about=(EntityRef("Product", "ELSE"),), created=datetime(2026, 1, 1, tzinfo=UTC))
    assert first_reported(option(), [dispute, other, ticket], [], UTC) == date(2026, 7, 3)
    problem = Problem("P", "", "", "", TicketState.IN_PROGRESS, "", datetime(2026, 5, 2, tzinfo=UTC), None, None,
                      service_ids=("SV",))  # fmt: skip
    assert first_reported(option(), [ticket], [problem], UTC) == date(2026, 5, 2)
    assert first_reported(option(), [], [], UTC) is None


def line(*options: Option) -> Line:
    return Line(
        "LN", "Plan", "1", Access.MOBILE, PaperState.ACTIVE, "", None, "", date(2025, 1, 1), None, options=options
    )


def test_an_option_without_order_is_seen_only_where_orders_are_stated() -> None:
    ordered = option("OK", sold=date(2026, 2, 1))
    assert unasked_options([line(option(), ordered)], []) == {"OP"}
    assert unasked_options([line(option())], []) == frozenset()


def test_what_was_ordered_from_here_was_asked_for_even_if_the_operator_lists_no_order() -> None:
    ordered = option("OK", sold=date(2026, 2, 1))
    lines = [line(replace(option(), offering_id="PO-1"), ordered)]
    request = Waiting("W", OrderOption("LN", "PO-1", "Pass"), WaitingState.DONE, datetime(2026, 6, 1, tzinfo=UTC))
    assert unasked_options(lines, [], [request]) == frozenset()
    assert unasked_options(lines, [], [replace(request, state=WaitingState.ACCEPTED)]) == frozenset()
    for state in (WaitingState.REJECTED, WaitingState.DROPPED):
        assert unasked_options(lines, [], [replace(request, state=state)]) == {"OP"}, "it was never carried out"
    for other in (OrderOption("LN", "PO-2", "Pass"), OrderOption("ELSE", "PO-1", "Pass")):
        assert unasked_options(lines, [], [replace(request, command=other)]) == {"OP"}
    unnamed = [line(option(), ordered)]
    by_name = replace(request, command=OrderOption("LN", "PO-1", option().name.upper()))
    assert unasked_options(unnamed, [], [by_name]) == frozenset()


def test_what_an_order_names_or_came_with_the_line_or_has_ended_was_asked_for() -> None:
    ordered = option("OK", sold=date(2026, 2, 1))
    order = Order("O", "", "option", OrderState.COMPLETED, "", None, None, None, None, ("OP",))
    assert unasked_options([line(option(), ordered)], [order]) == frozenset()
    assert unasked_options([line(option(since=date(2025, 1, 20)), ordered)], []) == frozenset()
    assert unasked_options([line(option(since=None), ordered)], []) == frozenset()
    assert unasked_options([line(option(on_paper=PaperState.TERMINATED), ordered)], []) == frozenset()
