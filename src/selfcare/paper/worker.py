"""One running process that reads one PDF, watched from outside: killed when it is slow or takes too much memory."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen, TimeoutExpired
from types import TracebackType
from typing import Any

from selfcare.domain.failures import PaperTrouble

from .cage import MEMORY
from .frames import BadFrame, read_frame, write_frame
from .nursery import Copy, Nursery

START = 30.0  # seconds for the process itself to be ready
TROUBLES = frozenset({"encrypted", "damaged", "too_large"})


class PaperWorker:
    """The process, and the pipe to it."""

    def __init__(self, folder: Path, limit: float, process: Copy | None = None) -> None:
        """Start it in this empty private folder, unless one is given; one request may take `limit` seconds."""
        self._limit = limit
        self._is_ready = False
        self.documents = 0
        """How many it was given."""
        self.is_lost = False
        """It crashed, lied, was too slow or too big."""
        self.is_harmless = True
        """Nothing has been wrong with what it was given."""
        self._process = process or Popen(  # noqa: S603  # this very program
            _command(),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            cwd=folder,
            env=_environment(),
            creationflags=0x08000000 if sys.platform == "win32" else 0,  # CREATE_NO_WINDOW
        )

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """It can be asked again."""
        return self._process.poll() is None

    def ask(self, meta: dict[str, Any], payload: bytes = b"", cap: int = 0) -> tuple[dict[str, Any], bytes]:
        """Its answer, whose raw bytes are at most `cap`. Raises PaperTrouble; the process is then gone or still good.

        A process that crashes, lies about a length, is too slow or too big is killed.
        """
        stdin, stdout = self._process.stdin, self._process.stdout
        self.documents += 1 if payload else 0
        if stdin is None or stdout is None:
            raise PaperTrouble("crashed")
        if not self._is_ready:  # a busy computer may take long to start it; the document is not to blame
            self._exchange(START, lambda: read_frame(stdout, 0))
            self._is_ready = True

        def exchange() -> tuple[dict[str, Any], bytes]:
            write_frame(stdin, meta, payload)
            return read_frame(stdout, cap)

        answer, content = self._exchange(self._limit, exchange)
        trouble = answer.get("trouble")
        if trouble is not None:
            self.is_harmless = False
            raise PaperTrouble(trouble if trouble in TROUBLES else "crashed")
        return answer, content

    def _exchange(
        self, limit: float, exchange: Callable[[], tuple[dict[str, Any], bytes]]
    ) -> tuple[dict[str, Any], bytes]:
        with Watch(self._process, limit) as watch:
            try:
                return exchange()
            except (OSError, EOFError, BadFrame, ValueError):
                self.is_lost, self.is_harmless = True, False
                self.kill()
                raise PaperTrouble(watch.why or "crashed") from None

    def kill(self) -> None:
        """End it at once and clear up."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        with contextlib.suppress(TimeoutExpired):
            self._process.wait(5)


class Watch:
    """Kills a process that takes too long or too much memory; `why` is set then."""

    def __init__(self, process: Popen[bytes] | Copy, limit: float) -> None:
        self.why = ""
        self._process = process
        self._until = time.monotonic() + limit
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, name="paper watch", daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, trouble: BaseException | None, at: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(0.05):
            if time.monotonic() > self._until:
                self.why = "too_slow"
            elif _memory(self._process.pid) > MEMORY:
                self.why = "too_large"
            if self.why:
                self._process.kill()
                return


def new_nursery(folder: Path) -> Nursery:
    """The process that is copied for each of many documents, in this empty private folder. Raises OSError."""
    return Nursery([*_command(), "--many"], folder, _environment())


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "--paper-child"]
    return [sys.executable, "-E", "-P", "-B", "-m", "selfcare.paper.child"]


def _environment() -> dict[str, str]:
    kept = {"LANG": "C.UTF-8"}
    if sys.platform == "win32":
        kept |= {name: os.environ[name] for name in ("SYSTEMROOT", "SYSTEMDRIVE") if name in os.environ}
    return kept


def held_by(worker: PaperWorker) -> int:
    """What a worker holds, in bytes; 0 where only it can tell."""
    return _memory(worker.pid)


def _memory(pid: int) -> int:
    """What the process holds, in bytes; 0 where only it can tell."""
    if sys.platform != "win32" and (table := Path(f"/proc/{pid}/statm")).exists():
        with contextlib.suppress(OSError, IndexError):
            return int(table.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0
