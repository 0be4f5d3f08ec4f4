"""France as a way out: the RIO and the new operator, three clicks, notice by letter, withdrawal.

The consumer code's rules are asserted for consumers alone. A firm's line goes by its contract's own words, and by the
rules that are for everybody (the RIO, the move of a number, the forty days after).
"""

from __future__ import annotations

from datetime import date, datetime, time

from selfcare.domain.lines import PortingCode
from selfcare.domain.workdays import after_hours, after_working_days, before_working_days
from selfcare.leaving.changes import Change, changes_told, windows
from selfcare.leaving.choices import Choices, Reason, Route
from selfcare.leaving.country import (
    Caution,
    CodeLife,
    CostLine,
    CostReason,
    Departure,
    Duty,
    DutyKind,
    DutyState,
    FreeExit,
    Ground,
    Move,
    Relief,
    StepKind,
    Unlock,
    announced,
    yearly_duty,
)
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.prices import prices_of
from selfcare.leaving.rules import Rules

from . import fr, fr_money, fr_number, prepaid
from .generic_way import closing_line, contract_charge, contract_notice, rent_ahead

_USUAL_UNLOCK_HOURS = 48
"""Where the operator states no time: what others needed, said to be a guess wherever it is shown."""

_NOTICE: dict[Route, tuple[str, ...]] = {
    Route.ONLINE: ("FR-3CL-01", "FR-3CL-02", "FR-3CL-03", "FR-ALT-02", "FR-NOT-01", "FR-NOT-02", "FR-PERF-01"),
    Route.NOTICE: ("FR-NOT-01", "FR-NOT-02", "FR-LRE-01", "FR-PERF-01"),
    Route.WITHDRAW: ("FR-RET-01", "FR-RET-01-WORKDAY", "FR-RET-02"),
}


