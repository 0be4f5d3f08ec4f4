"""A round of reading: everything the operator offers of the customer, each resource whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from selfcare.api.catalogue import BY_KIND, NOBODY, RESOURCES, Resource, SubjectIds, owner_questions
from selfcare.api.columns import columns_only, id_of
from selfcare.api.customers import read_subject
from selfcare.api.home_money import ground_of, in_home_money
from selfcare.api.replies import refuses_filter
from selfcare.api.sieve import Sieve
from selfcare.domain.bills import NOT_UNDERSTOOD
from selfcare.domain.failures import Failure, ListChanged, ListMissing, NotAnAnswer, Offline, Unreadable, is_not_found
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.precedence import SCREEN
from selfcare.domain.records import Struct
from selfcare.domain.topics import Topic
from selfcare.store.documents import Columns, StoredDocument
from selfcare.store.round import Round
from selfcare.store.vault import Vault

from .asking import asked, asked_without
from .copies import Copies
from .desk import Desk
from .documents import (
    APPOINTMENT,
    BILL,
    CALLED_AS,
    CONTACT,
    CONTRACT,
    MESSAGE,
    ORDER,
    PROMISED_AS,
    TICKET,
    TIMED_AS,
    has_amount,
)
from .ending import Enough, weigh
from .freshness import PAPERS
from .memory import collector_spares_what_is_here
from .outcome import Outcome
from .owner import behind, subject_ids
from .papers import fetch_papers
from .spared import Spared
from .tags import Tags
from .trouble import OF_THE_DISK, STOPPING
from .twice import says_a_key_twice
from .wording import write_failure

if TYPE_CHECKING:
    from selfcare.api.operator import Page

_IN_THEIR_OWN_ORDER = frozenset({"product", "service", CONTRACT, "billingAccount"})
_KEPT_WHEN_GONE = frozenset({BILL, TICKET, APPOINTMENT, CONTRACT, CONTACT, MESSAGE, ORDER})
"""What is the customer's evidence also when the operator stops listing it."""


class Progress(Struct, frozen=True):
    """How far a round is: so many documents of one topic have come, of so many if the operator counts them."""

    topic: Topic
    done: int
    total: int | None = None


class _Cancelled(Exception):
    """The customer does not want to wait."""


@dataclass
class _Reading:
    """One round of reading."""

    desk: Desk
    vault: Vault
    profile: OperatorProfile
    subject: str
    now: Callable[[], datetime]
    progress: Callable[[Progress], None]
    cancelled: Callable[[], bool]
    changed: set[Topic] = field(default_factory=set)
    heard: set[Topic] = field(default_factory=set)
    lost: bool = False

    @cached_property
    def spared(self) -> Spared:
        return Spared(self.vault.cache, self.profile, self.now())

    @cached_property
    def tags(self) -> Tags:
        return Tags(self.vault.cache, self.now())

    @cached_property
    def zone(self) -> ZoneInfo:
        return ground_of(self.profile)

    def wait_no_more(self) -> None:
        if self.cancelled():
            raise _Cancelled


