"""Bills of an archive that need more than to be taken in: other versions, absurd amounts, operators named at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from selfcare.account import naming, own_bills
from selfcare.account.archive import archive_profile
from selfcare.account.naming import name_operator, unnamed_bills
from selfcare.account.own_bills import file_by_hand
from selfcare.account.session import Session, open_session
from selfcare.domain.found_bill import FoundBill, FoundLine
from selfcare.domain.intake import Outcome
from selfcare.domain.money import Money
from tests import samples
from tests.unit.account.shelves import Reader, numbers, pdf, take


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault", bytes(32), archive_profile("My bills", "GB"), now=lambda: samples.NOW)
    yield opened
    opened.close()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    (folder / "older" / "2019").mkdir(parents=True)
    return folder


def test_the_same_number_day_and_total_with_other_content_is_kept_as_another_version(
    session: Session, place: Path
) -> None:
    """What says the same twice is here once; a later reading loses none of the papers, nor does filing by hand."""

    def embedded(content: bytes) -> FoundBill | None:
        lines = tuple(FoundLine(word) for word in ("Plan", "Roaming") if word.encode() in content)
        inside = FoundBill("E-9", date(2026, 10, 1), None, Money(Decimal("41.99"), "EUR"), lines=lines)
        return inside if lines or b"Invoice" in content else None

    (place / "a.pdf").write_bytes(pdf(1, "Plan"))
    (place / "a.xml").write_bytes(b"<?xml version='1.0'?><Invoice>Plan</Invoice>")
    (place / "b.xml").write_bytes(b"<?xml version='1.0'?><Invoice>Roaming</Invoice>")
    (place / "c.pdf").write_bytes(pdf(1, "Plan and more"))
    (place / "d.pdf").write_bytes(pdf(1, "Plan").replace(b"\n", b"\n\n"))
    tally = take(session, place, read_embedded=embedded)
    assert {Path(fate.path).name: fate.outcome for fate in tally.named} == {
        "a.xml": Outcome.SAME_BILL, "b.xml": Outcome.VERSION, "c.pdf": Outcome.VERSION, "d.pdf": Outcome.SAME_BILL,
    }  # fmt: skip
    bill = session.reader.bills()[0]
    names = ["a.pdf", "c.pdf", "b.xml"]
    assert [paper.name for paper in bill.papers] == names
    assert [line.name for line in session.reader.bill_lines(bill.id)] == ["Plan"]
    assert numbers(session, text="more") == ["E-9"]
    again = take(session, place, read_embedded=embedded)
    assert again.counts == {Outcome.HERE: 3, Outcome.SAME_BILL: 2}
    filed = FoundBill("E-9", date(2026, 10, 1), None, Money(Decimal("41.99"), "EUR"), operator="Orvane")
    assert file_by_hand(session, bill.id, filed, samples.NOW)
    assert [paper.name for paper in session.reader.bills()[0].papers] == names


def test_many_bills_are_said_at_once_to_be_of_one_operator(
    session: Session, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those filed by hand; what else they say stays, and a later reading keeps the name."""
    for number in range(4):
        (place / f"{number}.pdf").write_bytes(pdf(number, "Sombra" if number == 3 else "Orvane Mobile"))
    (place / "letter.pdf").write_bytes(b"%PDF-Orvane Mobile wishes you well")
    take(session, place)
    by_hand = FoundBill("H-1", date(2026, 11, 3), None, Money(Decimal("45923.61"), "EUR"))
    letter = next(bill for bill in session.reader.bills() if bill.state_word == "toFile")
    assert file_by_hand(session, letter.id, by_hand, samples.NOW)
    before = {bill.id: bill for bill in session.reader.bills()}
    saying = unnamed_bills(session.reader, "orvane mobile")
    assert (len(unnamed_bills(session.reader)), len(saying)) == (5, 4)
    monkeypatch.setattr(naming, "AT_ONCE", 2)
    assert list(name_operator(session, saying, "Orvane", lambda: samples.NOW)) == [2, 4]
    assert [account.name for account in session.reader.accounts()] == ["Orvane"]
    after = {bill.id: bill for bill in session.reader.bills()}
    owner = session.reader.accounts()[0].id
    assert {bill_id: bill.account_id for bill_id, bill in after.items()} == {
        bill_id: owner if bill_id in saying else "" for bill_id in after
    }
    assert {one: (bill.number, bill.total, bill.papers, bill.day) for one, bill in after.items()} == {
        one: (bill.number, bill.total, bill.papers, bill.day) for one, bill in before.items()
    }
    monkeypatch.setattr(own_bills, "READING", own_bills.READING + 1)
    reader = Reader()
    take(session, place, reader=reader, at=samples.NOW + timedelta(days=1))
    assert len(reader.asked) == 4, "what was filed by hand is not read anew"
    assert len(unnamed_bills(session.reader)) == 1
    assert list(name_operator(session, saying, " . ", lambda: samples.NOW)) == []


def test_an_absurd_amount_stops_nothing_and_loses_no_other_bill(session: Session, place: Path) -> None:
    for number in range(3):
        (place / f"{number}.pdf").write_bytes(pdf(number))
    (place / "much.pdf").write_bytes(pdf(8, total="1,234,567,890.12"))
    (place / "more.pdf").write_bytes(pdf(9, "with e-invoice"))
    huge = Money(Decimal("2e9"), "EUR")

    def embedded(content: bytes) -> FoundBill | None:
        inside = FoundBill("E-9", date(2026, 10, 1), None, huge, lines=(FoundLine("Plan", huge),))
        return inside if b"e-invoice" in content else None

    tally = take(session, place, read_embedded=embedded)
    assert tally.counts == {Outcome.ADDED: 3, Outcome.TO_FILE: 2}
    assert sorted(numbers(session)) == ["N-0000", "N-0001", "N-0002", "N-0008", "more.pdf"]
    assert take(session, place, read_embedded=embedded).counts == {Outcome.HERE: 5}
