"""The whole way out in order, each step with its day: what to do while still a customer, and what comes after."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from selfcare.domain.lines import Access, SimLock
from selfcare.domain.records import Struct

from .countries import gb
from .facts import LeavingFacts
from .quote import Quote, quote_for
from .rules import Rules
from .workdays import after_hours, after_working_days, before_working_days, is_working_day, same_or_next_working_day

USUAL_UNLOCK_HOURS = 48
"""Used where the operator states no time of its own; said to be a guess wherever it is shown."""

FINAL_BILL_DAYS = 14
"""After so many days a final bill is expected where the operator states no next bill day; a guess, not a rule."""

LATEST_AHEAD = timedelta(days=730)


class Route(StrEnum):
    """The ways out."""

    PORT = "port"
    STAC = "stac"
    NOTICE = "notice"
    FIXED_SWITCH = "fixedSwitch"
    UNGUIDED = "unguided"
    """We do not guide through this country or kind of line yet."""


class StepKind(StrEnum):
    """The steps of a way out."""

    UNLOCK_ASK = "unlockAsk"
    SAVE = "save"
    UNLOCKED = "unlocked"
    CODE = "code"
    HAND_OVER = "handOver"
    NOTICE = "notice"
    CUT = "cut"
    FINAL_BILL = "finalBill"
    DOOR = "door"


class StepState(StrEnum):
    """Where a step stands."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    LATE = "late"


class Caution(StrEnum):
    """What the customer is warned of before going on."""

    SHOULD_NOT_BE_LOCKED = "shouldNotBeLocked"
    LOCK_NOT_STATED = "lockNotStated"
    UNLOCK_LATE = "unlockLate"
    UNLOCK_REFUSED = "unlockRefused"
    CODE_DEAD = "codeDead"
    CODE_DIES_FIRST = "codeDiesFirst"
    CODE_DATE_DIFFERS = "codeDateDiffers"
    MANY_NUMBERS = "manyNumbers"
    NOTICE_IS_LONG = "noticeIsLong"
    LOCAL_HOLIDAY = "localHoliday"


class Choices(Struct, frozen=True):
    """What the customer has decided and done so far. `nation` names the working-day calendar, "" is the country's."""

    keep_number: bool = True
    plain_notice: bool = False
    accept_locked: bool = False
    saved: bool = False
    day: date | None = None
    handed_over: date | None = None
    nation: str = ""


class Step(Struct, frozen=True):
    """One step: on `day`, by the instant `moment` or the local hour `hour`, at the latest on `last`."""

    kind: StepKind
    day: date
    state: StepState
    moment: datetime | None = None
    hour: time | None = None
    last: date | None = None
    rule_ids: tuple[str, ...] = ()
    is_guess: bool = False