class France:
    """What the rules of France say of one line."""

    def route(self, facts: LeavingFacts, choices: Choices) -> Route:
        """The number is kept through the new operator; else a consumer ends the line online, a firm by notice."""
        if choices.withdraw and not facts.is_business:
            return Route.WITHDRAW
        if choices.keep_number and facts.number:
            return Route.PORT
        by_letter = facts.is_business or choices.plain_notice or facts.is_unbound
        return Route.NOTICE if by_letter else Route.ONLINE

    def scheme(self, facts: LeavingFacts, route: Route) -> str:
        """The RIO, for mobile and fixed numbers (FR-RIO-01)."""
        return "RIO" if route is Route.PORT else ""

    def calendar(self, ground: Ground) -> str:
        """Jours ouvrables of the postcode (FR-CAL-01)."""
        return ground.choices.nation or fr.calendar_for(ground.facts.postcode)

    def departures(self, ground: Ground, ready: datetime, *, usable: bool) -> tuple[Departure, ...]:
        """Three clicks or notice first; then the move of the number; then withdrawal (FR-RET-01)."""
        facts, rules = ground.facts, ground.rules
        found = [self._letter(ground)]
        if facts.is_unbound:
            found = [prepaid.give_up(ground)]
        elif not facts.is_business:
            found.insert(0, self._online(ground, ready))
        if facts.number:
            day, calendar = max(ready.date(), ground.today), self.calendar(ground)
            firm_line = facts.is_business and not ground.is_mobile
            planned = fr_number.request_due(
                day, rules, is_fixed_business=firm_line, calendar=calendar, own=facts.own_holidays
            )
            first = fr_number.port_due(day, rules, calendar=calendar, own=facts.own_holidays)
            names = ("FR-POR-02", "FR-POR-04" if firm_line else "FR-POR-03", "FR-CAL-01")
            found.append(Departure(Route.PORT, min(first, planned), planned, names, is_guess=True))
        until = self._withdraw_until(ground)
        if until is not None and (ground.today <= until or ground.has_withdrawn):
            found.append(Departure(Route.WITHDRAW, ground.today, ground.today, _NOTICE[Route.WITHDRAW], until=until))
        return tuple(found)

    def _online(self, ground: Ground, ready: datetime) -> Departure:
        """Possible ten days after its receipt; planned not before a locked handset is unlocked."""
        given, rules = ground.facts.notice_given, ground.rules
        stated = given.ends if given is not None and not given.refused else None
        ends = stated or self._ten_days(ground, ground.told)
        planned = ends if ground.facts.notice_received is not None else max(ends, ready.date())
        return Departure(
            Route.ONLINE, ends, planned, _in_force(ground, rules.find("FR-3CL-01", ground.today) is not None)
        )

    def _letter(self, ground: Ground) -> Departure:
        """A registered letter counts from its receipt: the next working day at the soonest, where none was sent."""
        given = ground.facts.notice_given
        if ground.facts.is_business:
            return contract_notice(ground, Route.NOTICE)
        if ground.facts.notice_received is not None or (given is not None and not given.refused):
            stated = given.ends if given is not None and not given.refused else None
            ends = stated or self._ten_days(ground, ground.told)
            return Departure(Route.NOTICE, ends, ends, ("FR-NOT-01", "FR-LRE-01"))
        received = after_working_days(ground.today, 1, self.calendar(ground), ground.facts.own_holidays)
        ends = self._ten_days(ground, received)
        return Departure(Route.NOTICE, ends, ends, ("FR-NOT-01", "FR-LRE-01"), is_guess=True)

    def _ten_days(self, ground: Ground, received: date) -> date:
        ends = fr.notice_ends(received, ground.rules, stated=ground.notice)
        return ends if ground.facts.notice_received is not None else max(ends, ground.today)

    def _withdraw_until(self, ground: Ground) -> date | None:
        facts = ground.facts
        if facts.concluded is None or facts.is_business or facts.at_distance is False:
            return None
        return fr.withdraw_until(facts.concluded, ground.rules, facts.postcode)

    def move(self, ground: Ground, route: Route, cut: date, ready: date) -> Move:
        """The whole request takes up to three working days, a firm's landline longer (FR-POR-03, FR-POR-04)."""
        firm_line = ground.facts.is_business and not ground.is_mobile
        count = ground.rules.get("FR-POR-04" if firm_line else "FR-POR-03", ground.today).number
        over = before_working_days(cut, count, self.calendar(ground), ground.facts.own_holidays)
        over = min(max(over, ready, ground.today), cut)
        return Move(over, min(over, max(ready, ground.today)))

    def cut_off(self, ground: Ground, route: Route) -> time | None:
        """The rules count days."""
        return None

    def code_life(self, ground: Ground, code: PortingCode) -> CodeLife | None:
        """A RIO lives as long as the line, and forty days more (FR-POR-06); only an operator's own day is shown."""
        return CodeLife(code.expires, code.expires) if code.expires is not None else None

    def code_due(self, ground: Ground, asked: datetime) -> datetime | None:
        """No rule names a time for a RIO that is not asked by telephone."""
        return None

    def unlock(self, ground: Ground, asked: datetime) -> Unlock:
        """By the operator's own promise, else a guess; generally free after three months (FR-SIM-01)."""
        facts, hours = ground.facts, ground.facts.unlock_hours
        began = facts.since or facts.handset_bought
        free = None
        if began is not None and not facts.is_business:
            free = fr_number.free_unlock_from(began, ground.rules)
        return Unlock(after_hours(asked, _USUAL_UNLOCK_HOURS if hours is None else hours), hours is None, free)

    def charge(self, ground: Ground, day: date) -> CostLine:
        """What a consumer owes (FR-DUR-02 to FR-DUR-05); a firm owes what its contract says."""
        facts, ends = ground.facts, ground.facts.commitment_ends
        if facts.is_unbound:
            return prepaid.no_charge(ground)
        if facts.is_business:
            return contract_charge(ground, day)
        if ends is None:
            return CostLine(CostReason.COMMITMENT_NOT_STATED, None, None, "FR-INF-03")
        if day >= ends:
            return CostLine(CostReason.COMMITMENT_OVER, ground.nothing, ground.nothing, "FR-NOT-03", until=ends)
        free = self._free_from(ground)
        if free is not None and day >= free:
            return CostLine(CostReason.AFTER_FIRST_YEAR, ground.nothing, ground.nothing, "FR-DUR-02", until=ends)
        prices = prices_of(facts, ground.today)
        if prices is None:
            return CostLine(CostReason.PRICE_NOT_STATED, None, None, "FR-DUR-05", until=ends)
        bound = self._commitment(ground)
        if bound is None:
            all_left = prices.left(day, ends)[1].rounded()
            names = ("FR-DUR-02", "FR-DUR-03")
            return CostLine(CostReason.COMMITMENT_LEFT, ground.nothing, all_left, "FR-DUR-05", ends, names)
        found = fr_money.early_charge(bound, day, ground.rules)
        early = "FR-DUR-05" in found.rule_ids
        reason = CostReason.FIRST_YEAR if early else CostReason.AFTER_FIRST_YEAR
        return CostLine(reason, found.low, found.high, found.rule_ids[0], ends, found.rule_ids[1:])

    def _commitment(self, ground: Ground) -> fr_money.Commitment | None:
        facts, ends = ground.facts, ground.facts.commitment_ends
        prices = prices_of(facts, ground.today)
        if facts.concluded is None or ends is None or prices is None or facts.concluded > ends:
            return None
        return fr_money.Commitment(facts.concluded, ends, prices.monthly, _has_handset(ground), prices.steps)

    def _free_from(self, ground: Ground) -> date | None:
        concluded, ends = ground.facts.concluded, ground.facts.commitment_ends
        if concluded is None or ends is None:
            return None
        return fr_money.free_from(concluded, ends, ground.rules, has_handset=_has_handset(ground))

    def lines(self, ground: Ground, route: Route, day: date) -> tuple[CostLine, ...]:
        """The service until the end, what closing may cost (FR-FEE-01, FR-FEE-02), an advance back (FR-EQP-02)."""
        nothing, facts = ground.nothing, ground.facts
        if route is Route.WITHDRAW:
            return ()
        if facts.is_unbound:
            return prepaid.credit_left(ground)
        rule = "" if facts.is_business else "FR-POR-01" if route is Route.PORT else "FR-NOT-03"
        found = [CostLine(CostReason.RENT_UNTIL_THEN, nothing, nothing, rule, until=day)]
        if facts.is_business:
            found += closing_line(ground)
        elif facts.closing_fee is not None:
            found.append(CostLine(CostReason.CLOSING_FEE, nothing, facts.closing_fee.rounded(), "FR-FEE-01"))
        elif self._has_usual_fee(ground):
            _, high = fr_money.usual_closing_fee(facts.carrier, ground.today, ground.rules)
            found.append(CostLine(CostReason.CLOSING_FEE, nothing, high, "FR-FEE-02", also=("FR-FEE-01",)))
        back = rent_ahead(ground, day)
        if back is not None and facts.is_business:
            found.append(CostLine(CostReason.RENT_NOT_BACK, -back, nothing, "", until=facts.rent_until))
        elif back is not None:
            found.append(CostLine(CostReason.RENT_BACK, -back, -back, "FR-EQP-02", until=facts.rent_until))
        return tuple(found)

    def _has_usual_fee(self, ground: Ground) -> bool:
        """A consumer's box, counted in euros, since the usual fees are known."""
        consumer_box = not ground.is_mobile and not ground.facts.is_business
        return consumer_box and ground.currency == "EUR" and ground.rules.find("FR-FEE-02", ground.today) is not None

    def exits(self, ground: Ground) -> tuple[FreeExit, ...]:
        """After an announced change for four months (FR-MOD-01), after month twelve or the end, on withdrawal."""
        facts, rules = ground.facts, ground.rules
        if facts.is_business:
            ends = facts.commitment_ends
            return () if ends is None else (FreeExit(CostReason.COMMITMENT_OVER, ends, None, ""),)
        found = list(windows(_after_change(change, rules) for change in changes_told(facts)))
        free = self._free_from(ground)
        if free is not None:
            found.append(FreeExit(CostReason.AFTER_FIRST_YEAR, free, None, "FR-DUR-02"))
        if facts.commitment_ends is not None:
            found.append(FreeExit(CostReason.COMMITMENT_OVER, facts.commitment_ends, None, "FR-NOT-03"))
        until = self._withdraw_until(ground)
        if until is not None and facts.concluded is not None:
            sure = facts.at_distance is True
            found.append(FreeExit(CostReason.WITHDRAWAL, facts.concluded, until, "FR-RET-01", is_certain=sure))
        return tuple(found)

    def duties(self, ground: Ground) -> tuple[Duty, ...]:
        """The end announced in its window (FR-INF-01), prices each year (FR-INF-02), changes (FR-MOD-01)."""
        facts, rules, found = ground.facts, ground.rules, []
        if facts.is_business or facts.is_unbound:
            return ()
        ends = facts.commitment_ends
        if ends is not None:
            window = fr.end_notice_window(ends, rules)
            found.append(Duty(DutyKind.END, *window, announced(facts.end_told, window, ground.today), "FR-INF-01"))
        began = facts.concluded or facts.since
        if began is not None and began <= ground.today:
            found.append(yearly_duty(began, lambda day: fr.best_price_due(day, rules), ground.today, "FR-INF-02"))
        for told, starts in sorted(facts.changes):
            state = DutyState.MISSED if fr.change_is_early(told, starts, rules) else DutyState.KEPT
            found.append(Duty(DutyKind.CHANGE, None, starts, state, "FR-MOD-01"))
        return tuple(found)

    def relief(self, ground: Ground) -> Relief | None:
        """Over-indebtedness frees by law (FR-OVR-01); a death or a move only where the contract lists it."""
        return _relief(ground)

    def cautions(self, ground: Ground, route: Route, cut: date) -> tuple[Caution, ...]:
        """An unlock that may still cost, a notice or a commitment longer than allowed."""
        facts, rules, found = ground.facts, ground.rules, []
        if facts.is_business:
            return (Caution.FIRM_RULES,)
        free = self.unlock(ground, ground.now).free_from
        if facts.is_locked and free is not None and free > ground.today:
            found.append(Caution.UNLOCK_NOT_FREE)
        if route.is_notice and ground.notice is not None and fr.notice_is_long(ground.told, rules, ground.notice):
            found.append(Caution.NOTICE_IS_LONG)
        ends, concluded = facts.commitment_ends, facts.concluded
        if ends is not None and concluded is not None and fr.commitment_is_long(concluded, ends, rules):
            found.append(Caution.COMMITMENT_IS_LONG)
        return tuple(found)

    def rescue(self, ground: Ground, ended: date) -> date | None:
        """Forty days (FR-POR-06)."""
        return fr_number.number_until(ended, ground.rules) if ground.facts.number else None

    def reasons(self, facts: LeavingFacts) -> tuple[Reason, ...]:
        """The reasons of the consumer code and of contracts; none of them is a firm's."""
        if facts.is_business:
            return ()
        return (Reason.MOVING, Reason.DEATH, Reason.DEBT, Reason.LISTED, Reason.SAFETY)

    def separation(self, ground: Ground) -> date | None:
        """No rule names a day."""
        return None

    def turns(self, ground: Ground) -> tuple[date, ...]:
        """The end of month twelve."""
        bound = None if ground.facts.is_business else self._commitment(ground)
        return () if bound is None else (fr_money.twelfth_month_ends(bound),)

    def rule_ids(self, ground: Ground, kind: StepKind, route: Route) -> tuple[str, ...]:
        """The rules behind a step; those of the consumer code not for a firm."""
        return _rules_behind(ground, kind, route)


