"""Looking around: the demo operator is started, its customer comes in, and all of it is put away on leaving."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from selfcare.app import accounts
from selfcare.domain.failures import DemoNotKept

if TYPE_CHECKING:
    from selfcare.app.accounts import KeyPlace
    from selfcare.app.demo import DemoOperator
    from selfcare.app.program import Browser, Program
    from selfcare.domain.failures import Failure
    from selfcare.host.settings import AccountEntry


class LookAround:
    """The demo, whichever way it was opened. Its methods run on the screen's thread.

    `operators` are the demo operators that run; whoever closes the program stops them.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self.operators: list[DemoOperator] = []
        self._accounts: set[str] = set()
        self._real_browser: Browser | None = None

    def prepare(
        self,
        login: str,
        place: Callable[[], KeyPlace],
        ready: Callable[[AccountEntry], None],
        failed: Callable[[Failure | None], None],
        *,
        offline: bool = False,
    ) -> None:
        """Start the operator on the sync lane, then hand its account to `ready`; the login needs no hand from here on.

        `failed` is told None where the customer stopped it. `place` is asked on the lane: it may wait for the key
        store.
        """
        program = self._program
        home, desk = program.home, program.desk

        def prepared(found: tuple[AccountEntry, bytes]) -> None:
            entry, profile = found
            if program.rounds.is_stopped():
                gave_up(None)
                return
            program.entry = entry
            self._accounts.add(entry.id)
            if profile:
                desk.store.ask(
                    desk, lambda: accounts.keep_profile(home, entry, profile), lambda _: come_in(entry), gave_up
                )
            else:
                come_in(entry)

        def come_in(entry: AccountEntry) -> None:
            self._real_browser = self._real_browser or program.browser
            from selfcare.app.start_demo import demo_browser_for

            program.browser = demo_browser_for(login)
            program.rounds.signs_in_by_itself = True
            ready(entry)

        def gave_up(failure: Failure | None) -> None:
            self.leave()
            failed(failure)

        def work() -> tuple[AccountEntry, bytes]:
            from selfcare.app.start_demo import prepare_demo  # a start without the demo need not load it

            made = prepare_demo(login, place(), lambda one: self.operators.append(one), offline=offline)
            if offline and not accounts.is_kept(home, made[0]):
                raise DemoNotKept
            return made

        desk.sync.ask(desk, work, prepared, gave_up)

    def is_its(self, entry: AccountEntry) -> bool:
        """Whether this is an account of the demo; what an operator calls itself says nothing of that."""
        return entry.id in self._accounts

    def leave(self) -> None:
        """A real operator's login is for the customer's own browser; the demo operator ends once the lane is free."""
        program = self._program
        if self._real_browser is not None:
            program.browser, self._real_browser = self._real_browser, None
            program.rounds.signs_in_by_itself = False
        for operator in self.operators:
            program.desk.sync.ask(program.desk, operator.stop, partial(self._stopped, operator))

    def _stopped(self, operator: DemoOperator, _result: object) -> None:
        self.operators = [one for one in self.operators if one is not operator]
