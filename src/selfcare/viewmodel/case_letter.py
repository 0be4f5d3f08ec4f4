"""What a letter of complaint tells of broken promises: whole sentences, and only those of the line that it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from selfcare.case.notebook import Word
from selfcare.case.promises import Promise, PromiseSource, PromiseState
from selfcare.domain.appointments import Appointment
from selfcare.domain.lines import Line
from selfcare.domain.orders import Order
from selfcare.domain.problems import Problem
from selfcare.domain.tickets import EntityRef, Ticket
from selfcare.i18n import Words

from .appointments import visit_sentence
from .case_promises import what_text
from .facts import quoted

MOST_TOLD = 12
"""So many broken promises stand in one letter, the last ones; the dossier lists every one."""


class Told:
    """What promises were made on, and which lines each of them touches."""

    def __init__(
        self,
        lines: Sequence[Line],
        tickets: Iterable[Ticket],
        problems: Iterable[Problem],
        orders: Iterable[Order],
        noted: Iterable[Word],
        appointments: Iterable[Appointment] = (),
    ) -> None:
        self._own = {line.id: _ids(line) for line in lines}
        self._tickets = {ticket.id: ticket for ticket in tickets}
        self._problems = {problem.id: problem for problem in problems}
        self._orders = {order.id: order for order in orders}
        self._noted = {word.id: word for word in noted}
        self._appointments = {one.id: one for one in appointments}

    def lines_of(self, promise: Promise) -> frozenset[str]:
        """The lines that a promise is about, by id, as each place that tells it says; none where none says which."""
        found = self._told_by(promise)
        return found.union(*(self._told_by(one) for one in promise.also))

    def _told_by(self, promise: Promise) -> frozenset[str]:
        match promise.source:
            case PromiseSource.TICKET:
                return self._of_ticket(promise.source_id)
            case PromiseSource.PROBLEM:
                problem = self._problems.get(promise.source_id)
                if problem is None:
                    return frozenset()
                of_tickets = (self._of_ticket(ticket) for ticket in problem.ticket_ids)
                return self._touched(problem.service_ids).union(*of_tickets)
            case PromiseSource.ORDER:
                order = self._orders.get(promise.source_id)
                return self._touched(order.product_ids) if order is not None else frozenset()
            case PromiseSource.APPOINTMENT:
                visit = self._appointments.get(promise.source_id)
                return self._of_refs(visit.about) if visit is not None else frozenset()
            case PromiseSource.CONTACT:
                word = self._noted.get(promise.source_id)
                return self._of_refs(word.about) if word is not None else frozenset()

    def _of_ticket(self, ticket_id: str) -> frozenset[str]:
        ticket = self._tickets.get(ticket_id)
        return self._of_refs(ticket.about, ticket_id) if ticket is not None else frozenset()

    def _of_refs(self, refs: Iterable[EntityRef], ticket_id: str = "") -> frozenset[str]:
        refs = tuple(refs)
        found = self._touched(ref.id for ref in refs)
        if ticket_id:
            return found
        return found.union(*(self._of_ticket(ref.id) for ref in refs if ref.kind == "TroubleTicket"))

    def _touched(self, ids: Iterable[str]) -> frozenset[str]:
        wanted = frozenset(ids)
        return frozenset(line_id for line_id, own in self._own.items() if own & wanted)


def line_of_letter(promises: Iterable[Promise], told: Told, usual: str) -> str:
    """The line that a letter is about: the usual one if a promise on it is broken, else the one with the most."""
    counted = Counter(line for promise in _missed(promises) for line in told.lines_of(promise))
    if not counted or usual in counted:
        return usual
    return counted.most_common(1)[0][0]


def letter_story(
    promises: Iterable[Promise], told: Told, line_id: str, words: Words, now: datetime, zone: ZoneInfo
) -> str:
    """The broken promises of one line, the oldest first; also those made to the customer of which nothing says on which
    line they are. A problem of the network that touches no line of the customer's is none of these."""
    own = [p for p in _missed(promises) if _belongs(p, told.lines_of(p), line_id)]
    return "\n\n".join(_sentence(promise, words, now, zone) for promise in own[-MOST_TOLD:])


def _belongs(promise: Promise, lines: frozenset[str], line_id: str) -> bool:
    return line_id in lines if lines else promise.source is not PromiseSource.PROBLEM


def _missed(promises: Iterable[Promise]) -> list[Promise]:
    return sorted((p for p in promises if p.state is PromiseState.MISSED), key=lambda p: p.due)


def _sentence(promise: Promise, words: Words, now: datetime, zone: ZoneInfo) -> str:
    if promise.source is PromiseSource.APPOINTMENT:
        return visit_sentence(promise, words, zone)
    due = words.instant(promise.due, zone)
    name = what_text(promise.what, words)
    what = name[:1].lower() + name[1:]
    first = _first(promise, what, due, words, zone)
    late = words.length(promise.late_by(now))
    if promise.replaced is not None:
        second = words.tr(
            "It did not come. You then named another date: {day}.", day=words.instant(promise.replaced, zone)
        )
    elif promise.ended is not None:
        second = words.tr("It came {length} late.", length=late)
    else:
        second = words.tr("It has not come until today, {length} later.", length=late)
    return words.tr("{first} {second}", first=first, second=second)


def _first(promise: Promise, what: str, due: str, words: Words, zone: ZoneInfo) -> str:
    title = quoted(promise.title, words)
    match promise.source:
        case PromiseSource.TICKET if title:
            return words.tr(
                "In ticket {id}, {title}, you promised by {due}: {what}.",
                id=promise.source_id, title=title, due=due, what=what,
            )  # fmt: skip
        case PromiseSource.TICKET:
            return words.tr("In ticket {id} you promised by {due}: {what}.", id=promise.source_id, due=due, what=what)
        case PromiseSource.PROBLEM if title:
            return words.tr("You announced the end of a known problem, {title}, for {due}.", title=title, due=due)
        case PromiseSource.PROBLEM:
            return words.tr("You announced the end of a known problem for {due}.", due=due)
        case PromiseSource.ORDER:
            return words.tr("For order {id} you promised by {due}: {what}.", id=promise.source_id, due=due, what=what)
    said, given = quoted(promise.evidence, words), words.instant(promise.given, zone) if promise.given else ""
    if promise.who:
        return words.tr(
            "On {given}, {who} promised me: {said}. That was due by {due}.",
            given=given, who=promise.who, said=said, due=due,
        )  # fmt: skip
    return words.tr("On {given} I was promised: {said}. That was due by {due}.", given=given, said=said, due=due)


def _ids(line: Line) -> frozenset[str]:
    parts = [line.main] if line.main is not None else []
    found = {line.id}
    for option in (*parts, *line.options):
        found |= {option.id, *option.service_ids, *(service.id for service in option.services)}
    return frozenset(found)
