"""Why a list is empty: nothing there, never read, not offered, or not readable; four different things."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from selfcare.domain.freshness import Freshness
from selfcare.domain.topics import Topic
from selfcare.i18n import Words


class Why(StrEnum):
    """The four reasons for an empty place."""

    NOTHING = "nothing"
    NEVER_READ = "neverRead"
    NOT_OFFERED = "notOffered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Absence:
    """What is said where nothing can be shown."""

    why: Why
    title: str
    text: str


def freshness_of(topic: Topic, parts: Iterable[Freshness]) -> Freshness:
    """The age of one topic among several; one that nobody told us about was never read."""
    return next((part for part in parts if part.topic is topic), Freshness(topic))


def absence(part: Freshness, nothing: tuple[str, str], words: Words) -> Absence:
    """The right one of the four; `nothing` is the title and the text for "the operator says there is none"."""
    if not part.offered:
        return Absence(
            Why.NOT_OFFERED,
            words.tr("Your operator does not offer this"),
            words.tr("That is not the same as none: your operator has no way for a program to ask for it."),
        )
    if part.seen is None and part.failure is not None:
        return Absence(
            Why.FAILED,
            words.tr("Not read yet"),
            words.tr("It could not be read so far. It is tried again by itself, and when you press F5."),
        )
    if part.seen is None:
        return Absence(
            Why.NEVER_READ,
            words.tr("Not read yet"),
            words.tr("It appears here as soon as your operator has been asked for the first time."),
        )
    if part.unreadable:
        return Absence(
            Why.FAILED,
            words.tr("It could not be read"),
            words.trn(
                "Your operator sent {count} entry that could not be understood. It is kept as it came.",
                "Your operator sent {count} entries that could not be understood. They are kept as they came.",
                part.unreadable,
            ),
        )
    return Absence(Why.NOTHING, *nothing)
