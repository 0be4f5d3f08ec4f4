"""Help: my tickets, what is already known to be broken, and whom to reach when."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from selfcare.case.contacts import Told
from selfcare.domain.appointments import Appointment
from selfcare.domain.failures import SignedOut
from selfcare.domain.freshness import Freshness
from selfcare.domain.lines import Line, families_of
from selfcare.domain.problems import Problem
from selfcare.domain.records import Struct, replace
from selfcare.domain.support import Support
from selfcare.domain.tickets import Ticket
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import Waiting
from selfcare.i18n import Words

from .ages import Absence, Known, absence_of, known_of
from .appointments import AppointmentView, appointment_views
from .channels import SupportView, support_view
from .facts import freshness_of
from .problems import ProblemView, my_services, problem_views, score_sentence
from .reports import Subject, subjects
from .tickets import TicketView, ticket_view

MANY = 100
"""So many tickets are made ready with their whole course; each of the others when it is opened."""


class HelpFacts(Struct, frozen=True):
    """Everything the page needs from the store; `tickets` have the waiting requests laid over. `has_open_list`: the
    operator publishes its known problems (TMF656) for everybody."""

    zone: ZoneInfo
    tickets: tuple[Ticket, ...] = ()
    problems: tuple[Problem, ...] = ()
    support: Support | None = None
    lines: tuple[Line, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    freshness: tuple[Freshness, ...] = ()
    told: tuple[Told, ...] = ()
    has_open_list: bool = False
    is_elsewhere: bool = False
    appointments: tuple[Appointment, ...] = ()


class HelpView(Struct, frozen=True):
    """The page. Each part that is empty says why it is. `told` are the tickets themselves, so that the same trouble is
    recognised before it is sent twice, `families` the ids that belong to each line. `has_open_list` as in the facts;
    `is_cut_off`: the operator wanted a sign-in when the known problems were last asked for."""

    title: str
    subtitle: str
    tickets: tuple[TicketView, ...]
    no_tickets: Absence | None
    can_open: bool
    problems: tuple[ProblemView, ...]
    no_problems: Absence | None
    score: str
    support: SupportView | None
    no_support: Absence | None
    subjects: tuple[Subject, ...]
    told: tuple[Ticket, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    has_open_list: bool = False
    is_cut_off: bool = False
    appointments: tuple[AppointmentView, ...] = ()
    families: tuple[frozenset[str], ...] = ()

    def ticket(self, ticket_id: str) -> TicketView | None:
        """A ticket by its number."""
        return next((t for t in self.tickets if t.id == ticket_id), None)

    def visits(self, ticket_id: str) -> tuple[AppointmentView, ...]:
        """The visits and calls that belong to a ticket, those to come first."""
        return tuple(one for one in self.appointments if one.ticket_id == ticket_id)

    def problem(self, problem_id: str) -> ProblemView | None:
        """A known problem by its number."""
        return next((p for p in self.problems if p.id == problem_id), None)


def help_view(facts: HelpFacts, words: Words, today: date, now: datetime) -> HelpView:
    """The whole page from what the store holds."""
    zone = facts.zone
    ordered = sorted(facts.tickets, key=lambda t: t.created or now, reverse=True)
    ordered.sort(key=lambda t: (not t.is_open, not t.is_broken(now)))
    tickets = _linked(
        tuple(
            ticket_view(t, facts.waiting, words, today, now, zone, whole=number < MANY)
            for number, t in enumerate(ordered)
        )
    )
    can_open = (about_tickets := freshness_of(Topic.TICKETS, facts.freshness)) is None or about_tickets.offered
    if not can_open:
        tickets = tuple(replace(t, can_contest=False) for t in tickets)
    problems = problem_views(facts.problems, my_services(facts.lines), facts.tickets, words, today, now, zone)
    support = None
    if facts.support is not None and facts.support.channels:
        support = support_view(facts.support, words, now, zone, facts.told, is_elsewhere=facts.is_elsewhere)
    return HelpView(
        title=words.tr("Help"),
        subtitle=_subtitle(facts, problems, words, now),
        tickets=tickets,
        no_tickets=None if tickets else _absent(about_tickets, _no_tickets(words), words, support),
        can_open=can_open,
        problems=problems,
        no_problems=None
        if problems
        else _absent(freshness_of(Topic.PROBLEMS, facts.freshness), _no_problems(words), words, support),
        score=score_sentence(facts.problems, words),
        support=support,
        no_support=None if support else _nobody(freshness_of(Topic.SUPPORT, facts.freshness), words),
        subjects=subjects(facts.lines, words, today),
        told=tuple(ordered),
        families=families_of(facts.lines),
        waiting=facts.waiting,
        has_open_list=facts.has_open_list,
        is_cut_off=_is_cut_off(facts),
        appointments=appointment_views(facts.appointments, ordered, words, today, now, zone),
    )


def _is_cut_off(facts: HelpFacts) -> bool:
    part = freshness_of(Topic.PROBLEMS, facts.freshness)
    return part is not None and isinstance(part.failure, SignedOut)


def whole_ticket(
    view: HelpView, ticket_id: str, words: Words, today: date, now: datetime, zone: ZoneInfo
) -> TicketView | None:
    """A ticket with its whole course, as its own page needs it."""
    short = view.ticket(ticket_id)
    if short is None or short.is_whole:
        return short
    told = next(t for t in view.told if t.id == ticket_id)
    made = ticket_view(told, view.waiting, words, today, now, zone)
    return replace(made, followed_by=short.followed_by, can_contest=short.can_contest)


def _linked(tickets: tuple[TicketView, ...]) -> tuple[TicketView, ...]:
    """Every ticket with the later ones that take it up again."""
    later: dict[str, list[str]] = {}
    for ticket in tickets:
        for earlier in ticket.follows:
            later.setdefault(earlier, []).append(ticket.id)
    return tuple(replace(t, followed_by=tuple(later[t.id])) if t.id in later else t for t in tickets)


def _absent(part: Freshness | None, nothing: tuple[str, str], words: Words, support: SupportView | None) -> Absence:
    """Why a list is empty. Help itself is where the ways to ask stand, so it sends nobody on to Help."""
    found = absence_of(part, nothing[0], words, nothing[1])
    if found.kind != "notOffered" or (part is not None and part.is_archive):
        return found
    if support is not None:
        return replace(found, text=words.tr("That does not mean that there is none. How to ask stands on this page."))
    return replace(found, text=words.tr("That does not mean that there is none. Your last bill says whom to ask."))


def _no_tickets(words: Words) -> tuple[str, str]:
    return (
        words.tr("No tickets"),
        words.tr("Your operator has no ticket of yours. If something does not work, write one."),
    )


def _no_problems(words: Words) -> tuple[str, str]:
    return words.tr("No known problems"), words.tr("Your operator says that it knows of none at the moment.")


def _nobody(part: Freshness | None, words: Words) -> Absence:
    """No desk is named. Help itself is where they would stand, so it sends nobody on to Help."""
    found = absence_of(part, words.tr("Nobody named"), words)
    if found.kind == "neverRead" or (part is not None and part.is_archive):
        return found
    advice = words.tr(
        "Your operator does not state how it can be reached. Look on your last bill, and note it here: letters are "
        "addressed to it."
    )
    return Absence("notOffered", words.tr("Nobody named"), advice)


def _subtitle(facts: HelpFacts, problems: tuple[ProblemView, ...], words: Words, now: datetime) -> str:
    parts = []
    unsent = sum(1 for t in facts.tickets if t.id.startswith("waiting:"))
    still_open = sum(1 for t in facts.tickets if t.is_open and t.is_stated and not t.id.startswith("waiting:"))
    unknown = sum(1 for t in facts.tickets if t.is_open and not t.is_stated and not t.id.startswith("waiting:"))
    if still_open:
        parts.append(words.trn("{count} open ticket", "{count} open tickets", still_open))
    if unknown:
        parts.append(
            words.trn("{count} ticket whose state is not known", "{count} tickets whose state is not known", unknown)
        )
    if unsent:
        parts.append(words.trn("{count} not confirmed yet", "{count} not confirmed yet", unsent))
    broken = sum(1 for t in facts.tickets if t.is_broken(now))
    if broken:
        parts.append(words.trn("{count} promise missed", "{count} promises missed", broken))
    mine = sum(1 for p in problems if p.is_mine and not p.is_over)
    if mine:
        parts.append(words.trn("{count} known problem touches you", "{count} known problems touch you", mine))
    return " · ".join(parts) if parts else _nothing_open(facts, words)


def _nothing_open(facts: HelpFacts, words: Words) -> str:
    """No ticket and no problem is shown: not offered, never read and really none are three sentences."""
    match known_of((Topic.TICKETS, Topic.PROBLEMS), facts.freshness):
        case Known.NOT_OFFERED:
            return words.tr("Your operator offers neither tickets nor known problems here.")
        case Known.UNREAD:
            return words.tr("Not everything has been read yet, so nothing can be said of what is open.")
        case Known.PARTLY:
            if known_of((Topic.TICKETS,), facts.freshness) is Known.NOT_OFFERED:
                return words.tr("No known problem touches you. Tickets are not offered here.")
            return words.tr("No ticket is open. Known problems are not offered here.")
    return words.tr("Nothing open.")
