"""The way in: the first start, the first sign-in and reading, looking around, and opening what is here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakSet

from selfcare.account.session import drop_key
from selfcare.app import accounts
from selfcare.app.accounts import unmark
from selfcare.app.agreeing import agree_anew
from selfcare.app.forgetting import let_go
from selfcare.app.lookaround import LookAround
from selfcare.app.new_archive import Bringing, NewArchive
from selfcare.app.new_operator import look_for
from selfcare.app.newer_profile import NewerProfile
from selfcare.app.news import tell_news
from selfcare.app.program import tell_of_the_files
from selfcare.app.proxying import choose_way
from selfcare.app.waysout import WaysOut
from selfcare.domain.failures import Failure, NoKeyring, ProfileError, SignInFailed, VaultLocked
from selfcare.domain.operator import ARCHIVE
from selfcare.domain.records import replace
from selfcare.host.settings import AccountEntry, save_settings, with_account, without_account
from selfcare.viewmodel.welcome import KeyChoice, KeyStore, OperatorRow, SignInChoice, Stage, WelcomeFacts

if TYPE_CHECKING:
    from selfcare.account.pull import Progress
    from selfcare.app.open_problems import OpenProblems
    from selfcare.app.program import Program
    from selfcare.ui.pages.help import HelpPage
    from selfcare.ui.pages.page import Page
    from selfcare.ui.pages.settings import SettingsPage
    from selfcare.ui.pages.welcome import WelcomePage
    from selfcare.viewmodel.notice import Notice

TELL_AFTER = 0.3
"""Seconds that the key store may take before it is said that it is waited for."""


class Entrance:
    """Hears what the first page and the settings ask for. Its methods run on the screen's thread.

    `demo` is the looking around; whoever closes the program stops its operators.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.facts = WelcomeFacts()
        self.demo = LookAround(program)
        self.bringing = Bringing(self)
        self.archive = NewArchive(program, self.demo.leave, self._failed, self.bringing)
        self._wired: WeakSet[object] = WeakSet()
        self.ways = WaysOut(program, self.open_current, self.welcome, self.demo.leave)
        self.newer = NewerProfile(program, self.open_current)
        self.problems: OpenProblems | None = None
        self._untold: list[Callable[[], Notice]] = []
        program.on_page = self.wire
        program.on_idle = self.lock

    # ---- how the program begins

    def open_current(self) -> None:
        """The account that was open last, or the first page; the archive, where a file was opened with the program."""
        program = self.program
        settings = accounts.restored_choices(program.home, program.settings, program.settings_path)
        if settings is not None:
            self._untold.append(partial(_restored, program))
            program.keep_settings(settings)
        entry = self.bringing.entry_of(program.settings)
        if entry is None:
            self.welcome()
            return
        if entry.id != program.settings.current:
            program.keep_settings(replace(program.settings, current=entry.id))
        if entry.key_place == "passphrase":
            program.entry = entry
            program.desk.store.run(program.early.drop)  # another account may be open ahead; nobody asks for that one
            self.bringing.not_opened()
            self.show(WelcomeFacts(stage=Stage.OPEN, account=entry.name, asks_passphrase=True))
            self._tell_untold()
        else:
            self._open(entry)

    def _open(self, entry: AccountEntry, passphrase: str = "") -> None:
        """Open it; where the key store takes its time, because it asks the customer something, say so meanwhile."""
        self.bringing.opens()
        if entry.key_place == "keyring":
            waits = WelcomeFacts(stage=Stage.OPEN, account=entry.name, is_opening=True)
            self.program.desk.after("opening", TELL_AFTER, lambda: self.show(waits))
        self.program.open_account(entry, passphrase, then=self._opened, failed=self.could_not_open)

    def _opened(self) -> None:
        self.program.desk.forget("opening")
        self._tell_untold()
        tell_news(self.program)
        self.program.begin_soon()
        self.bringing.opened()

    def _tell_untold(self) -> None:
        while self._untold:
            self.program.window.say(self._untold.pop(0)())

    def lock(self) -> None:
        """Nobody is there: close the account, its files and its papers, drop its key, and ask for the key again."""
        program, entry, session = self.program, self.program.entry, self.program.session
        program.desk.store.run(program.early.drop)
        if entry is None or session is None:
            return
        program.close_account(_nothing)
        program.desk.store.run(lambda: drop_key(session))  # a renewal that the operator has heard may take its time
        program.entry = entry
        asks = entry.key_place == "passphrase"
        self.show(WelcomeFacts(stage=Stage.OPEN, account=entry.name, asks_passphrase=asks, is_locked=True))

    def open_demo(self, login: str, *, offline: bool) -> None:
        """The demo as the command line asks for it: its pages are there while they are read for the first time."""
        program = self.program
        program.rounds.wake()
        if not offline:
            self.show(WelcomeFacts(stage=Stage.STARTING))

        def ready(entry: AccountEntry) -> None:
            self.facts = WelcomeFacts()
            is_here = accounts.is_kept(program.home, entry)
            then = program.rounds.begin if offline else program.rounds.sign_in
            program.open_account(entry, then=then, failed=self.could_not_open if is_here else self.welcome)

        self.demo.prepare(login, accounts.choose_key_place, ready, self.welcome, offline=offline)

    def welcome(self, failure: Failure | None = None) -> None:
        """The first page, once it is known what this computer can do with a key; and why it is this one again."""
        self.bringing.not_opened()
        self.program.desk.store.run(self.program.early.drop)
        self.show(WelcomeFacts(failure=failure, is_demo=failure is not None, brought=self.bringing.names))
        self.program.desk.store.ask(self.program.window, key_store, self._key_store_known, self.program.show_failure)

    def _key_store_known(self, found: tuple[KeyStore, str, tuple[OperatorRow, ...]]) -> None:
        self.show(replace(self.facts, key_store=found[0], keychain=found[1], operators=found[2]))

    def could_not_open(self, failure: Failure | None) -> None:
        """What is here stays closed: say why, and offer to try again or to forget it."""
        self.program.desk.forget("opening")
        self.bringing.not_opened()
        self.show(_closed(self.program.entry, failure))

    # ---- the first page

    def show(self, facts: WelcomeFacts) -> None:
        """Put the first page in front, as things stand."""
        entry = self.program.entry
        if facts.stage is Stage.OPEN and entry is not None and entry.profile_id == ARCHIVE:
            facts = replace(facts, is_archive=True)
        self.facts = facts
        self.program.window.show_room("welcome")
        page: WelcomePage = self.program.window.page("welcome")  # type: ignore[assignment]
        page.show_facts(facts)
        self.program.show_now()

    def wire(self, key: str) -> None:
        """A page came up: hear what it asks for."""
        page = self.program.window.page(key)
        if key not in {"welcome", "help", "settings"} or page in self._wired:
            return
        self._wired.add(page)
        if key == "help":
            _hear_help(self, page)
        elif key == "welcome":
            first: WelcomePage = page  # type: ignore[assignment]
            first.sign_in_wanted.connect(self.begin)
            first.way_chosen.connect(partial(choose_way, self.program))
            first.demo_wanted.connect(self.begin_demo)
            first.archive_wanted.connect(self.archive.begin)
            first.open_wanted.connect(self.open_with)
            first.forget_wanted.connect(self.ways.forget)
            first.aside_wanted.connect(partial(_open_without_requests, self))
            first.description_wanted.connect(partial(agree_anew, self))
            first.cancel_wanted.connect(self.program.rounds.stop)  # of the login, or of the first reading
            _problems_of(self).hear(first)
        else:
            choices: SettingsPage = page  # type: ignore[assignment]
            choices.way_chosen.connect(partial(choose_way, self.program))
            choices.description_wanted.connect(self.newer.look)
            self.ways.hear(choices)

    def begin(self, choice: SignInChoice) -> None:
        """Sign in to an operator for the first time: its profile, a vault, the login, the first reading."""
        if login := next((one.demo for one in self.facts.operators if one.id == choice.operator_id), ""):
            self.begin_demo(choice.key, login)
            return
        self.demo.leave()
        self._begin(Stage.BROWSER)
        look_for(
            self.program,
            choice,
            self._ask_sync,
            lambda entry: self._open_new(entry, choice.key.passphrase),
            lambda: self.show(replace(self.facts, stage=Stage.CHOOSE)),
        )

    def begin_demo(self, key: KeyChoice, login: str = "claire") -> None:
        """Look around: start the demo operator and sign in to it as one of its customers."""
        self._begin(Stage.STARTING)
        self.demo.prepare(login, lambda: key.place, lambda entry: self._open_new(entry, key.passphrase), self._failed)

    def open_with(self, passphrase: str) -> None:
        """Open what is here, with a passphrase or by asking the key store again."""
        entry = self.program.entry
        if entry is not None:
            self._open(entry, passphrase)

    def _begin(self, stage: Stage) -> None:
        self.bringing.drop()
        self.program.rounds.wake()
        is_demo = stage is Stage.STARTING
        self.show(replace(self.facts, stage=stage, failure=None, account="", brought="", is_demo=is_demo))

    def _ask_sync(
        self,
        work: Callable[[], object],
        done: Callable[..., None],
        failed: Callable[[Failure | None], None] | None = None,
    ) -> None:
        self.program.desk.sync.ask(self.program.window, work, done, failed or self._failed)

    def _failed(self, failure: Failure | None, known: str = "") -> None:
        self.show(replace(self.facts, stage=Stage.CHOOSE, account=known, what="", done=0, total=0, failure=failure))
        if failure is None and not self.program.rounds.is_stopped():
            self.program.show_failure(None)

    def _open_new(self, entry: AccountEntry, passphrase: str) -> None:
        program = self.program
        program.entry = entry

        def opened() -> None:
            session = program.session
            assert session is not None
            browser, stopped = program.browser, program.rounds.is_stopped
            if stopped():
                gave_up(SignInFailed("declined"))
                return
            self._ask_sync(
                lambda: session.sign_in(browser, cancelled=stopped), lambda _: self._read_first(entry), gave_up
            )

        def gave_up(failure: Failure | None) -> None:
            _give_up(self, entry, failure)

        program.open_account(entry, passphrase, then=opened, failed=gave_up, shows=False)

    def _read_first(self, entry: AccountEntry) -> None:
        program = self.program
        session = program.session
        assert session is not None
        program.withdraw_address()
        self.show(replace(self.facts, stage=Stage.READING))
        stopped = program.rounds.is_stopped

        from selfcare.viewmodel.rounds import topic_name

        def told(step: Progress) -> None:
            facts = replace(
                self.facts, what=topic_name(step.topic, program.words), done=step.done, total=step.total or 0
            )
            program.desk.post(lambda: self._show_reading(facts))

        def gave_up(failure: Failure | None) -> None:
            ended = partial(_give_up, self, entry, failure)
            self._ask_sync(session.sign_out, lambda _: ended(), lambda _: ended())

        def read(_topics: object) -> None:
            if stopped():
                gave_up(None)
                return
            self.facts = WelcomeFacts()
            program.window.start()
            tell_of_the_files(program, entry)
            program.rounds.begin()
            program.word_reading.plan()

        kept = partial(self._ask_sync, lambda: session.round(told, stopped), read, gave_up)
        _keep_for_good(self, entry, kept, gave_up)

    def _show_reading(self, facts: WelcomeFacts) -> None:
        if self.facts.stage is Stage.READING:
            self.show(facts)


