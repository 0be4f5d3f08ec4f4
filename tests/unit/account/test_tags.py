"""A tag that never changes hides nothing for longer than a day; one that was seen to lie is asked with no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from selfcare.account.tags import NOTE
from tests.unit.account.test_account_pull import Office, bill, doc


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "v")
    office.desk.tags = {"customerBill": '"same"', "individual": '"same"'}
    office.pull()
    yield office
    office.vault.close()


def add_bill(office: Office, name: str) -> None:
    office.desk.lists["customerBill"] = [*office.desk.lists["customerBill"], bill(name, "2026-12-01")]  # type: ignore[misc]


def bills_after(office: Office, **span: float) -> int:
    office.now += timedelta(**span)
    office.pull()
    return len(office.reader.bills())


def test_a_tag_that_never_changes_hides_a_bill_for_a_day_at_most(office: Office) -> None:
    add_bill(office, "4")
    assert [bills_after(office, hours=hours) for hours in (6, 6, 6, 5, 1)] == [3, 3, 3, 3, 4]


def test_after_it_was_seen_to_lie_it_is_not_believed_for_a_month(office: Office) -> None:
    add_bill(office, "4")
    assert bills_after(office, hours=24) == 4
    for number in range(5, 9):
        add_bill(office, str(number))
        assert bills_after(office, hours=6) == number
    assert bills_after(office, days=31) == 8
    add_bill(office, "9")
    assert bills_after(office, hours=6) == 8, "it is tried again then"
    assert bills_after(office, hours=18) == 9
    add_bill(office, "10")
    assert bills_after(office, hours=6) == 10


def test_what_has_not_changed_stays_believed(office: Office) -> None:
    assert bills_after(office, hours=24) == 3
    add_bill(office, "4")
    assert bills_after(office, hours=6) == 3, "only its own list says anything of a tag"


def test_the_customers_own_document_is_read_whole_too(office: Office) -> None:
    office.desk.ones["individual"] = doc(id="P1", givenName="Ann", familyName="Mason")
    office.now += timedelta(hours=6)
    office.pull()
    customer = office.reader.customer()
    assert customer is not None
    assert customer.name == "Ann Lee"
    office.now += timedelta(hours=18)
    office.pull()
    customer = office.reader.customer()
    assert customer is not None
    assert customer.name == "Ann Mason"


@pytest.mark.parametrize("note", [b"", b"[]", b'{"customerBill":{"read":"tomorrow"}}'])
def test_what_was_remembered_and_cannot_be_read_makes_nothing_worse(office: Office, note: bytes) -> None:
    add_bill(office, "4")
    office.vault.cache.keep_note(NOTE, note)
    assert bills_after(office, hours=1) == 4


def test_a_clock_that_was_ahead_lets_no_tag_stand_for_long(office: Office) -> None:
    assert bills_after(office, days=365) == 3
    add_bill(office, "4")
    assert bills_after(office, days=-364) == 4