def _after_change(change: Change, rules: Rules) -> FreeExit:
    """Only perhaps: that a change is to the customer's benefit alone, or imposed by law, nobody states."""
    first, last = fr.free_exit_window(change.told, rules)
    return FreeExit(CostReason.FREE_EXIT, first, last, "FR-MOD-01", is_certain=False, rise=change.rise)


def _has_handset(ground: Ground) -> bool | None:
    """A handset came cheaper with the contract; with a line at home none did, unless it is said."""
    return ground.facts.subsidised if ground.is_mobile else bool(ground.facts.subsidised)


def _relief(ground: Ground) -> Relief | None:
    about, facts = ground.choices.about, ground.facts
    if facts.is_business:
        return None
    if about.reason is Reason.DEBT:
        if about.filed is None or facts.concluded is None:
            return Relief(None, ("FR-OVR-01",))
        frees = fr.frees_the_indebted(facts.concluded, about.filed, ground.rules)
        return Relief(frees and (True if about.admitted else None), ("FR-OVR-01", "FR-OVR-02"))
    if about.reason is Reason.DEATH:
        return Relief(about.listed, ("FR-DTH-01", "FR-LEG-01"))
    by_contract = about.reason in {Reason.MOVING, Reason.LISTED}
    return Relief(about.listed, ("FR-LEG-01",)) if by_contract else None