def _nothing() -> None:
    pass


def _closed(entry: AccountEntry | None, failure: Failure | None) -> WelcomeFacts:
    return WelcomeFacts(
        stage=Stage.OPEN,
        account=entry.name if entry is not None else "",
        asks_passphrase=entry is not None and entry.key_place == "passphrase",
        is_undescribed=isinstance(failure, ProfileError),
        failure=failure,
    )


def _restored(program: Program) -> Notice:
    from selfcare.viewmodel.notices import settings_restored

    return settings_restored(program.words)


def _open_without_requests(entrance: Entrance, passphrase: str) -> None:
    """Put the damaged file of requests aside, as the customer wants, then open the rest and say where it is."""
    program, entry = entrance.program, entrance.program.entry
    if entry is None:
        return

    def put_aside() -> tuple[str, tuple[tuple[str, str], ...]] | None:
        return accounts.set_requests_aside(program.home, entry, program.now, passphrase)

    def opens(found: tuple[str, tuple[tuple[str, str], ...]] | None) -> None:
        from selfcare.viewmodel.notices_of_files import requests_put_aside

        if found is not None:
            entrance._untold.append(lambda: requests_put_aside(*found, program.words))
        entrance._open(entry, passphrase)

    program.desk.store.ask(program.window, put_aside, opens, entrance.could_not_open)


