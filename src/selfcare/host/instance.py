"""Only one window of the program works on a customer's files at a time."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType

from .folders import disk_trouble, private_dir

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class InstanceLock:
    """The right to work on a folder. The system takes it back when the process ends, however it ends."""

    def __init__(self, number: int) -> None:
        self._number: int | None = number

    def release(self) -> None:
        """Give the right back; doing it twice does nothing."""
        if self._number is not None:
            os.close(self._number)
            self._number = None

    def __enter__(self) -> InstanceLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, trouble: BaseException | None, at: TracebackType | None
    ) -> None:
        self.release()


def take_instance(folder: Path) -> InstanceLock | None:
    """Take the right to work on the folder, or None if another process (or window) has it. Raises DiskTrouble.

    The lock stands on an open file, not on a process number, which another program may get.
    """
    private_dir(folder)
    try:
        number = os.open(folder / "instance.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as trouble:
        raise disk_trouble(trouble) from trouble
    try:
        if sys.platform == "win32":
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        os.close(number)
        return None
    except OSError as trouble:
        os.close(number)
        raise disk_trouble(trouble) from trouble
    return InstanceLock(number)
