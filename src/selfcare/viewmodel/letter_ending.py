"""The letters that end a contract: notice, withdrawal from a new one, and the request to unlock the handset before."""

from __future__ import annotations

from datetime import date

from selfcare.domain.lines import Access
from selfcare.domain.workdays import after_months
from selfcare.leaving.carriers import Carrier, carrier_of
from selfcare.leaving.choices import Reason
from selfcare.leaving.proofs import PROVEN
from selfcare.paper.letter import BLANK

from .letter_change import because_of_change, change_by_heirs
from .letter_facts import Gap
from .letter_pen import LetterBody, Pen
from .letter_proof import enclosures, number_back, reason_of


def notice(pen: Pen) -> LetterBody:
    """Notice of the end (FR-NOT-01, FR-NOT-02: article L224-39; elsewhere the contract's own notice)."""
    words, line = pen.words, pen.line()
    law = pen.right("FR-NOT-01")
    if pen.facts.reason is Reason.DEATH and not pen.facts.together:
        return _notice_of_heirs(pen, law.number if law is not None else None)
    if pen.facts.together:
        opening = _several(pen, by_law=law is not None)
    elif law is not None:
        opening = words.tr(
            "Under article L224-39 of the French Consumer Code I hereby give you notice that I end my contract for the "
            "line {line}.",
            line=line,
        )
    else:
        opening = words.tr("I hereby give you notice that I end my contract for the line {line}.", line=line)
    reason = reason_of(pen)
    parts: list[str | tuple[str, ...]] = [
        opening,
        *reason,
        *because_of_change(pen),
        *_change(pen),
        *_end(pen, law.number if law is not None else None),
        *number_back(pen),
        words.tr("Please confirm in writing the day on which it ends, and explain every charge of the final bill."),
    ]
    back = pen.right("FR-EQP-02")
    if back is not None:
        parts.append(
            words.tr(
                "Under article L224-35 of the same code, what I paid in advance comes back within {count} days of the "
                "payment of the last bill, and a deposit within {count} days of the return of its item.",
                count=words.number(back.number),
            )
        )
    else:
        parts.append(
            words.tr("Please charge no rent for any day after the end, and pay back what I paid in advance for them.")
        )
    if pen.facts.access in {Access.FIXED, Access.INTERNET}:
        parts.append(words.tr("Please tell me also which equipment I have to send back, where to, and until when."))
    if pen.facts.mandate:
        parts.append(words.tr("The direct debit stays in place until the final bill is paid; after that I end it."))
    subject = words.tr("End of my contract, line {line}", line=line)
    if pen.facts.together:
        count = 1 + len(pen.facts.together)
        subject = words.trn("End of my contract for {count} line", "End of my contracts for {count} lines", count)
    enclosed = enclosures(pen) if reason and pen.facts.reason in PROVEN else ()
    return LetterBody(subject, tuple(parts), "end", enclosures=enclosed, covers_all=True)


def _change(pen: Pen) -> tuple[str, ...]:
    """What becomes of a change of holder that is open; nothing where none is."""
    if not pen.facts.holder_change:
        return ()
    return (
        pen.words.tr(
            "A change of holder is open with you under the number {number}; please tell me in writing what this notice "
            "means for it.",
            number=pen.facts.holder_change,
        ),
    )


