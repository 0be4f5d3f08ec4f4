"""Accepted requests that the operator no longer shows, though it never said that they were carried out."""

from __future__ import annotations

from collections.abc import Iterable

from .commands import GiveNotice
from .orders import Order
from .waiting import Waiting, WaitingState


def forgotten(waiting: Iterable[Waiting], orders: Iterable[Order]) -> tuple[Waiting, ...]:
    """Notices that the operator accepted and whose order has gone from its list before it was finished.

    Nothing is lost by asking it; much is where a line is thought to end and goes on.
    """
    gone = [order for order in orders if order.no_longer_listed and order.is_open]
    marks = {mark for order in gone for mark in (order.id, order.external_id) if mark}
    return tuple(
        one
        for one in waiting
        if one.state is WaitingState.ACCEPTED
        and isinstance(one.command, GiveNotice)
        and not marks.isdisjoint({one.id, one.receipt})
    )
