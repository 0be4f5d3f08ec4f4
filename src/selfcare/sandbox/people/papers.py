"""The papers the demo operator keeps for a customer: bills, contracts and letters, as documents with a PDF."""

from __future__ import annotations

from datetime import date

from .person import Document
from .shapes import PATHS, day_stamp, href, ref
from .story import Story


def file_bill(story: Story, bill: Document) -> Document:
    """Keep a bill's PDF (TMF667) and return the reference that stands in the bill."""
    ident = f"D-{bill['id']}"
    french = story.brand.language == "fr"
    name = f"{'facture' if french else 'bill'}-{bill['billNo']}.pdf"
    title = f"Facture {bill['billNo']}" if french else f"Bill {bill['billNo']}"
    day = date.fromisoformat(bill["billDate"][:10])
    _file(story, ident, title, name, "bill", day, [ref("customerBill", bill["id"], "CustomerBill", role="bill")])
    return _paper(ident, name) | {"href": href("document", ident)}


def file_paper(
    story: Story, title: str, kind: str, day: date, about: tuple[str, str] | None = None, text: str = ""
) -> Document:
    """Keep another paper: contract, letter, proof. `about` is (kind, id) of what it belongs to."""
    ident = story.next_id("D")
    name = f"{kind}-{ident}.pdf"
    related = [ref(about[0], about[1], about[0][0].upper() + about[0][1:], role=kind)] if about else []
    return _file(story, ident, title, name, kind, day, related, text)


def _file(
    story: Story, ident: str, title: str, name: str, kind: str, day: date, related: list[Document], text: str = ""
) -> Document:
    document: Document = {
        "id": ident,
        "name": title,
        "documentType": kind,
        "creationDate": day_stamp(day),
        "lastUpdate": day_stamp(day),
        "status": "published",
        "attachment": [_paper(ident, name)],
        "relatedParty": [story.customer_ref()],
    }
    if related:
        document["relatedEntity"] = related
    if text:
        document["description"] = text
    return story.add("document", document)


def _paper(ident: str, name: str) -> Document:
    return {
        "id": ident,
        "href": f"{{base}}/{PATHS['document']}/document/{ident}",
        "name": name,
        "attachmentType": "PDF",
        "mimeType": "application/pdf",
        "url": f"{{base}}/files/{ident}.pdf",
    }
