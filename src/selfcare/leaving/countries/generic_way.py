"""A country without rules of ours, as a way out: only the contract's own words, and what is missing is asked for."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from selfcare.domain.lines import PortingCode
from selfcare.domain.money import Money
from selfcare.domain.workdays import after_hours
from selfcare.leaving.choices import Choices, Reason, Route
from selfcare.leaving.country import (
    Caution,
    CodeLife,
    CostLine,
    CostReason,
    Departure,
    Duty,
    FreeExit,
    Ground,
    Move,
    Relief,
    StepKind,
    Unlock,
)
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.prices import prices_of

from . import gb, generic, prepaid, us_costs


def contract_notice(ground: Ground, route: Route, rule_ids: tuple[str, ...] = ()) -> Departure:
    """Notice by the contract's own words; where they are not known, no day is said and they are asked for."""
    given = ground.facts.notice_given
    if ground.facts.is_unbound:
        return prepaid.give_up(ground)
    if given is not None and not given.refused and given.ends is not None:
        return Departure(route, given.ends, given.ends, rule_ids)
    ends = generic.notice_ends(ground.told, ground.notice)
    if ends is None:
        return Departure(route, ground.today, ground.today, rule_ids, is_guess=True, needs_notice=True)
    day = ends if ground.facts.notice_received is not None else max(ends, ground.today)
    return Departure(route, day, day, rule_ids)


def contract_charge(ground: Ground, day: date) -> CostLine:
    """The fee that the contract names; else from nothing to all instalments left, for that is the contract's to say."""
    facts, ends = ground.facts, ground.facts.commitment_ends
    if facts.is_unbound:
        return prepaid.no_charge(ground)
    if facts.fee is not None and (ends is None or day < ends):
        fee = contract_fee(ground, facts.fee, day)
        return CostLine(CostReason.EARLY_FEE, fee, fee, "", until=ends)
    if ends is None:
        return CostLine(CostReason.COMMITMENT_NOT_STATED, None, None, "")
    found = generic.early_charge(facts.monthly, day, ends, ground.currency)
    if found is None:
        return CostLine(CostReason.PRICE_NOT_STATED, None, None, "", until=ends)
    prices = prices_of(facts, ground.today)
    if day >= ends or prices is None:
        return CostLine(CostReason.COMMITMENT_OVER, found[0], found[1], "", until=ends)
    return CostLine(CostReason.BY_CONTRACT, found[0], prices.left(day, ends)[1].rounded(), "", until=ends)


def contract_fee(ground: Ground, fee: tuple[Money, Money], day: date) -> Money:
    """The contract's fee of a day; the whole of it where nobody says since when it falls."""
    facts, (base, step) = ground.facts, fee
    started = facts.concluded or facts.since
    if started is None:
        return base.rounded()
    return us_costs.early_fee_on(us_costs.FeeTerms(base, step, started, facts.commitment_ends), day)


def closing_line(ground: Ground) -> tuple[CostLine, ...]:
    """The closing fee that the contract names, where it names one."""
    fee = ground.facts.closing_fee
    if fee is None or ground.facts.is_unbound:
        return ()
    return (CostLine(CostReason.CLOSING_FEE, fee.rounded(), fee.rounded(), ""),)


def contract_lines(ground: Ground, day: date, rule_id: str = "") -> tuple[CostLine, ...]:
    """What the contract alone decides: its closing fee, and whether rent paid in advance comes back."""
    back = rent_ahead(ground, day)
    if back is None:
        return closing_line(ground)
    may_come = CostLine(CostReason.RENT_NOT_BACK, -back, ground.nothing, rule_id, until=ground.facts.rent_until)
    return (*closing_line(ground), may_come)


def rent_ahead(ground: Ground, day: date) -> Money | None:
    """The part of the rent paid in advance that is for days after the end; None where none is stated for that day."""
    first, last, paid = ground.facts.rent_from, ground.facts.rent_until, ground.facts.rent
    if first is None or last is None or paid is None or not first <= day < last:
        return None
    return gb.rent_back(paid, first, last, day)


