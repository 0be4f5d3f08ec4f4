"""The United States as a way out: the number moves with a transfer PIN, or the service is cancelled by contract."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from selfcare.domain.lines import Access, PortingCode
from selfcare.domain.workdays import after_hours, before_working_days, end_of_day, same_or_next_working_day
from selfcare.leaving.carriers import Carrier, carrier_of
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
    FreeExit,
    Ground,
    Move,
    Relief,
    StepKind,
    Unlock,
    announced,
)
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.orders import BACK, orders_free, orders_over
from selfcare.leaving.rules import Rules

from . import prepaid, us, us_costs, us_rights
from .generic_way import closing_line, contract_fee, contract_notice

_PIN_RULES = {Carrier.VERIZON: "US-PIN-01", Carrier.ATT: "US-PIN-02", Carrier.T_MOBILE: "US-PIN-03"}
_STEPS: dict[StepKind, tuple[str, ...]] = {
    StepKind.PAY_OFF: ("US-UNL-02", "US-ETF-02"),
    StepKind.UNLOCK_ASK: ("US-UNL-01", "US-UNL-02"),
    StepKind.UNLOCKED: ("US-UNL-01", "US-UNL-02"),
    StepKind.NOTICE: ("US-LNP-07", "US-FIN-01"),
    StepKind.FINAL_BILL: ("US-FIN-01",),
    StepKind.BANK: ("US-PAY-01", "US-PAY-02"),
}


class America:
    """What the rules of the United States say of one line."""

    def route(self, facts: LeavingFacts, choices: Choices) -> Route:
        """A number that is kept moves; everything else is cancelling."""
        return Route.PORT if choices.keep_number and facts.number else Route.NOTICE

    def scheme(self, facts: LeavingFacts, route: Route) -> str:
        """A mobile number needs a transfer PIN (US-LNP-08)."""
        return "PIN" if route is Route.PORT and facts.access is Access.MOBILE else ""

    def calendar(self, ground: Ground) -> str:
        """Federal holidays, unless the carrier states its own (US-LNP-03)."""
        return ground.rules.calendar

    def departures(self, ground: Ground, ready: datetime, *, usable: bool) -> tuple[Departure, ...]:
        """Cancelling by the contract's own words; the number within a business day or four (US-LNP-01, 04).

        An order of a day that is none is accepted on the next one (US-LNP-03).
        """
        facts = ground.facts
        found = [self._cancel(ground)]
        if facts.number:
            own, rules = facts.own_holidays, ground.rules
            if ground.is_mobile:
                likely = us.wireless_port_likely(ready, rules).date()
                due = us.simple_port(ready, rules, own).due
                names = ("US-LNP-05", "US-LNP-01", "US-LNP-02")
                found.append(Departure(Route.PORT, likely, max(likely, due), names, is_guess=True, any_day=True))
            elif _port_rule(facts) == "US-LNP-01":
                port = us.simple_port(ready, rules, own)
                first = min(port.opens.date(), port.due)
                found.append(Departure(Route.PORT, first, port.due, ("US-LNP-01", "US-LNP-02", "US-LNP-03")))
            else:
                accepted = same_or_next_working_day(ready.date(), rules.calendar, own)
                due = us.nonsimple_port_due(accepted, rules, own)
                found.append(Departure(Route.PORT, due, due, ("US-LNP-04", "US-LNP-03")))
        return tuple(found)

    def _cancel(self, ground: Ground) -> Departure:
        """No federal rule asks for notice: the contract's own, else today, best on the last day of the cycle.

        Under orders the rest of a month comes back by law, so that nothing is gained by waiting for its end
        (US-SCRA-02).
        """
        facts = ground.facts
        if facts.is_unbound:
            return prepaid.give_up(ground)
        if facts.notice_received is not None and ground.notice is None and facts.notice_given is None:
            return Departure(Route.NOTICE, ground.told, ground.told, ("US-FIN-01",), is_guess=True)
        if ground.notice is not None or facts.notice_given is not None:
            found = contract_notice(ground, Route.NOTICE, ("US-FIN-01",))
            first = found.earliest
        else:
            first = ground.today
        is_lost = facts.notice_received is None and not orders_free(ground, self)
        planned = (
            first if facts.rent_from is None or not is_lost else us_costs.last_day_of_cycle(first, facts.rent_from)
        )
        return Departure(Route.NOTICE, first, planned, ("US-FIN-01",), is_guess=ground.notice is None)

    def move(self, ground: Ground, route: Route, cut: date, ready: date) -> Move:
        """A mobile number is ordered on its day, any other a business day before, or four where the move is not
        simple (US-LNP-04); the PIN no sooner than it lives."""
        facts, rules = ground.facts, ground.rules
        ahead = rules.get(_port_rule(facts), ground.today).number
        over = cut if ground.is_mobile else before_working_days(cut, ahead, rules.calendar, facts.own_holidays)
        over = min(max(over, ready, ground.today), cut)
        if not ground.is_mobile:
            return Move(over, over)
        carrier, is_business = carrier_of(facts.carrier), facts.is_business
        prepaid = bool(facts.is_prepaid)
        first = us.pin_not_before(over, carrier, rules, is_business=is_business, is_prepaid=prepaid)
        day = min(over, max(ready, ground.today, min(first + timedelta(days=1), over)))
        life = us.pin_life(day, carrier, rules, is_business=is_business, is_prepaid=prepaid)
        return Move(over, day, life.last_day)

    def cut_off(self, ground: Ground, route: Route) -> time | None:
        """Of a simple landline (US-LNP-02); a wireless number usually moves within hours."""
        simple = not ground.is_mobile and route.is_move and _port_rule(ground.facts) == "US-LNP-01"
        return us.cut_off(ground.rules, ground.today) if simple else None

    def code_life(self, ground: Ground, code: PortingCode) -> CodeLife | None:
        """The carrier's own day, else its known custom (US-PIN-01, 02, 03)."""
        facts = ground.facts
        if facts.code_issued is None:
            return CodeLife(code.expires, code.expires) if code.expires is not None else None
        life = us.pin_life(
            facts.code_issued,
            carrier_of(facts.carrier),
            ground.rules,
            is_business=facts.is_business,
            is_prepaid=bool(facts.is_prepaid),
            stated=code.expires,
        )
        return None if life.last_day is None else CodeLife(life.last_day, life.last_day, life.differs, life.ours)

    def code_due(self, ground: Ground, asked: datetime) -> datetime | None:
        """No rule names a time."""
        return None

    def unlock(self, ground: Ground, asked: datetime) -> Unlock:
        """An answer within two business days (US-UNL-01), not before the carrier's own day (US-UNL-02 to 08).

        One that is not paid off is counted as if it were paid off today: the soonest day that is possible.
        """
        return _unlock(ground, asked)

    def charge(self, ground: Ground, day: date) -> CostLine:
        """The fee by contract alone, less for each full month (US-ETF-01); usually none with instalments (US-ETF-02).

        Where a contract with instalments names a fee all the same, it is from nothing to that fee.
        """
        facts, ends, nothing = ground.facts, ground.facts.commitment_ends, ground.nothing
        if ends is not None and day >= ends:
            return CostLine(CostReason.COMMITMENT_OVER, nothing, nothing, "US-ETF-01", until=ends)
        if facts.instalments_left:
            high = nothing if facts.fee is None else contract_fee(ground, facts.fee, day)
            if high.is_zero:
                return CostLine(CostReason.EARLY_FEE, nothing, nothing, "US-ETF-02", until=ends)
            return CostLine(CostReason.EARLY_FEE, nothing, high, "US-ETF-01", ends, ("US-ETF-02",))
        if facts.is_unbound:
            return prepaid.no_charge(ground)
        if facts.fee is None:
            return CostLine(CostReason.EARLY_FEE_NOT_STATED, None, None, "US-ETF-01", ends, ("US-LBL-01",))
        if facts.concluded is None and facts.since is None:
            return CostLine(CostReason.EARLY_FEE, nothing, facts.fee[0].rounded(), "US-ETF-01", until=ends)
        fee = contract_fee(ground, facts.fee, day)
        trial = _trial(ground)
        if trial is not None and trial[0] <= day <= trial[1]:
            return CostLine(CostReason.EARLY_FEE, nothing, fee, "US-ETF-03", trial[1], ("US-ETF-01",))
        return CostLine(CostReason.EARLY_FEE, fee, fee, "US-ETF-01", until=ends)

    def lines(self, ground: Ground, route: Route, day: date) -> tuple[CostLine, ...]:
        """The rest of the handset at once, lost credits, and the month that mostly does not come back."""
        facts, nothing = ground.facts, ground.nothing
        found = [CostLine(CostReason.RENT_UNTIL_THEN, nothing, nothing, "US-FIN-01", until=day)]
        if facts.is_unbound:
            found = [*prepaid.credit_left(ground)]
        if facts.instalment is not None or facts.instalments_left:
            left = facts.instalments_left
            left = None if left is None else us_costs.instalments_on(left, ground.today, day)
            if left is None or (left > 0 and facts.instalment is None):
                found.append(CostLine(CostReason.DEVICE, None, None, "US-ETF-02"))
            elif left > 0:
                owed = us_costs.owed_on_leaving(
                    nothing, nothing, instalment=facts.instalment, instalments_left=left, credit=facts.credit
                )
                found.append(CostLine(CostReason.DEVICE, owed.device, owed.device, "US-ETF-02"))
                if not owed.credits_lost.is_zero:
                    lost = owed.credits_lost
                    found.append(CostLine(CostReason.CREDITS_LOST, lost, lost, "US-ETF-02"))
        found += closing_line(ground)
        first, last, paid = facts.rent_from, facts.rent_until, facts.rent
        if first is not None and last is not None and paid is not None and first <= day < last:
            back = us_costs.month_back(paid, first, last, day)
            most = us_costs.month_back(paid, first, last, day, is_prorated=True)
            if orders_free(ground, self):
                found.append(CostLine(CostReason.RENT_BACK, -most, -most, BACK, until=last))
            else:
                found.append(CostLine(CostReason.RENT_NOT_BACK, -most, -back, "US-FIN-01", until=last))
        return tuple(found)

    def exits(self, ground: Ground) -> tuple[FreeExit, ...]:
        """The trial (US-ETF-03), after a change for the worse (US-ETF-04), after the commitment."""
        facts, rules, found = ground.facts, ground.rules, []
        trial = _trial(ground)
        if trial is not None:
            found.append(FreeExit(CostReason.WITHDRAWAL, *trial, "US-ETF-03", is_certain=False))
        found += windows(_after_change(one, rules) for one in changes_told(facts))
        if facts.commitment_ends is not None:
            found.append(FreeExit(CostReason.COMMITMENT_OVER, facts.commitment_ends, None, "US-ETF-01"))
        return tuple(found)

    def duties(self, ground: Ground) -> tuple[Duty, ...]:
        """No federal rule names one; in New York a renewal is announced (US-ST-02)."""
        facts, ends = ground.facts, ground.facts.commitment_ends
        if facts.is_business or ends is None:
            return ()
        window = us_rights.renewal_notice_window(ends, facts.state, ground.rules)
        if window is None:
            return ()
        return (Duty(DutyKind.RENEWAL, *window, announced(facts.end_told, window, ground.today), "US-ST-02"),)

    def relief(self, ground: Ground) -> Relief | None:
        """Orders of a servicemember (US-SCRA-01); a survivor's line is separated free (US-SCA-01). Not a firm's."""
        return _relief(ground, self.separation(ground))

    def cautions(self, ground: Ground, route: Route, cut: date) -> tuple[Caution, ...]:
        """A handset that is unlocked only once it is paid off; orders that are over already (US-SCRA-01)."""
        facts = ground.facts
        over = (Caution.ORDERS_ARE_OVER,) if not facts.is_business and orders_over(ground) is not None else ()
        return (*over, *((Caution.UNLOCK_AFTER_PAYING,) if facts.is_locked and facts.instalments_left else ()))

    def rescue(self, ground: Ground, ended: date) -> date | None:
        """Nobody promises the number once the line has ended (US-LNP-07)."""
        return None

    def reasons(self, facts: LeavingFacts) -> tuple[Reason, ...]:
        """Military orders and safety by law; a move or a death by the carrier's own word."""
        if facts.is_business:
            return (Reason.MOVING,)
        return (Reason.MOVING, Reason.DEATH, Reason.SERVICE, Reason.SAFETY)

    def separation(self, ground: Ground) -> date | None:
        """Two business days after a complete request of today (US-SCA-01); also where nobody counted the lines."""
        facts = ground.facts
        lines = max(facts.numbers, facts.contract_lines) if facts.counts_lines else 2
        found = us_rights.line_separation(ground.today, lines, ground.rules, facts.own_holidays)
        return None if found is None else found.due

    def turns(self, ground: Ground) -> tuple[date, ...]:
        """It falls each full month."""
        return ()

    def _state_rules(self, ground: Ground) -> tuple[str, ...]:
        """How one may cancel by the law of California or New York, where the contract was made online."""
        facts = ground.facts
        if facts.is_business:
            return ()
        made = facts.concluded or facts.since or ground.today
        online = facts.at_distance is not False
        rule = us_rights.online_cancel_right(facts.state, made, ground.rules, signed_up_online=online)
        spoken = us_rights.voicemail_answer_due(ground.now.astimezone(ground.zone), facts.state, ground.rules)
        return ("US-FTC-01" if rule is None else rule.id, *(() if spoken is None else ("US-ST-01-VOICEMAIL",)))

    def rule_ids(self, ground: Ground, kind: StepKind, route: Route) -> tuple[str, ...]:
        """The rules behind a step."""
        if ground.facts.is_unbound and route is Route.NOTICE:
            return ()
        if kind is StepKind.CODE:
            pin = _PIN_RULES.get(carrier_of(ground.facts.carrier))
            return ("US-LNP-08", "US-LNP-06", "US-SIM-01", *(() if pin is None else (pin,)))
        if kind in {StepKind.UNLOCK_ASK, StepKind.UNLOCKED}:
            asked = ground.facts.unlock
            waits = _unlock(ground, ground.now if asked is None or asked.refused else asked.at).rule_id
            return (*_STEPS[kind], *((waits,) if waits and waits not in _STEPS[kind] else ()))
        if kind is StepKind.NOTICE:
            copper = ("US-POTS-01",) if ground.facts.access is Access.FIXED else ()
            return (*_STEPS[kind], *copper, *self._state_rules(ground))
        if kind in {StepKind.HAND_OVER, StepKind.CUT} and route is Route.PORT:
            return ("US-LNP-07", "US-LNP-05" if ground.is_mobile else _port_rule(ground.facts), "US-LNP-09")
        return _STEPS.get(kind, ())


