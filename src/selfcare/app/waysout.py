"""The ways out of an account: another one, one more, signing out, and forgetting everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from selfcare.account.parting import Parting
from selfcare.account.session import call_off
from selfcare.app.forgetting import Forgetting, without_password
from selfcare.domain.records import replace
from selfcare.domain.topics import Topic
from selfcare.host.settings import without_account
from selfcare.viewmodel.welcome import Stage, WelcomeFacts

if TYPE_CHECKING:
    from selfcare.app.program import Program
    from selfcare.domain.failures import Failure
    from selfcare.ui.pages.settings import SettingsPage
    from selfcare.ui.pages.welcome import WelcomePage


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
        say_closing(program)

    def add_one(self) -> None:
        """One more account: the first page again."""
        self._leave_demo()
        self.program.close_account(self._welcome)
        say_closing(self.program)

    def sign_out(self) -> None:
        """End the session with the operator; what was read stays here. It is said once the session is gone from the
        disk, and nothing is asked of the operator any more until the customer signs in."""
        program = self.program
        session = program.session
        if session is None:
            return
        program.rounds.stop()
        program.rounds.forget()
        parting = Parting(session, program.parting_time)
        program.desk.store.ask(
            program.window, parting.forget, self._signed_out, self._could_not_sign_out, promised=True
        )
        program.desk.sync.run(parting.tell_operator, promised=True)
        program.mark_signed_out(True)
        program.window.changed(frozenset(Topic))

    def _signed_out(self, _result: object) -> None:
        self.program.say_signed_out()

    def _could_not_sign_out(self, failure: Failure | None) -> None:
        self.program.mark_signed_out(False)
        self.program.show_failure(failure)

    def forget(self) -> None:
        """Delete everything of the current account: the key, then the files; then the operator is told."""
        program = self.program
        session, entry = program.session, program.entry
        if entry is None:
            return
        forgetting = Forgetting(
            program.home, entry, session, program.settings, program.settings_path, program.parting_time
        )

        def gone(_result: object) -> None:
            leave()
            program.desk.store.ask(program.desk, forgetting.unmark, _nothing, program.show_failure)

        def not_gone(failure: Failure | None) -> None:
            leave()
            program.show_failure(failure)

        def leave() -> None:
            self._leave_demo()
            program.entry = None
            left = without_account(program.settings, entry.id)
            program.keep_settings(left if left.accounts else without_password(left))
            self._open_current()

        def remove() -> None:
            program.desk.store.ask(program.desk, forgetting.finish, gone, not_gone)

        program.desk.sync.run(forgetting.tell_before, promised=True)
        program.desk.store.run(forgetting.begin, promised=True)
        if session is None:
            call_off(program.closing[0], also_changes=True)  # what was locked may still end a renewal
            remove()
        else:
            program.close_account(remove, for_good=True)
        say_closing(program, Stage.FORGETTING)
        program.desk.sync.run(forgetting.tell_operator, promised=True)


def say_closing(program: Program, stage: Stage = Stage.CLOSING) -> None:
    """Say at once that the account is on its way out: the network or the key store may take its time."""
    program.window.show_room("welcome")
    page: WelcomePage = program.window.page("welcome")  # type: ignore[assignment]
    page.show_facts(WelcomeFacts(stage=stage))


def _nothing(_result: object) -> None:
    pass
