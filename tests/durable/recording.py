"""A file system for SQLite that writes down every write and every flush, so that a power cut can be played anywhere.

What a flush returned for is on the disk; of what came after it, anything may be: nothing, some of it in any order, or
pieces of 512 bytes. The files are not encrypted here: the cipher changes bytes within a page, not when they are
flushed, and the statements that decide that are the program's own (store.database.settle).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import apsw

NAME = "recording"
SECTOR = 512


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a file: write, truncate, delete, sync; or a `mark`: the program told of a commit."""

    kind: str
    file: str
    offset: int = 0
    data: bytes = b""


@dataclass
class Recording:
    """All steps, in order."""

    steps: list[Step] = field(default_factory=list)

    def mark(self, told: int) -> None:
        """The program was told that so many commits are safe."""
        self.steps.append(Step("mark", "", told))

    def told_before(self, cut: int) -> int:
        """How many commits had been told safe when the power went."""
        return max((s.offset for s in self.steps[:cut] if s.kind == "mark"), default=0)

    def after_cut(self, cut: int, way: str, chance: Random) -> dict[str, bytes]:
        """The files as the disk holds them after a power cut. `way`: lost, half, torn."""
        files: dict[str, bytearray] = {}
        loose: dict[str, list[Step]] = {}
        for step in self.steps[:cut]:
            if step.kind == "sync":
                _apply(files, loose.pop(step.file, ()))
            elif step.kind != "mark":
                loose.setdefault(step.file, []).append(step)
        for steps in loose.values():
            _apply(files, _survivors(steps, way, chance))
        return {name: bytes(held) for name, held in files.items()}


def _survivors(steps: list[Step], way: str, chance: Random) -> list[Step]:
    if way == "lost":
        return []
    kept = [step for step in steps if chance.random() < 0.5]
    if way == "half":
        chance.shuffle(kept)
        return kept
    torn = []
    for step in kept:
        if step.kind != "write":
            torn.append(step)
            continue
        starts = [start for start in range(0, len(step.data), SECTOR) if chance.random() < 0.5]
        torn += [Step("write", step.file, step.offset + s, step.data[s : s + SECTOR]) for s in starts]
    return torn


def _apply(files: dict[str, bytearray], steps: Iterable[Step]) -> None:
    for step in steps:
        if step.kind == "delete":
            files.pop(step.file, None)
            continue
        held = files.setdefault(step.file, bytearray())
        if step.kind == "truncate":
            del held[step.offset :]
            continue
        end = step.offset + len(step.data)
        if len(held) < end:
            held.extend(bytes(end - len(held)))
        held[step.offset : end] = step.data


class RecordingVFS(apsw.VFS):  # type: ignore[misc]
    """Hands everything on to the system and writes it down."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        super().__init__(NAME, "unix")

    def xDelete(self, name: str, must_last: bool) -> None:
        file = Path(name).name
        self.recording.steps.append(Step("delete", file))
        if must_last:
            self.recording.steps.append(Step("sync", file))
        super().xDelete(name, must_last)

    def xOpen(self, name: Any, flags: list[int]) -> RecordingFile:
        return RecordingFile(self.recording, name, flags)


class RecordingFile(apsw.VFSFile):  # type: ignore[misc]
    """One open file."""

    def __init__(self, recording: Recording, name: Any, flags: list[int]) -> None:
        self._recording = recording
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        self._file = Path(path).name
        super().__init__("unix", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._recording.steps.append(Step("write", self._file, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        self._recording.steps.append(Step("truncate", self._file, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        self._recording.steps.append(Step("sync", self._file))
        super().xSync(flags)
