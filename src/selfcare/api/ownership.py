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

JUDGED = frozenset(
    {"customerBill", "troubleTicket", "product", "productOrder", "billingAccount", "service", "document"}
    | {"partyInteraction", "agreement", "appointment"}
)
"""The kinds that name their customer (relatedParty or, on an agreement, engagedParty, with the role "customer"). A
payment does not: whoever pays may be somebody else."""
_PARTIES = b'"relatedParty":['
_V5_STEPS = frozenset({"partyOrPartyRole", "entity"})


class _Inner(msgspec.Struct, gc=False, rename={"referred": "@referredType", "id": "id"}):
    id: str = ""
    referred: str = ""


class _Party(msgspec.Struct, gc=False, rename={"referred": "@referredType", "inner": "partyOrPartyRole", "id": "id"}):
    id: str = ""
    role: str = ""
    referred: str = ""
    inner: _Inner | None = None


class _Named(msgspec.Struct, gc=False, rename="camel"):
    related_party: list[_Party] | None = None
    engaged_party: list[_Party] | None = None


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
        named = _named.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        named = _Named()
    if named.related_party is not None or named.engaged_party is not None:
        return _named_customers((*(named.related_party or ()), *(named.engaged_party or ())))
    if b"elated" not in body and b"ngaged" not in body:
        return []
    doc = _shaped(kind, body)
    return _customers_among(
        (text(party.get("id")), text(party.get("role")), text(party.get("@referredType")))
        for party in (*items(doc.get("relatedParty")), *items(doc.get("engagedParty")))
    )


def _named_customers(parties: Iterable[_Party]) -> list[str]:
    return _customers_among(
        (party.inner.id, party.role, party.inner.referred or party.referred)
        if party.inner is not None
        else (party.id, party.role, party.referred)
        for party in parties
    )


def _customers_among(parties: Iterable[tuple[str, str, str]]) -> list[str]:
    """The ids of those with the role of the customer, else of those who are customers in whatever role, as the user in
    a log of contacts. Parties are (id, role, type); some servers write the role as the type (mapping 8)."""
    known = [party for party in parties if party[0]]
    by_role = [own for own, role, referred in known if (role or referred).casefold() == "customer"]
    return by_role or [own for own, _, referred in known if referred.casefold() == "customer"]


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
