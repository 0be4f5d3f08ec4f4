"""The United Kingdom as a way out: PAC, STAC, plain notice, One Touch Switch, the days of reflection."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from selfcare.domain.lines import Access, PortingCode
from selfcare.domain.workdays import after_working_days, before_working_days, is_working_day
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

from . import gb, gb_contract, gb_landline, prepaid
from .generic_way import closing_line, contract_lines, rent_ahead

_STEPS: dict[StepKind, tuple[str, ...]] = {
    StepKind.UNLOCK_ASK: ("UK-LOCK-02", "UK-LOCK-01"),
    StepKind.UNLOCKED: ("UK-LOCK-02",),
    StepKind.HAND_OVER: ("UK-SW-11", "UK-SW-12", "UK-DD-02"),
    StepKind.NOTICE: ("UK-CTR-09", "UK-CTR-08"),
    StepKind.CUT: ("UK-SW-11", "UK-SW-12", "UK-CAL-01"),
    StepKind.FINAL_BILL: ("UK-SW-13",),
    StepKind.DOOR: ("UK-SW-14",),
    StepKind.BANK: ("UK-DD-01", "UK-DD-02"),
}


class Britain:
    """What the rules of the United Kingdom say of one line."""

    def route(self, facts: LeavingFacts, choices: Choices) -> Route:
        """At the same home a switch is ordered at the new provider; a mobile number moves by code; else by notice.

        The number of a firm's landline moves by a letter of authority (UK-OTS-04).
        """
        if choices.withdraw:
            return Route.WITHDRAW
        if facts.access is not Access.MOBILE:
            if choices.plain_notice or choices.about.reason is Reason.MOVING:
                return Route.NOTICE
            by_letter = choices.keep_number and _moves_by_authority(facts, choices)
            return Route.PORT if by_letter else Route.NOTICE if facts.is_business else Route.FIXED_SWITCH
        if choices.keep_number:
            return Route.PORT
        return Route.NOTICE if choices.plain_notice else Route.STAC

    def scheme(self, facts: LeavingFacts, route: Route) -> str:
        """PAC keeps the number, STAC gives it up; 25 numbers and more have no code (UK-SW-08), nor has a landline."""
        if facts.numbers >= gb.BULK or facts.access is not Access.MOBILE:
            return ""
        return {Route.PORT: "PAC", Route.STAC: "STAC"}.get(route, "")

    def calendar(self, ground: Ground) -> str:
        """The nation that was chosen, else England and Wales (UK-CAL-01)."""
        return ground.choices.nation or ground.rules.calendar

    def departures(self, ground: Ground, ready: datetime, *, usable: bool) -> tuple[Departure, ...]:
        """Notice first; then the codes or the switch; a new contract may be withdrawn from (UK-CTR-12, uncertain).

        To another home no new provider ends the old line (UK-OTS-01). The number of a firm's landline moves on a day
        that no rule names (UK-OTS-04): it is planned for when a notice would have run, which may be owed besides.
        """
        found = [self._notice(ground, ready)]
        facts, calendar = ground.facts, self.calendar(ground)
        if ground.is_mobile:
            if not usable and facts.is_business:
                due = gb.code_due(ready, ground.rules, is_business=True, by_phone=False, calendar=calendar)
                ready = due.astimezone(ground.zone)
            first = gb.port_day(ready, ground.rules, calendar).likely
            blocked = facts.is_locked and not ground.choices.accept_locked
            planned = after_working_days(first, 2 if blocked else 1, calendar)
            if facts.numbers >= gb.BULK:
                both, agreed = (Route.PORT, Route.STAC), ("UK-SW-08", "UK-CAL-01")
                soonest = max(ready.date(), ground.today)
                found += [Departure(r, soonest, planned, agreed, is_guess=True, is_named_later=True) for r in both]
            else:
                rules = ("UK-SW-11", "UK-SW-12", "UK-CAL-01")
                found += [Departure(r, first, planned, rules) for r in (Route.PORT, Route.STAC)]
        elif _switches_by_one_touch(ground):
            first = after_working_days(ground.today, 1, calendar)
            found.append(Departure(Route.FIXED_SWITCH, first, first, ("UK-OTS-01", "UK-OTS-03"), is_guess=True))
        elif _moves_by_authority(facts, ground.choices):
            first = after_working_days(ground.today, 1, calendar)
            days = (ground.today, max(found[0].earliest, first))
            found.append(Departure(Route.PORT, *days, ("UK-OTS-04", "UK-SW-14"), is_guess=True, is_named_later=True))
        until = self._withdraw_until(ground)
        if until is not None and (ground.today <= until or ground.has_withdrawn):
            found.append(Departure(Route.WITHDRAW, ground.today, ground.today, ("UK-CTR-12",), until=until))
        return tuple(found)

    def _notice(self, ground: Ground, ready: datetime) -> Departure:
        given = ground.facts.notice_given
        if ground.facts.is_unbound:
            return prepaid.give_up(ground)
        if given is not None and not given.refused and given.ends is not None:
            ends = given.ends
        else:
            ends = gb.notice_ends(ground.told, ground.rules, ground.notice)
            if ground.facts.notice_received is None:
                ends = max(ends, ready.date())
        return Departure(Route.NOTICE, ends, ends, ("UK-CTR-09", "UK-CTR-08"))

    def _withdraw_until(self, ground: Ground) -> date | None:
        facts = ground.facts
        if facts.concluded is None or facts.is_business or facts.at_distance is False:
            return None
        return gb_contract.withdraw_until(facts.concluded, ground.rules, at_distance=True)

    def move(self, ground: Ground, route: Route, cut: date, ready: date) -> Move:
        """The code one working day before it is handed over, that one working day before the number moves.

        For a business the code may take two working days (UK-SW-06): there is time for it to take twice as long.
        """
        calendar = self.calendar(ground)
        if route is Route.PORT and not ground.is_mobile:
            return Move(ground.today, ground.today)  # the day is agreed on first, and no rule says how long that takes
        over = max(gb.last_hand_over(cut, ground.rules, calendar), ground.today)
        if route is Route.FIXED_SWITCH or ground.facts.numbers >= gb.BULK:
            return Move(over, over)
        wait = 2 * ground.rules.get("UK-SW-06", ground.today).number if ground.facts.is_business else 0
        day = min(over, max(ready, ground.today, before_working_days(over, 1 + wait, calendar)))
        hour = gb.port_day(ground.now.astimezone(ground.zone), ground.rules, calendar).hour
        return Move(over, day, gb.code_dates(day, ground.rules).use_by, hour)

    def cut_off(self, ground: Ground, route: Route) -> time | None:
        """Of a code (UK-SW-12); the day of many numbers is agreed on."""
        by_code = ground.is_mobile and route.is_move and ground.facts.numbers < gb.BULK
        return gb.cut_off(ground.rules, ground.today) if by_code else None

    def code_life(self, ground: Ground, code: PortingCode) -> CodeLife | None:
        """Thirty days; the operator's own day is what counts, ours what it is compared with (UK-SW-09)."""
        if ground.facts.code_issued is not None:
            life = gb.code_dates(ground.facts.code_issued, ground.rules, code.expires)
            by_rule = gb.code_dates(ground.facts.code_issued, ground.rules).dead_after
            return CodeLife(life.use_by, life.dead_after, life.differs, by_rule)
        return CodeLife(code.expires, code.expires) if code.expires is not None else None

    def code_due(self, ground: Ground, asked: datetime) -> datetime | None:
        """Two hours, for a business two working days (UK-SW-05, UK-SW-06)."""
        calendar, firm = self.calendar(ground), ground.facts.is_business
        return gb.code_due(asked, ground.rules, is_business=firm, by_phone=True, calendar=calendar)

    def unlock(self, ground: Ground, asked: datetime) -> Unlock:
        """By the operator's own promise, else a guess (UK-LOCK-02)."""
        hours = ground.facts.unlock_hours
        found = gb.unlock_due(asked, ground.rules, None if hours is None else (hours, "hour"))
        return Unlock(found.moment, found.is_guess)

    def charge(self, ground: Ground, day: date) -> CostLine:
        """The usual formula, months left without and with VAT (UK-CTR-10)."""
        facts, ends = ground.facts, ground.facts.commitment_ends
        if facts.is_unbound:
            return prepaid.no_charge(ground)
        if ends is None:
            info = ("UK-SW-03",) if ground.is_mobile and facts.numbers == 1 else ()
            return CostLine(CostReason.COMMITMENT_NOT_STATED, None, None, "UK-CTR-10", also=info)
        if day >= ends:
            nothing = ground.nothing
            return CostLine(CostReason.COMMITMENT_OVER, nothing, nothing, "UK-CTR-10", ends, ("UK-CTR-08",))
        prices = prices_of(facts, ground.today)
        if prices is None:
            return CostLine(CostReason.PRICE_NOT_STATED, None, None, "UK-CTR-10", until=ends)
        least, most = prices.left(day, ends)
        low = gb.early_charge(least, Decimal(1)).total
        high = gb.early_charge(most, Decimal(1), vat=Decimal(0)).total
        return CostLine(CostReason.COMMITMENT_LEFT, low, high, "UK-CTR-10", until=ends)

    def lines(self, ground: Ground, route: Route, day: date) -> tuple[CostLine, ...]:
        """After a switch no notice is paid, the move is free, and rent paid in advance comes back (UK-SW-13, 15).

        Of the notice no rule says so where the day is agreed on: of 25 numbers and more, of a firm's landline.
        """
        nothing = ground.nothing
        if route is Route.WITHDRAW:
            return ()
        if ground.facts.is_unbound:
            free = (CostLine(CostReason.PORT_IS_FREE, nothing, nothing, "UK-SW-15"),)
            return prepaid.credit_left(ground) if route.is_notice else (*free, *prepaid.credit_left(ground))
        by_contract = contract_lines(ground, day, "UK-CTR-08")
        if route.is_notice:
            return (CostLine(CostReason.RENT_UNTIL_THEN, nothing, nothing, "UK-CTR-09", until=day), *by_contract)
        if not ends_by_switch(ground.facts, route):
            rule = "" if ground.is_mobile else "UK-CTR-09"  # UK-SW-08 names the day alone
            rent = CostLine(CostReason.RENT_UNTIL_THEN, nothing, nothing, rule, until=day)
            moved = [CostLine(CostReason.PORT_IS_FREE, nothing, nothing, "UK-SW-15")] if route is Route.PORT else []
            return (rent, *moved, *by_contract)
        found = [
            *closing_line(ground),
            CostLine(CostReason.NO_NOTICE_RENT, nothing, nothing, "UK-SW-13"),
            *((CostLine(CostReason.PORT_IS_FREE, nothing, nothing, "UK-SW-15"),) if ground.facts.number else ()),
        ]
        back = rent_ahead(ground, day)
        if back is not None:
            found.append(CostLine(CostReason.RENT_BACK, -back, -back, "UK-SW-13", until=ground.facts.rent_until))
        return tuple(found)

    def exits(self, ground: Ground) -> tuple[FreeExit, ...]:
        """After an announced change (UK-CTR-03), after the commitment (UK-CTR-10), in the days of reflection.

        The charge is for the months left: none after the end, whatever the uncertain UK-CTR-08 says of the notice.
        """
        facts = ground.facts
        freeing = (_after_change(change, ground) for change in changes_told(facts))
        found = list(windows(free for free in freeing if free is not None))
        if facts.commitment_ends is not None:
            found.append(FreeExit(CostReason.COMMITMENT_OVER, facts.commitment_ends, None, "UK-CTR-10"))
        until = self._withdraw_until(ground)
        if until is not None and facts.concluded is not None:
            found.append(
                FreeExit(CostReason.WITHDRAWAL, facts.concluded, until, "UK-CTR-12", is_certain=False),
            )
        return tuple(found)

    def duties(self, ground: Ground) -> tuple[Duty, ...]:
        """Summary (UK-CTR-01), end in time (UK-CTR-06), prices each year (UK-CTR-07), changes (UK-CTR-03)."""
        facts, rules, found = ground.facts, ground.rules, _summary(ground)
        ends = facts.commitment_ends
        if ends is not None:
            window = gb_contract.end_notice_window(ends, rules)
            state = announced(facts.end_told, window, ground.today, DutyState.NOT_SEEN)
            found.append(Duty(DutyKind.END, *window, state, "UK-CTR-06"))
        if ends is not None and ends <= ground.today:
            found.append(
                yearly_duty(ends, lambda day: gb_contract.best_price_due(day, rules), ground.today, "UK-CTR-07")
            )
        for told, starts in sorted(facts.changes):
            state = DutyState.MISSED if gb_contract.change_is_sudden(told, starts, rules) else DutyState.KEPT
            found.append(Duty(DutyKind.CHANGE, None, starts, state, "UK-CTR-03"))
        return tuple(found)

    def relief(self, ground: Ground) -> Relief | None:
        """After a death operators usually waive the charge, which no law says (UK-BRV-01)."""
        return Relief(None, ("UK-BRV-01",)) if ground.choices.about.reason is Reason.DEATH else None

    def cautions(self, ground: Ground, route: Route, cut: date) -> tuple[Caution, ...]:
        """A handset sold locked after the ban, many numbers, holidays of other nations, a long notice or commitment."""
        facts, rules, found = ground.facts, ground.rules, []
        if facts.is_locked and gb.must_be_unlocked(facts.handset_bought, rules) and not facts.is_business:
            found.append(Caution.SHOULD_NOT_BE_LOCKED)
        if route.is_move and gb.code_route(facts.numbers, rules, ground.today) is gb.CodeRoute.BULK:
            found.append(Caution.MANY_NUMBERS)
        works_here = route.is_move and is_working_day(cut, self.calendar(ground))
        if works_here and not all(is_working_day(cut, c) for c in ("GB-SCT", "GB-NIR")):
            found.append(Caution.LOCAL_HOLIDAY)
        protected = _is_protected(facts)
        if route is Route.NOTICE and protected and gb.notice_is_long(ground.told, rules, ground.notice):
            found.append(Caution.NOTICE_IS_LONG)
        starts, ends = facts.concluded or facts.since, facts.commitment_ends
        bound = None if starts is None or ends is None or not protected else (starts, ends)
        if bound is not None and gb_contract.commitment_is_long(*bound, rules):
            found.append(Caution.COMMITMENT_IS_LONG)
        return tuple(found)

    def rescue(self, ground: Ground, ended: date) -> date | None:
        """A month at least (UK-SW-14), of a line that has a number."""
        return gb.rescue_until(ended, ground.rules) if ground.facts.number else None

    def reasons(self, facts: LeavingFacts) -> tuple[Reason, ...]:
        """A move, a death, safety; a firm only moves."""
        return (Reason.MOVING,) if facts.is_business else (Reason.MOVING, Reason.DEATH, Reason.SAFETY)

    def separation(self, ground: Ground) -> date | None:
        """No rule names a day."""
        return None

    def turns(self, ground: Ground) -> tuple[date, ...]:
        """It only falls, month by month."""
        return ()

    def rule_ids(self, ground: Ground, kind: StepKind, route: Route) -> tuple[str, ...]:
        """The rules behind a step."""
        return _rules_behind(ground, kind, route)