class Way(Struct, frozen=True):
    """The whole way. `cut` is the day the line dies, between `earliest` and `latest`.

    `code_from` is the first moment at which the code may be asked for without a locked handset in the way.
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
    code_dates: gb.CodeDates | None
    cautions: tuple[Caution, ...]

    def step(self, kind: StepKind) -> Step | None:
        """The step of a kind, if this way has one."""
        return next((s for s in self.steps if s.kind is kind), None)


def route_of(facts: LeavingFacts, choices: Choices) -> Route:
    """Which way out a line has."""
    if facts.country != "GB":
        return Route.UNGUIDED
    if facts.access is not Access.MOBILE:
        return Route.NOTICE if facts.is_business or choices.plain_notice else Route.FIXED_SWITCH
    if choices.keep_number:
        return Route.PORT
    return Route.NOTICE if choices.plain_notice else Route.STAC


def scheme_of(route: Route) -> str:
    """The code of a way out; empty where it needs none."""
    return {Route.PORT: "PAC", Route.STAC: "STAC"}.get(route, "")


def plan(
    facts: LeavingFacts, rules: Rules, today: date, now: datetime, currency: str, choices: Choices | None = None
) -> Way:
    """Plan the way out of one line. Deterministic: the same facts, choices and moment give the same way."""
    chosen = choices or Choices()
    zone = ZoneInfo(facts.zone)
    route = route_of(facts, chosen)
    calendar = chosen.nation or (rules.calendar if route is not Route.UNGUIDED else "GB-ENG")
    due, guess = _unlock_due(facts, now)
    blocked = facts.is_locked and not chosen.accept_locked
    code_from = max(now, due) if blocked and due is not None else now
    life = _code_life(facts, rules, scheme_of(route))
    usable = facts.code_of(scheme_of(route)) is not None and (life is None or today <= life.use_by)
    earliest = _earliest(facts, rules, route, today, code_from.astimezone(zone), calendar, usable=usable)
    latest = today + LATEST_AHEAD
    switch = route in {Route.PORT, Route.STAC}
    if chosen.day is not None:
        cut = min(max(chosen.day, earliest), latest)
    elif switch:
        cut = after_working_days(earliest, 2 if blocked else 1, calendar)
    else:
        cut = earliest
    if facts.line_ended is not None:
        cut = facts.line_ended
    elif switch:
        cut = same_or_next_working_day(cut, calendar)
    builder = _Steps(facts, rules, chosen, route, today, now, zone, calendar, cut, code_from, due, guess, life)
    steps = () if route is Route.UNGUIDED else builder.all()
    told = next((s.day for s in steps if s.kind in {StepKind.CODE, StepKind.NOTICE}), today)
    quote = quote_for(facts, rules, cut, currency=currency, switches=route is not Route.NOTICE, told_by=told)
    cautions = _cautions(facts, rules, route, today, now, due, life, steps)
    return Way(route, steps, quote, earliest, latest, cut, code_from, due, guess, life, cautions)


def _unlock_due(facts: LeavingFacts, now: datetime) -> tuple[datetime | None, bool]:
    if not facts.is_locked:
        return None, False
    hours = facts.unlock_hours
    asked = facts.unlock.at if facts.unlock is not None and not facts.unlock.refused else now
    return after_hours(asked, USUAL_UNLOCK_HOURS if hours is None else hours), hours is None


def _code_life(facts: LeavingFacts, rules: Rules, scheme: str) -> gb.CodeDates | None:
    code = facts.code_of(scheme)
    if code is None:
        return None
    if facts.code_issued is not None:
        return gb.code_dates(facts.code_issued, rules, code.expires)
    return gb.CodeDates(code.expires, code.expires) if code.expires is not None else None


def _earliest(
    facts: LeavingFacts, rules: Rules, route: Route, today: date, ready: datetime, calendar: str, *, usable: bool
) -> date:
    if route is Route.NOTICE:
        if facts.notice_given is not None and facts.notice_given.ends is not None:
            return facts.notice_given.ends
        return max(gb.notice_ends(today, rules, facts.notice), ready.date())
    if route in {Route.UNGUIDED, Route.FIXED_SWITCH}:
        return after_working_days(today, 1, calendar)
    if not usable and facts.is_business:
        ready = gb.code_due(ready, rules, is_business=True, by_phone=False, calendar=calendar)
    return gb.port_day(ready, rules, calendar).likely


def _cautions(
    facts: LeavingFacts,
    rules: Rules,
    route: Route,
    today: date,
    now: datetime,
    due: datetime | None,
    life: gb.CodeDates | None,
    steps: tuple[Step, ...],
) -> tuple[Caution, ...]:
    if route is Route.UNGUIDED:
        return ()
    found: list[Caution] = []
    unlock = facts.unlock
    if facts.is_locked and gb.must_be_unlocked(facts.handset_bought, rules) and not facts.is_business:
        found.append(Caution.SHOULD_NOT_BE_LOCKED)
    if facts.has_handset and facts.lock is SimLock.NOT_STATED:
        found.append(Caution.LOCK_NOT_STATED)
    if facts.is_locked and unlock is not None and unlock.refused:
        found.append(Caution.UNLOCK_REFUSED)
    elif facts.is_locked and unlock is not None and due is not None and now > due:
        found.append(Caution.UNLOCK_LATE)
    over = next((s for s in steps if s.kind is StepKind.HAND_OVER), None)
    if life is not None and today > life.dead_after:
        found.append(Caution.CODE_DEAD)
    elif life is not None and over is not None and over.state is not StepState.DONE and over.day > life.use_by:
        found.append(Caution.CODE_DIES_FIRST)
    if life is not None and life.differs:
        found.append(Caution.CODE_DATE_DIFFERS)
    if route in {Route.PORT, Route.STAC} and gb.code_route(facts.numbers, rules, today) is gb.CodeRoute.BULK:
        found.append(Caution.MANY_NUMBERS)
    cut = next((s.day for s in steps if s.kind is StepKind.CUT), today)
    if route in {Route.PORT, Route.STAC} and not all(is_working_day(cut, c) for c in ("GB-SCT", "GB-NIR")):
        found.append(Caution.LOCAL_HOLIDAY)
    if route is Route.NOTICE and gb.notice_is_long(today, rules, facts.notice):
        found.append(Caution.NOTICE_IS_LONG)
    return tuple(found)


class _Steps(Struct, frozen=True):
    """Everything that the single steps are written from."""

    facts: LeavingFacts
    rules: Rules
    choices: Choices
    route: Route
    today: date
    now: datetime
    zone: ZoneInfo
    calendar: str
    cut: date
    code_from: datetime
    unlock_due: datetime | None
    unlock_is_guess: bool
    life: gb.CodeDates | None

    def all(self) -> tuple[Step, ...]:
        """The steps in order of their days."""
        steps = [*self._unlock(), self._save(), *self._unlocked()]
        if self.route in {Route.PORT, Route.STAC}:
            over = self._hand_over()
            steps += [self._code(over.day), over]
        elif self.route is Route.FIXED_SWITCH:
            steps.append(self._hand_over())
        else:
            steps.append(self._notice())
        return tuple(sorted((*steps, self._cut(), self._final_bill(), self._door()), key=lambda s: s.day))

    def _unlock(self) -> list[Step]:
        facts = self.facts
        asked = facts.unlock is not None and not facts.unlock.refused
        needed = facts.is_locked and not self.choices.accept_locked
        if not needed and not (asked and facts.has_handset):
            return []
        day = facts.unlock.at.astimezone(self.zone).date() if facts.unlock is not None and asked else self.today
        done = asked or not facts.is_locked
        return [Step(StepKind.UNLOCK_ASK, day, _state(done), rule_ids=("UK-LOCK-02", "UK-LOCK-01"))]

    def _unlocked(self) -> list[Step]:
        facts = self.facts
        asked = facts.unlock is not None and not facts.unlock.refused
        if facts.is_locked and self.choices.accept_locked and not asked:
            return []
        if facts.is_locked and self.unlock_due is not None:
            late = asked and self.now > self.unlock_due
            return [
                Step(
                    StepKind.UNLOCKED,
                    self.unlock_due.astimezone(self.zone).date(),
                    StepState.LATE if late else StepState.LATER,
                    moment=self.unlock_due,
                    rule_ids=("UK-LOCK-02",),
                    is_guess=self.unlock_is_guess,
                )
            ]
        if facts.unlock is not None and facts.lock is SimLock.UNLOCKED:
            finished = facts.unlock.finished or facts.unlock.at
            return [Step(StepKind.UNLOCKED, finished.astimezone(self.zone).date(), StepState.DONE)]
        return []

    def _save(self) -> Step:
        return Step(StepKind.SAVE, self.today, _state(self.choices.saved))

    def _code(self, over: date) -> Step:
        here = self.facts.code_of(scheme_of(self.route)) is not None
        if here and (self.life is None or self.today <= self.life.dead_after):
            day = self.facts.code_issued or self.today
            last = self.life.use_by if self.life is not None else None
            return Step(StepKind.CODE, day, StepState.DONE, last=last, rule_ids=("UK-SW-09",))
        ready = self.code_from.astimezone(self.zone).date()
        day = min(over, max(ready, before_working_days(over, 1, self.calendar)))
        asked = self.facts.asked_code(scheme_of(self.route))
        late = False
        if asked is not None and asked.sent and not asked.done and not asked.refused:
            by = gb.code_due(asked.at, self.rules, is_business=self.facts.is_business, by_phone=True)
            late = self.now > by
        state = StepState.LATE if late else StepState.NOW if day <= self.today else StepState.LATER
        until = gb.code_dates(day, self.rules).use_by
        return Step(StepKind.CODE, day, state, last=until, rule_ids=("UK-SW-04", "UK-SW-09", "UK-SW-10"))

    def _hand_over(self) -> Step:
        if self.choices.handed_over is not None:
            return Step(StepKind.HAND_OVER, self.choices.handed_over, StepState.DONE, rule_ids=("UK-SW-11",))
        day = max(gb.last_hand_over(self.cut, self.rules, self.calendar), self.today)
        rules = ("UK-OTS-01",) if self.route is Route.FIXED_SWITCH else ("UK-SW-11", "UK-SW-12", "UK-DD-02")
        return Step(StepKind.HAND_OVER, day, StepState.NOW if day == self.today else StepState.LATER, rule_ids=rules)

    def _notice(self) -> Step:
        given = self.facts.notice_given
        if given is not None and not given.refused:
            return Step(StepKind.NOTICE, given.at.astimezone(self.zone).date(), StepState.DONE, rule_ids=("UK-CTR-09",))
        return Step(StepKind.NOTICE, self.today, StepState.NOW, rule_ids=("UK-CTR-09", "UK-CTR-08"))

    def _cut(self) -> Step:
        ended = self.facts.line_ended
        switch = self.route in {Route.PORT, Route.STAC}
        hour = gb.port_day(self.now.astimezone(self.zone), self.rules, self.calendar).hour if switch else None
        state = StepState.DONE if ended is not None else StepState.LATE if self.today > self.cut else StepState.LATER
        rules = ("UK-SW-11", "UK-SW-12", "UK-CAL-01") if switch else ("UK-CTR-09",)
        return Step(StepKind.CUT, ended or self.cut, state, hour=hour, rule_ids=rules, is_guess=switch)

    def _final_bill(self) -> Step:
        stated = self.facts.next_bill
        guess = stated is None or stated <= self.cut
        day = self.cut + timedelta(days=FINAL_BILL_DAYS) if stated is None or guess else stated
        return Step(StepKind.FINAL_BILL, day, StepState.LATER, rule_ids=("UK-SW-13",), is_guess=guess)

    def _door(self) -> Step:
        last = gb.rescue_until(self.facts.line_ended or self.cut, self.rules)
        return Step(StepKind.DOOR, last, StepState.LATER, last=last, rule_ids=("UK-SW-14",))


def _state(done: bool) -> StepState:
    return StepState.DONE if done else StepState.NOW
