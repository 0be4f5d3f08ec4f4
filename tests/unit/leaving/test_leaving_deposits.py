"""A deposit: found on the first bills or typed by the customer, and followed until it is back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from selfcare.domain.bills import Bill, BillLine, BillState, LineKind
from selfcare.domain.lines import Access
from selfcare.leaving.aftermath import Papers, aftermath
from selfcare.leaving.charges import ChargeKind, charge_kind
from selfcare.leaving.choices import Choices
from selfcare.leaving.deposits import deposit_on, first_bills, read_amount
from selfcare.leaving.drafts import Plans, plans_from_bytes, plans_to_bytes
from selfcare.leaving.refunds import Refund, RefundOf, RefundState
from selfcare.leaving.way import plan
from selfcare.leaving.wizard import Answers, answer
from tests.shots.leavers import NOW, TODAY, british, french, money, rules_of

SINCE = date(2025, 8, 1)


def bill(ident: str, day: date) -> Bill:
    return Bill(ident, ident, day, day, money("49", "FR"), money("0", "FR"), BillState.SETTLED, "settled")


def line(name: str, amount: str, product: str = "PR-1", bill_id: str = "B1") -> BillLine:
    return BillLine(f"{bill_id}-{name}", bill_id, name, LineKind.ONE_TIME, "", money(amount, "FR"), None,
                    product_id=product)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("49", "49.00"),
        ("49,00", "49.00"),
        (" £ 49.5", "49.50"),
        ("1 000,00", "1000.00"),
        ("1,234.50", "1234.50"),
        ("$1.234,5", "1234.50"),
    ],
)
def test_amounts_as_people_write_them(typed: str, value: str) -> None:
    assert read_amount(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0",
        "-5",
        "4.999",
        "abc",
        "1.2.3",
        "1,2.3",
        "1,234,50",
        "1,234",
        "1,234.567",
        "1e5",
        "٤٩",
        "100001",
        "4" * 16,
    ],
)
def test_what_is_no_amount(typed: str) -> None:
    assert read_amount(typed) is None


def test_a_deposit_is_found_on_the_bills_of_the_beginning_only() -> None:
    bills = [bill("B9", date(2026, 10, 1)), bill("B1", date(2025, 9, 1))]
    assert [b.id for b in first_bills(bills, SINCE)] == ["B1"]
    assert first_bills(bills, None) == ()
    lines = [line("Orvane Box", "29.99"), line("Dépôt de garantie de la box", "49.00"), line("Deposit", "9", "PR-2")]
    found = deposit_on(lines, {"B1": bills[1]}, frozenset({"PR-1"}))
    assert found is not None
    assert (found.amount, found.paid) == (money("49.00", "FR"), date(2025, 9, 1))
    assert deposit_on([line("Deposit", "-49.00")], {"B1": bills[1]}, frozenset({"PR-1"})) is None


def test_a_deposit_is_no_rent_and_no_fee() -> None:
    assert charge_kind(line("Dépôt de garantie", "49.00")) is ChargeKind.UNKNOWN
    assert charge_kind(line("Security deposit", "-49.00")) is ChargeKind.CREDIT


def owed(answers: Answers, today: date = TODAY, country: str = "FR", access: Access = Access.INTERNET) -> Refund:
    facts = (french if country == "FR" else british)(
        access=access, deposit=money("49.00", country), deposit_paid=SINCE, line_ended=date(2026, 11, 1), is_over=True
    )
    rules = rules_of(country)
    assert rules is not None
    way = plan(facts, rules, today, NOW, "EUR", Choices())
    (found,) = aftermath(facts, answers, way, (), Papers(), today).refunds
    assert found.of is RefundOf.DEPOSIT
    return found


def test_in_france_ten_days_run_from_the_return_of_the_box() -> None:
    here = Answers("PR-1", True, confirmed=NOW)
    assert owed(here).state is RefundState.NOT_YET
    returned = replace(here, receipt="6A1", returned=date(2026, 11, 5))
    due = owed(returned)
    assert (due.due, due.rule_id, due.state, due.days_late) == (date(2026, 11, 15), "FR-EQP-02", RefundState.LATE, 6)
    assert owed(returned, date(2026, 11, 15)).state is RefundState.WAITING
    settled = replace(returned, settled=(("refund:deposit", date(2026, 11, 16)),))
    assert owed(settled).state is RefundState.PAID_LATE


def test_where_no_rule_names_a_day_none_is_invented() -> None:
    returned = Answers("PR-1", True, confirmed=NOW, receipt="6A1", returned=date(2026, 11, 5))
    assert owed(returned, country="GB").state is RefundState.NO_DAY
    assert owed(returned, access=Access.MOBILE).state is RefundState.NO_DAY


def test_what_was_typed_is_kept() -> None:
    typed = answer(answer(Answers("PR-1"), "deposit", " 49,00 ", TODAY), "depositPaid", "2025-09-01", TODAY)
    kept = plans_from_bytes(plans_to_bytes(Plans().with_answers(typed))).of("PR-1")
    assert (kept.deposit, kept.deposit_paid) == ("49,00", TODAY.replace(year=2025, month=9, day=1))
    assert answer(kept, "depositPaid", "", TODAY + timedelta(days=1)).deposit_paid is None
