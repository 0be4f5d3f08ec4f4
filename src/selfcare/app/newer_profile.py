"""Asks the operator how it describes itself now, shows what is new, and takes it over where the customer agrees."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from selfcare.app import accounts
from selfcare.app.known import fresh_profile
from selfcare.app.vouching import KEPT_AS
from selfcare.app.waysout import say_closing

if TYPE_CHECKING:
    from selfcare.account.session import Session
    from selfcare.api.profile_changes import Change
    from selfcare.app.program import Program
    from selfcare.domain.operator import OperatorProfile
    from selfcare.ui.pages.settings import SettingsPage


def look_quietly(program: Program, session: Session) -> None:
    """A list is not where the description says: ask the operator how it describes itself now, and point to what is
    new. Nothing is taken over by this, and nothing is said where nothing is new or nobody answers."""
    profile = session.profile

    def found(answer: tuple[bytes, tuple[Change, ...]]) -> None:
        from selfcare.viewmodel.operator_changes import has_moved

        if answer[1] and program.session is session:
            program.window.say(has_moved(profile.name, program.words))

    program.desk.sync.ask(program.window, _asking(program, profile), found, lambda _: None)


def _asking(program: Program, profile: OperatorProfile) -> Callable[[], tuple[bytes, tuple[Change, ...]]]:
    home, entries = program.home, program.settings.accounts
    return lambda: fresh_profile(profile, accounts.kept_profiles(home, entries))


class NewerProfile:
    """Hears the settings. Its methods run on the screen's thread; `open_current` opens the account again."""

    def __init__(self, program: Program, open_current: Callable[[], None]) -> None:
        self.program = program
        self._open_current = open_current

    def look(self) -> None:
        """Ask the operator; the answer is a question to the customer, or the news that nothing is new."""
        program = self.program
        session = program.session
        if session is None:
            return
        profile = session.profile
        program.desk.sync.ask(
            program.window, _asking(program, profile), lambda found: self._found(*found), program.show_failure
        )

    def _found(self, text: bytes, changes: tuple[Change, ...]) -> None:
        from selfcare.viewmodel.operator_changes import changes_view, nothing_new

        program = self.program
        entry, session, home = program.entry, program.session, program.home
        if entry is None or session is None:
            return
        if not changes:
            program.window.say(nothing_new(session.profile.name, program.words))
            return
        page: SettingsPage = program.window.page("settings")  # type: ignore[assignment]
        if page.agrees(changes_view(session.profile.name, changes, program.words)):

            def keeping() -> None:
                session.save_draft(KEPT_AS, text)  # the vault first: where the two differ, it is right
                accounts.keep_profile(home, entry, text)

            program.desk.store.ask(program.window, keeping, self._kept, program.show_failure)

    def _kept(self, _result: object) -> None:
        self.program.close_account(self._open_current)
        say_closing(self.program)
