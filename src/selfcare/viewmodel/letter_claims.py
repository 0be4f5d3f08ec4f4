"""The letters that ask for money: late moves, missed visits, late repairs, and what was paid too much."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from selfcare.leaving.countries import fr_number, gb_claims
from selfcare.leaving.rules import Rules

from .letter_facts import Gap
from .letter_pen import LetterBody, Pen

_LONDON = ZoneInfo("Europe/London")
_NOON = time(12)


def late_port(pen: Pen) -> LetterBody:
    """A number that moved late (FR-CMP-01, L224-42-1; UK-SW-16, a duty without a set sum)."""
    words, matter, line = pen.words, pen.matter, pen.line()
    parts = [
        words.tr(
            "My number {line} was to move to my new operator on {due}. It worked there only on {done}.",
            line=line,
            due=pen.day(matter.due, Gap.DUE),
            done=pen.day(matter.done, Gap.DONE),
        )
    ]
    if pen.right("FR-CMP-01", matter.due) is not None:
        parts.append(
            words.tr(
                "Article L224-42-1 of the French Consumer Code gives me at least a fifth of the monthly price for each "
                "day late, until the service works."
            )
        )
        parts += _french_claim(pen, fr_number.late_port)
    elif pen.right("UK-SW-16") is not None:
        parts.append(
            words.tr("Ofcom’s General Conditions oblige you to compensate me. Each provider sets its own amount.")
        )
        if matter.amount is not None:
            parts.append(words.tr("I claim {amount}.", amount=pen.money(matter.amount)))
        else:
            parts.append(words.tr("Please pay me what your scheme gives, and tell me how it is worked out."))
    else:
        parts.append(_plain_claim(pen))
    return LetterBody(words.tr("Claim: number {line} moved late", line=line), tuple(parts))


def missed_visit(pen: Pen) -> LetterBody:
    """A technician who did not come (FR-CMP-03, L224-42-1, where it belongs to a switch; UK-AC-02, a code)."""
    words, matter, line = pen.words, pen.matter, pen.line()
    due = pen.day(matter.due, Gap.DUE)
    parts = [
        words.tr("On {due} your technician was to come to me for the line {line}. Nobody came.", due=due, line=line)
    ]
    if pen.facts.switched and pen.right("FR-CMP-03", matter.due) is not None:
        parts.append(
            words.tr(
                "The visit belonged to a change of operator. Article L224-42-1 of the French Consumer Code gives me at "
                "least a fifth of the monthly price for each day until the new appointment, which is on {done}.",
                done=pen.day(matter.done, Gap.DONE),
            )
        )
        parts += _french_claim(pen, fr_number.missed_visit)
    elif pen.right("UK-AC-02", matter.due) is not None and pen.facts.rules is not None:
        rules = pen.facts.rules
        claim = gb_claims.missed_visit(None, matter.due, rules) if matter.due is not None else None
        parts += _scheme(pen, claim, rules)
    else:
        parts.append(_plain_claim(pen))
    return LetterBody(words.tr("Claim: missed appointment of {due}", due=due), tuple(parts))


def late_repair(pen: Pen) -> LetterBody:
    """A line that stayed dead too long (UK-AC-01, a code; no set sum elsewhere)."""
    words, matter, line = pen.words, pen.matter, pen.line()
    parts = [
        words.tr(
            "On {due} I reported that the line {line} was dead. It worked again only on {done}.",
            due=pen.day(matter.due, Gap.DUE),
            line=line,
            done=pen.day(matter.done, Gap.DONE),
        )
    ]
    if pen.right("UK-AC-01", matter.due) is not None and pen.facts.rules is not None:
        claim = None
        if matter.due is not None and matter.done is not None:
            start, end = (datetime.combine(day, _NOON, _LONDON) for day in (matter.due, matter.done))
            claim = gb_claims.late_repair(start, end, pen.facts.rules)
        parts += _scheme(pen, claim, pen.facts.rules)
    else:
        parts.append(words.tr("Please pay back the price of the days without service."))
        parts.append(_plain_claim(pen))
    return LetterBody(words.tr("Claim: line {line} repaired late", line=line), tuple(parts))


def rent_back(pen: Pen) -> LetterBody:
    """Rent that was paid for days after the end (UK-SW-13 after a switch; FR-EQP-02, L224-35)."""
    words, facts, line = pen.words, pen.facts, pen.line()
    planned = facts.ends if facts.ends is not None and facts.ends < facts.day else None
    ended = pen.day(facts.ended or planned, Gap.ENDED)
    amount = pen.money(pen.matter.amount or facts.back)
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
            amount=pen.money(pen.matter.amount),
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
            amount=pen.money(pen.matter.amount),
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


def _french_claim(pen: Pen, worked_out: Callable[..., fr_number.Claim]) -> list[str]:
    """The least that is owed, where the days and the price are known; and by when it is paid (FR-CMP-04)."""
    words, matter, monthly, rules = pen.words, pen.matter, pen.facts.monthly, pen.facts.rules
    parts = []
    known = monthly is not None and rules is not None and matter.due is not None and matter.done is not None
    if known and worked_out(monthly, matter.due, matter.done, rules).days:
        claim = worked_out(monthly, matter.due, matter.done, rules)
        parts.append(
            words.trn(
                "For {count} day, at {monthly} a month, I claim {amount}.",
                "For {count} days, at {monthly} a month, I claim {amount}.",
                claim.days,
                monthly=words.money(monthly),
                amount=words.money(claim.least),
            )
        )
    else:
        parts.append(words.tr("I claim {amount}.", amount=pen.money(matter.amount)))
    paid = pen.right("FR-CMP-04")
    if paid is not None:
        parts.append(words.tr("It is to be paid within {count} days of this claim.", count=words.number(paid.number)))
    return parts


def _scheme(pen: Pen, claim: gb_claims.Claim | None, rules: Rules) -> list[str]:
    """Automatic compensation: asserted of a member, asked of everybody else (UK-AC-04, UK-AC-05)."""
    words = pen.words
    if gb_claims.is_member(pen.facts.operator, rules, pen.facts.day):
        parts = [words.tr("You take part in Ofcom’s automatic compensation scheme.")]
    else:
        parts = [
            words.tr(
                "Please tell me whether you take part in Ofcom’s automatic compensation scheme; if you do, I claim "
                "what it gives. If not, I ask you for as much."
            )
        ]
    total = pen.matter.amount or (claim.total if claim is not None else None)
    if total is not None and total.value > 0:
        parts.append(words.tr("I claim {amount}.", amount=words.money(total)))
    else:
        parts.append(words.tr("Please tell me how you work the amount out."))
    wait = pen.right("UK-AC-04")
    if wait is not None:
        parts.append(
            words.tr(
                "The scheme pays without being asked within {count} days; please pay it now if that time has passed.",
                count=words.number(wait.number),
            )
        )
    return parts


def _plain_claim(pen: Pen) -> str:
    """Where no rule sets a sum."""
    words = pen.words
    if pen.matter.amount is not None:
        return words.tr(
            "I ask you for {amount} for it, and for your answer in writing.", amount=pen.money(pen.matter.amount)
        )
    return words.tr("I ask you to compensate me for it, and to tell me in writing what you offer.")
