"""What must not have happened meanwhile, so that a request may go out as it was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from selfcare.api.products import ProductFacts
from selfcare.domain.bills import Bill, BillState
from selfcare.domain.commands import Command, GiveNotice, RequestCode
from selfcare.domain.contract import Contract
from selfcare.domain.lines import SimLock
from selfcare.domain.money import Money
from selfcare.domain.options import PaperState
from selfcare.domain.orders import Order

_ENDED = frozenset({PaperState.TERMINATED, PaperState.CANCELLED, PaperState.ABORTED})


def has_changed(command: Command, contracts: Sequence[Contract]) -> bool:
    """Whether what the customer saw (end of the commitment, cost of leaving early) is no longer so.

    A contract that has gone counts as changed, and so does a cost that is no longer stated. A cost that has only
    become less, as it does by the month, does not: nobody needs to be asked about that.
    """
    if not isinstance(command, GiveNotice) or not command.contract_id:
        return False
    contract = next((one for one in contracts if one.id == command.contract_id), None)
    if contract is None:
        return bool(contracts)
    if contract.no_longer_listed:
        return True
    if contract.ends is not None and contract.ends != command.seen_ends:
        return True
    return _costs_more(command.seen_cost, contract.early_charge)


def _costs_more(seen: Money | None, stated: Money | None) -> bool:
    if seen is None:
        return stated is not None and not stated.is_zero
    return stated is None or stated.unit != seen.unit or stated > seen


def is_settled(order: Order | None) -> bool:
    """The order that is to be taken back is over already, one way or another."""
    return order is not None and not order.is_open


def is_unlocked(handset: ProductFacts | None) -> bool:
    """The handset that is to be unlocked takes every SIM already."""
    return handset is not None and handset.lock is SimLock.UNLOCKED


def has_ended(product: ProductFacts | None) -> bool:
    """The line or the option that something is asked for is not the customer's any more."""
    return product is not None and product.on_paper in _ENDED


def is_paid(bill: Bill | None) -> bool:
    """The bill that is to be paid in parts is paid already."""
    return bill is not None and bill.state is BillState.SETTLED


def target_of(command: Command) -> str:
    """What a request holds up until it is known what became of it: what is asked for later about the same thing.

    A code ends nothing, so it holds up another code of its line, and no notice.
    """
    if isinstance(command, RequestCode):
        return f"code:{command.line_id}"
    for name in ("ticket_id", "order_id", "line_id"):
        found = getattr(command, name, "")
        if found:
            return f"{name}:{found}"
    return ""


def waits_behind(command: Command) -> frozenset[str]:
    """What a request may be held up by (`target_of`): a code also by what was asked for its line before."""
    own = frozenset({target_of(command)} - {""})
    return own | {f"line_id:{command.line_id}"} if isinstance(command, RequestCode) else own
