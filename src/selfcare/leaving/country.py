"""The one door to a country: what its rules say of the ways out, the days, the cost and the duties of an operator.

Every answer is a fact with its rule; None is "not known", and two amounts are a range. A country never looks at a
clock: it is asked with a `Ground`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from selfcare.domain.lines import Access, PortingCode
from selfcare.domain.money import Money
from selfcare.domain.records import Sealed, Struct

from .caution import Caution as Caution
from .choices import Choices, Reason, Route
from .facts import LeavingFacts, Rise
from .rules import Rules


class Ground(Sealed, frozen=True):
    """What a country is asked with: the facts, its rules, what was decided, and the moment."""

    facts: LeavingFacts
    rules: Rules
    choices: Choices
    today: date
    now: datetime
    currency: str

    @property
    def zone(self) -> ZoneInfo:
        """The operator's time zone."""
        return ZoneInfo(self.facts.zone)

    @property
    def is_mobile(self) -> bool:
        """The line is a mobile one."""
        return self.facts.access is Access.MOBILE

    @property
    def nothing(self) -> Money:
        """No money, in the operator's currency."""
        return Money(Decimal("0.00"), self.currency)

    @property
    def notice(self) -> tuple[int, str] | None:
        """The contract's notice, stated by the operator or else read by the customer."""
        return self.facts.notice or self.choices.notice

    @property
    def told(self) -> date:
        """The day on which the operator received a notice, or today where none has been given."""
        given = self.facts.notice_given
        received = self.facts.notice_received
        if received is not None:
            return received
        return given.at.astimezone(self.zone).date() if given is not None and not given.refused else self.today

    @property
    def has_withdrawn(self) -> bool:
        """A withdrawal is with the operator: it stays one after the days of reflection."""
        given = self.facts.notice_given
        return self.choices.withdraw and given is not None and not given.refused


class StepKind(StrEnum):
    """The steps of a way out."""

    PAY_OFF = "payOff"
    """A handset in instalments that is unlocked only once they are paid."""
    UNLOCK_ASK = "unlockAsk"
    SAVE = "save"
    UNLOCKED = "unlocked"
    CODE = "code"
    HAND_OVER = "handOver"
    CERTIFICATE = "certificate"
    """The proof of a special reason goes to the operator, once; or the letter that names an announced change."""
    NOTICE = "notice"
    CUT = "cut"
    RETURN = "return"
    FINAL_BILL = "finalBill"
    DOOR = "door"
    BANK = "bank"
    """Not a step with a day: what is to be known about direct debits on the way."""


class CostReason(StrEnum):
    """Why a line of the quote is what it is."""

    COMMITMENT_OVER = "commitmentOver"
    COMMITMENT_LEFT = "commitmentLeft"
    COMMITMENT_NOT_STATED = "commitmentNotStated"
    PRICE_NOT_STATED = "priceNotStated"
    FIRST_YEAR = "firstYear"
    AFTER_FIRST_YEAR = "afterFirstYear"
    BY_CONTRACT = "byContract"
    EARLY_FEE = "earlyFee"
    EARLY_FEE_NOT_STATED = "earlyFeeNotStated"
    FREE_EXIT = "freeExit"
    RELIEF = "relief"
    WITHDRAWAL = "withdrawal"
    NO_NOTICE_RENT = "noNoticeRent"
    RENT_UNTIL_THEN = "rentUntilThen"
    PORT_IS_FREE = "portIsFree"
    RENT_BACK = "rentBack"
    RENT_NOT_BACK = "rentNotBack"
    CLOSING_FEE = "closingFee"
    DEVICE = "device"
    INSTALMENTS_LEFT = "instalmentsLeft"
    """What is left of the handset where no rule says when it is due: told, never counted as a cost of leaving."""
    CREDITS_LOST = "creditsLost"
    NO_COMMITMENT = "noCommitment"
    """A prepaid card binds to nothing."""
    CREDIT_LEFT = "creditLeft"
    """What is still on a prepaid card; no rule of ours brings it back."""

    @property
    def is_owed(self) -> bool:
        """Counts for the total besides the charge itself."""
        return self in {CostReason.CLOSING_FEE, CostReason.DEVICE}


