"""Visits of a technician and agreed call-backs: when somebody comes or calls, and what became of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from .records import Struct
from .tickets import EntityRef, Note


class AppointmentState(StrEnum):
    """Where an appointment stands (TMF646 v4 status)."""

    INITIALIZED = "initialized"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    COMPLETED = "completed"
    FAILED = "failed"
    UNKNOWN = "unknown"


STANDING = frozenset({AppointmentState.INITIALIZED, AppointmentState.CONFIRMED})
"""The states in which somebody is still expected."""


class Window(Struct, frozen=True):
    """The time in which somebody comes or calls: from `starts` (None where only an end is named) until `ends`, the last
    instant at which the appointment can be kept."""

    starts: datetime | None
    ends: datetime


class Appointment(Struct, frozen=True):
    """One appointment (TMF646 Appointment). `window` is when, None where the operator states no time.

    `is_call`: somebody calls, nobody comes. `moved_from` are the times that were seen before and silently replaced
    (the standard keeps no history), the first seen first. `stood_until` are ends after which a reading still found the
    appointment standing: nobody had come by then. `no_longer_listed` as for a ticket.
    """

    id: str
    title: str
    category: str
    state: AppointmentState
    state_word: str
    window: Window | None
    is_call: bool = False
    created: datetime | None = None
    changed: datetime | None = None
    place: str = ""
    about: tuple[EntityRef, ...] = ()
    notes: tuple[Note, ...] = ()
    moved_from: tuple[Window, ...] = ()
    stood_until: tuple[datetime, ...] = ()
    no_longer_listed: bool = False

    @property
    def is_ahead(self) -> bool:
        """Somebody is still expected, as far as the operator lets it be seen."""
        return (self.state in STANDING or self.state is AppointmentState.UNKNOWN) and not self.no_longer_listed

    def is_about(self, kind: str, thing_id: str) -> bool:
        """It belongs to a ticket ("TroubleTicket"), an order or a product; a reference without a kind is believed."""
        return any(ref.id == thing_id and ref.kind.casefold() in {"", kind.casefold()} for ref in self.about)

    def is_missed(self, now: datetime) -> bool:
        """Nobody came or called: it failed, or its time is over and the operator still has it standing."""
        if self.window is None:
            return False
        if self.state is AppointmentState.FAILED or self.window.ends in self.stood_until:
            return self.state is not AppointmentState.COMPLETED
        return self.state in STANDING and not self.no_longer_listed and now > self.window.ends

    def hours_called_off(self) -> int | None:
        """How many whole hours before its beginning it was called off, by the operator's own `lastUpdate`: the latest
        that it can have been. None where it was not, or nobody states when."""
        if self.state is not AppointmentState.CANCELLED or self.window is None or self.changed is None:
            return None
        ahead = (self.window.starts or self.window.ends) - self.changed
        return max(int(ahead.total_seconds() // 3600), 0)
