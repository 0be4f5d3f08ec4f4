"""A strange document, or half an answer, takes nothing away from the account; the next good answer heals it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from selfcare.account.session import Session
from selfcare.api.demo_login import demo_browser
from selfcare.domain import failures
from selfcare.domain.topics import Topic
from tests.sandbox_process import Sandbox
from tests.wire.test_account_sync import READ, open_account

ALL_SEEN = (Topic.BILLS, Topic.BILL_LINES, Topic.PAYMENTS, Topic.ACCOUNTS, Topic.CUSTOMER, Topic.CONTRACTS)


@pytest.fixture
def session(sandbox: Sandbox, tmp_path: Path) -> Iterator[Session]:
    """Claire, signed in and read once."""
    session = open_account(sandbox, tmp_path / "vault")
    session.sign_in(demo_browser, login_hint="claire")
    session.round(topics=READ - {Topic.PAPERS})
    assert session.trouble is None
    sandbox.reset_log()
    yield session
    session.close()


def seen_of(session: Session) -> tuple[object, ...]:
    """What the customer sees of the account and its money."""
    reader = session.reader
    bills = reader.bills()
    lines = reader.bill_lines(bills[0].id)
    return reader.customer(), reader.accounts(), bills, lines, reader.payments(), reader.contracts()


@pytest.mark.parametrize(
    "fault",
    [
        "unreadable",
        "no-id",
        "unreadable:billingAccount",
        "no-id:billingAccount",
        "unreadable:customerBill",
        "no-id:customerBill",
        "unreadable:appliedCustomerBillingRate",
        "truncated:customer",
        "truncated:billingAccount",
    ],
)
def test_what_cannot_be_understood_takes_nothing_away(session: Session, sandbox: Sandbox, fault: str) -> None:
    before = seen_of(session)
    sandbox.set_faults(fault, "no-etag")
    session.round(topics=READ - {Topic.PAPERS})
    assert session.trouble is None
    assert seen_of(session) == before
    assert any(found.unreadable or found.failure for found in session.reader.freshness(*ALL_SEEN))
    assert not any(value in {"", ","} for value in asked_by_account(sandbox))
    sandbox.set_faults()
    session.round(topics=READ - {Topic.PAPERS})
    assert seen_of(session) == before
    assert not any(found.unreadable or found.failure for found in session.reader.freshness(*ALL_SEEN))


def asked_by_account(sandbox: Sandbox) -> list[str]:
    """The accounts by which lists were asked for, as they stood in the addresses."""
    asked = [parse_qs(urlsplit(one["path"]).query, keep_blank_values=True) for one in sandbox.log()["requests"]]
    return [value for query in asked for name, found in query.items() if "ccount" in name for value in found]


def test_a_first_reading_that_is_cut_short_heals(new_sandbox: Callable[..., Sandbox], tmp_path: Path) -> None:
    sandbox = new_sandbox("--faults", "truncated:customer")
    session = open_account(sandbox, tmp_path / "v")
    session.sign_in(demo_browser, login_hint="claire")
    session.round(topics=READ - {Topic.PAPERS})
    assert session.reader.customer() is None
    assert session.reader.freshness(Topic.CUSTOMER)[0].failure == failures.NotAnAnswer("truncated")
    sandbox.set_faults()
    session.round(topics=READ - {Topic.PAPERS})
    customer = session.reader.customer()
    assert customer is not None
    assert customer.name == "Claire Whitmore"
    session.close()
