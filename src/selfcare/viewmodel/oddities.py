"""What is strange about a bill, in a sentence each: what, how much, and what was usual or agreed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from selfcare.billing.flags import Flag, Judgement, Oddity
from selfcare.billing.usual import FEWEST
from selfcare.i18n.words import Words

_WEIGHT = (
    Oddity.DUPLICATE,
    Oddity.AFTER_END,
    Oddity.LINE,
    Oddity.CATCH_UP,
    Oddity.TWICE,
    Oddity.ENDED,
    Oddity.NEVER_ORDERED,
    Oddity.RATE,
    Oddity.AGAIN,
    Oddity.FAR,
    Oddity.TOTAL,
    Oddity.MISSING,
)
"""What is said first."""


def oddities(judgement: Judgement | None, words: Words, today: date) -> tuple[str, ...]:
    """A sentence for each strange thing, the weightiest first; that the whole is too much only where nothing else
    says why."""
    if judgement is None:
        return ()
    flags = ranked(judgement.flags)
    reasons = [flag for flag in flags if flag.kind is not Oddity.TOTAL]
    return tuple(oddity_sentence(flag, words, today) for flag in reasons or flags)


def is_explained_total(judgement: Judgement) -> bool:
    """The whole is too much, and something else says why: then what is usual is worth a sentence of its own."""
    kinds = {flag.kind for flag in judgement.flags}
    return Oddity.TOTAL in kinds and len(kinds) > 1


def ranked(flags: Iterable[Flag]) -> list[Flag]:
    """The weightiest first."""
    return sorted(flags, key=lambda flag: _WEIGHT.index(flag.kind))


def untold(judgement: Judgement | None, words: Words) -> str:
    """That there are too few bills to say what is usual; "" where there are enough."""
    if judgement is None or judgement.can_tell:
        return ""
    if not judgement.seen:
        return words.tr("There is no bill before this one, so what is usual for you cannot be told yet.")
    return words.trn(
        "There is only {count} bill before this one; what is usual for you can be told from {fewest} on.",
        "There are only {count} bills before this one; what is usual for you can be told from {fewest} on.",
        judgement.seen,
        fewest=words.number(FEWEST),
    )


def oddity_sentence(flag: Flag, words: Words, today: date) -> str:
    """One strange thing."""
    name, amount = flag.name or words.tr("A charge without a name"), words.money(flag.amount)
    usual = words.money(flag.usual) if flag.usual is not None else ""
    day = words.day(flag.day, today) if flag.day is not None else ""
    match flag.kind:
        case Oddity.TOTAL:
            return words.tr("It is {amount} more than you usually pay ({usual}).", amount=amount, usual=usual)
        case Oddity.FAR:
            return words.tr(
                "It is {amount} more than {usual}, the most that your contract and the few bills before let expect.",
                amount=amount,
                usual=usual,
            )
        case Oddity.CATCH_UP:
            return _caught_up(flag, amount, day, words)
        case Oddity.LINE:
            if usual:
                return words.tr("“{name}”: {amount}; usually it is {usual}.", name=name, amount=amount, usual=usual)
            return words.tr("“{name}”: {amount}; you never paid anything like it.", name=name, amount=amount)
        case Oddity.RATE:
            return words.tr(
                "“{name}” costs {amount} more a month than before ({usual}), and no change of price is known here.",
                name=name,
                amount=amount,
                usual=usual,
            )
        case Oddity.DUPLICATE if flag.usual is not None:
            return words.tr(
                "The same time was billed before, on bill {number}, over {usual}. Ask before you pay {amount} too.",
                number=flag.name or flag.other,
                usual=usual,
                amount=amount,
            )
        case Oddity.DUPLICATE:
            return words.tr(
                "The same time was billed before, over the same amount, on bill {number}. Do not pay {amount} twice.",
                number=flag.name or flag.other,
                amount=amount,
            )
        case Oddity.TWICE:
            return words.tr(
                "“{name}” stands on it {count} times: {amount} too much.",
                name=name,
                count=words.number(flag.count),
                amount=amount,
            )
        case Oddity.AGAIN:
            return _again(flag, name, amount, words)
        case Oddity.ENDED:
            return words.tr("“{name}” ended on {day}, yet {amount} is charged.", name=name, amount=amount, day=day)
        case Oddity.NEVER_ORDERED if flag.count:
            return words.tr(
                "“{name}”, {amount}, is not among what your operator says you ordered, and it was charged before.",
                name=name,
                amount=amount,
            )
        case Oddity.NEVER_ORDERED:
            return words.tr(
                "“{name}”, {amount}, is new, and it is not among what your operator says you ordered.",
                name=name,
                amount=amount,
            )
        case Oddity.AFTER_END:
            return words.tr("{amount} is for a time after {day}, when your contract ended.", amount=amount, day=day)
        case Oddity.MISSING:
            month = words.month(flag.day) if flag.day is not None else ""
            return words.tr("No bill was written in {month}.", month=month)


def _caught_up(flag: Flag, amount: str, day: str, words: Words) -> str:
    if flag.count:
        return words.tr(
            "It charges {count} months at once, {amount} more than a usual bill.",
            count=words.number(flag.count),
            amount=amount,
        )
    return words.tr("{amount} of it is for use long before this bill’s time, since {day}.", amount=amount, day=day)


def _again(flag: Flag, name: str, amount: str, words: Words) -> str:
    if flag.first is None:
        return words.tr(
            "“{name}” is no monthly price, yet it came again, to the cent: {amount}. Did you ask for it?",
            name=name,
            amount=amount,
        )
    if flag.first is Oddity.NEVER_ORDERED:
        return words.tr(
            "“{name}”, {amount}, is charged again, and it was not among what your operator says you ordered by then; "
            "that makes {count} times.",
            name=name,
            amount=amount,
            count=words.number(flag.count),
        )
    return words.tr(
        "“{name}”, {amount}, was strange before and is charged again; that makes {count} times.",
        name=name,
        amount=amount,
        count=words.number(flag.count),
    )
