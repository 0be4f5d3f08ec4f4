"""Trouble tickets: what the customer reported, what was answered, and by when an end was promised."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from .bills import PaperRef
from .lines import PortingCode
from .records import Struct


class TicketState(StrEnum):
    """Where a ticket stands (TMF621 status)."""

    ACKNOWLEDGED = "acknowledged"
    REJECTED = "rejected"
    PENDING = "pending"
    HELD = "held"
    IN_PROGRESS = "inProgress"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    RESOLVED = "resolved"
    UNKNOWN = "unknown"


FOLLOWS = "followUpOf"
"""How a ticket is related to the earlier one that it takes up again (TMF621 relationshipType; the role in `about`)."""

FINISHED = frozenset({TicketState.REJECTED, TicketState.CANCELLED, TicketState.CLOSED, TicketState.RESOLVED})


class Note(Struct, frozen=True):
    """A remark on a ticket, by whom and when."""

    author: str
    at: datetime | None
    text: str


class StateChange(Struct, frozen=True):
    """One step in a ticket's course."""

    state: TicketState
    state_word: str
    at: datetime | None
    reason: str = ""


class EntityRef(Struct, frozen=True):
    """Something a ticket or a contact is about: a bill, a product, a service. `kind` is TMF's @referredType."""

    kind: str
    id: str
    role: str = ""


class Ticket(Struct, frozen=True):
    """One ticket (TMF621 TroubleTicket). `promised` is the operator's date, `wanted` the customer's.

    `moved_from` are earlier promises that were seen and silently replaced (the standard keeps no history).
    `call_by` is when the operator promised to call back, `call_seen` when that was first read, `call_moved_from` what
    it was before. `no_longer_listed` says that the operator has stopped listing it: this is how it was last seen.
    """

    id: str
    title: str
    text: str
    kind: str
    severity: str
    state: TicketState
    state_word: str
    created: datetime | None
    changed: datetime | None
    promised: datetime | None = None
    wanted: datetime | None = None
    resolved: datetime | None = None
    state_reason: str = ""
    external_id: str = ""
    course: tuple[StateChange, ...] = ()
    notes: tuple[Note, ...] = ()
    about: tuple[EntityRef, ...] = ()
    files: tuple[PaperRef, ...] = ()
    moved_from: tuple[datetime, ...] = ()
    no_longer_listed: bool = False
    call_by: datetime | None = None
    call_seen: datetime | None = None
    call_moved_from: tuple[datetime, ...] = ()
    code: PortingCode | None = None
    """A code that was asked for by this ticket, and came back on it."""

    @property
    def is_open(self) -> bool:
        """Somebody still has to do something, as far as the operator lets it be seen."""
        return self.state not in FINISHED and not self.no_longer_listed

    @property
    def is_stated(self) -> bool:
        """The operator says where it stands, in a word that is known: only then is it known whose turn it is."""
        return self.state is not TicketState.UNKNOWN

    @property
    def is_lost(self) -> bool:
        """It was open when last seen, and is no longer listed: nobody can see what became of it."""
        return self.no_longer_listed and self.state not in FINISHED

    @property
    def waits_for_customer(self) -> bool:
        """The operator says that it is the customer's turn."""
        return self.state is TicketState.PENDING and "customer" in self.state_reason.casefold()

    def is_broken(self, now: datetime) -> bool:
        """The promised moment has passed and the ticket is still open; one that could never be kept is not broken."""
        return self.is_open and self.promised is not None and now > self.promised and self.is_possible(self.promised)

    def is_possible(self, end: datetime) -> bool:
        """An end that was promised can be kept: it had not passed when the ticket was opened."""
        return self.created is None or end >= self.created
