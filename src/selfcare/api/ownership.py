"""Notices documents that the operator sent us although they are about another customer; such are never kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from selfcare.domain.failures import NotAnAnswer, TooLarge

from .reading import Doc, items, text
from .strict_json import decode
from .versions import one_shape

JUDGED = frozenset({"customerBill", "troubleTicket", "product", "productOrder"})
"""The kinds that name their customer (relatedParty with the role "customer")."""
_PARTIES = b'"relatedParty":['
_V5_STEPS = frozenset({"partyOrPartyRole", "entity"})


class _Inner(msgspec.Struct, gc=False):
    id: str = ""


class _Party(msgspec.Struct, gc=False, rename={"referred": "@referredType", "inner": "partyOrPartyRole", "id": "id"}):
    id: str = ""
    role: str = ""
    referred: str = ""
    inner: _Inner | None = None


class _Named(msgspec.Struct, gc=False, rename="camel"):
    related_party: list[_Party] | None = None


_named: Any = msgspec.json.Decoder(_Named)


def is_of_another(kind: str, body: bytes, own_ids: Collection[str]) -> bool:
    """Whether a document names a customer, and none of those that it names is ours.

    `own_ids` are the customer's own ids (TMF629 customer, TMF632 party). One that names nobody, or in a way that the
    standard does not know, is taken for ours: the list was asked for with our own id.
    """
    if kind not in JUDGED or _is_plainly_ours(body, own_ids):
        return False
    named = _customers_of(kind, body)
    return bool(named) and not any(own in named for own in own_ids)


def _is_plainly_ours(body: bytes, own_ids: Collection[str]) -> bool:
    """A quick look: the document says once who it is about, in the words of one that was found to be ours before."""
    begin = body.find(_PARTIES)
    if begin < 0 or body.count(b"elatedParty") > 1:
        return False
    ours = _customers_in(body[begin : body.find(b"]", begin) + 1])
    return any(own in ours for own in own_ids)


@lru_cache(256)
def _customers_in(parties: bytes) -> frozenset[str]:
    """The customers that a piece of a document names, where it is one list and whole."""
    try:
        found = _named.decode(b"{%s}" % parties).related_party or ()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return frozenset()
    return frozenset(_named_customers(found))


def _customers_of(kind: str, body: bytes) -> list[str]:
    try:
        parties = _named.decode(body).related_party
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        parties = None
    if parties is not None:
        return _named_customers(parties)
    if b"elated" not in body:
        return []
    return [
        text(party.get("id"))
        for party in items(_shaped(kind, body).get("relatedParty"))
        if party.get("id") and _is_customer(text(party.get("role")), text(party.get("@referredType")))
    ]


def _named_customers(parties: Iterable[_Party]) -> list[str]:
    return [
        party.inner.id if party.inner is not None else party.id
        for party in parties
        if (party.id or party.inner is not None) and _is_customer(party.role, party.referred)
    ]


def _is_customer(role: str, referred: str) -> bool:
    """Some servers write the role where the type of the reference belongs (mapping 8)."""
    return (role or referred).casefold() == "customer"


def answers(kind: str, body: bytes, filters: Mapping[str, str], *, strictly: bool = False) -> bool:
    """Whether a document is one that a list was asked for by these filters; see answering."""
    return answering(kind, filters, strictly=strictly)(body)


def answering(kind: str, filters: Mapping[str, str], *, strictly: bool = False) -> Callable[[bytes], bool]:
    """What tells a document that a list was asked for by these filters (TMF630: dotted names, "a,b" for either).

    A document that states another value was sent because the filter is ignored there. One that states nothing is taken
    for an answer, unless `strictly`: then it must state a wanted value.
    """
    # a quick look: one of the wanted values stands in it as a text of its own
    quoted = [[f'"{value}"'.encode() for value in wanted.split(",")] for wanted in filters.values()]
    asked = [
        ([step for step in path.split(".") if step not in _V5_STEPS], wanted.split(","))
        for path, wanted in filters.items()
    ]

    def judge(body: bytes) -> bool:
        if not strictly and all(any(value in body for value in values) for values in quoted):
            return True
        doc = _shaped(kind, body)
        for steps, wanted in asked:
            stated = [text(value) for value in _at(doc, steps)]
            if (stated or strictly) and not any(value in wanted for value in stated):
                return False
        return True

    if len(quoted) == 1 == len(quoted[0]) and not strictly:
        (only,) = quoted[0]
        return lambda body: only in body or judge(body)
    return judge if filters else lambda body: True


def _at(value: Any, steps: list[str]) -> Iterator[Any]:
    if isinstance(value, list):
        for one in value:
            yield from _at(one, steps)
    elif not steps:
        yield value
    elif isinstance(value, dict) and steps[0] in value:
        yield from _at(value[steps[0]], steps[1:])


def _shaped(kind: str, body: bytes) -> Doc:
    try:
        doc = decode(body)
    except (NotAnAnswer, TooLarge):
        return {}
    return one_shape(doc, kind) if isinstance(doc, dict) else {}
