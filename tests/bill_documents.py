"""Bills as an operator would send them, for a vault that is filled without one."""

from __future__ import annotations

import json

from selfcare.store.documents import Columns, StoredDocument


def bill_documents(count: int) -> list[StoredDocument]:
    """So many bills of one day, each with a PDF."""
    bills = [
        {"id": f"B{n}", "billNo": f"N{n}", "billDate": "2026-11-03T00:00:00Z", "state": "sent",
         "amountDue": {"unit": "GBP", "value": n},
         "billDocument": [{"id": f"D{n}", "name": "b.pdf", "mimeType": "application/pdf"}]}
        for n in range(count)
    ]  # fmt: skip
    return [
        StoredDocument(
            "customerBill", str(b["id"]), json.dumps(b).encode(), Columns(number=str(b["billNo"]), day="2026-11-03")
        )
        for b in bills
    ]
