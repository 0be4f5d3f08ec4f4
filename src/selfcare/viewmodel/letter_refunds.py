"""The letters that ask for money back at the end: rent paid in advance, an overpayment, a deposit."""

from __future__ import annotations

from selfcare.leaving.choices import Reason
from selfcare.leaving.refunds import RefundOf

from .letter_facts import Gap
from .letter_pen import LetterBody, Pen


def rent_back(pen: Pen) -> LetterBody:
    """Rent that was paid for days after the end (UK-SW-13 after a switch; FR-EQP-02, L224-35; US-SCRA-02)."""
    words, facts, line = pen.words, pen.facts, pen.line()
    planned = facts.ends if facts.ends is not None and facts.ends < facts.day else None
    ended = pen.day(facts.ended or planned, Gap.ENDED)
    owed = facts.owed.get(RefundOf.ADVANCE_UNDER_ORDERS) or facts.owed.get(RefundOf.ADVANCE)
    amount = pen.money(pen.matter.amount or owed or facts.back)
    parts = [
        words.tr(
            "My contract for the line {line} ended on {day}. I had paid rent in advance for days after it. Please pay "
            "back {amount}.",
            line=line,
            day=ended,
            amount=amount,
        )
    ]
    if facts.switched and pen.right("UK-SW-13") is not None:
        parts.append(
            words.tr(
                "The line ended by a switch. Under Ofcom’s rules no rent and no notice may be charged for the time "
                "after it."
            )
        )
    orders = pen.right("US-SCRA-02", facts.ended)
    if facts.reason is Reason.SERVICE and facts.frees and orders is not None:
        parts.append(
            words.tr(
                "I ended it under military orders. Under the Servicemembers Civil Relief Act (50 U.S.C. 3956) what I "
                "paid in advance comes back within {count} days of the end.",
                count=words.number(orders.number),
            )
        )
    parts += _ten_days(pen)
    return LetterBody(words.tr("Rent paid in advance, line {line}", line=line), tuple(parts))


def overpayment(pen: Pen) -> LetterBody:
    """A credit that stands in the customer's favour (FR-EQP-02, L224-35)."""
    words, line = pen.words, pen.line()
    parts = [
        words.tr(
            "With my last payment for the line {line} I paid {amount} too much. Please pay it back by the means of "
            "payment that I used.",
            line=line,
            amount=pen.money(pen.matter.amount or pen.facts.owed.get(RefundOf.OVERPAYMENT)),
        ),
        *_ten_days(pen),
    ]
    return LetterBody(words.tr("Refund of an overpayment, line {line}", line=line), tuple(parts))


def deposit(pen: Pen) -> LetterBody:
    """A deposit after its item was returned (FR-EQP-02, L224-35)."""
    words, line = pen.words, pen.line()
    parts = [
        words.tr(
            "For the line {line} I paid a deposit of {amount}. I gave its item back on {day}. Please pay the deposit "
            "back.",
            line=line,
            amount=pen.money(pen.matter.amount or pen.facts.owed.get(RefundOf.DEPOSIT)),
            day=pen.day(pen.matter.due, Gap.DUE),
        )
    ]
    rule = pen.right("FR-EQP-02")
    if rule is not None:
        parts.append(
            words.tr(
                "Under article L224-35 of the French Consumer Code it comes back within {count} days of the return.",
                count=words.number(rule.number),
            )
        )
    else:
        parts.append(words.tr("Please confirm in writing when you will pay."))
    enclosure = words.tr("Copy of the proof of return")
    return LetterBody(words.tr("Refund of a deposit, line {line}", line=line), tuple(parts), enclosures=(enclosure,))


def _ten_days(pen: Pen) -> list[str]:
    words, rule = pen.words, pen.right("FR-EQP-02")
    if rule is None:
        return [words.tr("Please confirm in writing when you will pay.")]
    return [
        words.tr(
            "Under article L224-35 of the French Consumer Code it comes back within {count} days of the payment of the "
            "last bill.",
            count=words.number(rule.number),
        )
    ]
