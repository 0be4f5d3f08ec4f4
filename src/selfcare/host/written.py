"""A file that this program has just written where the customer chose, and whether it is still that file."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from selfcare.domain.records import Struct

from .folders import disk_trouble

PDF = b"%PDF-"


class Written(Struct, frozen=True):
    """What was written: where, and how the system knows it again. `noted` is when the system last noted a change of
    it, which nobody can set back; 0 on Windows, where that is when it was made. `is_pdf`: it begins as a PDF and is
    named as one."""

    path: Path
    device: int
    number: int
    size: int
    changed: int
    noted: int
    is_pdf: bool


def write_file(path: Path, content: bytes) -> Written:
    """Write the bytes over whatever is there; a disk that refuses is told as `DiskTrouble`. Not for the screen."""
    try:
        with path.open("wb") as file:
            file.write(content)
            inside = os.fstat(file.fileno())
        seen = os.lstat(path)  # once it is closed: some systems set its time only then
    except OSError as trouble:
        raise disk_trouble(trouble) from trouble
    is_same = (inside.st_dev, inside.st_ino) == (seen.st_dev, seen.st_ino)
    is_pdf = is_same and content.startswith(PDF) and path.suffix.casefold() == ".pdf"
    return Written(path, *_seen(seen), is_pdf)


def is_as_written(file: Written) -> bool:
    """Whether the very file is still there, no link in its place, and nobody has written to it since."""
    try:
        seen = os.lstat(file.path)
    except OSError:
        return False
    before = (file.device, file.number, file.size, file.changed, file.noted)
    return stat.S_ISREG(seen.st_mode) and _seen(seen) == before


def _seen(seen: os.stat_result) -> tuple[int, int, int, int, int]:
    noted = 0 if sys.platform == "win32" else seen.st_ctime_ns
    return seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns, noted
