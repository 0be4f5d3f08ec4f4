"""Raises a promise that is broken, within a minute of its deadline: in the window, in the tray where that is shut, and
after the next start."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from selfcare.domain.records import Struct, replace
from selfcare.domain.topics import Topic

from .telling import Telling

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selfcare.account.session import Session
    from selfcare.app.program import Program
    from selfcare.case.promises import Promise
    from selfcare.ui.context import Reading
    from selfcare.viewmodel.notice import Notice

LOOKS_AGAIN = timedelta(seconds=55)
"""A promise may be noted, or read, at any time; a computer may have slept: so long until it is looked at again."""

FIRST = timedelta(seconds=8)
"""After the start: the first page is drawn and read before."""

_TIMER = "raise"


class Found(Struct, frozen=True):
    """What a look found: the promises `missed` on what is still open, of which `new` were told to nobody yet.

    `again` are the keys of promises that were told as missed and run once more (a clock was wrong), `in_tray` those
    that were told in the tray; `turn` is when the next open one falls due.
    """

    missed: tuple[Promise, ...] = ()
    new: tuple[Promise, ...] = ()
    again: frozenset[str] = frozenset()
    in_tray: frozenset[str] = frozenset()
    turn: datetime | None = None


class _Standing(Struct, frozen=True):
    """The notice that was put above the page, the promises that it is about, and whether it is written down already
    that it was seen."""

    notice: Notice
    keys: frozenset[str]
    is_noted: bool = False


class Raising:
    """Says each missed promise once, also over several starts: which were told is kept beside the notes. Told is what
    was there to be read: not what a hidden window or the quiet hours held back when the program ended.

    What is said is taken back once it no longer holds: the promise was kept after all, or its matter is over.
    """

    def __init__(self, program: Program, telling: Telling | None = None) -> None:
        self._program = program
        self._telling = telling or Telling(program)
        self._in_tray: set[str] = set()
        self._standing: _Standing | None = None

    def begin(self) -> None:
        """Look for the first time, a moment after an account was opened."""
        self._program.desk.after(_TIMER, FIRST.total_seconds(), self.look)

    def look(self) -> None:
        """Say what was missed since the last look, and plan the next one."""
        program, session = self._program, self._program.session
        reading = program.context.reading()
        if session is None or reading is None:
            return

        def found(result: Found) -> None:
            if program.session is session:
                self._say(session, result)

        program.desk.store.ask(program.window, lambda: _look(reading), found, self._later, key="raise")

    def _later(self, _failure: object = None, wait: timedelta = LOOKS_AGAIN) -> None:
        self._program.desk.after(_TIMER, wait.total_seconds(), self.look)

    def _say(self, session: Session, found: Found) -> None:
        program = self._program
        wait = LOOKS_AGAIN
        if found.turn is not None:
            wait = min(wait, max(timedelta(seconds=1), found.turn - program.now() + timedelta(seconds=1)))
        self._later(wait=wait)
        seen = self._seen()
        still = self._renew(found.missed)
        known = _keys_of(still).union(seen)
        new = tuple(promise for promise in found.new if known.isdisjoint(promise.keys))
        self._tell_in_tray(session, found)
        if new:
            self._put((*still, *new))
            program.window.changed(frozenset({Topic.TICKETS}))
        seen = (*seen, *self._seen())
        if seen or found.again:
            self._note(session, seen, (), found.again)

    def _seen(self) -> tuple[str, ...]:
        """The promises whose notice stands in a window that is to be seen, or was closed in it; each time once."""
        standing = self._standing
        if standing is None or standing.is_noted or not self._program.desk.is_seen:
            return ()
        self._standing = replace(standing, is_noted=True)
        return tuple(sorted(standing.keys))

    def _note(self, session: Session, keys: tuple[str, ...], in_tray: tuple[str, ...], again: frozenset[str]) -> None:
        program = self._program
        window = program.window
        program.desk.store.ask(
            window, lambda: _told(session, keys, in_tray, again), lambda _: window.make_ahead(), program.show_failure
        )

    def _tell_in_tray(self, session: Session, found: Found) -> None:
        """Say it in the tray too, once; it is noted when it is there to be read."""
        from selfcare.viewmodel.case_raising import tray_words

        self._in_tray = (self._in_tray | found.in_tray) - found.again
        unsaid = (promise for promise in found.new if self._in_tray.isdisjoint(promise.keys))
        fresh = tuple(key for promise in unsaid for key in promise.keys)
        if fresh:
            title, text = tray_words(self._program.words)
            if self._telling.tell(title, text, shown=lambda: self._note(session, (), fresh, frozenset())):
                self._in_tray.update(fresh)

    def _put(self, missed: tuple[Promise, ...]) -> None:
        notice = self._notice(missed)
        self._standing = _Standing(notice, _keys_of(missed))
        self._program.window.notes.raise_up(notice)

    def _notice(self, missed: tuple[Promise, ...]) -> Notice:
        from selfcare.viewmodel.case_raising import missed_notice

        program = self._program
        return missed_notice(missed, program.words, program.context.zone, program.today(), program.now())

    def _renew(self, missed: tuple[Promise, ...]) -> tuple[Promise, ...]:
        """Take back what no longer holds and say the rest anew; else only how long ago it was, for that grows old. What
        of it stands there still."""
        standing, notes = self._standing, self._program.window.notes
        if standing is None:
            return ()
        if not notes.has_raised:
            self._standing = None
            return ()
        still = tuple(promise for promise in missed if standing.keys.intersection(promise.keys))
        if standing.keys <= _keys_of(still):
            self._standing = replace(standing, notice=self._notice(still))
            notes.renew(self._standing.notice)
        elif still:
            self._put(still)
        else:
            self._standing = None
            notes.raise_up(None)
        return still


def _keys_of(promises: Iterable[Promise]) -> frozenset[str]:
    return frozenset(key for promise in promises for key in promise.keys)


def _look(reading: Reading) -> Found:
    """What is missed, what of it nobody was told of, and when the next open promise falls due; on the store lane."""
    from selfcare.account.notebook import notebook_of
    from selfcare.case.promises import PromiseState, newly_missed, next_turn, promises_from
    from selfcare.domain.lines import services_of

    reader, now, notebook = reading.reader, reading.now, notebook_of(reading.reader)
    services = services_of(reader.lines())
    promises = promises_from(
        reader.tickets(),
        reader.orders(),
        reader.problems(),
        now,
        notebook,
        reading.zone,
        reader.appointments(),
        services,
    )
    running = _keys_of(promise for promise in promises if promise.state is PromiseState.OPEN)
    return Found(
        newly_missed(promises, ()),
        newly_missed(promises, notebook.told),
        running.intersection((*notebook.told, *notebook.told_in_tray)),
        frozenset(notebook.told_in_tray),
        next_turn(promises, now),
    )


def _told(session: Session, keys: tuple[str, ...], in_tray: tuple[str, ...], again: frozenset[str]) -> None:
    from selfcare.account.notebook import change_notebook

    def more(before: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
        kept = (key for key in (*before, *new) if key not in again)
        return tuple(dict.fromkeys(kept))[-MOST_TOLD:]

    change_notebook(
        session,
        lambda book: replace(book, told=more(book.told, keys), told_in_tray=more(book.told_in_tray, in_tray)),
    )


MOST_TOLD = 2000
"""Told promises that are remembered; older ones are long settled."""
