"""The start at login: off until asked for, written as each system wants it, and gone without a trace."""

from __future__ import annotations

import plistlib
import re
import shutil
import subprocess
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from selfcare.app import removing
from selfcare.domain.failures import DiskTrouble
from selfcare.host import login_start
from selfcare.host.login_start import (
    desktop_entry,
    entry_file,
    may_start_at_login,
    set_start_at_login,
    start_command,
    starts_at_login,
    windows_command,
)


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home with a space and accents, and nothing in it."""
    made = tmp_path / "Zoë Müller"
    made.mkdir()
    monkeypatch.delenv("SELFCARE_HOME", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("HOME", str(made))
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    return made


@pytest.mark.parametrize("system", ["linux", "darwin"])
def test_off_on_and_off_again_leaves_nothing(home: Path, system: str) -> None:
    assert not starts_at_login(system)
    set_start_at_login(True, system)
    assert starts_at_login(system)
    assert home in entry_file(system).parents
    set_start_at_login(False, system)
    set_start_at_login(False, system)
    assert not starts_at_login(system)
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_the_entry_is_one_that_desktops_read(home: Path) -> None:
    set_start_at_login(True, "linux")
    text = entry_file("linux").read_text("utf-8")
    assert text.startswith("[Desktop Entry]\nType=Application\n")
    assert "--at-login" in text
    assert entry_file("linux") == home / ".config" / "autostart" / "io.github.selfcare.desktop"
    if validate := shutil.which("desktop-file-validate"):
        done = subprocess.run([validate, str(entry_file("linux"))], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("program", ["/opt/my apps/selfcare", '/opt/a"b/$x`y/100%/back\\slash', "/home/zoë/é"])
def test_any_path_comes_back_whole(program: str) -> None:
    lines = dict(line.split("=", 1) for line in desktop_entry([program, "--at-login"]).decode().splitlines()[1:])
    value = lines["Exec"].replace("\\\\", "\\")  # what the file escapes
    parts = [re.sub(r'\\(["`$\\])', r"\1", part) for part in re.findall(r'"((?:[^"\\]|\\.)*)"', value)]
    assert [part.replace("%%", "%") for part in parts] == [program, "--at-login"]
    assert lines["TryExec"].replace("\\\\", "\\") == program


def test_a_bundle_starts_itself_and_a_source_its_module() -> None:
    assert start_command("/opt/selfcare", is_bundle=True) == ["/opt/selfcare", "--at-login"]
    assert start_command("/usr/bin/python3", is_bundle=False) == ["/usr/bin/python3", "-m", "selfcare", "--at-login"]


def test_the_agent_of_a_mac_starts_once(home: Path) -> None:
    set_start_at_login(True, "darwin")
    agent = plistlib.loads(entry_file("darwin").read_bytes())
    assert agent["RunAtLoad"] is True
    assert agent["KeepAlive"] is False
    assert agent["ProgramArguments"][-1] == "--at-login"


class Registry:
    """The part of the registry of Windows that is asked here."""

    HKEY_CURRENT_USER, KEY_SET_VALUE, REG_SZ = "hkcu", 2, 1

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def key(self, *_facts: Any) -> Any:
        """A key that is closed after use."""
        return nullcontext(self)

    OpenKey = CreateKeyEx = key

    def QueryValueEx(self, _key: Any, name: str) -> tuple[str, int]:
        """A value, or as Windows says that there is none."""
        if name not in self.values:
            raise FileNotFoundError(name)
        return self.values[name], 1

    def SetValueEx(self, _key: Any, name: str, _zero: int, _kind: int, value: str) -> None:
        """Write it."""
        self.values[name] = value

    def DeleteValue(self, _key: Any, name: str) -> None:
        """Take it away."""
        if self.values.pop(name, None) is None:
            raise FileNotFoundError(name)


@pytest.mark.usefixtures("home")
def test_windows_keeps_one_value_of_this_user(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = Registry()
    monkeypatch.setattr(login_start, "_registry", lambda: registry)
    assert not starts_at_login("win32")
    set_start_at_login(True, "win32")
    assert starts_at_login("win32")
    assert registry.values["Selfcare"].endswith("--at-login")
    set_start_at_login(False, "win32")
    set_start_at_login(False, "win32")
    assert registry.values == {}
    assert windows_command([r"C:\Program Files\Selfcare\selfcare.exe", "--at-login"]) == (
        r'"C:\Program Files\Selfcare\selfcare.exe" --at-login'
    )


@pytest.mark.usefixtures("home")
def test_a_folder_that_may_not_be_written_is_said(home: Path) -> None:
    (home / ".config").write_text("in the way")
    with pytest.raises(DiskTrouble):
        set_start_at_login(True, "linux")
    assert not starts_at_login("linux")


def test_a_home_of_its_own_is_nothing_a_login_knows(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    set_start_at_login(True, "linux")
    monkeypatch.setenv("SELFCARE_HOME", str(home / "own"))
    assert not may_start_at_login()
    assert not starts_at_login("linux")
    set_start_at_login(False, "linux")
    monkeypatch.delenv("SELFCARE_HOME")
    assert starts_at_login("linux"), "a program with a home of its own took the other's entry away"


def test_removing_the_data_removes_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    set_start_at_login(True)
    assert removing.run(yes=True) == 0
    assert not starts_at_login()
    assert [path for path in home.rglob("*") if path.is_file()] == []
    assert capsys.readouterr().out
