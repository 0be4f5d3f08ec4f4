"""Judges the dates that were promised on one thing, one after the other: kept, missed, moved, or not to be judged."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from selfcare.domain.moved import Moves, is_moved_ahead, replaced_at
from selfcare.domain.records import Struct, replace

from .promise import Promise, PromiseOf, PromiseSource, PromiseState


class Thing(Struct, frozen=True):
    """What a promise was made on."""

    what: PromiseOf
    title: str
    given: datetime | None
    source: PromiseSource
    source_id: str
    evidence: str = ""
    who: str = ""
    undone: datetime | None = None


def bare_promise(thing: Thing, due: datetime, state: PromiseState) -> Promise:
    """One promise on a thing, of which nothing more is known."""
    return Promise(
        thing.who, thing.what, thing.title, thing.given, due, thing.source, thing.source_id, state,
        evidence=thing.evidence, undone=thing.undone,
    )  # fmt: skip


class End(Struct, frozen=True):
    """What became of the thing itself: over or not, since when, refused (or cancelled) or failed. `by` is when it was
    over at the latest, where nobody states since when. `told` are the keys of promises that were told as missed while
    it ran."""

    ended: datetime | None = None
    is_over: bool = False
    is_refused: bool = False
    has_failed: bool = False
    by: datetime | None = None
    told: Collection[str] = frozenset()


def series(
    thing: Thing, earlier: Sequence[datetime], due: datetime | None, end: End, now: datetime, moved: Moves = ()
) -> list[Promise]:
    """All promises on one thing, those before first; `due` None: the date was taken away without another.

    One that was replaced before it came (`moved` says when) was moved, whatever came of it. Else each date was missed
    if nothing was finished by then. Else an earlier one was moved, and the last one stands as the thing does.

    Where the thing is over and may have been so before the date or after it, only a date that was told as missed while
    it ran counts as that, and the last one is lost.
    """
    dates = [*earlier, *(() if due is None else (due,))]
    when = replaced_at(dates, moved)
    found: list[Promise] = []
    for place, date in enumerate(dates):
        following = dates[place + 1] if place + 1 < len(dates) else None
        bare = replace(bare_promise(thing, date, PromiseState.OPEN), ended=end.ended, replaced=following)
        if is_moved_ahead(date, following, when[place]) and not _is_impossible(bare):
            found.append(replace(bare, state=PromiseState.MOVED))
            continue
        if end.is_refused and end.is_over:
            found.append(_refused(bare, end, now))
            continue
        state = PromiseState.OPEN
        bare = replace(bare, is_undated=_is_undated(date, end))
        if bare.is_undated and bare.key in end.told:
            bare, state = replace(bare, ended=date), PromiseState.MISSED
        elif _is_late(date, end, now):
            state = PromiseState.MISSED
        elif following is not None:
            state = PromiseState.MOVED
        elif due is None:
            state = PromiseState.WITHDRAWN
        elif end.is_over:
            state = PromiseState.LOST if bare.is_undated else PromiseState.KEPT
        found.append(replace(bare, state=PromiseState.VOID if _is_impossible(bare) else state))
    return _once(found)


def _once(found: list[Promise]) -> list[Promise]:
    """A date that came back after it had passed was missed once."""
    last = {promise.due: place for place, promise in enumerate(found) if promise.state is PromiseState.MISSED}
    return [p for place, p in enumerate(found) if p.state is not PromiseState.MISSED or last[p.due] == place]


def _is_late(date: datetime, end: End, now: datetime) -> bool:
    """Nothing was finished by then; where something is over and nobody states since when, it is not held to be late."""
    if end.is_over and end.ended is None:
        return False
    return (end.ended or now) > date


def _is_undated(date: datetime, end: End) -> bool:
    """The thing is over, and nobody states whether it was so by a date: all that is known is a later moment."""
    return end.is_over and end.ended is None and end.by is not None and end.by > date


def _is_impossible(promise: Promise) -> bool:
    return promise.given is not None and promise.due < promise.given


def _refused(promise: Promise, end: End, now: datetime) -> Promise:
    """A promise on what was refused, cancelled or failed: missed if it was late by then, else it fell away."""
    promise = replace(promise, is_refused=True)
    if end.ended is not None:
        is_missed = end.ended > promise.due
    else:
        is_missed = promise.key in end.told or (end.has_failed and now > promise.due)
    if is_missed and not _is_impossible(promise):
        return replace(promise, state=PromiseState.MISSED, ended=end.ended or promise.due)
    return replace(promise, state=PromiseState.VOID)
