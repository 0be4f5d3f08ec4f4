"""Notices money taken after the end of a line, and says by which right and until when it can be had back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from selfcare.domain.bills import Bill
from selfcare.domain.money import Money
from selfcare.domain.payments import Payment, PaymentState
from selfcare.domain.records import Struct, replace

from .countries import fr_money, us_costs
from .final_bill import FinalBill
from .final_findings import is_worth_saying
from .reach import Who, is_right, rule_for
from .rules import Rules


class Means(StrEnum):
    """How money was taken, as far as the operator's word tells."""

    DEBIT = "debit"
    CARD = "card"
    UNKNOWN = "unknown"


class DebitWhy(StrEnum):
    """Why a debit after the end is noticed."""

    MANDATE_ENDED = "mandateEnded"
    NO_BILL = "noBill"
    """No bill that we know explains it. A bill may still come: a question first."""
    AFTER_FINAL = "afterFinal"
    """For a bill that was written after the final one."""
    TOO_MUCH = "tooMuch"
    """Together with what was paid before, more than the bill asks for."""
    OVERCHARGED = "overcharged"
    """For a bill that itself asks for more than is owed."""


class DebitRight(Struct, frozen=True):
    """A way to have it back: at the bank, or from the operator. `until` is the last day, None where none is set."""

    rule_id: str
    until: date | None
    is_certain: bool
    at_bank: bool = True

    def is_open_on(self, day: date) -> bool:
        """It can still be used on a day."""
        return self.until is None or day <= self.until


class Debit(Struct, frozen=True):
    """Money taken after the end. `wrong` is the part that nothing explains, at most `amount`.

    `is_taken` is False while it is only announced as on its way.
    """

    payment_id: str
    day: date
    amount: Money
    wrong: Money
    why: DebitWhy
    rights: tuple[DebitRight, ...]
    is_taken: bool = True


class _Taken(Struct, frozen=True):
    """What the rights to a debit hang on."""

    day: date
    means: Means
    who: Who
    unauthorised: bool
    statement: date | None
    is_slip: bool = True
    """It is an error of the debit itself, not of the bill behind it."""


def means_of(method: str) -> Means:
    """How a payment was made, from the operator's own word."""
    word = re.sub(r"[\W_]", "", method.casefold())
    if re.search(r"carte|card|visa|mastercard|amex", word):
        return Means.CARD
    return Means.DEBIT if re.search(r"debit|prelevement|prélèvement|sepa|mandat", word) else Means.UNKNOWN


def debits_after(
    payments: Iterable[Payment],
    bills: Iterable[Bill],
    ended: date,
    rules: Rules,
    *,
    final: FinalBill | None = None,
    who: Who | None = None,
    mandate_ended: date | None = None,
    statements: Mapping[str, date] | None = None,
    not_owed: Mapping[str, Money] | None = None,
) -> tuple[Debit, ...]:
    """The debits after the last day of a line that no bill explains, in order of their days.

    A debit for an earlier bill or the final one is in order, as far as what it pays is owed: `not_owed` is what a bill
    asks too much, by its id; what is owed is taken to be paid first. `final` counts only where the operator marked it.
    `statements` are the days of the customer's bank statements by payment id, where known (US-PAY-02 counts from
    them; without one the day of the debit counts, which is the careful reading).
    """
    known = {b.id: b for b in bills}
    late = {b.id for b in final.later} if final is not None and final.is_marked else set()
    asked = {b.id: b.total for b in bills}
    owed = {key: _less(total, (not_owed or {}).get(key)) for key, total in asked.items()}
    paid: dict[str, Decimal] = {}
    settled: dict[str, Decimal] = {}
    found: list[Debit] = []
    counted = (PaymentState.TAKEN, PaymentState.CREDITED, PaymentState.PENDING)
    ordered = sorted(
        (p for p in payments if p.day is not None and p.state in counted), key=lambda p: (p.day or date.min, p.id)
    )
    for payment in ordered:
        if payment.amount is None or payment.amount.value <= 0 or payment.day is None:
            continue
        excess = _excess(payment, payment.amount, asked, paid)
        above = _excess(payment, payment.amount, owed, settled)
        if payment.day <= ended:
            continue
        means = means_of(payment.method)
        revoked = mandate_ended is not None and payment.day > mandate_ended and means is not Means.CARD
        why, wrong = _why(payment, payment.amount, known, late, excess, above, revoked=revoked)
        if why is None or not is_worth_saying(wrong):
            continue
        stated = (statements or {}).get(payment.id)
        taken = _Taken(payment.day, means, who or Who(), revoked, stated, why is not DebitWhy.OVERCHARGED)
        rights = _RIGHTS.get(rules.country, _no_rights)(taken, rules)
        is_taken = payment.state is not PaymentState.PENDING
        found.append(Debit(payment.id, payment.day, payment.amount, wrong, why, rights, is_taken))
    return tuple(found)