def pull(
    desk: Desk,
    vault: Vault,
    profile: OperatorProfile,
    subject: str,
    now: Callable[[], datetime],
    *,
    topics: Collection[Topic] | None = None,
    progress: Callable[[Progress], None] = lambda step: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Read all resources (or those of some topics) that the operator offers, then the papers that are missing.

    A resource that has not changed costs one request and no body. One that fails is remembered with its reason and
    does not stop the others, unless every other would fail too (see ending.weigh): that is the `trouble`.
    """
    reading = _Reading(desk, vault, profile, subject, now, progress, cancelled)
    wanted = [r for r in RESOURCES if profile.offers(r.api)]
    wanted = [r for r in wanted if topics is None or r.topic in topics]
    with collector_spares_what_is_here():
        trouble = _read_all(reading, wanted, topics is None or Topic.PAPERS in topics)
    return Outcome(frozenset(reading.changed), frozenset(reading.heard), trouble, lost=reading.lost)


def _read_all(reading: _Reading, wanted: list[Resource], with_papers: bool) -> Failure | None:
    """Everything wanted, one after the other; what ended it early."""
    try:
        if any(r.topic is Topic.CUSTOMER for r in wanted):
            _one_after_the_other(reading, [r for r in wanted if r.topic is Topic.CUSTOMER], _read_customer)
        _one_after_the_other(reading, [r for r in wanted if r.listed], _read_lists)
        if with_papers:
            _read_papers(reading)
        reading.spared.keep()
        reading.tags.keep()
    except _Cancelled:
        pass
    except Enough as enough:
        _remember_for_all(reading, wanted, enough.failure)
        return enough.failure
    except STOPPING as failure:
        if not isinstance(failure, OF_THE_DISK):
            _remember_for_all(reading, wanted, failure)
        return failure
    return None


def _one_after_the_other(
    reading: _Reading, resources: list[Resource], read: Callable[[_Reading, Resource], None]
) -> None:
    for resource in resources:
        reading.wait_no_more()
        why = reading.spared.why(resource.api)
        if why is None:
            why = _why_not_read(reading, resource, read)
        if why is not None:
            reading.vault.cache.failed(resource.kind, reading.now(), *write_failure(behind(why, reading.vault)))
        reading.heard.add(resource.topic)


def _why_not_read(reading: _Reading, resource: Resource, read: Callable[[_Reading, Resource], None]) -> Failure | None:
    """Read a resource; why that did not succeed. Raises what ends the round."""
    try:
        read(reading, resource)
    except Failure as failure:
        if isinstance(failure, Offline):
            reading.wait_no_more()  # what was called off says nothing of the operator
        reading.lost = reading.lost or is_not_found(failure)
        try:
            return weigh(reading.spared, resource.api, failure, partial(_ask_another, reading))
        except Enough:
            reading.vault.cache.failed(resource.kind, reading.now(), *write_failure(failure))
            reading.heard.add(resource.topic)
            raise
    reading.spared.answered(resource.api)
    return None


def _ask_another(reading: _Reading, api: str) -> None:
    """Ask another API for one thing, to see that it answers this customer. Raises what is wrong with that one too."""
    others = [r for r in RESOURCES if reading.profile.offers(r.api) and r.api != api and not reading.spared.why(r.api)]
    for resource in sorted((r for r in others if r.listed or r.kind == "customer"), key=lambda r: r.listed):
        try:
            if resource.listed:
                entry = reading.profile.apis[resource.api]
                assert entry is not None
                questions = owner_questions(resource, entry, subject_ids(reading.vault, reading.subject))
                next(reading.desk.pages(resource.api, resource.kind, questions[0]))
            else:
                own_id = subject_ids(reading.vault, reading.subject).customer
                reading.desk.fetch_one(resource.api, resource.kind, own_id)
        except STOPPING:
            raise
        except Failure:
            continue
        return


def _read_customer(reading: _Reading, resource: Resource) -> None:
    """The customer's own document, or that of the party behind it, whichever it is.

    Raises Unreadable for one that cannot be understood; what was read before stays, with its validator.
    """
    ids = subject_ids(reading.vault, reading.subject)
    own_id = ids.customer
    if resource.kind != "customer":
        rows = reading.vault.cache.all("customer")
        own_id = ids.party
        if not rows or not own_id or read_subject(rows[0].body).party_kind != resource.kind:
            return
    cache = reading.vault.cache
    reading.progress(Progress(resource.topic, 0, 1))
    validator = reading.tags.of(resource.kind) if _is_good(reading, resource.kind, own_id) else ""
    reply = reading.desk.fetch_one(resource.api, resource.kind, own_id, validator)
    if reply.unchanged:
        cache.confirm(resource.kind, reading.now())
        return
    document = _stored(reading, resource.kind, reply.document)
    if not document.readable or document.id != own_id:
        raise Unreadable(resource.kind)
    before = cache.state(resource.kind).validator
    changed = cache.replace(resource.kind, [document], seen=reading.now(), validator=reply.validator)
    if reading.tags.take(resource.kind, before, reply.validator, changed=changed):
        reading.changed.add(resource.topic)


def _is_good(reading: _Reading, kind: str, own_id: str) -> bool:
    """Whether the one document of a kind is here and can be understood, so that a validator may stand for it."""
    body = reading.vault.cache.get(kind, own_id)
    return body is not None and _stored(reading, kind, body).readable


def _read_lists(reading: _Reading, resource: Resource) -> None:
    naming: list[bytes] = []
    try:
        _read_list(reading, resource, reading.tags.of(resource.kind), naming)
    except ListChanged:
        _read_list(reading, resource, "", naming)


def _read_list(reading: _Reading, resource: Resource, validator: str, naming: list[bytes]) -> None:
    """Read a list whole. `naming` are documents by which it is known, from an earlier try, how it names the customer.

    Raises ListChanged too where that turns out only after others' documents may have been taken for ours.
    """
    entry = reading.profile.apis[resource.api]
    assert entry is not None
    cache, kind, seen = reading.vault.cache, resource.kind, reading.now()
    ids = subject_ids(reading.vault, reading.subject)
    questions = owner_questions(resource, entry, ids)
    reading.progress(Progress(resource.topic, 0))
    pages = asked(reading.desk, resource.api, kind, questions, validator)
    strictly = False
    try:
        first = next(pages)
    except Failure as failure:
        if not (any(questions) and refuses_filter(failure)):
            raise
        pages, strictly = asked_without(reading.desk, resource.api, kind, failure), True
        first = next(pages)
    if first.unchanged:
        cache.confirm(kind, seen)
        return
    if not first.documents and any(questions) and not strictly and not reading.profile.honours.owner_filter:
        pages, first, strictly = _without_filter(reading, resource, pages, first)
    if first.is_missing and not reading.profile.honours.missing_is_empty:
        raise ListMissing(kind)
    sieve = Sieve(
        kind, questions, ids, [*naming, *first.documents], strictly=strictly,
        is_kept_bill=lambda bill: cache.row(BILL, bill) is not None,
        is_proven=lru_cache(lambda: _is_honoured(reading, resource, questions, ids)),
    )  # fmt: skip
    with cache.round(kind, seen=seen, keep_missing=kind in _KEPT_WHEN_GONE) as round_:

        def read(body: bytes) -> StoredDocument | None:
            return None if sieve.refuses(body) else _stored(reading, kind, body, round_)

        page, copies = first, Copies(kind)
        while True:
            round_.put_bodies(filter(sieve.lets_through, copies.apart(page.documents)), read)
            reading.progress(Progress(resource.topic, page.done, page.total))
            reading.wait_no_more()
            following = next(pages, None)
            if following is None:
                break
            page = following
            if sieve.is_anothers.learn(page.documents):
                naming += sieve.is_anothers.naming
                raise ListChanged(kind)
        round_.put_bodies(filter(sieve.lets_through, copies.alone(round_)), read)
        if round_.is_refused_whole and not strictly:
            round_.refuse()
            raise NotAnAnswer("another")
        round_.left_out = sieve.left_out
        before, tag = cache.state(kind).validator, "" if strictly else page.validator
        if reading.tags.take(kind, before, tag, changed=round_.commit(validator=tag)):
            reading.changed.add(resource.topic)


def _without_filter(
    reading: _Reading, resource: Resource, pages: Iterator[Page], first: Page
) -> tuple[Iterator[Page], Page, bool]:
    """Some servers answer a filter that they do not know with nothing at all (mapping 8): ask for the whole list, of
    which only what names the customer is kept. Where that brings nothing either, the first answer stands, unless it was
    that there is no such list and this one says that there is.

    Raises the failure of a list that cannot be asked for so: then nothing tells that the customer has none.
    """
    everything = reading.desk.pages(resource.api, resource.kind, {})
    page = next(everything)
    is_there = first.is_missing and not page.is_missing
    return (everything, page, True) if page.documents or is_there else (pages, first, False)


def _is_honoured(
    reading: _Reading, resource: Resource, questions: Sequence[Mapping[str, str]], ids: SubjectIds
) -> bool:
    """Whether the filter by the customer's id is honoured, so that what it finds is the customer's without naming him:
    the profile says so, or nothing is found for nobody. By an account it must be stated."""
    if any(value in ids.accounts for asked_by in questions for value in asked_by.values()):
        return False
    if reading.profile.honours.owner_filter:
        return True
    try:
        return not next(reading.desk.pages(resource.api, resource.kind, dict.fromkeys(questions[0], NOBODY))).documents
    except STOPPING:
        raise
    except Failure:
        return False


def _read_papers(reading: _Reading) -> None:
    reading.wait_no_more()

    def report(done: int, total: int) -> None:
        reading.progress(Progress(Topic.PAPERS, done, total))

    def why(api: str, failure: Failure | None = None) -> Failure | None:
        if failure is None:
            return reading.spared.why(api)
        return weigh(reading.spared, api, failure, partial(_ask_another, reading), of_paper=True)

    if fetch_papers(reading.desk, reading.vault, reading.zone, reading.now, report, reading.cancelled, why):
        reading.changed.add(Topic.PAPERS)
    reading.heard.add(Topic.PAPERS)


def _stored(reading: _Reading, kind: str, body: bytes, round_: Round | None = None) -> StoredDocument:
    """A document to keep; one that cannot be understood is kept apart, and counted."""
    if SCREEN.is_taken:
        SCREEN.give_way()
    try:
        if says_a_key_twice(kind, body):
            raise Unreadable(kind)
        facts = columns_only(kind, in_home_money(body, reading.zone), reading.zone)
        if facts.get("amount") == NOT_UNDERSTOOD and has_amount(reading.vault.cache, kind, facts["id"]):
            raise Unreadable(kind)
    except Unreadable:
        return StoredDocument(kind, id_of(body), body, readable=False)
    if kind in _IN_THEIR_OWN_ORDER:
        facts.pop("day", None)
    call, window = facts.pop("call", ""), facts.pop("window", "")
    document = StoredDocument(kind, facts.pop("id"), body, Columns(**facts))
    if kind in PROMISED_AS and document.columns.due and round_ is not None:
        round_.promise(f"{PROMISED_AS[kind]}{document.id}", document.columns.due)
    if call and round_ is not None:
        round_.promise(f"{CALLED_AS}{document.id}", call)
    if window and round_ is not None:
        round_.promise(f"{TIMED_AS}{document.id}", window)
    return document


def _remember_for_all(reading: _Reading, resources: list[Resource], failure: Failure) -> None:
    """What has not been heard of in this round was not heard of for this reason."""
    for resource in resources:
        if resource.topic not in reading.heard and (resource.listed or resource.kind == BY_KIND["customer"].kind):
            reading.vault.cache.failed(resource.kind, reading.now(), *write_failure(failure))
    reading.heard.update(resource.topic for resource in resources)
    if reading.vault.cache.state(PAPERS).tried is not None:
        reading.heard.add(Topic.PAPERS)
