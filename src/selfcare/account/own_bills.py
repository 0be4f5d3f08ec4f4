"""Keeps bills that the customer brought along as documents of an archive, each with its PDF and the words inside it."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec

from selfcare.api.columns import columns_only
from selfcare.domain.bills import FILED, NOT_UNDERSTOOD, TO_FILE, Tax
from selfcare.domain.failures import Unreadable
from selfcare.domain.found_bill import FoundBill, same_bill_key
from selfcare.domain.money import Money
from selfcare.domain.records import Struct, replace
from selfcare.store.documents import Columns, StoredDocument
from selfcare.store.search import BillQuery
from selfcare.store.vault import Vault

from .documents import BILL, BILL_LINE

if TYPE_CHECKING:
    from .session import Session

ACCOUNT = "billingAccount"
_EVERY = 10_000_000
READING = 4
"""Which reading of papers wrote a bill down; raised when more is understood of them. A bill of a lower one, or of none,
is read anew when its file is taken in again."""

BY_HAND = "by hand"
"""How the scope begins under which a bill is kept that the customer filed."""

NAMED = "namedOperator"
"""Says in a bill that the customer, not the bill, named its operator."""


class OwnBill(Struct, frozen=True):
    """A bill to keep: what was read of it, the file it came in, and the words inside it."""

    id: str
    found: FoundBill
    paper_id: str
    file_name: str
    mime: str
    content: bytes
    words: str = ""
    is_version: bool = False
    """Another paper of the bill with this id: it is kept beside the first, and what the bill says stays."""


class Shelf:
    """What an archive holds already, by content and by number, day and total. For one intake."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        rows = vault.cache.bill_rows(BillQuery(limit=_EVERY, counted=False)).rows
        self._ids = {row.id for row in rows}
        self._fresh: set[str] = set()
        self._keys = {same_bill_key(row.number, row.day, row.amount): row.id for row in rows if row.day and row.amount}

    def has(self, bill_id: str) -> bool:
        """The very same file is here."""
        return bill_id in self._ids

    def is_outdated(self, bill_id: str) -> bool:
        """It was written down by an earlier reading; what the customer filed by hand never is."""
        body = self._vault.cache.get(BILL, bill_id) if bill_id not in self._fresh else None
        if body is None or self._vault.cache.scope(BILL, bill_id).startswith(BY_HAND):
            return False
        read_by = json.loads(body).get("readBy")
        return not isinstance(read_by, int) or read_by < READING

    def same_as(self, found: FoundBill) -> str:
        """The id of the bill with the same number, day and total; "" if there is none."""
        key = found.key()
        return self._keys.get(key, "") if key is not None else ""

    def papers_of(self, bill_id: str) -> list[dict[str, Any]]:
        """The papers that a bill is kept with: each has an `id`, a `name` and a `mimeType`."""
        return _papers_in(_body(self._vault, bill_id))

    def content(self, paper_id: str) -> bytes | None:
        """The bytes of a paper that is kept."""
        return self._vault.papers.get(paper_id)

    def add(self, bill_id: str, found: FoundBill) -> None:
        """This bill is here from now on."""
        self._ids.add(bill_id)
        self._fresh.add(bill_id)
        key = found.key()
        if key is not None:
            self._keys[key] = bill_id


def bill_id_of(digest: str) -> str:
    """The id of a bill of an archive: from the SHA-256 of its file, in hexadecimal."""
    return f"own-{digest[:40]}"


def keep_bills(vault: Vault, bills: list[OwnBill], seen: datetime, scope: str, zone: ZoneInfo) -> set[str]:
    """Keep some bills under a scope of their own: first their papers, then the bills, so that none is without its PDF.

    A bill that is here already is replaced, with its lines; its other papers stay. One that cannot be written down as
    it was read is kept to be filed by hand; the ids of those come back. Raises DiskTrouble; what was kept by earlier
    calls stays.
    """
    if not bills:
        return set()
    for bill in bills:
        vault.papers.put(bill.paper_id, bill.mime, bill.content, seen)
    bare: set[str] = set()
    documents: list[StoredDocument] = []
    lines: list[StoredDocument] = []
    for bill in (one for one in bills if not one.is_version):
        before = _body(vault, bill.id)
        bill = replace(bill, found=_with_name(bill.found, before))
        try:
            document, own_lines = _document(bill, before, zone), _lines(bill, zone)
            if any(one.columns.amount == NOT_UNDERSTOOD for one in (document, *own_lines)):
                raise Unreadable(BILL)
        except Unreadable:
            bare.add(bill.id)
            bill = replace(bill, found=FoundBill())
            document, own_lines = _document(bill, before, zone), []
        keep_operators(vault, [bill.found.operator], seen)
        _drop_lines(vault, bill.id, seen)
        documents.append(document)
        lines += own_lines
    if lines:
        vault.cache.replace(BILL_LINE, lines, seen=seen, scope=scope)
    if documents:
        vault.cache.replace(BILL, documents, seen=seen, scope=scope)
    for version in (one for one in bills if one.is_version):
        _add_version(vault, version, seen, zone)
    vault.cache.keep_paper_words((bill.paper_id, bill.id, bill.words) for bill in bills)
    return bare


