"""Notice that was given elsewhere already, by the list that was read: a second one is put to the customer first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from selfcare.account.documents import ORDER
from selfcare.account.outbox import retry
from selfcare.domain.commands import GiveNotice
from selfcare.store.cache import StoredDocument
from tests.unit.account.office import Office

NOTICE = GiveNotice("L-1", "", date(2027, 2, 28))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.vault.close()


def listed(office: Office, state: str = "inProgress", action: str = "delete", line: str = "L-1") -> None:
    order = {"id": "O-APP", "externalId": "phone-app-1", "state": state,
             "productOrderItem": [{"id": "1", "action": action, "product": {"id": line}}]}  # fmt: skip
    office.vault.cache.replace(ORDER, [StoredDocument(ORDER, "O-APP", json.dumps(order).encode())], seen=office.now)


@pytest.mark.parametrize("state", ["acknowledged", "inProgress", "pending", "held"])
def test_notice_for_a_line_that_is_being_ended_goes_out_on_the_customers_word(office: Office, state: str) -> None:
    listed(office, state)
    item = office.ask(NOTICE)
    office.push()
    kept = office.kept(item)
    assert (kept.state, kept.why, kept.changed) == ("ask", "changed", "notice O-APP")
    assert office.desk.sent == []
    assert retry(office.vault.actions, item.id, office.now)
    office.push()
    assert len(office.desk.sent) == 1


@pytest.mark.parametrize(
    ("state", "action", "line"),
    [("cancelled", "delete", "L-1"), ("inProgress", "modify", "L-1"), ("inProgress", "delete", "L-2")],
)
def test_what_ends_no_line_or_is_over_holds_up_no_notice(office: Office, state: str, action: str, line: str) -> None:
    listed(office, state, action, line)
    office.ask(NOTICE)
    office.push()
    assert len(office.desk.sent) == 1


def test_an_order_that_is_listed_no_more_holds_up_no_notice(office: Office) -> None:
    listed(office)
    office.vault.cache.replace(ORDER, [], seen=office.now)
    office.ask(NOTICE)
    office.push()
    assert len(office.desk.sent) == 1
