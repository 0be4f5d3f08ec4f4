"""A document of the operator's as it is kept: the bytes as received, and the few facts to sort and find it by."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from selfcare.domain.records import Struct

NOT_STATED = -(2**62)
"""Where a bill stands among the others by its amount, if that is not stated."""
_MOST = 2**62


class Columns(Struct, frozen=True):
    """What is drawn out of a document. `day` and `due` are ISO days, `amount` decimal text, `text` searchable words.

    `parent` is the id of what it belongs to (a line's bill), `line` the id of the telephone line it is about.
    """

    parent: str = ""
    number: str = ""
    day: str = ""
    due: str = ""
    amount: str = ""
    unit: str = ""
    state: str = ""
    line: str = ""
    text: str = ""


class StoredDocument(Struct, frozen=True):
    """One document to keep. `kind` is TMF's resource name; one that could not be understood is kept all the same."""

    kind: str
    id: str
    body: bytes
    columns: Columns = Columns()
    readable: bool = True


class Row(Struct, frozen=True):
    """One document that was kept. `gone` says that the operator no longer lists it."""

    id: str
    body: bytes
    gone: bool = False


_REFUSED = "refused:"
_LEFT_OUT = "unnamed:"


class ResourceState(Struct, frozen=True):
    """What is known of reading one resource: when it was last confirmed, when last tried, and why that failed.

    `failure` is the failure's name ("" if the last try went well), `facts` its facts as JSON; where it went well, how
    many documents were not kept (see `refusals`).
    """

    kind: str
    validator: str = ""
    seen: datetime | None = None
    tried: datetime | None = None
    failure: str = ""
    facts: str = ""
    count: int = 0
    unreadable: int = 0

    @property
    def refused(self) -> int:
        """How many documents of the last reading were not kept, because they are another customer's."""
        return self._told(_REFUSED)

    @property
    def left_out(self) -> int:
        """How many documents of the last reading were not kept, because they do not name the customer."""
        return self._told(_LEFT_OUT)

    def _told(self, front: str) -> int:
        parts = () if self.failure else self.facts.split()
        return next((int(part.removeprefix(front)) for part in parts if part.startswith(front)), 0)


def refusals(count: int, left_out: int = 0) -> str:
    """How a reading that went well, but for so many documents that were not kept, is remembered."""
    return " ".join(f"{front}{n}" for front, n in ((_REFUSED, count), (_LEFT_OUT, left_out)) if n)


def rank_of(amount: str) -> int:
    """Decimal text as a whole number to sort by: ten-thousandths of its unit; what is not stated comes last."""
    if amount[-3:-2] == "." and len(amount) < 16 and amount[:-3].isdecimal() and amount[-2:].isdecimal():
        return int(amount[:-3] + amount[-2:]) * 100
    try:
        rank = int(Decimal(amount) * 10_000)
    except (InvalidOperation, OverflowError, ValueError):
        return NOT_STATED
    return max(-_MOST, min(_MOST, rank))


def to_text(moment: datetime | None) -> str:
    """An instant as it is written into the file; "" for none. Raises ValueError if it has no zone."""
    if moment is None:
        return ""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return moment.astimezone(UTC).isoformat()


def to_moment(text: str) -> datetime | None:
    """The instant that was written; None for ""."""
    return datetime.fromisoformat(text) if text else None
