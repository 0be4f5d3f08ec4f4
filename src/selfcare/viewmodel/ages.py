"""How old what is shown is, in words; and why a place is empty, which is never the same as "nothing"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from selfcare.domain.failures import BadProxy, Failure, NotOffered, Offline, SignedOut
from selfcare.domain.records import Struct, replace

from .notice import Notice

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from selfcare.domain.freshness import Freshness
    from selfcare.domain.topics import Topic
    from selfcare.i18n.words import Words


class Age(Struct, frozen=True):
    """The line at the top right of a page. `is_offline` is a normal state, `needs_sign_in` asks for a
    button; with `is_archive` there is nobody to be asked."""

    text: str
    is_offline: bool = False
    needs_sign_in: bool = False
    is_archive: bool = False


class Absence(Struct, frozen=True):
    """Why a place is empty. `kind` is "nothing", "notOffered", "failed" or "neverRead": four different messages.

    "calm" is none of them: a place where nothing needs anybody.
    """

    kind: str
    title: str
    text: str


def age_of(parts: Sequence[Freshness], words: Words, zone: ZoneInfo, today: date) -> Age:
    """The age of a page, decided by the part that is furthest behind."""
    from selfcare.domain.freshness import oldest

    parts = _without_papers(parts)
    worst = oldest(parts)
    if any(part.is_archive for part in parts):
        return Age(words.tr("From your own papers"), is_archive=True)
    if worst is None:
        return Age("")
    failures = [p.failure for p in parts if p.offered and p.failure is not None]
    offline = any(isinstance(x, Offline) for x in failures)
    signed_out = any(isinstance(x, SignedOut) for x in failures)
    if worst.seen is None:
        if offline:
            return Age(words.tr("Offline. Not everything has been read yet"), is_offline=True)
        if signed_out:
            return Age(words.tr("Please sign in again. Not everything has been read yet"), needs_sign_in=True)
        if any(part.seen is not None for part in parts if part.offered):
            return Age(words.tr("Not everything has been read yet"))
        return Age(words.tr("Not read yet"))
    moment = words.instant(worst.seen, zone, today)
    if signed_out:
        return Age(words.tr("Please sign in again. Last read {moment}", moment=moment), needs_sign_in=True)
    if offline:
        return Age(words.tr("Offline. Last read {moment}", moment=moment), is_offline=True)
    if failures:
        return Age(words.tr("Could not be read just now. Last read {moment}", moment=moment))
    return Age(words.tr("As your operator said on {moment}", moment=moment))


def _without_papers(parts: Sequence[Freshness]) -> tuple[Freshness, ...]:
    """A page is as old as its documents. Each PDF says itself why it is not here, where it is opened."""
    from selfcare.domain.topics import Topic

    return tuple(part for part in parts if part.topic is not Topic.PAPERS)


def has_read(parts: Sequence[Freshness]) -> bool:
    """Something of a page was read before; also where a page has nothing that could be read."""
    offered = [part for part in parts if part.offered]
    return not offered or any(part.seen is not None for part in offered)


class Known(StrEnum):
    """What may be said where nothing is shown of several topics together."""

    NONE = "none"
    """Everything that is offered was read, and all is offered."""
    PARTLY = "partly"
    """What is offered was read; a part is not offered."""
    NOT_OFFERED = "notOffered"
    """No part is offered."""
    UNREAD = "unread"
    """A part that is offered has not been read, so nothing may be said."""


def known_of(topics: Iterable[Topic], parts: Sequence[Freshness]) -> Known:
    """What may be said of several topics together; one that nobody told us about was not read."""
    found = [next((p for p in parts if p.topic is topic), None) for topic in topics]
    offered = [p for p in found if p is None or (p.offered and not isinstance(p.failure, NotOffered))]
    if not offered:
        return Known.NOT_OFFERED
    if any(p is None or p.seen is None for p in offered):
        return Known.UNREAD
    return Known.NONE if len(offered) == len(found) else Known.PARTLY


def trouble_of(parts: Sequence[Freshness], words: Words) -> Notice | None:
    """What the banner of a page says about the last round of reading, if anything. Offline is normal: no banner."""
    parts = _without_papers(parts)
    for part in parts:
        if part.offered and part.failure is not None and not _is_normal(part.failure):
            from .notices import reading_notice  # most starts have no trouble to tell

            return _as_far_as_read(reading_notice(part.failure, words), part, parts, words)
    refused = sum(p.refused for p in parts)
    if refused:
        return of_another(refused, words)
    left_out = sum(p.left_out for p in parts)
    if left_out:
        return unnamed(left_out, words)
    unread = sum(p.unreadable for p in parts)
    if unread:
        return Notice(
            words.trn(
                "{count} document could not be understood.", "{count} documents could not be understood.", unread
            ),
            words.trn(
                "It is kept as it came, as your evidence; the rest is shown.",
                "They are kept as they came, as your evidence; the rest is shown.",
                unread,
            ),
        )
    return None


def of_another(count: int, words: Words) -> Notice:
    """So many documents came that are another customer's: of these nothing is kept, and the operator should know."""
    return Notice(
        words.trn(
            "{count} document that came is about another customer, so it was not kept.",
            "{count} documents that came are about another customer, so they were not kept.",
            count,
        ),
        words.tr("The rest is yours and is shown. Tell your operator: yours might be shown to somebody too."),
        "bad",
    )


