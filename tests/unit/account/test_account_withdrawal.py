"""A withdrawal whose answer was lost is found by the order that it takes back: TMF622 v4 has no other mark on it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from selfcare.api.client import Reply
from selfcare.api.commands import WireAction
from selfcare.domain.commands import WithdrawNotice
from selfcare.domain.failures import TimedOut
from tests.unit.account.branch import FILTER_ONLY
from tests.unit.account.desks import reply, took
from tests.unit.account.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "v")
    yield office
    office.vault.close()


def test_a_withdrawal_is_looked_for_by_the_order_that_it_takes_back(office: Office) -> None:
    item = office.ask(WithdrawNotice("O-1", "stay"))
    office.desk.answers = [TimedOut(), took]
    office.push()
    assert b"externalId" not in office.desk.sent[0][0].body
    office.later(hours=23, minutes=30)
    cancels = [
        json.dumps({"id": name, "productOrder": {"id": order}, "state": "done"}).encode()
        for name, order in (("X-8", "O-8"), ("X-1", "O-1"))
    ]
    office.desk.lists["cancelProductOrder"] = list(cancels)
    office.push()
    assert office.desk.asked == ["productOrder/O-1", "cancelProductOrder"]
    assert (office.kept(item).state, office.kept(item).receipt, len(office.desk.sent)) == ("done", "X-1", 1)


def test_a_withdrawal_that_is_twice_not_there_is_sent_again(office: Office) -> None:
    item = office.ask(WithdrawNotice("O-1", "stay"))
    office.desk.answers = [TimedOut(), took]
    office.push()
    office.later(hours=23, minutes=30)
    office.desk.lists["cancelProductOrder"] = [
        json.dumps({"id": "X-8", "productOrder": {"id": "O-8"}, "state": "done"}).encode()
    ]
    office.push()
    assert len(office.desk.sent) == 1
    office.later(minutes=3)
    office.push()
    assert len(office.desk.sent) == 2
    assert office.kept(item).state == "accepted"


def test_an_earlier_refused_withdrawal_does_not_answer_for_a_new_one(office: Office) -> None:
    item = office.ask(WithdrawNotice("O-1", "stay"))
    office.later(hours=2)
    office.desk.lists["cancelProductOrder"] = [
        json.dumps({"id": "X-1", "productOrder": {"id": "O-1"}, "state": "terminatedWithError"}).encode()
    ]
    office.push_twice()
    assert (len(office.desk.sent), office.kept(item).state) == (1, "accepted")


def cancelled(name: str, state: str, on: str = "") -> bytes:
    found = {"id": name, "productOrder": {"id": "O-1"}, "state": state}
    return json.dumps(found | ({"requestedCancellationDate": on} if on else {})).encode()


def refused_once(office: Office) -> None:
    """The customer took notice back, and the operator said no."""

    def no(action: WireAction, key: str) -> Reply:
        return reply(201, json.loads(cancelled("X-1", "rejected")))

    first = office.ask(WithdrawNotice("O-1", "stay"), confirm="first")
    office.desk.answers = [no]
    office.push()
    assert (office.kept(first).state, office.kept(first).receipt) == ("rejected", "X-1")
    office.later(hours=5)


def test_the_no_to_an_earlier_withdrawal_is_no_answer_to_a_later_one_that_was_lost(office: Office) -> None:
    refused_once(office)
    office.desk.answers = [TimedOut(), took]
    office.profile = replace(office.profile, honours=FILTER_ONLY)
    second = office.ask(WithdrawNotice("O-1", "after our call"), confirm="second")
    office.desk.lists["cancelProductOrder"] = [cancelled("X-1", "rejected", "2026-11-21T10:00:00Z")]
    office.push()
    for _ in range(3):
        office.later(minutes=3)
        office.push()
    assert (office.kept(second).state, len(office.desk.sent)) == ("accepted", 3)


@pytest.mark.parametrize(
    ("on", "state"),
    [("2026-11-21T08:00:00Z", "accepted"), ("2026-11-21T09:58:00Z", "ask"), ("", "ask"),
     ("2026-11-21T10:00:01Z", "rejected")],
)  # fmt: skip
def test_a_no_that_was_said_to_somebody_else_is_not_taken_for_ours(office: Office, on: str, state: str) -> None:
    """Only one that was asked for after ours left is surely ours."""
    office.profile = replace(office.profile, honours=FILTER_ONLY)
    office.desk.answers = [TimedOut(), took]
    item = office.ask(WithdrawNotice("O-1", "stay"))
    office.desk.lists["cancelProductOrder"] = [cancelled("X-7", "rejected", on)]
    office.push()
    for _ in range(3):
        office.later(minutes=3)
        office.push()
    assert office.kept(item).state == state
