"""What the customer asks for is written as the standard says, and the operator's answer is understood."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from selfcare.api.catalogue import SubjectIds
from selfcare.api.client import Reply
from selfcare.api.commands import UNCONFIRMED, read_receipt, receipt_of, request_for
from selfcare.api.remarks import compose_note
from selfcare.domain.commands import (
    AddNote,
    Command,
    Evidence,
    GiveNotice,
    OpenTicket,
    RequestCode,
    RequestUnlock,
    WithdrawNotice,
    without_contents,
)
from selfcare.domain.failures import NotAnAnswer, NotOffered, Unreadable
from selfcare.domain.money import Money
from selfcare.domain.operator import ApiEntry, ExitWay, OperatorProfile
from selfcare.domain.records import replace
from selfcare.domain.tickets import EntityRef

NOW = datetime(2026, 11, 21, 20, 0, 0, 5, tzinfo=UTC)
IDS = SubjectIds("9176", "P1", "A1")
ORDER = {
    "portCode": ExitWay("TMF622", "portOutCode", "PAC"),
    "unlock": ExitWay("TMF622", "deviceUnlock"),
    "notice": ExitWay("TMF622", "termination"),
}
TICKET = {step: ExitWay("TMF621", f"{step}Ticket") for step in ORDER}


def profile(ways: dict[str, ExitWay] = ORDER, zone: str = "Europe/Paris", **apis: bool) -> OperatorProfile:
    offered = {"TMF621": True, "TMF622": True, **apis}
    entries = {name: ApiEntry(name, "v4", "https://x.example") if on else None for name, on in offered.items()}
    return OperatorProfile("x", "X", "FR", zone, "EUR", "https://x.example", "c", (), entries, exit=ways)


def body(command: Command, who: OperatorProfile | None = None) -> tuple[str, dict[str, Any]]:
    action = request_for(command, who or profile(), "care-1", IDS, NOW)
    assert action == request_for(command, who or profile(), "care-1", IDS, NOW)
    return f"{action.method} {action.api} {action.path}", json.loads(action.body)


def test_a_dispute() -> None:
    about = (EntityRef("CustomerBill", "CB-123", "disputedBill"), EntityRef("Product", "P"))
    where, sent = body(OpenTicket("Disputed charge", "Cancelled in May", "Bill Dispute", "Minor", about))
    assert where == "POST TMF621 troubleTicket"
    assert sent["externalId"] == "care-1"
    assert (sent["ticketType"], sent["severity"], sent["description"]) == ("Bill Dispute", "Minor", "Cancelled in May")
    assert sent["relatedEntity"][0] == {"id": "CB-123", "role": "disputedBill", "@referredType": "CustomerBill"}
    assert sent["relatedParty"] == [{"id": "9176", "role": "customer", "@referredType": "Customer"}]


def test_a_dispute_with_files_a_day_and_its_amount() -> None:
    file = Evidence("chat.pdf", "application/pdf", 4, b"%PDF")
    asked = OpenTicket(
        "Disputed charge", "Never ordered", "Bill Dispute", "Major", wanted=date(2026, 12, 1),
        amount=Money(Decimal("12.00"), "EUR"), reason="unknown", files=(file,),
    )  # fmt: skip
    sent = body(asked)[1]
    assert sent["requestedResolutionDate"] == "2026-12-01T00:00:00+01:00"
    assert sent["attachment"] == [
        {"name": "chat.pdf", "mimeType": "application/pdf", "attachmentType": "evidence", "content": "JVBERg=="}
    ]
    assert "troubleTicketCharacteristic" not in sent, "v4 has no such thing"
    newer = profile()
    newer = replace(newer, apis={**newer.apis, "TMF621": ApiEntry("TMF621", "v5", "https://x.example")})
    told = {one["name"]: one["value"] for one in body(asked, newer)[1]["troubleTicketCharacteristic"]}
    assert told == {"disputeAmount": 12.0, "currency": "EUR", "disputeReason": "unknown"}
    kept = without_contents(asked)
    assert isinstance(kept, OpenTicket)
    assert (kept.files[0].name, kept.files[0].size, kept.files[0].content) == ("chat.pdf", 4, b"")


def test_a_code_a_handset_and_notice_as_orders() -> None:
    where, sent = body(RequestCode("PR-1", "+447700900123", "PAC"))
    assert where == "POST TMF622 productOrder"
    assert sent["category"] == "portOutCode"
    item = sent["productOrderItem"][0]
    assert (item["action"], item["product"]["id"]) == ("noChange", "PR-1")
    assert {"name": "portingCodeRequested", "valueType": "string", "value": "PAC"} in item["product"][
        "productCharacteristic"
    ]
    _, sent = body(RequestUnlock("PR-7", "356938035643809", "PR-1"))
    item = sent["productOrderItem"][0]
    assert (sent["category"], item["action"]) == ("deviceUnlock", "modify")
    assert item["product"]["productSerialNumber"] == "356938035643809"
    assert item["product"]["productCharacteristic"] == [{"name": "simLock", "valueType": "boolean", "value": False}]
    assert "note" not in sent
    _, said = body(RequestUnlock("PR-7", "356938035643809", "PR-1", "Sold locked after the ban."))
    assert [note["text"] for note in said.pop("note")] == ["Sold locked after the ban."]
    assert said == sent
    _, sent = body(GiveNotice("PR-1", "40", date(2026, 12, 21), "moving"))
    assert (sent["category"], sent["productOrderItem"][0]["action"]) == ("termination", "delete")
    assert sent["requestedCompletionDate"] == "2026-12-21T23:59:59+01:00"
    assert sent["agreement"] == [{"id": "40", "@referredType": "Agreement"}]
    assert sent["note"][0]["text"] == "moving"
    assert sent["description"] == "Notice given by customer"
    assert "productCharacteristic" not in sent["productOrderItem"][0]["product"]
    _, sent = body(GiveNotice("PR-1", "40", date(2026, 11, 21), "I withdraw.", is_withdrawal=True))
    assert (sent["category"], sent["description"]) == ("termination", "Withdrawal from the contract by customer")
    assert sent["productOrderItem"][0]["product"]["productCharacteristic"][0] | {"@type": ""} == {
        "name": "withdrawalFromContract",
        "valueType": "boolean",
        "value": True,
        "@type": "",
    }
    assert sent["note"][0]["text"] == "I withdraw."
    where, sent = body(WithdrawNotice("O-1", "stay"))
    assert where == "POST TMF622 cancelProductOrder"
    assert sent["productOrder"]["id"] == "O-1"
    assert sent["cancellationReason"] == "stay"
    assert "externalId" not in sent


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        (RequestCode("PR-1", "1", "PAC"), "portCodeTicket"),
        (RequestUnlock("PR-7", "3", "PR-1"), "unlockTicket"),
        (GiveNotice("PR-1", "", date(2026, 12, 21)), "noticeTicket"),
    ],
)
def test_leaving_by_ticket_where_the_operator_wants_it_so(command: Command, kind: str) -> None:
    where, sent = body(command, profile(TICKET))
    assert where == "POST TMF621 troubleTicket"
    assert sent["ticketType"] == kind
    assert sent["relatedEntity"][0]["@referredType"] == "Product"
    assert {"description", "severity", "externalId"} <= sent.keys()


def test_a_withdrawal_by_ticket_is_named_as_one() -> None:
    _, sent = body(GiveNotice("PR-1", "", date(2026, 11, 21), "I withdraw.", is_withdrawal=True), profile(TICKET))
    assert sent["name"] == "Withdrawal from the contract by customer"
    assert sent["description"] == "Withdrawal from the contract for 2026-11-21. I withdraw."


def test_a_note_to_a_ticket_is_its_description() -> None:
    _, sent = body(RequestUnlock("PR-7", "356938035643809", "PR-1", "Sold locked after the ban."), profile(TICKET))
    assert sent["description"] == "Sold locked after the ban."
    assert "356938035643809" in sent["name"]
    _, bare = body(RequestUnlock("PR-7", "356938035643809", "PR-1"), profile(TICKET))
    assert bare["description"] == bare["name"]


@pytest.mark.parametrize(
    ("command", "who"),
    [
        (RequestCode("PR-1", "1", "PAC"), profile({})),
        (RequestCode("PR-1", "1", "PAC"), profile(TMF622=False)),
        (OpenTicket("a", "b", "c"), profile(TMF621=False)),
        (AddNote("T", "x"), profile(TMF621=False)),
        (WithdrawNotice("O"), profile(TMF622=False)),
    ],
)
def test_what_is_not_offered_cannot_be_asked_for(command: Command, who: OperatorProfile) -> None:
    with pytest.raises(NotOffered):
        request_for(command, who, "care-1", IDS, NOW)


def test_a_remark_goes_with_all_the_others_and_only_once() -> None:
    where, sent = body(AddNote("T/1", " still dead "))
    assert where == "PATCH TMF621 troubleTicket/T%2F1"
    assert sent == {"note": [{"author": "Customer", "date": "2026-11-21T20:00:00.000Z", "text": "still dead"}]}
    ticket = {"id": "T/1", "note": {"id": "n1", "author": "Agent", "text": "hello", "extra": 1}}
    whole = json.loads(compose_note(json.dumps(ticket).encode(), AddNote("T/1", "still dead"), NOW))
    assert whole["note"][0] == ticket["note"]
    assert whole["note"][1]["text"] == "still dead"
    assert json.loads(compose_note({**ticket, **whole}, AddNote("T/1", "still dead"), NOW)) == whole
    again = json.loads(compose_note({**ticket, **whole}, AddNote("T/1", "still dead"), NOW + timedelta(milliseconds=1)))
    assert [note["text"] for note in again["note"]] == ["hello", "still dead", "still dead"]


CODE = RequestCode("PR-1", "1", "PAC")
OPEN = OpenTicket("a", "b", "c")


@pytest.mark.parametrize(
    ("command", "doc", "state", "reason"),
    [
        (OPEN, {"status": "acknowledged", "externalId": "care-1"}, "done", ""),
        (OPEN, {"status": "Rejected", "statusChangeReason": "twice"}, "rejected", "twice"),
        (AddNote("T", "x"), {"status": "rejected"}, "done", ""),
        (CODE, {"state": "acknowledged"}, "accepted", ""),
        (CODE, {"state": "completed"}, "done", ""),
        (CODE, {"state": "mystery"}, "accepted", ""),
        (CODE, {"state": "rejected", "note": [{"text": "in debt"}]}, "rejected", "in debt"),
        (CODE, {"state": "failed", "productOrderErrorMessage": [{"reason": "broken"}]}, "rejected", "broken"),
        (CODE, {"ticketType": "portOutCode", "status": "resolved"}, "done", ""),
        (CODE, {"ticketType": "portOutCode", "status": "pending"}, "accepted", ""),
        (WithdrawNotice("O"), {"state": "done"}, "done", ""),
        (WithdrawNotice("O"), {"state": "acknowledged"}, "accepted", ""),
        (WithdrawNotice("O"), {"state": "terminatedWithError"}, "rejected", ""),
    ],
)
def test_what_the_operator_answered(command: Command, doc: dict[str, Any], state: str, reason: str) -> None:
    receipt = receipt_of(command, {"id": "7", **doc})
    assert (receipt.id, receipt.state, receipt.reason) == ("7", state, reason)
    assert receipt.external_id == doc.get("externalId", "")


def answer(status: int, content: bytes) -> Reply:
    return Reply(status, {"content-type": "application/json"}, content, NOW)


def test_answers_without_and_with_a_number() -> None:
    for command in (CODE, AddNote("T", "x")):
        assert read_receipt(command, answer(202, b"")).state == UNCONFIRMED
    assert read_receipt(AddNote("T", "x"), answer(204, b"")).state == "done"
    assert read_receipt(CODE, answer(201, b'{"id": 5, "state": "completed"}')).id == "5"
    with pytest.raises(NotAnAnswer):
        read_receipt(CODE, answer(204, b""))
    for content in (b"", b"[]", b"{", b"<html>"):
        with pytest.raises(NotAnAnswer):
            read_receipt(CODE, answer(201, content))
    with pytest.raises(Unreadable):
        read_receipt(CODE, answer(200, b'{"state": "completed"}'))