def _port_rule(facts: LeavingFacts) -> str:
    """The rule of how long the move of a landline takes: of one line, or of several or a firm's (US-LNP-01, 04)."""
    is_simple = us.port_is_simple(facts.contract_lines, is_complex=facts.is_business)
    return "US-LNP-01" if is_simple else "US-LNP-04"


def _unlock(ground: Ground, asked: datetime) -> Unlock:
    facts, rules = ground.facts, ground.rules
    if facts.unlock_hours is not None:
        due = after_hours(asked, facts.unlock_hours)
    else:
        day = us.unlock_answer_due(asked.astimezone(ground.zone).date(), rules, facts.own_holidays)
        due = end_of_day(day, ground.zone)
    began = facts.handset_bought or facts.since
    unpaid = _is_unpaid(ground)
    if unpaid:
        began = began or ground.today
    elif facts.paid_off is None and facts.instalments_left is None and not facts.is_prepaid:
        return Unlock(due, facts.unlock_hours is None)
    began = began or facts.paid_off  # in use by then at the latest
    if began is None:
        return Unlock(due, facts.unlock_hours is None)
    paid = facts.paid_off or (ground.today if unpaid else began)
    handset = us.Handset(carrier_of(facts.carrier), began, bool(facts.is_prepaid), paid)
    found = us.unlock_day(handset, rules)
    waits = found.day is not None and found.day > due.astimezone(ground.zone).date()
    if found.day is not None and waits:
        due = end_of_day(found.day, ground.zone)
    free = None if unpaid else found.day  # as if paid today: when it will be paid nobody knows
    is_guess = unpaid or not found.is_certain or facts.unlock_hours is None
    return Unlock(due, is_guess, free, found.rule_id if waits else "", unpaid)


