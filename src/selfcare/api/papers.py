"""Fetches a bill's PDF: from inside the bill, from the address it names, from the document store, or as agreed."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from selfcare.domain.bills import PaperRef
from selfcare.domain.failures import NotAnAnswer, NotOffered, PaperTrouble, Refused, TooLarge

from .addresses import absolute, is_allowed, origin_of
from .client import Reply, Request
from .limits import JSON_BYTES, PDF_BYTES
from .reading import Doc, document, first_text, identity, items, papers, text
from .replies import require_json, require_success
from .strict_json import check, documents

if TYPE_CHECKING:
    from .operator import Operator

_MARK = b"%PDF-"
_LAST_WORD = b"%%EOF"
_USUAL = ("embedded", "url", "href", "document")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def fetch(operator: Operator, paper: PaperRef | str) -> bytes:
    """A PDF by its own address: its url, else its href (which may be a TMF667 Document that leads further).

    Raises PaperTrouble ("missing" or "not_pdf"), NotAnAnswer ("foreign") for another host, and what the wire raises.
    """
    ref = PaperRef("", "", url=paper) if isinstance(paper, str) else paper
    return _first(_by_address(operator, address) for address in (ref.url, ref.href) if address)


def fetch_of_bill(operator: Operator, bill_doc: bytes, paper_id: str = "") -> bytes:
    """The PDF of a bill (TMF678 CustomerBill), by the profile's ways in their order; see mapping 4.4.

    `paper_id` chooses one of the bill's documents. Raises as fetch does.
    """
    doc = document(bill_doc, "customerBill")
    parts = items(doc.get("billDocument"))
    if paper_id:
        parts = [p for p in parts if any(ref.id == paper_id for ref in papers(p))] or parts
    entry = operator.entry("TMF678")
    return _first(_ways(operator, doc, parts, entry.pdf or _USUAL))


def _ways(operator: Operator, doc: Doc, parts: list[Doc], order: tuple[str, ...]) -> Iterator[bytes | None]:
    own = identity(doc, "customerBill")
    for way in order:
        if way == "embedded":
            yield from (embedded(part) for part in parts)
        elif way in {"url", "href"}:
            names = ("url", "URL", "uri") if way == "url" else ("href",)
            yield from (_tried(operator, first_text(part, *names)) for part in parts if first_text(part, *names))
        elif way == "document":
            yield _searched(operator, own)
        elif way.startswith("template:"):
            address = way.removeprefix("template:").replace("{billId}", quote(own, safe=""))
            yield _tried(operator, address)


def _first(found: Iterator[bytes | None]) -> bytes:
    for content in found:
        if content is not None:
            return content
    raise PaperTrouble("missing")


def _tried(operator: Operator, address: str) -> bytes | None:
    """One of several ways; a way that leads nowhere is no reason not to try the next one."""
    try:
        return _by_address(operator, address)
    except (Refused, PaperTrouble, NotOffered):
        return None
    except NotAnAnswer as trouble:
        if trouble.what in {"foreign", "html", "type", "redirect"}:
            return None
        raise


def embedded(part: Doc) -> bytes | None:
    """The PDF inside an attachment (base64), None if there is none or it is no PDF."""
    said = part.get("content")
    if not isinstance(said, str) or len(said) > PDF_BYTES * 4 // 3 + 4:
        return None
    try:
        content = base64.b64decode(said, validate=True)
    except (binascii.Error, ValueError):
        return None
    return content if content.startswith(_MARK) else None


def _bearable(content: bytes) -> bytes:
    if len(content) > PDF_BYTES:
        raise TooLarge("body")
    return content


def _whole(reply: Reply) -> bytes:
    """The paper of an answer. One that ends with the connection says nothing of its length: there a PDF ends by its own
    last word (ISO 32000-1, 7.5.5), or it was cut on the way."""
    is_counted = "content-length" in reply.headers or "transfer-encoding" in reply.headers
    if not is_counted and _LAST_WORD not in reply.body[-1024:]:
        raise NotAnAnswer("truncated")
    return reply.body


def _by_address(operator: Operator, address: str) -> bytes | None:
    base = operator.profile.issuer
    entry = operator.profile.apis.get("TMF678")
    address = absolute(entry.base_url if entry is not None else base, address)
    if not is_allowed(address, operator.wire.origins):
        raise NotAnAnswer("foreign")
    reply = _ask(operator, address)
    if reply.status in _REDIRECTS:
        further = absolute(address, reply.headers.get("location", ""))
        if origin_of(further) != origin_of(address):
            raise NotAnAnswer("redirect")
        reply = _ask(operator, further)
    require_success(reply)
    if reply.body.startswith(_MARK):
        return _bearable(_whole(reply))
    if reply.headers.get("content-type", "").casefold().startswith("application/pdf"):
        raise PaperTrouble("not_pdf")
    return _in_document(operator, require_json(reply), address)


def _ask(operator: Operator, address: str) -> Reply:
    accept = {"accept": "application/pdf, application/json;q=0.8"}
    patience = operator.wire.patience.pdf_total
    return operator.ask(Request("GET", address, accept, cap=_cap(), total=patience, takes_redirect=True))


def _cap() -> int:
    """A PDF, also one inside a JSON document."""
    return PDF_BYTES * 4 // 3 + JSON_BYTES // 8


def _in_document(operator: Operator, body: bytes, asked: str) -> bytes | None:
    """The PDF that a TMF667 Document holds, or the one it leads to; one step further, no more."""
    check(body)
    doc = document(body, "document")
    parts = items(doc.get("attachment"))
    for part in parts:
        content = embedded(part)
        if content is not None:
            return content
    for part in parts:
        address = absolute(asked, first_text(part, "url", "URL", "uri"))
        if address and address != asked and is_allowed(address, operator.wire.origins):
            reply = _ask(operator, address)
            require_success(reply)
            if reply.body.startswith(_MARK):
                return _bearable(reply.body)
            raise PaperTrouble("not_pdf")
    return None


def _searched(operator: Operator, bill_id: str) -> bytes | None:
    entry = operator.profile.apis.get("TMF667")
    if entry is None:
        return None
    reply = operator.ask(
        Request(
            "GET",
            f"{entry.base_url}/document?relatedEntity.id={quote(bill_id, safe='')}",
            {"accept": "application/json"},
            cap=_cap(),
            total=operator.wire.patience.pdf_total,
        )
    )
    try:
        require_success(reply)
        found = documents(require_json(reply))
    except (Refused, NotAnAnswer):
        return None
    for raw in found:
        doc = document(raw, "document")
        if any(text(part.get("id")) == bill_id for part in items(doc.get("relatedEntity"))):
            content = _in_document(operator, raw, f"{entry.base_url}/document")
            if content is not None:
                return content
    return None
