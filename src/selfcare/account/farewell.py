"""Writes the farewell pack where the customer wants it: whole and under its name, or nothing at all."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from selfcare.domain.failures import PackTrouble
from selfcare.domain.farewell import Pack, PackFile, PackStep

from .owned import Owned

if TYPE_CHECKING:
    from .session import Session

CHECKSUMS = "CHECKSUMS.sha256"
_UNFINISHED = ".partial"
_FULL = {errno.ENOSPC, errno.EDQUOT}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO}
_NAME = {errno.ENAMETOOLONG, errno.EINVAL}


class _Place(Protocol):
    """Where the files go: a folder, or one file with all of them in it."""

    def open(self, path: str) -> IO[bytes]: ...
    def close(self) -> None: ...
    def discard(self) -> None: ...


def farewell(
    session: Session, pack_of: Callable[[Owned], Pack], target: Path, *, as_zip: bool = False
) -> Iterator[PackStep]:
    """Write everything the customer owns to `target`, one part at each step; see write_pack.

    `pack_of` makes the pack (viewmodel.farewell.farewell_pack). All is read as it was at the first step, through
    connections of its own: for any one thread at a time. Raises PackTrouble, and what opening the vault raises.
    """
    vault = session.open_again()
    try:
        vault.hold()
        yield from write_pack(pack_of(Owned(vault, session.profile)), target, as_zip=as_zip)
    finally:
        vault.close()


def write_pack(pack: Pack, target: Path, *, as_zip: bool) -> Iterator[PackStep]:
    """Write a pack to `target` (a folder that is not there yet, or with `as_zip` a file), one part at each step.

    It grows beside the target under the name "….partial", readable by this user alone, and gets its name once it is
    whole, with the checksums of its files. Ended before its last step (an error, or the iterator is closed), it leaves
    nothing. Raises PackTrouble, and what reading the vault raises.
    """
    partial = target.with_name(target.name + _UNFINISHED)
    with _troubles(target):
        _refuse_existing(target, partial)
        place: _Place = _ZipFile(partial, pack.at) if as_zip else _Folder(partial)
        try:
            yield from _filled(pack, place)
            place.close()
            _refuse_existing(target)
            partial.rename(target)
        except BaseException:
            place.discard()
            raise


def free_target(folder: Path, name: str, ending: str = "") -> Path:
    """Where a pack of a name can go in a folder: under that name, or with the next free number after it.

    `ending` is that of a file (".zip", ".selfcare"), "" for a folder.
    """
    target, number = folder / f"{name}{ending}", 2
    while _is_there(target):
        target, number = folder / f"{name} ({number}){ending}", number + 1
    return target


def _filled(pack: Pack, place: _Place) -> Iterator[PackStep]:
    sums: list[str] = []
    done = 0
    for file in pack.files:
        if file is None:
            yield PackStep("", min(done, pack.total), pack.total)
            continue
        digest = hashlib.sha256()
        with place.open(file.path) as out:
            for part in file.parts:
                out.write(part)
                digest.update(part)
                done += 1
                yield PackStep(file.path, min(done, pack.total), pack.total)
        sums.append(f"{digest.hexdigest()}  {file.path}\n")
    own = PackFile(CHECKSUMS, ["".join(sorted(sums, key=lambda line: line[66:])).encode()])
    with place.open(own.path) as out:
        for part in own.parts:
            out.write(part)


class _Folder:
    """The pack as a folder."""

    def __init__(self, path: Path) -> None:
        path.mkdir(mode=0o700)
        self._path = path
        self._made = {path}

    def open(self, path: str) -> IO[bytes]:
        """A new file, for this user alone."""
        place = self._path.joinpath(*_parts(path))
        for folder in reversed(place.parents):
            if self._path in folder.parents and folder not in self._made:
                folder.mkdir(mode=0o700)
                self._made.add(folder)
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
        return open(os.open(place, flags, 0o600), "wb")  # noqa: PTH123

    def close(self) -> None:
        """Everything is written."""

    def discard(self) -> None:
        """Take away what was written."""
        shutil.rmtree(self._path, ignore_errors=True)


class _ZipFile:
    """The pack as one .zip file. PDFs are stored as they are: they are packed already."""

    def __init__(self, path: Path, at: datetime) -> None:
        self._path = path
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0)
        self._file = open(os.open(path, flags, 0o600), "w+b")  # noqa: PTH123, SIM115
        self._zip = ZipFile(self._file, "w", ZIP_DEFLATED)
        self._moment = (max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second)

    def open(self, path: str) -> IO[bytes]:
        """A new file in it; one at a time."""
        info = ZipInfo("/".join(_parts(path)), self._moment)
        info.create_system = 3
        info.external_attr = (stat.S_IFREG | 0o600) << 16
        info.compress_type = ZIP_STORED if path.endswith(".pdf") else ZIP_DEFLATED
        return self._zip.open(info, "w")

    def close(self) -> None:
        """Write the list of contents, through to the disk."""
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def discard(self) -> None:
        """Take away what was written, without writing a list of contents first."""
        self._zip.fp = None
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._path.unlink()


def _parts(path: str) -> list[str]:
    parts = path.split("/")
    if any(part in {"", ".", ".."} or "\\" in part or ":" in part for part in parts):
        raise ValueError("a path of the pack stays in the pack")
    return parts


def _refuse_existing(target: Path, partial: Path | None = None) -> None:
    if _is_there(target):
        raise PackTrouble("exists", target.name)
    if partial is not None and _is_there(partial):
        raise PackTrouble("unfinished", partial.name)


def _is_there(path: Path) -> bool:
    return os.path.lexists(path)


@contextmanager
def _troubles(target: Path) -> Iterator[None]:
    """Say which trouble of the disk an error of the operating system is."""
    try:
        yield
    except OSError as error:
        raise PackTrouble(_what(error), target.name) from error


def _what(error: OSError) -> str:
    code = error.errno
    if code in {errno.EEXIST, errno.ENOTEMPTY}:
        return "exists"
    kinds = ((_FULL, "full"), (_REFUSED, "readonly"), (_GONE, "gone"), (_NAME, "name"), ({errno.EFBIG}, "large"))
    return next((what for codes, what in kinds if code in codes), "io")