def _relief(ground: Ground, separation: date | None) -> Relief | None:
    about = ground.choices.about
    if ground.facts.is_business:
        return None
    if about.reason is Reason.SAFETY:
        return Relief(ground.facts.counts_lines or None, ("US-SCA-01",)) if separation is not None else None
    if about.reason is not Reason.SERVICE:
        return None
    if about.orders_days is None and not about.orders_open:
        return Relief(None, ("US-SCRA-01",))
    kind = us_rights.OrderKind.STOP_MOVEMENT if about.stop_move else us_rights.OrderKind.RELOCATION
    orders = us_rights.MilitaryOrders(
        kind,
        None if about.orders_open else about.orders_days,
        can_use_service=about.usable_there is True,
        signed_after_move_order=about.stop_move,
    )
    frees: bool | None = us_rights.orders_end_contract(orders, ground.rules, ground.today)
    unsure = about.usable_there is None and not about.stop_move
    if frees and (unsure or orders_over(ground) is not None):
        frees = None
    return Relief(frees, ("US-SCRA-01", "US-SCRA-02", "US-SCRA-03"))


def _is_unpaid(ground: Ground) -> bool:
    """Instalments are still owed, so the handset stays locked (US-UNL-02)."""
    facts = ground.facts
    return facts.paid_off is None and bool(facts.instalments_left) and not facts.is_prepaid


def _after_change(change: Change, rules: Rules) -> FreeExit:
    """Only perhaps, by the industry's code (US-ETF-04)."""
    last = us_costs.change_exit_until(change.told, rules)
    return FreeExit(CostReason.FREE_EXIT, change.told, last, "US-ETF-04", is_certain=False, rise=change.rise)


def _trial(ground: Ground) -> tuple[date, date] | None:
    """A consumer's days of trial with a carrier that is believed to keep the industry code (US-ETF-03)."""
    facts = ground.facts
    started = facts.concluded or facts.since
    if started is None or facts.is_business or facts.is_unbound or not ground.is_mobile:
        return None
    if carrier_of(facts.carrier) is Carrier.OTHER:
        return None
    return started, us_costs.trial_until(started, ground.rules)


AMERICA = America()
