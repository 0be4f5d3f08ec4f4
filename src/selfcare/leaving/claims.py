"""Says what is owed for a late move, a missed visit, a late repair, a late start or a lost number, in any country."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from selfcare.domain.money import Money
from selfcare.domain.records import Struct, replace

from .countries import fr_money, fr_number, gb_claims, gb_disputes
from .reach import Who, is_right, rule_for
from .rules import Rules


class ClaimOf(StrEnum):
    """What went wrong."""

    LATE_PORT = "latePort"
    MISSED_VISIT = "missedVisit"
    LATE_REPAIR = "lateRepair"
    LATE_START = "lateStart"
    LOST_NUMBER = "lostNumber"


class Figure(StrEnum):
    """Whether there is an amount, and if not, why: it is claimed all the same."""

    KNOWN = "known"
    NO_SET_SUM = "noSetSum"
    """There is a duty, but no sum is set: the operator's own terms may name one."""
    NO_PRICE = "noPrice"
    """The sum hangs on a monthly price that is not known."""
    NOT_A_MEMBER = "notAMember"
    """The operator has not signed the code that sets the sum."""
    NO_RULE = "noRule"
    """We know of no rule for this here, or none that reaches this customer."""
    NOT_YET = "notYet"
    """It has not happened."""


class Trouble(Struct, frozen=True):
    """What went wrong, and when.

    `due` is the day it should have been: of the move, the visit, the start, or the day the number was lost. `done` is
    the day on which it was put right (for a visit, of the next one), None while it is not. A repair has its instants
    instead: `reported`, and `restored` where it is over; they know their zone. `hours_ahead` is how long before a
    visit was called off, None where nobody came.
    """

    of: ClaimOf
    due: date
    done: date | None = None
    reported: datetime | None = None
    restored: datetime | None = None
    hours_ahead: int | None = None

    @property
    def is_over(self) -> bool:
        """Nothing more is added to it."""
        if self.of is ClaimOf.LATE_REPAIR:
            return self.restored is not None
        return self.done is not None or self.of is ClaimOf.LOST_NUMBER


class Claimant(Struct, frozen=True):
    """Whose trouble it is: the monthly price with tax, the operator at fault by name ("" is not known).

    `published` is the operator's own sum for a day where no law sets one; `calendar` names the working days.
    `switched`: the line changes operator; without that nothing is owed in France for a visit (L224-42-1).
    `is_mobile`: the line is a mobile one, for whose move no rule of the United States sets a time (US-LNP-05).
    `is_simple`: a single line that moves by the short time there, several or a firm's have longer (US-LNP-01, 04).
    """

    who: Who = Who()
    monthly: Money | None = None
    provider: str = ""
    published: Money | None = None
    calendar: str = ""
    switched: bool = True
    is_mobile: bool = False
    is_simple: bool = True


class Owed(Struct, frozen=True):
    """What is owed. `amount` is None where there is no figure: then `figure` says why, and it is claimed all the same.

    `days` are counted from `first` to `last`; `each` is what one is worth. `is_least`: the law sets a minimum.
    `must_claim` is False where it is paid without asking, by `payable_by`; else that counts from the claim.
    `claim_until` is a careful last day, None where none is known; it is nowhere certain. `is_old_rate`: at the last
    rates that are known here, which have changed since. `by_code` is the sum of a code that the operator is not known
    to have signed: no right, but a measure.
    """

    of: ClaimOf
    is_owed: bool
    figure: Figure
    rule_id: str = ""
    amount: Money | None = None
    each: Money | None = None
    days: int = 0
    first: date | None = None
    last: date | None = None
    is_least: bool = False
    is_certain: bool = False
    must_claim: bool = True
    payable_by: date | None = None
    claim_until: date | None = None
    is_old_rate: bool = False
    by_code: Money | None = None

    def is_late(self, today: date) -> bool:
        """The day by which it is paid has passed (UK-AC-04 without asking, FR-CMP-04 after a claim): complain."""
        return self.payable_by is not None and today > self.payable_by


