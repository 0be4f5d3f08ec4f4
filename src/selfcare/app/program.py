"""The running program: one window, at most one open account, and what the customer chose."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from selfcare import __version__
from selfcare.account.parting import PartingTime
from selfcare.account.session import call_off
from selfcare.api.route import take_route
from selfcare.app import accounts
from selfcare.app.early import EarlyOpening, open_and_look, utc_now
from selfcare.app.forgetting import end_unkept, finish_last, finish_soon, proxy_of, without_marked
from selfcare.app.language import words_of
from selfcare.app.patience import keep_no_others
from selfcare.app.proxying import ProxyRoute
from selfcare.app.rounds import Rounds
from selfcare.app.updating import Updating
from selfcare.app.word_reading import WordReading
from selfcare.domain.failures import DiskTrouble, SignInFailed
from selfcare.domain.records import replace
from selfcare.domain.topics import Topic
from selfcare.host.folders import resource
from selfcare.host.settings import AccountEntry, Settings, save_settings
from selfcare.ui.context import Context
from selfcare.ui.placing import place_of

if TYPE_CHECKING:
    from selfcare.account.session import Session
    from selfcare.domain.failures import Failure
    from selfcare.paper.reader import PaperReader
    from selfcare.ui.desk import Desk
    from selfcare.ui.window import MainWindow
    from selfcare.viewmodel.glance import Look
    from selfcare.viewmodel.notice import Notice

Browser = Callable[[str], None]

SHOW_AFTER = 0.25
"""Seconds that the window waits for its first page: drawing it twice costs more than that page."""

BEGIN_AFTER = 0.2
"""Seconds from an account's opening to the planning of its rounds: its page is drawn first."""


