"""Each way in which an account does not open has its own sentence: another's key, a description that is gone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from selfcare.account.session import Session
from selfcare.app import accounts
from selfcare.app.accounts import KeyPlace
from selfcare.domain.failures import ProfileError, VaultWrongKey
from selfcare.viewmodel.notices import notice_of
from tests import samples

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(("place", "told"), [("keyring", "key store does not open"), ("passphrase", "not open your")])
def test_a_key_that_is_anothers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: KeyPlace, told: str) -> None:
    profile = samples.profile()
    entry = accounts.new_entry(profile, place, "orvane-gb-1")
    Session(accounts.account_folder(tmp_path, entry) / "vault", bytes(32), profile, lambda: NOW).close()
    monkeypatch.setattr(accounts, "kept_profile", lambda home, entry: profile)
    monkeypatch.setattr(accounts, "_key", lambda *facts: b"x" * 32)
    with pytest.raises(VaultWrongKey) as caught:
        accounts.open_account(tmp_path, entry, lambda: NOW)
    notice = notice_of(caught.value, samples.words())
    assert told in notice.sentence
    assert ("passphrase" in notice.advice) == (place == "passphrase")


def test_a_description_that_is_gone_is_no_trouble_with_writing(tmp_path: Path) -> None:
    entry = accounts.new_entry(samples.profile(), "keyring", "orvane-gb-1")
    accounts.account_folder(tmp_path, entry).mkdir(parents=True)
    with pytest.raises(ProfileError) as caught:
        accounts.kept_profile(tmp_path, entry)
    assert "cannot be read" in notice_of(caught.value, samples.words()).sentence
