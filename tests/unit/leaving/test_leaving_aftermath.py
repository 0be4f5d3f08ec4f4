"""After the last day: the box needs its receipt, the final bill is checked, money owed and taken is followed."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from selfcare.domain.bills import Bill, BillLine, BillState, LineKind
from selfcare.domain.lines import Access, SimLock
from selfcare.domain.money import Money
from selfcare.domain.payments import Payment, PaymentState
from selfcare.leaving.aftermath import Aftermath, Papers, aftermath
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.cutover import CutoverKind, CutoverWarning
from selfcare.leaving.drafts import Plans, plans_from_bytes, plans_to_bytes
from selfcare.leaving.equipment import EquipmentState
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.final_findings import FindingKind
from selfcare.leaving.refunds import RefundOf, RefundState
from selfcare.leaving.reminders import ReminderKind, reminders
from selfcare.leaving.rules import parse_rules
from selfcare.leaving.tracker import Tracked, TrackedKind, track
from selfcare.leaving.way import StepKind, StepState, plan
from selfcare.leaving.wizard import RECEIPT_MOST, Answers, answer
from tests.unit.leaving.test_leaving_countries import line
from tests.unit.leaving.test_leaving_countries import way as way_of

RULES = {
    country: parse_rules((Path(__file__).parents[3] / "resources" / "rules" / f"{country}.toml").read_bytes())
    for country in ("gb", "fr", "us")
}
NOW = datetime(2026, 12, 14, 10, 45, tzinfo=UTC)
END = date(2026, 11, 26)
MOBILE = LeavingFacts(
    country="GB", zone="Europe/London", line_id="PR-1", number="07700 900123", line_ended=END, has_direct_debit=True
)
BOX = replace(MOBILE, country="FR", zone="Europe/Paris", access=Access.INTERNET, number="")
ANSWERS = Answers("PR-1", True, day=END, confirmed=datetime(2026, 11, 20, tzinfo=UTC))


def pounds(amount: str) -> Money:
    return Money(Decimal(amount), "GBP")


def bill(total: str, remaining: str | None = None, day: date = date(2026, 12, 3), own: str = "B-9") -> Bill:
    left = pounds(total if remaining is None else remaining)
    return Bill(
        own, own, day, day + timedelta(days=14), pounds(total), left, BillState.SENT, "sent", category="last"
    )  # fmt: skip


def rent(amount: str, first: date, last: date) -> BillLine:
    return BillLine(
        "L-1", "B-9", "Orvane 20 GB", LineKind.RECURRING, "recurringCharge", pounds(amount), None,
        product_id="PR-1", starts=first, ends=last,
    )  # fmt: skip


def papers(*lines: BillLine, payments: tuple[Payment, ...] = ()) -> Papers:
    return Papers(lines, payments, {"PR-1": frozenset({"PR-1"})}, {"PR-1": pounds("30.00")})


def known(
    facts: LeavingFacts, answers: Answers, bills: tuple[Bill, ...] = (), seen: Papers | None = None
) -> tuple[Aftermath, dict[TrackedKind, Tracked]]:
    way = plan(facts, RULES[facts.country.lower()], NOW.date(), NOW, "GBP", answers.choices())
    after = aftermath(facts, answers, way, bills, seen or Papers(), NOW.date())
    return after, {t.kind: t for t in track(facts, answers, way, after, NOW.date())}


def test_rent_after_the_end_is_found_to_the_cent_with_its_rule() -> None:
    seen = papers(rent("30.00", date(2026, 11, 1), date(2026, 11, 30)))
    after, rows = known(MOBILE, ANSWERS, (bill("30.00"),), seen)
    assert after.review is not None
    (finding,) = after.review.findings
    assert (finding.kind, finding.amount, finding.rule_id) == (FindingKind.RENT_AFTER, pounds("4.00"), "UK-SW-13")
    assert rows[TrackedKind.CHECKED].state is StepState.NOW
    settled = answer(ANSWERS, "settled:bill:B-9", "yes", NOW.date())
    assert known(MOBILE, settled, (bill("30.00"),), seen)[1][TrackedKind.CHECKED].state is StepState.DONE
    assert answer(settled, "settled:bill:B-9", "", NOW.date()) == ANSWERS


def test_a_right_final_bill_is_fine_and_one_without_its_lines_is_not_judged() -> None:
    seen = papers(rent("26.00", date(2026, 11, 1), END))
    after, rows = known(MOBILE, ANSWERS, (bill("26.00"),), seen)
    assert after.review is not None
    assert after.review.is_fine
    assert rows[TrackedKind.CHECKED].state is StepState.DONE
    after, rows = known(MOBILE, ANSWERS, (bill("26.00"),))
    assert after.review is None
    assert rows[TrackedKind.CHECKED].state is StepState.LATER
    assert TrackedKind.CHECKED not in known(MOBILE, ANSWERS)[1]


def test_a_line_that_goes_on_is_not_accused_of_anything() -> None:
    """The planned day has passed, but the operator neither says that the line ended nor marks a last bill."""
    goes_on = replace(MOBILE, line_ended=None)
    usual = replace(bill("30.00"), category="normal")
    taken = Payment("P-1", date(2026, 12, 5), pounds("99.00"), PaymentState.TAKEN, "taken")
    after, rows = known(
        goes_on, ANSWERS, (usual,), papers(rent("30.00", date(2026, 12, 1), date(2026, 12, 31)), payments=(taken,))
    )
    assert (after.final, after.review, after.debits) == (None, None, ())
    assert TrackedKind.DEBIT_AFTER not in rows


def test_the_box_is_done_only_with_a_receipt() -> None:
    after, rows = known(BOX, ANSWERS)
    assert after.equipment[0].state is EquipmentState.ASK_LABEL
    assert (rows[TrackedKind.RETURN].state, rows[TrackedKind.RETURN].day) == (StepState.NOW, date(2026, 12, 26))
    blank = answer(ANSWERS, "receipt", "   ", NOW.date())
    assert known(BOX, blank)[1][TrackedKind.RETURN].state is StepState.NOW
    for question, value in (("receipt", "6A 123"), ("receiptPhoto", "/home/claire/receipt.png")):
        proven = answer(ANSWERS, question, value, date(2026, 12, 10))
        assert proven.returned == date(2026, 12, 10)
        row = known(BOX, proven)[1][TrackedKind.RETURN]
        assert (row.state, row.day) == (StepState.DONE, date(2026, 12, 10))
        assert answer(proven, question, "", NOW.date()).returned is None
    assert TrackedKind.RETURN not in known(MOBILE, ANSWERS)[1]
    assert len(answer(ANSWERS, "receipt", "9" * 90, NOW.date()).receipt) == RECEIPT_MOST


def test_what_comes_sooner_stands_above_and_what_has_no_day_stays_behind_its_own() -> None:
    rows = list(known(replace(BOX, has_direct_debit=True), ANSWERS)[1].values())
    days = [row.day for row in rows if row.day is not None and row.kind is not TrackedKind.DOOR]
    assert days == sorted(days)
    kinds = [row.kind for row in rows]
    assert kinds.index(TrackedKind.FINAL_BILL) < kinds.index(TrackedKind.RETURN), "one is due sooner than the other"
    paid = kinds.index(TrackedKind.FINAL_PAID)
    assert kinds[paid - 1 : paid + 2] == [
        TrackedKind.FINAL_BILL, TrackedKind.FINAL_PAID, TrackedKind.DEBIT_ENDS
    ]  # fmt: skip


def test_a_handset_that_is_paid_off_first_is_followed_until_it_is() -> None:
    owed = replace(
        MOBILE, country="US", zone="America/New_York", number="+12125550123", lock=SimLock.LOCKED, handset_id="DV-1",
        instalment=Money(Decimal("27.77"), "USD"), instalments_left=13, handset_bought=date(2025, 1, 10),
        line_ended=None,
    )  # fmt: skip
    rows = known(owed, ANSWERS)[1]
    assert rows[TrackedKind.PAY_OFF].state is StepState.NOW
    assert next(iter(rows)) is TrackedKind.PAY_OFF
    assert TrackedKind.PAY_OFF not in known(replace(owed, instalments_left=0, instalment=None), ANSWERS)[1]
    assert TrackedKind.PAY_OFF not in known(replace(owed, line_ended=END), ANSWERS)[1]


def test_a_credit_is_followed_until_it_is_here() -> None:
    credit = bill("-7.80")
    after, rows = known(MOBILE, ANSWERS, (credit,))
    assert (after.refunds[0].amount, after.refunds[0].due) == (pounds("7.80"), date(2026, 12, 17))
    assert rows[TrackedKind.REFUND].state is StepState.LATER
    settled = answer(ANSWERS, "settled:refund:overpayment", "yes", date(2026, 12, 16))
    after, rows = known(MOBILE, settled, (credit,))
    assert (after.refunds[0].state, rows[TrackedKind.REFUND].state) == (RefundState.PAID, StepState.DONE)
    paid = known(MOBILE, ANSWERS, (bill("-7.80", "0.00"),))[1]
    assert paid[TrackedKind.REFUND].state is StepState.DONE


def test_money_taken_after_the_end_is_noticed_with_its_last_day() -> None:
    taken = Payment("P-1", date(2026, 12, 5), pounds("20.00"), PaymentState.TAKEN, "taken", method="Direct Debit")
    french = replace(MOBILE, country="FR", zone="Europe/Paris")
    after, rows = known(french, ANSWERS, (), papers(payments=(taken,)))
    assert after.debits[0].rights[0].until == date(2027, 1, 30)
    assert rows[TrackedKind.DEBIT_AFTER].state is StepState.NOW
    closed = answer(ANSWERS, "settled:debit:P-1", "yes", NOW.date())
    assert known(french, closed, (), papers(payments=(taken,)))[1][TrackedKind.DEBIT_AFTER].state is StepState.DONE


def test_what_a_paid_final_bill_asked_too_much_is_followed_until_it_is_back() -> None:
    french = replace(MOBILE, country="FR", zone="Europe/Paris")
    paid = bill("30.00", "0.00")
    taken = Payment("P-1", date(2026, 12, 10), pounds("30.00"), PaymentState.TAKEN, "taken", ("B-9",), "SEPA")
    seen = papers(rent("30.00", date(2026, 11, 1), date(2026, 11, 30)), payments=(taken,))
    after, rows = known(french, ANSWERS, (paid,), seen)
    (owed,) = after.refunds
    assert (owed.of, owed.amount, owed.due, owed.rule_id) == (
        RefundOf.OVERCHARGED, pounds("4.00"), date(2026, 12, 20), "FR-EQP-02",
    )  # fmt: skip
    (debit,) = after.debits
    assert (debit.wrong, debit.rights[0].rule_id, debit.rights[0].until) == (
        pounds("4.00"), "FR-SEPA-01", date(2027, 2, 4),
    )  # fmt: skip
    assert (rows[TrackedKind.REFUND].state, rows[TrackedKind.DEBIT_AFTER].state) == (StepState.LATER, StepState.NOW)
    late = answer(ANSWERS, "settled:bill:B-9", "yes", NOW.date())
    assert len(known(french, late, (paid,), seen)[0].refunds) == 1
    here = answer(ANSWERS, "settled:refund:overcharged", "yes", NOW.date())
    rows = known(french, here, (paid,), seen)[1]
    assert (rows[TrackedKind.REFUND].state, rows[TrackedKind.DEBIT_AFTER].state) == (StepState.DONE, StepState.DONE)


def test_a_wrong_final_bill_that_is_not_paid_or_was_settled_before_owes_nothing_back() -> None:
    french = replace(MOBILE, country="FR", zone="Europe/Paris")
    seen = papers(rent("30.00", date(2026, 11, 1), date(2026, 11, 30)))
    after, _ = known(french, ANSWERS, (bill("30.00"),), seen)
    assert (after.refunds, after.debits) == ((), ())
    taken = Payment("P-1", date(2026, 12, 10), pounds("30.00"), PaymentState.TAKEN, "taken", ("B-9",))
    settled = answer(ANSWERS, "settled:bill:B-9", "yes", date(2026, 12, 9))
    after, _ = known(french, settled, (bill("30.00", "0.00"),), replace(seen, payments=(taken,)))
    assert (after.refunds, after.debits) == ((), ())


def test_bills_of_other_lines_that_go_on_are_no_money_taken_after_the_end() -> None:
    """The account goes on with another line: its next bill is in order, and the Direct Debit stays."""
    final, january = (
        bill("26.00", "0.00"),
        replace(bill("12.00", "0.00", date(2026, 12, 10), "B-10"), category="normal"),
    )
    taken = Payment("P-1", date(2026, 12, 12), pounds("12.00"), PaymentState.TAKEN, "taken", ("B-10",))
    line = replace(rent("12.00", date(2026, 12, 1), date(2026, 12, 31)), bill_id="B-10")
    accounts = {"PR-1": "A-1", "PR-2": "A-1"}
    for other, goes_on, found in (("PR-2", True, 0), ("PR-1", True, 1), ("PR-2", False, 1)):
        seen = replace(
            papers(replace(line, product_id=other), payments=(taken,)),
            accounts=accounts,
            running=frozenset({"PR-2"}) if goes_on else frozenset(),
        )
        after, rows = known(MOBILE, ANSWERS, (final, january), seen)
        assert (after.goes_on, len(after.debits)) == (goes_on, found), other
        ends = rows[TrackedKind.DEBIT_ENDS].state
        assert ends is (StepState.LATER if goes_on else StepState.NOW)


def test_the_gap_is_counted_in_hours_and_an_alarm_is_warned_of() -> None:
    works = answer(ANSWERS, "works", "2026-11-27T09:00:00+00:00", NOW.date())
    assert known(MOBILE, ANSWERS)[0].cutover is None
    found = known(MOBILE, works)[0].cutover
    assert found is not None
    assert (found.kind, found.gap_most) == (CutoverKind.GAP, Decimal(15))
    alarm = answer(works, "critical", "yes", NOW.date())
    found = known(MOBILE, alarm)[0].cutover
    assert found is not None
    assert CutoverWarning.CRITICAL_GAP in found.warnings
    with pytest.raises(ValueError, match="zone"):
        answer(ANSWERS, "works", "2026-11-27T09:00", NOW.date())


def test_the_answers_are_kept_between_two_starts() -> None:
    told = ANSWERS
    for question, value in (
        ("receipt", "6A 123"),
        ("receiptPhoto", "/home/claire/receipt.png"),
        ("works", "2026-11-27T09:00:00+00:00"),
        ("critical", "no"),
        ("settled:debit:P-1", "yes"),
    ):
        told = answer(told, question, value, NOW.date())
    assert told.is_critical is False
    assert plans_from_bytes(plans_to_bytes(Plans().with_answers(told))).of("PR-1") == told
    assert "receipt.png" not in repr(told)


def test_a_plan_for_safety_is_not_followed() -> None:
    hidden = replace(ANSWERS, about=Circumstances(Reason.SAFETY), receipt="6A 123")
    after, rows = known(BOX, hidden, (bill("30.00"),), papers(rent("30.00", date(2026, 11, 1), date(2026, 11, 30))))
    assert rows == {}
    assert (after.final, after.equipment, after.refunds, after.debits, after.door) == (None, (), (), (), None)
    assert reminders("PR-1", tuple(rows.values()), BOX.zone, NOW, equipment=after.equipment) == ()


def test_the_box_is_reminded_of_until_it_is_back() -> None:
    after, rows = known(BOX, ANSWERS)
    found = reminders("PR-1", tuple(rows.values()), BOX.zone, NOW, equipment=after.equipment)
    assert [r.at.date() for r in found if r.kind is ReminderKind.EQUIPMENT] == [date(2026, 12, 19), date(2026, 12, 25)]
    after, rows = known(BOX, answer(ANSWERS, "receipt", "6A 123", NOW.date()))
    found = reminders("PR-1", tuple(rows.values()), BOX.zone, NOW, equipment=after.equipment)
    assert not [r for r in found if r.kind is ReminderKind.EQUIPMENT]


def test_after_a_notice_the_old_line_works_to_the_end_of_its_day() -> None:
    open_line = replace(MOBILE, line_ended=None, is_over=False)
    day = NOW.date() + timedelta(days=40)
    ready = datetime(day.year, day.month, day.day, 21, tzinfo=UTC)
    answers = replace(ANSWERS, keep_number=False, plain_notice=True, day=day, works=ready, handed_over=None)
    after, rows = known(open_line, answers)
    assert rows[TrackedKind.CUT].is_whole_day
    assert rows[TrackedKind.CUT].day == day
    assert after.cutover is not None
    assert after.cutover.overlap_least == after.cutover.overlap_most == timedelta(hours=3)
    assert after.cutover.warnings == ()


@pytest.mark.parametrize(
    ("code", "more", "last", "rules"),
    [
        ("GB", {}, date(2026, 12, 10), ()),
        ("GB", {"is_business": True}, date(2026, 12, 10), ()),
        ("FR", {"is_business": True}, date(2026, 12, 10), ()),
        ("FR", {}, date(2026, 12, 26), ("FR-EQP-01",)),
        ("US", {}, date(2026, 12, 10), ()),
    ],
)
def test_the_box_is_a_step_of_the_way_as_it_is_one_of_the_tracker(
    code: str, more: dict[str, object], last: date, rules: tuple[str, ...]
) -> None:
    facts = line(code, access=Access.INTERNET, line_ended=END, is_over=True, **more)
    found = way_of(facts)
    step = found.step(StepKind.RETURN)
    assert step is not None
    assert (step.day, step.rule_ids, step.is_guess) == (last, rules, True)
    after = aftermath(facts, ANSWERS, found, (), Papers(), END)
    assert [item.deadline.day for item in after.equipment] == [last]
    assert way_of(line(code, line_ended=END)).step(StepKind.RETURN) is None
