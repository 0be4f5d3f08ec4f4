"""Where things are kept: private folders, and built-in files that cannot be escaped from."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from selfcare.domain.failures import DiskTrouble
from selfcare.host.folders import (
    cache_dir,
    config_dir,
    data_dir,
    disk_trouble,
    log_dir,
    plain_bytes,
    private_dir,
    resource,
    resources_root,
)


def test_one_variable_moves_all_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SELFCARE_HOME", str(tmp_path))
    assert [one() for one in (data_dir, config_dir, cache_dir, log_dir)] == [
        tmp_path / name for name in ("data", "config", "cache", "log")
    ]


def test_without_it_they_are_where_the_system_wants_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SELFCARE_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "conf"))
    assert {data_dir(), config_dir()} == {tmp_path / "share" / "selfcare", tmp_path / "conf" / "selfcare"}
    assert len({data_dir(), config_dir(), cache_dir(), log_dir()}) == 4


def test_a_private_folder_and_those_above_it_are_for_this_user_only(tmp_path: Path) -> None:
    made = private_dir(tmp_path / "a" / "b")
    assert [stat.S_IMODE(one.stat().st_mode) for one in (made, made.parent)] == [0o700, 0o700]


def test_an_open_folder_is_narrowed(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o755)
    private_dir(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_file_in_the_place_of_a_folder_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    for path in (tmp_path / "x", tmp_path / "x" / "y"):
        with pytest.raises(DiskTrouble):
            private_dir(path)


@pytest.mark.parametrize(
    ("number", "what"),
    [(errno.ENOSPC, "full"), (errno.EDQUOT, "full"), (errno.EROFS, "readonly"), (errno.EACCES, "readonly"), (5, "io")],
)
def test_the_system_s_errors_have_our_names(number: int, what: str) -> None:
    assert disk_trouble(OSError(number, "")) == DiskTrouble(what)


def test_built_in_files_are_found_in_the_source_tree() -> None:
    assert resource("rules", "gb.toml") == resource("rules/gb.toml") == resources_root() / "rules" / "gb.toml"
    assert resources_root().is_dir()


@pytest.mark.parametrize(
    "parts", [("..", "x"), ("rules/../../x",), ("/etc/passwd",), ("rules", "/etc"), ("a\\b",), ("C:x",)]
)
def test_no_path_leads_out_of_the_built_in_files(parts: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="built-in"):
        resource(*parts)


def test_the_start_of_the_program_loads_no_heavy_library() -> None:
    code = (
        "import sys, selfcare.host.folders, selfcare.host.settings, selfcare.host.keychain, selfcare.host.instance;"
        "print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert "selfcare.host.keychain" in loaded
    assert set(loaded).isdisjoint({"keyring", "platformdirs", "argon2", "ctypes", "secrets", "logging", "asyncio"})


@pytest.mark.skipif(sys.platform == "win32", reason="homes are elsewhere there")
def test_without_a_home_in_the_environment_they_are_still_found() -> None:
    code = (
        "from selfcare.host.folders import data_dir, log_dir; print(data_dir().is_absolute(), log_dir().is_absolute())"
    )
    bare = {name: value for name, value in os.environ.items() if name in {"PATH", "PYTHONPATH", "LANG"}}
    assert subprocess.check_output([sys.executable, "-c", code], env=bare) == b"True True\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc may not be written, by nobody")
def test_a_place_where_nothing_may_be_written_is_a_failure_with_a_name() -> None:
    with pytest.raises(DiskTrouble):
        private_dir(Path("/proc/selfcare"))


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices have no names elsewhere")
def test_a_pipe_or_a_device_is_no_file_of_ours(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    (tmp_path / "plain").write_bytes(b"plain words")
    found = {name: plain_bytes(tmp_path / name, 5) for name in ("pipe", "zero", "plain", "")}
    assert found == {"pipe": None, "zero": None, "plain": b"plain", "": None}
    with pytest.raises(FileNotFoundError):
        plain_bytes(tmp_path / "absent", 5)
