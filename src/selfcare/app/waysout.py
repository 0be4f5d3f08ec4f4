"""The ways out of an account: another one, one more, signing out, and forgetting everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from selfcare.app import accounts
from selfcare.app.proxying import forget_password
from selfcare.domain.records import replace
from selfcare.domain.topics import Topic
from selfcare.host.settings import without_account

if TYPE_CHECKING:
    from selfcare.app.program import Program
    from selfcare.domain.failures import Failure
    from selfcare.ui.pages.settings import SettingsPage


class WaysOut:
    """Hears what the settings ask for. `open_current` and `welcome` are the ways in again."""

    def __init__(
        self,
        program: Program,
        open_current: Callable[[], None],
        welcome: Callable[[], None],
        leave_demo: Callable[[], None],
    ) -> None:
        self.program = program
        self._open_current, self._welcome, self._leave_demo = open_current, welcome, leave_demo

    def hear(self, page: SettingsPage) -> None:
        """The settings came up: hear what they ask for."""
        page.account_chosen.connect(self.change_to)
        page.account_wanted.connect(self.add_one)
        page.sign_out_wanted.connect(self.sign_out)
        page.forget_wanted.connect(self.forget)

    def change_to(self, account_id: str) -> None:
        """Close this account and open another one."""
        program = self.program
        if not any(one.id == account_id for one in program.settings.accounts):
            return
        self._leave_demo()
        program.keep_settings(replace(program.settings, current=account_id))
        program.close_account(self._open_current)

    def add_one(self) -> None:
        """One more account: the first page again."""
        self._leave_demo()
        self.program.close_account(self._welcome)

    def sign_out(self) -> None:
        """End the session with the operator; what was read stays here. It is said at once, and nothing is asked of the
        operator any more until the customer signs in."""
        program = self.program
        session = program.session
        if session is None:
            return
        program.rounds.stop()
        program.rounds.forget()
        program.desk.sync.ask(program.window, session.sign_out, _nothing, self._could_not_sign_out)
        program.mark_signed_out(True)
        program.window.changed(frozenset(Topic))
        program.say_signed_out()

    def _could_not_sign_out(self, failure: Failure | None) -> None:
        self.program.mark_signed_out(False)
        self.program.show_failure(failure)

    def forget(self) -> None:
        """Delete everything of the current account: the session, the key, then the files."""
        program = self.program
        session, entry, home = program.session, program.entry, program.home
        if entry is None:
            return

        def gone(_result: object) -> None:
            self._leave_demo()
            program.entry = None
            left = without_account(program.settings, entry.id)
            if not left.accounts and left.proxy_user:
                program.desk.store.ask(program.window, forget_password, _nothing, program.show_failure)
                left = replace(left, proxy="none", proxy_address="", proxy_user="")
            program.keep_settings(left)
            self._open_current()

        def remove() -> None:
            program.desk.store.ask(
                program.window, lambda: accounts.forget_account(home, entry), gone, program.show_failure
            )

        if session is None:
            remove()
            return
        program.rounds.forget()
        program.desk.sync.ask(
            program.window,
            session.sign_out,
            lambda _: program.close_account(remove),
            lambda _: program.close_account(remove),
        )


def _nothing(_result: object) -> None:
    pass
