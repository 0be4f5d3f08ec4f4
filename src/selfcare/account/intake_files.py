"""Where the files come from that become bills: the customer's folders and files, and archives that were named."""

from __future__ import annotations

import errno
import os
import stat
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from selfcare.domain.intake import ARCHIVES, Fate, IntakeTally, Outcome
from selfcare.domain.records import Struct
from selfcare.paper.sheet import LARGEST_PDF

from .farewell import CHECKSUMS

LOOKED_AT = 200
"""Entries of a folder after which others get their turn while files are being looked for."""

DEEPEST = 30
"""Folders within folders."""

MOST_MEMBERS = 200_000
"""Files of an archive: one with more is not opened."""

LARGEST_LIST = MOST_MEMBERS * 400
"""Bytes of the list of contents of an archive."""

LARGEST_END = 1 << 17
"""Bytes at the end of an archive in which the word lies where that list is: it has a remark of 64 kB at the most."""

MOST_UNPACKED = 200
"""Times its own size that an archive may come to when it is unpacked; PDFs hardly shrink, an e-invoice to a thirtieth
at the most."""

OWN_BILLS = "pdf/bills/"
"""Where bills lie in what this program exported; it has a list of checksums, and contracts and letters elsewhere."""

_ENTRY = b"PK\x01\x02"
_ENCRYPTED, _ENCRYPTED_OTHERWISE, _AES = 0x01, 0x40, 99
_DAMAGE = (BadZipFile, EOFError, ValueError, LookupError, RuntimeError, OverflowError, struct.error, zlib.error)
"""What Python's reader of archives raises where one is not as it must be; most hostile ones end in a BadZipFile."""


class Unread(Exception):
    """A file cannot be taken in; `outcome` says what became of it."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class Source(Struct, frozen=True, eq=False):
    """One file that may be a bill: its path as the customer knows it, its own name, and how its bytes are had.

    `read` is given a password, or "", and raises Unread. A name in an archive is shown, and never used as a path.
    """

    path: str
    name: str
    read: Callable[[str], bytes]

    @property
    def ending(self) -> str:
        """The last part of its name, in small letters: ".pdf"."""
        return _ending(self.name)


def sources(
    places: Sequence[Path], only: Sequence[str], tally: IntakeTally, opened: ExitStack, *, with_xml: bool
) -> Iterator[Source | None]:
    """Every file that may be a bill, folder by folder in the order of their names; None where much was looked at.

    `only`: in the place of all that, the files of these paths, as they were told of before. Archives stay open until
    `opened` is closed.
    """
    endings = {".pdf", ".xml"} if with_xml else {".pdf"}
    looked = 0
    found: Iterator[Source]
    for place in _places_of(only) if only else places:
        if place.is_dir():
            found = (_of_disk(path) for path in _within(place, 0))
        elif is_archive(place):
            found = _members(place, tally, opened)
        else:
            yield _of_disk(place)
            continue
        for source in found:
            looked += 1
            if only and source.path not in only:
                pass
            elif source.ending in endings:
                yield source
            else:
                tally.note(Fate(source.path, Outcome.OTHER))
            if looked % LOOKED_AT == 0:
                yield None


def is_archive(path: Path) -> bool:
    """Whether a file is called as archives are."""
    return _ending(path.name) in ARCHIVES


def _places_of(paths: Sequence[str]) -> tuple[Path, ...]:
    """The files on the disk in which these are: themselves, or the archive that each is a member of."""
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        inside = next((one for one in path.parents if is_archive(one) and one.is_file()), path)
        found[inside] = None
    return tuple(found)


def _ending(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f".{ending.casefold()}" if dot and stem else ""


# ---- on the disk


def _of_disk(path: Path) -> Source:
    return Source(str(path), path.name, lambda _password: _content(path))


def _content(path: Path) -> bytes:
    """The bytes of a plain file."""
    try:
        with _opened(path) as file:
            if os.fstat(file.fileno()).st_size > LARGEST_PDF:
                raise Unread(Outcome.TOO_LARGE)
            content = file.read(LARGEST_PDF + 1)
    except (OSError, UnicodeEncodeError):  # no file of this computer can be called so
        raise Unread(Outcome.CLOSED) from None
    if len(content) > LARGEST_PDF:
        raise Unread(Outcome.TOO_LARGE)
    return content


def _opened(path: Path) -> IO[bytes]:
    """A plain file, to be read; nobody waits for one that is none. Raises OSError."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    file = open(os.open(path, flags), "rb")  # noqa: PTH123, SIM115
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError("no plain file")
    return file


