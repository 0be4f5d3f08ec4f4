"""Says once of many bills of an archive whose they are: they become one operator's, and are held against each other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from selfcare.api.home_money import ground_of
from selfcare.store.search import BillQuery

from .documents import BILL
from .own_bills import BY_HAND, NAMED, bill_document, keep_operators, operator_id

if TYPE_CHECKING:
    from .read import Reader
    from .session import Session

AT_ONCE = 50
"""Bills that are written in one step."""

MOST_TRIED = 20
"""Operators whose names are looked for in the unnamed bills."""

_EVERY = 10_000_000


def unnamed_bills(reader: Reader, words: str = "") -> tuple[str, ...]:
    """The ids of the bills of an archive that name no operator, newest first; with `words` those that say them, in
    their number or in their PDF."""
    rows = reader.bill_window(BillQuery(text=words, limit=_EVERY, counted=False)).rows
    return tuple(row.id for row in rows if not row.account)


def likely_operator(reader: Reader, known: Sequence[str]) -> str:
    """The operator, of those that have a name already, that most of the unnamed bills say; "" where none is said."""
    said = {name: len(unnamed_bills(reader, name)) for name in known[:MOST_TRIED]}
    likely = max(said, key=lambda name: said[name], default="")
    return likely if likely and said[likely] else ""


def name_operator(session: Session, bill_ids: Sequence[str], name: str, now: Callable[[], datetime]) -> Iterator[int]:
    """Write the name of their operator into these bills, a part at each step; how many are done.

    What else they say stays, and a bill that is read anew keeps the name. Stopped, what was done stays. For any one
    thread. Raises DiskTrouble and what opening the vault raises.
    """
    own_id = operator_id(name)
    if not own_id:
        return
    vault = session.open_again()
    try:
        zone, moment = ground_of(session.profile), now()
        keep_operators(vault, [name], moment)
        for start in range(0, len(bill_ids), AT_ONCE):
            parts: dict[str, list[bytes]] = {}
            for bill_id in bill_ids[start : start + AT_ONCE]:
                body = vault.cache.get(BILL, bill_id)
                if body is not None:
                    scope = vault.cache.scope(BILL, bill_id)
                    own_scope = scope if scope.startswith(BY_HAND) else f"named {moment.isoformat()} {start}"
                    parts.setdefault(own_scope, []).append(body)
            for scope, bodies in parts.items():
                facts = {"billingAccount": {"id": own_id, "name": name}, NAMED: True}
                bills = [{**json.loads(body, parse_float=Decimal), **facts} for body in bodies]
                vault.cache.replace(BILL, [bill_document(bill, zone) for bill in bills], seen=moment, scope=scope)
            yield min(start + AT_ONCE, len(bill_ids))
        vault.cache.finish()
    finally:
        vault.close()
