"""An operator in trouble costs no request: it is asked again until something is learned, and no remark is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from selfcare.domain.commands import AddNote
from selfcare.domain.failures import Failure, NotAnAnswer, ServerTrouble, TimedOut, TooLarge, TooOften
from tests.unit.account.desks import took
from tests.unit.account.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "v")
    yield office
    office.vault.close()


@pytest.mark.parametrize(
    "failure", [ServerTrouble(500), NotAnAnswer("html"), TimedOut(), TooLarge("body"), TooOften(None, 503)]
)
def test_without_a_token_nothing_has_left_and_the_round_ends(office: Office, failure: Failure) -> None:
    first, second = office.ask(), office.ask(confirm="other")
    failure.is_before_sending = True
    office.desk.answers = [failure]
    assert office.push().trouble == failure
    assert len(office.desk.sent) == 1
    for item in (first, second):
        assert (office.kept(item).state, office.kept(item).first_sent) == ("new", None)
    office.desk.answers = [took]
    office.later(minutes=1)
    office.push()
    assert [office.kept(item).state for item in (first, second)] == ["done", "done"]


def test_without_a_token_what_may_have_arrived_still_may(office: Office) -> None:
    item = office.ask()
    failure = NotAnAnswer("html")
    failure.is_before_sending = True
    office.desk.answers = [TimedOut(), failure]
    office.push()
    first = office.kept(item).first_sent
    office.later(minutes=1)
    office.push()
    assert first is not None
    assert (office.kept(item).state, office.kept(item).first_sent) == ("unknown", first)


@pytest.mark.parametrize(
    "trouble", [ServerTrouble(500), ServerTrouble(502), NotAnAnswer("html"), TimedOut(), TooLarge("body")]
)
def test_an_operator_in_trouble_for_hours_gets_the_request_once_it_is_well(office: Office, trouble: Failure) -> None:
    item = office.ask()
    office.desk.answers, office.desk.external = [ServerTrouble(500)], trouble
    for _ in range(30):
        office.push()
        assert office.kept(item).state == "unknown"
        office.later(minutes=10)
    assert len(office.desk.sent) == 2
    assert office.desk.asked.count("external:troubleTicket") < 15
    office.desk.answers, office.desk.external = [took], []
    for _ in range(4):
        office.later(hours=1)
        office.push()
    assert office.kept(item).state == "done"
    assert len(office.desk.sent) == 3


def test_patience_asked_for_while_looking_is_given(office: Office) -> None:
    item = office.ask()
    office.desk.answers = [TimedOut(), took]
    office.push()
    office.later(days=2)
    until = office.now + timedelta(hours=3)
    office.desk.external = TooOften(until, 429)
    assert office.push().trouble == TooOften(until, 429)
    assert (office.kept(item).state, office.kept(item).next_try) == ("unknown", until)


def test_a_second_remark_in_the_same_words_is_sent_too(office: Office) -> None:
    office.desk.ones["troubleTicket"] = json.dumps({"id": "T1"}).encode()
    for number in (1, 2, 3):
        item = office.ask(AddNote("T1", "Any news?"), confirm=f"click {number}")
        office.desk.answers = [TimedOut(), took] if number == 3 else [took]
        for _ in range(4):
            office.push()
            office.later(minutes=5)
        assert office.kept(item).state == "done"
        body = json.loads(office.desk.sent[-1][0].body)
        assert len(body["note"]) == number
        office.desk.ones["troubleTicket"] = json.dumps({"id": "T1", **body}).encode()
    assert len(office.desk.sent) == 4


def test_a_remark_without_a_date_is_nobodys_for_sure(office: Office) -> None:
    item = office.ask(AddNote("T1", "Nobody called"))
    office.desk.ones["troubleTicket"] = json.dumps({"id": "T1", "note": [{"text": "Nobody called"}]}).encode()
    office.desk.answers = [TimedOut()]
    office.push()
    assert len(json.loads(office.desk.sent[0][0].body)["note"]) == 2
    office.later(minutes=1)
    office.push()
    assert (office.kept(item).state, office.kept(item).why) == ("ask", "cannotTell")


@pytest.mark.parametrize(
    ("failure", "counts"),
    [(ServerTrouble(500), True), (NotAnAnswer("html"), True), (TimedOut(), True), (TooLarge("body"), False)],
)
def test_the_operators_own_trouble_with_a_request_is_told_for_leaving_it_alone(
    office: Office, failure: Failure, counts: bool
) -> None:
    office.ask()
    office.desk.answers, office.desk.external = [failure], failure
    sent = office.push()
    assert sent.trouble is None
    assert (sent.unwell is not None) is counts
    office.desk.answers, office.desk.external = [took], []
    office.ask(confirm="other")
    office.later(hours=2)
    assert office.push().unwell is None
