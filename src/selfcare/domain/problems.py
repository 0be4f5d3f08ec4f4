"""Known problems of the network that the operator publishes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from .moved import Moves
from .records import Struct
from .tickets import Note, Ticket, TicketState


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
    moved_when: Moves = ()

    def touches(self, services: Collection[str], tickets: Iterable[Ticket]) -> bool:
        """It is about one of the customer's services, or behind one of the customer's tickets."""
        return any(one in services for one in self.service_ids) or any(self.is_behind(ticket) for ticket in tickets)

    def is_behind(self, ticket: Ticket) -> bool:
        """Either of the two names the other."""
        return ticket.id in self.ticket_ids or any(ref.id == self.id for ref in ticket.about)

    @property
    def is_over(self) -> bool:
        """The operator says that it is mended or withdrawn."""
        return self.state in {
            TicketState.RESOLVED,
            TicketState.CLOSED,
            TicketState.CANCELLED,
            TicketState.REJECTED,
        }
