"""Notices a document that the operator sent us although it is about another customer; such a one is never kept."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec

JUDGED = frozenset({"customerBill", "troubleTicket", "product", "productOrder"})
"""The kinds that name their customer (relatedParty with the role "customer")."""


class _Party(msgspec.Struct, gc=False):
    id: str = ""
    role: str = ""


class _Named(msgspec.Struct, gc=False, rename="camel"):
    related_party: list[_Party] = []


_named: Any = msgspec.json.Decoder(_Named)


def is_of_another(kind: str, body: bytes, own_ids: Collection[str]) -> bool:
    """Whether a document names a customer, and none of those that it names is ours.

    `own_ids` are the customer's own ids (TMF629 customer, TMF632 party). One that names nobody, or in a way that the
    standard does not know, is taken for ours: the list was asked for with our own id.
    """
    if kind not in JUDGED:
        return False
    try:
        parties = _named.decode(body).related_party
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    named = [party.id for party in parties if party.id and party.role.casefold() == "customer"]
    return bool(named) and not any(own in named for own in own_ids)
