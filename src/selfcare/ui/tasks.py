"""Work that takes time runs here, one thing after the other on a thread of its own, so the window never freezes."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot
from shiboken6 import isValid

from selfcare.domain.precedence import SCREEN
from selfcare.domain.records import Struct

if TYPE_CHECKING:
    from selfcare.domain.failures import Failure

log = logging.getLogger(__name__)

TURN = 0.0005
"""Seconds after which a busy lane gives way to the screen. With Python's own five thousandths the screen, which takes
its turn anew for each cell that it paints, waits for the length of a whole page."""

WAITS = 50
"""Thousandths of a second that the end of a lane is waited for in one go."""

OnFailure = Callable[["Failure | None"], None]
"""Told why there is no result: a failure of the world, or None where the mistake is ours."""


def _nothing() -> None:
    pass


class _Job(Struct, eq=False):
    receiver: QObject
    work: Callable[[], Any]
    on_result: Callable[[Any], None]
    on_failure: OnFailure | None
    key: str
    result: Any = None
    failure: Failure | None = None
    failed: bool = False
    superseded: bool = False
    promised: bool = False


class Lane(QObject):
    """One worker thread with a queue. What it opens (a vault, a connection) is used by nobody else.

    Each answer comes back by one queued signal and is handed to the receiver on the screen's thread; an answer whose
    receiver is gone is dropped.
    """

    our_mistake = Signal()
    """A job of which nobody awaits a failure ended in an exception that is our bug; it is in the log with its trace."""

    busy = Signal(bool)
    """Work began on an idle lane, or the last job was answered."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        sys.setswitchinterval(TURN)
        self._lock = Lock()
        self._newest: dict[tuple[int, str], _Job] = {}
        self._open_jobs = 0
        self._closed = self._is_ended = False
        self._thread = _Worker(name)
        self._thread.answered.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    def ask(
        self,
        receiver: QObject,
        work: Callable[[], Any],
        on_result: Callable[[Any], None],
        on_failure: OnFailure | None = None,
        *,
        key: str = "",
        promised: bool = False,
    ) -> None:
        """Run `work` on the lane and hand its result to `on_result` here, on the screen's thread.

        What is `promised` is done even where the lane is closed before its turn has come; nobody is told then.

        With a `key`, only the newest question of a receiver under that key is answered: older ones are skipped if they
        have not begun, and dropped if they have.
        """
        if self._closed:
            return
        job = _Job(receiver, work, on_result, on_failure, key, promised=promised)
        if key:
            with self._lock:
                older = self._newest.get((id(receiver), key))
                if older is not None:
                    older.superseded = True
                self._newest[id(receiver), key] = job
        self._open_jobs += 1
        if self._open_jobs == 1:
            self.busy.emit(True)
        self._thread.jobs.put(job)

    @property
    def is_busy(self) -> bool:
        """Some job is not answered yet."""
        return self._open_jobs > 0

    def run(self, work: Callable[[], Any], *, promised: bool = False) -> None:
        """Run `work` on the lane; nobody waits for its result."""
        self.ask(self, work, _ignore, promised=promised)

    def hush(self) -> None:
        """From now on take nothing new and tell nobody; what is there goes on until `close`."""
        self._closed = True

    def close(self, last: Callable[[], Any] | None = None, waiting: Callable[[], object] = _nothing) -> None:
        """Finish the job at hand and what was promised, skip the rest, run `last` on the lane (to close what it
        opened), end the thread. `waiting` is called now and then, as long as that takes."""
        if self._is_ended:
            return
        self._closed = self._is_ended = True
        self._thread.stopping = True
        if last is not None:
            self._thread.last = last
        self._thread.jobs.put(None)
        while not self._thread.wait(WAITS):
            waiting()

    @Slot(object)
    def _answer(self, job: _Job) -> None:
        self._open_jobs -= 1
        if job.key:
            with self._lock:
                if self._newest.get((id(job.receiver), job.key)) is job:
                    del self._newest[id(job.receiver), job.key]
        if not self._closed and not job.superseded and isValid(job.receiver):
            with screen_first():
                self._hand_over(job)
        if self._open_jobs == 0 and isValid(self):
            self.busy.emit(False)

    def _hand_over(self, job: _Job) -> None:
        if not job.failed:
            job.on_result(job.result)
            return
        if job.on_failure is not None:
            job.on_failure(job.failure)
        elif job.failure is None:
            self.our_mistake.emit()


class _Worker(QThread):
    answered = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self.stopping = False
        self.last: Callable[[], Any] | None = None

    def run(self) -> None:
        """Take one job after the other until told to stop."""
        while (job := self.jobs.get()) is not None:
            if not self.stopping or job.promised:
                if not job.superseded:
                    _carry_out(job)
                self.answered.emit(job)
            del job  # else what the last job held would stay in memory until the next one comes
        if self.last is not None:
            try:
                self.last()
            except Exception:
                log.exception("closing the lane failed")


def _carry_out(job: _Job) -> None:
    try:
        job.result = job.work()
    except Exception as trouble:
        from selfcare.domain.failures import Failure

        job.failed = True
        if isinstance(trouble, Failure):
            job.failure = trouble
        else:
            log.exception("a job on the lane failed by our own mistake")


@contextmanager
def screen_first() -> Iterator[None]:
    """What is put on the screen now goes first, until it has been laid out and painted."""
    SCREEN.take()
    try:
        yield
    finally:
        QTimer.singleShot(0, _is_laid_out)


def _is_laid_out() -> None:
    """What an answer changed has been laid out, and is painted in the turn that comes now."""
    QTimer.singleShot(0, SCREEN.give_back)


def _ignore(_result: object) -> None:
    pass
