"""Requests on their way: asked for, perhaps sent, not yet confirmed; and how they are laid over the operator's word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from .commands import AddNote, Command, GiveNotice, OpenTicket, RequestCode, RequestUnlock
from .records import Struct, replace
from .same_words import says_the_same
from .tickets import Note, Ticket, TicketState


class WaitingState(StrEnum):
    """The life of a request (see docs of store.outbox for what moves it)."""

    NEW = "new"
    """Kept here, not sent."""
    SENDING = "sending"
    """About to go out, or on its way right now."""
    UNKNOWN = "unknown"
    """Sent, and no valid answer came back: the operator is asked before anything is sent again."""
    ACCEPTED = "accepted"
    """The operator took it and works on it; `receipt` is its number."""
    DONE = "done"
    """Carried out, by the operator's own word."""
    REJECTED = "rejected"
    """The operator said no; `reason` is its text."""
    ASK = "ask"
    """Only the customer can decide what happens next."""
    DROPPED = "dropped"
    """Taken back by the customer before it was sent, or at the operator itself: `why` is WITHDRAWN then."""


WITHDRAWN = "withdrawn"
"""Why a request that the operator had, under its `receipt`, is dropped: the customer withdrew it there."""

CHANGED = "changed"
"""Why the customer is asked: what the request is about is not as it was."""
MISMATCH = "mismatch"
"""Why the customer is asked: the operator's answer is about something else."""
ASKED_ALREADY = "askedAlready"
"""Why the customer is asked: the operator says that this conflicts with what it has (409), as it does where it was
asked for before; and it was not by this request."""
OTHER_ISSUER = "otherIssuer"
"""Why the customer is asked: the operator signs its customers in elsewhere since, so nobody can tell whose it would
be. It can only be taken back, and asked for anew."""
COPY = "copy"
"""Why the customer is asked: this folder may be an old copy, a newer one may have sent it, and the operator cannot say
whether it arrived."""

REFUSED = "refused"
"""Why a request is still looked for that was refused: an earlier try of it may have arrived, and lists may be late."""
TAKEN = "taken"
"""Why a request is still looked for that the operator took without a number of its own (202): it is in its lists once
it has come to it, and it is no answer that it is not there yet."""

_CLOCKS_APART = timedelta(hours=1)
_ON_ITS_WAY = timedelta(minutes=5)

UNCLEAR = frozenset({"cannotTell", MISMATCH, COPY})
"""Of these nobody can tell whether they arrived."""

SETTLED = frozenset({WaitingState.DONE, WaitingState.REJECTED, WaitingState.DROPPED})


class Waiting(Struct, frozen=True):
    """One request. `why` says why the customer is asked: expired, changed, cannotTell, mismatch, askedAlready,
    otherIssuer, copy; or that what was dropped had reached the operator: withdrawn; or why it is still looked for: it
    was refused, or one of those, and an earlier try may have arrived; or it was taken without a number: taken; ""
    otherwise. `confirmed` is when the operator's own word first said
    that it has the request, `settled` when its end became known here, `tried` when it last went out."""

    id: str
    command: Command
    state: WaitingState
    created: datetime
    attempts: int = 0
    sent: datetime | None = None
    next_try: datetime | None = None
    receipt: str = ""
    reason: str = ""
    why: str = ""
    confirmed: datetime | None = None
    settled: datetime | None = None
    tried: datetime | None = None

    @property
    def is_open(self) -> bool:
        """It still needs somebody."""
        return self.state not in SETTLED

    @property
    def may_be_dropped(self) -> bool:
        """Not one byte of it has left, or the customer is being asked."""
        return self.state in {WaitingState.NEW, WaitingState.ASK}


def as_it_is(item: Waiting, now: datetime) -> Waiting:
    """What has been on its way for longer than an answer may take is not any more: what came of it could not be kept,
    as on a full disk, and is found out as soon as that is possible."""
    if item.state is not WaitingState.SENDING or item.tried is None:
        return item
    return item if timedelta(0) <= now - item.tried <= _ON_ITS_WAY else replace(item, state=WaitingState.UNKNOWN)


def lay_over_tickets(tickets: Sequence[Ticket], waiting: Iterable[Waiting]) -> tuple[Ticket, ...]:
    """The operator's tickets with the customer's unsent ones on top and unsent notes inside.

    A request laid over has no id of the operator's: its id is "waiting:" and the request's own. An accepted one
    vanishes here as soon as the operator's list shows a ticket with its external id.
    """
    known = {t.external_id for t in tickets if t.external_id}
    ids = {t.id for t in tickets}
    result: list[Ticket] = []
    notes: dict[str, list[tuple[Waiting, Note]]] = {}
    for item in waiting:
        command = item.command
        if not item.is_open:
            continue
        if isinstance(command, OpenTicket) and item.id not in known and item.receipt not in ids:
            result.append(
                Ticket(
                    id=f"waiting:{item.id}",
                    title=command.title,
                    text=command.text,
                    kind=command.ticket_type,
                    severity=command.severity,
                    state=TicketState.UNKNOWN,
                    state_word="",
                    created=item.created,
                    changed=None,
                    external_id=item.id,
                    about=command.about,
                )
            )
        elif isinstance(command, AddNote):
            notes.setdefault(command.ticket_id, []).append((item, Note("", item.created, command.text)))
    for ticket in tickets:
        extra = [n for w, n in notes.get(ticket.id, ()) if not any(_is_the_same(w, n, m) for m in ticket.notes)]
        result.append(replace(ticket, notes=(*ticket.notes, *extra)) if extra else ticket)
    return tuple(result)


def _is_the_same(item: Waiting, asked: Note, there: Note) -> bool:
    """The operator shows our remark: our words, not from before we wrote them; by its own clock, which need not show
    what ours does, where it may have come in."""
    if not says_the_same(asked.text, there.text):
        return False
    if asked.at is None or there.at is None:
        return True
    return there.at >= asked.at.replace(microsecond=0) - (_CLOCKS_APART if item.sent is not None else timedelta(0))


def asked_for(
    waiting: Iterable[Waiting], kind: type[RequestCode] | type[RequestUnlock] | type[GiveNotice], target: str
) -> Waiting | None:
    """The newest request of a kind for a line (or handset) that was not refused or dropped, if any."""
    return _newest((w for w in waiting if w.state is not WaitingState.REJECTED), kind, target)


def refused_last(
    waiting: Iterable[Waiting], kind: type[RequestCode] | type[RequestUnlock] | type[GiveNotice], target: str
) -> Waiting | None:
    """The newest request of a kind for a line (or handset), if the operator refused it; None after a newer one."""
    found = _newest(waiting, kind, target)
    return found if found is not None and found.state is WaitingState.REJECTED else None


def _newest(
    waiting: Iterable[Waiting], kind: type[RequestCode] | type[RequestUnlock] | type[GiveNotice], target: str
) -> Waiting | None:
    found: Waiting | None = None
    for item in waiting:
        command = item.command
        if not isinstance(command, kind) or item.state is WaitingState.DROPPED:
            continue
        own = command.handset_id if isinstance(command, RequestUnlock) else command.line_id
        if own == target and (found is None or item.created > found.created):
            found = item
    return found