def file_bill(vault: Vault, bill_id: str, found: FoundBill, seen: datetime, zone: ZoneInfo) -> bool:
    """Write down by hand what a bill of an archive says; False if there is no such bill."""
    row = vault.cache.row(BILL, bill_id)
    if row is None:
        return False
    before: dict[str, Any] = json.loads(row.body)
    keep_operators(vault, [found.operator], seen)
    body = {**_facts(bill_id, found), "billDocument": before.get("billDocument", [])}
    vault.cache.replace(BILL, [bill_document(body, zone)], seen=seen, scope=f"{BY_HAND} {bill_id}")
    vault.cache.finish()
    return True


def file_by_hand(session: Session, bill_id: str, found: FoundBill, seen: datetime) -> bool:
    """File a bill of an open archive; see file_bill. For any one thread."""
    vault = session.open_again()
    try:
        return file_bill(vault, bill_id, found, seen, ZoneInfo(session.profile.zone))
    finally:
        vault.close()


def operator_id(name: str) -> str:
    """The id under which an operator of an archive is kept; "" for none."""
    plain = "-".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())[:60]
    return f"own-{plain}" if plain else ""


def keep_operators(vault: Vault, names: list[str], seen: datetime) -> None:
    """An operator of an archive is an account that bills are written to, as it is with an operator that has several."""
    fresh = {operator_id(name): name for name in names if operator_id(name)}
    for own_id, name in fresh.items():
        if vault.cache.get(ACCOUNT, own_id) is None:
            body = json.dumps({"id": own_id, "name": name}, ensure_ascii=False).encode()
            document = StoredDocument(ACCOUNT, own_id, body, Columns(text=name))
            vault.cache.replace(ACCOUNT, [document], seen=seen, scope=own_id)


def _body(vault: Vault, bill_id: str) -> dict[str, Any]:
    """A bill as it is kept, its amounts exact; empty if it is not here."""
    body = vault.cache.get(BILL, bill_id)
    return json.loads(body, parse_float=Decimal) if body is not None else {}


def _papers_in(body: dict[str, Any]) -> list[dict[str, Any]]:
    """The papers that a kept bill names."""
    return list(body.get("billDocument", []))


def _with_name(found: FoundBill, before: dict[str, Any]) -> FoundBill:
    """A bill read anew: the operator that the customer named stays, where the bill itself names none."""
    name = before["billingAccount"]["name"] if before.get(NAMED) and not found.operator else ""
    return replace(found, operator=name) if name else found


def _add_version(vault: Vault, version: OwnBill, seen: datetime, zone: ZoneInfo) -> None:
    """Put another paper beside those of a bill."""
    body, scope = _body(vault, version.id), vault.cache.scope(BILL, version.id)
    if not body:
        return
    papers = _papers_in(body)
    body["billDocument"] = [*papers, {"id": version.paper_id, "name": version.file_name, "mimeType": version.mime}]
    own_scope = scope if scope.startswith(BY_HAND) else f"versions {version.id}"
    vault.cache.replace(BILL, [bill_document(body, zone)], seen=seen, scope=own_scope)


def _drop_lines(vault: Vault, bill_id: str, seen: datetime) -> None:
    """The lines of an earlier reading go away: they get a scope of their own, and that is emptied."""
    before = vault.cache.of_parent(BILL_LINE, bill_id)
    if before:
        scope, columns = f"before {bill_id}", Columns(parent=bill_id)
        vault.cache.replace(
            BILL_LINE, [StoredDocument(BILL_LINE, row.id, row.body, columns) for row in before], seen=seen, scope=scope
        )
        vault.cache.replace(BILL_LINE, [], seen=seen, scope=scope)


