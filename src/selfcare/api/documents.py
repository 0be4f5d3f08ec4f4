"""Reads the papers that an operator keeps for a customer (TMF667): contracts, letters, reminders, copies of bills."""

from __future__ import annotations

from datetime import UTC, tzinfo

from selfcare.domain.bills import PaperRef
from selfcare.domain.papers import Paper
from selfcare.domain.records import replace

from .reading import Doc, day, document, entity, first_text, identity, items, paper, plain_word, text

KIND = "document"
APART = "*"
"""Stands in the store where a paper is not the copy of one bill, so that those few are found among thousands."""

_BILLS = frozenset({"", "bill", "invoice", "customerbill", "creditnote", "link", "pdf", "document"})


def read_paper(doc: bytes | Doc, zone: tzinfo = UTC) -> Paper:
    """One paper (TMF667 Document). Raises Unreadable.

    A document without an attachment that could be asked for leads to its files by its own address.
    """
    doc = document(doc, KIND)
    own = identity(doc, KIND)
    name = first_text(doc, "name", "description", "documentNumber")
    return Paper(
        id=own,
        name=name,
        kind_word=first_text(doc, "documentType", "@type"),
        day=day(doc.get("creationDate"), zone) or day(doc.get("lastUpdate"), zone),
        text=text(doc.get("description")),
        about=tuple(entity(item) for item in items(doc.get("relatedEntity"))),
        files=_files(doc, own, name),
    )


def belongs_to(doc: Doc) -> str:
    """The bill whose copy a document is, else APART."""
    word = plain_word(text(doc.get("documentType")))
    for one in (entity(item) for item in items(doc.get("relatedEntity"))):
        if one.kind.casefold() == "customerbill" and word in _BILLS:
            return one.id or APART
    return APART


def file_inside(doc: bytes, file_id: str) -> bytes | None:
    """The PDF that came inside a document (base64), None if there is none of that id."""
    from .papers import embedded

    found = document(doc, KIND)
    own = identity(found, KIND)
    for place, part in enumerate(items(found.get("attachment"))):
        if _named(paper(part), own, place).id == file_id:
            return embedded(part)
    return None


def _files(doc: Doc, own: str, name: str) -> tuple[PaperRef, ...]:
    """Each attachment with the name that a customer reads; the address of the document serves those without one."""
    parts = items(doc.get("attachment"))
    address = text(doc.get("href"))
    if not parts:
        return (PaperRef(own, name, href=address),)
    found = [_named(paper(part), own, place) for place, part in enumerate(parts)]
    if len(found) == 1 and name:
        found = [replace(found[0], name=name)]
    return tuple(file if file.url or file.href or file.inline else replace(file, href=address) for file in found)


def _named(file: PaperRef, own: str, place: int) -> PaperRef:
    return file if file.id else replace(file, id=f"{own}/{place}")