class FreeExit(Struct, frozen=True):
    """Days on which one may leave without the charge, `last` None for ever after; uncertain ones are only advice.

    `rise` is that of an announced change, where its amount is known.
    """

    reason: CostReason
    first: date
    last: date | None
    rule_id: str
    is_certain: bool = True
    rise: Rise | None = None


class CostLine(Struct, frozen=True):
    """One line: from `low` to `high` (the same where there is one reading); None is "cannot be computed".

    `rule_id` is the rule that decides, `also` are those that it rests on. `change` is the announced change by which the
    charge is free, or may be, also where a special reason may free besides.
    """

    reason: CostReason
    low: Money | None
    high: Money | None
    rule_id: str
    until: date | None = None
    also: tuple[str, ...] = ()
    change: FreeExit | None = None


class Departure(Struct, frozen=True):
    """When a line can end by one route: not before `earliest`, safely on `planned`. `is_guess`: no promise of anybody.

    `until` is the last day on which the route is open, None where it stays open. `needs_notice`: the contract's own
    notice has to be known before any day can be said. `is_named_later`: the new operator names the day, or both agree
    on it, and no rule does; the days here only serve to plan. `any_day`: nothing waits for a working day.
    """

    route: Route
    earliest: date
    planned: date
    rule_ids: tuple[str, ...]
    is_guess: bool = False
    until: date | None = None
    needs_notice: bool = False
    is_named_later: bool = False
    any_day: bool = False

    @property
    def skips_holidays(self) -> bool:
        """It is possible on working days only; a day that others name is theirs to choose."""
        return self.route.is_move and not self.any_day and not self.is_named_later


class Move(Struct, frozen=True):
    """How a line that ends on a day is brought there: the order by `hand_over`, the code not before `code_from`.

    `code_until` is how long a code of that day would live; `hour` is the usual local hour of the cut, None if unknown.
    """

    hand_over: date
    code_from: date
    code_until: date | None = None
    hour: time | None = None


class CodeLife(Struct, frozen=True):
    """A code is safe until `use_by` and dead after `dead_after`; `differs`: the operator states another last day.

    `ours` is the last day by the rule, or by the carrier's known custom, where the operator's own is shown (CV-9: both
    are).
    """

    use_by: date
    dead_after: date
    differs: bool = False
    ours: date | None = None


class Unlock(Struct, frozen=True):
    """A locked handset: by when it should be unlocked (None: not known), and from which day that is free.

    `rule_id` is the rule by which it waits longer than an answer to the request takes, "" where none does.
    `after_paying`: instalments are owed, and the day counts as if they were paid today.
    """

    due: datetime | None
    is_guess: bool = False
    free_from: date | None = None
    rule_id: str = ""
    after_paying: bool = False


class DutyState(StrEnum):
    """Whether the operator did what it has to do. NOT_SEEN: the time is over and nothing is known of it here."""

    AHEAD = "ahead"
    KEPT = "kept"
    MISSED = "missed"
    NOT_SEEN = "notSeen"


class DutyKind(StrEnum):
    """What the operator has to announce."""

    END = "end"
    CHANGE = "change"
    BEST_PRICES = "bestPrices"
    """The best prices, every year anew; `first` and `last` bound the year that is judged."""
    SUMMARY = "summary"
    """The contract on one page, before the customer was bound; `last` is the day of the contract."""
    RENEWAL = "renewal"
    """That the contract renews itself, before the last day to refuse it."""


class Duty(Struct, frozen=True):
    """Something the operator has to announce between two days; `first` None: any day before."""

    kind: DutyKind
    first: date | None
    last: date
    state: DutyState
    rule_id: str


