"""Reads the words inside kept PDFs in quiet moments, so that the search finds them too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selfcare.account.session import Session
    from selfcare.app.program import Program
    from selfcare.domain.failures import Failure
    from selfcare.ui.pages.farewell import Slices

FIRST_AFTER, AGAIN_AFTER = 20.0, 300.0
"""Seconds from an account's opening to the first reading, and from one to the next: PDFs come with every round."""


class WordReading:
    """For the open account, a little at a time on the sync lane; a round goes before. Runs on the screen's thread."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._slices: Slices[int] | None = None

    def plan(self, seconds: float = FIRST_AFTER) -> None:
        """Begin after so many seconds, unless the account is closed by then."""
        self._program.desk.after("words", seconds, self.begin)

    def begin(self) -> None:
        """Read what has no words yet, if anything."""
        session, desk = self._program.session, self._program.desk
        if session is None or self._slices is not None:
            return
        from selfcare.ui.pages.farewell import Slices

        slices = self._slices = Slices(lambda: _steps(session))

        def go_on() -> None:
            desk.sync.ask(desk, slices.work, stepped, failed)

        def stepped(done: int | None) -> None:
            if self._slices is not slices:
                return
            if done is None:
                self._slices = None
                self.plan(AGAIN_AFTER)
            else:
                go_on()

        def failed(_failure: Failure | None) -> None:
            """Nothing depends on it: it is tried again, and a trouble of the disk shows itself elsewhere too."""
            if self._slices is slices:
                self._slices = None
                self.plan(AGAIN_AFTER)

        go_on()

    def stop(self) -> None:
        """The account is about to be closed: let go of its files, once the PDF at hand is read."""
        self._program.desk.forget("words")
        slices, self._slices = self._slices, None
        if slices is not None:
            slices.stop()


def _steps(session: Session) -> Iterator[int]:
    """On the lane: with a reader of its own, so that the PDF that is looked at meanwhile stays open."""
    from selfcare.account.paper_words import read_paper_words
    from selfcare.paper.reader import PaperReader

    papers = PaperReader(many=True)
    try:
        yield from read_paper_words(session, papers)
    finally:
        papers.close()
