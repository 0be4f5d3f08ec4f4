"""The rounds to the operator: signing in, reading, sending what waits, and planning the next time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from selfcare.app.newer_profile import look_quietly
from selfcare.app.pace import Pace
from selfcare.app.patience import kept_patience
from selfcare.app.reminding import Reminding
from selfcare.domain.failures import Failure, SignedOut
from selfcare.domain.topics import Topic

if TYPE_CHECKING:
    from selfcare.account.pull import Progress
    from selfcare.account.session import Session
    from selfcare.app.program import Program
    from selfcare.app.rhythm import Rhythm

SAID_EVERY = timedelta(milliseconds=120)
"""How often, at the most, the line of progress changes."""

TOLD_EVERY = timedelta(milliseconds=400)
"""How often, at the most, pages load again while the operator is read: a short list is read in a twentieth of it."""


class Rounds:
    """What goes on between one open account and its operator; one thing at a time, on the sync lane.

    `signs_in_by_itself` is for the demo: once, when the operator no longer takes the session.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._pace = Pace(program, self.read, self.push_what_waits)
        self._is_busy = False
        self._is_stopped = False
        self._wants_push = False
        self._told: set[Topic] = set()
        self._reminding = Reminding(program)
        self.signs_in_by_itself = False

    # ---- planning

    def begin(self) -> None:
        """Plan the first round of an account that was just opened, and send what still waits."""
        session = self._program.session
        if session is None:
            return
        _tidy(self._program, session)
        if session.profile.is_archive:
            return
        self._reminding.begin()

        home, issuer = self._program.home, session.profile.issuer

        def planned(found: tuple[datetime | None, bool, Rhythm | None]) -> None:
            last, is_signed_out, kept = found
            if is_signed_out and not self.signs_in_by_itself:
                self._program.mark_signed_out(True)
                return
            self._pace.begin(last, kept)

        self._program.desk.store.ask(
            self._program.window,
            lambda: (_last_round(session), _is_signed_out(session), kept_patience(home, issuer)),
            planned,
            self._program.show_failure,
        )

    def forget(self) -> None:
        """No more rounds by themselves."""
        self._pace.end()
        self._wants_push = False
        for name in ("begin", "push", "remind", "raise"):
            self._program.desk.forget(name)

    def follow_settings(self) -> None:
        """The customer chose another interval."""
        self._pace.follow_settings()

    # ---- what is asked for

    def sign_in(self) -> None:
        """Sign in, then read everything."""
        session = self._free_session()
        if session is None:
            return
        from selfcare.viewmodel.rounds import signing_in_line

        self._begin(signing_in_line(self._program.words))
        browser = self._program.browser
        self._ask(lambda: session.sign_in(browser, cancelled=self.is_stopped), self._signed_in)

    def refresh(self) -> None:
        """The customer asks for a round now."""
        if self._free_session() is None:
            return
        if self._program.context.is_signed_out:
            self._program.say_signed_out()
            return
        too_soon = self._pace.press()
        if too_soon is not None:
            self._program.window.say(too_soon)
            return
        self.read()

    def read(self) -> bool:
        """Send what is waiting and read everything. False where that cannot begin now."""
        session = self._free_session()
        if session is None or self._program.context.is_signed_out:
            return False
        from selfcare.viewmodel.rounds import reading_line

        self._begin(reading_line(Topic.CUSTOMER, 0, None, self._program.words))
        progress = self._progress()
        self._ask(lambda: session.round(progress, self.is_stopped), self._round_done)
        return True

    def try_again(self) -> bool:
        """The customer wants a request tried again: False, and why is said, where that would be too much now."""
        if self._program.context.is_signed_out:
            self._program.say_signed_out()
            return False
        too_much = self._pace.try_again()
        if too_much is not None:
            self._program.window.say(too_much)
        return too_much is None

    def push_what_waits(self) -> None:
        """The time has come to send what waits, if something does and nothing else asks for patience."""
        session, program = self._program.session, self._program
        self._pace.push_due = None
        if session is not None and not session.profile.is_archive:
            program.desk.store.ask(
                program.window, lambda: _is_waiting(session), lambda waits: self.push() if waits else None, key="waits"
            )

    def push(self) -> None:
        """Something was asked for: send it, after what is going on."""
        session = self._free_session()
        if session is None:
            self._wants_push = self._is_busy and self._program.session is not None
            return
        if self._program.context.is_signed_out or self._pace.is_left_alone():
            return
        from selfcare.viewmodel.rounds import sending_line

        self._begin(sending_line(self._program.words))
        self._ask(lambda: session.push(self.is_stopped), self._pushed)

    def wake(self) -> None:
        """Something new begins: what was stopped before does not stop it."""
        self._is_stopped = False

    def stop(self) -> None:
        """The customer does not want to wait for what is going on."""
        self._is_stopped = True

    def is_stopped(self) -> bool:
        """Whether the customer stopped what is going on; asked on the sync lane."""
        return self._is_stopped

    # ---- what came of it

    def _signed_in(self, _result: object) -> None:
        self._end()
        self._program.mark_signed_out(False)
        self._pace.begin_anew()
        self.read()

    def _round_done(self, _topics: Iterable[Topic]) -> None:
        self._end()
        session = self._program.session
        trouble = session.trouble if session is not None else None
        self._pace.remember(trouble)
        self._told.clear()
        self._program.window.changed(frozenset(Topic))
        if session is not None:
            _tidy(self._program, session)
            self._reminding.look()
            if session.lost:
                look_quietly(self._program, session)
        self._go_on(trouble)

    def _pushed(self, topics: Iterable[Topic]) -> None:
        self._end()
        session = self._program.session
        self._program.window.changed(frozenset(topics) | {Topic.WAITING})
        trouble = session.trouble if session is not None else None
        self._pace.sent(trouble or (session.unwell if session is not None else None))
        self._go_on(trouble)

    def _failed(self, failure: Failure | None) -> None:
        self._end()
        self._pace.remember(failure or Failure())
        if not self._go_on(failure):
            self._program.show_failure(failure)

    def _go_on(self, trouble: Failure | None) -> bool:
        """What follows by itself: sign in again (True), or send what still waits."""
        if self.signs_in_by_itself and isinstance(trouble, SignedOut):
            self.signs_in_by_itself = False
            self.sign_in()
            return True
        if self._wants_push:
            self._wants_push = False
            self.push()
        else:
            self._plan_push()
        return False

    def _plan_push(self) -> None:
        """A request that may be tried again before the next round is tried when its time has come."""
        program = self._program
        session = program.session
        if session is None:
            return

        program.desk.store.ask(program.window, lambda: _next_try(session), self._pace.plan_push, key="next try")

    def _progress(self) -> Callable[[Progress], None]:
        """Told on the sync lane; says it on the screen, and loads again the pages whose topic is through."""
        from selfcare.viewmodel.rounds import reading_line

        program = self._program
        last_said = program.now()
        topic: Topic | None = None

        def told(step: Progress) -> None:
            nonlocal last_said, topic
            moment = program.now()
            if step.topic is not topic:
                if topic is not None:
                    program.desk.post(self._tell(topic))
                topic = step.topic
            elif moment - last_said < SAID_EVERY:
                return
            last_said = moment
            line = reading_line(step.topic, step.done, step.total, program.words)
            program.desk.post(lambda: self._say(line))

        return told

    def _tell(self, topic: Topic) -> Callable[[], None]:
        def told() -> None:
            if not self._told:
                self._program.desk.after("told", TOLD_EVERY.total_seconds(), self._show_told)
            self._told.add(topic)

        return told

    def _show_told(self) -> None:
        topics, self._told = frozenset(self._told), set()
        if topics:
            self._program.window.changed(topics)

    def _say(self, line: str) -> None:
        if self._is_busy:
            self._program.window.show_reading(line)

    def _begin(self, line: str) -> None:
        self._is_busy, self._is_stopped = True, False
        self._program.window.show_reading(line)

    def _end(self) -> None:
        self._is_busy = False
        self._program.withdraw_address()
        self._program.window.show_reading("")

    def _ask(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._program.desk.sync.ask(self._program.desk, work, done, self._failed)

    def _free_session(self) -> Session | None:
        session = self._program.session
        return None if self._is_busy or session is None or session.profile.is_archive else session


def _tidy(program: Program, session: Session) -> None:
    """Let the search become whole; pages that show it load again then."""

    def is_done(topics: Iterable[Topic]) -> None:
        if topics:
            program.window.changed(frozenset(topics))

    rounds = program.rounds
    program.desk.sync.ask(program.desk, lambda: session.tidy(rounds.is_stopped), is_done, lambda _failure: None)


def _last_round(session: Session) -> datetime | None:
    seen = [part.seen for part in session.reader.freshness(Topic.BILLS, Topic.TICKETS) if part.offered]
    known = [moment for moment in seen if moment is not None]
    return min(known) if known and len(known) == len(seen) else None


def _is_signed_out(session: Session) -> bool:
    return not session.is_signed_in


def _is_waiting(session: Session) -> bool:
    from selfcare.domain.waiting import WaitingState

    return any(w.state in {WaitingState.NEW, WaitingState.UNKNOWN} for w in session.reader.waiting())


def _next_try(session: Session) -> datetime | None:
    from selfcare.domain.waiting import WaitingState

    sendable = {WaitingState.NEW, WaitingState.UNKNOWN, WaitingState.ACCEPTED}
    tries = [w.next_try for w in session.reader.waiting() if w.state in sendable and w.next_try is not None]
    return min(tries, default=None)
