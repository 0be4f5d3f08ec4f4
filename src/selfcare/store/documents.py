"""A document of the operator's as it is kept: the bytes as received, and the few facts to sort and find it by."""

from __future__ import annotations

from datetime import UTC, datetime

from selfcare.domain.records import Struct


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


class ResourceState(Struct, frozen=True):
    """What is known of reading one resource: when it was last confirmed, when last tried, and why that failed.

    `failure` is the failure's name ("" if the last try went well), `facts` its facts as JSON.
    """

    kind: str
    validator: str = ""
    seen: datetime | None = None
    tried: datetime | None = None
    failure: str = ""
    facts: str = ""
    count: int = 0
    unreadable: int = 0


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
