"""One request of the customer's as it is kept: exactly what will be sent, and what has become of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

OPEN = ("new", "sending", "unknown", "accepted", "ask")
STATES = (*OPEN, "done", "rejected", "dropped")


@dataclass(frozen=True, slots=True)
class Action:
    """A request in the outbox. The words for `state` are those of domain.waiting.WaitingState.

    `key` goes out as Idempotency-Key and `id` as externalId; `confirm` names the click that asked for it, so that a
    second click is not a second request. `body` is frozen: each try sends the same bytes. `issuer` and `subject` say
    whose request it is. `absent` is when the operator first said that it does not have it; `doubt` that its answer
    may be a stored error, so that asking comes before sending.
    """

    id: str
    key: str = field(repr=False)
    confirm: str = field(repr=False)
    kind: str
    command_json: bytes = field(repr=False)
    issuer: str
    subject: str = field(repr=False)
    method: str
    api: str
    path: str = field(repr=False)
    body: bytes = field(repr=False)
    content_type: str
    state: str
    created: datetime
    attempts: int = 0
    first_sent: datetime | None = None
    last_try: datetime | None = None
    next_try: datetime | None = None
    receipt: str = field(default="", repr=False)
    reason: str = field(default="", repr=False)
    why: str = ""
    absent: datetime | None = None
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One thing that happened to a request, as evidence. `facts` is JSON."""

    action_id: str
    at: datetime
    event: str
    facts: str = ""