def unnamed(count: int, words: Words) -> Notice:
    """So many documents came of which nothing tells that they are the customer's: of these nothing is kept."""
    return Notice(
        words.trn(
            "{count} document that came does not name you, so it was left out.",
            "{count} documents that came do not name you, so they were left out.",
            count,
        ),
        words.tr("They may be somebody else’s. If something of yours is missing here, tell your operator."),
        "warn",
    )


def _as_far_as_read(notice: Notice, part: Freshness, parts: Sequence[Freshness], words: Words) -> Notice:
    """The notice of a part as it stands where that part was read before, where only others were, or nothing was."""
    if part.seen is not None or not has_read(parts) or not notice.unread:
        from .notices import as_read

        return as_read(notice, has_read=part.seen is not None)
    advice = words.tr("A part of this page has not been read yet. If it stays so, tell your operator.")
    return replace(notice, advice=advice)


def _is_normal(failure: Failure) -> bool:
    """Needs no banner: being offline, unless a setting of the customer's is the reason, and what is not offered."""
    return isinstance(failure, NotOffered) or (isinstance(failure, Offline) and not isinstance(failure, BadProxy))


def absence_of(part: Freshness | None, nothing: str, words: Words, nothing_more: str = "") -> Absence:
    """Why a list is empty. `nothing` is what is said where the operator's answer really was an empty list."""
    if part is None or (part.offered and part.seen is None and part.failure is None):
        return Absence(
            "neverRead",
            words.tr("Not read yet"),
            words.tr("It appears here as soon as your operator has been asked."),
        )
    if part.is_archive:
        return Absence(
            "notOffered",
            words.tr("Not in an archive"),
            words.tr("This account holds bills that you already had. There is no operator behind it to be asked."),
        )
    if not part.offered or isinstance(part.failure, NotOffered):
        return Absence(
            "notOffered",
            words.tr("Your operator does not offer this here"),
            words.tr("That does not mean that there is none. Ask your operator: Help lists the ways."),
        )
    if part.failure is not None and part.seen is None:
        from .notices import as_read, reading_notice

        notice = as_read(reading_notice(part.failure, words), has_read=False)
        return Absence("failed", notice.sentence, notice.advice)
    if part.refused:
        notice = of_another(part.refused, words)
        return Absence("failed", notice.sentence, notice.advice)
    if part.left_out:
        notice = unnamed(part.left_out, words)
        return Absence("failed", notice.sentence, notice.advice)
    if part.unreadable:
        return Absence(
            "failed",
            words.tr("Could not be understood"),
            words.tr("Your operator sent something, but not in a form that can be read. It is kept as it came."),
        )
    return Absence("nothing", nothing, nothing_more)
