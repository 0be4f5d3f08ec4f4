"""An operator for unit tests that really carries things out, counts it, and goes wrong in every way on the way back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from unicodedata import normalize

from selfcare.api.client import Reply
from selfcare.api.commands import WireAction
from selfcare.api.operator import OneReply, Page
from selfcare.api.replies import require_success
from selfcare.domain.bills import PaperRef
from selfcare.domain.failures import (
    BadCertificate,
    Failure,
    ListBroken,
    NotAnAnswer,
    Offline,
    PaperTrouble,
    Refused,
    ServerTrouble,
    SignedOut,
    TimedOut,
    TooOften,
)
from selfcare.domain.operator import Honours

Doc = dict[str, Any]
BEFORE: Mapping[str, Callable[[], Exception]] = {
    "offline": Offline,
    "certificate": BadCertificate,
    "401": SignedOut,
    "reset-sending": TimedOut,
}
"""The answer is a failure of the wire, and nothing was carried out."""

AFTER: Mapping[str, Callable[[], Exception]] = {
    "lost": TimedOut,
    "closed": lambda: NotAnAnswer("closed"),
    "cut": lambda: NotAnAnswer("truncated"),
    "gzip-cut": lambda: NotAnAnswer("encoding"),
}
"""It was carried out, and then the answer did not come."""

LOOKS: Mapping[str, Callable[[], Failure]] = {
    "offline": Offline,
    "401": SignedOut,
    "later": TooOften,
    "silent": TimedOut,
    "500": lambda: ServerTrouble(500),
    "portal": lambda: NotAnAnswer("html"),
    "broken": lambda: ListBroken("list"),
}
"""What may happen to a request that only asks."""

ERRORS_AS_YES: Mapping[str, Doc] = {
    "error-as-yes": {"id": "err-9f1", "code": "20", "reason": "The line is under contract"},
    "error-inside": {"id": "err-9f1", "error": {"message": "The line is under contract"}},
    "status-error": {"id": "err-9f1", "status": "error"},
    "no-success": {"id": "err-9f1", "success": False},
    "number-alone": {"id": "err-9f1", "href": "/err-9f1"},
}
"""What is answered with 200 though nothing was carried out."""

KEEPS: Mapping[str, Callable[[str], str]] = {
    "as it is": str,
    "line breaks of its own": lambda said: "\r\n".join(said.splitlines()),
    "one line": lambda said: " ".join(said.split()),
    "escaped": lambda said: said if "&amp;" in said else said.replace("&", "&amp;"),
    "accents apart": lambda said: normalize("NFD", said),
    "cut": lambda said: said[:40],
}
"""What an operator may make of a text; what it has made of one it makes no other of."""

REFUSALS = {"400": 400, "403": 403, "404": 404, "405": 405, "413": 413, "415": 415, "422": 422}
PATIENCE = {"408": 408, "425": 425, "429": 429}
HTML = b"<!doctype html><p>Please accept our terms"


class Crash(BaseException):
    """The program ends here, as by kill -9."""


@dataclass(slots=True)
class FaultyOperator:
    """`modes` say what happens to the next writing requests, one each; after that all is well.

    A mode is one of the names above, or: portal (a web page, nothing done), html, shape, no-id, another, 500-once,
    500-after, 500-sticky, 502, 503, 504, in-progress, changed, 428, key-missing, phone (somebody else asked before),
    crash-before, crash-after, sparse (carried out, and told by a number alone), moved (an agent writes to the ticket
    just before). `lag` is how long lists are behind, and a ticket where `is_read_late`; `keeps` is what it makes of a
    text, `dates_itself` that a remark is from when it came, and a contact from the full minute, `keeps_ids` that our
    own ids come back, `keeps_every_answer` that a 412 is given again under its key too, `cached` for how long a cache
    on the way gives what it has (Age says since when);
    `looks` says what happens to the next requests that only ask ("" for nothing). `things` are the lines, handsets and
    options; `unseen` those of which nobody knew how they were when they were asked for.
    """

    now: Callable[[], datetime]
    honours: Honours
    modes: list[str] = field(default_factory=list)
    lag: timedelta = timedelta(0)
    searches: list[str] = field(default_factory=list)
    sent: list[tuple[WireAction, str, str]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    tickets: dict[str, Doc] = field(default_factory=dict)
    orders: dict[str, Doc] = field(default_factory=dict)
    cancels: dict[str, Doc] = field(default_factory=dict)
    made: dict[str, datetime] = field(default_factory=dict)
    clock: timedelta | None = timedelta(0)
    looks: list[str] = field(default_factory=list)
    things: dict[str, Doc] = field(default_factory=dict)
    contacts: dict[str, Doc] = field(default_factory=dict)
    unseen: set[str] = field(default_factory=set)
    has_tags: bool = False
    filters_empty: bool = False
    agents_notes: int = 0
    keeps: str = "as it is"
    dates_itself: bool = False
    is_read_late: bool = False
    keeps_ids: bool = True
    keeps_every_answer: bool = False
    cached: timedelta = timedelta(0)
    _written: dict[str, str] = field(default_factory=dict)
    _marks: dict[str, str] = field(default_factory=dict)
    _states: list[tuple[datetime, str, Doc]] = field(default_factory=list)
    _copies: dict[str, tuple[datetime, Any]] = field(default_factory=dict)
    _age: timedelta = timedelta(0)
    _answers: dict[str, tuple[bytes, datetime, Reply | None]] = field(default_factory=dict)

    def ahead(self) -> timedelta | None:
        return self.clock

    def oldest(self) -> timedelta:
        age, self._age = self._age, timedelta(0)
        return age

    def _copied(self, what: str, answer: Callable[[], Any]) -> Any:
        """What the cache on the way has of an answer, or the answer."""
        made, kept = self._copies.get(what, (self.now(), None))
        if kept is None or self.now() - made >= self.cached:
            made, kept = self._copies[what] = (self.now(), answer())
        self._age = max(self._age, self.now() - made)
        return kept

    # ---- what is checked

    def effects(self, mark: str, kind: str) -> list[str]:
        """The operator's numbers of what a request brought about. `mark` is its own id, the words of a note or of a
        contact, or the order that it takes back."""
        if kind == "sendContact":
            return [own for own in self.contacts if self._marks.get(own) == mark]
        if kind == "addNote":
            there = [(t["id"], note["text"]) for t in self.tickets.values() for note in t.get("note", ())]
            return [own for own, said in there if self._written.get(said, said) == mark]
        if kind == "withdrawNotice":
            done = [c for c in self.cancels.values() if c["state"] == "done"]
            return [c["id"] for c in done if c["productOrder"]["id"] == mark]
        return [d["id"] for d in (*self.tickets.values(), *self.orders.values()) if self._marks.get(d["id"]) == mark]

    # ---- what happens at the operator meanwhile

    def agent_writes(self) -> None:
        """Somebody there adds a note to every ticket."""
        self.agents_notes += 1
        for ticket in self.tickets.values():
            self._remember(ticket)
            ticket.setdefault("note", []).append({"text": f"Agent {self.agents_notes}", "date": "2026-11-01T00:00:00Z"})

    def _tag(self, document: Doc) -> str:
        return f'"{hash(json.dumps(document, sort_keys=True)):x}"' if self.has_tags else ""

    def _look(self, own_id: str = "") -> None:
        """Raise what this look meets."""
        mode = self.looks.pop(0) if self.looks else ""
        if mode:
            self.unseen.add(own_id)
            raise LOOKS[mode]()

    # ---- the desk

    def send(self, action: WireAction, key: str = "") -> Reply:
        mode = self.modes.pop(0) if self.modes else "ok"
        self.sent.append((action, key, mode))
        if mode in BEFORE:
            raise BEFORE[mode]()
        if mode == "crash-before":
            raise Crash
        if mode == "portal":
            return self._web_page()
        if mode in ERRORS_AS_YES:
            return self._reply(200, ERRORS_AS_YES[mode])
        answer = self._answer(action, key, mode)
        if mode in AFTER:
            raise AFTER[mode]()
        if mode == "crash-after":
            raise Crash
        if mode == "html":
            return self._web_page()
        if mode == "500-after":
            answer = self._reply(500, {"code": "1", "reason": "Out of order"})
        elif mode == "shape":
            answer = self._reply(200, {"status": "ok"})
        elif mode == "no-id":
            answer = self._reply(201, {"externalId": json.loads(action.body).get("externalId")})
        elif mode == "sparse" and answer.status < 300:
            answer = self._reply(201, {"id": json.loads(answer.body)["id"], "href": "/there"})
        elif mode == "another":
            answer = self._reply(201, {"id": "Z-9", "externalId": "another", "productOrder": {"id": "another"}})
        require_success(answer)
        return answer

    def _answer(self, action: WireAction, key: str, mode: str) -> Reply:
        if mode in REFUSALS:
            self.refused.add(key)
            return self._reply(REFUSALS[mode], {"code": "20", "reason": f"No, says {mode}"})
        if mode in PATIENCE:
            return self._reply(PATIENCE[mode], {"code": "60", "reason": "Later"}, {"retry-after": "60"})
        if mode == "503":
            return self._reply(503, {"code": "1", "reason": "Later"}, {"retry-after": "60"})
        if mode in {"500-once", "502", "504"}:
            return self._reply(int(mode[:3]), {"code": "1", "reason": "Out of order"})
        if mode == "in-progress":
            return self._reply(409, {"code": "requestInProgress", "reason": "Still in progress"})
        if mode in {"changed", "428"}:
            return self._reply(428 if mode == "428" else 412, {"code": "20", "reason": "It has changed"})
        if mode == "key-missing":
            return self._reply(400, {"code": "20", "reason": "Idempotency-Key is missing"})
        if mode == "phone":
            self.refused.add(key)
            return self._reply(409, {"code": "20", "reason": "Asked for already"})
        return self._under_key(action, key, mode)

    def _under_key(self, action: WireAction, key: str, mode: str) -> Reply:
        """Carry it out, or give the answer that is kept under the key."""
        if mode == "moved":
            self.agent_writes()
        life = self.honours.key_life
        kept = self._answers.get(key) if life is not None else None
        if kept is not None and life is not None and self.now() - kept[1] < life:
            if kept[0] != action.body:
                return self._reply(422, {"code": "idempotencyKeyReused", "reason": "This key was used otherwise"})
            assert kept[2] is not None
            return kept[2]
        ticket = self.tickets.get(action.path.rpartition("/")[2])
        if action.tag and ticket is not None and action.tag != self._tag(ticket):
            changed = self._reply(412, {"code": "20", "reason": "It has changed"})
            if self.keeps_every_answer:
                self._answers[key] = (action.body, self.now(), changed)
            return changed
        if mode == "500-sticky":
            answer = self._reply(500, {"code": "1", "reason": "Out of order"})
        else:
            answer = self._carry_out(action)
        self._answers[key] = (action.body, self.now(), answer)
        return answer

    def _carry_out(self, action: WireAction) -> Reply:
        body: Doc = json.loads(action.body)
        ident = f"N-{len(self.made) + 1}"
        self.made[ident] = self.now()
        if action.path == "partyInteraction":
            self.contacts[ident], self._marks[ident] = {**body, "id": ident}, body["description"]
            self.contacts[ident]["description"] = KEEPS[self.keeps](body["description"])
            if self.dates_itself:
                start = body["interactionDate"]["startDateTime"]
                self.contacts[ident]["interactionDate"] = {"startDateTime": f"{start[:17]}00Z"}
            return self._reply(201, self.contacts[ident])
        if action.method == "PATCH":
            ticket = self.tickets[action.path.rpartition("/")[2]]
            self._remember(ticket)
            ticket["note"] = [self._kept(note, ticket.get("note", [])) for note in body["note"]]
            return self._reply(200, ticket)
        if action.path == "cancelProductOrder":
            order = self.orders[body["productOrder"]["id"]]
            works = order["state"] != "cancelled"
            order["state"] = "cancelled"
            self.cancels[ident] = {**body, "id": ident, "state": "done" if works else "terminatedWithError"}
            return self._reply(201, self.cancels[ident])
        document = {**body, "id": ident, "state": "acknowledged", "status": "acknowledged"}
        self._marks[ident] = body["externalId"]
        if not self.keeps_ids:
            document.pop("externalId")
        (self.tickets if action.path == "troubleTicket" else self.orders)[ident] = document
        return self._reply(201, document)

    def _kept(self, note: Doc, there: list[Doc]) -> Doc:
        """A remark as it is kept: one that was there already stays what it is."""
        if note in there:
            return note
        said = KEEPS[self.keeps](note["text"])
        self._written[said] = note["text"]
        return {**note, "text": said, **({"date": self._stamp()} if self.dates_itself else {})}

    def _stamp(self) -> str:
        return self.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _remember(self, ticket: Doc) -> None:
        """What a ticket was until now: those who read late see it for a while."""
        self._states.append((self.now(), ticket["id"], json.loads(json.dumps(ticket))))

    def _as_read(self, ticket: Doc) -> Doc:
        """A ticket, or what it was a `lag` ago."""
        since = self.now() - self.lag
        late = (was for at, own, was in self._states if own == ticket["id"] and at > since)
        return next(late, ticket) if self.is_read_late else ticket

    def find_external(
        self, api: str, resource: str, own_id: str, params: Mapping[str, str] | None = None
    ) -> list[bytes]:
        self.searches.append(resource)
        self._look()
        held = self.tickets if resource == "troubleTicket" else self.orders

        def found() -> list[bytes]:
            return [json.dumps(d).encode() for d in held.values() if d.get("externalId") == own_id and self._listed(d)]

        copied: list[bytes] = self._copied(f"{resource} {own_id}", found)
        return copied

    def fetch_one(self, api: str, resource: str, own_id: str, validator: str = "") -> OneReply:
        self._look(own_id)
        held = {"troubleTicket": self.tickets, "productOrder": self.orders}.get(resource, self.things)
        if own_id not in held:
            raise Refused(404)
        found = self._as_read(held[own_id])
        return OneReply(False, json.dumps(found).encode(), self._tag(found))

    def pages(self, api: str, resource: str, params: Mapping[str, str], validator: str = "") -> Iterator[Page]:
        self.searches.append(resource)
        self._look()
        held = {"cancelProductOrder": self.cancels, "partyInteraction": self.contacts}.get(resource, {})
        if params and self.filters_empty:
            held = {}
        found: list[bytes] = self._copied(
            f"{resource} {sorted(params)}", lambda: [json.dumps(d).encode() for d in held.values() if self._listed(d)]
        )
        yield Page(found, len(found), len(found))

    def fetch_paper(self, paper: PaperRef | str) -> bytes:
        raise PaperTrouble("missing")

    def fetch_bill_paper(self, bill_doc: bytes, paper_id: str = "") -> bytes:
        raise PaperTrouble("missing")

    def _listed(self, document: Doc) -> bool:
        return self.now() - self.made.get(document["id"], self.now() - self.lag) >= self.lag

    def _web_page(self) -> Reply:
        return Reply(200, {"content-type": "text/html"}, HTML, self.now())

    def _reply(self, status: int, document: Doc, headers: Mapping[str, str] | None = None) -> Reply:
        said = {"content-type": "application/json", **(headers or {})}
        return Reply(status, said, json.dumps(document).encode(), self.now())
