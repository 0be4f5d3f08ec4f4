"""A change of holder that is open at the operator: since when, and whether the operator has the papers for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from selfcare.domain.lines import Line
from selfcare.domain.records import Struct
from selfcare.domain.tickets import Ticket, TicketState

HOLDER_CHANGE = "accountHolderChange"
"""The ticket type for it (TMF621 troubleTicket.ticketType, free text)."""


class HolderChange(Struct, frozen=True):
    """Asked for on `since` under the number `ticket_id`.

    `papers` is the day on which the operator said in its own words, `said`, that it goes on with what it had asked the
    customer for; None where it asked for nothing yet, or still asks.
    """

    ticket_id: str
    since: date | None
    papers: date | None = None
    said: str = ""


def is_holder_change(ticket: Ticket) -> bool:
    """The ticket is about another holder of the contract."""
    return ticket.kind.casefold() == HOLDER_CHANGE.casefold()


def holder_change_of(line: Line, tickets: Sequence[Ticket], zone: str) -> HolderChange | None:
    """The newest change of holder that is open and about this line, its contract or its account; None without one."""
    mine = {line.id, line.account_id, line.contract_id} - {""}
    place = ZoneInfo(zone)
    found = [
        ticket
        for ticket in tickets
        if is_holder_change(ticket)
        and ticket.is_open
        and (not ticket.about or any(ref.id in mine for ref in ticket.about))
    ]
    if not found:
        return None
    newest = max(found, key=lambda ticket: ticket.created.timestamp() if ticket.created is not None else 0.0)
    papers, said = _papers(newest)
    since = newest.created.astimezone(place).date() if newest.created is not None else None
    return HolderChange(newest.id, since, papers.astimezone(place).date() if papers is not None else None, said)


def _papers(ticket: Ticket) -> tuple[datetime | None, str]:
    """When the operator went on after it had asked the customer for something; nothing while it asks."""
    course = sorted(((s.at, s) for s in ticket.course if s.at is not None), key=lambda one: one[0])
    if ticket.state is TicketState.PENDING or not course:
        return None, ""
    asked = [n for n, (_, step) in enumerate(course) if step.state is TicketState.PENDING]
    if not asked or asked[-1] + 1 >= len(course):
        return None, ""
    at, after = course[asked[-1] + 1]
    return at, after.reason.strip()
