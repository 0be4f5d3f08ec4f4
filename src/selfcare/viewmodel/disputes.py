"""What a customer writes to the operator about a bill: a dispute with its evidence, or a plan to pay in parts."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, Decimal

from selfcare.domain.commands import OpenTicket
from selfcare.domain.money import CENT, Money
from selfcare.domain.records import Struct
from selfcare.domain.tickets import EntityRef
from selfcare.i18n.words import Words

from .bill import BillView

REASONS = ("amount", "unknown", "unused", "twice", "paid", "other")
"""Why a bill is disputed."""


class Letter(Struct, frozen=True):
    """A ticket to be: its title, its text and the facts that are shown before it is sent."""

    title: str
    text: str
    facts: tuple[tuple[str, str], ...]


def reason_choices(words: Words) -> tuple[tuple[str, str], ...]:
    """Each reason with its words, in the order in which people have them."""
    said = {
        "amount": words.tr("The amount cannot be right"),
        "unknown": words.tr("I did not order this"),
        "unused": words.tr("I did not use this, or it never worked"),
        "twice": words.tr("It was charged twice"),
        "paid": words.tr("I have already paid it"),
        "other": words.tr("Something else"),
    }
    return tuple((key, said[key]) for key in REASONS)


def first_reason(view: BillView) -> str:
    """The reason that is proposed: a payment that was taken has its own."""
    return "paid" if view.proof else "amount"


def dispute_letter(view: BillView, reason: str, words: Words) -> Letter:
    """A dispute with its evidence: the bill, what was usual, what changed, and what was paid."""
    said = dict(reason_choices(words))[reason]
    parts = [
        words.tr("I dispute bill {number}, {total}. {reason}.", number=view.number, total=view.total, reason=said),
    ]
    if view.usual:
        parts.append(view.usual)
    if view.main_reason:
        parts.append(view.main_reason)
    evidence = [words.tr("{label}: {amount}", label=c.label, amount=c.amount) for c in view.changes]
    if evidence:
        parts.append("\n".join(evidence))
    if reason == "paid" and view.payments:
        paid = [words.tr("{label}: {amount}", label=p.label, amount=p.value) for p in view.payments]
        paid = [view.proof] if view.proof else paid
        parts.append("\n".join([words.tr("Your own record of payments:"), *paid]))
    parts.append(words.tr("Please explain it in writing, and do not debit the disputed part before."))
    facts = (
        (words.tr("Bill"), view.over),
        (words.tr("Amount"), view.total),
        (words.tr("Where it goes"), words.tr("to your operator as a ticket; you can follow it under Help")),
    )
    return Letter(words.tr("Dispute of bill {number}", number=view.number), "\n\n".join(parts), facts)


def plan_letter(view: BillView, bill_total: Money | None, parts: int, words: Words) -> Letter:
    """A question for a plan to pay in equal monthly parts."""
    each = plan_sentence(bill_total, parts, words)
    text = words.tr(
        "I ask to pay bill {number}, {total}, in {parts} monthly payments. {each} Please confirm the plan in writing, "
        "with its days and without further costs.",
        number=view.number,
        total=view.total,
        parts=words.number(parts),
        each=each,
    )
    facts = ((words.tr("Bill"), view.over), (words.tr("Amount"), view.total))
    return Letter(words.tr("Payment plan for bill {number}", number=view.number), text, facts)


def plan_sentence(total: Money | None, parts: int, words: Words) -> str:
    """How much each part is, and how long it goes on; the last part carries the rest of the rounding."""
    if total is None or parts < 1:
        return ""
    each = Money((total.value / parts).quantize(CENT, ROUND_DOWN), total.unit)
    last = total - each * (parts - 1)
    length = words.trn("{count} month", "{count} months", parts)
    if last.value - each.value < Decimal("0.01"):
        return words.tr("{amount} a month, for {length}.", amount=words.money(each), length=length)
    return words.tr(
        "{amount} a month, for {length}; the last is {last}.",
        amount=words.money(each),
        length=length,
        last=words.money(last),
    )


def dispute_command(bill_id: str, letter: Letter, text: str) -> OpenTicket:
    """The dispute as it goes to the operator (TMF621, type "Bill Dispute")."""
    return OpenTicket(letter.title, text, "Bill Dispute", "Major", (EntityRef("CustomerBill", bill_id),))


def plan_command(bill_id: str, letter: Letter, text: str) -> OpenTicket:
    """The question for a plan as it goes to the operator (TMF621, type "paymentArrangement")."""
    return OpenTicket(letter.title, text, "paymentArrangement", "Minor", (EntityRef("CustomerBill", bill_id),))


def paper_name(day: date | None, number: str) -> str:
    """Our own name for a saved PDF: the day and the number, nothing the operator could play tricks with."""
    safe = "".join(c for c in number if c.isascii() and c.isalnum())[:40] or "bill"
    return f"{day.isoformat()} {safe}.pdf" if day is not None else f"{safe}.pdf"