class Program:
    """One window with at most one open account. Its methods run on the screen's thread unless they say otherwise.

    `browser` opens the login page, from the sync lane; the demo has one that approves by itself. `is_quiet`: started
    by the login to the computer, it stays in the tray where it is kept there. `closing`: what is being closed now.
    `early` is the opening of the account that was open last, begun before the window is made.
    """

    def __init__(
        self, desk: Desk, home: Path, settings: Settings, settings_path: Path, early: EarlyOpening | None = None
    ) -> None:
        self.desk, self.home = desk, home
        self.browser: Browser = self._system_browser
        to_forget = accounts.marked(home)
        self.settings, self.settings_path = without_marked(settings, to_forget), settings_path
        self.now: Callable[[], datetime] = utc_now
        self.words = words_of(settings)
        self.closing: tuple[Session | None, AccountEntry | None] = None, None
        self.parting_time = PartingTime()
        self.session: Session | None = None
        self.entry: AccountEntry | None = None
        self._papers: PaperReader | None = None
        self._offered: Notice | None = None
        self.on_page: Callable[[str], None] = _nothing
        self.on_idle: Callable[[], None] = _no_work
        self.route = ProxyRoute(lambda: self.settings, proxy_of(settings_path).id)
        take_route(self.route)
        self.rounds = Rounds(self)
        self.word_reading = WordReading(self)
        self.updating = Updating(self)
        self.is_quiet = False
        self.early = early or EarlyOpening()
        self.context = _context_of(self)
        self.window = self._open_window()
        self._follow_tray()
        finish_soon(desk, home, to_forget, self.settings, settings_path, self.parting_time)

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

        def opened(found: tuple[Session, Look | None]) -> None:
            self.session, look = found
            self.context.session = self.session
            self.words = words_of(self.settings, self.session.profile.country)
            self.context.words = self.window.words = self.words
            self.context.account = replace(entry, name=entry.name or self.session.profile.name)
            self.follow_lock()
            _furnish(self.window, self.session)
            if shows:
                self.window.start("bills" if self.session.profile.is_archive else "home", look)
                self.show_now()
                tell_of_the_files(self, entry)
            if then is not None:
                then()
            else:
                self.begin_soon()
            self.desk.store.run(lambda: accounts.keep_entries(home, kept))

        home, now, words, kept = self.home, self.now, self.words, self.settings.accounts

        def work() -> tuple[Session, Look | None]:
            return self.early.take(entry) or open_and_look(home, now, words, entry, passphrase, shows=shows)

        self.desk.store.ask(self.window, work, opened, failed or self.show_failure)

    def begin_soon(self) -> None:
        """Plan the rounds of the open account, once its page is drawn; and the look at the list of versions."""
        self.updating.plan()
        self.desk.after("begin", BEGIN_AFTER, self.rounds.begin)
        self.word_reading.plan()

    def close_account(self, then: Callable[[], None], *, for_good: bool = False) -> None:
        """Close the open account, once both lanes are done with it; `then` runs with a new, empty window. What is being
        read of the operator is called off; `for_good`, what is being changed there too."""
        session, entry, home = self.session, self.entry, self.home
        self.closing = session, entry
        self.rounds.stop()
        self.rounds.forget()
        call_off(session, also_changes=for_good)
        self.desk.when_idle(0, lambda: self.on_idle())
        self.word_reading.stop()
        self.desk.paper.run(self._close_papers)
        self.session = self.context.session = self.entry = self.context.account = None
        self.context.is_signed_out = False
        self.words = self.context.words = words_of(self.settings)
        self._open_another_window()
        self.window.show()

        def closed(_result: object) -> None:
            self.closing = None, None
            then()

        def sync_is_idle(_result: object) -> None:
            self.desk.store.ask(self.window, lambda: _let_go(session, entry, home), closed, self.show_failure)

        self.desk.sync.ask(self.window, _no_work, sync_is_idle, self.show_failure)
        end_unkept(self.desk, None if for_good else session, entry, self.parting_time)

    def mark_signed_out(self, is_so: bool) -> None:
        """The customer has no session with the operator, or has one again: the window offers to sign in, or not."""
        if self.context.is_signed_out != is_so:
            self.context.is_signed_out = is_so
            self.window.topbar.show_signed_out(is_so)
            self.window.changed({Topic.SETTINGS, Topic.PROBLEMS})

    def say_signed_out(self) -> None:
        """Say that nothing comes from the operator until the customer signs in."""
        from selfcare.viewmodel.notices import signed_out

        self.window.say(signed_out(self.words))

    # ---- the window

    def show_soon(self) -> None:
        """Show the window as soon as its first page is there; empty where that takes longer than a moment."""
        self.desk.after("show", SHOW_AFTER, self.show_now)

    def show_now(self) -> None:
        """Show the window, if it is not there yet. A quiet start leaves it to the tray, where there is one."""
        self.desk.forget("show")
        if not (self.is_quiet and self.desk.tray is not None):
            self.window.show()

    def show_failure(self, failure: Failure | None) -> None:
        """Say what went wrong above the page."""
        from selfcare.viewmodel.notices import notice_of

        self.window.say(notice_of(failure, self.words))

    def keep_settings(self, settings: Settings) -> None:
        """The customer chose something in the settings: keep it, and show it at once."""
        settings = replace(settings, seen_version=__version__)
        language, look, looked = self.settings.language, self.settings.look, self.settings.looks_for_updates
        self.settings = self.context.settings = settings
        path, home = self.settings_path, self.home

        def keep() -> None:
            accounts.keep_entries(home, settings.accounts)
            save_settings(path, settings)

        self.desk.store.ask(self.window, keep, _nothing, self.show_failure, promised=True)
        if settings.looks_for_updates != looked:
            self.updating.begin()
        if settings.look != look:
            self.desk.theme.set_look(settings.look)
        self.rounds.follow_settings()
        self.follow_lock()
        if settings.language != language:
            country = self.session.profile.country if self.session is not None else ""
            self.words = self.context.words = words_of(settings, country)
            self._open_another_window()
            self.window.start("settings/language")
            self.window.show()
        self._follow_tray()

    def follow_lock(self) -> None:
        """Close the open account after as much idle time as the customer chose. One of which nothing is kept stays
        open: closing it would be to lose it."""
        is_kept = self.session is not None and self.entry is not None and self.entry.key_place != "memory"
        self.desk.when_idle(self.settings.lock_minutes if is_kept else 0, lambda: self.on_idle())

    def today(self) -> date:
        """The day, where the operator is."""
        zone = ZoneInfo(self.session.profile.zone) if self.session is not None else None
        return self.now().astimezone(zone).date()

    def close(self) -> None:
        """End everything, each thing on the thread that owns it."""
        self.rounds.stop()
        self.word_reading.stop()
        session, entry, closing, home, path = self.session, self.entry, self.closing, self.home, self.settings_path
        call_off(session)
        self.parting_time.closes()
        end_unkept(self.desk, session, entry, self.parting_time)
        settings = replace(self.settings, window=place_of(self.window))

        def last() -> None:
            if settings != self.settings:
                with contextlib.suppress(DiskTrouble):  # another time it opens at its usual place
                    save_settings(path, settings)
            try:
                self.early.drop()
                _let_go(*closing, home)
                _let_go(session, entry, home)
            finally:
                finish_last(home, settings, path, self.parting_time)

        self.desk.close(last, _no_work, self._close_papers, self.words)

    def _follow_tray(self) -> None:
        if self.settings.stay_in_tray or self.desk.tray is not None:
            self.desk.keep_in_tray(self.words if self.settings.stay_in_tray else None)

    def _close_papers(self) -> None:
        if self._papers is not None:
            self._papers.close()
            self._papers = None

    def _system_browser(self, url: str) -> None:
        session = self.session
        if session is None:
            raise SignInFailed("declined")
        from selfcare.app.browser import open_system_browser

        open_system_browser(url, session.profile, self.desk.post, self.rounds.is_stopped, self._offer_address)

    def _offer_address(self, url: str) -> None:
        from selfcare.viewmodel.notices import no_browser

        if not self.rounds.is_stopped():
            self._offered = no_browser(url, self.words)
            self.window.say(self._offered)

    def withdraw_address(self) -> None:
        """The sign-in is over, well or not: its address is worth nothing any more."""
        offered, self._offered = self._offered, None
        if offered is not None:
            self.window.notes.unsay(offered)

    def make_paper(self) -> PaperReader:
        """The PDF reader, for the paper lane; made when a PDF is first shown."""
        from selfcare.paper.reader import PaperReader

        if self._papers is None:
            self._papers = PaperReader()
        return self._papers

    def _open_another_window(self) -> None:
        """A new window stands where the one before it was."""
        self.settings = self.context.settings = replace(self.settings, window=place_of(self.window))
        self.window = self._open_window()

    def _open_window(self) -> MainWindow:
        window = self.desk.open_window(self.context)
        window.topbar.show_signed_out(self.context.is_signed_out)
        _furnish(window, self.session)
        window.stop_wanted.connect(self.rounds.stop)
        window.shown.connect(lambda key: self.on_page(key))
        return window