class Elsewhere:
    """What can be said of a line without any rule: nothing is a right here."""

    def route(self, facts: LeavingFacts, choices: Choices) -> Route:
        """A number that is kept is asked for at the new operator; everything else is notice."""
        return Route.PORT if choices.keep_number and facts.number else Route.NOTICE

    def scheme(self, facts: LeavingFacts, route: Route) -> str:
        """No code is known."""
        return ""

    def calendar(self, ground: Ground) -> str:
        """No working days are known."""
        return ""

    def departures(self, ground: Ground, ready: datetime, *, usable: bool) -> tuple[Departure, ...]:
        """Notice by the contract; a move on the day that the new operator names."""
        found = [contract_notice(ground, Route.NOTICE)]
        if ground.facts.number:
            day = max(ready.date(), ground.today + timedelta(days=1))
            first = max(ready.date(), ground.today)
            found.append(Departure(Route.PORT, first, day, (), is_guess=True, is_named_later=True))
        return tuple(found)

    def move(self, ground: Ground, route: Route, cut: date, ready: date) -> Move:
        """The new operator is asked now; it names the day."""
        return Move(min(max(ready, ground.today), cut), min(max(ready, ground.today), cut))

    def cut_off(self, ground: Ground, route: Route) -> time | None:
        """No rule names one."""
        return None

    def code_life(self, ground: Ground, code: PortingCode) -> CodeLife | None:
        """Only the operator's own day."""
        return CodeLife(code.expires, code.expires) if code.expires is not None else None

    def code_due(self, ground: Ground, asked: datetime) -> datetime | None:
        """Nobody says."""
        return None

    def unlock(self, ground: Ground, asked: datetime) -> Unlock:
        """Only the operator's own promise."""
        hours = ground.facts.unlock_hours
        return Unlock(None if hours is None else after_hours(asked, hours))

    def charge(self, ground: Ground, day: date) -> CostLine:
        """From nothing to all instalments left."""
        return contract_charge(ground, day)

    def lines(self, ground: Ground, route: Route, day: date) -> tuple[CostLine, ...]:
        """The rent until the end; of a prepaid card its credit."""
        if ground.facts.is_unbound:
            return prepaid.credit_left(ground)
        rent = CostLine(CostReason.RENT_UNTIL_THEN, ground.nothing, ground.nothing, "", until=day)
        return (rent, *contract_lines(ground, day))

    def exits(self, ground: Ground) -> tuple[FreeExit, ...]:
        """The end of the commitment."""
        ends = ground.facts.commitment_ends
        return () if ends is None else (FreeExit(CostReason.COMMITMENT_OVER, ends, None, ""),)

    def duties(self, ground: Ground) -> tuple[Duty, ...]:
        """None is known."""
        return ()

    def relief(self, ground: Ground) -> Relief | None:
        """The contract may name a reason; no rule does."""
        return Relief(None, ()) if ground.choices.about.reason else None

    def cautions(self, ground: Ground, route: Route, cut: date) -> tuple[Caution, ...]:
        """That there are no rules here."""
        return (Caution.NO_RULES,)

    def rescue(self, ground: Ground, ended: date) -> date | None:
        """Nobody says."""
        return None

    def reasons(self, facts: LeavingFacts) -> tuple[Reason, ...]:
        """What a contract may name itself, and safety."""
        return (Reason.MOVING,) if facts.is_business else (Reason.MOVING, Reason.DEATH, Reason.SAFETY)

    def separation(self, ground: Ground) -> date | None:
        """Nobody says."""
        return None

    def turns(self, ground: Ground) -> tuple[date, ...]:
        """It only falls."""
        return ()

    def rule_ids(self, ground: Ground, kind: StepKind, route: Route) -> tuple[str, ...]:
        """There are none."""
        return ()


ELSEWHERE = Elsewhere()
