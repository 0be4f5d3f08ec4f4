"""Follows what the operator has accepted until its own word says that it is carried out, or that it will not be."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from selfcare.domain.orders import Order, OrderState
from selfcare.domain.tickets import Ticket, TicketState
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import WaitingState
from selfcare.store.action import Action
from selfcare.store.vault import Vault

from .documents import ORDER, TICKET, read_documents

_REFUSED = {OrderState.REJECTED, OrderState.FAILED, OrderState.CANCELLED}


def follow(vault: Vault, zone: ZoneInfo, now: datetime) -> set[Topic]:
    """Look through the orders and tickets that were read for the ends of accepted requests; what changed."""
    accepted = [action for action in vault.actions.all() if action.state == WaitingState.ACCEPTED.value]
    if not accepted:
        return set()
    orders: list[Order] = read_documents(ORDER, vault.cache.all(ORDER), zone)
    tickets: list[Ticket] = read_documents(TICKET, vault.cache.all(TICKET), zone)
    changed: set[Topic] = set()
    for action in accepted:
        end = _end_of_ticket(action, tickets) if action.api == "TMF621" else _end_of_order(action, orders)
        if end is not None:
            state, receipt, reason = end
            vault.actions.finish(action.id, state.value, now, event=f"operator:{state.value}", receipt=receipt, reason=reason)
            changed.add(Topic.WAITING)
    return changed


def _end_of_order(action: Action, orders: list[Order]) -> tuple[WaitingState, str, str] | None:
    order = next((o for o in orders if o.external_id == action.id or (action.receipt and o.id == action.receipt)), None)
    if order is None:
        return None
    if order.state is OrderState.COMPLETED:
        return WaitingState.DONE, order.id, ""
    if order.state in _REFUSED:
        return WaitingState.REJECTED, order.id, order.notes[-1].text if order.notes else ""
    return None


def _end_of_ticket(action: Action, tickets: list[Ticket]) -> tuple[WaitingState, str, str] | None:
    """A ticket that the operator lists is opened: that is what was asked for. What comes of it, the ticket tells."""
    ticket = next((t for t in tickets if t.external_id == action.id or (action.receipt and t.id == action.receipt)), None)
    if ticket is None:
        return None
    if ticket.state is TicketState.REJECTED:
        return WaitingState.REJECTED, ticket.id, ticket.state_reason
    return WaitingState.DONE, ticket.id, ""
