"""Where a second start of the program finds the window that is open, and the one thing that it may say to it."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from pathlib import Path

from selfcare.domain.records import Struct

LARGEST = 4096
"""Bytes of what is said."""

ANSWER = b"ok\n"
"""What the window answers once it has understood."""

_LONGEST_PATH = 100
"""Bytes of the path of a socket: macOS takes 103, Linux 107."""


class Call(Struct, frozen=True):
    """What a second start says: which version it is, and the file that it was started with ("" for none)."""

    version: str
    place: str = ""


def meeting_point(home: Path) -> str:
    """The address of the window that works on this home; "" where this computer has no place for one.

    It lies where this user alone may go: in the folder of the session, else in the home itself. On Windows it is the
    name of a pipe.
    """
    name = f"selfcare-{hashlib.sha256(os.fsencode(home.absolute())).hexdigest()[:24]}"
    if sys.platform == "win32":
        return name
    session = os.environ.get("XDG_RUNTIME_DIR", "")
    places = [Path(session) / name] if session and Path(session).is_absolute() else []
    places.append(home.absolute() / "window")
    return next((str(one) for one in places if len(os.fsencode(one)) <= _LONGEST_PATH and _is_private(one.parent)), "")


def written(call: Call) -> bytes:
    """A call as it is said; empty where it is too long to be said."""
    facts = {"version": call.version, "open": call.place}
    said = json.dumps(facts, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
    return said if len(said) <= LARGEST else b""


def read_call(said: bytes) -> Call | None:
    """A call that was said; None for anything else."""
    if len(said) > LARGEST or not said.endswith(b"\n"):
        return None
    try:
        facts = json.loads(said.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(facts, dict) or facts.keys() != {"version", "open"}:
        return None
    version, place = facts["version"], facts["open"]
    if not isinstance(version, str) or not isinstance(place, str):
        return None
    if "\0" in place or (place and not Path(place).is_absolute()):
        return None
    try:
        os.fsencode(place)
    except UnicodeEncodeError:  # no file of this computer can be called so
        return None
    return Call(version, place)


def _is_private(folder: Path) -> bool:
    """Whether the folder is this user's, and nobody else may go into it."""
    if sys.platform == "win32":
        return True
    try:
        state = folder.stat()
    except OSError:
        return False
    return stat.S_ISDIR(state.st_mode) and state.st_uid == os.geteuid() and not state.st_mode & 0o077
