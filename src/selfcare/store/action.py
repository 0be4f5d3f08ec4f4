"""One request of the customer's as it is kept: exactly what will be sent, and what has become of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from selfcare.domain.records import Sealed, Struct

SETTLED = ("done", "rejected", "dropped")
OPEN = ("new", "sending", "unknown", "accepted", "ask")
STATES = (*OPEN, *SETTLED)


class Action(Sealed, frozen=True):
    """A request in the outbox. The words for `state` are those of domain.waiting.WaitingState.

    `key` goes out as Idempotency-Key and `id` as externalId; `confirm` names the click that asked for it, so that a
    second click is not a second request. `body` is frozen: each try sends the same bytes. `issuer` and `subject` say
    whose request it is. `absent` is when the operator first said that it does not have it; `doubt` that its answer
    may be a stored error, so that asking comes before sending.

    `asked_ahead` and `sent_ahead` say how far the operator's clock was ahead of ours when it was asked for and when it
    was first sent (None: not known); `absent` is by the operator's clock. `run` names the run of the program in which
    it was asked for. `confirmed` is when the customer last said that it is still wanted, `confirmed_ahead` the
    operator's clock then; `changed` what had changed underneath when the customer was asked.
    """

    id: str
    key: str
    confirm: str
    kind: str
    command_json: bytes
    issuer: str
    subject: str
    method: str
    api: str
    path: str
    body: bytes
    content_type: str
    state: str
    created: datetime
    attempts: int = 0
    first_sent: datetime | None = None
    last_try: datetime | None = None
    next_try: datetime | None = None
    receipt: str = ""
    reason: str = ""
    why: str = ""
    absent: datetime | None = None
    doubt: bool = False
    asked_ahead: timedelta | None = None
    sent_ahead: timedelta | None = None
    run: str = ""
    confirmed: datetime | None = None
    confirmed_ahead: timedelta | None = None
    changed: str = ""


class JournalEntry(Struct, frozen=True):
    """One thing that happened to a request, as evidence. `facts` is JSON; `state` what the request was afterwards (""
    in what older versions wrote)."""

    action_id: str
    at: datetime
    event: str
    facts: str = ""
    state: str = ""
