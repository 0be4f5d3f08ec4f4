"""Follows what the operator has accepted until its own word says that it is carried out, or that it will not be."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from selfcare.api.commands import Receipt, receipt_of
from selfcare.api.reading import document
from selfcare.domain.commands import Command, WithdrawNotice
from selfcare.domain.failures import Failure
from selfcare.domain.orders import Order, OrderState
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import WITHDRAWN, WaitingState
from selfcare.store.action import Action
from selfcare.store.vault import Vault

from .documents import ORDER, TICKET, read_documents
from .wording import read_command

_ENDS = {WaitingState.DONE.value, WaitingState.REJECTED.value}
_NEVER_ARRIVED = {WaitingState.NEW.value, WaitingState.REJECTED.value, WaitingState.DROPPED.value}
_UNDONE = {OrderState.CANCELLED: WaitingState.DONE, OrderState.COMPLETED: WaitingState.REJECTED}


def follow(vault: Vault, zone: ZoneInfo, now: datetime) -> set[Topic]:
    """Look through the orders and tickets that were read for the ends of accepted requests; what changed.

    An order that the operator had and cancelled on the customer's own later word is dropped, not refused: it keeps the
    operator's number and says `why`.
    """
    actions = vault.actions.all()
    accepted = [action for action in actions if action.state == WaitingState.ACCEPTED.value]
    if not accepted:
        return set()
    orders: list[Order] = read_documents(ORDER, vault.cache.all(ORDER), zone)
    left = [one for one in actions if one.state not in _NEVER_ARRIVED and (one.first_sent is not None or one.receipt)]
    withdrawn = {c.order_id for c in map(_command, left) if isinstance(c, WithdrawNotice)}
    changed: set[Topic] = set()
    for action in accepted:
        command = _command(action)
        if isinstance(command, WithdrawNotice):
            end = _end_of_withdrawal(command, orders)
        else:
            end = _end(vault, action, command)
        if end is None:
            continue
        taken_back = end.id in withdrawn and end.state == WaitingState.REJECTED.value
        state = WaitingState.DROPPED.value if taken_back else end.state
        receipt = end.id or action.receipt
        vault.actions.finish(
            action.id, state, now, seen=action, event=f"operator:{state}", facts=json.dumps({"receipt": receipt}),
            receipt=receipt, reason=end.reason, why=WITHDRAWN if taken_back else "",
        )  # fmt: skip
        changed.add(Topic.WAITING)
    return changed


def _end(vault: Vault, action: Action, command: Command) -> Receipt | None:
    """What the operator's list says of a request that is carried out or refused; None while it is neither."""
    kind = TICKET if action.api == "TMF621" else ORDER
    for body in _candidates(vault, kind, action):
        try:
            receipt = receipt_of(command, document(body, kind))
        except Failure:
            continue
        is_ours = receipt.external_id == action.id or (action.receipt and receipt.id == action.receipt)
        if is_ours and receipt.state in _ENDS:
            return receipt
    return None


def _candidates(vault: Vault, kind: str, action: Action) -> Iterable[bytes]:
    marks = [mark.encode() for mark in (action.id, action.receipt) if mark]
    return [row.body for row in vault.cache.all(kind) if any(mark in row.body for mark in marks)]


def _end_of_withdrawal(command: WithdrawNotice, orders: list[Order]) -> Receipt | None:
    order = next((one for one in orders if one.id == command.order_id), None)
    end = _UNDONE.get(order.state) if order is not None else None
    return None if end is None else Receipt("", "", end.value)


def _command(action: Action) -> Command:
    return read_command(action.kind, action.command_json)
