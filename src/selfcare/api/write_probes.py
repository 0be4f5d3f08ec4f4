"""Tries what customers send to an operator: a ticket that says it is a test, a remark on it, and its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import uuid4

from selfcare.domain.commands import AddNote, OpenTicket
from selfcare.domain.failures import Failure

from .catalogue import SubjectIds
from .client import Request
from .columns import id_of
from .commands import WireAction, compose_note, read_receipt, request_for
from .operator import Operator
from .probes import Finding, describe

TITLE = "Conformance test, please ignore"


def probe_writing(operator: Operator, ids: SubjectIds, now: datetime) -> Iterator[Finding]:
    """Open a ticket, send it again under its key, find it by our own id, add a remark, take it back.

    For test accounts alone: everything stays in the operator's books.
    """
    if not operator.profile.offers("TMF621"):
        return
    try:
        yield from _tickets(operator, ids, now)
    except Failure as failure:
        yield _say("create", False, describe(failure), must=True)


def _tickets(operator: Operator, ids: SubjectIds, now: datetime) -> Iterator[Finding]:
    mark, key = str(uuid4()), str(uuid4())
    command = OpenTicket(TITLE, "Sent by selfcare check-operator. It will be cancelled.", "Incident", "Minor")
    wire = request_for(command, operator.profile, mark, ids, now)
    reply = operator.send(wire, key)
    receipt = read_receipt(command, reply)
    yield _say("create", bool(reply.status), must=True)
    yield _say("created-201", reply.status == 201, f"POST answered {reply.status}")
    located = bool(reply.headers.get("location"))
    yield _say("location", located, "no Location after POST")
    found = operator.find_external("TMF621", "troubleTicket", mark)
    yield _say("external-id", len(found) == 1, f"our externalId finds {len(found)} tickets", must=True)
    yield from _repeated(operator, wire, key, mark)
    own_id = receipt.id or (id_of(found[0]) if found else "")
    if not own_id:
        yield _say("patch", False, "the new ticket cannot be found", must=True)
        return
    remark = AddNote(own_id, f"A remark of the test {mark[:8]}")
    before = operator.fetch_one("TMF621", "troubleTicket", own_id).document
    changed = request_for(remark, operator.profile, mark, ids, now)
    body = compose_note(before, remark, now)
    entry = operator.entry("TMF621")
    try:
        operator.send(type(changed)(changed.api, changed.method, changed.path, body, changed.content_type))
        yield _say("patch", True, must=True)
    except Failure as failure:
        yield _say("patch", False, describe(failure) or "nothing changed", must=True)
    for kind in entry.patch:
        url = f"{entry.base_url}/{entry.resource('troubleTicket')}/{changed.path.partition('/')[2]}"
        again = operator.ask(Request("PATCH", url, {"content-type": kind, "accept": "application/json"}, body))
        yield _say("patch-types", again.is_success, f"{kind} answered {again.status}")
    url = f"{entry.base_url}/{entry.resource('troubleTicket')}/{changed.path.partition('/')[2]}"
    operator.ask(
        Request("PATCH", url, {"content-type": entry.patch[0], "accept": "application/json"}, b'{"status":"cancelled"}')
    )


def _repeated(operator: Operator, wire: WireAction, key: str, mark: str) -> Iterator[Finding]:
    """The same request once more under the same key, where the profile promises that keys are remembered."""
    if operator.profile.honours.key_life is None:
        yield _say("idempotency", False, "no Idempotency-Key is promised: a lost answer is asked about, not repeated")
        return
    operator.send(wire, key)
    found = operator.find_external("TMF621", "troubleTicket", mark)
    yield _say("idempotency", len(found) == 1, f"the same key made {len(found)} tickets", must=True)


def _say(check: str, ok: bool, detail: str = "", *, must: bool = False) -> Finding:
    return Finding("TMF621", "troubleTicket", check, ok, must, "" if ok else detail[:200])
