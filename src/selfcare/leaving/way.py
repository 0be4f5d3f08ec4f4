"""The whole way out in order, each step with its day: what to do while still a customer, and what comes after."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from selfcare.domain.lines import SimLock
from selfcare.domain.records import Struct, replace

from .atlas import country_of
from .changes import best_of
from .choices import Choices, Reason, Route
from .countries.gb_way import ends_by_switch
from .country import Caution, CodeLife, CostReason, Country, Departure, FreeExit, Ground, Move, StepKind, Unlock
from .cut import cut_of, end_cautions, is_overdue, latest_of, notice_end, notice_runs, ordered_late, our_end
from .facts import LeavingFacts
from .falls import without_falls
from .quote import Quote, open_quote, quote_for
from .rules import Rules
from .way_steps import Step, Steps, StepState, was_used

__all__ = ["Caution", "Choices", "Route", "Step", "StepKind", "StepState", "Way", "plan", "route_of", "scheme_of"]

LATEST_AHEAD = timedelta(days=730)
"""So far ahead a day can be chosen, and as far as the commitment: our own measure, no rule has one (FR-NOT-02)."""

_NO_NOTICE_AFTER = frozenset({"GB", "FR", "US"})
"""Where a number that moves ends the line without a notice: by rule, and in the United States by custom (US-LNP-07)."""


class Way(Struct, frozen=True):
    """The whole way. `cut` is the day the line dies, between `earliest` and `latest`; `quote` is the cost of that day,
    and a range over all days as long as others have not named it.

    `code_from` is the first moment at which the code may be asked for without a locked handset in the way. `scheme`
    is the code's name, `calendar` that of the working days ("": none). `departures` are all the routes of the line,
    `needs_notice` says that no day can be told before the contract's own notice is known. `our_end` is our own day
    beside the one on which the operator says that it ends the line.
    """

    route: Route
    steps: tuple[Step, ...]
    quote: Quote
    earliest: date
    latest: date
    cut: date
    code_from: datetime
    unlock_due: datetime | None
    unlock_is_guess: bool
    code_dates: CodeLife | None
    cautions: tuple[Caution, ...]
    ground: Ground
    country: Country
    scheme: str
    calendar: str
    departures: tuple[Departure, ...]
    needs_notice: bool = False
    unlock_free_from: date | None = None
    our_end: date | None = None

    @property
    def going(self) -> Departure:
        """The departure of the route of this way."""
        return next((d for d in self.departures if d.route is self.route), self.departures[0])

    @property
    def is_named_later(self) -> bool:
        """Others name the day, no rule does: as long as none was put in, none can be said."""
        fixed = self.ground.choices.day is not None or self.ground.facts.line_ended is not None
        return self.going.is_named_later and not fixed

    def step(self, kind: StepKind) -> Step | None:
        """The step of a kind, if this way has one."""
        return next((s for s in self.steps if s.kind is kind), None)

    def price_of(self, day: date) -> Quote:
        """The cost of another day on the same way."""
        return quote_for(self.ground, self.country, self.route, day)

    @property
    def is_switch(self) -> bool:
        """The line changes operator in a way that by the country's rules leaves no notice to be paid.

        No rule says that of a day that is agreed on (UK-SW-13 is for PAC, STAC and One Touch Switch), nor of a firm
        in France, for which its contract counts.
        """
        if self.route.is_notice:
            return False
        if self.ground.rules.country == "GB":
            return ends_by_switch(self.ground.facts, self.route)
        return self.ground.rules.country != "FR" or not self.ground.facts.is_business

    @property
    def may_owe_notice(self) -> bool:
        """The number moves, and no rule says whether a notice is charged after it: the contract does."""
        is_ruled = self.ground.rules.country in _NO_NOTICE_AFTER
        return not self.route.is_notice and not (is_ruled and self.is_switch)

    @property
    def notice_end(self) -> date | None:
        """The last day of the line by a notice that runs while the line is to move; None where none does."""
        return None if self.route.is_notice else notice_end(self.ground, self.departures)

    @property
    def last_day(self) -> date:
        """The last day of the line: that of the cut, or sooner by a notice that runs."""
        return _last_day(self.ground, self.cut, self.notice_end)

    @property
    def is_code_urgent(self) -> bool:
        """A notice ends the line before its handset is unlocked: the code is fetched while the line lives."""
        ends, due, ground = self.notice_end, self.unlock_due, self.ground
        if ends is None or due is None or ground.choices.accept_locked or not ground.facts.is_locked:
            return False
        return ground.today <= ends < due.astimezone(ground.zone).date()

    @property
    def without_unlock(self) -> date | None:
        """The first day of this way if the locked handset stays behind; None where none waits for its unlock."""
        facts, choices = self.ground.facts, self.ground.choices
        if not facts.is_locked or choices.accept_locked or facts.line_ended is not None:
            return None
        ground = replace(self.ground, choices=replace(choices, accept_locked=True))
        found = self.country.departures(ground, ground.now.astimezone(ground.zone), usable=facts.code is not None)
        return next((d.earliest for d in found if d.route is self.route), None)

    @property
    def open_withdrawal(self) -> FreeExit | None:
        """The days of reflection of a contract that was made at a distance, where this way costs more than nothing.

        None as long as nobody says how the contract was made, and once the operator or a new one has the order
        (FR-RET-01, UK-CTR-12).
        """
        ground, given = self.ground, self.ground.facts.notice_given
        ordered = ground.choices.handed_over is not None or (given is not None and not given.refused)
        if ordered or ground.facts.line_ended is not None or ground.facts.at_distance is not True:
            return None
        if self.route is Route.WITHDRAW or self.quote.is_free or ground.choices.about.reason is Reason.SAFETY:
            return None
        if all(departure.route is not Route.WITHDRAW for departure in self.departures):
            return None
        return next((e for e in self.country.exits(ground) if e.reason is CostReason.WITHDRAWAL), None)

    @property
    def lost_exit(self) -> tuple[FreeExit, date] | None:
        """A free exit that is open and that this way misses, and when the operator hears of the move.

        Where another may still free then, only one that frees for certain is a loss.
        """
        over = self.step(StepKind.HAND_OVER)
        charge = self.quote.lines[0].high
        if over is None or over.state is StepState.DONE or (charge is not None and charge.is_zero):
            return None
        kept, today = self.quote.lines[0].change, self.ground.today
        exits = (e for e in self.country.exits(self.ground) if e.reason is CostReason.FREE_EXIT and e.last)
        shut = best_of(e for e in exits if today <= (e.last or today) < over.day and (kept is None or e.is_certain))
        return (shut, over.day) if shut is not None else None

    def closed_exit(self, planned: date) -> FreeExit | None:
        """The free exit that was open when this way was planned, and closed before the operator heard of it.

        Where another may still free, only one that freed for certain is a loss.
        """
        facts, today, kept = self.ground.facts, self.ground.today, self.quote.lines[0].change
        told = facts.notice_received is not None or notice_runs(self.ground)
        if self.ground.choices.handed_over is not None or facts.line_ended is not None or told or self.quote.is_free:
            return None
        exits = (e for e in self.country.exits(self.ground) if e.reason is CostReason.FREE_EXIT and e.last)
        shut = best_of(e for e in exits if e.first <= planned <= (e.last or today) < today)
        return None if kept is not None and (kept.is_certain or shut is None or not shut.is_certain) else shut


def route_of(facts: LeavingFacts, choices: Choices) -> Route:
    """Which way out a line has."""
    return country_of(facts.country).route(facts, choices)


def scheme_of(facts: LeavingFacts, choices: Choices) -> str:
    """The code of a way out; empty where it needs none."""
    country = country_of(facts.country)
    return country.scheme(facts, country.route(facts, choices))


def plan(
    facts: LeavingFacts, rules: Rules, today: date, now: datetime, currency: str, choices: Choices | None = None
) -> Way:
    """Plan the way out of one line. Deterministic: the same facts, choices and moment give the same way.

    With another country's rules, or none, only the contract's own words count.
    """
    chosen, facts = choices or Choices(), without_falls(facts)
    ground = Ground(facts, rules, chosen, today, now, currency)
    country = country_of(facts.country if rules.country == facts.country else "")
    unlock = _unlock_of(ground, country)
    blocked = facts.is_locked and not chosen.accept_locked
    code_from = max(now, unlock.due) if blocked and unlock.due is not None else now
    route = country.route(facts, chosen)
    scheme = country.scheme(facts, route)
    code = facts.code_of(scheme) if scheme else None
    life = country.code_life(ground, code) if code is not None else None
    usable = code is not None and (life is None or today <= life.use_by)
    departures = country.departures(ground, code_from.astimezone(ground.zone), usable=usable)
    if blocked and unlock.due is not None:
        departures = tuple(_after_unlock(ground, d, code_from.astimezone(ground.zone).date()) for d in departures)
    going = next((d for d in departures if d.route is route), departures[0])
    route, calendar = going.route, country.calendar(ground)
    ends = notice_end(ground, departures)
    latest = latest_of(ground, going, ends, max(today + LATEST_AHEAD, facts.commitment_ends or today), calendar)
    behind = ordered_late(ground, country, going)
    asked_on, possible = behind or (ground, going)
    cut = cut_of(asked_on, possible, latest, calendar, is_late=behind is not None)
    ours = our_end(ground, country, route, code_from.astimezone(ground.zone))
    ready = code_from.astimezone(ground.zone).date()
    move = _move(ground, country, route, cut, ready, ends) if not route.is_notice else None
    last = _last_day(ground, cut, None if route.is_notice else ends)
    is_open = going.is_named_later and chosen.day is None and facts.line_ended is None
    quote = None
    if is_open:
        quote = open_quote(ground, country, route, going.earliest)
    elif move is not None:
        quote = quote_for(ground, country, route, cut, told_by=chosen.handed_over or move.hand_over)
    change = quote.lines[0].change if quote is not None else None
    steps = Steps(ground, country, route, scheme, cut, last, unlock, life, move, change).all()
    if quote is None:
        told = next((s.day for s in steps if s.kind is StepKind.NOTICE), today)
        quote = quote_for(ground, country, route, cut, told_by=told)
    found = Way(
        route,
        steps,
        quote,
        going.earliest,
        latest,
        cut,
        code_from,
        unlock.due,
        unlock.is_guess,
        life,
        _cautions(ground, country, route, cut, unlock, life, steps) + end_cautions(ground, route, ours),
        ground,
        country,
        country.scheme(facts, route),
        calendar,
        departures,
        going.needs_notice,
        unlock.free_from,
        ours,
    )
    return replace(found, cautions=(*found.cautions, *_of_plan(found)))


def _of_plan(way: Way) -> tuple[Caution, ...]:
    """What only the planned way shows: a withdrawal or a free exit that it misses, instalments it does not count."""
    found = [Caution.WITHDRAWAL_IS_OPEN] if way.open_withdrawal else []
    found += [Caution.EXIT_IS_MISSED] if way.lost_exit else []
    left = any(line.reason is CostReason.INSTALMENTS_LEFT for line in way.quote.lines)
    return (*found, *((Caution.INSTALMENTS_LEFT,) if left else ()))


def _move(ground: Ground, country: Country, route: Route, cut: date, ready: date, ends: date | None) -> Move:
    """The move; of a line that a notice ends before its code would be asked for, the code is fetched while it lives."""
    found, today = country.move(ground, route, cut, ready), ground.today
    if ends is None or not today <= ends < found.code_from:
        return found
    at_once = country.move(ground, route, today, today)
    return replace(found, code_from=at_once.code_from, code_until=at_once.code_until)


def _after_unlock(ground: Ground, going: Departure, ready: date) -> Departure:
    """A notice is planned so that the line ends once the handset is unlocked: it is done for customers only."""
    given = ground.facts.notice_given
    if ground.facts.notice_received is not None:
        return going
    if not going.route.is_notice or going.until is not None or (given is not None and not given.refused):
        return going
    return replace(going, planned=max(going.planned, ready))


def _unlock_of(ground: Ground, country: Country) -> Unlock:
    facts = ground.facts
    if not facts.is_locked:
        return Unlock(None)
    is_asked = facts.unlock is not None and facts.unlock.sent and not facts.unlock.refused
    return country.unlock(ground, facts.unlock.at if facts.unlock is not None and is_asked else ground.now)


def _cautions(
    ground: Ground,
    country: Country,
    route: Route,
    cut: date,
    unlock: Unlock,
    life: CodeLife | None,
    steps: tuple[Step, ...],
) -> tuple[Caution, ...]:
    facts, today = ground.facts, ground.today
    found = list(country.cautions(ground, route, cut))
    if facts.has_handset and facts.lock is SimLock.NOT_STATED:
        found.append(Caution.LOCK_NOT_STATED)
    asked = facts.unlock
    if facts.is_locked and asked is not None and asked.refused:
        found.append(Caution.UNLOCK_REFUSED)
    elif facts.is_locked and asked is not None and unlock.due is not None and ground.now > unlock.due:
        found.append(Caution.UNLOCK_LATE)
    over = next((s for s in steps if s.kind is StepKind.HAND_OVER), None)
    if life is not None and today > life.dead_after:
        found += [] if was_used(ground, life) else [Caution.CODE_DEAD]
    elif life is not None and over is not None and over.state is not StepState.DONE and over.day > life.use_by:
        found.append(Caution.CODE_DIES_FIRST)
    if life is not None and life.differs:
        found.append(Caution.CODE_DATE_DIFFERS)
    if facts.contract_lines > 1 and route.is_notice:
        found.append(Caution.SAME_CONTRACT)
    if ground.choices.withdraw and route is not Route.WITHDRAW:
        found.append(Caution.NO_WITHDRAWAL)
    if is_overdue(ground, route, cut):
        found.append(Caution.END_IS_OVERDUE)
    needs_unlock = facts.is_locked and not ground.choices.accept_locked and facts.line_ended is None
    due = unlock.due.astimezone(ground.zone).date() if needs_unlock and unlock.due is not None else None
    if route.is_notice and due is not None and cut < due:
        found.append(Caution.ENDS_WHILE_LOCKED)
    if route.is_move and facts.is_locked and ground.choices.accept_locked:
        found.append(Caution.PORT_WHILE_LOCKED)
    if route.is_notice and facts.number and ground.choices.keep_number:
        found.append(Caution.NUMBER_IS_LOST)
    if facts.is_unbound and facts.line_ended is None:
        found.append(Caution.CREDIT_MAY_BE_LOST)
    if route.is_notice and facts.withdrawal_refused is not None and facts.withdrawal is None:
        found.append(Caution.NOTICE_NOT_UNDONE)
    if facts.holder_change is not None:
        found.append(Caution.HOLDER_CHANGES)
    ends, concluded = facts.commitment_ends, facts.concluded
    if ends is not None and concluded is not None and ends < concluded:
        found.append(Caution.END_BEFORE_START)
    return tuple(one for one in found if facts.line_ended is None or not one.is_for_living_line)


def _last_day(ground: Ground, cut: date, ends: date | None) -> date:
    """By a notice whose time is not over the line ends before a later cut."""
    return cut if ends is None or ends < ground.today else min(cut, ends)