def key_store() -> tuple[KeyStore, str, tuple[OperatorRow, ...]]:
    """What this computer can do with a key, what it calls its key store, and the operators that the program knows.

    For the store lane.
    """
    from selfcare.app.known import known_operators
    from selfcare.host.keychain import system_keychain

    rows = tuple(OperatorRow(one.id, one.name, one.country, one.demo) for one in known_operators())
    try:
        return KeyStore.WORKS, system_keychain().name, rows
    except NoKeyring:
        return KeyStore.NONE, "", rows
    except VaultLocked:
        return KeyStore.LOCKED, "", rows


def _keep_for_good(
    entrance: Entrance, entry: AccountEntry, kept: Callable[[], None], failed: Callable[[Failure | None], None]
) -> None:
    """The customer is signed in: from now on the account is found again, also where the program ends while it reads.
    Its mark goes once the choices name it: an account that nobody can see is not left behind."""
    program = entrance.program
    if entrance.demo.is_its(entry) or entry.key_place == "memory":  # of that one nothing outlives the window
        kept()
        return
    program.keep_settings(with_account(program.settings, entry))
    home, path, settings = program.home, program.settings_path, program.settings

    def keep() -> None:
        save_settings(path, settings)
        unmark(home, entry)

    program.desk.store.ask(program.window, keep, lambda _: kept(), failed, promised=True)