def _notice_of_heirs(pen: Pen, days: int | None) -> LetterBody:
    """The same after the holder's death: an heir writes and signs it, for the estate."""
    words, line = pen.words, pen.line()
    holder = pen.facts.name or BLANK
    if days is not None:
        opening = words.tr(
            "Under article L224-39 of the French Consumer Code I hereby give you notice, for the estate of {holder}, "
            "that the contract for the line {line} ends.", holder=holder, line=line
        )  # fmt: skip
    else:
        opening = words.tr(
            "For the estate of {holder} I hereby give you notice that the contract for the line {line} ends.",
            holder=holder, line=line,
        )  # fmt: skip
    parts: list[str | tuple[str, ...]] = [
        opening,
        *reason_of(pen),
        *change_by_heirs(pen),
        *_change(pen),
        *_end(pen, days),
        words.tr("Please confirm in writing the day on which it ends, and explain every charge of the final bill."),
        words.tr(
            "Please charge no rent for any day after the end, and pay back to the estate what was paid in advance."
        ),
    ]
    if pen.facts.access in {Access.FIXED, Access.INTERNET}:
        parts.append(words.tr("Please tell me also which equipment I have to send back, where to, and until when."))
    subject = words.tr("End of the contract of {holder}, line {line}", holder=holder, line=line)
    enclosed = enclosures(pen)
    return LetterBody(subject, tuple(parts), "end", enclosures=enclosed, by_another=True)


def _several(pen: Pen, *, by_law: bool) -> str:
    """The opening of one letter for several lines."""
    words = pen.words
    lines = words.listing([pen.line(), *(other.line for other in pen.facts.together)])
    if by_law:
        return words.tr(
            "Under article L224-39 of the French Consumer Code I hereby give you notice that I end my contract for "
            "each of these lines: {lines}.",
            lines=lines,
        )
    return words.tr("I hereby give you notice that I end my contract for each of these lines: {lines}.", lines=lines)


def _ends_of_several(pen: Pen, days: int | None) -> tuple[str, tuple[str, ...]]:
    """When each of several lines ends, where their days are not the same."""
    words, facts = pen.words, pen.facts
    ends = [(pen.line(), facts.ends), *((other.line, other.ends) for other in facts.together)]
    rows = [words.tr("{name}: {value}", name=line, value=pen.day(day, Gap.ENDED)) for line, day in ends]
    if days is not None:
        head = words.tr(
            "As the law allows, I ask for these days of the end, or {count} days after you receive this letter where "
            "that is later:",
            count=words.number(days),
        )
    else:
        head = words.tr("Please end them on these days, or on the first day after that which my contract allows:")
    return head, tuple(rows)


def _end(pen: Pen, days: int | None) -> tuple[str | tuple[str, ...], ...]:
    """When the contract ends, or each of several."""
    facts = pen.facts
    if facts.ends is not None and any(other.ends != facts.ends for other in facts.together):
        return _ends_of_several(pen, days)
    return (_end_of_one(pen, days),)


def _end_of_one(pen: Pen, days: int | None) -> str:
    """At the wished day, else when the notice has run."""
    words, facts = pen.words, pen.facts
    if days is not None:
        if facts.ends is not None and pen.right("FR-NOT-02") is not None:
            return words.tr(
                "As the law allows, I ask for it to end on {day}, or {count} days after you receive this letter if "
                "that is later.",
                day=pen.day(facts.ends, Gap.ENDED),
                count=words.number(days),
            )
        return words.tr("It ends {count} days after you receive this letter at the latest.", count=words.number(days))
    if facts.ends is not None:
        return words.tr(
            "Please end it on {day}, or on the first day after that which my contract allows.",
            day=pen.day(facts.ends, Gap.ENDED),
        )
    if facts.notice is not None:
        return words.tr(
            "My contract asks for {length} of notice. Please end it when that has run, counted from the day on which "
            "you receive this letter.",
            length=pen.length(facts.notice),
        )
    return words.tr("Please end it on the first day that my contract allows.")


