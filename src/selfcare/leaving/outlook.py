"""When one can go and what it costs by every route, the cheapest day, when it is free, what had to be announced."""

from __future__ import annotations

from datetime import date

from selfcare.domain.lines import Access
from selfcare.domain.records import Struct
from selfcare.domain.workdays import after_months

from .choices import Route
from .country import Departure, Duty, DutyKind, FreeExit, StepKind
from .cutover import CutoverStep, recommended_order
from .quote import CheapDay, Quote, cheapest_day, open_quote, quote_for
from .way import Step, Way


class Option(Struct, frozen=True):
    """One route with the cost of its earliest day; None where the contract's notice must be known first.

    Where others name the day it is the cost of the day that was put in, and a range over all days before.
    """

    departure: Departure
    quote: Quote | None


class Outlook(Struct, frozen=True):
    """Everything a line's customer can choose from. `exits` are those that are still open or still to come."""

    options: tuple[Option, ...]
    cheapest: CheapDay | None
    exits: tuple[FreeExit, ...]
    duties: tuple[Duty, ...]


def outlook(way: Way) -> Outlook:
    """Look around from a planned way. Announcements of more than a year ago are left out: nothing follows from them.

    A contract without its summary stays a ground for a complaint for as long as the contract runs (UK-CTR-01).
    """
    ground, country = way.ground, way.country
    options = tuple(Option(d, _quote(way, d)) for d in way.departures)
    since = after_months(ground.today, -12)
    return Outlook(
        options,
        None
        if ground.facts.line_ended is not None
        or way.needs_notice
        or way.route is Route.WITHDRAW
        or way.notice_end is not None
        else cheapest_day(ground, country, way.route, way.earliest),
        _open_exits(country.exits(ground), ground.today),
        tuple(d for d in country.duties(ground) if d.last >= since or d.kind is DutyKind.SUMMARY),
    )


_AFTER = frozenset({StepKind.SAVE, StepKind.CUT, StepKind.RETURN, StepKind.FINAL_BILL, StepKind.DOOR})
"""What is still to be done for a line that has ended."""


def steps_shown(way: Way) -> tuple[Step, ...]:
    """The steps of a way without those that are over: after the end nobody asks for a code, and a door may be shut."""
    over, today = way.ground.facts.line_ended is not None, way.ground.today
    return tuple(
        step
        for step in way.steps
        if (not over or step.kind in _AFTER) and (step.kind is not StepKind.DOOR or step.day >= today)
    )


def safe_order(way: Way, *, alarm: bool | None = None) -> tuple[CutoverStep, ...]:
    """In which order a line at home is changed without an hour without service; empty where there is none to keep.

    A withdrawal takes the line back, a switch by the new provider is in its hands, and an ended line is over.
    """
    facts, route = way.ground.facts, way.route
    if facts.access is Access.MOBILE or facts.line_ended is not None or facts.notice_given is not None:
        return ()
    if route in {Route.WITHDRAW, Route.FIXED_SWITCH}:
        return ()
    return recommended_order(keeps_number=not route.is_notice, is_critical=alarm is True)


def _quote(way: Way, departure: Departure) -> Quote | None:
    if departure.needs_notice:
        return None
    if not departure.is_named_later:
        return quote_for(way.ground, way.country, departure.route, departure.earliest)
    if departure.route is way.route:
        return way.quote
    chosen = way.ground.choices.day
    if chosen is None:
        return open_quote(way.ground, way.country, departure.route, departure.earliest)
    return quote_for(way.ground, way.country, departure.route, chosen)


def _open_exits(exits: tuple[FreeExit, ...], today: date) -> tuple[FreeExit, ...]:
    """Those still to be used. Where one may leave free for ever already, no window of a few days matters."""
    found = tuple(e for e in exits if e.last is None or e.last >= today)
    for_ever = tuple(e for e in found if e.is_certain and e.last is None and e.first <= today)
    return for_ever[:1] or found
