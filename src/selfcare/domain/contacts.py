"""Who spoke to whom and when, and the messages that the operator sent."""

from __future__ import annotations

from datetime import datetime

from .records import Struct
from .tickets import EntityRef, Note


class Contact(Struct, frozen=True):
    """One contact with the operator (TMF683 PartyInteraction). `agent` is whom the operator names."""

    id: str
    what: str
    reason: str
    is_inbound: bool | None
    channel: str
    agent: str
    started: datetime | None
    ended: datetime | None
    state_word: str = ""
    resolution: str = ""
    about: tuple[EntityRef, ...] = ()
    notes: tuple[Note, ...] = ()
    no_longer_listed: bool = False


class Message(Struct, frozen=True):
    """Something the operator sent (TMF681 CommunicationMessage); plain text only."""

    id: str
    channel: str
    subject: str
    text: str
    sent: datetime | None
    state_word: str = ""
    no_longer_listed: bool = False
