"""The letter about a wrong final bill: every line of it that is contested, with its amount and its ground."""

from __future__ import annotations

from selfcare.domain.money import totals_by_unit
from selfcare.leaving.final_findings import Finding, FindingKind

from .letter_change import because_of_change
from .letter_facts import ContestedBill, Gap
from .letter_pen import LetterBody, Pen

_CAPS = {"FR-DUR-02", "FR-DUR-03", "FR-DUR-04"}


def final_bill(pen: Pen) -> LetterBody:
    """What the check of the final bill found (UK-SW-13, UK-SW-15; FR-EQP-02, FR-NOT-01, FR-DUR-02 to 04).

    What is certain is asked back; the rest is asked about. Where no bill was checked the customer tells it.
    """
    words, bill, line = pen.words, pen.facts.contested, pen.line()
    parts: list[str | tuple[str, ...]] = []
    if bill is None:
        parts += [words.tr("I contest the final bill for the line {line}, for the following reason:", line=line)]
        parts += [*pen.story(), words.tr("Please correct it, and pay back what I have paid too much.")]
    else:
        parts += _contested(bill, pen)
    parts.append(words.tr("Please send me the corrected bill, and answer in writing."))
    enclosures = [words.tr("Copy of the final bill")]
    if bill is not None and any(f.kind is FindingKind.RETURNED for f in bill.findings):
        enclosures.append(words.tr("Copy of the proof of return"))
    subject = words.tr("Final bill, line {line}", line=line)
    if bill is not None and bill.number:
        subject = words.tr("Final bill {number}, line {line}", number=bill.number, line=line)
    return LetterBody(subject, tuple(parts), enclosures=tuple(enclosures))


def _contested(bill: ContestedBill, pen: Pen) -> list[str | tuple[str, ...]]:
    words, line = pen.words, pen.line()
    parts: list[str | tuple[str, ...]] = [
        words.tr("My contract for the line {line} ended on {day}.", line=line, day=pen.day(bill.ended, Gap.ENDED))
    ]
    sure = [finding for finding in bill.findings if finding.is_certain]
    asked = [finding for finding in bill.findings if not finding.is_certain]
    if sure:
        parts.append(_opening(bill, pen))
        parts.append(tuple(_item(finding, bill, pen) for finding in sure))
        total = words.listing([words.money(amount) for amount in totals_by_unit(f.amount for f in sure)])
        parts.append(
            words.tr("Please take {amount} off the bill, and pay back what I have paid of it already.", amount=total)
        )
        if any(finding.kind is FindingKind.EARLY_CHANGE for finding in sure):
            parts += because_of_change(pen, afterwards=True)
    if asked:
        parts.append(
            words.tr("Please explain these amounts too, with the place in my contract, or take them off:")
            if sure
            else words.tr("Please explain these amounts of your final bill, with the place in my contract:")
        )
        parts.append(tuple(_item(finding, bill, pen) for finding in asked))
        if any(finding.kind is FindingKind.EARLY_CHANGE for finding in asked):
            parts += because_of_change(pen, afterwards=True)
    if bill.unproven is not None:
        parts.append(
            words.tr(
                "Please show me, too, that the closing fee of {amount} is a cost that you really bear.",
                amount=words.money(bill.unproven),
            )
        )
    if pen.matter.story.strip():
        parts += pen.story()
    return parts


def _opening(bill: ContestedBill, pen: Pen) -> str:
    words = pen.words
    if bill.number and bill.day is not None:
        return words.tr(
            "I contest these amounts of your final bill {number} of {day}:",
            number=bill.number,
            day=pen.day(bill.day, Gap.DUE),
        )
    return words.tr("I contest these amounts of your final bill:")


def _item(finding: Finding, bill: ContestedBill, pen: Pen) -> str:
    """One finding: the line as the bill calls it, what is wrong, how much, and its ground."""
    words = pen.words
    names = list(dict.fromkeys(bill.names[key] for key in finding.line_ids if bill.names.get(key)))
    said = words.tr("{what}: {amount}.", what=_what(finding, pen), amount=words.money(finding.amount))
    if names:
        said = words.tr("“{name}”: {said}", name=words.listing(names), said=said)
    ground = _ground(finding, bill, pen)
    return words.tr("{first} {second}", first=said, second=ground) if ground else said


def _what(finding: Finding, pen: Pen) -> str:
    words = pen.words
    days = words.trn("{count} day", "{count} days", finding.days)
    return {
        FindingKind.RENT_AFTER: words.tr("rent for {days} after the end", days=days),
        FindingKind.RENT_AHEAD: words.tr("rent paid in advance for {days} after the end, not given back", days=days),
        FindingKind.NOTICE: words.tr("a charge for a notice"),
        FindingKind.PORT: words.tr("a charge for moving the number"),
        FindingKind.EARLY_HIGH: words.tr("a charge for leaving early that is too high by this amount"),
        FindingKind.EARLY_UNTOLD: words.tr("a charge for leaving early that was not announced to me"),
        FindingKind.EARLY_CHANGE: words.tr("a charge for leaving early, though I left because of an announced change"),
        FindingKind.EARLY_REASON: words.tr(
            "a charge for leaving early, though you were told of a reason that may free from it"
        ),
        FindingKind.CLOSING_NOT_AGREED: words.tr("a closing fee that is not in my contract"),
        FindingKind.CLOSING_ABOVE_AGREED: words.tr("the part of the closing fee that is above the one in my contract"),
        FindingKind.CLOSING_ABOVE_COST: words.tr("the part of the closing fee that is above its cost"),
        FindingKind.RETURNED: words.tr("equipment charged as not returned, which is back"),
    }[finding.kind]


def _ground(finding: Finding, bill: ContestedBill, pen: Pen) -> str:
    """The right behind a certain finding, by law or regulator; empty where only the contract stands behind it."""
    words = pen.words
    if finding.kind is FindingKind.RETURNED and bill.receipt:
        return words.tr("The receipt has the number {number}.", number=bill.receipt)
    if not finding.is_certain:
        return ""
    rule = pen.right(finding.rule_id, bill.ended)
    if rule is None:
        return ""
    if rule.id in _CAPS:
        return words.tr("It is above what article L224-28 of the French Consumer Code allows.")
    if rule.id == "FR-NOT-01":
        return words.tr(
            "Under article L224-39 of the French Consumer Code the contract ends at most {count} days after the notice "
            "is received, so nothing is owed for the time after it.",
            count=words.number(rule.number),
        )
    if rule.id == "FR-EQP-02":
        return words.tr(
            "Under article L224-35 of the French Consumer Code it comes back within {count} days of the payment of the "
            "last bill.",
            count=words.number(rule.number),
        )
    return {
        "UK-SW-13": words.tr("Under Ofcom’s rules no rent and no notice may be charged for the time after a switch."),
        "US-SCRA-02": words.tr(
            "Under the Servicemembers Civil Relief Act (50 U.S.C. 3956) what was paid for days after the end comes "
            "back."
        ),
        "UK-SW-15": words.tr("Under Ofcom’s rules moving the number may not cost the customer anything."),
    }.get(rule.id, "")
