"""A start that cannot be: a full disk, a folder in the way, newer files, a missing library; each with what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from selfcare.app import start
from selfcare.app.no_start import PACKAGES, closed_folder, library_of
from selfcare.domain.failures import DiskTrouble, VaultNewer
from selfcare.viewmodel.no_start import library_missing, trouble_at_start
from tests.conftest import ROOT
from tests.samples import words


def started(home: Path, *command: str) -> tuple[int, str]:
    """The program started with this home, without a screen: its exit status and what it said."""
    environment = {
        **os.environ, "SELFCARE_HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "LANGUAGE": "en",
        "PYTHONPATH": str(ROOT / "src"),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "selfcare", *command],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stderr


def test_a_file_where_its_folder_should_be_is_said_in_one_sentence(tmp_path: Path) -> None:
    home = tmp_path / "Zoë Müller"
    home.write_text("in the way")
    status, said = started(home)
    assert status == 1
    assert f"the folder {home} cannot be made or read" in said
    assert "Traceback" not in said
    assert home.read_text() == "in the way"


def test_an_export_says_it_on_the_terminal_too(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("in the way")
    status, said = started(home, "export", str(tmp_path / "x"), "--bills")
    assert status == 1
    assert f"the folder {home} cannot be made or read" in said
    assert "Traceback" not in said
    assert not (tmp_path / "x").exists()


def test_an_older_program_leaves_newer_choices_alone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "config" / "settings.json"
    path.parent.mkdir(parents=True)
    path.write_text('{"format": 99}')
    status, said = started(tmp_path / "home")
    assert status == 1
    assert "Install the newer one again" in said
    assert path.read_text() == '{"format": 99}'


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def lacks(*_facts: object, **_more: object) -> None:
        raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(start, "start", lacks)
    monkeypatch.setattr(start, "harden", lambda: ())
    assert start.run(demo=False) == 1
    assert "libEGL.so.1" in (said := capsys.readouterr().err)
    assert "sudo apt install libegl1" in said


def test_the_package_of_a_missing_library_is_one_that_the_set_up_installs() -> None:
    setup = (ROOT / "installers" / "setup.sh").read_text("utf-8")
    assert [one for one in PACKAGES.values() if one not in setup and one != "libxcb1"] == []
    assert library_missing("libother.so.3", "", words()).endswith("system’s packages.")


def test_another_mistake_of_loading_is_not_called_a_library() -> None:
    assert library_of(ImportError("cannot import name 'x' from 'selfcare.app'")) == ""
    assert library_of(ImportError("DLL load failed: Qt6Core.dll not found")) == "Qt6Core.dll"


def test_the_folder_that_is_closed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELFCARE_HOME", str(tmp_path / "home"))
    assert closed_folder() == ""
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != tmp_path)
    assert closed_folder() == str(tmp_path)
    said = trouble_at_start(DiskTrouble("readonly"), words(), closed_folder())
    assert str(tmp_path) in said
    assert "Give that folder back" in said


def test_each_trouble_says_something_else_to_do() -> None:
    troubles = (VaultNewer(), DiskTrouble("full"), DiskTrouble("readonly"), DiskTrouble("io"))
    assert len({trouble_at_start(one, words()) for one in troubles}) == len(troubles)
