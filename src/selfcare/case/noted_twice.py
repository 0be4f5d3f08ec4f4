"""Finds what the customer noted twice of one promise: asked again, it was told again, and it counts once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo

from selfcare.domain.records import replace

from .deadlines import read_kind
from .matters import CLOSE, Matter, Name, day_of, is_one_day, is_whole_day, name_of
from .promise import Promise, PromiseOf, PromiseState

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ONE_AT_A_TIME = frozenset({PromiseOf.CALL, PromiseOf.VISIT})
"""Of these one that is told in fewer words is the other: nobody is called twice by one person for one date."""
_SMALL_WORDS = """
a an the i we he she they it you me us him her them my your our his their to will would shall can be is are that
this of for with and at on in by before within until till from again once more someone somebody one back up sure
promised promises promise said says must going comes come coming gets get makes make does do
hour hours h day days working week weeks month months minute minutes end today tomorrow morning afternoon evening
noon midnight next latest least am pm o clock ll re s
monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
january february march april may june july august september october november december
un une le la les l de du des d et à au aux en dans sous avant pour par avec que qu on nous vous je il elle ils elles
me m se s ce cette mon ma mes votre vos notre nos son sa ses leur sera seront est sont va vont doit fait faire
encore plus tard promis promet dit vient viendra viennent passe passera
heure heures jour jours ouvrés ouvré ouvrables ouvrable semaine semaines mois minutes fin demain aujourd hui matin
midi soir après prochain prochaine
lundi mardi mercredi jeudi vendredi samedi dimanche
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
"""
_PLAIN = frozenset(_SMALL_WORDS.split())
"""They say when, who or nothing: what is left tells what was promised."""


def noted_once(notes: Sequence[Promise], matters: Mapping[Name, Matter], zone: tzinfo) -> list[Promise]:
    """The promises that the customer noted, those that were noted twice as one: the others are in its `also`.

    Two notes are one promise where both tell the same, for nearly the same date, of one matter or by the same person.
    Where that is not sure they stay two. What the customer said of one of them, kept or a new date, holds.
    """
    found: list[list[Promise]] = []
    by_day: dict[int, list[int]] = {}
    for promise in sorted(notes, key=lambda p: (p.due, p.source_id)):
        day = day_of(promise)
        near = [place for at in (day - 1, day, day + 1) for place in by_day.get(at, ())]
        place = next((p for p in near if all(_is_one(own, promise, matters, zone) for own in found[p])), None)
        if place is None:
            place = len(found)
            found.append([])
        found[place].append(promise)
        by_day.setdefault(day, []).append(place)
    return [_as_one(group) for group in found]


def _is_one(first: Promise, second: Promise, matters: Mapping[Name, Matter], zone: tzinfo) -> bool:
    if first.source_id == second.source_id or first.what is not second.what:
        return False
    is_by_day = is_one_day(first, second, zone) and (is_whole_day(first, zone) or is_whole_day(second, zone))
    if abs(first.due - second.due) > CLOSE and not is_by_day:
        return False
    return _tell_the_same(first, second) and _are_of_one(first, second, matters)


def _tell_the_same(first: Promise, second: Promise) -> bool:
    mine, theirs = _numbers(first.evidence), _numbers(second.evidence)
    if mine and theirs and mine != theirs:
        return False
    own, other = _words(first.evidence), _words(second.evidence)
    if first.what in _ONE_AT_A_TIME:
        return own <= other or other <= own
    return own == other and bool(own or first.what is not PromiseOf.OTHER)


def _are_of_one(first: Promise, second: Promise, matters: Mapping[Name, Matter]) -> bool:
    mine, theirs = matters.get(name_of(first), Matter()), matters.get(name_of(second), Matter())
    if mine.names & theirs.names:
        return True
    own, other = _people(first.who), _people(second.who)
    is_same_person = bool(own and other) and (own <= other or other <= own)
    if mine.things & theirs.things:
        return is_same_person or not (own and other) or first.what is PromiseOf.VISIT
    if (mine.names or mine.things) and (theirs.names or theirs.things):
        return False
    is_same_contact = bool(mine.contact) and mine.contact == theirs.contact
    return is_same_person or (not (own and other) and (is_same_contact or _are_of_one_minute(first, second)))


def _are_of_one_minute(first: Promise, second: Promise) -> bool:
    """Nobody is in two contacts at once: one was noted twice."""
    return None not in {first.given, second.given} and _minute(first.given) == _minute(second.given)


def _minute(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC).replace(second=0, microsecond=0)


def _as_one(group: Sequence[Promise]) -> Promise:
    """One of them for all: the one of which the customer said what became of it, else that of the latest date."""
    if len(group) == 1:
        return group[0]
    first = max(
        group, key=lambda p: (p.state is PromiseState.KEPT or p.ended is not None, p.replaced is not None, p.due)
    )
    others = tuple(one for one in group if one is not first)
    given = min((one.given for one in group if one.given is not None), default=None)
    who = first.who or next((one.who for one in others if one.who), "")
    return replace(first, also=others, given=given, who=who)


def _rank(one: Promise) -> tuple[bool, bool, datetime]:
    return one.state is PromiseState.KEPT or one.ended is not None, one.replaced is not None, one.due


def _words(said: str) -> frozenset[str]:
    told = (word for word in _WORD.findall(said.casefold()) if word not in _PLAIN)
    return frozenset(word for word in told if read_kind(word) == PromiseOf.OTHER.value)


def _numbers(said: str) -> frozenset[str]:
    return frozenset(number.replace(",", ".") for number in _NUMBER.findall(said))


def _people(who: str) -> frozenset[str]:
    return frozenset(_WORD.findall(who.casefold()))
