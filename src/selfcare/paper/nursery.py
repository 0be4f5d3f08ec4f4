"""Makes a fresh process for each of many PDFs in a moment: the copy of one that has everything loaded and reads none.

Starting the reading process takes some tenths of a second, most of it to load Python and the PDF engine. On Linux one
process, the nursery, loads them once and is then copied (fork) for each document. The copy closes its cage before it
is given a byte, answers for its one document and is killed; nothing goes from it to the nursery, so no document can
change how the next one is read. What the copies share is the layout of their memory: after NEST of them, and after
one that was lost, whoever asks for them starts another nursery (see `Nursery.is_used_up`).
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import struct
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from subprocess import DEVNULL, Popen, TimeoutExpired
from typing import IO

NEST = 500
"""Documents for which one nursery is copied."""

PATIENCE = 30.0
"""Seconds for an answer of the nursery, which a busy computer may need to start it."""

_REQUEST, _ANSWER = struct.Struct("=ci"), struct.Struct("=i")
_START, _END, _LIVES = b"s", b"e", b"l"
_PR_SET_PDEATHSIG = 1


class Nursery:
    """The process that is copied, and the line to it. For threads of one program at once."""

    def __init__(self, command: list[str], folder: Path, environment: dict[str, str]) -> None:
        """Start it in this empty private folder. Raises OSError where that cannot be."""
        self._lock = threading.Lock()
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._line.settimeout(PATIENCE)
        self._copies = 0
        try:
            self._process = Popen(  # noqa: S603  # this very program
                command, stdin=theirs.fileno(), stdout=DEVNULL, stderr=DEVNULL, cwd=folder, env=environment
            )
        except OSError:
            self._line.close()
            raise
        finally:
            theirs.close()

    @property
    def is_used_up(self) -> bool:
        """It has been copied often enough, or is gone."""
        return self._copies >= NEST or self._process.poll() is not None

    def start(self) -> Copy:
        """A process for one document. Raises OSError where there is none to be had."""
        requests, to_copy = os.pipe()
        from_copy, answers = os.pipe()
        try:
            pid = self._ask(_START, 0, [requests, answers])
            if pid <= 0:
                raise OSError("no process")
        except OSError:
            os.close(to_copy)
            os.close(from_copy)
            raise
        finally:
            os.close(requests)
            os.close(answers)
        self._copies += 1
        return Copy(self, pid, os.fdopen(to_copy, "wb"), os.fdopen(from_copy, "rb"))

    def end(self, pid: int) -> None:
        """Kill a copy; it is gone when this returns."""
        with contextlib.suppress(OSError):
            self._ask(_END, pid)

    def lives(self, pid: int) -> bool:
        """This copy can be asked."""
        try:
            return self._ask(_LIVES, pid) == 1
        except OSError:
            return False

    def close(self) -> None:
        """End it, and every copy with it."""
        self._process.kill()
        self._line.close()
        with contextlib.suppress(TimeoutExpired):
            self._process.wait(5)

    def _ask(self, what: bytes, pid: int, files: list[int] | None = None) -> int:
        with self._lock:
            try:
                socket.send_fds(self._line, [_REQUEST.pack(what, pid)], files or [])
                answer = self._line.recv(_ANSWER.size)
            except OSError:
                self.close()  # a late answer would be taken for that to the next question
                raise
        if len(answer) != _ANSWER.size:
            raise OSError("the nursery is gone")
        return int(_ANSWER.unpack(answer)[0])


class Copy:
    """A process for one document, as `PaperWorker` handles a started one."""

    def __init__(self, nursery: Nursery, pid: int, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self.pid, self.stdin, self.stdout = pid, stdin, stdout
        self._nursery = nursery
        self._is_over = False

    def poll(self) -> int | None:
        """None while it lives, as `Popen.poll` says it."""
        if not self._is_over and not self._nursery.lives(self.pid):
            self._is_over = True
        return 1 if self._is_over else None

    def kill(self) -> None:
        """End it at once."""
        if not self._is_over:
            self._nursery.end(self.pid)
            self._is_over = True

    def wait(self, timeout: float | None = None) -> int:
        """It is gone as soon as it was killed."""
        return 1


def can_copy() -> bool:
    """Whether this system copies processes safely: libraries of macOS do not bear it, Windows does not know it."""
    return sys.platform == "linux"


def keep(answer_all: Callable[[], int]) -> int:
    """Be the nursery, on file 0, until the program is gone. In each copy `answer_all` answers on its files 0 and 1."""
    line = socket.socket(fileno=os.dup(0))
    copies: set[int] = set()
    gc.collect()
    gc.freeze()
    while True:
        message, files, _, _ = socket.recv_fds(line, _REQUEST.size, 2)
        if len(message) != _REQUEST.size:
            for pid in copies:
                _ended(pid)
            return 0
        what, pid = _REQUEST.unpack(message)
        if what == _START:
            answer = _copied(files, answer_all)
            if answer > 0:
                copies.add(answer)
        elif what == _LIVES:
            answer = int(pid in copies and os.waitpid(pid, os.WNOHANG)[0] == 0)
            if not answer:
                copies.discard(pid)
        else:
            answer = 0
            if pid in copies:
                copies.discard(pid)
                _ended(pid)
        line.send(_ANSWER.pack(answer))


def _copied(files: list[int], answer_all: Callable[[], int]) -> int:
    nursery = os.getpid()
    try:
        pid = os.fork()
    except OSError:
        pid = -1
    if pid == 0:
        status = 1
        with contextlib.suppress(BaseException):
            _part(files, nursery)
            status = answer_all()
        os._exit(status)
    for file in files:
        os.close(file)
    return pid


def _part(files: list[int], nursery: int) -> None:
    """In the copy: keep its own two files alone, and end with the nursery."""
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != nursery:
        os._exit(1)
    os.dup2(files[0], 0)
    os.dup2(files[1], 1)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))


def _ended(pid: int) -> None:
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
