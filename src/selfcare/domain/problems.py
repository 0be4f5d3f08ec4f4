"""Known problems of the network that the operator publishes."""

from __future__ import annotations

from datetime import datetime

from .records import Struct
from .tickets import Note, TicketState


class Problem(Struct, frozen=True):
    """A known problem (TMF656 ServiceProblem). `expected_end` is our extension `estimatedRestorationDate`."""

    id: str
    title: str
    text: str
    category: str
    state: TicketState
    state_word: str
    began: datetime | None
    changed: datetime | None
    ended: datetime | None
    expected_end: datetime | None = None
    service_ids: tuple[str, ...] = ()
    ticket_ids: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    affected: int | None = None
    record: tuple[Note, ...] = ()
    moved_from: tuple[datetime, ...] = ()

    @property
    def is_over(self) -> bool:
        """The operator says that it is mended or withdrawn."""
        return self.state in {
            TicketState.RESOLVED,
            TicketState.CLOSED,
            TicketState.CANCELLED,
            TicketState.REJECTED,
        }
