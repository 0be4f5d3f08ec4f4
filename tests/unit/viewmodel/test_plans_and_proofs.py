"""An offered plan in words, and a proof of payment that never says more than is true."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from selfcare.billing.plan import even_plan, judge_plan
from selfcare.billing.settled import settlement
from selfcare.domain.bills import BillState
from selfcare.domain.payments import PaymentState
from selfcare.paper.maker import letter_pdf, proof_pdf
from selfcare.viewmodel.letter_material import letter_facts
from selfcare.viewmodel.plans import answer_command, offer_of, plan_view, span_text
from selfcare.viewmodel.proofs import ProofMaterial, Reminder, may_prove, proof_page, reminder_answer, statement
from selfcare.viewmodel.typed_amount import read_amount
from tests import samples
from tests.samples import ROOT, TODAY, gbp

W, F = samples.words(), samples.words("fr")
TEMPLATES = ROOT / "resources" / "letters"
PAID, OPEN = samples.bills()[1], samples.bills()[0]


def test_forty_years_are_called_a_debt_for_forty_years() -> None:
    plan = even_plan(gbp("45923.00"), 480, date(2026, 12, 15))
    shown = plan_view(judge_plan(plan, gbp("40.00"), OPEN.due, None), OPEN.number, gbp("40.00"), "", W)
    assert not shown.is_fair
    assert ("It takes", "40 years") in shown.facts
    assert ("Payments", "480 × £95.67, the last £97.07") in shown.facts
    assert ("Each beside your usual bill", "239% of £40.00") in shown.facts
    said = " ".join(shown.sentences)
    assert "it is a debt for 40 years: £95.67 each month until November 2066." in said
    assert "The bill is 1,148 times a usual one (£40.00)." in said
    assert "I do not agree to it as it is." in shown.answer
    asked = answer_command(OPEN.id, shown, shown.answer)
    assert (asked.ticket_type, asked.about[0].id) == ("paymentArrangement", OPEN.id)


def test_the_answer_says_what_a_plan_leaves_unpaid_and_calls_one_payment_one() -> None:
    even = even_plan(gbp("100.00"), 1, date(2026, 12, 15))
    plan = offer_of(gbp("100.00"), 1, Decimal("97.99"), None, even)
    assert plan is not None
    shown = plan_view(judge_plan(plan, gbp("40.00"), None, None), "7", gbp("40.00"), "", W)
    offered, *rest = shown.answer.split("\n\n")
    assert offered == "You offered to let me pay bill 7 in one payment of £97.99 on Tuesday 15 December 2026."
    assert "After the last payment £2.01 would still be owed. A plan must say what becomes of it." in rest


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1,000", "1000"), ("3,826", "3826"), ("1 000", "1000"), ("1.000,50", "1000.50"), ("1,000.5 €", "1000.50"),
        ("95,68", "95.68"), ("£12.5", "12.50"), ("-5", "-5"), ("1e3", None), ("abc", None), ("", None), ("1,2,3", None),
        ("99999999999999", None), ("12,34,5", None),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_people_type_it_or_not_at_all(typed: str, amount: str | None) -> None:
    assert read_amount(typed) == (None if amount is None else Decimal(amount))


def test_interest_too_small_to_be_said_is_not_called_none() -> None:
    even = even_plan(gbp("3828.01"), 480, TODAY)
    plan = offer_of(gbp("3828.01"), 480, Decimal("7.98"), None, even)
    assert plan is not None
    facts = dict(plan_view(judge_plan(plan, None, None, None), "1", None, "", samples.words()).facts)
    assert facts["More than you owe"] == "£2.39"
    assert facts["That is a yearly interest of"] == "under 0.1%"


def test_a_fair_plan_is_accepted_in_writing() -> None:
    plan = even_plan(gbp("60.00"), 3, date(2026, 12, 15))
    shown = plan_view(judge_plan(plan, gbp("50.00"), OPEN.due, 6), OPEN.number, gbp("50.00"), "", W)
    assert shown.is_fair
    assert "I accept this plan as it is" in shown.answer


@pytest.mark.parametrize(("months", "said"), [(3, "3 months"), (12, "1 year"), (30, "2 years and 6 months")])
def test_a_span_in_years_and_months(months: int, said: str) -> None:
    assert span_text(months, W) == said


def material(bill=PAID, payments=None) -> ProofMaterial:  # type: ignore[no-untyped-def]
    facts = letter_facts(
        None, TODAY, profile=samples.profile(), customer=samples.customer(), accounts=(samples.account(),)
    )
    own = samples.payments() if payments is None else payments
    return ProofMaterial(bill, settlement(bill, own), samples.account(), facts, {"en": W, "fr": F})


def test_settled_is_said_of_a_settled_bill_alone() -> None:
    assert "is settled" in statement(material(), W)
    unpaid = replace(PAID, remaining=PAID.total, state=BillState.SENT)
    assert "is settled" not in statement(material(unpaid), W)
    assert "still calls the bill unpaid" in statement(material(unpaid), W)
    taken = [replace(p, state=PaymentState.TAKEN) for p in samples.payments()]
    said = statement(material(unpaid, taken), W)
    assert "does not say that the bill is settled" in said
    assert not may_prove(material(OPEN))


@pytest.mark.parametrize("words", [W, F], ids=["en", "fr"])
def test_the_page_and_the_letter_are_made_and_carry_the_facts(words: object, tmp_path: Path) -> None:
    page = proof_page(material(), words)  # type: ignore[arg-type]
    rows = dict(row for _title, part in page.parts for row in part)
    assert f"P-{PAID.id}" in rows.values()
    assert PAID.number in page.statement
    assert proof_pdf(page, TEMPLATES).pdf.startswith(b"%PDF")
    answer = reminder_answer(material(), Reminder("M-77", date(2026, 11, 20)), words, words)  # type: ignore[arg-type]
    assert "M-77" in answer.letter.subject
    assert letter_pdf(answer.letter, TEMPLATES).pdf.startswith(b"%PDF")


def test_a_payment_for_two_bills_is_not_belittled() -> None:
    unpaid = replace(PAID, remaining=PAID.total, state=BillState.SENT, payments=())
    both = [replace(p, bill_ids=(PAID.id, "other")) for p in samples.payments() if PAID.id in p.bill_ids]
    case = material(unpaid, both)
    assert case.bill.total is not None
    page = proof_page(case, W)
    assert "does not state how much of that counts for this bill" in page.statement
    assert "£0.00" not in page.statement
    rows = dict(row for _title, part in page.parts for row in part)
    assert rows["Amount, for several bills"] == W.money(both[0].amount)
    answer = reminder_answer(case, Reminder(), W, W)
    text = "\n".join(p if isinstance(p, str) else "\n".join(p) for p in answer.letter.paragraphs)
    assert "how much of it you count for this bill" in text
    assert f"{W.money(both[0].amount)} for several bills on " in text
    assert "nothing is owed" not in text


def test_a_letter_does_not_argue_against_its_own_sender() -> None:
    unpaid = replace(PAID, remaining=PAID.total, state=BillState.SENT)
    taken = [replace(p, state=PaymentState.TAKEN) for p in samples.payments()]
    answer = reminder_answer(material(unpaid, taken), Reminder(), W, W)
    text = "\n".join(p for p in answer.letter.paragraphs if isinstance(p, str))
    assert "You have not credited the payment yet." in text
    assert "this page" not in text
    assert "does not say" not in text


def test_a_bill_paid_in_part_asks_for_the_count_of_the_rest() -> None:
    unpaid = replace(PAID, remaining=gbp("31.99"), state=BillState.PARTIALLY_PAID, payments=())
    part = [replace(p, amount=gbp("10.00")) for p in samples.payments() if PAID.id in p.bill_ids]
    answer = reminder_answer(material(unpaid, part), Reminder(), W, W)
    text = "\n".join(p for p in answer.letter.paragraphs if isinstance(p, str))
    assert "£31.99 of it is not shown as paid" in text
    assert "nothing is owed" not in text