def _give_up(entrance: Entrance, entry: AccountEntry, failure: Failure | None) -> None:
    """A first sign-in that came to nothing leaves nothing behind: no files and no key. The demo's may stay."""
    program = entrance.program
    session, home, is_demo = program.session, program.home, entrance.demo.is_its(entry)
    program.session = program.context.session = program.entry = program.context.account = None
    program.withdraw_address()
    entrance.demo.leave()
    if any(one.id == entry.id for one in program.settings.accounts) and not is_demo:
        program.keep_settings(without_account(program.settings, entry.id))

    def remove() -> None:
        if session is not None:
            session.close()
        if not is_demo or entry.key_place == "memory":
            let_go(home, entry)

    program.desk.store.ask(program.window, remove, *[lambda _: entrance._failed(failure, entry.name)] * 2)


def _hear_help(entrance: Entrance, page: Page) -> None:
    desk: HelpPage = page  # type: ignore[assignment]
    desk.open_list_wanted.connect(lambda: _problems_of(entrance).see_own())


def _problems_of(entrance: Entrance) -> OpenProblems:
    """One for all windows, made when it may first be asked for."""
    if entrance.problems is None:
        from selfcare.app.open_problems import OpenProblems

        entrance.problems = OpenProblems(entrance.program, entrance.demo)
    return entrance.problems
