"""Puts the customer's own notes and the operator's log side by side, and counts what nobody can contradict."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import IntEnum

from selfcare.domain.contacts import Contact
from selfcare.domain.problems import Problem
from selfcare.domain.records import Struct
from selfcare.domain.tickets import FINISHED, Ticket

from .notebook import LONGEST_CALL, DeadTime, Noted, Purpose

NEAR = timedelta(minutes=15)
"""Two clocks differ, and a call is noted a little later than it begins."""

_WAYS = {
    "phone": "phone call telephone téléphone voice voicecall phonecall callcenter callcentre hotline",
    "shop": "shop store boutique retail visit",
    "letter": "letter registeredletter post courrier",
    "chat": "chat webchat livechat",
    "email": "email",
    "other": "sms web app mobileapp portal selfservice socialmedia",
}
_WAY_OF = {word: way for way, words in _WAYS.items() for word in words.split()}
_SIGNS = re.compile(r"[\W_]+")


class Told(Struct, frozen=True):
    """One contact as both sides tell it: the customer's note, the operator's entry, or both where they are one."""

    noted: Noted | None
    logged: Contact | None

    @property
    def started(self) -> datetime | None:
        """When it began; the customer's own clock where both say."""
        if self.noted is not None:
            return self.noted.started
        return self.logged.started if self.logged is not None else None

    @property
    def length(self) -> timedelta:
        """How long it took, each side's word counted once; nothing for a span without both ends or a negative one."""
        if self.noted is not None and self.noted.length > timedelta():
            return self.noted.length
        logged = self.logged
        if logged is None or logged.started is None or logged.ended is None or logged.is_day_alone:
            return timedelta()
        return max(logged.ended - logged.started, timedelta())

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """From when to when it took the customer's time, by the side `length` is of; None where that is not told."""
        if self.started is None or not self.length:
            return None
        noted = self.noted is not None and self.noted.length > timedelta()
        began = self.started if noted or self.logged is None else self.logged.started or self.started
        return began, began + self.length

    @property
    def agents(self) -> tuple[str, ...]:
        """Whom the customer spoke to, by the names of either side."""
        names = (self.noted.agent if self.noted else "", *(self.logged.agents if self.logged else ()))
        return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))

    @property
    def transfers(self) -> int:
        """How often the customer was passed on: by the customer's count, or by the names in the operator's own log."""
        noted = self.noted.transfers if self.noted is not None else 0
        return max(noted, len(self.logged.agents) - 1 if self.logged is not None else 0)

    @property
    def is_denied(self) -> bool:
        """The customer noted it and the operator's log, though it has one, says nothing of it."""
        return self.noted is not None and self.logged is None


class Totals(Struct, frozen=True):
    """What the contacts come to. `spent` counts an hour once in which two contacts ran; `people` are different names;
    `silent` hours without service, where they are known."""

    contacts: int = 0
    spent: timedelta = timedelta()
    people: int = 0
    transfers: int = 0
    sales: int = 0
    silent: timedelta = timedelta()


def merged(notes: Sequence[Noted], log: Iterable[Contact]) -> tuple[Told, ...]:
    """Every contact once, newest first, those without a day last.

    A note and an entry are one where the customer's reference is the entry's number, or where both are by the same way
    and in the same direction and ran at the same time (the customer's begins with the queue, the operator's with the
    answer), or began within a quarter of an hour; the nearest pair first. An entry that names a day alone is a note of
    that day which nothing is nearer to.
    """
    entries = list(log)
    pairs = sorted(
        (*_apart(note, entries[number]), place, number)
        for place, near in enumerate(_near(notes, entries))
        for number in near
        if _is_one(note := notes[place], entries[number])
    )
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _kind, _gap, place, number in pairs:
        if place not in taken and number not in used:
            taken[place] = number
            used.add(number)
    found = [Told(note, entries[taken[place]] if place in taken else None) for place, note in enumerate(notes)]
    found += [Told(None, entry) for number, entry in enumerate(entries) if number not in used]
    dated = sorted((one for one in found if one.started is not None), key=lambda one: _stamp(one.started), reverse=True)
    return (*dated, *(one for one in found if one.started is None))


def totals_of(contacts: Iterable[Told], silent: timedelta = timedelta()) -> Totals:
    """The count of contacts, hours, people, transfers and sales calls."""
    told = tuple(contacts)
    names = {name.casefold() for one in told for name in one.agents}
    return Totals(
        len(told),
        covered(one.span for one in told if one.span is not None),
        len(names),
        sum(one.transfers for one in told),
        sum(1 for one in told if one.noted is not None and one.noted.purpose is Purpose.SALES),
        silent,
    )