def bill_document(body: dict[str, Any], zone: ZoneInfo) -> StoredDocument:
    """A bill of an archive as it is kept: found by its operator, by the names of its files, and by its number without
    the blanks in it."""
    number = str(body.get("billNo", ""))
    joined = number.replace(" ", "") if " " in number and not _is_file_name(body, number) else ""
    words = (body.get("billingAccount", {}).get("name", ""), *(paper["name"] for paper in _papers_in(body)), joined)
    return stored(BILL, body, zone, " ".join(word for word in words if word))


def _is_file_name(body: dict[str, Any], name: str) -> bool:
    """Whether a paper of the bill is called so: a bill without a number has the name of its file in its place."""
    return any(str(paper["name"]).startswith(name) for paper in _papers_in(body))


def _document(bill: OwnBill, before: dict[str, Any], zone: ZoneInfo) -> StoredDocument:
    paper = {"id": bill.paper_id, "name": bill.file_name, "mimeType": bill.mime}
    others = [one for one in _papers_in(before) if one["id"] != bill.paper_id]
    facts = {**_facts(bill.id, bill.found), "billDocument": [paper, *others], "readBy": READING}
    if not bill.found.number:
        facts["billNo"] = bill.file_name[:60]
    if before.get(NAMED):
        facts[NAMED] = True
    return bill_document(facts, zone)


def _facts(bill_id: str, found: FoundBill) -> dict[str, Any]:
    """The bill in the standard's words (TMF678 CustomerBill). Its due day is past, as a rule, and nobody says whether
    it was paid: it stands apart, so that no old bill is called overdue."""
    facts: dict[str, Any] = {
        "id": bill_id,
        "@type": "CustomerBill",
        "billNo": found.number,
        "state": FILED if found.is_whole else TO_FILE,
    }
    if found.day is not None:
        facts["billDate"] = found.day.isoformat()
    if found.due is not None:
        facts["dueDayOnPaper"] = found.due.isoformat()
    if (period := _span(found.starts, found.ends)) is not None:
        facts["billingPeriod"] = period
    if found.total is not None:
        facts["taxIncludedAmount"] = _amount(found.total)
    if found.net is not None:
        facts["taxExcludedAmount"] = _amount(found.net)
    taxes = [_tax(tax) for tax in found.taxes if tax.amount is not None]
    if taxes:
        facts["taxItem"] = taxes
    if operator_id(found.operator):
        facts["billingAccount"] = {"id": operator_id(found.operator), "name": found.operator}
    return facts


def _lines(bill: OwnBill, zone: ZoneInfo) -> list[StoredDocument]:
    made = []
    for number, line in enumerate(bill.found.lines, 1):
        body: dict[str, Any] = {"id": f"{bill.id}-{number}", "bill": {"id": bill.id}, "name": line.name}
        body["isBilled"] = True
        if line.gross is not None:
            body["taxIncludedAmount"] = _amount(line.gross)
        if line.net is not None:
            body["taxExcludedAmount"] = _amount(line.net)
        if line.exact is not None:
            body["amountBeforeRounding"] = _amount(line.exact)
        if (period := _span(line.starts, line.ends)) is not None:
            body["periodCoverage"] = period
        made.append(stored(BILL_LINE, body, zone, line.name))
    return made


def stored(kind: str, body: dict[str, Any], zone: ZoneInfo, words: str) -> StoredDocument:
    written = msgspec.json.Encoder(decimal_format="number").encode(body)
    facts = columns_only(kind, written, zone)
    return StoredDocument(kind, facts.pop("id"), written, replace(Columns(**facts), text=words))


def _span(starts: date | None, ends: date | None) -> dict[str, str] | None:
    days = {"startDateTime": starts, "endDateTime": ends}
    return {name: day.isoformat() for name, day in days.items() if day is not None} or None


def _tax(tax: Tax) -> dict[str, Any]:
    facts: dict[str, Any] = {"taxCategory": tax.category}
    if tax.amount is not None:
        facts["taxAmount"] = _amount(tax.amount)
    return facts if tax.rate is None else {**facts, "taxRate": tax.rate}


def _amount(amount: Money) -> dict[str, Decimal | str]:
    return {"value": amount.value, "unit": amount.unit}
