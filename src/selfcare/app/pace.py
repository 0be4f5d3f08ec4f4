"""When the open account's rounds come by themselves: keeps its rhythm, sets the timer, and listens to the network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from os import urandom
from typing import TYPE_CHECKING

from selfcare.app.patience import keep_patience
from selfcare.app.rhythm import (
    Rhythm,
    Trouble,
    after_failure,
    after_sending,
    after_success,
    at_start,
    believed,
    network_back,
    network_gone,
    phase_of,
    press,
    resumed,
    send_again,
    send_soon,
    try_again,
    woken,
)
from selfcare.domain.failures import Failure, NotAnAnswer, Offline, ServerTrouble, TimedOut, TooOften
from selfcare.domain.records import replace

if TYPE_CHECKING:
    from selfcare.app.program import Program
    from selfcare.viewmodel.notice import Notice

LOOKS_EVERY = timedelta(minutes=15)
"""How often, at the least, it is looked at whether a round is due: a timer stands still while the computer sleeps."""

BUSY_FOR = timedelta(seconds=30)
"""How long a round whose time has come waits for what is going on."""

_OF_THE_OPERATOR = (TooOften, ServerTrouble, TimedOut, NotAnAnswer)


class Pace:
    """The rhythm of one open account, on the screen's thread. `read` begins a round, and says whether it did; `push`
    sends what waits, if something does.

    `push_due` is when that is tried by itself, whatever each request's own time; None where nothing asks for it.
    """

    def __init__(self, program: Program, read: Callable[[], bool], push: Callable[[], None]) -> None:
        self._program, self._read, self._push = program, read, push
        self._rhythm: Rhythm | None = None
        self.push_due: datetime | None = None
        self._is_pressed = False
        self._why_not: Notice | None = None

    def begin(self, last_done: datetime | None, kept: Rhythm | None) -> None:
        """Plan the first round after the account was opened. `kept` is what was kept of the operator's patience."""
        now = self._program.now()
        fresh = at_start(self._interval(), last_done, now, chance, self._phase())
        self._rhythm = fresh if kept is None else resumed(kept, fresh, now)
        self._plan()
        self._push_soon()
        self._program.desk.watch_network(self._network_changed)

    def begin_anew(self) -> None:
        """The customer has signed in: rounds come by themselves from now on."""
        if self._rhythm is None:
            self._rhythm = Rhythm(self._interval(), self._program.now(), phase=self._phase())

    def end(self) -> None:
        """No more rounds by themselves."""
        self._rhythm = self.push_due = None
        self._program.desk.forget("round")

    def follow_settings(self) -> None:
        """The customer chose another interval."""
        if self._rhythm is not None:
            self._rhythm = replace(self._rhythm, interval=self._interval())

    def press(self) -> Notice | None:
        """The customer asks for a round now: None if it may begin, else when it may, and why not now."""
        from selfcare.viewmodel.rounds import too_soon

        self.begin_anew()
        assert self._rhythm is not None
        now = self._program.now()
        self._rhythm, wait = press(self._rhythm, now)
        if wait is None:
            self._is_pressed = True
            return None
        self._why_not = self._left_alone(now) or too_soon(wait, now, self._program.words)
        return self._why_not

    def try_again(self) -> Notice | None:
        """The customer wants a request tried again now: None if it may be, else when it may, and why not now."""
        from selfcare.viewmodel.rounds import tried_often

        self.begin_anew()
        assert self._rhythm is not None
        now = self._program.now()
        self._rhythm, wait = try_again(self._rhythm, now)
        if wait is None:
            self._is_pressed = True
            return None
        program = self._program
        self._why_not = self._left_alone(now) or tried_often(wait, now, program.words, program.context.zone)
        return self._why_not

    def _left_alone(self, now: datetime) -> Notice | None:
        from selfcare.viewmodel.rounds import left_alone

        closed = self._rhythm.closed_until(now) if self._rhythm is not None else None
        if closed is None or self._rhythm is None:
            return None
        program, asked = self._program, closed == self._rhythm.not_before
        return left_alone(closed, now, program.words, program.context.zone, asked=asked)

    def is_left_alone(self) -> bool:
        """The operator asked for patience, or is in trouble: what waits is sent when it may be asked again."""
        now = self._program.now()
        closed = self._rhythm.closed_until(now) if self._rhythm is not None else None
        if closed is not None:
            self._program.desk.after("push", (closed - now).total_seconds(), self._push)
        return closed is not None

    def remember(self, trouble: Failure | None) -> None:
        """A round is over: plan the next, and keep what the operator asked for over a restart."""
        now = self._program.now()
        if self._rhythm is None:
            return
        is_pressed, self._is_pressed = self._is_pressed, False
        if trouble is None:
            self._rhythm = after_success(self._rhythm, now, chance)
        elif is_pressed:
            self._rhythm = self._after_press(trouble, now)
        else:
            self._rhythm = after_failure(self._rhythm, now, chance, _asked_by(trouble), whose=_whose(trouble))
        self._go_on(trouble, now)

    def sent(self, trouble: Failure | None) -> None:
        """Requests were sent, or tried: where nobody was reached, that is tried again before the next round."""
        now = self._program.now()
        if self._rhythm is None:
            return
        is_pressed, self._is_pressed = self._is_pressed, False
        whose = None if trouble is None else _whose(trouble)
        if is_pressed and trouble is not None:
            self._rhythm = self._after_press(trouble, now)
        else:
            self._rhythm = after_sending(self._rhythm, now, chance, _asked_by(trouble), whose=whose)
        self._go_on(trouble, now)

    def _after_press(self, trouble: Failure, now: datetime) -> Rhythm:
        """What the customer asked for met a trouble: only what the operator says puts off what comes by itself."""
        assert self._rhythm is not None
        after = after_sending(self._rhythm, now, chance, _asked_by(trouble), whose=_whose(trouble))
        return replace(after, unheard=self._rhythm.unheard)

    def _go_on(self, trouble: Failure | None, now: datetime) -> None:
        """Plan what comes next after a round or a sending, and keep how things stand over a restart."""
        program, rhythm = self._program, self._rhythm
        assert rhythm is not None
        if trouble is None and self._why_not is not None:  # it holds no more: the operator was heard
            program.window.notes.unsay(self._why_not)
            self._why_not = None
        self.push_due = now + send_again(rhythm, chance) if isinstance(trouble, Offline) else None
        self._plan()
        home, session = program.home, program.session
        if session is not None:
            issuer = session.profile.issuer
            program.desk.store.run(lambda: keep_patience(home, issuer, rhythm))

    def _plan(self) -> None:
        assert self._rhythm is not None
        wait = min(self._rhythm.next_round - self._program.now(), LOOKS_EVERY)
        self._program.desk.after("round", wait.total_seconds(), self._due)

    def _due(self) -> None:
        """Begin the round whose time has come, or go on waiting for it."""
        if self._rhythm is None:
            return
        now = self._program.now()
        self._rhythm = believed(self._rhythm, now, chance)
        if now >= self._rhythm.next_round:
            rhythm = woken(self._rhythm, now, chance)
            if rhythm is self._rhythm:
                if not self._read():
                    self._program.desk.after("round", BUSY_FOR.total_seconds(), self._due)
                return
            self._rhythm = rhythm
        self._plan()

    def _network_changed(self, is_there: bool) -> None:
        """The computer says that it has lost the network, or has it again."""
        if self._rhythm is None:
            return
        now = self._program.now()
        if is_there and self._rhythm.away_since is not None:
            self._push_soon(is_back=True)
        self._rhythm = network_back(self._rhythm, now, chance) if is_there else network_gone(self._rhythm, now)
        self._plan()

    def _push_soon(self, *, is_back: bool = False) -> None:
        """What waits goes out within minutes: a start and a network that is back do not wait for the next round."""
        self.push_due = self._program.now() + send_soon(chance, is_back=is_back)
        self._push_at(self.push_due)

    def _push_at(self, moment: datetime) -> None:
        self._program.desk.after("push", max(1.0, (moment - self._program.now()).total_seconds()), self._push)

    def plan_push(self, next_try: datetime | None) -> None:
        """Send what waits at the next time that one of the requests, or the network, asks for."""
        moments = [moment for moment in (next_try, self.push_due) if moment is not None]
        if moments:
            self._push_at(min(moments))

    def _phase(self) -> float:
        entry = self._program.entry
        return phase_of(entry.id) if entry is not None else 0.0

    def _interval(self) -> timedelta:
        return timedelta(hours=self._program.settings.interval_hours)


def chance() -> float:
    """From 0 up to 1, from the system's own source of chance."""
    return int.from_bytes(urandom(7), "big") / 2**56


def _asked_by(trouble: Failure | None) -> datetime | None:
    return trouble.retry_at if isinstance(trouble, TooOften) else None


def _whose(trouble: Failure) -> Trouble:
    if isinstance(trouble, Offline):
        return "network"
    return "operator" if isinstance(trouble, _OF_THE_OPERATOR) else "ours"