def owed(trouble: Trouble, claimant: Claimant, rules: Rules, now: datetime, claimed: date | None = None) -> Owed:
    """What is owed for a trouble by now (aware, in the operator's zone); `claimed` is when it was asked for.

    It never falls while the trouble lasts. ValueError for a repair without the instant of its report.
    """
    if trouble.of is ClaimOf.LATE_REPAIR and trouble.reported is None:
        raise ValueError("a repair needs the instant of its report")
    if trouble.of in _AT_ONCE and trouble.due > now.date() and trouble.hours_ahead is None:
        return Owed(trouble.of, False, Figure.NOT_YET)
    return _COUNTRIES.get(rules.country, _without_rule)(trouble, claimant, rules, now, claimed)


def _days_late(trouble: Trouble, now: datetime) -> int:
    if trouble.of is ClaimOf.LOST_NUMBER or (trouble.of is ClaimOf.MISSED_VISIT and trouble.done is None):
        return 0
    if trouble.of is ClaimOf.LATE_REPAIR:
        until = (trouble.restored or now).astimezone(now.tzinfo).date()
        return max((until - (trouble.reported or now).astimezone(now.tzinfo).date()).days, 0)
    return max(((trouble.done or now.date()) - trouble.due).days, 0)


def _without_rule(
    trouble: Trouble,
    claimant: Claimant,
    rules: Rules,
    now: datetime,
    claimed: date | None,
    why: Figure = Figure.NO_RULE,
) -> Owed:
    """No figure; the trouble is claimed all the same."""
    days = _days_late(trouble, now)
    return Owed(trouble.of, days > 0 or trouble.of in _AT_ONCE, why, days=days)


_AT_ONCE = frozenset({ClaimOf.MISSED_VISIT, ClaimOf.LOST_NUMBER})


def _british(trouble: Trouble, claimant: Claimant, rules: Rules, now: datetime, claimed: date | None) -> Owed:
    """The code's sums on landline and broadband (UK-AC-01 to 05); a duty without a sum for a switch (UK-SW-16)."""
    ended = trouble.restored.date() if trouble.restored is not None else trouble.done or trouble.due
    until = gb_disputes.keep_proof_until(ended, rules, claimant.calendar) if trouble.is_over else None
    if trouble.of in {ClaimOf.LATE_PORT, ClaimOf.LOST_NUMBER}:
        return _switch(trouble, claimant, rules, now, until)
    rule = rule_for(rules, _BRITISH[trouble.of], trouble.due, claimant.who)
    is_member = gb_claims.is_member(claimant.provider, rules, trouble.due)
    claim = _scheme(trouble, claimant, rules, now) if rule is not None else None
    if rule is None or (claimant.provider and not is_member):
        why = Figure.NO_RULE if rule is None else Figure.NOT_A_MEMBER
        found = _without_rule(trouble, claimant, rules, now, claimed, why)
        if claim is not None:
            found = replace(found, is_owed=claim.count > 0, by_code=claim.total, is_old_rate=claim.is_old_rate)
        return replace(found, claim_until=until if found.is_owed else None)
    if claim is None:
        return _without_rule(trouble, claimant, rules, now, claimed)
    return Owed(
        trouble.of,
        claim.count > 0,
        Figure.KNOWN,
        rule.id,
        claim.total,
        claim.each,
        claim.count,
        claim.first,
        claim.last,
        is_certain=claim.is_certain and is_member,
        must_claim=not is_member,
        payable_by=claim.due if is_member and (trouble.is_over or trouble.of is ClaimOf.MISSED_VISIT) else None,
        claim_until=until if claim.count else None,
        is_old_rate=claim.is_old_rate,
    )


_BRITISH = {
    ClaimOf.LATE_REPAIR: gb_claims.Fault.REPAIR.value,
    ClaimOf.MISSED_VISIT: gb_claims.Fault.VISIT.value,
    ClaimOf.LATE_START: gb_claims.Fault.START.value,
}


def _scheme(trouble: Trouble, claimant: Claimant, rules: Rules, now: datetime) -> gb_claims.Claim | None:
    if trouble.of is ClaimOf.LATE_REPAIR:
        return gb_claims.late_repair(trouble.reported or now, trouble.restored or now, rules, claimant.calendar)
    if trouble.of is ClaimOf.LATE_START:
        return gb_claims.late_start(trouble.due, trouble.done or now.date(), rules)
    return gb_claims.missed_visit(trouble.hours_ahead, trouble.due, rules)


