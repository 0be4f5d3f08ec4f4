"""Hands out the processes that read PDFs: a fresh one for each document, made ahead, or made in a moment for many.

Three ways; in the first two nothing that a document does to its process can reach another document.

- For the window: a started process for each document, the next one started ahead.
- For many documents on Linux: a copy of one that is loaded (`nursery`) for each; killed after its document as well.
- For many documents elsewhere, where a process cannot be copied: one process reads up to TOGETHER documents. It keeps
  nothing of a document, and every answer is checked for its shape; but a document that took the process over could
  tell lies about those that came after it. So it is ended after every document that was not plainly harmless (refused,
  slow, or much memory held) and at the latest after TOGETHER; what is shown of a bill is read afresh in a process of
  its own; and where it is lost, the document at hand is tried once more alone before it is blamed.
"""

from __future__ import annotations

import contextlib
import tempfile
import time
from pathlib import Path

from selfcare.domain.failures import PaperTrouble

from .cage import MEMORY
from .nursery import Nursery, can_copy
from .worker import PaperWorker, held_by, new_nursery

TOGETHER = 20
"""Documents for one process, where one cannot be copied."""

QUICK = 1.0
"""Seconds after which a document is not plainly harmless any more."""


class Workers:
    """Makes and ends the processes of one reader. For one thread at a time."""

    def __init__(self, limit: float, *, many: bool) -> None:
        """One request may take `limit` seconds; `many` is for whoever reads thousands of documents."""
        self.limit = limit
        self.folder: Path | None = None
        self._copies = many and can_copy()
        self._shares = many and not can_copy()
        self._nursery: Nursery | None = None
        self._spare: PaperWorker | None = None
        self._since = 0.0
        self.may_be_anothers_fault = False
        """The process that was lost last had read other documents before."""

    def warm(self) -> None:
        """Make the process for the next document ahead of time."""
        if not self._shares and (self._spare is None or not self._spare.is_alive):
            self._spare = self._started()

    def take(self) -> PaperWorker:
        """A process for a document. Raises PaperTrouble where there is none to be had."""
        worker, self._spare = self._spare, None
        self._since = time.monotonic()
        return worker if worker is not None and worker.is_alive else self._started()

    def give_back(self, worker: PaperWorker) -> None:
        """Its document has been read, and nothing was wrong with it."""
        if self._shares and self._spare is None and self._may_read_another(worker):
            self._spare = worker
        else:
            worker.kill()

    def _may_read_another(self, worker: PaperWorker) -> bool:
        is_quick = time.monotonic() - self._since < QUICK
        is_small = held_by(worker) < MEMORY // 2
        return worker.is_harmless and is_quick and is_small and worker.documents < TOGETHER and worker.is_alive

    def lose(self, worker: PaperWorker) -> None:
        """Something was wrong with its document, or with the process: end it, and what might be guessed from it."""
        self.may_be_anothers_fault = worker.is_lost and worker.documents > 1
        if worker.is_lost and self._nursery is not None:
            self._end_nursery()
        worker.kill()

    def close(self) -> None:
        """End everything and remove the empty folder. More can be taken afterwards."""
        if self._spare is not None:
            self._spare.kill()
            self._spare = None
        self._end_nursery()
        if self.folder is not None:
            with contextlib.suppress(OSError):
                self.folder.rmdir()
            self.folder = None

    def _started(self) -> PaperWorker:
        try:
            if self.folder is None:
                self.folder = Path(tempfile.mkdtemp(prefix="selfcare-"))
            if not self._copies:
                return PaperWorker(self.folder, self.limit)
            if self._nursery is None or self._nursery.is_used_up:
                self._end_nursery()
                self._nursery = new_nursery(self.folder)
            return PaperWorker(self.folder, self.limit, self._nursery.start())
        except OSError:
            raise PaperTrouble("crashed") from None

    def _end_nursery(self) -> None:
        """A nursery whose copy was lost is not copied again: whoever tried an address once could try the next one."""
        nursery, self._nursery = self._nursery, None
        if nursery is not None:
            if self._spare is not None:
                self._spare.kill()
                self._spare = None
            nursery.close()
