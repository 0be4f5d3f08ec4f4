"""The outbox against a scripted operator: every way an answer can fail, and never a request sent twice by guessing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from selfcare.account import outbox
from selfcare.account.outcome import Outcome
from selfcare.domain.commands import (
    AddNote,
    Command,
    GiveNotice,
    RequestCode,
    RequestUnlock,
)
from selfcare.domain.failures import (
    BadCertificate,
    DiskTrouble,
    Failure,
    NotAnAnswer,
    NotOffered,
    Offline,
    Refused,
    ServerTrouble,
    SignedOut,
    TimedOut,
    TooOften,
)
from selfcare.domain.operator import Honours
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import WaitingState
from tests import samples
from tests.unit.account.desks import reply, took
from tests.unit.account.office import START, TICKET, Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "v")
    yield office
    office.vault.close()


def test_a_request_is_sent_once_with_its_frozen_bytes(office: Office) -> None:
    item = office.ask()
    outcome = office.push()
    assert outcome == Outcome(frozenset({Topic.WAITING, Topic.TICKETS}))
    ((wire, key),) = office.desk.sent
    kept = office.kept(item)
    assert (wire.body, wire.path, wire.method, key) == (kept.body, "troubleTicket", "POST", kept.key)
    assert json.loads(wire.body)["externalId"] == item.id
    assert (kept.state, kept.receipt, kept.attempts) == ("done", "R-1", 1)
    assert office.push() == Outcome()
    assert len(office.desk.sent) == 1
    assert [entry.event for entry in office.vault.actions.journal(item.id)] == ["asked", "sending", "done"]


def test_what_is_on_its_way_is_marked_before_a_byte_leaves(office: Office) -> None:
    item = office.ask()
    seen: list[str] = []

    def look(wire: object, key: str) -> object:
        seen.append(office.kept(item).state)
        raise KeyboardInterrupt

    office.desk.answers = [look]  # type: ignore[list-item]
    with pytest.raises(KeyboardInterrupt):
        office.push()
    assert seen == ["sending"]
    office.desk.answers = [took]
    office.push()
    assert [entry.event for entry in office.vault.actions.journal(item.id)][2] == "interrupted"
    assert office.kept(item).state == "done"
    assert office.desk.sent[0][1] == office.desk.sent[1][1]


@pytest.mark.parametrize(
    "failure", [TimedOut(), NotAnAnswer("html"), NotAnAnswer("truncated"), NotAnAnswer("closed"), ServerTrouble(502)]
)
def test_a_lost_answer_is_asked_for_again_under_the_same_key(office: Office, failure: Failure) -> None:
    item = office.ask()
    office.desk.answers = [failure, took]
    office.push()
    assert office.kept(item).state == "unknown"
    office.push()
    assert len(office.desk.sent) == 1
    office.later(seconds=6)
    office.push()
    first, second = office.desk.sent
    assert first == second
    assert office.desk.asked == []
    assert office.kept(item).state == "done"


@pytest.mark.parametrize("failure", [Offline(), SignedOut(), BadCertificate()])
def test_what_cannot_leave_waits_and_ends_the_round(office: Office, failure: Failure) -> None:
    first, second = office.ask(), office.ask(confirm="other")
    office.desk.answers = [failure]
    outcome = office.push()
    assert outcome.trouble == failure
    assert len(office.desk.sent) == 1
    assert [office.kept(item).state for item in (first, second)] == ["new", "new"]
    assert (office.kept(first).first_sent, office.kept(first).next_try) == (None, None)
    office.desk.answers = [took]
    office.push()
    assert [office.kept(item).state for item in (first, second)] == ["done", "done"]


def test_patience_asked_for_is_given(office: Office) -> None:
    item = office.ask()
    office.desk.answers = [TooOften(START + timedelta(minutes=10)), took]
    assert office.push().trouble == TooOften(START + timedelta(minutes=10))
    office.later(minutes=9)
    office.push()
    assert len(office.desk.sent) == 1
    office.later(minutes=2)
    office.push()
    assert office.kept(item).state == "done"


@pytest.mark.parametrize("absent_first", [True, False])
def test_after_the_keys_life_the_operator_is_asked_before_anything_is_sent(office: Office, absent_first: bool) -> None:
    item = office.ask()
    office.desk.answers = [TimedOut(), took]
    office.push()
    office.later(hours=23, minutes=30)
    if not absent_first:
        office.desk.external = [json.dumps({"id": "T-9", "externalId": item.id, "status": "acknowledged"}).encode()]
    office.push()
    assert office.desk.asked == ["external:troubleTicket"]
    assert len(office.desk.sent) == 1
    if not absent_first:
        assert (office.kept(item).state, office.kept(item).receipt) == ("done", "T-9")
        return
    assert office.kept(item).state == "unknown"
    office.later(minutes=1)
    office.push()
    assert len(office.desk.sent) == 1
    office.later(minutes=2)
    office.push()
    assert office.kept(item).state == "done"
    (_, first_key), (_, second_key) = office.desk.sent
    assert first_key != second_key


def test_without_a_promise_of_the_operator_nobody_decides_but_the_customer(office: Office) -> None:
    office.profile = replace(office.profile, honours=Honours())
    item = office.ask()
    office.desk.answers = [TimedOut(), took]
    office.push()
    office.later(minutes=1)
    office.push()
    assert (office.kept(item).state, office.kept(item).why) == ("ask", "cannotTell")
    assert len(office.desk.sent) == 1
    office.later(days=2)
    office.push()
    assert len(office.desk.sent) == 1
    assert outbox.check_again(office.vault.actions, item.id, office.now)
    office.push()
    assert office.kept(item).state == "ask"
    assert outbox.retry(office.vault.actions, item.id, office.now)
    office.push_twice()
    assert office.kept(item).state == "done"
    assert office.desk.sent[0][1] != office.desk.sent[1][1]


def test_a_search_that_fails_decides_nothing(office: Office) -> None:
    item = office.ask()
    office.desk.answers = [TimedOut(), took]
    office.push()
    office.later(days=2)
    office.desk.external = Offline()
    assert office.push().trouble == Offline()
    assert office.kept(item).state == "unknown"
    office.desk.external = Refused(501)
    office.push()
    assert (office.kept(item).state, office.kept(item).why) == ("ask", "cannotTell")
    assert len(office.desk.sent) == 1


def test_no_is_told_and_final(office: Office) -> None:
    item = office.ask()
    office.desk.answers = [Refused(422, "The severity is wrong", "23")]
    office.push()
    assert (office.kept(item).state, office.kept(item).reason) == ("rejected", "The severity is wrong")
    office.later(days=1)
    office.push()
    assert len(office.desk.sent) == 1
    assert not outbox.retry(office.vault.actions, item.id, office.now)


def test_already_done_is_ours_if_it_carries_our_id(office: Office) -> None:
    code = office.ask(RequestCode("L1", "+447700900123", "PAC"))
    office.desk.answers = [Refused(409, "Already asked for")]
    office.desk.external = [json.dumps({"id": "O-7", "externalId": code.id, "state": "inProgress"}).encode()]
    office.push()
    assert (office.kept(code).state, office.kept(code).receipt) == ("accepted", "O-7")
    other = office.ask(RequestCode("L2", "+447700900124", "PAC"), "other")
    office.desk.external = []
    office.push()
    kept = office.kept(other)
    assert (kept.state, kept.why, kept.reason) == ("ask", "askedAlready", "Already asked for")


def test_an_answer_to_something_else_is_never_taken(office: Office) -> None:
    item = office.ask()
    office.desk.answers = [
        lambda wire, key: reply(201, {"id": "T-9", "externalId": "another", "status": "acknowledged"})
    ]
    office.push()
    assert (office.kept(item).state, office.kept(item).why) == ("ask", "mismatch")


def test_an_answer_without_a_number_is_no_answer(office: Office) -> None:
    item = office.ask()
    office.desk.answers = [lambda wire, key: reply(200, {"status": "ok"})]
    office.push()
    assert office.kept(item).state == "unknown"


def test_a_later_request_about_the_same_line_waits_for_the_earlier(office: Office) -> None:
    unlock = office.ask(RequestUnlock("H1", "356938035643809", "L1"), "1")
    code = office.ask(RequestCode("L1", "+447700900123", "PAC"), "2")
    other = office.ask(RequestCode("L2", "+447700900124", "PAC"), "3")
    office.desk.answers = [TimedOut(), took]
    office.push()
    assert [office.kept(item).state for item in (unlock, code, other)] == ["unknown", "new", "accepted"]
    office.later(seconds=10)
    office.push()
    assert [office.kept(item).state for item in (unlock, code, other)] == ["accepted", "accepted", "accepted"]


def test_a_notice_does_not_wait_until_it_is_known_what_became_of_a_code(office: Office) -> None:
    code = office.ask(RequestCode("L1", "+447700900123", "PAC"), "1")
    notice = office.ask(GiveNotice("L1", "", date(2026, 12, 31)), "2")
    again = office.ask(RequestCode("L1", "+447700900123", "STAC"), "3")
    office.desk.answers = [TimedOut(), took]
    office.push()
    assert [office.kept(item).state for item in (code, notice, again)] == ["unknown", "accepted", "new"]


def test_a_request_goes_out_for_its_own_customer_only(office: Office) -> None:
    item = office.ask(subject="C2")
    office.push()
    assert office.desk.sent == []
    assert office.kept(item).state == "new"


def test_an_old_request_is_looked_for_before_its_first_sending(office: Office) -> None:
    item = office.ask()
    office.later(hours=2)
    office.desk.external = [json.dumps({"id": "T-9", "externalId": item.id, "status": "acknowledged"}).encode()]
    office.push()
    assert office.desk.sent == []
    assert office.kept(item).state == "done"


@pytest.mark.parametrize(
    ("command", "days"),
    [(GiveNotice("L1", "", date(2026, 12, 31)), 2), (RequestCode("L1", "0", "PAC"), 7), (TICKET, 30)],
)
def test_what_waited_too_long_is_asked_about(office: Office, command: Command, days: int) -> None:
    item = office.ask(command)
    office.later(days=days, hours=1)
    office.push_twice()
    assert (office.kept(item).state, office.kept(item).why) == ("ask", "expired")
    assert office.desk.sent == []
    assert outbox.retry(office.vault.actions, item.id, office.now)
    office.push_twice()
    assert office.kept(item).state in {"accepted", "done"}


def test_notice_is_held_against_the_contract_of_today(office: Office) -> None:
    item = office.ask(GiveNotice("L1", "AG1", date(2026, 12, 31), "", date(2026, 11, 30)))
    stated = {"id": "AG1", "agreementPeriod": {"endDateTime": "2027-06-30T00:00:00Z"}}
    office.desk.ones["agreement"] = json.dumps(stated).encode()
    office.push()
    assert (office.kept(item).state, office.kept(item).why) == ("ask", "changed")
    assert office.desk.asked == ["product/L1", "agreement/AG1"]
    assert office.desk.sent == []


def test_notice_on_a_contract_that_is_gone_comes_back(office: Office) -> None:
    item = office.ask(GiveNotice("L1", "AG1", date(2026, 12, 31)))
    office.push()
    assert (office.kept(item).state, office.kept(item).why) == ("ask", "changed")


def test_a_remark_goes_on_top_of_what_stands_there_now(office: Office) -> None:
    item = office.ask(AddNote("T1", "Nobody called"))
    office.desk.ones["troubleTicket"] = json.dumps(
        {"id": "T1", "note": [{"author": "Ann", "text": "We call"}]}
    ).encode()
    office.push()
    ((wire, _),) = office.desk.sent
    assert [note["text"] for note in json.loads(wire.body)["note"]] == ["We call", "Nobody called"]
    (added,) = json.loads(wire.operations)
    assert (added["path"], added["value"]["text"]) == ("/note/-", "Nobody called")
    assert office.kept(item).state == "done"


def test_a_remark_whose_answer_was_lost_is_found_by_its_words_and_date(office: Office) -> None:
    item = office.ask(AddNote("T1", "Nobody called"))
    office.desk.ones["troubleTicket"] = json.dumps({"id": "T1"}).encode()
    office.desk.answers = [TimedOut()]
    office.push()
    office.desk.ones["troubleTicket"] = json.dumps({"id": "T1", **json.loads(office.desk.sent[0][0].body)}).encode()
    office.later(minutes=1)
    office.push()
    assert office.kept(item).state == "done"
    assert len(office.desk.sent) == 1


def test_a_remark_on_a_ticket_that_is_gone_is_refused(office: Office) -> None:
    item = office.ask(AddNote("T1", "Nobody called"))
    office.push()
    assert office.kept(item).state == "rejected"
    assert office.desk.sent == []


def test_what_the_operator_does_not_offer_is_not_taken_in(office: Office) -> None:
    office.profile = samples.profile(without=["TMF621"])
    with pytest.raises(NotOffered):
        office.ask()
    assert office.vault.actions.all() == []


def test_a_full_disk_after_the_answer_doubles_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    item = office.ask()

    def full(*facts: object, **more: object) -> None:
        raise DiskTrouble("full")

    with monkeypatch.context() as patch:
        patch.setattr(office.vault.actions, "finish", full)
        with pytest.raises(DiskTrouble):
            office.push()
    assert office.kept(item).state == "sending"
    office.push()
    assert office.kept(item).state == "done"
    assert office.desk.sent[0] == office.desk.sent[1]


def test_hurrying_skips_the_wait_but_not_the_search(office: Office) -> None:
    item = office.ask()
    office.desk.answers = [TimedOut(), took]
    office.push()
    assert outbox.retry(office.vault.actions, item.id, office.now)
    assert office.kept(item).state == WaitingState.UNKNOWN.value
    office.push()
    assert office.kept(item).state == "done"
    assert office.desk.sent[0] == office.desk.sent[1]


@pytest.mark.parametrize("status", [408, 425, 429])
def test_asked_for_patience_a_request_is_still_new_and_goes_out_later(office: Office, status: int) -> None:
    item = office.ask()
    office.desk.answers = [TooOften(START + timedelta(minutes=10), status), took]
    office.push()
    assert (office.kept(item).state, office.kept(item).next_try) == ("new", START + timedelta(minutes=10))
    assert office.kept(item).first_sent is None
    office.later(minutes=11)
    office.push()
    assert office.kept(item).state == "done"
