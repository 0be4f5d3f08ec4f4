"""Everything that is kept goes, keys first, when somebody says so; nothing goes otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfcare.app import removing
from selfcare.app.start import places
from selfcare.domain.failures import NoKeyring
from selfcare.host.folders import config_dir, data_dir, log_dir, private_dir
from selfcare.host.instance import take_instance
from selfcare.host.settings import AccountEntry, Settings, save_entry, save_settings


class Keys:
    """A key store that remembers what was deleted."""

    name = "test"

    def __init__(self) -> None:
        self.gone: list[str] = []

    def delete(self, account: str) -> None:
        self.gone.append(account)


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Keys:
    made = Keys()
    monkeypatch.setattr("selfcare.host.keychain.system_keychain", lambda timeout=30.0: made)
    return made


@pytest.fixture
def kept() -> Path:
    """Two accounts, one of which only its own folder remembers, the demo's, settings and a log."""
    home, settings = places(demo=False)
    for name in ("orvane-1", "orvane-2"):
        folder = private_dir(home / "accounts" / name)
        (folder / "papers.db").write_bytes(b"x")
        save_entry(folder / "entry.json", AccountEntry(name, "p"))
    save_settings(settings, Settings(accounts=(AccountEntry("orvane-1", "p"), AccountEntry("orvane-2", "p"))))
    demo, choices = places(demo=True)
    private_dir(demo / "accounts" / "demo-claire")
    save_settings(choices, Settings(accounts=(AccountEntry("demo-claire", "p"),)))
    private_dir(log_dir())
    return home


def test_the_password_of_a_proxy_goes_too(kept: Path, keys: Keys) -> None:
    _, settings = places(demo=False)
    save_settings(settings, Settings(proxy="own", proxy_address="proxy.example:8080", proxy_user="carl"))
    assert removing.run(yes=True) == 0
    assert "proxy" in keys.gone


@pytest.mark.usefixtures("kept")
def test_everything_goes_after_the_word(keys: Keys, capsys: pytest.CaptureFixture[str]) -> None:
    assert removing.run(ask=lambda: " Remove ") == 0
    assert sorted(keys.gone) == ["demo-claire", "orvane-1", "orvane-2", "proxy", "proxy-demo"]
    assert not any(folder.exists() for folder in (data_dir(), config_dir(), log_dir()))
    said = capsys.readouterr().out
    assert str(data_dir()) in said
    assert "Everything was removed.\nA sign-in that you did not end with “Sign out” stays valid" in said


@pytest.mark.parametrize("answer", ["", "yes", "no", "effacer"])
def test_any_other_word_removes_nothing(answer: str, kept: Path, keys: Keys) -> None:
    assert removing.run(ask=lambda: answer) == 1
    assert keys.gone == []
    assert (kept / "accounts" / "orvane-1" / "papers.db").exists()


def test_nobody_there_to_answer_removes_nothing(kept: Path, keys: Keys) -> None:
    def gone() -> str:
        raise EOFError

    assert removing.run(ask=gone) == 1
    assert keys.gone == []
    assert kept.is_dir()


def test_an_account_whose_choices_are_lost_goes_too(kept: Path, keys: Keys) -> None:
    places(demo=False)[1].unlink()
    assert removing.run(yes=True) == 0
    assert {"orvane-1", "orvane-2"} <= set(keys.gone)
    assert not kept.exists()


def test_what_no_choices_tell_goes_too(kept: Path, keys: Keys) -> None:
    """A newer version wrote the choices, and an account of the demo stands in none."""
    path = places(demo=False)[1]
    save_settings(path, Settings(accounts=(AccountEntry("orvane-1", "p"),), proxy_user="carl"))
    path.write_text(path.read_text().replace('"format": 1', '"format": 2'))
    (kept / "accounts" / "orvane-2" / "entry.json").unlink()
    save_settings(places(demo=True)[1], Settings())
    assert removing.run(yes=True) == 0
    assert set(keys.gone) == {"orvane-1", "orvane-2", "demo-claire", "proxy", "proxy-demo"}


def test_what_the_demo_kept_in_no_key_store_asks_for_none(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("selfcare.app.accounts.forget_key", lambda entry: asked.append(entry.key_place))
    sign = private_dir(places(demo=True)[0] / "accounts" / "demo-claire" / "vault") / "once"
    sign.write_bytes(b"")
    save_settings(places(demo=True)[1], Settings())
    monkeypatch.setattr("selfcare.app.removing.forget_key", lambda entry: None)
    assert removing.run(yes=True) == 0
    assert sorted(asked) == ["keyring", "keyring", "memory"]


def test_nothing_goes_under_an_open_window(kept: Path, keys: Keys, capsys: pytest.CaptureFixture[str]) -> None:
    lock = take_instance(kept)
    assert lock is not None
    with lock:
        assert removing.run(yes=True) == 2
    assert keys.gone == []
    assert (kept / "accounts" / "orvane-1" / "papers.db").exists()
    assert "Close its window" in capsys.readouterr().err


def test_a_key_store_that_is_gone_is_said(
    kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def none(timeout: float = 30.0) -> Keys:
        raise NoKeyring

    monkeypatch.setattr("selfcare.host.keychain.system_keychain", none)
    assert removing.run(yes=True) == 2
    assert not kept.exists()
    assert "still holds their keys" in capsys.readouterr().err


def test_nothing_kept_is_no_mishap(keys: Keys, capsys: pytest.CaptureFixture[str]) -> None:
    assert removing.run() == 0
    assert keys.gone == []
    assert capsys.readouterr().out == "Nothing is kept on this computer.\n"


@pytest.mark.usefixtures("kept", "keys")
def test_behind_a_link_to_another_disk_what_is_ours_goes_and_nothing_else(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    data_dir().rename(disk)
    data_dir().symlink_to(disk, target_is_directory=True)
    (disk / "mine.txt").write_text("mine")
    assert removing.run(yes=True) == 0
    assert not data_dir().is_symlink()
    assert [path.name for path in disk.rglob("*")] == ["mine.txt"]