def _rules_behind(ground: Ground, kind: StepKind, route: Route) -> tuple[str, ...]:
    if ground.facts.is_unbound and route is Route.NOTICE:
        return ()
    if kind is StepKind.CODE:
        due = "UK-SW-06" if ground.facts.is_business else "UK-SW-05"
        text = {Route.PORT: ("UK-SW-01",), Route.STAC: ("UK-SW-02",)}.get(route, ())
        by_text = text if ground.facts.numbers == 1 else ("UK-SW-07",)
        return (*by_text, "UK-SW-04", due, "UK-SW-09", "UK-SW-10", "UK-SW-17")
    if ground.is_mobile and ground.facts.numbers >= gb.BULK and kind in {StepKind.HAND_OVER, StepKind.CUT}:
        return ("UK-SW-08",) if route.is_move else ("UK-CTR-09",)
    if kind is StepKind.HAND_OVER and route is Route.FIXED_SWITCH:
        return ("UK-OTS-01", "UK-OTS-02")
    if kind in {StepKind.HAND_OVER, StepKind.CUT} and route is Route.PORT and not ground.is_mobile:
        return ("UK-OTS-04", "UK-SW-15") if kind is StepKind.HAND_OVER else ("UK-OTS-04", "UK-CTR-09")
    if kind is StepKind.FINAL_BILL and not ends_by_switch(ground.facts, route):
        return ()
    if kind is StepKind.NOTICE and ground.facts.is_business and not ground.is_mobile:
        return ("UK-OTS-04", "UK-CTR-09", "UK-CTR-08")
    if kind is StepKind.NOTICE and route is Route.WITHDRAW:
        return ("UK-CTR-12",)
    if kind is StepKind.CUT and route is Route.FIXED_SWITCH:
        return ("UK-OTS-03",)
    if kind is StepKind.CUT and not route.is_move:
        return ("UK-CTR-12",) if route is Route.WITHDRAW else ("UK-CTR-09",)
    return _STEPS.get(kind, ())


