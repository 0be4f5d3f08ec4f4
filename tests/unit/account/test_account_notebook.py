"""What the customer writes down, its files, and every date the operator ever named, in the customer's own file."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from selfcare.account.ends import keep_ends
from selfcare.account.notebook import LARGEST_FILE, attach, attach_file, change_notebook, notebook_of
from selfcare.case.notebook import Attached, BadNote, Noted, Way, with_contact, without_contact
from selfcare.domain.failures import DiskTrouble, PaperTrouble
from selfcare.domain.records import replace
from selfcare.store.vault import open_vault, rebuild_cache
from tests.readers import FakeReader, FakeSession
from tests.samples import NOW

CALL = Noted("N-1", Way.PHONE, True, NOW - timedelta(hours=1), NOW)
KEY = bytes(range(32))


def test_a_refused_note_leaves_the_notebook_as_it_was() -> None:
    session = FakeSession(FakeReader())
    before = change_notebook(session, lambda book: with_contact(book, CALL, NOW))
    with pytest.raises(BadNote):
        change_notebook(session, lambda book: with_contact(book, replace(CALL, ended=NOW - timedelta(hours=2)), NOW))
    assert notebook_of(session) == before


def test_a_notebook_that_cannot_be_read_is_never_written_over() -> None:
    session = FakeSession(FakeReader())
    session.save_draft("case file", b"damaged")
    with pytest.raises(ValueError):
        change_notebook(session, lambda book: with_contact(book, CALL, NOW))
    assert session.draft("case file") == b"damaged"


def test_a_file_goes_with_its_contact() -> None:
    session = FakeSession(FakeReader())
    kept = attach(session, "photo.jpg", b"light")
    assert (kept.size, session.draft(kept.kept_as)) == (5, b"light")
    change_notebook(session, lambda book: with_contact(book, replace(CALL, files=(kept,)), NOW))
    change_notebook(session, lambda book: without_contact(book, "N-1"))
    assert session.draft(kept.kept_as) is None
    with pytest.raises(PaperTrouble):
        attach(session, "film.mov", bytes(LARGEST_FILE + 1))


def test_each_file_from_the_disk_is_kept_or_left_out_for_itself(tmp_path: Path) -> None:
    session, kept = FakeSession(FakeReader()), list[Attached]()
    good, large = tmp_path / "proof.pdf", tmp_path / "film.mov"
    good.write_bytes(b"%PDF-1.4 x")
    with large.open("wb") as written:
        written.truncate(LARGEST_FILE + 1)
    asked = (large, tmp_path / "gone.pdf", tmp_path, good)
    assert [attach_file(session, path, kept.append) for path in asked] == ["large", "unread", "unread", ""]
    assert [(file.name, file.size) for file in kept] == [("proof.pdf", 10)]

    def full(_file: Attached) -> None:
        raise DiskTrouble("full")

    assert attach_file(session, good, full) == "unkept"


def test_named_dates_outlive_a_damaged_cache(tmp_path: Path) -> None:
    vault = open_vault(tmp_path, KEY)
    vault.cache.note_promise("T-1", NOW.isoformat(), NOW)
    keep_ends(vault)
    vault.cache.note_promise("order:O-1", (NOW + timedelta(days=1)).isoformat(), NOW)
    vault.cache.note_promise("T-1", (NOW + timedelta(days=2)).isoformat(), NOW + timedelta(hours=1))
    vault.cache.note_promise("T-1", NOW.isoformat(), NOW + timedelta(hours=2))
    keep_ends(vault)
    known = vault.cache.promised_ends()
    assert len(known) == 4
    vault.close()
    rebuild_cache(tmp_path, NOW)
    again = open_vault(tmp_path, KEY)
    try:
        assert again.cache.promised_ends() == []
        keep_ends(again)
        assert again.cache.promised_ends() == known
    finally:
        again.close()
