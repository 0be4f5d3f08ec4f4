"""Why a bill is disputed: the reasons people have, each as it is said to the operator, and which one is proposed."""

from __future__ import annotations

from collections.abc import Sequence

from selfcare.billing.flags import Flag, Oddity
from selfcare.i18n.words import Words

REASONS = (
    "amount",
    "use",
    "price",
    "unknown",
    "ended",
    "unused",
    "twice",
    "duplicate",
    "paid",
    "late",
    "afterEnd",
    "credit",
    "other",
)
"""Why a bill is disputed; the word goes along where tickets have characteristics."""

_OF_A_FLAG = {
    Oddity.LINE: "use",
    Oddity.TOTAL: "amount",
    Oddity.FAR: "amount",
    Oddity.CATCH_UP: "late",
    Oddity.RATE: "price",
    Oddity.DUPLICATE: "duplicate",
    Oddity.TWICE: "twice",
    Oddity.AGAIN: "unknown",
    Oddity.ENDED: "ended",
    Oddity.NEVER_ORDERED: "unknown",
    Oddity.AFTER_END: "afterEnd",
}


def reason_choices(words: Words) -> tuple[tuple[str, str], ...]:
    """Each reason with its words, in the order in which people have them."""
    said = {
        "amount": words.tr("The amount cannot be right"),
        "use": words.tr("I cannot have used so much"),
        "price": words.tr("The price is not the one agreed"),
        "unknown": words.tr("I did not order this"),
        "ended": words.tr("It had ended before"),
        "unused": words.tr("I did not use this, or it never worked"),
        "twice": words.tr("It was charged twice"),
        "duplicate": words.tr("This time was billed already"),
        "paid": words.tr("I have already paid it"),
        "late": words.tr("It charges months or use of long ago"),
        "afterEnd": words.tr("The contract had ended"),
        "credit": words.tr("A credit or a discount that was promised is missing"),
        "other": words.tr("Something else"),
    }
    return tuple((key, said[key]) for key in REASONS)


def proposed_reason(flags: Sequence[Flag], *, is_paid: bool) -> str:
    """The reason that is proposed: a payment that was taken has its own, else the weightiest strange thing."""
    if is_paid:
        return "paid"
    first = next((flag for flag in flags if flag.kind in _OF_A_FLAG), None)
    if first is None:
        return "amount"
    return _OF_A_FLAG[first.first or first.kind] if first.kind is Oddity.AGAIN else _OF_A_FLAG[first.kind]
