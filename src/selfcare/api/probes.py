"""Tries an operator's APIs one after the other as the program would use them, and says what holds and what does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from selfcare.domain.failures import Failure, Unreadable
from selfcare.domain.operator import ApiEntry
from selfcare.domain.records import Struct, replace

from .catalogue import NOBODY, ONE_BY_ONE, RESOURCES, Resource, SubjectIds, owner_questions
from .client import Reply, Request
from .departures import Departures
from .home_money import ground_of, in_home_money
from .limits import UNFILTERED_ITEMS
from .odd_values import ABOUT
from .oddities import missing, other_version
from .operator import Operator, documents_of, is_alone
from .ownership import speaks_of
from .paging import page_url
from .paging_probes import probe_counts, probe_paging
from .reading import Doc, document, text
from .replies import refuses_filter
from .sieve import Sieve
from .strict_json import decode
from .subject import ids_kind
from .trouble_words import describe


class Finding(Struct, frozen=True):
    """One thing that was tried. `is_must` says that the program cannot do without it; `detail` what was seen instead.

    `check` is the name of the check in the guide. `is_read`: the standard demands it, the program does without.
    """

    api: str
    kind: str
    check: str
    ok: bool
    is_must: bool = False
    detail: str = ""
    is_read: bool = False


class Probe:
    """The checks of one resource."""

    def __init__(
        self, operator: Operator, resource: Resource, entry: ApiEntry, ids: SubjectIds, bills: set[str]
    ) -> None:
        self.operator = operator
        self.resource = resource
        self.entry = entry
        self.ids = ids
        self.kind = resource.kind
        self.bills = bills
        """The bills that were found to be the customer's."""

    def say(self, check: str, ok: bool, detail: str = "", *, must: bool = False) -> Finding:
        return Finding(self.resource.api, self.kind, check, ok, must, "" if ok else detail[:200])

    def get(self, params: Mapping[str, str], own_id: str = "", tag: str = "") -> Reply:
        """A list, or one document, whatever its status."""
        name = self.entry.resource(self.kind)
        path = f"{name}/{quote(own_id, safe='')}" if own_id else name
        headers = {"accept": "application/json", **({"if-none-match": tag} if tag else {})}
        return self.operator.ask(Request("GET", page_url(self.entry.base_url, path, dict(params)), headers))

    def listed(self, params: Mapping[str, str]) -> tuple[Reply, list[bytes]]:
        """A list's first page. Raises a Failure where it is none."""
        reply = self.get(params)
        return reply, [] if reply.status in {204, 404, 416} else documents_of(reply)

    def lacks(self, names: Collection[str]) -> Finding:
        """What the standard demands and is not there; of that the program needs nothing but what names a document."""
        found = self.say("mandatory", not names, f"without {', '.join(sorted(names))}", must=True)
        return replace(found, is_read=not {*names} & NEEDED)

    def of_version(self, sign: str) -> Finding:
        """Documents of another version than the profile says are read all the same; what is sent is not taken then."""
        return self.say("version", not sign, f"{sign}: {VERSION_SAID} {self.entry.version}", must=self.kind in WRITTEN)

    def unlisted(self, reply: Reply) -> Finding:
        """One document that is asked for by its id stands alone, in no list."""
        return self.say("lists", not isinstance(decoded(reply.body), list), "a list where one document belongs")

    # ---- the checks

    def run(self) -> Iterator[Finding]:
        questions = owner_questions(self.resource, self.entry, self.ids)
        params = questions[0]
        strictly = False
        try:
            reply, found = self.listed(params)
        except Failure as failure:
            without = self._without_filter(params, failure)
            if without is None:
                yield self.say("list", False, describe(failure), must=True)
                return
            yield self.say("owner-filter", False, f"{next(iter(params))}: {describe(failure)}")
            (reply, found), strictly, params = without, True, {}
        is_there = reply.status in {200, 206} or self.operator.profile.honours.missing_is_empty
        yield self.say("list", is_there, f"status {reply.status}: {NOT_THERE}", must=True)
        if not is_there:
            return
        yield self.say("lists", not found or not is_alone(reply.body), "one document where a list belongs")
        yield self.say("status-200", reply.status != 206, "206 for a part of a list")
        whole, twice = found, list[bytes]()
        try:
            read = self.operator.fetch_list(self.resource.api, self.kind, params)
            whole, twice = read.documents, read.twice
            yield self.say("whole", True, must=True)
        except Failure as failure:
            yield self.say("whole", False, describe(failure), must=True)
        every = [*whole]
        for further in () if strictly else questions[1:]:
            every += self.operator.fetch_list(self.resource.api, self.kind, further).documents
        yield from self._documents(every)
        yield self._unique(whole, twice)
        if self.kind == "customerBill":
            yield self._copies(every)
        yield from self._belonging(every, questions, strictly=strictly)
        yield from probe_counts(self, reply, found, whole, params)
        yield from probe_paging(self, found, params)
        yield from self._filters(every, params)
        yield from self._caching(reply, params)
        yield from self._single(found)
        yield from self._errors()

    def _without_filter(self, params: Mapping[str, str], failure: Failure) -> tuple[Reply, list[bytes]] | None:
        """The first page of a list whose filter is refused, as the program reads it then: without; None where it does
        not, for that is refused too, or is more than one customer's."""
        if not params or not refuses_filter(failure):
            return None
        try:
            reply, found = self.listed({})
        except Failure:
            return None
        said = reply.headers.get("x-total-count", "")
        return None if said.isdigit() and int(said) > UNFILTERED_ITEMS else (reply, found)

    def _documents(self, found: list[bytes]) -> Iterator[Finding]:
        ground = ground_of(self.operator.profile)
        bad, lacking, odd, other = "", set[str](), Departures(), ""
        for body in found:
            try:
                read = self.resource.decode(in_home_money(body, ground))
                doc = decode(body)
                if unread := getattr(read, "unread", ()):
                    raise Unreadable(f"{self.kind}/{text(doc.get('id'))}: {unread[0]}")
            except Failure as failure:
                bad = bad or describe(failure)
                continue
            lacking |= {*missing(self.kind, doc)}
            other = other or other_version(self.kind, doc, self.entry.version)
            odd.look(self.kind, doc, self.entry)
            if self.entry.version == "v5" and "@type" not in doc:
                odd.note("types", text(doc.get("id")) or "a document")
        yield self.say("readable", not bad, bad, must=True)
        yield self.lacks(lacking)
        yield self.of_version(other)
        for about in (*ODDITIES, *(("types",) if self.entry.version == "v5" else ())):
            yield self.say(about, not odd.told(about), odd.told(about))

    def _unique(self, found: list[bytes], twice: list[bytes]) -> Finding:
        """What comes twice is counted once; of two that differ nobody knows which one is true."""
        are_others = not {*twice} <= {*found}
        own_id = text(document(twice[0], self.kind).get("id")) if twice else ""
        said = f"{own_id} came twice{', and not the same' * are_others}"
        return self.say("unique-ids", not twice, said, must=are_others)

    def _copies(self, found: list[bytes]) -> Finding:
        """Two bills of one number are one bill, or a bill and its copy."""
        numbers = Counter(text(doc.get("billNo")) for doc in map(decoded, {*found}) if isinstance(doc, dict))
        twice = sorted(number for number, times in numbers.items() if number and times > 1)
        return self.say("copies", not twice, f"{', '.join(twice[:3])} is there under two ids")

    def _belonging(
        self, found: list[bytes], questions: Sequence[Mapping[str, str]], *, strictly: bool
    ) -> Iterator[Finding]:
        """Whose the documents are, as the program tells it."""
        sieve = Sieve(
            self.kind, questions, self.ids, found,
            strictly=strictly, is_kept_bill=self.bills.__contains__, is_proven=lambda: self._is_honoured(questions),
        )  # fmt: skip
        through = [body for body in found if sieve.lets_through(body)]
        ours = [body for body in through if not sieve.is_anothers(body)]
        if self.kind == "customerBill":
            self.bills |= {text(document(body, self.kind).get("id")) for body in ours if decoded(body)}
        theirs = len(through) - len(ours)
        yield self.say("only-mine", not theirs, f"{theirs} documents of another customer are listed", must=True)
        yield self.say("whose", not sieve.left_out, f"{sieve.left_out} documents do not name the customer", must=True)

    def _is_honoured(self, questions: Sequence[Mapping[str, str]]) -> bool:
        if any(value in self.ids.accounts for asked in questions for value in asked.values()):
            return False
        try:
            return self.operator.profile.honours.owner_filter or not self.listed(dict.fromkeys(questions[0], NOBODY))[1]
        except Failure:
            return False

    def _filters(self, found: list[bytes], params: Mapping[str, str]) -> Iterator[Finding]:
        if not params:
            return
        try:
            reply, none = self.listed(dict.fromkeys(params, NOBODY))
            yield self.say("owner-filter", not none, f"{next(iter(params))} is ignored")
            if not none:
                says = self.operator.profile.honours.missing_is_empty
                yield self.say(
                    "empty-list", reply.status in {200, 206}, f"status {reply.status}{' (as stated)' * says}"
                )
        except Failure as failure:
            yield self.say("owner-filter", False, describe(failure))
        if found:
            return
        try:
            _, everything = self.listed({"limit": "5"})
        except Failure as failure:
            known = self.operator.profile.honours.owner_filter
            yield self.say(
                "empty-owner", known, f"without {next(iter(params))} it cannot be asked for: {describe(failure)}"
            )
            return
        own, accounts = (self.ids.customer, self.ids.party), self.ids.accounts
        mine = [body for body in everything if speaks_of(self.kind, body, own, accounts)]
        yield self.say("owner-filter", not mine, f"{next(iter(params))} finds nothing, without it there is some")

    def _caching(self, reply: Reply, params: Mapping[str, str], own_id: str = "") -> Iterator[Finding]:
        must = self.operator.profile.honours.list_etag and not own_id
        tag = reply.headers.get("etag", "")
        if not tag:
            yield self.say("caching", False, "no ETag", must=must)
            return
        again = self.get(params, own_id, tag)
        yield self.say("caching", again.status == 304, f"If-None-Match gave {again.status}", must=must)

    def _single(self, found: list[bytes]) -> Iterator[Finding]:
        if not found:
            return
        must = self.kind in ONE_BY_ONE
        try:
            own_id = text(document(found[0], self.kind).get("id"))
            self.operator.fetch_one(self.resource.api, self.kind, own_id)
            yield self.say("single", True, must=must)
            yield self.unlisted(self.get({}, own_id))
        except Failure as failure:
            yield self.say("single", False, describe(failure), must=must)
        if self.kind == "customerBill":
            yield self._paper(found[0])

    def _paper(self, bill: bytes) -> Finding:
        """The newest bill's PDF, by the ways that the profile names."""
        try:
            self.operator.fetch_bill_paper(bill)
        except Failure as failure:
            return self.say("paper", False, describe(failure))
        return self.say("paper", True)

    def _errors(self) -> Iterator[Finding]:
        reply = self.get({}, own_id=NOBODY)
        yield self.say("not-found", reply.status == 404, f"status {reply.status} for an unknown id")
        body = decoded(reply.body)
        shaped = isinstance(body, dict) and bool(body.get("code")) and bool(body.get("reason"))
        yield self.say("error-body", shaped, "no code and reason (TMF630)")


