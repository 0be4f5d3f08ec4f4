"""Before a request leaves: is what it is about still as it was, by the operator's word of today?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from zoneinfo import ZoneInfo

from selfcare.api.bills import read_bill
from selfcare.api.contracts import read_contract
from selfcare.api.home_money import in_home_money
from selfcare.api.offers import read_offer
from selfcare.api.orders import read_order
from selfcare.api.products import read_product
from selfcare.api.reading import document, first_text, items, plain_word, ref, text
from selfcare.api.tickets import ticket_state
from selfcare.domain.commands import (
    Command,
    DropOption,
    GiveNotice,
    OpenTicket,
    OrderOption,
    RequestCode,
    RequestUnlock,
    WithdrawNotice,
)
from selfcare.domain.contract import Contract
from selfcare.domain.failures import Failure, Refused, Unreadable
from selfcare.domain.offers import Offer
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.orders import Order
from selfcare.domain.records import Struct
from selfcare.domain.tickets import TicketState
from selfcare.store.cache import Cache

from .desk import Desk
from .documents import BILL, CONTRACT, LINE_KINDS, OFFER, ORDER, TICKET, read_documents
from .precondition import has_changed, has_ended, is_paid, is_settled, is_unlocked
from .trouble import UNHEARD

PRODUCT = "product"
_GONE = frozenset({404, 410})
_CLOSED = frozenset({TicketState.CLOSED, TicketState.CANCELLED, TicketState.REJECTED})
_PLAN = "paymentArrangement"
_BILLS = frozenset({"CustomerBill", "customerBill"})


class Asking(Struct, frozen=True):
    """Whom to ask, and what was read before, for where the operator cannot be asked now."""

    desk: Desk
    cache: Cache
    profile: OperatorProfile
    zone: ZoneInfo


def what_changed(asking: Asking, command: Command) -> str:
    """What has come of the things that a request is about so that the customer must look again before it is sent: a
    text that is another one whenever it is something else; "" for nothing. Raises what ends a round (trouble.UNHEARD).
    """
    match command:
        case GiveNotice(line_id=line_id):
            return _end_of(asking, line_id) or _other_contract(asking, command) or _other_notice(asking, command)
        case WithdrawNotice(order_id=order_id):
            order: Order | None = _now(asking, "TMF622", ORDER, order_id, read_order)
            return order.state.value if order is not None and is_settled(order) else ""
        case RequestUnlock(handset_id=handset_id, line_id=line_id):
            unlocked = is_unlocked(_now(asking, "TMF637", PRODUCT, handset_id, read_product))
            return "unlocked" if unlocked else _end_of(asking, line_id)
        case RequestCode(line_id=line_id):
            return _end_of(asking, line_id)
        case DropOption(option_id=option_id, line_id=line_id):
            return _end_of(asking, option_id) or _end_of(asking, line_id)
        case OrderOption(line_id=line_id):
            return _end_of(asking, line_id) or _other_offer(asking, command)
        case OpenTicket(ticket_type=kind, about=about) if kind == _PLAN:
            bills = [ref.id for ref in about if ref.kind in _BILLS]
            return " ".join(own for own in bills if is_paid(_now(asking, "TMF678", BILL, own, read_bill)))
    return ""


def what_closed(ticket: bytes) -> str:
    """The state of a ticket that takes no more remarks; "" where it does."""
    state = ticket_state(first_text(document(ticket, TICKET), "status", "state"))
    return state.value if state in _CLOSED else ""


def _end_of(asking: Asking, own_id: str) -> str:
    """How a line, a handset or an option has ended; "" if it has not, or nobody knows it."""
    try:
        product = _now(asking, "TMF637", PRODUCT, own_id, read_product, _GONE)
    except Refused as gone:
        is_of_another_kind = any(asking.cache.get(kind, own_id) is not None for kind in LINE_KINDS if kind != PRODUCT)
        return "" if is_of_another_kind else f"gone {gone.status}"
    return str(product.on_paper.value) if has_ended(product) else ""


def _other_offer(asking: Asking, command: OrderOption) -> str:
    """The price and the terms of an option as they are now, where they are not as they were shown."""
    offer: Offer | None = _now(asking, "TMF620", OFFER, command.offering_id, read_offer)
    if offer is None:
        return ""
    shown = (command.price, command.period, command.once, command.months, command.clause, command.is_net)
    stated = (offer.price, offer.period, offer.once, offer.months, offer.clause, offer.is_net)
    if offer.is_sold and stated == shown:
        return ""
    return " ".join(map(str, (offer.is_sold, *stated)))


def _now(
    asking: Asking, api: str, kind: str, own_id: str, read: Callable[..., Any], told: frozenset[int] = frozenset()
) -> Any:
    """One thing as the operator states it now, or as it was last read; None where neither is known. Raises Refused
    with one of the statuses that are to be `told`."""
    if own_id and asking.profile.offers(api):
        try:
            return read(in_home_money(asking.desk.fetch_one(api, kind, own_id).document, asking.zone), asking.zone)
        except Failure as failure:
            if isinstance(failure, Refused) and failure.status in told:
                raise
            _go_on_after(failure)
    kept = asking.cache.get(kind, own_id)
    try:
        return read(in_home_money(kept, asking.zone), asking.zone) if kept is not None else None
    except Failure:
        return None


def _go_on_after(failure: Failure) -> None:
    if isinstance(failure, UNHEARD) or failure.is_before_sending:
        raise failure


def _other_notice(asking: Asking, command: GiveNotice) -> str:
    """An open order that ends the line already, as by the operator's own app, in the list as it was last read."""
    if command.is_withdrawal:
        return ""
    for row in asking.cache.all(ORDER):
        with suppress(Unreadable):
            order, parts = read_order(row.body, asking.zone), items(document(row.body, ORDER).get("productOrderItem"))
            ended = {ref(part.get("product")) for part in parts if plain_word(text(part.get("action"))) == "delete"}
            if order.is_open and not row.gone and command.line_id in ended:
                return f"notice {order.id}"
    return ""


def _other_contract(asking: Asking, command: GiveNotice) -> str:
    contracts: tuple[Contract, ...] | None = None
    if command.contract_id and asking.profile.offers("TMF651"):
        try:
            reply = asking.desk.fetch_one("TMF651", CONTRACT, command.contract_id)
            contracts = (read_contract(in_home_money(reply.document, asking.zone), asking.zone),)
        except Refused as refusal:
            if refusal.status in _GONE:
                return "gone"
        except Failure as failure:
            _go_on_after(failure)
    if contracts is None:
        contracts = tuple(read_documents(CONTRACT, asking.cache.all(CONTRACT), asking.zone))
    if not has_changed(command, contracts):
        return ""
    contract = next((one for one in contracts if one.id == command.contract_id), None)
    if contract is None or contract.no_longer_listed:
        return "gone"
    return f"{contract.ends} {contract.early_charge}"
