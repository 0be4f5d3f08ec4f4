"""Tries what customers send to an operator, marked as a test: a ticket, a contact, a porting code, each taken back."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from uuid import uuid4

from selfcare.domain.commands import AddNote, Command, OpenTicket, RequestCode, SendContact, WithdrawNotice
from selfcare.domain.failures import Failure, Refused, Unreadable
from selfcare.domain.options import PaperState
from selfcare.domain.records import Struct, replace

from .answering import answers
from .catalogue import BY_KIND, SubjectIds, owner_params
from .client import Reply, Request
from .columns import id_of
from .commands import WireAction, read_receipt, request_for
from .oddities import oddities
from .operator import Operator, fetch_filtered
from .ownership import is_of_another, speaks_of
from .probes import Finding
from .products import read_product
from .remarks import compose_note, compose_operations
from .strict_json import decode
from .trouble_words import describe

_CANCELLED = b'[{"op":"replace","path":"/status","value":"cancelled"}]'
TITLE = "Conformance test, please ignore"


class _Trial(Struct, frozen=True):
    """One kind of request and how its traces are looked for, by the mark that it bears."""

    operator: Operator
    api: str
    kind: str
    ids: SubjectIds
    look: Callable[[str], list[bytes]]

    def traces(self, mark: str) -> list[bytes]:
        """The customer's documents that bear our mark."""
        own = (self.ids.customer, self.ids.party)
        return [body for body in self.look(mark) if not is_of_another(self.kind, body, own)]

    def say(self, check: str, ok: bool, detail: str = "", *, must: bool = False) -> Finding:
        return Finding(self.api, self.kind, check, ok, must, "" if ok else detail[:200])


def probe_writing(operator: Operator, ids: SubjectIds, now: datetime) -> Iterator[Finding]:
    """Send each kind of request once and again under its key, find it, and take it back where that can be done.

    For test accounts alone: everything stays in the operator's books.
    """
    for api, kind, tried in (
        ("TMF621", "troubleTicket", _tickets),
        ("TMF622", "productOrder", _codes),
        ("TMF683", "partyInteraction", _contacts),
    ):
        if not operator.profile.offers(api):
            continue
        try:
            yield from tried(operator, ids, now)
        except Failure as failure:
            yield Finding(api, kind, "create", False, True, describe(failure)[:200])


def _tickets(operator: Operator, ids: SubjectIds, now: datetime) -> Iterator[Finding]:
    trial = _by_external_id(operator, "TMF621", "troubleTicket", ids)
    mark = str(uuid4())
    command = OpenTicket(TITLE, "Sent by selfcare check-operator. It will be cancelled.", "Incident", "Minor")
    own_id = yield from _sent(trial, command, mark, ids, now)
    if not own_id:
        yield trial.say("patch", False, "the new ticket cannot be found", must=True)
        return
    entry = operator.entry("TMF621")
    remark = AddNote(own_id, f"A remark of the test {mark[:8]}")
    before = operator.fetch_one("TMF621", "troubleTicket", own_id).document
    changed = request_for(remark, operator.profile, mark, ids, now)
    whole = (before, remark, now, entry.version)
    changed = replace(changed, body=compose_note(*whole), operations=compose_operations(*whole))
    try:
        operator.send(changed)
        yield trial.say("patch", True, must=True)
    except Failure as failure:
        is_idle = isinstance(failure, Refused) and not failure.reason
        yield trial.say("patch", False, "nothing changed" if is_idle else describe(failure), must=True)
    path = f"{entry.resource('troubleTicket')}/{changed.path.partition('/')[2]}"
    for kind in entry.patch:
        again = _patched(operator, f"{entry.base_url}/{path}", kind, changed.body_as(kind))
        yield trial.say("patch-types", again.is_success, f"{kind} answered {again.status}")
    typed = b'"@type":"TroubleTicket",' if entry.version == "v5" else b""
    end = replace(changed, body=b"{" + typed + b'"status":"cancelled"}', operations=_CANCELLED)
    ended = _patched(operator, f"{entry.base_url}/{path}", entry.patch[0], end.body_as(entry.patch[0]))
    yield trial.say("taken-back", ended.is_success, f"status cancelled answered {ended.status}: the ticket stays open")


def _by_external_id(operator: Operator, api: str, kind: str, ids: SubjectIds) -> _Trial:
    return _Trial(operator, api, kind, ids, lambda mark: operator.find_external(api, kind, mark))


