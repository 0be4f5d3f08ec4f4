"""Where the key is lost, the customer is at least told which requests were never confirmed; and no more than that."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from selfcare.account.session import EVIDENCE_KEPT, Session
from selfcare.api.operator import Operator
from selfcare.app import accounts
from selfcare.app.vouching import KEPT_AS
from selfcare.domain.commands import AddNote, OpenTicket
from selfcare.domain.failures import VaultDamaged, VaultKeyLost, VaultWrongKey
from selfcare.host.settings import AccountEntry
from selfcare.store.unsent import FILE, unsent_in
from selfcare.viewmodel.notices import notice_of
from tests import samples

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def opened(folder: Path) -> Session:
    session = Session(folder, bytes(32), samples.profile(), lambda: NOW)
    session._vault().actions.keep_owner(samples.profile().issuer, "C1")
    return session


def test_their_number_stands_in_the_clear_and_nothing_else(tmp_path: Path) -> None:
    session = opened(tmp_path / "v")
    session.submit(OpenTicket("Secret title", "secret words", "Incident"), "1")
    dropped = session.submit(AddNote("T-77", "secret note"), "2")
    assert unsent_in(tmp_path / "v", bytes(32)) == (("openTicket", "2026-11-21"), ("addNote", "2026-11-21"))
    assert unsent_in(tmp_path / "v") == (("", ""), ("", ""))
    session.drop(dropped.id)
    session.close()
    assert unsent_in(tmp_path / "v", bytes(32)) == (("openTicket", "2026-11-21"),)
    assert unsent_in(tmp_path / "v", b"x" * 32) == (("", ""),)
    assert (tmp_path / "v" / FILE).read_bytes() == b'{"count": 1}'
    assert (tmp_path / "v" / FILE).stat().st_mode & 0o077 == 0


def asked_and_closed(home: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[AccountEntry, Path]:
    """An account in which a ticket waits to be sent, closed; its entry and the folder of its vault."""
    profile = samples.profile()
    entry = accounts.new_entry(profile, "keyring", "orvane-gb-1")
    folder = accounts.account_folder(home, entry) / "vault"
    session = opened(folder)
    session.submit(OpenTicket("Title", "", "Incident"), "1")
    session.keep_note(KEPT_AS, b"{}")
    session.close()
    monkeypatch.setattr(accounts, "kept_profile", lambda home, entry: profile)
    return entry, folder


def test_a_lost_key_names_what_was_not_confirmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry, folder = asked_and_closed(tmp_path, monkeypatch)

    def lost(*_facts: object) -> bytes:
        raise VaultKeyLost

    monkeypatch.setattr(accounts, "_key", lost)
    with pytest.raises(VaultKeyLost) as caught:
        accounts.open_account(tmp_path, entry, lambda: NOW)
    assert caught.value.unsent == (("", ""),)
    advice = notice_of(caught.value, samples.words()).advice
    assert advice.endswith("1 request could not be read and was NOT confirmed.")
    assert (folder / "actions.db").exists()


def test_damage_with_the_key_at_hand_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry, folder = asked_and_closed(tmp_path, monkeypatch)
    path = folder / "actions.db"
    path.write_bytes(bytes(512) + path.read_bytes()[512:])
    monkeypatch.setattr(accounts, "_key", lambda *facts: bytes(32))
    with pytest.raises(VaultDamaged) as caught:
        accounts.open_account(tmp_path, entry, lambda: NOW)
    advice = notice_of(caught.value, samples.words()).advice
    assert "1 request could not be read and was NOT confirmed: a ticket of Sat 21 Nov" in advice


@pytest.mark.parametrize("others", [("cache.db",), ("cache.db", "papers.db")])
@pytest.mark.parametrize("harm", [b"", b"broken" * 2000])
def test_damage_of_what_was_read_beside_it_is_told_and_nothing_is_put_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: bytes, others: tuple[str, ...]
) -> None:
    entry, folder = asked_and_closed(tmp_path, monkeypatch)
    for name in ("actions.db", *others):
        (folder / name).write_bytes(harm)
    monkeypatch.setattr(accounts, "_key", lambda *facts: bytes(32))
    for tried in (accounts.open_account, accounts.set_requests_aside, accounts.open_account):
        with pytest.raises(VaultDamaged, check=lambda e: e.which == "alone") as caught:
            tried(tmp_path, entry, lambda: NOW)
        assert caught.value.unsent == (("", ""),)
        assert "1 request could not be read" in notice_of(caught.value, samples.words()).advice
        assert [(folder / name).read_bytes() for name in ("actions.db", *others)] == [harm] * (1 + len(others))


@pytest.mark.parametrize("harm", [b"", None])
def test_damage_of_the_key_check_beside_it_names_them_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: bytes | None
) -> None:
    entry, folder = asked_and_closed(tmp_path, monkeypatch)
    for path in (folder / "actions.db", folder / "key.check"):
        path.unlink()
        if harm is not None:
            path.write_bytes(harm)
    monkeypatch.setattr(accounts, "_key", lambda *facts: bytes(32))
    with pytest.raises(VaultDamaged, check=lambda e: e.which == "actions") as caught:
        accounts.open_account(tmp_path, entry, lambda: NOW)
    assert caught.value.unsent == (("openTicket", "2026-11-21"),)
    assert (folder / FILE).read_bytes() == b'{"count": 1}'


def test_a_wrong_key_in_the_key_store_leaves_their_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry, folder = asked_and_closed(tmp_path, monkeypatch)
    monkeypatch.setattr(accounts, "_key", lambda *facts: bytes(31) + b"x")
    with pytest.raises(VaultWrongKey) as caught:
        accounts.open_account(tmp_path, entry, lambda: NOW)
    assert notice_of(caught.value, samples.words()).advice.endswith(
        "1 request could not be read and was NOT confirmed."
    )
    assert unsent_in(folder, bytes(32)) == (("openTicket", "2026-11-21"),)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes")
def test_a_pipe_in_the_place_of_the_list_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / FILE)
    assert unsent_in(tmp_path) == ()


@pytest.mark.parametrize(
    "text", [b"", b"{", b"3", b'[["a", "2026-11-21"]]', b'{"count": "2"}', b'{"count": true}', b"{}", b"\xff"]
)
def test_a_list_that_nobody_can_read_is_none(tmp_path: Path, text: bytes) -> None:
    (tmp_path / FILE).write_bytes(text)
    assert unsent_in(tmp_path) == ()


def by_the_operators_clock(session: Session, ahead: timedelta | None) -> None:
    """The operator has said in this run what time it is, or nothing."""
    session._operator = cast(Operator, SimpleNamespace(ahead=lambda: ahead, wire=SimpleNamespace(close=lambda: None)))


def test_what_was_settled_two_years_ago_goes_in_a_quiet_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = opened(tmp_path / "v")
    by_the_operators_clock(session, timedelta(0))
    old = session.submit(AddNote("T-77", "old"), "1")
    session.drop(old.id)
    session._now = lambda: NOW + EVIDENCE_KEPT - timedelta(days=1)
    fresh = session.submit(AddNote("T-77", "new"), "2")
    session.tidy()
    assert len(session.reader.waiting()) == 2
    session._now = lambda: NOW + EVIDENCE_KEPT + timedelta(days=1)
    session.tidy()
    assert [item.id for item in session.reader.waiting()] == [fresh.id]
    session.close()


@pytest.mark.parametrize("ahead", [None, timedelta(days=-1100), timedelta(0)])
def test_a_clock_that_is_years_ahead_costs_no_evidence(tmp_path: Path, ahead: timedelta | None) -> None:
    """Whether the operator has told the time, puts it right, or is as wrong."""
    session = opened(tmp_path / "v")
    session.drop(session.submit(AddNote("T-77", "old"), "1").id)
    by_the_operators_clock(session, ahead)
    session._now = lambda: NOW + timedelta(days=1100)
    session.tidy()
    assert len(session.reader.waiting()) == 1
    assert len(session._reading.actions.journal()) == 2
    session.close()


@pytest.mark.parametrize("ahead", [None, timedelta(days=-1100)])
def test_not_even_where_something_was_asked_for_under_it(tmp_path: Path, ahead: timedelta | None) -> None:
    session = opened(tmp_path / "v")
    session.drop(session.submit(AddNote("T-77", "old"), "1").id)
    by_the_operators_clock(session, ahead)
    session._now = lambda: NOW + timedelta(days=1100)
    session.submit(AddNote("T-77", "new"), "2")
    session.tidy()
    assert len(session.reader.waiting()) == 2
    session.close()


def test_what_was_asked_for_under_a_clock_years_behind_is_no_older_than_what_came_before(
    tmp_path: Path,
) -> None:
    session = opened(tmp_path / "v")
    by_the_operators_clock(session, timedelta(0))
    session.submit(AddNote("T-77", "first"), "1")
    session._now = lambda: NOW - timedelta(days=1100)
    session.drop(session.submit(AddNote("T-77", "second"), "2").id)
    session._now = lambda: NOW + timedelta(days=1)
    session.tidy()
    assert len(session.reader.waiting()) == 2
    session.close()
