"""Reading the demo operator over real HTTP: lists, validators, papers, and each fault with its own name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from selfcare.api.addresses import allowed_origins
from selfcare.api.catalogue import BY_KIND, RESOURCES, SubjectIds, owner_params
from selfcare.api.client import Wire
from selfcare.api.commands import WireAction, read_receipt, receipt_of, request_for
from selfcare.api.customers import read_customer, read_subject
from selfcare.api.demo_login import demo_browser
from selfcare.api.limits import Patience
from selfcare.api.login import sign_in
from selfcare.api.operator import Operator
from selfcare.api.products import read_lines
from selfcare.api.profile import read_profile
from selfcare.api.remarks import compose_note
from selfcare.domain.commands import AddNote, OpenTicket
from selfcare.domain.failures import (
    Failure,
    ListChanged,
    ListShort,
    NotAnAnswer,
    Offline,
    PaperTrouble,
    Refused,
    ServerTrouble,
    SignedOut,
    TimedOut,
    TooOften,
    Unreadable,
)
from selfcare.domain.options import Verdict
from tests.sandbox_process import Sandbox, start_sandbox

BILLS = ("TMF678", "customerBill")


class Claire:
    """The demo customer, signed in."""

    def __init__(self, sandbox: Sandbox) -> None:
        profile = read_profile(sandbox.profile())
        tokens = sign_in(profile, demo_browser, timeout=10, login_hint="claire")
        self.profile = profile
        self.wire = Wire(allowed_origins(profile), Patience(silence=1.0, json_total=2.0, pdf_total=5.0))
        self.token = lambda: tokens.access
        self.operator = Operator(profile, self.wire, self.token)
        subject = read_subject(self.operator.fetch_one("TMF629", "customer", tokens.subject).document)
        self.ids = SubjectIds(subject.customer, subject.party, subject.accounts[0], subject.accounts)

    def params(self, kind: str) -> dict[str, str]:
        resource = BY_KIND[kind]
        return owner_params(resource, self.operator.entry(resource.api), self.ids)

    def all_of(self, kind: str) -> list[bytes]:
        return self.operator.fetch_list(BY_KIND[kind].api, kind, self.params(kind)).documents


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with start_sandbox() as one:
        yield one


@pytest.fixture(scope="module")
def signed_in(running: Sandbox) -> Iterator[Claire]:
    one = Claire(running)
    yield one
    one.wire.close()


@pytest.fixture
def claire(running: Sandbox, signed_in: Claire) -> Iterator[Claire]:
    running.set_faults()
    running.reset_log()
    yield signed_in
    running.set_faults()


def test_everything_she_has_is_read(claire: Claire) -> None:
    zone = ZoneInfo(claire.profile.zone)
    found = {}
    for resource in RESOURCES:
        if resource.listed:
            documents = claire.all_of(resource.kind)
            found[resource.kind] = [resource.decode(doc, zone) for doc in documents]
            for doc in documents:
                assert resource.columns(resource.kind, doc, zone)["id"] == json.loads(doc)["id"]
    assert all(found[kind] for kind in found)
    lines = read_lines(found["product"], found["service"], found["agreement"])
    assert len(lines) == 3
    assert any(o.verdict is Verdict.CHARGED_NOT_WORKING for line in lines for o in line.options)
    party = claire.operator.fetch_one("TMF632", "individual", claire.ids.party).document
    customer = claire.operator.fetch_one("TMF629", "customer", claire.ids.customer).document
    assert read_customer(customer, party).media


def in_small_pages(claire: Claire) -> Operator:
    entry = replace(claire.operator.entry("TMF678"), page_size=4)
    return Operator(replace(claire.profile, apis={**claire.profile.apis, "TMF678": entry}), claire.wire, claire.token)


def test_pages_add_up(claire: Claire) -> None:
    told: list[tuple[int, int | None]] = []
    found = in_small_pages(claire).fetch_list(
        *BILLS, claire.params("customerBill"), progress=lambda done, total: told.append((done, total))
    )
    assert found.documents == claire.all_of("customerBill")
    assert told[0][0] == 4
    assert told[-1] == (len(found.documents), len(found.documents))


def test_a_list_that_changes_between_its_pages_is_given_up(running: Sandbox, claire: Claire) -> None:
    running.set_faults("list-changes")
    with pytest.raises(ListChanged):
        in_small_pages(claire).fetch_list(*BILLS, claire.params("customerBill"))


def test_unchanged_lists_cost_one_small_request_each(running: Sandbox, claire: Claire) -> None:
    for resource in RESOURCES:
        if resource.listed:
            params = claire.params(resource.kind)
            validator = claire.operator.fetch_list(resource.api, resource.kind, params).validator
            assert validator
            running.reset_log()
            again = claire.operator.fetch_list(resource.api, resource.kind, params, validator)
            assert (again.unchanged, again.documents) == (True, [])
            log = running.log()
            assert log["count"] == 1
            assert log["bytes"] == 0


def test_bills_come_with_their_pdf(claire: Claire) -> None:
    newest = claire.all_of("customerBill")[0]
    content = claire.operator.fetch_bill_paper(newest)
    assert content.startswith(b"%PDF-")
    bill = BY_KIND["customerBill"].decode(newest)
    assert claire.operator.fetch_paper(bill.papers[0]) == content


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        ("down", TooOften),
        ("slow=3", TimedOut),
        ("html", NotAnAnswer("html")),
        ("truncated", NotAnAnswer("truncated")),
        ("gzip-cut", NotAnAnswer("truncated")),
        ("cut-body", NotAnAnswer("truncated")),
        ("redirect", NotAnAnswer("redirect")),
        ("reset", NotAnAnswer("closed")),
        ("500", ServerTrouble(500)),
        ("429", TooOften),
        ("401", SignedOut()),
        ("403", Refused),
        ("bad-total", ListShort("customerBill")),
    ],
)
def test_every_fault_has_its_own_name(
    running: Sandbox, claire: Claire, fault: str, failure: Failure | type[Failure]
) -> None:
    running.set_faults(fault)
    kind = failure if isinstance(failure, type) else type(failure)
    with pytest.raises(kind) as caught:
        claire.all_of("customerBill")
    if isinstance(failure, Failure):
        assert caught.value == failure
    if isinstance(caught.value, TooOften):
        assert caught.value.retry_at is not None


@pytest.mark.parametrize("fault", ["gzip", "partial", "no-etag", "unknown-state", "missing-field"])
def test_what_a_sane_operator_may_do_is_read(running: Sandbox, claire: Claire, fault: str) -> None:
    before = [json.loads(doc)["id"] for doc in claire.all_of("customerBill")]
    running.set_faults(fault)
    documents = claire.all_of("customerBill")
    assert [BY_KIND["customerBill"].decode(doc).id for doc in documents] == before


@pytest.mark.parametrize("fault", ["unreadable", "no-id"])
@pytest.mark.parametrize("kind", [r.kind for r in RESOURCES if r.listed])
def test_one_unreadable_document_does_not_take_the_others_with_it(
    running: Sandbox, claire: Claire, fault: str, kind: str
) -> None:
    running.set_faults(fault)
    bad = 0
    documents = claire.all_of(kind)
    for doc in documents:
        try:
            BY_KIND[kind].columns(kind, doc)
        except Unreadable:
            bad += 1
    assert bad == 1
    assert len(documents) >= 1


def test_a_pdf_that_is_none(running: Sandbox, claire: Claire) -> None:
    newest = claire.all_of("customerBill")[0]
    running.set_faults("bad-pdf")
    with pytest.raises((PaperTrouble, NotAnAnswer)):
        claire.operator.fetch_bill_paper(newest)


def test_a_ticket_is_opened_once_found_again_and_a_remark_added(running: Sandbox, claire: Claire) -> None:
    now = datetime.now(UTC)
    command = OpenTicket("No signal", "Nothing since noon", "Incident", "Major")
    action = request_for(command, claire.profile, "care-wire-1", claire.ids, now)
    first = read_receipt(command, claire.operator.send(action, "key-wire-1"))
    again = read_receipt(command, claire.operator.send(action, "key-wire-1"))
    assert first == again
    assert (first.external_id, first.state) == ("care-wire-1", "done")
    (found,) = claire.operator.find_external("TMF621", "troubleTicket", "care-wire-1", claire.params("troubleTicket"))
    assert receipt_of(command, json.loads(found)) == first
    note = AddNote(first.id, "Still nothing")
    frozen = request_for(note, claire.profile, "care-wire-2", claire.ids, now)
    current = claire.operator.fetch_one("TMF621", "troubleTicket", first.id).document
    whole = WireAction(frozen.api, frozen.method, frozen.path, compose_note(current, note, now), frozen.content_type)
    assert read_receipt(note, claire.operator.send(whole, "key-wire-2")).state == "done"
    ticket = BY_KIND["troubleTicket"].decode(claire.operator.fetch_one("TMF621", "troubleTicket", first.id).document)
    assert ticket.notes[-1].text == "Still nothing"


@pytest.mark.parametrize(
    ("fault", "failure"),
    [("lost-response", NotAnAnswer), ("500-after-effect", ServerTrouble), ("reset", NotAnAnswer), ("down", TooOften)],
)
def test_a_request_whose_answer_was_lost(running: Sandbox, claire: Claire, fault: str, failure: type[Failure]) -> None:
    command = OpenTicket("x", "y", "Incident")
    action = request_for(command, claire.profile, f"care-{fault}", claire.ids, datetime.now(UTC))
    running.set_faults(f"{fault}=1" if fault != "down" else fault)
    with pytest.raises(failure):
        claire.operator.send(action, f"key-{fault}")
    running.set_faults()
    found = claire.operator.find_external("TMF621", "troubleTicket", f"care-{fault}", claire.params("troubleTicket"))
    assert len(found) == (1 if fault in {"lost-response", "500-after-effect"} else 0)


def test_nobody_is_there_any_more() -> None:
    with start_sandbox() as one:
        claire = Claire(one)
    with pytest.raises(Offline):
        claire.all_of("customerBill")
    claire.wire.close()