def _patched(operator: Operator, url: str, kind: str, body: bytes) -> Reply:
    return operator.ask(Request("PATCH", url, {"content-type": kind, "accept": "application/json"}, body))


def _codes(operator: Operator, ids: SubjectIds, now: datetime) -> Iterator[Finding]:
    """A porting code is asked for, because that ends nothing; where the operator gives codes by order at all."""
    way = operator.profile.exit.get("portCode")
    line = _line(operator, ids) if way is not None and way.via == "TMF622" and way.scheme else None
    if way is None or line is None:
        return
    trial = _by_external_id(operator, "TMF622", "productOrder", ids)
    own_id = yield from _sent(trial, RequestCode(*line, way.scheme), str(uuid4()), ids, now)
    if own_id:
        order = decode(operator.fetch_one("TMF622", "productOrder", own_id).document)
        invented = dict(oddities("productOrder", order, operator.entry("TMF622").base_url)).get("completion", "")
        yield trial.say("completion", not invented, invented)
        back = request_for(WithdrawNotice(own_id, TITLE), operator.profile, "", ids, now)
        try:
            operator.send(back, str(uuid4()))
            yield trial.say("taken-back", True)
        except Failure as failure:
            yield trial.say("taken-back", False, f"cancelProductOrder: {describe(failure)}")


def _line(operator: Operator, ids: SubjectIds) -> tuple[str, str] | None:
    """The first line in use that has a number, as its product's id and the number."""
    if not operator.profile.offers("TMF637"):
        return None
    params = owner_params(BY_KIND["product"], operator.entry("TMF637"), ids)
    for body in fetch_filtered(operator, "TMF637", "product", params):
        try:
            product = read_product(body)
        except Unreadable:
            continue
        if product.number and product.on_paper is PaperState.ACTIVE:
            return product.id, product.number
    return None


def _contacts(operator: Operator, ids: SubjectIds, now: datetime) -> Iterator[Finding]:
    def look(mark: str) -> list[bytes]:
        params = owner_params(BY_KIND["partyInteraction"], operator.entry("TMF683"), ids)
        found: list[bytes] = []
        for asked in (params, {}):  # without the filter too, as the program reads where the filter finds nothing
            found = found or fetch_filtered(operator, "TMF683", "partyInteraction", asked)
        own, kind = (ids.customer, ids.party), "partyInteraction"
        found = [body for body in found if mark.encode() in body]
        return [body for body in found if answers(kind, body, params) or speaks_of(kind, body, own, ids.accounts)]

    mark = str(uuid4())
    command = SendContact(mark, "web", True, now, now, f"{TITLE} ({mark})")
    yield from _sent(_Trial(operator, "TMF683", "partyInteraction", ids, look), command, mark, ids, now)


def _sent(trial: _Trial, command: Command, mark: str, ids: SubjectIds, now: datetime) -> Generator[Finding, None, str]:
    """Send a request and look what became of it; gives the operator's number, "" where it made nothing."""
    wire, key = request_for(command, trial.operator.profile, mark, ids, now), str(uuid4())
    try:
        reply = trial.operator.send(wire, key)
        receipt = read_receipt(command, reply)
    except Failure as failure:
        found = trial.traces(mark)
        all_the_same = f", and it was made {len(found)} times all the same" if found else ""
        yield trial.say("create", False, f"{describe(failure)}{all_the_same}", must=True)
        return id_of(found[0]) if found else ""
    is_taken = receipt.state != "rejected"
    yield trial.say("create", is_taken, f"rejected: {receipt.reason or 'without a reason'}", must=True)
    yield trial.say("created-201", reply.status == 201, f"POST answered {reply.status}")
    yield trial.say("location", bool(reply.headers.get("location")), "no Location after POST")
    found = trial.traces(mark)
    yield trial.say("external-id", len(found) == 1, f"our mark finds {len(found)} documents", must=True)
    yield from _repeated(trial, wire, key, mark)
    return receipt.id or (id_of(found[0]) if found else "")


def _repeated(trial: _Trial, wire: WireAction, key: str, mark: str) -> Iterator[Finding]:
    """The same request once more under the same key, where the profile promises that keys are remembered."""
    if trial.operator.profile.honours.key_life is None:
        detail = "no Idempotency-Key is promised: a lost answer is asked about, not repeated"
        yield trial.say("idempotency", False, detail)
        return
    trial.operator.send(wire, key)
    found = trial.traces(mark)
    yield trial.say("idempotency", len(found) == 1, f"the same key made {len(found)} documents", must=True)
