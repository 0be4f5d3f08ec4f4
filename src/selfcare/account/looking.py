"""Asks the operator whether a request whose answer was lost has arrived: by our own id, or by the words of a remark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING

from selfcare.api.columns import columns_only
from selfcare.api.tickets import read_ticket
from selfcare.domain.commands import AddNote, Command
from selfcare.domain.failures import Failure, Offline, SignedOut, TooOften, Unreadable
from selfcare.domain.operator import OperatorProfile
from selfcare.store.action import Action

if TYPE_CHECKING:
    from .desk import Desk


class Presence(StrEnum):
    """What the operator's own lists say of a request."""

    PRESENT = "present"
    ABSENT = "absent"
    CANNOT_TELL = "cannotTell"


@dataclass(frozen=True, slots=True)
class Found:
    """Whether a request is at the operator's, and under which id of theirs."""

    presence: Presence
    receipt: str = ""


def look_for(desk: Desk, action: Action, command: Command, profile: OperatorProfile, zone: tzinfo) -> Found:
    """Whether the operator has a request. Absence counts only where lists can be asked for our own ids.

    Raises Offline, SignedOut, TooOften: then nothing was learned.
    """
    try:
        if isinstance(command, AddNote):
            return _look_for_note(desk, action, command, zone)
        resource = action.path.rstrip("/").rpartition("/")[2]
        found = desk.find_external(action.api, resource, action.id)
        if found:
            return Found(Presence.PRESENT, columns_only(resource, found[0], zone)["id"])
    except (Offline, SignedOut, TooOften):
        raise
    except Failure:
        return Found(Presence.CANNOT_TELL)
    return Found(Presence.ABSENT if profile.honours.external_id_filter else Presence.CANNOT_TELL)


def _look_for_note(desk: Desk, action: Action, command: AddNote, zone: tzinfo) -> Found:
    document = desk.fetch_one(action.api, "troubleTicket", command.ticket_id)
    if document is None:
        raise Unreadable("troubleTicket")
    notes = read_ticket(document, zone).notes
    is_there = any(note.text.strip() == command.text.strip() for note in notes)
    return Found(Presence.PRESENT, command.ticket_id) if is_there else Found(Presence.ABSENT)
