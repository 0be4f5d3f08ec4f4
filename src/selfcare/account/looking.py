"""Asks the operator whether a request whose answer was lost has arrived: by our own id, a remark by its words
and its date, a withdrawal by the order that it takes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING

from selfcare.api.catalogue import BY_KIND, SubjectIds, owner_params
from selfcare.api.commands import Receipt, receipt_of
from selfcare.api.contacts import read_contact
from selfcare.api.reading import Doc, child, document, identity, instant, ref
from selfcare.api.remarks import Remark, has_note
from selfcare.api.replies import refuses_filter
from selfcare.api.tickets import read_ticket
from selfcare.domain.commands import AddNote, Command, SendContact, WithdrawNotice
from selfcare.domain.failures import Failure, ListMissing, NotOffered, Refused, Unreadable
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import Struct
from selfcare.domain.same_words import says_the_same
from selfcare.domain.waiting import WaitingState
from selfcare.store.action import Action

from .clocks import MARGIN, cannot_have_come_before
from .documents import CONTACT, TICKET
from .wording import read_command

if TYPE_CHECKING:
    from .desk import Desk


_NONE = Receipt("", "", "accepted")
_ROUNDED = timedelta(seconds=2)


class Presence(StrEnum):
    """What the operator's own lists say of a request."""

    PRESENT = "present"
    ABSENT = "absent"
    CANNOT_TELL = "cannotTell"


class Found(Struct, frozen=True):
    """Whether a request is at the operator's, and what the operator's own document of it says; `age` is how old the
    answers were that said so, where a cache on the way had kept one."""

    presence: Presence
    receipt: Receipt = _NONE
    age: timedelta = timedelta(0)


def look_for(
    desk: Desk,
    action: Action,
    command: Command,
    profile: OperatorProfile,
    ids: SubjectIds,
    zone: tzinfo,
    others: Sequence[Action] = (),
) -> Found:
    """Whether the operator has a request. Absence counts only where lists can be asked for our own ids. `others` are
    the customer's other requests of this kind: what answers for one of them answers for this one no more.

    Nobody can tell only where the operator refuses to be asked, does not find its own list, or has no such API. Raises
    every other Failure (an operator in trouble, no answer, a web page): then nothing was learned, and it is to be asked
    again.
    """
    try:
        if isinstance(command, AddNote):
            return _look_for_note(desk, action, command, zone, others)
        if isinstance(command, WithdrawNotice):
            return _look_for_withdrawal(
                desk, action, command, zone, others, may_be_missing=profile.honours.missing_is_empty
            )
        if isinstance(command, SendContact):
            return _look_for_contact(desk, command, profile, ids, zone, others)
        resource = action.path.rstrip("/").rpartition("/")[2]
        owner: dict[str, str] = {}
        entry = profile.apis.get(action.api)
        if entry is not None and resource in BY_KIND and not profile.honours.external_id_filter:
            owner = owner_params(BY_KIND[resource], entry, ids)
        found = desk.find_external(action.api, resource, action.id, owner)
        if found:
            return Found(Presence.PRESENT, receipt_of(command, document(found[0], resource)))
    except (Refused, NotOffered, ListMissing):
        return Found(Presence.CANNOT_TELL)
    return Found(Presence.ABSENT if profile.honours.external_id_filter else Presence.CANNOT_TELL)


def _look_for_note(desk: Desk, action: Action, command: AddNote, zone: tzinfo, others: Sequence[Action]) -> Found:
    notes = read_ticket(desk.fetch_one(action.api, TICKET, command.ticket_id).document, zone).notes
    there = (_remark(one, read_command(one.kind, one.command_json), command.ticket_id) for one in others)
    is_there = has_note(notes, _written(action, command), [one for one in there if one is not None])
    if is_there is None:
        return Found(Presence.CANNOT_TELL)
    return Found(Presence.PRESENT, Receipt(command.ticket_id, "", "done")) if is_there else Found(Presence.ABSENT)


def _remark(action: Action, command: Command, ticket_id: str) -> Remark | None:
    return _written(action, command) if isinstance(command, AddNote) and command.ticket_id == ticket_id else None


def _written(action: Action, command: AddNote) -> Remark:
    is_there = action.state == WaitingState.DONE.value
    return Remark(command.text, action.created, cannot_have_come_before(action), is_there)


