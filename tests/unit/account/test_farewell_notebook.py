"""What the customer wrote down is in the farewell pack, whole: it is read back from the pack's own files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest

from selfcare.account.notebook import attach, change_notebook, notebook_of
from selfcare.account.noted_desks import keep_desk
from selfcare.account.session import Session, open_session
from selfcare.case import NOTEBOOK
from selfcare.case.deadlines import Term, Unit
from selfcare.case.notebook import Complaint, DeadTime, Notebook, Noted, Outcome, Purpose, Way, Word, read_notebook
from selfcare.domain.support import Channel, ChannelKind
from selfcare.domain.tickets import EntityRef
from tests import samples
from tests.farewell_packs import whole_pack
from tests.pack_reading import pages, table

AT = datetime(2026, 11, 21, 10, 50, tzinfo=UTC)
CALLED = AT - timedelta(days=5)
DUE = CALLED + timedelta(hours=72)
SAID = '=cmd|"/c calc" <b>Level 2 calls you back</b> within 72 hours'


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault", bytes(32), samples.profile(), now=lambda: AT)
    yield opened
    opened.close()


def test_contacts_promises_the_complaint_and_their_files_are_read_back(session: Session, tmp_path: Path) -> None:
    photo, letter = attach(session, "../photo.jpg", b"\xff\xd8one"), attach(session, "photo.jpg", b"\xff\xd8two")
    call = Noted(
        "N-1", Way.PHONE, True, CALLED, CALLED + timedelta(minutes=22), agent="Jordan", reference="REF-7", said=SAID,
        transfers=2, about=(EntityRef("TroubleTicket", "48213", "about"),), files=(photo, letter),
    )  # fmt: skip
    sales = Noted("N-2", Way.VISIT, False, CALLED - timedelta(days=1), purpose=Purpose.SALES)
    word = Word(
        "W-1", "N-1", "Jordan", "call", SAID, CALLED, Term(Unit.HOURS, 72), DUE, earlier=(DUE - timedelta(days=1),)
    )
    loose = Word("W-2", "", "", "refund", "Money back", CALLED, Term(), None, outcome=Outcome.WITHDRAWN)
    complaint = Complaint("The roaming pass", "£48 back", date(2026, 10, 1), deadlock=date(2026, 11, 2))
    dead = DeadTime(CALLED - timedelta(hours=30), CALLED)
    whole = Notebook((call, sales), (word, loose), complaint, without_service=(dead, DeadTime(CALLED)))
    change_notebook(session, lambda _before: whole)

    files = whole_pack(session, tmp_path / "pack", AT)

    assert read_notebook(files["notebook/notebook.json"]) == whole == notebook_of(session)
    listed = table(files, "noted-files")
    assert [(row["contact"], row["name"], row["is_here"]) for row in listed] == [
        ("N-1", photo.name, "yes"),
        ("N-1", "photo.jpg", "yes"),
    ]
    for row, kept, content in zip(listed, (photo, letter), (b"\xff\xd8one", b"\xff\xd8two"), strict=True):
        assert files[row["file"]] == content
        assert row["sha256"] == kept.sha256 == hashlib.sha256(content).hexdigest()
    assert len({row["file"] for row in listed}) == 2

    noted = {row["id"]: row for row in table(files, "noted-contacts")}
    assert (noted["N-1"]["agent"], noted["N-1"]["reference"], noted["N-1"]["transfers"]) == ("Jordan", "REF-7", "2")
    assert noted["N-1"]["said"] == SAID
    assert (noted["N-2"]["who_called"], noted["N-2"]["purpose"], noted["N-2"]["ended"]) == ("operator", "sales", "")
    given = {row["id"]: row for row in table(files, "noted-promises")}
    assert datetime.fromisoformat(given["W-1"]["due"]) == DUE
    assert given["W-1"]["due_before"] == (DUE - timedelta(days=1)).isoformat()
    assert (given["W-2"]["due"], given["W-2"]["outcome"]) == ("", "withdrawn")
    assert {(row["what"], row["said"]) for row in table(files, "complaint")} == {
        ("topic", "The roaming pass"), ("wanted", "£48 back"), ("first", "2026-10-01"), ("deadlock", "2026-11-02"),
    }  # fmt: skip
    outages = [(row["began"], row["ended"]) for row in table(files, "noted-outages")]
    assert [datetime.fromisoformat(began) for began, _ended in outages] == [dead.began, CALLED]
    assert [ended for _began, ended in outages][1] == ""
    assert any("Hours without service" in page.words for page in pages(files).values())
    promised = [row for row in table(files, "promises") if row["of"] == "contact"]
    assert [row["state"] for row in promised] == ["missed", "missed"], "the date before counts too"

    page = pages(files)["pages/notes.html"]
    for said in (SAID, "Jordan", "REF-7", "Money back", "£48 back", "Deadlock letter received"):
        assert said in page.words
    assert {row["file"] for row in listed} <= {unquote(link).removeprefix("../") for link in page.links}
    assert "Your own notes" in pages(files)["index.html"].words


def test_a_notebook_that_cannot_be_read_goes_along_as_it_is(session: Session, tmp_path: Path) -> None:
    session.save_draft(NOTEBOOK, b'{"contacts": 7}')
    files = whole_pack(session, tmp_path / "pack", AT)
    assert files["notebook/notebook.json"] == b'{"contacts": 7}'
    assert table(files, "noted-contacts") == []


def test_how_to_reach_the_operator_goes_along_as_it_was_noted(session: Session, tmp_path: Path) -> None:
    keep_desk(session, Channel(ChannelKind.PHONE, "Faults", "0800 1", "Europe/London"))
    files = whole_pack(session, tmp_path / "pack", AT)
    assert b"0800 1" in files["notebook/desks.json"]


def test_nothing_written_down_leaves_no_folder(session: Session, tmp_path: Path) -> None:
    files = whole_pack(session, tmp_path / "pack", AT)
    assert not any(path.startswith("notebook/") for path in files)
    assert "pages/notes.html" not in files