def tell_of_the_files(program: Program, entry: AccountEntry) -> None:
    """Say it where nothing is kept, and where what was read is damaged: what is missing does not say it."""
    session = program.session
    if entry.key_place == "memory":
        from selfcare.viewmodel.notices import nothing_is_kept

        program.window.say(nothing_is_kept(program.words))
    elif session is not None and session.loss is not None:
        program.show_failure(session.loss)


def _let_go(session: Session | None, entry: AccountEntry | None, home: Path) -> None:
    """Close an account; of one that nothing is kept of, remove the files. For the store lane."""
    if session is not None:
        session.close()
    if entry is not None and entry.key_place == "memory":
        accounts.forget_account(home, entry)
        keep_no_others(home)


def _context_of(program: Program) -> Context:
    """What every page is given."""
    desk, rounds = program.desk, program.rounds
    return Context(
        words=program.words,
        settings=program.settings,
        home=program.home,
        today=program.today,
        now=lambda: program.now(),
        store_lane=desk.store,
        sync_lane=desk.sync,
        paper_lane=desk.paper,
        rules=lambda name: resource("rules", name).read_bytes(),
        make_paper=program.make_paper,
        refresh=rounds.refresh,
        push=rounds.push,
        try_again=rounds.try_again,
        sign_in=rounds.sign_in,
        save_settings=program.keep_settings,
        updates=program.updating.facts,
        look_for_updates=program.updating.look,
        offset_here=lambda moment: moment.astimezone().utcoffset(),
    )


def _furnish(window: MainWindow, session: Session | None) -> None:
    """An archive has bills; services, tickets and contracts are an operator's."""
    if session is not None and session.profile.is_archive:
        window.sidebar.show_only(("bills", "leaving", "settings"))


def _nothing(_result: object) -> None:
    pass


def _no_work() -> None:
    pass
