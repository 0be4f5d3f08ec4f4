"""The running program: opens the account, makes the rounds to the operator, and keeps the window told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from selfcare.app import accounts
from selfcare.app.rhythm import Rhythm, after_failure, after_success, at_start, press
from selfcare.domain.failures import Failure, SignedOut, TooOften
from selfcare.domain.topics import Topic
from selfcare.host.folders import resource
from selfcare.host.settings import AccountEntry, Settings, save_settings
from selfcare.i18n import Words, load_words
from selfcare.ui.context import Context
from selfcare.ui.desk import Desk
from selfcare.viewmodel.notices import nothing_is_kept, notice_of
from selfcare.viewmodel.rounds import reading_line, sending_line, signing_in_line

if TYPE_CHECKING:
    from selfcare.account.pull import Progress
    from selfcare.account.session import Session
    from selfcare.paper.reader import PaperReader
    from selfcare.ui.window import MainWindow

BUSY_EVERY = timedelta(milliseconds=120)
"""How often, at the most, the line of progress changes."""

Browser = Callable[[str], None]


def utc_now() -> datetime:
    """The instant, aware, in UTC. The only clock of the program."""
    return datetime.now(UTC)


class Program:
    """One window with at most one open account. Its methods run on the screen's thread unless they say otherwise.

    `browser` opens the login page, from the sync lane; the demo has one that approves by itself.
    """

    def __init__(self, desk: Desk, home: Path, settings: Settings, settings_path: Path) -> None:
        self.desk, self.home = desk, home
        self.browser: Browser = self._system_browser
        self.settings, self.settings_path = settings, settings_path
        self.now: Callable[[], datetime] = utc_now
        self.chance = SystemRandom().random
        self.words = words_of(settings)
        self.session: Session | None = None
        self.entry: AccountEntry | None = None
        self.rhythm: Rhythm | None = None
        self._papers: PaperReader | None = None
        self._is_busy = False
        self._is_stopped = False
        self.on_page: Callable[[str], None] = _nothing
        self.signs_in_by_itself = False
        self.context = self._make_context()
        self.window = self._open_window()

    # ---- the account

    def open_account(
        self,
        entry: AccountEntry,
        passphrase: str = "",
        then: Callable[[], None] | None = None,
        failed: Callable[[Failure | None], None] | None = None,
        *,
        shows: bool = True,
    ) -> None:
        """Open an account's vault on the store lane and show its pages; `then` runs once they are there."""
        self.entry = entry

        def opened(session: Session) -> None:
            self.session = self.context.session = session
            if shows:
                self.window.start()
                self._tell_where_the_key_is(entry)
            (then or self.begin_rounds)()

        home, now = self.home, self.now
        self.desk.store.ask(
            self.window,
            lambda: accounts.open_account(home, entry, now, passphrase),
            opened,
            failed or self.show_failure,
        )

    def close_account(self, then: Callable[[], None]) -> None:
        """Close the open account, once both lanes are done with it; `then` runs with a new, empty window."""
        session = self.session
        self.stop()
        self.forget_rounds()
        self.session = self.context.session = None
        self.window = self._open_window()
        self.window.show()

        def closed(_result: object) -> None:
            then()

        def sync_is_idle(_result: object) -> None:
            work = session.close if session is not None else _no_work
            self.desk.store.ask(self.window, work, closed, self.show_failure)

        self.desk.sync.ask(self.window, _no_work, sync_is_idle, self.show_failure)

    def _tell_where_the_key_is(self, entry: AccountEntry) -> None:
        if entry.key_place == "memory":
            self.window.say(nothing_is_kept(self.words))

    def begin_rounds(self) -> None:
        """Plan the first round of an account that was just opened."""
        session = self.session
        assert session is not None
        interval = timedelta(hours=self.settings.interval_hours)

        def planned(last: datetime | None) -> None:
            self.rhythm = at_start(interval, last, self.now(), self.chance)
            self._plan()

        self.desk.store.ask(self.window, lambda: _last_round(session), planned, self.show_failure)

    def sign_in(self) -> None:
        """Sign in, then read everything."""
        session = self.session
        if session is None or self._is_busy:
            return
        self._begin(signing_in_line(self.words))
        browser, stopped = self.browser, self.is_stopped
        self.desk.sync.ask(
            self.window, lambda: session.sign_in(browser, cancelled=stopped), lambda _: self._signed_in(), self._failed
        )

    def _signed_in(self) -> None:
        self._end()
        self.read_now()

    # ---- rounds

    def refresh(self) -> None:
        """The customer asks for a round now."""
        if self.session is None or self._is_busy:
            return
        rhythm = self.rhythm or Rhythm(timedelta(hours=self.settings.interval_hours), self.now())
        self.rhythm, wait = press(rhythm, self.now())
        if wait is not None:
            self.window.say(notice_of(TooOften(wait), self.words))
            return
        self.read_now()

    def read_now(self) -> None:
        """Send what is waiting and read everything."""
        session = self.session
        if session is None or self._is_busy:
            return
        self._begin(reading_line(Topic.CUSTOMER, 0, None, self.words))
        progress, stopped = self._progress(), self.is_stopped
        self.desk.sync.ask(self.window, lambda: session.round(progress, stopped), self._round_done, self._failed)

    def push(self) -> None:
        """Something was asked for: send it as soon as the lane is free."""
        session = self.session
        if session is None or self._is_busy:
            return
        self._begin(sending_line(self.words))
        stopped = self.is_stopped
        self.desk.sync.ask(self.window, lambda: session.push(stopped), self._pushed, self._failed)

    def forget_rounds(self) -> None:
        """No more rounds by themselves."""
        self.rhythm = None
        self.desk.forget("round")

    def wake(self) -> None:
        """Something new begins: what was stopped before does not stop it."""
        self._is_stopped = False

    def stop(self) -> None:
        """The customer does not want to wait for what is going on."""
        self._is_stopped = True

    def _round_done(self, topics: Iterable[Topic]) -> None:
        self._end()
        trouble = self.session.trouble if self.session is not None else None
        if self.rhythm is not None:
            if trouble is None:
                self.rhythm = after_success(self.rhythm, self.now(), self.chance)
            else:
                retry_at = trouble.retry_at if isinstance(trouble, TooOften) else None
                self.rhythm = after_failure(self.rhythm, self.now(), self.chance, retry_at)
            self._plan()
        self.window.changed(frozenset(Topic))
        self._sign_in_again(trouble)

    def _pushed(self, topics: Iterable[Topic]) -> None:
        self._end()
        self.window.changed(frozenset(topics) | {Topic.WAITING})
        self._sign_in_again(self.session.trouble if self.session is not None else None)

    def _sign_in_again(self, trouble: Failure | None) -> None:
        if self.signs_in_by_itself and isinstance(trouble, SignedOut):
            self.signs_in_by_itself = False
            self.sign_in()

    def _failed(self, failure: Failure | None) -> None:
        self._end()
        if self.rhythm is not None:
            self.rhythm = after_failure(self.rhythm, self.now(), self.chance)
            self._plan()
        if self.signs_in_by_itself and isinstance(failure, SignedOut):
            self._sign_in_again(failure)
            return
        self.show_failure(failure)

    def _plan(self) -> None:
        assert self.rhythm is not None
        self.desk.after("round", (self.rhythm.next_round - self.now()).total_seconds(), self.read_now)

    def _progress(self) -> Callable[[Progress], None]:
        """Told on the sync lane; says it on the screen, and loads again the pages whose topic is through."""
        last_said = self.now()
        topic: Topic | None = None

        def told(step: Progress) -> None:
            nonlocal last_said, topic
            moment = self.now()
            if step.topic is not topic:
                if topic is not None:
                    self.desk.post(_tell(self.window, topic))
                topic = step.topic
            elif moment - last_said < BUSY_EVERY:
                return
            last_said = moment
            line = reading_line(step.topic, step.done, step.total, self.words)
            self.desk.post(lambda: self._say_line(line))

        return told

    def _say_line(self, line: str) -> None:
        if self._is_busy:
            self.window.show_reading(line)

    def _begin(self, line: str) -> None:
        self._is_busy, self._is_stopped = True, False
        self.window.show_reading(line)

    def _end(self) -> None:
        self._is_busy = False
        self.window.show_reading("")

    def is_stopped(self) -> bool:
        """Whether the customer stopped what is going on; asked on the sync lane."""
        return self._is_stopped

    # ---- the window

    def show_failure(self, failure: Failure | None) -> None:
        """Say what went wrong above the page."""
        self.window.say(notice_of(failure, self.words))

    def keep_settings(self, settings: Settings) -> None:
        """The customer chose something in the settings: keep it, and show it at once."""
        language, look = self.settings.language, self.settings.look
        self.settings = self.context.settings = settings
        path = self.settings_path
        self.desk.store.ask(self.window, lambda: save_settings(path, settings), _nothing, self.show_failure)
        if settings.look != look:
            self.desk.theme.set_look(settings.look)
        if self.rhythm is not None:
            self.rhythm = replace(self.rhythm, interval=timedelta(hours=settings.interval_hours))
        if settings.language != language:
            self.words = words_of(settings)
            self.context.words = self.words
            self.window = self._open_window()
            self.window.start("settings")
            self.window.show()

    def today(self) -> date:
        """The day, where the operator is."""
        zone = ZoneInfo(self.session.profile.zone) if self.session is not None else None
        return self.now().astimezone(zone).date()

    def close(self) -> None:
        """End everything, each thing on the thread that owns it."""
        self.stop()
        session, entry, home = self.session, self.entry, self.home

        def last_of_store() -> None:
            if session is not None:
                session.close()
            if entry is not None and entry.key_place == "memory":
                accounts.forget_account(home, entry)

        self.desk.close(last_of_store, _no_work, self._close_papers)

    def _close_papers(self) -> None:
        if self._papers is not None:
            self._papers.close()
            self._papers = None

    def _system_browser(self, url: str) -> None:
        from selfcare.ui.links import open_login

        hosts = self.session.profile.hosts if self.session is not None else ()
        self.desk.post(lambda: _discard(open_login(url, hosts)))

    def _make_paper(self) -> PaperReader:
        from selfcare.paper.reader import PaperReader

        if self._papers is None:
            self._papers = PaperReader()
        return self._papers

    def _make_context(self) -> Context:
        return Context(
            words=self.words,
            settings=self.settings,
            today=self.today,
            now=lambda: self.now(),
            store_lane=self.desk.store,
            sync_lane=self.desk.sync,
            paper_lane=self.desk.paper,
            rules=lambda name: resource("rules", name).read_bytes(),
            make_paper=self._make_paper,
            refresh=self.refresh,
            push=self.push,
            sign_in=self.sign_in,
            save_settings=self.keep_settings,
        )

    def _open_window(self) -> MainWindow:
        window = self.desk.open_window(self.context)
        window.stop_wanted.connect(self.stop)
        window.shown.connect(lambda key: self.on_page(key))
        return window


def words_of(settings: Settings) -> Words:
    """The chosen language, or the computer's own."""
    return load_words(settings.language or _system_language(), resource("locale"))


def _system_language() -> str:
    import locale

    found = locale.getlocale()[0] or ""
    return found.partition("_")[0].lower()


def _last_round(session: Session) -> datetime | None:
    seen = [part.seen for part in session.reader.freshness(Topic.BILLS, Topic.TICKETS) if part.offered]
    known = [moment for moment in seen if moment is not None]
    return min(known) if known and len(known) == len(seen) else None


def _tell(window: MainWindow, topic: Topic) -> Callable[[], None]:
    return lambda: window.changed({topic})


def _nothing(_result: object) -> None:
    pass


def _no_work() -> None:
    pass


def _discard(_opened: bool) -> None:
    pass
