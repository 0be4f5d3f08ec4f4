"""What is known of a line that somebody wants to leave with: the operator's words, each of them perhaps missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from selfcare.domain.bills import Bill, BillLine, LineKind
from selfcare.domain.commands import RequestCode, RequestUnlock
from selfcare.domain.contract import Contract, PriceChange, commitment_end
from selfcare.domain.customer import Account
from selfcare.domain.lines import Access, Handset, Line, PortingCode, SimLock
from selfcare.domain.money import Money
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.options import PaperState
from selfcare.domain.orders import Order
from selfcare.domain.periods import is_monthly, monthly_of
from selfcare.domain.records import Sealed, Struct
from selfcare.domain.tickets import Ticket
from selfcare.domain.waiting import Waiting

from .asked import Asked, asked, notice_of, orders_for
from .bundles import bundle_clause
from .holder_change import HolderChange, holder_change_of

__all__ = ["Asked", "LeavingFacts", "Rise", "facts_of", "rises_of"]


class Rise(Struct, frozen=True):
    """An announced rise of the monthly price by `amount`, from `starts` on. `agreed` is what the contract named at the
    sale (None: not known); `by_percent` that it named inflation or a part of the price. `before` is the price that
    rises, where it is stated."""

    told: date
    starts: date | None
    amount: Money
    agreed: Money | None = None
    by_percent: bool = False
    before: Money | None = None


class LeavingFacts(Sealed, frozen=True):
    """Everything the way out is computed from, for one line. None is "not stated", never zero.

    `numbers` counts the mobile numbers of the customer. `unlock_hours` is the operator's own promise.
    `rent_from` and `rent_until` bound the period that was paid in advance. `contract_ends` is the contract's own word,
    which a notice carries; `commitment_ends` may be the line's own term, or the customer's note. `taken_back` says that
    the last notice is no more, since `taken_back_at` if that is known; `withdrawal` is a taking back on its way,
    `withdrawal_refused` one that the operator said no to: the notice stands; `cancelled_unasked` says that it was not
    taken back from here: the operator shows it as cancelled.
    `contract_lines` counts the lines of the contract: `operator_charge` is for all of them together; `counts_lines` is
    False where nobody counted them, nor the numbers.
    `is_over` says that the line has ended, on `line_ended` if the operator states the day.

    `concluded` is when the contract was made or last changed, `at_distance` that it was made online, by telephone or
    at the door, `subsidised` that a handset came cheaper with it. `contract_monthly` is the price of all lines of the
    contract together. `changes` are announced changes with the day from which they apply, where both days are stated.
    `end_told` is when the operator announced the end of the commitment. `postcode`, `state` and `own_holidays` (the
    operator's own, see domain.workdays.Own) choose working days. `fee` is an early termination fee and what it
    falls by with each full month; `instalment` and `instalments_left` are the handset's, `credit` a monthly bill
    credit for it. `small` says that at most ten people work in the firm. `deposit` is a security that was left with
    the operator, `deposit_paid` when; `bundle_clause` the contract's words about a discount for several lines.
    `credit_left` is what is still on a prepaid card, `rises` are announced changes whose amount is known, falls too,
    `account` is the number of the billing account, `holder_change` one of its holder that is open.
    """

    country: str
    zone: str
    line_id: str
    number: str
    access: Access = Access.MOBILE
    is_business: bool = False
    numbers: int = 1
    contract_id: str = ""
    commitment_ends: date | None = None
    ends_is_computed: bool = False
    ends_is_noted: bool = False
    contract_ends: date | None = None
    notice: tuple[int, str] | None = None
    monthly: Money | None = None
    monthly_net: Money | None = None
    """The monthly price where it is stated without tax only: nothing can be reckoned from it."""
    price: Money | None = None
    """The price as contracted, with tax or without, due every `period`; `has_discount`: something is taken off it."""
    has_discount: bool = False
    period: str = ""
    operator_charge: Money | None = None
    operator_charge_day: date | None = None
    contract_lines: int = 1
    counts_lines: bool = True
    lock: SimLock = SimLock.NOT_STATED
    handset_id: str = ""
    handset_name: str = ""
    handset_serial: str = ""
    handset_bought: date | None = None
    unlock_code: str = ""
    unlock_hours: int | None = None
    unlock: Asked | None = None
    code: PortingCode | None = None
    code_issued: date | None = None
    code_asked: Asked | None = None
    notice_given: Asked | None = None
    withdrawal: Asked | None = None
    withdrawal_refused: Asked | None = None
    taken_back: bool = False
    taken_back_at: datetime | None = None
    cancelled_unasked: bool = False
    has_direct_debit: bool = False
    direct_debit: str = ""
    price_changes: tuple[date, ...] = ()
    rent_from: date | None = None
    rent_until: date | None = None
    rent: Money | None = None
    next_bill: date | None = None
    line_ended: date | None = None
    is_over: bool = False
    since: date | None = None
    concluded: date | None = None
    at_distance: bool | None = None
    subsidised: bool | None = None
    contract_monthly: Money | None = None
    changes: tuple[tuple[date, date], ...] = ()
    end_told: date | None = None
    notice_received: date | None = None
    postcode: str = ""
    state: str = ""
    own_holidays: frozenset[date] | None = None
    carrier: str = ""
    is_prepaid: bool | None = None
    paid_off: date | None = None
    fee: tuple[Money, Money] | None = None
    instalment: Money | None = None
    instalments_left: int | None = None
    credit: Money | None = None
    closing_fee: Money | None = None
    small: bool | None = None
    deposit: Money | None = None
    deposit_paid: date | None = None
    bundle_clause: str = ""
    credit_left: Money | None = None
    account: str = ""
    rises: tuple[Rise, ...] = ()
    holder_change: HolderChange | None = None

    @property
    def unit(self) -> str:
        """The currency in which the line is paid for; "" where no amount is stated."""
        stated = (self.monthly, self.monthly_net, self.price, self.operator_charge, self.rent, self.contract_monthly)
        return next((amount.unit for amount in stated if amount is not None), "")

    @property
    def is_unbound(self) -> bool:
        """A prepaid card for which nobody states a commitment or a fee: it binds to nothing, and nothing is due."""
        return self.is_prepaid is True and self.commitment_ends is None and self.fee is None

    @property
    def is_locked(self) -> bool:
        """The operator says that the handset takes no other SIM."""
        return self.lock is SimLock.LOCKED

    def asked_code(self, scheme: str) -> Asked | None:
        """The newest request for a code, if it was for this scheme or does not say for which."""
        asked = self.code_asked
        return asked if asked is not None and asked.scheme in {"", scheme} else None

    def code_of(self, scheme: str) -> PortingCode | None:
        """The code that is here, if it is of this scheme."""
        return self.code if self.code is not None and self.code.scheme.upper() == scheme else None

    @property
    def has_handset(self) -> bool:
        """The operator knows of a handset on this line."""
        return bool(self.handset_id)


def facts_of(
    line: Line,
    *,
    profile: OperatorProfile,
    lines: Sequence[Line],
    contracts: Sequence[Contract],
    accounts: Sequence[Account],
    orders: Sequence[Order],
    waiting: Sequence[Waiting],
    bills: Sequence[Bill] = (),
    bill_lines: Sequence[BillLine] = (),
    tickets: Sequence[Ticket] = (),
    is_business: bool = False,
    postcode: str = "",
    state: str = "",
) -> LeavingFacts:
    """Collect the facts of one line. `bills` are newest first; `bill_lines` are those of the newest bill."""
    contract = _contract_of(line, contracts)
    account = next((a for a in accounts if a.id == line.account_id), accounts[0] if accounts else None)
    handset = line.handset if line.access in {Access.MOBILE, Access.OTHER} else None
    unlock_way = profile.exit.get("unlock")
    rent = next((b for b in bill_lines if b.kind is LineKind.RECURRING and b.product_id == line.id), None)
    code_orders = orders_for(orders, "portOutCode", line.id)
    given = next((o.code for o in code_orders if o.code is not None), None)
    issued = next((o for o in code_orders if o.code is not None), None)
    own_issued = line.code.issued if line.code is not None else None
    notice = notice_of(orders, waiting, line.id, profile.zone)
    over = line.on_paper in {PaperState.TERMINATED, PaperState.CANCELLED}
    return LeavingFacts(
        country=profile.country,
        zone=profile.zone,
        line_id=line.id,
        number=line.number,
        access=line.access,
        is_business=is_business,
        numbers=sum(1 for other in lines if other.access is Access.MOBILE),
        contract_id=contract.id if contract is not None else line.contract_id,
        commitment_ends=commitment_end(line, contract),
        contract_ends=contract.ends if contract is not None else None,
        ends_is_computed=contract is not None and contract.ends_is_computed,
        notice=contract.counted_notice if contract is not None else None,
        monthly=monthly_of(line.gross, line.period),
        monthly_net=monthly_of(line.price, line.period) if line.is_net else None,
        price=line.price,
        period=line.period,
        has_discount=line.has_discount,
        operator_charge=contract.early_charge if contract is not None else None,
        operator_charge_day=contract.early_charge_day if contract is not None else None,
        contract_lines=sum(1 for other in lines if _contract_of(other, contracts) is contract) if contract else 1,
        lock=handset.lock if handset is not None else SimLock.NOT_STATED,
        handset_id=handset.id if handset is not None else "",
        handset_name=handset.name if handset is not None else "",
        handset_serial=handset.serial if handset is not None else "",
        handset_bought=handset.since if handset is not None else None,
        unlock_code=handset.unlock_code if handset is not None else "",
        unlock_hours=unlock_way.hours if unlock_way is not None else None,
        unlock=asked(orders, waiting, "deviceUnlock", RequestUnlock, handset.id) if handset is not None else None,
        code=line.code or given,
        code_issued=issued.completed.date() if issued is not None and issued.completed is not None else own_issued,
        code_asked=asked(orders, waiting, "portOutCode", RequestCode, line.id),
        notice_given=notice.given,
        withdrawal=notice.withdrawal,
        withdrawal_refused=notice.withdrawal_refused,
        taken_back=notice.taken_back,
        taken_back_at=notice.taken_back_at,
        cancelled_unasked=notice.unasked,
        has_direct_debit=account is not None and account.direct_debit is not None,
        direct_debit=account.direct_debit.account if account is not None and account.direct_debit is not None else "",
        price_changes=tuple(c.told for c in contract.price_changes if c.told) if contract is not None else (),
        rent_from=rent.starts if rent is not None else None,
        rent_until=rent.ends if rent is not None else None,
        rent=rent.gross if rent is not None else None,
        next_bill=bills[0].next_day if bills else None,
        line_ended=line.ends if over else None,
        is_over=over,
        since=line.since,
        concluded=contract.signed if contract is not None else None,
        contract_monthly=_together(contract, lines, contracts),
        changes=tuple((c.told, c.starts) for c in contract.price_changes if c.told and c.starts) if contract else (),
        notice_received=_received(notice.given, profile.zone),
        postcode=postcode,
        state=state,
        account=line.account_id,
        carrier=profile.name,
        is_prepaid=next((a.is_prepaid for a in accounts if a.id == line.account_id), None),
        rises=rises_of(contract.price_changes if contract is not None else ()),
        instalment=_instalment(handset),
        instalments_left=handset.instalments_left if handset is not None else None,
        holder_change=holder_change_of(line, tickets, profile.zone),
        bundle_clause=bundle_clause([term.text for term in contract.terms]) if contract is not None else "",
    )


def _instalment(handset: Handset | None) -> Money | None:
    """What a month of a handset costs that is paid in instalments; another period is no month."""
    if handset is None or handset.instalments_left is None or not is_monthly(handset.period):
        return None
    return handset.gross


def rises_of(changes: Iterable[PriceChange]) -> tuple[Rise, ...]:
    """The changes of price whose amount is known and that were told on a known day."""
    found = []
    for change in changes:
        before, after = change.before, change.after
        if change.told is not None and before is not None and after is not None and before.unit == after.unit:
            found.append(Rise(change.told, change.starts, after - before, before=before))
    return tuple(found)


def _contract_of(line: Line, contracts: Sequence[Contract]) -> Contract | None:
    named = next((c for c in contracts if c.id == line.contract_id), None)
    return named or next((c for c in contracts if line.id in c.product_ids), None)


def _together(contract: Contract | None, lines: Sequence[Line], contracts: Sequence[Contract]) -> Money | None:
    """The monthly price of all lines of a contract; None where one of them is not stated."""
    if contract is None:
        return None
    prices = [monthly_of(line.gross, line.period) for line in lines if _contract_of(line, contracts) is contract]
    known = [price for price in prices if price is not None]
    if not known or len(known) < len(prices) or len({price.unit for price in known}) > 1:
        return None
    return Money(sum((price.value for price in known), Decimal(0)), known[0].unit)


def _received(notice: Asked | None, zone: str) -> date | None:
    """When the operator received a notice: the day of its own order."""
    if notice is None or not notice.order_id or notice.refused:
        return None
    return notice.at.astimezone(ZoneInfo(zone)).date()
