"""What a second start says to the window that is open, where it finds it, and everything that is no call."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from selfcare.host.meeting import LARGEST, Call, meeting_point, read_call, written


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder with a short path: an address takes no long one."""
    with tempfile.TemporaryDirectory(prefix="s") as folder:
        yield Path(folder)


@pytest.mark.parametrize("place", ["", "/home/é/mes factures.selfcare", "/x/\udcff.zip", "/" + "x" * 3000])
def test_what_is_said_is_understood(place: str) -> None:
    call = Call("0.1.0", place)
    assert read_call(written(call)) == call


def test_a_path_that_is_too_long_is_not_said() -> None:
    assert written(Call("0.1.0", "/" + "x" * LARGEST)) == b""


HALF = b'{"version": "1", "open": "/a\\ud800.pdf"}\n' if sys.platform != "win32" else b""
"""Half a character: on Linux and macOS no file can be called so."""


def said(**facts: object) -> bytes:
    return json.dumps(facts).encode() + b"\n"


@pytest.mark.parametrize(
    "foreign",
    [
        b"", b"\n", b"hello\n", b"[]\n", b"{}\n", b'{"version": "1", "open": ""}', said(version="1"), said(open=""),
        said(version=1, open=""), said(version="1", open=None), said(version="1", open="mine.zip"),
        said(version="1", open="../mine.zip"), said(version="1", open="/a\0b"), HALF,
        said(version="1", open="", run="x"),
        b"[" * 4000 + b"\n", b"\xff\xfe\n", b"GET / HTTP/1.1\r\n\r\n", b" " * LARGEST + said(version="1", open=""),
    ],
    ids=lambda one: repr(one[:30]),
)  # fmt: skip
def test_anything_else_is_dropped(foreign: bytes) -> None:
    assert read_call(foreign) is None


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe has no folder")
def test_every_home_has_its_own_place_where_nobody_else_may_go(short: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session, home = short / "run", short / "home"
    for folder in (session, home, home / "demo"):
        folder.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(session))
    own, demo = meeting_point(home), meeting_point(home / "demo")
    assert Path(own).parent == session
    assert own != demo
    assert own == meeting_point(home)
    session.chmod(0o755)
    places = {Path(meeting_point(home)).parent, Path(meeting_point(home / "demo")).parent}
    assert places == {home, home / "demo"}, "a folder where others look in is none"
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    home.chmod(0o750)
    assert meeting_point(home) == ""
    deep = short / ("x" * 120)
    deep.mkdir(mode=0o700)
    assert meeting_point(deep) == "", "no system takes an address of this length"