def _rules_behind(ground: Ground, kind: StepKind, route: Route) -> tuple[str, ...]:
    firm = ground.facts.is_business
    if ground.facts.is_unbound and route is Route.NOTICE:
        return ()
    firm_line = firm and not ground.is_mobile
    move = ("FR-POR-01", "FR-POR-02", "FR-POR-04" if firm_line else "FR-POR-03", "FR-POR-05")
    found = {
        StepKind.UNLOCK_ASK: ("FR-SIM-01", "FR-SIM-02"),
        StepKind.UNLOCKED: ("FR-SIM-01",),
        StepKind.CODE: ("FR-RIO-01", "FR-RIO-02", "FR-RIO-03", "FR-POR-07"),
        StepKind.HAND_OVER: move,
        StepKind.NOTICE: _NOTICE.get(route, ()),
        StepKind.CUT: ("FR-POR-02", "FR-CAL-01") if route is Route.PORT else ("FR-NOT-01",),
        StepKind.FINAL_BILL: ("FR-EQP-02", *(("FR-EIN-01",) if firm else ())),
        StepKind.DOOR: ("FR-POR-06",),
        StepKind.BANK: ("FR-SEPA-01", "FR-SEPA-02", "FR-SEPA-03"),
    }.get(kind, ())
    if not firm:
        return found
    rules = (ground.rules.find(name, ground.today) for name in found)
    return tuple(rule.id for rule in rules if rule is not None and "business" in rule.applies_to)


def _in_force(ground: Ground, online: bool) -> tuple[str, ...]:
    return (*(("FR-3CL-01",) if online else ()), "FR-NOT-01", "FR-NOT-02")


FRANCE = France()
