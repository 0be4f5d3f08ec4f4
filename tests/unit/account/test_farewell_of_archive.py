"""The whole export of an archive says what is true of papers that no operator sent to this program."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from selfcare.account.archive import archive_profile
from selfcare.account.farewell import farewell
from selfcare.account.session import open_session
from selfcare.domain.found_bill import FoundBill
from selfcare.domain.money import Money
from selfcare.viewmodel.bill_archive import bill_archive
from selfcare.viewmodel.farewell_asking import asking_view
from selfcare.viewmodel.farewell_index import Tally
from tests import samples
from tests.farewell_packs import whole_pack
from tests.pack_reading import check_whole, files_of, table
from tests.unit.account.shelves import pdf, take

LONG = "Compagnie générale des télécommunications mobiles et fixes de Ruritanie et des îles du Sud réunies"


def test_it_claims_nothing_of_an_operator(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    (place / "a.pdf").write_bytes(pdf(1))
    (place / "letter.pdf").write_bytes(b"%PDF-Dear customer")
    inside = FoundBill("N-77", date(2026, 11, 3), None, Money(Decimal("41.99"), "EUR"), operator=LONG)
    (place / "b.pdf").write_bytes(pdf(2, "inside"))
    session = open_session(tmp_path / "vault", bytes(32), archive_profile("My bills", "GB"), now=lambda: samples.NOW)
    try:
        take(session, place, read_embedded=lambda content: inside if b"inside" in content else None)
        files = whole_pack(session, tmp_path / "all", samples.NOW)
        tally, words = Tally(), samples.words()
        make = lambda owned: bill_archive(owned, words, samples.NOW, tally)  # noqa: E731
        for _step in farewell(session, make, tmp_path / "bills"):
            pass
    finally:
        session.close()
    read = {path: content.decode("utf-8-sig") for path, content in files.items() if path.endswith((".html", ".txt"))}
    said = "\n".join(read.values())
    assert "your own archive" in read["index.html"]
    assert "Your evidence are the files in the folder pdf." in read["index.html"]
    for untrue in ("our operator", "Operator’s own word", "byte for byte (JSON)", "Tickets", "your accounts"):
        assert untrue not in said, untrue
    rows = table(files, "bills")
    assert sorted((row["number"], row["state"], row["state_word"]) for row in rows) == [
        ("N-0001", "filed", ""), ("N-77", "filed", ""), ("letter.pdf", "toFile", ""),
    ]  # fmt: skip
    bills = files_of(tmp_path / "bills")
    check_whole(bills)
    assert any(path.startswith("pdf/bills/2026/2026-11-03 Compagnie") and "N-77" in path for path in bills)
    asked = asking_view("My bills", samples.TODAY, words, is_archive=True)
    assert "operator" not in f"{asked.text} {asked.name} {asked.pdfs}"