def _why(
    payment: Payment,
    amount: Money,
    known: Mapping[str, Bill],
    late: set[str],
    excess: Money,
    above: Money,
    *,
    revoked: bool,
) -> tuple[DebitWhy | None, Money]:
    if revoked:
        return DebitWhy.MANDATE_ENDED, amount
    if not any(bill_id in known for bill_id in payment.bill_ids):
        return DebitWhy.NO_BILL, amount
    if all(bill_id in late for bill_id in payment.bill_ids):
        return DebitWhy.AFTER_FINAL, amount
    if above.value > excess.value:
        return DebitWhy.OVERCHARGED, above
    return (DebitWhy.TOO_MUCH, excess) if excess.value > 0 else (None, excess)


def _less(total: Money | None, too_much: Money | None) -> Money | None:
    """What of a bill is owed; its total where nothing is known to be wrong."""
    if total is None or too_much is None or too_much.unit != total.unit:
        return total
    return Money(max(total.value - too_much.value, Decimal(0)), total.unit)


def _excess(payment: Payment, amount: Money, totals: Mapping[str, Money | None], paid: dict[str, Decimal]) -> Money:
    """What of a payment its bills do not come to any more; nothing where a bill's total is not known."""
    left = amount.value
    for bill_id in payment.bill_ids:
        total = totals.get(bill_id)
        if total is None or total.unit != amount.unit:
            return Money(Decimal(0), amount.unit)
        asked = max(total.value - paid.get(bill_id, Decimal(0)), Decimal(0))
        used = min(asked, left)
        paid[bill_id] = paid.get(bill_id, Decimal(0)) + used
        left -= used
    return Money(left, amount.unit)


def _right(
    rule_id: str, taken: _Taken, rules: Rules, until: date | None, *, at_bank: bool = True
) -> tuple[DebitRight, ...]:
    rule = rule_for(rules, rule_id, taken.day, taken.who)
    if rule is None:
        return ()
    certain = is_right(rule) and (taken.means is Means.DEBIT or not at_bank)
    return (DebitRight(rule_id, until, certain, at_bank),)


def _british(taken: _Taken, rules: Rules) -> tuple[DebitRight, ...]:
    """The Direct Debit Guarantee knows no last day (UK-DD-02); it is not for cards.

    It is about errors of the debit: whether a bill that is wrong is one, the bank decides.
    """
    if taken.means is Means.CARD:
        return ()
    found = _right("UK-DD-02", taken, rules, None)
    return found if taken.is_slip else tuple(replace(right, is_certain=False) for right in found)


def _french(taken: _Taken, rules: Rules) -> tuple[DebitRight, ...]:
    """13 months if the mandate had ended, else eight weeks without a reason; and a year against the operator."""
    back = _right("FR-PRS-01", taken, rules, fr_money.reclaim_until(taken.day, rules), at_bank=False)
    if taken.means is Means.CARD:
        return back
    if taken.unauthorised:
        return _right("FR-SEPA-02", taken, rules, fr_money.unauthorised_debit_until(taken.day, rules)) + back
    return _right("FR-SEPA-01", taken, rules, fr_money.debit_back_until(taken.day, rules)) + back


def _american(taken: _Taken, rules: Rules) -> tuple[DebitRight, ...]:
    """Sixty days from the statement, for a card as for a bank debit (US-PAY-02, uncertain)."""
    return _right("US-PAY-02", taken, rules, us_costs.dispute_until(taken.statement or taken.day, rules))


def _no_rights(_taken: _Taken, _rules: Rules) -> tuple[DebitRight, ...]:
    return ()


_RIGHTS: dict[str, Callable[[_Taken, Rules], tuple[DebitRight, ...]]] = {
    "GB": _british,
    "FR": _french,
    "US": _american,
}
