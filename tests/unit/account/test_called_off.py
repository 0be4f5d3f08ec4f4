"""A round that nobody waits for any more ends at once, and what was called off is no trouble of the operator's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from selfcare.account.pull import pull
from selfcare.domain.failures import Offline
from selfcare.domain.topics import Topic
from tests.unit.account.test_account_pull import START, Office, bill


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "v")
    yield office
    office.vault.close()


@pytest.mark.parametrize("where", ["payment", "paper"])
def test_what_was_called_off_in_the_middle_says_nothing_of_the_operator(office: Office, where: str) -> None:
    office.desk.lists["customerBill"] = [bill("1", "2026-09-01", paper="paper")]
    office.desk.lists["payment"] = Offline() if where == "payment" else []
    office.desk.papers = {"https://api.orvane.example/paper": Offline()}

    def is_called_off() -> bool:
        return any(where in asked for asked in office.desk.asked)

    outcome = pull(office.desk, office.vault, office.profile, "C1", lambda: office.now, cancelled=is_called_off)
    assert is_called_off()
    assert outcome.trouble is None
    seen = office.reader.freshness(Topic.BILLS, Topic.PAYMENTS, Topic.ORDERS, Topic.PAPERS)
    assert [part.failure for part in seen] == [None] * len(seen)
    assert seen[0].seen == START