NOT_THERE = "no list is there (where an empty one is told so, say honours.missingIsEmpty)"
VERSION_SAID = "the profile says"
NEEDED = frozenset({"id", "status", "state", "engagedParty", "account", "validFor", "productOrderItem"})
"""What the program needs of what the standard demands: without it a document cannot be placed."""
WRITTEN = frozenset({"troubleTicket", "productOrder", "partyInteraction"})
"""The kinds that the program sends, in the version that the profile says."""
ODDITIES = (
    "spelling", "lists", "empty", "wording", "words", "dates", "truths", "href", "ids", "parties", "names",
    "completion", *ABOUT,
)  # fmt: skip


def probe(operator: Operator, ids: SubjectIds) -> Iterator[Finding]:
    """Everything that can be tried without changing anything, API by API. A failure of one does not end the others."""
    party, bills = ids_kind(ids, operator), set[str]()
    for resource in RESOURCES:
        entry = operator.profile.apis.get(resource.api)
        if entry is None or resource.kind == "cancelProductOrder":
            continue
        is_party = resource.kind in {"individual", "organization"}
        if is_party and resource.kind != party:
            continue
        yield Finding(
            resource.api, resource.kind, "address", not entry.names.get(resource.kind), False,
            f"{entry.resource(resource.kind)} instead of {resource.kind}",
        )  # fmt: skip
        trial = Probe(operator, resource, entry, ids, bills)
        try:
            owner_questions(resource, entry, ids)
        except Unreadable:
            lacks = f"cannot be asked for: no account number of the customer is known for {entry.owner_value}"
            yield trial.say("answers", False, lacks, must=True)
            continue
        try:
            if resource.listed:
                yield from trial.run()
            elif resource.kind == "customer":
                yield from _one(trial, ids.customer)
            elif is_party:
                yield from _one(trial, ids.party)
        except Failure as failure:
            yield trial.say("answers", False, describe(failure), must=True)


def _one(trial: Probe, own_id: str) -> Iterator[Finding]:
    try:
        body = trial.operator.fetch_one(trial.resource.api, trial.kind, own_id).document
        doc: Doc = decode(body)
        trial.resource.decode(body)
    except Failure as failure:
        yield trial.say("single", False, describe(failure), must=True)
        return
    yield trial.say("single", True, must=True)
    yield trial.lacks(missing(trial.kind, doc))
    yield trial.of_version(other_version(trial.kind, doc, trial.entry.version))
    odd = Departures()
    odd.look(trial.kind, doc, trial.entry)
    for about in ODDITIES:
        yield trial.say(about, not odd.told(about), odd.told(about))
    reply = trial.get({}, own_id)
    yield trial.unlisted(reply)
    yield from trial._caching(reply, {}, own_id)
    yield from trial._errors()


def decoded(body: bytes) -> Any:
    """JSON, or None."""
    try:
        return decode(body)
    except Failure:
        return None