def _within(folder: Path, depth: int) -> Iterator[Path]:
    """The files of a folder and of those in it. What leads elsewhere (a link to a folder) is not followed.

    XML comes last: of a PDF and the same e-invoice beside it, the PDF is kept.
    """
    folders: list[Path] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: (one.name.casefold().endswith(".xml"), one.name)):
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    folders.append(Path(entry.path))
                elif entry.is_file():
                    yield Path(entry.path)
    if depth < DEEPEST:
        for inner in folders:
            yield from _within(inner, depth + 1)


# ---- in an archive


class _Guarded:
    """The file of an archive, for Python's reader of archives, which reads its list of contents whole: one of too many
    is not read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell, self.close = file.seek, file.tell, file.close

    def read(self, size: int = -1) -> bytes:
        """Some bytes. Raises Unread."""
        if size > LARGEST_LIST:
            raise Unread(Outcome.UNPACK)
        content = self._file.read(size if size >= 0 else LARGEST_END)
        if content.count(_ENTRY) > MOST_MEMBERS:
            raise Unread(Outcome.UNPACK)
        return content

    def seekable(self) -> bool:
        """As every plain file."""
        return True


class _Archive:
    """An archive that is open, and how much of it may still be unpacked."""

    def __init__(self, path: Path, opened: ExitStack) -> None:
        """Raises Unread."""
        try:
            file = opened.enter_context(_opened(path))
            self._left = LARGEST_PDF + MOST_UNPACKED * os.fstat(file.fileno()).st_size
            guarded: Any = _Guarded(file)
            self._zip = ZipFile(guarded)
        except (OSError, *_DAMAGE) as trouble:
            raise Unread(_outcome(trouble)) from None

    def members(self) -> list[ZipInfo]:
        """Its files in their order, XML last."""
        files = [one for one in self._zip.infolist() if not one.is_dir()]
        return sorted(files, key=lambda one: _ending(one.filename) == ".xml")

    def read(self, member: ZipInfo, password: str) -> bytes:
        """Unpack one of its files in memory, no more than a bill may have. Raises Unread."""
        is_locked = bool(member.flag_bits & _ENCRYPTED)
        if member.compress_type == _AES or member.flag_bits & _ENCRYPTED_OTHERWISE:
            raise Unread(Outcome.UNPACK)
        if member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise Unread(Outcome.UNPACK)
        if is_locked and not password:
            raise Unread(Outcome.LOCKED)
        if member.file_size > LARGEST_PDF:
            raise Unread(Outcome.TOO_LARGE)
        try:
            with self._zip.open(member, pwd=password.encode() if is_locked else None) as file:
                content = file.read(min(LARGEST_PDF, max(self._left, 0)) + 1)
        except (OSError, *_DAMAGE) as trouble:
            raise Unread(Outcome.LOCKED if is_locked else _outcome(trouble)) from None
        if len(content) > min(LARGEST_PDF, self._left):
            raise Unread(Outcome.TOO_LARGE)
        self._left -= len(content)
        return content


def _outcome(trouble: Exception) -> Outcome:
    """What an archive is that cannot be read: damaged where it leads out of itself, else kept from the program."""
    is_closed = isinstance(trouble, OSError) and trouble.errno != errno.EINVAL
    return Outcome.CLOSED if is_closed else Outcome.DAMAGED


def _members(path: Path, tally: IntakeTally, opened: ExitStack) -> Iterator[Source]:
    """The files of an archive; one that cannot be opened, or has none, is told of itself."""
    try:
        archive = _Archive(path, opened)
    except Unread as unread:
        tally.note(Fate(str(path), unread.outcome))
        return
    members = archive.members()
    if not members:
        tally.note(Fate(str(path), Outcome.OTHER))
    is_own = any(one.filename == CHECKSUMS for one in members)
    for member in members:
        if is_own and _ending(member.filename) == ".pdf" and not member.filename.startswith(OWN_BILLS):
            tally.note(Fate(f"{path}/{member.filename}", Outcome.OTHER))  # a contract, a letter
        else:
            yield _member(path, archive, member)


def _member(path: Path, archive: _Archive, member: ZipInfo) -> Source:
    name = member.filename.replace("\\", "/").rpartition("/")[2]
    return Source(f"{path}/{member.filename}", name, lambda password: archive.read(member, password))