def _look_for_withdrawal(
    desk: Desk, action: Action, command: WithdrawNotice, zone: tzinfo, others: Sequence[Action], *, may_be_missing: bool
) -> Found:
    """TMF622 v4 gives a cancellation no external id; whoever asked for it, it takes back the same order. The newest
    counts. A no counts only where it was said to this one: not to an earlier one, and not before this one came."""
    resource = action.path

    def is_ours(body: bytes) -> bool:
        return ref(child(document(body, resource).get("productOrder"))) == command.order_id

    bodies = _listed(
        desk, action.api, resource, {"productOrder.id": command.order_id}, is_ours, may_be_missing=may_be_missing
    )
    answered = {one.receipt for one in others}
    found = [document(body, resource) for body in bodies]
    refused = [doc for doc in found if receipt_of(command, doc).state == "rejected"]
    taken = [doc for doc in found if doc not in refused]
    if taken:
        return Found(Presence.PRESENT, receipt_of(command, max(taken, key=_asked_on)))
    if action.state == WaitingState.NEW.value:
        return Found(Presence.ABSENT)  # an earlier try of the customer's was refused; this one has not left
    since = cannot_have_come_before(action)
    when = [(doc, instant(_asked_on(doc), zone)) for doc in refused if identity(doc, resource) not in answered]
    ours = [doc for doc, at in when if since is not None and at is not None and at >= since - _ROUNDED]
    if ours:
        return Found(Presence.PRESENT, receipt_of(command, max(ours, key=_asked_on)))
    earlier = all(since is not None and at is not None and at < since - MARGIN for _doc, at in when)
    return Found(Presence.ABSENT if earlier else Presence.CANNOT_TELL)


def _asked_on(doc: Doc) -> str:
    return str(doc.get("requestedCancellationDate") or "")


def _look_for_contact(
    desk: Desk,
    command: SendContact,
    profile: OperatorProfile,
    ids: SubjectIds,
    zone: tzinfo,
    others: Sequence[Action],
) -> Found:
    """TMF683 v4 gives a contact no external id; one that began at the same second, or as some keep it at the same
    minute, in the same words, is ours."""
    entry = profile.apis.get("TMF683")
    owner = {} if entry is None else owner_params(BY_KIND[CONTACT], entry, ids)
    answered = {one.receipt for one in others}

    def is_ours(body: bytes) -> bool:
        try:
            found = read_contact(body, zone)
        except Unreadable:
            return False
        is_then = found.started is not None and _is_the_same_start(command.started, found.started)
        return is_then and found.id not in answered and says_the_same(command.text, found.what)

    there = _listed(
        desk, "TMF683", CONTACT, owner, is_ours, may_be_missing=profile.honours.missing_is_empty
    )  # fmt: skip
    if not there:
        return Found(Presence.ABSENT)
    return Found(Presence.PRESENT, Receipt(read_contact(there[0], zone).id, "", "done"))


def _is_the_same_start(asked: datetime, there: datetime) -> bool:
    second, kept = asked.replace(microsecond=0), there.replace(microsecond=0)
    return kept in {second, second.replace(second=0)}


def _listed(
    desk: Desk,
    api: str,
    resource: str,
    params: Mapping[str, str],
    is_ours: Callable[[bytes], bool],
    *,
    may_be_missing: bool,
) -> list[bytes]:
    """The documents of a list that are ours: first by the filter, and where it finds none, among all of them. Some
    servers answer a filter that they do not know with nothing; one that answers only to the filter knows it. A filter
    that is refused tells nothing of what is there. Raises ListMissing where there is no list at all, unless that is how
    an empty one is told (`may_be_missing`)."""

    def among(filters: Mapping[str, str]) -> list[bytes]:
        ours: list[bytes] = []
        for page in desk.pages(api, resource, filters):
            if page.is_missing and not may_be_missing:
                raise ListMissing(resource)
            ours += [body for body in page.documents if is_ours(body)]
        return ours

    found: list[bytes] = []
    try:
        found = among(params)
    except Failure as failure:
        if not params or not (isinstance(failure, ListMissing) or refuses_filter(failure)):
            raise
        if refuses_filter(failure):
            return among({})
    if found or not params:
        return found
    with suppress(Refused):
        found = among({})
    return found