def _switch(trouble: Trouble, claimant: Claimant, rules: Rules, now: datetime, until: date | None) -> Owed:
    rule = rules.get("UK-SW-16", now.date())
    if trouble.of is ClaimOf.LOST_NUMBER:
        certain = is_right(rule)
        return Owed(trouble.of, True, Figure.NO_SET_SUM, rule.id, is_certain=certain, claim_until=until)
    claim = gb_claims.late_switch(trouble.due, trouble.done or now.date(), rules, claimant.published)
    return Owed(
        trouble.of,
        claim.count > 0,
        Figure.NO_SET_SUM if claim.total is None else Figure.KNOWN,
        rule.id,
        claim.total,
        claim.each,
        claim.count,
        claim.first,
        claim.last,
        is_certain=is_right(rule),
        claim_until=until if claim.count else None,
    )


def _french(trouble: Trouble, claimant: Claimant, rules: Rules, now: datetime, claimed: date | None) -> Owed:
    """At least a fifth of the monthly price a day, or 24 of them for the number (FR-CMP-01 to 04, L224-42-1)."""
    name = _FRENCH.get(trouble.of, "") if claimant.switched else ""
    rule = rule_for(rules, name, trouble.due, claimant.who) if name else None
    if rule is None:
        return _without_rule(trouble, claimant, rules, now, claimed)
    days = _french_days(trouble, now)
    is_owed = days > 0 or trouble.of is ClaimOf.LOST_NUMBER
    first = trouble.due + timedelta(days=1) if days else None
    last = trouble.due + timedelta(days=days) if days else None
    amount, each = _french_amount(trouble, claimant.monthly, days, is_owed, rules)
    return Owed(
        trouble.of,
        is_owed,
        Figure.NO_PRICE if amount is None else Figure.KNOWN,
        rule.id,
        amount,
        each,
        days,
        first,
        last,
        is_least=True,
        is_certain=is_right(rule),
        payable_by=fr_number.paid_by(claimed, rules) if claimed is not None and is_owed else None,
        claim_until=fr_money.reclaim_until(trouble.done or trouble.due, rules) if trouble.is_over and is_owed else None,
    )


_FRENCH = {
    ClaimOf.LATE_PORT: "FR-CMP-01",
    ClaimOf.LOST_NUMBER: "FR-CMP-02",
    ClaimOf.MISSED_VISIT: "FR-CMP-03",
}


def _french_days(trouble: Trouble, now: datetime) -> int:
    """A visit that was missed runs on until the next one, as a late move does until the service works."""
    if trouble.of is ClaimOf.LOST_NUMBER:
        return 0
    return max(((trouble.done or now.date()) - trouble.due).days, 0)


def _french_amount(
    trouble: Trouble, monthly: Money | None, days: int, is_owed: bool, rules: Rules
) -> tuple[Money | None, Money | None]:
    if monthly is None:
        return None, None
    if not is_owed:
        return Money(Decimal("0.00"), monthly.unit), None
    if trouble.of is ClaimOf.LOST_NUMBER:
        return fr_number.lost_number(monthly, trouble.due, rules).least, None
    count = fr_number.late_port if trouble.of is ClaimOf.LATE_PORT else fr_number.missed_visit
    least, each = (count(monthly, trouble.due, trouble.due + timedelta(days=n), rules).least for n in (days, 1))
    return least, each


def _american(trouble: Trouble, claimant: Claimant, rules: Rules, now: datetime, claimed: date | None) -> Owed:
    """No sum anywhere in federal law; a late move of a landline breaks US-LNP-01 or 04, of a mobile number no rule."""
    found = _without_rule(trouble, claimant, rules, now, claimed)
    if trouble.of is not ClaimOf.LATE_PORT:
        return found
    if claimant.is_mobile:
        return replace(found, rule_id="US-LNP-05")
    rule = rules.get("US-LNP-01" if claimant.is_simple else "US-LNP-04", now.date())
    return Owed(trouble.of, found.is_owed, Figure.NO_SET_SUM, rule.id, days=found.days, is_certain=is_right(rule))


_Count = Callable[[Trouble, Claimant, Rules, datetime, date | None], Owed]
_COUNTRIES: dict[str, _Count] = {"GB": _british, "FR": _french, "US": _american}
