"""Known problems without signing in: finds the operator that was chosen, asks it as anybody, and shows the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from selfcare.app import accounts
from selfcare.app.new_operator import find
from selfcare.domain.failures import Failure, Offline
from selfcare.domain.records import replace
from selfcare.viewmodel.open_problems import OpenProblemsFacts

if TYPE_CHECKING:
    from selfcare.app.lookaround import LookAround
    from selfcare.app.program import Program
    from selfcare.domain.operator import OperatorProfile
    from selfcare.ui.pages.open_problems import OpenProblemsPage
    from selfcare.ui.pages.welcome import WelcomePage
    from selfcare.viewmodel.welcome import SignInChoice


class OpenProblems:
    """Hears the first page and the page of the problems. Its methods run on the screen's thread."""

    def __init__(self, program: Program, demo: LookAround) -> None:
        self._program = program
        self._demo = demo
        self._facts = OpenProblemsFacts()
        self._find: Callable[[], OperatorProfile] | None = None
        self._turn = 0
        self._page: OpenProblemsPage | None = None
        self._left_for = "welcome"

    def hear(self, first: WelcomePage) -> None:
        """Hear what the first page asks for."""
        first.problems_wanted.connect(self.see)
        first.demo_problems_wanted.connect(self.see_demo)

    def see_own(self) -> None:
        """Help asks, while the account is open and its session is over; from there it goes back to Help."""
        session = self._program.session
        if session is not None:
            profile = session.profile
            self._left_for = "help"
            self._begin(lambda: profile)

    def see(self, choice: SignInChoice | None) -> None:
        """Of the operator that was chosen; None: of the one whose account is here."""
        program = self._program
        self._left_for = "welcome"
        entry, home = program.entry, program.home
        if choice is not None:
            self._begin(lambda: find(home, choice, ()).profile)
        elif entry is not None:
            self._begin(lambda: accounts.kept_profile(home, entry))

    def see_demo(self) -> None:
        """Of the demo operator, which is started for it."""
        self._left_for = "welcome"
        self._begin(self._demo_profile)

    def again(self) -> None:
        """Ask the same operator once more."""
        if self._find is not None:
            self._begin(self._find)

    def leave(self) -> None:
        """Back to where it was asked for; what is still to come is dropped."""
        self._turn += 1
        self._find, self._facts = None, OpenProblemsFacts()
        if self._left_for == "welcome":
            self._demo.leave()
        self._program.window.show_room(self._left_for)
        self._left_for = "welcome"

    # ---- inside

    def _begin(self, find: Callable[[], OperatorProfile]) -> None:
        from selfcare.account.open_problems import fetch_open_problems

        program = self._program
        found: list[OperatorProfile] = []
        self._turn += 1
        turn, self._find, window = self._turn, find, program.window
        self._show(replace(self._facts, is_asking=True, failure=None))
        if program.window.current is not self._page:
            program.window.show_room("problems")

        def work() -> OpenProblemsFacts:
            profile = find()
            found.append(profile)
            problems, unread = fetch_open_problems(profile)
            return OpenProblemsFacts(profile.name, ZoneInfo(profile.zone), problems, program.now(), unread=unread)

        def is_over() -> bool:
            return turn != self._turn or window is not program.window

        def done(facts: OpenProblemsFacts) -> None:
            if not is_over():
                self._show(facts)

        def failed(failure: Failure | None) -> None:
            if is_over():
                return
            named = OpenProblemsFacts(found[0].name, ZoneInfo(found[0].zone)) if found else OpenProblemsFacts()
            self._show(replace(named, failure=failure))
            if failure is None:
                program.show_failure(None)

        program.desk.sync.ask(program.desk, work, done, failed)

    def _show(self, facts: OpenProblemsFacts) -> None:
        self._facts = facts
        window = self._program.window
        page: OpenProblemsPage = window.page("problems")  # type: ignore[assignment]
        if page is not self._page:
            self._page = page
            page.again_wanted.connect(self.again)
            page.left.connect(self.leave)
        page.show_facts(facts)

    def _demo_profile(self) -> OperatorProfile:
        from selfcare.api.finding import fetch_profile
        from selfcare.api.profile import read_profile
        from selfcare.app.demo import start_demo_operator
        from selfcare.app.start_demo import DEMO_PORT

        if not self._demo.operators:
            try:
                self._demo.operators.append(start_demo_operator(DEMO_PORT))
            except Offline:
                self._demo.operators.append(start_demo_operator(0))
        return read_profile(fetch_profile(self._demo.operators[0].issuer("claire")))
