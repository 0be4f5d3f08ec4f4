"""The letter about a wrong final bill: all that the check found is in it, and it asks for what the tracker shows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import letter_desk as desk
from msgspec.structs import replace

from selfcare.domain.bills import Bill, BillLine, BillState, LineKind
from selfcare.domain.lines import Access
from selfcare.domain.money import Money
from selfcare.domain.payments import Payment, PaymentState
from selfcare.leaving.aftermath import Papers
from selfcare.leaving.drafts import Plans
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.wizard import Answers
from selfcare.viewmodel.leaving_followups import letter_matter
from selfcare.viewmodel.leaving_material import Case, LeavingMaterial, case_of
from selfcare.viewmodel.leaving_tracker import tracker_view
from selfcare.viewmodel.letter_facts import LetterKind, LetterMatter
from selfcare.viewmodel.letter_material import letter_facts
from selfcare.viewmodel.letters import WrittenLetter, letter_choices, written_letter
from tests import samples
from tests.readers import FakeReader

EN, FR = samples.words(), samples.words("fr")
END, NOW = date(2027, 3, 28), datetime(2027, 4, 5, 9, tzinfo=UTC)
BOX = LeavingFacts(
    country="FR", zone="Europe/Paris", line_id="PR-1", number="", access=Access.INTERNET, concluded=date(2025, 1, 21),
    commitment_ends=date(2027, 1, 21), line_ended=END, is_over=True, monthly=Money(Decimal("29.99"), "EUR"),
)  # fmt: skip
CHARGES = {"Box Fibre": "29.99", "Indemnité de résiliation anticipée": "100.00", "Pénalité box non restituée": "150.00"}


def case(receipt: str = "6A123", **charges: str) -> Case:
    lines = tuple(
        BillLine(
            name, "B-9", name, LineKind.RECURRING if name == "Box Fibre" else LineKind.ONE_TIME, "charge",
            Money(Decimal(amount), "EUR"), None, product_id="PR-1",
            starts=date(2027, 3, 1) if name == "Box Fibre" else None,
            ends=date(2027, 3, 31) if name == "Box Fibre" else None,
        )
        for name, amount in (charges or CHARGES).items()
    )  # fmt: skip
    total = Money(Decimal("279.99"), "EUR")
    bill = Bill(
        "B-9", "780199001", date(2027, 4, 2), date(2027, 4, 16), total, total, BillState.SENT, "sent", category="last"
    )
    answers = Answers(
        "PR-1", False, day=END, confirmed=datetime(2027, 3, 10, tzinfo=UTC), receipt=receipt, returned=date(2027, 4, 1)
    )
    profile = replace(samples.profile(), country="FR", currency="EUR", zone="Europe/Paris")
    material = LeavingMaterial(
        profile, desk.rules("FR"), (BOX,), Plans().with_answers(answers), NOW.date(), NOW, (bill,),
        papers=Papers(lines, products={"PR-1": frozenset({"PR-1"})}),
    )  # fmt: skip
    found = case_of(material)
    assert found is not None
    return found


def letter(found: Case, story: str = "") -> WrittenLetter:
    line = replace(FakeReader().lines()[0], access=Access.INTERNET)
    profile = found.material.profile
    facts = letter_facts(line, NOW.date(), profile=profile, rules=found.rules, case=found)
    return written_letter(LetterKind.FINAL_BILL, facts, LetterMatter(story=story), FR, EN)


def said(written: WrittenLetter) -> str:
    parts = [part if isinstance(part, str) else "\n".join(part) for part in written.letter.paragraphs]
    return "\n".join(parts).replace("\u00a0", " ").replace("\u202f", " ")


def test_the_tracker_opens_the_letter_that_has_every_finding_with_its_amount_and_ground() -> None:
    found = case()
    actions = [action for row in tracker_view(found, EN).steps for action in row.actions]
    assert "papers/finalBill" in {action.target for action in actions}
    written = letter(found)
    text = said(written)
    assert "facture finale 780199001 du 2 avril 2027" in text
    assert "pris fin le 28 mars 2027" in text
    for part in (
        "« Box Fibre » : abonnement facturé pour 3 jours après la fin : 2,90 €",
        "article L. 224-39 du code de la consommation",
        "frais de résiliation anticipée excédentaires de ce montant : 100,00 €",
        "« Pénalité box non restituée » : matériel facturé comme non restitué, alors qu’il l’a été : 150,00 €",
        "Le récépissé porte le numéro 6A123.",
        "retirer 252,90 € de cette facture",
    ):
        assert part in text
    assert "payé d’avance" not in text
    assert written.letter.enclosures == ("Copie de la facture finale", "Copie de la preuve de restitution")
    assert "montant" not in " ".join(written.missing)


def test_what_is_a_question_is_asked_and_not_asserted() -> None:
    found = case(**{"Box Fibre": "29.99"})
    facts = letter_facts(
        FakeReader().lines()[0], NOW.date(), profile=found.material.profile, rules=found.rules, case=found
    )
    assert facts.contested is not None
    bill = replace(
        facts.contested, findings=tuple(replace(finding, is_certain=False) for finding in facts.contested.findings)
    )
    doubted = written_letter(LetterKind.FINAL_BILL, replace(facts, contested=bill), LetterMatter(), EN, EN)
    assert "Please explain these amounts" in said(doubted)
    assert "Please take" not in said(doubted)
    assert "article" not in said(doubted)


def test_the_customers_own_words_follow_and_a_bill_that_was_not_checked_has_only_them() -> None:
    assert "Le technicien" in said(letter(case(), "Le technicien a tout repris."))
    unchecked = desk.facts("FR")
    written = written_letter(LetterKind.FINAL_BILL, unchecked, LetterMatter(story="Deux fois facturé."), FR, EN)
    assert "Deux fois facturé." in said(written)
    assert LetterKind.FINAL_BILL in dict(letter_choices(unchecked, EN))


def test_a_refund_that_is_owed_stands_in_its_letter_with_its_amount() -> None:
    found = case()
    bill = replace(found.material.bills[0], total=Money(Decimal("-12.40"), "EUR"))
    again = case_of(replace(found.material, bills=(bill,)))
    assert again is not None
    facts = letter_facts(FakeReader().lines()[0], NOW.date(), profile=again.material.profile, case=again)
    text = said(written_letter(LetterKind.OVERPAYMENT, facts, LetterMatter(), EN, EN))
    assert "paid €12.40 too much" in text


def test_the_letter_about_a_debit_after_the_end_knows_its_day_and_amount() -> None:
    found = case()
    taken = Payment("P-7", date(2027, 4, 4), Money(Decimal("500.00"), "EUR"), PaymentState.TAKEN, "taken")
    again = case_of(replace(found.material, papers=replace(found.material.papers, payments=(taken,))))
    assert again is not None
    targets = [action.target for row in tracker_view(again, EN).steps for action in row.actions]
    (target,) = [target for target in targets if target.startswith("papers/debit/")]
    wrong = again.aftermath().debits[0].wrong
    assert letter_matter(again, target.removeprefix("papers/debit/")) == (
        LetterKind.DEBIT, LetterMatter(due=date(2027, 4, 4), amount=wrong)
    )  # fmt: skip
    assert letter_matter(again, "debit:P-8") is None


def test_a_wrong_bill_says_until_when_its_debit_can_be_stopped_and_it_can_be_claimed() -> None:
    found = case()
    facts = replace(found.material.facts[0], has_direct_debit=True)
    paid_by_debit = case_of(replace(found.material, facts=(facts,)))
    assert paid_by_debit is not None

    def notes(of: Case) -> tuple[str, ...]:
        return next(row.notes for row in tracker_view(of, EN).steps if row.step.key == "finalPaid")

    assert notes(paid_by_debit) == (
        "The debit of Fri 16 Apr 2027 can be stopped until Thu 15 Apr 2027. What is owed stays owed.",
        "Your operator can claim it until Sun 16 Apr 2028.",
    )
    assert notes(found) == ("Your operator can claim it until Sun 16 Apr 2028.",)
    shown = tracker_view(paid_by_debit, EN).rules
    assert {"FR-SEPA-03", "FR-PRS-01", "FR-NOT-01"} <= {rule.id for rule in shown}
    assert {rule.about for rule in shown if rule.id == "FR-SEPA-03"} == {"Payment of the final bill"}
    late = replace(paid_by_debit.material, today=date(2027, 4, 16))
    passed = case_of(late)
    assert passed is not None
    assert "stopped" not in " ".join(notes(passed))


def test_a_wrong_final_bill_that_was_debited_says_by_which_rights_its_money_comes_back() -> None:
    """It was taken whole: eight weeks at the bank, ten days and a year from the operator."""
    found = case()
    (facts,), (bill,) = found.material.facts, found.material.bills
    taken = Payment("P-9", date(2027, 4, 4), bill.total, PaymentState.TAKEN, "taken", ("B-9",), "SEPA")
    paid = replace(bill, remaining=Money(Decimal("0.00"), "EUR"), state=BillState.SETTLED)
    material = replace(
        found.material, facts=(replace(facts, has_direct_debit=True),), bills=(paid,),
        papers=replace(found.material.papers, payments=(taken,)),
    )  # fmt: skip
    again = case_of(material)
    assert again is not None
    view = tracker_view(again, EN)
    rows = {row.step.key: row for row in view.steps}
    assert {"FR-EQP-02", "FR-SEPA-01", "FR-PRS-01"} <= {rule.id for rule in view.rules}
    (finding,) = again.aftermath().refunds
    assert finding.amount is not None
    amount = EN.money(finding.amount)
    assert rows["refund"].step.text == (
        f"Too much on the final bill, and paid: {amount}. Due by Wed 14 Apr 2027. Not here yet."
    )
    assert rows["debitAfter"].step.text.startswith(f"{amount} of the €279.99 taken was not owed")
    assert rows["debitAfter"].notes == (
        "At your bank: until Sun 30 May 2027.",
        "From your operator: until Tue 4 Apr 2028.",
        "The bank gives back the whole debit: pay at once yourself what you do owe of it.",
    )
    assert [a.target for a in rows["refund"].actions] == ["papers/finalBill"]
    assert [a.target for a in rows["debitAfter"].actions] == ["papers/debit/debit:P-9", "papers/finalBill"]
    assert letter_matter(again, "debit:P-9") == (LetterKind.DEBIT, LetterMatter(date(2027, 4, 4), amount=bill.total))
    assert rows["debitEnds"].step.text == "The final bill is paid. The bank ends it at once, free."
    ended = case_of(replace(material, plans=Plans().with_answers(replace(again.answers, debit_ended=NOW.date()))))
    assert ended is not None
    assert next(row.step.text for row in tracker_view(ended, EN).steps if row.step.key == "debitEnds") == ""


def test_the_letter_and_the_tracker_count_all_days_of_two_periods() -> None:
    found = case()
    second = replace(
        found.material.papers.lines[0], id="later", name="Box Fibre, avril", starts=date(2027, 4, 1),
        ends=date(2027, 4, 30),
    )  # fmt: skip
    papers = replace(found.material.papers, lines=(*found.material.papers.lines, second))
    longer = case_of(replace(found.material, papers=papers))
    assert longer is not None
    assert "abonnement facturé pour 33 jours après la fin : 32,89 €" in said(letter(longer))
    notes = [note for row in tracker_view(longer, EN).steps for note in row.notes]
    assert "Rent after the end: €32.89 too much, 33 days." in notes
