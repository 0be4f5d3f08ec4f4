"""A promise that is broken is raised within a minute, once, also over a restart, and beside any other notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from selfcare.account.notebook import change_notebook, notebook_of
from selfcare.app.raising import FIRST, LOOKS_AGAIN, Raising
from selfcare.case.deadlines import Term, Unit
from selfcare.case.notebook import Outcome, Word, with_word
from selfcare.domain.records import replace
from selfcare.viewmodel.notice import Notice
from tests import samples
from tests.readers import FakeReader, FakeSession
from tests.samples import NOW

DUE = NOW + timedelta(hours=1)
WORD = Word("W-1", "N-1", "Marc", "call", "calls back within the hour", NOW, Term(Unit.HOURS, 1), DUE)


@dataclass
class Board:
    """The place above the pages, as far as it is asked here."""

    stands: Notice | None = None
    said: list[Notice] = field(default_factory=list)
    renewed: int = 0

    @property
    def has_raised(self) -> bool:
        return self.stands is not None

    def raise_up(self, notice: Notice | None) -> None:
        self.stands = notice
        self.said += [] if notice is None else [notice]

    def renew(self, notice: Notice) -> None:
        self.renewed += self.stands != notice
        self.stands = notice


@dataclass
class Clockwork:
    """A program with a clock that is turned by hand; its lane answers at once."""

    session: FakeSession
    moment: datetime = NOW
    planned: dict[str, tuple[datetime, Callable[[], None]]] = field(default_factory=dict)
    notes: Board = field(default_factory=Board)
    changed: int = 0
    made_ahead: int = 0

    def __post_init__(self) -> None:
        self.words = samples.words()
        self.context: Any = SimpleNamespace(zone=ZoneInfo("Europe/London"), reading=self._reading)
        self.reminded: list[Notice] = []
        self.window: Any = SimpleNamespace(
            notes=self.notes, say=self.reminded.append, changed=self._changed, make_ahead=self._make_ahead
        )
        self.desk: Any = SimpleNamespace(
            after=self._after, store=SimpleNamespace(ask=self._ask), speaks_in_tray=False, is_seen=True
        )
        self.show_failure = None

    @property
    def said(self) -> list[Notice]:
        return self.notes.said

    def now(self) -> datetime:
        return self.moment

    def today(self) -> Any:
        return self.moment.date()

    def turn(self, span: timedelta) -> None:
        """Let time go by, running what was planned when it is due."""
        until = self.moment + span
        while self.planned:
            at, call = min(self.planned.values(), key=lambda one: one[0])
            if at > until:
                break
            self.planned.clear()
            self.moment = max(self.moment, at)
            call()
        self.moment = until

    def _reading(self) -> Any:
        return SimpleNamespace(reader=self.session.reader, now=self.moment, zone=self.context.zone)

    def _after(self, name: str, seconds: float, call: Callable[[], None]) -> None:
        self.planned[name] = (self.moment + timedelta(seconds=seconds), call)

    def _changed(self, _topics: object) -> None:
        self.changed += 1

    def _make_ahead(self) -> None:
        self.made_ahead += 1

    @staticmethod
    def _ask(_to: object, work: Callable[[], Any], then: Callable[[Any], None], _failed: object, key: str = "") -> None:
        then(work())


def quiet_reader() -> FakeReader:
    return FakeReader(the_tickets=(), the_problems=(), the_orders=())


def program_of(session: FakeSession, at: datetime = NOW) -> Clockwork:
    program = Clockwork(session, at)
    Raising(program).begin()  # type: ignore[arg-type]
    return program


def test_it_is_said_a_second_after_the_deadline_and_once() -> None:
    session = FakeSession(quiet_reader())
    change_notebook(session, lambda book: with_word(book, WORD))
    program = program_of(session)
    program.turn(timedelta(hours=1))
    assert program.said == []
    program.turn(timedelta(seconds=1))
    assert [n.sentence for n in program.said] == ["A promise was missed: A call back, promised by Marc."]
    assert program.changed == 1
    program.turn(timedelta(hours=5))
    assert len(program.said) == 1
    assert len(notebook_of(session).told) == 1
    assert program.made_ahead == 1


def test_what_was_missed_while_the_program_was_closed_is_said_after_the_next_start_and_not_again() -> None:
    session = FakeSession(quiet_reader())
    change_notebook(session, lambda book: with_word(book, WORD))
    first = program_of(session, DUE + timedelta(days=2))
    first.turn(FIRST)
    assert len(first.said) == 1
    again = program_of(session, DUE + timedelta(days=3))
    again.turn(timedelta(hours=1))
    assert again.said == []


def test_what_falls_due_beside_one_that_is_raised_already_is_said_with_it_within_a_minute() -> None:
    session = FakeSession(quiet_reader())
    change_notebook(session, lambda book: with_word(book, WORD))
    program = program_of(session, DUE + timedelta(minutes=1))
    program.turn(FIRST)
    second = replace(WORD, id="W-2", who="Ana", due=program.moment + timedelta(minutes=20))
    change_notebook(session, lambda book: with_word(book, second))
    program.turn(timedelta(minutes=20))
    assert len(program.said) == 1
    program.turn(timedelta(seconds=2))
    assert program.said[-1].sentence == "2 promises were missed."
    assert len(notebook_of(session).told) == 2
    program.turn(timedelta(hours=3))
    assert len(program.said) == 2, "what stands there is not said again"


def test_a_promise_noted_later_is_seen_within_a_minute_and_a_kept_one_is_not_said() -> None:
    session = FakeSession(quiet_reader())
    program = program_of(session, DUE + timedelta(hours=1))
    program.turn(timedelta(minutes=2))
    change_notebook(session, lambda book: with_word(book, WORD))
    program.turn(timedelta(minutes=1))
    assert len(program.said) == 1
    other = FakeSession(quiet_reader())
    change_notebook(other, lambda book: with_word(book, replace(WORD, outcome=Outcome.KEPT, ended=NOW)))
    kept = program_of(other, DUE + timedelta(hours=1))
    kept.turn(timedelta(minutes=5))
    assert kept.said == []


def kept_later(session: FakeSession) -> None:
    change_notebook(session, lambda book: replace(book, words=(replace(WORD, outcome=Outcome.KEPT, ended=NOW),)))


def test_what_was_kept_after_all_is_taken_back_within_a_minute() -> None:
    session = FakeSession(quiet_reader())
    change_notebook(session, lambda book: with_word(book, WORD))
    program = program_of(session, DUE + timedelta(minutes=1))
    program.turn(FIRST)
    assert program.notes.stands is not None
    kept_later(session)
    program.turn(LOOKS_AGAIN)
    assert program.notes.stands is None
    assert len(program.said) == 1


def test_one_that_was_closed_is_left_alone() -> None:
    closed = FakeSession(quiet_reader())
    change_notebook(closed, lambda book: with_word(book, WORD))
    quiet = program_of(closed, DUE + timedelta(minutes=1))
    quiet.turn(FIRST)
    quiet.notes.stands = None
    quiet.moment += timedelta(days=2)
    quiet.turn(LOOKS_AGAIN)
    assert quiet.notes.stands is None
    assert len(quiet.said) == 1


def test_of_two_missed_promises_the_one_that_still_is_stays() -> None:
    session = FakeSession(quiet_reader())
    second = replace(WORD, id="W-2", who="Ana")
    change_notebook(session, lambda book: with_word(with_word(book, WORD), second))
    program = program_of(session, DUE + timedelta(minutes=1))
    program.turn(FIRST)
    assert program.said[-1].sentence == "2 promises were missed."
    kept = replace(WORD, outcome=Outcome.KEPT, ended=NOW)
    change_notebook(session, lambda book: replace(book, words=(kept, second)))
    program.turn(LOOKS_AGAIN)
    assert program.notes.stands is not None
    assert program.notes.stands.sentence == "A promise was missed: A call back, promised by Ana."


def test_how_long_ago_it_was_does_not_stand_still() -> None:
    session = FakeSession(quiet_reader())
    change_notebook(session, lambda book: with_word(book, WORD))
    program = program_of(session, DUE)
    program.turn(FIRST)
    assert program.said[-1].advice.endswith("just now.")
    program.turn(timedelta(minutes=30))
    assert (
        program.notes.stands is not None and "29 minutes ago" in program.notes.stands.advice,
        len(program.said),
    ) == (True, 1)
    program.moment += timedelta(days=9)
    program.turn(LOOKS_AGAIN)
    assert program.notes.stands is not None
    assert "9 days ago" in program.notes.stands.advice
    assert len(program.said) == 1, "it is the same notice: nothing is announced again"
    assert len(notebook_of(session).told) == 1


def test_a_clock_that_ran_ahead_for_a_moment_neither_leaves_its_notice_nor_swallows_the_true_one() -> None:
    session = FakeSession(quiet_reader())
    change_notebook(session, lambda book: with_word(book, WORD))
    program = program_of(session, DUE + timedelta(days=2))
    program.turn(FIRST)
    assert program.notes.stands is not None
    program.moment = NOW
    program.planned["raise"] = (NOW, next(iter(program.planned.values()))[1])
    program.turn(timedelta(seconds=1))
    assert program.notes.stands is None
    program.turn(timedelta(hours=1, seconds=1))
    assert program.notes.stands is not None
    assert len(program.said) == 2


def test_a_notice_in_a_window_that_nobody_sees_is_not_told() -> None:
    session = FakeSession(quiet_reader())
    change_notebook(session, lambda book: with_word(book, WORD))
    night = program_of(session, DUE)
    night.desk.is_seen = False
    night.turn(timedelta(hours=3))
    assert len(night.said) == 1
    assert notebook_of(session).told == (), "the computer may be switched off before anybody looks"
    morning = program_of(session, DUE + timedelta(hours=8))
    morning.desk.is_seen = False
    morning.turn(FIRST)
    morning.desk.is_seen = True
    morning.turn(LOOKS_AGAIN)
    assert (len(morning.said), len(notebook_of(session).told)) == (1, 1)
    morning.notes.stands = None
    morning.turn(timedelta(hours=1))
    assert len(morning.said) == 1


def test_a_notice_that_is_closed_before_the_next_look_is_told() -> None:
    session = FakeSession(quiet_reader())
    change_notebook(session, lambda book: with_word(book, WORD))
    program = program_of(session, DUE + timedelta(minutes=1))
    program.desk.is_seen = False
    program.turn(FIRST)
    program.desk.is_seen, program.notes.stands = True, None
    program.turn(timedelta(minutes=5))
    assert (len(program.said), len(notebook_of(session).told)) == (1, 1)
