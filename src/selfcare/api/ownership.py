"""Notices documents that the operator sent us although they are about another customer; such are never kept."""

from __future__ import annotations

import re
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
payment does not: whoever pays may be somebody else; it is known by its account."""
_ACCOUNT_AT = {
    "customerBill": "billingAccount",
    "appliedCustomerBillingRate": "billingAccount",
    "payment": "account",
    "product": "billingAccount",
}
"""Where the kinds that are written to an account name it."""
_BILLS_AT = {"appliedCustomerBillingRate": ["bill", "id"], "payment": ["paymentItem", "item", "id"]}
"""Where a line of a bill and a payment name their bill."""
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


def judging(
    kind: str,
    own_ids: Collection[str],
    accounts: Collection[str],
    first: Iterable[bytes],
    *,
    is_filtered: bool,
    is_kept_bill: Callable[[str], bool],
) -> Callable[[bytes], bool]:
    """What tells a document of another customer's in one list, of which some documents came `first`.

    Besides those who are called the customer (is_of_another), the account speaks, and where the list was not asked for
    by the customer's id (`is_filtered`), a party of whom nothing is said but its id: both only in a list in which some
    documents name our account, or us, so that it is known to use the same numbers. A line of a bill that is here, or a
    payment of it (`is_kept_bill`), is ours under any account: accounts are closed, and their bills remain.
    """
    at = _ACCOUNT_AT.get(kind, "")
    ours = _written(at, "id", accounts) if at and accounts else None
    known = list(first)
    by_account = ours is not None and any(_accounts_of(kind, body, at) & set(accounts) for body in known)
    by_party = not is_filtered and kind in JUDGED and any(_names(kind, body, own_ids) for body in known)

    def judge(body: bytes) -> bool:
        parties: list[tuple[str, str, str]] = []
        if kind in JUDGED:
            if _is_plainly_ours(body, own_ids):
                return False
            parties = _parties_of(kind, body)
            if named := _customers_among(parties):
                return not any(own in named for own in own_ids)
        if by_account and ours is not None:
            if ours.search(body):
                return False
            if stated := _accounts_of(kind, body, at):
                bills = (text(bill) for bill in _at(_shaped(kind, body), _BILLS_AT.get(kind, [""])))
                return not (stated & set(accounts) or any(is_kept_bill(bill) for bill in bills))
        bare = {own for own, role, referred in parties if own and not role and not referred}
        return by_party and bool(bare) and len(bare) == len(parties) and not bare & set(own_ids)

    return judge if kind in JUDGED or by_account else lambda body: False


def speaks_of(kind: str, body: bytes, own_ids: Collection[str], accounts: Collection[str]) -> bool:
    """Whether a document names this customer, by whatever the standard has for it: a party, or an account."""
    if named := _customers_of(kind, body):
        return any(own in named for own in own_ids)
    return _names(kind, body, own_ids) or bool(_accounts_of(kind, body, _ACCOUNT_AT.get(kind, "")) & set(accounts))


def _names(kind: str, body: bytes, own_ids: Collection[str]) -> bool:
    return any(own in own_ids for own, _, _ in _parties_of(kind, body) if own)


def _accounts_of(kind: str, body: bytes, at: str) -> set[str]:
    if not at or f'"{at.lower()}"'.encode() not in body.lower():
        return set()
    return {text(own) for own in _at(_shaped(kind, body), [at, "id"])} - {""}


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
    return frozenset(_customers_among(map(_of_party, found)))


def _customers_of(kind: str, body: bytes) -> list[str]:
    return _customers_among(_parties_of(kind, body))


def _parties_of(kind: str, body: bytes) -> list[tuple[str, str, str]]:
    """The parties that a document names, as (id, role, type)."""
    try:
        named = _named.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        named = _Named()
    if named.related_party is not None or named.engaged_party is not None:
        return [_of_party(party) for party in (*(named.related_party or ()), *(named.engaged_party or ()))]
    if b"elated" not in body and b"ngaged" not in body:
        return []
    doc = _shaped(kind, body)
    return [
        (text(party.get("id")), text(party.get("role")), text(party.get("@referredType")))
        for party in (*items(doc.get("relatedParty")), *items(doc.get("engagedParty")))
    ]


def _of_party(party: _Party) -> tuple[str, str, str]:
    if party.inner is not None:
        return party.inner.id, party.role, party.inner.referred or party.referred
    return party.id, party.role, party.referred


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
    asked = [
        ([step for step in path.split(".") if step not in _V5_STEPS], wanted.split(","))
        for path, wanted in filters.items()
    ]
    # a quick look: one of the wanted values stands where it belongs
    quick = [_written(steps[0], steps[1], wanted) for steps, wanted in asked if len(steps) == 2]
    is_quick = not strictly and len(quick) == len(asked)

    def judge(body: bytes) -> bool:
        if is_quick and all(where.search(body) for where in quick):
            return True
        doc = _shaped(kind, body)
        for steps, wanted in asked:
            stated = [text(value) for value in _at(doc, steps)]
            if (stated or strictly) and not any(value in wanted for value in stated):
                return False
        return True

    return judge if filters else lambda body: True


def _written(name: str, inner: str, wanted: Iterable[str]) -> re.Pattern[bytes]:
    """What finds one of the wanted values as the `inner` of an object, or of one in a list, of that name."""
    values = b"|".join(re.escape(value.encode()) for value in wanted)
    parts = (re.escape(name.encode()), re.escape(inner.encode()), values)
    return re.compile(rb'"%b"\s*:\s*(?:\[[^\]]*?|\{[^{}]*?)"%b"\s*:\s*"(?:%b)"' % parts)


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
