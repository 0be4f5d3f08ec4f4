"""Before a request leaves: is what it is about still as it was, by the operator's word of today?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from selfcare.api.bills import read_bill
from selfcare.api.contracts import read_contract
from selfcare.api.orders import read_order
from selfcare.api.products import read_product
from selfcare.domain.commands import (
    Command,
    DropOption,
    GiveNotice,
    OpenTicket,
    RequestCode,
    RequestUnlock,
    WithdrawNotice,
)
from selfcare.domain.contract import Contract
from selfcare.domain.failures import Failure, Refused
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import Struct
from selfcare.store.cache import Cache

from .desk import Desk
from .documents import BILL, CONTRACT, ORDER, read_documents
from .precondition import has_changed, has_ended, is_paid, is_settled, is_unlocked
from .trouble import UNHEARD

_PLAN = "paymentArrangement"
_BILLS = frozenset({"CustomerBill", "customerBill"})


class Asking(Struct, frozen=True):
    """Whom to ask, and what was read before, for where the operator cannot be asked now."""

    desk: Desk
    cache: Cache
    profile: OperatorProfile
    zone: ZoneInfo


def is_changed(asking: Asking, command: Command) -> bool:
    """Whether the customer must look again before this is sent. Raises what ends a round (trouble.UNHEARD)."""
    match command:
        case GiveNotice():
            return _is_another_contract(asking, command)
        case WithdrawNotice(order_id=order_id):
            return is_settled(_now(asking, "TMF622", ORDER, order_id, read_order))
        case RequestUnlock(handset_id=handset_id):
            return is_unlocked(_now(asking, "TMF637", "product", handset_id, read_product))
        case RequestCode(line_id=line_id):
            return has_ended(_now(asking, "TMF637", "product", line_id, read_product))
        case DropOption(option_id=option_id):
            return has_ended(_now(asking, "TMF637", "product", option_id, read_product))
        case OpenTicket(ticket_type=kind, about=about) if kind == _PLAN:
            bills = [ref.id for ref in about if ref.kind in _BILLS]
            return any(is_paid(_now(asking, "TMF678", BILL, own, read_bill)) for own in bills)
    return False


def _now(asking: Asking, api: str, kind: str, own_id: str, read: Callable[..., Any]) -> Any:
    """One thing as the operator states it now, or as it was last read; None where neither is known."""
    if own_id and asking.profile.offers(api):
        try:
            return read(asking.desk.fetch_one(api, kind, own_id).document, asking.zone)
        except Failure as failure:
            _go_on_after(failure)
    kept = asking.cache.get(kind, own_id)
    try:
        return read(kept, asking.zone) if kept is not None else None
    except Failure:
        return None


def _go_on_after(failure: Failure) -> None:
    if isinstance(failure, UNHEARD) or failure.is_before_sending:
        raise failure


def _is_another_contract(asking: Asking, command: GiveNotice) -> bool:
    contracts: tuple[Contract, ...] | None = None
    if command.contract_id and asking.profile.offers("TMF651"):
        try:
            reply = asking.desk.fetch_one("TMF651", CONTRACT, command.contract_id)
            contracts = (read_contract(reply.document, asking.zone),)
        except Refused as refusal:
            if refusal.status in {404, 410}:
                return True
        except Failure as failure:
            _go_on_after(failure)
    if contracts is None:
        contracts = tuple(read_documents(CONTRACT, asking.cache.all(CONTRACT), asking.zone))
    return has_changed(command, contracts)
