"""The only word of a command line: a file or a folder that is opened, or one clear sentence; commands stay commands."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import pytest

from selfcare import __main__ as command_line
from selfcare.__main__ import _parser, main
from selfcare.app.command_line import spoken
from selfcare.app.handed import COMMANDS, NOT_TAKEN, is_place


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path | None]:
    """What the window was opened with; the current folder is an empty one."""
    found: list[Path | None] = []

    def open_window(place: Path | None = None) -> int:
        found.append(place)
        return 0

    monkeypatch.setattr(command_line, "open_window", open_window)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.chdir(tmp_path)
    return found


def test_the_commands_are_those_of_the_command_line() -> None:
    group = next(one for one in spoken(_parser, str)._actions if isinstance(one, argparse._SubParsersAction))
    assert frozenset(group.choices) == COMMANDS


@pytest.mark.parametrize("name", ["mine.selfcare", "MINE.ZIP", "bill.pdf", "e.xml", "déjà vu.Pdf", "bills.d", "x.zip"])
def test_what_is_there_is_opened_wherever_it_is_looked_for(
    name: str, opened: list[Path | None], tmp_path: Path
) -> None:
    place = tmp_path / name
    place.mkdir() if name == "bills.d" else place.touch()
    for word in (name, f"./{name}", str(place)):
        assert main([word]) == 0
    assert opened == [tmp_path / name, tmp_path / name, place]
    assert all(one is not None and one.is_absolute() for one in opened)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("gone.selfcare", "There is no file or folder {place}.\n"),
        ("./gone", "There is no file or folder {place}.\n"),
        ("link.zip", "There is no file or folder {place}.\n"),
        ("photo.jpg", "{place}: Selfcare opens .selfcare, .zip, .pdf and .xml files, and folders.\n"),
    ],
)
def test_what_is_not_there_or_none_of_ours_is_said_in_one_sentence(
    word: str, said: str, opened: list[Path | None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "photo.jpg").touch()
    (tmp_path / "link.zip").symlink_to("nowhere")
    assert main([word]) == NOT_TAKEN
    assert capsys.readouterr().err == said.format(place=tmp_path / word)
    assert opened == []


def test_a_pipe_is_opened_and_nobody_waits_for_it(opened: list[Path | None], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    assert main(["pipe.pdf"]) == 0
    assert opened == [tmp_path / "pipe.pdf"], "taking it in says that it may not be read"


def test_the_name_of_a_command_is_that_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (*COMMANDS, "--version"):
        (tmp_path / name).mkdir()
        assert not is_place(name)
    assert is_place("./demo")
    assert not is_place("")
    assert not is_place("nothing")


def test_an_export_with_an_own_ending_is_no_file_to_open(opened: list[Path | None], tmp_path: Path) -> None:
    (tmp_path / "mine.selfcare").touch()
    with pytest.raises(SystemExit) as ended:
        main(["mine.selfcare", "other.selfcare"])
    assert ended.value.code == 2
    assert opened == []
