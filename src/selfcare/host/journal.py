"""The program's log: private, small, turned over, and with nothing of the customer in it."""

from __future__ import annotations

import errno
import faulthandler
import logging
import os
import stat
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from .folders import disk_trouble, private_dir

LARGEST, OLD_ONES = 1 << 20, 3
QUIET = ("httpx", "httpcore", "keyring", "asyncio", "uvicorn", "urllib3")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def start_log(folder: Path, debug: bool = False) -> Path:
    """Write the log to `selfcare.log` in this folder (1 MiB, three older ones kept) and return its path.

    The network libraries stay at WARNING whatever `debug` says: httpx writes whole addresses, codes included.
    A crash of the interpreter itself leaves its trace in `crash.txt`. Raises DiskTrouble.
    """
    private_dir(folder)
    path = folder / "selfcare.log"
    try:
        log = PrivateFile(path)
        crash = _open_own(folder / "crash.txt", os.O_TRUNC)
    except OSError as trouble:
        raise disk_trouble(trouble) from trouble
    log.setFormatter(RedactedFormatter())
    logging.raiseExceptions = False  # its report would print the raw facts
    root = logging.getLogger()
    stop_log()
    log.keep_crashes(crash)
    root.addHandler(log)
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    return path


def stop_log() -> None:
    """Close the log file, if one is open."""
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, PrivateFile)]:
        root.removeHandler(handler)
        handler.close()


class PrivateFile(logging.FileHandler):
    """A log file that only this user can read, turned over when it is full.

    The standard library has one that turns over; it comes with sockets and pickles, which cost time at every start.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8", errors="backslashreplace")
        self._crash: int | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, into a fresh file where the old one is full. A disk that refuses does not stop the program."""
        try:
            if self.stream is not None and self.stream.tell() > LARGEST:
                self._turn_over()
        except (OSError, ValueError):
            self.handleError(record)
        super().emit(record)

    def keep_crashes(self, number: int) -> None:
        """Let a crash of the interpreter write its trace to this open file."""
        self._crash = number
        faulthandler.enable(number)

    def close(self) -> None:
        """Close both files."""
        super().close()
        if self._crash is not None:
            faulthandler.disable()
            os.close(self._crash)
            self._crash = None

    def _turn_over(self) -> None:
        path = Path(self.baseFilename)
        if self.stream is not None:
            self.stream.close()
        for number in range(OLD_ONES, 0, -1):
            older = path.with_name(f"{path.name}.{number - 1}") if number > 1 else path
            if older.exists():
                older.replace(path.with_name(f"{path.name}.{number}"))
        self.stream = self._open()  # type: ignore[no-untyped-call]

    def _open(self):  # type: ignore[no-untyped-def]  # the standard library leaves it untyped
        number = _open_own(Path(self.baseFilename), os.O_APPEND)
        if hasattr(os, "fchmod"):
            os.fchmod(number, 0o600)
        return os.fdopen(number, "a", encoding=self.encoding, errors=self.errors)


def _open_own(path: Path, how: int) -> int:
    """Open a file to write to. What stands in its place and is a link, a pipe or a file with another name too goes
    first, and nothing behind it is touched. Raises OSError."""
    with suppress(FileNotFoundError):
        state = path.lstat()
        if not stat.S_ISDIR(state.st_mode) and (not stat.S_ISREG(state.st_mode) or state.st_nlink > 1):
            path.unlink()
    careful = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    number = os.open(path, os.O_WRONLY | os.O_CREAT | how | careful, 0o600)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(errno.EINVAL, "no ordinary file")
    return number


class RedactedFormatter(logging.Formatter):
    """One line a record: instant (UTC), level, room, message without secrets; a trace names places and types only."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, followed by the trace if the record carries one."""
        from .redaction import redact  # three dozen patterns, compiled at the first line rather than at every start

        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):
            message = "(a log line whose facts do not fit its sentence)"
        line = f"{moment}.{int(record.msecs):03d}Z {record.levelname} {record.name}: {redact(message)}"
        if record.exc_info and record.exc_info[1] is not None:
            line = f"{line}\n{trace(record.exc_info[1])}"
        return line.replace("\n", "\n  ")


def trace(trouble: BaseException) -> str:
    """Where an exception came from: files, lines, functions and types, never its text and never a variable.

    An exception's text may quote what it stumbled over, which may be the customer's.
    """
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = trouble
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(type(current).__qualname__)
        walk = current.__traceback__
        while walk is not None:
            code = walk.tb_frame.f_code
            place = "/".join(Path(code.co_filename).parts[-2:])
            lines.append(f"  {place}:{walk.tb_lineno} {code.co_name}")
            walk = walk.tb_next
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\n".join(lines)
