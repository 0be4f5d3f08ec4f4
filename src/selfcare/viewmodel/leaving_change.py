"""Leaving free because of an announced change: which change it is, and that the operator is told so in writing."""

from __future__ import annotations

from datetime import date

from selfcare.i18n import Words
from selfcare.leaving.prices import is_of_line
from selfcare.leaving.proofs import needs_proof
from selfcare.leaving.way import StepState

from .leaving_material import Case
from .letter_facts import ToldChange


def told_change(case: Case) -> ToldChange | None:
    """The announced change by which the planned day is free, or may be; None where the charge does not rest on one.

    A special reason that frees for certain needs no second one; one that may not free hides none. A survivor's plan
    names none. A rise that may be another line's is told of as a change only.
    """
    free = case.way.quote.lines[0].change
    if free is None or case.answers.is_discreet:
        return None
    own = free.rise is not None and is_of_line(free.rise, case.facts, case.material.today)
    rise = free.rise.amount if free.rise is not None and own and free.rise.amount.value > 0 else None
    agreed = free.rise.agreed if free.rise is not None else None
    by_percent = free.rise is not None and free.rise.by_percent
    return ToldChange(
        free.first, free.last, free.rule_id, free.is_certain, rise, agreed, by_percent, case.facts.concluded
    )


def is_only_change(case: Case) -> bool:
    """The change is all that is written of: no reason of the customer's own has to be proven in the same letter."""
    return (told_change(case) is not None or wrote_of_change(case) is not None) and not has_proof(case)


def wrote_of_change(case: Case) -> date | None:
    """The day on which the letter about the change went out by the customer's word, whether the change still frees or
    not; None for none, and where a paper for a reason of the customer's own is what went."""
    return None if case.way.route.is_notice or case.answers.is_discreet or has_proof(case) else case.answers.about.sent


def has_proof(case: Case) -> bool:
    """A reason of the customer's own is believed with a paper only."""
    return needs_proof(case.way.ground, case.way.country.relief(case.way.ground))


def change_title(state: StepState, words: Words) -> str:
    """What is written, or has been."""
    if state is StepState.DONE:
        return words.tr("Written that you leave because of the change")
    return words.tr("Write that you leave because of the change")


def change_text(change: ToldChange, case: Case, words: Words) -> str:
    """Why it is written, and that it goes before the order."""
    today = case.material.today
    first = words.tr(
        "An order at a new operator names no reason: without this letter the charge may be asked for. It is no notice; "
        "send it before the number moves, with proof of its receipt."
    )
    if not case.facts.number:
        first = words.tr(
            "An order at a new operator names no reason: without this letter the charge may be asked for. It is no "
            "notice; send it before the line moves, with proof of its receipt."
        )
    if change.until is None:
        return first
    day = words.day(change.until, today)
    last = words.tr("You may be free to leave until {day}: the order has to be there by then, too.", day=day)
    if change.is_certain:
        last = words.tr("You are free to leave until {day}: the order has to be there by then, too.", day=day)
    return words.tr("{first} {second}", first=first, second=last)


def change_reason(change: ToldChange, words: Words, *, by_heirs: bool = False) -> str:
    """The reason as a notice names it, with its law where one is behind it (UK-CTR-03, FR-MOD-01).

    Where the change is not certain to free, the notice asks for it and asserts nothing.
    `by_heirs`: somebody else than the holder says it.
    """
    day = words.short_day(change.told)
    if by_heirs:
        return words.tr("The change announced on {day}", day=day)
    if change.rule_id == "FR-MOD-01":
        if change.is_certain:
            return words.tr(
                "The change announced on {day}: I leave free of charge under article L224-33 of the French Consumer "
                "Code",
                day=day,
            )
        return words.tr(
            "The change announced on {day}: I ask to leave free of charge under article L224-33 of the French "
            "Consumer Code",
            day=day,
        )
    if change.rule_id == "UK-CTR-03":
        if change.is_certain:
            return words.tr(
                "The change announced on {day}: I leave free of charge under Ofcom’s General Conditions", day=day
            )
        return words.tr(
            "The change announced on {day}: I ask to leave free of charge under Ofcom’s General Conditions", day=day
        )
    return words.tr("The change announced on {day}", day=day)
