"""What a promise is about, as each place that tells it says, and whether two name nearly the same date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, time, timedelta, tzinfo

from selfcare.domain.appointments import Appointment
from selfcare.domain.orders import Order
from selfcare.domain.problems import Problem
from selfcare.domain.records import Struct, replace
from selfcare.domain.tickets import EntityRef, Ticket

from .notebook import Notebook
from .promise import Promise, PromiseOf, PromiseSource
from .ticket_story import BROAD

CLOSE = timedelta(hours=1)
"""The customer counts from when it was said, the operator from when it was written down: so far apart is one date."""

Name = tuple[PromiseSource, str]
_KINDS = {
    "troubleticket": PromiseSource.TICKET,
    "serviceproblem": PromiseSource.PROBLEM,
    "productorder": PromiseSource.ORDER,
    "appointment": PromiseSource.APPOINTMENT,
}


class Matter(Struct, frozen=True):
    """What a place tells of itself: the places that it `names`, the ids of the things that it is about, its title, and
    the `contact` in which it was noted."""

    names: frozenset[Name] = frozenset()
    things: frozenset[str] = frozenset()
    title: str = ""
    contact: str = ""


def matters_of(
    tickets: Iterable[Ticket],
    orders: Iterable[Order],
    problems: Iterable[Problem],
    appointments: Iterable[Appointment],
    notebook: Notebook,
) -> dict[Name, Matter]:
    """Every place in which a promise may be told, by its source and id."""
    found: dict[Name, Matter] = {}
    for ticket in tickets:
        found[PromiseSource.TICKET, ticket.id] = _matter(ticket.about, ticket.title)
    for order in orders:
        found[PromiseSource.ORDER, order.id] = Matter(things=frozenset(order.product_ids), title=order.title)
    for problem in problems:
        names = frozenset((PromiseSource.TICKET, one) for one in problem.ticket_ids)
        found[PromiseSource.PROBLEM, problem.id] = Matter(names, frozenset(problem.service_ids), problem.title)
    for one in appointments:
        found[PromiseSource.APPOINTMENT, one.id] = _matter(one.about, one.title)
    for word in notebook.words:
        contact = notebook.contact(word.contact_id)
        refs = (*word.about, *(contact.about if contact is not None else ()))
        found[PromiseSource.CONTACT, word.id] = replace(_matter(refs, ""), contact=word.contact_id)
    return found


def _matter(refs: Iterable[EntityRef], title: str) -> Matter:
    names: set[Name] = set()
    things: set[str] = set()
    for ref in refs:
        kind = ref.kind.casefold()
        if kind in _KINDS:
            names.add((_KINDS[kind], ref.id))
        elif kind not in BROAD:
            things.add(ref.id or kind)
    return Matter(frozenset(names), frozenset(things), title)


def is_near(own: Promise, stated: Promise, zone: tzinfo) -> bool:
    """What the customer noted is for nearly the date that is stated: a visit, or what has no hour, for that day."""
    if abs(own.due - stated.due) <= CLOSE:
        return True
    is_day = PromiseOf.VISIT is own.what is stated.what or is_whole_day(own, zone) or is_whole_day(stated, zone)
    return is_day and is_one_day(own, stated, zone)


def is_one_day(first: Promise, second: Promise, zone: tzinfo) -> bool:
    """Both are due on one day where the operator is."""
    return first.due.astimezone(zone).date() == second.due.astimezone(zone).date()


def is_whole_day(promise: Promise, zone: tzinfo) -> bool:
    """It was promised for a day, without an hour."""
    return promise.due.astimezone(zone).time() >= time(23, 59)


def name_of(promise: Promise) -> Name:
    """The place that tells a promise."""
    return promise.source, promise.source_id


def day_of(promise: Promise) -> int:
    """The number of the day on which it is due, to find those of nearly the same date by."""
    return promise.due.astimezone(UTC).date().toordinal()
