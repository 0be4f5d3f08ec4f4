"""The special reason in a letter: what it is, what it frees from, its proof; and a letter that is only that."""

from __future__ import annotations

from selfcare.leaving.choices import Reason
from selfcare.paper.letter import BLANK

from .letter_change import because_of_change, beside_notice, change_by_heirs, how_it_ends
from .letter_facts import Gap
from .letter_pen import LetterBody, Pen


def proof(pen: Pen) -> LetterBody:
    """The proof of the reason (FR-OVR-02, FR-LEG-01, US-SCRA-01, UK-BRV-01), and that it is no notice."""
    words, facts, line = pen.words, pen.facts, pen.line()
    if facts.reason is Reason.DEATH:
        return _of_heirs(pen)
    parts = [how_it_ends(pen), _what(pen), *because_of_change(pen)]
    if facts.frees:
        asked = words.tr(
            "Please confirm in writing that you have received it, that nothing is missing, and that no charge is owed "
            "for ending the contract early."
        )
    else:
        asked = words.tr(
            "Please confirm in writing that you have received it, and tell me whether anything is missing and which "
            "charge, if any, you see owed for ending the contract early."
        )
    subject = words.tr("Proof of my reason for leaving, line {line}", line=line)
    return LetterBody(subject, (*parts, *number_back(pen), asked), "end", enclosures=enclosures(pen))


def _of_heirs(pen: Pen) -> LetterBody:
    """The death certificate, by somebody of the family, before it is decided whether the line ends or is taken over."""
    words, facts, line = pen.words, pen.facts, pen.line()
    holder = facts.name or BLANK
    parts = [
        words.tr(
            "The holder of the contract for the line {line}, {holder}, has died; a copy of the death certificate is "
            "enclosed.", line=line, holder=holder
        ),
        beside_notice(pen)
        if facts.by_notice
        else words.tr(
            "This letter is no notice: please keep the line and its number on until you hear otherwise in writing."
        ),
        words.tr(
            "Please confirm in writing that you have received it, that you need no other paper, and what it changes "
            "for the account."
        )
        if facts.by_notice
        else words.tr(
            "Please confirm in writing that you have received it and need no other paper, what it changes for the "
            "account, and how the line can be taken over with its number."
        ),
    ]  # fmt: skip
    if facts.holder_change:
        parts.insert(1, words.tr("A change of holder is open with you under the number {number}.",
                                 number=facts.holder_change))  # fmt: skip
    parts[-1:-1] = change_by_heirs(pen)
    subject = words.tr("Death of {holder}, line {line}", holder=holder, line=line)
    return LetterBody(subject, tuple(parts), "end", enclosures=enclosures(pen), by_another=True)


def _what(pen: Pen) -> str:
    """The reason and its proof; what is not certain is asked, not asserted."""
    words, facts = pen.words, pen.facts
    if said := reason_of(pen):
        if facts.reason is not Reason.MOVING:
            return said[0]
        return words.tr("{first} {second}", first=said[0], second=words.tr("The proof is enclosed."))
    if facts.reason is Reason.DEBT:
        if facts.admitted:
            return _indebted(pen)
        return words.tr("I am over-indebted; the proof that the commission received my file is enclosed. Its decision "
                        "follows as soon as I have it.")  # fmt: skip
    return words.tr(
        "I leave for a reason that the contract may list as a legitimate one, namely {reason}; the proof is enclosed.",
        reason=BLANK,
    )


def number_back(pen: Pen) -> tuple[str, ...]:
    """That somebody with orders wants the number back (US-SCRA-03); nothing for everybody else."""
    words, facts = pen.words, pen.facts
    law = pen.right("US-SCRA-03")
    if law is None or not facts.comes_back:
        return ()
    if facts.resume_by is None:
        return (
            words.tr(
                "Under the same Act please keep the number {line} for me: I mean to resume the service within {count} "
                "days after my orders end.",
                line=pen.line(), count=words.number(law.number),
            ),
        )  # fmt: skip
    return (
        words.tr(
            "Under the same Act please keep the number {line} for me: I mean to resume the service by {day}.",
            line=pen.line(), day=pen.day(facts.resume_by, Gap.DUE),
        ),
    )  # fmt: skip


def reason_of(pen: Pen) -> tuple[str, ...]:
    """The special reason with its proof; of the charge only what it frees from (US-SCRA-01, FR-OVR-01, FR-LEG-01)."""
    words, facts = pen.words, pen.facts
    said = {
        Reason.DEATH: words.tr("The holder of this contract has died; a copy of the death certificate is enclosed."),
        Reason.MOVING: words.tr("The reason is that I am moving."),
        Reason.SERVICE: words.tr("The reason is my military orders, of which a copy is enclosed."),
        Reason.LISTED: words.tr(
            "I have a reason that the contract lists as a legitimate one, namely {reason}; the proof is enclosed.",
            reason=BLANK,
        ),
        Reason.DEBT: _indebted(pen),
    }.get(facts.reason)
    if said is None or (facts.reason in {Reason.LISTED, Reason.DEBT} and not facts.frees):
        return ()
    if not facts.frees:
        return (said,)
    return (words.tr("{first} {second}", first=said, second=_free(pen)),)


def _indebted(pen: Pen) -> str:
    return pen.words.tr(
        "I am over-indebted; the proofs that my file was received and that it was admitted are enclosed."
    )


def enclosures(pen: Pen) -> tuple[str, ...]:
    """What is enclosed, each paper by its name."""
    words, facts = pen.words, pen.facts
    if facts.reason is Reason.DEBT:
        received = words.tr("Proof that the commission received my file")
        return (received, words.tr("Decision that my file is admissible")) if facts.admitted else (received,)
    return (
        {
            Reason.DEATH: words.tr("Copy of the death certificate"),
            Reason.SERVICE: words.tr("Copy of my military orders"),
        }.get(facts.reason, words.tr("Proof of my reason")),
    )


def _free(pen: Pen) -> str:
    """Why nothing is owed for ending the contract early."""
    words, facts = pen.words, pen.facts
    back = pen.right("US-SCRA-02")
    if facts.reason is Reason.SERVICE and back is not None:
        return words.tr(
            "Under the Servicemembers Civil Relief Act (50 U.S.C. 3956) no early termination fee is owed, and what I "
            "paid in advance comes back within {count} days.",
            count=words.number(back.number),
        )
    if facts.reason is Reason.DEBT and facts.filed is not None:
        return words.tr(
            "The commission received it on {day}. Under article L224-37-1 of the French Consumer Code no charge is "
            "owed for ending the contract.",
            day=pen.day(facts.filed, Gap.DUE),
        )
    return words.tr("As the contract lists this as a legitimate reason, no charge is owed for ending it early.")
