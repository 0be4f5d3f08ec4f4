"""What the operator took is followed to its end by the operator's own word, also where the customer took it back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from selfcare.account.follow import follow
from selfcare.domain.commands import GiveNotice, WithdrawNotice
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import SETTLED, WITHDRAWN, Waiting, WaitingState
from selfcare.store.cache import StoredDocument
from tests.unit.account.office import Office

ZONE = ZoneInfo("Europe/London")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "v")
    yield office
    office.vault.close()


def given_notice(office: Office) -> Waiting:
    item = office.ask(GiveNotice("L1", "", date(2026, 12, 31)))
    office.push()
    assert (office.kept(item).state, office.kept(item).receipt) == ("accepted", "R-1")
    return item


def operator_says(office: Office, item: Waiting, state: str) -> set[Topic]:
    order = {"id": "R-1", "externalId": item.id, "state": state, "note": [{"text": "as you asked"}]}
    office.vault.cache.replace(
        "productOrder", [StoredDocument("productOrder", "R-1", json.dumps(order).encode())], seen=office.now
    )
    return follow(office.vault, ZONE, office.now)


def test_a_notice_withdrawn_at_the_operator_keeps_its_number_and_says_why(office: Office) -> None:
    item = given_notice(office)
    back = office.ask(WithdrawNotice("R-1"), "click 2")
    office.push()
    assert operator_says(office, item, "cancelled") == {Topic.WAITING}
    kept = office.kept(item)
    assert (kept.state, kept.why, kept.receipt) == ("dropped", WITHDRAWN, "R-1")
    assert kept.first_sent is not None
    assert WaitingState(kept.state) in SETTLED
    assert office.kept(back).state == "done"
    assert follow(office.vault, ZONE, office.now) == set()


def test_a_taking_back_that_never_left_has_taken_nothing_back(office: Office) -> None:
    item = given_notice(office)
    back = office.ask(WithdrawNotice("R-1"), "click 2")
    office.vault.actions.finish(back.id, "ask", office.now, why="expired")
    operator_says(office, item, "cancelled")
    kept = office.kept(item)
    assert (kept.state, kept.why, kept.reason) == ("rejected", "", "as you asked")


def test_a_notice_cancelled_by_the_operator_alone_is_refused(office: Office) -> None:
    item = given_notice(office)
    back = office.ask(WithdrawNotice("R-1"), "click 2")
    assert office.vault.actions.drop(back.id, office.now)
    operator_says(office, item, "cancelled")
    kept = office.kept(item)
    assert (kept.state, kept.why, kept.reason) == ("rejected", "", "as you asked")


def test_a_notice_carried_out_is_done(office: Office) -> None:
    item = given_notice(office)
    operator_says(office, item, "inProgress")
    assert office.kept(item).state == "accepted"
    operator_says(office, item, "completed")
    assert (office.kept(item).state, office.kept(item).why) == ("done", "")
