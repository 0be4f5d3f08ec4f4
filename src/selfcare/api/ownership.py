"""Notices documents that the operator sent us although they are about another customer; such are never kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from .answering import shaped, values_at, written_at
from .reading import child, items, text

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
_NO_ROLES = frozenset({"", "individual", "organization", "party", "partyref", "partyroleref", "partyrole"})
"""What a type of a party may be that says nothing of its role."""
NAMING = JUDGED | {"communicationMessage"}
"""The kinds that name somebody whose they are: a message names its receivers."""
_BILLS_AT = {"appliedCustomerBillingRate": ["bill", "id"], "payment": ["paymentItem", "item", "id"]}
"""Where a line of a bill and a payment name their bill."""
_PARTIES = b'"relatedParty":['


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


class Judge:
    """Tells whose the documents of one list are, of which some came `first`; a call says whether one is another's.

    Besides those who are called the customer (is_of_another), the account speaks, and whoever stands in a role in which
    documents of the list that call nobody the customer name us ("Account Owner", "user"; a party of whom nothing is
    said but its id only where the list was not asked for by the customer's id, `is_filtered`). Both only in a list
    in which some documents name our account, or us, so that it is known to use the same numbers. A line of a bill that
    is here, or a payment of it (`is_kept_bill`), is ours under any account: accounts are closed, their bills remain.
    """

    def __init__(
        self,
        kind: str,
        own_ids: Collection[str],
        accounts: Collection[str],
        first: Iterable[bytes],
        *,
        is_filtered: bool,
        is_kept_bill: Callable[[str], bool],
    ) -> None:
        self._kind, self._own_ids, self._accounts = kind, own_ids, accounts
        self._is_filtered, self._is_kept_bill = is_filtered, is_kept_bill
        self._at = _ACCOUNT_AT.get(kind, "")
        self._ours = written_at(self._at, "id", accounts) if self._at and accounts else None
        self._roles: set[str] = set()
        self._by_account = self._has_passed = False
        self.naming: list[bytes] = []
        """The documents by which it is known how the list names us."""
        known = list(first)
        self.learn(known)
        if self._ours is not None and not self._by_account:
            self._by_account = any(_accounts_of(kind, body, self._at) & set(accounts) for body in known)

    def __call__(self, body: bytes) -> bool:
        """Whether a document is another customer's."""
        kind, own_ids = self._kind, self._own_ids
        parties: list[tuple[str, str, str]] = []
        if kind in NAMING:
            if _is_plainly_ours(body, own_ids):
                return False
            parties = _parties_of(kind, body)
            if named := _customers_among(parties):
                return not any(own in named for own in own_ids)
        if self._ours is not None:
            if self._ours.search(body):
                return False
            if stated := _accounts_of(kind, body, self._at):
                if self._by_account:
                    return not (stated & set(self._accounts) or self._is_of_a_kept_bill(body))
                self._has_passed = True
        return self._is_in_our_place(parties)

    def asked_alone(self, questions: Sequence[Mapping[str, str]]) -> re.Pattern[bytes] | None:
        """What finds an account of ours in a document, where the list was asked for by these accounts alone and its
        kind says nothing else about who a document is of: what it finds is ours, and answers the question."""
        by = f"{self._at}.id"
        if self._kind in NAMING or len(questions) != 1 or list(questions[0]) != [by]:
            return None
        return self._ours if set(questions[0][by].split(",")) <= set(self._accounts) else None

    def is_ours(self, body: bytes) -> bool:
        """Whether a document names this customer, by whatever the standard has for it, or belongs to a bill of ours."""
        return speaks_of(self._kind, body, self._own_ids, self._accounts) or self._is_of_a_kept_bill(body)

    def names_an_owner(self, body: bytes) -> bool:
        """Whether a document of a list that names us names somebody in a role in which we are named, or in none."""
        roles = {*self._roles, ""} if self._roles else self._roles
        return any(own and _role(role, kind) in roles for own, role, kind in _parties_of(self._kind, body))

    def learn(self, documents: Iterable[bytes]) -> bool:
        """See how more documents name us; True where that comes late, after some that may be another's were passed."""
        is_news = False
        for body in documents:
            account = not self._by_account and self._ours is not None and self._ours.search(body) is not None
            roles = set[str]() if self._roles else self._roles_of(body)
            if account or roles:
                self._by_account = self._by_account or account
                self._roles |= roles
                self.naming.append(body)
                is_news = True
        return is_news and self._has_passed

    def _roles_of(self, body: bytes) -> set[str]:
        if self._kind not in NAMING or _is_plainly_ours(body, self._own_ids):
            return set()
        parties = _parties_of(self._kind, body)
        if _customers_among(parties):
            return set()
        return {_role(role, referred) for own, role, referred in parties if own in self._own_ids}

    def _is_in_our_place(self, parties: list[tuple[str, str, str]]) -> bool:
        """Whether somebody else stands where others of the list name us, and we stand nowhere."""
        known = [(own, _role(role, referred)) for own, role, referred in parties if own]
        if not known or any(own in self._own_ids for own, _ in known):
            return False
        self._has_passed = True
        if any(role in self._roles for _, role in known if role):
            return True
        return "" in self._roles and not self._is_filtered and not any(role for _, role in known)

    def _is_of_a_kept_bill(self, body: bytes) -> bool:
        way = _BILLS_AT.get(self._kind)
        return way is not None and any(
            self._is_kept_bill(text(one)) for one in values_at(shaped(self._kind, body), way)
        )


def speaks_of(kind: str, body: bytes, own_ids: Collection[str], accounts: Collection[str]) -> bool:
    """Whether a document names this customer, by whatever the standard has for it: a party, or an account."""
    if named := _customers_of(kind, body):
        return any(own in named for own in own_ids)
    if kind == "billingAccount" and text(shaped(kind, body).get("id")) in accounts:
        return True
    return _names(kind, body, own_ids) or bool(_accounts_of(kind, body, _ACCOUNT_AT.get(kind, "")) & set(accounts))


def _role(role: str, referred: str) -> str:
    """The word for what somebody is to a document; some servers write it as the type (mapping 8)."""
    return role.strip().casefold() or ("" if referred.casefold() in _NO_ROLES else referred.casefold())


def _names(kind: str, body: bytes, own_ids: Collection[str]) -> bool:
    return any(own in own_ids for own, _, _ in _parties_of(kind, body) if own)


def _accounts_of(kind: str, body: bytes, at: str) -> set[str]:
    if not at or f'"{at.lower()}"'.encode() not in body.lower():
        return set()
    return {text(own) for own in values_at(shaped(kind, body), [at, "id"])} - {""}


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
    """The parties that a document names, as (id, role, type); of a message its receivers."""
    if kind == "communicationMessage":
        receivers = items(shaped(kind, body).get("receiver"))
        return [(text(child(one.get("party")).get("id")), "receiver", "") for one in receivers]
    if b"elated" not in body and b"ngaged" not in body:
        return []
    try:
        named = _named.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        named = _Named()
    if named.related_party is not None or named.engaged_party is not None:
        return [_of_party(party) for party in (*(named.related_party or ()), *(named.engaged_party or ()))]
    doc = shaped(kind, body)
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
