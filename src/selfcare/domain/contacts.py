"""Who spoke to whom and when, and the messages that the operator sent."""

from __future__ import annotations

from datetime import datetime

from .records import Struct
from .tickets import EntityRef, Note


class Contact(Struct, frozen=True):
    """One contact with the operator (TMF683 PartyInteraction).

    `agent` is the first whom the operator names, `others` are those to whom the customer was passed on.
    `is_day_alone`: the operator names a day and no hour; `started` is then the beginning of that day.
    """

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
    others: tuple[str, ...] = ()
    is_day_alone: bool = False

    @property
    def agents(self) -> tuple[str, ...]:
        """Everybody whom the operator names, in the order in which the customer got them."""
        return tuple(dict.fromkeys(name for name in (self.agent, *self.others) if name))


class Message(Struct, frozen=True):
    """Something the operator sent (TMF681 CommunicationMessage); plain text only."""

    id: str
    channel: str
    subject: str
    text: str
    sent: datetime | None
    state_word: str = ""
    no_longer_listed: bool = False
