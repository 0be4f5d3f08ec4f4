"""France: what leaving early costs, which fees are owed, what comes back, and until when money can be argued about."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from selfcare.domain.money import Money
from selfcare.domain.records import Struct
from selfcare.domain.workdays import after_months
from selfcare.leaving.prices import Prices, PriceStep
from selfcare.leaving.rules import Rules

_TWELFTH = 12
_HUNDRED = Decimal(100)


class Commitment(Struct, frozen=True):
    """What binds a customer. `concluded` is when the clause was accepted: with the contract, or with its last change.

    `monthly` includes tax; `has_handset` says that a subsidised handset came with it, None where that is not known.
    `steps` are changes of the price that are still to come.
    """

    concluded: date
    ends: date
    monthly: Money
    has_handset: bool | None = None
    steps: tuple[PriceStep, ...] = ()


class EarlyCharge(Struct, frozen=True):
    """What may be asked for leaving early: at most `high`; between the two where there are several readings."""

    low: Money
    high: Money
    rule_ids: tuple[str, ...]

    @property
    def is_range(self) -> bool:
        """The amount is only known to lie between two figures."""
        return self.low != self.high


def early_charge(commitment: Commitment, day: date, rules: Rules) -> EarlyCharge:
    """The charge for a contract that ends on a day (FR-DUR-02 to FR-DUR-05, L224-28 II C. conso.).

    After the twelfth month nothing of the unexpired part, or at most 20 per cent of it with a subsidised handset, or
    a quarter for a contract of before 2023. Sooner, from the operators' custom (the instalments to month 12 and that
    part of the rest) to all that is left. Months begun count by their days; half up to the cent, never negative. A
    change of the price counts from its day on; before that in one of the two figures only.
    """
    unit, prices = commitment.monthly.unit, Prices(commitment.monthly, commitment.steps)
    if day >= commitment.ends:
        nothing = Money(Decimal("0.00"), unit)
        return EarlyCharge(nothing, nothing, ("FR-NOT-03",))
    least, most = (amount.value for amount in prices.left(day, commitment.ends))
    twelfth = twelfth_month_ends(commitment)
    if commitment.ends <= twelfth:
        return _charge(least, most, unit, "FR-DUR-05")
    low, high, names = _parts(commitment.concluded, commitment.has_handset, rules)
    if day >= twelfth:
        return _charge(least * low, most * high, unit, *names)
    first_year = prices.left(day, twelfth)[0].value
    return _charge(first_year + (least - first_year) * low, most, unit, "FR-DUR-05", *names)


def _charge(low: Decimal, high: Decimal, unit: str, *rule_ids: str) -> EarlyCharge:
    return EarlyCharge(Money(low, unit).rounded(), Money(high, unit).rounded(), rule_ids)


def _parts(on: date, has_handset: bool | None, rules: Rules) -> tuple[Decimal, Decimal, tuple[str, ...]]:
    """Which part of the rest may be asked for by a clause of a day: the least, the most, and by which rules."""
    if rules.find("FR-DUR-02", on) is None:
        names: tuple[str, ...] = ("FR-DUR-04",)
    elif has_handset is None:
        names = ("FR-DUR-02", "FR-DUR-03")
    else:
        names = ("FR-DUR-03",) if has_handset else ("FR-DUR-02",)
    parts = [rules.get(name, on).number / _HUNDRED for name in names]
    return min(parts), max(parts), names


def free_from(concluded: date, ends: date, rules: Rules, *, has_handset: bool | None) -> date | None:
    """From which day on nothing is owed, whatever a month costs: after the twelfth, without a handset (FR-DUR-02).

    None where something is owed until the commitment ends, or may be.
    """
    twelfth = after_months(concluded, _TWELFTH)
    return twelfth if twelfth < ends and not _parts(concluded, has_handset, rules)[1] else None


def twelfth_month_ends(commitment: Commitment) -> date:
    """From which day on a longer commitment can be left by the rules of after month 12 (L224-28 II C. conso.)."""
    return after_months(commitment.concluded, _TWELFTH)


def usual_reasons(on: date, rules: Rules) -> tuple[str, ...]:
    """The reasons that contracts usually list as legitimate (FR-LEG-01), for a checklist."""
    return tuple(str(rules.get("FR-LEG-01", on).value).split())


class FeeCheck(StrEnum):
    """What can be said of a closing fee."""

    NOT_IN_CONTRACT = "notInContract"
    ABOVE_COST = "aboveCost"
    JUSTIFIED = "justified"
    READ_CONTRACT = "readContract"
    ASK_FOR_COST = "askForCost"


def check_closing_fee(asked: Money, in_contract: bool | None, cost: Money | None) -> FeeCheck:
    """Is a closing fee owed (FR-FEE-01, C. conso. as of 2016; today's article is not verified, so uncertain)?

    Only if the contract states it and it is no more than the `cost` that the operator shows; None is "not known".
    """
    if in_contract is None:
        return FeeCheck.READ_CONTRACT
    if not in_contract:
        return FeeCheck.NOT_IN_CONTRACT
    if cost is None:
        return FeeCheck.ASK_FOR_COST
    return FeeCheck.ABOVE_COST if asked > cost else FeeCheck.JUSTIFIED


def usual_closing_fee(operator: str, on: date, rules: Rules) -> tuple[Money, Money]:
    """From what to what a box's closing fee usually is (FR-FEE-02): one figure for an operator of the table."""
    entries = (entry.rsplit(None, 1) for entry in str(rules.get("FR-FEE-02", on).value).split(";"))
    table = {name.strip().casefold(): Money(Decimal(fee), "EUR") for name, fee in entries}
    known = [table[word] for word in operator.casefold().split() if word in table]
    return min(known or table.values()), max(known or table.values())


def return_until(ended: date, rules: Rules, stated_days: int | None = None) -> date:
    """By when the box goes back (FR-EQP-01): by the operator's own time in days, else the usual one."""
    return ended + timedelta(days=rules.get("FR-EQP-01", ended).number if stated_days is None else stated_days)


def refund_due(last_bill_paid: date, rules: Rules) -> date:
    """By when advances and overpayments come back after the last bill was paid (FR-EQP-02, L224-35 C. conso.)."""
    return last_bill_paid + timedelta(days=rules.get("FR-EQP-02", last_bill_paid).number)


def deposit_due(returned: date, rules: Rules) -> date:
    """By when a deposit comes back after its item was returned (FR-EQP-02, L224-35 C. conso.)."""
    return returned + timedelta(days=rules.get("FR-EQP-02", returned).number)


def reclaim_until(paid: date, rules: Rules) -> date:
    """The last day to claim back what was wrongly paid on a day (FR-PRS-01, L34-2 CPCE)."""
    return after_months(paid, 12 * rules.get("FR-PRS-01", paid).number)


def operator_claims_until(due: date, rules: Rules) -> date:
    """The last day on which the operator can claim what fell due on a day (FR-PRS-01, L34-2 CPCE)."""
    return after_months(due, 12 * rules.get("FR-PRS-01", due).number)


def debit_back_until(debited: date, rules: Rules) -> date:
    """The last day to have an authorised direct debit paid back without a reason (FR-SEPA-01)."""
    return debited + timedelta(days=rules.get("FR-SEPA-01", debited).number)


def unauthorised_debit_until(debited: date, rules: Rules) -> date:
    """The last day to contest a direct debit that was not authorised (FR-SEPA-02)."""
    return after_months(debited, rules.get("FR-SEPA-02", debited).number)


def revoke_by(due: date, rules: Rules) -> date:
    """The last day to revoke a mandate before a debit (FR-SEPA-03). The debt stays."""
    return due - timedelta(days=rules.get("FR-SEPA-03", due).number)


class FirmSize(StrEnum):
    """The size of a firm: a PME is SMALL, an entreprise de taille intermédiaire MID_SIZE."""

    LARGE = "large"
    MID_SIZE = "midSize"
    SMALL = "small"
    MICRO = "micro"


class InvoiceDuties(Struct, frozen=True):
    """Whether a firm registered for VAT must take and issue electronic invoices among firms, and from when."""

    must_receive: bool
    must_issue: bool
    receives_from: date
    issues_from: date


def invoice_duties(size: FirmSize, on: date, rules: Rules) -> InvoiceDuties:
    """The duties of a firm on a day (FR-EIN-01 for all, FR-EIN-02 for the smaller ones); a consumer has none."""
    receives, smaller = rules.get("FR-EIN-01", on).value, rules.get("FR-EIN-02", on).value
    issues = smaller if size in {FirmSize.SMALL, FirmSize.MICRO} else receives
    if not isinstance(receives, date) or not isinstance(issues, date):
        raise ValueError("the rules of electronic invoices name no day")
    return InvoiceDuties(on >= receives, on >= issues, receives, issues)
