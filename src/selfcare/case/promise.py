"""What a promise is: who promised what, by when, where it was read, and how it stands."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from selfcare.domain.records import Struct


class PromiseState(StrEnum):
    """How a promise stands."""

    OPEN = "open"
    KEPT = "kept"
    MISSED = "missed"
    MOVED = "moved"
    """Another date took its place before it came."""
    LOST = "lost"
    """Nobody can see whether it was kept: its matter is no longer listed, or is over and nobody says since when."""
    WITHDRAWN = "withdrawn"
    """The date was taken away before it fell due, and none was named in its place."""
    VOID = "void"
    """The date had passed before it was given, or its matter was refused or cancelled before it fell due: it could not
    be kept and counts as neither."""


class PromiseSource(StrEnum):
    """Where a promise was read."""

    TICKET = "ticket"
    PROBLEM = "problem"
    ORDER = "order"
    APPOINTMENT = "appointment"
    CONTACT = "contact"
    """The customer wrote it down."""


class PromiseOf(StrEnum):
    """What was promised."""

    ANSWER = "answer"
    REPAIR = "repair"
    UNLOCK = "unlock"
    CODE = "code"
    ENDING = "ending"
    ORDER = "order"
    CALL = "call"
    PORT = "port"
    REFUND = "refund"
    VISIT = "visit"
    OTHER = "other"


class Promise(Struct, frozen=True):
    """One promise. `who` names the promiser where the operator does, `title` is the operator's own text.

    `given` is when it was made, if known; a promise is missed from the instant after `due` (never at it).
    `replaced` is the date that took its place, `evidence` the words in which it was given, `undone` when the operator
    last called the matter settled though it is open again. `is_refused`: its matter was refused, cancelled or failed;
    `ended` is then when, or the earliest moment that it can have been where nobody states one. `starts` is when the
    time of a visit begins, where one is named. `is_undated`: its matter is over, and nobody states whether it was so by
    `due`.
    """

    who: str
    what: PromiseOf
    title: str
    given: datetime | None
    due: datetime
    source: PromiseSource
    source_id: str
    state: PromiseState
    ended: datetime | None = None
    replaced: datetime | None = None
    evidence: str = ""
    undone: datetime | None = None
    is_refused: bool = False
    starts: datetime | None = None
    is_undated: bool = False
    also: tuple[Promise, ...] = ()
    """The same promise as other places tell it."""

    @property
    def key(self) -> str:
        """What tells this promise from every other, also after it was moved."""
        return f"{self.series}:{self.due.isoformat()}"

    @property
    def keys(self) -> tuple[str, ...]:
        """Its key in each place that tells it."""
        return (self.key, *(one.key for one in self.also))

    @property
    def noted(self) -> Promise | None:
        """The promise as the customer noted it; None where the operator alone tells it."""
        return next((one for one in (self, *self.also) if one.source is PromiseSource.CONTACT), None)

    @property
    def series(self) -> str:
        """What this promise and those that replace it have in common."""
        return f"{self.source}:{self.source_id}:{self.what}"

    def late_by(self, now: datetime) -> timedelta:
        """How late it is, or was when it was kept; nothing if it is not."""
        return max((self.ended or now) - self.due, timedelta(0)) if self.state is PromiseState.MISSED else timedelta(0)