def withdrawal(pen: Pen) -> LetterBody:
    """Withdrawal from a new contract (FR-RET-01, article L221-18; UK-CTR-12; US-ETF-03), as surely as its rule."""
    words, facts, line = pen.words, pen.facts, pen.line()
    made = pen.day(facts.concluded, Gap.CONCLUDED)
    law, code, belief = pen.right("FR-RET-01"), pen.right("US-ETF-03"), pen.rule("UK-CTR-12")
    if law is not None:
        opening = words.tr(
            "Under article L221-18 of the French Consumer Code I hereby withdraw from the contract for the line "
            "{line}, made on {day}.",
            line=line,
            day=made,
        )
    elif code is not None and pen.facts.access is Access.MOBILE:
        opening = _trial(pen, code.number, made)
    else:
        opening = words.tr(
            "I hereby withdraw from the contract for the line {line}, made on {day}.", line=line, day=made
        )
    parts = [opening]
    if belief is not None and belief.is_certain:
        parts.append(
            words.tr(
                "Under the Consumer Contracts Regulations 2013 a contract made at a distance can be withdrawn from "
                "within {count} days.",
                count=words.number(belief.number),
            )
        )
    elif belief is not None:
        parts.append(
            words.tr(
                "As I understand the Consumer Contracts Regulations 2013, a contract made at a distance can be "
                "withdrawn from within {count} days.",
                count=words.number(belief.number),
            )
        )
    parts.append(
        words.tr("Please confirm it in writing, and pay back what I have paid by the means of payment that I used.")
    )
    subject = words.tr("Withdrawal from my contract, line {line}", line=line)
    return LetterBody(subject, tuple(parts), "end")


def _trial(pen: Pen, days: int, made: str) -> str:
    """The trial of the industry's code: asserted of a carrier known to keep it, asked of any other (US-ETF-03)."""
    words, line = pen.words, pen.line()
    if carrier_of(pen.facts.operator) is Carrier.OTHER:
        return words.tr(
            "I hereby end the service for the line {line}, begun on {day}. If you keep the wireless industry’s "
            "consumer code, its trial time of at least {count} days applies: then please charge no early termination "
            "fee.",
            line=line,
            day=made,
            count=words.number(days),
        )
    return words.tr(
        "I hereby end the service for the line {line}, begun on {day}, within the trial time of at least {count} "
        "days of the wireless industry’s consumer code, without an early termination fee.",
        line=line,
        day=made,
        count=words.number(days),
    )


def unlock(pen: Pen) -> LetterBody:
    """The handset unlocked while its owner is still a customer (UK-LOCK-01, FR-SIM-01, US-UNL-01)."""
    words, facts, line = pen.words, pen.facts, pen.line()
    handset = pen.text(facts.handset, Gap.HANDSET)
    serial = pen.text(facts.serial, Gap.HANDSET)
    parts = [
        words.tr(
            "Please unlock my handset {handset}, IMEI {serial}, so that it works with the SIM of any operator.",
            handset=handset,
            serial=serial,
        )
    ]
    ban = pen.right("UK-LOCK-01")
    if ban is not None and facts.bought is not None and isinstance(ban.value, date) and facts.bought >= ban.value:
        parts.append(
            words.tr(
                "It was bought on {day}. Handsets sold to consumers from {from_day} on may not be locked to one "
                "operator. So please unlock it at once and free of charge.",
                day=pen.day(facts.bought, Gap.HANDSET),
                from_day=pen.day(ban.value, Gap.HANDSET),
            )
        )
    usual = pen.rule("FR-SIM-01")
    since = facts.concluded or facts.bought
    if usual is not None and since is not None and after_months(since, usual.number) <= facts.day:
        parts.append(
            words.tr(
                "I have been a customer since {day}. Operators generally unlock free of charge after {count} months, "
                "so please do it free of charge.",
                day=pen.day(since, Gap.CONCLUDED),
                count=words.number(usual.number),
            )
        )
    code = pen.right("US-UNL-01")
    if code is not None:
        parts.append(
            words.tr(
                "Carriers that signed the wireless industry’s consumer code unlock, start it or explain within "
                "{count} business days.",
                count=words.number(code.number),
            )
        )
    parts.append(
        words.tr(
            "Please send me the code or confirm that it is done, and by when, while I am still your customer. If you "
            "refuse, please tell me why in writing."
        )
    )
    subject = words.tr("Unlocking of my handset, line {line}", line=line)
    return LetterBody(subject, tuple(parts), is_registered=False)
