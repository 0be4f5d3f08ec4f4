"""An archive of the customer's own bills: what becomes of each file, what is here already, filing by hand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from selfcare.account import own_bills
from selfcare.account.archive import archive_profile, read_archive_profile, write_archive_profile
from selfcare.account.intake import AT_ONCE, Wanted, intake
from selfcare.account.own_bills import file_by_hand
from selfcare.account.paper_words import read_paper_words
from selfcare.account.session import Session, open_session
from selfcare.domain.bills import Tax
from selfcare.domain.commands import AddNote
from selfcare.domain.failures import DiskTrouble, NotOffered, ProfileError
from selfcare.domain.found_bill import FoundBill, FoundLine
from selfcare.domain.intake import MOST_HERE, MOST_NAMED, Fate, IntakeTally, Outcome
from selfcare.domain.money import Money
from selfcare.domain.topics import Topic
from selfcare.paper.sheet import LARGEST_PDF
from selfcare.store.papers import Papers
from tests import samples
from tests.bill_documents import bill_documents
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


def test_a_folder_of_everything(session: Session, place: Path) -> None:
    (place / "a.pdf").write_bytes(pdf(1))
    (place / "older" / "2019" / "B.PDF").write_bytes(pdf(2, "roaming in Ruritania"))
    (place / "copy.pdf").write_bytes(pdf(1))
    (place / "printed again.pdf").write_bytes(pdf(1, "duplicate"))
    (place / "letter.pdf").write_bytes(b"%PDF-Dear customer, 12.50")
    (place / "none.pdf").write_bytes(b"hello")
    (place / "broken.pdf").write_bytes(b"%PDF-broken")
    (place / "slow.pdf").write_bytes(b"%PDF-endless")
    (place / "locked.pdf").write_bytes(pdf(3, "locked sesame\n"))
    (place / "photo.jpg").write_bytes(b"x")
    with (place / "film.pdf").open("wb") as film:
        film.truncate(2 << 30)
    os.mkfifo(place / "pipe.pdf")
    (place / "round").symlink_to(place)
    reader = Reader()
    tally = take(session, place, reader=reader)
    assert {one.value: count for one, count in tally.counts.items()} == {
        "added": 2, "version": 1, "here": 1, "toFile": 1, "notPdf": 1, "damaged": 1, "tooSlow": 1, "locked": 1,
        "tooLarge": 1, "other": 1,
    }  # fmt: skip
    assert all(len(asked) < LARGEST_PDF for asked in reader.asked)
    assert sorted(numbers(session)) == ["N-0001", "N-0002", "letter.pdf"]
    assert numbers(session, text="ruritania") == ["N-0002"]
    bill = next(one for one in session.reader.bills() if one.number == "N-0001")
    assert (bill.day, bill.total, bill.state_word) == (date(2026, 11, 3), Money(Decimal("41.99"), "GBP"), "filed")
    assert [session.reader.paper(paper.id) for paper in bill.papers] == [pdf(1), pdf(1, "duplicate")]
    again = take(session, place)
    assert again.of(Outcome.ADDED, Outcome.TO_FILE, Outcome.VERSION) == 0
    assert len(numbers(session)) == 3


def test_what_an_earlier_reading_wrote_down_is_read_anew(
    session: Session, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["Plan", "Roaming", "An old mistake"]

    def embedded(content: bytes) -> FoundBill:
        lines = tuple(FoundLine(name, Money(Decimal("1.00"), "GBP")) for name in names)
        number = content.decode().split("number ")[1][:6]
        return FoundBill(number, date(2026, 11, 3), None, Money(Decimal("3.00"), "GBP"), lines=lines)

    for number in (1, 2, 3):
        (place / f"{number}.pdf").write_bytes(pdf(number))
    (place / "copy.pdf").write_bytes(pdf(1))
    monkeypatch.setattr(own_bills, "READING", 1)
    take(session, place, read_embedded=embedded)
    bills = {bill.number: bill for bill in session.reader.bills()}
    by_hand = FoundBill("H-1", date(2026, 11, 3), None, Money(Decimal("9.00"), "GBP"), operator="Orvane")
    assert file_by_hand(session, bills["N-0003"].id, by_hand, samples.NOW)
    monkeypatch.setattr(own_bills, "READING", 2)
    names[:] = ["Plan, whole month", "Roaming"]
    reader = Reader()
    later = samples.NOW + timedelta(days=1)
    tally = take(session, place, reader=reader, at=later, read_embedded=embedded)
    assert tally.counts == {Outcome.HERE: 4}
    assert len(reader.asked) == 2, "each once, and not what was filed by hand"
    for number in ("N-0001", "N-0002"):
        lines = session.reader.bill_lines(bills[number].id)
        assert [line.name for line in lines] == ["Plan, whole month", "Roaming"]
    assert sorted(numbers(session)) == ["H-1", "N-0001", "N-0002"]
    reader.asked.clear()
    take(session, place, reader=reader, at=later, read_embedded=embedded)
    assert reader.asked == [], "it is read by this reading now"
    assert len(session.reader.bill_lines(bills["N-0003"].id)) == 3


def test_a_password_opens_and_is_kept_nowhere(session: Session, place: Path, tmp_path: Path) -> None:
    path = place / "locked.pdf"
    path.write_bytes(pdf(3, "locked open-sesame-4711\n"))
    assert take(session, place).locked() == [str(path)]
    assert take(session, path, password="wrong").locked() == [str(path)]
    assert take(session, path, password="open-sesame-4711").of(Outcome.ADDED) == 1
    assert numbers(session) == ["N-0003"]
    vault = session.open_again()
    kept = [row.body for kind in vault.cache.kinds() for row in vault.cache.all(kind)]
    vault.close()
    assert not any(b"open-sesame" in body for body in kept)


def test_a_file_that_may_not_be_read_stops_nothing(
    session: Session, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2, 3):
        (place / f"{number}.pdf").write_bytes(pdf(number))
    real = os.open

    def refusing(path: object, flags: int, *more: int, **others: int) -> int:
        if str(path).endswith("2.pdf"):
            raise PermissionError(13, "no")
        return real(path, flags, *more, **others)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refusing)
    tally = take(session, place, place / "gone.pdf")
    assert (tally.of(Outcome.ADDED), tally.of(Outcome.CLOSED)) == (2, 2)


def test_stopped_it_keeps_what_had_come_and_goes_on_from_there(session: Session, place: Path) -> None:
    for number in range(AT_ONCE + 10):
        (place / f"{number:03}.pdf").write_bytes(pdf(number))
    tally = IntakeTally()
    steps = intake(session, Wanted((place,)), Reader(), tally, lambda: samples.NOW)
    while next(steps).done < AT_ONCE + 3:
        pass
    steps.close()  # type: ignore[attr-defined]
    assert len(numbers(session)) == AT_ONCE + 3
    assert take(session, place).of(Outcome.ADDED) == 7


def test_names_that_are_no_text_stop_nothing(session: Session, place: Path) -> None:
    names = (b"caf\xe9 \xff.pdf", "\u202efdp.live.pdf".encode(), b"line\nbreak.pdf")
    for number, name in enumerate(names):
        with open(os.fsencode(place) + b"/" + name, "wb") as file:  # noqa: PTH123
            file.write(f"%PDF-letter {number}".encode())
    tally = take(session, place)
    assert tally.of(Outcome.TO_FILE) == 3
    kept = sorted(paper.name for bill in session.reader.bills() for paper in bill.papers)
    assert kept == ["caf\ufffd \ufffd.pdf", "line\ufffdbreak.pdf", "\ufffdfdp.live.pdf"]
    assert take(session, *(Path(fate.path) for fate in tally.named)).of(Outcome.HERE) == 3


def test_what_is_here_already_does_not_push_out_what_needs_the_customer() -> None:
    tally = IntakeTally()
    for number in range(MOST_NAMED + 10):
        tally.note(Fate(f"{number}.pdf", Outcome.HERE))
    tally.note(Fate("locked.pdf", Outcome.LOCKED))
    assert tally.locked() == ["locked.pdf"]
    assert tally.unnamed() == MOST_NAMED + 10 - MOST_HERE


def test_a_full_disk_is_said_and_earlier_parts_stay(
    session: Session, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(AT_ONCE + 10):
        (place / f"{number:03}.pdf").write_bytes(pdf(number))
    real, puts = Papers.put, []

    def put(self: Papers, *facts: object) -> None:
        puts.append(facts[0])
        if len(puts) > AT_ONCE + 2:
            raise DiskTrouble("full")
        real(self, *facts)  # type: ignore[arg-type]

    monkeypatch.setattr(Papers, "put", put)
    tally = IntakeTally()
    with pytest.raises(DiskTrouble):
        for _ in intake(session, Wanted((place,)), Reader(), tally, lambda: samples.NOW):
            pass
    assert len(numbers(session, limit=500)) == AT_ONCE == tally.of(Outcome.ADDED)


def test_an_e_invoice_goes_before_printed_words_and_brings_its_lines(session: Session, place: Path) -> None:
    (place / "a.pdf").write_bytes(pdf(1, "with e-invoice"))
    (place / "b.xml").write_bytes(b"<?xml version='1.0'?><other/>")
    (place / "c.xml").write_bytes("<?xml version='1.0'?><r:CrossIndustryInvoice/>".encode("utf-16-le"))
    (place / "d.xml").write_bytes(b"<CreditNote/>")
    lines = (
        FoundLine("Data abroad", Money(Decimal("45900.00"), "EUR")),
        FoundLine("Plan", Money(Decimal("23.61"), "EUR")),
    )
    total = Money(Decimal("45923.61"), "EUR")
    taxes = (Tax("S", Money(Decimal("7653.94"), "EUR"), Decimal(20)),)
    inside = FoundBill("E-9", date(2026, 10, 1), None, total, operator="Télé Berthier", lines=lines, taxes=taxes)

    def read_embedded(content: bytes) -> FoundBill | None:
        asked.append(content[:2])
        return inside if b"with e-invoice" in content else None

    asked: list[bytes] = []
    tally = take(session, place, read_embedded=read_embedded)
    assert (tally.of(Outcome.ADDED), tally.of(Outcome.OTHER)) == (1, 3)
    assert sorted(asked) == [b"%P", b"<\0", b"<C"]
    bill = session.reader.bills()[0]
    assert (bill.number, bill.total) == ("E-9", Money(Decimal("45923.61"), "EUR"))
    assert bill.taxes == taxes
    assert [(x.name, x.gross) for x in session.reader.bill_lines(bill.id)] == [
        ("Data abroad", Money(Decimal("45900.00"), "EUR")), ("Plan", Money(Decimal("23.61"), "EUR")),
    ]  # fmt: skip
    assert [account.name for account in session.reader.accounts()] == ["Télé Berthier"]
    for typed in ("45 923,61", "abroad", "berthier", "e-9"):
        assert numbers(session, text=typed) == ["E-9"], typed


def test_the_times_of_an_e_invoice_and_amounts_before_their_rounding_are_kept(session: Session, place: Path) -> None:
    september = date(2026, 9, 1), date(2026, 9, 30)
    half = date(2026, 9, 16), date(2026, 9, 30)
    lines = (
        FoundLine("Plan", net=Money(Decimal("10.00"), "EUR"), starts=half[0], ends=half[1]),
        FoundLine("Calls", net=Money(Decimal("2.63"), "EUR"), exact=Money(Decimal("2.6344"), "EUR")),
    )
    found = FoundBill(
        "R-1", date(2026, 10, 3), total=Money(Decimal("15.16"), "EUR"), operator="Op", lines=lines,
        starts=september[0], ends=september[1],
    )  # fmt: skip
    (place / "one.pdf").write_bytes(pdf(1))
    take(session, place, read_embedded=lambda _content: found)
    (bill,) = session.reader.bills()
    assert (bill.period_start, bill.period_end) == september
    kept = {line.name: line for line in session.reader.bill_lines(bill.id)}
    assert (kept["Plan"].starts, kept["Plan"].ends, kept["Plan"].exact) == (*half, None)
    assert kept["Calls"].exact == Money(Decimal("2.6344"), "EUR")


def test_of_a_pdf_and_its_e_invoice_beside_it_the_pdf_is_kept(session: Session, place: Path) -> None:
    inside = FoundBill("E-9", date(2026, 10, 1), None, Money(Decimal("41.99"), "EUR"))
    (place / "a.xml").write_bytes(b"<?xml version='1.0'?><Invoice/>")
    (place / "b.pdf").write_bytes(pdf(1))
    tally = take(session, place, read_embedded=lambda _: inside)
    assert [(Path(one.path).name, one.outcome) for one in tally.named] == [("a.xml", Outcome.SAME_BILL)]
    assert session.reader.bills()[0].papers[0].is_pdf


def test_filed_by_hand_it_keeps_its_pdf_and_its_words(session: Session, place: Path) -> None:
    (place / "letter.pdf").write_bytes(b"%PDF-Dear customer of Ruritania Telecom")
    take(session, place)
    bill = session.reader.bills()[0]
    assert (bill.state_word, bill.day, bill.total) == ("toFile", None, None)
    filed = FoundBill("77", date(2020, 1, 2), None, Money(Decimal("12.30"), "EUR"), operator="Ruritania Telecom")
    assert file_by_hand(session, bill.id, filed, samples.NOW)
    after = session.reader.bills()
    assert [(one.id, one.number, one.day, one.state_word) for one in after] == [
        (bill.id, "77", date(2020, 1, 2), "filed")
    ]
    assert after[0].papers == bill.papers
    assert numbers(session, text="ruritania") == numbers(session, text="12.30") == ["77"]
    assert not file_by_hand(session, "nothing", filed, samples.NOW)


def test_an_archive_asks_nobody(session: Session) -> None:
    assert session.profile.is_archive
    assert all(part.is_archive and not part.offered for part in session.reader.freshness(*Topic))
    with pytest.raises(NotOffered):
        session.submit(AddNote("t1", "hello"), "click")


def test_the_profile_of_an_archive_is_read_back() -> None:
    profile = archive_profile("Mes factures", "FR")
    assert read_archive_profile(write_archive_profile(profile)) == profile
    for damaged in (b"", b"{}", b"[1]", b'{"name": "x"'):
        with pytest.raises(ProfileError):
            read_archive_profile(damaged)


def test_the_words_of_an_operators_pdfs_are_read_once(tmp_path: Path) -> None:
    session = open_session(tmp_path / "other", bytes(32), samples.profile(), now=lambda: samples.NOW)
    try:
        vault = session.open_again()
        vault.cache.replace("customerBill", bill_documents(5), seen=samples.SEEN)
        for name, content in (("D1", pdf(1, "Ruritania")), ("D2", b"%PDF-broken"), ("C9", pdf(9, "contract"))):
            vault.papers.put(name, "application/pdf", content, samples.SEEN)
        vault.close()
        reader = Reader()
        assert list(read_paper_words(session, reader))[-1] == 2
        assert len(reader.asked) == 2
        assert numbers(session, text="ruritania") == ["N1"]
        assert list(read_paper_words(session, reader)) == []
    finally:
        session.close()
