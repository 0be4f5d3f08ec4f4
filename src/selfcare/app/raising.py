"""Raises a promise that is broken, within a minute of its deadline: in the window, in the tray where that is shut, and
after the next start."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from selfcare.domain.topics import Topic

from .telling import Telling

if TYPE_CHECKING:
    from selfcare.account.session import Session
    from selfcare.app.program import Program
    from selfcare.case.promises import Promise
    from selfcare.ui.context import Reading

LOOKS_AGAIN = timedelta(seconds=55)
"""A promise may be noted, or read, at any time; a computer may have slept: so long until it is looked at again."""

FIRST = timedelta(seconds=8)
"""After the start: the first page is drawn and read before."""

_TIMER = "raise"


class Raising:
    """Says each missed promise once, also over several starts: which were told is kept beside the notes."""

    def __init__(self, program: Program, telling: Telling | None = None) -> None:
        self._program = program
        self._telling = telling or Telling(program)
        self._in_tray: set[str] = set()

    def begin(self) -> None:
        """Look for the first time, a moment after an account was opened."""
        self._program.desk.after(_TIMER, FIRST.total_seconds(), self.look)

    def look(self) -> None:
        """Say what was missed since the last look, and plan the next one."""
        program, session = self._program, self._program.session
        reading = program.context.reading()
        if session is None or reading is None:
            return

        def found(missed: tuple[tuple[Promise, ...], datetime | None]) -> None:
            if program.session is session:
                self._say(session, *missed)

        program.desk.store.ask(program.window, lambda: _missed(reading), found, self._later, key="raise")

    def _later(self, _failure: object = None, wait: timedelta = LOOKS_AGAIN) -> None:
        self._program.desk.after(_TIMER, wait.total_seconds(), self.look)

    def _say(self, session: Session, missed: tuple[Promise, ...], turn: datetime | None) -> None:
        program = self._program
        wait = LOOKS_AGAIN
        if turn is not None:
            wait = min(wait, max(timedelta(seconds=1), turn - program.now() + timedelta(seconds=1)))
        self._later(wait=wait)
        if not missed:
            return
        from selfcare.viewmodel.case_raising import missed_notice, tray_words

        fresh = {promise.key for promise in missed} - self._in_tray
        if fresh and self._telling.tell(*tray_words(program.words)):
            self._in_tray |= fresh
        if not program.window.notes.is_free:
            return
        program.window.say(missed_notice(missed, program.words, program.context.zone, program.today(), program.now()))
        program.window.changed(frozenset({Topic.TICKETS}))
        keys = tuple(promise.key for promise in missed)
        program.desk.store.ask(program.window, lambda: _told(session, keys), _nothing, program.show_failure)


def _missed(reading: Reading) -> tuple[tuple[Promise, ...], datetime | None]:
    """What nobody was told of, and when the next open promise falls due; on the store lane."""
    from selfcare.account.notebook import notebook_of
    from selfcare.case.promises import newly_missed, next_turn, promises_from

    reader, notebook = reading.reader, notebook_of(reading.reader)
    promises = promises_from(reader.tickets(), reader.orders(), reader.problems(), reading.now, notebook)
    return newly_missed(promises, notebook.told), next_turn(promises, reading.now)


def _told(session: Session, keys: tuple[str, ...]) -> None:
    from selfcare.account.notebook import change_notebook
    from selfcare.domain.records import replace

    change_notebook(session, lambda book: replace(book, told=tuple(dict.fromkeys((*book.told, *keys)))[-MOST_TOLD:]))


MOST_TOLD = 2000
"""Told promises that are remembered; older ones are long settled."""


def _nothing(_result: object) -> None:
    pass