def announced(
    told: date | None, window: tuple[date, date], today: date, early: DutyState = DutyState.MISSED
) -> DutyState:
    """Whether something was announced between two days. What was told before them leaves it still to come.

    `early` is what that is once the days are over.
    """
    first, last = window
    if told is None or (told < first and today <= last):
        return DutyState.NOT_SEEN if today > last else DutyState.AHEAD
    if told < first:
        return early
    return DutyState.KEPT if told <= last else DutyState.MISSED


def yearly_duty(began: date, due: Callable[[date], date], today: date, rule_id: str) -> Duty:
    """Something to be said every year since a day: the last whole year is over and nothing is known of it here, or the
    first is still running. `due` gives the day by which it has to be said again."""
    first, last = began, due(began)
    if last > today:
        return Duty(DutyKind.BEST_PRICES, first, last, DutyState.AHEAD, rule_id)
    while (following := due(last)) <= today:
        first, last = last, following
    return Duty(DutyKind.BEST_PRICES, first, last, DutyState.NOT_SEEN, rule_id)


class Relief(Struct, frozen=True):
    """What a special reason does to the charge: `frees` None is "the contract decides"."""

    frees: bool | None
    rule_ids: tuple[str, ...]


class Country(Protocol):
    """One country's rules. `route` and `scheme` need no rules; everything else is asked with a ground."""

    def route(self, facts: LeavingFacts, choices: Choices) -> Route:
        """Which way out is chosen."""

    def scheme(self, facts: LeavingFacts, route: Route) -> str:
        """The name of the code of a way out, "" where it needs none."""

    def calendar(self, ground: Ground) -> str:
        """The name of the working-day calendar, "" where the country has none here."""

    def departures(self, ground: Ground, ready: datetime, *, usable: bool) -> tuple[Departure, ...]:
        """Every route that the line has, from the moment on which nothing stands in the way; `usable`: a code is here.

        The first one is taken where the chosen route is closed.
        """

    def move(self, ground: Ground, route: Route, cut: date, ready: date) -> Move:
        """By when everything is done for a line to move on a day."""

    def cut_off(self, ground: Ground, route: Route) -> time | None:
        """Until which hour of a working day an order counts for that day; None where no hour matters."""

    def code_life(self, ground: Ground, code: PortingCode) -> CodeLife | None:
        """How long a code that is here lives, None where it does not expire or nobody says."""

    def code_due(self, ground: Ground, asked: datetime) -> datetime | None:
        """By when a code asked for has to be here, None where no rule says."""

    def unlock(self, ground: Ground, asked: datetime) -> Unlock:
        """When a locked handset is unlocked, asked for at a moment."""

    def charge(self, ground: Ground, day: date) -> CostLine:
        """What may be asked for ending a commitment on a day, before any reason to leave free."""

    def lines(self, ground: Ground, route: Route, day: date) -> tuple[CostLine, ...]:
        """The other lines of the cost."""

    def exits(self, ground: Ground) -> tuple[FreeExit, ...]:
        """On which days one may leave free."""

    def duties(self, ground: Ground) -> tuple[Duty, ...]:
        """What the operator has to announce, and whether it did."""

    def relief(self, ground: Ground) -> Relief | None:
        """What the special reason does, None where the country has no rule for it or there is no reason."""

    def cautions(self, ground: Ground, route: Route, cut: date) -> tuple[Caution, ...]:
        """What only this country warns of."""

    def rescue(self, ground: Ground, ended: date) -> date | None:
        """Until when the number can be moved after the end, None where no rule says."""

    def reasons(self, facts: LeavingFacts) -> tuple[Reason, ...]:
        """Which special reasons lead to something of their own here."""

    def separation(self, ground: Ground) -> date | None:
        """By when a survivor's line is taken out of a shared account, None where no rule says."""

    def turns(self, ground: Ground) -> tuple[date, ...]:
        """The days on which the charge jumps, for a picture."""

    def rule_ids(self, ground: Ground, kind: StepKind, route: Route) -> tuple[str, ...]:
        """The rules behind a step."""
