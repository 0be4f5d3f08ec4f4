"""Keeps bills that the customer brought along as documents of an archive, each with its PDF and the words inside it."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec

from selfcare.api.columns import columns_only
from selfcare.domain.bills import FILED, TO_FILE, Tax
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
READING = 2
"""Which reading of papers wrote a bill down; raised when more is understood of them. A bill of a lower one, or of none,
is read anew when its file is taken in again."""

_BY_HAND = "by hand"


class OwnBill(Struct, frozen=True):
    """A bill to keep: what was read of it, the file it came in, and the words inside it."""

    id: str
    found: FoundBill
    paper_id: str
    file_name: str
    mime: str
    content: bytes
    words: str = ""


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
        if body is None or self._vault.cache.scope(BILL, bill_id).startswith(_BY_HAND):
            return False
        read_by = json.loads(body).get("readBy")
        return not isinstance(read_by, int) or read_by < READING

    def same_as(self, found: FoundBill) -> str:
        """The id of the bill with the same number, day and total; "" if there is none."""
        key = found.key()
        return self._keys.get(key, "") if key is not None else ""

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


def keep_bills(vault: Vault, bills: list[OwnBill], seen: datetime, scope: str, zone: ZoneInfo) -> None:
    """Keep some bills under a scope of their own: first their papers, then the bills, so that none is without its PDF.

    A bill that is here already is replaced, with its lines. Raises DiskTrouble; what was kept by earlier calls stays.
    """
    if not bills:
        return
    for bill in bills:
        vault.papers.put(bill.paper_id, bill.mime, bill.content, seen)
    _keep_operators(vault, [bill.found.operator for bill in bills], seen)
    for bill in bills:
        _drop_lines(vault, bill.id, seen)
    lines = [line for bill in bills for line in _lines(bill, zone)]
    if lines:
        vault.cache.replace(BILL_LINE, lines, seen=seen, scope=scope)
    vault.cache.replace(BILL, [_document(bill, zone) for bill in bills], seen=seen, scope=scope)
    vault.cache.keep_paper_words((bill.paper_id, bill.id, bill.words) for bill in bills)


def file_bill(vault: Vault, bill_id: str, found: FoundBill, seen: datetime, zone: ZoneInfo) -> bool:
    """Write down by hand what a bill of an archive says; False if there is no such bill."""
    row = vault.cache.row(BILL, bill_id)
    if row is None:
        return False
    before: dict[str, Any] = json.loads(row.body)
    _keep_operators(vault, [found.operator], seen)
    body = {**_facts(bill_id, found), "billDocument": before.get("billDocument", [])}
    vault.cache.replace(BILL, [_stored(BILL, body, zone, found.operator)], seen=seen, scope=f"{_BY_HAND} {bill_id}")
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


def _keep_operators(vault: Vault, names: list[str], seen: datetime) -> None:
    """An operator of an archive is an account that bills are written to, as it is with an operator that has several."""
    fresh = {operator_id(name): name for name in names if operator_id(name)}
    for own_id, name in fresh.items():
        if vault.cache.get(ACCOUNT, own_id) is None:
            body = json.dumps({"id": own_id, "name": name}, ensure_ascii=False).encode()
            document = StoredDocument(ACCOUNT, own_id, body, Columns(text=name))
            vault.cache.replace(ACCOUNT, [document], seen=seen, scope=own_id)


def _drop_lines(vault: Vault, bill_id: str, seen: datetime) -> None:
    """The lines of an earlier reading go away: they get a scope of their own, and that is emptied."""
    before = vault.cache.of_parent(BILL_LINE, bill_id)
    if before:
        scope, columns = f"before {bill_id}", Columns(parent=bill_id)
        vault.cache.replace(
            BILL_LINE, [StoredDocument(BILL_LINE, row.id, row.body, columns) for row in before], seen=seen, scope=scope
        )
        vault.cache.replace(BILL_LINE, [], seen=seen, scope=scope)


def _document(bill: OwnBill, zone: ZoneInfo) -> StoredDocument:
    paper = {"id": bill.paper_id, "name": bill.file_name, "mimeType": bill.mime}
    words = f"{bill.found.operator} {bill.file_name}"
    facts = {**_facts(bill.id, bill.found), "billDocument": [paper], "readBy": READING}
    if not bill.found.number:
        facts["billNo"] = bill.file_name[:60]
    return _stored(BILL, facts, zone, words)


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
        made.append(_stored(BILL_LINE, body, zone, line.name))
    return made


def _stored(kind: str, body: dict[str, Any], zone: ZoneInfo, words: str) -> StoredDocument:
    written = msgspec.json.Encoder(decimal_format="number").encode(body)
    facts = columns_only(kind, written, zone)
    return StoredDocument(kind, facts.pop("id"), written, replace(Columns(**facts), text=words))


def _tax(tax: Tax) -> dict[str, Any]:
    facts: dict[str, Any] = {"taxCategory": tax.category}
    if tax.amount is not None:
        facts["taxAmount"] = _amount(tax.amount)
    return facts if tax.rate is None else {**facts, "taxRate": tax.rate}


def _amount(amount: Money) -> dict[str, Decimal | str]:
    return {"value": amount.value, "unit": amount.unit}
