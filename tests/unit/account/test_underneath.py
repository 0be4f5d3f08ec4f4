"""A request whose matter has changed meanwhile comes back to the customer; a tag guards remarks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from selfcare.account.outbox import retry
from selfcare.domain.commands import (
    AddNote,
    Command,
    DropOption,
    OpenTicket,
    RequestCode,
    RequestUnlock,
    WithdrawNotice,
)
from selfcare.domain.failures import Failure, Offline, Refused, ServerTrouble
from selfcare.domain.tickets import EntityRef
from selfcare.viewmodel.changed_underneath import changed_look, changed_sentence
from tests import samples
from tests.unit.account.desks import took
from tests.unit.account.office import Office

PLAN = OpenTicket("Pay in parts", "Three months", "paymentArrangement", about=(EntityRef("CustomerBill", "B1"),))
CHANGES: dict[str, tuple[Command, str, dict[str, object], dict[str, object]]] = {
    "an order that is over": (
        WithdrawNotice("O-1"), "productOrder",
        {"id": "O-1", "state": "completed"}, {"id": "O-1", "state": "inProgress"},
    ),
    "a handset that is unlocked": (
        RequestUnlock("H-1", "356938035643809", "L-1"), "product",
        {"id": "H-1", "productSerialNumber": "3", "status": "active",
         "productCharacteristic": [{"name": "simLock", "value": False}]},
        {"id": "H-1", "productSerialNumber": "3", "status": "active"},
    ),
    "a line that has ended": (
        RequestCode("L-1", "+447700900123", "PAC"), "product",
        {"id": "L-1", "status": "terminated"}, {"id": "L-1", "status": "active"},
    ),
    "an option that has ended": (
        DropOption("P-1", "L-1", "Roaming"), "product",
        {"id": "P-1", "status": "terminated"}, {"id": "P-1", "status": "pendingTerminate"},
    ),
    "a bill that is paid": (PLAN, "customerBill", {"id": "B1", "state": "settled"}, {"id": "B1", "state": "sent"}),
}  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.vault.close()


def bill(document: dict[str, object]) -> bytes:
    facts = {"billDate": "2026-11-01", "amountDue": {"unit": "GBP", "value": 10}}
    return json.dumps({**facts, **document}).encode()


@pytest.mark.parametrize("case", CHANGES)
def test_what_has_changed_comes_back_and_goes_out_on_the_customers_word(office: Office, case: str) -> None:
    command, kind, changed, _ = CHANGES[case]
    office.desk.ones[kind] = bill(changed)
    item = office.ask(command)
    office.push()
    kept = office.kept(item)
    assert (kept.state, kept.why, kept.first_sent) == ("ask", "changed", None)
    assert office.desk.sent == []
    assert retry(office.vault.actions, item.id, office.now)
    office.push()
    assert len(office.desk.sent) == 1


@pytest.mark.parametrize("case", CHANGES)
@pytest.mark.parametrize("answer", [None, Refused(403), ServerTrouble(500)])
def test_what_is_as_it_was_or_cannot_be_known_goes_out(office: Office, case: str, answer: Failure | None) -> None:
    command, kind, _, same = CHANGES[case]
    office.desk.ones[kind] = bill(same) if answer is None else answer
    item = office.ask(command)
    office.push()
    assert office.kept(item).state in {"accepted", "done"}


def test_where_nobody_is_there_to_be_asked_nothing_leaves(office: Office) -> None:
    office.desk.ones["productOrder"] = Offline()
    item = office.ask(WithdrawNotice("O-1"))
    assert office.push().trouble == Offline()
    assert office.kept(item).state == "new"
    assert office.desk.sent == []


def test_a_remark_goes_to_the_ticket_as_it_was_read_and_to_no_other(office: Office) -> None:
    office.desk.ones["troubleTicket"] = b'{"id": "T-1", "note": []}'
    office.desk.tags["troubleTicket"] = '"v1"'
    office.desk.answers = [Refused(412, "It has changed"), took]
    item = office.ask(AddNote("T-1", "Any news?"))
    office.push()
    kept = office.kept(item)
    assert (kept.state, kept.why, kept.first_sent) == ("new", "", None)
    office.desk.tags["troubleTicket"] = '"v2"'
    other = {"text": "Somebody else", "date": "2026-11-21T10:00:00Z"}
    office.desk.ones["troubleTicket"] = json.dumps({"id": "T-1", "note": [other]}).encode()
    office.later(seconds=10)
    office.push()
    assert [wire.tag for wire, _ in office.desk.sent] == ['"v1"', '"v2"']
    assert b"Somebody else" in office.desk.sent[1][0].body
    assert office.kept(item).state == "done"


def test_a_weak_tag_guards_nothing(office: Office) -> None:
    office.desk.ones["troubleTicket"] = b'{"id": "T-1", "note": []}'
    office.desk.tags["troubleTicket"] = 'W/"v1"'
    office.ask(AddNote("T-1", "Any news?"))
    office.push()
    assert office.desk.sent[0][0].tag == ""


@pytest.mark.parametrize("case", CHANGES)
def test_each_has_its_own_words_and_a_place_to_look(case: str) -> None:
    command, words = CHANGES[case][0], samples.words()
    said = changed_sentence(command, words, was_sent=False)
    assert "not sent" in said
    assert changed_sentence(command, words, was_sent=True) != said
    assert changed_look(command, words)[1] in {"leaving", "services", "bills"}