def ends_by_switch(facts: LeavingFacts, route: Route) -> bool:
    """By PAC, STAC or One Touch Switch, after which no notice is charged (UK-SW-13).

    Not where the day is agreed on instead: of 25 numbers and more (UK-SW-08), of a firm's landline (UK-OTS-04).
    """
    by_code = route.is_move and facts.access is Access.MOBILE and facts.numbers < gb.BULK
    return by_code or route is Route.FIXED_SWITCH


def _switches_by_one_touch(ground: Ground) -> bool:
    same_home, is_business = ground.choices.about.reason is not Reason.MOVING, ground.facts.is_business
    return gb_landline.one_touch_applies(ground.today, ground.rules, is_business=is_business, same_address=same_home)


def _moves_by_authority(facts: LeavingFacts, choices: Choices) -> bool:
    """A firm's landline keeps its number by a letter of authority, at the same address (UK-OTS-04)."""
    same_place = choices.about.reason is not Reason.MOVING
    return facts.is_business and facts.access is not Access.MOBILE and bool(facts.number) and same_place


def _summary(ground: Ground) -> list[Duty]:
    """The contract on one page before the customer was bound: of whether it came nothing is known here."""
    made = ground.facts.concluded if _is_protected(ground.facts) else None
    if made is None or made > ground.today or not gb_contract.summary_was_due(made, ground.rules):
        return []
    return [Duty(DutyKind.SUMMARY, None, made, DutyState.NOT_SEEN, "UK-CTR-01")]


def _is_protected(facts: LeavingFacts) -> bool:
    """A consumer, or a firm of at most ten people, for which many of a consumer's rules hold."""
    return not facts.is_business or facts.small is True


def _after_change(change: Change, ground: Ground) -> FreeExit | None:
    """The way out after an announced change: perhaps; surely, or not at all, where the sale's own rise is known."""
    facts, rules, told, rise = ground.facts, ground.rules, change.told, change.rise
    protected = _is_protected(facts)
    known = rise is not None and (rise.agreed is not None or rise.by_percent)
    last = gb.free_exit_until(told, rules)
    if rise is None or not known or not protected or facts.concluded is None:
        return FreeExit(CostReason.FREE_EXIT, told, last, "UK-CTR-03", is_certain=False, rise=rise)
    starts = rise.starts or told
    checked = gb_contract.check_rise(
        rise.amount, starts, told, rules, concluded=facts.concluded, stated=rise.agreed, by_percent=rise.by_percent
    )
    if checked.free_until is None:
        return None
    return FreeExit(CostReason.FREE_EXIT, told, checked.free_until, "UK-CTR-03", rise=rise)


BRITAIN = Britain()
