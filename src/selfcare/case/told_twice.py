"""Finds what was promised once and is told in two places: one promise with two proofs, counted once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo

from selfcare.domain.records import replace

from .matters import Matter, Name, day_of, is_near, is_whole_day, name_of
from .noted_twice import noted_once
from .promise import Promise, PromiseOf, PromiseSource, PromiseState
from .ticket_story import are_alike, is_within

_FIRST = (PromiseSource.TICKET, PromiseSource.ORDER, PromiseSource.APPOINTMENT, PromiseSource.PROBLEM)
"""Under which of two places a promise is told: where the customer can do the most about it."""
_CLOCK = frozenset({PromiseState.OPEN, PromiseState.MISSED, PromiseState.MOVED})


def told_once(promises: Sequence[Promise], matters: Mapping[Name, Matter], zone: tzinfo) -> list[Promise]:
    """The promises, those that are told in several places as one: the others are in its `also`.

    Two records of the operator tell one promise if they belong together, name the same date and stand alike. What the
    customer noted is what a record tells if it is about that, for nearly the same date. A date that the customer calls
    kept is kept; one that a record calls kept, or no longer tells, stays beside what the customer wrote. What the
    customer noted twice is one promise as well (noted_twice).
    """
    left = noted_once([promise for promise in promises if promise.source is PromiseSource.CONTACT], matters, zone)
    stated = _joined([promise for promise in promises if promise.source is not PromiseSource.CONTACT], matters, zone)
    by_day: dict[int, list[int]] = {}
    for place, promise in enumerate(stated):
        by_day.setdefault(day_of(promise), []).append(place)
    taken: set[int] = set()
    for is_alike in (True, False):
        notes, left = left, []
        for own in notes:
            near = (p for day in (-1, 0, 1) for p in by_day.get(day_of(own) + day, ()) if p not in taken)
            fitting = [
                p
                for p in near
                if (stated[p].what is own.what) == is_alike and _is_noted_of(own, stated[p], matters, zone)
            ]
            if not fitting:
                left.append(own)
                continue
            best = min((abs(stated[p].due - own.due), stated[p].state is PromiseState.MOVED, p) for p in fitting)[-1]
            taken.add(best)
            stated[best] = _with_note(stated[best], own)
    return [*stated, *left]


def _joined(stated: Sequence[Promise], matters: Mapping[Name, Matter], zone: tzinfo) -> list[Promise]:
    """What the operator states, each once; the places are compared only where they name the same date."""
    by_date: dict[datetime, list[Promise]] = {}
    for promise in sorted(stated, key=lambda p: (_FIRST.index(p.source), p.source_id)):
        minute = promise.due.astimezone(UTC).replace(second=0, microsecond=0)
        found = by_date.setdefault(minute, [])
        for place, before in enumerate(found):
            if _is_one(before, promise, matters, zone):
                found[place] = replace(before, also=(*before.also, promise), given=before.given or promise.given)
                break
        else:
            found.append(promise)
    return [promise for found in by_date.values() for promise in found]


def _is_one(first: Promise, second: Promise, matters: Mapping[Name, Matter], zone: tzinfo) -> bool:
    if second.source in {first.source, *(one.source for one in first.also)}:
        return False
    if PromiseOf.CALL in {first.what, second.what} and first.what is not second.what:
        return False
    stands = (first.state, first.ended is None) == (second.state, second.ended is None)
    return stands and any(_belong(one, second, matters, zone) for one in (first, *first.also))


def _belong(first: Promise, second: Promise, matters: Mapping[Name, Matter], zone: tzinfo) -> bool:
    """Either names the other, or both are about one thing: in nearly the same words, or a ticket and a known problem
    for one minute (many a thing is promised for the end of a day)."""
    own, other = name_of(first), name_of(second)
    mine, theirs = matters.get(own, Matter()), matters.get(other, Matter())
    if other in mine.names or own in theirs.names:
        return True
    if not mine.things & theirs.things:
        return False
    is_outage = {first.source, second.source} == {PromiseSource.TICKET, PromiseSource.PROBLEM}
    if is_outage and not is_whole_day(first, zone):
        return True
    return are_alike(mine.title, theirs.title) or is_within(mine.title, theirs.title)


def _is_noted_of(own: Promise, stated: Promise, matters: Mapping[Name, Matter], zone: tzinfo) -> bool:
    """The customer noted what a record tells: about it and of the same sort, or of another while neither is settled."""
    if not is_near(own, stated, zone):
        return False
    is_alike = own.what is stated.what
    if is_alike and stated.state is PromiseState.KEPT:
        if own.state is not PromiseState.KEPT and stated.what is not PromiseOf.CALL:
            return False
    elif stated.state not in _CLOCK or not (is_alike or _are_both_running(own, stated)):
        return False
    own_matters = [matters.get(name_of(one), Matter()) for one in (own, *own.also)]
    for one in (stated, *stated.also):
        theirs = matters.get(name_of(one), Matter())
        for mine in own_matters:
            if name_of(one) in mine.names or (is_alike and mine.things & theirs.things):
                return True
    return False


def _are_both_running(own: Promise, stated: Promise) -> bool:
    return own.ended is None and stated.ended is None and own.state in _CLOCK


def _with_note(stated: Promise, own: Promise) -> Promise:
    """A promise that the customer noted too: in whose words, and kept where the customer says so."""
    found = replace(
        stated, also=(*stated.also, replace(own, also=()), *own.also), who=stated.who or own.who,
        given=stated.given or own.given, evidence=stated.evidence or own.evidence,
    )  # fmt: skip
    is_settled = own.state is PromiseState.KEPT or own.ended is not None
    if is_settled and stated.ended is None and stated.state in {PromiseState.OPEN, PromiseState.MISSED}:
        return replace(found, state=own.state, ended=own.ended)
    return found
