"""The pack of an account whose operator writes formulas, markup, paths and nonsense; and of one with many bills."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from selfcare.account.farewell import farewell, write_pack
from selfcare.account.owned import Owned
from selfcare.account.session import Session, open_session
from selfcare.domain.farewell import Pack, PackFile
from selfcare.store.documents import Columns, StoredDocument
from selfcare.viewmodel.farewell import ON_A_PAGE, farewell_pack
from selfcare.viewmodel.farewell_index import Tally
from tests import samples
from tests.farewell_packs import packed
from tests.pack_reading import check_names, check_whole, pages, table

AT = datetime(2026, 11, 21, 10, 50, tzinfo=UTC)
EVIL = '=HYPERLINK("http://evil.example","x")<script src=http://evil.example></script>\u202e"\'&'
NUMBERS = ("../../../etc/passwd", "CON", "con", "a/b\\c:d", "", "x" * 300, "\u202efdp.exe", "=1+1", "<b>.pdf", "..")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault", bytes(32), samples.profile(), now=lambda: AT)
    yield opened
    opened.close()


def put(session: Session, kind: str, bodies: Iterable[dict[str, Any]], day: str = "", parent: str = "") -> None:
    vault = session.open_again()
    documents = [
        StoredDocument(kind, body["id"], json.dumps(body).encode(), Columns(day=body.get("day", day), parent=parent))
        for body in bodies
    ]
    vault.cache.replace(kind, documents, seen=AT)
    vault.close()


def put_papers(session: Session, ids: Iterable[str]) -> None:
    vault = session.open_again()
    for paper_id in ids:
        vault.papers.put(paper_id, "application/pdf", b"%PDF-" + paper_id.encode(), AT)
    vault.close()


def bill(number: int, shown: str, **more: Any) -> dict[str, Any]:
    paper = {"id": f"D-{number}", "name": shown, "mimeType": "application/pdf", "url": "http://evil.example/x"}
    return {
        "id": f"B-{number}", "billNo": shown, "billDate": "2026-11-03T00:00:00Z", "day": "2026-11-03",
        "amountDue": {"unit": "GBP", "value": 1.5}, "billDocument": [paper], "state": "sent", **more,
    }  # fmt: skip


def export(session: Session, target: Path) -> tuple[Tally, dict[str, bytes]]:
    tally = Tally()
    return tally, packed(session, target, AT, tally)


def test_what_an_operator_writes_is_text_and_nothing_else(session: Session, tmp_path: Path) -> None:
    put(session, "customerBill", [bill(n, shown) for n, shown in enumerate(NUMBERS)])
    put(
        session,
        "troubleTicket",
        [{
            "id": EVIL.replace("\u202e", ""), "name": EVIL, "description": EVIL, "severity": EVIL,
            "ticketType": EVIL, "status": EVIL,
            "creationDate": "2026-11-01T10:00:00Z", "note": [{"text": EVIL, "author": EVIL}],
        }],
    )  # fmt: skip
    put(session, "payment", [{"id": "P", "totalAmount": {"unit": EVIL, "value": -3}, "paymentMethod": {"name": EVIL}}])
    put(session, "communicationMessage", [{"id": "M", "subject": EVIL, "content": EVIL, "messageType": EVIL}])
    put_papers(session, [f"D-{n}" for n in range(len(NUMBERS))])
    tally, files = export(session, tmp_path / "pack")
    assert tally.pdfs == len(NUMBERS)
    check_whole(files)
    check_names(list(files))
    told = {row["id"]: row for row in table(files, "bills")}
    for number, shown in enumerate(NUMBERS):
        assert files[told[f"B-{number}"]["pdf"]] == f"%PDF-D-{number}".encode()
        seen = shown.replace("\u202e", "\ufffd")
        assert told[f"B-{number}"]["number"] == (seen or f"B-{number}")
    (ticket,) = table(files, "tickets")
    assert ticket["title"].startswith("=HYPERLINK(")
    found = pages(files)
    assert "<script src=http://evil.example></script>" in found["pages/tickets.html"].words
    assert "=HYPERLINK" in found["pages/messages.html"].words


def test_a_date_that_was_moved_is_in_the_promises(session: Session, tmp_path: Path) -> None:
    promised = datetime(2026, 11, 19, 10, 30, tzinfo=UTC)
    body = {"id": "T1", "name": "No line", "status": "inProgress", "creationDate": "2026-11-13T09:00:00Z",
            "expectedResolutionDate": "2026-11-25T10:30:00Z"}  # fmt: skip
    put(session, "troubleTicket", [body])
    vault = session.open_again()
    for moment in (promised, promised + timedelta(days=6)):
        vault.cache.note_promise("T1", moment.isoformat(), AT)
    vault.close()
    _tally, files = export(session, tmp_path / "pack")
    states = {row["due"]: row["state"] for row in table(files, "promises")}
    assert states == {"2026-11-19T10:30:00+00:00": "missed", "2026-11-25T10:30:00+00:00": "open"}
    assert [row["promised"][:10] for row in table(files, "promised-ends")] == ["2026-11-19", "2026-11-25"]
    assert "19 Nov 2026" in pages(files)["pages/promises.html"].words


def test_what_was_not_understood_is_kept_as_it_came(session: Session, tmp_path: Path) -> None:
    vault = session.open_again()
    good = StoredDocument("customerBill", "B", json.dumps(bill(1, "1")).encode())
    strange = StoredDocument("customerBill", "", b'{"strange": 1}', readable=False)
    vault.cache.replace("customerBill", [good, strange], seen=AT)
    vault.close()
    _tally, files = export(session, tmp_path / "pack")
    assert files["documents/not-understood/customerBill-0001.txt"] == b'{"strange": 1}'
    assert len(json.loads(files["documents/customerBill-0001.json"])) == 1
    assert "1 document could not be understood" in pages(files)["index.html"].words


def test_a_paper_that_no_document_names_is_kept(session: Session, tmp_path: Path) -> None:
    put_papers(session, ["lost/../paper"])
    _tally, files = export(session, tmp_path / "pack")
    assert files["pdf/other/lost .. paper.pdf"] == b"%PDF-lost/../paper"


def test_an_empty_account_is_a_pack_too(session: Session, tmp_path: Path) -> None:
    tally, files = export(session, tmp_path / "pack")
    check_whole(files)
    assert set(pages(files)) == {"index.html"}
    assert tally.pdfs == 0
    assert "Not read yet" in pages(files)["index.html"].words


def test_many_bills_are_many_pages_and_files(session: Session, tmp_path: Path) -> None:
    count = 2 * ON_A_PAGE + 7
    put(session, "customerBill", [bill(n, f"N{n}") for n in range(count)])
    tally, files = export(session, tmp_path / "pack")
    found = pages(files)
    assert [page.count for page in tally.pages["bills"]] == [ON_A_PAGE, ON_A_PAGE, 7]
    assert {"pages/bills-2026.html", "pages/bills-2026-2.html", "pages/bills-2026-3.html"} <= set(found)
    assert len(json.loads(files["documents/customerBill-0001.json"])) == 1000
    assert len(json.loads(files["documents/customerBill-0002.json"])) == count - 1000
    assert len(table(files, "bills")) == count


def peak(session: Session, target: Path) -> int:
    tracemalloc.start()
    try:
        tally = Tally()
        both = (samples.words(),)
        for _step in farewell(
            session, lambda o: farewell_pack(o, samples.words(), AT, languages=both, tally=tally), target
        ):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_bills(session: Session, tmp_path: Path) -> None:
    text = {"note": "x" * 20_000}
    put(session, "customerBill", [bill(n, f"N{n}", **text) for n in range(500)])
    few = peak(session, tmp_path / "few")
    put(session, "customerBill", [bill(n, f"N{n}", **text) for n in range(1500)])
    many = peak(session, tmp_path / "many")
    assert many < few + 1_000_000, (few, many)


def test_files_are_to_be_taken_whole_and_in_order(session: Session, tmp_path: Path) -> None:
    put(session, "customerBill", [bill(1, "1")])
    vault = session.open_again()
    pack = farewell_pack(
        Owned(vault, session.profile), samples.words(), AT, languages=(samples.words(),), tally=Tally()
    )  # fmt: skip
    with pytest.raises(LookupError, match="whole"):
        for _file in pack.files:
            pass
    vault.close()
    only = Pack([PackFile("a.txt", (b"1",))], 1, AT)
    assert [step.done for step in write_pack(only, tmp_path / "one", as_zip=False)] == [1]
