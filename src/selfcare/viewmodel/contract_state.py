"""Where a contract stands today in a few words: bound, free, on its way out, or over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from selfcare.domain.contract import Contract
from selfcare.domain.records import replace
from selfcare.i18n import Words
from selfcare.leaving.departures import Departure

from .facts import TagView, Tone


def state_tag(contract: Contract, words: Words, today: date, leaving: Sequence[Departure] = ()) -> TagView:
    """The tag of a contract. `leaving` are its lines where all of them are on their way out, the last first."""
    if leaving:
        return TagView(words.tr("ended")) if leaving[0].is_over else TagView(words.tr("notice given"), Tone.ACCENT)
    if contract.no_longer_listed:
        return TagView(words.tr("not listed any more"), Tone.WARN)
    if contract.ends is None:
        return TagView(words.tr("end not stated"))
    if contract.is_contradictory:
        return TagView(words.tr("dates contradict each other"), Tone.WARN)
    if contract.ends < today:
        return TagView(words.tr("commitment over"), Tone.GOOD)
    days = (contract.ends - today).days
    return TagView(words.tr("bound {far}", far=words.trn("for {count} day", "for {count} days", days)), Tone.ACCENT)


def state_sentence(
    contract: Contract, notice: date | None, words: Words, today: date, leaving: Sequence[Departure] = ()
) -> str:
    """The same in a sentence. `notice` is the last day on which notice ends the contract with its commitment."""
    if leaving:
        said = leaving_sentence(leaving[0], words, today)
        rest = words.tr("What is still to be done stands under Leaving.")
        return words.tr("{first} {second}", first=said, second=rest)
    if contract.no_longer_listed:
        last = state_sentence(replace(contract, no_longer_listed=False), notice, words, today)
        return words.tr("Your operator no longer lists this contract. When last seen: {last}", last=last)
    if contract.ends is None:
        return words.tr("Your operator does not state until when you are bound. Ask before you assume anything.")
    if contract.is_contradictory:
        return words.tr(
            "By your operator’s dates the commitment ends before the contract began. Ask which day is right before you "
            "assume anything."
        )
    return free_sentence(contract.ends, notice, words, today)


def leaving_sentence(last: Departure, words: Words, today: date) -> str:
    """Since when a line is over, or when it ends by the operator's word."""
    if last.is_over:
        if last.ends is None:
            return words.tr("It has ended; your operator does not state the day.")
        return words.tr("It ended on {day}.", day=words.day(last.ends, today))
    if last.ends is None:
        return words.tr("Notice is given; your operator names no day for the end.")
    return words.tr("Notice is given: it ends on {day}.", day=words.day_far(last.ends, today))


def free_sentence(ends: date, notice: date | None, words: Words, today: date) -> str:
    """From when one is free to leave, and by when notice is needed for it, where that is known.

    A line may end on the last day of the commitment: nothing of it is left then, as the way out reckons too.
    """
    if ends < today:
        return words.tr("Free to leave since {day}.", day=words.day(ends, today))
    first = words.tr("Free to leave from {day}.", day=words.day_far(ends, today))
    if notice is None:
        return first
    if notice < today:
        second = words.tr("For that, notice had to be given by {day}.", day=words.day(notice, today))
    else:
        second = words.tr("For that, give notice by {day}.", day=words.day_far(notice, today))
    return words.tr("{first} {second}", first=first, second=second)