def without_service(
    tickets: Iterable[Ticket], problems: Iterable[Problem], now: datetime, noted: Iterable[DeadTime] = ()
) -> timedelta:
    """How long a line of the customer's was dead: critical incidents, the known problems behind them, and the times
    that the customer `noted`.

    Only these: a slow line is not a dead one, and the figure must stand. Hours that are covered twice count once; a
    span that ends before it begins counts nothing. Where nobody states when it ended, it counts to the last step at
    which it was open.
    """
    dead = dead_lines(tickets)
    ids = {ticket.id for ticket in dead}
    spans = [(spell.began, spell.ended or now) for spell in noted]
    for problem in problems:
        if problem.began is not None and ids & set(problem.ticket_ids):
            end = problem.ended if problem.is_over else problem.ended or now
            spans.append((problem.began, end or problem.began))
    for ticket in dead:
        if ticket.created is not None:
            end = now if ticket.is_open else ticket.finished or _last_open(ticket)
            spans.append((ticket.created, end or ticket.created))
    return covered(spans)


def _last_open(ticket: Ticket) -> datetime | None:
    open_ones = (step.at for step in ticket.course if step.at is not None and step.state not in FINISHED)
    return max(open_ones, default=None)


def dead_lines(tickets: Iterable[Ticket]) -> list[Ticket]:
    """The tickets that tell of a dead line: critical incidents."""
    return [t for t in tickets if t.severity.casefold() == "critical" and "incident" in t.kind.casefold()]


def covered(spans: Iterable[tuple[datetime, datetime]]) -> timedelta:
    """How long at least one of several spans lasts, in clock hours."""
    total, until = timedelta(), None
    for start, end in sorted((s, e) for s, e in spans if e > s):
        begin = start if until is None or start > until else until
        total += max(end - begin, timedelta())
        until = end if until is None else max(until, end)
    return total


def way_of(channel: str) -> str:
    """By which way a contact was (shop, phone, letter, chat, email, or "other"), by the operator's free word for it; ""
    where that tells nothing."""
    return _WAY_OF.get(_SIGNS.sub("", channel.casefold()), "")


def _near(notes: Sequence[Noted], entries: Sequence[Contact]) -> Iterator[set[int]]:
    """For each note the entries that may be the same contact: those about its time, and the one of its number."""
    dated = sorted((one.started.timestamp(), n) for n, one in enumerate(entries) if one.started is not None)
    times = [stamp for stamp, _n in dated]
    numbers = {one.id.casefold(): n for n, one in enumerate(entries)}
    before, after = LONGEST_CALL.total_seconds(), NEAR.total_seconds()
    for note in notes:
        at, until = note.started.timestamp(), (note.ended or note.started).timestamp()
        found = {n for _stamp, n in dated[bisect_left(times, at - before) : bisect_right(times, until + after)]}
        named = numbers.get(note.reference.strip().casefold())
        yield found if named is None else found | {named}


def _is_one(note: Noted, entry: Contact) -> bool:
    if note.reference.strip() and note.reference.strip().casefold() == entry.id.casefold():
        return True
    kind, gap = _apart(note, entry)
    if kind is _Apart.FAR or (kind is _Apart.NEAR and gap > NEAR):
        return False
    return way_of(entry.channel) in {"", way_of(note.way.value)} and entry.is_inbound in {None, note.is_inbound}


class _Apart(IntEnum):
    """How the times of a note and an entry lie, the likeliest first."""

    TOGETHER = 0
    NEAR = 1
    DAY = 2
    FAR = 3


def _apart(note: Noted, entry: Contact) -> tuple[_Apart, timedelta]:
    """How the times lie, and by how much the beginnings differ."""
    if entry.started is None:
        return _Apart.FAR, timedelta.max
    gap = abs(note.started - entry.started)
    if entry.is_day_alone:
        is_then = entry.started <= note.started < entry.started + timedelta(days=1)
        return (_Apart.DAY if is_then else _Apart.FAR), gap
    over = entry.ended if entry.ended is not None and entry.ended - entry.started <= LONGEST_CALL else entry.started
    is_within = note.started <= entry.started < (note.ended or note.started)
    return (_Apart.TOGETHER if is_within or entry.started <= note.started < over else _Apart.NEAR), gap


def _stamp(moment: datetime | None) -> float:
    return moment.timestamp() if moment is not None else 0.0
