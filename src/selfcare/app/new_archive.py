"""The archive of the customer's own bills: made from a folder, and opened for files that come with a start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from selfcare.account.archive import archive_profile, write_archive_profile
from selfcare.app import accounts
from selfcare.app.accounts import unmark
from selfcare.app.forgetting import let_go, mark
from selfcare.app.program import tell_of_the_files
from selfcare.domain.operator import ARCHIVE
from selfcare.domain.records import replace
from selfcare.host.settings import AccountEntry, Settings, with_account
from selfcare.viewmodel.welcome import Stage

if TYPE_CHECKING:
    from selfcare.app.entrance import Entrance
    from selfcare.app.program import Program
    from selfcare.domain.failures import Failure
    from selfcare.ui.pages.bills import BillsPage
    from selfcare.viewmodel.welcome import KeyChoice

COUNTRIES = {"fr": "FR"}
"""Whose amounts and days a bill has that names no currency, by the language of the program."""

AGAIN_AFTER = 0.5
"""Seconds until it is looked again whether a question, a sign-in or an opening is over."""

MOST = 100
"""Files that may wait to be taken in."""

_GOING_ON = frozenset({Stage.STARTING, Stage.BROWSER, Stage.READING})


class NewArchive:
    """Hears that the customer wants an archive. `leave` puts the demo away, `failed` is told why there is none.

    `bringing` has the files that the program was opened with.
    """

    def __init__(
        self,
        program: Program,
        leave: Callable[[], None],
        failed: Callable[[Failure | None], None],
        bringing: Bringing,
    ) -> None:
        self._program, self._leave, self._failed, self._bringing = program, leave, failed, bringing

    def begin(self, key: KeyChoice, folder: str) -> None:
        """Make it, open it, and take the folder in; "" stands for what the program was opened with."""
        program = self._program
        self._leave()
        self._bringing.opens()
        program.rounds.wake()
        home, words = program.home, program.words
        name, country = words.tr("My bills"), COUNTRIES.get(words.language, "GB")

        def made(entry: AccountEntry) -> None:
            def opened() -> None:
                if entry.key_place != "memory":
                    program.keep_settings(with_account(program.settings, entry))
                program.desk.store.run(lambda: unmark(home, entry))
                program.window.start("bills")
                program.show_now()
                tell_of_the_files(program, entry)
                page: BillsPage = program.window.page("bills")  # type: ignore[assignment]
                page.archive.take_in([folder] if folder else [])
                program.word_reading.plan()
                self._bringing.opened()

            program.open_account(entry, key.passphrase, then=opened, failed=lost(entry), shows=False)

        def lost(entry: AccountEntry) -> Callable[[Failure | None], None]:
            def removed(failure: Failure | None) -> None:
                program.entry = program.context.account = None
                self._bringing.not_opened()
                program.desk.store.run(lambda: let_go(home, entry))
                self._failed(failure)

            return removed

        def not_made(failure: Failure | None) -> None:
            self._bringing.not_opened()
            self._failed(failure)

        program.desk.store.ask(program.window, lambda: _made(home, key, name, country), made, not_made)


def _made(home: Path, key: KeyChoice, name: str, country: str) -> AccountEntry:
    profile = archive_profile(name, country)
    entry = accounts.new_entry(profile, key.place)
    mark(home, entry)  # until it is open: if the program ends before, nothing is left
    accounts.keep_profile(home, entry, write_archive_profile(profile))
    return entry


class Bringing:
    """The files that wait to be taken in. Its methods run on the screen's thread.

    An archive that is open takes them in; one that is kept is opened for them; where there is none, the first page
    offers to make one. A path is used for nothing but the taking in, which reads it elsewhere.
    """

    def __init__(self, entrance: Entrance) -> None:
        self._entrance = entrance
        self._places: list[str] = []
        self._is_opening = False

    @property
    def names(self) -> str:
        """The files that wait, by their names, as the first page says them; "" for none."""
        from selfcare.domain.intake import shown_name

        return ", ".join(shown_name(Path(place).name or place) for place in self._places)

    def bring(self, place: str) -> None:
        """One more file or folder."""
        if place and place not in self._places and len(self._places) < MOST:
            self._places.append(place)
            self.go_on()

    def put_in(self, place: str) -> None:
        """The program begins with this one; `entry_of` says with which account."""
        self._places.append(place)

    def entry_of(self, settings: Settings) -> AccountEntry | None:
        """The account to begin with: where a file waits an archive, or none; else the one that was open last."""
        current = next((one for one in settings.accounts if one.id == settings.current), None)
        return _archive(settings) if self._places else current

    def opens(self) -> None:
        """An account is being opened: what waits, waits for it."""
        self._is_opening = True

    def opened(self) -> None:
        """It is open."""
        self._is_opening = False
        self.go_on()

    def not_opened(self) -> None:
        """It stays closed until the customer opens it, or the first page is there."""
        self._is_opening = False

    def drop(self) -> None:
        """The customer has chosen another way in."""
        self._places.clear()

    def go_on(self) -> None:
        """Take in what waits, or lead to where that can be done; later, where something stands in front."""
        entrance, program = self._entrance, self._entrance.program
        if not self._places:
            return
        is_busy = self._is_opening or program.closing != (None, None) or entrance.facts.stage in _GOING_ON
        if is_busy or program.desk.is_asking:
            program.desk.after("bring", AGAIN_AFTER, self.go_on)
            return
        entry, session, archive = program.entry, program.session, _archive(program.settings)
        if session is None and entrance.facts.is_locked:
            return  # whoever hands over a file need not be the customer, who opens what was locked
        if session is not None and session.profile.is_archive:
            self._take_in()
        elif session is not None and entry is not None and entry.key_place == "memory":
            from selfcare.viewmodel.intake import file_waits

            program.window.say(file_waits(self.names, program.words))
        elif archive is None:
            if entry is None:
                entrance.show(replace(entrance.facts, brought=self.names))
            else:
                self._is_opening = True
                entrance.ways.add_one()
        elif archive != entry:
            self._is_opening = True
            entrance.ways.change_to(archive.id)

    def _take_in(self) -> None:
        program = self._entrance.program
        places, self._places = self._places, []
        program.window.show_room("bills")
        page: BillsPage = program.window.page("bills")  # type: ignore[assignment]
        page.archive.take_in(places)


def _archive(settings: Settings) -> AccountEntry | None:
    """The archive that is kept: the one that was open last if it is one, else the first."""
    archives = [one for one in settings.accounts if one.profile_id == ARCHIVE]
    return next((one for one in archives if one.id == settings.current), archives[0] if archives else None)
