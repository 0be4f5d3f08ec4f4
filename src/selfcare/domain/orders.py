"""Orders: what the customer asked the operator to change, and where that stands."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from .lines import PortingCode
from .money import Money
from .moved import Moves
from .records import Struct
from .tickets import Note


class OrderState(StrEnum):
    """Where an order stands (TMF622 ProductOrderStateType)."""

    ACKNOWLEDGED = "acknowledged"
    REJECTED = "rejected"
    PENDING = "pending"
    HELD = "held"
    IN_PROGRESS = "inProgress"
    CANCELLED = "cancelled"
    COMPLETED = "completed"
    FAILED = "failed"
    PARTIAL = "partial"
    ASSESSING_CANCELLATION = "assessingCancellation"
    PENDING_CANCELLATION = "pendingCancellation"
    UNKNOWN = "unknown"


class Order(Struct, frozen=True):
    """One order (TMF622 ProductOrder). `external_id` is ours: how an answer that was lost is found again.

    `ordered` proves the moment notice was given; `wanted` is the day asked for, `expected` the operator's.
    `category` is one of portOutCode, deviceUnlock, termination, or the operator's own word; `title` is what the
    operator says that it is for, "" where it says nothing. `dropped` is when it was cancelled, refused or failed, where
    the operator states it.
    """

    id: str
    external_id: str
    category: str
    state: OrderState
    state_word: str
    ordered: datetime | None
    wanted: datetime | None
    expected: datetime | None
    completed: datetime | None
    product_ids: tuple[str, ...] = ()
    code: PortingCode | None = None
    charge: Money | None = None
    ends: date | None = None
    notes: tuple[Note, ...] = ()
    title: str = ""
    moved_from: tuple[datetime, ...] = ()
    dropped: datetime | None = None
    moved_when: Moves = ()
    no_longer_listed: bool = False
    """The operator has stopped listing it: this is how it was last seen."""

    @property
    def is_open(self) -> bool:
        """The operator has not finished with it. Decided by the state, never by the presence of a date."""
        return self.state not in {
            OrderState.COMPLETED,
            OrderState.REJECTED,
            OrderState.CANCELLED,
            OrderState.FAILED,
        }
