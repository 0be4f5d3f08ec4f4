"""Money back after the end, debits that nothing explains, and equipment that is not done without its receipt."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from selfcare.domain.bills import Bill, BillState
from selfcare.domain.money import Money
from selfcare.domain.payments import Payment, PaymentState
from selfcare.leaving import equipment as eq
from selfcare.leaving.debits import Debit, DebitWhy, Means, debits_after, means_of
from selfcare.leaving.equipment import EquipmentState, Item, Proof
from selfcare.leaving.final_bill import FinalBill, which_final
from selfcare.leaving.reach import Who
from selfcare.leaving.refunds import RefundOf, RefundState, paid_on, refund
from selfcare.leaving.rules import Rules, parse_rules

FOLDER = Path(__file__).parents[3] / "resources" / "rules"
GB, FR, US = (parse_rules((FOLDER / f"{name}.toml").read_bytes()) for name in ("gb", "fr", "us"))
NOWHERE = Rules("XX", "", date(2026, 11, 21), ())
D = date
END = D(2026, 11, 26)
FIXED = Who("consumer", "fixed")

quickly = settings(max_examples=100, deadline=None)
DAYS = st.dates(D(2026, 1, 1), D(2029, 6, 30))


def money(text: str, unit: str = "EUR") -> Money:
    return Money(Decimal(text), unit)


def bill(ident: str, day: date, total: str, category: str = "normal", remaining: str | None = None) -> Bill:
    left = None if remaining is None else money(remaining)
    return Bill(ident, ident, day, day + timedelta(days=14), money(total), left, BillState.SENT, category=category)


def payment(
    ident: str, day: date, amount: str, *bills: str, state: PaymentState = PaymentState.TAKEN, method: str = "SEPA"
) -> Payment:
    return Payment(ident, day, money(amount), state, state.value, bills, method)


@pytest.mark.parametrize(
    ("today", "paid", "state", "late"),
    [
        (D(2026, 12, 18), None, RefundState.WAITING, 0),
        (D(2026, 12, 19), None, RefundState.LATE, 1),
        (D(2027, 1, 30), D(2026, 12, 18), RefundState.PAID, 0),
        (D(2027, 1, 30), D(2026, 12, 20), RefundState.PAID_LATE, 2),
    ],
)
def test_v22_a_french_refund_is_due_in_ten_days(today: date, paid: date | None, state: RefundState, late: int) -> None:
    for of in (RefundOf.DEPOSIT, RefundOf.ADVANCE, RefundOf.OVERPAYMENT):
        found = refund(of, money("19.35"), D(2026, 12, 8), FR, today, paid=paid)
        assert (found.due, found.rule_id, found.is_certain) == (D(2026, 12, 18), "FR-EQP-02", True)
        assert (found.state, found.days_late) == (state, late)


def test_a_french_refund_waits_for_the_last_bill_and_beats_the_operators_day() -> None:
    waits = refund(RefundOf.OVERPAYMENT, None, None, FR, D(2026, 12, 8))
    assert (waits.state, waits.due, waits.is_certain) == (RefundState.NOT_YET, None, False)
    told = refund(RefundOf.OVERPAYMENT, None, D(2026, 12, 8), FR, D(2026, 12, 8), stated=D(2027, 1, 8))
    assert (told.due, told.differs, told.rule_id) == (D(2026, 12, 18), True, "FR-EQP-02")
    sooner = refund(RefundOf.OVERPAYMENT, None, D(2026, 12, 8), FR, D(2026, 12, 8), stated=D(2026, 12, 10))
    assert not sooner.differs


@pytest.mark.parametrize("rules", [GB, US, NOWHERE])
def test_without_a_rule_only_the_operators_day_counts(rules: Rules) -> None:
    found = refund(RefundOf.DEPOSIT, None, END, rules, D(2027, 5, 1))
    assert (found.state, found.due, found.rule_id) == (RefundState.NO_DAY, None, "")
    told = refund(RefundOf.DEPOSIT, None, END, rules, D(2027, 5, 1), stated=D(2027, 4, 30))
    assert (told.state, told.due, told.is_certain, told.days_late) == (RefundState.LATE, D(2027, 4, 30), False, 1)


def test_a_firm_in_france_and_a_soldier_in_america() -> None:
    firm = refund(RefundOf.ADVANCE, None, END, FR, END, who=Who("business"))
    assert firm.state is RefundState.NO_DAY
    soldier = refund(RefundOf.ADVANCE_UNDER_ORDERS, None, END, US, END)
    assert (soldier.due, soldier.rule_id) == (END + timedelta(days=60), "US-SCRA-02")


@quickly
@given(DAYS, st.integers(0, 400))
def test_a_refund_is_late_from_the_day_after(since: date, waited: int) -> None:
    found = refund(RefundOf.DEPOSIT, None, since, FR, since + timedelta(days=waited))
    assert found.days_late == max(waited - 10, 0)
    assert (found.state is RefundState.LATE) is (waited > 10)


def test_when_a_bill_was_paid() -> None:
    last = bill("B-9", D(2026, 12, 1), "30.00", "last")
    parts = (payment("P-2", D(2026, 12, 9), "10.00", "B-9"), payment("P-1", D(2026, 12, 5), "20.00", "B-9"))
    assert paid_on(last, parts) == D(2026, 12, 9)
    assert paid_on(last, parts[:1]) is None
    assert paid_on(replace(last, remaining=money("0.00")), parts[:1]) == D(2026, 12, 9)
    assert paid_on(last, (payment("P-3", D(2026, 12, 9), "30.00", "B-9", state=PaymentState.FAILED),)) is None
    assert paid_on(replace(last, total=money("-4.00")), ()) == D(2026, 12, 1)


def noticed(
    payments: tuple[Payment, ...], rules: Rules = FR, *, mandate_ended: date | None = None, who: Who | None = None
) -> tuple[Debit, ...]:
    bills = (
        bill("B-8", D(2026, 11, 20), "30.00"),
        bill("B-9", D(2026, 12, 1), "12.00", "last"),
        bill("B-10", D(2027, 1, 1), "30.00"),
    )
    final = which_final(bills, END)
    return debits_after(payments, bills, END, rules, final=final, who=who, mandate_ended=mandate_ended)


def test_a_debit_for_an_earlier_or_the_final_bill_is_in_order() -> None:
    mine = (
        payment("P-1", D(2026, 11, 20), "99.00"),
        payment("P-0", END, "99.00"),
        payment("P-2", D(2026, 12, 4), "30.00", "B-8"),
        payment("P-3", D(2026, 12, 15), "12.00", "B-9"),
        payment("P-4", D(2026, 12, 16), "99.00", "B-77", state=PaymentState.FAILED),
        payment("P-5", D(2026, 12, 16), "-5.00"),
    )
    assert noticed(mine) == ()


@pytest.mark.parametrize(
    ("taken", "why", "wrong"),
    [
        (payment("P", D(2026, 12, 20), "30.00"), DebitWhy.NO_BILL, "30.00"),
        (payment("P", D(2026, 12, 20), "30.00", "B-77"), DebitWhy.NO_BILL, "30.00"),
        (payment("P", D(2027, 1, 15), "30.00", "B-10"), DebitWhy.AFTER_FINAL, "30.00"),
        (payment("P", D(2026, 12, 20), "15.50", "B-9"), DebitWhy.TOO_MUCH, "3.50"),
    ],
)
def test_a_debit_that_nothing_explains_is_noticed(taken: Payment, why: DebitWhy, wrong: str) -> None:
    (found,) = noticed((taken,))
    assert (found.why, found.wrong) == (why, money(wrong))


def test_a_bill_taken_twice() -> None:
    twice = (payment("P-1", D(2026, 12, 15), "12.00", "B-9"), payment("P-2", D(2026, 12, 16), "12.00", "B-9"))
    assert [(d.payment_id, d.why, d.wrong) for d in noticed(twice)] == [("P-2", DebitWhy.TOO_MUCH, money("12.00"))]
    cent = (payment("P-1", D(2026, 12, 15), "12.01", "B-9"),)
    assert noticed(cent) == ()


def test_a_bill_that_asks_too_much_explains_only_what_is_owed() -> None:
    """117.29 taken on 25 December, 70.54 of it not owed: eight weeks at the bank, a year from the operator."""
    bills = (bill("B-9", D(2026, 12, 11), "117.29", "last"),)
    final, too_much = which_final(bills, END), {"B-9": money("70.54")}
    whole = payment("P-1", D(2026, 12, 25), "117.29", "B-9", method="SEPA")
    (found,) = debits_after((whole,), bills, END, FR, final=final, not_owed=too_much)
    assert (found.why, found.wrong, found.amount) == (DebitWhy.OVERCHARGED, money("70.54"), money("117.29"))
    assert [(r.rule_id, r.until) for r in found.rights] == [
        ("FR-SEPA-01", D(2027, 2, 19)),
        ("FR-PRS-01", D(2027, 12, 25)),
    ]
    assert debits_after((whole,), bills, END, FR, final=final) == ()
    owed = payment("P-0", D(2026, 12, 24), "46.75", "B-9")
    rest = payment("P-1", D(2026, 12, 25), "70.54", "B-9")
    (found,) = debits_after((owed, rest), bills, END, FR, final=final, not_owed=too_much)
    assert (found.payment_id, found.wrong) == ("P-1", money("70.54"))
    twice = debits_after((whole, replace(whole, id="P-2")), bills, END, FR, final=final, not_owed=too_much)
    assert [(d.why, d.wrong) for d in twice] == [
        (DebitWhy.OVERCHARGED, money("70.54")),
        (DebitWhy.TOO_MUCH, money("117.29")),
    ]


def test_whether_a_wrong_bill_is_an_error_of_the_debit_the_bank_decides() -> None:
    bills = (bill("B-9", D(2026, 12, 11), "30.00", "last"),)
    taken = payment("P-1", D(2026, 12, 25), "30.00", "B-9", method="Direct Debit")
    (found,) = debits_after((taken,), bills, END, GB, final=which_final(bills, END), not_owed={"B-9": money("4.00")})
    assert [(r.rule_id, r.is_certain) for r in found.rights] == [("UK-DD-02", False)]


def test_later_bills_are_in_order_where_the_last_one_is_only_guessed() -> None:
    bills = (bill("B-9", D(2026, 12, 1), "12.00"), bill("B-10", D(2027, 1, 1), "30.00"))
    final = which_final(bills, END)
    assert isinstance(final, FinalBill)
    assert debits_after((payment("P", D(2027, 1, 15), "30.00", "B-10"),), bills, END, FR, final=final) == ()


@pytest.mark.parametrize(
    ("rules", "method", "mandate_ended", "expected"),
    [
        (GB, "Direct Debit", None, [("UK-DD-02", None, True)]),
        (GB, "", None, [("UK-DD-02", None, False)]),
        (GB, "Debit card", None, []),
        (FR, "SEPA", None, [("FR-SEPA-01", D(2027, 2, 14), True), ("FR-PRS-01", D(2027, 12, 20), True)]),
        (
            FR,
            "Prélèvement",
            D(2026, 12, 1),
            [("FR-SEPA-02", D(2028, 1, 20), True), ("FR-PRS-01", D(2027, 12, 20), True)],
        ),
        (FR, "Carte bancaire", D(2026, 12, 1), [("FR-PRS-01", D(2027, 12, 20), True)]),
        (US, "BankAccountDebit", None, [("US-PAY-02", D(2027, 2, 18), False)]),
        (NOWHERE, "Direct Debit", None, []),
    ],
)
def test_the_right_to_have_it_back_and_its_last_day(
    rules: Rules, method: str, mandate_ended: date | None, expected: list[tuple[str, date | None, bool]]
) -> None:
    (found,) = noticed((payment("P", D(2026, 12, 20), "30.00", method=method),), rules, mandate_ended=mandate_ended)
    assert [(r.rule_id, r.until, r.is_certain) for r in found.rights] == expected
    for right in found.rights:
        assert right.is_open_on(right.until or D(2099, 1, 1))
        assert right.until is None or not right.is_open_on(right.until + timedelta(days=1))


def test_on_the_day_on_which_it_ends_a_mandate_still_stands() -> None:
    (found,) = noticed((payment("P", D(2026, 12, 20), "30.00"),), mandate_ended=D(2026, 12, 20))
    assert found.why is DebitWhy.NO_BILL


def test_a_statement_moves_the_american_day_and_a_firm_has_no_eight_weeks() -> None:
    taken = payment("P", D(2026, 12, 20), "30.00", method="Direct Debit")
    (found,) = debits_after((taken,), (), END, US, statements={"P": D(2027, 1, 3)})
    assert found.rights[0].until == D(2027, 3, 4)
    (firm,) = noticed((taken,), who=Who("business"))
    assert [r.rule_id for r in firm.rights] == ["FR-PRS-01"]


def test_a_debit_on_its_way_is_noticed_as_such() -> None:
    (found,) = noticed((payment("P", D(2026, 12, 20), "30.00", state=PaymentState.PENDING),))
    assert not found.is_taken


@pytest.mark.parametrize(
    ("method", "means"),
    [
        ("Direct Debit", Means.DEBIT),
        ("BankAccountDebit", Means.DEBIT),
        ("Prélèvement SEPA", Means.DEBIT),
        ("Debit card", Means.CARD),
        ("Visa 1234", Means.CARD),
        ("cheque", Means.UNKNOWN),
        ("", Means.UNKNOWN),
    ],
)
def test_how_it_was_taken(method: str, means: Means) -> None:
    assert means_of(method) is means


@quickly
@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 5000), st.sampled_from(["B-8", "B-9", "B-10", "B-77"]))))
def test_never_more_is_wrong_than_was_taken(taken: list[tuple[int, int, str]]) -> None:
    payments = tuple(
        payment(f"P-{i:03}", END + timedelta(days=after), f"{Decimal(cents) / 100}", bill_id)
        for i, (after, cents, bill_id) in enumerate(taken)
    )
    found = noticed(payments)
    assert all(Decimal("0.01") < d.wrong.value <= d.amount.value for d in found)
    asked = sum(p.amount.value for p in payments if p.amount is not None and p.bill_ids == ("B-9",))
    wrong = sum(d.wrong.value for d in found if d.why is DebitWhy.TOO_MUCH and "B-9" in _bills(payments, d))
    assert abs(wrong - max(asked - 12, Decimal(0))) <= Decimal("0.01") * len(payments)


def _bills(payments: tuple[Payment, ...], found: Debit) -> tuple[str, ...]:
    return next(p.bill_ids for p in payments if p.id == found.payment_id)


BOX = Item("DV-2", "Fibre box", "https://returns.example/label")


@pytest.mark.parametrize("proof", [("", ""), (" ", "\t"), ("", " ")])
def test_a_receipt_that_proves_nothing_cannot_be_made(proof: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="receipt"):
        Proof(*proof)
    document = {"item_id": "DV-2", "day": "2026-12-01", "proof": {"number": proof[0], "photo": proof[1]}}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(document, eq.Returned)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"item_id": "DV-2", "day": "2026-12-01"}, eq.Returned)


@pytest.mark.parametrize("proof", [Proof(number="RM 123"), Proof(photo="receipt.jpg")])
def test_with_a_receipt_it_is_done(proof: Proof) -> None:
    deadline = eq.return_deadline(END, GB, stated=D(2026, 12, 10))
    back = eq.give_back(BOX, D(2026, 12, 10), proof)
    assert eq.equipment_step(BOX, END, deadline, D(2027, 1, 1), back).state is EquipmentState.DONE
    late = replace(back, day=D(2026, 12, 11))
    assert eq.equipment_step(BOX, END, deadline, D(2027, 1, 1), late).state is EquipmentState.DONE_LATE
    with pytest.raises(ValueError, match="another item"):
        eq.equipment_step(replace(BOX, id="DV-3"), END, deadline, D(2027, 1, 1), back)


@pytest.mark.parametrize(
    ("today", "label", "state"),
    [
        (D(2026, 11, 25), "", EquipmentState.ASK_LABEL),
        (D(2026, 11, 25), "L", EquipmentState.LATER),
        (END, "L", EquipmentState.SEND),
        (D(2026, 12, 10), "L", EquipmentState.SEND),
        (D(2026, 12, 11), "L", EquipmentState.LATE),
        (D(2026, 12, 11), "", EquipmentState.LATE),
    ],
)
def test_what_is_to_be_done_with_the_box(today: date, label: str, state: EquipmentState) -> None:
    deadline = eq.return_deadline(END, GB, stated=14)
    step = eq.equipment_step(replace(BOX, label=label), END, deadline, today)
    assert (step.state, step.first, step.is_done) == (state, END, False)


@pytest.mark.parametrize(
    ("rules", "who", "stated", "expected"),
    [
        (FR, FIXED, None, eq.Deadline(D(2026, 12, 26), "FR-EQP-01", is_guess=True)),
        (FR, FIXED, 15, eq.Deadline(D(2026, 12, 11), is_guess=False)),
        (FR, Who(), None, eq.Deadline(D(2026, 12, 10))),
        (GB, FIXED, None, eq.Deadline(D(2026, 12, 10))),
        (GB, FIXED, D(2027, 1, 25), eq.Deadline(D(2027, 1, 25), is_guess=False)),
        (NOWHERE, FIXED, None, eq.Deadline(D(2026, 12, 10))),
    ],
)
def test_by_when_it_goes_back(rules: Rules, who: Who, stated: date | int | None, expected: eq.Deadline) -> None:
    assert eq.return_deadline(END, rules, who=who, stated=stated) == expected


@quickly
@given(DAYS, st.integers(-30, 90), st.booleans())
def test_no_day_ticks_it_off(today: date, waited: int, has_label: bool) -> None:
    item = replace(BOX, label="L" if has_label else "")
    step = eq.equipment_step(item, today - timedelta(days=waited), eq.return_deadline(today, FR), today)
    assert not step.is_done
    assert step.state not in {EquipmentState.DONE, EquipmentState.DONE_LATE}
