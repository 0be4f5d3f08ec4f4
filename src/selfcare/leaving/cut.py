"""The day on which a line dies: the operator's own word where it gave one, beside the day that we come to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from selfcare.domain.records import replace
from selfcare.domain.workdays import before_working_days, later, same_or_next_working_day

from .choices import Route
from .country import Caution, Country, Departure, Ground


def named_end(ground: Ground, route: Route) -> date | None:
    """The day on which the operator says that it ends the line after a notice; None where it names none."""
    given = ground.facts.notice_given
    return given.ends if route.is_notice and given is not None and not given.refused else None


def notice_runs(ground: Ground) -> bool:
    """A notice is with the operator or on its way there, and was neither refused nor taken back: it ends the line."""
    facts, given = ground.facts, ground.facts.notice_given
    if facts.line_ended is not None or facts.is_over or (given is not None and given.refused):
        return False
    return given is not None or facts.notice_received is not None


def notice_end(ground: Ground, departures: Sequence[Departure]) -> date | None:
    """The last day of the line by a notice that runs, named by the operator, by the notice, the rule or the contract.

    None where no notice runs, and where nobody knows how long it does.
    """
    given = ground.facts.notice_given
    if not notice_runs(ground):
        return None
    if given is not None and (named := given.ends or given.wanted) is not None:
        return named
    by_notice = (d for d in departures if d.route in {Route.ONLINE, Route.NOTICE} and not ground.facts.is_unbound)
    return next((d.earliest for d in by_notice if not d.needs_notice and not d.is_guess), None)


def latest_of(ground: Ground, going: Departure, ends: date | None, furthest: date, calendar: str) -> date:
    """The last day that can be planned: a line on which a notice runs cannot be moved after that has ended it (`ends`).

    Never before the first possible day, and a working day where numbers move on those only.
    """
    latest = going.until or furthest
    if going.route.is_notice or ends is None or ends < ground.today:
        return latest
    if going.skips_holidays and calendar:
        ends = before_working_days(ends + timedelta(days=1), 1, calendar, ground.facts.own_holidays)
    return max(min(latest, ends), going.earliest)


def cut_of(ground: Ground, going: Departure, latest: date, calendar: str, *, is_late: bool = False) -> date:
    """The day of the cut: the stated end of a line that is over, the operator's named day, the chosen or planned one.

    Once the operator has named a day it is that one, whatever was asked for: by it the telephone goes dead. `is_late`:
    what was ordered cannot be there on the chosen day any more.
    """
    if ground.facts.line_ended is not None:
        return ground.facts.line_ended
    chosen, given = ground.choices.day, ground.choices.handed_over
    in_time = chosen is not None and given is not None and given <= chosen and not is_late
    if chosen is not None and in_time and not going.route.is_notice:
        return chosen  # ordered for that day: what would be possible from today on no longer counts
    named = named_end(ground, going.route)
    if named is not None:
        return named
    notice = ground.facts.notice_given
    if going.route.is_notice and notice is not None and not notice.refused and (notice.wanted or chosen) is not None:
        return notice.wanted or chosen  # type: ignore[return-value]  # the day that the notice names, as long as the operator names no other
    cut = min(max(chosen or going.planned, going.earliest), max(latest, going.earliest))
    if not going.skips_holidays or not calendar:
        return cut
    own = ground.facts.own_holidays
    works = same_or_next_working_day(cut, calendar, own)
    if works <= max(latest, going.earliest):
        return works
    before = before_working_days(cut + timedelta(days=1), 1, calendar, own)  # the last one that is planned
    return before if before >= going.earliest else works


def ordered_late(ground: Ground, country: Country, going: Departure) -> tuple[Ground, Departure] | None:
    """The day of a hand-over that was too late for the chosen day, and what was possible from then on.

    The rule's time runs from the order, so the day of the move stays whatever day it is now. Of the hour of the order
    only that it was late is known, where the customer says so (UK-SW-12, US-LNP-02). None where nothing was ordered too
    late, and where others name the day.
    """
    chosen, given = ground.choices.day, ground.choices.handed_over
    late = ground.choices.handed_late and country.cut_off(ground, going.route) is not None
    if chosen is None or given is None or going.route.is_notice or going.is_named_later:
        return None
    if given <= chosen and not late:
        return None
    then, going_then = _from_order(ground, country, going.route, given, late=late)
    return None if going_then is None or going_then.earliest <= chosen else (then, going_then)


def late_hour(ground: Ground, country: Country, going: Departure) -> time | None:
    """The hour after which the order of that day would move the number later than it is planned; None where the hour
    makes no difference, and before anything was ordered."""
    chosen, given, hour = ground.choices.day, ground.choices.handed_over, country.cut_off(ground, going.route)
    if hour is None or chosen is None or given is None or going.is_named_later:
        return None
    days = [_from_order(ground, country, going.route, given, late=late)[1] for late in (False, True)]
    early, late = (max(chosen, d.earliest) if d is not None else chosen for d in days)
    return hour if late > early else None


def _from_order(
    ground: Ground, country: Country, route: Route, given: date, *, late: bool
) -> tuple[Ground, Departure | None]:
    """The ground at the moment of an order, and what was possible from then on."""
    hour = (country.cut_off(ground, route) if late else None) or time(12)
    ready = later(datetime.combine(given, hour, ground.zone), timedelta(minutes=1 if late else 0))
    then = replace(ground, today=given, now=ready.astimezone(UTC))
    found = country.departures(then, ready, usable=True)
    return then, next((d for d in found if d.route is route), None)


def our_end(ground: Ground, country: Country, route: Route, ready: datetime) -> date | None:
    """When a notice ends the line by its rule or contract and the day asked for, where the operator named a day.

    A withdrawal runs no time: it is the day on which it was received, or a later one that was asked for (FR-RET-01,
    UK-CTR-12). None where the operator named no day, or where neither the notice nor a wish is known (CV-9: both are
    shown).
    """
    given = ground.facts.notice_given
    if given is None or named_end(ground, route) is None:
        return None
    if route is Route.WITHDRAW:
        return max(ground.told, given.wanted or ground.told)
    alone = replace(ground.facts, notice_given=replace(given, ends=None), notice_received=ground.told)
    found = country.departures(replace(ground, facts=alone), ready, usable=False)
    going = next((d for d in found if d.route is route), None)
    known = [ground.choices.day] if ground.choices.day is not None else []
    if going is not None and not going.needs_notice and not going.is_guess:
        known.append(going.earliest)
    return max(known, default=None)


def is_overdue(ground: Ground, route: Route, cut: date) -> bool:
    """A notice that was received and not refused, after whose time the operator does not say that the line ended."""
    facts, given = ground.facts, ground.facts.notice_given
    named = given is not None and (given.refused or given.ends is not None)
    unheard = facts.notice_received is not None and not named and not facts.is_over
    return unheard and route.is_notice and route is not Route.WITHDRAW and cut < ground.today


def end_cautions(ground: Ground, route: Route, ours: date | None) -> tuple[Caution, ...]:
    """A notice and a move at once, each of which ends the line; an end that the operator names on another day."""
    ordered, unbound = ground.choices.handed_over, ground.facts.is_unbound and route is Route.NOTICE
    if notice_runs(ground) and not route.is_notice:
        return (Caution.NOTICE_RUNS,)
    twice = ordered is not None and route.is_notice and ground.facts.line_ended is None and not unbound
    both = (Caution.MOVE_IS_ORDERED,) if twice else ()
    return (*both, *_named_cautions(ground, route, ours))


def _named_cautions(ground: Ground, route: Route, ours: date | None) -> tuple[Caution, ...]:
    """The operator's named end lies after ours, or before the day that was asked for."""
    named, asked = named_end(ground, route), ground.choices.day
    if named is None or ours is None or ground.facts.line_ended is not None:
        return ()
    if named > ours:
        return (Caution.END_IS_LATE,)
    return (Caution.END_IS_SOONER,) if asked is not None and named < asked else ()
