"""Lets several windows of the program do one thing one after the other, such as renewing a session."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selfcare.domain.failures import TimedOut

from .folders import disk_trouble

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LONGEST = 120.0
"""Seconds; who has the turn asks the operator three things at the most, each for half a minute."""
_TICK = 0.02


@contextmanager
def own_turn(path: Path, longest: float = LONGEST) -> Iterator[None]:
    """Wait until nobody else has the turn that the file stands for, in this process or another, and have it.

    The system takes it back when the process ends, however it ends. Raises TimedOut after `longest` seconds,
    DiskTrouble if the file cannot be opened.
    """
    try:
        number = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError as trouble:
        raise disk_trouble(trouble) from trouble
    try:
        until = time.monotonic() + longest
        while not _taken(number):
            if time.monotonic() > until:
                raise TimedOut
            time.sleep(_TICK)
        yield
    finally:
        os.close(number)


def _taken(number: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as trouble:
        raise disk_trouble(trouble) from trouble
    return True
